//! The body as Markdown events with their places in the file.
//!
//! Follows CommonMark 0.31 and GitHub Flavored Markdown through pulldown-cmark; emphasis that
//! CommonMark leaves as literal markers is mended by [`super::repair`].

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use super::Source;

/// The body's events. Offsets are bytes of [`Source::text`].
#[derive(Debug)]
pub struct Document<'a> {
    /// The clip's text and lines.
    pub source: &'a Source,
    /// Where the body starts.
    pub body_start: usize,
    /// What the parser saw, each with the range it came from.
    pub events: Vec<(Event<'a>, Range<usize>)>,
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
    let events = Parser::new_ext(text, options())
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + body_start..range.end + body_start))
        .collect();
    Document {
        source,
        body_start,
        events,
    }
}
