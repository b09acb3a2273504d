//! A clip's own Markdown with its highlights in it: `==marks==`, and notes as footnotes (`[^h1]`).
//!
//! The places are found in the letters of the source without its markup, so nothing has to be known of how
//! it was rendered. A mark stays within its line and never cuts a pair of other markers in two; where that
//! can't be, the words are left unmarked and the note alone is added. Every other byte stays as it is.

use crate::clip::order;
use std::ops::Range;

use super::anchor::anchor_all;
use super::text::letter;
use super::{Highlight, Selectors};

/// The source with the highlights in it.
#[must_use]
pub fn marked(source: &str, highlights: &[Highlight]) -> String {
    let Letters { letters, at, code } = letters_of(source);
    let places: Vec<&Selectors> = highlights.iter().map(|one| &one.place).collect();
    let found = anchor_all(&letters, &places);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut notes: Vec<(usize, usize)> = Vec::new();
    let mut lost: Vec<&Highlight> = Vec::new();
    for (number, (one, place)) in highlights.iter().zip(found).enumerate() {
        let bytes = place.as_ref().and_then(|place| at.get(place.clone()));
        let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
            lost.push(one);
            continue;
        };
        let lines = in_lines(source, bytes);
        let end = lines.last().map_or(source.len(), |line| line.end);
        let in_code = |line: &Range<usize>| code.iter().any(|code| code.start < line.end && line.start < code.end);
        let lines = lines.into_iter().filter(|line| !in_code(line));
        let whole: Vec<Range<usize>> = lines.filter_map(|line| balanced(source, line)).collect();
        if !one.note.trim().is_empty() {
            notes.push((whole.last().map_or(end, |line| line.end.max(end)), number + 1));
        }
        pieces.extend(whole);
    }
    let mut written = woven(source, &joined(pieces), &notes);
    add_notes(&mut written, highlights, &notes, &lost);
    written
}

/// Puts the marks and the references to notes into the source.
fn woven(source: &str, pieces: &[Range<usize>], notes: &[(usize, usize)]) -> String {
    let marks = pieces.iter().flat_map(|piece| [(piece.end, 0, "==".to_owned()), (piece.start, 2, "==".to_owned())]);
    let notes = notes.iter().map(|(end, number)| (*end, 1, format!("[^h{number}]")));
    let mut added: Vec<(usize, u8, String)> = marks.chain(notes).collect();
    order::sort(&mut added);
    let (mut written, mut from) = (String::with_capacity(source.len() + added.len() * 4), 0);
    for (at, _, text) in added {
        written.push_str(source.get(from..at).unwrap_or_default());
        written.push_str(&text);
        from = at;
    }
    written.push_str(source.get(from..).unwrap_or_default());
    written
}

/// The notes, and what has no place any more, behind the text.
fn add_notes(written: &mut String, highlights: &[Highlight], notes: &[(usize, usize)], lost: &[&Highlight]) {
    if notes.is_empty() && lost.is_empty() {
        return;
    }
    if !written.ends_with('\n') {
        written.push('\n');
    }
    for one in lost {
        let quote = one.place.exact.trim().replace('\n', "\n> ");
        written.push_str(&format!("\n> =={quote}==\n"));
        if !one.note.trim().is_empty() {
            written.push_str(&format!("\n{}\n", one.note.trim()));
        }
    }
    for (_, number) in notes {
        let note = highlights.get(number - 1).map_or("", |one| one.note.trim());
        // The lines of a note that has several stand in like those of a list.
        written.push_str(&format!("\n[^h{number}]: {}\n", note.replace('\n', "\n    ")));
    }
}

/// The letters of a source without its front matter and its markup.
#[derive(Default)]
struct Letters {
    letters: Vec<char>,
    /// Where each stands, in bytes.
    at: Vec<usize>,
    /// The lines of code: a mark would be text there.
    code: Vec<Range<usize>>,
}

fn letters_of(source: &str) -> Letters {
    let mut found = Letters::default();
    let mut from = after_front_matter(source);
    let mut fence: Option<&str> = None;
    for line in source.get(from..).unwrap_or_default().split_inclusive('\n') {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            // Code has no marks, but its letters count.
            (Some(_), _) => {
                found.code.push(from..from + line.len());
                found.add(line, from, false);
            }
            _ => found.add(line, from, true),
        }
        from += line.len();
    }
    found
}

fn after_front_matter(source: &str) -> usize {
    let Some(rest) = source.strip_prefix("---\n").or_else(|| source.strip_prefix("---\r\n")) else { return 0 };
    let mut at = source.len() - rest.len();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return at;
        }
    }
    0
}

impl Letters {
    fn add(&mut self, line: &str, from: usize, has_markup: bool) {
        let content = line.trim_start_matches([' ', '\t', '>', '#', '-', '+', '*', '|']);
        let mut skip_to = if has_markup { line.len() - content.len() } else { 0 };
        for (offset, character) in line.char_indices() {
            if offset < skip_to {
                continue;
            }
            if has_markup {
                let rest = line.get(offset..).unwrap_or_default();
                if let Some(length) = markup(rest) {
                    skip_to = offset + length;
                    continue;
                }
            }
            if let Some(letter) = letter(character) {
                self.letters.push(letter);
                self.at.push(from + offset);
            }
        }
    }
}

/// How long the markup is that a text begins with.
fn markup(rest: &str) -> Option<usize> {
    let through = |end: char, most: usize| rest.find(end).filter(|at| *at < most).map(|at| at + end.len_utf8());
    match rest.chars().next()? {
        '*' | '`' | '[' | '\\' | '|' => (if rest.starts_with("[^") { through(']', 40) } else { None }).or(Some(1)),
        '~' | '=' if rest.starts_with("~~") || rest.starts_with("==") => Some(2),
        '!' if rest.starts_with("![") => {
            let text = rest.find("](")?;
            rest.get(text..)?.find(')').map(|end| text + end + 1)
        }
        ']' if rest.starts_with("](") => through(')', 4096).or(Some(1)),
        ']' => Some(1),
        '<' if rest.get(1..2).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')) => {
            through('>', 4096)
        }
        _ => None,
    }
}

/// Letters, gathered line by line: from the first to the end of the last one of each.
fn in_lines(source: &str, letters: &[usize]) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for at in letters {
        let length = source.get(*at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        match lines.last_mut() {
            Some(line) if !source.get(line.end..*at).unwrap_or_default().contains(['\n', '|']) => {
                line.end = at + length;
            }
            _ => lines.push(*at..at + length),
        }
    }
    lines
}

/// A piece with the pairs of markers whole that it has a part of; `None` when that can't be.
fn balanced(source: &str, piece: Range<usize>) -> Option<Range<usize>> {
    const OPENING: [char; 5] = ['*', '_', '~', '`', '['];
    let is_whole = |piece: &Range<usize>| {
        let text = source.get(piece.clone()).unwrap_or_default();
        let strong = text.matches("**").count();
        let counts =
            [strong, text.matches('*').count() - 2 * strong, text.matches("~~").count(), text.matches('`').count()];
        let even = counts.iter().all(|count| count % 2 == 0);
        even && text.matches('[').count() == text.matches(']').count() && !text.contains("==")
    };
    if is_whole(&piece) {
        return Some(piece);
    }
    let before = source.get(..piece.start)?;
    let start = before.trim_end_matches(OPENING).len();
    let behind = source.get(piece.end..)?;
    let mut end = piece.end + (behind.len() - behind.trim_start_matches(['*', '_', '~', '`']).len());
    if source.get(end..)?.starts_with("](") {
        end += source.get(end..)?.find(')')? + 1;
    }
    [start..piece.end, piece.start..end, start..end].into_iter().find(is_whole)
}

/// Pieces that meet are one.
fn joined(mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    order::sort_by_key(&mut pieces, |piece| (piece.start, piece.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => joined.push(piece),
        }
    }
    joined
}
