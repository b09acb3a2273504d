//! Headings that a clip shows as bold, numbered or lone lines only: which of the candidates count.

use crate::order;
use std::collections::{HashMap, HashSet};

use super::candidate::{self, Candidate, Style};
use super::marker::Class;
use super::narrow::{self, is_bare};
use super::{Page, interview, letters, nest};
use crate::blocks::{Block, Kind, Within};
use crate::letters::width;

/// How many candidates make an outline.
pub const FEWEST: usize = 2;
/// How many members a series of numbered plain lines must have.
const SERIES: usize = 2;
/// A clip whose lines are mostly short is a list or a poem, not a text with headings.
const PLAIN_SHARE: f32 = 0.4;

/// The headings of a body: `real` ones that count, and the inferred ones among and below them.
/// Returns candidates with their levels, in the order of the file.
pub fn headings(page: &Page<'_>, real: &[usize], title: &str) -> Vec<(Candidate, u8)> {
    let (blocks, tail) = (page.blocks, page.tail);
    let mut all = candidate::all(page);
    let stated = letters(title);
    let own = |c: &Candidate| title.is_empty() || letters(&c.text) != stated;
    all.retain(|c| match c.style {
        Style::Real(_) => real.binary_search(&c.blocks.start).is_ok(),
        _ => own(c),
    });
    let questions = interview::questions(blocks, tail);
    let only_shown = is_material(blocks, &all);
    if only_shown {
        all.retain(|c| !matches!(c.style, Style::Real(_)));
    }
    let has_real = real.len() >= FEWEST && !only_shown;
    let mut found = marked(page, &all, has_real);
    if questions.len() >= 3 {
        found.retain(|c| !questions.iter().any(|q| q.blocks == c.blocks));
        found.extend(questions);
        order::sort_by_key(&mut found, |c| c.blocks.start);
    }
    let inferred = |found: &[Candidate]| found.iter().filter(|c| !matches!(c.style, Style::Real(_))).count();
    if inferred(&found) < FEWEST && !has_real {
        found = plain(blocks, &all, tail);
    }
    if inferred(&found) < FEWEST || (!has_real && found.len() < FEWEST) {
        found.retain(|c| matches!(c.style, Style::Real(_)));
    }
    let levels = nest::levels(&found, has_real);
    found.into_iter().zip(levels).collect()
}

/// Candidates that show a mark: real ones, bold ones, and numbered plain ones in a series.
fn marked(page: &Page<'_>, all: &[Candidate], has_real: bool) -> Vec<Candidate> {
    let (blocks, tail) = (page.blocks, page.tail);
    let mut visible: Vec<Candidate> =
        all.iter().filter(|c| c.style != Style::Plain || c.class.is_marked()).cloned().collect();
    candidate::look_between(blocks, tail, &mut visible);
    let mut series = series(&visible, has_real);
    series.extend(ornamented(&visible));
    let bold_groups = bold_groups(all);
    let bold_series = bold_series(all);
    let mut found: Vec<Candidate> = all
        .iter()
        .filter(|c| match c.style {
            Style::Real(_) => true,
            Style::Bold if has_real && c.number.is_some() => bold_series.contains(&c.blocks.start),
            Style::Bold => !has_real || is_short_label(c),
            Style::Plain => series.contains(&c.blocks.start) || bold_groups.contains(&c.blocks.start),
        })
        .cloned()
        .collect();
    for narrow in [narrow::repeated, narrow::runs, narrow::labels, narrow::few] {
        candidate::look_between(blocks, tail, &mut found);
        narrow(&mut found);
    }
    narrow::cells(blocks, tail, &mut found);
    let body = blocks.get(..tail).unwrap_or_default().iter().enumerate();
    let sentences = body.filter(|(at, b)| is_bold_sentence(b, page.apart.contains(at))).count();
    if found.iter().filter(|c| is_bare(c)).count() <= sentences {
        found.retain(|c| !is_bare(c) || nest::frames(&c.text));
    }
    candidate::look_between(blocks, tail, &mut found);
    found
}

/// A paragraph of its own that is bold and a sentence: where there are as many of them as of lines
/// like headings, bold is emphasis.
fn is_bold_sentence(block: &Block, is_apart: bool) -> bool {
    block.kind == Kind::Paragraph
        && block.within == Within::Body
        && (block.is_all_bold() || is_apart)
        && block.linked == 0
        && candidate::is_bold_sentence(&block.text)
}

/// Whether the marked headings are not the article's but material that it shows, as notes and
/// templates whose fences were lost: its own headings are a numbered series of bold lines that
/// begins above the first of them and ends below the last, and text stands right below most.
fn is_material(blocks: &[Block], all: &[Candidate]) -> bool {
    let is_real = |c: &&Candidate| matches!(c.style, Style::Real(_)) && c.blocks.start > 0;
    let real: Vec<&Candidate> = all.iter().filter(is_real).collect();
    let (Some(first), Some(last)) = (real.first(), real.last()) else { return false };
    let is_glued = |c: &&&Candidate| blocks.get(c.blocks.end).is_some_and(|next| next.line == c.line + 1);
    let glued = real.iter().filter(is_glued).count();
    let mut series: HashMap<&Class, Vec<&Candidate>> = HashMap::new();
    for c in all.iter().filter(|c| c.style == Style::Bold && c.number.is_some() && c.class.is_marked()) {
        series.entry(&c.class).or_default().push(c);
    }
    let encloses = |members: &Vec<&Candidate>| {
        let (Some(top), Some(bottom)) = (members.first(), members.last()) else { return false };
        let runs = members.windows(2).filter(follow_on).count();
        let around = top.blocks.start < first.blocks.start && bottom.blocks.start > last.blocks.start;
        members.len() >= 3 && top.number == Some(1) && (runs + 1) * 10 >= members.len() * 8 && around
    };
    glued * 2 > real.len() && series.values().any(encloses)
}

fn follow_on(pair: &&[&Candidate]) -> bool {
    matches!(pair, [a, b] if b.number == a.number.map(|n| n + 1))
}

/// First blocks of bold lines whose numbers follow one another, real headings among them: below
/// real headings a bold line with a number that stands alone is a step of a recipe, not a part.
fn bold_series(all: &[Candidate]) -> HashSet<usize> {
    let mut members: HashMap<&Class, Vec<&Candidate>> = HashMap::new();
    for c in all.iter().filter(|c| c.style != Style::Plain && c.number.is_some() && c.class.is_marked()) {
        members.entry(&c.class).or_default().push(c);
    }
    let mut found = HashSet::new();
    for series in members.values() {
        let runs = series.windows(2).filter(follow_on).count();
        let again = series.iter().skip(1).filter(|c| c.number == Some(1)).count();
        let in_order = runs > 0 && (runs + again) * 10 >= (series.len() - 1) * 7;
        if in_order && series.first().is_some_and(|c| c.number == Some(1)) {
            found.extend(series.iter().map(|c| c.blocks.start));
        }
    }
    found
}

/// Bold lines below real headings are more often emphasis: they must be short and without a stop.
fn is_short_label(c: &Candidate) -> bool {
    let marked = c.class.is_marked();
    let broken = c.text.contains(['，', '。', ',']) || (!marked && c.text.ends_with([':', '：', '？', '?']));
    width(&c.text) <= if marked { 60 } else { 40 } && !broken
}

/// First blocks of plain lines whose numbers follow one another: 一、 二、 三、.
fn series(all: &[Candidate], has_real: bool) -> HashSet<usize> {
    let mut members: HashMap<&Class, Vec<usize>> = HashMap::new();
    let styled: HashSet<&Class> = all.iter().filter(|c| c.style == Style::Bold).map(|c| &c.class).collect();
    for (index, c) in all.iter().enumerate() {
        if c.class.is_marked() && c.number.is_some() && c.style != Style::Bold && !matches!(c.style, Style::Real(_)) {
            members.entry(&c.class).or_default().push(index);
        }
    }
    let mut found = HashSet::new();
    for (class, indices) in members {
        let candidates: Vec<&Candidate> = indices.iter().filter_map(|i| all.get(*i)).collect();
        let runs = candidates.windows(2).filter(follow_on).count();
        let again = candidates.iter().skip(1).filter(|c| c.number == Some(1)).count();
        let with_text = candidates.iter().filter(|c| c.has_text).count();
        // Items of a list have nothing below them but the next item.
        let parts = with_text * 2 > candidates.len() || matches!(class, Class::Chinese | Class::ChineseInBrackets);
        let enough = if has_real { SERIES + 1 } else { SERIES };
        let first = candidates.iter().any(|c| c.number == Some(1));
        let in_order = again <= runs && (runs + again) * 10 >= (candidates.len().saturating_sub(1)) * 7;
        let counts = candidates.len() >= enough && runs + 1 >= enough && in_order && first && parts;
        if counts || styled.contains(class) && with_text == candidates.len() {
            found.extend(candidates.iter().map(|c| c.blocks.start));
        }
    }
    found
}

/// First blocks of plain lines that begin with the same ornament and mostly have text below: items
/// of a list have not. Triangles point at pictures.
fn ornamented(all: &[Candidate]) -> HashSet<usize> {
    let mut members: HashMap<char, Vec<&Candidate>> = HashMap::new();
    for c in all.iter().filter(|c| c.style == Style::Plain) {
        if let Class::Ornament(mark) = c.class
            && !matches!(mark, '▲' | '△' | '▼' | '▽' | '◎' | '○' | '#' | '※')
        {
            members.entry(mark).or_default().push(c);
        }
    }
    let counts = |of: &&Vec<&Candidate>| of.len() >= 3 && of.iter().filter(|c| c.has_text).count() * 3 >= of.len() * 2;
    members.values().filter(counts).flatten().map(|c| c.blocks.start).collect()
}

/// First blocks of short plain lines that stand right above a marked heading, as their bold siblings do.
fn bold_groups(all: &[Candidate]) -> HashSet<usize> {
    let above = |index: usize, style: Style| {
        let (Some(upper), Some(lower)) = (all.get(index), all.get(index + 1)) else { return false };
        upper.style == style
            && upper.class == Class::Plain
            && lower.follows
            && lower.class.is_marked()
            && lower.style == Style::Bold
    };
    let siblings = (0..all.len()).filter(|i| above(*i, Style::Bold)).count();
    if siblings < 2 {
        return HashSet::new();
    }
    // The only line below the heading before is that one's text.
    let has_own_text = |i: usize| i.checked_sub(1).is_none_or(|before| all.get(before).is_some_and(|c| c.has_text));
    let plain = (0..all.len()).filter(|i| above(*i, Style::Plain) && has_own_text(*i));
    plain.filter_map(|i| all.get(i).map(|c| c.blocks.start)).collect()
}

/// Short lines without any mark, in a clip that has nothing better: they stand alone before long
/// paragraphs, and they are few among those.
fn plain(blocks: &[Block], all: &[Candidate], tail: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = all
        .iter()
        .enumerate()
        .filter(|(index, c)| {
            let held = all.get(index + 1).is_some_and(|next| next.follows);
            let framed = held || matches!(c.style, Style::Real(_)) || stands_apart(blocks, c);
            (c.has_text || held) && framed
        })
        .map(|(_, c)| c.clone())
        .collect();
    narrow::long_runs(&mut found);
    let body = blocks.get(..tail).unwrap_or_default();
    let long = body.iter().filter(|b| b.width >= 80).count();
    found.retain(|c| c.style != Style::Bold);
    let short = found.iter().filter(|c| c.style == Style::Plain).count();
    let share = short as f32 / (short + long).max(1) as f32;
    if short < 3 || share > PLAIN_SHARE || long < 6 {
        found.retain(|c| matches!(c.style, Style::Real(_)));
    }
    found
}

/// A line after a picture is its caption when it speaks of it, and one before a very short line is
/// part of a dialogue or a poem.
fn stands_apart(blocks: &[Block], c: &Candidate) -> bool {
    let before = c.blocks.start.checked_sub(1).and_then(|i| blocks.get(i));
    let after = blocks.get(c.blocks.end..).unwrap_or_default().iter().find(|b| b.characters > 0 || b.pictures > 0);
    let caption = before.is_some_and(|b| b.pictures > 0 && b.characters == 0)
        && c.text.starts_with(['图', '圖', '▲', '△', '来', '來', '图', 'F', 'P', '表']);
    let leads = after.is_some_and(|b| {
        let text = b.width >= (width(&c.text) + 10).max(30);
        text || b.pictures > 0 || b.within != Within::Body || b.kind != Kind::Paragraph
    });
    !caption && leads
}
