//! What is shown of a hit: a few words around the matches, and the marks on them.
//!
//! Start at [`snippet`]. All is decided in the folded text and brought back to the text itself at
//! the end, as a character of one is a character of the other.

use std::ops::Range;

use super::fold;
use super::letters::{hangs, may_cut};
use super::matches::{Finder, merged, translate};
use super::query::Query;

/// How long a snippet is, in characters.
pub const SNIPPET_CHARS: usize = 140;
/// How much of that stands before the first match at most, when enough follows.
const LEAD_CHARS: usize = 45;
/// How far a cut moves to fall between two words.
const LONGEST_WORD_CHARS: usize = 30;
/// More matches than this don't decide where a snippet is taken.
const MOST_MATCHES: usize = 500;

/// A stretch of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its text.
    pub text: String,
    /// Whether it is what was looked for.
    pub marked: bool,
}

/// A few words of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Marked and unmarked stretches in turn.
    pub parts: Vec<Part>,
}

impl Snippet {
    fn push(&mut self, c: char, marked: bool) {
        match self.parts.last_mut().filter(|part| part.marked == marked) {
            Some(part) => part.text.push(c),
            None => self.parts.push(Part { text: c.to_string(), marked }),
        }
    }
}

/// The stretch of a plain text where most of a query's terms are; its beginning when it has none.
#[must_use]
pub fn snippet(plain_text: &str, query: &Query) -> Snippet {
    let folded = fold(plain_text);
    let finder = Finder::new(query);
    let dense = densest(&folded, &finder.places(&folded, 0, MOST_MATCHES / query.terms.len().max(1) + 1));
    let window = window(&folded, dense);
    let inside = finder.places(folded.get(..window.end).unwrap_or_default(), window.start, usize::MAX);
    // The window's edges are translated with the marks between them, so the text is walked once.
    let mut ranges = Vec::new();
    ranges.push(window.start..window.start);
    ranges.extend(merged(inside.into_iter().map(|(range, _)| range).collect()));
    ranges.push(window.end..window.end);
    translate(plain_text, &folded, &mut ranges, char::len_utf8);
    let start = ranges.first().map_or(0, |edge| edge.start);
    let end = ranges.last().map_or(0, |edge| edge.end);
    parts(plain_text, start..end, &ranges)
}

/// Where the terms of a query stand in a text, as ranges of its bytes: to mark a title.
#[must_use]
pub fn marks(text: &str, query: &Query) -> Vec<Range<usize>> {
    Finder::new(query).byte_ranges(text)
}

/// The first of the stretches that fit into a snippet with the most terms, and then matches.
fn densest(folded: &str, places: &[(Range<usize>, usize)]) -> Option<Range<usize>> {
    let chars = char_places(folded, places);
    let mut best: Option<((u32, usize), Range<usize>)> = None;
    for (first, (range, _)) in places.iter().enumerate() {
        let from = chars.get(first).copied().unwrap_or_default();
        let near = chars.iter().skip(first).take_while(|at| **at < from + SNIPPET_CHARS - LEAD_CHARS).count();
        let stretch = places.get(first..first + near).unwrap_or_default();
        // A bit for each term; those of a query with more share them.
        let terms = stretch.iter().fold(0_u64, |terms, (_, term)| terms | 1 << (term % 64));
        let worth = (terms.count_ones(), near.min(6));
        if best.as_ref().is_none_or(|(known, _)| worth > *known) {
            best = Some((worth, range.clone()));
        }
    }
    best.map(|(_, range)| range)
}

/// Where the places begin, in characters.
fn char_places(folded: &str, places: &[(Range<usize>, usize)]) -> Vec<usize> {
    let (mut at, mut chars) = (0, 0);
    let mut all = Vec::with_capacity(places.len());
    for (range, _) in places {
        chars += folded.get(at..range.start).map_or(0, |between| between.chars().count());
        at = range.start;
        all.push(chars);
    }
    all
}

/// The bytes of a snippet around a match.
fn window(folded: &str, dense: Option<Range<usize>>) -> Range<usize> {
    let dense = dense.unwrap_or(0..0);
    let (head, tail) = folded.split_at_checked(dense.start).unwrap_or((folded, ""));
    let (forward_bytes, forward_chars) = walk(tail.chars(), SNIPPET_CHARS - LEAD_CHARS);
    // What does not follow the match stands before it.
    let (back_bytes, back_chars) = walk(head.chars().rev(), SNIPPET_CHARS - forward_chars);
    let more = SNIPPET_CHARS - forward_chars - back_chars;
    let (more_bytes, _) = walk(tail.get(forward_bytes..).unwrap_or_default().chars(), more);
    let end = (dense.start + forward_bytes + more_bytes).max(dense.end);
    let start = tidy_start(folded, dense.start - back_bytes, dense.start);
    start..tidy_end(folded, end, dense.end)
}

/// How many bytes that many characters are, and how many there were; white space counts once.
fn walk(chars: impl Iterator<Item = char>, most: usize) -> (usize, usize) {
    let (mut bytes, mut seen, mut in_space) = (0, 0, false);
    for c in chars {
        let space = c.is_whitespace();
        if !(space && in_space) {
            if seen == most {
                break;
            }
            seen += 1;
        }
        in_space = space;
        bytes += c.len_utf8();
    }
    (bytes, seen)
}

/// Moves a beginning forward to where a word begins, never past `limit`.
fn tidy_start(folded: &str, start: usize, limit: usize) -> usize {
    let mut before = folded.get(..start).and_then(|head| head.chars().next_back());
    let stretch = folded.get(start..limit).unwrap_or_default();
    let mut unhung = None;
    for (at, c) in stretch.char_indices().take(LONGEST_WORD_CHARS) {
        if before.is_none_or(|before| may_cut(before, c)) {
            return start + at;
        }
        if !hangs(c) && unhung.is_none() {
            unhung = Some(start + at);
        }
        before = Some(c);
    }
    // A word without an end is cut, and one that reaches up to the match is left out.
    if stretch.chars().count() <= LONGEST_WORD_CHARS { limit } else { unhung.unwrap_or(limit) }
}

/// Moves an end back to where a word ends, never before `limit`.
fn tidy_end(folded: &str, end: usize, limit: usize) -> usize {
    let mut after = folded.get(end..).and_then(|tail| tail.chars().next());
    let mut at = end;
    let mut unhung = None;
    for c in folded.get(limit..end).unwrap_or_default().chars().rev().take(LONGEST_WORD_CHARS) {
        if after.is_none_or(|after| may_cut(c, after)) {
            return at;
        }
        if after.is_some_and(|after| !hangs(after)) && unhung.is_none() {
            unhung = Some(at);
        }
        after = Some(c);
        at -= c.len_utf8();
    }
    if at == limit { grown_end(folded, limit) } else { unhung.unwrap_or(end) }
}

/// An end right behind a match, moved forward over what hangs on its last character.
fn grown_end(folded: &str, limit: usize) -> usize {
    let tail = folded.get(limit..).unwrap_or_default();
    limit + tail.chars().take_while(|c| hangs(*c)).map(char::len_utf8).sum::<usize>()
}

/// The stretches of a window, with one space for any white space and `…` where the text goes on.
fn parts(text: &str, window: Range<usize>, ranges: &[Range<usize>]) -> Snippet {
    let mut snippet = Snippet::default();
    let head = text.get(..window.start).unwrap_or_default();
    let tail = text.get(window.end..).unwrap_or_default();
    if !head.trim().is_empty() {
        snippet.push('…', false);
    }
    let mut ranges = ranges.iter().peekable();
    let mut space: Option<bool> = None;
    let mut begun = false;
    for (at, c) in text.get(window.clone()).unwrap_or_default().char_indices() {
        let at = window.start + at;
        while ranges.next_if(|range| range.end <= at).is_some() {}
        let marked = ranges.peek().is_some_and(|range| range.start <= at);
        if c.is_whitespace() {
            space = Some(marked && space.unwrap_or(true));
            continue;
        }
        if let Some(marked_space) = space.take().filter(|_| begun) {
            snippet.push(' ', marked_space && marked);
        }
        begun = true;
        snippet.push(c, marked);
    }
    if !tail.trim().is_empty() {
        snippet.push('…', false);
    }
    snippet
}
