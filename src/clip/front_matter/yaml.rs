//! YAML front matter; the only file that names `serde_yaml`.
//!
//! serde_yaml is archived upstream and quadratic in `[`, so its input is bounded first: at most
//! [`MAX_BYTES`], at most [`MAX_FLOW_DEPTH`] open brackets, no more than [`MAX_NODES`] values.
//! Then the block is parsed strictly, as a whole; when that fails, key by key, and what still
//! fails is shown as it stands. Either way the file's own order, groups and spelling are kept:
//! scalars are what the source says, not what YAML would make of them.

use serde_yaml::Value as Yaml;

use super::lines::{Chunk, chunks};
use super::value::{scalar, typed};
use super::{Entry, Group, Value};
use crate::clip::{Diagnostic, Severity, Source};

/// The longest block that is parsed, in bytes.
const MAX_BYTES: usize = 64 * 1024;
/// The most brackets that may be open at once.
const MAX_FLOW_DEPTH: usize = 32;
/// The most values that a block may grow to, aliases and merges included.
const MAX_NODES: usize = 5_000;

/// Reads the lines between the fences, which start at byte `start`.
pub fn read(source: &Source, start: usize, end: usize, diagnostics: &mut Vec<Diagnostic>) -> Vec<Group> {
    let text = source.text.get(start..end).unwrap_or_default();
    let chunks = chunks(text, start);
    let parsable = check_bounds(source, start, text, diagnostics);
    let whole = if parsable { whole(text) } else { None };
    let mut groups = vec![Group { label: None, entries: Vec::new() }];
    let mut seen = std::collections::BTreeSet::new();
    for chunk in chunks {
        match chunk {
            Chunk::Comment(label) => groups.push(Group { label: Some(label), entries: Vec::new() }),
            Chunk::Stray(range) => {
                let found = Diagnostic::new(
                    "front-matter-stray-line",
                    Severity::Warning,
                    format!(
                        "This line belongs to no key: “{}”.",
                        short(source.text.get(range.clone()).unwrap_or_default())
                    ),
                );
                diagnostics.push(found.at(source.span(range)).hint("Indent it below its key, or put a “#” before it."));
            }
            Chunk::Entry { key, range, value } => {
                let raw_value = source.text.get(value).unwrap_or_default();
                let block = source.text.get(range.clone()).unwrap_or_default();
                let parsed = match &whole {
                    Some(map) => map.iter().find(|(k, _)| k.as_str() == Some(&key)).map(|(_, v)| Ok(v.clone())),
                    None if parsable => Some(alone(block)),
                    None => None,
                };
                let span = source.span(range.start..range.end);
                if !seen.insert(key.clone()) {
                    let message = format!("The key “{key}” stands here a second time; both are shown.");
                    diagnostics.push(
                        Diagnostic::new("front-matter-duplicate-key", Severity::Warning, message)
                            .at(span)
                            .hint("Keep one of them."),
                    );
                }
                let (value, raw) = understood(&key, raw_value, parsed, span, diagnostics);
                if let Some(group) = groups.last_mut() {
                    group.entries.push(Entry { key, value, span, raw });
                }
            }
        }
    }
    groups.retain(|g| g.label.is_some() || !g.entries.is_empty());
    groups
}

fn understood(
    key: &str,
    raw_value: &str,
    parsed: Option<Result<Yaml, String>>,
    span: crate::clip::Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Value, bool) {
    let plain = one_line(raw_value);
    match parsed {
        Some(Ok(yaml)) => {
            let mut left = MAX_NODES;
            let value = convert(&yaml, &plain, &mut left);
            if left == 0 {
                let message = format!("“{key}” grows to more than {MAX_NODES} values; it is shown as it stands.");
                diagnostics.push(Diagnostic::new("front-matter-too-many-values", Severity::Warning, message).at(span));
                return (Value::Text(plain), true);
            }
            (value, false)
        }
        Some(Err(reason)) => {
            let message = format!("“{key}” is not valid YAML ({reason}); it is shown as it stands.");
            let found = Diagnostic::new("front-matter-bad-value", Severity::Warning, message).at(span);
            diagnostics.push(found.hint(hint(raw_value)));
            (rescued(&plain, raw_value), true)
        }
        None => (rescued(&plain, raw_value), true),
    }
}

/// What to do about a value that YAML does not take.
fn hint(raw: &str) -> &'static str {
    let raw = raw.trim();
    if raw.contains('\t') {
        "Indent with spaces; YAML does not take tabs."
    } else if raw.contains(": ") || raw.starts_with(['[', '{', '@', '`', '|', '>', '*', '&', '%', '!']) {
        "Put the value in double quotes."
    } else if raw.starts_with(['"', '\'']) {
        "Close the quotes, and double a quote of the same kind inside them."
    } else {
        "Put the value in double quotes, and indent the lines of a list alike."
    }
}

/// A value that YAML does not take, as a person reads it: a list of dashes is a list, anything
/// else is the text without its quotes.
fn rescued(plain: &str, raw: &str) -> Value {
    let lines: Vec<&str> = raw.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    if lines.len() > 1 && lines.iter().skip(usize::from(!raw.starts_with('-'))).all(|l| l.starts_with("- ")) {
        let items = lines.iter().filter_map(|l| l.strip_prefix("- "));
        return Value::List(items.map(|item| typed(unquoted(item.trim()))).collect());
    }
    typed(unquoted(plain))
}

fn unquoted(text: &str) -> &str {
    let quoted = |q: char| text.len() >= 2 && text.starts_with(q) && text.ends_with(q);
    if quoted('"') || quoted('\'') { text.get(1..text.len() - 1).unwrap_or(text) } else { text }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn short(text: &str) -> String {
    text.trim().chars().take(60).collect()
}

/// Whether the block is small and flat enough to be parsed; says so when it is not.
fn check_bounds(source: &Source, start: usize, text: &str, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut refuse = |message: String| {
        let span = source.span(start..start);
        let found = Diagnostic::new("front-matter-too-large", Severity::Warning, message);
        diagnostics.push(found.at(span).hint("The values are shown as they stand."));
        false
    };
    if text.len() > MAX_BYTES {
        return refuse(format!("The front matter is longer than {} kB.", MAX_BYTES / 1024));
    }
    let mut depth = 0_usize;
    let mut deepest = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > MAX_FLOW_DEPTH {
        return refuse(format!("The front matter opens more than {MAX_FLOW_DEPTH} brackets at once."));
    }
    true
}

fn whole(text: &str) -> Option<serde_yaml::Mapping> {
    match serde_yaml::from_str::<Yaml>(text) {
        Ok(Yaml::Mapping(mut map)) => {
            // A merge key stands for the keys that it brings in.
            let mut merged = Yaml::Mapping(map.clone());
            if merged.apply_merge().is_ok()
                && let Yaml::Mapping(with_merges) = merged
            {
                map = with_merges;
            }
            Some(map)
        }
        _ => None,
    }
}

fn alone(block: &str) -> Result<Yaml, String> {
    let parsed = serde_yaml::from_str::<Yaml>(block);
    match parsed {
        Ok(Yaml::Mapping(map)) => map.into_iter().next().map(|(_, v)| v).ok_or_else(|| "nothing in it".to_owned()),
        Ok(_) => Err("no key and value".to_owned()),
        // The line in serde_yaml's message counts from the entry; the diagnostic has the right one.
        Err(error) => Err(error.to_string().split(" at line").next().unwrap_or_default().to_owned()),
    }
}

fn convert(yaml: &Yaml, written: &str, left: &mut usize) -> Value {
    *left = left.saturating_sub(1);
    if *left == 0 {
        return Value::Empty;
    }
    match yaml {
        Yaml::Null => Value::Empty,
        Yaml::Bool(yes) => Value::Bool(*yes),
        Yaml::Number(number) => {
            Value::Number(if written.is_empty() { number.to_string() } else { unquoted(written).to_owned() })
        }
        Yaml::String(text) => scalar(text),
        Yaml::Sequence(items) if items.is_empty() => Value::Empty,
        Yaml::Sequence(items) => Value::List(items.iter().map(|item| convert(item, "", left)).collect()),
        Yaml::Mapping(map) if map.is_empty() => Value::Empty,
        Yaml::Mapping(map) => {
            Value::Map(map.iter().map(|(key, value)| (key_text(key), convert(value, "", left))).collect())
        }
        Yaml::Tagged(tagged) => convert(&tagged.value, written, left),
    }
}

fn key_text(key: &Yaml) -> String {
    match key {
        Yaml::String(text) => text.clone(),
        Yaml::Number(number) => number.to_string(),
        Yaml::Bool(yes) => yes.to_string(),
        _ => "?".to_owned(),
    }
}
