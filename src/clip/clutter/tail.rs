//! Where the article ends and what the page put below it begins.

use super::{phrases, pleas};
use crate::blocks::{Block, Kind, Within};

/// A paragraph this wide, in columns, is the article's own unless it shows otherwise.
const ARTICLE: usize = 90;

/// What a block below the article may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Ordinary text: the article is not over yet.
    Article,
    /// A prompt, a link to something else, an end.
    Promotion,
    /// Short or empty: part of whatever it stands in.
    Neither,
}

/// Index of the first block that is no longer the article; the count of blocks when all are.
///
/// It is the first prompt, link elsewhere or closing mark after the last paragraph of ordinary
/// text, or a closing mark (`END`) in the second half of the text.
#[must_use]
pub fn start(blocks: &[Block]) -> usize {
    let total: usize = blocks.iter().map(|b| b.characters).sum();
    let mut before = 0;
    let mut end = blocks.len();
    for (index, block) in blocks.iter().enumerate() {
        if before * 2 > total && block.characters < 24 && phrases::is_end(&block.text) && !has_text(blocks, index) {
            end = index;
            break;
        }
        before += block.characters;
    }
    let article = blocks.get(..end).unwrap_or_default();
    let looks = |at: usize, b: &Block| if is_card(blocks, at) { Looks::Promotion } else { looks(b) };
    let last = (0..end).rev().find(|at| article.get(*at).is_some_and(|b| looks(*at, b) == Looks::Article));
    let last = last.map_or(0, |at| at + 1);
    let promotion = article.iter().enumerate().skip(last).position(|(at, b)| looks(at, b) == Looks::Promotion);
    promotion.map_or(end, |at| last + at)
}

/// Whether a block is a heading with words of its own below it: a section that is named *The end*.
fn has_text(blocks: &[Block], at: usize) -> bool {
    let is_heading = blocks.get(at).is_some_and(|b| matches!(b.kind, Kind::Heading(_)));
    let below = blocks.get(at + 1..).unwrap_or_default().iter().find(|b| b.characters > 0 || b.pictures > 0);
    is_heading && below.is_some_and(|b| b.kind == Kind::Paragraph && looks(b) != Looks::Promotion)
}

/// Index of the first block after the last that is ordinary text and no label of the page's own.
#[must_use]
pub fn after_article(blocks: &[Block]) -> usize {
    let is_article = |b: &Block| {
        let of_links = b.kind == Kind::Table && b.linked * 10 >= b.characters * 6;
        looks(b) == Looks::Article && !of_links && !pleas::is_label_of_page(&b.text)
    };
    blocks.iter().rposition(is_article).map_or(0, |at| at + 1)
}

/// Whether a block is of the card of an account: its name, what it does, and how much it has
/// published.
fn is_card(blocks: &[Block], at: usize) -> bool {
    let near = blocks.get(at..).unwrap_or_default().iter().take(8).filter(|b| b.characters > 0).take(3);
    near.into_iter().any(|b| phrases::is_count_of_articles(&b.text))
}

fn looks(block: &Block) -> Looks {
    // Notes may stand below everything, and belong to the place that they are for.
    if block.within == Within::Note {
        return Looks::Neither;
    }
    let text = block.text.trim();
    let linked = block.linked * 10 >= block.characters * 6 && block.characters >= 4;
    // A numbered line is a part of the text, whatever its words: `3、二维码`.
    let prompt = phrases::is_prompt(text) && !pleas::is_numbered(text);
    if block.kind == Kind::Paragraph && (linked || prompt || phrases::is_end(text)) {
        return Looks::Promotion;
    }
    match block.kind {
        Kind::Heading(_) if linked || prompt => Looks::Promotion,
        Kind::Heading(_) if block.characters > 0 => Looks::Article,
        Kind::Code | Kind::Table => Looks::Article,
        Kind::Html if block.characters > ARTICLE => Looks::Article,
        Kind::Paragraph => {
            let enough = if block.within == Within::Body { ARTICLE } else { ARTICLE / 2 };
            if block.width >= enough { Looks::Article } else { Looks::Neither }
        }
        _ => Looks::Neither,
    }
}
