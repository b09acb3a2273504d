//! Marked places in the open clip: its text as highlights count it, what the person selected, and the
//! marks, drawn by [`ranges`] without a change to the page's elements.
//!
//! The text is read chunk by chunk, and only when somebody marked or selects something. Each text node
//! is remembered with the number of letters before it; what the page itself put into the text (buttons,
//! cards for missing pictures, what a formula looks like) is none of it.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::{BrowserError, document, ranges, window};
use crate::library::highlight::text::letter;
use crate::library::highlight::{Colour, Search, Selectors, Text, anchor};

#[wasm_bindgen]
extern "C" {
    /// A document that says which letter is at a point: by the newer function, or by WebKit's.
    type Pointed;

    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    fn caret_position(this: &Pointed, x: f32, y: f32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = caretRangeFromPoint)]
    fn caret_range(this: &Pointed, x: f32, y: f32) -> Result<JsValue, JsValue>;
}

/// The name of the mark on the place that the person came to.
const CURRENT: &str = "highlight-current";
/// The name of the mark on places with a note.
const NOTED: &str = "highlight-noted";

/// A place to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its letters.
    pub range: Range<usize>,
    /// Its colour.
    pub colour: Colour,
    /// Whether it has a note.
    pub noted: bool,
}

/// Where something is on the page, in CSS pixels from the page's own corner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spot {
    /// Its middle.
    pub middle: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
    /// How much of the window is above its upper edge.
    pub room_above: f64,
    /// How wide the page is.
    pub width: f64,
}

/// What is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected {
    /// Its letters.
    pub range: Range<usize>,
    /// Where it is.
    pub spot: Spot,
}

/// The text of the chunks that were read so far.
#[derive(Default)]
struct Read {
    text: Text,
    /// Each text node, and how many letters stand before it.
    nodes: Vec<(web_sys::Node, usize)>,
    chunks: u32,
}

thread_local! {
    static READ: RefCell<Read> = RefCell::default();
    /// Whether a button of the pointer is held down.
    static HELD: Cell<bool> = const { Cell::new(false) };
    static RESTING: RefCell<Option<gloo::timers::callback::Timeout>> = const { RefCell::new(None) };
}

/// Forgets the text and takes the marks away: another clip takes the page.
pub fn forget() {
    READ.set(Read::default());
    draw(&[]);
    draw_current(None);
}

/// Reads the chunks of the body that were not read yet. One that takes the place of another has all read
/// anew.
pub fn read(body: &web_sys::Element, arrived: Option<usize>) {
    READ.with_borrow_mut(|read| {
        if arrived.is_some_and(|arrived| (arrived as u32) < read.chunks) {
            *read = Read::default();
        }
        let chunks = body.children();
        while let Some(chunk) = chunks.item(read.chunks) {
            read.chunk(&chunk);
        }
    });
}

/// As [`read`], with turns for others between the chunks.
pub async fn read_in_turns(body: &web_sys::Element) {
    loop {
        let next = READ.with_borrow_mut(|read| {
            let chunk = body.children().item(read.chunks)?;
            read.chunk(&chunk);
            Some(())
        });
        if next.is_none() {
            return;
        }
        super::clock::turn().await;
    }
}

/// How many letters were read so far.
#[must_use]
pub fn letters_read() -> usize {
    READ.with_borrow(|read| read.text.letters().len())
}

/// The places that stand where they stood, each if it does.
#[must_use]
pub fn where_they_stood(places: &[&Selectors]) -> Vec<Option<Range<usize>>> {
    READ.with_borrow(|read| places.iter().map(|place| anchor::where_it_stood(read.text.letters(), place)).collect())
}

/// Begins to look for places wherever they are now.
#[must_use]
pub fn search(places: &[&Selectors]) -> Search {
    READ.with_borrow(|read| Search::new(read.text.letters(), places))
}

/// Goes on with a search for about as long as a frame leaves: which ones were found, and where. `None`
/// at its end.
#[must_use]
pub fn go_on(search: &mut Search) -> Option<Vec<(usize, Range<usize>)>> {
    const TURN_MS: f64 = 8.0;
    const LETTERS: usize = 2000;
    let end_ms = super::clock::monotonic_ms() + TURN_MS;
    READ.with_borrow(|read| {
        let (text, mut found) = (read.text.letters(), Vec::new());
        let is_over = || super::clock::monotonic_ms() > end_ms;
        while search.read(text, LETTERS) {
            if is_over() {
                return Some(found);
            }
        }
        let mut next = search.next(text)?;
        loop {
            found.extend(next.1.map(|range| (next.0, range)));
            if is_over() {
                return Some(found);
            }
            match search.next(text) {
                Some(another) => next = another,
                None => return Some(found),
            }
        }
    })
}

/// What names a place.
#[must_use]
pub fn selectors(range: Range<usize>) -> Selectors {
    READ.with_borrow(|read| read.text.selectors(range))
}

impl Read {
    fn chunk(&mut self, chunk: &web_sys::Element) {
        const ELEMENTS_AND_TEXT: u32 = 5;
        self.chunks += 1;
        self.text.end_paragraph();
        let walker = document()
            .ok()
            .and_then(|document| document.create_tree_walker_with_what_to_show(chunk, ELEMENTS_AND_TEXT).ok());
        let Some(walker) = walker else { return };
        let mut added: Option<web_sys::Node> = None;
        while let Ok(Some(node)) = walker.next_node() {
            if let Some(element) = node.dyn_ref::<web_sys::Element>() {
                let name = element.tag_name();
                if added.as_ref().is_some_and(|added| added.contains(Some(&node))) {
                    continue;
                }
                if matches!(name.as_str(), "BUTTON" | "math")
                    || (name == "SPAN" && element.class_name() == "missing-picture")
                {
                    added = Some(node);
                } else if !is_inline(&name) {
                    self.text.end_paragraph();
                }
                continue;
            }
            if added.as_ref().is_some_and(|added| added.contains(Some(&node))) {
                continue;
            }
            let before = self.text.letters().len();
            self.text.push(&node.node_value().unwrap_or_default());
            if self.text.letters().len() > before {
                self.nodes.push((node, before));
            }
        }
    }

    /// The node that has a letter, and where in it that letter is, in UTF-16 units: its beginning and its
    /// end.
    fn place_of(&self, at: usize) -> Option<(&web_sys::Node, Range<u32>)> {
        let after = self.nodes.partition_point(|(_, begins)| *begins <= at);
        let (node, begins) = self.nodes.get(after.checked_sub(1)?)?;
        let (mut units, mut left) = (0, at - begins);
        for character in node.node_value()?.chars() {
            let length = character.len_utf16() as u32;
            if letter(character).is_some() {
                if left == 0 {
                    return Some((node, units..units + length));
                }
                left -= 1;
            }
            units += length;
        }
        None
    }

    fn range(&self, letters: &Range<usize>) -> Option<web_sys::Range> {
        let range = document().ok()?.create_range().ok()?;
        let (first, from) = self.place_of(letters.start)?;
        let (last, to) = self.place_of(letters.end.checked_sub(1)?)?;
        range.set_start(first, from.start).ok()?;
        range.set_end(last, to.end).ok()?;
        Some(range)
    }

    /// How many letters stand before a point of the page.
    fn letters_before(&self, container: &web_sys::Node, offset: u32) -> Option<usize> {
        let point = document().ok()?.create_range().ok()?;
        point.set_start(container, offset).ok()?;
        let after = self.nodes.partition_point(|(node, _)| point.compare_point(node, 0).is_ok_and(|side| side < 0));
        let Some((node, begins)) = after.checked_sub(1).and_then(|before| self.nodes.get(before)) else {
            return Some(0);
        };
        if node != container {
            return Some(self.nodes.get(after).map_or(self.text.letters().len(), |(_, begins)| *begins));
        }
        let (mut units, mut letters) = (0, *begins);
        for character in node.node_value()?.chars() {
            units += character.len_utf16() as u32;
            if units > offset {
                break;
            }
            letters += usize::from(letter(character).is_some());
        }
        Some(letters)
    }
}

/// Whether an element stands within a line. What is none of these begins a new one.
fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 24] = [
        "A", "ABBR", "B", "BDI", "BDO", "CITE", "CODE", "DEL", "EM", "I", "INS", "KBD", "MARK", "Q", "RUBY", "S",
        "SAMP", "SMALL", "SPAN", "STRONG", "SUB", "SUP", "U", "VAR",
    ];
    INLINE.contains(&name)
}

/// What is selected of the text, if anything is.
#[must_use]
pub fn selected(body: &web_sys::Element) -> Option<Selected> {
    let selection = window().ok()?.get_selection().ok()??;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    if !range.intersects_node(body).unwrap_or(false) {
        return None;
    }
    read(body, None);
    READ.with_borrow(|read| {
        let start = read.letters_before(&range.start_container().ok()?, range.start_offset().ok()?)?;
        let end = read.letters_before(&range.end_container().ok()?, range.end_offset().ok()?)?;
        // What is folded away can be selected, too, but not seen.
        let is_seen = range.get_client_rects().is_some_and(|rects| rects.length() > 0);
        (start < end && is_seen).then(|| Selected { range: start..end, spot: spot(&range) })
    })
}

/// Selects nothing any more.
pub fn deselect() {
    if let Some(selection) = window().ok().and_then(|window| window.get_selection().ok().flatten()) {
        // What is not selected need not be let go.
        drop(selection.remove_all_ranges());
    }
}

/// Where letters are on the page.
#[must_use]
pub fn spot_of(letters: &Range<usize>) -> Option<Spot> {
    READ.with_borrow(|read| read.range(letters)).map(|range| spot(&range))
}

/// Where the element with that id is on the page.
#[must_use]
pub fn spot_of_element(id: &str) -> Option<Spot> {
    let document = document().ok()?;
    let range = document.create_range().ok()?;
    range.select_node(document.get_element_by_id(id)?.as_ref()).ok()?;
    Some(spot(&range))
}

fn spot(range: &web_sys::Range) -> Spot {
    let window = window().ok();
    let scrolled = window
        .as_ref()
        .map_or((0.0, 0.0), |window| (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default()));
    let of_window = |size: Option<Result<JsValue, JsValue>>| size.and_then(Result::ok).and_then(|size| size.as_f64());
    let (width, height) = (
        of_window(window.as_ref().map(web_sys::Window::inner_width)).unwrap_or_default(),
        of_window(window.as_ref().map(web_sys::Window::inner_height)).unwrap_or_default(),
    );
    let bounds = range.get_bounding_client_rect();
    // Of a long place, what is in sight.
    // Upright lines reach to the bottom: what stands below them lies over their end.
    let lowest = if super::upright::stands() { height * 0.6 } else { height };
    let (top, bottom) = (bounds.top().clamp(0.0, height), bounds.bottom().clamp(0.0, lowest));
    Spot {
        middle: bounds.left() + bounds.width() / 2.0 + scrolled.0,
        top: top + scrolled.1,
        bottom: bottom + scrolled.1,
        room_above: top,
        width,
    }
}

/// Which of the places a click is on: the shortest of them.
#[must_use]
pub fn clicked(x: f64, y: f64, places: &[Range<usize>]) -> Option<usize> {
    let (container, offset) = caret_at(x as f32, y as f32)?;
    READ.with_borrow(|read| {
        let at = read.letters_before(&container, offset)?;
        let there = places.iter().enumerate().filter(|(_, place)| place.start <= at && at <= place.end);
        let (which, place) = there.min_by_key(|(_, place)| place.len())?;
        let drawn = read.range(place)?.get_client_rects()?;
        let is_on = |rect: web_sys::DomRect| {
            (rect.left()..=rect.right()).contains(&x) && (rect.top()..=rect.bottom()).contains(&y)
        };
        (0..drawn.length()).filter_map(|at| drawn.item(at)).any(is_on).then_some(which)
    })
}

fn caret_at(x: f32, y: f32) -> Option<(web_sys::Node, u32)> {
    let document: Pointed = document().ok()?.unchecked_into();
    let caret = document.caret_position(x, y).or_else(|_| document.caret_range(x, y)).ok()?;
    let get = |names: [&str; 2]| {
        names
            .into_iter()
            .find_map(|name| Reflect::get(&caret, &JsValue::from_str(name)).ok().filter(|found| !found.is_undefined()))
    };
    let node = get(["offsetNode", "startContainer"])?.dyn_into().ok()?;
    Some((node, get(["offset", "startOffset"])?.as_f64()? as u32))
}

/// Draws these places, and no others.
pub fn draw(marks: &[Mark]) {
    READ.with_borrow(|read| {
        let ranges: Vec<(Option<web_sys::Range>, &Mark)> =
            marks.iter().map(|mark| (read.range(&mark.range), mark)).collect();
        let those = |wanted: &dyn Fn(&Mark) -> bool| {
            ranges.iter().filter(|(_, mark)| wanted(mark)).filter_map(|(range, _)| range.clone()).collect::<Vec<_>>()
        };
        for colour in Colour::ALL {
            ranges::draw(&format!("highlight-{}", colour.name()), &those(&|mark| mark.colour == colour));
        }
        ranges::draw(NOTED, &those(&|mark| mark.noted));
    });
}

/// Draws the place that the person came to.
pub fn draw_current(letters: Option<&Range<usize>>) {
    let range = letters.and_then(|letters| READ.with_borrow(|read| read.range(letters)));
    ranges::draw(CURRENT, range.as_slice());
}

/// Scrolls so that a place is in sight.
pub fn go_to(letters: &Range<usize>) {
    if let Some(range) = READ.with_borrow(|read| read.range(letters)) {
        super::viewport::go_to_place(&range);
    }
}

/// Calls back when the person has selected something else: at once when the pointer is let go, else when
/// the selection has rested for a moment.
///
/// # Errors
/// When there is no document.
pub fn on_selection(changed: impl Fn() + Clone + 'static) -> Result<(), BrowserError> {
    const REST_MS: u32 = 160;
    let document = document()?;
    let listen = |event: &'static str, heard: Box<dyn Fn()>| {
        gloo::events::EventListener::new(&document, event, move |_| heard()).forget();
    };
    listen("pointerdown", Box::new(|| HELD.set(true)));
    for event in ["pointerup", "pointercancel"] {
        let changed = changed.clone();
        let let_go = move || {
            HELD.set(false);
            let changed = changed.clone();
            super::clock::next_frame(changed);
        };
        listen(event, Box::new(let_go));
    }
    listen(
        "selectionchange",
        Box::new(move || {
            let changed = changed.clone();
            let rested = move || {
                if !HELD.get() {
                    changed();
                }
            };
            let before = RESTING.replace(Some(gloo::timers::callback::Timeout::new(REST_MS, rested)));
            drop(before.map(gloo::timers::callback::Timeout::cancel));
        }),
    );
    Ok(())
}
