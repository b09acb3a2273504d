//! A search as it runs: step by step, so that the first hits can be shown before the last clip is
//! read, and so that it can be dropped when the next key is typed.
//!
//! Start at [`Search`]. What counts first is whether all terms are in the title; then how often
//! they occur for the length of the text; of hits that are alike the newer is first.

use super::index::{Document, Index};
use super::matches::Needle;
use super::query::{Field, Query, Term};
use crate::library::ClipId;

/// More occurrences of a term than this are not counted.
pub const MOST_COUNTED: u32 = 50;
/// What a hit scores when all terms are in the title: more than anything else together.
const ALL_IN_TITLE: u32 = 100;
/// What it scores at most for terms in its title, site, authors and tags.
const IN_HEAD: f32 = 10.0;
/// What it scores at most for how often the terms occur: so few steps that age decides, too.
const IN_BODY: f32 = 20.0;
/// The length of a usual text, which a number of occurrences is measured by.
const USUAL_BYTES: f32 = 12_000.0;

/// A clip that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which one.
    pub id: ClipId,
    /// How well it answers; the larger, the better.
    pub score: u32,
    /// Whether all terms are in its title.
    pub in_title: bool,
    /// How often the terms occur in its text; of each at most [`MOST_COUNTED`] are counted.
    pub count: u32,
    /// Where the first of them is in its text, in characters; `None` when its text has none.
    pub first: Option<usize>,
    /// How new it is, as the index was told.
    pub recency: u64,
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Whether all clips were looked through.
    pub done: bool,
    /// How many were looked through.
    pub scanned: usize,
    /// How many there are to look through.
    pub total: usize,
}

/// One search, from the first clip to the last.
#[derive(Debug)]
pub struct Search {
    query: Query,
    plan: Plan,
    /// The places still to be read, the next one last.
    waiting: Vec<usize>,
    total: usize,
    hits: Vec<Hit>,
    ranked: bool,
    version: u64,
}

impl Search {
    /// Begins a search of all clips; a query that asks nothing finds nothing.
    #[must_use]
    pub fn new(index: &Index, query: Query) -> Self {
        let waiting = if query.is_empty() { Vec::new() } else { index.places().collect() };
        Self::of(index, query, waiting)
    }

    /// Begins a search as the next key was typed: where the query only asks for more than the one
    /// before, what that one did not find is not looked through again.
    #[must_use]
    pub fn next(index: &Index, query: Query, before: &Self) -> Self {
        if before.version != index.version() || !query.narrows(&before.query) {
            return Self::new(index, query);
        }
        let found = before.hits.iter().filter_map(|hit| index.place(&hit.id));
        let waiting = before.waiting.iter().copied().chain(found).collect();
        Self::of(index, query, waiting)
    }

    fn of(index: &Index, query: Query, waiting: Vec<usize>) -> Self {
        let plan = Plan::new(&query);
        let (total, version) = (waiting.len(), index.version());
        Self { query, plan, waiting, total, hits: Vec::new(), ranked: true, version }
    }

    /// What is looked for.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Looks through clips until about that many bytes of text are read: at least through one.
    pub fn step(&mut self, index: &Index, max_bytes: usize) -> Progress {
        let mut read_bytes = 0;
        while read_bytes <= max_bytes {
            let Some(place) = self.waiting.pop() else { break };
            let Some((id, document)) = index.at(place) else { continue };
            read_bytes += document.head.len() + document.body.len();
            if let Some(found) = self.plan.judge(document) {
                self.hits.push(found.hit(id, document));
                self.ranked = false;
            }
        }
        Progress { done: self.waiting.is_empty(), scanned: self.total - self.waiting.len(), total: self.total }
    }

    /// What was found so far, the best first.
    pub fn hits(&mut self) -> &[Hit] {
        if !self.ranked {
            self.hits
                .sort_unstable_by(|a, b| (b.score, b.recency).cmp(&(a.score, a.recency)).then_with(|| a.id.cmp(&b.id)));
            self.ranked = true;
        }
        &self.hits
    }
}

/// A query made ready: what excludes most at the least cost comes first.
#[derive(Debug)]
struct Plan {
    /// The terms, the longest first: it is the one that most texts lack.
    needles: Vec<Needle>,
    without: Vec<Needle>,
    fields: Vec<(Field, Needle)>,
    fields_without: Vec<(Field, Needle)>,
    before: Option<String>,
    after: Option<String>,
    /// Where each needle stands first in the body that is judged.
    firsts: Vec<Option<(usize, usize)>>,
}

/// What was seen in a clip that answers.
#[derive(Debug, Clone, Copy)]
struct Found {
    terms: u32,
    in_title: u32,
    in_head: u32,
    count: u32,
    /// The sum of the terms' weights, each below one.
    weight: f32,
    first_byte: Option<usize>,
}

impl Plan {
    fn new(query: &Query) -> Self {
        let ready = |terms: &[Term]| {
            let mut needles: Vec<Needle> = terms.iter().filter_map(Needle::new).collect();
            needles.sort_by_key(|needle| std::cmp::Reverse(needle.length_bytes()));
            needles
        };
        let of = |without: bool| {
            let wanted = query.fields.iter().filter(move |field| field.without == without);
            wanted.filter_map(|wanted| Some((wanted.field, Needle::new(&wanted.term)?))).collect()
        };
        Self {
            needles: ready(&query.terms),
            without: ready(&query.without),
            fields: of(false),
            fields_without: of(true),
            before: query.before.clone(),
            after: query.after.clone(),
            firsts: Vec::new(),
        }
    }

    /// What a clip has of what is asked; `None` when it lacks anything.
    fn judge(&mut self, document: &Document) -> Option<Found> {
        if !self.is_dated(document) || !self.is_described(document) {
            return None;
        }
        let mut found = Found { terms: 0, in_title: 0, in_head: 0, count: 0, weight: 0.0, first_byte: None };
        self.firsts.clear();
        for needle in &self.needles {
            let head = needle.find_from(&document.head, 0);
            let body = needle.find_from(&document.body, 0).map(|range| (range.start, range.end));
            if head.is_none() && body.is_none() {
                return None;
            }
            found.terms += 1;
            found.in_head += u32::from(head.is_some());
            found.in_title += u32::from(head.is_some_and(|range| range.end <= document.title_bytes));
            self.firsts.push(body);
        }
        let has = |needle: &Needle| {
            needle.find_from(&document.head, 0).is_some() || needle.find_from(&document.body, 0).is_some()
        };
        if self.without.iter().any(has) {
            return None;
        }
        self.count(document, &mut found);
        Some(found)
    }

    /// Counts the occurrences, behind the first ones that are known.
    fn count(&self, document: &Document, found: &mut Found) {
        let length = document.body.len() as f32 / USUAL_BYTES;
        for (needle, first) in self.needles.iter().zip(&self.firsts) {
            let Some((start, mut at)) = *first else { continue };
            let mut count = 1;
            while count < MOST_COUNTED {
                let Some(range) = needle.find_from(&document.body, at) else { break };
                at = range.end;
                count += 1;
            }
            found.count += count;
            // The second occurrence tells more than the twentieth.
            found.weight += count as f32 / (count as f32 + 0.5 + 1.5 * length);
            found.first_byte = Some(found.first_byte.map_or(start, |known| known.min(start)));
        }
    }

    fn is_dated(&self, document: &Document) -> bool {
        let date = document.date.as_str();
        let early = self.before.as_ref().is_none_or(|before| date < before.as_str());
        let late = self.after.as_ref().is_none_or(|after| date >= after.as_str());
        early && late && !(date.is_empty() && (self.before.is_some() || self.after.is_some()))
    }

    fn is_described(&self, document: &Document) -> bool {
        let has = |(field, needle): &(Field, Needle)| needle.find_from(document.field(*field), 0).is_some();
        !self.fields_without.iter().any(has)
            && self.fields.iter().all(|wanted| {
                let (field, _) = wanted;
                has(wanted) || !field.is_many() && self.fields.iter().any(|other| other.0 == *field && has(other))
            })
    }
}

impl Found {
    fn hit(self, id: &ClipId, document: &Document) -> Hit {
        let terms = self.terms.max(1) as f32;
        let in_title = self.terms > 0 && self.in_title == self.terms;
        let head = (IN_HEAD * self.in_head as f32 / terms).round() as u32;
        let body = (IN_BODY * self.weight / terms).round() as u32;
        Hit {
            id: id.clone(),
            score: head + body + if in_title { ALL_IN_TITLE } else { 0 },
            in_title,
            count: self.count,
            first: self.first_byte.map(|byte| document.body.get(..byte).map_or(0, |text| text.chars().count())),
            recency: document.recency,
        }
    }
}
