// Starts the app inside a worker, on the modules that the page compiled. What is asked before it serves
// waits for it.

const early = [];

async function start(event) {
  const { glue, compiled, parts } = event.data;
  globalThis.clipViewerParts = parts;
  const app = globalThis.clipViewerWhole?.app ?? (await import(glue));
  await app.default({ module_or_path: compiled });
  await app.serve();
  removeEventListener("message", wait);
  for (const waiting of early) self.onmessage(waiting);
}

function wait(event) {
  if (!event.data.compiled) return early.push(event);
  // The page hears what is thrown outside of a promise.
  start(event).catch((error) => setTimeout(() => { throw error; }));
}

addEventListener("message", wait);
