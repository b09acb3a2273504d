//! What clippers add of their own, and links that lead nowhere.
//!
//! MaoXian Web Clipper writes `[↓↓↓](javascript:)` and `[↑↑↑](javascript:)` around a link that
//! held a block (its `md-plugin-block-link.js`); the text between the two is the article's. Cubox
//! and Omnivore link back to themselves; SimpRead says what it transcoded and leaves the name and
//! the style of its notes.

use pulldown_cmark::{Event, Tag};

use super::Reason;
use super::elements::Elements;
use super::folds::Find;
use crate::FrontMatter;
use crate::blocks::{Block, Kind, Within};
use crate::front_matter::Value;
use crate::markdown::Document;

/// The longest line that can be a clipper's, in bytes.
const LONGEST: usize = 300;

/// Finds links without words that lead nowhere; one with words keeps them, as text.
pub fn find_links(document: &Document<'_>, elements: &Elements, finds: &mut Vec<Find>) {
    for (index, (event, _)) in document.events.iter().enumerate() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
        let dead = is_script(dest_url) || dest_url.trim().is_empty();
        let back = dest_url.contains("omnivore.app/");
        if !dead && !back {
            continue;
        }
        let range = elements.at(index);
        let Some(label) = short_label(document, index + 1, range.end.saturating_sub(1)) else { continue };
        let only = |allowed: &[char]| !label.is_empty() && label.chars().all(|c| allowed.contains(&c));
        if back {
            if only(&['⤴', '\u{FE0F}']) {
                finds.push((range, Reason::ClipperMarker));
            }
        } else if only(&['↓', '↑']) {
            finds.push((range, Reason::ClipperMarker));
        } else if !label.chars().any(char::is_alphanumeric) {
            finds.push((range, Reason::DeadLink));
        }
    }
}

/// Whether an address is a script, as browsers read it.
fn is_script(address: &str) -> bool {
    let start = address.chars().filter(|c| *c > ' ').take(11);
    start.flat_map(char::to_lowercase).eq("javascript:".chars())
}

/// The label of a link that has a text or nothing in it, without white space.
fn short_label(document: &Document<'_>, from: usize, until: usize) -> Option<String> {
    const FEW: usize = 8;
    if until.saturating_sub(from) > FEW {
        return None;
    }
    let mut label = String::new();
    for (event, _) in document.events.get(from..until)? {
        match event {
            Event::Text(text) => label.extend(text.chars().filter(|c| !c.is_whitespace()).take(LONGEST)),
            Event::Start(Tag::Image { .. }) | Event::Code(_) | Event::InlineHtml(_) => return None,
            _ => {}
        }
    }
    Some(label)
}

/// Finds whole blocks that a clipper wrote.
pub fn find_blocks(document: &Document<'_>, blocks: &[Block], front_matter: &FrontMatter, finds: &mut Vec<Find>) {
    let last_words = blocks.iter().rposition(|b| b.characters > 0);
    for (at, block) in blocks.iter().enumerate() {
        if block.text.len() > LONGEST || block.characters == 0 {
            continue;
        }
        let text = block.text.trim();
        let found = match block.kind {
            Kind::Paragraph => {
                text.lines().all(is_link_back)
                    || is_transcoding_note(text, block.within)
                    || is_style_of_notes(text)
                    || (text == "## Annotations" && Some(at) == last_words)
                    || (Some(at) == last_words
                        && block.is_all_linked()
                        && names_the_page(document, block, front_matter))
            }
            Kind::Heading(_) => {
                text.eq_ignore_ascii_case("annotations")
                    && (Some(at) == last_words || blocks.get(at + 1).is_some_and(|b| is_style_of_notes(&b.text)))
            }
            _ => false,
        };
        if found {
            finds.push((block.events.clone(), Reason::ClipperMarker));
        }
    }
}

/// `Read in Cubox`, and the tag that Omnivore gives.
fn is_link_back(line: &str) -> bool {
    let line = line.trim();
    let known = ["read in cubox", "read on omnivore", "read original", "#omnivore", "#cubox", "view in cubox"];
    known.iter().any(|known| line.eq_ignore_ascii_case(known))
}

fn is_transcoding_note(text: &str, within: Within) -> bool {
    within == Within::Quote && text.contains("SimpRead") && (text.contains("转码") || text.contains("原文地址"))
}

/// `sr-annote { all: unset; }`
fn is_style_of_notes(text: &str) -> bool {
    text.trim().strip_prefix("sr-annote").is_some_and(|rest| rest.trim_start().starts_with('{'))
}

/// `[example.com](https://example.com/…)` below everything: where the page was taken from.
fn names_the_page(document: &Document<'_>, block: &Block, front_matter: &FrontMatter) -> bool {
    let name = block.text.trim();
    let mut events = document.events.get(block.events.clone()).unwrap_or_default().iter();
    let Some(address) = events.find_map(|(event, _)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.as_ref()),
        _ => None,
    }) else {
        return false;
    };
    let host = address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let is_pages = |value: &Value| matches!(value, Value::Text(own) | Value::Link(own) if own == address);
    host == Some(name) && front_matter.entries().any(|entry| is_pages(&entry.value))
}
