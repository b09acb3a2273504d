//! JSON: an object at the head of a file (Hugo), or its inside before `;;;` (Hexo).

use std::cell::Cell;
use std::ops::Range;

use serde::de::DeserializeSeed;

use super::fence::Block;
use super::problem::Problems;
use super::rescue;
use super::split::split;
use super::tree::{Pairs, Seed};
use super::{Entry, Format, Group, Value, limits};
use crate::{Severity, Source};

/// Finds an object at byte `start`: it must hold a quoted key and end on a line's end.
pub(super) fn block(source: &Source, start: usize) -> Option<Block> {
    let text = source.text.get(start..)?;
    if !text.get(1..)?.trim_start().starts_with('"') {
        return None;
    }
    let mut objects = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    let length = match objects.next() {
        Some(Ok(_)) => objects.byte_offset(),
        // A broken object still ends at the first line that closes it.
        _ => source.lines_from(start).find(|line| line.text.trim_end() == "}")?.end() - start,
    };
    let end = start + length;
    let rest = source.lines_from(end).next();
    if rest.is_some_and(|line| !line.is_blank()) {
        return None;
    }
    Some(Block { format: Format::Json, content: start..end, whole: start..rest.map_or(end, |line| line.next) })
}

/// Reads the object.
pub(super) fn read(source: &Source, content: Range<usize>, problems: &mut Problems<'_>) -> Vec<Group> {
    let text = source.text.get(content.clone()).unwrap_or("").trim();
    // Hexo leaves the braces out.
    let wrapped = if text.starts_with('{') { text.to_owned() } else { format!("{{{}}}", text.trim_end_matches(',')) };
    match parsed(&wrapped) {
        Ok(Value::Map(pairs)) => {
            let mut from = content.start;
            let entries = pairs
                .into_iter()
                .map(|(key, value)| {
                    let place = place(source, &key, from, content.end);
                    from = place.end;
                    Entry { span: source.span(place), key, value, raw: false }
                })
                .collect();
            vec![Group { label: None, entries }]
        }
        Ok(_) => Vec::new(),
        Err(error) => {
            problems.tell(
                "front-matter-bad-json",
                Severity::Warning,
                content.clone(),
                format!("The JSON of the front matter cannot be read: {error}."),
                "Each line is read alone; check commas and quotes.",
            );
            by_line(source, &content, problems)
        }
    }
}

/// Reads an object that is a file of its own; `None` when it is none.
pub(crate) fn object(text: &str) -> Option<Pairs> {
    match parsed(text) {
        Ok(Value::Map(pairs)) => Some(pairs),
        _ => None,
    }
}

fn parsed(text: &str) -> Result<Value, serde_json::Error> {
    if text.len() > limits::PARSED_BYTES {
        return Err(serde::de::Error::custom("it is too long"));
    }
    let left = Cell::new(limits::VALUES);
    Seed { left: &left }.deserialize(&mut serde_json::Deserializer::from_str(text))
}

/// The line on which a key stands, looked for from where the last one stood.
fn place(source: &Source, key: &str, from: usize, end: usize) -> Range<usize> {
    let quoted = format!("\"{key}\"");
    let found = source.text.get(from..end).and_then(|text| text.find(&quoted)).map_or(from, |at| from + at);
    let line_end =
        source.text.get(found..end).and_then(|text| text.find(['\n', '\r'])).map_or(end, |length| found + length);
    found..line_end
}

/// Lines like `"key": value,` read one by one.
fn by_line(source: &Source, content: &Range<usize>, problems: &mut Problems<'_>) -> Vec<Group> {
    let mut pieces = Vec::new();
    for line in crate::source::lines(source.text.get(content.clone()).unwrap_or(""), content.start) {
        let trimmed = line.text.trim().trim_end_matches(',');
        let indent = line.text.len() - line.text.trim_start().len();
        if pieces.len() < limits::ENTRIES {
            pieces.extend(split(trimmed, line.start + indent));
        }
    }
    if pieces.len() >= limits::ENTRIES {
        problems.too_many_keys(content.clone());
    }
    pieces.retain(|piece| matches!(piece, super::split::Piece::Key(_)));
    rescue::read(source, &pieces, problems)
}
