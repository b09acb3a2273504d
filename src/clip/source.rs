//! The text of a clip, its lines, and the places in it.
//!
//! [`super::encoding`] makes the text out of bytes. Line endings are kept as they are (`\n`,
//! `\r\n` or a lone `\r`, as CommonMark has them); a byte order mark is not part of the text.

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Options, Span, encoding};

/// A decoded clip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding that was used, by its WHATWG name, such as `UTF-8`.
    pub encoding: String,
    /// Whether the encoding was guessed rather than declared or valid UTF-8.
    pub encoding_guessed: bool,
    /// Byte offset of the first character of every line.
    line_starts: Vec<usize>,
}

/// One line of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Byte offset of its first character.
    pub start: usize,
    /// Its characters, without the line ending.
    pub text: &'a str,
    /// Byte offset of the line after it.
    pub next: usize,
}

impl Line<'_> {
    /// Byte offset just past its last character, the line ending left out.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it holds nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of `text`, with offsets that count from `offset`.
pub fn lines(text: &str, offset: usize) -> impl Iterator<Item = Line<'_>> {
    let mut rest = text;
    let mut start = offset;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        let after = tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix(['\n', '\r'])).unwrap_or(tail);
        let next = start + (rest.len() - after.len());
        let found = Line { start, text: line, next };
        rest = after;
        start = next;
        Some(found)
    })
}

impl Source {
    /// Takes text that is already decoded.
    #[must_use]
    pub fn new(text: String, encoding: &str, encoding_guessed: bool) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| bytes.get(*at) != Some(&b'\r') || bytes.get(at + 1) != Some(&b'\n');
        let after_ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).map(|at| at + 1);
        let line_starts = std::iter::once(0).chain(after_ends).collect();
        Self { text, encoding: encoding.to_owned(), encoding_guessed, line_starts }
    }

    /// The lines from the byte at `offset` on, which should be the start of one.
    pub fn lines_from(&self, offset: usize) -> impl Iterator<Item = Line<'_>> {
        lines(self.text.get(offset..).unwrap_or(""), offset)
    }

    /// The 1-based line in which the byte at `offset` stands.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        let before = self.line_starts.partition_point(|start| *start <= offset);
        u32::try_from(before.max(1)).unwrap_or(u32::MAX)
    }

    /// Byte offset of the first character of a 1-based line, or the end of the text.
    #[must_use]
    pub fn line_start(&self, line: u32) -> usize {
        self.line_starts.get((line as usize).saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The place of a range of bytes, with its line and column.
    #[must_use]
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let line = self.line(range.start);
        let before = self.text.get(self.line_start(line)..range.start).unwrap_or("");
        let column = u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX);
        Span { start: range.start, end: range.end, line, column }
    }
}

/// Decodes the bytes of a file; [`encoding::decode`] does the work.
pub fn decode(bytes: &[u8], options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Source {
    encoding::decode(bytes, options, diagnostics)
}
