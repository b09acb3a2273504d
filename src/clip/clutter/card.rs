//! Cards of accounts: a portrait, a name, what it is about, how much it has published.
//!
//! A card shows itself by its end (`12篇原创内容`, `公众号`); from there it is read upwards. What
//! can't be told from the article's last words is not taken.

use std::ops::Range;

use super::phrases;
use crate::blocks::{Block, Kind, Within};

/// How far above its end a card may begin, in blocks.
const TALLEST: usize = 8;
/// How far below its end what belongs to it may stand, in blocks.
const BELOW: usize = 5;
/// The widest name, in columns.
const NAME: usize = 40;
/// The widest description, in columns.
const DESCRIPTION: usize = 400;

/// The cards, as ranges of blocks, in order and apart.
#[must_use]
pub fn find(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut cards: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let free = cards.last().map_or(0, |card| card.end);
        let text = block.text.trim();
        let counts = phrases::is_count_of_articles(text);
        let card = (counts || is_kind_of_account(text)).then(|| read_upwards(blocks, free, at, counts)).flatten();
        if let Some(start) = card {
            let end = read_downwards(blocks, at + 1);
            cards.push(start..end);
            at = end;
        } else {
            at += 1;
        }
    }
    cards
}

/// Where the card begins that ends at a block.
fn read_upwards(blocks: &[Block], free: usize, end: usize, counts: bool) -> Option<usize> {
    let mut words: Vec<(usize, &Block)> = Vec::new();
    for at in (end.saturating_sub(TALLEST).max(free)..end).rev() {
        let block = blocks.get(at)?;
        if block.characters == 0 && block.pictures > 0 {
            let named = words.last().is_some_and(|(_, name)| name.width <= NAME);
            if named {
                return Some(at);
            }
        }
        if block.characters == 0 {
            continue;
        }
        let may_be = block.kind == Kind::Paragraph && block.width <= DESCRIPTION && is_words(&block.text);
        if !may_be || words.len() == 2 {
            break;
        }
        words.push((at, block));
    }
    let name = words.iter().find(|(_, b)| b.is_all_bold() && b.width <= NAME);
    let near = words.first().filter(|(_, b)| b.width <= NAME && counts);
    name.or(near).map(|(at, _)| *at).or(counts.then_some(end))
}

/// Where it ends, with the marks and empty lines below it.
fn read_downwards(blocks: &[Block], from: usize) -> usize {
    let mut end = from;
    for (at, block) in blocks.iter().enumerate().skip(from).take(BELOW) {
        let text = block.text.trim();
        let belongs =
            is_kind_of_account(text) || phrases::is_count_of_articles(text) || (!text.is_empty() && !is_words(text));
        if belongs && block.kind == Kind::Paragraph && block.within == Within::Body {
            end = at + 1;
        } else if block.characters > 0 || block.pictures > 0 || !matches!(block.kind, Kind::Paragraph | Kind::Html) {
            break;
        }
    }
    end
}

fn is_kind_of_account(text: &str) -> bool {
    matches!(text, "公众号" | "微信公众号" | "视频号" | "服务号" | "订阅号")
}

fn is_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
