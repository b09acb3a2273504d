//! Lists in brackets, as YAML and TOML have them: where one ends, what its items are, and the same
//! list with other items.

use std::ops::Range;

/// Where the value in brackets or quotes ends that a text begins with.
pub(super) fn end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        match c {
            '"' | '\'' if begins_quote(text, at) => at += quoted(rest, c)?,
            '[' | '{' => {
                depth += 1;
                at += 1;
            }
            ']' | '}' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            '#' if is_after_space(text, at) => at += rest.find(['\n', '\r'])?,
            c => at += c.len_utf8(),
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The length of a text in quotes, the quotes included.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut at = 1;
    loop {
        let rest = text.get(at..)?;
        let c = rest.chars().next()?;
        if quote == '"' && c == '\\' {
            at += 1 + rest.chars().nth(1)?.len_utf8();
        } else if c == quote {
            // In single quotes, two of them are one.
            let is_doubled = quote == '\'' && rest.get(1..)?.starts_with('\'');
            at += if is_doubled { 2 } else { 1 };
            if !is_doubled {
                return Some(at);
            }
        } else {
            at += c.len_utf8();
        }
    }
}

/// Whether a quote opens a text rather than standing in a word.
fn begins_quote(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['[', ',', '{', ':', '='])
}

fn is_after_space(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace))
}

/// The items of a list, given what stands in its brackets.
pub(super) fn items(inner: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = inner.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = inner.get(at..).unwrap_or_default();
        let is_comment = c == '#' && (at == 0 || is_after_space(inner, at));
        at += match c {
            '"' | '\'' if begins_quote(inner, at) => quoted(rest, c).unwrap_or(1),
            '[' | '{' => end(rest).unwrap_or(1),
            '#' if is_comment => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            ',' => {
                found.push(trimmed(inner, start..at));
                start = at + 1;
                1
            }
            c => c.len_utf8(),
        };
    }
    found.push(trimmed(inner, start..inner.len()));
    found.retain(|range| !range.is_empty());
    found
}

/// A range without the blanks and the comment lines around it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let mut part = text.get(range.clone()).unwrap_or_default();
    loop {
        part = part.trim_start();
        if !part.starts_with('#') {
            break;
        }
        part = part.find(['\n', '\r']).and_then(|end| part.get(end..)).unwrap_or_default();
    }
    let start = range.end - part.len();
    let comment = part.find(" #").filter(|_| !part.starts_with(['"', '\'']));
    let part = comment.and_then(|at| part.get(..at)).unwrap_or(part);
    start..start + part.trim_end().len()
}

/// What stands in the brackets when the list has other items: parted as they were.
pub(super) fn rebuilt(inner: &str, old: &[Range<usize>], new: &[String]) -> String {
    let (Some(first), Some(last)) = (old.first(), old.last()) else {
        return if inner.contains('\n') { String::new() } else { new.join(", ") };
    };
    if new.is_empty() {
        return String::new();
    }
    let blank = |range: Range<usize>| inner.get(range).filter(|s| !s.contains('#')).unwrap_or_default();
    let lead = blank(0..first.start);
    let between = match old.get(1) {
        Some(second) => blank(first.end..second.start),
        None if lead.contains('\n') => &format!(",{lead}"),
        None => ", ",
    };
    let between = if between.trim() == "," { between } else { ", " };
    format!("{lead}{}{}", new.join(between), blank(last.end..inner.len()))
}
