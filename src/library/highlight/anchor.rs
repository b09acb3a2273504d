//! Finding the place of a highlight again, in a text that may have changed.
//!
//! Where nothing changed, it stands where it stood. Else all short runs of letters ([`GRAM`]) of all
//! quotes and of what stood around them are looked for in one pass over the text; where many of them
//! stand in line, the quote is fitted in ([`super::align`]). What fits badly, or fits in two places, is
//! not taken: a highlight that is listed without a place is better than one in the wrong place.

use crate::clip::order;
use std::ops::Range;

use super::Selectors;
use super::align::{align, edge};
use super::text::letters;

/// How many letters of a run are looked for at once.
const GRAM: usize = 6;
/// A run that is found more often than this tells nothing.
const MOST_PLACES: u32 = 64;
/// Runs this far out of line still belong together.
const SLIP: i64 = 24;
const MOST_SLIP: i64 = 160;
/// How many places are looked at closely.
const CANDIDATES: usize = 6;
/// A quote longer than this is found by its two ends, of no more than [`END`] letters each: much may have
/// been put between them.
const LONG: usize = 80;
const END: usize = 200;
/// How much that may be, in letters, beside the length that the quote had.
const BETWEEN: usize = 1000;

/// Finds one place. See [`anchor_all`].
#[must_use]
pub fn anchor(text: &[char], place: &Selectors) -> Option<Range<usize>> {
    anchor_all(text, std::slice::from_ref(&place)).pop().flatten()
}

/// Where a place stood, if it stands there among the same neighbours: nothing is looked for.
#[must_use]
pub fn where_it_stood(text: &[char], place: &Selectors) -> Option<Range<usize>> {
    Wanted::new(place).where_it_stood(text)
}

/// Finds places in the letters of a text; `None` for each that is not there any more, or of which it
/// can't be told where it is.
#[must_use]
pub fn anchor_all(text: &[char], places: &[&Selectors]) -> Vec<Option<Range<usize>>> {
    let mut found: Vec<Option<Range<usize>>> = places.iter().map(|_| None).collect();
    let mut search = Search::new(text, places);
    while let Some((at, range)) = search.next(text) {
        if let Some(found) = found.get_mut(at) {
            *found = range;
        }
    }
    found
}

/// A search for many places, which can be interrupted while the text is read, and between one place and the
/// next.
#[derive(Debug)]
pub struct Search {
    wanted: Vec<Wanted>,
    /// The patterns of those that are not where they were, the first one last.
    parts: Vec<(usize, Part)>,
    /// For each of these, where in the text its runs stand.
    runs: Vec<Vec<Run>>,
    /// Those that are where they were.
    stood: Vec<(usize, Range<usize>)>,
    /// What the text is read for, until all of it is.
    reading: Option<Reading>,
}

impl Search {
    /// Begins.
    #[must_use]
    pub fn new(text: &[char], places: &[&Selectors]) -> Self {
        let wanted: Vec<Wanted> = places.iter().map(|place| Wanted::new(place)).collect();
        let (mut stood, mut parts) = (Vec::new(), Vec::new());
        for (at, one) in wanted.iter().enumerate() {
            match one.where_it_stood(text) {
                Some(range) => stood.push((at, range)),
                None => parts.extend(one.parts().into_iter().map(|part| (at, part))),
            }
        }
        parts.reverse();
        let reading = (!parts.is_empty()).then(|| Reading::new(&parts));
        Self { wanted, runs: parts.iter().map(|_| Vec::new()).collect(), parts, stood, reading }
    }

    /// Reads so many letters more of the text, which is read once for all places. Returns whether there is
    /// more of it.
    pub fn read(&mut self, text: &[char], letters: usize) -> bool {
        let goes_on = self.reading.as_mut().is_some_and(|reading| reading.go_on(text, letters, &mut self.runs));
        if !goes_on {
            self.reading = None;
        }
        goes_on
    }

    /// The next place: which one, and where it is, if it is anywhere.
    pub fn next(&mut self, text: &[char]) -> Option<(usize, Option<Range<usize>>)> {
        if let Some((at, range)) = self.stood.pop() {
            return Some((at, Some(range)));
        }
        while self.read(text, usize::MAX) {}
        let (at, part) = self.parts.pop()?;
        let mut lines = || gathered(self.runs.pop().unwrap_or_default());
        let first = part.fit(text, &lines());
        let Some((_, part)) = self.parts.pop_if(|(other, _)| *other == at) else {
            return Some((at, first));
        };
        let lines = lines();
        // The two ends of a long quote: what is between them may have changed, but not beyond measure.
        let length = self.wanted.get(at).map_or(0, |wanted| wanted.quote.len());
        let both = first.and_then(|head| Some(head.start..part.fit(text, &lines)?.end));
        let is_like = |range: &Range<usize>| {
            range.start < range.end && range.len() * 2 > length && range.len() < length * 2 + BETWEEN
        };
        Some((at, both.filter(is_like)))
    }
}

/// What is looked for, as letters.
#[derive(Debug)]
struct Wanted {
    before: Vec<char>,
    quote: Vec<char>,
    after: Vec<char>,
    start: usize,
}

impl Wanted {
    fn new(place: &Selectors) -> Self {
        Self {
            before: letters(&place.prefix),
            quote: letters(&place.exact),
            after: letters(&place.suffix),
            start: place.start as usize,
        }
    }

    /// Where it stood, if it stands there among the same neighbours.
    fn where_it_stood(&self, text: &[char]) -> Option<Range<usize>> {
        let (head, rest) = text.split_at_checked(self.start)?;
        let same = !self.quote.is_empty()
            && head.ends_with(&self.before)
            && rest.strip_prefix(self.quote.as_slice())?.starts_with(&self.after);
        same.then(|| self.start..self.start + self.quote.len())
    }

    /// The patterns that are looked for: the quote with its neighbours, or its two ends.
    fn parts(&self) -> Vec<Part> {
        let Self { before, quote, after, .. } = self;
        let part = |before: &[char], quote: &[char], after: &[char], edges| Part {
            pattern: [before, quote, after].concat(),
            middle: before.len()..before.len() + quote.len(),
            edges,
        };
        let end = END.min(quote.len() / 2);
        let head = quote.get(..end).filter(|_| quote.len() > LONG);
        let tail = quote.get(quote.len() - end..);
        match (head, tail) {
            (Some(head), Some(tail)) => {
                vec![part(before, head, &[], [true, false]), part(&[], tail, after, [false, true])]
            }
            _ => vec![part(before, quote, after, [true, true])],
        }
    }
}

/// A pattern, and the part of it whose place is asked for.
#[derive(Debug)]
struct Part {
    pattern: Vec<char>,
    middle: Range<usize>,
    /// Which edges of that part are edges of the quote.
    edges: [bool; 2],
}

/// A place where a pattern may stand: from the first to the last of the lines that its runs form, and
/// how many runs there are.
type Line = (i64, i64, usize);

/// How a pattern fits into one place.
struct Fit {
    range: Range<usize>,
    /// The share of the quote's letters that are the same, and of its neighbours'.
    quote: f64,
    around: f64,
    /// Whether it begins and ends with letters of the quote.
    has_edges: bool,
}

impl Part {
    /// Where it fits, if it does in one of these places alone.
    fn fit(&self, text: &[char], lines: &[Line]) -> Option<Range<usize>> {
        let slack = 16 + self.pattern.len() as i64 / 4;
        let mut fits: Vec<Fit> = Vec::new();
        for (first, last, _) in lines {
            let from = (first - slack).clamp(0, text.len() as i64) as usize;
            let to = (last + slack).saturating_add(self.pattern.len() as i64).clamp(0, text.len() as i64) as usize;
            let Some(fit) = text.get(from..to).and_then(|stretch| self.fit_into(stretch, from)) else { continue };
            let same = |other: &&mut Fit| other.range.start < fit.range.end && fit.range.start < other.range.end;
            match fits.iter_mut().find(same) {
                Some(other) if self.total(&fit) > self.total(other) => *other = fit,
                Some(_) => {}
                None => fits.push(fit),
            }
        }
        order::sort_by(&mut fits, |a, b| self.total(b).total_cmp(&self.total(a)));
        let mut fits = fits.into_iter();
        let (best, second) = (fits.next()?, fits.next());
        (self.is_good(&best, second.as_ref()) && second.is_none_or(|second| self.is_clear(&best, &second)))
            .then_some(best.range)
    }

    fn fit_into(&self, stretch: &[char], from: usize) -> Option<Fit> {
        let aligned = align(&self.pattern, self.middle.clone(), stretch)?;
        let share = |edits: usize, of: usize| if of == 0 { 1.0 } else { 1.0 - edits as f64 / of as f64 };
        let edge = edge(self.middle.len());
        let is_there = |(wanted, edits): (bool, usize)| !wanted || edits * 3 <= edge * 2;
        Some(Fit {
            has_edges: self.edges.into_iter().zip(aligned.edge_edits).all(is_there),
            range: aligned.middle.start + from..aligned.middle.end + from,
            quote: share(aligned.middle_edits, self.middle.len()),
            around: share(aligned.outer_edits, self.pattern.len() - self.middle.len()),
        })
    }

    /// The share of all letters that are the same.
    fn total(&self, fit: &Fit) -> f64 {
        let quote = self.middle.len() as f64;
        let around = self.pattern.len() as f64 - quote;
        (fit.quote * quote + fit.around * around) / (quote + around).max(1.0)
    }

    /// Whether the quote is there: the shorter it is, the more its neighbours have to say.
    fn is_good(&self, fit: &Fit, second: Option<&Fit>) -> bool {
        let length = self.middle.len();
        let alone = second.is_none_or(|second| second.quote < 0.6);
        let needed = if length < 16 { 0.75 } else { 0.6 };
        let neighbours = fit.around >= 0.5;
        let speaks_for_itself = length >= 60 && fit.quote >= 0.9 && alone;
        fit.has_edges && fit.quote >= needed && (neighbours || speaks_for_itself)
    }

    /// Whether it is this place and not the second best.
    fn is_clear(&self, best: &Fit, second: &Fit) -> bool {
        let is_same = |fit: &Fit| self.total(fit) >= 1.0;
        if is_same(best) && !is_same(second) {
            return true;
        }
        let ahead = self.total(best) - self.total(second);
        ahead >= 0.1 || (best.quote >= second.quote && best.around - second.around >= 0.2)
    }
}

/// One run of letters as a number.
fn gram(run: &[char]) -> u64 {
    run.iter().fold(0_u64, |hash, c| (hash ^ u64::from(*c)).wrapping_mul(0x100_0000_01b3).rotate_left(23))
}

/// Where a run of a pattern stands in the text: where the pattern would begin, and where in it the run is.
type Run = (i64, u32);

/// The runs of all patterns, which the text is read for.
#[derive(Debug)]
struct Reading {
    /// Every run, in order: its number, the pattern it is of, and where it stands in it.
    runs: Vec<(u64, u32, u32)>,
    /// How often each was found.
    found: Vec<u32>,
    /// Most runs of the text are of no pattern: a small table says so without a search.
    is_there: Vec<bool>,
    /// How many letters were read.
    read: usize,
}

impl Reading {
    fn new(parts: &[(usize, Part)]) -> Self {
        let mut runs: Vec<(u64, u32, u32)> = Vec::new();
        for (number, (_, part)) in parts.iter().enumerate() {
            let of_part = part.pattern.windows(GRAM).enumerate();
            runs.extend(of_part.map(|(offset, run)| (gram(run), number as u32, offset as u32)));
        }
        // There are tens of thousands at times.
        runs.sort_unstable();
        let bits = (runs.len() * 16).next_power_of_two().clamp(1 << 12, 1 << 21);
        let mut reading = Self { found: vec![0; runs.len()], is_there: vec![false; bits], runs, read: 0 };
        for (hash, _, _) in &reading.runs {
            let slot = reading.slot(*hash);
            if let Some(there) = reading.is_there.get_mut(slot) {
                *there = true;
            }
        }
        reading
    }

    fn slot(&self, hash: u64) -> usize {
        (hash as usize) & (self.is_there.len() - 1)
    }

    /// Reads so many letters, and notes what stands in them. Returns whether there are more.
    fn go_on(&mut self, text: &[char], letters: usize, noted: &mut [Vec<Run>]) -> bool {
        let from = self.read;
        for (at, run) in text.windows(GRAM).enumerate().skip(from).take(letters) {
            self.read += 1;
            let hash = gram(run);
            if self.is_there.get(self.slot(hash)) != Some(&true) {
                continue;
            }
            let first = self.runs.partition_point(|(other, _, _)| *other < hash);
            let (Some(these), Some(found)) = (self.runs.get(first..), self.found.get_mut(first..)) else { continue };
            let same = these.iter().zip(found).take_while(|((other, _, _), _)| *other == hash);
            for ((_, number, offset), found) in same {
                *found += 1;
                if *found <= MOST_PLACES
                    && let Some(noted) = noted.get_mut(*number as usize)
                {
                    noted.push((at as i64 - i64::from(*offset), *offset));
                }
            }
        }
        self.read < (text.len() + 1).saturating_sub(GRAM)
    }
}

/// Runs that stand about in line, gathered, the most first.
fn gathered(mut runs: Vec<Run>) -> Vec<Line> {
    order::sort(&mut runs);
    let mut lines: Vec<Line> = Vec::new();
    for (at, _) in runs {
        match lines.last_mut() {
            // Those of a text that repeats itself would be one line from its beginning to its end.
            Some((first, last, count)) if at - *last <= SLIP && at - *first <= MOST_SLIP => {
                *last = at;
                *count += 1;
            }
            _ => lines.push((at, at, 1)),
        }
    }
    order::sort_by_key(&mut lines, |(_, _, count)| std::cmp::Reverse(*count));
    // Where far fewer stand in line than elsewhere, nothing fits as well.
    let most = lines.first().map_or(0, |(_, _, count)| *count);
    lines.retain(|(_, _, count)| count * 4 >= most);
    lines.truncate(CANDIDATES);
    lines
}
