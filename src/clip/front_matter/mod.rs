//! The block at the head of a file, as the file has it: its order, its groups, its unknown keys.
//!
//! The only file that names `serde_yaml`.

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Source, Span};

/// The syntax that the block is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// There is no block.
    #[default]
    None,
    /// `---` … `---` or `...`.
    Yaml,
    /// `+++` … `+++` (Hugo).
    Toml,
    /// `{` … `}` (Hugo) or `;;;` (Hexo).
    Json,
    /// `key:: value` lines (Logseq).
    Properties,
    /// `% title` lines (Pandoc).
    Percent,
}

/// What a key holds. Text is as the source writes it, after unquoting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// Nothing: `key:`, `key: ''`, `key: []`, `key: null`.
    Empty,
    /// Words.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `true` or `false`.
    Bool(bool),
    /// A date or a date with a time, as written; [`super::metadata::date`] reads it.
    Date(String),
    /// An absolute `http`, `https` or `mailto` address.
    Link(String),
    /// A sequence.
    List(Vec<Value>),
    /// A mapping, in the order of the file.
    Map(Vec<(String, Value)>),
}

/// One key of the block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Where the entry stands (its whole lines).
    pub span: Span,
    /// Whether the value could not be parsed and is shown as it stands.
    pub raw: bool,
}

/// Entries below one comment line (`# Label`), or before the first one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The comment's words; `None` for entries before any comment.
    pub label: Option<String>,
    /// The entries in the order of the file.
    pub entries: Vec<Entry>,
}

/// The block at the head of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Its syntax.
    pub format: Format,
    /// The block as it stands, fences included; empty when there is none.
    pub raw: String,
    /// Its entries, grouped as the file groups them.
    pub groups: Vec<Group>,
}

impl FrontMatter {
    /// All entries in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.groups.iter().flat_map(|g| &g.entries)
    }
}

/// Reads the block and returns it with the byte offset at which the body starts.
pub fn read(_source: &Source, _diagnostics: &mut Vec<Diagnostic>) -> (FrontMatter, usize) {
    (FrontMatter::default(), 0)
}
