//! Emphasis that CommonMark leaves as literal markers, mended in two passes.
//!
//! Clippers join neighbouring bold runs (`**a****b**`) and set markers right beside the
//! punctuation of Chinese, Japanese and Korean (`**“a”**b`), where CommonMark's rules of flanking
//! see no emphasis. So the body is parsed once as it is. In the leaf blocks where markers were
//! left as text, characters that the clip does not contain are put beside the markers, so that
//! the same parser reads them as the author meant; the body is parsed again and those characters
//! are taken out of every event. A body without leftover markers is never parsed twice, code,
//! raw HTML and addresses are never touched, and taking the characters out of the rewritten text
//! always gives back the source.
//!
//! Two rules:
//! * **Flanking**: the amendment of *CommonMark CJK-friendly* (tats-u/markdown-cjk-friendly):
//!   punctuation of CJK does not count as punctuation, and a CJK letter on the other side of a
//!   marker counts like a space. Where it says that a run flanks and CommonMark says it does not,
//!   a private-use letter goes between the run and the punctuation.
//! * **Touching runs**: four asterisks with text on both sides, while bold is open, are the end
//!   of one run and the beginning of the next: a space goes between the halves.

mod cjk;
pub mod punctuation;

pub use cjk::is_cjk;

use crate::order;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::markdown::Placed;
use cjk::Side;

/// A rewritten text and how to get back from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The text with characters put in.
    pub text: String,
    /// Where they were put in: byte offsets of the source, in order, each with its character.
    inserted: Vec<(usize, char)>,
    sentinels: Sentinels,
}

/// Characters that the text does not have, one of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sentinels {
    letter: char,
    space: char,
    punctuation: char,
}

impl Sentinels {
    fn has(self, c: char) -> bool {
        c == self.letter || c == self.space || c == self.punctuation
    }
}

impl Rewrite {
    /// The rewritten text without what was put in: the source.
    #[must_use]
    pub fn stripped(&self) -> String {
        self.without(&self.text)
    }

    fn without(&self, text: &str) -> String {
        text.chars().filter(|c| !self.sentinels.has(*c)).collect()
    }

    /// An event of the rewritten text as one of the source, given its range in the one and its
    /// bytes in the other.
    #[must_use]
    pub fn clean<'a>(&self, event: Event<'_>, range: &Range<usize>, source: &'a str) -> Event<'a> {
        let clean = |words: CowStr<'_>| {
            if self.text.get(range.clone()) == Some(&*words) {
                CowStr::Borrowed(source)
            } else if words.contains(|c| self.sentinels.has(c)) {
                CowStr::from(self.without(&words))
            } else {
                words.into_static()
            }
        };
        match event {
            Event::Text(text) => Event::Text(clean(text)),
            Event::Code(text) => Event::Code(clean(text)),
            Event::Html(text) => Event::Html(clean(text)),
            Event::InlineHtml(text) => Event::InlineHtml(clean(text)),
            other => other.into_static(),
        }
    }

    /// Where offsets of the rewritten text are in the source.
    #[must_use]
    pub fn places(&self) -> Places {
        let mut grown = 0;
        let marks = self.inserted.iter().map(|(at, c)| {
            let start = at + grown;
            grown += c.len_utf8();
            (start, grown)
        });
        Places { marks: marks.collect() }
    }
}

/// Turns offsets of the rewritten text into those of the source.
#[derive(Debug)]
pub struct Places {
    /// For every character that was put in: where it stands in the rewritten text, and by how
    /// much the text has grown after it.
    marks: Vec<(usize, usize)>,
}

impl Places {
    /// The offset in the source of that offset in the rewritten text.
    #[must_use]
    pub fn original(&self, offset: usize) -> usize {
        let before = self.marks.partition_point(|(start, _)| *start < offset);
        let grown = before.checked_sub(1).and_then(|last| self.marks.get(last)).map_or(0, |(_, grown)| *grown);
        offset.saturating_sub(grown)
    }
}

/// What to put in, and where; `None` when nothing is to be mended.
#[must_use]
pub fn plan(text: &str, events: &[Placed<'_>]) -> Option<Rewrite> {
    let mut inserted: Vec<(usize, char)> = Vec::new();
    let leaves = leaves(events, &|words, range| is_leftover(text, words, range));
    if leaves.is_empty() {
        return None;
    }
    let sentinels = absent(text)?;
    for leaf in leaves {
        mend(text, &leaf, sentinels, &mut inserted);
    }
    if inserted.is_empty() {
        return None;
    }
    let mut rewritten = String::with_capacity(text.len() + 4 * inserted.len());
    let mut from = 0;
    for (at, c) in &inserted {
        rewritten.push_str(text.get(from..*at)?);
        rewritten.push(*c);
        from = *at;
    }
    rewritten.push_str(text.get(from..)?);
    Some(Rewrite { text: rewritten, inserted, sentinels })
}

/// A letter, a space and a mark of punctuation that the text does not have.
fn absent(text: &str) -> Option<Sentinels> {
    const LETTERS: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{EFFF}';
    const SPACES: std::ops::RangeInclusive<char> = '\u{2000}'..='\u{200A}';
    const PUNCTUATION: std::ops::RangeInclusive<char> = '\u{2E00}'..='\u{2E2E}';
    // Nearly all texts have none of these, so the whole text is looked through once, for the bytes with which they
    // begin: the letters alone begin with 0xEE, and what else begins with 0xE2 is seldom.
    let begins = memchr::memchr2_iter(0xE2, 0xEE, text.as_bytes());
    let is_rare = |c: &char| LETTERS.contains(c) || SPACES.contains(c) || PUNCTUATION.contains(c);
    let rare: std::collections::BTreeSet<char> =
        begins.filter_map(|at| text.get(at..)?.chars().next()).filter(is_rare).collect();
    let free = |mut range: std::ops::RangeInclusive<char>| range.find(|c| !rare.contains(c));
    Some(Sentinels { letter: free(LETTERS)?, space: free(SPACES)?, punctuation: free(PUNCTUATION)? })
}

/// The inline content of a leaf block in which something was left as text that may mean more.
#[derive(Debug, Default)]
pub struct Leaf {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Code, raw HTML, addresses, in order: nothing is read or put in there.
    pub closed: Vec<Range<usize>>,
    leftover: bool,
}

impl Leaf {
    /// Where a walk begins: the parser leaves the backslash of an escaped character out.
    pub fn start(&self, text: &str) -> usize {
        let escaped = text.get(..self.range.start).is_some_and(|before| before.ends_with('\\'));
        self.range.start - usize::from(escaped)
    }
}

/// The leaf blocks of which some text, given with its range, is wanted.
pub fn leaves(events: &[Placed<'_>], wanted: &dyn Fn(&str, &Range<usize>) -> bool) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut leaf = Leaf::default();
    let mut links: Vec<(Range<usize>, bool)> = Vec::new();
    let mut in_code = false;
    let mut last_end = 0;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                let whole = matches!(link_type, LinkType::Autolink | LinkType::Email);
                links.push((range.clone(), whole));
                last_end = range.start;
                reach(&mut leaf, range);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((range, whole)) = links.pop() {
                    leaf.closed.push(if whole { range.clone() } else { last_end..range.end });
                    last_end = range.end;
                }
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => reach(&mut leaf, range),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => last_end = range.end,
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                leaf.closed.push(range.clone());
                reach(&mut leaf, range);
                last_end = range.end;
            }
            Event::Text(words) if !in_code => {
                leaf.leftover = leaf.leftover || wanted(words, range);
                reach(&mut leaf, range);
                last_end = range.end;
            }
            Event::SoftBreak | Event::HardBreak => last_end = range.end,
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => finish(&mut leaf, &mut leaves),
            _ => {}
        }
    }
    finish(&mut leaf, &mut leaves);
    leaves
}

fn reach(leaf: &mut Leaf, range: &Range<usize>) {
    if leaf.range.is_empty() {
        leaf.range = range.clone();
    }
    leaf.range.end = leaf.range.end.max(range.end);
}

fn finish(leaf: &mut Leaf, leaves: &mut Vec<Leaf>) {
    let mut done = std::mem::take(leaf);
    if done.leftover {
        order::sort_by_key(&mut done.closed, |r| r.start);
        leaves.push(done);
    }
}

/// Whether a text has markers that were meant to be more, and were not escaped.
fn is_leftover(text: &str, words: &str, range: &Range<usize>) -> bool {
    let marker = |words: &str| memchr::memchr3(b'*', b'_', b'~', words.as_bytes());
    let Some(first) = marker(words) else { return false };
    let is_escaped = || text.get(..range.start).is_some_and(|before| before.ends_with('\\'));
    first > 0 || !is_escaped() || words.get(1..).is_some_and(|words| marker(words).is_some())
}

/// A run of one marker.
#[derive(Debug, Clone, Copy)]
struct Run {
    marker: u8,
    start: usize,
    end: usize,
}

/// Finds the runs of a leaf and puts characters in beside those that need it.
fn mend(text: &str, leaf: &Leaf, sentinels: Sentinels, inserted: &mut Vec<(usize, char)>) {
    let mut bold_open = false;
    for run in runs(text, leaf) {
        let before = Side::before(text, leaf.range.start, run.start);
        let after = Side::after(text, leaf.range.end, run.end);
        let length = run.end - run.start;
        let between_texts = !before.is_space() && !after.is_space();
        if run.marker == b'*' && length == 4 && bold_open && between_texts {
            // The two halves then stand beside a space, where CommonMark's own rules are enough.
            inserted.push((run.start + 2, sentinels.space));
            continue;
        }
        let preceding = text.get(leaf.range.start..run.start).unwrap_or_default();
        if run.marker == b'_' && cjk::ends_in_varied_punctuation(preceding) {
            // An underscore opens after punctuation, but not within a word.
            inserted.push((run.start, sentinels.punctuation));
            continue;
        }
        let (opens, closes) = (cjk::left_flanking(before, after), cjk::right_flanking(before, after));
        let needs_after = opens && !cjk::plain_left_flanking(before, after);
        let needs_before = closes && !cjk::plain_right_flanking(before, after);
        if needs_before {
            inserted.push((run.start, sentinels.letter));
        }
        if needs_after {
            inserted.push((run.end, sentinels.letter));
        }
        if run.marker == b'*' && length >= 2 {
            bold_open = if bold_open && closes { false } else { bold_open || opens };
        }
    }
}

fn runs(text: &str, leaf: &Leaf) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs: Vec<Run> = Vec::new();
    let mut closed = leaf.closed.iter().peekable();
    let mut at = leaf.range.start;
    while at < leaf.range.end {
        while closed.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = closed.peek().filter(|range| range.start <= at) {
            at = range.end;
            continue;
        }
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(marker @ (b'*' | b'_' | b'~')) => {
                let length =
                    bytes.get(at..leaf.range.end).map_or(1, |rest| rest.iter().take_while(|b| *b == marker).count());
                runs.push(Run { marker: *marker, start: at, end: at + length });
                at += length;
            }
            _ => at += 1,
        }
    }
    runs
}
