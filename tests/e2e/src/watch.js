// Runs before every other script of `/bare/` and `/watched/`, and notes what nothing in a clip may
// bring about: in `ran` each call of what runs code, asks or leads away, each form that is sent, each
// request for what is no file of the app, and each refusal of the policy. `alive` holds the addresses
// of files in memory that were not given back, `long` the long tasks where a browser tells of them.
"use strict";
(() => {
  const ran = [];
  const alive = new Set();
  const long = [];
  // The names that the window and the document have by themselves: what no clip's id may hide.
  const names = new Set();
  for (let at of [window, document]) {
    for (; at; at = Object.getPrototypeOf(at)) Object.getOwnPropertyNames(at).forEach((name) => names.add(name));
  }
  Object.assign(window, { ran, alive, long, ownNames: names });
  const note = (what, more) => ran.push(`${what} ${String(more ?? "").slice(0, 160)}`);
  // How the drivers of Chromium and WebKit begin the scripts that they hand to the page.
  const isDrivers = (code) => /^(return \(?async function|\(function)/.test(code);

  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (...given) => {
      note(name, given[0]);
      return null;
    };
  }
  for (const name of ["write", "writeln", "open"]) document[name] = (text) => note(`document.${name}`, text);
  const plainly = window.eval;
  window.eval = (code) => {
    if (!isDrivers(code)) note("eval", code);
    return plainly(code);
  };
  const makers = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const made of makers) {
    const maker = made.constructor;
    const see = (given) => isDrivers(given.at(-1)) || note(maker.name, given.at(-1));
    const watched = new Proxy(maker, {
      apply: (target, self, given) => (see(given), Reflect.apply(target, self, given)),
      construct: (target, given) => (see(given), Reflect.construct(target, given)),
    });
    Object.defineProperty(maker.prototype, "constructor", { value: watched });
    if (maker === Function) window.Function = watched;
  }
  for (const name of ["setTimeout", "setInterval"]) {
    const plain = window[name].bind(window);
    window[name] = (what, ...more) => {
      if (typeof what !== "function") note(name, what);
      return plain(what, ...more);
    };
  }

  for (const name of ["submit", "requestSubmit"]) {
    HTMLFormElement.prototype[name] = function () {
      note(name, this.action);
    };
  }
  addEventListener("submit", (event) => note("submit", event.target.action), true);
  addEventListener("beforeunload", () => note("leaves", location.href));
  window.navigation?.addEventListener("navigate", ({ destination }) => {
    if (!destination.sameDocument) note("leads to", destination.url);
  });
  addEventListener("securitypolicyviolation", (e) => note("refused", `${e.violatedDirective} ${e.blockedURI}`));

  // What stands in the page before the app and its clips.
  addEventListener("DOMContentLoaded", () => {
    window.pagesOwn = new Set(document.querySelectorAll("head *, script"));
  });

  const observe = (type, see) => {
    if (PerformanceObserver.supportedEntryTypes.includes(type)) {
      new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
    }
  };
  const files =
    /^(watch|(boot|worker|code|highlighter|math|formulas|offline|rescue|clip-viewer|part|icon)[\w-]*|service-worker|manifest)\.(js|wasm|css|svg|png|webmanifest)$/;
  performance.setResourceTimingBufferSize?.(5000);
  observe("resource", ({ name }) => {
    const { origin, protocol, pathname } = new URL(name, location.href);
    const own = origin === location.origin && files.test(pathname.split("/").pop().replace(/_bg/, ""));
    if (!own && protocol !== "blob:" && protocol !== "data:") note("asked for", name);
  });
  observe("longtask", ({ startTime, duration }) => long.push({ startTime, duration }));

  const make = URL.createObjectURL;
  const giveBack = URL.revokeObjectURL;
  let made = 0;
  URL.createObjectURL = (what) => {
    const url = make.call(URL, what);
    alive.add(url);
    window.madeUrls = made += 1;
    return url;
  };
  URL.revokeObjectURL = (url) => {
    alive.delete(url);
    giveBack.call(URL, url);
  };
})();
