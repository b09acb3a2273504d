// Finds in code what its language makes of it: keywords, strings, comments … A worker of its own, which
// starts when code comes near the screen, so that a page without any never loads it.
//
// The library is Highlight.js with its common languages, 38 kB as servers send it. Syntect, in Rust, is
// more than ten times that with its grammars. What it writes is HTML; here it is read back into places,
// and only those go to the page: [start, end, kind] again and again, in UTF-16 units.

import highlighter from "./highlighter.js";

// What the page has colours for, by the library's names; the page knows the kinds by their order.
const KINDS = [
  ["keyword", "literal", "selector-tag", "section", "operator"],
  ["string", "regexp", "quote", "template-tag", "template-variable", "link", "char", "code"],
  ["comment", "doctag"],
  ["number", "symbol", "bullet"],
  ["title", "selector-class", "selector-id"],
  ["type", "built_in", "class", "tag", "name"],
  ["attr", "attribute", "variable", "property", "params", "selector-attr", "selector-pseudo"],
  ["meta", "formula"],
  ["addition"],
  ["deletion"],
];
const KIND = new Map(KINDS.flatMap((names, kind) => names.map((name) => [name, kind])));
const NONE = -1;

// A piece of the library's HTML: the start or the end of a span, a reference, or text.
const PIECE = /<span class="([^"]*)">|<\/span>|&(?:amp|lt|gt|quot|#x27);|[^<&]+/y;

addEventListener("message", ({ data: [language, code] }) => {
  let places = null;
  try {
    if (highlighter.getLanguage(language)) places = found(code, language);
  } catch {
    // Code that the library stumbles over stays as it is.
  }
  postMessage(places);
});

function found(code, language) {
  const { value } = highlighter.highlight(code, { language, ignoreIllegals: true });
  const places = [];
  const open = [NONE];
  let at = 0;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < value.length) {
    const piece = PIECE.exec(value);
    if (!piece) return null;
    const [whole, names] = piece;
    if (names !== undefined) {
      open.push(kindOf(names, open.at(-1)));
    } else if (whole === "</span>") {
      open.pop();
    } else {
      const end = at + (whole[0] === "&" ? 1 : whole.length);
      const kind = open.at(-1) ?? NONE;
      // What stands side by side is one place: the fewer there are, the faster they are drawn.
      if (kind !== NONE && places.at(-1) === kind && places.at(-2) === at) places[places.length - 2] = end;
      else if (kind !== NONE) places.push(at, end, kind);
      at = end;
    }
  }
  // Anything else would colour the wrong letters.
  return at === code.length ? new Uint32Array(places) : null;
}

// What a span is: by its first name that has a kind. Within a string, what is put in is code again.
function kindOf(names, around) {
  if (/\bhljs-subst\b/.test(names)) return NONE;
  const name = names.split(" ").find((name) => KIND.has(name.replace(/^hljs-/, "")));
  return name === undefined ? around : KIND.get(name.replace(/^hljs-/, ""));
}
