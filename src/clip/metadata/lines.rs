//! The lines at the head and the tail of a body, where pages and clippers say what a clip is.
//!
//! What a line *means* is for [`super::labels`] and [`super::byline`].

use std::collections::VecDeque;

use super::inline::{self, Link};
use crate::blocks::{Block, Kind};
use crate::markdown::Document;
use crate::outline::width;
use crate::source::Line as SourceLine;

/// How many lines at the head may say what a clip is.
const HEAD: usize = 48;
/// How many lines at the tail may.
const TAIL: usize = 40;
/// How many lines of ordinary text end the head.
const HEAD_TEXTS: usize = 4;
/// A line this wide, in columns, is ordinary text.
const TEXT: usize = 110;
/// The most bytes of a line that are looked at.
const LONGEST: usize = 4_000;

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    None,
    /// `#` to `######`.
    Heading(u8),
    /// `>`.
    Quote,
    /// `-`, `*`, `+`.
    Item,
}

/// A line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 1-based line in the file.
    pub number: u32,
    /// What it begins with.
    pub mark: Mark,
    /// As the file has it, without the marks at its beginning.
    pub raw: String,
    /// Its words; runs of spaces are kept, as they part a name from an account.
    pub text: String,
    /// Its links.
    pub links: Vec<Link>,
}

impl Line {
    /// Its words with single spaces.
    #[must_use]
    pub fn words(&self) -> String {
        inline::one_line(&self.text)
    }

    /// Whether it is nothing but links.
    #[must_use]
    pub fn is_link(&self) -> bool {
        let linked: usize = self.links.iter().map(|l| inline::letters(&l.text).chars().count()).sum();
        linked > 0 && linked >= inline::letters(&self.text).chars().count()
    }
}

/// The lines that may say what a clip is.
#[derive(Debug, Default)]
pub struct Edges {
    /// Those before and among the first paragraphs.
    pub head: Vec<Line>,
    /// Those at the end that are not in the head.
    pub tail: Vec<Line>,
}

/// Reads the lines at both ends of a body; code is left out.
#[must_use]
pub fn edges(document: &Document<'_>, blocks: &[Block]) -> Edges {
    let mut code = blocks.iter().filter(|b| b.kind == Kind::Code).map(|b| b.span.clone()).peekable();
    let mut head: Vec<Line> = Vec::new();
    let mut last: VecDeque<SourceLine<'_>> = VecDeque::new();
    let mut texts = 0;
    for line in document.source.lines_from(document.body_start) {
        while code.next_if(|span| span.end <= line.start).is_some() {}
        if line.is_blank() || code.peek().is_some_and(|span| span.start <= line.start) {
            continue;
        }
        if head.len() < HEAD && texts < HEAD_TEXTS {
            let read = read(document, &line);
            texts += usize::from(read.links.is_empty() && width(&read.text) >= TEXT);
            head.push(read);
            continue;
        }
        if last.len() == TAIL {
            last.pop_front();
        }
        last.push_back(line);
    }
    let tail = last.iter().map(|line| read(document, line)).collect();
    Edges { head, tail }
}

fn read(document: &Document<'_>, line: &SourceLine<'_>) -> Line {
    let mut end = line.text.len().min(LONGEST);
    while !line.text.is_char_boundary(end) {
        end -= 1;
    }
    let (mark, raw) = marks(line.text.get(..end).unwrap_or(""));
    let (text, links) = inline::read(raw);
    Line { number: document.source.line(line.start), mark, raw: raw.to_owned(), text, links }
}

/// Takes off what a line begins with; the outermost mark counts.
fn marks(line: &str) -> (Mark, &str) {
    let mut mark = Mark::None;
    let mut rest = line.trim();
    for _ in 0..4 {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let (found, after) = if let Some(after) = rest.strip_prefix('>') {
            (Mark::Quote, after)
        } else if let Some(after) = ["- ", "* ", "+ "].iter().find_map(|bullet| rest.strip_prefix(bullet)) {
            (Mark::Item, after)
        } else if (1..=6).contains(&hashes) && rest.get(hashes..).is_some_and(|r| r.starts_with(' ')) {
            (Mark::Heading(u8::try_from(hashes).unwrap_or(6)), rest.get(hashes..).unwrap_or(""))
        } else {
            break;
        };
        if mark == Mark::None {
            mark = found;
        }
        rest = after.trim_start();
    }
    (mark, rest)
}
