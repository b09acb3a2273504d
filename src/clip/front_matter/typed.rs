//! What a scalar is: words, a number, a date, a link. Told by how it looks, never changed.

use super::Value;
use crate::metadata::date;

/// The value of a text. Quoted or not, a date is a date and an address an address to a reader.
pub(super) fn text(text: &str) -> Value {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        Value::Empty
    } else if is_link(trimmed) {
        Value::Link(trimmed.to_owned())
    } else if is_date(trimmed) {
        Value::Date(trimmed.to_owned())
    } else {
        Value::Text(trimmed.to_owned())
    }
}

/// The value of a text that stands without quotes: it may be a number, a truth or nothing.
pub(super) fn plain(raw: &str) -> Value {
    match raw.trim() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Empty,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        number if is_number(number) => Value::Number(number.to_owned()),
        other => text(other),
    }
}

/// `http`, `https` or `mailto`, with something after it and no white space inside.
fn is_link(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = ["https://", "http://", "mailto:"]
        .iter()
        .find(|scheme| lower.starts_with(*scheme))
        .and_then(|scheme| text.get(scheme.len()..));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// A year, a month or a row of digits may be anything, so it takes a day written as one.
fn is_date(text: &str) -> bool {
    !text.chars().all(char::is_numeric) && date::read(text).is_some_and(|date| date.has_day())
}

/// A number of YAML 1.2's core schema.
pub(super) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') || text.len() > 64 {
        return false;
    }
    unsigned.strip_prefix("0x").is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()))
        || unsigned.bytes().all(|b| b.is_ascii_digit())
        || unsigned.parse::<f64>().is_ok_and(f64::is_finite)
}
