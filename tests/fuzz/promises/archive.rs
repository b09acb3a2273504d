//! A zip: it opens or is refused with a sentence, and nothing in it leads outside or beyond a limit.

use std::collections::HashSet;
use std::io::Cursor;

use clip_viewer::library::archive::{
    Archive, MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FROM_BYTES,
};
use clip_viewer::library::path;

/// Reads the input as an archive, and every file in it.
pub fn keep(input: &[u8]) {
    let archive = match Archive::open(Cursor::new(input), "drop.zip") {
        Ok(archive) => archive,
        Err(refused) => return is_a_sentence(&refused.to_string()),
    };
    let entries = archive.entries();
    assert!(entries.len() <= MAX_ENTRIES, "{} files", entries.len());
    assert!(entries.iter().map(|entry| entry.size_bytes).sum::<u64>() <= MAX_TOTAL_BYTES, "too much in all");
    let mut paths = HashSet::new();
    for (place, entry) in entries.iter().enumerate() {
        assert_eq!(entry.index, place, "a file has another place than its number says");
        // A number that is put to a second file of a name is no part of what was cleaned, but clean too.
        assert_eq!(path::clean(&entry.path).as_deref(), Ok(entry.path.as_str()), "a path that is not clean");
        assert!(paths.insert(entry.path.as_str()), "two files of one name: {}", entry.path);
        assert!(entry.size_bytes <= MAX_ENTRY_BYTES, "{} bytes", entry.size_bytes);
        match archive.read(entry.index) {
            Ok(bytes) => {
                assert_eq!(bytes.len() as u64, entry.size_bytes, "a file is as long as it says");
                let grown = entry.size_bytes > RATIO_FROM_BYTES;
                assert!(!grown || entry.size_bytes / MAX_RATIO <= input.len() as u64, "a file grew out of nothing");
            }
            Err(refused) => is_a_sentence(&refused.to_string()),
        }
    }
    assert!(archive.read(entries.len()).is_err(), "a file that is not there was read");
    archive.refused().iter().for_each(|refused| is_a_sentence(&refused.to_string()));
    archive.renamed().iter().for_each(|renamed| is_a_sentence(&renamed.to_string()));
}

/// A sentence that fits on the page, with nothing in it that could turn or break the line.
fn is_a_sentence(text: &str) {
    let marks = |c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    assert!(text.ends_with('.') && text.chars().count() < 400 && !text.contains(marks), "no sentence: {text:?}");
}
