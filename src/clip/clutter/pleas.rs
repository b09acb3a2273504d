//! Calls that fold a line: the set phrases of platforms, in the languages in which they were met.
//!
//! Stricter than [`super::phrases`], which only keeps a line out of the outline: an article may
//! well speak of *newsletters* or of *sharing*, and its words are never folded.

use std::sync::LazyLock;

use super::known::Known;
use super::words::{
    ANYWHERE, BELOW_ARTICLE, BUTTONS, GIVE_AWAYS, LEADS, NEWSLETTER, PRIZES, RELATED, SURE, WECHAT, WECHAT_BUTTONS,
    WECHAT_WORDS,
};
use crate::letters::{fits, is_letter, lower};
use crate::repair::is_cjk;

/// The widest line that a call anywhere in the text folds, in columns.
const SHORT: usize = 56;
/// The widest line of English that a call anywhere folds.
pub const SHORT_ENGLISH: usize = 120;
/// The widest line that a call below the article folds.
const BELOW: usize = 80;
/// The widest paragraph that two calls below the article fold.
const LONG: usize = 360;

/// How surely a line calls the reader to do something for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// Not at all.
    No,
    /// It has words of such calls.
    Perhaps,
    /// It is one.
    Surely,
}

/// Whether a line calls the reader to do something for the page, in words that no article uses.
#[must_use]
pub fn is_call_anywhere(text: &str) -> bool {
    // Chinese calls are short; English ones are sentences.
    // Each of the sentences of newsletters has a `v`, and calls begin as calls do.
    static BEGINNINGS: LazyLock<Known> = LazyLock::new(|| Known::new(&[ANYWHERE, LEADS].concat()));
    let first = text.trim_start_matches(|c: char| !is_letter(c));
    if !BEGINNINGS.may_begin(first) && !text.bytes().any(|b| matches!(b, b'v' | b'V')) {
        return false;
    }
    let is_short = fits(text, SHORT) || (fits(text, SHORT_ENGLISH) && !text.chars().any(is_cjk));
    if !is_short || is_numbered(text) {
        return false;
    }
    let lower = lower(text);
    let mut start = lower.trim_start_matches(|c: char| !is_letter(c));
    if let Some(after) = LEADS.iter().find_map(|lead| start.strip_prefix(lead)) {
        start = after.trim_start_matches(|c: char| !is_letter(c));
    }
    ANYWHERE.iter().any(|call| start.starts_with(call)) || NEWSLETTER.iter().any(|call| lower.contains(call))
}

/// How surely a line below the article calls the reader to do something for the page.
#[must_use]
pub fn call_below(text: &str) -> Call {
    static SURE_CALLS: LazyLock<Known> = LazyLock::new(|| Known::new(SURE));
    static CALLS: LazyLock<Known> = LazyLock::new(|| Known::new(BELOW_ARTICLE));
    if !fits(text, LONG) {
        return Call::No;
    }
    let calls = SURE_CALLS.count(text, 2) * 2 + CALLS.count(text, 2);
    match calls {
        _ if is_related_label(text) => Call::Surely,
        0 => Call::No,
        1 if fits(text, BELOW) => Call::Perhaps,
        1 => Call::No,
        _ => Call::Surely,
    }
}

/// `推荐阅读`, `You may also like`: what stands above links to other articles.
fn is_related_label(text: &str) -> bool {
    const LABEL: usize = 36;
    static LABELS: LazyLock<Known> = LazyLock::new(|| Known::new(RELATED));
    fits(text, LABEL) && LABELS.count(text, 1) == 1
}

/// Whether a line is what a page writes above its links and tags, below every article.
#[must_use]
pub fn is_label_of_page(text: &str) -> bool {
    let label = text.trim();
    is_related_label(label) || ["tag", "tags", "태그", "标签", "標籤"].iter().any(|tag| label.eq_ignore_ascii_case(tag))
}

/// Whether a line announces a give-away or a discussion.
#[must_use]
pub fn is_give_away(text: &str) -> bool {
    const LABEL: usize = 32;
    static LABELS: LazyLock<Known> = LazyLock::new(|| Known::new(GIVE_AWAYS));
    let letters = || text.chars().filter(|c| is_letter(*c)).collect::<String>();
    let first = text.trim_start_matches(|c: char| !is_letter(c));
    LABELS.may_begin(first) && fits(text, LABEL) && GIVE_AWAYS.contains(&letters().as_str())
}

/// Whether a paragraph says how to take part in one.
#[must_use]
pub fn is_about_prizes(text: &str) -> bool {
    fits(text, LONG) && PRIZES.iter().any(|prize| text.contains(prize))
}

/// Whether a line is what stands on a button that asks for the reader's address.
#[must_use]
pub fn is_subscription(text: &str) -> bool {
    let label = text.trim();
    ["subscribe", "subscribe now", "subscribe for free", "leave a comment", "share this post", "写留言"]
        .iter()
        .any(|known| label.eq_ignore_ascii_case(known))
}

/// Whether a line is the label of a button, or several.
#[must_use]
pub fn is_button(text: &str) -> bool {
    const MOST: usize = 6;
    let mut labels = text.lines().map(str::trim).filter(|label| !label.is_empty()).peekable();
    labels.peek().is_some()
        && fits(text, SHORT * 2)
        && labels.enumerate().all(|(at, label)| at < MOST && BUTTONS.contains(&label.to_lowercase().as_str()))
}

/// Whether a line is nothing but what WeChat's page leaves behind. Below the article its buttons
/// alone are enough.
#[must_use]
pub fn is_left_by_wechat(text: &str, below: bool) -> bool {
    let counts = |c: &char| is_letter(*c) || *c == '×';
    // Nothing else may stand there, so the first letter tells of nearly all texts.
    static KNOWN: LazyLock<Known> = LazyLock::new(|| {
        let first = |known: &&'static str| known.get(..3);
        let all = [WECHAT, WECHAT_WORDS, WECHAT_BUTTONS].concat();
        Known::new(&all.iter().filter_map(first).collect::<Vec<_>>())
    });
    let first = text.trim_start_matches(|c: char| !counts(&c));
    let begins = KNOWN.may_begin(first) || first.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '×' | '收'));
    if !begins || !fits(text, LONG) {
        return false;
    }
    let mut rest: String = text.chars().filter(counts).collect();
    let sure = WECHAT.iter().any(|phrase| rest.contains(phrase)) || rest.starts_with("收录于合集");
    if !sure && !below || rest.is_empty() {
        return false;
    }
    if rest.starts_with("收录于") {
        return true;
    }
    let words = if sure { WECHAT_WORDS } else { WECHAT_BUTTONS };
    for known in WECHAT.iter().chain(words) {
        if rest.contains(known) {
            rest = rest.replace(known, " ");
        }
    }
    rest.contains(' ') && rest.chars().all(|c| c == ' ' || c == '×' || c.is_ascii_digit())
}

/// Whether a line begins with a number: a point of an article, maybe about such calls.
#[must_use]
pub fn is_numbered(text: &str) -> bool {
    const CHINESE: &str = "一二三四五六七八九十第";
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| c.is_ascii_digit() || CHINESE.contains(c) || ('①'..='⑳').contains(&c))
}
