//! Makes one orderly list of what the finders found: whole elements, without overlap, and each
//! as large as it may be. A list item of which all is folded is folded itself.

use crate::order;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::elements::Elements;
use super::{Clutter, Reason};
use crate::markdown::Document;

/// A find, before its line is known.
pub type Find = (Range<usize>, Reason);

/// An element that is open during the walk.
#[derive(Debug)]
struct Open {
    start: usize,
    /// How many of the list's folds stood before it.
    folds_before: usize,
    /// Whether anything in it stays.
    stays: bool,
}

/// Puts the finds in order. Of two that overlap the outer one counts.
#[must_use]
pub fn settle(document: &Document<'_>, elements: &Elements, mut finds: Vec<Find>) -> Vec<Clutter> {
    order::sort_by(&mut finds, |a, b| (a.0.start, b.0.end).cmp(&(b.0.start, a.0.end)));
    let mut end = 0;
    finds.retain(|(range, _)| {
        let apart = range.start >= end && elements.are_whole(range);
        if apart {
            end = range.end;
        }
        apart
    });
    let lifted = lift(document, finds);
    join(document, lifted)
        .into_iter()
        .map(|(events, reason)| {
            let start = document.events.get(events.start).map_or(0, |(_, range)| range.start);
            Clutter { reason, line: document.source.line(start), events }
        })
        .collect()
}

/// Folds each element of which everything is folded.
fn lift(document: &Document<'_>, finds: Vec<Find>) -> Vec<Find> {
    let mut folds: Vec<Find> = Vec::with_capacity(finds.len());
    let mut finds = finds.into_iter().peekable();
    let mut open: Vec<Open> = Vec::new();
    let mut skip_to = 0;
    for (index, (event, _)) in document.events.iter().enumerate() {
        if index < skip_to {
            continue;
        }
        if let Some(find) = finds.next_if(|(range, _)| range.start == index) {
            skip_to = find.0.end;
            folds.push(find);
            continue;
        }
        match event {
            Event::Start(_) => open.push(Open { start: index, folds_before: folds.len(), stays: false }),
            Event::End(tag) => {
                let Some(element) = open.pop() else { continue };
                let within = folds.get(element.folds_before..).unwrap_or_default();
                if !element.stays && may_be_lifted(*tag) && are_one(within) {
                    let reason = within.first().map_or(Reason::Empty, |(_, reason)| *reason);
                    folds.truncate(element.folds_before);
                    folds.push((element.start..index + 1, reason));
                } else if let Some(outer) = open.last_mut() {
                    outer.stays = true;
                }
            }
            Event::Text(text) if text.trim().is_empty() => {}
            Event::SoftBreak | Event::HardBreak => {}
            _ => {
                if let Some(element) = open.last_mut() {
                    element.stays = true;
                }
            }
        }
    }
    folds
}

/// Pictures are counted one by one, so two of them stay two folds.
fn are_one(within: &[Find]) -> bool {
    let pictures = within.iter().any(|(_, reason)| *reason == Reason::PlaceholderPicture);
    !within.is_empty() && (within.len() == 1 || !pictures)
}

fn may_be_lifted(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Link
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
    )
}

/// Makes one fold of neighbouring blocks of the same tail or card.
fn join(document: &Document<'_>, folds: Vec<Find>) -> Vec<Find> {
    let is_block = |range: &Range<usize>| {
        document.events.get(range.start).is_some_and(|(event, _)| {
            matches!(
                event,
                Event::Rule
                    | Event::Start(
                        Tag::Paragraph
                            | Tag::Heading { .. }
                            | Tag::List(_)
                            | Tag::BlockQuote(_)
                            | Tag::HtmlBlock
                            | Tag::CodeBlock(_)
                            | Tag::Table(_)
                    )
            )
        })
    };
    let mut joined: Vec<Find> = Vec::with_capacity(folds.len());
    for (range, reason) in folds {
        if matches!(reason, Reason::Promotion | Reason::AccountCard | Reason::Navigation | Reason::SharePrompt)
            && let Some((before, same)) = joined.last_mut()
            && *same == reason
            && before.end == range.start
            && is_block(before)
            && is_block(&range)
        {
            before.end = range.end;
        } else {
            joined.push((range, reason));
        }
    }
    joined
}
