//! Reads a block key by key after the strict parser refused it as a whole.
//!
//! Each key is tried strictly once more, alone. What fails even then is read by hand: as a list
//! when its lines are items, as a map when they are keys, else as the text that stands there. The
//! problem says which line, which column, why, and what to do.

use std::cell::Cell;
use std::ops::Range;

use super::problem::{Problems, Reason};
use super::split::{self, Chunk, Piece};
use super::yaml::{self, Groups, Refusal};
use super::{Entry, Group, Value, limits, typed};
use crate::Source;
use crate::source::lines;

const QUOTE_IT: &str = "Put the value in quotes.";

/// Reads the pieces of a block one by one.
pub(super) fn read(source: &Source, pieces: &[Piece], problems: &mut Problems<'_>) -> Vec<Group> {
    let left = Cell::new(limits::VALUES);
    let mut to_parse = limits::PARSED_BYTES;
    let mut groups = Groups::default();
    for piece in pieces {
        match piece {
            Piece::Label(label) => groups.label(label),
            Piece::Stray(range) => {
                for entry in stray(source, range.clone(), problems) {
                    groups.push(entry, problems);
                }
            }
            Piece::Key(chunk) => {
                for chunk in unnested(source, chunk, problems) {
                    let entry = key(source, &chunk, &left, &mut to_parse, problems);
                    groups.push(entry, problems);
                }
            }
        }
    }
    groups.0
}

/// Lines that belong to no key: an indented key is one all the same, the rest is kept as text.
fn stray(source: &Source, range: Range<usize>, problems: &mut Problems<'_>) -> Vec<Entry> {
    let text = source.text.get(range.clone()).unwrap_or("");
    lines(text, range.start)
        .filter(|line| !line.is_blank())
        .take(limits::ITEMS)
        .map(|line| {
            let indent = line.text.len() - line.text.trim_start().len();
            let start = split::key_start(line.text.trim_start());
            let (message, hint) = if start.is_some() {
                ("This key is indented although nothing stands above it.", "Remove the spaces before it.")
            } else {
                ("This line is no `key: value`.", "Give it a key, or indent it below the key it belongs to.")
            };
            problems.bad_line(&Reason::new(line.start + indent, message, hint), line.end());
            let (key, value) = match start {
                Some(start) => {
                    let value = line.text.get(indent + start.value_at..).unwrap_or("");
                    (start.key.to_owned(), scalar(value))
                }
                None => (String::new(), typed::text(line.text)),
            };
            Entry { key, value, span: source.span(line.start..line.end()), raw: true }
        })
        .collect()
}

/// Sets keys free that are indented below a key that already has a value of its own.
fn unnested(source: &Source, chunk: &Chunk, problems: &mut Problems<'_>) -> Vec<Chunk> {
    let first = source.text.get(chunk.first.clone()).unwrap_or("").trim();
    let rest = source.text.get(chunk.rest.clone()).unwrap_or("");
    let has_value = !first.is_empty() && !first.starts_with(['|', '>', '[', '{', '"', '\'', '&', '!', '#']);
    let is_key = |text: &str| split::key_start(text.trim_start()).is_some();
    if !has_value || !lines(rest, 0).any(|line| is_key(line.text)) {
        return vec![chunk.clone()];
    }
    let mut chunks = vec![Chunk {
        rest: chunk.first.end..chunk.first.end,
        whole: chunk.whole.start..chunk.first.end,
        ..chunk.clone()
    }];
    for line in lines(rest, chunk.rest.start).take(limits::ITEMS) {
        let trimmed = line.text.trim_start();
        let at = line.start + (line.text.len() - trimmed.len());
        if let Some(start) = split::key_start(trimmed) {
            let reason = Reason::new(
                at,
                format!("The key `{}` is indented below a key that has a value.", start.key),
                "Remove the spaces before it.",
            );
            problems.bad_line(&reason, line.end());
            chunks.push(Chunk {
                key: start.key.to_owned(),
                first: at + start.value_at..line.end(),
                rest: line.end()..line.end(),
                whole: at..line.end(),
                odd_colon: false,
            });
        } else if let Some(last) = chunks.last_mut() {
            if last.rest.is_empty() {
                last.rest.start = line.start;
            }
            last.rest.end = line.end();
            last.whole.end = line.end();
        }
    }
    chunks
}

/// Reads one key: strictly when it can be, else by hand.
fn key(source: &Source, chunk: &Chunk, left: &Cell<usize>, to_parse: &mut usize, problems: &mut Problems<'_>) -> Entry {
    let text = source.text.get(chunk.whole.clone()).unwrap_or("");
    let refusal = if text.len() > *to_parse {
        None
    } else {
        *to_parse -= text.len();
        match yaml::mapping(text, left) {
            Ok(mut pairs) if pairs.len() == 1 => {
                let value = pairs.pop().map_or(Value::Empty, |(_, value)| value);
                let value = yaml::written(source, chunk, value, problems);
                return yaml::entry(source, chunk, value, false);
            }
            Ok(_) => None,
            Err(refusal) => Some(refusal),
        }
    };
    let value = by_hand(source, chunk);
    if let Some(refusal) = refusal {
        problems.bad_line(&reason(source, chunk, &refusal), chunk.whole.end);
        return yaml::entry(source, chunk, value, true);
    }
    if chunk.odd_colon {
        let reason = Reason::new(
            chunk.whole.start,
            "The colon after the key is not one that YAML takes.",
            "Write `:` and a space.",
        );
        problems.bad_line(&reason, chunk.whole.end);
    }
    yaml::entry(source, chunk, value, chunk.odd_colon)
}

/// Why a key could not be read, as a person would say it.
fn reason(source: &Source, chunk: &Chunk, refusal: &Refusal) -> Reason {
    let raw = source.text.get(chunk.first.clone()).unwrap_or("");
    let value = raw.trim();
    let at = chunk.first.start + (raw.len() - raw.trim_start().len());
    let rest = source.text.get(chunk.rest.clone()).unwrap_or("");
    if chunk.odd_colon {
        return Reason::new(
            chunk.whole.start,
            "The colon after the key is not one that YAML takes.",
            "Write `:` and a space.",
        );
    }
    if let Some(bad) = value.char_indices().find(|(_, c)| c.is_control() && *c != '\t') {
        return Reason::new(at + bad.0, "The value holds a control character.", "Remove it.");
    }
    if value.starts_with("{{") || value.starts_with("[{") {
        return Reason::new(
            at,
            "A template's placeholder was never filled in.",
            "Give the key its value, or remove it.",
        );
    }
    if let Some(tab) = lines(rest, chunk.rest.start).find(|line| line.text.trim_start_matches(' ').starts_with('\t')) {
        return Reason::new(
            tab.start,
            "A tab indents this line; YAML takes only spaces.",
            "Replace the tab by two spaces.",
        );
    }
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => return quotes(value, quote, at),
        Some(sign @ ('@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | '[' | ']' | '{' | '}' | ',')) => {
            return Reason::new(at, format!("A value cannot start with `{sign}` like this."), QUOTE_IT);
        }
        _ => {}
    }
    if let Some(colon) = value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1)) {
        return Reason::new(at + colon, "The value holds a colon, which YAML takes for another key.", QUOTE_IT);
    }
    Reason::new(
        chunk.whole.start + refusal.at.min(chunk.whole.len()),
        format!("YAML cannot read this: {}.", refusal.message),
        "Check quotes and indentation; the text is shown as it stands.",
    )
}

/// What is wrong with a value that opens with a quote at byte `at`.
fn quotes(value: &str, quote: char, at: usize) -> Reason {
    let closed = value.len() > 1 && value.ends_with(quote);
    if !closed && value.get(1..).is_some_and(|s| s.contains(quote)) {
        let hint = "Put the whole value in the other kind of quotes.";
        Reason::new(at, "The text goes on after the closing quote.", hint)
    } else if !closed {
        Reason::new(at, format!("The quote {quote} is never closed."), "Close it at the end of the value.")
    } else if quote == '"' && value.contains('\\') {
        let message = "A backslash in double quotes begins an escape that YAML does not know.";
        Reason::new(at, message, "Use single quotes, or write `\\\\`.")
    } else {
        let hint = "Double the quote inside, or use the other kind.";
        Reason::new(at, "A quote inside the value ends it too early.", hint)
    }
}

/// What a person would read from the lines of a key.
fn by_hand(source: &Source, chunk: &Chunk) -> Value {
    let first = source.text.get(chunk.first.clone()).unwrap_or("").trim();
    let rest = source.text.get(chunk.rest.clone()).unwrap_or("");
    let filled: Vec<&str> = lines(rest, 0)
        .map(|line| line.text)
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("# "))
        .collect();
    if filled.is_empty() {
        return scalar(first);
    }
    let opens_block = first.starts_with(['|', '>']) && first.len() <= 3;
    if opens_block {
        let between = if first.starts_with('>') { " " } else { "\n" };
        let text: Vec<&str> = lines(rest, 0).map(|line| line.text.trim()).collect();
        return typed::text(&text.join(between));
    }
    let below_only = first.is_empty() || first.starts_with("# ");
    if below_only && filled.iter().all(|line| line.trim_start().starts_with('-')) {
        return list(filled.iter().map(|line| line.trim_start().trim_start_matches('-')));
    }
    let pairs: Vec<_> = filled.iter().map_while(|line| pair(line)).take(limits::ITEMS).collect();
    if below_only && pairs.len() == filled.len().min(limits::ITEMS) {
        return Value::Map(pairs);
    }
    let mut text = first.to_owned();
    for line in filled {
        text.push(' ');
        text.push_str(line.trim());
    }
    scalar(&text)
}

fn pair(line: &str) -> Option<(String, Value)> {
    let line = line.trim();
    let start = split::key_start(line)?;
    let value = line.get(start.value_at..).unwrap_or("");
    Some((start.key.to_owned(), scalar(value)))
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> Value {
    let items: Vec<Value> = items.map(scalar).filter(|item| *item != Value::Empty).take(limits::ITEMS).collect();
    if items.is_empty() { Value::Empty } else { Value::List(items) }
}

/// One scalar, or a list in brackets, without the strictness of YAML.
fn scalar(raw: &str) -> Value {
    let raw = raw.trim();
    if let Some(inner) = unquoted(raw) {
        return typed::text(inner);
    }
    let bracketed = raw.strip_prefix('[').and_then(|s| s.strip_suffix(']'));
    match bracketed {
        Some(inner) if !inner.contains(['[', ']', '{', '}']) => {
            list(inner.split([',', '，']).map(|item| unquoted(item.trim()).unwrap_or(item)))
        }
        _ => typed::plain(raw),
    }
}

/// The text between a pair of quotes that opens and closes it.
fn unquoted(raw: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| {
        let inner = raw.strip_prefix(quote)?.strip_suffix(quote)?;
        // `"Foo" and "Bar"` is not quoted as a whole.
        (quote == '\'' || !inner.contains('"') || inner.contains('\\')).then_some(inner)
    })
}
