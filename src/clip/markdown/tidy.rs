//! What makes no mark on a page: paragraphs of nothing but white space, and the place of a table
//! of contents, which the outline shows.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Placed;

/// A paragraph that may have to go.
struct Paragraph {
    /// Where its start stands among what is kept.
    from: usize,
    /// Whether it goes whatever it holds.
    is_contents: bool,
}

/// Takes such paragraphs out.
pub fn tidied<'a>(text: &str, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    let mut kept: Vec<Placed<'a>> = Vec::with_capacity(events.len());
    let mut paragraph: Option<Paragraph> = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Paragraph) => {
                let is_contents = is_contents(text.get(range.clone()).unwrap_or_default());
                paragraph = Some(Paragraph { from: kept.len(), is_contents });
            }
            Event::End(TagEnd::Paragraph) => {
                if let Some(Paragraph { from, .. }) = paragraph.take() {
                    kept.truncate(from);
                    continue;
                }
            }
            Event::Text(words) if is_blank(words) => {}
            Event::SoftBreak | Event::HardBreak => {}
            _ => paragraph = paragraph.filter(|p| p.is_contents),
        }
        kept.push((event, range));
    }
    kept
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
    if paragraph.len() > 64 {
        return false;
    }
    let words = paragraph.trim().to_ascii_lowercase();
    let words = match words.strip_prefix('@').and_then(|titled| titled.split_once('(')) {
        Some((name, title)) if title.ends_with(')') => name.to_owned(),
        _ => words.trim_start_matches('@').to_owned(),
    };
    words.starts_with('[') && words.trim_matches(['[', ']', '_', '*']) == "toc"
}
