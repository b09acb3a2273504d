// Keeps the files of one build in the browser and serves them first, so that the page starts without
// a network, and never with parts of two builds. It takes what other apps share, too.
//
// A new build waits until the person reloads for it. The build before it stays at hand: pages that
// are still open go on with it, and a build that does not start falls back to it.

// Written by the build.
const BUILD = "none";
const FILES = [];

const SCOPE = self.registration.scope;
const PREFIX = `clip-viewer ${SCOPE} `;
const NAME = `${PREFIX}${BUILD}`;
const SHARED = `${PREFIX}shared`;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  if (!url.startsWith(SCOPE)) return;
  const path = url.slice(SCOPE.length).split(/[?#]/)[0];
  if (method === "POST" && path === "share") return event.respondWith(share(event.request));
  const file = mode === "navigate" && path === "index.html" ? "" : path;
  // A page of the build before asks for its own parts still.
  if (method === "GET" && (FILES.includes(file) || /^part-/.test(file))) event.respondWith(kept(file, event.request));
});
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "did not start") {
    // What is not kept is looked for in the build before, and then on the network.
    event.waitUntil(caches.delete(NAME).finally(() => event.ports[0].postMessage("gone")));
  }
});

async function fill() {
  const cache = await caches.open(NAME);
  try {
    await cache.addAll(FILES.map((file) => new Request(SCOPE + file, { cache: "no-cache" })));
    const page = await (await cache.match(SCOPE)).text();
    // While a host is being brought up to date, its page may be that of another build.
    const whole = FILES.filter((file) => /^boot-/.test(file)).every((file) => page.includes(file));
    if (!whole) throw new Error("the page is that of another build");
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

async function tidy() {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== SHARED && name !== NAME);
  await Promise.all(builds.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(file, request) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== SHARED && name !== NAME);
  for (const name of [NAME, ...names.reverse()]) {
    const found = (await caches.has(name)) && (await (await caches.open(name)).match(SCOPE + file));
    if (found) return found;
  }
  return fetch(request);
}

// Files, or a text with its address, that another app shares: they wait for the page, which asks for
// them by `?shared`.
async function share(request) {
  const data = await request.formData();
  const files = data.getAll("files").filter((file) => file instanceof File && file.size > 0);
  const [title, text, url] = ["title", "text", "url"].map((name) => String(data.get(name) ?? "").trim());
  if (!files.length && (text || url)) files.push(clip(title, text, url));
  const cache = await caches.open(SHARED);
  await Promise.all(
    files.map((file, at) => {
      const headers = { "x-name": encodeURIComponent(file.name) };
      return cache.put(`${SCOPE}shared/${Date.now()}-${at}`, new Response(file, { headers }));
    }),
  );
  return Response.redirect(`${SCOPE}?shared`, 303);
}

function clip(title, text, url) {
  const address = url || /https?:\/\/\S+/.exec(text)?.[0] || "";
  const name = title || address || text.slice(0, 60);
  const matter = [`title: ${JSON.stringify(name)}`, ...(address ? [`source: ${JSON.stringify(address)}`] : [])];
  const body = [text, text.includes(address) ? "" : address].filter(Boolean).join("\n\n");
  return new File([`---\n${matter.join("\n")}\n---\n\n${body}\n`], "Shared.md");
}
