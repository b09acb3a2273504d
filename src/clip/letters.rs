//! Letters, and the room that a text takes: asked of every character of a clip, so answered
//! without a table for those that most texts are made of.

use std::borrow::Cow;

/// Whether a character is a letter or a digit: what [`char::is_alphanumeric`] says.
#[must_use]
#[inline]
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { is_letter_beyond_ascii(c) }
}

fn is_letter_beyond_ascii(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => true,
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => false,
        '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// How wide a character is, in columns: white space nothing, ASCII one, all others two.
#[must_use]
#[inline]
pub fn columns(c: char) -> usize {
    match c {
        '\u{3001}'..='\u{FFFF}' => 2,
        c if c.is_whitespace() => 0,
        c => 2 - usize::from(c.is_ascii()),
    }
}

/// How wide a text is, in columns: Chinese, Japanese and Korean characters are two wide.
#[must_use]
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Whether a text is at most so wide; of a longer one no more is looked at.
#[must_use]
pub fn fits(text: &str, most: usize) -> bool {
    let mut left = most;
    // No character has more columns than bytes.
    text.len() <= most
        || text.chars().all(|c| {
            let wide = columns(c);
            let enough = wide <= left;
            left = left.saturating_sub(wide);
            enough
        })
}

/// Letters and digits alone, in lower case, to compare texts that were spaced differently.
#[must_use]
pub fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    letters.extend(text.chars().filter(|c| is_letter(*c)).flat_map(lowered));
    letters
}

/// The words of a text with single spaces.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The text in lower case; itself where no letter of it has one.
#[must_use]
pub fn lower(text: &str) -> Cow<'_, str> {
    if text.chars().any(may_have_case) { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) }
}

/// A character in lower case: what [`char::to_lowercase`] says.
pub fn lowered(c: char) -> impl Iterator<Item = char> {
    let (same, other) = if may_have_case(c) { (None, Some(c.to_lowercase())) } else { (Some(c), None) };
    same.into_iter().chain(other.into_iter().flatten())
}

/// Whether a character may be another one in lower case.
fn may_have_case(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_uppercase(),
        '\u{2000}'..='\u{20FF}' | '\u{3000}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FF20}' => false,
        _ => true,
    }
}
