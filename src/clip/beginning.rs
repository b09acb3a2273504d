//! The beginning of a long clip: enough for the first screen, to be shown while the rest is read.

use std::ops::Range;

/// Shorter clips are read at once, in bytes.
const LONG: usize = 32 * 1024;
/// Where the beginning may end, in bytes: it must hold more than the first chunk of the body.
const END: Range<usize> = 12 * 1024..32 * 1024;

/// The beginning of a clip in UTF-8, cut between two blocks. `None` when the clip is short, is not
/// UTF-8, or has no place there where cutting is sure to be between two blocks.
///
/// What is read from it is provisional: the end of a clip can show that a line at its beginning is
/// a heading.
#[must_use]
pub fn of(bytes: &[u8]) -> Option<&str> {
    if bytes.len() < LONG {
        return None;
    }
    let head = bytes.get(..END.end)?;
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The cut may stand in the middle of a letter.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    let (mut at, mut fence) = (0, None);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if fence.is_none() && words.is_empty() && at >= END.start {
            return text.get(..at);
        }
        at += line.len();
        if let Some(marker) = ["```", "~~~"].into_iter().find(|m| words.starts_with(m)) {
            fence = match fence {
                None => Some(marker),
                Some(open) if open == marker => None,
                open => open,
            };
        }
    }
    None
}
