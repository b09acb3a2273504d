//! The headings that a clip itself marks as such: which of them are the article's.
//!
//! Not the title, nor what the page and the clipper put around the article ([`furniture`]), nor
//! headings that stand in a quotation or in a listing, nor advertisements.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::furniture::{self, Furniture};
use super::{Found, letters, one_line, title};
use crate::blocks::{Block, Kind, Within};
use crate::clutter::Clutter;
use crate::markdown::Document;

/// The number that each item of an ordered list has, under the place of its first block's events.
pub fn item_numbers(document: &Document<'_>) -> HashMap<usize, u64> {
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut numbers = HashMap::new();
    for (index, (event, _)) in document.events.iter().enumerate() {
        match event {
            Event::Start(Tag::List(first)) => lists.push(*first),
            Event::End(pulldown_cmark::TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                if let Some(Some(number)) = lists.last_mut() {
                    numbers.insert(index + 1, *number);
                    *number += 1;
                }
            }
            _ => {}
        }
    }
    numbers
}

/// What the clip itself marks as headings, the title among them and marked; and the first block of
/// what the page put below the article, by its headings.
pub fn headings(
    document: &Document<'_>,
    blocks: &[Block],
    numbers: &HashMap<usize, u64>,
    clutter: &[Clutter],
    stated_title: &str,
) -> (Vec<Found>, usize) {
    let listings = in_listings(document);
    let mut found: Vec<Found> = (0..blocks.len())
        .filter_map(|at| marked(blocks, at, numbers))
        .filter(|f| {
            !super::is_folded(clutter, f.events.start) && !f.text.is_empty() && !listings.contains(&f.events.start)
        })
        .collect();
    title::mark(&mut found, blocks, stated_title);
    drop_quoted(&mut found, blocks);
    let end = drop_furniture(&mut found, blocks);
    (found, end)
}

/// The heading that is a block, if it is one.
fn marked(blocks: &[Block], at: usize, numbers: &HashMap<usize, u64>) -> Option<Found> {
    let block = blocks.get(at)?;
    let (level, inferred) = match block.kind {
        Kind::Heading(level) => (level, false),
        Kind::Paragraph if is_underlined_item(blocks, at, numbers) => (2, true),
        _ => return None,
    };
    let number = numbers.get(&block.events.start).filter(|_| inferred);
    let words = clean(&block.text);
    let text = number.map_or_else(|| words.clone(), |number| format!("{number}. {words}"));
    let events = block.only_item_of.clone().filter(|_| inferred).unwrap_or_else(|| block.events.clone());
    Some(Found { level, text, line: block.line, inferred, title: false, events, block: at })
}

/// A numbered line over a row of dashes. Its number makes Markdown take it for a list and the
/// dashes for a rule, where the clipper wrote a heading.
pub fn is_underlined_item(blocks: &[Block], at: usize, numbers: &HashMap<usize, u64>) -> bool {
    blocks.get(at).zip(blocks.get(at + 1)).is_some_and(|(block, next)| {
        block.only_item_of.is_some()
            && numbers.contains_key(&block.events.start)
            && block.characters > 0
            && next.kind == Kind::Rule
            && next.line == block.line + 1
    })
}

/// A heading's words without the anchors and buttons that pages put beside them.
fn clean(text: &str) -> String {
    const BUTTONS: [&str; 8] =
        ["[edit]", "[编辑]", "[編集]", "[編輯]", "[править]", "[modifier]", "[bearbeiten]", "[editar]"];
    let text = one_line(text);
    let mut clean = text.trim_start_matches(['¶', '🔗', ' ']);
    clean = clean.strip_prefix("# ").unwrap_or(clean);
    clean = clean.trim_end_matches(['¶', '🔗', '\u{200b}', ' ']);
    clean = clean.strip_suffix(" #").or_else(|| clean.strip_suffix(" §")).unwrap_or(clean);
    for button in BUTTONS {
        clean = clean.strip_suffix(button).unwrap_or(clean);
    }
    let clean = clean.trim_end();
    if clean.is_empty() { text.clone() } else { clean.to_owned() }
}

/// Whether a heading is a link to a place in the same page, which is most often itself.
pub fn is_anchor(document: &Document<'_>, events: Range<usize>) -> bool {
    document.events.get(events).unwrap_or_default().iter().any(|(event, _)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => dest_url.starts_with('#'),
        _ => false,
    })
}

/// Headings in a listing of raw HTML. A blank line ends a block of HTML, so Markdown reads the
/// rest of a `<pre>` as its own, and its comments as headings.
fn in_listings(document: &Document<'_>) -> HashSet<usize> {
    let mut inside = HashSet::new();
    let mut waiting: Option<Vec<usize>> = None;
    for (index, (event, _)) in document.events.iter().enumerate() {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let (opened, closed) = (html.rfind("<pre"), html.rfind("</pre"));
                if closed.is_some() {
                    inside.extend(waiting.take().unwrap_or_default());
                }
                if opened > closed {
                    waiting = Some(Vec::new());
                }
            }
            Event::Start(Tag::Heading { .. }) => {
                if let Some(waiting) = &mut waiting {
                    waiting.push(index);
                }
            }
            _ => {}
        }
    }
    inside
}

/// A heading in a quotation is part of what is quoted, unless the whole clip is one.
fn drop_quoted(found: &mut Vec<Found>, blocks: &[Block]) {
    let quoted = |f: &Found| !f.title && blocks.get(f.block).is_some_and(|b| b.within == Within::Quote);
    let count = found.iter().filter(|f| quoted(f)).count();
    let others = found.iter().filter(|f| !f.title).count() - count;
    if others > 0 && count <= others {
        found.retain(|f| !quoted(f));
    }
}

/// Leaves out what the page and the clipper put around the article. Returns the first block below
/// the article that belongs to one of those.
fn drop_furniture(found: &mut Vec<Found>, blocks: &[Block]) -> usize {
    let kinds: Vec<Option<Furniture>> =
        found.iter().map(|f| if f.title { None } else { furniture::of(&f.text) }).collect();
    let end = article_end(found, &kinds);
    let end_block = found.get(end).map_or(blocks.len(), |f| f.block);
    let mut below: Option<u8> = None;
    let mut index = 0;
    let first = found.iter().position(|f| !f.title).unwrap_or(0);
    found.retain(|f| {
        let at = index;
        index += 1;
        if f.title {
            return true;
        }
        if below.is_some_and(|level| f.level > level) {
            return false;
        }
        below = (kinds.get(at) == Some(&Some(Furniture::Box))).then_some(f.level);
        let label = kinds.get(at) == Some(&Some(Furniture::Label));
        let contents = at == first && is_over_contents(f, blocks);
        let byline = at <= first + 1 && furniture::is_byline(&f.text);
        at < end && below.is_none() && !label && !byline && !contents && !is_key_list(f, blocks)
    });
    end_block
}

/// The first heading of the page's own below the article: after it none is the article's, but for
/// those that stand below one of the page's.
fn article_end(found: &[Found], kinds: &[Option<Furniture>]) -> usize {
    let mut end = found.len();
    let mut highest = u8::MAX;
    for (at, (heading, kind)) in found.iter().zip(kinds).enumerate().rev() {
        let page = matches!(kind, Some(Furniture::Box | Furniture::Tail));
        if heading.title || (!page && heading.level == 1) {
            break;
        }
        if page && heading.level < highest {
            end = at;
            highest = u8::MAX;
        } else {
            highest = highest.min(heading.level);
        }
    }
    end
}

/// Whether nothing but a list of links stands below the first heading: a table of contents, under
/// its own name or under the article's.
fn is_over_contents(heading: &Found, blocks: &[Block]) -> bool {
    let below = blocks.get(heading.block + 1..).unwrap_or_default();
    let own: Vec<&Block> = below.iter().take_while(|b| !matches!(b.kind, Kind::Heading(_))).take(60).collect();
    let is_link = |b: &Block| matches!(b.within, Within::ItemStart | Within::Item) && b.is_all_linked();
    own.len() >= 3 && own.len() < below.len() && own.iter().all(|b| b.characters == 0 || is_link(b))
}

/// *Metadata* over a list of what the clipper knows of the page: author, address, category.
fn is_key_list(heading: &Found, blocks: &[Block]) -> bool {
    const KEYS: [&str; 7] = ["author", "full title", "category", "url", "source", "title", "published"];
    let metadata = matches!(letters(&heading.text).as_str(), "metadata" | "properties" | "元数据");
    metadata
        && blocks.get(heading.block + 1).is_some_and(|next| {
            let text = next.text.trim().to_lowercase();
            KEYS.iter().any(|key| text.starts_with(key))
        })
}
