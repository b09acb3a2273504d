//! The stored form of what the library knows of each clip.
//!
//! An [`Entry`] has a record of its own in the database. The list as a whole is mirrored in one
//! record, so that the page can show it before the database has answered; it can be rebuilt.

use crate::clip::order;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::saved::{Rejected, Saved, never_was, only_version_1, shape};
use crate::clip::Beside;
use crate::library::linked::Linked;
use crate::library::{ClipId, Entry, Library, Row, Standing, Triage};

/// Version 1 of one clip's entry in the database.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<ClipId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<ClipId>,
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
    import: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    site: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    language: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    published: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    saved: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<Beside>,
    reading_minutes: u32,
    problems: u32,
    size_bytes: u64,
    added_ms: u64,
    #[serde(skip_serializing_if = "is_zero")]
    removed_ms: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl From<&Entry> for SavedEntry {
    fn from(entry: &Entry) -> Self {
        let e = entry.clone();
        Self {
            // An entry whose file never changed is named by its bytes.
            hash: (e.hash != e.id).then_some(e.hash),
            id: Some(e.id),
            path: e.path,
            import: e.import,
            title: e.title,
            site: e.site,
            url: e.url,
            authors: e.authors,
            tags: e.tags,
            language: e.language,
            published: e.published,
            saved: e.saved,
            status: e.status,
            reading_minutes: e.reading_minutes,
            beside: e.beside,
            problems: e.problems,
            size_bytes: e.size_bytes,
            added_ms: e.added_ms,
            removed_ms: e.removed_ms,
        }
    }
}

impl TryFrom<SavedEntry> for Entry {
    type Error = Rejected;

    fn try_from(e: SavedEntry) -> Result<Self, Rejected> {
        let id = e.id.ok_or_else(|| Rejected::Damaged("an entry has no id".to_owned()))?;
        Ok(Self {
            hash: e.hash.unwrap_or_else(|| id.clone()),
            id,
            path: e.path,
            import: e.import,
            title: e.title,
            site: e.site,
            url: e.url,
            authors: e.authors,
            tags: e.tags,
            language: e.language,
            published: e.published,
            saved: e.saved,
            status: e.status,
            reading_minutes: e.reading_minutes,
            beside: e.beside,
            problems: e.problems,
            size_bytes: e.size_bytes,
            added_ms: e.added_ms,
            removed_ms: e.removed_ms,
        })
    }
}

impl Saved for Entry {
    const VERSION: u64 = 1;

    fn data(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&SavedEntry::from(self))
    }

    fn from_data(version: u64, data: &str) -> Result<Self, Rejected> {
        only_version_1::<SavedEntry>(version, data)?.try_into()
    }
}

impl Saved for Linked {
    const VERSION: u64 = 1;

    fn data(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    fn from_data(version: u64, data: &str) -> Result<Self, Rejected> {
        only_version_1(version, data)
    }
}

/// Version 1 of one clip in the list.
#[derive(Serialize, Deserialize)]
struct SavedRowV1 {
    id: ClipId,
    file_name: String,
    title: String,
    site: String,
    saved: String,
    status: String,
    tags: Vec<String>,
    reading_minutes: u32,
    added_ms: u64,
}

impl From<SavedRowV1> for Entry {
    fn from(row: SavedRowV1) -> Self {
        let SavedRowV1 { id, file_name, title, site, saved, status, tags, reading_minutes, added_ms } = row;
        Self {
            hash: id.clone(),
            id,
            path: file_name,
            import: added_ms,
            title,
            site,
            url: String::new(),
            authors: Vec::new(),
            tags,
            language: String::new(),
            published: String::new(),
            saved,
            status,
            reading_minutes,
            beside: None,
            problems: 0,
            size_bytes: 0,
            added_ms,
            removed_ms: 0,
        }
    }
}

/// Version 2: the entry as the database has it, and how far the clip is read.
#[derive(Serialize, Deserialize)]
struct SavedRowV2 {
    entry: SavedEntry,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    triage: Option<Triage>,
    #[serde(default)]
    progress: f32,
    #[serde(default)]
    opened_ms: u64,
    #[serde(default, skip_serializing_if = "is_none")]
    highlights: u32,
}

fn is_none(count: &u32) -> bool {
    *count == 0
}

impl From<&Row> for SavedRowV2 {
    fn from(row: &Row) -> Self {
        let Standing { triage, progress, opened_ms, highlights } = row.standing;
        Self { entry: SavedEntry::from(&*row.entry), triage, progress, opened_ms, highlights }
    }
}

impl TryFrom<SavedRowV2> for Row {
    type Error = Rejected;

    fn try_from(row: SavedRowV2) -> Result<Self, Rejected> {
        let progress = if row.progress.is_finite() { row.progress.clamp(0.0, 1.0) } else { 0.0 };
        let SavedRowV2 { triage, opened_ms, highlights, .. } = row;
        let standing = Standing { triage, progress, opened_ms, highlights };
        Ok(Self { entry: Arc::new(row.entry.try_into()?), standing })
    }
}

/// The mirror of the list. A long one is not whole: the clips that came in last stand in it.
impl Saved for Library {
    const VERSION: u64 = 2;

    fn data(&self) -> Result<String, serde_json::Error> {
        let mut rows: Vec<&Row> = self.rows().iter().collect();
        order::sort_by_key(&mut rows, |row| std::cmp::Reverse(row.entry.added_ms));
        rows.truncate(MIRRORED);
        serde_json::to_string(&rows.into_iter().map(SavedRowV2::from).collect::<Vec<_>>())
    }

    fn from_data(version: u64, data: &str) -> Result<Self, Rejected> {
        let mut library = Self::default();
        match version {
            1 => {
                let rows: Vec<SavedRowV1> = shape(serde_json::from_str(data))?;
                rows.into_iter().for_each(|row| library.put_entry(row.into()));
            }
            2 => {
                let rows: Vec<SavedRowV2> = shape(serde_json::from_str(data))?;
                for row in rows {
                    library.put(row.try_into()?);
                }
            }
            _ => return Err(never_was(version)),
        }
        Ok(library)
    }
}

/// How many clips the mirror has at most: about a quarter of what localStorage holds.
const MIRRORED: usize = 3000;
