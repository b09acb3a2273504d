//! Highlights as Markdown: quotes with their notes and the way back to their places, in a form that a
//! person can change ([`TEMPLATE`]); and what was written so, read again.

use super::annotation::Incoming;
use super::time;
use super::{Colour, Highlight, HighlightId, Selectors, Source};
use crate::library::ClipId;

/// The app's own form. What stands between `{highlights}` and `{/highlights}` is written once for each;
/// a line is left out when nothing is known of what it names.
pub const TEMPLATE: &str = "\
# {title}

{source}
{url}

{highlights}
> {quote}

{note}

[{colour}, {date}]({link})

{/highlights}
";

/// Writes the highlights of one clip. `link` is the address of a highlight.
#[must_use]
pub fn write(template: &str, source: &Source, highlights: &[Highlight], link: impl Fn(&Highlight) -> String) -> String {
    let told = [&source.author, &source.site, &source.published];
    let told: Vec<&str> = told.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let of_clip = [
        ("title", source.title.clone()),
        ("source", told.join(" · ")),
        ("author", source.author.clone()),
        ("site", source.site.clone()),
        ("url", source.url.clone()),
        ("published", source.published.clone()),
        ("saved", source.saved.clone()),
        ("tags", source.tags.join(", ")),
        ("count", highlights.len().to_string()),
    ];
    let (before, rest) = template.split_once("{highlights}\n").unwrap_or((template, ""));
    let (each, after) = rest.split_once("{/highlights}").unwrap_or((rest, ""));
    let mut written = filled(before, &of_clip);
    for one in highlights {
        let mut values = vec![
            ("quote", one.place.exact.clone()),
            ("note", one.note.clone()),
            ("colour", one.colour.name().to_owned()),
            ("date", time::day(one.created_ms)),
            ("link", link(one)),
        ];
        values.extend(of_clip.iter().cloned());
        written.push_str(&filled(each, &values));
    }
    written.push_str(filled(after, &of_clip).trim_start_matches('\n'));
    let mut written = tidied(&written);
    written.push('\n');
    written
}

/// A piece of the template with what it names. A value of several lines has what stands before it in front
/// of each.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::new();
    for line in template.split_inclusive('\n') {
        let named: Vec<&(&str, String)> =
            values.iter().filter(|(name, _)| line.contains(&format!("{{{name}}}"))).collect();
        if !named.is_empty() && named.iter().all(|(_, value)| value.trim().is_empty()) {
            continue;
        }
        let mut rest = line;
        let mut written = String::new();
        while let Some((before, name, after)) = next_name(rest, values) {
            written.push_str(before);
            let start = written.rsplit('\n').next().unwrap_or_default();
            let prefix = if start.trim_start().starts_with('>') { start.to_owned() } else { String::new() };
            let value = values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.trim());
            written.push_str(&value.replace('\n', &format!("\n{prefix}")));
            rest = after;
        }
        written.push_str(rest);
        filled.push_str(&written);
    }
    filled
}

/// The next name of a value in a line: what stands before it, the name, what stands behind it.
fn next_name<'a>(line: &'a str, values: &[(&str, String)]) -> Option<(&'a str, &'a str, &'a str)> {
    let mut from = 0;
    loop {
        let open = from + line.get(from..)?.find('{')?;
        let rest = line.get(open + 1..)?;
        if let Some((name, after)) = rest.split_once('}')
            && values.iter().any(|(known, _)| *known == name)
        {
            return Some((line.get(..open)?, name, after));
        }
        from = open + 1;
    }
}

/// No more than one empty line in a row, and none at the end.
fn tidied(text: &str) -> String {
    let mut tidied = String::new();
    let mut empty = true;
    for line in text.lines() {
        let is_empty = line.trim().is_empty();
        if !(is_empty && empty) {
            tidied.push_str(line.trim_end());
            tidied.push('\n');
        }
        empty = is_empty;
    }
    tidied.truncate(tidied.trim_end().len());
    tidied
}

/// Reads what was written here: each quote (lines with `>`) that a link to a highlight follows, and what
/// stands between them as its note. `None` when there is none.
#[must_use]
pub fn read(text: &str) -> Option<Vec<Incoming>> {
    let mut found = Vec::new();
    let (mut quote, mut note, mut in_quote): (Vec<&str>, Vec<&str>, bool) = (Vec::new(), Vec::new(), false);
    for line in text.lines() {
        if let Some(quoted) = line.strip_prefix('>') {
            if !in_quote {
                (quote, note) = (Vec::new(), Vec::new());
            }
            in_quote = true;
            quote.push(quoted.strip_prefix(' ').unwrap_or(quoted));
            continue;
        }
        in_quote = false;
        if quote.is_empty() {
            continue;
        }
        match linked(line) {
            // What quotes nothing has no place.
            Some(_) if quote.iter().all(|line| line.trim().is_empty()) => (quote, note) = (Vec::new(), Vec::new()),
            Some((clip, id, colour, created_ms)) => {
                let place = Selectors { exact: quote.join("\n"), ..Selectors::default() };
                let told = note.join("\n").trim().to_owned();
                let changed_ms = created_ms;
                let highlight = Highlight { id, place, colour, note: told, created_ms, changed_ms, removed_ms: 0 };
                found.push(Incoming { clip: Some(clip), url: String::new(), highlight });
                (quote, note) = (Vec::new(), Vec::new());
            }
            None => note.push(line),
        }
    }
    (!found.is_empty()).then_some(found)
}

/// A link to a highlight: the clip, the highlight, and the colour and time that stand in its text.
fn linked(line: &str) -> Option<(ClipId, HighlightId, Colour, u64)> {
    let (told, address) = line.split_once("](")?;
    let (_, told) = told.rsplit_once('[')?;
    let (address, _) = address.split_once(')')?;
    let (query, id) = address.split_once("#highlight-")?;
    let (_, clip) = query.split_once("open=")?;
    let clip = ClipId::parse(clip.split('&').next()?)?;
    let words = || told.split([',', ' ', '·']).map(str::trim);
    let colour = words().find_map(Colour::named).unwrap_or_default();
    let created_ms = words().find_map(|word| time::parse(&format!("{word}T00:00:00Z"))).unwrap_or_default();
    Some((clip, HighlightId::parse(id)?, colour, created_ms))
}
