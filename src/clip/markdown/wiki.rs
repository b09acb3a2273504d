//! Links to notes and embedded files: `[[Note]]`, `[[Note#Heading|label]]`, `![[picture.png|300]]`.
//!
//! Follows Obsidian's help, *Internal links* and *Embed files*. They become links and pictures of
//! type [`LinkType::WikiLink`], which the body draws.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

/// A name longer than this, in bytes, is none.
const MOST_BYTES: usize = 600;

/// The length of a link to a note at the beginning of a text.
pub fn length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("[[")?;
    let end = inner.bytes().take(MOST_BYTES).position(|b| matches!(b, b'[' | b']' | b'\n'))?;
    let (name, after) = inner.split_at_checked(end)?;
    let after = after.strip_prefix("]]")?;
    // Another bracket: a list of lists. A parenthesis: a link whose words stand in brackets.
    let is_whole = !after.starts_with([']', '(', ':']);
    // A test of a shell has spaces inside, a matrix has numbers.
    let is_name = !name.is_empty() && name.trim() == name && !is_numbers(name);
    (is_whole && is_name).then_some(name.len() + 4)
}

fn is_numbers(name: &str) -> bool {
    name.contains(',') && name.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '.' | '-'))
}

/// The events of a link to a note, given what stands in its brackets.
pub fn events(inner: &str, is_embed: bool) -> Vec<Event<'static>> {
    // In a table the bar has a backslash before it.
    let (target, label) = inner
        .split_once('|')
        .map_or((inner, None), |(target, label)| (target.trim_end_matches('\\'), Some(label.trim())));
    let target = target.trim();
    let has_pothole = label.is_some();
    let link_type = LinkType::WikiLink { has_pothole };
    let dest_url = CowStr::from(target.to_owned());
    let (title, id) = (CowStr::from(""), CowStr::from(""));
    if is_embed && is_picture(target) {
        // Of several parts only the last can be a size.
        let label = label.unwrap_or_default();
        let alt =
            if label.bytes().all(|b| b.is_ascii_digit() || b == b'x') { format!("|{label}") } else { label.into() };
        let start = Event::Start(Tag::Image { link_type, dest_url, title, id });
        return vec![start, Event::Text(alt.trim_end_matches('|').to_owned().into()), Event::End(TagEnd::Image)];
    }
    let label = label.filter(|l| !l.is_empty()).map_or_else(|| name(target), str::to_owned);
    let start = Event::Start(Tag::Link { link_type, dest_url, title, id });
    vec![start, Event::Text(label.into()), Event::End(TagEnd::Link)]
}

/// What a link without a label shows: the note without its folder, and the heading.
fn name(target: &str) -> String {
    let (note, heading) = target.split_once('#').unwrap_or((target, ""));
    let note = note.rsplit('/').next().unwrap_or(note);
    let parts = std::iter::once(note).chain(heading.split('#'));
    let parts: Vec<&str> = parts.map(|p| p.trim_start_matches('^')).filter(|p| !p.is_empty()).collect();
    parts.join(" › ")
}

/// Whether a file's name is that of a picture.
pub fn is_picture(target: &str) -> bool {
    const ENDINGS: [&str; 11] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "svg", "ico", "tif", "tiff"];
    let path = target.split(['?', '#']).next().unwrap_or(target);
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e)))
}
