//! Links around blocks: `[` in one paragraph, `](address)` in a later one.
//!
//! Clippers write a link around a card that way (Obsidian Web Clipper, MarkDownload, pages of
//! Medium and Substack). CommonMark shows both ends as text. Here the ends go, and the paragraphs
//! between become links, unless they have links of their own.

use crate::order;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Placed;
use super::edit::{self, Edit};
use crate::repair::{Leaf, leaves};

/// A link that is longer than this, in bytes, is none.
const MOST_BYTES: usize = 8000;

/// A link around blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrapped {
    open: usize,
    close: Range<usize>,
    address: String,
}

/// Mends the links around blocks.
pub fn mended<'a>(text: &str, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    let wrapped = find(text, &events);
    if wrapped.is_empty() {
        return events;
    }
    let ends = wrapped.iter().flat_map(|w| {
        [Edit { range: w.open..w.open + 1, with: Vec::new() }, Edit { range: w.close.clone(), with: Vec::new() }]
    });
    linked(edit::apply(text, events, ends.collect()), &wrapped)
}

fn find(text: &str, events: &[Placed<'_>]) -> Vec<Wrapped> {
    let mut found: Vec<Wrapped> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for leaf in leaves(events, &|words, _| words.bytes().any(|b| matches!(b, b'[' | b']'))) {
        let (opened, closed) = unpaired(text, &leaf);
        for close in closed {
            let near = open.pop().filter(|at| close.start - at < MOST_BYTES);
            let Some((at, address)) = near.zip(address(text, &close)) else { continue };
            open.clear();
            found.push(Wrapped { open: at, close, address });
        }
        open.extend(opened);
    }
    order::sort_by_key(&mut found, |w| w.open);
    found
}

/// The brackets of a leaf that open and close nothing within it; those that close come with the
/// address after them.
fn unpaired(text: &str, leaf: &Leaf) -> (Vec<usize>, Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let (mut open, mut close) = (Vec::new(), Vec::new());
    let mut closed = leaf.closed.iter().peekable();
    let mut at = leaf.start(text);
    while at < leaf.range.end {
        while closed.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = closed.peek().filter(|range| range.start <= at) {
            // A link ends here whose bracket stands among those that are open.
            if bytes.get(range.start) == Some(&b']') {
                open.pop();
            }
            at = range.end;
            continue;
        }
        match bytes.get(at) {
            Some(b'\\') => at += 1,
            Some(b'[') => open.push(at),
            Some(b']') if open.pop().is_none() && bytes.get(at + 1) == Some(&b'(') => {
                let rest = text.get(at + 2..leaf.range.end).unwrap_or_default();
                if let Some(length) = length(rest) {
                    close.push(at..at + 2 + length + 1);
                    at += 1 + length;
                }
            }
            _ => {}
        }
        at += 1;
    }
    (open, close)
}

/// How long an address is that ends with an unpaired parenthesis.
fn length(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return (at > 0).then_some(at),
            b')' => depth -= 1,
            b'\n' | b'[' | b']' => return None,
            _ => {}
        }
    }
    None
}

fn address(text: &str, close: &Range<usize>) -> Option<String> {
    let target = text.get(close.start + 2..close.end - 1)?;
    let address = target.split_once([' ', '\t']).map_or(target, |(address, _)| address);
    let address = address.trim_start_matches('<').trim_end_matches('>');
    (!address.is_empty()).then(|| address.replace("\\_", "_").replace("\\&", "&"))
}

/// Makes links of the paragraphs and headings that stand whole in a wrapped link.
fn linked<'a>(events: Vec<Placed<'a>>, wrapped: &[Wrapped]) -> Vec<Placed<'a>> {
    let mut done: Vec<Placed<'a>> = Vec::with_capacity(events.len());
    let mut begun: Option<(usize, &Wrapped)> = None;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => {
                let next = wrapped.partition_point(|w| w.close.end <= range.start);
                let around = wrapped.get(next).filter(|w| w.open <= range.start && range.end <= w.close.end + 2);
                begun = around.map(|w| (done.len() + 1, w));
            }
            Event::Start(Tag::Link { .. }) => begun = None,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {
                if let Some((at, wrapped)) = begun.take()
                    && at < done.len()
                {
                    done.insert(at, (start(&wrapped.address), range.clone()));
                    done.push((Event::End(TagEnd::Link), range.clone()));
                }
            }
            _ => {}
        }
        done.push((event, range));
    }
    done
}

fn start(address: &str) -> Event<'static> {
    let (title, id) = (CowStr::from(""), CowStr::from(""));
    let dest_url = CowStr::from(address.to_owned());
    Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id })
}
