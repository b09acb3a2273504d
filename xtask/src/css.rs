//! Joins style sheets: `@import url("x.css") layer(y);` becomes `@layer y { …the file… }`.
//!
//! The page then loads one sheet instead of a chain of them, and each file stays in the cascade
//! layer that `style/main.css` gives it. Imports may nest; their paths are relative to the file
//! that names them, as in a browser. This reads only as much CSS as it must: strings, comments,
//! and the statements at the top of a file.
//!
//! Follows: CSS Cascading and Inheritance Level 5 (`@import`, `@layer`), CSS Syntax Level 3.

use std::path::{Path, PathBuf};

use crate::process::{self, Failure};

/// How deep imports may nest; deeper can only be a mistake.
const DEEPEST: usize = 16;

/// `main` with everything it imports, in order.
pub fn joined(main: &Path) -> Result<String, Failure> {
    let mut out = String::new();
    append(main, &mut vec![], &mut out)?;
    Ok(out)
}

fn append(path: &Path, open: &mut Vec<PathBuf>, out: &mut String) -> Result<(), Failure> {
    if open.iter().any(|other| other == path) || open.len() == DEEPEST {
        return Err(Failure::new(format!("{} imports itself by way of other style sheets.", path.display())));
    }
    let text = process::read(path)?;
    refuse_relative_addresses(path, &text)?;
    open.push(path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    for part in parts(&text) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Import(words) => {
                let import = Import::read(words).ok_or_else(|| {
                    Failure::new(format!(
                        "{}: `@import {words};` is not understood. Write it as \
                         @import url(\"file.css\") layer(name);",
                        path.display()
                    ))
                })?;
                let (before, after) = import.wrapping();
                out.push_str(&before);
                out.push('\n');
                append(&folder.join(import.file), open, out)?;
                out.push('\n');
                out.push_str(&after);
            }
        }
    }
    open.pop();
    Ok(())
}

/// A sheet is moved by joining, so an address relative to it would lead nowhere.
fn refuse_relative_addresses(path: &Path, text: &str) -> Result<(), Failure> {
    for (at, _) in text.match_indices("url(") {
        let (before, rest) = text.split_at(at);
        if before.trim_end().ends_with("@import") || inside_comment(before) {
            continue;
        }
        let address = rest.trim_start_matches("url(").trim_start();
        let address = address.trim_start_matches(['"', '\'']);
        if !address.starts_with("data:") && !address.starts_with('#') {
            return Err(Failure::new(format!(
                "{}:{}: only data: and # addresses work in a style sheet here, because the \
                 sheets are joined into one file somewhere else.",
                path.display(),
                before.lines().count().max(1)
            )));
        }
    }
    Ok(())
}

fn inside_comment(before: &str) -> bool {
    match (before.rfind("/*"), before.rfind("*/")) {
        (Some(opened), Some(closed)) => opened > closed,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// A sheet cut at its imports.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Text(&'a str),
    /// What stands between `@import` and its semicolon.
    Import(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = vec![];
    let mut taken = 0;
    let mut at = 0;
    // An import stands only before the first block, so the search ends there.
    while let Some(piece) = Piece::at(text, at) {
        let end = at + piece.len();
        match piece {
            Piece::Plain('{') => break,
            Piece::Plain('@') if starts_with(text, at, "@import") => {
                let words_from = at + "@import".len();
                let words_to = statement_end(text, words_from);
                push_text(&mut parts, text.get(taken..at));
                parts.push(Part::Import(text.get(words_from..words_to).unwrap_or_default().trim()));
                taken = (words_to + 1).min(text.len());
                at = taken;
                continue;
            }
            _ => {}
        }
        at = end;
    }
    push_text(&mut parts, text.get(taken..));
    parts
}

fn push_text<'a>(parts: &mut Vec<Part<'a>>, text: Option<&'a str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        parts.push(Part::Text(text));
    }
}

fn starts_with(text: &str, at: usize, word: &str) -> bool {
    text.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
}

/// Where the statement's semicolon stands, strings and comments aside.
fn statement_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(piece) = Piece::at(text, at) {
        if matches!(piece, Piece::Plain(';')) {
            return at;
        }
        at += piece.len();
    }
    text.len()
}

/// One import: `url("x.css") layer(y) supports(…) screen`.
#[derive(Debug, PartialEq)]
struct Import<'a> {
    file: &'a str,
    /// `None`: no layer. `Some("")`: a layer without a name.
    layer: Option<&'a str>,
    supports: Option<&'a str>,
    media: &'a str,
}

impl<'a> Import<'a> {
    fn read(words: &'a str) -> Option<Self> {
        let (file, rest) = match bracketed(words, "url") {
            Some((inside, rest)) => (unquoted(inside.trim()), rest),
            None => {
                let quote = words.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                words.get(1..)?.split_once(quote)?
            }
        };
        let rest = rest.trim_start();
        let (layer, rest) = match bracketed(rest, "layer") {
            Some((name, rest)) => (Some(name.trim()), rest),
            None => match rest.strip_prefix("layer") {
                Some(after) if !after.starts_with(is_name) => (Some(""), after),
                _ => (None, rest),
            },
        };
        let (supports, rest) = match bracketed(rest.trim_start(), "supports") {
            Some((condition, rest)) => (Some(condition.trim()), rest),
            None => (None, rest),
        };
        let local = !file.is_empty() && !file.starts_with('/') && !file.contains(':');
        local.then_some(Self { file, layer, supports, media: rest.trim() })
    }

    /// What opens around the imported file, and what closes again.
    fn wrapping(&self) -> (String, String) {
        let mut before = String::new();
        let mut after = String::new();
        if !self.media.is_empty() {
            before.push_str(&format!("@media {} {{", self.media));
            after.push('}');
        }
        if let Some(condition) = self.supports {
            // In an import a bare declaration is allowed; in the rule it needs brackets.
            let condition = if condition.starts_with(['(', '!']) || condition.contains("(") {
                condition.to_owned()
            } else {
                format!("({condition})")
            };
            before.push_str(&format!("@supports {condition} {{"));
            after.push('}');
        }
        if let Some(name) = self.layer {
            let space = if name.is_empty() { "" } else { " " };
            before.push_str(&format!("@layer{space}{name} {{"));
            after.push('}');
        }
        (before, after)
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_')
}

/// `name( inside ) rest`, brackets counted.
fn bracketed<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let inside = text.strip_prefix(name)?.strip_prefix('(')?;
    let mut depth = 1_usize;
    let mut at = 0;
    while let Some(piece) = Piece::at(inside, at) {
        match piece {
            Piece::Plain('(') => depth += 1,
            Piece::Plain(')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((inside.get(..at)?, inside.get(at + 1..)?));
        }
        at += piece.len();
    }
    None
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

/// The smallest thing that must not be cut.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Comment(&'a str),
    /// A string, or an unquoted `url(…)`, whose inside is not CSS.
    Whole(&'a str),
    Plain(char),
}

impl<'a> Piece<'a> {
    fn at(text: &'a str, at: usize) -> Option<Self> {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        if rest.starts_with("/*") {
            let end = rest.get(2..)?.find("*/").map_or(rest.len(), |end| end + 4);
            return Some(Self::Comment(rest.get(..end)?));
        }
        if matches!(first, '"' | '\'') {
            return Some(Self::Whole(rest.get(..string_length(rest, first))?));
        }
        if let Some(inside) = rest.strip_prefix("url(")
            && !inside.trim_start().starts_with(['"', '\''])
        {
            let end = inside.find(')').map_or(rest.len(), |end| "url(".len() + end + 1);
            return Some(Self::Whole(rest.get(..end)?));
        }
        Some(Self::Plain(first))
    }

    fn len(&self) -> usize {
        match self {
            Self::Comment(text) | Self::Whole(text) => text.len(),
            Self::Plain(character) => character.len_utf8(),
        }
    }
}

/// The length of the string that `text` opens with, its quotes included.
fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            _ if character == quote => return at + character.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// The same sheet without comments and needless white space.
///
/// White space goes only where no CSS needs it: around `{`, `}`, `;` and `,`. It stays around
/// `:`, `+`, `-`, `>` and brackets, where taking it can change the meaning.
pub fn light(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut space = false;
    let mut comment = false;
    let mut at = 0;
    while let Some(piece) = Piece::at(css, at) {
        at += piece.len();
        match piece {
            Piece::Comment(_) => comment = true,
            Piece::Plain(character) if character.is_ascii_whitespace() => space = true,
            Piece::Whole(text) => {
                separate(&mut out, space, comment, text.chars().next());
                out.push_str(text);
                (space, comment) = (false, false);
            }
            Piece::Plain(character) => {
                separate(&mut out, space, comment, Some(character));
                out.push(character);
                (space, comment) = (false, false);
            }
        }
    }
    out
}

/// Writes what must stay between the last character and the next.
fn separate(out: &mut String, space: bool, comment: bool, next: Option<char>) {
    const TIGHT: &[char] = &['{', '}', ';', ','];
    let after_tight = out.is_empty() || out.ends_with(TIGHT);
    // `--empty: ;` keeps its space: older browsers refuse a custom property with no value at all.
    let before_tight = next.is_some_and(|next| TIGHT.contains(&next)) && !out.ends_with(':');
    if after_tight || before_tight {
        return;
    }
    if space {
        out.push(' ');
    } else if comment {
        // A comment between two words parts them without being white space.
        out.push_str("/**/");
    }
}

#[cfg(test)]
mod tests;
