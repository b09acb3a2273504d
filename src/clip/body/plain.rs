//! Bare addresses in text, which GFM makes links (its *extended autolinks*).

use std::ops::Range;

/// The address-like ranges of a text, in order, each with the address that it links to.
///
/// Follows GFM 6.9: `http://`, `https://` and `www.` at the start of a word; trailing punctuation
/// and unmatched closing parentheses do not belong to the address. Unlike GFM, an address ends at
/// the first character of Chinese or Japanese, which clips write without a space.
#[must_use]
pub fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, scheme)) = next_start(text, from) {
        let end = start + length(text.get(start..).unwrap_or_default());
        let address = text.get(start..end).unwrap_or_default();
        let host = address.get(scheme..).unwrap_or_default().split(['/', '?', '#', ':']).next().unwrap_or_default();
        if is_host(host) {
            let href = if scheme == 0 { format!("http://{address}") } else { address.to_owned() };
            found.push((start..end, href));
        }
        from = end.max(start + 4);
    }
    found
}

/// Where the next address may start, and the length of its scheme.
fn next_start(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut from = from;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.find(['h', 'H', 'w', 'W'])?;
        let here = text.get(at..)?.as_bytes();
        let starts = |prefix: &str| here.get(..prefix.len()).is_some_and(|h| h.eq_ignore_ascii_case(prefix.as_bytes()));
        let before = text.get(..at)?.chars().next_back();
        let word_start =
            before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '.' | '-' | '_' | '@' | '='));
        let scheme = if starts("https://") {
            Some(8)
        } else if starts("http://") {
            Some(7)
        } else {
            starts("www.").then_some(0)
        };
        match scheme {
            Some(scheme) if word_start => return Some((at, scheme)),
            _ => from = at + 1,
        }
    }
}

fn is_host(host: &str) -> bool {
    let whole = host.split('.').count() >= 2 && host.split('.').all(|part| !part.is_empty());
    whole && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`') || !c.is_ascii());
    let mut address = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
    loop {
        let last = address.chars().next_back();
        let drop = match last {
            Some('?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | ';' | '\'') => true,
            Some(')') => address.matches(')').count() > address.matches('(').count(),
            _ => false,
        };
        if !drop {
            return address.len();
        }
        address = address.get(..address.len() - 1).unwrap_or_default();
    }
}
