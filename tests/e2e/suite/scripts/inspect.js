// Looks through the whole document for what no clip may bring into it. Defines `inspect`, which returns
// sentences, and `drop`, which drops a file; read by the checks of hostile clips, before their own script.
// Firefox's driver sees the page's own values only behind `wrappedJSObject`.
const page = window.wrappedJSObject ?? window;
const FORBIDDEN = ["script", "iframe", "frame", "object", "embed", "base", "meta", "link", "form", "style", "math",
  "template", "noscript", "textarea", "applet", "audio", "video"];
const ADDRESSES = ["href", "src", "action", "xlink:href", "formaction", "poster", "background", "data", "srcset",
  "data-remote"];
const RASTER = /^data:image\/(png|jpe?g|gif|webp|avif|bmp|x-icon)[;,]/;

const asRead = (address) => address.replace(/[\t\n\r]/g, "").replace(/^[\0-\x20]+/, "").toLowerCase();
const short = (element) => element.outerHTML.slice(0, 160);

// What formulas are made of, where the page has set one, and nowhere else.
const MATH = /^(math|mrow|m[inos]|mtext|mspace|msu[bp]|msubsup|munder|mover|munderover|mmultiscripts|mprescripts|mfrac|msqrt|mroot|mstyle|mphantom|mtable|mt[rd])$/;
const MATH_ATTRIBUTES = /^(class|display|displaystyle|scriptlevel|mathvariant|stretchy|symmetric|largeop|movablelimits|fence|separator|form|accent|accentunder|[lr]space|(min|max)size|width|height|depth|linethickness)$/;

function isFormula(element) {
  return element.namespaceURI === "http://www.w3.org/1998/Math/MathML" && MATH.test(element.localName)
    && [...element.attributes].every(({ name }) => MATH_ATTRIBUTES.test(name))
    && element.closest("math")?.parentElement?.matches(".math[data-set]");
}

function misplaced(element, inClip) {
  const name = element.localName;
  if (isFormula(element)) return false;
  if (FORBIDDEN.includes(name)) {
    return !page.pagesOwn.has(element) && (inClip || !element.matches("form.view-form"));
  }
  const foreign = element.namespaceURI !== "http://www.w3.org/1999/xhtml";
  return foreign && (inClip || !element.closest("svg.icon"));
}

function badAttribute(element, { name, value }, inClip) {
  if (/^on/i.test(name) || ["srcdoc", "formaction", "ping", "is", "nonce"].includes(name)) return true;
  if (name === "style") return inClip;
  if (name === "id" || name === "name") {
    const ownField = !inClip && ["find", "status"].includes(value);
    const hides = page.ownNames.has(value) && !ownField && !element.closest("head");
    return hides || (inClip && document.querySelectorAll(`[id="${CSS.escape(value)}"]`).length > 1);
  }
  if (!ADDRESSES.includes(name)) return false;
  const address = asRead(value);
  if (name === "data-remote") return !/^https?:/.test(address);
  if (/^(javascript|vbscript|livescript|mocha|filesystem):/.test(address)) return true;
  return address.startsWith("data:") && !(element.localName === "img" && name === "src" && RASTER.test(address))
    && !page.pagesOwn.has(element);
}

function inspect() {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const inClip = !!element.closest(".clip-body");
    if (misplaced(element, inClip)) found.push(`an element ${short(element)}`);
    for (const attribute of element.attributes) {
      if (badAttribute(element, attribute, inClip)) {
        found.push(`an attribute ${attribute.name}=${attribute.value.slice(0, 80)} in ${short(element)}`);
      }
    }
  }
  if (document.getElementById("crash")) found.push("the page stopped");
  for (const what of page.ran.splice(0)) found.push(what);
  return found;
}

function drop(name, text) {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "text/markdown" }));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
async function until(met, most_ms) {
  const end = performance.now() + most_ms;
  while (!met()) {
    if (performance.now() > end) return false;
    await pause(5);
  }
  return true;
}
