//! The text of a clip: decoding bytes, and finding lines in the result.
//!
//! Follows the WHATWG Encoding standard for byte order marks. Line endings are kept as they are;
//! a byte order mark is not part of the text.

use serde::{Deserialize, Serialize};

use super::{Diagnostic, Options, Severity, Span};

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

impl Source {
    /// Takes text that is already decoded.
    #[must_use]
    pub fn new(text: String, encoding: &str, encoding_guessed: bool) -> Self {
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
            .collect();
        Self { text, encoding: encoding.to_owned(), encoding_guessed, line_starts }
    }

    /// The 1-based line in which the byte at `offset` stands.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        let before = self.line_starts.partition_point(|start| *start <= offset);
        u32::try_from(before.max(1)).unwrap_or(u32::MAX)
    }

    /// The place of a range of bytes, with its line and column.
    #[must_use]
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let line = self.line(range.start);
        let line_start = self.line_starts.get(line as usize - 1).copied().unwrap_or(0);
        let before = self.text.get(line_start..range.start).unwrap_or("");
        let column = u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX);
        Span { start: range.start, end: range.end, line, column }
    }
}

/// Decodes the bytes of a file: by its byte order mark (UTF-8, UTF-16 in either order), else as
/// UTF-8; broken bytes become U+FFFD and are told.
pub fn decode(bytes: &[u8], _options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Source {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes, "UTF-16LE", diagnostics);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes, "UTF-16BE", diagnostics);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Source::new(text.to_owned(), "UTF-8", false),
        Err(error) => {
            let source = Source::new(String::from_utf8_lossy(bytes).into_owned(), "UTF-8", true);
            let at = error.valid_up_to();
            diagnostics.push(broken("UTF-8").at(source.span(at..at)));
            source
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Source {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut whole = odd.is_empty();
    let characters = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let text = characters
        .map(|c| {
            c.unwrap_or_else(|_| {
                whole = false;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if !whole {
        diagnostics.push(broken(name));
    }
    Source::new(text, name, false)
}

fn broken(encoding: &str) -> Diagnostic {
    let message = format!("Some bytes are not {encoding}; each is shown as \u{FFFD}.");
    Diagnostic::new("encoding", Severity::Warning, message).hint("Save the file as UTF-8 and open it again.")
}
