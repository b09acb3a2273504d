//! What stands below the article: prompts, related links, cards, until the end of the page.
//!
//! [`super::tail`] says where it may begin. From there a fold begins with a clear sign (a call, a
//! card, an end mark, a heading that leads elsewhere) and reaches over pictures, links and a few
//! short lines to the next one. The article's own matter (credits, references, notes, the
//! author's life, long paragraphs, code, tables) ends a fold and is never in one.

use crate::order;
use std::ops::Range;

use super::Reason;
use super::folds::Find;
use super::pleas::Call;
use super::{card, empty, phrases, pleas, tail};
use crate::blocks::{Block, Kind, Within};
use crate::markdown::Document;
use crate::outline::{is_anchor, width};
use pulldown_cmark::Event;

/// A paragraph this wide, in columns, is the article's own.
const ARTICLE: usize = 90;
/// How many short lines may stand between two signs.
const BETWEEN: usize = 3;
/// How many short lines may stand after the last sign, and how wide they may be, in columns.
const AFTER: usize = 2;
const SHORT: usize = 48;

/// A line below a heading that leads elsewhere, narrower than this, is no text of its own.
const LABEL: usize = 24;

/// What a block below the article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A call, a card, a heading that leads elsewhere.
    Sign,
    /// Words of a call; two of them are a sign.
    Hint,
    /// A mark that the article is over.
    End,
    /// A picture, a line, a number, nothing.
    Filler,
    /// A link and nothing else.
    Link,
    /// A short line of words.
    Words,
    /// A longer one, which is folded between signs only.
    Sentence,
    /// The article's own.
    Own,
    /// A label below which everything is the article's own.
    OwnSection,
}

/// Finds tails and cards. `closing` is the first block after the article's last paragraph.
/// Pictures that are found already stay folds of their own, so that each is counted.
pub fn find(document: &Document<'_>, blocks: &[Block], closing: usize, finds: &mut Vec<Find>) {
    let cards = card::find(blocks);
    let cards = cards.as_slice();
    let mut found: Vec<usize> = finds.iter().map(|(range, _)| range.start).collect();
    order::sort(&mut found);
    let has_its_own = |block: &Block| {
        let within =
            found.partition_point(|at| *at < block.events.end) - found.partition_point(|at| *at < block.events.start);
        block.characters == 0 && block.pictures > 0 && within == block.pictures
    };
    let start = start(blocks, closing);
    let parts = parts(document, blocks, start, cards);
    let mut folded: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let run = parts.iter().skip(at).take_while(|part| !matches!(part, Part::Own | Part::OwnSection)).count();
        let last = at + run == parts.len();
        for fold in folds_of(parts.get(at..at + run).unwrap_or_default(), last) {
            folded.push(start + at + fold.start..start + at + fold.end);
        }
        at += run + 1;
    }
    let mut push = |fold: &Range<usize>, reason: Reason| {
        let of_it = blocks.get(fold.clone()).unwrap_or_default().iter().filter(|block| !has_its_own(block));
        finds.extend(of_it.map(|block| (block.events.clone(), reason)));
    };
    // A card that stands alone is a card; one in a tail is part of it.
    for card in cards {
        let at = folded.partition_point(|fold| fold.end < card.end);
        let in_tail = folded.get(at).is_some_and(|fold| fold.start <= card.start && fold != card);
        if !in_tail {
            push(card, Reason::AccountCard);
        }
    }
    let is_card = |fold: &&Range<usize>| {
        let at = cards.partition_point(|card| card.start < fold.start);
        cards.get(at) == Some(*fold)
    };
    for fold in folded.iter().filter(|fold| !is_card(fold)) {
        push(fold, Reason::Promotion);
    }
}

/// Where the tail begins, when most of the text stands before it. In a text of short paragraphs
/// the last long one does not tell, and the first sign after it does.
fn start(blocks: &[Block], closing: usize) -> usize {
    let characters = |blocks: &[Block]| blocks.iter().map(|b| b.characters).sum::<usize>();
    let all = characters(blocks);
    let sign = tail::start(blocks);
    let has_text_before = |at: &usize| characters(blocks.get(..*at).unwrap_or_default()) * 5 >= all * 2;
    [sign.min(closing), sign].into_iter().find(has_text_before).unwrap_or(blocks.len())
}

fn parts(document: &Document<'_>, blocks: &[Block], start: usize, cards: &[Range<usize>]) -> Vec<Part> {
    let linked_heading =
        |b: &Block| matches!(b.kind, Kind::Heading(_)) && b.is_all_linked() && !is_anchor(document, b.events.clone());
    let article = blocks.get(..start).unwrap_or_default();
    let headings_lead = article.iter().filter(|b| linked_heading(b)).count() >= 2;
    let mut parts = Vec::new();
    let mut in_own_section = false;
    for (at, block) in blocks.iter().enumerate().skip(start) {
        let in_card = cards.get(cards.partition_point(|card| card.end <= at)).is_some_and(|card| card.contains(&at));
        let mut part = if in_card { Part::Sign } else { part(document, block) };
        if linked_heading(block) {
            let next = blocks.iter().skip(at + 1).find(|b| b.characters > 0 && b.within != Within::Note);
            let leads = !headings_lead && next.is_none_or(|b| b.is_all_linked() || b.width < LABEL);
            part = if leads { Part::Sign } else { Part::Own };
        }
        match part {
            Part::OwnSection => in_own_section = true,
            Part::Sign | Part::Hint | Part::End => in_own_section = false,
            _ if in_own_section => part = Part::Own,
            _ => {}
        }
        parts.push(part);
    }
    parts
}

fn part(document: &Document<'_>, block: &Block) -> Part {
    let text = block.text.trim();
    let call = pleas::call_below(text);
    match block.kind {
        _ if block.within == Within::Note => Part::Own,
        // Some pages set links to other articles in a table.
        Kind::Table if block.linked * 10 >= block.characters * 6 => Part::Link,
        Kind::Code | Kind::Table => Part::Own,
        Kind::Html if is_break(document, block) => Part::Filler,
        Kind::Html => Part::Own,
        Kind::Rule => Part::Filler,
        _ if is_own_label(text) => Part::OwnSection,
        _ if block.characters < 24 && phrases::is_end(text) => Part::End,
        _ if (phrases::is_credit(text) || is_origin(text)) && call != Call::Surely => Part::Own,
        _ if matches!(block.within, Within::ItemStart | Within::Item) => item(block),
        _ if pleas::is_left_by_wechat(text, false) || pleas::is_give_away(text) => Part::Sign,
        _ if call == Call::Surely => Part::Sign,
        _ if call == Call::Perhaps || pleas::is_label_of_page(text) => Part::Hint,
        Kind::Heading(_) if block.characters > 0 => Part::OwnSection,
        _ if !text.chars().any(char::is_alphanumeric) || is_number(text) => Part::Filler,
        _ if pleas::is_left_by_wechat(text, true) => Part::Filler,
        _ if block.linked * 10 >= block.characters * 6 => Part::Link,
        _ if block.width >= ARTICLE => Part::Own,
        _ if block.width > SHORT => Part::Sentence,
        _ => Part::Words,
    }
}

/// An item is part of a list that an article may well be about, so it is never a sign.
fn item(block: &Block) -> Part {
    match block.width {
        0 => Part::Filler,
        _ if block.linked * 10 >= block.characters * 6 => Part::Link,
        ARTICLE.. => Part::Own,
        wide if wide > SHORT => Part::Sentence,
        _ => Part::Words,
    }
}

/// `01`, above a link.
fn is_number(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Labels of what an author puts below an article.
fn is_own_label(text: &str) -> bool {
    const LABELS: [&str; 36] = [
        "参考资料",
        "参考文献",
        "参考链接",
        "参考",
        "引用",
        "注释",
        "注",
        "脚注",
        "附录",
        "资料来源",
        "数据来源",
        "延伸阅读",
        "扩展阅读",
        "作者简介",
        "关于作者",
        "作者介绍",
        "译者简介",
        "鸣谢",
        "致谢",
        "references",
        "reference",
        "bibliography",
        "footnotes",
        "notes",
        "sources",
        "further reading",
        "appendix",
        "acknowledgements",
        "acknowledgments",
        "about the author",
        "credits",
        "参考文献一覧",
        "参考資料",
        "注釈",
        "출처",
        "참고",
    ];
    const LABEL: usize = 40;
    let plain: String =
        text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').flat_map(char::to_lowercase).collect();
    let plain = plain.trim();
    let lead = text.split([':', '：']).next().unwrap_or_default().trim().trim_start_matches(['【', '[', '#', '*', ' ']);
    width(text) <= LABEL && LABELS.contains(&plain)
        || LABELS.contains(&lead.to_lowercase().as_str()) && lead.len() < text.len()
}

fn is_break(document: &Document<'_>, block: &Block) -> bool {
    let mut events = document.events.get(block.events.clone()).unwrap_or_default().iter();
    events.all(|(event, _)| match event {
        Event::Html(html) => empty::is_break(html),
        Event::Text(text) => text.trim().is_empty(),
        _ => true,
    })
}

/// `文章来源：…`: where the article was taken from.
fn is_origin(text: &str) -> bool {
    const LABELS: [&str; 10] = [
        "文章来源",
        "本文来源",
        "内容来源",
        "素材来源",
        "本文作者",
        "原文链接",
        "原文标题",
        "原文作者",
        "本文转自",
        "本文首发",
    ];
    LABELS.iter().any(|label| text.starts_with(label))
}

/// The folds among parts that none of the article's own stands between. `last` says whether
/// nothing follows.
fn folds_of(parts: &[Part], last: bool) -> Vec<Range<usize>> {
    let mut folds: Vec<Range<usize>> = Vec::new();
    let (mut words, mut sentences) = (0, 0);
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Sign | Part::Hint | Part::End => {
                match folds.last_mut().filter(|_| words + sentences <= BETWEEN) {
                    Some(fold) => fold.end = at + 1,
                    None => folds.push(at..at + 1),
                }
                (words, sentences) = (0, 0);
            }
            Part::Filler | Part::Link if words + sentences == 0 => {
                if let Some(fold) = folds.last_mut() {
                    fold.end = at + 1;
                }
            }
            Part::Words => words += 1,
            Part::Sentence => sentences += 1,
            _ => {}
        }
    }
    if let Some(fold) = folds.last_mut().filter(|_| last && sentences == 0 && (1..=AFTER).contains(&words)) {
        fold.end = parts.len();
    }
    folds.retain(|fold| parts.get(fold.clone()).is_some_and(is_tail));
    folds
}

/// Whether a fold has a sign in it. A hint is one with another or with links below it; an end mark
/// with nothing behind it is the author's.
fn is_tail(parts: &[Part]) -> bool {
    let count = |kind: Part| parts.iter().filter(|part| **part == kind).count();
    let hints = if count(Part::Link) >= 2 { count(Part::Hint) * 2 } else { count(Part::Hint) };
    let ends = parts.contains(&Part::End) && parts.iter().any(|part| *part != Part::End);
    parts.contains(&Part::Sign) || hints >= 2 || ends
}
