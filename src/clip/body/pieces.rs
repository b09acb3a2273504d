//! What the tokeniser of raw HTML tells, kept as the few pieces that the safe tree is made of.
//!
//! The tokeniser is the library's; this only listens to it, and to nothing that the tree has no use
//! for: comments, doctypes and errors. The library's own listener keeps all of it, at the price of
//! 100 kB of program. The reader is our own for the same reason: the library's is written into each
//! of its 80 states, search by machine words and all.

use std::collections::VecDeque;
use std::convert::Infallible;

use html5gum::emitters::naive_next_state;
use html5gum::{Emitter, Error, Reader, State, Tokenizer};

/// One piece of HTML.
#[derive(Debug)]
pub enum Piece {
    /// The start of an element.
    Start(StartTag),
    /// The end of the element of that name, in lower case.
    End(String),
    /// Text, its character references decoded.
    Text(String),
}

/// The start of an element.
#[derive(Debug)]
pub struct StartTag {
    /// Its name, in lower case.
    pub name: String,
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
}

impl StartTag {
    /// The value of an attribute; of two with one name the first counts, as the standard says.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(own, _)| own == name.as_bytes())?;
        Some(text_of(&found.1))
    }
}

/// Cuts HTML into pieces.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece> {
    Tokenizer::new_with_emitter(Bytes(html.as_bytes()), Listener::default()).map(|piece| match piece {
        Ok(piece) => piece,
        Err(never) => match never {},
    })
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl Reader for Bytes<'_> {
    type Error = Infallible;

    #[inline(never)]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        Ok(self.0.split_off_first().copied())
    }

    #[inline(never)]
    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        let Some((found, rest)) = self.0.split_at_checked(wanted.len()) else {
            return Ok(false);
        };
        let same = if case_sensitive { found == wanted } else { found.eq_ignore_ascii_case(wanted) };
        if same {
            self.0 = rest;
        }
        Ok(same)
    }

    #[inline(never)]
    fn read_until<'b>(&'b mut self, needle: &[u8], _: &'b mut [u8; 4]) -> Result<Option<&'b [u8]>, Infallible> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let at = self.0.iter().position(|byte| needle.contains(byte)).unwrap_or(self.0.len());
        Ok(self.0.split_off(..at.max(1)))
    }
}

#[derive(Debug, Default)]
struct Listener {
    ready: VecDeque<Piece>,
    text: Vec<u8>,
    /// The tag that is being read.
    name: Vec<u8>,
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
    is_end: bool,
    last_start: Vec<u8>,
}

impl Listener {
    #[inline(never)]
    fn begin(&mut self, is_end: bool) {
        self.name.clear();
        self.attributes.clear();
        self.is_end = is_end;
    }

    #[inline(never)]
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.ready.push_back(Piece::Text(text_of(&self.text)));
            self.text.clear();
        }
    }
}

impl Emitter for Listener {
    type Token = Piece;

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Piece> {
        self.ready.pop_front()
    }

    #[inline(never)]
    fn emit_string(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
    }

    fn init_start_tag(&mut self) {
        self.begin(false);
    }

    fn init_end_tag(&mut self) {
        self.begin(true);
    }

    #[inline(never)]
    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        let name = text_of(&self.name);
        if self.is_end {
            self.ready.push_back(Piece::End(name));
            return None;
        }
        self.last_start.clone_from(&self.name);
        let attributes = std::mem::take(&mut self.attributes);
        self.ready.push_back(Piece::Start(StartTag { name, attributes }));
        naive_next_state(&self.name)
    }

    #[inline(never)]
    fn push_tag_name(&mut self, text: &[u8]) {
        self.name.extend_from_slice(text);
    }

    #[inline(never)]
    fn init_attribute(&mut self) {
        self.attributes.push(Default::default());
    }

    #[inline(never)]
    fn push_attribute_name(&mut self, text: &[u8]) {
        if let Some((name, _)) = self.attributes.last_mut() {
            name.extend_from_slice(text);
        }
    }

    #[inline(never)]
    fn push_attribute_value(&mut self, text: &[u8]) {
        if let Some((_, value)) = self.attributes.last_mut() {
            value.extend_from_slice(text);
        }
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.last_start.is_empty() && self.name == self.last_start
    }

    fn init_comment(&mut self) {
        self.end_text();
    }

    fn init_doctype(&mut self) {
        self.end_text();
    }

    fn set_self_closing(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_comment(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn emit_current_doctype(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
