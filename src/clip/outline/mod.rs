//! The headings of a clip, real and inferred.

mod candidate;
mod infer;
mod interview;
mod marker;
mod nest;

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::FrontMatter;
use super::blocks::{Block, Kind};
use super::clutter::{Clutter, tail};
use super::front_matter::Value;

/// One entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its depth: 1 for the title, 2 and more for sections; at most 6.
    pub level: u8,
    /// Its words, without markup.
    pub text: String,
    /// The id of its element in the body: unique, not empty, stable for the same text.
    pub id: String,
    /// 1-based line in the file.
    pub line: u32,
    /// Whether it was inferred rather than marked as a heading.
    pub inferred: bool,
    /// Whether it is the article's title, which the outline leaves out.
    pub title: bool,
    /// Its events: one heading element, or the paragraphs that together make the heading.
    pub events: Range<usize>,
}

/// All headings in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The entries, the title included.
    pub headings: Vec<Heading>,
}

impl Outline {
    /// Whether any entry was inferred.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.headings.iter().any(|h| h.inferred)
    }

    /// The entries that a reader sees: all but the title.
    pub fn sections(&self) -> impl Iterator<Item = &Heading> {
        self.headings.iter().filter(|h| !h.title)
    }
}

/// A block that is a heading, before levels are closed up and ids given.
#[derive(Debug, Clone)]
struct Found {
    level: u8,
    text: String,
    line: u32,
    inferred: bool,
    title: bool,
    events: Range<usize>,
}

/// Reads the headings.
#[must_use]
pub fn read(blocks: &[Block], clutter: &[Clutter], front_matter: &FrontMatter) -> Outline {
    let stated = stated_title(front_matter);
    let mut real = real(blocks, clutter, &stated);
    let tail = tail::start(blocks);
    // Headings that only lead elsewhere are advertisements when an outline stands without them.
    let counts = |f: &Found| !f.title && !leads_away(blocks, f) && !in_tail(blocks, tail, f);
    let counting: Vec<usize> = real.iter().filter(|f| counts(f)).filter_map(|f| block_of(blocks, f)).collect();
    let title = real.iter().find(|f| f.title).map_or(stated, |f| f.text.clone());
    let mut inferred = infer::headings(blocks, &counting, tail, &title);
    inferred.retain(|(candidate, _)| !is_folded(clutter, candidate.events.start));
    if inferred.iter().any(|(c, _)| !matches!(c.style, candidate::Style::Real(_))) {
        real.retain(|f| f.title);
        real.extend(inferred.into_iter().map(|(candidate, level)| Found {
            level,
            text: candidate.text,
            line: candidate.line,
            inferred: !matches!(candidate.style, candidate::Style::Real(_)),
            title: false,
            events: candidate.events,
        }));
        real.sort_by_key(|f| f.events.start);
    }
    Outline { headings: finish(real) }
}

fn block_of(blocks: &[Block], found: &Found) -> Option<usize> {
    blocks.binary_search_by_key(&found.events.start, |b| b.events.start).ok()
}

fn leads_away(blocks: &[Block], found: &Found) -> bool {
    block_of(blocks, found).and_then(|at| blocks.get(at)).is_some_and(Block::is_all_linked)
}

fn in_tail(blocks: &[Block], tail: usize, found: &Found) -> bool {
    block_of(blocks, found).is_some_and(|at| at >= tail)
}

/// The title that the front matter states, if any.
fn stated_title(front_matter: &FrontMatter) -> String {
    let found = front_matter.entries().find_map(|entry| match &entry.value {
        Value::Text(text) if entry.key.eq_ignore_ascii_case("title") => Some(text.clone()),
        _ => None,
    });
    found.unwrap_or_default()
}

/// Whether the element that begins at an event is folded, itself or with what it stands in.
fn is_folded(clutter: &[Clutter], start: usize) -> bool {
    let at = clutter.partition_point(|c| c.events.end <= start);
    clutter.get(at).is_some_and(|c| c.events.start <= start)
}

/// What the clip itself marks as headings, outside of clutter.
fn real(blocks: &[Block], clutter: &[Clutter], stated_title: &str) -> Vec<Found> {
    let mut found: Vec<Found> = blocks
        .iter()
        .filter_map(|block| match block.kind {
            Kind::Heading(level) if !is_folded(clutter, block.events.start) && !block.text.trim().is_empty() => {
                Some(Found {
                    level,
                    text: one_line(&block.text),
                    line: block.line,
                    inferred: false,
                    title: false,
                    events: block.events.clone(),
                })
            }
            _ => None,
        })
        .collect();
    mark_title(&mut found, blocks, stated_title);
    found
}

/// The title is the first heading when it repeats what the front matter states, or when it is the
/// only one of its level and nothing but a line or two stands before it. Some clippers write it
/// twice.
fn mark_title(found: &mut [Found], blocks: &[Block], stated_title: &str) {
    let Some(at) = title_at(found, blocks, stated_title) else {
        return;
    };
    let own = found.get(at).map(|h| letters(&h.text)).unwrap_or_default();
    for heading in found.iter_mut().take(at + 3).filter(|h| letters(&h.text) == own) {
        heading.title = true;
    }
}

fn title_at(found: &[Found], blocks: &[Block], stated_title: &str) -> Option<usize> {
    let stated = letters(stated_title);
    let first_few = found.iter().take(4);
    if let Some(at) = first_few.clone().position(|h| is_same_title(&letters(&h.text), &stated)) {
        return Some(at);
    }
    // Services put the title above a link to the original.
    if let Some(at) = first_few.clone().position(|h| h.level == 1 && stands_above_original(blocks, h)) {
        return Some(at);
    }
    let (first, others) = found.split_first()?;
    let own = letters(&first.text);
    let alone = first.level == 1 && others.iter().all(|h| h.level > 1 || letters(&h.text) == own);
    let before: usize = blocks.iter().take_while(|b| b.line < first.line).map(|b| b.characters).sum();
    (alone && before < 200).then_some(0)
}

/// Whether a heading says the stated title, cut off or with a name after it.
fn is_same_title(own: &str, stated: &str) -> bool {
    let (short, long) = if own.len() < stated.len() { (own, stated) } else { (stated, own) };
    !short.is_empty()
        && (short == long || (short.len() >= 8 && long.starts_with(short) && short.len() * 2 > long.len()))
}

fn stands_above_original(blocks: &[Block], heading: &Found) -> bool {
    const LABELS: [&str; 6] =
        ["read original", "read on omnivore", "read in cubox", "view original", "查看原文", "阅读原文"];
    let Some(at) = block_of(blocks, heading) else { return false };
    let near = blocks.get(at + 1..).unwrap_or_default().iter().take(2);
    near.into_iter().any(|b| {
        let text = b.text.to_lowercase();
        LABELS.iter().any(|label| text.contains(label))
    })
}

/// How wide a text is, in columns: Chinese, Japanese and Korean characters are two wide.
#[must_use]
pub fn width(text: &str) -> usize {
    candidate::width(text)
}

/// Letters and digits alone, to compare texts that clippers spaced differently.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Closes skipped levels up (sections begin at 2) and gives each heading its id.
fn finish(found: Vec<Found>) -> Vec<Heading> {
    let depths = numbered_depths(&found);
    let mut open: Vec<((u8, usize), u8)> = Vec::new();
    let mut ids = Ids::default();
    found
        .into_iter()
        .zip(depths)
        .map(|(f, depth)| {
            let level = if f.title {
                1
            } else {
                let own = (f.level, depth);
                while open.last().is_some_and(|(last, _)| *last >= own) {
                    open.pop();
                }
                let level = open.last().map_or(2, |(_, shown)| (shown + 1).min(6));
                open.push((own, level));
                level
            };
            let id = ids.next(&f.text);
            Heading { level, text: f.text, id, line: f.line, inferred: f.inferred, title: f.title, events: f.events }
        })
        .collect()
}

/// How deep each heading stands below others of its own level, when a page has flattened them:
/// `1.2` below `1.`.
fn numbered_depths(found: &[Found]) -> Vec<usize> {
    let parts = |f: &Found| match marker::read(&f.text).class {
        marker::Class::Digits(parts) => parts,
        marker::Class::Labelled(_) | marker::Class::Chinese => 1,
        _ => 0,
    };
    let mut whole: [bool; 256] = [false; 256];
    let depth = |f: &Found| {
        let seen = whole.get_mut(usize::from(f.level));
        let parts = parts(f);
        seen.map_or(0, |seen| {
            *seen |= parts == 1;
            if *seen { parts.saturating_sub(1) } else { 0 }
        })
    };
    found.iter().map(depth).collect()
}

/// Gives ids: stable for the same text, unique in the clip.
#[derive(Debug, Default)]
struct Ids {
    given: HashMap<String, u32>,
}

impl Ids {
    fn next(&mut self, text: &str) -> String {
        let slug = slug(text);
        let count = self.given.entry(slug.clone()).or_insert(0);
        *count += 1;
        // A slug never ends in `--n`, so a numbered id can't be another heading's slug.
        if *count == 1 { format!("h-{slug}") } else { format!("h-{slug}--{count}") }
    }
}

/// Letters and digits of any script in lower case, everything else one `-`.
fn slug(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}
