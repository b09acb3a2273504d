//! What a clip says about itself, in one form for all dialects, each value with its origin.
//!
//! Start at [`read`]. [`dialect`] tells which clipper made the file, [`stated`] reads the front
//! matter by that dialect's [`synonyms`], [`beside`] a clipper's own file, and [`recover`] asks the body for what is missing:
//! [`header`] (labelled lines, clippers' own lines), [`byline`] (a name and a day), [`account`],
//! [`title`], [`lead`] (the description), [`address`], [`zone`].
//!
//! Nothing here decides what is a heading or what is clutter.

mod account;
mod address;
mod beside;
mod byline;
pub mod date;
mod dialect;
mod draft;
mod header;
mod inline;
mod labels;
mod lead;
mod lines;
mod names;
mod recover;
mod stated;
mod synonyms;
mod title;
mod zone;

use serde::{Deserialize, Serialize};

use super::blocks::Block;
use super::front_matter::Value;
use super::markdown::Document;
use super::{FrontMatter, Options, Outline};

pub use beside::{Beside, MAOXIAN, TEXTBUNDLE};

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The front matter's key of that name.
    FrontMatter {
        /// The key as written.
        key: String,
    },
    /// A file that stands beside the clip.
    Beside {
        /// Its name.
        file: String,
    },
    /// A line of the body.
    Body {
        /// 1-based line in the file.
        line: u32,
    },
    /// The address of the page.
    Address,
    /// The name of the file.
    FileName,
    /// The stamp in the names of the saved pictures.
    AssetStamp,
    /// The text as a whole (its language, say).
    Text,
}

impl Origin {
    /// Whether the value was inferred rather than stated by the front matter.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        !matches!(self, Self::FrontMatter { .. })
    }
}

/// The things a clip can say about itself. `name` is the key that the command line prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// The article's title.
    Title,
    /// Who wrote it; several are separate values.
    Author,
    /// The address of the page that was saved.
    SourceUrl,
    /// The publication, or the host.
    Site,
    /// The publishing account on a platform (a WeChat account, say).
    Account,
    /// When it was published, ISO 8601.
    Published,
    /// When it was saved, ISO 8601.
    Saved,
    /// Its tags; several are separate values.
    Tags,
    /// Where it stands in the reader's own workflow (`inbox`, `read` …).
    Status,
    /// A summary.
    Description,
    /// A BCP 47 tag.
    Language,
    /// Where it was published from.
    Place,
    /// The offset from UTC of the clock that saved it, such as `+08:00`.
    TimeZone,
}

impl Key {
    /// The key's name as the command line and `data-key` write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::SourceUrl => "source_url",
            Self::Site => "site",
            Self::Account => "account",
            Self::Published => "published",
            Self::Saved => "saved",
            Self::Tags => "tags",
            Self::Status => "status",
            Self::Description => "description",
            Self::Language => "language",
            Self::Place => "place",
            Self::TimeZone => "time_zone",
        }
    }
}

/// One thing known about the clip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What it is.
    pub key: Key,
    /// Its values: one, or several for authors and tags. Never empty, nor is any value.
    pub values: Vec<String>,
    /// Where it was found.
    pub origin: Origin,
}

/// The clipper or convention that a file follows (see the design's table of dialects).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// None that is known.
    #[default]
    Plain,
    /// MaoXian Web Clipper.
    MaoXian,
    /// Obsidian Web Clipper.
    Obsidian,
    /// Defuddle's command line.
    Defuddle,
    /// MarkDownload.
    MarkDownload,
    /// Joplin's Markdown with front matter.
    Joplin,
    /// SimpRead.
    SimpRead,
    /// Readwise.
    Readwise,
    /// Omnivore.
    Omnivore,
    /// Readeck.
    Readeck,
    /// Cubox.
    Cubox,
    /// A script that saves WeChat articles.
    WeChat,
    /// Logseq.
    Logseq,
    /// A blog's source: Hugo, Hexo or Jekyll.
    Blog,
    /// Pandoc.
    Pandoc,
}

/// All that is known about the clip: at most one field a key, in the order of [`Key`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The convention that the file follows.
    pub dialect: Dialect,
    /// What is known.
    pub fields: Vec<Field>,
}

impl Metadata {
    /// The field of that key.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<&Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// Whether the clip's file has a key of that name for something that was found elsewhere.
    #[must_use]
    pub fn fills(&self, key: &str) -> bool {
        let meant = synonyms::meanings(key, self.dialect, false);
        self.fields.iter().any(|f| f.origin.is_inferred() && meant.iter().any(|(key, _)| *key == f.key))
    }

    /// Which key of the file says that, or has room for it as it says nothing; `None` when none does.
    #[must_use]
    pub fn key_of<'a>(&'a self, front_matter: &'a FrontMatter, key: Key) -> Option<&'a str> {
        if let Some(Origin::FrontMatter { key }) = self.get(key).map(|field| &field.origin) {
            return Some(key);
        }
        // What a bare `date` says is only known from its value.
        let rank = |name: &str, saved: bool| {
            synonyms::meanings(name, self.dialect, saved).into_iter().find(|(meant, _)| *meant == key).map(|(_, r)| r)
        };
        let free = front_matter.entries().filter(|entry| stated::values(key, &entry.value, self.dialect).is_empty());
        let meant = free.filter(|entry| !matches!(entry.value, Value::List(_) | Value::Map(_)));
        let ranked =
            meant.filter_map(|entry| Some((rank(&entry.key, false)?.max(rank(&entry.key, true)?), &entry.key)));
        ranked.min_by_key(|(rank, _)| *rank).map(|(_, key)| key.as_str())
    }

    /// What a value of the file says for a key, as [`read`] has it.
    #[must_use]
    pub fn said(&self, key: Key, value: &Value) -> Vec<String> {
        stated::values(key, value, self.dialect)
    }

    /// The first value of that key.
    #[must_use]
    pub fn first(&self, key: Key) -> Option<&str> {
        self.get(key).and_then(|f| f.values.first()).map(String::as_str)
    }
}

/// Reads what the clip says about itself: the front matter first, the body for what it lacks.
#[must_use]
pub fn read(
    document: &Document<'_>,
    front_matter: &FrontMatter,
    blocks: &[Block],
    outline: &Outline,
    options: &Options,
) -> Metadata {
    let edges = lines::edges(document, blocks);
    let signs = dialect::Signs::of(front_matter, &edges, &document.source.text);
    let dialect = signs.dialect();
    let fields = stated::read(front_matter, dialect, &signs);
    let clues =
        recover::Clues { document, front_matter, blocks, outline, options, edges: &edges, signs: &signs, dialect };
    Metadata { dialect, fields: recover::fill(fields, &clues) }
}
