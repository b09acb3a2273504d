//! What the library knows of each clip without opening it.

use super::ClipId;
use crate::clip::metadata::Key;
use crate::clip::{Beside, Metadata, Stats};

/// One clip in the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who it is; stays when a newer version of the same page takes its place.
    pub id: ClipId,
    /// What its bytes are.
    pub hash: ClipId,
    /// Its path inside what it came with, `/`-separated: the file's name alone when it came by itself.
    pub path: String,
    /// The import that it came with, in milliseconds since 1970.
    pub import: u64,
    /// Its title, or the file's name.
    pub title: String,
    /// Its publication or host; empty when unknown.
    pub site: String,
    /// The address of the page that was saved, in one form for all its spellings
    /// ([`super::identity::page::canonical_url`]); empty when unknown.
    pub url: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// A BCP 47 tag; empty when unknown.
    pub language: String,
    /// When it was published, ISO 8601; empty when unknown.
    pub published: String,
    /// When it was saved, ISO 8601; empty when unknown.
    pub saved: String,
    /// Its status in the words of the file; empty when it has none.
    pub status: String,
    /// Time to read, in minutes.
    pub reading_minutes: u32,
    /// What a file that came beside it states of it and it does not say itself.
    pub beside: Option<Beside>,
    /// How many problems its file has.
    pub problems: u32,
    /// The length of its file.
    pub size_bytes: u64,
    /// When it came in here first, in milliseconds since 1970.
    pub added_ms: u64,
    /// When it was removed, in milliseconds since 1970; 0 while it is not. A removed clip is kept for
    /// the moment in which that can be undone.
    pub removed_ms: u64,
}

/// How a clip came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// What its bytes are.
    pub hash: ClipId,
    /// Its path inside what it came with.
    pub path: String,
    /// The import that it came with, in milliseconds since 1970.
    pub import: u64,
    /// The length of its file.
    pub size_bytes: u64,
}

impl Entry {
    /// The entry of a clip that was just understood and is new here.
    #[must_use]
    pub fn new(arrival: Arrival, metadata: &Metadata, stats: &Stats, problems: usize) -> Self {
        let Arrival { hash, path, import, size_bytes } = arrival;
        let first = |key| metadata.first(key).unwrap_or_default().to_owned();
        let all = |key| metadata.get(key).map(|f| f.values.clone()).unwrap_or_default();
        let title = match first(Key::Title) {
            title if title.trim().is_empty() => name_of(&path).to_owned(),
            title => title,
        };
        Self {
            id: hash.clone(),
            hash,
            title,
            site: first(Key::Site),
            url: super::identity::page::canonical_url(&first(Key::SourceUrl)).unwrap_or_default(),
            authors: all(Key::Author),
            tags: all(Key::Tags),
            language: first(Key::Language),
            published: first(Key::Published),
            saved: first(Key::Saved),
            status: first(Key::Status),
            reading_minutes: stats.reading_minutes,
            beside: None,
            problems: u32::try_from(problems).unwrap_or(u32::MAX),
            size_bytes,
            added_ms: import,
            removed_ms: 0,
            path,
            import,
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn file_name(&self) -> &str {
        name_of(&self.path)
    }

    /// The folder of its file inside what it came with; empty at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The host of the page that was saved; empty when unknown.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
}

/// What a reader would call a file of that path: its name, or the name of its Textbundle.
pub(super) fn name_of(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let bundle = folder.rsplit('/').next().unwrap_or_default();
    if name.starts_with("text.") && bundle.ends_with(".textbundle") { bundle } else { name }
}
