//! The block at the head of a file, as the file has it: its order, its groups, its unknown keys.
//!
//! Start at [`read`]. [`fence`] finds the block, [`split`] cuts it into keys, and each syntax has
//! its reader: [`yaml`] (strict first, then [`rescue`] key by key), [`toml`], [`json`],
//! [`lines`] (Logseq and Pandoc). [`limits`] says how much is read at all; [`tree`] makes our
//! values of any serde format; [`typed`] tells dates and links from words.
//!
//! Nothing here decides what a key *means*: that is [`super::metadata`].

mod fence;
mod json;
mod limits;
mod lines;
mod problem;
mod rescue;
mod split;
mod toml;
mod tree;
mod typed;
mod yaml;

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Source, Span};
pub(crate) use json::object as json_object;
use problem::Problems;

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

impl Value {
    /// The words of a scalar as written; `None` for lists, maps and nothing.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Link(text) => Some(text),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Empty | Self::List(_) | Self::Map(_) => None,
        }
    }
}

/// Reads the block and returns it with the byte offset at which the body starts.
pub fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> (FrontMatter, usize) {
    let mut problems = Problems::new(source);
    let found = fence::find(source, &mut problems).map(|block| {
        let groups = match block.format {
            Format::Yaml => yaml::read(source, block.content.clone(), &mut problems),
            Format::Toml => toml::read(source, block.content.clone(), &mut problems),
            Format::Json => json::read(source, block.content.clone(), &mut problems),
            Format::Properties => lines::properties(source, block.content.clone()),
            Format::Percent => lines::percent(source, block.content.clone()),
            Format::None => Vec::new(),
        };
        let front_matter = FrontMatter {
            format: block.format,
            raw: source.text.get(block.whole.clone()).unwrap_or("").to_owned(),
            groups,
        };
        (front_matter, block.whole.end)
    });
    diagnostics.extend(problems.into_diagnostics());
    found.unwrap_or_default()
}
