//! Where things are on the screen, and moving there. Decisions are [`crate::session::place`]'s.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;

use super::upright;
pub use super::upright::{scroll_to, scrolled};
use super::{BrowserError, During, document, window};
use crate::session::place::{filled, first_below, progress};
use crate::session::{Landmark, Position, current_heading};

/// Distance from the top of the window at which a line counts as being read, in CSS pixels: just
/// below the bar. `scroll-padding-top` in the style sheet is the same.
const READING_EDGE_PX: f64 = 72.0;
/// The same where lines stand upright and no bar lies over them.
const UPRIGHT_EDGE_PX: f64 = 24.0;

/// A jump is corrected while the page around it is still laid out: until it stood still for this
/// many frames, or for the longest time at most.
const STILL_FRAMES: u32 = 12;
const LONGEST_FRAMES: u32 = 90;

/// Where the reader is.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The paragraph at the edge.
    pub position: Position,
    /// From 0 to 1.
    pub progress: f32,
    /// Id of the heading whose section is being read.
    pub heading: Option<String>,
}

fn landmark(element: &web_sys::Element) -> Landmark {
    upright::landmark(&element.get_bounding_client_rect())
}

/// Distance from where what is in sight begins at which a line counts as being read.
pub(super) fn reading_edge() -> f64 {
    if upright::stands() { UPRIGHT_EDGE_PX } else { READING_EDGE_PX }
}

fn children(element: &web_sys::Element) -> Vec<web_sys::Element> {
    let list = element.children();
    (0..list.length()).filter_map(|i| list.item(i)).collect()
}

/// Reads where the reader is in a body whose children are chunks. At the very end of the page,
/// where short sections can't reach the edge, the heading `jumped_to` counts while it is in sight.
#[must_use]
pub fn read(body: &web_sys::Element, jumped_to: Option<&str>) -> Option<Reading> {
    let chunks = children(body);
    let marks = filled(chunks.iter().map(landmark).collect());
    let height = upright::in_sight();
    let text = landmark(body);
    let at_end = upright::end() <= height + 1.0;
    let chunk_index = first_below(&marks, reading_edge()).unwrap_or(marks.len().checked_sub(1)?);
    let chunk = chunks.get(chunk_index)?;
    let jumped_to = jumped_to.filter(|id| at_end && is_in_sight(id, height)).map(str::to_owned);
    Some(Reading {
        // The head of the clip is above the body: while it is in sight, this is the beginning.
        position: if text.top > reading_edge() { Position::default() } else { position_in(chunk, chunk_index) },
        progress: progress(text, height),
        heading: jumped_to.or_else(|| heading_at(&chunks, chunk_index, at_end, height)),
    })
}

fn is_in_sight(id: &str, height: f64) -> bool {
    let element = document().ok().and_then(|d| d.get_element_by_id(id));
    element.is_some_and(|e| (0.0..height).contains(&landmark(&e).top))
}

fn position_in(chunk: &web_sys::Element, chunk_index: usize) -> Position {
    let marks = filled(children(chunk).iter().map(landmark).collect());
    let child = first_below(&marks, reading_edge()).unwrap_or(marks.len().saturating_sub(1));
    Position {
        chunk: u32::try_from(chunk_index).unwrap_or(0),
        child: u32::try_from(child).unwrap_or(0),
        within: marks.get(child).map_or(0.0, |mark| mark.above(reading_edge())),
    }
}

/// The heading being read: looked for in the chunk at the edge (or, at the very end, in all that
/// is in sight), else the last one of the chunks before. Chunks out of sight are not measured, as
/// that would lay them out.
fn heading_at(chunks: &[web_sys::Element], from: usize, at_end: bool, height: f64) -> Option<String> {
    let last = if at_end { chunks.len().saturating_sub(1) } else { from };
    for index in (from..=last).rev() {
        let headings = headings_of(chunks.get(index)?);
        let tops: Vec<f64> = headings.iter().map(|h| landmark(h).top).collect();
        if let Some(at) = current_heading(&tops, reading_edge() + 8.0, at_end, height) {
            return headings.get(at).map(web_sys::Element::id);
        }
    }
    let before = chunks.get(..from)?.iter().rev();
    before.filter_map(|chunk| headings_of(chunk).last().map(web_sys::Element::id)).next()
}

fn headings_of(chunk: &web_sys::Element) -> Vec<web_sys::Element> {
    let Ok(list) = chunk.query_selector_all("[data-line][id]:not([data-title], [data-in-fold])") else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
}

/// What a jump tells when it has ended: whether the person's own hand ended it.
pub type Ended = Box<dyn FnOnce(bool)>;

/// Scrolls so that the element with that id stands at the reading edge, and stays there while the
/// page is laid out; then calls `ended`.
///
/// # Errors
/// When the element is not there; `ended` is not called then.
pub fn go_to_id(id: &str, ended: Ended) -> Result<(), BrowserError> {
    let element = document()?.get_element_by_id(id);
    let element = element.ok_or_else(|| BrowserError::missing("find the heading"))?;
    lay_out_chunk_of(&element)?;
    Jump { element, within: 0.0, edge: None, turn: next_turn(), still: 0, frames: 0, ended }.settle();
    Ok(())
}

/// Scrolls to a position; the start of the body is the top of the page. Returns whether the
/// position is in the body yet; if so, `ended` is called at the end.
#[must_use]
pub fn go_to(body: &web_sys::Element, position: Position, ended: Ended) -> bool {
    let turn = next_turn();
    if position.is_start() {
        scroll_to(0.0);
        ended(false);
        return true;
    }
    let chunk = body.children().item(position.chunk);
    let Some(element) = chunk.and_then(|c| c.children().item(position.child)) else {
        return false;
    };
    if lay_out_chunk_of(&element).is_err() {
        return false;
    }
    Jump { element, within: f64::from(position.within), edge: None, turn, still: 0, frames: 0, ended }.settle();
    true
}

/// Index of the chunk at the reading edge.
pub(super) fn first_chunk(body: &web_sys::Element) -> usize {
    let marks = filled(children(body).iter().map(landmark).collect());
    first_below(&marks, reading_edge()).unwrap_or(0)
}

/// Goes to a place in the text unless it is well in sight.
pub(super) fn keep_in_sight(place: &web_sys::Range) {
    let bounds = upright::landmark(&place.get_bounding_client_rect());
    let is_laid_out = bounds.bottom > bounds.top;
    if !is_laid_out || bounds.top < reading_edge() || bounds.bottom > upright::in_sight() * 0.85 {
        go_to_place(place);
    }
}

/// What the eyes are on: the paragraph a good third below the top of the window.
const EYES: f64 = 0.38;

/// Marks the paragraph that is being read, and no other; none when there is no body.
pub fn mark_current(body: Option<&web_sys::Element>) {
    const CURRENT: &str = "data-current";
    let eyes = upright::in_sight() * EYES;
    let at = |elements: &[web_sys::Element]| {
        let marks = filled(elements.iter().map(landmark).collect());
        let at = first_below(&marks, eyes).unwrap_or(elements.len().saturating_sub(1));
        elements.get(at).cloned()
    };
    let now = body.and_then(|body| at(&children(&at(&children(body))?)));
    let before = document().ok().and_then(|document| document.query_selector(".chunk > [data-current]").ok().flatten());
    if now != before {
        // A mark that is refused dims nothing that is read.
        before.iter().for_each(|before| drop(before.remove_attribute(CURRENT)));
        now.iter().for_each(|now| drop(now.set_attribute(CURRENT, "")));
    }
}

/// Scrolls so that a place in the text stands in the upper part of the window, and stays there while the
/// page is laid out.
pub(super) fn go_to_place(place: &web_sys::Range) {
    let Some(element) = place.start_container().ok().and_then(|node| node.parent_element()) else { return };
    if lay_out_chunk_of(&element).is_err() {
        return;
    }
    let (around, top) = (landmark(&element), upright::landmark(&place.get_bounding_client_rect()).top);
    let within = if around.bottom > around.top { (top - around.top) / (around.bottom - around.top) } else { 0.0 };
    let (edge, turn) = (Some(upright::in_sight() * 0.35), next_turn());
    Jump { element, within, edge, turn, still: 0, frames: 0, ended: Box::new(|_| {}) }.settle();
}

/// Has the chunk of an element laid out though it is not in sight yet. Firefox measures elements
/// of a chunk that it skips as if the chunk had its full height, while the page below it is placed
/// as if it had the height that the style sheet guesses: a jump would end far off.
fn lay_out_chunk_of(element: &web_sys::Element) -> Result<(), BrowserError> {
    const GOAL: &str = "data-goal";
    super::folding::reveal(element);
    let chunk = element.closest(".chunk").during("find the chunk")?;
    let before = document()?.query_selector(".chunk[data-goal]").during("find the chunk")?;
    if chunk == before {
        return Ok(());
    }
    if let Some(before) = before {
        before.remove_attribute(GOAL).during("lay the page out")?;
    }
    chunk.map_or(Ok(()), |chunk| chunk.set_attribute(GOAL, "").during("lay the page out"))
}

/// Goes to the top of the page.
pub fn go_to_top() {
    scroll_to(0.0);
}

thread_local! {
    /// Counts jumps, and what the person does with wheel, finger or key: a jump under way gives
    /// way to both.
    static TURN: Cell<u32> = const { Cell::new(0) };
    /// Counts what the person does alone.
    static HAND: Cell<u32> = const { Cell::new(0) };
}

fn next_turn() -> u32 {
    TURN.set(TURN.get().wrapping_add(1));
    TURN.get()
}

/// How often the person has moved the page by hand; only good for telling whether they did since.
#[must_use]
pub fn hand() -> u32 {
    HAND.get()
}

/// A jump under way.
struct Jump {
    element: web_sys::Element,
    within: f64,
    /// Where in what is in sight it is to stand; at the reading edge else, which may change on the way: another
    /// clip's lines may stand upright.
    edge: Option<f64>,
    turn: u32,
    still: u32,
    frames: u32,
    ended: Ended,
}

impl Jump {
    /// Scrolls the element to the edge, and again in the following frames while what stands above
    /// it is still being laid out; gives way as soon as the person does something.
    fn settle(mut self) {
        if self.turn != TURN.get() {
            return (self.ended)(true);
        }
        let mark = landmark(&self.element);
        let wanted = mark.top + (mark.bottom - mark.top) * self.within - self.edge.unwrap_or_else(reading_edge);
        let before = scrolled();
        if wanted.abs() > 0.5 {
            scroll_to(before + wanted);
        }
        self.still = if (scrolled() - before).abs() > 0.5 { 0 } else { self.still + 1 };
        self.frames += 1;
        if self.still > STILL_FRAMES || self.frames > LONGEST_FRAMES {
            return (self.ended)(false);
        }
        super::clock::next_frame(move || self.settle());
    }
}

/// Calls back in the frame after the page was scrolled or its size changed.
///
/// # Errors
/// When there is no window to listen on.
pub fn watch(on_move: impl Fn() + Clone + 'static) -> Result<(), BrowserError> {
    let window = window()?;
    for name in ["wheel", "touchstart", "keydown", "pointerdown"] {
        let by_hand = |_: &web_sys::Event| {
            HAND.set(HAND.get().wrapping_add(1));
            next_turn();
        };
        // Before anything that answers to the same key or touch with a jump.
        let first = gloo::events::EventListenerOptions::run_in_capture_phase();
        gloo::events::EventListener::new_with_options(&window, name, first, by_hand).forget();
    }
    let waiting = Rc::new(Cell::new(false));
    for name in ["scroll", "resize"] {
        let (on_move, waiting) = (on_move.clone(), waiting.clone());
        // The sheet of upright lines tells of its scrolling on the way down alone.
        let first = gloo::events::EventListenerOptions::run_in_capture_phase();
        gloo::events::EventListener::new_with_options(&window, name, first, move |event| {
            if !upright::is_of_text(event) || waiting.replace(true) {
                return;
            }
            let (on_move, waiting) = (on_move.clone(), waiting.clone());
            super::clock::next_frame(move || {
                waiting.set(false);
                on_move();
            });
        })
        .forget();
    }
    Ok(())
}

/// How far an element's top lies above the top of the window, and how much of the window there is,
/// in CSS pixels.
#[must_use]
pub fn slice(element: &web_sys::Element) -> (f64, f64) {
    let height = window().ok().and_then(|w| w.inner_height().ok()?.as_f64()).unwrap_or(0.0);
    (-element.get_bounding_client_rect().top(), height)
}

/// Scrolls as little as brings a part of an element into sight: `top` CSS pixels below the element's
/// own, `height` high, with so much room for the bars above and below.
pub fn bring_into_sight(id: &str, top: f64, height: f64, bars: f64) {
    let Some(element) = document().ok().and_then(|document| document.get_element_by_id(id)) else { return };
    let (above, window) = slice(&element);
    let top = top - above;
    let by = (top - bars).min(0.0) + (top + height + bars - window).max(0.0);
    if by != 0.0 {
        scroll_to(scrolled() + by);
    }
}
