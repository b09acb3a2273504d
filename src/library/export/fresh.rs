//! Keys of YAML that are new: a line below the last key, in the style of the file, or a whole block.
//!
//! Start at [`added`].

use super::yaml::Found;
use super::{Edit, ExportError, NewValue, Target, quote};
use crate::clip::front_matter::Value;
use crate::clip::source::lines;

/// The longest key, in bytes.
const LONGEST_KEY: usize = 200;

/// How Obsidian indents the items of a list: for files that have no list yet.
pub(super) const ITEM: &str = "  - ";

/// A whole block for a file that has none.
pub(super) fn block(target: &Target<'_>) -> Result<String, ExportError> {
    let newline = target.text.newline();
    let lines = new_lines(target, "", Some(ITEM))?;
    Ok(format!("---{newline}{lines}---{newline}"))
}

/// A new key below the last one.
pub(super) fn added(target: &Target<'_>) -> Result<Vec<Edit>, ExportError> {
    let text = target.text;
    let content = text.content();
    let first = lines(text.get(content.clone()), content.start)
        .map(|line| line.text)
        .find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .unwrap_or_default();
    if first.starts_with(['{', '!', '&']) {
        return Err(ExportError::Place(target.change.key.clone()));
    }
    let indent = first.get(..first.len() - first.trim_start_matches(' ').len()).unwrap_or_default();
    let habit = (0..text.front_matter.entries().count())
        .find_map(|index| Found::of(target, index).ok().filter(|found| matches!(found.entry.value, Value::List(_))));
    let item = match &habit {
        Some(found) => found.marker(),
        None => Some(ITEM),
    };
    let mut with = new_lines(target, indent, item)?;
    let is_open = text.get(0..content.end).ends_with(|c| !matches!(c, '\n' | '\r'));
    if is_open {
        // The file ended without a line ending, and so it does again.
        let line = with.trim_end_matches(['\n', '\r']).len();
        with.truncate(line);
        with.insert_str(0, text.newline());
    }
    Ok(vec![Edit::new(content.end..content.end, with)])
}

/// The lines of a new key; `item` begins the items of a list, which else is in brackets.
fn new_lines(target: &Target<'_>, indent: &str, item: Option<&str>) -> Result<String, ExportError> {
    let newline = target.text.newline();
    let mut found = format!("{indent}{}:", key(&target.change.key)?);
    match (&target.change.value, item) {
        (NewValue::Scalar(text), _) if text.is_empty() => {}
        (NewValue::Scalar(text), _) => {
            found.push(' ');
            found.push_str(&quote::yaml(text, "", false));
        }
        (NewValue::List(items), Some(item)) if !items.is_empty() => {
            for text in items {
                let text = quote::yaml(text, "", false);
                for part in [newline, indent, item.trim_start_matches(indent_of(indent)), &text] {
                    found.push_str(part);
                }
            }
        }
        (NewValue::List(items), _) => {
            found.push(' ');
            found.push_str(&in_brackets(items));
        }
        (NewValue::Remove, _) => return Ok(String::new()),
    }
    found.push_str(newline);
    Ok(found)
}

/// What the items of a list have before them already when all keys are indented.
pub(super) fn indent_of(indent: &str) -> &str {
    if indent.is_empty() { "\0" } else { indent }
}

pub(super) fn in_brackets(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quote::yaml(item, "", true)).collect();
    format!("[{}]", items.join(", "))
}

/// A new key as it is written.
fn key(key: &str) -> Result<String, ExportError> {
    let is_one = key.trim() == key && (1..=LONGEST_KEY).contains(&key.len()) && !key.contains(['"', '\'', '\\']);
    if !is_one || key.chars().any(char::is_control) {
        return Err(ExportError::Key(key.to_owned()));
    }
    let is_plain = quote::is_plain(key, true) && !key.contains('：');
    Ok(if is_plain { key.to_owned() } else { quote::double(key) })
}
