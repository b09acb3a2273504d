//! A clip's own file again, with what the reader changed: some lines of its front matter are new,
//! all other bytes are the file's.
//!
//! Start at [`edit`]. [`place`] maps the decoded text to the file's bytes, [`yaml`], [`fresh`], [`toml`]
//! and [`property`] find what to replace, [`quote`] and [`flow`] write values. What was written is read
//! back by the reader of clips before it is given out: a file that would say something else is an
//! error, never a result. [`names`] names the files of many clips, [`layout()`] says where they and their
//! pictures stand in a folder. Nothing here writes a file.

mod flow;
mod fresh;
mod layout;
mod names;
pub mod page;
mod place;
mod property;
mod quote;
mod toml;
mod yaml;

use std::ops::Range;

use crate::clip::front_matter::{Format, FrontMatter, Value};
use place::Text;

pub use layout::{Held, Layout, Meant, layout};
pub use names::{Named, file_names};

/// One key that is to have another value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The key as the file has it, or a new one.
    pub key: String,
    /// Its new value.
    pub value: NewValue,
}

/// What a key is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewValue {
    /// One text.
    Scalar(String),
    /// A list of texts; blank ones are left out.
    List(Vec<String>),
    /// Nothing: the key goes away.
    Remove,
}

/// Why a file could not be changed in place. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Two bytes a character: nothing of it is ASCII.
    #[error("The file is encoded as {0}, which cannot be changed line by line. Export it as UTF-8.")]
    Utf16(String),
    /// Characters that only UTF-8 is sure to have.
    #[error(
        "The new value of `{key}` has characters that cannot be written in the file's encoding, {encoding}. Export it as UTF-8."
    )]
    NotAscii {
        /// The key.
        key: String,
        /// The encoding of the file.
        encoding: String,
    },
    /// A syntax in which nothing is changed.
    #[error("The front matter is written as {0}, in which values cannot be changed here. Change it in a text editor.")]
    Syntax(&'static str),
    /// A key that does not stand at the beginning of a line, or among other things.
    #[error("The value of `{0}` stands where it cannot be changed without its neighbours. Change it in a text editor.")]
    Place(String),
    /// A text that cannot be a key.
    #[error("`{0}` cannot be a key of the front matter. Use one line of at most 200 letters, without quotes.")]
    Key(String),
    /// The changed file would not say what it should.
    #[error("With the new value of `{0}` the front matter would say something else. Change it in a text editor.")]
    Misread(String),
}

/// Some bytes of the text that are replaced.
struct Edit {
    range: Range<usize>,
    with: String,
}

impl Edit {
    fn new(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }
}

/// The file with those keys changed, one after the other, and not a byte else.
///
/// # Errors
/// An [`ExportError`] when that cannot be done; the file is as good as before then.
pub fn edit(bytes: &[u8], changes: &[Change]) -> Result<Vec<u8>, ExportError> {
    edit_in(bytes, None, changes)
}

/// The same for a file that is read in an encoding that the reader chose.
///
/// # Errors
/// An [`ExportError`] when that cannot be done; the file is as good as before then.
pub fn edit_in(bytes: &[u8], encoding: Option<&str>, changes: &[Change]) -> Result<Vec<u8>, ExportError> {
    if changes.is_empty() {
        return Ok(bytes.to_vec());
    }
    let mut text = Text::read(bytes.to_vec(), encoding.map(str::to_owned))?;
    for change in changes {
        let change = Change { key: change.key.clone(), value: tidied(&change.value) };
        text = changed(text, &change)?;
    }
    Ok(text.bytes)
}

/// The value without the blanks that no reader of front matter keeps.
fn tidied(value: &NewValue) -> NewValue {
    match value {
        NewValue::Scalar(text) => NewValue::Scalar(text.trim().to_owned()),
        NewValue::List(items) => {
            let items = items.iter().map(|item| item.trim());
            NewValue::List(items.filter(|item| !item.is_empty()).map(str::to_owned).collect())
        }
        NewValue::Remove => NewValue::Remove,
    }
}

/// The place in a file of the entry that a change is about.
struct Target<'a> {
    text: &'a Text,
    /// Its number among the entries; `None` for a new key.
    index: Option<usize>,
    change: &'a Change,
}

fn changed(before: Text, change: &Change) -> Result<Text, ExportError> {
    let entries = || before.front_matter.entries().enumerate().filter(|(_, entry)| entry.key == change.key);
    if change.value == NewValue::Remove {
        return removed(before, change);
    }
    // Of a key that stands there twice, the first that has a value counts.
    let counts = entries().find(|(_, entry)| entry.value != Value::Empty).or_else(|| entries().next());
    if counts.is_some_and(|(_, entry)| !entry.raw && says(&entry.value, &change.value, before.format())) {
        return Ok(before);
    }
    let index = counts.map(|(index, _)| index);
    let edits = edits(&Target { text: &before, index, change })?;
    let after = before.with(edits, &change.key)?;
    let is_right = match index {
        Some(index) => is_as_before(&before.front_matter, &after.front_matter, Some((index, change))),
        None => is_added(&before.front_matter, &after.front_matter, change),
    };
    if is_right { Ok(after) } else { Err(ExportError::Misread(change.key.clone())) }
}

/// Takes a key away as often as it stands there, the last one first.
fn removed(mut text: Text, change: &Change) -> Result<Text, ExportError> {
    while let Some(index) = last_of(&text, &change.key) {
        let edits = edits(&Target { text: &text, index: Some(index), change })?;
        let after = text.with(edits, &change.key)?;
        let mut expected = text.front_matter.clone();
        take(&mut expected, index);
        // The label of a group goes when its only key does, so groups are not compared.
        if !is_as_before(&expected, &after.front_matter, None) {
            return Err(ExportError::Misread(change.key.clone()));
        }
        text = after;
    }
    Ok(text)
}

fn last_of(text: &Text, key: &str) -> Option<usize> {
    let entries = text.front_matter.entries().enumerate();
    entries.filter(|(_, entry)| entry.key == key).last().map(|(index, _)| index)
}

/// Takes the entry of that number out.
fn take(front_matter: &mut FrontMatter, index: usize) {
    let mut left = index;
    for group in &mut front_matter.groups {
        if left < group.entries.len() {
            group.entries.remove(left);
            return;
        }
        left -= group.entries.len();
    }
}

fn edits(target: &Target<'_>) -> Result<Vec<Edit>, ExportError> {
    match target.text.format() {
        Format::Yaml => yaml::edits(target),
        Format::Toml => toml::edits(target),
        Format::Properties => property::edits(target),
        Format::Json => Err(ExportError::Syntax("JSON")),
        Format::Percent => Err(ExportError::Syntax("a title block of Pandoc")),
        Format::None => fresh::block(target).map(|block| vec![Edit::new(0..0, block)]),
    }
}

/// Whether all entries are what they were, but for the one that was changed. In a block that was
/// damaged before, the change may have mended what stood beside it.
fn is_as_before(before: &FrontMatter, after: &FrontMatter, but: Option<(usize, &Change)>) -> bool {
    let was_damaged = before.entries().any(|entry| entry.raw);
    before.entries().count() == after.entries().count()
        && before.entries().zip(after.entries()).enumerate().all(|(index, (old, new))| {
            let is_right = match but {
                Some((changed, change)) if changed == index => says(&new.value, &change.value, after.format),
                _ => old.value == new.value || was_damaged,
            };
            old.key == new.key && is_right
        })
}

fn is_added(before: &FrontMatter, after: &FrontMatter, change: &Change) -> bool {
    let Some(index) = after.entries().position(|entry| entry.key == change.key) else { return false };
    let is_right = after.entries().nth(index).is_some_and(|e| says(&e.value, &change.value, after.format));
    let mut others = after.clone();
    take(&mut others, index);
    is_right && is_as_before(before, &others, None)
}

/// Whether a value that was read is the one that was meant.
fn says(value: &Value, meant: &NewValue, format: Format) -> bool {
    match (value, meant) {
        (Value::Empty, NewValue::Scalar(text)) => text.is_empty(),
        (_, NewValue::Scalar(text)) => value.as_text() == Some(text),
        (Value::Empty, NewValue::List(items)) => items.is_empty(),
        (Value::List(values), NewValue::List(items)) => {
            values.len() == items.len()
                && values.iter().zip(items).all(|(value, item)| value.as_text() == Some(item.as_str()))
        }
        // Properties know no lists, only commas.
        (_, NewValue::List(items)) => {
            format == Format::Properties && value.as_text() == Some(items.join(", ").as_str())
        }
        (_, NewValue::Remove) => false,
    }
}

/// Which key of a file holds the clip's status; `status` when none does.
#[must_use]
pub fn status_key(front_matter: &FrontMatter) -> &str {
    // Best first, as the reader of the metadata has them.
    const NAMES: [&str; 6] = ["status", "state", "状态", "completed?", "read", "draft"];
    let is_named = |key: &str, name: &str| {
        let plain = key.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase);
        plain.eq(name.chars())
    };
    let holds = |name: &&str| {
        let mut entries = front_matter.entries().filter(|entry| is_named(&entry.key, name));
        entries.find(|entry| !matches!(entry.value, Value::List(_) | Value::Map(_))).map(|entry| entry.key.as_str())
    };
    NAMES.iter().find_map(holds).unwrap_or("status")
}
