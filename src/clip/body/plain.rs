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

/// Where the next address may start, and the length of its scheme. What all of them have, and few
/// words have, is `://` or the point after `www`: that is looked for.
fn next_start(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes().get(from..)?;
    bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b':' | b'.')).find_map(|(at, byte)| {
        let (before, after) = bytes.split_at_checked(at)?;
        let ends = |name: &str| {
            let start = at.checked_sub(name.len())?;
            before.get(start..)?.eq_ignore_ascii_case(name.as_bytes()).then_some(from + start)
        };
        let (start, scheme) = match byte {
            b':' if after.starts_with(b"://") => {
                ends("https").map(|start| (start, 8)).or_else(|| ends("http").map(|start| (start, 7)))?
            }
            b'.' => (ends("www")?, 0),
            _ => return None,
        };
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '@' | '=');
        (!text.get(..start)?.ends_with(is_word)).then_some((start, scheme))
    })
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
