//! Which files may come in: one clear sentence for each that may not.
//!
//! Judged twice: by name and size before a byte is read, and by the bytes afterwards.

use crate::clip::encoding;

/// The largest Markdown file that is read, in bytes.
pub const MAX_CLIP_BYTES: u64 = 50 * 1024 * 1024;

/// How many bytes at the head of a file are looked at to tell text from anything else.
const SNIFFED_BYTES: usize = 4096;

/// What can be known of a file before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered<'a> {
    /// Its name, without a folder.
    pub name: &'a str,
    /// Its length in bytes.
    pub size: u64,
    /// Whether it is a folder.
    pub folder: bool,
}

/// Why a file does not come in. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A folder where a file was expected.
    #[error("“{0}” is a folder. Open it and drop the clip files inside it.")]
    Folder(String),
    /// Nothing in it.
    #[error("“{0}” is empty: there is nothing to read in it.")]
    Empty(String),
    /// Longer than [`MAX_CLIP_BYTES`].
    #[error(
        "“{name}” has {megabytes} MB; clips of up to 50 MB can be opened. Split it, or save the page without embedded pictures."
    )]
    TooLarge {
        /// The file's name.
        name: String,
        /// Its length, in whole megabytes.
        megabytes: u64,
    },
    /// Not text.
    #[error("“{name}” is {kind}, not a text file. Drop the .md or .txt file of the clip.")]
    NotText {
        /// The file's name.
        name: String,
        /// What it looks like.
        kind: &'static str,
    },
    /// The browser could not read it.
    #[error("“{name}” could not be read: {why} If it was moved or changed meanwhile, drop it again.")]
    Unreadable {
        /// The file's name.
        name: String,
        /// What the browser said, as a sentence.
        why: String,
    },
}

impl Refusal {
    /// The refusal of a file of which the browser said why it could not be read, with or without a full stop.
    #[must_use]
    pub fn unreadable(name: &str, why: &str) -> Self {
        Self::Unreadable { name: name.to_owned(), why: format!("{}.", why.trim_end_matches('.')) }
    }
}

/// Judges a file before it is read.
///
/// # Errors
/// A [`Refusal`] when it is a folder, empty or too large.
pub fn judge(file: &Offered<'_>) -> Result<(), Refusal> {
    let name = || file.name.to_owned();
    if file.folder {
        return Err(Refusal::Folder(name()));
    }
    if file.size == 0 {
        return Err(Refusal::Empty(name()));
    }
    if file.size > MAX_CLIP_BYTES {
        return Err(Refusal::TooLarge { name: name(), megabytes: file.size.div_ceil(1024 * 1024) });
    }
    Ok(())
}

/// Judges a file by its bytes.
///
/// # Errors
/// A [`Refusal`] when the bytes are not text, or nothing but white space.
pub fn judge_bytes(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    if let Some(kind) = known_binary(bytes) {
        return Err(Refusal::NotText { name: name.to_owned(), kind });
    }
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = bytes.get(..SNIFFED_BYTES.min(bytes.len())).unwrap_or_default();
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    if !utf16 && !encoding::is_unmarked_utf_16(head) && controls * 20 > head.len() {
        return Err(Refusal::NotText { name: name.to_owned(), kind: "a binary file" });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) || bytes == b"\xef\xbb\xbf" {
        return Err(Refusal::Empty(name.to_owned()));
    }
    Ok(())
}

/// The kinds of file that people drop by mistake, by their first bytes.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 12] = [
        (b"PK\x03\x04", "a zip archive"),
        (b"%PDF-", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"Rar!\x1a", "a RAR archive"),
        (b"SQLite format 3\0", "a database"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"\0asm", "a WebAssembly module"),
    ];
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("a WebP picture");
    }
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}
