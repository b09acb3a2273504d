//! Places in clips that the reader marked, with notes: what they are, and how two copies become one.
//!
//! A highlight names its place by what is written there ([`Selectors`], after the W3C's Web
//! Annotation), so it outlives a new clip of the same page. [`text`] is the text that it speaks of,
//! [`mod@anchor`] finds the place again. Nothing here knows how a place is drawn.

mod align;
pub mod all;
pub mod anchor;
pub mod annotation;
pub mod incoming;
pub mod markdown;
pub mod marked;
pub mod source;
pub mod text;
pub mod time;

pub use anchor::{Search, anchor, anchor_all};
pub use source::Source;
pub use text::Text;

use crate::clip::order;
use serde::{Deserialize, Serialize};

/// The colours that a place can be marked in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// As a felt pen.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Pink.
    Pink,
}

impl Colour {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// Its name, in styles and stored forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// The colour of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.name() == name)
    }
}

/// Who a highlight is. It stands in addresses, so it has letters, digits and hyphens alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HighlightId(String);

impl HighlightId {
    /// The id of a highlight that is made at that time, of that place.
    #[must_use]
    pub fn new(created_ms: u64, place: &Selectors) -> Self {
        let mut told = format!("{created_ms}/{}/{}/", place.start, place.end);
        told.push_str(&place.exact);
        Self(format!("{:016x}", xxhash_rust::xxh3::xxh3_64(told.as_bytes())))
    }

    /// Reads an id; `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        is_one.then(|| Self(text.to_owned()))
    }

    /// Its letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What names a place in a text: the quote with what stands around it (`TextQuoteSelector`), and where
/// it stood (`TextPositionSelector`), counted in the letters of [`text`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selectors {
    /// What is written there.
    pub exact: String,
    /// What stands before it.
    pub prefix: String,
    /// What stands behind it.
    pub suffix: String,
    /// How many letters stand before it.
    pub start: u32,
    /// How many letters stand before its end.
    pub end: u32,
}

/// A place that the reader marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Who it is.
    pub id: HighlightId,
    /// Its place.
    pub place: Selectors,
    /// Its colour.
    pub colour: Colour,
    /// What the reader says of it; empty when nothing.
    pub note: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: u64,
    /// When anything of it changed last: of two copies the later one counts.
    pub changed_ms: u64,
    /// When it was removed; 0 while it is not. One that is removed is kept for a while, so that an
    /// older copy does not bring it back.
    pub removed_ms: u64,
}

impl Highlight {
    /// A new one.
    #[must_use]
    pub fn new(place: Selectors, colour: Colour, now_ms: u64) -> Self {
        Self {
            id: HighlightId::new(now_ms, &place),
            place,
            colour,
            note: String::new(),
            created_ms: now_ms,
            changed_ms: now_ms,
            removed_ms: 0,
        }
    }
}

/// For how long it is known that a highlight was removed, in milliseconds: 90 days.
const REMEMBERED_MS: u64 = 90 * 24 * 60 * 60 * 1000;

/// The highlights of one clip, those that were removed lately among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlights(Vec<Highlight>);

impl FromIterator<Highlight> for Highlights {
    fn from_iter<I: IntoIterator<Item = Highlight>>(all: I) -> Self {
        let mut highlights = Self::default();
        all.into_iter().for_each(|one| highlights.put_last(one));
        highlights.sort();
        highlights
    }
}

impl Highlights {
    /// All of them, also those that were removed.
    #[must_use]
    pub fn all(&self) -> &[Highlight] {
        &self.0
    }

    /// Those that are there, in the order of their places.
    pub fn live(&self) -> impl Iterator<Item = &Highlight> {
        self.0.iter().filter(|one| one.removed_ms == 0)
    }

    /// How many are there.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.live().count() as u32
    }

    /// The one that is there with that id.
    #[must_use]
    pub fn get(&self, id: &HighlightId) -> Option<&Highlight> {
        self.live().find(|one| one.id == *id)
    }

    /// Adds one, in the place of one with its id.
    pub fn put(&mut self, highlight: Highlight) {
        self.put_last(highlight);
        self.sort();
    }

    fn put_last(&mut self, highlight: Highlight) {
        match self.0.iter_mut().find(|one| one.id == highlight.id) {
            Some(there) => *there = highlight,
            None => self.0.push(highlight),
        }
    }

    fn sort(&mut self) {
        order::sort_by_key(&mut self.0, |one| (one.place.start, one.place.end, one.created_ms));
    }

    /// Changes one at that time. A clock that goes back does not undo the change.
    pub fn change(&mut self, id: &HighlightId, now_ms: u64, change: impl FnOnce(&mut Highlight)) {
        if let Some(one) = self.0.iter_mut().find(|one| one.id == *id) {
            change(one);
            one.changed_ms = now_ms.max(one.changed_ms.saturating_add(1));
        }
    }

    /// Removes one.
    pub fn remove(&mut self, id: &HighlightId, now_ms: u64) {
        self.change(id, now_ms, |one| one.removed_ms = now_ms.max(one.changed_ms).max(1));
    }

    /// Brings one back that was removed.
    pub fn bring_back(&mut self, id: &HighlightId, now_ms: u64) {
        self.change(id, now_ms, |one| one.removed_ms = 0);
    }

    /// Takes over what another copy knows better. Returns whether anything changed.
    pub fn merge(&mut self, other: &Self) -> bool {
        let mut changed = false;
        for theirs in &other.0 {
            let mine = self.0.iter().find(|one| one.id == theirs.id);
            if mine.is_none_or(|mine| mine.changed_ms < theirs.changed_ms) {
                self.put(theirs.clone());
                changed = true;
            }
        }
        changed
    }

    /// Forgets those that were removed long ago.
    pub fn forget_old(&mut self, now_ms: u64) {
        self.0.retain(|one| one.removed_ms == 0 || one.removed_ms.saturating_add(REMEMBERED_MS) > now_ms);
    }
}
