//! The fields as they are gathered: what was found first, and so best, stays.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Line;
use super::{Field, Key, Origin};

/// Fields found so far, and the lines of the body that they were found in.
#[derive(Debug, Default)]
pub struct Draft {
    fields: BTreeMap<Key, Field>,
    /// Who translated it: its author where no other is named.
    pub translators: Option<Field>,
    /// A publication that was only named as the source.
    pub source_name: Option<Field>,
    /// When its byline says that it came out.
    pub byline_date: Option<Field>,
    taken: BTreeSet<u32>,
}

impl Draft {
    /// Begins with what is stated.
    #[must_use]
    pub fn new(fields: BTreeMap<Key, Field>) -> Self {
        Self { fields, ..Self::default() }
    }

    /// Adds a field unless it is known already or says nothing.
    pub fn offer(&mut self, key: Key, values: Vec<String>, origin: Origin) {
        if let Some(field) = field(key, values, origin) {
            self.fields.entry(key).or_insert(field);
        }
    }

    /// Adds what a line says, and remembers that the line is no part of the article.
    pub fn offer_line(&mut self, key: Key, values: Vec<String>, line: &Line) {
        if !values.is_empty() {
            self.taken.insert(line.number);
        }
        self.offer(key, values, Origin::Body { line: line.number });
    }

    /// Puts a field in the place of what was known.
    pub fn replace(&mut self, field: Field) {
        self.fields.insert(field.key, field);
    }

    /// Remembers that a line is no part of the article.
    pub fn take(&mut self, line: u32) {
        self.taken.insert(line);
    }

    /// Whether a line is no part of the article.
    #[must_use]
    pub fn is_taken(&self, line: u32) -> bool {
        self.taken.contains(&line)
    }

    /// Whether a key has its field.
    #[must_use]
    pub fn has(&self, key: Key) -> bool {
        self.fields.contains_key(&key)
    }

    /// The field of a key.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<&Field> {
        self.fields.get(&key)
    }

    /// The first value of a key, or nothing.
    #[must_use]
    pub fn first(&self, key: Key) -> &str {
        self.fields.get(&key).and_then(|f| f.values.first()).map_or("", String::as_str)
    }

    /// Ends the gathering.
    #[must_use]
    pub fn finish(self) -> Vec<Field> {
        self.fields.into_values().collect()
    }
}

/// A field with trimmed values, if any value says something.
#[must_use]
pub fn field(key: Key, values: Vec<String>, origin: Origin) -> Option<Field> {
    let values: Vec<String> = values.into_iter().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
    (!values.is_empty()).then_some(Field { key, values, origin })
}
