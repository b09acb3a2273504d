//! A description where none is stated: a summary that the page marks as one, a subtitle, a leading
//! quote, else the first sentence of the article proper.

use super::draft::Draft;
use super::inline::{self, letters, one_line};
use super::lines::{Line, Mark};
use super::{Key, Origin, labels};
use crate::clip::blocks::{Block, Kind, Within};
use crate::clip::clutter::phrases;
use crate::clip::outline::width;
use crate::clip::{Outline, Source};

/// A lead is at least this wide, in columns.
const LEAD: usize = 36;
/// A description is at most this wide.
const WIDEST: usize = 400;
/// How many paragraphs may hold the sentence that introduces the subject.
const OPENING: usize = 3;

/// Where to look.
pub struct Clues<'a> {
    /// The clip's text.
    pub source: &'a Source,
    /// The blocks of the body.
    pub blocks: &'a [Block],
    /// The headings.
    pub outline: &'a Outline,
    /// The lines at the head.
    pub head: &'a [Line],
}

/// Finds a description.
pub fn read(draft: &mut Draft, clues: &Clues<'_>) {
    if draft.has(Key::Description) {
        return;
    }
    let found = marked(clues.head).or_else(|| subtitle(draft, clues)).or_else(|| paragraph(draft, clues));
    if let Some((text, line)) = found {
        draft.offer(Key::Description, vec![text], Origin::Body { line });
    }
}

/// What follows `> ## Excerpt` or stands in a callout of a summary.
fn marked(head: &[Line]) -> Option<(String, u32)> {
    const MARKS: [&str; 8] =
        ["excerpt", "[!summary]", "[!abstract]", "[!tldr]", "[!quote] excerpt", "## excerpt", "summary", "摘要"];
    head.windows(2).find_map(|pair| match pair {
        [mark, text] if mark.mark == Mark::Quote || matches!(mark.mark, Mark::Heading(_)) => {
            let own = mark.raw.trim_start_matches(['#', ' ']).trim().to_lowercase();
            let is_mark = MARKS.contains(&own.trim_end_matches(['-', '+']));
            let words = text.words();
            let is_text = matches!(text.mark, Mark::Quote | Mark::None) && width(&words) >= LEAD / 2;
            (is_mark && is_text && text.raw.trim() != "---").then(|| (cut(&words), text.number))
        }
        _ => None,
    })
}

/// A small heading right below the title, the only one of its kind before the text begins.
fn subtitle(draft: &Draft, clues: &Clues<'_>) -> Option<(String, u32)> {
    let title = letters(draft.first(Key::Title));
    let first_text = clues.blocks.iter().find(|b| is_text(b) && !draft.is_taken(b.line))?;
    let headings = || clues.head.iter().filter(|l| matches!(l.mark, Mark::Heading(_)));
    let mut above = headings().filter(|l| l.number < first_text.line);
    let top = above.next().filter(|l| !title.is_empty() && letters(&l.text).starts_with(&title))?;
    let below = above.find(|l| letters(&l.text) != letters(&top.text))?;
    let alone = headings().filter(|l| l.mark == below.mark).count() == 1
        && clues.outline.sections().filter(|h| !h.inferred).all(|h| h.line == below.number);
    let deeper = matches!((top.mark, below.mark), (Mark::Heading(a), Mark::Heading(b)) if b > a);
    (alone && deeper && !draft.is_taken(below.number)).then(|| (below.words(), below.number))
}

fn is_text(block: &Block) -> bool {
    block.kind == Kind::Paragraph && block.within == Within::Body && width(&block.text) >= LEAD
}

/// A quote that opens the article, else the first paragraph of the article proper; where the title
/// names a subject before a colon, the paragraph that begins with it.
fn paragraph(draft: &Draft, clues: &Clues<'_>) -> Option<(String, u32)> {
    let title = letters(draft.first(Key::Title));
    let is_heading = |line: u32| clues.outline.headings.binary_search_by_key(&line, |h| h.line).is_ok();
    let mut opening: Vec<(String, u32)> = Vec::new();
    for block in clues.blocks.iter().take(80) {
        let text = words(block, clues.source);
        if draft.is_taken(block.line) || is_heading(block.line) || !is_article(block, &text, &title) {
            continue;
        }
        opening.push((text, block.line));
        if opening.len() == OPENING {
            break;
        }
    }
    let subject = draft.first(Key::Title).split([':', '：']).next().map(letters).unwrap_or_default();
    let names_subject = subject.chars().count() >= 3 && subject != title;
    let introduces = |(text, _): &&(String, u32)| names_subject && letters(text).starts_with(&subject);
    let (text, line) = opening.iter().find(introduces).or(opening.first())?;
    Some((cut(text), *line))
}

/// Whether a block is the article's own text.
fn is_article(block: &Block, text: &str, title: &str) -> bool {
    let kind = match block.kind {
        Kind::Paragraph => matches!(block.within, Within::Body | Within::Quote),
        Kind::Html => true,
        _ => false,
    };
    let linked = block.linked * 2 > block.characters;
    let first_line = block.text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or("");
    kind && width(text) >= LEAD
        && !linked
        && !labels::is_labelled(first_line)
        && !phrases::is_prompt(text)
        && !phrases::is_player_leftover(text)
        && !phrases::is_credit(first_line)
        && !text.starts_with("http")
        && letters(text) != title
        && (!block.is_all_bold() || ends_sentence(text))
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '」', '』', '）', ')']).ends_with(['。', '.', '！', '!', '？', '?', '…'])
}

/// The words of a block; those of raw HTML are what stands between its tags.
#[must_use]
pub fn words(block: &Block, source: &Source) -> String {
    if block.kind != Kind::Html {
        return one_line(&block.text);
    }
    let raw = source.text.get(block.span.clone()).unwrap_or("");
    let mut end = raw.len().min(4_000);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    let mut text = String::new();
    let mut in_tag = false;
    for c in raw.get(..end).unwrap_or("").chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    one_line(&inline::entities(&text))
}

/// The first sentence of a text, and those after it until it says something.
fn cut(text: &str) -> String {
    let text = text.trim();
    let mut wide = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        wide += if c.is_ascii() { 1 } else { width(c.encode_utf8(&mut [0; 4])) };
        let next = characters.peek().map(|(_, c)| *c);
        let ends = match c {
            '。' | '！' | '？' | '…' => !matches!(next, Some('。' | '！' | '？' | '…')),
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends && wide >= LEAD || wide >= WIDEST {
            let mut end = at + c.len_utf8();
            // A closing quote belongs to its sentence.
            if let Some(quote) = next.filter(|c| matches!(c, '”' | '"' | '」' | '』' | '’')) {
                end += quote.len_utf8();
            }
            return text.get(..end).unwrap_or(text).to_owned();
        }
    }
    text.to_owned()
}
