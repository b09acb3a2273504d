//! A description where none is stated: a summary that the page marks as one, a subtitle, a leading
//! quote, else the first sentence of the article proper.

use super::draft::Draft;
use super::inline::{self, letters, one_line};
use super::lines::{Line, Mark};
use super::{Key, Origin, labels, title};
use crate::blocks::{Block, Kind, Within};
use crate::clutter::phrases;
use crate::outline::width;
use crate::{Outline, Source};

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
    (0..head.len()).find_map(|at| match head.get(at..)? {
        [mark, text, ..] if mark.mark == Mark::Quote || matches!(mark.mark, Mark::Heading(_)) => {
            let own = mark.raw.trim_start_matches(['#', ' ']).trim().to_lowercase();
            let is_mark = MARKS.contains(&own.trim_end_matches(['-', '+']));
            let more = head.iter().skip(at + 1).take_while(|l| text.mark == Mark::Quote && l.mark == Mark::Quote);
            let words = more.map(Line::words).collect::<Vec<_>>().join(" ");
            let words = if words.is_empty() { text.words() } else { words };
            let is_text = matches!(text.mark, Mark::Quote | Mark::None) && width(&words) >= LEAD / 2;
            (is_mark && is_text && text.raw.trim() != "---").then(|| (cut(&words), text.number))
        }
        _ => None,
    })
}

/// A small heading right below the title, and the only other one of the text: subtitles are two
/// levels below their titles, sections one.
fn subtitle(draft: &Draft, clues: &Clues<'_>) -> Option<(String, u32)> {
    let own = letters(draft.first(Key::Title));
    let first_text = clues.blocks.iter().find(|b| is_text(b) && !draft.is_taken(b.line))?;
    let headings = || clues.head.iter().filter(|l| matches!(l.mark, Mark::Heading(_)));
    let mut above = headings().filter(|l| l.number < first_text.line);
    let top = above.next().filter(|l| !own.is_empty() && letters(&l.text).starts_with(&own))?;
    let below = above.find(|l| letters(&l.text) != letters(&top.text))?;
    let alone = headings().filter(|l| l.mark == below.mark).count() == 1
        && clues.outline.sections().filter(|h| !h.inferred).all(|h| h.line == below.number || draft.is_taken(h.line));
    let deeper = matches!((top.mark, below.mark), (Mark::Heading(a), Mark::Heading(b)) if b >= a + 2);
    (alone && deeper && !title::is_section(&below.text) && !draft.is_taken(below.number))
        .then(|| (below.words(), below.number))
}

fn is_text(block: &Block) -> bool {
    block.kind == Kind::Paragraph && block.within == Within::Body && block.width >= LEAD
}

/// A quote that opens the article, else the first paragraph of the article proper; where the title
/// names a subject before a colon, the paragraph that begins with it.
fn paragraph(draft: &Draft, clues: &Clues<'_>) -> Option<(String, u32)> {
    let is_heading = |line: u32| clues.outline.headings.binary_search_by_key(&line, |h| h.line).is_ok();
    let candidates = |within: &[Within]| {
        let blocks = clues.blocks.iter().take(120).filter(|b| b.kind == Kind::Html || within.contains(&b.within));
        let blocks = blocks.filter(|b| !draft.is_taken(b.line) && !is_heading(b.line));
        let texts = blocks.map(|b| (b, words(b, clues.source)));
        let own = texts.filter(|(block, text)| is_article(block, text) && !repeats(text, draft.first(Key::Title)));
        own.map(|(block, text)| (text, block.line)).take(OPENING).collect::<Vec<_>>()
    };
    let mut opening = candidates(&[Within::Body, Within::Quote]);
    if opening.is_empty() {
        // Outliners and collections of highlights have nothing but lists.
        opening = candidates(&[Within::ItemStart, Within::Item]);
    }
    let subject = draft.first(Key::Title).split([':', '：']).next().map(letters).unwrap_or_default();
    let names_subject = subject.chars().count() >= 3 && subject != letters(draft.first(Key::Title));
    let introduces = |(text, _): &&(String, u32)| names_subject && letters(text).starts_with(&subject);
    let (text, line) = opening.iter().find(introduces).or(opening.first())?;
    Some((cut(text), *line))
}

/// Whether a block is the article's own text: it has a sentence, and is neither links nor a
/// credit, a prompt or a notice.
fn is_article(block: &Block, text: &str) -> bool {
    let linked = block.linked * 2 > block.characters;
    let first_line = block.text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or("");
    matches!(block.kind, Kind::Paragraph | Kind::Html)
        && width(text) >= LEAD
        && has_sentence(text)
        && !linked
        && !labels::is_labelled(first_line)
        && !phrases::is_prompt(text)
        && !phrases::is_player_leftover(text)
        && !phrases::is_credit(first_line)
        && !is_notice(text)
        && !text.starts_with("http")
}

fn has_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['”', '"', '」', '』', '）', ')', '*']);
    let ends = end.ends_with(['。', '.', '！', '!', '？', '?', '…', '：', ':', '।', '؟']);
    ends || text.contains(['。', '！', '？']) || text.contains('，') && width(text) >= 80 || text.contains(". ")
}

/// `本文已授权…发布`, `请勿用于非法用途`: what a page says about rights and about itself.
fn is_notice(text: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let of_rights = says(&["授权", "许可"]) && says(&["发布", "转载", "首发"]);
    let never = [
        "请勿转载",
        "禁止转载",
        "严禁转载",
        "侵删",
        "仅供学习",
        "请勿用于",
        "后果自负",
        "不承担",
        "本人负责",
        "使用者本人",
    ];
    let asks = ["设为星标", "公众号更改了推送", "公众号推送机制", "以下文章来源于", "免责声明"];
    width(text) <= 160 && (of_rights || says(&asks)) || width(text) <= 500 && says(&never)
}

/// Whether a text says no more than the title, tags of a platform aside.
fn repeats(text: &str, title: &str) -> bool {
    let plain = text.split(" #").next().unwrap_or(text);
    let own: Vec<char> = letters(plain).chars().collect();
    let title: Vec<char> = letters(title).chars().collect();
    let is_tagged = text.contains('#') && own.starts_with(&title);
    if title.is_empty() || is_tagged || own.len() * 2 >= title.len() * 3 {
        return !title.is_empty() && is_tagged;
    }
    // Not much longer than the title, and nearly all of it is the title's letters.
    let known: std::collections::HashSet<char> = title.iter().copied().collect();
    own.iter().filter(|c| known.contains(c)).count() * 10 >= own.len() * 9
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
    let text = text.trim_start_matches(|c: char| matches!(c, '▌' | '▎' | '■' | '●' | '◆' | '•') || c.is_whitespace());
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
