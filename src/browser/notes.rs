//! Footnotes: a note's text beside the place that refers to it.

use wasm_bindgen::JsCast;

use super::body::select;
use super::{BrowserError, During, document};

/// What refers to a note.
pub(super) const REFERENCE: &str = ".footnote-ref a[href^='#fn-']";

/// Says that what refers to a note opens something.
pub(super) fn announce(chunk: &web_sys::Element) -> Result<(), BrowserError> {
    for reference in select(chunk, REFERENCE) {
        reference.set_attribute("aria-haspopup", "dialog").during("label a button")?;
        reference.set_attribute("aria-expanded", "false").during("label a button")?;
    }
    Ok(())
}

/// Says of a reference whether its note is open.
pub fn set_open(reference: &str, open: bool) {
    if let Some(link) = document().ok().and_then(|document| document.get_element_by_id(reference)) {
        // What says the wrong thing opens the note all the same.
        drop(link.set_attribute("aria-expanded", if open { "true" } else { "false" }));
    }
}

/// Whether a note is in the page already.
#[must_use]
pub fn is_here(id: &str) -> bool {
    document().is_ok_and(|document| document.get_element_by_id(id).is_some())
}

/// Puts a copy of a note's text into an element: without the way back, and without names, as those are the
/// note's own.
pub fn fill(into: &web_sys::Element, id: &str) {
    let Some(note) = document().ok().and_then(|document| document.get_element_by_id(id)) else { return };
    let Ok(copy) = note.clone_node_with_deep(true) else { return };
    let Ok(copy) = copy.dyn_into::<web_sys::Element>() else { return };
    select(&copy, "a[href^='#fnref-']").iter().for_each(web_sys::Element::remove);
    for named in select(&copy, "[id]") {
        // Of two elements with one name a jump finds the first, which is the text's.
        drop(named.remove_attribute("id"));
    }
    into.set_text_content(None);
    while let Some(part) = copy.first_child() {
        if into.append_child(&part).is_err() {
            return;
        }
    }
}
