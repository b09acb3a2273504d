//! Pairs of markers in text: `==highlights==`, and bold, italic and struck text whose markers
//! CommonMark does not know for such, as a space stands just inside of them.
//!
//! Clippers write `** bold **` where the page had spaces inside its bold. CommonMark reads that as
//! text, and in prose it is never meant so; with a single marker it may be arithmetic, so there the
//! rules are stricter. Only markers that stand at the same level of one leaf block are a pair.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Placed;
use super::edit::Edit;
use crate::repair::is_cjk;

/// A run of markers in text.
#[derive(Debug, Clone, Copy)]
struct Run {
    marker: char,
    length: usize,
    start: usize,
    before: Option<char>,
    after: Option<char>,
}

impl Run {
    fn range(self) -> Range<usize> {
        self.start..self.start + self.length * self.marker.len_utf8()
    }

    fn is_escaped(self, text: &str) -> bool {
        text.get(..self.start).is_some_and(|before| before.ends_with('\\'))
    }
}

/// A pair of runs, and what it makes of the text between.
struct Pair {
    open: Run,
    close: Run,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Mark,
    Strong,
    Emphasis,
    Strikethrough,
    /// Nothing stands between: both go.
    Nothing,
}

/// Finds the pairs in a text with those events.
pub fn find(text: &str, events: &[Placed<'_>]) -> Vec<Edit<'static>> {
    let mut edits = Vec::new();
    // The runs that wait for their pair, for every open inline element.
    let mut levels: Vec<Vec<Run>> = vec![Vec::new()];
    let mut in_code = false;
    let is_marker = |b: u8| matches!(b, b'=' | b'*' | b'_' | b'~');
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) => {
                levels.push(Vec::new());
                if matches!(event, Event::Start(Tag::Strong)) {
                    twice_bold(text, range, &mut edits);
                }
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
                if levels.len() > 1 =>
            {
                levels.pop();
            }
            Event::Text(words) if !in_code && words.bytes().any(is_marker) => {
                let as_in_source = text.get(range.clone()) == Some(&**words);
                if let Some(open) = levels.last_mut().filter(|_| as_in_source) {
                    pair(text, range, open, &mut edits);
                }
            }
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => {
                levels.truncate(1);
                levels.iter_mut().for_each(Vec::clear);
            }
            _ => {}
        }
    }
    edits
}

/// Bold text around markers that were escaped (`**\*\*a\*\***`): it was bold twice over.
fn twice_bold(text: &str, range: &Range<usize>, edits: &mut Vec<Edit<'static>>) {
    const ESCAPED: &str = r"\*\*";
    const MOST_BYTES: usize = 400;
    let bold = text.get(range.clone()).filter(|bold| bold.len() <= MOST_BYTES && !bold.contains(['`', '[']));
    let places: Vec<usize> = bold.map(|b| b.match_indices(ESCAPED).map(|(at, _)| at).collect()).unwrap_or_default();
    if places.len().is_multiple_of(2) {
        let place = |at: usize| range.start + at..range.start + at + ESCAPED.len();
        edits.extend(places.into_iter().map(|at| Edit { range: place(at), with: Vec::new() }));
    }
}

/// Pairs the runs of a text with each other and with those that are open.
fn pair(text: &str, range: &Range<usize>, open: &mut Vec<Run>, edits: &mut Vec<Edit<'static>>) {
    for run in runs(text, range) {
        if run.is_escaped(text) {
            continue;
        }
        // Few kinds of runs are there, and of each kind the last one alone can be met.
        let met = open.iter().rposition(|o| o.marker == run.marker && o.length == run.length);
        let pair = met.and_then(|at| open.get(at)).and_then(|first| {
            let between = text.get(first.range().end..run.start)?;
            what(*first, run, between).map(|what| Pair { open: *first, close: run, what })
        });
        match (pair, met) {
            (Some(pair), Some(at)) => {
                open.truncate(at);
                put(&pair, edits);
            }
            (_, Some(at)) => {
                if let Some(slot) = open.get_mut(at) {
                    *slot = run;
                }
            }
            _ if run.length <= 2 => open.push(run),
            _ => {}
        }
    }
}

/// The runs of one marker in a text that stands as it is in the source.
fn runs(text: &str, range: &Range<usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let Some(words) = text.get(range.clone()) else { return runs };
    let mut before = text.get(..range.start).and_then(|b| b.chars().next_back());
    for (at, c) in words.char_indices() {
        let start = range.start + at;
        if matches!(c, '=' | '*' | '_' | '~') {
            match runs.last_mut().filter(|run| run.marker == c && run.range().end == start) {
                Some(run) => run.length += 1,
                None => runs.push(Run { marker: c, length: 1, start, before, after: None }),
            }
        }
        before = Some(c);
    }
    for run in &mut runs {
        run.after = text.get(run.range().end..).and_then(|after| after.chars().next());
    }
    runs
}

/// What two runs make of the text between them.
fn what(open: Run, close: Run, between: &str) -> Option<What> {
    let trimmed = between.trim();
    let has_space = between.len() > trimmed.len();
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
    let what = match (open.marker, open.length) {
        ('=', 2) => What::Mark,
        ('*' | '_', 2) => What::Strong,
        ('*' | '_', 1) => What::Emphasis,
        ('~', 1 | 2) => What::Strikethrough,
        _ => return None,
    };
    if trimmed.is_empty() {
        let is_empty_bold = matches!((open.marker, open.length), ('*' | '~', 2)) && !between.contains('\n');
        return is_empty_bold.then_some(What::Nothing);
    }
    if what == What::Mark {
        let outside = !is_word(open.before) && !is_word(close.after);
        let meant = trimmed.chars().any(char::is_alphanumeric);
        return (!has_space && outside && meant).then_some(what);
    }
    if between.starts_with('\n') || between.ends_with('\n') || (between.contains('\n') && trimmed.len() > 400) {
        return None;
    }
    let (space_after, space_before) =
        (between.starts_with(char::is_whitespace), between.ends_with(char::is_whitespace));
    let is_wordy = trimmed.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    if open.length == 1 {
        // One marker with a space on either side of it may be a sign of its own.
        let outside = !is_word(open.before) && !is_word(close.after);
        let once = space_after != space_before && open.marker != '~';
        let is_short = trimmed.chars().count() <= 80;
        // A lone asterisk among Latin words is a sign more often than a marker.
        let is_marker = open.marker == '_' || trimmed.contains(is_cjk);
        return (outside && once && is_wordy && is_short && is_marker && is_speech(trimmed)).then_some(what);
    }
    if open.marker == '_' && (is_word(open.before) || is_word(close.after)) {
        return None;
    }
    // `f(**a, **b)` and `2**n + 3**m` are code.
    let is_list = trimmed.ends_with([',', '(', '=']) && is_word(close.after);
    let is_power = open.before.is_some_and(|c| c.is_ascii_alphanumeric() || c == ')')
        && open.after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '(');
    // Without a space there is a reason why CommonMark sees nothing: that reason holds among
    // Latin letters, unless nothing but punctuation is bold.
    let is_cjk_near = [open.before, close.after].iter().flatten().any(|c| is_cjk(*c)) || trimmed.contains(is_cjk);
    let meant = if has_space { is_wordy } else { is_cjk_near || !trimmed.contains(char::is_alphanumeric) };
    (meant && !is_list && !is_power).then_some(what)
}

/// Whether a text has nothing in it but words and the punctuation of sentences.
fn is_speech(text: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || ",.:!?'-".contains(c) || !c.is_ascii();
    text.starts_with(char::is_alphanumeric) && text.chars().all(is_plain)
}

fn put(pair: &Pair, edits: &mut Vec<Edit<'static>>) {
    let tag = |open: bool| {
        let html = |open| Event::InlineHtml(CowStr::from(if open { "<mark>" } else { "</mark>" }));
        let (start, end) = match pair.what {
            What::Mark => return html(open),
            What::Strong => (Tag::Strong, TagEnd::Strong),
            What::Emphasis => (Tag::Emphasis, TagEnd::Emphasis),
            What::Strikethrough => (Tag::Strikethrough, TagEnd::Strikethrough),
            What::Nothing => return Event::Text(CowStr::from("")),
        };
        if open { Event::Start(start) } else { Event::End(end) }
    };
    edits.push(Edit::one(pair.open.range(), tag(true)));
    edits.push(Edit::one(pair.close.range(), tag(false)));
}
