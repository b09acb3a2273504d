//! The title once more: clippers write it above a page that has it already.

use super::Reason;
use super::folds::Find;
use crate::FrontMatter;
use crate::blocks::{Block, Kind, Within};
use crate::front_matter::Value;

/// How many blocks with words are looked at from the top.
const NEAR: usize = 8;
/// The fewest letters of a title that can be told from a phrase.
const LETTERS: usize = 5;

/// Finds what repeats the title below its first heading.
pub fn find(blocks: &[Block], front_matter: &FrontMatter, finds: &mut Vec<Find>) {
    let worded: Vec<(&Block, String)> =
        blocks.iter().filter(|b| b.characters > 0).take(NEAR).map(|b| (b, letters(&b.text))).collect();
    let stated = stated(front_matter);
    let is_title = |(_, own): &&(&Block, String)| stated.as_ref().is_some_and(|stated| own == stated);
    let is_heading = |(block, _): &&(&Block, String)| block.kind == Kind::Heading(1);
    let Some((first, title)) = worded
        .iter()
        .find(|w| matches!(w.0.kind, Kind::Heading(_)) && is_title(w))
        .or_else(|| worded.iter().find(is_heading))
    else {
        return;
    };
    if title.chars().count() < LETTERS {
        return;
    }
    let below = worded.iter().filter(|(block, _)| block.events.start > first.events.start);
    for (block, own) in below.take_while(|(block, own)| own == title || !is_article(block)) {
        let again = own == title && block.within == Within::Body;
        if again && matches!(block.kind, Kind::Heading(_) | Kind::Paragraph) {
            finds.push((block.events.clone(), Reason::DuplicateTitle));
        }
    }
}

/// Once the article has begun, the same words are a section's.
fn is_article(block: &Block) -> bool {
    const ARTICLE: usize = 90;
    matches!(block.kind, Kind::Code | Kind::Table) || (block.linked < block.characters && block.width >= ARTICLE)
}

fn stated(front_matter: &FrontMatter) -> Option<String> {
    front_matter.entries().find_map(|entry| match &entry.value {
        Value::Text(text) if entry.key.eq_ignore_ascii_case("title") => Some(letters(text)),
        _ => None,
    })
}

/// Letters and digits alone, to compare texts that were spaced differently.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(400).collect()
}
