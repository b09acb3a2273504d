//! Links and pictures that CommonMark refuses for what their address has in it: raw spaces, quotes
//! and angle brackets of a `data:` address, a path with spaces, a size after the address.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::wiki::is_picture;

/// A link or a picture at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'t> {
    /// What stands in the square brackets.
    pub words: &'t str,
    /// How many bytes all of it takes.
    pub length: usize,
    address: &'t str,
    /// Its width, after ` =`.
    width: Option<&'t str>,
}

impl Found<'_> {
    /// The events that stand for it.
    pub fn events(&self, is_picture: bool) -> Vec<Event<'static>> {
        let link_type = LinkType::Inline;
        let dest_url = self.address.replace("\\\"", "\"").replace(' ', "%20").into();
        let (title, id) = ("".into(), "".into());
        if !is_picture {
            let start = Event::Start(Tag::Link { link_type, dest_url, title, id });
            return vec![start, Event::Text(self.words.to_owned().into()), Event::End(TagEnd::Link)];
        }
        let alt = self.width.map_or_else(|| self.words.to_owned(), |width| format!("{}|{width}", self.words));
        let start = Event::Start(Tag::Image { link_type, dest_url, title, id });
        vec![start, Event::Text(alt.into()), Event::End(TagEnd::Image)]
    }
}

/// Reads `[words](address)`; the text begins with the bracket.
pub fn at(text: &str, is_a_picture: bool) -> Option<Found<'_>> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(['[', ']', '\n'])?;
    let (words, after) = inner.split_at_checked(end)?;
    let target = after.strip_prefix("](")?;
    let head = words.len() + 3;
    let is_data = is_a_picture && starts_with(target, "data:");
    let length = target_length(target, is_data)?;
    let raw = target.get(..length)?;
    let (address, width) = sized(raw.trim());
    let known = is_data
        || starts_with(address, "https://")
        || starts_with(address, "http://")
        || (is_a_picture && is_picture(address));
    let closing = usize::from(target.as_bytes().get(length) == Some(&b')'));
    let has_words = is_a_picture || !words.trim().is_empty();
    (known && has_words).then_some(Found { words, length: head + length + closing, address, width })
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// How long an address is: to its closing parenthesis, those within it paired. A `data:` address
/// that is never closed takes the rest of its line.
fn target_length(target: &str, is_data: bool) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in target.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'\n' => return is_data.then_some(at),
            b'[' | b']' | b'<' if !is_data => return None,
            _ => {}
        }
    }
    is_data.then_some(target.len())
}

/// Takes ` =300x200` or ` =300x` from the end of an address.
fn sized(address: &str) -> (&str, Option<&str>) {
    if let Some((before, size)) = address.rsplit_once(" =")
        && size.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'x' | b'*' | b'%'))
    {
        let width = size.split(['x', '*']).next().filter(|w| !w.is_empty() && !w.contains('%'));
        return (before.trim_end(), width);
    }
    (address, None)
}
