//! The order of titles as a person sorts them: case, width, accents and quotes make no difference,
//! and “Part 2” comes before “Part 10”.

use std::cmp::Ordering;

use super::search::fold;

/// The form of a text that [`order`] compares: folded, from its first letter or digit on.
pub(super) fn key(text: &str) -> String {
    let folded = fold(text);
    let inner = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    if inner.is_empty() { folded } else { inner.to_owned() }
}

/// Compares two keys, runs of digits by their value.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (a_digits, b_digits) = (digits(left), digits(right));
        let order = if a_digits.is_empty() || b_digits.is_empty() {
            let (mut a_chars, mut b_chars) = (left.chars(), right.chars());
            let (a_next, b_next) = (a_chars.next(), b_chars.next());
            if a_next.is_none() && b_next.is_none() {
                // The same but for zeros in front: still one order, and always the same one.
                return a.cmp(b);
            }
            (left, right) = (a_chars.as_str(), b_chars.as_str());
            a_next.cmp(&b_next)
        } else {
            left = left.get(a_digits.len()..).unwrap_or_default();
            right = right.get(b_digits.len()..).unwrap_or_default();
            by_value(a_digits, b_digits)
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The digits that a text begins with.
fn digits(text: &str) -> &str {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Compares two numbers of any length.
fn by_value(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}
