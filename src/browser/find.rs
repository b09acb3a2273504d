//! Places in the open clip where something is written, marked by [`ranges`]. A browser that has no such marks still goes from place to place.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

use super::body::select;
use super::{clock, document, ranges};
use crate::library::search::Finder;

/// What is a paragraph, as far as a find is concerned: nothing is found across two of them.
const BLOCKS: &str = "p, li, h1, h2, h3, h4, h5, h6, td, th, pre, dt, dd, figcaption, summary, blockquote, div";
/// What the page put into the text itself.
const NOT_TEXT: &str = "button, .missing-picture, math";
/// The names of the marks.
const ALL: &str = "find";
const CURRENT: &str = "find-current";
/// More places than these are not marked.
const MOST: usize = 5000;

#[wasm_bindgen]
extern "C" {
    type Visible;

    #[wasm_bindgen(method, catch, js_name = checkVisibility)]
    fn check_visibility(this: &Visible) -> Result<bool, JsValue>;
}

thread_local! {
    static FOUND: RefCell<Vec<web_sys::Range>> = const { RefCell::new(Vec::new()) };
    /// Counts the searches: a newer one ends those before it.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// Finds all places of a body. Returns how many there are; `None` when a newer search began.
pub async fn find(body: &web_sys::Element, finder: &Finder) -> Option<usize> {
    let turn = TURN.get() + 1;
    TURN.set(turn);
    let mut found = Vec::new();
    if !finder.is_empty() {
        for chunk in select(body, ".chunk") {
            in_chunk(&chunk, finder, &mut found);
            if found.len() >= MOST {
                break;
            }
            clock::turn().await;
            if TURN.get() != turn {
                return None;
            }
        }
    }
    ranges::draw(ALL, &found);
    ranges::draw(CURRENT, &[]);
    let count = found.len();
    FOUND.set(found);
    Some(count)
}

/// Takes the marks away.
pub fn forget() {
    TURN.set(TURN.get() + 1);
    FOUND.set(Vec::new());
    ranges::draw(ALL, &[]);
    ranges::draw(CURRENT, &[]);
}

/// Goes to one of the places.
pub fn go_to(at: usize) {
    let Some(range) = FOUND.with_borrow(|found| found.get(at).cloned()) else { return };
    ranges::draw(CURRENT, std::slice::from_ref(&range));
    let Some(element) = range.start_container().ok().and_then(|node| node.parent_element()) else { return };
    super::folding::reveal(&element);
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    // What was out of sight has its real height only now.
    clock::next_frame(move || element.scroll_into_view_with_scroll_into_view_options(&options));
}

/// Index of the first place at or below the top of the window.
#[must_use]
pub fn first_in_sight() -> usize {
    FOUND.with_borrow(|found| {
        found.partition_point(|range| super::upright::landmark(&range.get_bounding_client_rect()).bottom < 0.0)
    })
}

/// A paragraph's text, and the nodes that it is in.
#[derive(Default)]
pub(super) struct Paragraph {
    block: Option<web_sys::Element>,
    text: String,
    /// Each node, and where it begins in the text, in UTF-16 units.
    nodes: Vec<(web_sys::Node, u32)>,
    length: u32,
}

fn in_chunk(chunk: &web_sys::Element, finder: &Finder, found: &mut Vec<web_sys::Range>) {
    paragraphs(chunk).iter().for_each(|paragraph| paragraph.search(finder, found));
}

/// The paragraphs of a chunk that are seen, or are in a fold that opens by itself.
pub(super) fn paragraphs(chunk: &web_sys::Element) -> Vec<Paragraph> {
    const TEXT: u32 = 4;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let walker = document().ok().and_then(|document| document.create_tree_walker_with_what_to_show(chunk, TEXT).ok());
    let Some(walker) = walker else { return paragraphs };
    let mut paragraph = Paragraph::default();
    while let Ok(Some(node)) = walker.next_node() {
        let Some(element) = node.parent_element() else { continue };
        let is_in = |selector| element.closest(selector).ok().flatten();
        // What is folded away is not seen; a browser that can't tell is taken to see everything.
        let is_seen = element.unchecked_ref::<Visible>().check_visibility().unwrap_or(true)
            // A folded section is opened when something in it is gone to.
            || (is_in("[data-in-fold]").is_some() && is_in("[data-clutter=folded] .clutter").is_none());
        if !is_seen || is_in(NOT_TEXT).is_some() {
            continue;
        }
        let block = is_in(BLOCKS);
        if paragraph.block != block {
            paragraphs.push(std::mem::replace(&mut paragraph, Paragraph { block, ..Paragraph::default() }));
        }
        let text = node.node_value().unwrap_or_default();
        paragraph.nodes.push((node, paragraph.length));
        paragraph.length += text.encode_utf16().count() as u32;
        paragraph.text.push_str(&text);
    }
    paragraphs.push(paragraph);
    paragraphs
}

impl Paragraph {
    /// What it says.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The texts of the page that it is made of.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &web_sys::Node> {
        self.nodes.iter().map(|(node, _)| node)
    }

    /// A part of it, in bytes, as a range of the page.
    pub(super) fn range_of(&self, bytes: &std::ops::Range<usize>) -> Option<web_sys::Range> {
        let units = |at: usize| self.text.get(..at).map(|before| before.encode_utf16().count() as u32);
        self.range(units(bytes.start)?, units(bytes.end)?)
    }

    fn search(&self, finder: &Finder, found: &mut Vec<web_sys::Range>) {
        for range in finder.ranges(&self.text) {
            found.extend(self.range(range.start as u32, range.end as u32));
        }
    }

    fn range(&self, start: u32, end: u32) -> Option<web_sys::Range> {
        let range = document().ok()?.create_range().ok()?;
        let node_at = |at: u32| {
            let after = self.nodes.partition_point(|(_, begins)| *begins <= at);
            self.nodes.get(after.checked_sub(1)?).map(|(node, begins)| (node, at - begins))
        };
        let (first, from) = node_at(start)?;
        // The end lies behind a character, which may be the last one of its node.
        let (last, to) = node_at(end.checked_sub(1)?)?;
        range.set_start(first, from).ok()?;
        range.set_end(last, to + 1).ok()?;
        Some(range)
    }
}
