//! What a scalar is: a link, a date, a number, a word.

use super::Value;

/// A scalar that YAML calls a string.
#[must_use]
pub fn scalar(text: &str) -> Value {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Value::Empty;
    }
    if is_link(trimmed) {
        return Value::Link(trimmed.to_owned());
    }
    if is_date(trimmed) {
        return Value::Date(trimmed.to_owned());
    }
    Value::Text(text.trim_end_matches('\n').to_owned())
}

/// A scalar as it stands in a source without types.
#[must_use]
pub fn typed(text: &str) -> Value {
    match text.trim() {
        "" | "~" | "null" | "[]" => Value::Empty,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        number if !number.is_empty() && number.len() < 16 && number.bytes().all(|b| b.is_ascii_digit()) => {
            Value::Number(number.to_owned())
        }
        text => scalar(text),
    }
}

fn is_link(text: &str) -> bool {
    let address = ["http://", "https://", "mailto:"].iter().find_map(|scheme| text.strip_prefix(scheme));
    address.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// `YYYY-MM-DD` or `YYYY/MM/DD`, alone or with a time after it.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let day = digits(0..4) && digits(5..7) && digits(8..10);
    let marks = matches!((bytes.get(4), bytes.get(7)), (Some(b'-'), Some(b'-')) | (Some(b'/'), Some(b'/')));
    let rest = text.get(10..).unwrap_or_default();
    let time = rest.is_empty()
        || (rest.starts_with(['T', ' '])
            && rest.len() < 40
            && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit() || c == '('));
    day && marks && time
}
