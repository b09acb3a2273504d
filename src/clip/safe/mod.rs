//! The one door for markup: an allow-listed tree that nothing but this folder can make.
//!
//! What comes in is Markdown's structure and the tokens of raw HTML; what goes out is HTML that
//! every parser reads as the very same tree. So the tree keeps to the content model of the WHATWG
//! standard where a parser would otherwise mend: no block in a `<p>`, no `<a>` in an `<a>`,
//! nothing but rows in a table. There are no raw-text elements, no SVG, no styles, no
//! handlers, no MathML but what [`mathml`] makes of formulas of TeX, never more than [`MAX_DEPTH`] levels, and no element that a browser would lay out for
//! seconds ([`parts`]).

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

pub mod mathml;
mod parts;
mod rows;
mod tags;
mod url;

pub use parts::{Excess, MAX_INLINE_DEPTH};
use parts::{Next, Parts};
pub use tags::{Tag, is_dropped_whole};
pub use url::{Link, Picture, encode, link, picture};

/// The most levels of elements. Browsers hang at a few thousand.
pub const MAX_DEPTH: usize = 100;

/// An attribute: a name of ours and any value.
pub type Attribute<'a> = (&'static str, Cow<'a, str>);

/// A tree, written as HTML. Only [`Builder::finish`] makes one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeTree {
    html: String,
    /// How much stood before that and was taken already, in bytes: places are counted from the very beginning.
    taken: usize,
    /// Where its outermost elements and texts end.
    ends: VecDeque<usize>,
}

/// Names an element that Markdown opened, so that exactly that one is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handle(u64);

#[derive(Debug, Clone)]
struct Open {
    tag: Tag,
    /// Set for elements of Markdown, which raw HTML can't close.
    handle: Option<Handle>,
    /// Set when the element was not made (too deep, a link in a link): its content was.
    ghost: bool,
    /// Its start, as it stands in the HTML.
    written: Range<usize>,
    /// Of a list, the number of its first item, and how many it has.
    first: u64,
    items: u64,
}

/// What was written last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Other,
    Text,
    /// The start of a `<pre>`.
    Pre,
}

/// Builds a tree; every call leaves it well-formed.
#[derive(Debug, Default)]
pub struct Builder {
    tree: SafeTree,
    open: Vec<Open>,
    /// How many of those were made.
    depth: usize,
    /// What was written last.
    last: Last,
    handles: u64,
    parts: Parts,
    excess: Excess,
}

impl Builder {
    /// Opens an element of Markdown.
    pub fn open(&mut self, tag: Tag, attributes: &[Attribute<'_>]) -> Handle {
        self.handles += 1;
        let handle = Handle(self.handles);
        self.push(tag, attributes, Some(handle));
        handle
    }

    /// Closes an element of Markdown and whatever raw HTML left open in it. One that raw HTML
    /// closed already, as a block closes a paragraph, stays closed.
    pub fn close(&mut self, handle: Handle) {
        if let Some(at) = self.open.iter().rposition(|o| o.handle == Some(handle)) {
            self.pop_to(at);
        }
    }

    /// Opens an element of raw HTML.
    pub fn open_raw(&mut self, tag: Tag, attributes: &[Attribute<'_>]) {
        self.push(tag, attributes, None);
    }

    /// Closes the nearest element of raw HTML with that tag, unless one of Markdown or a table's
    /// cell stands between.
    pub fn close_raw(&mut self, tag: Tag) {
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.handle.is_some() {
                return;
            }
            if open.tag == tag {
                return self.pop_to(at);
            }
            if open.tag.is_cell() && !tag.is_table_part() {
                return;
            }
        }
    }

    /// Adds an element that has no content.
    pub fn void(&mut self, tag: Tag, attributes: &[Attribute<'_>]) {
        self.make_room_for(tag);
        self.part(Next::of(tag));
        self.write_start(tag, attributes);
        self.end_if_outermost();
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            self.part(Next::Line);
            self.break_run();
            let (now, later) = rest.split_at_checked(self.fitting(rest)).unwrap_or((rest, ""));
            self.text_of_part(now);
            rest = later;
        }
    }

    fn text_of_part(&mut self, text: &str) {
        if self.current().is_some_and(Tag::holds_only_rows) {
            if text.trim().is_empty() {
                return;
            }
            self.open_cell();
        }
        match self.last {
            // A parser drops the first line break in a `<pre>`.
            Last::Pre if text.starts_with('\n') => self.tree.html.push('\n'),
            Last::Text if self.depth == 0 => {
                self.tree.ends.pop_back();
                self.parts.piece = self.tree.ends.back().copied().unwrap_or(self.tree.taken);
            }
            _ => {}
        }
        escape(text, &mut self.tree.html);
        self.last = Last::Text;
        self.end_if_outermost();
    }

    /// How many elements are open, to return to with [`Builder::close_down_to`].
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes whatever was opened since.
    pub fn close_down_to(&mut self, depth: usize) {
        self.pop_to(depth);
    }

    /// What was beyond a bound.
    #[must_use]
    pub fn excess(&self) -> Excess {
        self.excess
    }

    /// Takes over a finished tree as content of what is open.
    pub fn append(&mut self, tree: SafeTree) {
        let mut from = 0;
        for end in tree.ends {
            self.part(Next::Block);
            self.tree.html.push_str(tree.html.get(from..end).unwrap_or_default());
            from = end;
            self.last = Last::Other;
            self.parts.block = self.tree.written();
            self.end_if_outermost();
        }
    }

    /// Takes whole outermost elements of at least so many bytes from the beginning, once something stands behind them.
    #[must_use]
    pub fn take_chunk(&mut self, bytes: usize) -> Option<String> {
        // A text goes on in the one before it.
        self.tree.take(bytes, self.tree.ends.len().saturating_sub(1))
    }

    /// The finished tree.
    #[must_use]
    pub fn finish(mut self) -> SafeTree {
        self.pop_to(0);
        self.tree
    }

    fn current(&self) -> Option<Tag> {
        self.open.iter().rev().find(|o| !o.ghost).map(|o| o.tag)
    }

    fn push(&mut self, tag: Tag, attributes: &[Attribute<'_>], handle: Option<Handle>) {
        self.make_room_for(tag);
        let too_deep = self.open.len() >= MAX_DEPTH;
        self.excess.deep |= too_deep;
        let deep_in_line = tag.is_in_line() && self.parts.in_line >= MAX_INLINE_DEPTH;
        self.excess.deep_in_line |= deep_in_line;
        let link_in_link = tag == Tag::A && self.open.iter().any(|o| o.tag == Tag::A && !o.ghost);
        // Elsewhere a parser would close whatever paragraph it stands in.
        let lost_ruby = matches!(tag, Tag::Rt | Tag::Rp) && self.current() != Some(Tag::Ruby);
        let ghost = too_deep || deep_in_line || link_in_link || lost_ruby;
        if !ghost {
            self.part(Next::of(tag));
            if tag == Tag::Li
                && let Some(list) = self.open.iter_mut().rfind(|o| !o.ghost)
            {
                list.items += 1;
            }
            return self.start(tag, attributes, handle);
        }
        // Far too deep, not even the ghost is kept, so that every call takes bounded time.
        if self.open.len() < 2 * MAX_DEPTH {
            let written = self.tree.written()..self.tree.written();
            self.open.push(Open { tag, handle, ghost, written, first: 0, items: 0 });
        }
    }

    /// Closes and opens what a parser would close and open before such an element.
    fn make_room_for(&mut self, tag: Tag) {
        if tag.is_table_part() {
            return self.make_room_for_table_part(tag);
        }
        if self.current().is_some_and(Tag::holds_only_rows) {
            self.open_cell();
        }
        if tag.closes_paragraph() {
            self.close_within(|t| t == Tag::P, Tag::is_paragraph_scope);
        }
        if tag.is_heading() && self.current().is_some_and(Tag::is_heading) {
            self.pop_current();
        }
        match tag {
            Tag::Li => self.close_within(|t| t == Tag::Li, Tag::is_list_scope),
            Tag::Dt | Tag::Dd => self.close_within(|t| matches!(t, Tag::Dt | Tag::Dd), Tag::is_list_scope),
            Tag::Rt | Tag::Rp => self.close_within(|t| matches!(t, Tag::Rt | Tag::Rp), |t| t == Tag::Ruby),
            _ => {}
        }
    }

    /// Closes the nearest element that matches, unless one that bounds the search stands between.
    fn close_within(&mut self, matches: impl Fn(Tag) -> bool, bounds: impl Fn(Tag) -> bool) {
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.ghost {
                continue;
            }
            if matches(open.tag) {
                return self.pop_to(at);
            }
            if bounds(open.tag) {
                return;
            }
        }
    }

    fn pop_current(&mut self) {
        if let Some(at) = self.open.iter().rposition(|o| !o.ghost) {
            self.pop_to(at);
        }
    }

    fn pop_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(Open { tag, ghost: false, .. }) = self.open.pop() {
                self.end(tag);
            }
        }
    }

    fn start(&mut self, tag: Tag, attributes: &[Attribute<'_>], handle: Option<Handle>) {
        let start = self.tree.written();
        self.write_start(tag, attributes);
        self.depth += 1;
        self.parts.in_line += usize::from(tag.is_in_line());
        let first = attributes.iter().find(|(name, _)| *name == "start").and_then(|(_, value)| value.parse().ok());
        let written = start..self.tree.written();
        self.open.push(Open { tag, handle, ghost: false, written, first: first.unwrap_or(1), items: 0 });
    }

    fn write_start(&mut self, tag: Tag, attributes: &[Attribute<'_>]) {
        let html = &mut self.tree.html;
        html.push('<');
        html.push_str(tag.name());
        for (name, value) in attributes {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value, html);
            html.push('"');
        }
        html.push('>');
        self.last = if tag == Tag::Pre { Last::Pre } else { Last::Other };
        self.parts.cells += usize::from(tag.is_cell());
        if !tag.is_in_line() {
            self.parts.block = self.tree.written();
            self.parts.run = 0;
        }
    }

    fn end(&mut self, tag: Tag) {
        let html = &mut self.tree.html;
        html.push_str("</");
        html.push_str(tag.name());
        html.push('>');
        self.last = Last::Other;
        self.depth = self.depth.saturating_sub(1);
        if tag.is_in_line() {
            self.parts.in_line = self.parts.in_line.saturating_sub(1);
        } else {
            self.parts.block = self.tree.written();
        }
        self.end_if_outermost();
    }

    fn end_if_outermost(&mut self) {
        if self.depth == 0 {
            self.parts.piece = self.tree.written();
            self.parts.cells = 0;
            self.tree.ends.push_back(self.parts.piece);
        }
    }
}

impl SafeTree {
    /// Where the next thing will stand.
    fn written(&self) -> usize {
        self.taken + self.html.len()
    }

    /// What stands in that place, unless it was taken already.
    fn at(&self, place: Range<usize>) -> &str {
        let range = place.start.checked_sub(self.taken).zip(place.end.checked_sub(self.taken));
        range.and_then(|(start, end)| self.html.get(start..end)).unwrap_or_default()
    }

    /// Takes whole outermost elements of at least so many bytes from the beginning, or `None` while there are not so
    /// many. `ends` is how many of the ends are final.
    fn take(&mut self, bytes: usize, ends: usize) -> Option<String> {
        let is_enough = |end: &usize| end - self.taken >= bytes;
        self.ends.get(ends.checked_sub(1)?).filter(|last| is_enough(last))?;
        let at = self.ends.iter().position(is_enough)?;
        let end = self.ends.drain(..=at).next_back()?;
        let rest = self.html.split_off(end - self.taken);
        self.taken = end;
        Some(std::mem::replace(&mut self.html, rest))
    }

    /// Takes a chunk of at least so many bytes as long as there are so many, and in the end what is left.
    #[must_use]
    pub fn take_chunk(&mut self, bytes: usize) -> Option<String> {
        let chunk = self.take(bytes, self.ends.len()).unwrap_or_else(|| std::mem::take(&mut self.html));
        Some(chunk).filter(|chunk| !chunk.is_empty())
    }
}

/// Writes text so that a parser reads it back, in content and in quoted values alike. NUL and
/// lone carriage returns, which parsers change, are written as what they would become.
pub(crate) fn escape(text: &str, html: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        // Most bytes are those of letters, which stand above all that is special.
        if byte > b'>' {
            continue;
        }
        let special = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\0' => "\u{FFFD}",
            b'\r' => "\n",
            _ => continue,
        };
        html.push_str(text.get(from..at).unwrap_or_default());
        html.push_str(special);
        from = at + 1;
    }
    html.push_str(text.get(from..).unwrap_or_default());
}
