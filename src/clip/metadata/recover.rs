//! What the front matter lacks, from the body, the address, the names of files and the text.

use std::collections::BTreeMap;

use super::{Field, Key, Origin, date};
use crate::clip::blocks::{Block, Kind};
use crate::clip::{Options, Outline, Source, language};

/// How many blocks at the head of a body may hold a byline.
const HEAD_BLOCKS: usize = 12;

/// Where to look.
pub struct Clues<'a> {
    /// The text.
    pub source: &'a Source,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// Its headings.
    pub outline: &'a Outline,
    /// The name of its file.
    pub options: &'a Options,
}

/// Fills in what is not stated.
pub fn fill(fields: &mut BTreeMap<Key, Field>, clues: &Clues<'_>) {
    let mut add = |key: Key, found: Option<(String, Origin)>| {
        if let Some((value, origin)) = found.filter(|(value, _)| !value.trim().is_empty()) {
            fields.entry(key).or_insert(Field { key, values: vec![value.trim().to_owned()], origin });
        }
    };
    add(Key::Title, title(clues));
    for (key, value, line) in byline(clues) {
        add(key, Some((value, Origin::Body { line })));
    }
    add(Key::Language, language(clues));
    let address = fields.get(&Key::SourceUrl).and_then(|f| f.values.first()).cloned();
    let account = fields.get(&Key::Account).cloned();
    let site = account.map(|a| (a.values.join(", "), a.origin));
    let site = site.or_else(|| address.as_deref().and_then(host).map(|host| (host, Origin::Address)));
    if let Some((value, origin)) = site {
        fields.entry(Key::Site).or_insert(Field { key: Key::Site, values: vec![value], origin });
    }
    let saved = fields.get(&Key::Saved).and_then(|f| f.values.first()).cloned();
    if let Some(zone) = saved.and_then(|saved| zone(clues.source, &saved)) {
        let field = Field { key: Key::TimeZone, values: vec![zone], origin: Origin::AssetStamp };
        fields.entry(Key::TimeZone).or_insert(field);
    }
}

/// The first heading, if it opens the body; else the name of the file.
fn title(clues: &Clues<'_>) -> Option<(String, Origin)> {
    let heading = clues.outline.headings.iter().find(|h| h.title);
    if let Some(heading) = heading {
        return Some((heading.text.clone(), Origin::Body { line: heading.line }));
    }
    let name = clues.options.file_name.as_deref()?;
    let stem = [".markdown", ".md", ".txt", ".text"].iter().find_map(|suffix| {
        let cut = name.len().checked_sub(suffix.len())?;
        name.get(cut..)?.eq_ignore_ascii_case(suffix).then(|| name.get(..cut))?
    });
    Some((stem.unwrap_or(name).to_owned(), Origin::FileName))
}

/// What the first blocks of a body say about it: a line with a date, `原创 name`, and the account
/// that stands between MaoXian's markers.
fn byline(clues: &Clues<'_>) -> Vec<(Key, String, u32)> {
    let mut found = Vec::new();
    let head = clues.blocks.iter().filter(|b| !matches!(b.kind, Kind::Code | Kind::Table)).take(HEAD_BLOCKS);
    for block in head.filter(|b| b.characters > 0 && b.characters < 120 && b.kind == Kind::Paragraph) {
        let text = block.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(name) = between_markers(&block.text) {
            found.push((Key::Account, name, block.line));
            continue;
        }
        let rest = match text.strip_prefix("原创 ") {
            Some(rest) => {
                let name: Vec<&str> = rest.split(' ').take_while(|word| date::iso(word).is_none()).collect();
                let name = name.first().copied().unwrap_or_default();
                if !name.is_empty() {
                    found.push((Key::Author, name.to_owned(), block.line));
                }
                rest
            }
            None => text.as_str(),
        };
        if let Some((published, place)) = dated(rest) {
            found.push((Key::Published, published, block.line));
            found.extend(place.map(|place| (Key::Place, place, block.line)));
        }
    }
    found
}

/// The text between MaoXian's markers around a link that held a block.
fn between_markers(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix("↓↓↓")?.strip_suffix("↑↑↑")?.trim();
    (!inner.is_empty() && inner.chars().count() < 40 && !inner.contains('\n')).then(|| inner.to_owned())
}

/// A date with a time, and one word after it: the place.
fn dated(text: &str) -> Option<(String, Option<String>)> {
    let words: Vec<&str> = text.split(' ').collect();
    let at = words.iter().position(|w| {
        w.chars().next().is_some_and(|c| c.is_ascii_digit()) && date::iso(w).is_some_and(|d| d.len() >= 10)
    })?;
    let rest = words.get(at..)?.join(" ");
    let iso = date::iso(&rest)?;
    let has_time = iso.contains('T');
    let after = words.get(at + 1 + usize::from(has_time)..).unwrap_or_default();
    let place = match after {
        [place] if has_time && place.chars().all(char::is_alphabetic) => Some((*place).to_owned()),
        _ => None,
    };
    (has_time || after.is_empty()).then_some((iso, place))
}

fn language(clues: &Clues<'_>) -> Option<(String, Origin)> {
    let mut text = String::new();
    for block in clues.blocks.iter().filter(|b| b.kind != Kind::Code) {
        text.push_str(&block.text);
        text.push(' ');
        if text.len() > 40_000 {
            break;
        }
    }
    language::detect(&text).map(|tag| (tag.to_owned(), Origin::Text))
}

fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host).to_lowercase();
    host.contains('.').then_some(host)
}

/// The zone of the clock that saved the clip: MaoXian names pictures by the second in UTC
/// (`SECONDS-MD5.ext`) and writes the time of saving as its own clock shows it.
fn zone(source: &Source, saved: &str) -> Option<String> {
    let stamp = stamp(&source.text)?;
    let local = seconds_of(saved)?;
    let offset = local - stamp;
    let quarters = (offset as f64 / 900.0).round() as i64;
    // Zones are whole quarters of an hour; saving the pictures takes a moment.
    let near = (offset - quarters * 900).abs() < 120;
    (near && quarters.abs() <= 14 * 4).then(|| {
        let sign = if quarters < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", quarters.abs() / 4, quarters.abs() % 4 * 15)
    })
}

/// The seconds in the first picture's name that has the form `SECONDS-MD5`.
fn stamp(text: &str) -> Option<i64> {
    text.match_indices("assets/").take(50).find_map(|(at, _)| {
        let name = text.get(at + 7..at + 7 + 43)?;
        let (seconds, hash) = name.split_once('-')?;
        let whole = seconds.len() == 10 && hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if whole { seconds.parse().ok() } else { None }
    })
}

/// Seconds since 1970 of a local time without a zone, as if it were UTC.
fn seconds_of(iso: &str) -> Option<i64> {
    let part = |range: std::ops::Range<usize>| iso.get(range)?.parse::<i64>().ok();
    if iso.len() > 19 {
        return None;
    }
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let (hour, minute, second) = (part(11..13)?, part(14..16)?, part(17..19).unwrap_or(0));
    // Days from the civil calendar, after Howard Hinnant's `days_from_civil`.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}
