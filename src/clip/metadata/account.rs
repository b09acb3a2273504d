//! The account that published an article on a platform, from what the platform leaves below it.

use super::draft::Draft;
use super::lines::{Line, Mark};
use super::{Dialect, Key, Origin, names};
use crate::clutter::phrases;

/// How many lines above the count of its articles an account's name may stand.
const CARD: usize = 3;

/// Reads the prompts of WeChat's reader, then the only card of an account.
pub fn read(tail: &[Line], draft: &mut Draft) {
    let between = tail.windows(3).find_map(|window| match window {
        [above, name, below] if is_scroll(&above.text) && is_scroll(&below.text) => Some(name),
        _ => None,
    });
    if let Some(line) = between.filter(|line| names::is_name(&line.words())) {
        draft.offer(Key::Account, vec![line.words()], Origin::Body { line: line.number });
    }
    // Several cards are recommendations of others.
    let counts = || tail.iter().enumerate().filter(|(_, l)| phrases::is_count_of_articles(&l.text));
    if let Some((at, _)) = counts().next()
        && counts().count() == 1
    {
        let above = tail.get(at.saturating_sub(CARD)..at).unwrap_or_default();
        let named = above.iter().find(|l| l.raw.starts_with("**") && l.mark == Mark::None);
        if let Some(line) = named.filter(|line| names::is_name(&line.words())) {
            draft.offer(Key::Account, vec![line.words()], Origin::Body { line: line.number });
        }
    }
}

/// What WeChat's reader writes above and below the account's name.
fn is_scroll(text: &str) -> bool {
    matches!(text.trim(), "继续滑动看下一个" | "向上滑动看下一个" | "轻触阅读原文")
}

/// Parts `person account`, as Cubox writes both into the author of a WeChat article.
///
/// The account is what the body shows as a line of its own, else all words after the first; when
/// both halves are the same, that is both.
pub fn part(draft: &mut Draft, dialect: Dialect, tail: &[Line]) {
    if dialect != Dialect::Cubox {
        return;
    }
    let Some(field) = draft.get(Key::Author).filter(|f| !f.origin.is_inferred() && f.values.len() == 1) else { return };
    let mut field = field.clone();
    let both = field.values.first().cloned().unwrap_or_default();
    let words: Vec<&str> = both.split_whitespace().collect();
    let halves: Vec<(String, String)> =
        (1..words.len()).filter_map(|at| Some((words.get(..at)?.join(" "), words.get(at..)?.join(" ")))).collect();
    let same = halves.iter().find(|(person, account)| person == account);
    let shown = || halves.iter().find(|(_, account)| tail.iter().any(|l| l.words() == *account));
    let is_wechat = super::address::is_wechat(draft.first(Key::SourceUrl));
    let platform = || halves.last().filter(|(_, end)| super::title::is_platform(end));
    let first = || halves.first().filter(|_| is_wechat);
    let found = same.or_else(|| shown().filter(|_| is_wechat)).or_else(platform).or_else(first);
    let Some((person, account)) = found.cloned() else { return };
    draft.offer(if is_wechat { Key::Account } else { Key::Site }, vec![account], field.origin.clone());
    field.values = vec![person];
    draft.replace(field);
}
