//! Marks on ranges of the page, drawn without a change to its elements: the CSS Custom Highlight API.
//! How a mark of that name looks is the style sheet's.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

use super::document;

#[wasm_bindgen]
extern "C" {
    type Highlight;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;

    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &JsValue);

    #[wasm_bindgen(method)]
    fn delete(this: &Highlight, range: &JsValue);

    #[wasm_bindgen(method)]
    fn clear(this: &Highlight);

    #[wasm_bindgen(method, setter)]
    fn set_priority(this: &Highlight, priority: i32);

    type HighlightRegistry;

    #[wasm_bindgen(method)]
    fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);

    #[wasm_bindgen(method)]
    fn delete(this: &HighlightRegistry, name: &str) -> bool;

    type StaticRange;

    #[wasm_bindgen(constructor, catch)]
    fn new(ends: &Object) -> Result<StaticRange, JsValue>;
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

/// A mark that stays in the page while places come to it and go, below all that [`draw`] draws.
pub(super) struct Mark(Highlight);

impl Mark {
    /// A mark of that name, on no place yet.
    pub(super) fn new(name: &str) -> Option<Self> {
        let highlight = Highlight::new().ok()?;
        highlight.set_priority(-1);
        registry()?.set(name, &highlight);
        Some(Self(highlight))
    }

    pub(super) fn add(&self, place: &Place) {
        self.0.add(&place.0);
    }

    pub(super) fn remove(&self, place: &Place) {
        self.0.delete(&place.0);
    }

    pub(super) fn clear(&self) {
        self.0.clear();
    }
}

/// A place that a browser need not follow while the page changes, where it has such.
pub(super) struct Place(JsValue);

impl Place {
    /// From a letter of one text up to a letter of another.
    pub(super) fn new(first: &web_sys::Node, from: u32, last: &web_sys::Node, to: u32) -> Option<Self> {
        let ends = Object::new();
        let parts: [(&str, JsValue); 4] = [
            ("startContainer", first.into()),
            ("startOffset", from.into()),
            ("endContainer", last.into()),
            ("endOffset", to.into()),
        ];
        for (name, value) in parts {
            Reflect::set(&ends, &JsValue::from_str(name), &value).ok()?;
        }
        if let Ok(place) = StaticRange::new(&ends) {
            return Some(Self(place.into()));
        }
        let range = document().ok()?.create_range().ok()?;
        range.set_start(first, from).ok()?;
        range.set_end(last, to).ok()?;
        Some(Self(range.into()))
    }
}
