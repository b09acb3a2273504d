//! Puts other events in the place of stretches of inline text.
//!
//! Forms that CommonMark does not know stand in the text with their markers. Whoever finds one
//! says which bytes it takes and what stands there instead; here the events are cut to that. The
//! result is well-formed: an emphasis that begins or ends inside such a stretch was none.

use crate::order;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Placed;

/// Bytes of the text, and what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit<'a> {
    /// The bytes: whole characters of the inline content of one leaf block.
    pub range: Range<usize>,
    /// What stands there instead.
    pub with: Vec<Event<'a>>,
}

impl<'a> Edit<'a> {
    /// That event instead of those bytes.
    pub fn one(range: Range<usize>, event: Event<'a>) -> Self {
        Self { range, with: vec![event] }
    }
}

/// Carries out edits; of two that overlap the one that begins first.
pub fn apply<'a>(text: &str, events: Vec<Placed<'a>>, mut edits: Vec<Edit<'a>>) -> Vec<Placed<'a>> {
    if edits.is_empty() {
        return events;
    }
    order::sort_by_key(&mut edits, |edit| edit.range.start);
    let mut end = 0;
    edits.retain(|edit| {
        let free = edit.range.start >= end && !edit.range.is_empty();
        end = if free { edit.range.end } else { end };
        free
    });
    let gone = broken_pairs(&events, &edits);
    let mut work = Work { text, edits: edits.into_iter().peekable(), until: 0, done: Vec::with_capacity(events.len()) };
    for (index, (event, range)) in events.into_iter().enumerate() {
        match gone.get(&index) {
            Some(left) => work.left_over(left, &event, &range),
            None => work.event(event, range),
        }
    }
    work.done
}

/// Inline elements of which a marker stands in an edit: the indexes of start and end, and whether
/// that marker stands outside of all edits and so is text again.
fn broken_pairs(events: &[Placed<'_>], edits: &[Edit<'_>]) -> BTreeMap<usize, bool> {
    let inside = |at: usize| {
        let before = edits.partition_point(|edit| edit.range.start <= at);
        before.checked_sub(1).and_then(|last| edits.get(last)).is_some_and(|edit| at < edit.range.end)
    };
    let mut gone = BTreeMap::new();
    let mut open = Vec::new();
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) => {
                open.push(index)
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {
                let Some(start) = open.pop() else { continue };
                let (opening, closing) = (inside(range.start), inside(range.end.saturating_sub(1)));
                if opening || closing {
                    gone.insert(start, !opening);
                    gone.insert(index, !closing);
                }
            }
            _ => {}
        }
    }
    gone
}

struct Work<'t, 'a> {
    text: &'t str,
    edits: std::iter::Peekable<std::vec::IntoIter<Edit<'a>>>,
    /// Where the last edit ends: what stands before is taken.
    until: usize,
    done: Vec<Placed<'a>>,
}

impl<'a> Work<'_, 'a> {
    /// Carries out the edits that begin before an offset.
    fn edit_before(&mut self, offset: usize) {
        while let Some(Edit { range, with }) = self.edits.next_if(|edit| edit.range.start < offset) {
            self.until = range.end;
            self.done.extend(with.into_iter().map(|event| (event, range.clone())));
        }
    }

    /// The marker of an emphasis that was none.
    fn left_over(&mut self, outside: &bool, event: &Event<'_>, range: &Range<usize>) {
        let marker = match event {
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => 2,
            _ => return,
        };
        if !outside {
            return;
        }
        let place = match event {
            Event::Start(_) => range.start..range.start + marker,
            _ => range.end.saturating_sub(marker)..range.end,
        };
        let words = self.text.get(place.clone()).unwrap_or_default().to_owned();
        self.event(Event::Text(CowStr::from(words)), place);
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::End(_) => {
                self.edit_before(range.end);
                self.done.push((event, range));
            }
            Event::Start(_) => {
                self.edit_before(range.start);
                self.done.push((event, range));
            }
            Event::Text(words) => self.words(words, range),
            _ => {
                self.edit_before(range.start + 1);
                if range.start >= self.until {
                    self.done.push((event, range));
                }
            }
        }
    }

    fn words(&mut self, words: CowStr<'a>, range: Range<usize>) {
        self.edit_before(range.start + 1);
        let untouched = range.start >= self.until && self.edits.peek().is_none_or(|e| e.range.start >= range.end);
        if untouched {
            return self.done.push((Event::Text(words), range));
        }
        if self.text.get(range.clone()) != Some(&*words) {
            // An entity, an escaped character: it is taken whole or not at all.
            if range.start >= self.until {
                self.done.push((Event::Text(words), range));
            }
            return;
        }
        let mut from = range.start.max(self.until);
        while from < range.end {
            let next = self.edits.peek().map_or(range.end, |edit| edit.range.start).clamp(from, range.end);
            if let Some(piece) = self.text.get(from..next).filter(|piece| !piece.is_empty()) {
                self.done.push((Event::Text(CowStr::from(piece.to_owned())), from..next));
            }
            if next >= range.end {
                return;
            }
            self.edit_before(next + 1);
            from = self.until.max(next);
        }
    }
}
