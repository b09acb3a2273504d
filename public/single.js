// Where the single file starts, in the page and in its workers alike: everything that the other scripts
// would fetch is inside this document. `xtask/src/single.rs` makes one script of all of them.

import * as app from "app";

// Nothing of a clip is a script.
const inside = (id) => document.querySelector(`script[id="${id}"]`).textContent;

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

async function compile(part) {
  const packed = bytes(inside(part));
  const unpacked = new Response(packed).body.pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
}

// To WebKit a page from a disk and its workers are strangers, and a worker of such a page can read no file
// at all. So the page reads it, and the worker has its bytes at hand. Longer ones are left as they are.
const MOST_BYTES = 512 * 1024 * 1024;

const each = (value, change) => (Array.isArray(value) ? value.map((one) => each(one, change)) : change(value));

async function opened(message) {
  const read = [];
  const waiting = each(message, (value) => {
    if (!(value instanceof Blob) || value.size > MOST_BYTES) return value;
    const file = { name: value.name ?? "", type: value.type };
    read.push(value.arrayBuffer().then((bytes) => Object.assign(file, { bytes }), () => Object.assign(file, { blob: value })));
    return file;
  });
  await Promise.all(read);
  return waiting;
}

const held = new WeakMap();

function holding(file, bytes) {
  held.set(file, bytes);
  file.slice = (from, to) => holding(new Blob(), bytes.slice(from, to));
  return file;
}

const closed = (value) => {
  if (value?.blob) return value.blob;
  return value?.bytes ? holding(new File([value.bytes], value.name, { type: value.type }), value.bytes) : value;
};

// Messages keep their order, however long a file takes.
function post(worker) {
  const send = worker.postMessage.bind(worker);
  let before = Promise.resolve();
  worker.postMessage = (message, ...more) => {
    before = before.then(async () => send(await opened(message), ...more));
  };
}

if (globalThis.document) {
  // A page that was opened from a disk has no address from which a worker may come.
  const address = (...scripts) => URL.createObjectURL(new Blob(scripts, { type: "text/javascript" }));
  const formulas = `globalThis.clipViewerFormulas = () => (${bytes})("${inside("formulas")}");`;
  const [worker, code] = [address(inside("program")), address(bytes(inside("code")))];
  const math = address(formulas, bytes(inside("math")));
  const sample = inside("sample");
  const ask = globalThis.fetch;
  globalThis.fetch = async (what, ...more) => (what === "sample.md" ? new Response(sample) : ask(what, ...more));
  globalThis.clipViewerWhole = { app, compile, worker, code, math, post };
  import("boot");
} else {
  const read = FileReaderSync.prototype.readAsArrayBuffer;
  FileReaderSync.prototype.readAsArrayBuffer = function (file) {
    return held.get(file) ?? read.call(this, file);
  };
  const ours = new WeakSet();
  addEventListener("message", (event) => {
    if (ours.has(event) || !Array.isArray(event.data)) return;
    event.stopImmediatePropagation();
    const again = new MessageEvent("message", { data: each(event.data, closed), ports: event.ports });
    ours.add(again);
    dispatchEvent(again);
  });
  globalThis.clipViewerWhole = { app };
  import("worker");
}
