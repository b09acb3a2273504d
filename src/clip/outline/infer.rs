//! Headings that a clip shows as bold, numbered or lone lines only: which of the candidates count.

use std::collections::{HashMap, HashSet};

use super::candidate::{self, Candidate, Style, width};
use super::marker::Class;
use super::{interview, letters, nest};
use crate::clip::blocks::{Block, Kind, Within};

/// How many candidates make an outline.
const FEWEST: usize = 2;
/// How many members a series of numbered plain lines must have.
const SERIES: usize = 2;
/// A clip whose lines are mostly short is a list or a poem, not a text with headings.
const PLAIN_SHARE: f32 = 0.4;

/// The headings of a body: `real` ones that count, and the inferred ones among and below them.
/// Returns candidates with their levels, in the order of the file.
pub fn headings(blocks: &[Block], real: &[usize], tail: usize, title: &str) -> Vec<(Candidate, u8)> {
    let mut all = candidate::all(blocks, tail);
    let own = |c: &Candidate| letters(&c.text) != letters(title) || title.is_empty();
    all.retain(|c| match c.style {
        Style::Real(_) => real.contains(&c.blocks.start),
        _ => own(c),
    });
    let questions = interview::questions(blocks, tail);
    let has_real = real.len() >= FEWEST;
    let mut found = marked(blocks, tail, &all, has_real);
    if questions.len() >= 3 {
        found.retain(|c| !questions.iter().any(|q| q.blocks == c.blocks));
        found.extend(questions);
        found.sort_by_key(|c| c.blocks.start);
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
fn marked(blocks: &[Block], tail: usize, all: &[Candidate], has_real: bool) -> Vec<Candidate> {
    let mut visible: Vec<Candidate> =
        all.iter().filter(|c| c.style != Style::Plain || c.class.is_marked()).cloned().collect();
    candidate::look_between(blocks, tail, &mut visible);
    let series = series(&visible, has_real);
    let bold_groups = bold_groups(all);
    let mut found: Vec<Candidate> = all
        .iter()
        .filter(|c| match c.style {
            Style::Real(_) => true,
            Style::Bold => !has_real || is_short_label(c),
            Style::Plain => series.contains(&c.blocks.start) || bold_groups.contains(&c.blocks.start),
        })
        .cloned()
        .collect();
    for narrow in [drop_repeated, drop_runs, drop_labels, drop_few] {
        candidate::look_between(blocks, tail, &mut found);
        narrow(&mut found);
    }
    drop_cells(blocks, tail, &mut found);
    let sentences = blocks.get(..tail).unwrap_or_default().iter().filter(|b| is_bold_sentence(b)).count();
    if found.iter().filter(|c| is_bare(c)).count() <= sentences {
        found.retain(|c| !is_bare(c) || nest::frames(&c.text));
    }
    candidate::look_between(blocks, tail, &mut found);
    found
}

/// A bold line without any marker: a heading, or only emphasis.
fn is_bare(c: &Candidate) -> bool {
    c.style == Style::Bold && c.class == Class::Plain
}

/// A paragraph of its own that is bold and a sentence: where there are as many of them as of lines
/// like headings, bold is emphasis.
fn is_bold_sentence(block: &Block) -> bool {
    block.kind == Kind::Paragraph
        && block.within == Within::Body
        && block.is_all_bold()
        && block.linked == 0
        && candidate::is_bold_sentence(&block.text)
}

/// A plain line of a table of contents says what the heading says later.
fn drop_repeated(found: &mut Vec<Candidate>) {
    let bold: HashSet<String> = found.iter().filter(|c| c.style == Style::Bold).map(|c| letters(&c.text)).collect();
    found.retain(|c| c.style != Style::Plain || !bold.contains(&letters(&c.text)));
}

/// One item of a list, or one bare line before the numbered ones, is an exception and no part.
fn drop_few(found: &mut Vec<Candidate>) {
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

/// Bare bold lines of which three or more in a row have next to nothing below them are what is left
/// of a table.
fn drop_cells(blocks: &[Block], tail: usize, found: &mut Vec<Candidate>) {
    candidate::look_between(blocks, tail, found);
    let ends: Vec<usize> = found.iter().skip(1).map(|c| c.blocks.start).chain([tail]).collect();
    let thin: Vec<bool> = found
        .iter()
        .zip(ends)
        .map(|(c, end)| {
            let below = blocks.get(c.blocks.end..end).unwrap_or_default();
            let plain = |b: &Block| {
                b.kind == Kind::Paragraph
                    && b.pictures == 0
                    && b.within == Within::Body
                    && !(b.bold == 0 && is_command(&b.text))
            };
            is_bare(c) && below.len() <= 3 && below.iter().all(|b| plain(b) && width(&b.text) <= CELL)
        })
        .collect();
    let at = |i: usize| thin.get(i).copied().unwrap_or(false);
    let in_row = |i: usize| {
        let before = (1..=2).take_while(|n| i.checked_sub(*n).is_some_and(at)).count();
        let after = (1..=2).take_while(|n| at(i + n)).count();
        at(i) && before + after >= 2
    };
    let rows: Vec<bool> = (0..found.len()).map(in_row).collect();
    let mut rows = rows.into_iter();
    found.retain(|_| !rows.next().unwrap_or(false));
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
        let next = |pair: &&[&Candidate]| matches!(pair, [a, b] if b.number == a.number.map(|n| n + 1));
        let runs = candidates.windows(2).filter(next).count();
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

/// Lines right below one another, with no text in between, are a table of contents or the cells
/// of a table that was lost: only the last of each class can be a heading, and only with text
/// below.
fn drop_runs(found: &mut Vec<Candidate>) {
    let mut keep = vec![true; found.len()];
    let mut end = found.len();
    while end > 0 {
        let mut start = end - 1;
        while start > 0 && found.get(start).is_some_and(|c| c.follows) {
            start -= 1;
        }
        let mut seen: Vec<&Class> = Vec::new();
        let mut open = true;
        for index in (start..end).rev() {
            let Some(c) = found.get(index) else { continue };
            let known = seen.contains(&&c.class);
            if !known {
                seen.push(&c.class);
            }
            if matches!(c.style, Style::Real(_)) {
                continue;
            }
            let last = index + 1 == end;
            open &= !known && (!last || c.has_text);
            if let Some(keep) = keep.get_mut(index) {
                *keep = open;
            }
        }
        end = start;
    }
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(true));
}

/// Labels that come again and again are names of speakers or of fields, not headings: the same
/// words with a colon where nothing stands above them, or the same words before a colon.
fn drop_labels(found: &mut Vec<Candidate>) {
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
    found.retain(|c| {
        if c.style != Style::Bold || c.class != Class::Plain {
            return true;
        }
        let colon = c.text.ends_with([':', '：']);
        let repeated = whole.get(&letters(&c.text)).copied().unwrap_or(0);
        let field =
            c.text.split_once(['：', ':']).and_then(|(label, _)| before.get(&letters(label)).copied()).unwrap_or(0);
        !(field >= 3 || (alone && repeated >= 3 && (colon || width(&c.text) <= 12) && !nest::is_closing(&c.text)))
    });
}

/// Whether a line is something to type: a command or a path, not a cell.
fn is_command(text: &str) -> bool {
    text.is_ascii() && text.contains([' ', '/']) && text.contains(['-', '/', '_', '.', '$'])
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
    drop_long_runs(&mut found);
    let body = blocks.get(..tail).unwrap_or_default();
    let long = body.iter().filter(|b| width(&b.text) >= 80).count();
    found.retain(|c| c.style != Style::Bold);
    let short = found.iter().filter(|c| c.style == Style::Plain).count();
    let share = short as f32 / (short + long).max(1) as f32;
    if short < 3 || share > PLAIN_SHARE || long < 6 {
        found.retain(|c| matches!(c.style, Style::Real(_)));
    }
    found
}

/// More than two lines without text between them are a list.
fn drop_long_runs(found: &mut Vec<Candidate>) {
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

/// A line after a picture is its caption when it speaks of it, and one before a very short line is
/// part of a dialogue or a poem.
fn stands_apart(blocks: &[Block], c: &Candidate) -> bool {
    let before = c.blocks.start.checked_sub(1).and_then(|i| blocks.get(i));
    let after = blocks.get(c.blocks.end..).unwrap_or_default().iter().find(|b| b.characters > 0 || b.pictures > 0);
    let caption = before.is_some_and(|b| b.pictures > 0 && b.characters == 0)
        && c.text.starts_with(['图', '圖', '▲', '△', '来', '來', '图', 'F', 'P', '表']);
    let leads = after.is_some_and(|b| {
        let text = width(&b.text) >= (width(&c.text) + 10).max(30);
        text || b.pictures > 0 || b.within != Within::Body || b.kind != Kind::Paragraph
    });
    !caption && leads
}
