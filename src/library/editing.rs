//! What a person may change of a clip's metadata: as a form has it, and as changes of the clip's file.
//!
//! Start at [`Fields`], then [`Fields::changes`], then [`edited`]. What is not changed is not touched:
//! [`super::export`] writes the lines.

use super::Triage;
use super::export::{Change, ExportError, NewValue, edit_in, status_key};
use crate::clip::front_matter::{self, FrontMatter, Value};
use crate::clip::metadata::{Dialect, Key, Metadata, date};
use crate::clip::{Options, Source, source};

/// What a form has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// The title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The station.
    pub station: Triage,
    /// When it was published, as the file has it or as it is typed.
    pub published: String,
    /// When it was saved, likewise.
    pub saved: String,
}

/// Why a field can't be as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is no date.
    NoDate,
    /// It was found elsewhere in the clip, so that leaving it empty changes nothing.
    Found,
}

impl Fields {
    /// What a clip says, which stands at that station.
    #[must_use]
    pub fn of(metadata: &Metadata, front_matter: &FrontMatter, station: Triage) -> Self {
        let all = |key| metadata.get(key).map(|field| field.values.clone()).unwrap_or_default();
        let first = |key| metadata.first(key).unwrap_or_default().to_owned();
        let day = |key| {
            let stated = metadata.get(key).filter(|field| !field.origin.is_inferred());
            let written = stated.and_then(|_| entry(front_matter, metadata.key_of(front_matter, key)?)?.as_text());
            written.map_or_else(|| first(key), |text| text.trim().to_owned())
        };
        Self {
            title: first(Key::Title),
            authors: all(Key::Author),
            tags: all(Key::Tags),
            station,
            published: day(Key::Published),
            saved: day(Key::Saved),
        }
    }

    /// What it has for a key, without blanks.
    fn values(&self, key: Key) -> Vec<String> {
        let values = match key {
            Key::Author => self.authors.as_slice(),
            Key::Tags => self.tags.as_slice(),
            Key::Published => std::slice::from_ref(&self.published),
            Key::Saved => std::slice::from_ref(&self.saved),
            _ => std::slice::from_ref(&self.title),
        };
        let trimmed = values.iter().map(|value| value.trim());
        trimmed.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// The changes of a clip's file after which it says this.
    ///
    /// # Errors
    /// The fields that can't be so, and why.
    pub fn changes(&self, metadata: &Metadata, front_matter: &FrontMatter) -> Result<Vec<Change>, Vec<(Key, Flaw)>> {
        let before = Self::of(metadata, front_matter, self.station);
        let (mut changes, mut flaws) = (Vec::new(), Vec::new());
        for key in [Key::Title, Key::Author, Key::Tags, Key::Published, Key::Saved] {
            let (meant, said) = (self.values(key), before.values(key));
            if meant == said {
                continue;
            }
            if meant.is_empty() && metadata.get(key).is_some_and(|field| field.origin.is_inferred()) {
                flaws.push((key, Flaw::Found));
                continue;
            }
            let is_day = matches!(key, Key::Published | Key::Saved);
            match meant.iter().map(|text| day(text)).collect::<Option<Vec<_>>>() {
                Some(days) if is_day => changes.push(change(metadata, front_matter, key, &days)),
                None if is_day => flaws.push((key, Flaw::NoDate)),
                _ => changes.push(change(metadata, front_matter, key, &meant)),
            }
        }
        let status = metadata.first(Key::Status).unwrap_or_default();
        if Triage::of_status(status) != self.station {
            let value = NewValue::Scalar(self.station.name().to_owned());
            changes.push(Change { key: status_key(front_matter).to_owned(), value });
        }
        if flaws.is_empty() { Ok(changes) } else { Err(flaws) }
    }
}

fn entry<'a>(front_matter: &'a FrontMatter, key: &str) -> Option<&'a Value> {
    let of_key = front_matter.entries().filter(|entry| entry.key == key);
    of_key.map(|entry| &entry.value).min_by_key(|value| **value == Value::Empty)
}

/// A date as it is written: as it was typed when other programs read it so, else in ISO 8601.
fn day(typed: &str) -> Option<String> {
    let iso = date::iso(typed)?;
    let is_usual = iso.get(..10).is_none_or(|day| typed.starts_with(day)) && typed.starts_with(iso.get(..4)?);
    Some(if is_usual { typed.to_owned() } else { iso })
}

/// The key that is to say it: the file's own, else the one that most programs know.
fn change(metadata: &Metadata, front_matter: &FrontMatter, key: Key, values: &[String]) -> Change {
    let own = metadata.key_of(front_matter, key);
    let name = own.unwrap_or(match key {
        Key::Saved if matches!(metadata.dialect, Dialect::Blog | Dialect::Pandoc) => "saved",
        Key::Saved => "created",
        key => key.name(),
    });
    let before = own.and_then(|name| entry(front_matter, name));
    let values = as_written(metadata, key, before, values);
    let is_list = matches!(before, Some(Value::List(_))) || key == Key::Tags || values.len() > 1;
    let value = if is_list { NewValue::List(values) } else { NewValue::Scalar(values.concat()) };
    Change { key: name.to_owned(), value }
}

/// Values as the file writes them: those that stay as they stand, new ones in the marks that all have.
fn as_written(metadata: &Metadata, key: Key, before: Option<&Value>, values: &[String]) -> Vec<String> {
    let there: Vec<&Value> = match before {
        Some(Value::List(items)) => items.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let all_have = |mark: &str| there.iter().all(|value| value.as_text().is_some_and(|text| text.starts_with(mark)));
    let written = |value: &String| {
        let same = there.iter().find(|there| matches!(metadata.said(key, there).as_slice(), [one] if one == value));
        match same.and_then(|same| same.as_text()) {
            Some(text) => text.to_owned(),
            None if !there.is_empty() && all_have("[[") => format!("[[{value}]]"),
            None if key == Key::Tags && !there.is_empty() && all_have("#") => format!("#{value}"),
            None => value.clone(),
        }
    };
    values.iter().map(written).collect()
}

/// A file that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// All of it.
    pub bytes: Vec<u8>,
    /// Whether it had to be written anew in UTF-8, as its own encoding can't hold what is new.
    pub recoded: bool,
}

/// The file with those changes, read in the encoding that the reader chose.
///
/// # Errors
/// When it can't be changed without harm: its front matter would be worse than before.
pub fn edited(bytes: &[u8], encoding: Option<&str>, changes: &[Change]) -> Result<Edited, ExportError> {
    let before = Read::new(bytes, encoding);
    for change in changes {
        before.may_change(change)?;
    }
    let (bytes, recoded) = match edit_in(bytes, encoding, changes) {
        Err(ExportError::NotAscii { .. } | ExportError::Utf16(_)) if before.is_whole => {
            (edit_in(before.source.text.as_bytes(), Some("utf-8"), changes)?, true)
        }
        other => (other?, false),
    };
    let after = Read::new(&bytes, if recoded { None } else { encoding });
    match changes.first() {
        Some(first) if after.problems > before.problems => Err(ExportError::Misread(first.key.clone())),
        _ => Ok(Edited { bytes, recoded }),
    }
}

/// A file and its front matter.
struct Read {
    source: Source,
    front_matter: FrontMatter,
    /// Whether all its bytes could be read.
    is_whole: bool,
    /// What is wrong with its front matter.
    problems: usize,
}

impl Read {
    fn new(bytes: &[u8], encoding: Option<&str>) -> Self {
        let (mut of_bytes, mut of_block) = (Vec::new(), Vec::new());
        let options = Options { encoding: encoding.map(str::to_owned), ..Options::default() };
        let source = source::decode(bytes, &options, &mut of_bytes);
        let (front_matter, _) = front_matter::read(&source, &mut of_block);
        let is_whole = of_bytes.iter().all(|found| found.code != "encoding" && found.code != "binary");
        Self { source, front_matter, is_whole, problems: of_block.len() }
    }

    /// What is nested below a key is more than a form knows: it would be lost.
    fn may_change(&self, change: &Change) -> Result<(), ExportError> {
        let is_nested = |value: &Value| matches!(value, Value::Map(_) | Value::List(_));
        let holds_more = match entry(&self.front_matter, &change.key) {
            Some(Value::List(items)) => items.iter().any(is_nested),
            Some(value) => is_nested(value),
            None => false,
        };
        if holds_more { Err(ExportError::Place(change.key.clone())) } else { Ok(()) }
    }
}

/// The separators of a list that is typed; a semicolon leaves the commas to what it parts.
#[must_use]
pub fn parted(typed: &str) -> Vec<String> {
    let separators: &[char] = if typed.contains([';', '；']) { &[';', '；'] } else { &[',', '，', '、'] };
    let mut parts: Vec<String> = Vec::new();
    for part in typed.split(separators).map(|part| part.trim().trim_start_matches('#').trim_start()) {
        if !part.is_empty() && !parts.iter().any(|known| known == part) {
            parts.push(part.to_owned());
        }
    }
    parts
}

/// A list as it is typed: [`parted`] gives it back.
#[must_use]
pub fn joined(values: &[String]) -> String {
    let has_comma = values.iter().any(|value| value.contains([',', '，', '、']));
    match values {
        [one] if has_comma => format!("{one};"),
        many => many.join(if has_comma { "; " } else { ", " }),
    }
}
