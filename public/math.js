// Turns formulas of TeX into MathML. A worker of its own, with a program of its own (`src/formulas`), which
// starts when a formula comes near the screen: a page without any never loads it. What it answers is text;
// the page judges it before anything is made of it.

import start, { mathml } from "./formulas.js";

// The single file has it inside (`single.js`).
const program = start({ module_or_path: globalThis.clipViewerFormulas?.() ?? new URL("formulas_bg.wasm", import.meta.url) });

addEventListener("message", async ({ data }) => {
  await program;
  postMessage(data.map(([source, block]) => mathml(source, block) ?? null));
});
