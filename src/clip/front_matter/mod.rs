//! The block at the head of a file, as the file has it: its order, its groups, its unknown keys.
//!
//! [`yaml`] alone names the YAML parser; [`lines`] cuts a block at its keys, [`value`] types scalars.

mod lines;
mod value;
mod yaml;

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Severity, Source, Span};

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
///
/// A block opens with `---` on the first line that is not blank and closes with `---` or `...`. A
/// rule of three dashes before ordinary text is no block: the first lines must hold a key. When
/// the closing line is missing, the block ends before the first line that can't belong to it.
pub fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> (FrontMatter, usize) {
    let text = source.text.as_str();
    let blank = text.len() - text.trim_start().len();
    let rest = text.get(blank..).unwrap_or_default();
    let first = rest.lines().next().unwrap_or_default();
    if first.trim_end() != "---" {
        return (FrontMatter::default(), 0);
    }
    let start = blank + line_length(rest);
    if is_text_after_a_rule(text.get(start..).unwrap_or_default()) {
        return (FrontMatter::default(), 0);
    }
    let Some((end, body)) = closing(text, start).or_else(|| unclosed(source, start, diagnostics)) else {
        return (FrontMatter::default(), 0);
    };
    let groups = yaml::read(source, start, end, diagnostics);
    if groups.iter().all(|g| g.entries.is_empty()) && !text.get(start..end).unwrap_or_default().trim().is_empty() {
        return (FrontMatter::default(), 0);
    }
    let raw = text.get(blank..body).unwrap_or_default().trim_end().to_owned();
    (FrontMatter { format: Format::Yaml, raw, groups }, body)
}

/// Whether what follows the three dashes is text with a rule above it: a blank line comes first,
/// and then no line that is plainly a key.
fn is_text_after_a_rule(text: &str) -> bool {
    let blank_first = text.lines().next().is_some_and(|line| line.trim().is_empty());
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let key = lines::key_of(first).is_some_and(|(key, _)| !key.contains(' '));
    blank_first && !key && !first.starts_with('#')
}

/// The length of the first line, its end included.
fn line_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}

/// Where the block ends and the body starts, when a closing line is there.
fn closing(text: &str, start: usize) -> Option<(usize, usize)> {
    let mut at = start;
    let mut keys = 0;
    while at < text.len() {
        let rest = text.get(at..)?;
        let line = rest.get(..line_length(rest))?;
        if matches!(line.trim_end(), "---" | "...") {
            return (keys > 0).then_some((at, at + line.len()));
        }
        keys += usize::from(lines::key_of(line.trim_end()).is_some());
        at += line.len();
    }
    None
}

/// A block without its closing line ends before the first blank line, heading or long line of
/// text after at least one key.
fn unclosed(source: &Source, start: usize, diagnostics: &mut Vec<Diagnostic>) -> Option<(usize, usize)> {
    let text = source.text.get(start..)?;
    let mut at = start;
    let mut keys = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let belongs = lines::key_of(content).is_some()
            || content.starts_with([' ', '\t', '-'])
            || (content.starts_with('#') && keys == 0);
        if content.is_empty() || !belongs {
            break;
        }
        keys += usize::from(lines::key_of(content).is_some());
        at += line.len();
    }
    if keys == 0 {
        return None;
    }
    let found = Diagnostic::new("front-matter-not-closed", Severity::Warning, "The front matter has no closing line.");
    diagnostics.push(found.at(source.span(at..at)).hint("Put a line with three dashes (---) after the last key."));
    Some((at, at))
}
