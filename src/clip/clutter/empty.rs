//! Elements with nothing in them: list items, emphasis, headings, links.

use pulldown_cmark::{Event, Tag};

use super::Reason;
use super::elements::Elements;
use super::folds::Find;
use crate::markdown::Document;

/// Finds the innermost empty elements; what holds nothing else is folded with them.
pub fn find(document: &Document<'_>, elements: &Elements, finds: &mut Vec<Find>) {
    for (index, (event, _)) in document.events.iter().enumerate() {
        let Event::Start(tag) = event else { continue };
        let may_be_empty = matches!(
            tag,
            Tag::Item | Tag::Heading { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::BlockQuote(_)
        );
        let range = elements.at(index);
        if may_be_empty && is_blank(document, index + 1, range.end.saturating_sub(1)) {
            finds.push((range, Reason::Empty));
        }
    }
}

/// Whether there is no more than white space between two events. Looks at few: an empty element
/// has at most a text and a break in it.
fn is_blank(document: &Document<'_>, from: usize, until: usize) -> bool {
    const FEW: usize = 3;
    until.saturating_sub(from) <= FEW
        && document.events.get(from..until).unwrap_or_default().iter().all(|(event, _)| match event {
            Event::Text(text) => text.chars().all(|c| c.is_whitespace() || is_invisible(c)),
            Event::SoftBreak | Event::HardBreak => true,
            Event::InlineHtml(html) => is_break(html),
            _ => false,
        })
}

/// Whether it is a `<br>`.
#[must_use]
pub fn is_break(html: &str) -> bool {
    let name = html.trim().trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}
