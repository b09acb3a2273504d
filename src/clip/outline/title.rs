//! Which of the headings is the article's title. The outline leaves it out.

use super::{Found, letters};
use crate::blocks::Block;

/// The title is the first heading when it repeats what the front matter states, or when it is the
/// only one of its level and nothing but a line or two stands before it. Some clippers write it
/// twice.
pub fn mark(found: &mut [Found], blocks: &[Block], stated_title: &str) {
    let Some(at) = title_at(found, blocks, stated_title) else {
        return;
    };
    let own = found.get(at).map(|h| letters(&h.text)).unwrap_or_default();
    for heading in found.iter_mut().take(at + 3).filter(|h| letters(&h.text) == own) {
        heading.title = true;
    }
}

fn title_at(found: &[Found], blocks: &[Block], stated_title: &str) -> Option<usize> {
    let first_few = found.iter().take(4);
    if let Some(at) = first_few.clone().position(|h| is_same_title(&h.text, stated_title)) {
        return Some(at);
    }
    // Services put the title above a link to the original.
    if let Some(at) = first_few.clone().position(|h| h.level == 1 && stands_above_original(blocks, h)) {
        return Some(at);
    }
    let (first, others) = found.split_first()?;
    let own = letters(&first.text);
    let leads_away = |h: &Found| blocks.get(h.block).is_some_and(Block::is_all_linked);
    let below = |h: &Found| h.level > 1 || letters(&h.text) == own || leads_away(h);
    let alone = first.level == 1 && others.iter().all(below);
    let before: usize = blocks.iter().take(first.block).map(|b| b.characters).sum();
    // Some clippers give the title the level that the page's template gave it.
    let has_text = blocks.get(first.block + 1..).unwrap_or_default().iter().any(|b| b.characters > 0);
    let only = others.is_empty() && before == 0 && first.level <= 3 && has_text && stated_title.is_empty();
    ((alone && before < 200) || only).then_some(0)
}

/// Whether a heading says the stated title, cut off, with a name after it, or without the name of
/// the site that the stated one has after a stroke.
fn is_same_title(heading: &str, stated: &str) -> bool {
    const STROKES: [&str; 9] = [" - ", " | ", " – ", " — ", " · ", "｜", "_", " :: ", " » "];
    let (own, whole) = (letters(heading), letters(stated));
    let (short, long) = if own.len() < whole.len() { (&own, &whole) } else { (&whole, &own) };
    if short.is_empty() {
        return false;
    }
    let cut = short.len() >= 8 && long.starts_with(short.as_str()) && short.len() * 2 > long.len();
    let part = |stroke: &str| stated.split_once(stroke).is_some_and(|(name, _)| letters(name) == own);
    short == long || cut || (own.len() >= 4 && STROKES.iter().any(|stroke| part(stroke)))
}

fn stands_above_original(blocks: &[Block], heading: &Found) -> bool {
    const LABELS: [&str; 6] =
        ["read original", "read on omnivore", "read in cubox", "view original", "查看原文", "阅读原文"];
    let near = blocks.get(heading.block + 1..).unwrap_or_default().iter().take(2);
    near.into_iter().any(|b| {
        let text = b.text.to_lowercase();
        LABELS.iter().any(|label| text.contains(label))
    })
}
