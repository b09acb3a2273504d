//! The body as Markdown events with their places in the file.
//!
//! Follows CommonMark 0.31 and GitHub Flavored Markdown through pulldown-cmark; emphasis that
//! CommonMark leaves as literal markers is mended by [`super::repair`].

mod split;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser};

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
    let mut events = split::bold_first_lines(merged(events(text)));
    for (_, range) in &mut events {
        *range = range.start + body_start..range.end + body_start;
    }
    Document { source, body_start, events }
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

/// Joins neighbouring texts, which the parser splits at every character that might have meant
/// something.
fn merged(events: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let mut merged: Vec<Placed<'_>> = Vec::with_capacity(events.len());
    for (event, range) in events {
        if let Event::Text(text) = &event
            && let Some((Event::Text(before), before_range)) = merged.last_mut()
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
