//! What to replace in a block of YAML: the value of a key and no more, in the style that it has.
//!
//! Start at [`edits`]. Comments stay, before, behind and below a value; items of a list that stay
//! keep their lines. [`super::fresh`] writes keys that are new. Which lines belong to a key is what
//! [`crate::clip::front_matter`] says.

use std::ops::Range;

use super::fresh::{ITEM, in_brackets, indent_of};
use super::quote::{self, Style};
use super::{Edit, ExportError, NewValue, Target, flow};
use crate::clip::front_matter::{Entry, Value};
use crate::clip::source::{Line, lines};

/// The edits of one change.
pub(super) fn edits(target: &Target<'_>) -> Result<Vec<Edit>, ExportError> {
    match target.index {
        Some(index) => {
            let found = Found::of(target, index)?;
            Ok(match &target.change.value {
                NewValue::Scalar(text) => found.with_scalar(text),
                NewValue::List(items) => found.with_list(items),
                NewValue::Remove => found.removed(),
            })
        }
        None => super::fresh::added(target),
    }
}

/// How a value is written.
#[derive(PartialEq, Eq)]
enum Form {
    /// Nothing behind the colon; what is below it may be a list or a mapping.
    Below,
    /// A text, plain or in quotes.
    Text,
    /// `[a, b]`.
    Brackets,
    /// `|` or `>`, with the text below.
    Lines,
}

/// A key and the places of its value.
pub(super) struct Found<'a> {
    target: &'a Target<'a>,
    pub(super) entry: &'a Entry,
    /// From the beginning of the key's line to that of the next key.
    region: Range<usize>,
    /// What separates key and value, the colon first.
    colon: Range<usize>,
    value: Range<usize>,
    form: Form,
    /// Whether what stands behind the value is taken for part of a plain one: ` #word`.
    has_tag_behind: bool,
    /// The lines below the value that belong to it; comments and blank lines do not.
    below: Vec<Line<'a>>,
}

impl<'a> Found<'a> {
    pub(super) fn of(target: &'a Target<'a>, index: usize) -> Result<Self, ExportError> {
        let place = || ExportError::Place(target.change.key.clone());
        let text = target.text;
        let entry = text.front_matter.entries().nth(index).ok_or_else(place)?;
        let content = text.content();
        let line = text.source.line_start(entry.span.line);
        let later = text.front_matter.entries().map(|e| e.span.start).filter(|start| *start > entry.span.start).min();
        let end = later.map_or(content.end, |start| text.source.line_start(text.source.line(start)));
        let region = line..end.max(line);
        // The entry of a block in braces stands for the whole block.
        let first = text.get(entry.span.start..region.end);
        let colon = colon(first, &entry.key).ok_or_else(place)?;
        let colon = entry.span.start + colon.start..entry.span.start + colon.end;
        let is_alone = text.get(region.start..entry.span.start).trim().is_empty();
        if !is_alone || region.start < content.start {
            return Err(place());
        }
        let line_end = lines(text.get(region.clone()), region.start).next().map_or(region.end, |line| line.end());
        let rest = text.get(colon.end..line_end);
        let start = line_end - rest.trim_start_matches([' ', '\t']).len();
        let mut found = Self {
            target,
            entry,
            region,
            colon,
            value: start..line_end,
            form: Form::Text,
            has_tag_behind: false,
            below: Vec::new(),
        };
        found.measure();
        Ok(found)
    }

    /// Finds where the value ends, and the lines below that belong to it.
    fn measure(&mut self) {
        let text = self.target.text;
        let (start, line_end) = (self.value.start, self.value.end);
        let line = text.get(start..line_end);
        let closed = match line.bytes().next() {
            Some(b'[' | b'{' | b'"' | b'\'') => flow::end(text.get(start..self.region.end)),
            _ => None,
        };
        // Behind a closing sign only a comment may stand.
        let closed = closed.filter(|length| {
            let behind = text.get(start + length..self.region.end);
            let behind = behind.split(['\n', '\r']).next().unwrap_or_default();
            behind.trim().is_empty() || behind.starts_with([' ', '\t']) && behind.trim_start().starts_with('#')
        });
        let comment = comment(line);
        self.form = match line.bytes().next() {
            Some(b'[') if closed.is_some() => Form::Brackets,
            Some(b'|' | b'>') => Form::Lines,
            None => Form::Below,
            Some(b'#') if comment == Some(0) => Form::Below,
            _ => Form::Text,
        };
        let plain = comment.map_or(line, |at| line.get(..at).unwrap_or(line)).trim_end();
        self.value.end = start + closed.unwrap_or(plain.len());
        let behind = text.get(self.value.end..self.region.end);
        let behind = behind.split(['\n', '\r']).next().unwrap_or_default();
        self.has_tag_behind = closed.is_some() && comment.is_none() && !behind.trim().is_empty()
            || behind.trim_start().strip_prefix('#').is_some_and(is_tag);
        let all = lines(text.get(self.region.clone()), self.region.start);
        let below = all.filter(|line| line.start > self.value.end);
        self.below = if self.form == Form::Lines {
            let mut inside: Vec<Line<'_>> =
                below.take_while(|line| line.is_blank() || line.text.starts_with([' ', '\t'])).collect();
            while inside.last().is_some_and(Line::is_blank) {
                inside.pop();
            }
            inside
        } else {
            below.filter(|line| !line.is_blank() && !line.text.trim_start().starts_with('#')).collect()
        };
    }

    fn old(&self) -> &'a str {
        self.target.text.get(self.value.clone())
    }

    /// The edits that leave nothing of the lines below.
    fn without_below(&self) -> Vec<Edit> {
        self.below.iter().map(|line| Edit::new(line.start..line.next, "")).collect()
    }

    /// Puts words where the value stands.
    fn replaced(&self, with: &str) -> Edit {
        let text = self.target.text;
        if with.is_empty() {
            return Edit::new(self.colon.start..self.value.end.max(self.colon.end), ":");
        }
        let gap = text.get(self.colon.end..self.value.start);
        let is_usual = text.get(self.colon.clone()) == ":" && !gap.is_empty();
        // A comment may stand right where the value is to be.
        let behind = text.get(self.value.end..self.region.end);
        let space = if behind.starts_with('#') { " " } else { "" };
        if is_usual {
            Edit::new(self.value.clone(), format!("{with}{space}"))
        } else {
            Edit::new(self.colon.start..self.value.end.max(self.colon.end), format!(": {with}{space}"))
        }
    }

    fn with_scalar(&self, text: &str) -> Vec<Edit> {
        let old = if self.form == Form::Text { self.old() } else { "" };
        let written = match (text, Style::of(old)) {
            ("", Style::Double) => "\"\"".to_owned(),
            ("", Style::Single) => "''".to_owned(),
            ("", Style::Plain) => String::new(),
            (text, Style::Plain) if self.has_tag_behind => quote::double(text),
            (text, _) => quote::yaml(text, old, false),
        };
        let mut edits = self.without_below();
        edits.push(self.replaced(&written));
        edits
    }

    fn with_list(&self, items: &[String]) -> Vec<Edit> {
        if self.form == Form::Brackets {
            return vec![self.replaced(&self.brackets(items))];
        }
        let old = self.items();
        if self.form == Form::Below && !old.is_empty() && !items.is_empty() {
            return self.with_items(&old, items);
        }
        let mut edits = self.without_below();
        if self.form == Form::Below && !items.is_empty() {
            let line = lines(self.target.text.get(self.region.clone()), self.region.start).next();
            let (end, next) = line.map_or((self.region.end, self.region.end), |line| (line.end(), line.next));
            let newline = self.target.text.newline();
            let indent = self.target.text.get(self.region.start..self.entry.span.start);
            let marker = self.neighbours_marker().unwrap_or(ITEM);
            let mut with = String::new();
            for item in items {
                for part in [newline, indent, marker.trim_start_matches(indent_of(indent))] {
                    with.push_str(part);
                }
                with.push_str(&quote::yaml(item, "", false));
            }
            edits.push(Edit::new(end..end.min(next), with));
        } else {
            edits.push(self.replaced(&in_brackets(items)));
        }
        edits
    }

    /// The list in brackets with other items; those that stay are written as they were.
    fn brackets(&self, items: &[String]) -> String {
        let inner = self.old();
        let inner = inner.get(1..inner.len().saturating_sub(1)).unwrap_or_default();
        let ranges = flow::items(inner);
        let texts = self.texts(ranges.len());
        let raw = |range: &Range<usize>| inner.get(range.clone()).unwrap_or_default();
        let style = ranges.last().map_or("", raw);
        let new: Vec<String> = items
            .iter()
            .map(|item| {
                let kept = ranges.iter().zip(&texts).find(|(_, text)| *text == &Some(item.as_str()));
                kept.map_or_else(|| quote::yaml(item, quoted_only(style), true), |(range, _)| raw(range).to_owned())
            })
            .collect();
        format!("[{}]", flow::rebuilt(inner, &ranges, &new))
    }

    /// What the reader reads for each item, when it finds as many.
    fn texts(&self, count: usize) -> Vec<Option<&'a str>> {
        match &self.entry.value {
            Value::List(values) if values.len() == count => values.iter().map(Value::as_text).collect(),
            _ => vec![None; count],
        }
    }

    /// The items below the key: each with the lines that belong to it.
    fn items(&self) -> Vec<Vec<Line<'a>>> {
        let mut items: Vec<Vec<Line<'a>>> = Vec::new();
        let column = |line: &Line<'_>| line.text.len() - line.text.trim_start().len();
        for line in &self.below {
            let is_item = line.text.trim_start().strip_prefix('-').is_some_and(|s| s.is_empty() || s.starts_with(' '));
            let first = items.first().and_then(|item| item.first()).map(column);
            match items.last_mut() {
                _ if is_item && first.is_none_or(|first| first == column(line)) => items.push(vec![*line]),
                Some(item) => item.push(*line),
                None => return Vec::new(),
            }
        }
        items
    }

    /// Takes out the lines of items that go, and puts those that come below the last one.
    fn with_items(&self, old: &[Vec<Line<'a>>], new: &[String]) -> Vec<Edit> {
        let texts = self.texts(old.len());
        let mut edits = Vec::new();
        let mut left = new;
        for (item, text) in old.iter().zip(texts) {
            match left.split_first() {
                Some((next, rest)) if text == Some(next.as_str()) => left = rest,
                _ => edits.extend(item.iter().map(|line| Edit::new(line.start..line.next, ""))),
            }
        }
        let (Some(marker), Some(last)) = (self.marker(), old.last().and_then(|item| item.last())) else {
            return edits;
        };
        let style = last.text.get(marker.len()..).map_or("", quoted_only);
        let newline = self.target.text.newline();
        let is_open = last.end() == last.next;
        let mut with = String::new();
        for item in left {
            let item = quote::yaml(item, style, false);
            let parts = if is_open { [newline, marker, &item] } else { [marker, &item, newline] };
            parts.iter().for_each(|part| with.push_str(part));
        }
        edits.push(Edit::new(last.next..last.next, with));
        edits
    }

    /// What stands before the items below the key: `  - `.
    pub(super) fn marker(&self) -> Option<&'a str> {
        let first = *self.items().first()?.first()?;
        let dash = first.text.find('-')?;
        let after = first.text.get(dash + 1..)?;
        if after.is_empty() {
            return Some(ITEM);
        }
        first.text.get(..dash + 1 + after.len() - after.trim_start_matches(' ').len())
    }

    /// How another list of the file begins its items.
    fn neighbours_marker(&self) -> Option<&'a str> {
        let count = self.target.text.front_matter.entries().count();
        (0..count).find_map(|index| Found::of(self.target, index).ok()?.marker())
    }

    fn removed(&self) -> Vec<Edit> {
        let text = self.target.text;
        let end = lines(text.get(self.value.end..self.region.end), self.value.end).next();
        let mut edits = self.without_below();
        edits.push(Edit::new(self.region.start..end.map_or(self.region.end, |line| line.next), ""));
        edits
    }
}

/// The place of the colon behind a key that a text begins with.
fn colon(text: &str, key: &str) -> Option<Range<usize>> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let rest = quote.map_or(Some(text), |quote| text.strip_prefix(quote))?.strip_prefix(key)?;
    let rest = quote.map_or(Some(rest), |quote| rest.strip_prefix(quote))?.trim_start_matches([' ', '\t']);
    let sign = rest.chars().next().filter(|c| matches!(c, ':' | '：'))?;
    let start = text.len() - rest.len();
    Some(start..start + sign.len_utf8())
}

/// Where the comment begins in the line of a value. As the reader has it, `#` and a letter is a tag:
/// then all of the line is the value.
fn comment(line: &str) -> Option<usize> {
    let is_first = |at: usize| at == 0 || line.get(..at).is_some_and(|before| before.ends_with([' ', '\t']));
    let at = line.char_indices().find(|(at, c)| *c == '#' && is_first(*at)).map(|(at, _)| at)?;
    (!line.get(at + 1..).is_some_and(is_tag)).then_some(at)
}

fn is_tag(after_sign: &str) -> bool {
    after_sign.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// A value when it is in quotes: the style that another one takes over.
fn quoted_only(raw: &str) -> &str {
    if Style::of(raw) == Style::Plain { "" } else { raw }
}
