//! Where a term stands in a text.
//!
//! Start at [`find_in`]. The rules: a term that begins with a Latin, Greek or Cyrillic letter or a
//! digit is found where a word begins (`read` finds “reading”, not “thread”); any other is found
//! anywhere, as Chinese does not part its words. Words of a phrase follow each other with white
//! space of any length between them. The longest word of a term is scanned for, and what stands
//! before and behind it is compared afterwards.

use std::ops::Range;

use memchr::memmem;

use super::fold;
use super::letters::begins_word;
use super::query::{Query, Term};

/// A term made ready to be looked for.
#[derive(Debug)]
pub(super) struct Needle {
    finder: memmem::Finder<'static>,
    before: Vec<String>,
    after: Vec<String>,
    first: char,
    length_bytes: usize,
}

impl Needle {
    /// `None` when there is nothing to look for.
    pub(super) fn new(term: &Term) -> Option<Self> {
        let words = term.words();
        // The last of the longest: while a person types, it is the one that is not complete.
        let (longest, word) = words.iter().enumerate().max_by_key(|(_, word)| word.len())?;
        let (before, rest) = words.split_at_checked(longest)?;
        Some(Self {
            finder: memmem::Finder::new(word).into_owned(),
            before: before.to_vec(),
            after: rest.iter().skip(1).cloned().collect(),
            first: words.first()?.chars().next()?,
            length_bytes: words.iter().map(String::len).sum(),
        })
    }

    /// How long it is: the longer, the fewer texts have it.
    pub(super) fn length_bytes(&self) -> usize {
        self.length_bytes
    }

    /// The first match in a folded text that begins at or after a byte.
    pub(super) fn find_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let mut at = from;
        loop {
            let found = at + self.finder.find(text.as_bytes().get(at..)?)?;
            if let Some(range) = self.around(text, found).filter(|range| range.start >= from) {
                return Some(range);
            }
            at = found + 1;
        }
    }

    /// All matches in a folded text from a byte on, in their order; none overlaps another.
    fn ranges<'a>(&'a self, text: &'a str, from: usize) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut at = from;
        std::iter::from_fn(move || {
            let range = self.find_from(text, at)?;
            at = range.end;
            Some(range)
        })
    }

    /// The whole term, when its longest word stands at a byte.
    fn around(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let mut head = text.get(..at)?;
        for word in self.before.iter().rev() {
            let trimmed = head.trim_end();
            if trimmed.len() == head.len() {
                return None;
            }
            head = trimmed.strip_suffix(word.as_str())?;
        }
        if !begins_word(head.chars().next_back(), self.first) {
            return None;
        }
        let mut tail = text.get(at + self.finder.needle().len()..)?;
        for word in &self.after {
            let trimmed = tail.trim_start();
            if trimmed.len() == tail.len() {
                return None;
            }
            tail = trimmed.strip_prefix(word.as_str())?;
        }
        Some(head.len()..text.len() - tail.len())
    }
}

/// Where a term stands in a folded text, as ranges of its bytes: the iterator of [`find_in`].
#[derive(Debug)]
pub struct Matches<'t> {
    needle: Option<Needle>,
    text: &'t str,
    at: usize,
}

/// Where a term stands in a text that was folded before, as ranges of the folded text's bytes.
#[must_use]
pub fn find_in<'t>(text_folded: &'t str, term: &Term) -> Matches<'t> {
    Matches { needle: Needle::new(term), text: text_folded, at: 0 }
}

impl Iterator for Matches<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let range = self.needle.as_ref()?.find_from(self.text, self.at)?;
        self.at = range.end;
        Some(range)
    }
}

/// What is looked for inside one clip, text after text.
#[derive(Debug)]
pub struct Finder {
    needles: Vec<Needle>,
}

impl Finder {
    /// Looks for all that a query would mark: its words and phrases.
    #[must_use]
    pub fn new(query: &Query) -> Self {
        Self { needles: query.terms.iter().filter_map(Needle::new).collect() }
    }

    /// Looks for a text as it stands, with no quotes, fields or dashes understood.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        Self { needles: Needle::new(&Term::new(text)).into_iter().collect() }
    }

    /// Whether it looks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// The matches in a text as ranges of UTF-16 units, as the DOM counts, in their order; matches
    /// of several terms that overlap are one.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.translated(text, char::len_utf16)
    }

    /// The matches in a text as ranges of its bytes.
    #[must_use]
    pub fn byte_ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.translated(text, char::len_utf8)
    }

    fn translated(&self, text: &str, width: fn(char) -> usize) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        let folded = fold(text);
        let found = self.needles.iter().flat_map(|needle| needle.ranges(&folded, 0)).collect();
        let mut ranges = merged(found);
        translate(text, &folded, &mut ranges, width);
        ranges
    }

    /// Every match of every term in a folded text from a byte on, with the number of its term, by
    /// its place; at most that many of each.
    pub(super) fn places(&self, text_folded: &str, from: usize, most: usize) -> Vec<(Range<usize>, usize)> {
        let mut places = Vec::new();
        for (term, needle) in self.needles.iter().enumerate() {
            places.extend(needle.ranges(text_folded, from).take(most).map(|range| (range, term)));
        }
        places.sort_unstable_by_key(|(range, term)| (range.start, range.end, *term));
        places
    }
}

/// Ranges by their place, those that overlap made one.
pub(super) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, kept| {
        let overlap = next.start < kept.end;
        if overlap {
            kept.end = kept.end.max(next.end);
        }
        overlap
    });
    ranges
}

/// Makes ranges of a folded text's bytes ranges of the text itself, in units of `width`.
///
/// The ranges are by their place and don't overlap.
pub(super) fn translate(text: &str, folded: &str, ranges: &mut [Range<usize>], width: fn(char) -> usize) {
    if text.is_ascii() {
        return;
    }
    let mut pairs = text.chars().zip(folded.chars());
    let (mut at_folded, mut at) = (0, 0);
    for range in ranges {
        for edge in [&mut range.start, &mut range.end] {
            while at_folded < *edge {
                let Some((original, copy)) = pairs.next() else { break };
                at_folded += copy.len_utf8();
                at += width(original);
            }
            *edge = at;
        }
    }
}
