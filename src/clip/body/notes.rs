//! Footnotes: numbered in the order in which the text refers to them, gathered at the end.

use crate::order;
use std::collections::BTreeMap;

use crate::safe::{Builder, SafeTree, Tag};

/// The most notes that are numbered and gathered. Those beyond stay where they stand.
pub const MAX_NOTES: usize = 10_000;

/// The footnotes of a clip.
#[derive(Debug, Default)]
pub struct Notes {
    numbers: BTreeMap<String, usize>,
    references: Vec<usize>,
    definitions: BTreeMap<String, SafeTree>,
    beyond: bool,
}

impl Notes {
    /// The number of a note, and how often it was referred to before. None when there are too many.
    fn refer(&mut self, name: &str) -> Option<(usize, usize)> {
        let next = self.numbers.len() + 1;
        if next > MAX_NOTES && !self.numbers.contains_key(name) {
            return None;
        }
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        if self.references.len() < number {
            self.references.resize(number, 0);
        }
        let count = self.references.get_mut(number - 1);
        let before = count.map_or(0, |c| {
            *c += 1;
            *c - 1
        });
        Some((number, before))
    }

    /// Adds a reference to a note.
    pub fn reference(&mut self, name: &str, builder: &mut Builder) {
        let Some((number, before)) = self.refer(name) else {
            self.beyond = true;
            return builder.text(&format!("[^{name}]"));
        };
        let id = if before == 0 { format!("fnref-{number}") } else { format!("fnref-{number}-{}", before + 1) };
        let mark = builder.open(Tag::Sup, &[("class", "footnote-ref".into())]);
        let link = builder.open(Tag::A, &[("href", format!("#fn-{number}").into()), ("id", id.into())]);
        builder.text(&number.to_string());
        builder.close(link);
        builder.close(mark);
    }

    /// Keeps the text of a note; gives it back when there are too many.
    #[must_use]
    pub fn define(&mut self, name: &str, text: SafeTree) -> Option<SafeTree> {
        if self.definitions.len() >= MAX_NOTES {
            self.beyond = true;
            return Some(text);
        }
        self.definitions.entry(name.to_owned()).or_insert(text);
        None
    }

    /// Whether there were too many.
    #[must_use]
    pub fn are_beyond(&self) -> bool {
        self.beyond
    }

    /// Adds all notes, in the order of their numbers; those that nothing refers to come last.
    pub fn gather(mut self, builder: &mut Builder) {
        if self.definitions.is_empty() {
            return;
        }
        let unreferred: Vec<String> =
            self.definitions.keys().filter(|name| !self.numbers.contains_key(*name)).cloned().collect();
        for name in unreferred {
            let next = self.numbers.len() + 1;
            self.numbers.insert(name, next);
        }
        let mut order: Vec<(usize, String)> = self.numbers.into_iter().map(|(name, n)| (n, name)).collect();
        order::sort(&mut order);
        let attributes = [("class", "footnotes".into()), ("aria-label", "Footnotes".into())];
        let section = builder.open(Tag::Section, &attributes);
        let list = builder.open(Tag::Ol, &[]);
        for (number, name) in order {
            let item = builder.open(Tag::Li, &[("id", format!("fn-{number}").into())]);
            if let Some(text) = self.definitions.remove(&name) {
                builder.append(text);
            }
            if self.references.get(number - 1).is_some_and(|count| *count > 0) {
                let attributes =
                    [("href", format!("#fnref-{number}").into()), ("aria-label", "Back to the text".into())];
                let back = builder.open(Tag::A, &attributes);
                builder.text("↩");
                builder.close(back);
            }
            builder.close(item);
        }
        builder.close(list);
        builder.close(section);
    }
}
