//! The order of titles as a person sorts them: case, width, accents and quotes make no difference,
//! and “Part 2” comes before “Part 10”.

use super::search::fold;

/// A form of a title that sorts as bytes do: folded, from its first letter or digit on, with the
/// length of every number before its digits.
pub(super) fn key(title: &str) -> String {
    let folded = fold(title);
    let inner = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut rest = if inner.is_empty() { folded.as_str() } else { inner };
    let mut key = String::with_capacity(rest.len() + 8);
    while let Some(at) = rest.bytes().position(|b| b.is_ascii_digit()) {
        let (words, from_number) = rest.split_at(at);
        let end = from_number.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(from_number.len());
        let (number, behind) = from_number.split_at(end);
        let digits = number.trim_start_matches('0');
        key.push_str(words);
        // A digit first, so that a number stays where digits are among other characters.
        key.push('0');
        key.push(char::from(u8::try_from(digits.len()).unwrap_or(u8::MAX)));
        key.push_str(digits);
        rest = behind;
    }
    key.push_str(rest);
    key
}
