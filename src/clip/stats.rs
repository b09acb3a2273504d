//! Counts of a clip: words, characters, pictures, time to read.
//!
//! Reading speeds: 238 words a minute for Latin text (Brysbaert 2019, *How many words do we read
//! per minute?*), 300 characters a minute for Chinese and Japanese (the middle of the 255 to 370
//! of Trauzettel-Klosinski and Dietz 2012, *Standardized Assessment of Reading Performance*).

use serde::{Deserialize, Serialize};

use super::blocks::{Block, Kind};
use super::clutter::{Clutter, Reason};
use super::letters::is_letter;
use super::markdown::Document;
use super::repair::is_cjk;

const WORDS_A_MINUTE: u32 = 238;
const CJK_CHARACTERS_A_MINUTE: u32 = 300;

/// What was counted, folded clutter left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Words of scripts that separate them.
    pub words: u32,
    /// Characters of Chinese, Japanese and Korean.
    pub cjk_characters: u32,
    /// Pictures, placeholders left out; those in a folded tail were captured, and count.
    pub pictures: u32,
    /// Time to read, in whole minutes, at least 1 for any text.
    pub reading_minutes: u32,
}

/// Counts.
#[must_use]
pub fn count(_document: &Document<'_>, blocks: &[Block], clutter: &[Clutter]) -> Stats {
    let mut stats = Stats::default();
    let mut folds = clutter.iter().peekable();
    for block in blocks {
        while folds.next_if(|c| c.events.end <= block.events.start).is_some() {}
        let whole =
            folds.peek().copied().filter(|c| c.events.start <= block.events.start && block.events.end <= c.events.end);
        let placeholders = match whole {
            Some(fold) if fold.reason != Reason::PlaceholderPicture => 0,
            Some(_) => block.pictures,
            // Each fold within a block is passed once.
            None => std::iter::from_fn(|| folds.next_if(|c| c.events.end <= block.events.end))
                .filter(|c| c.reason == Reason::PlaceholderPicture)
                .count(),
        };
        stats.pictures += u32::try_from(block.pictures.saturating_sub(placeholders)).unwrap_or(0);
        if whole.is_none() && block.kind != Kind::Code {
            count_words(&block.text, &mut stats);
        }
    }
    let seconds = u64::from(stats.words) * 60 / u64::from(WORDS_A_MINUTE)
        + u64::from(stats.cjk_characters) * 60 / u64::from(CJK_CHARACTERS_A_MINUTE);
    let any = stats.words + stats.cjk_characters > 0;
    stats.reading_minutes = u32::try_from((seconds + 30) / 60).unwrap_or(u32::MAX).max(u32::from(any));
    stats
}

fn count_words(text: &str, stats: &mut Stats) {
    let mut in_word = false;
    if text.is_ascii() {
        // The same with half the questions.
        for byte in text.bytes() {
            let is_letter = byte.is_ascii_alphanumeric();
            stats.words += u32::from(is_letter && !in_word);
            in_word = is_letter || in_word && matches!(byte, b'\'' | b'-');
        }
        return;
    }
    for c in text.chars() {
        let is_letter = is_letter(c);
        if is_letter && is_cjk(c) {
            stats.cjk_characters += 1;
            in_word = false;
        } else if is_letter {
            stats.words += u32::from(!in_word);
            in_word = true;
        } else if !matches!(c, '\'' | '’' | '-') {
            in_word = false;
        }
    }
}
