//! Headings that a clip shows as bold lines only.
//!
//! A candidate is a short paragraph that is bold from end to end (or a list of one such item),
//! stands alone, reads like a heading and has text below it. Its marker (`/ 01 /`, `一、`, `▎`, `1、`,
//! `*` …) makes its class. Classes nest in the order in which they first appear below one another:
//! a class that is open already closes what is deeper; a new one opens below the last, unless its
//! marker is one that people use for larger parts.

use super::{Found, one_line};
use crate::clip::blocks::{Block, Kind, Within};

/// The longest heading, counted in characters of which CJK ones weigh two.
const LONGEST: usize = 90;
/// How many candidates make an outline.
const FEWEST: usize = 2;

/// What a heading's marker says about its rank: smaller is larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// `/ 01 /`, `PART 01`, `第一章`.
    Part,
    /// `一、`.
    ChineseNumber,
    /// `▎`, `■`, `●`.
    Ornament,
    /// No marker.
    Plain,
    /// `（一）`.
    ChineseInBrackets,
    /// `1、`, `1.`, `Step 1`.
    Number,
    /// `①`.
    Circled,
    /// An item of a list.
    Lead,
    /// `*`, `-`.
    Star,
}

/// The inferred headings of a body; empty when there are too few to be an outline.
pub fn headings(blocks: &[Block]) -> Vec<Found> {
    let mut found: Vec<(Class, Found)> = Vec::new();
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        index += 1;
        if !is_candidate(block) {
            continue;
        }
        let mut heading = heading_of(block);
        let mut class = class_of(block);
        if is_number_line(&heading.text)
            && let Some(next) =
                blocks.get(index).filter(|next| is_candidate(next) && next.events.start == block.events.end)
        {
            heading.text = format!("{} {}", heading.text, one_line(&next.text));
            heading.events.end = next.events.end;
            class = Class::Part;
            index += 1;
        }
        if has_text_below(blocks, index) {
            found.push((class, heading));
        }
    }
    if found.len() < FEWEST {
        return Vec::new();
    }
    nest(found)
}

/// Gives levels, from 2: a stack of the classes that are open.
fn nest(found: Vec<(Class, Found)>) -> Vec<Found> {
    let mut open: Vec<Class> = Vec::new();
    let nested = found.into_iter().map(|(class, mut heading)| {
        match open.iter().position(|c| *c == class) {
            Some(at) => open.truncate(at + 1),
            None => {
                while open.last().is_some_and(|last| *last > class) {
                    open.pop();
                }
                open.push(class);
            }
        }
        heading.level = u8::try_from(open.len() + 1).unwrap_or(6).min(6);
        heading
    });
    nested.collect()
}

fn heading_of(block: &Block) -> Found {
    Found {
        level: 2,
        text: one_line(&block.text),
        line: block.line,
        inferred: true,
        title: false,
        events: block.only_item_of.clone().unwrap_or_else(|| block.events.clone()),
    }
}

fn is_candidate(block: &Block) -> bool {
    let alone = block.within == Within::Body || block.only_item_of.is_some();
    let text = block.text.trim();
    let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    block.kind == Kind::Paragraph
        && alone
        && block.is_all_bold()
        && block.linked == 0
        && block.pictures == 0
        && width <= LONGEST
        && text.lines().filter(|l| !l.trim().is_empty()).count() <= 2
        && !text.ends_with(['。', '；', '，', ',', ';', '、', '：', ':', '…', '！', '!'])
        && !(text.ends_with('.') && text.split(' ').count() > 8)
        && text.chars().any(char::is_alphanumeric)
}

/// Whether ordinary text, a list, a table or a smaller heading follows before the body ends.
fn has_text_below(blocks: &[Block], from: usize) -> bool {
    let after = blocks.get(from..).unwrap_or_default().iter().take(4);
    after
        .into_iter()
        .any(|b| matches!(b.kind, Kind::Code | Kind::Table) || (b.characters > 0 && b.kind == Kind::Paragraph))
}

/// A number and ornaments, nothing else: the title is the next line.
fn is_number_line(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.replace("part", "").replace("chapter", "").replace("no", "");
    let mut digits = 0;
    let only = words.chars().all(|c| {
        digits += usize::from(c.is_numeric());
        !c.is_alphabetic() || c.is_numeric()
    });
    only && (1..=4).contains(&digits) && words.chars().count() <= 12
}

fn class_of(block: &Block) -> Class {
    let text = block.text.trim();
    let first = text.chars().next().unwrap_or(' ');
    let second = text.chars().nth(1).unwrap_or(' ');
    if is_number_line(text) || text.to_lowercase().starts_with("part ") {
        return Class::Part;
    }
    if first == '第' && text.chars().take(6).any(|c| matches!(c, '章' | '部' | '节' | '篇')) {
        return Class::Part;
    }
    if is_chinese_number(first) && text.chars().take(4).any(|c| c == '、') {
        return Class::ChineseNumber;
    }
    if matches!(first, '（' | '(') && is_chinese_number(second) {
        return Class::ChineseInBrackets;
    }
    if matches!(first, '①'..='⑳') {
        return Class::Circled;
    }
    if first.is_ascii_digit() || text.to_lowercase().starts_with("step ") {
        return Class::Number;
    }
    if matches!(first, '*' | '-' | '•' | '·') {
        return Class::Star;
    }
    if block.only_item_of.is_some() {
        return Class::Lead;
    }
    if matches!(first, '\u{2580}'..='\u{25FF}' | '★' | '☆' | '|' | '#') { Class::Ornament } else { Class::Plain }
}

fn is_chinese_number(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}
