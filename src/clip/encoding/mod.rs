//! Bytes into text: byte order marks, UTF-8, UTF-16, and the encodings of before.
//!
//! Follows the WHATWG Encoding standard for marks and names. UTF-8 and UTF-16 are decoded here.
//! The tables of the legacy encodings would add 120 kB (brotli) to the wasm, so they come through
//! a door, [`install`]: a browser hands in its own `TextDecoder`, native builds use `encoding_rs`.
//! Which encoding it is, is told by [`guess`]: a sample is decoded by each candidate, and the
//! text that reads most like a language wins.

mod guess;

use std::sync::OnceLock;

use super::{Diagnostic, Options, Severity, Source};

/// Decodes bytes from the encoding of a WHATWG label; broken bytes become U+FFFD. `None` when the
/// label is not known.
pub type LegacyDecoder = fn(label: &str, bytes: &[u8]) -> Option<String>;

static DECODER: OnceLock<LegacyDecoder> = OnceLock::new();

/// Hands in the decoder for encodings that are not Unicode. The first one stays.
pub fn install(decoder: LegacyDecoder) {
    DECODER.get_or_init(|| decoder);
}

#[cfg(not(target_arch = "wasm32"))]
fn legacy(label: &str, bytes: &[u8]) -> Option<String> {
    if let Some(decoder) = DECODER.get() {
        return decoder(label, bytes);
    }
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

#[cfg(target_arch = "wasm32")]
fn legacy(label: &str, bytes: &[u8]) -> Option<String> {
    DECODER.get().and_then(|decoder| decoder(label, bytes))
}

/// The encodings that a reader can choose from: the WHATWG label and the name to show.
pub const CHOICES: [(&str, &str); 11] = [
    ("utf-8", "UTF-8"),
    ("utf-16le", "UTF-16LE"),
    ("utf-16be", "UTF-16BE"),
    ("gb18030", "GB18030 (Chinese, simplified)"),
    ("big5", "Big5 (Chinese, traditional)"),
    ("shift_jis", "Shift_JIS (Japanese)"),
    ("euc-jp", "EUC-JP (Japanese)"),
    ("euc-kr", "EUC-KR (Korean)"),
    ("windows-1252", "Windows-1252 (Western)"),
    ("windows-1251", "Windows-1251 (Cyrillic)"),
    ("koi8-r", "KOI8-R (Russian)"),
];

/// Bytes that are looked at to tell text from a binary file and one encoding from another.
const SAMPLE: usize = 32 * 1024;
/// A binary file is shown no further than this.
const BINARY_SHOWN: usize = 64 * 1024;

/// Decodes the bytes of a file: the reader's choice first, then a byte order mark, then UTF-8,
/// then the best guess.
pub fn decode(bytes: &[u8], options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Source {
    let source = chosen(bytes, options, diagnostics).unwrap_or_else(|| told(bytes, diagnostics));
    if source.text.trim().is_empty() {
        diagnostics
            .push(Diagnostic::new("empty", Severity::Info, "The file holds no text.").hint("Save the page again."));
    }
    source
}

/// A text that was decoded, and whether all its bytes could be.
struct Decoded {
    text: String,
    whole: bool,
}

/// What the reader chose.
fn chosen(bytes: &[u8], options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Source> {
    let label = options.encoding.as_deref()?.trim().to_ascii_lowercase();
    let decoded = match label.as_str() {
        "utf-8" | "utf8" => Some(utf_8(bytes.strip_prefix(UTF_8).unwrap_or(bytes))),
        "utf-16le" | "utf-16" => Some(utf_16(bytes.strip_prefix(UTF_16LE).unwrap_or(bytes), u16::from_le_bytes)),
        "utf-16be" => Some(utf_16(bytes.strip_prefix(UTF_16BE).unwrap_or(bytes), u16::from_be_bytes)),
        _ => legacy(&label, bytes).map(|text| Decoded { whole: !text.contains(char::REPLACEMENT_CHARACTER), text }),
    };
    if decoded.is_none() {
        let message = format!("The encoding `{label}` is not known here.");
        let found = Diagnostic::new("encoding-unknown", Severity::Warning, message);
        diagnostics.push(found.hint("Choose another encoding; the best guess was used."));
    }
    Some(source(decoded?, &name(&label), false, diagnostics))
}

/// Makes the source of what was decoded; bytes that could not be are told, with the first place.
fn source(decoded: Decoded, name: &str, guessed: bool, diagnostics: &mut Vec<Diagnostic>) -> Source {
    let source = Source::new(decoded.text, name, guessed);
    if !decoded.whole {
        let message = format!("Some bytes are not {name}; each is shown as \u{fffd}.");
        let found = Diagnostic::new("encoding", Severity::Warning, message);
        let found = found.hint("Choose another encoding if the text looks wrong.");
        let place = source.text.find(char::REPLACEMENT_CHARACTER);
        diagnostics.push(match place {
            Some(at) => found.at(source.span(at..at + char::REPLACEMENT_CHARACTER.len_utf8())),
            None => found,
        });
    }
    source
}

/// The WHATWG name of a label: upper case but for the Windows code pages and Shift_JIS.
fn name(label: &str) -> String {
    match label {
        "gb18030" => "gb18030".to_owned(),
        "big5" => "Big5".to_owned(),
        "shift_jis" => "Shift_JIS".to_owned(),
        windows if windows.starts_with("windows") => windows.to_owned(),
        other => other.to_ascii_uppercase(),
    }
}

const UTF_8: &[u8] = b"\xef\xbb\xbf";
const UTF_16LE: &[u8] = b"\xff\xfe";
const UTF_16BE: &[u8] = b"\xfe\xff";

/// What the bytes themselves tell.
fn told(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Source {
    if let Some(rest) = bytes.strip_prefix(UTF_8) {
        return source(utf_8(rest), "UTF-8", false, diagnostics);
    }
    if let Some(rest) = bytes.strip_prefix(UTF_16LE) {
        return source(utf_16(rest, u16::from_le_bytes), "UTF-16LE", false, diagnostics);
    }
    if let Some(rest) = bytes.strip_prefix(UTF_16BE) {
        return source(utf_16(rest, u16::from_be_bytes), "UTF-16BE", false, diagnostics);
    }
    if let Some(kind) = binary(bytes) {
        let found = Diagnostic::new("binary", Severity::Error, format!("This is {kind}, not text."));
        diagnostics.push(found.hint("Open the Markdown file that belongs to it."));
        let shown = bytes.get(..BINARY_SHOWN).unwrap_or(bytes);
        return Source::new(String::from_utf8_lossy(shown).into_owned(), "UTF-8", true);
    }
    match guess::utf_16(sample(bytes)) {
        Some(guess::Endian::Little) => return guessed(utf_16(bytes, u16::from_le_bytes), "UTF-16LE", diagnostics),
        Some(guess::Endian::Big) => return guessed(utf_16(bytes, u16::from_be_bytes), "UTF-16BE", diagnostics),
        None => {}
    }
    let decoded = utf_8(bytes);
    if decoded.whole {
        return source(decoded, "UTF-8", false, diagnostics);
    }
    broken_or_legacy(bytes, decoded, diagnostics)
}

/// UTF-8 with a few broken bytes stays UTF-8; anything else is guessed.
fn broken_or_legacy(bytes: &[u8], utf_8: Decoded, diagnostics: &mut Vec<Diagnostic>) -> Source {
    let broken = utf_8.text.matches(char::REPLACEMENT_CHARACTER).count();
    let beyond_ascii = utf_8.text.chars().filter(|c| !c.is_ascii()).count();
    let mostly_whole = broken * 10 <= beyond_ascii.saturating_sub(broken);
    let label = if mostly_whole { None } else { guess::legacy(sample(bytes), &guess::OF_TEXTS, legacy) };
    match label.and_then(|label| Some((label, legacy(label, bytes)?))) {
        Some((label, text)) => guessed(Decoded { text, whole: true }, &name(label), diagnostics),
        None => source(utf_8, "UTF-8", true, diagnostics),
    }
}

fn guessed(decoded: Decoded, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Source {
    let message = format!("The file does not say how it is encoded; it reads as {name}.");
    let found = Diagnostic::new("encoding-guessed", Severity::Info, message);
    diagnostics.push(found.hint("Choose another encoding if the text looks wrong."));
    source(decoded, name, true, diagnostics)
}

/// Decodes names of files that are known not to be UTF-8, by the best guess for all of them
/// together. `None` when no encoding makes sense of them, or when none can be decoded here.
#[must_use]
pub fn decode_names(names: &[u8]) -> Option<String> {
    legacy(guess::legacy(sample(names), &guess::OF_NAMES, legacy)?, names)
}

/// Whether bytes look like UTF-16 without a byte order mark.
#[must_use]
pub fn is_unmarked_utf_16(bytes: &[u8]) -> bool {
    guess::utf_16(sample(bytes)).is_some()
}

fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE).unwrap_or(bytes)
}

fn utf_8(bytes: &[u8]) -> Decoded {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), whole: true },
        Err(_) => Decoded { text: String::from_utf8_lossy(bytes).into_owned(), whole: false },
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut whole = odd.is_empty();
    let units = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let mut text: String = units
        .map(|c| {
            whole &= c.is_ok();
            c.unwrap_or(char::REPLACEMENT_CHARACTER)
        })
        .collect();
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text, whole }
}

/// What kind of binary file it is, when it is one.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\x1f\x8b", "a compressed file"),
        (b"SQLite format 3\0", "a database"),
        (b"\0asm", "a program"),
        (b"\x7fELF", "a program"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(kind);
    }
    let sample = sample(bytes);
    if is_unmarked_utf_16(sample) {
        return None;
    }
    let strange =
        sample.iter().filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x1b)).count();
    (strange >= 8 && strange * 50 > sample.len()).then_some("a binary file")
}
