//! The folded text of every clip, held in memory.
//!
//! Start at [`Index`]. It holds and gives back; what is found in it is decided in [`super::run`].

use std::collections::BTreeMap;

use super::fold_into;
use super::query::Field;
use crate::library::ClipId;

/// Parts the values in a line of them: no query can have it, and no word goes across it.
const PARTING: char = '\u{1f}';

/// What is known of a clip beside its text, as it stands in the library.
#[derive(Debug, Clone, Copy, Default)]
pub struct Described<'a> {
    /// Its title.
    pub title: &'a str,
    /// The name of its publication.
    pub site: &'a str,
    /// The host that it came from.
    pub host: &'a str,
    /// Who wrote it.
    pub authors: &'a [String],
    /// Its tags.
    pub tags: &'a [String],
    /// What else is to be found by its words: a description, the reader's notes, the address.
    pub more: &'a str,
    /// Its status in the reader's workflow: found by `status:` alone.
    pub status: &'a str,
    /// The code of its language.
    pub language: &'a str,
    /// When it was saved, ISO 8601; empty when unknown.
    pub saved: &'a str,
    /// When it was published, ISO 8601; empty when unknown.
    pub published: &'a str,
    /// What is larger for what is newer: of two hits that are alike the newer is first.
    pub recency: u64,
}

impl<'a> Described<'a> {
    /// The date that `before:` and `after:` compare: when it was saved, else published.
    fn date(&self) -> &'a str {
        let date = if self.saved.is_empty() { self.published } else { self.saved };
        date.get(..10).unwrap_or(date)
    }
}

/// A clip in the form in which it is looked through.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The folded title, then all else that is known of it and can be found by its words.
    pub(super) head: String,
    /// How many bytes of the head are the title.
    pub(super) title_bytes: usize,
    /// The folded text.
    pub(super) body: String,
    /// The folded values of each field, in the order of [`Field::ALL`].
    fields: [String; 6],
    /// The day that it is compared by; empty when it has none.
    pub(super) date: String,
    /// What is larger for what is newer.
    pub(super) recency: u64,
}

impl Document {
    /// Folds what is known of a clip and its plain text.
    #[must_use]
    pub fn new(described: &Described<'_>, plain_text: &str) -> Self {
        let mut body = String::with_capacity(plain_text.len());
        fold_into(&mut body, plain_text);
        // Full-width letters are shorter now.
        body.shrink_to_fit();
        let mut document = Self { body, ..Self::default() };
        document.describe(described);
        document
    }

    /// Folds what is known of a clip anew and keeps its text.
    fn describe(&mut self, of: &Described<'_>) {
        self.head.clear();
        fold_into(&mut self.head, of.title);
        self.title_bytes = self.head.len();
        let authors = of.authors.iter().map(String::as_str);
        let tags = of.tags.iter().map(String::as_str);
        for value in [of.site, of.host].into_iter().chain(authors.clone()).chain(tags.clone()).chain([of.more]) {
            self.head.push(PARTING);
            fold_into(&mut self.head, value);
        }
        self.fields = Field::ALL.map(|field| match field {
            Field::Site => line([of.site, of.host].into_iter()),
            Field::Tag => line(tags.clone()),
            Field::Status => line([of.status].into_iter()),
            Field::Author => line(authors.clone()),
            Field::Year => line([crate::library::list::year(of.published, of.saved)].into_iter()),
            Field::Language => line([of.language].into_iter()),
        });
        of.date().clone_into(&mut self.date);
        self.recency = of.recency;
    }

    /// The folded values of a field, on one line.
    pub(super) fn field(&self, field: Field) -> &str {
        self.fields.get(field as usize).map_or("", String::as_str)
    }

    fn memory_bytes(&self) -> usize {
        let fields: usize = self.fields.iter().map(String::capacity).sum();
        size_of::<Self>() + self.head.capacity() + self.body.capacity() + self.date.capacity() + fields
    }
}

fn line<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for value in values {
        if !line.is_empty() {
            line.push(PARTING);
        }
        fold_into(&mut line, value);
    }
    line
}

/// All clips that can be found.
#[derive(Debug, Default)]
pub struct Index {
    slots: Vec<Option<(ClipId, Document)>>,
    places: BTreeMap<ClipId, usize>,
    free: Vec<usize>,
    version: u64,
}

impl Index {
    /// Adds a clip, or puts it in the place of what was known of it.
    pub fn put(&mut self, id: ClipId, document: Document) {
        self.version += 1;
        let place = self.places.get(&id).copied().or_else(|| self.free.pop()).unwrap_or(self.slots.len());
        self.places.insert(id.clone(), place);
        match self.slots.get_mut(place) {
            Some(slot) => *slot = Some((id, document)),
            None => self.slots.push(Some((id, document))),
        }
    }

    /// Changes what is known of a clip and keeps its text; `false` when the clip is not here.
    pub fn describe(&mut self, id: &ClipId, described: &Described<'_>) -> bool {
        let place = self.places.get(id).copied();
        let Some(Some((_, document))) = place.and_then(|place| self.slots.get_mut(place)) else { return false };
        document.describe(described);
        self.version += 1;
        true
    }

    /// Takes a clip out; `false` when it is not here.
    pub fn remove(&mut self, id: &ClipId) -> bool {
        let Some(place) = self.places.remove(id) else { return false };
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = None;
        }
        self.free.push(place);
        self.version += 1;
        true
    }

    /// Takes all clips out.
    pub fn clear(&mut self) {
        *self = Self { version: self.version + 1, ..Self::default() };
    }

    /// How many clips are here.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether no clip is here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether that clip is here.
    #[must_use]
    pub fn has(&self, id: &ClipId) -> bool {
        self.places.contains_key(id)
    }

    /// About how much memory all this takes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        // An identity is 32 bytes, here and in the map of places.
        self.slots.iter().flatten().map(|(_, document)| document.memory_bytes() + 128).sum()
    }

    /// Another number after every change: a search that was begun before may have missed it.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The places that have a clip, in the order in which they are filled.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.slots.iter().enumerate().filter(|(_, slot)| slot.is_some()).map(|(place, _)| place)
    }

    /// The clip at a place.
    pub(super) fn at(&self, place: usize) -> Option<&(ClipId, Document)> {
        self.slots.get(place)?.as_ref()
    }

    /// The place of a clip.
    pub(super) fn place(&self, id: &ClipId) -> Option<usize> {
        self.places.get(id).copied()
    }
}
