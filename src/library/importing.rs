//! One import: file after file in, what is to be kept of each out, and a summary in the end.
//!
//! Pure: who reads the files and who writes what comes out is another room's. Start at [`Importing`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::asset::{self, Asset};
use super::entry::{Arrival, Entry};
use super::identity::{ClipId, Identity, Known, identify};
use super::intake;
use crate::clip::{self, Options};

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Clips that are new here.
    pub added: Vec<ClipId>,
    /// Clips that took the place of an older version of the same page.
    pub updated: Vec<ClipId>,
    /// Clips that were here already.
    pub here: Vec<ClipId>,
    /// How many pictures came in.
    pub pictures: u32,
    /// What did not come in, and why; no more than [`MOST_TOLD`].
    pub skipped: Vec<Skipped>,
    /// How many did not come in.
    pub skipped_count: u32,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

/// How many of the files that did not come in are told one by one.
pub const MOST_TOLD: usize = 200;

/// A file that did not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Its path.
    pub path: String,
    /// Why, as a sentence.
    pub why: String,
}

/// A clip that came in, to be kept.
#[derive(Debug)]
pub struct NewClip {
    /// What is known of it.
    pub entry: Entry,
    /// Its words, for search.
    pub words: String,
    /// Whether it takes the place of a clip that is kept.
    pub replaces: bool,
}

/// An import that goes on.
#[derive(Debug)]
pub struct Importing {
    number: u64,
    near: Option<ClipId>,
    by_hash: BTreeMap<ClipId, ClipId>,
    by_url: BTreeMap<String, Vec<Known>>,
    /// When each known clip came in first.
    added_ms: BTreeMap<ClipId, u64>,
    pictures: BTreeSet<String>,
    /// What came of it so far.
    pub summary: Summary,
}

impl Importing {
    /// An import of that number (when it began, in milliseconds since 1970), while `near` is open,
    /// into a library that has these clips.
    #[must_use]
    pub fn new(number: u64, near: Option<ClipId>, known: impl Iterator<Item = Entry>) -> Self {
        let mut importing = Self {
            number,
            near,
            by_hash: BTreeMap::new(),
            by_url: BTreeMap::new(),
            added_ms: BTreeMap::new(),
            pictures: BTreeSet::new(),
            summary: Summary::default(),
        };
        known.for_each(|entry| importing.know(&entry));
        importing
    }

    fn know(&mut self, entry: &Entry) {
        self.by_hash.insert(entry.hash.clone(), entry.id.clone());
        self.added_ms.insert(entry.id.clone(), entry.added_ms);
        if !entry.url.is_empty() {
            let of_page = self.by_url.entry(entry.url.clone()).or_default();
            of_page.retain(|known| known.id != entry.id);
            of_page.push(Known {
                id: entry.id.clone(),
                hash: entry.hash.clone(),
                url: entry.url.clone(),
                path: entry.path.clone(),
                import: entry.import,
            });
        }
    }

    /// Takes note of a file that does not come in.
    pub fn skip(&mut self, path: &str, why: impl Into<String>) {
        self.summary.skipped_count += 1;
        if self.summary.skipped.len() < MOST_TOLD {
            self.summary.skipped.push(Skipped { path: path.to_owned(), why: why.into() });
        }
    }

    /// What could not be kept did not come in.
    pub fn take_back<'a>(&mut self, clips: impl Iterator<Item = &'a ClipId>, pictures: usize) {
        let lost: BTreeSet<&ClipId> = clips.collect();
        self.summary.added.retain(|id| !lost.contains(id));
        self.summary.updated.retain(|id| !lost.contains(id));
        self.summary.pictures = self.summary.pictures.saturating_sub(pictures as u32);
    }

    /// Takes in a clip. `None` when it is none, or is here already. `id` is who it is when its
    /// bytes don't tell.
    pub fn clip(&mut self, path: &str, bytes: &[u8], id: Option<ClipId>) -> Option<NewClip> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Err(refusal) = intake::judge_bytes(name, bytes) {
            self.skip(path, refusal.to_string());
            return None;
        }
        let hash = id.unwrap_or_else(|| ClipId::of(bytes));
        if let Some(here) = self.by_hash.get(&hash) {
            self.summary.here.push(here.clone());
            return None;
        }
        let options = Options { file_name: Some(name.to_owned()), encoding: None };
        let (clip, words) = clip::glance(bytes, &options);
        let size_bytes = bytes.len() as u64;
        let arrival = Arrival { hash, path: path.to_owned(), import: self.number, size_bytes };
        let mut entry = Entry::new(arrival, &clip.metadata, &clip.stats, clip.diagnostics.len());
        let known = self.by_url.get(&entry.url).into_iter().flatten().cloned();
        let url = (!entry.url.is_empty()).then_some(entry.url.as_str());
        let identity = identify(&entry.hash, url, path, self.number, known);
        let replaces = match identity {
            Identity::Update(id) => {
                entry.added_ms = self.added_ms.get(&id).copied().unwrap_or(entry.added_ms);
                entry.id = id;
                self.summary.updated.push(entry.id.clone());
                true
            }
            Identity::New | Identity::AlreadyHere(_) => {
                self.summary.added.push(entry.id.clone());
                false
            }
        };
        self.know(&entry);
        Some(NewClip { entry, words, replaces })
    }

    /// Takes in a picture. `None` when it is none, or came in just now.
    pub fn picture(&mut self, path: &str, bytes: &[u8]) -> Option<Asset> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(media) = asset::sniff(bytes, name) else {
            let what = if bytes.is_empty() { "is empty" } else { "is no picture that browsers show" };
            self.skip(path, format!("“{name}” {what}, whatever its name says."));
            return None;
        };
        let id = ClipId::of(bytes);
        self.summary.pictures += 1;
        if !self.pictures.insert(path.to_owned()) {
            return None;
        }
        let size_bytes = bytes.len() as u64;
        Some(Asset { id, path: path.to_owned(), import: self.number, near: self.near.clone(), media, size_bytes })
    }
}
