//! Remember MANY clips: who a clip is, what the list shows of it, what may come in, what is found.
//!
//! Pure: nothing here knows a browser or a session. Start at [`Library`] and [`Entry`]; for what
//! comes in at [`importing`], for what is found at [`search`].

pub mod archive;
pub mod asset;
pub mod backup;
pub mod editing;
pub mod entry;
pub mod export;
pub mod highlight;
pub mod hosted;
pub mod identity;
pub mod importing;
pub mod intake;
pub mod linked;
pub mod list;
mod natural;
pub mod path;
pub mod published;
pub mod room;
pub mod search;
pub mod triage;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use asset::{Asset, Media, MediaType};
pub use entry::{Arrival, Entry};
pub use identity::{ClipId, ContentId, Identity};
pub use triage::{Standing, Triage};

/// A clip in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What is known of the clip.
    pub entry: Arc<Entry>,
    /// How far it is read.
    pub standing: Standing,
}

impl Row {
    /// Where it stands: what the reader said, else what its file says.
    #[must_use]
    pub fn triage(&self) -> Triage {
        self.standing.triage.unwrap_or_else(|| Triage::of_status(&self.entry.status))
    }
}

impl list::Listed for Row {
    fn id(&self) -> &ClipId {
        &self.entry.id
    }

    fn title(&self) -> &str {
        &self.entry.title
    }

    fn site(&self) -> &str {
        &self.entry.site
    }

    fn host(&self) -> &str {
        self.entry.host()
    }

    fn authors(&self) -> &[String] {
        &self.entry.authors
    }

    fn tags(&self) -> &[String] {
        &self.entry.tags
    }

    fn status(&self) -> &str {
        self.triage().name()
    }

    fn language(&self) -> &str {
        &self.entry.language
    }

    fn saved(&self) -> &str {
        &self.entry.saved
    }

    fn published(&self) -> &str {
        &self.entry.published
    }

    fn added_ms(&self) -> u64 {
        self.entry.added_ms
    }

    fn reading_minutes(&self) -> u32 {
        self.entry.reading_minutes
    }

    fn progress(&self) -> f32 {
        self.standing.progress
    }

    fn highlights(&self) -> u32 {
        self.standing.highlights
    }

    fn problems(&self) -> u32 {
        self.entry.problems
    }
}

/// All clips that are kept, each once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library {
    rows: Vec<Row>,
    places: BTreeMap<ClipId, usize>,
}

impl Library {
    /// All rows, in no order that means anything.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many clips there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of that clip.
    #[must_use]
    pub fn get(&self, id: &ClipId) -> Option<&Row> {
        self.places.get(id).and_then(|at| self.rows.get(*at))
    }

    /// Adds a row, in the place of one for the same clip.
    pub fn put(&mut self, row: Row) {
        let id = &row.entry.id;
        match self.places.get(id).copied().and_then(|at| self.rows.get_mut(at)) {
            Some(there) => *there = row,
            None => {
                self.places.insert(id.clone(), self.rows.len());
                self.rows.push(row);
            }
        }
    }

    /// Adds an entry; how far the clip is read stays as it is.
    pub fn put_entry(&mut self, entry: Entry) {
        let standing = self.get(&entry.id).map(|row| row.standing).unwrap_or_default();
        self.put(Row { entry: Arc::new(entry), standing });
    }

    fn get_mut(&mut self, id: &ClipId) -> Option<&mut Row> {
        self.places.get(id).copied().and_then(|at| self.rows.get_mut(at))
    }

    /// Changes how far a clip is read, if it is here; how many highlights it has stays as it is.
    pub fn stand(&mut self, id: &ClipId, standing: Standing) {
        if let Some(row) = self.get_mut(id) {
            row.standing = Standing { highlights: row.standing.highlights, ..standing };
        }
    }

    /// Changes how many highlights a clip has, if it is here.
    pub fn mark(&mut self, id: &ClipId, highlights: u32) {
        if let Some(row) = self.get_mut(id) {
            row.standing.highlights = highlights;
        }
    }

    /// Makes the changes here that made `after` out of `before`, each for itself: what came, what
    /// left, what is known of a clip, how far it is read, and how many highlights it has.
    pub fn follow(&mut self, before: &Library, after: &Library) {
        for Row { entry, standing } in &after.rows {
            let then = before.get(&entry.id);
            if then.is_none_or(|then| then.entry != *entry) {
                self.put_entry(Entry::clone(entry));
            }
            let stood = then.map(|then| then.standing).unwrap_or_default();
            let highlights = stood.highlights;
            if stood != (Standing { highlights, ..*standing }) {
                self.stand(&entry.id, *standing);
            }
            if highlights != standing.highlights {
                self.mark(&entry.id, standing.highlights);
            }
        }
        for row in before.rows.iter().filter(|row| after.get(&row.entry.id).is_none()) {
            self.remove(&row.entry.id);
        }
    }

    /// Takes a clip out.
    pub fn remove(&mut self, id: &ClipId) -> Option<Row> {
        let at = self.places.remove(id)?;
        let row = self.rows.swap_remove(at);
        if let Some(moved) = self.rows.get(at) {
            self.places.insert(moved.entry.id.clone(), at);
        }
        Some(row)
    }
}
