//! Which event closes which: the document's elements as ranges of events.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::markdown::Document;

/// For every event, where the element ends that begins there.
#[derive(Debug)]
pub struct Elements {
    ends: Vec<usize>,
}

impl Elements {
    /// Pairs starts with ends, in one walk.
    #[must_use]
    pub fn read(document: &Document<'_>) -> Self {
        let mut ends: Vec<usize> = (1..=document.events.len()).collect();
        let mut open = Vec::new();
        for (index, (event, _)) in document.events.iter().enumerate() {
            match event {
                Event::Start(_) => open.push(index),
                Event::End(_) => {
                    if let Some(start) = open.pop().and_then(|start: usize| ends.get_mut(start)) {
                        *start = index + 1;
                    }
                }
                _ => {}
            }
        }
        Self { ends }
    }

    /// The whole element that begins at an event; for a text, that event alone.
    #[must_use]
    pub fn at(&self, index: usize) -> Range<usize> {
        index..self.ends.get(index).copied().unwrap_or(index + 1)
    }

    /// Whether a range is one or more whole elements, one after another.
    #[must_use]
    pub fn are_whole(&self, range: &Range<usize>) -> bool {
        let mut at = range.start;
        while at < range.end {
            at = self.at(at).end;
        }
        at == range.end && !range.is_empty()
    }
}
