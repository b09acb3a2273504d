//! What to replace in a block of TOML: the value of a key above the first table, in its style.
//!
//! Start at [`edits`]. Which bytes are the value is what [`crate::clip::front_matter`] says.

use std::ops::Range;

use super::{Edit, ExportError, NewValue, Target, flow, quote};
use crate::clip::front_matter::{Entry, Value};
use crate::clip::source::lines;

/// The edits of one change.
pub(super) fn edits(target: &Target<'_>) -> Result<Vec<Edit>, ExportError> {
    match target.index.and_then(|index| target.text.front_matter.entries().nth(index)) {
        Some(entry) => replaced(target, entry),
        None => added(target),
    }
}

fn is_table(target: &Target<'_>, entry: &Entry) -> bool {
    target.text.get(entry.span.start..entry.span.end).trim_start().starts_with('[')
}

fn replaced(target: &Target<'_>, entry: &Entry) -> Result<Vec<Edit>, ExportError> {
    let text = target.text;
    let whole = text.get(entry.span.start..entry.span.end);
    let sign = whole.find('=').filter(|_| !is_table(target, entry));
    let sign = sign.ok_or_else(|| ExportError::Place(entry.key.clone()))?;
    let behind = whole.get(sign + 1..).unwrap_or_default();
    let start = entry.span.end - behind.trim_start_matches([' ', '\t']).len();
    let value = start..start + behind.trim().len();
    let old = text.get(value.clone());
    let with = match &target.change.value {
        NewValue::Remove => {
            let line = text.source.line_start(entry.span.line);
            let rest = text.get(entry.span.end..text.content().end);
            let next = lines(rest, entry.span.end).next().map_or(entry.span.end, |line| line.next);
            return Ok(vec![Edit::new(line..next, "")]);
        }
        NewValue::Scalar(new) => quote::toml(new, old),
        NewValue::List(items) if old.starts_with('[') => brackets(entry, old, items),
        NewValue::List(items) => list(items),
    };
    Ok(vec![Edit::new(value, with)])
}

/// A list with other items; those that stay are written as they were.
fn brackets(entry: &Entry, old: &str, items: &[String]) -> String {
    let inner = old.get(1..old.len().saturating_sub(1)).unwrap_or_default();
    let ranges = flow::items(inner);
    let raw = |range: &Range<usize>| inner.get(range.clone()).unwrap_or_default();
    let values = match &entry.value {
        Value::List(values) if values.len() == ranges.len() => values.as_slice(),
        _ => &[],
    };
    let style = ranges.last().map(raw).filter(|raw| raw.starts_with('\'')).unwrap_or_default();
    let new: Vec<String> = items
        .iter()
        .map(|item| {
            let kept = ranges.iter().zip(values).find(|(_, value)| value.as_text() == Some(item.as_str()));
            kept.map_or_else(|| quote::toml(item, style), |(range, _)| raw(range).to_owned())
        })
        .collect();
    format!("[{}]", flow::rebuilt(inner, &ranges, &new))
}

fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quote::double(item)).collect();
    format!("[{}]", items.join(", "))
}

/// A new key below the last one that belongs to no table.
fn added(target: &Target<'_>) -> Result<Vec<Edit>, ExportError> {
    let text = target.text;
    let content = text.content();
    let key = &target.change.key;
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if key.is_empty() || key.trim() != key || key.contains(['"', '\'', '\\', '=']) || key.contains(char::is_control) {
        return Err(ExportError::Key(key.clone()));
    }
    let key = if key.chars().all(is_bare) { key.clone() } else { format!("\"{key}\"") };
    let value = match &target.change.value {
        NewValue::Scalar(new) => quote::double(new),
        NewValue::List(items) => list(items),
        NewValue::Remove => return Ok(Vec::new()),
    };
    let last = text.front_matter.entries().take_while(|entry| !is_table(target, entry)).last();
    let at = last.map_or(content.start, |entry| {
        let rest = lines(text.get(entry.span.end..content.end), entry.span.end).next();
        rest.map_or(content.end, |line| line.next)
    });
    let newline = text.newline();
    let is_open = text.get(0..at).ends_with(|c| !matches!(c, '\n' | '\r'));
    let line = if is_open { format!("{newline}{key} = {value}") } else { format!("{key} = {value}{newline}") };
    Ok(vec![Edit::new(at..at, line)])
}
