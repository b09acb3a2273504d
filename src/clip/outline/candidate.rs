//! Lines that may be headings, before it is decided which are.

use std::ops::Range;

use super::marker::{self, Class};
use super::{Page, one_line, real};
use crate::blocks::{Block, Kind, Within};
use crate::clutter::phrases;
use crate::letters::{fits, is_letter, width};
use crate::metadata::date;

/// The longest heading, counted in columns: Chinese, Japanese and Korean characters are two wide.
const LONGEST: usize = 90;
/// The longest line that may be a heading by standing alone, without any mark.
const LONGEST_PLAIN: usize = 60;
/// The longest question of an interview.
pub const LONGEST_QUESTION: usize = 400;
/// Words that make a block ordinary text, in columns; shorter ones are leftovers.
const TEXT: usize = 4;

/// How a line shows that it may be a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A heading of Markdown or HTML, with its level.
    Real(u8),
    /// Bold from end to end, underlined by a row of dashes, or set apart by a colour or the centre.
    Bold,
    /// Nothing but where it stands.
    Plain,
}

/// A line that may be a heading.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its blocks.
    pub blocks: Range<usize>,
    /// Its words.
    pub text: String,
    /// How it stands out.
    pub style: Style,
    /// What it begins with.
    pub class: Class,
    /// Its number.
    pub number: Option<u32>,
    /// Its events.
    pub events: Range<usize>,
    /// 1-based line.
    pub line: u32,
    /// Whether ordinary text or a picture stands right below, before any other candidate.
    pub has_text: bool,
    /// Whether it follows the candidate before it with nothing in between.
    pub follows: bool,
}

/// Lists the candidates among the blocks before `tail`, in the order of the file.
pub fn all(page: &Page<'_>) -> Vec<Candidate> {
    let (blocks, tail) = (page.blocks, page.tail);
    let mut found: Vec<Candidate> = Vec::new();
    let mut index = 0;
    while index < tail.min(blocks.len()) {
        let candidate = at(page, index);
        index = candidate.as_ref().map_or(index + 1, |c| c.blocks.end);
        found.extend(candidate);
    }
    look_between(blocks, tail, &mut found);
    found
}

/// Looks again what stands between candidates, after some were left out.
pub fn look_between(blocks: &[Block], tail: usize, found: &mut [Candidate]) {
    let mut ends: Vec<usize> = found.iter().skip(1).map(|c| c.blocks.start).collect();
    ends.push(tail);
    let mut before = true;
    for (candidate, end) in found.iter_mut().zip(ends) {
        candidate.follows = !before;
        let between = blocks.get(candidate.blocks.end..end).unwrap_or_default();
        candidate.has_text = between.iter().any(is_content);
        before = candidate.has_text;
    }
}

/// The candidate that begins at a block, with the lines that belong to it.
fn at(page: &Page<'_>, index: usize) -> Option<Candidate> {
    let blocks = page.blocks;
    let block = blocks.get(index).filter(|block| may_be(block))?;
    let underlined = real::is_underlined_item(blocks, index, page.numbers);
    let number = page.numbers.get(&block.events.start);
    let style = match style(block, blocks.get(index + 1), number.is_some())? {
        _ if underlined => Style::Real(2),
        Style::Plain if page.apart.contains(&index) => Style::Bold,
        style => style,
    };
    // The number of a list's item is part of the heading that it makes.
    let number = number.filter(|_| underlined || !matches!(style, Style::Real(_)));
    let text = number.map_or_else(|| heading_text(block), |number| format!("{number}. {}", heading_text(block)));
    let marker = marker::read(&text);
    let lead = block.only_item_of.is_some() || block.within == Within::ItemStart;
    let mut candidate = Candidate {
        blocks: index..index + 1,
        style,
        class: if lead && !marker.class.is_marked() { Class::Lead } else { marker.class },
        number: marker.number,
        events: block.only_item_of.clone().unwrap_or_else(|| block.events.clone()),
        line: block.line,
        has_text: false,
        follows: false,
        text,
    };
    let joins = marker.alone && !matches!(style, Style::Real(_)) && candidate.class != Class::Plain;
    if joins {
        join_title(page, &mut candidate);
    }
    // A plain number in its own line is a page number or a count, unless a title follows.
    let lone = marker.alone && candidate.blocks.len() == 1 && style == Style::Plain;
    (!lone && is_likely(&candidate, blocks)).then_some(candidate)
}

/// Whether a block is worth a closer look: most are paragraphs, and too long for a heading.
fn may_be(block: &Block) -> bool {
    // What is left out of the words: two pairs of asterisks.
    const MARKERS: usize = 4;
    match block.kind {
        Kind::Heading(_) => true,
        Kind::Paragraph if block.characters > 0 => {
            block.width <= LONGEST + MARKERS
                || (block.width <= LONGEST_QUESTION + MARKERS
                    && block.text.trim_start().starts_with(['Q', 'q', '问', '*']))
                || is_underlined(block)
        }
        _ => false,
    }
}

/// A number in its own line belongs to the one or two lines after it.
fn join_title(page: &Page<'_>, candidate: &mut Candidate) {
    let (blocks, tail) = (page.blocks, page.tail);
    let mut next = candidate.blocks.end;
    let mut joined = 0;
    while let Some(block) = blocks.get(next).filter(|_| next < tail && joined < 2) {
        if block.characters == 0 && block.pictures == 0 && matches!(block.kind, Kind::Paragraph) {
            next += 1;
            continue;
        }
        let text = heading_text(block);
        let question = candidate.class == Class::Question && width(&text) <= LONGEST_QUESTION;
        let fits = width(&text) <= LONGEST || question;
        let marked = marker::read(&text);
        let stands_out = style_of(block) == Some(Style::Bold) || page.apart.contains(&next);
        let bold = stands_out && block.kind == Kind::Paragraph;
        // The second line goes on only where the first one was broken off.
        let goes_on = joined == 0 || candidate.text.ends_with(['，', ',', '、', '：', ':', '—', '-']);
        let plain_title = candidate.style == Style::Plain || (joined == 0 && is_short_plain(block));
        let whole = block.within == Within::Body && !marked.alone && fits && goes_on;
        if !whole || !(bold || plain_title) || (bold && !question && ends_sentence(&text) && joined > 0) {
            break;
        }
        candidate.text = format!("{} {}", candidate.text, text);
        candidate.blocks.end = next + 1;
        candidate.events.end = block.events.end;
        joined += 1;
        next += 1;
    }
}

fn is_short_plain(block: &Block) -> bool {
    block.kind == Kind::Paragraph
        && block.linked == 0
        && block.pictures == 0
        && block.width <= LONGEST_PLAIN
        && !ends_sentence(&block.text)
}

/// The style of a block that may be a heading, in the light of the one after it.
fn style(block: &Block, next: Option<&Block>, has_number: bool) -> Option<Style> {
    let alone = match block.within {
        Within::Body => true,
        Within::ItemStart => block.only_item_of.is_some() || next.is_some_and(|n| n.within == Within::Item),
        _ => false,
    };
    if !alone {
        return None;
    }
    let style = style_of(block)?;
    // In a list, plain text is an item; but a list of one numbered item is a line with a number.
    let is_line = block.within == Within::Body || (has_number && block.only_item_of.is_some());
    (style != Style::Plain || is_line).then_some(style)
}

fn style_of(block: &Block) -> Option<Style> {
    match block.kind {
        Kind::Heading(level) => Some(Style::Real(level)),
        Kind::Paragraph if block.characters == 0 => None,
        Kind::Paragraph if block.is_all_bold() || block.is_set_apart => Some(Style::Bold),
        Kind::Paragraph if is_underlined(block) || is_bold_after_marker(block) => Some(Style::Bold),
        Kind::Paragraph => Some(Style::Plain),
        _ => None,
    }
}

/// `(1). **Words**`: the number alone is not bold.
fn is_bold_after_marker(block: &Block) -> bool {
    let plain = block.characters.saturating_sub(block.bold);
    if block.bold == 0 || !(1..=6).contains(&plain) {
        return false;
    }
    let marker = marker::read(&block.text);
    let before = block.text.chars().filter(|c| !c.is_whitespace()).take(plain);
    marker.class.is_marked()
        && !marker.alone
        && before.into_iter().all(|c| !c.is_alphabetic() || marker::is_chinese_digit(c))
}

/// A text over a row of dashes that Markdown did not take for a heading.
fn is_underlined(block: &Block) -> bool {
    const DASHES: [char; 9] = ['-', '=', '—', '–', '─', '━', '_', '~', '*'];
    let text = block.text.trim();
    if !text.ends_with(DASHES) {
        return false;
    }
    let mut lines = text.lines();
    let (Some(first), Some(second), None) = (lines.next(), lines.next(), lines.next()) else {
        return false;
    };
    second.trim().chars().count() >= 4
        && second.trim().chars().all(|c| DASHES.contains(&c))
        && first.chars().any(is_letter)
}

fn heading_text(block: &Block) -> String {
    let text = if is_underlined(block) { block.text.trim().lines().next().unwrap_or_default() } else { &block.text };
    let text = one_line(text);
    // Markers that could not be repaired are no part of the words.
    let bare = text.strip_prefix("**").and_then(|t| t.strip_suffix("**")).map(str::trim);
    bare.filter(|t| !t.is_empty()).map_or_else(|| text.clone(), str::to_owned)
}

/// Whether the words can be a heading's.
fn is_likely(candidate: &Candidate, blocks: &[Block]) -> bool {
    let text = candidate.text.as_str();
    let Some(block) = blocks.get(candidate.blocks.start) else { return false };
    if candidate.class == Class::Answer {
        return false;
    }
    let longest = match (candidate.style, &candidate.class) {
        (Style::Real(_), _) => return text.chars().any(is_letter) && !is_dated(text),
        (_, Class::Question) => LONGEST_QUESTION,
        (Style::Bold, _) => LONGEST,
        (Style::Plain, _) => LONGEST_PLAIN,
    };
    let lines = block.text.trim().lines().filter(|l| !l.trim().is_empty()).count();
    let links = block.linked == 0
        || (candidate.style == Style::Bold && candidate.class.is_marked() && block.linked < block.characters);
    links
        && block.pictures == 0
        && lines <= 2
        && fits(text, longest)
        && text.chars().filter(|c| is_letter(*c)).nth(usize::from(!candidate.class.is_marked())).is_some()
        && !is_dated(text)
        && !is_sentence(candidate)
        && !phrases::is_credit(text)
        && (!phrases::is_prompt(text) || is_numbered(candidate))
        && !phrases::is_player_leftover(text)
        && !(text.starts_with(['（', '(']) && text.ends_with(['）', ')']) && !candidate.class.is_marked())
        && !is_address(text)
        && (candidate.style == Style::Bold || is_plain_heading(candidate, lines))
}

/// Whether a line has a number: then it is a part of the article even if it speaks of sharing.
fn is_numbered(candidate: &Candidate) -> bool {
    candidate.class.is_marked() && candidate.number.is_some()
}

/// Ends like a sentence. A numbered line may, when it is only one sentence.
fn is_sentence(candidate: &Candidate) -> bool {
    let text = candidate.text.trim_end_matches(['*', '”', '"', '’', '」', '』', ')', '）']);
    if matches!(candidate.class, Class::Question) {
        return false;
    }
    let inside = text.char_indices().rev().skip(1).any(|(_, c)| matches!(c, '。' | '！' | '；'))
        || text.trim_end_matches(['.', '!', '?']).contains(". ") && !candidate.class.is_marked();
    let marked = candidate.class.is_marked() && candidate.style == Style::Bold;
    let open = text.ends_with(['，', ',', '；', ';', '、']);
    inside || (ends_sentence(text) && (open || !marked))
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['”', '"', '’', '」', '』']);
    text.ends_with(['。', '；', '，', ',', ';', '、', '…', '！', '!'])
        || (text.ends_with('.') && text.split(' ').count() > 3)
}

/// Whether bold words are a sentence: they end like one, or have several.
pub fn is_bold_sentence(text: &str) -> bool {
    ends_sentence(text) || text.contains('。') || text.trim_end().ends_with('.') && text.split(' ').count() > 3
}

fn is_address(text: &str) -> bool {
    text.contains("://") || text.starts_with("www.")
}

/// What a line without any mark must be to be looked at at all.
fn is_plain_heading(candidate: &Candidate, lines: usize) -> bool {
    let text = candidate.text.as_str();
    let opens = text.starts_with([
        '"', '“', '「', '『', '>', '<', '@', '$', '（', '(', '[', '→', '↓', '↑', '✅', '•', '·', '-', '—', '…',
    ]) && !candidate.class.is_marked();
    let hashtag = text.starts_with('#');
    let code = text.contains(['{', '}', '=', '\\', '|', ';', '~']) || text.contains("--") || text.contains("()");
    // A short numbered line may have been broken in two.
    let whole = lines == 1 || (is_numbered(candidate) && width(text) <= 24);
    whole && !opens && !hashtag && !code && !text.ends_with([':', '：', '>', '-', '—']) && !looks_like_a_clock(text)
}

/// Whether a whole date stands in a line, as in a byline.
fn is_dated(text: &str) -> bool {
    date::has_digit(text)
        && text.split([' ', '(', '（', '|', '｜']).any(|word| date::iso(word).is_some_and(|iso| iso.len() >= 10))
}

/// Only numbers, dates and counts.
fn looks_like_a_clock(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    letters == 0 || digits > letters * 2
}

/// Whether a block is something to read or see, that a heading may stand above.
pub fn is_content(block: &Block) -> bool {
    match block.kind {
        Kind::Code | Kind::Table => true,
        Kind::Html => block.characters > 0,
        Kind::Paragraph => {
            block.pictures > 0 || block.width >= TEXT || block.within != Within::Body || block.linked > 0
        }
        Kind::Heading(_) | Kind::Rule => false,
    }
}
