//! The headings of a body: the buttons beside each, and the sections that are folded below them. What is
//! folded lasts as long as the clip stands in the page or is at hand.
//!
//! A section is all that comes after a heading up to the next one of its rank, across chunks. Elements
//! stay where they are; those in a fold say so, and a style hides them.

use wasm_bindgen::prelude::*;

use super::body::{self, Worded, select};
use super::{BrowserError, During, document};

/// Headings with a section of their own.
const HEADINGS: &str = ".chunk > [data-line][id]:not([data-title])";
/// On a heading whose section is folded.
const FOLDED: &str = "data-folded";
/// On what lies in a fold.
const IN_FOLD: &str = "data-in-fold";

/// Words on the buttons.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// On the one that folds.
    pub fold: &'static str,
    /// On the one that copies the link.
    pub link: &'static str,
}

/// Puts the buttons beside the headings of a chunk. They have no text, so that a heading's own words are
/// all that is read, marked and copied of it.
pub(super) fn put_buttons(chunk: &web_sys::Element, labels: Labels) -> Result<(), BrowserError> {
    let headings = select(chunk, ":scope > [data-line][id]:not([data-title])");
    if headings.is_empty() {
        return Ok(());
    }
    let buttons = buttons(labels)?;
    let name = js_sys::JsString::from("aria-label");
    for heading in headings {
        let heading: Worded = heading.unchecked_into();
        heading.set_attribute_to(&name, &heading.words().trim());
        let copy = buttons.clone_node_with_deep(true).during(LABEL)?;
        heading.append_child(&copy).during(LABEL)?;
    }
    Ok(())
}

/// The operation that the errors of labelling name.
const LABEL: &str = "label a button";

/// The buttons of one heading, to be copied.
fn buttons(labels: Labels) -> Result<web_sys::DocumentFragment, BrowserError> {
    let buttons = document()?.create_document_fragment();
    for (class, label) in [("heading-fold", labels.fold), ("heading-link", labels.link)] {
        let button = document()?.create_element("button").during(LABEL)?;
        for (name, value) in [("type", "button"), ("class", class), ("aria-label", label), ("title", label)] {
            button.set_attribute(name, value).during(LABEL)?;
        }
        if class == "heading-fold" {
            // A key does the same; the way by Tab from link to link stays short.
            button.set_attribute("tabindex", "-1").during(LABEL)?;
            button.set_attribute("aria-expanded", "true").during(LABEL)?;
        }
        buttons.append_child(&button).during(LABEL)?;
    }
    Ok(buttons)
}

/// The rank of a heading that begins a section; `None` of everything else.
fn rank(element: &web_sys::Element) -> Option<u8> {
    if !element.matches(HEADINGS).unwrap_or(false) {
        return None;
    }
    element.tag_name().strip_prefix(['H', 'h'])?.parse().ok()
}

fn set(element: &web_sys::Element, name: &str, on: bool) {
    if element.has_attribute(name) != on {
        // What can't be folded stays in sight.
        drop(element.toggle_attribute_with_force(name, on));
    }
}

/// Folds the section of a heading, or opens it. Returns whether it is folded now.
pub fn toggle(body: &web_sys::Element, id: &str) -> Option<bool> {
    let heading = document().ok()?.get_element_by_id(id).filter(|heading| rank(heading).is_some())?;
    let folded = !heading.has_attribute(FOLDED);
    set(&heading, FOLDED, folded);
    apply(body);
    Some(folded)
}

/// Folds all sections, or opens them all when any is folded. Returns whether they are folded now.
pub fn toggle_all(body: &web_sys::Element) -> bool {
    let headings = select(body, HEADINGS);
    let fold = !headings.iter().any(|heading| heading.has_attribute(FOLDED));
    headings.iter().for_each(|heading| set(heading, FOLDED, fold));
    apply(body);
    fold
}

/// One more chunk stands in the body: the section that reaches into it may be folded.
pub fn chunk_arrived(body: &web_sys::Element, index: usize) {
    // What stands before it says so; to look through the whole body would take longer with every chunk.
    let mut before = body::chunk(body, index).and_then(|chunk| chunk.previous_element_sibling());
    while let Some(chunk) = before {
        if let Some(last) = chunk.last_element_child() {
            if last.has_attribute(FOLDED) || last.has_attribute(IN_FOLD) {
                apply(body);
            }
            return;
        }
        before = chunk.previous_element_sibling();
    }
}

/// Opens whatever an element lies in.
pub(super) fn reveal(element: &web_sys::Element) {
    let folded = |selector: &str| element.closest(selector).ok().flatten();
    let (Some(within), Some(body)) = (folded("[data-in-fold]"), folded(".clip-body")) else { return };
    // Each fold around it begins at the last heading before it that can be seen and is folded.
    while within.has_attribute(IN_FOLD) || within.parent_element().is_some_and(|chunk| chunk.has_attribute(IN_FOLD)) {
        let before = |heading: &&web_sys::Element| {
            const FOLLOWS: u16 = 4;
            !heading.has_attribute(IN_FOLD) && heading.compare_document_position(&within) & FOLLOWS != 0
        };
        let headings = select(&body, "[data-folded]");
        let Some(heading) = headings.iter().rfind(before) else { return };
        set(heading, FOLDED, false);
        apply(&body);
    }
}

/// Says of each element of the body whether it lies in a fold.
fn apply(body: &web_sys::Element) {
    let mut folded: Option<u8> = None;
    for chunk in children(body) {
        let mut all = true;
        for child in children(&chunk) {
            let rank = rank(&child);
            let ends = rank.is_some_and(|rank| folded.is_some_and(|folded| rank <= folded));
            if ends || child.class_name() == "footnotes" {
                folded = None;
            }
            set(&child, IN_FOLD, folded.is_some());
            all &= folded.is_some();
            if let Some(rank) = rank {
                let is_folded = child.has_attribute(FOLDED);
                if let Ok(Some(button)) = child.query_selector(".heading-fold") {
                    // A button that says the wrong thing folds all the same.
                    drop(button.set_attribute("aria-expanded", if is_folded { "false" } else { "true" }));
                }
                if is_folded && folded.is_none() {
                    folded = Some(rank);
                }
            }
        }
        // A chunk out of sight has the height that it had last; one without content has none.
        set(&chunk, IN_FOLD, all && chunk.child_element_count() > 0);
    }
}

fn children(element: &web_sys::Element) -> Vec<web_sys::Element> {
    let list = element.children();
    (0..list.length()).filter_map(|at| list.item(at)).collect()
}
