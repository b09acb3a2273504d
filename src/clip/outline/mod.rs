//! The headings of a clip, real and inferred.

mod apart;
mod candidate;
mod furniture;
mod infer;
mod interview;
mod marker;
mod narrow;
mod nest;
mod real;
mod title;

use crate::order;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

pub use real::is_anchor;
use serde::{Deserialize, Serialize};

use super::blocks::{Block, Kind};
use super::clutter::{Clutter, phrases, tail};
use super::front_matter::Value;
pub use super::letters::width;
use super::letters::{is_letter, letters, lowered, one_line};
use super::markdown::Document;
use super::{Diagnostic, FrontMatter, Severity};

/// The most entries: a page takes a moment for each. Headings beyond stay headings of the text.
pub const MAX_HEADINGS: usize = 2_000;

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
    /// By what most of the inferred ones show themselves; `None` when none was inferred.
    pub basis: Option<Basis>,
}

/// By what a line shows that it is a heading though nothing marks it as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// It is bold, or set apart by a colour, the centre or a row of dashes.
    BoldLine,
    /// It begins with a number or an ornament.
    NumberedLine,
    /// It asks, in an interview.
    Question,
    /// It stands alone before long paragraphs.
    LoneLine,
}

impl Outline {
    /// The entries that a reader sees: all but the title.
    pub fn sections(&self) -> impl Iterator<Item = &Heading> {
        self.headings.iter().filter(|h| !h.title)
    }

    /// The outline with at most [`MAX_HEADINGS`].
    #[must_use]
    pub fn bounded(mut self, diagnostics: &mut Vec<Diagnostic>) -> Self {
        if self.headings.len() > MAX_HEADINGS {
            let message = format!("There are more than {MAX_HEADINGS} headings; the outline has the first of them.");
            diagnostics.push(Diagnostic::new("too-many-headings", Severity::Warning, message));
            self.headings.truncate(MAX_HEADINGS);
        }
        self
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
    /// Its first block.
    block: usize,
}

/// Reads the headings.
#[must_use]
pub fn read(document: &Document<'_>, blocks: &[Block], clutter: &[Clutter], front_matter: &FrontMatter) -> Outline {
    let stated = stated_title(front_matter);
    let numbers = real::item_numbers(document);
    let (mut real, end) = real::headings(document, blocks, &numbers, clutter, &stated);
    let mut tail = tail::start(blocks.get(..end).unwrap_or(blocks));
    // Where headings are links to themselves, a link is no sign that the article is over.
    let anchors = are_anchors(&real, blocks);
    if anchors || real.iter().any(|f| f.block >= tail && real::is_anchor(document, f.events.clone())) {
        tail = end;
    }
    let title = real.iter().find(|f| f.title).map_or(stated, |f| f.text.clone());
    drop_leading_away(&mut real, document, blocks, tail, anchors);
    let counting: Vec<usize> = real.iter().filter(|f| !f.title).map(|f| f.block).collect();
    let apart = apart::lines(document, blocks);
    let page = Page { blocks, tail, numbers: &numbers, apart: &apart };
    let mut inferred = infer::headings(&page, &counting, &title);
    inferred.retain(|(candidate, _)| !is_folded(clutter, candidate.events.start));
    let basis = basis(&inferred);
    if basis.is_some() {
        real.retain(|f| f.title);
        real.extend(inferred.into_iter().map(|(candidate, level)| Found {
            level,
            text: candidate.text,
            line: candidate.line,
            inferred: !matches!(candidate.style, candidate::Style::Real(_)),
            title: false,
            events: candidate.events,
            block: candidate.blocks.start,
        }));
        order::sort_by_key(&mut real, |f| f.events.start);
    }
    Outline { headings: finish(real), basis }
}

/// By what most of the inferred headings show themselves; the first of the table among equals.
fn basis(inferred: &[(candidate::Candidate, u8)]) -> Option<Basis> {
    let of = |c: &candidate::Candidate| match (c.style, &c.class) {
        (candidate::Style::Real(_), _) => None,
        (_, marker::Class::Question) => Some(Basis::Question),
        (candidate::Style::Bold, _) => Some(Basis::BoldLine),
        (candidate::Style::Plain, class) if class.is_marked() => Some(Basis::NumberedLine),
        (candidate::Style::Plain, _) => Some(Basis::LoneLine),
    };
    let count = |basis| inferred.iter().filter(|(c, _)| of(c) == Some(basis)).count();
    [Basis::LoneLine, Basis::NumberedLine, Basis::BoldLine, Basis::Question]
        .into_iter()
        .filter(|basis| count(*basis) > 0)
        .max_by_key(|basis| count(*basis))
}

/// What the search for headings sees of a clip.
#[derive(Debug, Clone, Copy)]
struct Page<'a> {
    blocks: &'a [Block],
    /// Where the article ends.
    tail: usize,
    /// The numbers of list items, under the place of their first block's events.
    numbers: &'a HashMap<usize, u64>,
    /// The blocks that stand out by a colour, a size or raw HTML.
    apart: &'a HashSet<usize>,
}

/// The least width, in columns, of a text below a heading that is a link to itself.
const ANCHORED: usize = 24;

/// Whether the page has made anchors of its own headings: most are links, with text below.
fn are_anchors(real: &[Found], blocks: &[Block]) -> bool {
    let is_text = |b: &Block| {
        let words = b.linked * 2 < b.characters && b.width >= ANCHORED && !phrases::is_prompt(&b.text);
        words || matches!(b.kind, Kind::Code | Kind::Table)
    };
    let has_text = |f: &Found| {
        let below = blocks.get(f.block + 1..).unwrap_or_default();
        let own = below.iter().take_while(|b| !matches!(b.kind, Kind::Heading(_)));
        own.into_iter().take(8).any(is_text)
    };
    let linked = |f: &&Found| blocks.get(f.block).is_some_and(Block::is_all_linked) && has_text(f);
    let own = || real.iter().filter(|f| !f.title);
    let anchored = own().filter(linked).count();
    anchored >= 2 && anchored * 2 > own().count()
}

/// Headings that only lead elsewhere are advertisements, and so are those below the article.
fn drop_leading_away(real: &mut Vec<Found>, document: &Document<'_>, blocks: &[Block], tail: usize, anchors: bool) {
    let linked = |f: &Found| {
        blocks.get(f.block).is_some_and(Block::is_all_linked) && !real::is_anchor(document, f.events.clone())
    };
    real.retain(|f| f.title || (f.block < tail && (anchors || !linked(f))));
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
    for c in text.chars().flat_map(lowered) {
        if is_letter(c) {
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
