//! A published library: a folder of clips beside the app, and the index that says what is in it, so
//! that the list is there before any clip is fetched.
//!
//! Start at [`Published::read`] and [`Published::write`]. The index is JSON: `version`, `title`, and
//! `clips`, each with its `path` from the index's own folder and what a list shows. Nothing of it is
//! trusted: a path that leads out of the app's folder leaves its clip out.

use crate::clip::order;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::hosted::HostedPath;
use super::identity::ClipId;
use super::search::{Described, Document, Index, Query, Search};
use super::{Row, Standing};

/// The version of the index that is written.
const VERSION: u64 = 1;

/// A published library.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Published {
    /// What it is called.
    pub title: String,
    /// Its clips, in the order of the index; each path is from the app's own folder.
    pub clips: Vec<Clip>,
    /// How many clips of the index are left out, as nothing can be fetched for them.
    pub left_out: usize,
}

/// A clip of a published library.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// Where it is hosted.
    pub path: HostedPath,
    /// What the list shows of it.
    pub row: Row,
}

/// Why an index can't be shown. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadIndex {
    /// A later version wrote it.
    #[error(
        "“{0}” was written by a newer version of Clip Viewer. Reload the page, or publish the clips again with this one."
    )]
    Newer(String),
    /// It is not an index.
    #[error("“{name}” is not the index of a published library ({why}). Publish the clips again, or check the address.")]
    Damaged {
        /// The file's name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
}

#[derive(Deserialize)]
struct Head {
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct SavedIndex {
    version: u64,
    #[serde(default)]
    title: String,
    clips: Vec<SavedClip>,
}

/// What stands in the index of each clip.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedClip {
    path: String,
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
    published: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    saved: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    language: String,
    minutes: u32,
    size: u64,
    hash: Option<ClipId>,
}

impl Published {
    /// Reads the index that is hosted at `at`.
    ///
    /// # Errors
    /// A [`BadIndex`] when the text is no index, or one of a later version.
    pub fn read(at: &HostedPath, text: &str) -> Result<Self, BadIndex> {
        let name = || at.name().to_owned();
        let damaged = |error: serde_json::Error| BadIndex::Damaged { name: name(), why: error.to_string() };
        let Head { version } = serde_json::from_str(text).map_err(damaged)?;
        if version > VERSION {
            return Err(BadIndex::Newer(name()));
        }
        let index: SavedIndex = serde_json::from_str(text).map_err(damaged)?;
        let mut library = Self { title: index.title.trim().to_owned(), ..Self::default() };
        if library.title.is_empty() {
            library.title = "Published clips".to_owned();
        }
        let mut here = BTreeSet::new();
        for clip in index.clips {
            match clip.hosted(at.folder()) {
                // Named twice, it is one clip.
                Some(clip) if !here.insert(clip.path.clone()) => {}
                Some(clip) => library.clips.push(clip),
                None => library.left_out += 1,
            }
        }
        Ok(library)
    }

    /// Writes the index of clips whose entries have their paths from the index's folder.
    ///
    /// # Errors
    /// When it can't be written as JSON.
    pub fn write(title: &str, entries: &[Entry]) -> Result<String, serde_json::Error> {
        let clips = entries.iter().map(SavedClip::of).collect();
        serde_json::to_string(&SavedIndex { version: VERSION, title: title.to_owned(), clips })
    }

    /// The clips in whose titles and metadata the words are found, the best first; all of them, in
    /// their order, when nothing is looked for.
    #[must_use]
    pub fn find(&self, words: &str) -> Vec<&Clip> {
        let query = Query::parse(words);
        if query.is_empty() {
            return self.clips.iter().collect();
        }
        let mut index = Index::default();
        for clip in &self.clips {
            index.put(clip.row.entry.id.clone(), Document::new(&described(&clip.row.entry), ""));
        }
        let mut search = Search::new(&index, query);
        while !search.step(&index, usize::MAX).done {}
        let by_id: BTreeMap<&ClipId, &Clip> = order::collect(self.clips.iter().map(|clip| (&clip.row.entry.id, clip)));
        search.hits().iter().filter_map(|hit| by_id.get(&hit.id).copied()).collect()
    }
}

fn described(entry: &Entry) -> Described<'_> {
    Described {
        title: &entry.title,
        site: &entry.site,
        host: entry.host(),
        authors: &entry.authors,
        tags: &entry.tags,
        more: &entry.path,
        status: "",
        language: &entry.language,
        saved: &entry.saved,
        published: &entry.published,
        recency: 0,
    }
}

impl SavedClip {
    fn of(entry: &Entry) -> Self {
        let e = entry.clone();
        Self {
            // A colon in the first part of a path would make a scheme of it.
            path: if e.path.contains(':') { ["./", &e.path].concat() } else { e.path },
            title: e.title,
            site: e.site,
            url: e.url,
            authors: e.authors,
            tags: e.tags,
            published: e.published,
            saved: e.saved,
            language: e.language,
            minutes: e.reading_minutes,
            size: e.size_bytes,
            hash: Some(e.hash),
        }
    }

    /// `None` when its path leads out of the app's folder.
    fn hosted(self, folder: &str) -> Option<Clip> {
        let path = HostedPath::relative(folder, &self.path).ok()?;
        // Two clips may have the same bytes: in this list, a clip is its path.
        let id = ClipId::of(path.as_str().as_bytes());
        let title = if self.title.trim().is_empty() { path.name().to_owned() } else { self.title };
        let entry = Entry {
            hash: self.hash.unwrap_or_else(|| id.clone()),
            id,
            path: path.as_str().to_owned(),
            import: 0,
            title,
            site: self.site,
            url: self.url,
            authors: self.authors,
            tags: self.tags,
            language: self.language,
            published: self.published,
            saved: self.saved,
            status: String::new(),
            reading_minutes: self.minutes,
            beside: None,
            problems: 0,
            size_bytes: self.size,
            added_ms: 0,
            removed_ms: 0,
        };
        Some(Clip { path, row: Row { entry: entry.into(), standing: Standing::default() } })
    }
}
