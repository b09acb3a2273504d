//! A clip read out by a voice of the browser's (Web Speech), sentence by sentence; the one that is spoken is
//! marked by [`ranges`].
//!
//! Only voices of this machine are used: the others send what they speak to their maker.
//!
//! To pause is to stop and to begin again with the same sentence, as not all browsers can pause a voice.

use crate::clip::order;
use std::cell::RefCell;
use std::collections::VecDeque;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::body::select;
use super::find::{Paragraph, paragraphs};
use super::{ranges, viewport, window};
use crate::clip::sentences::sentences;

/// The name of the mark on the sentence that is spoken.
const MARK: &str = "spoken";
/// What is not read out: code, tables of numbers to the machine, what the page itself put there.
const SILENT: &str = "pre, .footnote-ref, .footnotes";

/// A voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// What the browser calls it.
    pub name: String,
    /// The language that it speaks, as a BCP 47 tag.
    pub language: String,
}

/// How a clip is read out.
#[derive(Debug, Clone, PartialEq)]
pub struct Manner {
    /// The clip's language; empty when it is not known.
    pub language: String,
    /// The name of the voice.
    pub voice: String,
    /// How fast, 1 being usual.
    pub rate: f32,
}

#[derive(Default)]
struct Speaking {
    body: Option<web_sys::Element>,
    /// The chunk after the one that the sentences are of.
    next_chunk: usize,
    waiting: VecDeque<(String, web_sys::Range)>,
    now: Option<(String, web_sys::Range)>,
    /// Counts what was begun: a voice that was stopped still tells that it ended.
    turn: u32,
    /// What a browser forgets while it speaks it would never end.
    held: Option<(web_sys::SpeechSynthesisUtterance, Closure<dyn FnMut()>)>,
}

thread_local! {
    static SPEAKING: RefCell<Speaking> = RefCell::default();
}

fn synthesis() -> Option<web_sys::SpeechSynthesis> {
    let window = window().ok()?;
    let found = Reflect::get(&window, &JsValue::from_str("speechSynthesis")).ok()?;
    found.is_object().then(|| found.unchecked_into())
}

/// The voices of this machine: those that speak a language, else all.
#[must_use]
pub fn voices(language: &str) -> Vec<Voice> {
    let Some(synthesis) = synthesis() else { return Vec::new() };
    let of = |voice: JsValue| {
        let voice: web_sys::SpeechSynthesisVoice = voice.unchecked_into();
        voice.local_service().then(|| Voice { name: voice.name(), language: voice.lang() })
    };
    let mut voices: Vec<Voice> = synthesis.get_voices().iter().filter_map(of).collect();
    let wanted = language.split('-').next().unwrap_or_default().to_lowercase();
    let speaks = |voice: &Voice| !wanted.is_empty() && voice.language.to_lowercase().starts_with(&wanted);
    order::sort_by_key(&mut voices, |voice| !speaks(voice));
    if voices.iter().any(speaks) {
        voices.retain(speaks);
    }
    voices
}

/// Begins to read out where the reader is; `ended` when there is nothing more.
pub fn begin(body: &web_sys::Element, manner: &Manner, ended: impl Fn() + Clone + 'static) {
    stop();
    SPEAKING.with_borrow_mut(|speaking| {
        speaking.body = Some(body.clone());
        speaking.next_chunk = viewport::first_chunk(body);
        speaking.fill();
        while let Some((_, range)) = speaking.waiting.front() {
            if super::upright::landmark(&range.get_bounding_client_rect()).bottom > viewport::reading_edge() {
                break;
            }
            speaking.waiting.pop_front();
            speaking.fill();
        }
    });
    next(manner, ended);
}

/// Goes on with the sentence at which it was paused, or with the one after it.
pub fn go_on(manner: &Manner, skip: bool, ended: impl Fn() + Clone + 'static) {
    quiet();
    SPEAKING.with_borrow_mut(|speaking| {
        if let Some(now) = speaking.now.take().filter(|_| !skip) {
            speaking.waiting.push_front(now);
        }
    });
    next(manner, ended);
}

/// Stops the voice; the sentence stays marked.
pub fn quiet() {
    SPEAKING.with_borrow_mut(|speaking| speaking.turn += 1);
    if let Some(synthesis) = synthesis() {
        synthesis.cancel();
    }
}

/// Stops for good.
pub fn stop() {
    quiet();
    ranges::draw(MARK, &[]);
    SPEAKING.with_borrow_mut(|speaking| {
        let turn = speaking.turn;
        *speaking = Speaking { turn, ..Speaking::default() };
    });
}

fn next(manner: &Manner, ended: impl Fn() + Clone + 'static) {
    let said = SPEAKING.with_borrow_mut(|speaking| {
        speaking.fill();
        speaking.now = speaking.waiting.pop_front();
        speaking.now.clone().map(|(words, range)| (words, range, speaking.turn))
    });
    let Some((words, range, turn)) = said else {
        stop();
        return ended();
    };
    ranges::draw(MARK, std::slice::from_ref(&range));
    viewport::keep_in_sight(&range);
    let speech = synthesis().zip(web_sys::SpeechSynthesisUtterance::new_with_text(&words).ok());
    let Some((synthesis, utterance)) = speech else { return ended() };
    let voices = synthesis.get_voices();
    let named = |voice: &JsValue| {
        let voice: &web_sys::SpeechSynthesisVoice = voice.unchecked_ref();
        voice.local_service() && voice.name() == manner.voice
    };
    let Some(voice) = voices.iter().find(named).map(JsCast::unchecked_into) else { return ended() };
    utterance.set_voice(Some(&voice));
    utterance.set_lang(&manner.language);
    utterance.set_rate(manner.rate);
    let manner = manner.clone();
    let over = Closure::<dyn FnMut()>::new(move || {
        if SPEAKING.with_borrow(|speaking| speaking.turn == turn) {
            let (manner, ended) = (manner.clone(), ended.clone());
            // Not from within what ends.
            super::clock::soon(move || next(&manner, ended));
        }
    });
    utterance.set_onend(Some(over.as_ref().unchecked_ref()));
    utterance.set_onerror(Some(over.as_ref().unchecked_ref()));
    synthesis.speak(&utterance);
    let before = SPEAKING.with_borrow_mut(|speaking| speaking.held.replace((utterance, over)));
    // The one before may be ending right now.
    super::clock::soon(move || drop(before));
}

impl Speaking {
    /// Reads the next chunks until there is something to say.
    fn fill(&mut self) {
        let Some(body) = self.body.clone() else { return };
        while self.waiting.is_empty() {
            let Some(chunk) = super::body::chunk(&body, self.next_chunk) else { return };
            self.next_chunk += 1;
            let silent = select(&chunk, SILENT);
            let is_silent = |paragraph: &Paragraph| {
                paragraph.nodes().any(|node| silent.iter().any(|silent| silent.contains(Some(node))))
            };
            for paragraph in paragraphs(&chunk).iter().filter(|paragraph| !is_silent(paragraph)) {
                for range in sentences(paragraph.text()) {
                    let words = paragraph.text().get(range.clone()).unwrap_or_default().to_owned();
                    self.waiting.extend(paragraph.range_of(&range).map(|range| (words, range)));
                }
            }
        }
    }
}
