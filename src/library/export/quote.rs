//! How a text is written as a value: plain where that is read as the same text, else in quotes.
//!
//! Follows YAML 1.1 and 1.2, whichever is stricter, as other programs will read the file; and TOML 1.0.

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
}

impl Style {
    /// The style of a value as it is written.
    pub(super) fn of(raw: &str) -> Self {
        match raw.bytes().next() {
            Some(b'\'') => Self::Single,
            Some(b'"') => Self::Double,
            _ => Self::Plain,
        }
    }
}

/// Words that YAML 1.1 takes for something else than a text.
const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

/// A text as a value of YAML that takes the place of `old`.
pub(super) fn yaml(text: &str, old: &str, in_list: bool) -> String {
    let style = Style::of(old);
    let is_printable = text.chars().all(is_printable);
    match style {
        Style::Plain if is_printable && (is_plain(text, in_list) || is_of_a_kind(old, text)) => text.to_owned(),
        Style::Single if is_printable => single(text),
        // A text with double quotes in it is easier read in single ones.
        Style::Plain if is_printable && text.contains(['"', '\\']) => single(text),
        _ => double(text),
    }
}

/// A text as a value of TOML that takes the place of `old`.
pub(super) fn toml(text: &str, old: &str) -> String {
    let is_literal = Style::of(old) == Style::Single && !text.contains('\'') && text.chars().all(is_printable);
    match Style::of(old) {
        Style::Plain if is_of_a_kind(old, text) && !matches!(text, "yes" | "no" | "on" | "off") => text.to_owned(),
        _ if is_literal => format!("'{text}'"),
        _ => double(text),
    }
}

/// Whether both are what a program wants without quotes: truths, numbers or dates.
fn is_of_a_kind(old: &str, new: &str) -> bool {
    let is_truth = |text: &str| matches!(text, "true" | "false" | "yes" | "no" | "on" | "off");
    let is_number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_decimal = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        // A zero in front makes it another number, or none.
        let is_usual = !digits.starts_with('0') || digits == "0" || digits.starts_with("0.");
        is_decimal
            && is_usual
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && !digits.ends_with('.')
            && digits.parse::<f64>().is_ok()
    };
    is_truth(old) && is_truth(new) || is_number(old) && is_number(new) || is_date(old) && is_date(new)
}

/// `2024-01-31`, alone or with a time behind it.
fn is_date(text: &str) -> bool {
    let shape = text.bytes().take(10).map(|b| if b.is_ascii_digit() { b'0' } else { b });
    shape.eq(*b"0000-00-00")
        && text
            .bytes()
            .skip(10)
            .all(|b| b.is_ascii_digit() || matches!(b, b'T' | b't' | b'Z' | b'z' | b' ' | b':' | b'.' | b'+' | b'-'))
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
}

/// Whether a text without quotes is read as this very text.
pub(super) fn is_plain(text: &str, in_list: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins_well = first.is_alphanumeric() || matches!(first, '_' | '/' | '(') || !first.is_ascii();
    begins_well
        && text.chars().all(is_printable)
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace)
        && !text.ends_with(':')
        && [": ", " #", ":\t", "\t#", "\t"].iter().all(|sign| !text.contains(sign))
        && !(in_list && text.contains([',', '[', ']', '{', '}', ':', '#']))
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        && !is_number_or_date(text)
}

/// Whether a program may take a text for a number, a time or a date.
fn is_number_or_date(text: &str) -> bool {
    let sign = |b: u8| b.is_ascii_hexdigit() || b" +-._:,/xotzTZ".contains(&b);
    text.starts_with(|c: char| c.is_numeric()) && text.bytes().all(sign)
}

/// Whether YAML takes a character as it is, in one line.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// In double quotes, as both YAML and TOML read it.
pub(super) fn double(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // All of them have at most four digits.
            c if !is_printable(c) => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
