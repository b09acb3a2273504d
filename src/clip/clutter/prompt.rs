//! Lines that page and player leave in the text: calls to share and follow, buttons, and what is
//! shown when a film can't be played.

use super::Reason;
use super::folds::Find;
use super::{phrases, pleas};
use crate::blocks::{Block, Kind, Within};

/// Finds them. `closing` is the first block after the article's last paragraph.
pub fn find(blocks: &[Block], closing: usize, finds: &mut Vec<Find>) {
    let mut after_player = false;
    let mut after_label = false;
    for (at, block) in blocks.iter().enumerate() {
        let text = block.text.trim();
        if block.kind != Kind::Paragraph || matches!(block.within, Within::Note) {
            after_player &= block.characters == 0;
            after_label &= block.characters == 0;
            continue;
        }
        let leftover = phrases::is_left_by_player(text);
        if leftover || (after_player && is_reload(text)) {
            finds.push((block.events.clone(), Reason::VideoLeftover));
        } else if is_prompt(block, text, at >= closing) || (after_label && pleas::is_about_prizes(text)) {
            finds.push((block.events.clone(), Reason::SharePrompt));
        }
        after_label = pleas::is_give_away(text) || (after_label && block.characters == 0);
        after_player = leftover || (after_player && block.characters == 0);
    }
}

fn is_prompt(block: &Block, text: &str, below: bool) -> bool {
    if text.is_empty() {
        return false;
    }
    let in_list = matches!(block.within, Within::Item | Within::ItemStart);
    pleas::is_left_by_wechat(text, below)
        || (block.is_all_linked() && pleas::is_button(text))
        || pleas::is_subscription(text)
        || pleas::is_give_away(text)
        || (!in_list && block.width <= pleas::SHORT_ENGLISH && pleas::is_call_anywhere(text))
}

fn is_reload(text: &str) -> bool {
    matches!(text, "刷新" | "重试" | "重新加载" | "Reload" | "Retry")
}
