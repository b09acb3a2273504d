//! Blocks without fences, one line a key: Logseq's `key:: value` and Pandoc's `% title`.

use std::ops::Range;

use super::fence::Block;
use super::{Entry, Format, Group, Value, limits, typed};
use crate::Source;
use crate::source::{Line, lines};

/// `title:: Words` or `- title:: Words`; the key is one word.
fn property<'a>(line: &Line<'a>) -> Option<(&'a str, &'a str)> {
    let text = line.text.strip_prefix("- ").unwrap_or(line.text).trim_start();
    let (key, value) = text.split_once("::")?;
    let is_word = !key.is_empty()
        && key.chars().count() <= 64
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '?'));
    let apart = value.is_empty() || value.starts_with([' ', '\t']);
    (is_word && apart).then(|| (key, value.trim()))
}

/// The properties at the head of a Logseq page.
pub(super) fn property_block(source: &Source, start: usize) -> Option<Block> {
    let last = source.lines_from(start).take_while(|line| property(line).is_some()).last()?;
    Some(Block { format: Format::Properties, content: start..last.end(), whole: start..last.next })
}

/// Reads Logseq's properties.
pub(super) fn properties(source: &Source, content: Range<usize>) -> Vec<Group> {
    let text = source.text.get(content.clone()).unwrap_or("");
    let entries = lines(text, content.start)
        .filter_map(|line| property(&line).map(|pair| (line, pair)))
        .take(limits::ENTRIES)
        .map(|(line, (key, value))| Entry {
            key: key.to_owned(),
            value: typed::plain(value),
            span: source.span(line.start..line.end()),
            raw: false,
        })
        .collect();
    vec![Group { label: None, entries }]
}

/// Pandoc's title block: at most three fields, each beginning with `%`, and more lines indented.
pub(super) fn percent_block(source: &Source, start: usize) -> Option<Block> {
    let mut fields = 0;
    let mut end = None;
    for line in source.lines_from(start) {
        let begins = line.text == "%" || line.text.starts_with("% ");
        let goes_on = fields > 0 && line.text.starts_with(' ') && !line.is_blank();
        fields += usize::from(begins);
        if fields > 3 || !(begins || goes_on) {
            break;
        }
        end = Some(line);
    }
    let end = end?;
    Some(Block { format: Format::Percent, content: start..end.end(), whole: start..end.next })
}

/// Reads Pandoc's title block: title, authors parted by `;` or lines, date.
pub(super) fn percent(source: &Source, content: Range<usize>) -> Vec<Group> {
    let text = source.text.get(content.clone()).unwrap_or("");
    let mut fields: Vec<(Range<usize>, Vec<&str>)> = Vec::new();
    for line in lines(text, content.start) {
        match (line.text.strip_prefix('%'), fields.last_mut()) {
            (Some(words), _) => fields.push((line.start..line.end(), vec![words.trim()])),
            (None, Some((range, words))) => {
                range.end = line.end();
                words.push(line.text.trim());
            }
            (None, None) => {}
        }
    }
    let entries = ["title", "author", "date"]
        .into_iter()
        .zip(fields)
        .map(|(key, (range, words))| {
            let value = if key == "author" {
                let joined = words.join(";");
                let names: Vec<Value> =
                    joined.split(';').map(typed::text).filter(|name| *name != Value::Empty).collect();
                match names.as_slice() {
                    [] => Value::Empty,
                    [one] => one.clone(),
                    _ => Value::List(names),
                }
            } else {
                typed::text(&words.join(" "))
            };
            Entry { key: key.to_owned(), value, span: source.span(range), raw: false }
        })
        .collect();
    vec![Group { label: None, entries }]
}
