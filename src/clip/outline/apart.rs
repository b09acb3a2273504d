//! Lines that a page set apart by means that Markdown has not: `<strong>`, `<font color>`, a style
//! with a colour, a size or the centre, left over as raw HTML within the text.

use std::collections::HashSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::blocks::{Block, Kind};
use crate::markdown::Document;

/// What is wider, in columns, is a paragraph and no line.
const SHORT: usize = 90;

/// Places of the paragraphs whose words all stand in such elements. Where whole paragraphs are
/// coloured as often as lines are, colour is how the page looks and says nothing.
pub fn lines(document: &Document<'_>, blocks: &[Block]) -> HashSet<usize> {
    let mut found = HashSet::new();
    let (mut short, mut long) = (0, 0);
    for (index, block) in blocks.iter().enumerate() {
        if block.kind != Kind::Paragraph || block.characters == 0 || !is_apart(document, block) {
            continue;
        }
        found.insert(index);
        if block.width <= SHORT {
            short += 1;
        } else {
            long += 1;
        }
    }
    if long * 2 > short { HashSet::new() } else { found }
}

/// Whether all words of a block are bold or within an element that sets them apart, and one is.
fn is_apart(document: &Document<'_>, block: &Block) -> bool {
    let mut open: Vec<bool> = Vec::new();
    // How many of the open elements, and of Markdown's own, set apart.
    let mut apart = 0_usize;
    let mut any = false;
    for (event, _) in document.events.get(block.events.clone()).unwrap_or_default() {
        match event {
            Event::InlineHtml(html) => {
                if html.starts_with("</") {
                    apart = apart.saturating_sub(usize::from(open.pop().unwrap_or(false)));
                } else if !is_void(html) {
                    let sets = sets_apart(html);
                    any |= sets;
                    apart += usize::from(sets);
                    open.push(sets);
                }
            }
            Event::Start(Tag::Strong) => apart += 1,
            Event::End(TagEnd::Strong) => apart = apart.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if apart == 0 && !text.trim().is_empty() => return false,
            _ => {}
        }
    }
    any
}

fn name(html: &str) -> String {
    html.trim_start_matches('<')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

fn is_void(html: &str) -> bool {
    html.starts_with("<!")
        || html.ends_with("/>")
        || matches!(name(html).as_str(), "br" | "img" | "hr" | "wbr" | "input")
}

fn sets_apart(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    match name(html).as_str() {
        "strong" | "b" | "center" => true,
        "font" => lower.contains("color") || lower.contains("size"),
        "span" | "section" | "big" => {
            lower.contains("color")
                || lower.contains("font-weight")
                || lower.contains("font-size")
                || lower.contains("center")
        }
        _ => false,
    }
}
