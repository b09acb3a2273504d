//! What to replace among the properties at the head of a page of Logseq: `key:: value`, a line each.

use super::{Edit, ExportError, NewValue, Target};
use crate::clip::source::lines;

/// The edits of one change.
pub(super) fn edits(target: &Target<'_>) -> Result<Vec<Edit>, ExportError> {
    let text = target.text;
    let key = &target.change.key;
    let value = match &target.change.value {
        NewValue::Scalar(new) => Some(new.clone()),
        NewValue::List(items) => Some(items.join(", ")),
        NewValue::Remove => None,
    };
    // A property ends with its line.
    if value.as_ref().is_some_and(|value| value.contains(['\n', '\r'])) {
        return Err(ExportError::Place(key.clone()));
    }
    let block = text.block();
    let Some(entry) = target.index.and_then(|index| text.front_matter.entries().nth(index)) else {
        let all = lines(text.get(block.clone()), block.start);
        let last = all.last().map_or("", |line| line.text);
        // In a block with a bullet, further properties are indented.
        let indent =
            if last.starts_with("- ") { "  " } else { last.get(..last.len() - last.trim_start().len()).unwrap_or("") };
        let line = format!("{indent}{key}:: {}", value.unwrap_or_default());
        let newline = text.newline();
        let is_open = text.get(0..block.end).ends_with(|c| !matches!(c, '\n' | '\r'));
        let with = if is_open { format!("{newline}{line}") } else { format!("{line}{newline}") };
        return Ok(vec![Edit::new(block.end..block.end, with)]);
    };
    let line = text.get(entry.span.start..entry.span.end);
    let Some(value) = value else {
        let next = lines(text.get(entry.span.start..block.end), entry.span.start).next();
        return Ok(vec![Edit::new(entry.span.start..next.map_or(entry.span.end, |line| line.next), "")]);
    };
    let at = line.find("::").map(|at| entry.span.start + at + 2).ok_or_else(|| ExportError::Place(key.clone()))?;
    let behind = text.get(at..entry.span.end);
    let start = at + (behind.len() - behind.trim_start().len());
    Ok(vec![if start == at {
        Edit::new(at..entry.span.end, format!(" {value}"))
    } else {
        Edit::new(start..start + behind.trim().len(), value)
    }])
}
