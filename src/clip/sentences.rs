//! Where sentences end, near enough to read them out one by one.

use std::ops::Range;

/// The longest piece that is read at once, in bytes: some voices stop in the middle of a longer one.
const LONGEST: usize = 400;

/// The sentences of a paragraph, in bytes, without the blanks around them.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '。' | '！' | '？' | '｡' | '…' | '؟' => !next.is_some_and(is_closing),
            '.' | '!' | '?' => {
                next.is_none_or(char::is_whitespace) && !is_short(text.get(start..at).unwrap_or_default())
            }
            // Of a quotation that ends with its sentence.
            '”' | '」' | '』' | '）' | '"' | ')' => {
                let before = text.get(start..at).and_then(|before| before.chars().next_back());
                let ended = before.is_some_and(|c| matches!(c, '。' | '！' | '？' | '.' | '!' | '?' | '…'));
                ended && next.is_none_or(|next| !is_closing(next))
            }
            '；' | ';' | '，' | ',' | ' ' => end - start > LONGEST,
            _ => false,
        };
        if ends {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '”' | '」' | '』' | '）' | '"' | ')' | '。' | '！' | '？' | '…')
}

/// Whether a full stop behind this is that of an abbreviation: of one letter, or of a title.
fn is_short(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let is_letter = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    is_letter || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Prof" | "e.g" | "i.e" | "vs" | "No" | "cf" | "etc")
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let whole = text.get(range.clone()).unwrap_or_default();
    let start = range.start + whole.len() - whole.trim_start().len();
    let end = range.end - (whole.len() - whole.trim_end().len());
    if text.get(start..end).is_some_and(|sentence| sentence.chars().any(char::is_alphanumeric)) {
        found.push(start..end);
    }
}
