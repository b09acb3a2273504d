//! TOML between `+++` lines (Hugo): the part of TOML 1.0 that front matter uses.
//!
//! Keys, quoted and literal strings on one line or over several, numbers, dates, lists, inline
//! tables, and `[tables]`, which become one entry each. A line that is none of these is kept as
//! text and told; nothing stops the reading.

use std::ops::Range;

use super::problem::{Problems, Reason};
use super::yaml::Groups;
use super::{Entry, Group, Value, limits, typed};
use crate::Source;
use crate::source::lines;

/// Deepest nesting of lists and inline tables.
const DEPTH: usize = 16;

/// Reads the block whose content is `content`.
pub(super) fn read(source: &Source, content: Range<usize>, problems: &mut Problems<'_>) -> Vec<Group> {
    let text = source.text.get(content.clone()).unwrap_or("");
    let mut groups = Groups::default();
    let mut table: Option<Entry> = None;
    let mut skip_to = 0;
    let mut count = 0;
    for line in lines(text, content.start) {
        if line.start < skip_to || line.is_blank() || count >= limits::ENTRIES {
            continue;
        }
        let trimmed = line.text.trim();
        if let Some(label) = trimmed.strip_prefix('#') {
            if table.is_none() {
                groups.label(label.trim_matches(['#', ' ']));
            }
            continue;
        }
        count += 1;
        if let Some(name) = table_name(trimmed) {
            if let Some(done) = table.take() {
                groups.push(done, problems);
            }
            table = Some(Entry {
                key: name.to_owned(),
                value: Value::Map(Vec::new()),
                span: source.span(line.start..line.end()),
                raw: false,
            });
            continue;
        }
        let (entry, end) = assignment(source, line.start, line.end(), content.end, problems);
        skip_to = end;
        match &mut table {
            Some(Entry { value: Value::Map(pairs), span, .. }) => {
                span.end = entry.span.end;
                pairs.push((entry.key, entry.value));
            }
            _ => groups.push(entry, problems),
        }
    }
    if let Some(done) = table {
        groups.push(done, problems);
    }
    if count >= limits::ENTRIES {
        problems.too_many_keys(content);
    }
    groups.0
}

fn table_name(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    let name = inner.trim_matches(['[', ']', ' ', '"', '\'']);
    (!name.is_empty() && !name.contains(',')).then_some(name)
}

/// Reads `key = value` from the line at `start`; returns where the value ends.
fn assignment(
    source: &Source,
    start: usize,
    line_end: usize,
    end: usize,
    problems: &mut Problems<'_>,
) -> (Entry, usize) {
    let line = source.text.get(start..line_end).unwrap_or("");
    let Some((key, _)) = line.split_once('=') else {
        let reason = Reason::new(start, "This line is no `key = value`.", "Give it a key and a value.");
        problems.bad_line(&reason, line_end);
        let entry =
            Entry { key: String::new(), value: typed::text(line), span: source.span(start..line_end), raw: true };
        return (entry, line_end);
    };
    let value_at = start + key.len() + 1;
    let mut reader = Reader { text: source.text.get(value_at..end).unwrap_or(""), at: 0 };
    let parsed = reader.value(0).filter(|_| reader.line_is_over());
    let key = key.trim().trim_matches(['"', '\'']).to_owned();
    let (value, value_end, raw) = match parsed {
        Some(value) => (value, value_at + reader.at, false),
        None => {
            let reason = Reason::new(value_at, "TOML cannot read this value.", "Put text in double quotes.");
            problems.bad_line(&reason, line_end);
            let text = source.text.get(value_at..line_end).unwrap_or("").trim();
            (typed::text(text.trim_matches('"')), line_end, true)
        }
    };
    let entry = Entry { key, value, span: source.span(start..value_end), raw };
    (entry, value_end)
}

/// Reads values from the front of a text.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// White space, line ends and comments, as they may stand inside lists.
    fn gaps(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if !self.rest().starts_with('#') {
                return;
            }
            let rest = self.rest();
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        let there = self.rest().starts_with(token);
        self.at += if there { token.len() } else { 0 };
        there
    }

    fn line_is_over(&mut self) -> bool {
        self.spaces();
        let rest = self.rest();
        rest.is_empty() || rest.starts_with(['\n', '\r', '#'])
    }

    fn until(&mut self, close: &str) -> Option<&'a str> {
        let rest = self.rest();
        let length = rest.find(close)?;
        self.at += length + close.len();
        rest.get(..length)
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.spaces();
        if depth > DEPTH {
            return None;
        }
        if self.eat("\"\"\"") {
            return Some(typed::text(self.until("\"\"\"")?.trim_start_matches(['\n', '\r'])));
        }
        if self.eat("'''") {
            return Some(typed::text(self.until("'''")?.trim_start_matches(['\n', '\r'])));
        }
        if self.eat("'") {
            return Some(typed::text(self.until("'").filter(|s| !s.contains('\n'))?));
        }
        if self.eat("\"") {
            return self.string();
        }
        if self.eat("[") {
            return self.list(depth);
        }
        if self.eat("{") {
            return self.table(depth);
        }
        let rest = self.rest();
        let length = rest.find([',', ']', '}', '\n', '\r', '#']).unwrap_or(rest.len());
        let word = rest.get(..length)?.trim_end();
        self.at += length;
        let plain = typed::plain(&word.replace('_', ""));
        match plain {
            Value::Number(_) => Some(Value::Number(word.to_owned())),
            Value::Bool(_) | Value::Date(_) => Some(plain),
            _ => None,
        }
    }

    /// The inside of a quoted string, its escapes read.
    fn string(&mut self) -> Option<Value> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += at + 1;
                    return Some(typed::text(&text));
                }
                '\n' => return None,
                '\\' => match chars.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    length @ ('u' | 'U') => {
                        let digits = if length == 'u' { 4 } else { 8 };
                        let mut code = 0;
                        for _ in 0..digits {
                            code = code * 16 + chars.next()?.1.to_digit(16)?;
                        }
                        text.push(char::from_u32(code)?);
                    }
                    other => text.push(other),
                },
                other => text.push(other),
            }
        }
        None
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        loop {
            self.gaps();
            if self.eat("]") {
                break;
            }
            items.push(self.value(depth + 1)?);
            self.gaps();
            if !self.eat(",") && !self.rest().starts_with(']') {
                return None;
            }
            if items.len() > limits::ITEMS {
                return None;
            }
        }
        Some(if items.is_empty() { Value::Empty } else { Value::List(items) })
    }

    fn table(&mut self, depth: usize) -> Option<Value> {
        let mut pairs = Vec::new();
        loop {
            self.gaps();
            if self.eat("}") {
                break;
            }
            let key = self.until("=")?.trim().trim_matches(['"', '\'']).to_owned();
            pairs.push((key, self.value(depth + 1)?));
            self.gaps();
            if !self.eat(",") && !self.rest().starts_with('}') {
                return None;
            }
            if pairs.len() > limits::ITEMS {
                return None;
            }
        }
        Some(Value::Map(pairs))
    }
}
