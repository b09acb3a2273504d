//! YAML between `---` lines. The only file of the project that names `serde_yaml`.
//!
//! The whole block is parsed strictly when [`limits`] allow it; when that fails, every key is
//! read alone by [`rescue`], so that one bad line costs one value. Scalars are shown as the file
//! writes them (`1.10` stays `1.10`), which the parser does not keep: [`written`] looks them up.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use serde::de::DeserializeSeed;

use super::problem::Problems;
use super::split::{Chunk, Piece, split};
use super::tree::{Pairs, Seed, TOO_MANY};
use super::{Entry, Group, Value, limits, rescue, typed};
use crate::{Severity, Source};

/// What is said of a block that is not handed to the parser.
const TOO_LARGE: &str = "it is too long or too deeply nested";

/// What the strict parser said.
pub(super) struct Refusal {
    /// Its reason, in its own words.
    pub(super) message: String,
    /// Byte offset in the text it was given.
    pub(super) at: usize,
}

/// Parses a text strictly as one mapping; at most `left` values are made.
pub(super) fn mapping(text: &str, left: &Cell<usize>) -> Result<Pairs, Refusal> {
    if !limits::parsable(text) {
        return Err(Refusal { message: TOO_LARGE.to_owned(), at: 0 });
    }
    let parsed = Seed { left }.deserialize(serde_yaml::Deserializer::from_str(text));
    match parsed {
        Ok(Value::Map(pairs)) => Ok(pairs),
        Ok(Value::Empty) => Ok(Pairs::new()),
        Ok(_) => Err(Refusal { message: "it is not a mapping of keys to values".to_owned(), at: 0 }),
        Err(error) => {
            let message = error.to_string();
            let end = message.find(" at line ").unwrap_or(message.len());
            Err(Refusal {
                at: error.location().map_or(0, |place| place.index()),
                message: message.get(..end).unwrap_or_default().to_owned(),
            })
        }
    }
}

/// Whether a block is a mapping to the strict parser.
pub(super) fn is_mapping(source: &Source, content: Range<usize>) -> bool {
    let text = source.text.get(content).unwrap_or_default();
    mapping(text, &Cell::new(limits::VALUES)).is_ok_and(|pairs| !pairs.is_empty())
}

/// Reads the block whose content is `content`.
pub(super) fn read(source: &Source, content: Range<usize>, problems: &mut Problems<'_>) -> Vec<Group> {
    let text = source.text.get(content.clone()).unwrap_or("");
    let mut pieces = split(text, content.start);
    shorten(&mut pieces, &content, problems);
    let left = Cell::new(limits::VALUES);
    let pairs = match mapping(text, &left) {
        Ok(pairs) => pairs,
        Err(refusal) => {
            refused(&refusal, &content, problems);
            return rescue::read(source, &pieces, problems);
        }
    };
    let chunks: Vec<&Chunk> = pieces.iter().filter_map(as_chunk).collect();
    let aligned = pairs.len() == chunks.len() && pairs.iter().zip(&chunks).all(|((key, _), chunk)| *key == chunk.key);
    if !aligned {
        return unaligned(source, pairs, &chunks, &content);
    }
    let mut values = pairs.into_iter();
    let mut groups = Groups::default();
    for piece in &pieces {
        match piece {
            Piece::Label(label) => groups.label(label),
            Piece::Stray(_) => {}
            Piece::Key(chunk) => {
                let value = values.next().map_or(Value::Empty, |(_, value)| value);
                let value = written(source, chunk, value, problems);
                groups.push(entry(source, chunk, value, false), problems);
            }
        }
    }
    groups.0
}

fn as_chunk(piece: &Piece) -> Option<&Chunk> {
    match piece {
        Piece::Key(chunk) => Some(chunk),
        Piece::Label(_) | Piece::Stray(_) => None,
    }
}

pub(super) fn entry(source: &Source, chunk: &Chunk, value: Value, raw: bool) -> Entry {
    Entry { key: chunk.key.clone(), value, span: source.span(chunk.whole.clone()), raw }
}

/// Keeps the first [`limits::ENTRIES`] keys.
fn shorten(pieces: &mut Vec<Piece>, content: &Range<usize>, problems: &mut Problems<'_>) {
    if pieces.len() > limits::ENTRIES {
        problems.too_many_keys(content.clone());
        pieces.truncate(limits::ENTRIES);
    }
}

/// Says why the block as a whole was refused, when no single line will say it.
fn refused(refusal: &Refusal, content: &Range<usize>, problems: &mut Problems<'_>) {
    let of_all = refusal.message.contains(TOO_MANY)
        || refusal.message.contains("repetition limit")
        || refusal.message.contains("recursion limit")
        || refusal.message.starts_with("it is ");
    if of_all {
        let too_large = refusal.message == TOO_LARGE;
        let code = if too_large { "front-matter-too-large" } else { "front-matter-refused" };
        let message = format!("The front matter was not read as a whole: {}.", refusal.message);
        let hint = "Each key is read alone; aliases and merge keys are shown as they stand.";
        problems.tell(code, Severity::Warning, content.clone(), message, hint);
    }
}

/// Entries of a block whose keys do not all stand at line starts (`{a: 1}`, `? [x]`, all indented).
fn unaligned(source: &Source, pairs: Pairs, chunks: &[&Chunk], content: &Range<usize>) -> Vec<Group> {
    let places: HashMap<&str, Range<usize>> =
        chunks.iter().map(|chunk| (chunk.key.as_str(), chunk.whole.clone())).collect();
    let entries = pairs
        .into_iter()
        .map(|(key, value)| Entry {
            span: source.span(places.get(key.as_str()).unwrap_or(content).clone()),
            key,
            value,
            raw: false,
        })
        .collect();
    vec![Group { label: None, entries }]
}

/// Entries gathered under their labels; doubles are told.
#[derive(Default)]
pub(super) struct Groups(pub(super) Vec<Group>, std::collections::BTreeSet<String>);

impl Groups {
    /// Starts a group.
    pub(super) fn label(&mut self, label: &str) {
        self.0.push(Group { label: Some(label.to_owned()), entries: Vec::new() });
    }

    /// Adds an entry to the group that was started last.
    pub(super) fn push(&mut self, entry: Entry, problems: &mut Problems<'_>) {
        if !entry.key.is_empty() && !self.1.insert(entry.key.clone()) {
            problems.tell(
                "front-matter-duplicate-key",
                Severity::Warning,
                entry.span.start..entry.span.end,
                format!("The key `{}` stands here a second time.", entry.key),
                "Keep one of them; the first one that has a value counts.",
            );
        }
        match self.0.last_mut() {
            Some(group) => group.entries.push(entry),
            None => self.0.push(Group { label: None, entries: vec![entry] }),
        }
    }
}

/// The value as the file writes it, where the parser changes or drops what a reader would see.
pub(super) fn written(source: &Source, chunk: &Chunk, value: Value, problems: &mut Problems<'_>) -> Value {
    let all = source.text.get(chunk.whole.clone()).unwrap_or("");
    if !chunk.rest.is_empty() {
        return restored(value, all);
    }
    let raw = source.text.get(chunk.first.clone()).unwrap_or("").trim();
    if raw.starts_with("{{") {
        // A template's placeholder, not a mapping whose key is a mapping.
        return typed::text(raw);
    }
    if raw.starts_with(['"', '\'', '{']) {
        return value;
    }
    if raw.starts_with('[') {
        return restored(value, all);
    }
    if let Some(at) = hash_text(raw) {
        // `tags: #a #b` is nothing but a comment to YAML; to the person it is the value.
        problems.tell(
            "front-matter-hash",
            Severity::Info,
            chunk.first.start + at..chunk.first.end,
            "YAML takes what follows ` #` for a comment; it is shown as part of the value.",
            "Put the value in quotes.",
        );
        return typed::text(raw);
    }
    let plain = without_comment(raw);
    let is_text = plain.starts_with('&') && !is_anchor(source, chunk, plain);
    match value {
        Value::List(_) | Value::Map(_) => value,
        Value::Empty if plain.starts_with('!') => typed::text(plain),
        _ if is_text => typed::text(plain),
        value if plain.starts_with(['&', '*', '!', '|', '>']) => value,
        _ => typed::plain(plain),
    }
}

/// Whether `&name` is meant as YAML's anchor: only when an alias `*name` follows soon after.
fn is_anchor(source: &Source, chunk: &Chunk, plain: &str) -> bool {
    const SOON: usize = 4 * 1024;
    let name = plain.split_whitespace().next().unwrap_or("").replacen('&', "*", 1);
    let mut end = (chunk.whole.end + SOON).min(source.text.len());
    while !source.text.is_char_boundary(end) {
        end -= 1;
    }
    let after = source.text.get(chunk.whole.end..end);
    after.is_some_and(|after| after.contains(&name))
}

/// Where ` #` is followed by a letter: a hashtag rather than a comment, which has a space there.
fn hash_text(raw: &str) -> Option<usize> {
    let is_tag = |at: usize| {
        let after = raw.get(at + 1..).and_then(|s| s.chars().next());
        after.is_some_and(|c| c.is_alphanumeric() || c == '[')
    };
    raw.char_indices()
        .find(|(at, c)| *c == '#' && (*at == 0 || raw.get(..*at).is_some_and(|s| s.ends_with([' ', '\t']))))
        .map(|(at, _)| at)
        .filter(|at| is_tag(*at))
}

/// A plain scalar without the comment behind it.
fn without_comment(raw: &str) -> &str {
    let end = raw
        .char_indices()
        .find(|(at, c)| *c == '#' && (*at == 0 || raw.get(..*at).is_some_and(|s| s.ends_with([' ', '\t']))))
        .map_or(raw.len(), |(at, _)| at);
    raw.get(..end).unwrap_or(raw).trim_end()
}

/// Gives the numbers inside a list or map their written form back, and `[[Note]]` its brackets.
fn restored(value: Value, raw: &str) -> Value {
    let mut words = raw.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}'));
    restore(value, &mut words, raw.contains("[["))
}

/// Numbers come in the order of the text, so one walk over its words finds them all.
fn restore<'a>(value: Value, words: &mut impl Iterator<Item = &'a str>, links: bool) -> Value {
    match value {
        Value::Number(number) => {
            let same = |word: &&str| {
                *word == number || (typed::is_number(word) && word.parse::<f64>().ok() == number.parse().ok())
            };
            match words.find(same) {
                Some(word) => Value::Number(word.to_owned()),
                None => Value::Number(number),
            }
        }
        Value::List(items) => {
            if links
                && let [Value::List(inner)] = items.as_slice()
                && inner.iter().all(|item| item.as_text().is_some())
            {
                let names: Vec<&str> = inner.iter().filter_map(Value::as_text).collect();
                return Value::Text(format!("[[{}]]", names.join(", ")));
            }
            Value::List(items.into_iter().map(|item| restore(item, words, links)).collect())
        }
        Value::Map(pairs) => {
            Value::Map(pairs.into_iter().map(|(key, value)| (key, restore(value, words, links))).collect())
        }
        other => other,
    }
}
