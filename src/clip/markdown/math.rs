//! Formulas: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, told from sums of money and names of variables.
//!
//! Pandoc's rule (manual, *tex_math_dollars*): no space just inside the dollars and no digit after
//! the second. As clips speak of money more than of mathematics, what stands inside must look like
//! a formula, too.

use pulldown_cmark::{CowStr, Event};

use crate::repair::is_cjk;

/// A formula longer than this, in bytes, is none.
const MOST_BYTES: usize = 1000;

/// The length of `$…$` at the beginning of a text.
pub fn inline_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('$')?;
    let end = closing_dollar(inner)?;
    let (source, after) = inner.split_at_checked(end)?;
    let next = after.chars().nth(1);
    let spaced = source.starts_with(char::is_whitespace) || source.ends_with(char::is_whitespace);
    let joined = match next {
        Some(c) if c.is_ascii_digit() || c == '$' => true,
        Some(c) if c.is_ascii_alphabetic() => !source.contains(['\\', '^', '_', '{']) && source.len() > 1,
        _ => false,
    };
    (!spaced && !joined && is_formula(source)).then_some(end + 2)
}

fn closing_dollar(inner: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in inner.bytes().take(MOST_BYTES).enumerate() {
        match byte {
            b'$' if !escaped => return Some(at),
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// Whether a source looks like a formula, not like words or money.
pub fn is_formula(source: &str) -> bool {
    let source = source.trim();
    let braces = source.bytes().fold(0_i32, |depth, b| depth + i32::from(b == b'{') - i32::from(b == b'}'));
    let is_cut_off = source.len() > 1 && source.ends_with(['(', '[', '{', ',', ';', '"']);
    if source.is_empty() || braces != 0 || is_cut_off {
        return false;
    }
    if has_command(source) {
        return true;
    }
    if source.chars().any(|c| is_cjk(c) || matches!(c, '，' | '。' | '`' | '"')) {
        return false;
    }
    let is_marked = source.contains(['^', '_', '=', '{', '<', '>', '+', '*', '|']);
    let has_letters = source.bytes().any(|b| b.is_ascii_alphabetic());
    let begins_with_digit = source.starts_with(|c: char| c.is_ascii_digit());
    if begins_with_digit && has_letters && !is_marked {
        // `$5 or 10$`, but `$2x$`.
        return source.len() <= 4 && !source.contains(' ');
    }
    !is_prose(source, is_marked)
}

/// Whether two words stand beside each other, or, without any sign of a formula, one long word.
fn is_prose(source: &str, is_marked: bool) -> bool {
    let is_word = |part: &str| part.len() >= 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
    let mut before = false;
    for part in source.split(' ') {
        let word = is_word(part.trim_end_matches([',', '.']));
        if word && (before || (!is_marked && part.len() > 3 && !source.contains('('))) {
            return true;
        }
        before = word;
    }
    // A path or an address of a variable.
    !is_marked && source.contains('/') && source.split('/').any(|part| part.is_empty() || part.len() > 3)
}

/// Whether a command of TeX stands in it, such as `\frac`.
pub fn has_command(source: &str) -> bool {
    source.match_indices('\\').any(|(at, _)| {
        let after = source.get(at + 1..).unwrap_or_default();
        after.bytes().take(2).filter(u8::is_ascii_alphabetic).count() == 2
    })
}

/// A formula in the line.
pub fn inline(source: &str) -> Event<'static> {
    Event::InlineMath(CowStr::from(unquoted(source)))
}

/// A formula on lines of its own.
pub fn display(source: &str) -> Event<'static> {
    Event::DisplayMath(CowStr::from(unquoted(source)))
}

/// Without the marks of block quotes at the beginnings of its lines.
fn unquoted(source: &str) -> String {
    let mut lines = source.trim().lines();
    let mut whole = lines.next().unwrap_or_default().trim_end().to_owned();
    for line in lines {
        whole.push('\n');
        let line = line.trim();
        whole.push_str(line.strip_prefix('>').unwrap_or(line).trim_start());
    }
    whole
}
