//! The questions of an interview: paragraphs that begin with the name of the one who asks.

use std::collections::HashMap;

use super::candidate::{Candidate, LONGEST_QUESTION, Style};
use super::marker::Class;
use super::one_line;
use crate::blocks::{Block, Kind, Within};
use crate::letters::{columns, is_letter, width};

/// How often each side must speak.
const TURNS: usize = 3;
/// The longest name, in columns.
const LONGEST_NAME: usize = 24;

/// The questions, when two or more sides speak in turn and one of them mostly asks. Their text is
/// without the name.
pub fn questions(blocks: &[Block], tail: usize) -> Vec<Candidate> {
    let turns: Vec<(usize, &str, &str)> = blocks
        .iter()
        .take(tail)
        .enumerate()
        .filter(|(_, b)| b.kind == Kind::Paragraph && b.within == Within::Body)
        .filter_map(|(index, block)| turn(&block.text).map(|(name, words)| (index, name, words)))
        .collect();
    let mut sides: HashMap<&str, (usize, usize)> = HashMap::new();
    for (_, name, words) in &turns {
        let side = sides.entry(name).or_default();
        side.0 += 1;
        side.1 += usize::from(asks(words));
    }
    sides.retain(|_, (spoken, _)| *spoken >= TURNS);
    let asking = sides.iter().filter(|(_, (spoken, asked))| asked * 10 >= spoken * 6);
    let Some((name, _)) = asking.max_by_key(|(_, (spoken, _))| *spoken).filter(|_| sides.len() >= 2) else {
        return Vec::new();
    };
    let question = |(index, words): (usize, &str)| {
        let block = blocks.get(index)?;
        (width(words) <= LONGEST_QUESTION).then(|| Candidate {
            blocks: index..index + 1,
            text: one_line(words),
            style: Style::Bold,
            class: Class::Question,
            number: None,
            events: block.events.clone(),
            line: block.line,
            has_text: true,
            follows: false,
        })
    };
    turns.iter().filter(|(_, speaker, _)| speaker == name).filter_map(|(i, _, words)| question((*i, words))).collect()
}

/// `Name: words`.
fn turn(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let in_name = |c: char| is_letter(c) || c.is_whitespace() || matches!(c, '·' | '.' | '-');
    // Most paragraphs don't begin with a name, and their first words tell.
    let mut room = LONGEST_NAME;
    let end = text.find(|c: char| {
        let is_past = !in_name(c) || columns(c) > room;
        room = room.saturating_sub(columns(c));
        is_past
    })?;
    let (name, after) = text.split_at_checked(end)?;
    let (name, words) = (name.trim(), after.strip_prefix(['：', ':'])?);
    let fits = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() && c != ' ');
    (fits && !words.trim().is_empty()).then(|| (name, words.trim()))
}

fn asks(words: &str) -> bool {
    words.trim_end_matches(['”', '"', ')', '）', ' ']).ends_with(['？', '?'])
}
