//! One line of Markdown as a reader sees it: marks off, pictures out, links apart.
//!
//! Only for short lines above and below an article; the article itself is read by
//! [`crate::markdown`]. Every function is linear in its text.

pub use crate::letters::{letters, one_line};

/// A link in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its words; those of a bare address are the address.
    pub text: String,
    /// Where it leads, as written.
    pub address: String,
    /// The words that show when one points at it.
    pub title: String,
}

#[derive(Debug, Default)]
struct Reader<'a> {
    rest: &'a str,
    text: String,
    links: Vec<Link>,
    /// Where the words of open brackets begin, and whether they are a picture's.
    open: Vec<(usize, bool)>,
    /// No address is closed from here on.
    no_close: bool,
}

/// Takes the marks off a line, and returns its words and its links.
#[must_use]
pub fn read(line: &str) -> (String, Vec<Link>) {
    let mut reader = Reader { rest: line, ..Reader::default() };
    while reader.step() {}
    (entities(&reader.text), reader.links)
}

impl<'a> Reader<'a> {
    fn step(&mut self) -> bool {
        let mut characters = self.rest.chars();
        let Some(first) = characters.next() else { return false };
        let after = characters.as_str();
        match first {
            '\\' => self.escaped(after),
            '!' if after.starts_with("[[") => {
                self.rest = after.split_once("]]").map_or("", |(_, rest)| rest);
            }
            '!' if after.starts_with('[') => {
                self.open.push((self.text.len(), true));
                self.rest = after.get(1..).unwrap_or("");
            }
            '[' if after.starts_with('[') => self.wikilink(after.get(1..).unwrap_or("")),
            '[' => {
                self.open.push((self.text.len(), false));
                self.rest = after;
            }
            ']' => self.close(after),
            '<' => self.angle(after),
            '*' | '`' => self.rest = after,
            '~' if after.starts_with('~') => self.rest = after.trim_start_matches('~'),
            '=' if after.starts_with('=') => self.rest = after.trim_start_matches('='),
            '_' if !self.is_inside_word(after) => self.rest = after,
            'h' if self.rest.starts_with("http://") || self.rest.starts_with("https://") => self.bare(),
            _ => {
                self.text.push(first);
                self.rest = after;
            }
        }
        true
    }

    fn escaped(&mut self, after: &'a str) {
        let mut characters = after.chars();
        match characters.next() {
            Some(c) if c.is_ascii_punctuation() => {
                self.text.push(c);
                self.rest = characters.as_str();
            }
            _ => self.rest = after,
        }
    }

    fn is_inside_word(&self, after: &str) -> bool {
        let before = self.text.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        before && after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    }

    /// `[[Note|label]]` shows its label.
    fn wikilink(&mut self, after: &'a str) {
        let Some((inner, rest)) = after.split_once("]]") else {
            self.rest = after;
            return;
        };
        self.text.push_str(inner.rsplit('|').next().unwrap_or(inner));
        self.rest = rest;
    }

    fn close(&mut self, after: &'a str) {
        self.rest = after;
        let Some((start, is_picture)) = self.open.pop() else { return };
        let target = after.strip_prefix('(').filter(|_| !self.no_close).and_then(target);
        let words = self.text.get(start..).unwrap_or("").trim().to_owned();
        match target {
            Some((address, title, rest)) => {
                self.rest = rest;
                if is_picture {
                    self.text.truncate(start);
                } else {
                    self.links.push(Link { text: entities(&words), address, title });
                }
            }
            None => self.no_close |= after.starts_with('('),
        }
    }

    /// `<https://…>` is a link, other tags are left out.
    fn angle(&mut self, after: &'a str) {
        let inner = after.split_once('>').filter(|(inner, _)| !inner.contains('<'));
        let Some((inner, rest)) = inner.filter(|(inner, _)| !inner.starts_with(' ')) else {
            self.text.push('<');
            self.rest = after;
            return;
        };
        if inner.starts_with("http") {
            self.text.push_str(inner);
            self.links.push(Link { text: inner.to_owned(), address: inner.to_owned(), title: String::new() });
        } else if inner.contains('@') && !inner.contains(' ') {
            // An address of e-mail stays, so that it can be told from a name.
            self.text.push('<');
            self.text.push_str(inner);
            self.text.push('>');
        } else if inner.eq_ignore_ascii_case("br") || inner.starts_with("br") {
            self.text.push(' ');
        }
        self.rest = rest;
    }

    fn bare(&mut self) {
        let end = self.rest.find(|c: char| {
            c.is_whitespace()
                || matches!(c, '<' | '>' | '"' | ')' | ']' | '）' | '，' | '。' | '」' | '】' | '、' | '；')
        });
        let (address, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let trimmed = address.trim_end_matches(['*', '_', '.', ',', ';', '~']);
        let address = trimmed.replace('\\', "");
        self.text.push_str(&address);
        // Inside a link's words it is no link of its own.
        if self.open.is_empty() {
            self.links.push(Link { text: address.clone(), address, title: String::new() });
        }
        self.rest = rest;
    }
}

/// What stands after `](`: the address, its title and the rest of the line.
fn target(after: &str) -> Option<(String, String, &str)> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in after.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            ')' if !quoted => {
                let inner = after.get(..at)?.trim();
                let rest = after.get(at + 1..)?;
                let (address, title) = inner.split_once(" \"").unwrap_or((inner, ""));
                let address = address.trim().trim_start_matches('<').trim_end_matches('>').replace('\\', "");
                return Some((address, title.trim_end_matches('"').to_owned(), rest));
            }
            _ => {}
        }
    }
    None
}

/// Character references as pages and feeds leave them: `&#39;`, `&#x2F;`, `&amp;`.
#[must_use]
pub fn entities(text: &str) -> String {
    const NAMED: [(&str, char); 12] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("mdash", '—'),
        ("hellip", '…'),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        clean.push_str(before);
        let end = after.char_indices().take(10).find(|(_, c)| *c == ';').map(|(at, _)| at);
        let name = end.and_then(|end| after.get(..end)).unwrap_or("");
        let decoded = match name.strip_prefix('#') {
            Some(number) => match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            }
            .and_then(char::from_u32)
            .filter(|c| !c.is_control()),
            None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
        };
        match decoded {
            Some(c) => {
                clean.push(c);
                rest = after.get(name.len() + 1..).unwrap_or("");
            }
            None => {
                clean.push('&');
                rest = after;
            }
        }
    }
    clean.push_str(rest);
    clean
}
