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
    let mut events = split::bold_first_lines(tidy::tidied(text, merged(with_forms(text, events(text)), |_, _| true)));
    for (_, range) in &mut events {
        *range = range.start + body_start..range.end + body_start;
    }
    let (events, callouts) = callout::read(events);
    Document { source, body_start, events, callouts }
}

/// The events with the forms in them that CommonMark does not know.
fn with_forms<'a>(text: &'a str, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    let events = wrapped::mended(text, comment::hide(text, events));
    let forms::Found { edits, notes } = forms::find(text, &events);
    // Texts that stand side by side in the source, too, so that a run of markers is one.
    let events = merged(edit::apply(text, events, edits), |before, after| before.end == after.start);
    let pairs = delimiter::find(text, &events);
    let mut events = edit::apply(text, events, pairs);
    for (name, range) in notes {
        add_note(text, name, range, &mut events);
    }
    events
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
    let plain: Vec<Placed<'_>> = parse(text).collect();
    match repair::plan(text, &plain) {
        None => plain,
        Some(rewrite) => reparsed(&rewrite),
    }
}

fn parse(text: &str) -> impl Iterator<Item = Placed<'_>> {
    Parser::new_ext(text, options()).into_offset_iter()
}

fn reparsed(rewrite: &Rewrite) -> Vec<Placed<'static>> {
    let places = rewrite.places();
    parse(&rewrite.text)
        .map(|(event, range)| {
            let range = places.original(range.start)..places.original(range.end);
            (rewrite.clean(event), range)
        })
        .collect()
}

/// Joins neighbouring texts of such ranges: the parser splits them at every character that might
/// have meant something.
fn merged(events: Vec<Placed<'_>>, joins: impl Fn(&Range<usize>, &Range<usize>) -> bool) -> Vec<Placed<'_>> {
    let mut merged: Vec<Placed<'_>> = Vec::with_capacity(events.len());
    for (event, range) in events {
        if let Event::Text(text) = &event
            && let Some((Event::Text(before), before_range)) = merged.last_mut()
            && joins(before_range, &range)
        {
            let mut joined = std::mem::replace(before, CowStr::Borrowed("")).into_string();
            joined.push_str(text);
            *before = CowStr::from(joined);
            before_range.end = range.end;
        } else {
            merged.push((event, range));
        }
    }
    merged
}
