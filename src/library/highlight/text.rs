//! The text that highlights speak of: what is written in a clip's body, whatever of it is shown or
//! folded away.
//!
//! Its *letters* are all characters but white space and those that nobody sees, each in one form for
//! its variants (case, quotation marks, dashes, full width). Places are counted in letters, as lines
//! break and blanks come and go when a page is clipped anew. The readable text is kept beside them, to
//! quote from.

use std::ops::Range;

use super::Selectors;

/// How many letters of what stands around a place are kept.
const CONTEXT: usize = 32;

/// A body's text, from its beginning on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    readable: String,
    letters: Vec<char>,
    /// Where each letter stands in the readable text, in bytes.
    at: Vec<u32>,
}

/// A character as a letter; `None` for white space and what nobody sees.
#[must_use]
pub fn letter(character: char) -> Option<char> {
    let c = match character {
        '!'..='@' | '['..='~' => character,
        'A'..='Z' => character.to_ascii_lowercase(),
        c if c.is_whitespace() || c.is_control() => return None,
        // Soft hyphens, joiners, marks of direction and order.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            return None;
        }
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '「' | '」' | '『' | '』' | '＂' => '"',
        '‐'..='―' | '−' | '－' => '-',
        '，' => ',',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0)?.to_ascii_lowercase(),
        c => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    };
    Some(c)
}

/// The letters of a text.
#[must_use]
pub fn letters(text: &str) -> Vec<char> {
    text.chars().filter_map(letter).collect()
}

impl Text {
    /// The text of what is written there, as one paragraph.
    #[must_use]
    pub fn of(written: &str) -> Self {
        let mut text = Self::default();
        text.push(written);
        text
    }

    /// Adds what is written next; white space of any length is one blank.
    pub fn push(&mut self, written: &str) {
        for character in written.chars() {
            if character.is_whitespace() {
                if !self.readable.is_empty() && !self.readable.ends_with([' ', '\n']) {
                    self.readable.push(' ');
                }
                continue;
            }
            if let Some(letter) = letter(character) {
                self.letters.push(letter);
                self.at.push(self.readable.len() as u32);
            }
            self.readable.push(character);
        }
    }

    /// Ends a paragraph.
    pub fn end_paragraph(&mut self) {
        if self.readable.ends_with(' ') {
            self.readable.pop();
        }
        if !self.readable.is_empty() && !self.readable.ends_with('\n') {
            self.readable.push('\n');
        }
    }

    /// Its letters.
    #[must_use]
    pub fn letters(&self) -> &[char] {
        &self.letters
    }

    /// What is written between two letters.
    #[must_use]
    pub fn quote(&self, range: Range<usize>) -> &str {
        let Some(start) = self.at.get(range.start).map(|at| *at as usize) else { return "" };
        let last = range.end.checked_sub(1).and_then(|last| self.at.get(last)).map(|at| *at as usize);
        let end = last.map_or(start, |last| self.readable.get(last..).map_or(last, |rest| after_first(rest, last)));
        self.readable.get(start..end.max(start)).unwrap_or_default()
    }

    /// What names that place.
    #[must_use]
    pub fn selectors(&self, range: Range<usize>) -> Selectors {
        let before = range.start.saturating_sub(CONTEXT)..range.start;
        let after = range.end..(range.end + CONTEXT).min(self.letters.len());
        Selectors {
            exact: self.quote(range.clone()).to_owned(),
            prefix: self.with_blank(before.clone(), before.end).to_owned(),
            suffix: self.with_blank(after.clone(), after.end).to_owned(),
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// As [`Text::quote`]; nothing of an empty range.
    fn with_blank(&self, range: Range<usize>, end: usize) -> &str {
        if range.start >= end { "" } else { self.quote(range) }
    }
}

/// The end of the first character of what begins at a byte.
fn after_first(rest: &str, begins: usize) -> usize {
    begins + rest.chars().next().map_or(0, char::len_utf8)
}
