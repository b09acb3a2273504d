// Starts the app inside a worker, on the module that the page compiled. Messages that come while
// it starts wait for it.

const early = [];
const wait = (event) => early.push(event);

addEventListener(
  "message",
  async ({ data: { glue, compiled } }) => {
    addEventListener("message", wait);
    const app = globalThis.clipViewerWhole?.app ?? (await import(glue));
    await app.default({ module_or_path: compiled });
    removeEventListener("message", wait);
    for (const event of early) self.onmessage(event);
  },
  { once: true },
);
