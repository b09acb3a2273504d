// The first script of the page, and the only one that does not depend on WebAssembly.
// It compiles each part of the app once for page and workers, keeps files that are dropped before the app is
// ready, and shows a readable page when the app can't start or dies.

// The single file has all of it inside (`single.js`).
const whole = globalThis.clipViewerWhole;
const named = document.querySelector("script[data-wasm]")?.dataset;
const glue = named && new URL(named.js, document.baseURI).href;
const wasm = named?.wasm ?? "wasm";

// The last gate, where the browser has Trusted Types: text becomes elements only when it is made of
// elements that the app itself makes, without handlers, and only the app's own workers are started.
const MADE =
  "a|abbr|address|article|aside|b|bdi|bdo|blockquote|br|button|caption|cite|code|dd|del|details|dfn|div|dl|dt|em|" +
  "figcaption|figure|footer|h[1-6]|header|hr|i|img|input|ins|kbd|label|li|main|mark|nav|ol|p|pre|q|rp|rt|ruby|s|samp|" +
  "section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|u|ul|var|wbr";
const OTHER = new RegExp(`<(?!/?(?:${MADE})(?=[\\s/>])|svg class="icon"|!>|/svg>|/?(?:path|circle|rect|line|polyline)(?=[\\s/>]))`, "i");
// To a module an address inside the page is that of another site.
const kind = whole ? "classic" : "module";
const workerUrl = whole?.worker ?? new URL("worker.js", import.meta.url).href;
const codeUrl = whole?.code ?? new URL("code.js", import.meta.url).href;
const mathUrl = whole?.math ?? new URL("math.js", import.meta.url).href;
const serviceWorkerUrl = whole ? "" : new URL("service-worker.js", import.meta.url).href;
globalThis.trustedTypes?.createPolicy("default", {
  createHTML(markup) {
    // Handlers are looked for in tags, outside of quoted values, and only where something looks like one:
    // a text may speak of them. Neither texts nor values have a raw < or >.
    const has = /\son[a-z]+\s*=/i;
    const tags = has.test(markup) ? markup.match(/<[^>]*>/g) ?? [] : [];
    const acts = tags.some((tag) => has.test(tag.replace(/"[^"]*"/g, '""')));
    if (acts || OTHER.test(markup)) throw new TypeError(`not ours: ${markup.slice(0, 80)}`);
    return markup;
  },
  createScriptURL(address) {
    if (![workerUrl, codeUrl, mathUrl, serviceWorkerUrl].includes(String(address))) throw new TypeError(`not ours: ${address}`);
    return String(address);
  },
});

// What is said before the app is there and when it stopped, in the languages of `locales/`, which this is made
// of: `UPDATE=1 cargo test --test it languages`.
const WORDS = {
  "zh-Hans": {"Clip Viewer stopped":"Clip Viewer 已停止","Drop clips here":"把剪藏拖到这里","Everything stays in this browser.":"所有内容都只留在这个浏览器里。","Export my data":"导出我的数据","Got it. Opening as soon as the page is ready…":"已收到，页面就绪后立即打开…","Nothing could be exported ({why}).":"无法导出（{why}）。","Open files":"打开文件","Packing…":"正在打包…","Reload":"重新加载","Reload without the last clip":"重新加载，不打开上次的剪藏","Saved web pages in Markdown, from MaoXian, Obsidian, MarkDownload, SimpRead, Joplin and others.":"支持毛线、Obsidian、MarkDownload、简悦、Joplin 等工具保存的 Markdown 网页。","Something went wrong in the page itself. What was kept in this browser is still there.":"页面本身出了问题。保存在此浏览器中的内容都还在。","dir":"ltr","one: {n} clip is in {name}. Drop it on Clip Viewer to restore them. | other: {n} clips are in {name}. Drop it on Clip Viewer to restore them.":"{name} 中有 {n} 篇剪藏。把它拖到 Clip Viewer 即可恢复。"},
};

const session = (() => {
  try {
    return JSON.parse(localStorage.getItem("clip-viewer/session")).data;
  } catch { /* Nothing is kept, or nothing may be. */ }
})();

// The language that was chosen, else the one that the browser asks for, as the app chooses it.
const language = (() => {
  const chosen = session?.settings?.language;
  const primary = (tag) => tag.toLowerCase().split("-")[0];
  const offered = ["en", ...Object.keys(WORDS)];
  const find = (tag) => offered.find((one) => one === tag) ?? offered.find((one) => primary(one) === primary(tag));
  return (chosen ? [chosen] : navigator.languages).map(find).find(Boolean) ?? "en";
})();

const say = (english, values = {}) => {
  const forms = (WORDS[language]?.[english] ?? english).split(" | ");
  const form = forms.length > 1 && `${new Intl.PluralRules(language).select(values.n)}: `;
  const text = form ? (forms.find((one) => one.startsWith(form)) ?? forms.at(-1)).replace(/^[a-z]+: /, "") : forms[0];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};

document.documentElement.lang = language;
document.documentElement.dir = WORDS[language]?.dir ?? "ltr";
for (const part of document.querySelectorAll("#shell :is(h1, p, label)")) part.textContent = say(part.textContent.trim());

// Drops and picks before the app is ready wait here: one list of {file, entry} for each; a folder has
// an entry alone.
let drops = [];
const got = (files) => {
  drops.push(files);
  const status = document.getElementById("shell-status");
  if (status) status.textContent = say("Got it. Opening as soon as the page is ready…");
};
const hold = (event) => event.preventDefault();
const keep = (event) => {
  event.preventDefault();
  const items = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === "file");
  const files = items
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry?.() }))
    .filter(({ file, entry }) => file || entry?.isDirectory);
  const plain = [...(event.dataTransfer?.files ?? [])].map((file) => ({ file }));
  got(files.length ? files : plain);
};
document.getElementById("early-files")?.addEventListener("change", ({ target }) => {
  got([...target.files].map((file) => ({ file })));
});
addEventListener("dragover", hold);
addEventListener("drop", keep);

// The files of each part of the program that is loaded when something needs it, filled in by the build.
const PARTS = {};

let compiled;
let taken = () => {};
let started = false;
let dead = false;

globalThis.clipViewer = {
  // A worker on modules that are compiled here, the page's own and that of its work. What it is asked
  // meanwhile waits in it.
  startWorker(name) {
    const worker = new Worker(workerUrl, { type: kind, name });
    whole?.post(worker);
    partsOf(name === "librarian" ? "library" : "clips").then(
      (parts) => worker.postMessage({ glue, compiled, parts }),
      // The app hears of it as of a worker that died.
      ({ message }) => worker.dispatchEvent(new ErrorEvent("error", { message })),
    );
    return worker;
  },
  // A part of the program, compiled once. One that could not be had is asked for again by who needs it next.
  part(file) {
    parts[file] ??= compile(file).catch((error) => {
      delete parts[file];
      throw error;
    });
    return parts[file];
  },
  // A worker that finds in code what its language makes of it.
  startCode: () => new Worker(codeUrl, { type: kind, name: "code" }),
  // One that turns formulas of TeX into MathML.
  startMath: () => new Worker(mathUrl, { type: kind, name: "math" }),
  // The app listens from now on.
  takeOver() {
    removeEventListener("dragover", hold);
    removeEventListener("drop", keep);
    const kept = drops;
    drops = [];
    return kept;
  },
  // The app is at rest.
  keepOffline: () => void keepOffline().catch(console.warn),
  // The build that waits takes over.
  update() {},
  crashed: showCrash,
};

// The page that stopped, in plain JavaScript. The second time within a minute it goes to the library by
// itself: the clip that was open may be what stops it.
async function showCrash(message) {
  if (dead || (!started && leaving)) return;
  dead = true;
  performance.mark("app:failed");
  if (!started && (await fallsBack(message))) return;
  const without = `${location.pathname}?library`;
  if (stoppedBefore() && !location.search.startsWith("?library")) return location.replace(without);
  const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const button = (text, onclick) => make("button", text, { type: "button", className: "button", onclick });
  const page = make("main", "", { id: "crash" });
  const said = make("p", "");
  said.setAttribute("role", "status");
  const buttons = make("div", "", { className: "open-buttons" });
  buttons.append(
    button(say("Reload"), () => location.reload()),
    button(say("Reload without the last clip"), () => location.replace(without)),
    button(say("Export my data"), () => exportData(said)),
  );
  page.append(
    make("h1", say("Clip Viewer stopped")),
    make("p", say("Something went wrong in the page itself. What was kept in this browser is still there.")),
    buttons,
    said,
    make("pre", String(message)),
  );
  document.body.replaceChildren(page);
}

// Whether the page stopped within the last minute. A browser that keeps nothing does not know.
function stoppedBefore() {
  const key = "clip-viewer/stopped";
  try {
    const before = Number(sessionStorage.getItem(key));
    sessionStorage.setItem(key, String(Date.now()));
    return Math.abs(Date.now() - before) < 60_000;
  } catch {
    return false;
  }
}

// Whoever leaves stops what is still on its way: that is no failure.
let leaving = false;
for (const name of ["beforeunload", "pagehide"]) addEventListener(name, () => (leaving = true));
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && !started) location.reload();
});

// A program that stops as it starts is tried once more, as it may have been an accident. A build that is kept in the
// browser then gives way to the one before, or to what the host has now.
async function fallsBack(why) {
  const key = "clip-viewer/fell-back";
  const keeper = navigator.serviceWorker?.controller;
  try {
    const failed = Number(sessionStorage.getItem(key)) + 1;
    const most = keeper ? 2 : why instanceof WebAssembly.RuntimeError ? 1 : 0;
    if (failed > most) return false;
    sessionStorage.setItem(key, String(failed));
    if (failed === 1) return location.reload(), true;
  } catch {
    return false;
  }
  const { port1, port2 } = new MessageChannel();
  await new Promise((done) => {
    port1.onmessage = done;
    setTimeout(done, 2000);
    keeper.postMessage("did not start", [port2]);
  });
  location.reload();
  return true;
}

const PACKED =
  "one: {n} clip is in {name}. Drop it on Clip Viewer to restore them. | other: {n} clips are in {name}. Drop it on Clip Viewer to restore them.";

async function exportData(said) {
  said.textContent = say("Packing…");
  try {
    const { rescue } = await import("./rescue.js");
    const { zip, clips } = await rescue();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(zip);
    link.download = `clip-viewer-backup-${new Date().toISOString().slice(0, 10)}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    said.textContent = say(PACKED, { n: clips, name: link.download });
  } catch (error) {
    said.textContent = say("Nothing could be exported ({why}).", { why: error?.message ?? error });
  }
}

addEventListener("error", ({ error }) => {
  // Firefox has a name of its own for a stack that overflows.
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError || error?.name === "InternalError") {
    showCrash(error);
  }
});

const parts = {};

async function partsOf(part) {
  const files = PARTS[part] ?? [];
  const modules = await Promise.all(files.map(clipViewer.part));
  return Object.fromEntries(files.map((file, at) => [file, modules[at]]));
}

async function compile(file) {
  if (whole) return whole.compile(file);
  const address = new URL(file, import.meta.url);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${file} answered ${response.status}`);
  const typed = response.headers.get("content-type")?.startsWith("application/wasm");
  // Hosts that don't know the type of .wasm files can't stream them.
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

// What another app shared waits where the service worker put it.
async function takeShared() {
  if (!location.search.startsWith("?shared")) return;
  history.replaceState(null, "", location.pathname);
  const name = `clip-viewer ${new URL("./", import.meta.url).href} shared`;
  const cache = await caches.open(name);
  const files = [];
  // What was taken already may still be there, when the page that took it went too soon: the newest comes first.
  const of = ({ url }) => url.split("/").pop().split("-").map(Number);
  const requests = (await cache.keys()).sort((a, b) => of(b)[0] - of(a)[0] || of(a)[1] - of(b)[1]);
  for (const request of requests) {
    const response = await cache.match(request);
    files.push({ file: new File([await response.blob()], decodeURIComponent(response.headers.get("x-name"))) });
  }
  if (files.length) got(files);
  // It waits on until the app has it: a page that does not start loses nothing.
  taken = () => requests.forEach((request) => cache.delete(request));
}

// Files that the system opens with the installed app come like files that are dropped.
globalThis.launchQueue?.setConsumer(async ({ files }) => {
  const transfer = new DataTransfer();
  for (const handle of files) transfer.items.add(await handle.getFile());
  if (files.length) document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
});

// The app is kept in the browser, where that has service workers.
async function keepOffline() {
  if (!serviceWorkerUrl || !navigator.serviceWorker || !isSecureContext) return;
  const { keep, update } = await import("./offline.js");
  clipViewer.update = update;
  await keep(serviceWorkerUrl, () => dispatchEvent(new Event("clip-viewer:update")));
}

async function start() {
  // Who begins with a list has the part early in which it is.
  const query = location.search;
  if (/^\?(library|highlights)/.test(query) || (!query && session && !session.open)) partsOf("later").catch(console.warn);
  // The worker that reads clips starts soon after the page.
  partsOf("clips").catch(console.warn);
  const [app, module] = await Promise.all([whole?.app ?? import(glue), compile(wasm), takeShared().catch(console.warn)]);
  compiled = module;
  await app.default({ module_or_path: module });
  started = true;
  taken();
  try { sessionStorage.removeItem("clip-viewer/fell-back"); } catch { /* It is kept nowhere. */ }
}

start().catch(showCrash);
