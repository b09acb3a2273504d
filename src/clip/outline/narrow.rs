//! Candidates that look like headings and are none: entries of a table of contents, cells of a
//! table that was lost, names of speakers and of fields, exceptions.
//!
//! Each of these takes some candidates out of a list; what stands between the others is looked at
//! again before each ([`candidate::look_between`]).

use std::collections::{HashMap, HashSet};

use super::candidate::{self, Candidate, Style};
use super::infer::FEWEST;
use super::marker::Class;
use super::{letters, nest};
use crate::blocks::{Block, Kind, Within};
use crate::letters::width;

/// A bold line without any marker: a heading, or only emphasis.
pub fn is_bare(c: &Candidate) -> bool {
    c.style == Style::Bold && c.class == Class::Plain
}

/// A line of a table of contents says what a heading says later: a plain line, or a bold one with
/// nothing below it.
pub fn repeated(found: &mut Vec<Candidate>) {
    let said: Vec<String> = found.iter().map(|c| letters(&c.text)).collect();
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (c, said) in found.iter().zip(&said).filter(|(c, _)| c.style != Style::Plain) {
        last.insert(said, c.blocks.start);
    }
    let mut saids = said.iter();
    found.retain(|c| {
        let said_at = saids.next().and_then(|said| last.get(said.as_str()));
        let later = said_at.is_some_and(|at| *at > c.blocks.start);
        let said = said_at.is_some();
        match c.style {
            Style::Plain => !said,
            Style::Bold => c.has_text || !later,
            Style::Real(_) => true,
        }
    });
}

/// One item of a list, or one bare line before the numbered ones, is an exception and no part.
pub fn few(found: &mut Vec<Candidate>) {
    let count = |test: &dyn Fn(&Candidate) -> bool| found.iter().filter(|c| test(c)).count();
    let leads = count(&|c| c.class == Class::Lead);
    let bare = count(&is_bare);
    let marked = count(&|c| c.class.is_marked());
    let first = found.iter().position(|c| c.class.is_marked()).unwrap_or(0);
    let mut index = 0;
    found.retain(|c| {
        index += 1;
        let early = is_bare(c) && bare == 1 && marked >= 3 && index <= first && !nest::frames(&c.text);
        !(early || (c.class == Class::Lead && leads < FEWEST))
    });
}

/// The widest cell of a table that was lost, in columns.
const CELL: usize = 44;
/// The widest of one in a row of four or more, each with one line below it.
const WIDE_CELL: usize = 72;

/// Bare bold lines of which three or more in a row have next to nothing below them are what is left
/// of a table.
pub fn cells(blocks: &[Block], tail: usize, found: &mut Vec<Candidate>) {
    candidate::look_between(blocks, tail, found);
    let ends: Vec<usize> = found.iter().skip(1).map(|c| c.blocks.start).chain([tail]).collect();
    let below = |c: &Candidate, end: usize| blocks.get(c.blocks.end..end).unwrap_or_default();
    let is_thin = |c: &Candidate, below: &[Block], most: usize, widest: usize| {
        is_bare(c) && below.len() <= most && below.iter().all(|b| is_cell(b, widest))
    };
    let thin: Vec<bool> = found.iter().zip(&ends).map(|(c, end)| is_thin(c, below(c, *end), 3, CELL)).collect();
    let one: Vec<bool> = found.iter().zip(&ends).map(|(c, end)| is_thin(c, below(c, *end), 1, WIDE_CELL)).collect();
    let in_row = |of: &[bool], i: usize, fewest: usize| {
        let at = |i: usize| of.get(i).copied().unwrap_or(false);
        let before = (1..fewest).take_while(|n| i.checked_sub(*n).is_some_and(at)).count();
        let after = (1..fewest).take_while(|n| at(i + n)).count();
        at(i) && before + after + 1 >= fewest
    };
    let rows: Vec<bool> = (0..found.len()).map(|i| in_row(&thin, i, 3) || in_row(&one, i, 4)).collect();
    let mut rows = rows.into_iter();
    found.retain(|_| !rows.next().unwrap_or(false));
}

fn is_cell(block: &Block, widest: usize) -> bool {
    block.kind == Kind::Paragraph
        && block.pictures == 0
        && block.within == Within::Body
        && !(block.bold == 0 && is_command(&block.text))
        && block.width <= widest
}

/// Lines right below one another, with no text in between, are a table of contents or the cells
/// of a table that was lost: only the last of each class can be a heading, and only with text
/// below. A numbered line that has no other of its class beside it holds the ones that follow.
pub fn runs(found: &mut Vec<Candidate>) {
    let mut keep = vec![true; found.len()];
    let mut end = found.len();
    while end > 0 {
        let mut start = end - 1;
        while start > 0 && found.get(start).is_some_and(|c| c.follows) {
            start -= 1;
        }
        keep_in_run(found.get(start..end).unwrap_or_default(), keep.get_mut(start..end).unwrap_or_default());
        end = start;
    }
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
}

/// More lines than this of one class without a number, with no text in between, are a list: its
/// last is no heading either, whatever stands below.
const LIST: usize = 3;

fn keep_in_run(run: &[Candidate], keep: &mut [bool]) {
    let mut count: HashMap<&Class, usize> = HashMap::new();
    for c in run.iter().filter(|c| !matches!(c.style, Style::Real(_))) {
        *count.entry(&c.class).or_default() += 1;
    }
    let mut seen: HashSet<&Class> = HashSet::new();
    let mut open = true;
    for (index, (c, keep)) in run.iter().zip(keep).enumerate().rev() {
        let known = !seen.insert(&c.class);
        if matches!(c.style, Style::Real(_)) {
            continue;
        }
        let last = index + 1 == run.len();
        let many = count.get(&c.class).copied().unwrap_or(0);
        open &= !known && (!last || c.has_text);
        let is_listed = many > LIST && c.number.is_none();
        let holds = many == 1 && c.number.is_some() && c.class.is_marked() && !last;
        *keep = (open && !is_listed) || holds;
    }
}

/// Labels that come again and again are names of speakers or of fields, not headings: the same
/// words with a colon where nothing stands above them, or the same words before a colon.
pub fn labels(found: &mut Vec<Candidate>) {
    let mut whole: HashMap<String, usize> = HashMap::new();
    let mut before: HashMap<String, usize> = HashMap::new();
    for c in found.iter().filter(|c| c.style == Style::Bold && c.class == Class::Plain) {
        *whole.entry(letters(&c.text)).or_default() += 1;
        if let Some((label, rest)) = c.text.split_once(['：', ':'])
            && !rest.trim().is_empty()
        {
            *before.entry(letters(label)).or_default() += 1;
        }
    }
    let alone = found.iter().all(|c| c.class == Class::Plain);
    let ranks = has_ranks(found);
    found.retain(|c| {
        if c.style != Style::Bold || c.class != Class::Plain {
            return true;
        }
        let colon = c.text.ends_with([':', '：']);
        if colon && ranks {
            return false;
        }
        let repeated = whole.get(&letters(&c.text)).copied().unwrap_or(0);
        let field =
            c.text.split_once(['：', ':']).and_then(|(label, _)| before.get(&letters(label)).copied()).unwrap_or(0);
        !(field >= 3 || (alone && repeated >= 3 && (colon || width(&c.text) <= 12) && !nest::is_closing(&c.text)))
    });
}

/// Whether a clip has two or more ranks of headings with marks: then a line that ends with a colon
/// leads to what it says, and is no third rank.
fn has_ranks(found: &[Candidate]) -> bool {
    let mut count: HashMap<&Class, usize> = HashMap::new();
    for c in found.iter().filter(|c| c.class.is_marked()) {
        *count.entry(&c.class).or_default() += 1;
    }
    count.values().filter(|count| **count >= 3).count() >= 2
}

/// Whether a line is something to type: a command or a path, not a cell.
fn is_command(text: &str) -> bool {
    text.is_ascii() && text.contains([' ', '/']) && text.contains(['-', '/', '_', '.', '$'])
}

/// More than two lines without text between them are a list.
pub fn long_runs(found: &mut Vec<Candidate>) {
    let follows: Vec<bool> = found.iter().map(|c| c.follows).collect();
    let mut keep = vec![true; found.len()];
    for index in 0..found.len() {
        let at = |i: usize| follows.get(i).copied().unwrap_or(false);
        let long = (at(index) && at(index + 1))
            || (at(index) && index > 0 && at(index - 1))
            || (at(index + 1) && at(index + 2));
        if let Some(keep) = keep.get_mut(index) {
            *keep = !long;
        }
    }
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
}
