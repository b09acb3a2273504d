//! The bytes of a file beside the text that they are read as, and which byte a character is.
//!
//! In UTF-8 the two are the same. In the encodings of before, lines are counted, and within a line
//! signs that no other character has for one of its bytes: spaces, quotes, `#`, `:`, `=` and the like.

use crate::clip::order;
use std::ops::Range;

use super::{Edit, ExportError};
use crate::clip::front_matter::{self, Format};
use crate::clip::{FrontMatter, Options, Source, source};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file, read.
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    pub(super) source: Source,
    pub(super) front_matter: FrontMatter,
    /// Where the block at the head stands, its fences included.
    block: Range<usize>,
    /// Where the keys stand, between the fences.
    content: Range<usize>,
}

impl Text {
    /// Reads a file, in an encoding that is known or in the one that is told.
    pub(super) fn read(bytes: Vec<u8>, encoding: Option<String>) -> Result<Self, ExportError> {
        let mut diagnostics = Vec::new();
        let source = source::decode(&bytes, &Options { encoding, ..Options::default() }, &mut diagnostics);
        if source.encoding.starts_with("UTF-16") {
            return Err(ExportError::Utf16(source.encoding));
        }
        let (front_matter, body_start) = front_matter::read(&source, &mut diagnostics);
        let block = body_start.saturating_sub(front_matter.raw.len())..body_start;
        let content = content(&source, block.clone());
        Ok(Self { bytes, source, front_matter, block, content })
    }

    pub(super) fn format(&self) -> Format {
        self.front_matter.format
    }

    pub(super) fn text(&self) -> &str {
        &self.source.text
    }

    /// The text of a range, or nothing.
    pub(super) fn get(&self, range: Range<usize>) -> &str {
        self.text().get(range).unwrap_or_default()
    }

    /// Where the block at the head stands, its fences included.
    pub(super) fn block(&self) -> Range<usize> {
        self.block.clone()
    }

    /// Where its keys stand, between the fences.
    pub(super) fn content(&self) -> Range<usize> {
        self.content.clone()
    }

    /// How the file ends its lines.
    pub(super) fn newline(&self) -> &'static str {
        match self.source.lines_from(0).next() {
            Some(line) => match self.get(line.end()..line.next) {
                "\r\n" => "\r\n",
                "\r" => "\r",
                _ => "\n",
            },
            None => "\n",
        }
    }

    /// The same file with those edits, which do not overlap, read again.
    pub(super) fn with(&self, mut edits: Vec<Edit>, key: &str) -> Result<Self, ExportError> {
        order::sort_by_key(&mut edits, |edit| (edit.range.start, edit.range.end));
        let is_utf_8 = self.source.encoding == "UTF-8";
        let mut bytes = Vec::with_capacity(self.bytes.len() + 64);
        let mut from = 0;
        for edit in edits {
            if !is_utf_8 && !edit.with.is_ascii() {
                let encoding = self.source.encoding.clone();
                return Err(ExportError::NotAscii { key: key.to_owned(), encoding });
            }
            let place = |offset| self.byte_of(offset).ok_or_else(|| ExportError::Place(key.to_owned()));
            let (start, end) = (place(edit.range.start)?, place(edit.range.end)?);
            let kept = self.bytes.get(from..start).ok_or_else(|| ExportError::Place(key.to_owned()))?;
            bytes.extend_from_slice(kept);
            bytes.extend_from_slice(edit.with.as_bytes());
            from = end.max(start);
        }
        bytes.extend_from_slice(self.bytes.get(from..).unwrap_or_default());
        Self::read(bytes, Some(self.source.encoding.clone()))
    }

    /// The byte of the file at which a character of the text begins.
    fn byte_of(&self, offset: usize) -> Option<usize> {
        let is_utf_8 = self.source.encoding == "UTF-8";
        let mark = if is_utf_8 && self.bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let raw = self.bytes.get(mark..)?;
        if raw == self.text().as_bytes() {
            return Some(mark + offset);
        }
        let number = self.source.line(offset);
        let line = self.source.lines_from(self.source.line_start(number)).next();
        let Some(line) = line else { return Some(self.bytes.len()) };
        let start = mark + line_start(raw, number);
        if offset == line.start {
            return Some(start);
        }
        let rest = self.bytes.get(start..)?;
        let length = rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
        if offset >= line.end() {
            return Some(start + length + (offset - line.end()));
        }
        let bytes = rest.get(..length)?;
        let (before, after) = line.text.split_at_checked(offset - line.start)?;
        let sure = |c: Option<char>| c.filter(|c| is_sure(*c)).and_then(|c| u8::try_from(c).ok());
        let nth = |sign: u8, n: usize| bytes.iter().enumerate().filter(|(_, b)| **b == sign).nth(n).map(|(at, _)| at);
        let count = |sign: u8| before.bytes().filter(|b| *b == sign).count();
        if let Some(sign) = sure(after.chars().next()) {
            return Some(start + nth(sign, count(sign))?);
        }
        let sign = sure(before.chars().next_back())?;
        Some(start + nth(sign, count(sign).checked_sub(1)?)? + 1)
    }
}

/// Whether a sign is never a byte of another character, in any encoding that clips are read in.
fn is_sure(c: char) -> bool {
    matches!(c, '\t' | ' '..='/' | ':'..='?')
}

/// The byte at which the line of that number begins, from 1.
fn line_start(bytes: &[u8], number: u32) -> usize {
    let mut left = number.saturating_sub(1);
    let mut at = 0;
    while left > 0 {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(end) = rest.iter().position(|b| matches!(b, b'\n' | b'\r')) else { return bytes.len() };
        at += end + if rest.get(end..end + 2) == Some(b"\r\n") { 2 } else { 1 };
        left -= 1;
    }
    at
}

/// What stands between the fences of a block; one of them, or both, may be missing.
fn content(source: &Source, block: Range<usize>) -> Range<usize> {
    let is_fence = |line: &str| {
        let line = line.trim_end();
        line == "..." || line.len() >= 3 && (line.bytes().all(|b| b == b'-') || line.bytes().all(|b| b == b'+'))
    };
    let lines = || source::lines(source.text.get(block.clone()).unwrap_or_default(), block.start);
    let mut content = block.clone();
    if let Some(first) = lines().next().filter(|line| is_fence(line.text)) {
        content.start = first.next;
    }
    if let Some(last) = lines().last().filter(|line| is_fence(line.text) && line.start >= content.start) {
        content.end = last.start;
    }
    content
}
