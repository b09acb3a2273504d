//! Marks on ranges of the page, drawn without a change to its elements: the CSS Custom Highlight API.
//! How a mark of that name looks is the style sheet's.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Highlight;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;

    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &web_sys::Range);

    type HighlightRegistry;

    #[wasm_bindgen(method)]
    fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);

    #[wasm_bindgen(method)]
    fn delete(this: &HighlightRegistry, name: &str) -> bool;
}

fn registry() -> Option<HighlightRegistry> {
    let css = Reflect::get(&js_sys::global(), &JsValue::from_str("CSS")).ok()?;
    let registry = Reflect::get(&css, &JsValue::from_str("highlights")).ok()?;
    registry.is_object().then(|| registry.unchecked_into())
}

/// Whether this browser can draw marks.
#[must_use]
pub fn can_draw() -> bool {
    registry().is_some()
}

/// Draws the marks of that name on these ranges, and on no others.
pub(super) fn draw(name: &str, ranges: &[web_sys::Range]) {
    let Some(registry) = registry() else { return };
    match Highlight::new().ok().filter(|_| !ranges.is_empty()) {
        Some(highlight) => {
            ranges.iter().for_each(|range| highlight.add(range));
            registry.set(name, &highlight);
        }
        None => drop(registry.delete(name).then_some(())),
    }
}
