//! The words of an article as plain text, for search: no markup, no debris.

use super::blocks::Block;
use super::clutter::Clutter;

/// The words of the article, a line for each block; what is folded is left out.
#[must_use]
pub fn words(blocks: &[Block], clutter: &[Clutter]) -> String {
    let mut text = String::with_capacity(blocks.iter().map(|block| block.text.len() + 1).sum());
    let mut folds = clutter.iter().peekable();
    for block in blocks {
        while folds.next_if(|c| c.events.end <= block.events.start).is_some() {}
        let folded =
            folds.peek().is_some_and(|c| c.events.start <= block.events.start && block.events.end <= c.events.end);
        if !folded && !block.text.trim().is_empty() {
            text.push_str(&block.text);
            text.push('\n');
        }
    }
    text
}
