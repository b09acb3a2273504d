//! Arranging a list of clips: which of them are shown, in which order, and how many there are of
//! each kind.
//!
//! Start at [`arrange`] and [`facets`]. All is asked through [`Listed`], so what a row is made of
//! is not known here; finding by text is in [`super::search`].

use crate::clip::order;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{ClipId, natural};

/// The most values of one facet that are told.
pub const MOST_VALUES: usize = 200;

/// What a list asks of a clip.
pub trait Listed {
    /// Who it is.
    fn id(&self) -> &ClipId;
    /// Its title.
    fn title(&self) -> &str;
    /// The name of its publication; empty when unknown.
    fn site(&self) -> &str;
    /// The host that it came from; empty when unknown.
    fn host(&self) -> &str;
    /// Who wrote it.
    fn authors(&self) -> &[String];
    /// Its tags.
    fn tags(&self) -> &[String];
    /// Where it is in the reader's workflow: inbox, reading, done or archive.
    fn status(&self) -> &str;
    /// The code of its language; empty when unknown.
    fn language(&self) -> &str;
    /// When it was saved, ISO 8601; empty when unknown.
    fn saved(&self) -> &str;
    /// When it was published, ISO 8601; empty when unknown.
    fn published(&self) -> &str;
    /// When it came in here, in milliseconds since 1970.
    fn added_ms(&self) -> u64;
    /// Time to read, in minutes.
    fn reading_minutes(&self) -> u32;
    /// How much of it is read, from 0 to 1.
    fn progress(&self) -> f32;
    /// How many places the reader marked.
    fn highlights(&self) -> u32;
    /// How many things were wrong with the file.
    fn problems(&self) -> u32;
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// When it was saved.
    Saved,
    /// When it came in here.
    #[default]
    Added,
    /// When it was published.
    Published,
    /// Its title, numbers by their value.
    Title,
    /// Its site, or host.
    Site,
    /// Time to read.
    Length,
    /// How much of it is read.
    Progress,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sort {
    /// What it is sorted by.
    pub by: By,
    /// Whether the largest comes first; what has no value is last in both directions.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { by: By::Added, descending: true }
    }
}

/// Which clips are shown: those that have one of the values of every facet that has any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Where they are in the reader's workflow.
    pub status: BTreeSet<String>,
    /// Their sites, or hosts.
    pub site: BTreeSet<String>,
    /// Who wrote them.
    pub author: BTreeSet<String>,
    /// Their tags.
    pub tag: BTreeSet<String>,
    /// The years in which they were published, else saved.
    pub year: BTreeSet<String>,
    /// Their languages.
    pub language: BTreeSet<String>,
    /// Only those with places that the reader marked.
    pub has_highlights: bool,
    /// Only those with something wrong.
    pub has_problems: bool,
}

impl Filters {
    /// Whether all clips are shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The values that are asked for, facet by facet as [`each`] numbers them.
    fn sets(&self) -> [&BTreeSet<String>; 6] {
        [&self.status, &self.site, &self.author, &self.tag, &self.year, &self.language]
    }
}

/// A list as the reader kept it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// Its name.
    pub name: String,
    /// What is looked for, as it was typed.
    pub query: String,
    /// Which clips it shows.
    pub filters: Filters,
    /// Their order.
    pub sort: Sort,
}

/// A value of a facet, and how many clips have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The value.
    pub value: String,
    /// How many clips.
    pub clips: u32,
}

/// What a list could be narrowed to. The counts of a facet leave its own filter aside, so they tell
/// what choosing another of its values would show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// How many clips the filters leave.
    pub clips: u32,
    /// Where they are in the reader's workflow.
    pub status: Vec<Count>,
    /// Sites, or hosts.
    pub site: Vec<Count>,
    /// Authors.
    pub author: Vec<Count>,
    /// Tags.
    pub tag: Vec<Count>,
    /// Years.
    pub year: Vec<Count>,
    /// Languages.
    pub language: Vec<Count>,
    /// How many have places that the reader marked.
    pub with_highlights: u32,
    /// How many have something wrong.
    pub with_problems: u32,
}

/// The year of a clip: of its publication, else of when it was saved; empty when it has none.
#[must_use]
pub fn year<'a>(published: &'a str, saved: &'a str) -> &'a str {
    let of = |date: &'a str| date.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
    of(published).or_else(|| of(saved)).unwrap_or_default()
}

/// The rows to show, by their places, in the order to show them. What is alike goes by its title:
/// the page's list and the database's, which may follow one another, have the same order then.
#[must_use]
pub fn arrange<L: Listed>(rows: &[L], filters: &Filters, sort: &Sort) -> Vec<usize> {
    let shown = rows.iter().enumerate().filter(|(_, row)| is_shown(*row, filters));
    let mut keyed: Vec<(Key<'_>, usize)> = shown.map(|(at, row)| (Key::of(row, sort.by), at)).collect();
    let descending = sort.descending;
    let title = |at: usize| rows.get(at).map(|row| row.title().trim());
    order::sort_by(&mut keyed, |(a, at), (b, bt)| a.order(b, descending).then_with(|| title(*at).cmp(&title(*bt))));
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// Whether a row is among those to show.
#[must_use]
pub fn is_shown(row: &impl Listed, filters: &Filters) -> bool {
    missed(row, filters) == 0
}

/// What a row is sorted by.
enum Key<'r> {
    /// A text in the form that [`natural`] gives it.
    Text(String),
    Date(&'r str),
    Number(f64),
    Nothing,
}

impl<'r> Key<'r> {
    fn of(row: &'r impl Listed, by: By) -> Self {
        let text = |text: &str| if text.trim().is_empty() { Self::Nothing } else { Self::Text(natural::key(text)) };
        let date = |date: &'r str| if date.is_empty() { Self::Nothing } else { Self::Date(date) };
        match by {
            By::Saved => date(row.saved()),
            By::Published => date(row.published()),
            By::Added => Self::Number(row.added_ms() as f64),
            By::Title => text(row.title()),
            By::Site => text(site(row)),
            By::Length => Self::Number(f64::from(row.reading_minutes())),
            By::Progress => Self::Number(f64::from(row.progress())),
        }
    }

    fn order(&self, other: &Self, descending: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Nothing, Self::Nothing) => return Ordering::Equal,
            (Self::Nothing, _) => return Ordering::Greater,
            (_, Self::Nothing) => return Ordering::Less,
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            // All keys of a list are of one kind.
            _ => Ordering::Equal,
        };
        if descending { order.reverse() } else { order }
    }
}

/// How many clips there are of each kind.
#[must_use]
pub fn facets<L: Listed>(rows: &[L], filters: &Filters) -> Facets {
    let mut counts: [HashMap<&str, u32>; 6] = Default::default();
    let mut facets = Facets::default();
    for row in rows {
        // A facet counts the rows that no OTHER facet's filter takes away.
        let missed = missed(row, filters);
        for (facet, counts) in counts.iter_mut().enumerate().filter(|(facet, _)| missed & !(1 << facet) == 0) {
            each(row, facet, |value| *counts.entry(value).or_default() += 1);
        }
        facets.clips += u32::from(missed == 0);
        facets.with_highlights += u32::from(missed & !HIGHLIGHTS == 0 && row.highlights() > 0);
        facets.with_problems += u32::from(missed & !PROBLEMS == 0 && row.problems() > 0);
    }
    let sets = filters.sets();
    let [status, site, author, tag, year, language] = counts;
    let [statuses, sites, authors, tags, years, languages] = sets;
    facets.status = told(status, statuses);
    facets.site = told(site, sites);
    facets.author = told(author, authors);
    facets.tag = told(tag, tags);
    facets.year = told(year, years);
    facets.language = told(language, languages);
    facets
}

/// The bits of the two filters that are no sets of values.
const HIGHLIGHTS: u8 = 1 << 6;
const PROBLEMS: u8 = 1 << 7;

/// The filters that a row does not pass, a bit for each.
fn missed(row: &impl Listed, filters: &Filters) -> u8 {
    let mut missed = 0;
    for (facet, set) in filters.sets().into_iter().enumerate().filter(|(_, set)| !set.is_empty()) {
        let mut passes = false;
        each(row, facet, |value| passes |= set.contains(value));
        if !passes {
            missed |= 1 << facet;
        }
    }
    if filters.has_highlights && row.highlights() == 0 {
        missed |= HIGHLIGHTS;
    }
    if filters.has_problems && row.problems() == 0 {
        missed |= PROBLEMS;
    }
    missed
}

/// Gives each value that a row has of a facet, in the order of [`Filters::sets`], once.
fn each<'r>(row: &'r impl Listed, facet: usize, mut give: impl FnMut(&'r str)) {
    let (one, many): (&str, &[String]) = match facet {
        0 => (row.status(), &[]),
        1 => (site(row), &[]),
        2 => ("", row.authors()),
        3 => ("", row.tags()),
        4 => (year(row.published(), row.saved()), &[]),
        _ => (row.language(), &[]),
    };
    if !one.is_empty() {
        give(one);
    }
    for (at, value) in many.iter().enumerate() {
        if !value.is_empty() && !many.iter().take(at).any(|known| known == value) {
            give(value);
        }
    }
}

/// The name of a clip's site, else its host.
fn site(row: &impl Listed) -> &str {
    if row.site().is_empty() { row.host() } else { row.site() }
}

/// The values by how many have them, then by name. One that is chosen is told even when no clip has
/// it, as it could not be given up otherwise.
fn told<'a>(mut counts: HashMap<&'a str, u32>, chosen: &'a BTreeSet<String>) -> Vec<Count> {
    for value in chosen {
        counts.entry(value).or_insert(0);
    }
    let mut all: Vec<(&str, u32)> = counts.into_iter().collect();
    order::sort_by(&mut all, |(a, many), (b, others)| others.cmp(many).then_with(|| a.cmp(b)));
    let kept = all.into_iter().enumerate().filter(|(at, (value, _))| *at < MOST_VALUES || chosen.contains(*value));
    kept.map(|(_, (value, clips))| Count { value: value.to_owned(), clips }).collect()
}
