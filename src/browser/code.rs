//! Code in the colours of its language. A worker finds the places (`public/code.js` says what in it does),
//! and [`ranges`] draws them without a change to the page's elements: highlights of the
//! reader, finding and copying know nothing of it.
//!
//! The worker starts when code comes near the screen for the first time, and has one piece of code at a
//! time. Only the lines near the screen are drawn, and let go when they are far again: a browser looks
//! through all marks whenever one of them changes.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use js_sys::{Array, Uint32Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::body::select;
use super::helper::Helper;
use super::ranges::{self, Mark, Place};
use super::{boot, clock, document, viewport, window};
use crate::session::place::lines_between;

/// Code whose language is known.
const CODE: &str = "pre > code[class^='language-']";
/// How far from the screen code is given to the worker.
const NEAR: &str = "100% 0px";

/// The names of the marks, in the order of the worker's kinds.
const NAMES: [&str; 10] = [
    "code-keyword",
    "code-string",
    "code-comment",
    "code-number",
    "code-title",
    "code-type",
    "code-attribute",
    "code-meta",
    "code-added",
    "code-removed",
];

/// A text of the page, where it begins in its code, and how long it is, in UTF-16 units.
type Text = (web_sys::Node, u32, u32);

/// A piece of code in which all places are known.
struct Piece {
    code: web_sys::Element,
    texts: Vec<Text>,
    /// Where each line begins.
    lines: Vec<u32>,
    /// Start, end and kind of each place.
    places: Vec<[u32; 3]>,
    /// The first place that is drawn, and from it on each that is.
    from: usize,
    drawn: VecDeque<(usize, Place)>,
    is_near: bool,
}

#[derive(Default)]
struct Colours {
    /// Code near the screen that has no colours yet.
    waiting: VecDeque<web_sys::Element>,
    /// The piece that the worker has.
    at_work: Option<web_sys::Element>,
    is_running: bool,
    /// How many pieces in a row got no answer: a worker that never gives one is not asked any more.
    unanswered: u32,
    /// Counts the clips: what was begun for one before is not drawn.
    turn: u32,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
}

thread_local! {
    static COLOURS: RefCell<Colours> = RefCell::default();
    static OBSERVER: Option<web_sys::IntersectionObserver> = observer();
    static WORKER: Rc<Helper> = Rc::new(Helper::new(boot::start_code));
    static DRAWS_SOON: Cell<bool> = const { Cell::new(false) };
}

/// Has the code in a part of the page coloured when it comes near the screen.
pub fn look_for(within: &web_sys::Element) {
    if !ranges::can_draw() {
        return;
    }
    for code in select(within, CODE) {
        OBSERVER.with(|observer| observer.iter().for_each(|observer| observer.observe(&code)));
    }
}

/// Takes the colours back: another clip takes the page.
pub fn forget() {
    OBSERVER.with(|observer| observer.iter().for_each(web_sys::IntersectionObserver::disconnect));
    COLOURS.with_borrow_mut(|colours| {
        colours.turn += 1;
        colours.at_work = None;
        colours.waiting.clear();
        colours.pieces.clear();
        colours.marks.iter().for_each(Mark::clear);
    });
}

fn observer() -> Option<web_sys::IntersectionObserver> {
    let seen = Closure::<dyn FnMut(Array)>::new(|entries: Array| {
        for entry in entries.iter().map(JsCast::unchecked_into::<web_sys::IntersectionObserverEntry>) {
            comes_or_goes(entry.target(), entry.is_intersecting());
        }
        draw_soon();
        run();
    });
    let options = web_sys::IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let observer = web_sys::IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok();
    seen.forget();
    if let Ok(window) = window() {
        gloo::events::EventListener::new(&window, "scroll", |_| draw_soon()).forget();
    }
    observer
}

fn comes_or_goes(code: web_sys::Element, is_near: bool) {
    COLOURS.with_borrow_mut(|colours| {
        if let Some(piece) = colours.pieces.iter_mut().find(|piece| piece.code == code) {
            piece.is_near = is_near;
        } else if !is_near {
            colours.waiting.retain(|waiting| *waiting != code);
        } else if colours.at_work.as_ref() != Some(&code) && !colours.waiting.contains(&code) {
            colours.waiting.push_back(code);
        }
    });
}

/// The language that a fence names: `python`, `{.python}`, `js{1,3}`.
pub(super) fn language(code: &web_sys::Element) -> String {
    let class = code.class_name();
    let named = class.split_whitespace().next().and_then(|class| class.strip_prefix("language-")).unwrap_or_default();
    crate::clip::body::language_of_code(named)
}

/// Has all pieces that wait looked through, one after the other, unless that goes on already.
fn run() {
    let goes_on = COLOURS.with_borrow_mut(|colours| std::mem::replace(&mut colours.is_running, true));
    if goes_on {
        return;
    }
    spawn_local(async {
        while let Some((code, turn)) = next() {
            let text = code.text_content().unwrap_or_default();
            let question = Array::of2(&language(&code).into(), &text.as_str().into());
            let worker = WORKER.with(Rc::clone);
            let answer = worker.ask(&question).await;
            COLOURS.with_borrow_mut(|colours| {
                colours.unanswered = if answer.is_some() { 0 } else { colours.unanswered + 1 };
                let places = answer.and_then(|answer| answer.dyn_into::<Uint32Array>().ok());
                if let Some(places) = places.filter(|_| colours.turn == turn) {
                    colours.pieces.push(Piece::new(code, &text, &places.to_vec()));
                }
            });
            draw_soon();
        }
        COLOURS.with_borrow_mut(|colours| colours.is_running = false);
    });
}

fn next() -> Option<(web_sys::Element, u32)> {
    const MOST_UNANSWERED: u32 = 3;
    COLOURS.with_borrow_mut(|colours| {
        let is_answered = colours.unanswered < MOST_UNANSWERED;
        colours.at_work = colours.waiting.pop_front().filter(|_| is_answered);
        colours.at_work.clone().map(|code| (code, colours.turn))
    })
}

/// Draws in the next frame what is near the screen then, once for all that asks for it.
fn draw_soon() {
    if COLOURS.with_borrow(|colours| colours.pieces.is_empty()) || DRAWS_SOON.replace(true) {
        return;
    }
    clock::next_frame(|| {
        DRAWS_SOON.set(false);
        COLOURS.with_borrow_mut(|colours| {
            if colours.marks.is_empty() {
                colours.marks = NAMES.iter().filter_map(|name| Mark::new(name)).collect();
            }
            let Colours { pieces, marks, .. } = colours;
            pieces.iter_mut().for_each(|piece| piece.draw(marks));
        });
    });
}

impl Piece {
    fn new(code: web_sys::Element, text: &str, places: &[u32]) -> Self {
        let mut lines = vec![0];
        let mut at = 0;
        for character in text.chars() {
            at += character.len_utf16() as u32;
            if character == '\n' {
                lines.push(at);
            }
        }
        let places = places.chunks_exact(3).filter_map(|place| place.try_into().ok()).collect();
        let texts = texts(&code);
        Self { code, texts, lines, places, from: 0, drawn: VecDeque::new(), is_near: true }
    }

    /// Draws the places of the lines near the screen, and lets those go that are far.
    fn draw(&mut self, marks: &[Mark]) {
        let wanted = if self.is_near { self.near() } else { 0..0 };
        while !self.drawn.is_empty() && (self.from < wanted.start || self.from >= wanted.end) {
            let gone = self.drawn.pop_front();
            self.from += 1;
            let_go(gone, marks);
        }
        while self.from + self.drawn.len() > wanted.end {
            let gone = self.drawn.pop_back();
            if gone.is_none() {
                break;
            }
            let_go(gone, marks);
        }
        if self.drawn.is_empty() {
            self.from = wanted.start;
        }
        while self.from > wanted.start {
            let Some(place) = self.make(self.from - 1, marks) else { break };
            self.drawn.push_front(place);
            self.from -= 1;
        }
        while self.from + self.drawn.len() < wanted.end {
            let Some(place) = self.make(self.from + self.drawn.len(), marks) else { break };
            self.drawn.push_back(place);
        }
    }

    /// The places in the lines that are less than a screen away.
    fn near(&self) -> Range<usize> {
        let (above, height) = viewport::slice(&self.code);
        let whole = self.code.get_bounding_client_rect().height();
        let lines = lines_between(above - height, above + 2.0 * height, whole, self.lines.len());
        let [start, end] = [lines.start, lines.end].map(|line| self.lines.get(line).copied().unwrap_or(u32::MAX));
        let at = |unit: u32| self.places.partition_point(|[_, ends, _]| *ends <= unit);
        at(start)..at(end)
    }

    fn make(&self, at: usize, marks: &[Mark]) -> Option<(usize, Place)> {
        let [start, end, kind] = *self.places.get(at)?;
        let place = range(&self.texts, start, end)?;
        marks.get(kind as usize).iter().for_each(|mark| mark.add(&place));
        Some((kind as usize, place))
    }
}

fn let_go(gone: Option<(usize, Place)>, marks: &[Mark]) {
    if let Some((kind, place)) = gone {
        marks.get(kind).iter().for_each(|mark| mark.remove(&place));
    }
}

/// The texts of an element: a parser parts a long one.
fn texts(code: &web_sys::Element) -> Vec<Text> {
    const TEXT: u32 = 4;
    let walker = document().ok().and_then(|d| d.create_tree_walker_with_what_to_show(code, TEXT).ok());
    let mut texts = Vec::new();
    let mut begins = 0;
    while let Some(Ok(Some(node))) = walker.as_ref().map(web_sys::TreeWalker::next_node) {
        let length = node.dyn_ref::<web_sys::CharacterData>().map_or(0, web_sys::CharacterData::length);
        texts.push((node, begins, length));
        begins += length;
    }
    texts
}

fn range(texts: &[Text], start: u32, end: u32) -> Option<Place> {
    let at = |place: u32| {
        let after = texts.partition_point(|(_, begins, _)| *begins <= place);
        texts.get(after.checked_sub(1)?)
    };
    let (first, first_begins, _) = at(start)?;
    let (last, last_begins, length) = at(end.checked_sub(1)?)?;
    Place::new(first, start - first_begins, last, (end - last_begins).min(*length))
}
