//! Cuts a block into its keys by looking at line starts alone, so that one broken value cannot
//! take its neighbours with it.

use std::ops::Range;

use crate::source::{self, Line};

/// A piece of a block, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A comment line that labels what follows it.
    Label(String),
    /// A key with all lines that belong to it.
    Key(Chunk),
    /// Lines that belong to no key.
    Stray(Range<usize>),
}

/// A key and its lines, as byte ranges of the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The key without its quotes.
    pub(super) key: String,
    /// What stands on the key's own line after the colon.
    pub(super) first: Range<usize>,
    /// The lines below it that belong to it; empty when there are none.
    pub(super) rest: Range<usize>,
    /// All of it.
    pub(super) whole: Range<usize>,
    /// Whether the colon is one that YAML does not take: full-width, or without a space.
    pub(super) odd_colon: bool,
}

/// A key at the start of a line.
pub(super) struct KeyStart<'a> {
    pub(super) key: &'a str,
    /// Bytes from the start of the line to what stands after the colon.
    pub(super) value_at: usize,
    pub(super) odd_colon: bool,
}

/// Longest key that is believed; longer ones are prose with a colon.
const LONGEST_KEY: usize = 200;

/// The key that a line starts with, when it starts with one at its first column.
pub(super) fn key_start(line: &str) -> Option<KeyStart<'_>> {
    let first = line.chars().next()?;
    if first.is_whitespace() || matches!(first, '#' | '-' | '[' | ']' | '{' | '}' | ',' | '?' | '|' | '>') {
        // `-` may begin a word, but in a block it begins an item.
        return None;
    }
    if matches!(first, '"' | '\'') {
        let close = line.get(1..)?.find(first)? + 1;
        let after = line.get(close + 1..)?;
        let colon = after.find(':').filter(|at| after.get(..*at).is_some_and(|s| s.trim().is_empty()))?;
        let key = line.get(1..close)?;
        return Some(KeyStart { key, value_at: close + 1 + colon + 1, odd_colon: false });
    }
    let mut from = 0;
    let colon = loop {
        let at = from + line.get(from..)?.find(':')?;
        let after = line.get(at + 1..)?;
        if after.is_empty() || after.starts_with([' ', '\t']) {
            break Some(at);
        }
        if at > LONGEST_KEY {
            break None;
        }
        from = at + 1;
    };
    let regular = colon.and_then(|at| Some((line.get(..at)?.trim_end(), at + 1)));
    if let Some((key, value_at)) = regular.filter(|(key, _)| key.len() <= LONGEST_KEY && !key.is_empty()) {
        return Some(KeyStart { key, value_at, odd_colon: false });
    }
    None
}

/// A key whose colon YAML does not take: `title:Foo` or `标题：Foo`. Only one word counts.
pub(super) fn odd_key_start(line: &str) -> Option<KeyStart<'_>> {
    let (at, colon) = line.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let key = line.get(..at)?;
    let value_at = at + colon.len_utf8();
    let is_word = key.chars().next().is_some_and(char::is_alphabetic)
        && key.chars().count() <= 24
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_address = line.get(value_at..)?.starts_with("//");
    (is_word && !is_address).then_some(KeyStart { key, value_at, odd_colon: true })
}

/// Cuts `text`, which starts at byte `offset` of the whole text.
pub(super) fn split(text: &str, offset: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for line in source::lines(text, offset) {
        if let Some(start) = key_start(line.text) {
            pieces.push(Piece::Key(chunk(&line, &start)));
        } else if line.text.starts_with('#') {
            label(&mut pieces, line.text);
        } else if line.is_blank() {
            // A blank line may stand inside a block scalar: the next line decides.
        } else if line.text.starts_with([' ', '\t', '-', ']', '}']) {
            grow(&mut pieces, &line);
        } else if let Some(start) = odd_key_start(line.text) {
            pieces.push(Piece::Key(chunk(&line, &start)));
        } else {
            grow(&mut pieces, &line);
        }
    }
    pieces
}

fn chunk(line: &Line<'_>, start: &KeyStart<'_>) -> Chunk {
    Chunk {
        key: start.key.to_owned(),
        first: line.start + start.value_at..line.end(),
        rest: line.end()..line.end(),
        whole: line.start..line.end(),
        odd_colon: start.odd_colon,
    }
}

/// Gives a line to the piece before it.
fn grow(pieces: &mut Vec<Piece>, line: &Line<'_>) {
    match pieces.last_mut() {
        Some(Piece::Key(chunk)) => {
            if chunk.rest.is_empty() {
                chunk.rest.start = line.start;
            }
            chunk.rest.end = line.end();
            chunk.whole.end = line.end();
        }
        Some(Piece::Stray(range)) => range.end = line.end(),
        Some(Piece::Label(_)) | None => pieces.push(Piece::Stray(line.start..line.end())),
    }
}

/// Comment lines that follow one another are one label; a key that is commented out is none.
fn label(pieces: &mut Vec<Piece>, line: &str) {
    let words = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '-' | '=' | '*'));
    if words.is_empty() || key_start(words).is_some() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Label(label)) if label.len() < LONGEST_KEY => {
            label.push(' ');
            label.push_str(words);
        }
        Some(Piece::Label(_)) => {}
        _ => pieces.push(Piece::Label(words.to_owned())),
    }
}
