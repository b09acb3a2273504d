// The first script of the page, and the only one that does not depend on WebAssembly.
// It compiles the app once for page and worker, keeps files that are dropped before the app is
// ready, and shows a readable page when the app can't start or dies.

const script = document.querySelector("script[data-wasm]");
const glue = new URL(script.dataset.js, document.baseURI).href;
const wasm = new URL(script.dataset.wasm, document.baseURI).href;

// Drops and picks before the app is ready wait here: one list of {file, entry} for each; a folder has
// an entry alone.
let drops = [];
const got = (files) => {
  drops.push(files);
  const status = document.getElementById("shell-status");
  if (status) status.textContent = "Got it. Opening as soon as the page is ready…";
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

let compiled;
let dead = false;

globalThis.clipViewer = {
  // A worker on the module that is compiled already.
  startWorker(name) {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module", name });
    worker.postMessage({ glue, compiled });
    return worker;
  },
  // The app listens from now on.
  takeOver() {
    removeEventListener("dragover", hold);
    removeEventListener("drop", keep);
    const kept = drops;
    drops = [];
    return kept;
  },
  crashed: showCrash,
};

function showCrash(message) {
  if (dead) return;
  dead = true;
  const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const page = make("main", "", { id: "crash" });
  const again = make("button", "Reload", { type: "button", onclick: () => location.reload() });
  const without = make("button", "Reload without the last clip", {
    type: "button",
    onclick: () => location.replace(location.pathname + "?library"),
  });
  page.append(
    make("h1", "Clip Viewer stopped"),
    make("p", "Something went wrong in the page itself. What was kept in this browser is still there."),
    again,
    " ",
    without,
    make("pre", String(message)),
  );
  document.body.replaceChildren(page);
}

addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError || event.error instanceof RangeError) {
    showCrash(event.error);
  }
});

async function compile() {
  const response = await fetch(wasm);
  if (!response.ok) throw new Error(`${wasm} answered ${response.status}`);
  const typed = response.headers.get("content-type")?.startsWith("application/wasm");
  // Hosts that don't know the type of .wasm files can't stream them.
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

try {
  const [app, module] = await Promise.all([import(glue), compile()]);
  compiled = module;
  await app.default({ module_or_path: module });
} catch (error) {
  showCrash(error);
}
