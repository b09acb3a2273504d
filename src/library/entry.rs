//! What a list of clips shows of each, and the list of recent ones.

use super::ClipId;
use crate::clip::metadata::Key;
use crate::clip::{Metadata, Stats};

/// One clip in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who it is.
    pub id: ClipId,
    /// The name of the file that it came from.
    pub file_name: String,
    /// Its title, or the file's name.
    pub title: String,
    /// Its publication or host; empty when unknown.
    pub site: String,
    /// When it was saved, ISO 8601; empty when unknown.
    pub saved: String,
    /// Its status in the reader's workflow; empty when it has none.
    pub status: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Time to read, in minutes.
    pub reading_minutes: u32,
    /// When it came in here first, in milliseconds since 1970.
    pub added_ms: u64,
}

impl Entry {
    /// The entry of a clip that was just understood.
    #[must_use]
    pub fn new(id: ClipId, file_name: &str, metadata: &Metadata, stats: &Stats, now_ms: u64) -> Self {
        let first = |key| metadata.first(key).unwrap_or_default().to_owned();
        let title = match first(Key::Title) {
            title if title.trim().is_empty() => file_name.to_owned(),
            title => title,
        };
        Self {
            id,
            file_name: file_name.to_owned(),
            title,
            site: first(Key::Site),
            saved: first(Key::Saved),
            status: first(Key::Status),
            tags: metadata.get(Key::Tags).map(|f| f.values.clone()).unwrap_or_default(),
            reading_minutes: stats.reading_minutes,
            added_ms: now_ms,
        }
    }
}

/// The clips that came in here, newest first, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent {
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Recent {
    /// Adds an entry in the place of one for the same clip.
    pub fn add(&mut self, entry: Entry) {
        self.entries.retain(|e| e.id != entry.id);
        let at = self.entries.partition_point(|e| e.added_ms > entry.added_ms);
        self.entries.insert(at, entry);
    }

    /// Adds an entry, or brings the one that is there up to date without moving it.
    pub fn renew(&mut self, mut entry: Entry) {
        if let Some(known) = self.get(&entry.id) {
            entry.added_ms = known.added_ms;
        }
        self.add(entry);
    }

    /// The entry of that clip.
    #[must_use]
    pub fn get(&self, id: &ClipId) -> Option<&Entry> {
        self.entries.iter().find(|e| &e.id == id)
    }

    /// Takes a clip out and returns its entry.
    pub fn remove(&mut self, id: &ClipId) -> Option<Entry> {
        let at = self.entries.iter().position(|e| &e.id == id)?;
        Some(self.entries.remove(at))
    }

    /// Everything that either list has; where both have a clip, the one added later wins.
    pub fn merge(&mut self, other: Recent) {
        for entry in other.entries {
            if self.get(&entry.id).is_none_or(|mine| mine.added_ms < entry.added_ms) {
                self.add(entry);
            }
        }
    }
}
