//! The headings of a clip, real and inferred.

mod infer;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::FrontMatter;
use super::blocks::{Block, Kind};
use super::clutter::Clutter;
use super::front_matter::Value;
use super::markdown::Document;

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
pub fn read(_document: &Document<'_>, blocks: &[Block], clutter: &[Clutter], front_matter: &FrontMatter) -> Outline {
    let mut found = real(blocks, clutter, &stated_title(front_matter));
    let sections = found.iter().filter(|f| !f.title);
    // Headings that are nothing but links to other pages are advertisements when there is an
    // outline in bold lines; two real sections or more are an outline of their own.
    let linked = |b: &&Block| matches!(b.kind, Kind::Heading(_)) && b.is_all_linked();
    let advertisements: BTreeSet<usize> = blocks.iter().filter(linked).map(|b| b.events.start).collect();
    let leads_away = |f: &Found| advertisements.contains(&f.events.start);
    if sections.filter(|f| !leads_away(f)).count() < 2 {
        let inferred = infer::headings(blocks);
        if !inferred.is_empty() {
            found.retain(|f| f.title || !leads_away(f));
            found.extend(inferred);
            found.sort_by_key(|f| f.events.start);
        }
    }
    Outline { headings: finish(found) }
}

/// The title that the front matter states, if any.
fn stated_title(front_matter: &FrontMatter) -> String {
    let found = front_matter.entries().find_map(|entry| match &entry.value {
        Value::Text(text) if entry.key.eq_ignore_ascii_case("title") => Some(text.clone()),
        _ => None,
    });
    found.unwrap_or_default()
}

/// What the clip itself marks as headings, outside of clutter.
fn real(blocks: &[Block], clutter: &[Clutter], stated_title: &str) -> Vec<Found> {
    let folded = |events: &Range<usize>| {
        let at = clutter.partition_point(|c| c.events.end <= events.start);
        clutter.get(at).is_some_and(|c| c.events.start <= events.start && events.end <= c.events.end)
    };
    let mut found: Vec<Found> = blocks
        .iter()
        .filter_map(|block| match block.kind {
            Kind::Heading(level) if !folded(&block.events) && !block.text.trim().is_empty() => Some(Found {
                level,
                text: one_line(&block.text),
                line: block.line,
                inferred: false,
                title: false,
                events: block.events.clone(),
            }),
            _ => None,
        })
        .collect();
    mark_title(&mut found, blocks, stated_title);
    found
}

/// The title is the first heading when it repeats what the front matter states, or when it is the
/// only one of its level and nothing but a line or two stands before it.
fn mark_title(found: &mut [Found], blocks: &[Block], stated_title: &str) {
    let Some((first, others)) = found.split_first_mut() else {
        return;
    };
    let stated = !stated_title.is_empty() && letters(&first.text) == letters(stated_title);
    let alone = first.level == 1 && others.iter().all(|h| h.level > 1);
    let before: usize = blocks.iter().take_while(|b| b.line < first.line).map(|b| b.characters).sum();
    first.title = stated || (alone && before < 200);
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
    let mut open: Vec<(u8, u8)> = Vec::new();
    let mut ids = Ids::default();
    found
        .into_iter()
        .map(|f| {
            let level = if f.title {
                1
            } else {
                while open.last().is_some_and(|(own, _)| *own >= f.level) {
                    open.pop();
                }
                let level = open.last().map_or(2, |(_, shown)| (shown + 1).min(6));
                open.push((f.level, level));
                level
            };
            let id = ids.next(&f.text);
            Heading { level, text: f.text, id, line: f.line, inferred: f.inferred, title: f.title, events: f.events }
        })
        .collect()
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
