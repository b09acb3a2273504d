//! Finds the forms of one line that CommonMark leaves as text: links to notes, formulas, comments,
//! notes within the line, names of blocks, pictures with spaces in their address.
//!
//! One walk over the inline content of each leaf block, never into code, raw HTML or addresses.
//! Every form is looked for no further than its line or its block, and what was not found once is
//! not looked for again, so the walk is linear.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Placed;
use super::edit::Edit;
use super::{address, math, wiki};
use crate::repair::{Leaf, leaves};

/// What was found in a body.
#[derive(Debug, Default)]
pub struct Found {
    /// The forms, each with what it becomes.
    pub edits: Vec<Edit<'static>>,
    /// The notes within lines: the name of each, and the bytes of its text.
    pub notes: Vec<(String, Range<usize>)>,
}

/// Finds the forms in a text with those events.
pub fn find(text: &str, events: &[Placed<'_>]) -> Found {
    let mut found = Found::default();
    for leaf in leaves(events, &is_wanted) {
        Scan { text, leaf: &leaf, closed: 0, nothing_until: [0; 4], found: &mut found }.run();
    }
    found
}

/// Whether a sign of one of the forms stands in a text.
fn is_wanted(words: &str, _: &Range<usize>) -> bool {
    words.bytes().any(|b| matches!(b, b'[' | b']' | b'$' | b'%' | b'^' | b'('))
}

/// Marks of which there is no second one in the rest of the block.
#[derive(Debug, Clone, Copy)]
enum Seldom {
    Comment,
    DisplayMath,
    Bracketed,
    Parenthesised,
}

struct Scan<'t, 'f> {
    text: &'t str,
    leaf: &'t Leaf,
    /// How many closed ranges are passed.
    closed: usize,
    nothing_until: [usize; 4],
    found: &'f mut Found,
}

impl<'t> Scan<'t, '_> {
    fn run(&mut self) {
        self.block_id();
        let mut at = self.leaf.start(self.text);
        while at < self.leaf.range.end {
            while self.leaf.closed.get(self.closed).is_some_and(|c| c.end <= at) {
                self.closed += 1;
            }
            if let Some(range) = self.leaf.closed.get(self.closed).filter(|c| c.start <= at) {
                at = range.end;
                continue;
            }
            let step = match self.byte(at) {
                Some(b'\\') => self.backslash(at).or(Some(at + 2)),
                Some(b'!') if self.byte(at + 1) == Some(b'[') => self.link(at, at + 1).or(Some(at + 2)),
                Some(b'[') => self.link(at, at),
                Some(b'$') => self.dollar(at),
                Some(b'%') if self.byte(at + 1) == Some(b'%') => self.comment(at),
                Some(b'^') if self.byte(at + 1) == Some(b'[') => self.note(at),
                _ => None,
            };
            at = step.unwrap_or(at + 1);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The rest of the block from an offset.
    fn rest(&self, from: usize) -> &'t str {
        self.text.get(from..self.leaf.range.end).unwrap_or_default()
    }

    /// Whether neither code, raw HTML nor an address stands in a range after the place of the walk.
    fn is_free(&self, range: &Range<usize>) -> bool {
        self.leaf.closed.get(self.closed).is_none_or(|c| c.start >= range.end)
    }

    fn put(&mut self, range: Range<usize>, with: Vec<Event<'static>>) -> usize {
        let end = range.end;
        self.found.edits.push(Edit { range, with });
        end
    }

    /// A link to a note, or a link with an address that CommonMark refuses.
    fn link(&mut self, start: usize, bracket: usize) -> Option<usize> {
        let is_picture = bracket > start;
        let opened_before = bracket.checked_sub(1).and_then(|b| self.byte(b)) == Some(b'[');
        if let Some(length) = wiki::length(self.rest(bracket)).filter(|_| !opened_before) {
            let range = start..bracket + length;
            if self.is_free(&range) {
                let inner = self.text.get(bracket + 2..range.end - 2).unwrap_or_default();
                return Some(self.put(range, wiki::events(inner, is_picture)));
            }
        }
        let found = address::at(self.rest(bracket), is_picture)?;
        let range = start..bracket + found.length;
        // The brackets of a link that CommonMark does know end in a closed range.
        let words = start..bracket + found.words.len() + 3;
        (self.is_free(&words)).then(|| self.put(range, found.events(is_picture)))
    }

    fn dollar(&mut self, at: usize) -> Option<usize> {
        if self.byte(at + 1) == Some(b'$') {
            let end = self.closing(at + 2, "$$", Seldom::DisplayMath)?;
            let range = at..end + 2;
            let source = self.text.get(at + 2..end).filter(|s| !s.trim().is_empty())?;
            let event = math::display(source);
            return self.is_free(&range).then(|| self.put(range, vec![event]));
        }
        // `US$` and `gd$entry` are names.
        if at.checked_sub(1).and_then(|before| self.byte(before)).is_some_and(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        let length = math::inline_length(self.rest(at))?;
        let range = at..at + length;
        let source = self.text.get(at + 1..range.end - 1)?;
        let event = math::inline(source);
        self.is_free(&range).then(|| self.put(range, vec![event]))
    }

    /// TeX's own `\(…\)` and `\[…\]`.
    fn backslash(&mut self, at: usize) -> Option<usize> {
        let (close, seldom) = match self.byte(at + 1)? {
            b'(' => ("\\)", Seldom::Parenthesised),
            b'[' => ("\\]", Seldom::Bracketed),
            _ => return None,
        };
        let end = self.closing(at + 2, close, seldom)?;
        let range = at..end + 2;
        let source = self.text.get(at + 2..end)?;
        let event = match seldom {
            Seldom::Parenthesised if math::is_formula(source) => math::inline(source),
            // Clippers put a backslash before every bracket of the page.
            Seldom::Bracketed if math::has_command(source) => math::display(source),
            _ => return None,
        };
        self.is_free(&range).then(|| self.put(range, vec![event]))
    }

    /// Where the mark that closes comes next in the block.
    fn closing(&mut self, from: usize, mark: &str, seldom: Seldom) -> Option<usize> {
        let end = self.leaf.range.end;
        let nothing_until = self.nothing_until.get(seldom as usize).copied().unwrap_or_default();
        // TeX's own marks may come in numbers and be none, so they are looked for nearby.
        let most = if matches!(seldom, Seldom::Bracketed | Seldom::Parenthesised) { 2000 } else { usize::MAX };
        let bytes = self.rest(from).as_bytes();
        let near = bytes.get(..most.min(bytes.len())).unwrap_or_default();
        let found = if from < nothing_until {
            None
        } else {
            near.windows(mark.len()).position(|w| w == mark.as_bytes()).map(|at| from + at)
        };
        if found.is_none()
            && near.len() == bytes.len()
            && let Some(until) = self.nothing_until.get_mut(seldom as usize)
        {
            *until = end;
        }
        found
    }

    fn comment(&mut self, at: usize) -> Option<usize> {
        let before = self.text.get(..at).and_then(|b| b.chars().next_back());
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '%') || self.byte(at + 2) == Some(b'%') {
            return None;
        }
        let end = self.closing(at + 2, "%%", Seldom::Comment)?;
        Some(self.put(at..end + 2, Vec::new()))
    }

    /// `^[a note]`.
    fn note(&mut self, at: usize) -> Option<usize> {
        let length = note_length(self.rest(at + 1))?;
        let inner = at + 2..at + length;
        let words = self.text.get(inner.clone())?;
        if words.trim().is_empty() || words.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // No footnote of the clip itself can have a bracket in its name.
        let name = format!("]{}", self.found.notes.len() + 1);
        self.found.notes.push((name.clone(), inner));
        Some(self.put(at..at + length + 1, vec![Event::FootnoteReference(name.into())]))
    }

    /// ` ^name` at the end of a block: others can link to it.
    fn block_id(&mut self) {
        let end = self.leaf.range.end;
        let content = self.rest(self.leaf.range.start).trim_end();
        let id_length = content.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let Some((before, id)) = content.split_at_checked(content.len() - id_length) else { return };
        let named = id.len() >= 2 && id.bytes().any(|b| b.is_ascii_alphabetic()) || id.len() >= 6;
        let Some(before) = before.strip_suffix('^').filter(|_| named) else { return };
        let kept = before.trim_end_matches(|c: char| c.is_whitespace() || c == '>');
        if before.len() == kept.len() && !before.is_empty() {
            return;
        }
        let range = self.leaf.range.start + kept.len()..end;
        let mark = if kept.is_empty() {
            Vec::new()
        } else {
            vec![Event::InlineHtml(format!("<span id=\"^{id}\">").into()), Event::InlineHtml("</span>".into())]
        };
        let closed = self.leaf.closed.last().is_some_and(|c| c.end > range.start);
        if !closed {
            self.put(range, mark);
        }
    }
}

/// The length of `[…]` at the beginning of a text, brackets within it paired; a second note in it
/// or a line break ends the search.
fn note_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' if before == b'^' && at > 0 => return None,
            b'[' => depth += 1,
            b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'\n' => return None,
            _ => {}
        }
        before = byte;
    }
    None
}
