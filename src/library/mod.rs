//! Remember MANY clips: who a clip is, what the list shows of it, what may come in.
//!
//! Pure: nothing here knows a browser or a session. Start at [`Library`] and [`Entry`].
//! Pure: nothing here knows a browser or a session. Start at [`Entry`]; for whole folders and zip
//! archives at [`path`] and [`archive`].

pub mod archive;
pub mod asset;
pub mod entry;
pub mod identity;
pub mod importing;
pub mod intake;
pub mod triage;
pub mod path;
pub mod list;
mod natural;
pub mod search;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use entry::{Arrival, Entry};
pub use identity::ClipId;
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

    /// Changes how far a clip is read. Returns whether it is here.
    pub fn stand(&mut self, id: &ClipId, standing: Standing) -> bool {
        let row = self.places.get(id).copied().and_then(|at| self.rows.get_mut(at));
        row.map(|row| row.standing = standing).is_some()
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
pub use asset::{Asset, Media, MediaType};
pub use entry::{Entry, Recent};
pub use identity::{ClipId, ContentId, Identity};
