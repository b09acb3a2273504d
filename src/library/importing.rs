//! One import: file after file in, what is to be kept of each out, and a summary in the end.
//!
//! Pure: who reads the files and who writes what comes out is another room's. Start at [`Importing`];
//! [`beside`] finds the files that tell about clips.

pub mod beside;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::asset::{self, Asset};
use super::entry::{Arrival, Entry, name_of};
use super::identity::{ClipId, ContentId, Identity, Known, identify};
use super::intake;
use crate::clip::{self, Beside, Options};

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
    /// How many were passed over, as nobody means to bring them: hidden files, clippers' notes.
    pub passed_over: u32,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

impl Summary {
    /// Takes note of a file that does not come in.
    pub fn skip(&mut self, path: &str, why: impl Into<String>) {
        self.skipped_count += 1;
        if self.skipped.len() < MOST_TOLD {
            self.skipped.push(Skipped { path: path.to_owned(), why: why.into() });
        }
    }

    /// Adds what came of a later part of the same import.
    pub fn add(&mut self, later: Self) {
        self.added.extend(later.added);
        self.updated.extend(later.updated);
        self.here.extend(later.here);
        self.pictures += later.pictures;
        let room = MOST_TOLD.saturating_sub(self.skipped.len());
        self.skipped.extend(later.skipped.into_iter().take(room));
        self.skipped_count += later.skipped_count;
        self.passed_over += later.passed_over;
        self.stopped |= later.stopped;
    }

    /// What came in could not be kept after all.
    pub fn take_back(&mut self) {
        self.added.clear();
        self.updated.clear();
        self.pictures = 0;
    }
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

/// The clip of the same page that a clip takes the place of, if there is one.
#[must_use]
pub fn identify_among<'a>(of_page: &'a [Entry], entry: &Entry) -> Option<&'a Entry> {
    let known = of_page.iter().map(|known| Known {
        id: &known.id,
        hash: &known.hash,
        url: Some(&known.url).filter(|url| !url.is_empty()).map(String::as_str),
        path: &known.path,
        import: known.import,
    });
    let url = Some(entry.url.as_str()).filter(|url| !url.is_empty());
    match identify(&entry.hash, url, &entry.path, entry.import, known) {
        Identity::Update(id) | Identity::AlreadyHere(id) => of_page.iter().find(|known| known.id == id),
        Identity::New => None,
    }
}

/// What a clip that takes the place of another keeps of it.
#[derive(Debug, Clone)]
struct Before {
    id: ClipId,
    hash: ClipId,
    added_ms: u64,
    import: u64,
}

impl Before {
    fn of(entry: &Entry) -> Self {
        Self { id: entry.id.clone(), hash: entry.hash.clone(), added_ms: entry.added_ms, import: entry.import }
    }
}

/// An import that goes on.
#[derive(Debug)]
pub struct Importing {
    number: u64,
    near: Option<ClipId>,
    /// The clips that are here, with the import that touched each last.
    ids: BTreeMap<ClipId, u64>,
    by_hash: BTreeMap<ClipId, ClipId>,
    by_url: BTreeMap<String, Vec<Entry>>,
    by_path: BTreeMap<String, Before>,
    pictures: BTreeSet<String>,
    /// Whether what comes in next is read again from a folder that is linked: it takes the place of
    /// the clip that came from its path before, whatever page it says it is of.
    pub linked: bool,
    /// The clip that what comes in next is another text of, as it was edited here.
    pub edited: Option<Entry>,
    /// What came of it since that was told last.
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
            ids: BTreeMap::new(),
            by_hash: BTreeMap::new(),
            by_url: BTreeMap::new(),
            by_path: BTreeMap::new(),
            pictures: BTreeSet::new(),
            linked: false,
            edited: None,
            summary: Summary::default(),
        };
        known.for_each(|entry| importing.know(entry));
        importing
    }

    /// Takes note of a clip that is here now.
    pub fn know(&mut self, entry: Entry) {
        self.ids.insert(entry.id.clone(), entry.import);
        self.by_hash.insert(entry.hash.clone(), entry.id.clone());
        let before = Before::of(&entry);
        match self.by_path.get_mut(&entry.path) {
            Some(known) if known.import > before.import => {}
            Some(known) => *known = before,
            None => drop(self.by_path.insert(entry.path.clone(), before)),
        }
        if !entry.url.is_empty() {
            let of_page = self.by_url.entry(entry.url.clone()).or_default();
            of_page.retain(|known| known.id != entry.id);
            of_page.push(entry);
        }
    }

    /// Takes in a clip. `None` when it is none, or is here already. `id` is who it is when its
    /// bytes don't tell, `told` what a file beside it tells of it.
    pub fn clip(&mut self, path: &str, bytes: &[u8], id: Option<ClipId>, told: Option<Beside>) -> Option<NewClip> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if let Err(refusal) = intake::judge_bytes(name, bytes) {
            self.summary.skip(path, refusal.to_string());
            return None;
        }
        let hash = id.unwrap_or_else(|| ClipId::of(bytes));
        if let Some(here) = self.by_hash.get(&hash).filter(|_| self.edited.is_none()) {
            // Its text is still that of a file, so no other file of this import takes its place.
            self.ids.insert(here.clone(), self.number);
            self.summary.here.push(here.clone());
            return None;
        }
        let told = self.edited.as_ref().map_or(told, |before| before.beside.clone());
        let options = Options { file_name: Some(name_of(path).to_owned()), encoding: None, beside: told };
        let (clip, words) = clip::glance(bytes, &options);
        let size_bytes = bytes.len() as u64;
        let arrival = Arrival { hash, path: path.to_owned(), import: self.number, size_bytes };
        let mut entry = Entry::new(arrival, &clip.metadata, &clip.stats, clip.diagnostics.len());
        entry.beside = options.beside.and_then(|told| told.counting(&clip.metadata));
        let edited = self.edited.take();
        let replaces = match edited.as_ref().map(Before::of).or_else(|| self.before(&entry)) {
            Some(Before { id, hash, added_ms, .. }) => {
                if self.linked {
                    // The text that goes is here no more: the file may have another name by now.
                    self.by_hash.remove(&hash);
                }
                entry.id = id;
                entry.added_ms = added_ms;
                self.summary.updated.push(entry.id.clone());
                if let Some(before) = &edited {
                    // Its pictures are still those that came with it.
                    entry.import = before.import;
                    self.by_hash.remove(&before.hash);
                }
                // An edit has an undo of its own, and takes none away.
                edited.is_none()
            }
            None => {
                // A clip that these bytes named at first may have another text by now: it stays.
                while self.ids.contains_key(&entry.id) {
                    entry.id = ClipId::of(entry.id.as_str().as_bytes());
                }
                self.summary.added.push(entry.id.clone());
                false
            }
        };
        self.know(entry.clone());
        Some(NewClip { entry, words, replaces })
    }

    /// The clip that one takes the place of: that of its path in a linked folder, else that of its page.
    fn before(&self, entry: &Entry) -> Option<Before> {
        let is_older = |known: &&Before| self.ids.get(&known.id).is_some_and(|touched| *touched < self.number);
        let of_path = self.by_path.get(&entry.path).filter(|_| self.linked).filter(is_older);
        let of_page = || {
            let of_page = self.by_url.get(&entry.url).map(Vec::as_slice).unwrap_or_default();
            identify_among(of_page, entry).map(Before::of)
        };
        of_path.cloned().or_else(of_page)
    }

    /// Takes in a picture. `None` when it is none, or came in just now.
    pub fn picture(&mut self, path: &str, bytes: &[u8]) -> Option<Asset> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(media) = asset::sniff(bytes, name) else {
            let what = if bytes.is_empty() { "is empty" } else { "is no picture that browsers show" };
            self.summary.skip(path, format!("“{name}” {what}, whatever its name says."));
            return None;
        };
        let id = ContentId::of(bytes);
        if !self.pictures.insert(path.to_owned()) {
            return None;
        }
        self.summary.pictures += 1;
        let size_bytes = bytes.len() as u64;
        Some(Asset { id, path: path.to_owned(), import: self.number, near: self.near.clone(), media, size_bytes })
    }
}

/// Whether a file without a suffix is a picture all the same: Joplin calls resources by their id, 32
/// hexadecimal digits.
#[must_use]
pub fn is_bare_picture(name: &str, bytes: &[u8]) -> bool {
    let is_id = name.len() == 32 && name.bytes().all(|b| b.is_ascii_hexdigit());
    is_id && asset::sniff(bytes, name).is_some()
}
