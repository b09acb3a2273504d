//! The body as Markdown events with their places in the file.
//!
//! Follows CommonMark 0.31 and GitHub Flavored Markdown through pulldown-cmark; emphasis that
//! CommonMark leaves as literal markers is mended by [`super::repair`]. The forms of Obsidian,
//! GitHub and the clippers that CommonMark leaves as text are read afterwards, from the text that
//! it left, so that whatever CommonMark knows stays as it is: each form has its file here.

mod address;
mod callout;
mod comment;
mod delimiter;
mod edit;
mod forms;
mod math;
mod split;
mod tidy;
mod wiki;
mod wrapped;

use std::collections::BTreeMap;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

pub use callout::{Callout, Fold};

use super::Source;
use super::repair::{self, Rewrite};

/// An event with its bytes in the text.
pub type Placed<'a> = (Event<'a>, Range<usize>);

/// The body's events. Offsets are bytes of [`Source::text`].
#[derive(Debug)]
pub struct Document<'a> {
    /// The clip's text and lines.
    pub source: &'a Source,
    /// Where the body starts.
    pub body_start: usize,
    /// What the parser saw, each with the range it came from; neighbouring texts are one.
    pub events: Vec<Placed<'a>>,
    /// The quotes that are callouts, by the index of their start among the events.
    pub callouts: BTreeMap<usize, Callout>,
}

/// The extensions that clips use.
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Parses the body that starts at byte `body_start`.
#[must_use]
pub fn read(source: &Source, body_start: usize) -> Document<'_> {
    let text = source.text.get(body_start..).unwrap_or("");
    let mut events = with_forms(text, events(text));
    merge(text, &mut events, |_, _| true);
    tidy::tidy(text, &mut events);
    let mut events = split::bold_first_lines(events);
    for (_, range) in &mut events {
        *range = range.start + body_start..range.end + body_start;
    }
    let (events, callouts) = callout::read(events);
    Document { source, body_start, events, callouts }
}

/// The events with the forms in them that CommonMark does not know.
fn with_forms<'a>(text: &'a str, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    let events = comment::hide(text, events);
    let signs = Signs::of(&events);
    let events = if signs.has(b"[]") { wrapped::mended(text, events) } else { events };
    let mut found = forms::Found::default();
    if signs.has(b"[]$%^") || (signs.has(b"(") && text.contains("\\(")) {
        found = forms::find(text, &events);
    }
    // Texts that stand side by side in the source, too, so that a run of markers is one.
    let mut events = edit::apply(text, events, found.edits);
    merge(text, &mut events, |before, after| before.end == after.start);
    if signs.has(b"=*_~") {
        let pairs = delimiter::find(text, &events);
        events = edit::apply(text, events, pairs);
    }
    for (name, range) in found.notes {
        add_note(text, name, range, &mut events);
    }
    events
}

/// Which signs stand in the text that CommonMark left: a form without its signs is not looked for.
struct Signs([bool; 256]);

impl Signs {
    fn of(events: &[Placed<'_>]) -> Self {
        let mut signs = [false; 256];
        for (event, _) in events {
            let Event::Text(words) = event else { continue };
            for byte in words.bytes() {
                if let Some(sign) = signs.get_mut(usize::from(byte)) {
                    *sign = true;
                }
            }
        }
        Self(signs)
    }

    fn has(&self, any: &[u8]) -> bool {
        any.iter().any(|sign| self.0.get(usize::from(*sign)) == Some(&true))
    }
}

/// Adds a note that stood within a line as the footnote that it is.
fn add_note<'a>(text: &'a str, name: String, range: Range<usize>, all: &mut Vec<Placed<'a>>) {
    let name = CowStr::from(name);
    all.push((Event::Start(Tag::FootnoteDefinition(name)), range.clone()));
    let words = text.get(range.clone()).unwrap_or_default();
    all.extend(events(words).into_iter().map(|(e, r)| (e, r.start + range.start..r.end + range.start)));
    all.push((Event::End(TagEnd::FootnoteDefinition), range));
}

/// The events of a Markdown text, with its emphasis repaired. Offsets are bytes of `text`.
#[must_use]
pub fn events(text: &str) -> Vec<Placed<'_>> {
    let plain = parse(text);
    match repair::plan(text, &plain) {
        None => plain,
        Some(rewrite) => reparsed(text, &rewrite),
    }
}

fn parse(text: &str) -> Vec<Placed<'_>> {
    // Prose has an event in about as many bytes.
    const BYTES_AN_EVENT: usize = 32;
    let mut events = Vec::with_capacity(text.len() / BYTES_AN_EVENT);
    events.extend(Parser::new_ext(text, options()).into_offset_iter());
    events
}

fn reparsed<'a>(text: &'a str, rewrite: &Rewrite) -> Vec<Placed<'a>> {
    let places = rewrite.places();
    let place = |(event, range): Placed<'_>| {
        let original = places.original(range.start)..places.original(range.end);
        (rewrite.clean(event, &range, text.get(original.clone()).unwrap_or_default()), original)
    };
    parse(&rewrite.text).into_iter().map(place).collect()
}

/// Joins neighbouring texts of such ranges: the parser splits them at every character that might
/// have meant something. What stands so in the source is taken from there.
fn merge<'a>(text: &'a str, events: &mut Vec<Placed<'a>>, joins: fn(&Range<usize>, &Range<usize>) -> bool) {
    let is_from = |range: &Range<usize>, words: &str| text.get(range.clone()) == Some(words);
    // Whether what was joined so far stands so in the source.
    let mut so_far = None;
    events.dedup_by(|(event, range), (before, before_range)| {
        let (Event::Text(words), Event::Text(before)) = (event, before) else {
            so_far = None;
            return false;
        };
        if !joins(before_range, range) {
            so_far = None;
            return false;
        }
        let whole = before_range.start..range.end;
        let in_source = so_far.unwrap_or_else(|| is_from(before_range, before))
            && before_range.end == range.start
            && is_from(range, words);
        *before = match text.get(whole.clone()) {
            Some(source) if in_source => CowStr::Borrowed(source),
            _ => {
                let mut joined = std::mem::replace(before, CowStr::Borrowed("")).into_string();
                joined.push_str(words);
                CowStr::from(joined)
            }
        };
        *before_range = whole;
        so_far = Some(in_source);
        true
    });
}
