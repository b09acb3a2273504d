//! Finds the block at the head of a file: which syntax, where it starts, where the body does.
//!
//! A line of dashes at the head is front matter only when keys follow: else it is a rule. When the
//! closing line is missing, the block ends where the keys end.

use std::ops::Range;

use super::problem::Problems;
use super::split::{key_start, odd_key_start};
use super::{Format, json, lines, yaml};
use crate::source::Line;
use crate::{Severity, Source};

/// A block that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) format: Format,
    /// What stands between the fences.
    pub(super) content: Range<usize>,
    /// The fences included, and the line ending after the last.
    pub(super) whole: Range<usize>,
}

/// Finds the block.
pub(super) fn find(source: &Source, problems: &mut Problems<'_>) -> Option<Block> {
    let head = source.lines_from(0).take(64).find(|line| !line.is_blank())?;
    let opening = head.text.trim_end();
    if opening.starts_with("+++") && opening.chars().all(|c| c == '+') {
        return toml_block(source, &head, problems);
    }
    if opening.starts_with(";;;") && opening.chars().all(|c| c == ';') {
        return closed_by(source, Format::Json, head.start, head.next, opening);
    }
    if opening.starts_with('{') {
        return json::block(source, head.start);
    }
    if is_dashes(opening) {
        return yaml_block(source, &head, problems);
    }
    lines::percent_block(source, head.start)
        .or_else(|| lines::property_block(source, head.start))
        .or_else(|| closing_only(source, &head))
}

/// Three dashes or more, as Hexo has it.
fn is_dashes(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|b| b == b'-')
}

/// The block up to a line that is `fence` again.
fn closed_by(source: &Source, format: Format, start: usize, content: usize, fence: &str) -> Option<Block> {
    let close = source.lines_from(content).find(|line| line.text.trim_end() == fence)?;
    Some(Block { format, content: content..close.start, whole: start..close.next })
}

fn toml_block(source: &Source, head: &Line<'_>, problems: &mut Problems<'_>) -> Option<Block> {
    let has_keys = source
        .lines_from(head.next)
        .find(|line| !line.is_blank() && !line.text.starts_with('#'))
        .is_some_and(|line| line.text.contains('=') || line.text.starts_with(['[', '+']));
    if !has_keys {
        return None;
    }
    closed_by(source, Format::Toml, head.start, head.next, "+++").or_else(|| {
        let end = source
            .lines_from(head.next)
            .take_while(|line| line.text.contains('=') || line.text.starts_with('['))
            .last()?;
        unclosed(head, end.next, Format::Toml, problems)
    })
}

/// What a line is in a block of YAML.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Role {
    Key,
    /// Indented, an item, a closing bracket.
    Below,
    Comment,
    Blank,
    Other,
}

fn role(line: &Line<'_>) -> Role {
    if line.is_blank() {
        Role::Blank
    } else if line.text.starts_with('#') {
        Role::Comment
    } else if key_start(line.text).is_some() || line.text.starts_with("? ") {
        Role::Key
    } else if line.text.starts_with([' ', '\t', '-', ']', '}']) {
        Role::Below
    } else if odd_key_start(line.text).is_some() {
        Role::Key
    } else {
        Role::Other
    }
}

fn is_close(line: &Line<'_>, opening: &str) -> bool {
    let text = line.text.trim_end();
    text == "..." || text == opening || (opening.len() > 3 && text == "---")
}

/// What the lines below an opening line are, up to the closing one.
struct Survey<'a> {
    keys: usize,
    /// Lines that belong to no key.
    others: usize,
    /// The first line that is neither blank nor a comment.
    first: Option<(Role, &'a str)>,
    /// Whether all lines are surely front matter, and where those that are end: for when no
    /// closing line comes.
    natural: bool,
    natural_end: usize,
    close: Option<Line<'a>>,
}

fn survey<'a>(source: &'a Source, head: &Line<'a>) -> Survey<'a> {
    let mut found = Survey { keys: 0, others: 0, first: None, natural: true, natural_end: head.next, close: None };
    let mut after_blank = false;
    for line in source.lines_from(head.next) {
        if is_close(&line, head.text.trim_end()) {
            found.close = Some(line);
            break;
        }
        let role = match role(&line) {
            // Below no key, a comment may be indented.
            Role::Below if found.keys == 0 && line.text.trim_start().starts_with('#') => Role::Comment,
            role => role,
        };
        if !matches!(role, Role::Blank | Role::Comment) {
            found.first = found.first.or(Some((role, line.text)));
        }
        found.keys += usize::from(role == Role::Key);
        found.others += usize::from(role == Role::Other || (role == Role::Comment && after_blank));
        found.natural = found.natural
            && match role {
                // Below a blank line a colon may stand in prose; a key is one word.
                Role::Key => !after_blank || has_one_word_key(line.text),
                Role::Below => found.keys > 0 && !after_blank,
                Role::Comment => !after_blank || next_is_key(source, line.next),
                Role::Blank => true,
                Role::Other => false,
            };
        if found.natural && role != Role::Blank {
            found.natural_end = line.next;
        }
        after_blank = role == Role::Blank;
    }
    found
}

fn yaml_block(source: &Source, head: &Line<'_>, problems: &mut Problems<'_>) -> Option<Block> {
    let Survey { keys, others, first, natural, natural_end, close } = survey(source, head);
    // A mapping in braces, which may have a tag.
    let flow = first.is_some_and(|(_, text)| text.starts_with(['{', '!']));
    let begins_like_one = match first {
        // An empty block above a text; above nothing, two rules stand there.
        None => close.is_some_and(|close| source.lines_from(close.next).any(|line| !line.is_blank())),
        // Below a blank line a colon may stand in prose, so that a key there must be one word.
        Some((Role::Key, text)) => {
            let blank_first = source.lines_from(head.next).next().is_some_and(|line| line.is_blank());
            !blank_first || has_one_word_key(text)
        }
        // Keys that are all indented.
        Some((_, text)) => flow || key_start(text.trim_start()).is_some(),
    };
    if !begins_like_one {
        return None;
    }
    if let Some(close) = close
        && (others <= keys || natural || (flow && yaml::is_mapping(source, head.next..close.start)))
    {
        return Some(Block { format: Format::Yaml, content: head.next..close.start, whole: head.start..close.next });
    }
    if natural_end == head.next {
        return None;
    }
    unclosed(head, natural_end, Format::Yaml, problems)
}

/// A comment that labels keys stands right above them; a heading has a blank line below it.
fn next_is_key(source: &Source, from: usize) -> bool {
    source
        .lines_from(from)
        .find(|line| role(line) != Role::Comment)
        .is_some_and(|line| role(&line) == Role::Key && has_one_word_key(line.text))
}

fn has_one_word_key(line: &str) -> bool {
    key_start(line).is_some_and(|start| !start.key.contains(char::is_whitespace))
}

fn unclosed(head: &Line<'_>, end: usize, format: Format, problems: &mut Problems<'_>) -> Option<Block> {
    problems.tell(
        "front-matter-not-closed",
        Severity::Warning,
        head.start..head.end(),
        "The front matter has no closing line; it was taken to end where its keys end.",
        "Put a line like this one below the last key.",
    );
    Some(Block { format, content: head.next..end, whole: head.start..end })
}

/// Hexo: keys, then a closing line, and no opening one.
///
/// One line of text above dashes is a heading in Markdown, so it takes a key that front matter is
/// known for, first of all, and nothing but keys.
fn closing_only(source: &Source, head: &Line<'_>) -> Option<Block> {
    const FIRST_KEYS: [&str; 12] = [
        "title",
        "date",
        "layout",
        "tags",
        "categories",
        "author",
        "url",
        "source",
        "link",
        "id",
        "updated",
        "permalink",
    ];
    let quoted_json = head.text.starts_with('"');
    let first = key_start(head.text)?.key.to_lowercase();
    if !FIRST_KEYS.contains(&first.as_str()) {
        return None;
    }
    let mut after_blank = false;
    for line in source.lines_from(head.start) {
        let text = line.text.trim_end();
        if text == ";;;" && quoted_json || (is_dashes(text) && text.len() < 8) {
            let format = if text == ";;;" { Format::Json } else { Format::Yaml };
            return Some(Block { format, content: head.start..line.start, whole: head.start..line.next });
        }
        match role(&line) {
            Role::Blank => after_blank = true,
            Role::Key | Role::Comment if !after_blank => {}
            Role::Below if !after_blank => {}
            _ => return None,
        }
    }
    None
}
