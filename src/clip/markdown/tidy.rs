//! What makes no mark on a page: paragraphs of nothing but white space, and the place of a table
//! of contents, which the outline shows.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Placed;

/// Takes such paragraphs out.
pub fn tidy(text: &str, events: &mut Vec<Placed<'_>>) {
    let gone = gone(text, events);
    if gone.is_empty() {
        return;
    }
    let mut gone = gone.into_iter().peekable();
    let mut index = 0;
    events.retain(|_| {
        while gone.next_if(|range| range.end <= index).is_some() {}
        let stays = gone.peek().is_none_or(|range| index < range.start);
        index += 1;
        stays
    });
}

/// The events of those paragraphs.
fn gone(text: &str, events: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut gone = Vec::new();
    // Where the paragraph begins that may have to go, and whether it does whatever it holds.
    let mut paragraph: Option<(usize, bool)> = None;
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Paragraph) => {
                paragraph = Some((index, is_contents(text.get(range.clone()).unwrap_or_default())));
            }
            Event::End(TagEnd::Paragraph) => gone.extend(paragraph.take().map(|(start, _)| start..index + 1)),
            Event::SoftBreak | Event::HardBreak => {}
            Event::Text(words) if paragraph.is_none() || is_blank(words) => {}
            _ => paragraph = paragraph.filter(|(_, is_contents)| *is_contents),
        }
    }
    gone
}

/// Whether nothing of a text is seen.
fn is_blank(words: &str) -> bool {
    words.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{3164}' | '\u{2800}')
    })
}

/// Whether a paragraph is `[toc]` in one of its spellings: `[[toc]]`, `[[_TOC_]]`, `@[toc](title)`.
fn is_contents(paragraph: &str) -> bool {
    if paragraph.len() > 64 || !paragraph.trim_start().starts_with(['[', '@']) {
        return false;
    }
    let words = paragraph.trim().to_ascii_lowercase();
    let words = match words.strip_prefix('@').and_then(|titled| titled.split_once('(')) {
        Some((name, title)) if title.ends_with(')') => name.to_owned(),
        _ => words.trim_start_matches('@').to_owned(),
    };
    words.starts_with('[') && words.trim_matches(['[', ']', '_', '*']) == "toc"
}
