//! How much of a clip a browser gets to lay out at once. A paragraph, a piece of code or a table has no
//! end of its own, and a browser lays out each as a whole while the page stands still: beyond a bound it
//! is parted. What is open is closed and opened again, so that the next part is an outermost element of
//! its own, which waits until it comes in sight. No letter is lost by it.

use super::{Builder, Last, Open, Tag};

/// The most elements within a line that stand in each other: emphasis, links, spans. Some browsers take
/// time that grows with each level for each line.
pub const MAX_INLINE_DEPTH: usize = 32;
/// Longest text of one block, in bytes of markup.
const LINE_BYTES: usize = 24 * 1024;
/// Longest code.
const CODE_BYTES: usize = 96 * 1024;
/// Longest run of blocks in one outermost element.
const BLOCK_BYTES: usize = 48 * 1024;
/// Longest part of a table, ended at a row; within a row it may be twice as long.
const TABLE_BYTES: usize = 192 * 1024;
/// Most cells in a part of a table, counted likewise.
const CELLS: usize = 4000;
/// The same where a row has more than [`WIDE`] cells: each column costs a browser time of its own.
const WIDE_CELLS: usize = 1000;
/// More cells than this in a row are more than anyone compares.
const WIDE: usize = 200;
/// Longest run of letters without a place to break a line, in bytes: browsers look at all of it again
/// for each line.
const RUN_BYTES: usize = 1000;
/// How far back from a bound a space is looked for, in bytes.
const SPACE_WITHIN: usize = 200;
/// The most bytes of attributes that are said again; what is longer is left out.
const SAID_AGAIN: usize = 4 * 1024;

/// What was beyond a bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Excess {
    /// Elements were nested too deep.
    pub deep: bool,
    /// Elements within a line were.
    pub deep_in_line: bool,
    /// A paragraph, code or a table was parted.
    pub parted: bool,
}

impl Excess {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            deep: self.deep || other.deep,
            deep_in_line: self.deep_in_line || other.deep_in_line,
            parted: self.parted || other.parted,
        }
    }
}

/// Where the tree stands between its bounds.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Where the outermost element began.
    pub(super) piece: usize,
    /// Where a block began or ended last.
    pub(super) block: usize,
    pub(super) cells: usize,
    /// How many of the cells stood before the row that is open.
    row: usize,
    /// How many cells the row before it had.
    width: usize,
    /// How long the text is since a line could last be broken.
    pub(super) run: usize,
    /// How many elements within a line are open.
    pub(super) in_line: usize,
}

/// What is about to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Text, or an element in it.
    Line,
    Block,
    Row,
    Cell,
}

impl Next {
    pub(super) fn of(tag: Tag) -> Self {
        match tag {
            Tag::Tr => Self::Row,
            tag if tag.is_cell() => Self::Cell,
            tag if tag.is_in_line() => Self::Line,
            _ => Self::Block,
        }
    }
}

impl Builder {
    /// Ends a part if it is full.
    pub(super) fn part(&mut self, next: Next) {
        if next == Next::Row {
            let cells = self.parts.cells;
            (self.parts.width, self.parts.row) = (cells.saturating_sub(self.parts.row), cells);
        }
        if self.is_full(next) {
            self.excess.parted |= next != Next::Block;
            self.begin_part();
        }
    }

    fn is_full(&self, next: Next) -> bool {
        let written = self.tree.written();
        let grown = written - self.parts.piece;
        if grown < LINE_BYTES && self.parts.cells < WIDE_CELLS {
            return false;
        }
        // What was just opened would be left empty.
        if self.open.iter().rfind(|o| !o.ghost).is_some_and(|o| o.written.end == written) {
            return false;
        }
        let is_in = |tag: Tag| self.open.iter().any(|o| o.tag == tag && !o.ghost);
        let line = written - self.parts.block;
        let (cells, is_in_table) = (self.parts.cells, is_in(Tag::Table));
        let width = self.parts.width.max(cells.saturating_sub(self.parts.row));
        let most = if width > WIDE { WIDE_CELLS } else { CELLS };
        match next {
            Next::Line if is_in_table => line >= LINE_BYTES && grown >= TABLE_BYTES,
            Next::Line if is_in(Tag::Pre) => line >= CODE_BYTES,
            Next::Line => line >= LINE_BYTES,
            Next::Row => cells >= most || grown >= TABLE_BYTES,
            Next::Cell => cells >= 2 * most || grown >= 2 * TABLE_BYTES,
            Next::Block if is_in_table => grown >= 2 * TABLE_BYTES,
            Next::Block => grown >= BLOCK_BYTES,
        }
    }

    /// Closes what is open, and opens it again.
    fn begin_part(&mut self) {
        let tree = &mut self.tree;
        let made = || self.open.iter().filter(|open| !open.ghost);
        for open in made().rev() {
            tree.html.push_str("</");
            tree.html.push_str(open.tag.name());
            tree.html.push('>');
        }
        let end = tree.written();
        if tree.ends.back() != Some(&end) {
            tree.ends.push_back(end);
        }
        self.parts.piece = end;
        let mut room = SAID_AGAIN;
        let below = made().skip(1).map(|open| Some(open.tag)).chain([None]);
        let again = |(open, below): (&Open, Option<Tag>)| {
            let goes_on = below == Some(Tag::Li);
            let first = (open.first + open.items).saturating_sub(u64::from(goes_on));
            (start_again(open, first, tree.at(open.written.clone()), &mut room), first, u64::from(goes_on))
        };
        let again: Vec<(String, u64, u64)> = made().zip(below).map(again).collect();
        for (open, (start, first, items)) in self.open.iter_mut().filter(|open| !open.ghost).zip(again) {
            open.written = tree.written()..tree.written() + start.len();
            tree.html.push_str(&start);
            (open.first, open.items) = (first, items);
        }
        self.parts.block = tree.written();
        (self.parts.cells, self.parts.row) = (0, 0);
        self.last = if self.current() == Some(Tag::Pre) { Last::Pre } else { Last::Other };
    }

    /// How much of a text is written at once: what fits into this part, and no run that is too long.
    pub(super) fn fitting(&mut self, text: &str) -> usize {
        let fits = self.fitting_part(text);
        let (runs, run) = unbroken(text.get(..fits).unwrap_or(text).as_bytes(), self.parts.run);
        self.parts.run = run;
        let boundary = |at: usize| (1..=at).rev().find(|at| text.is_char_boundary(*at));
        runs.and_then(boundary).unwrap_or(fits)
    }

    /// Lets a line be broken where letters run on without end.
    pub(super) fn break_run(&mut self) {
        if self.parts.run >= RUN_BYTES {
            self.parts.run = 0;
            if !self.open.iter().any(|o| o.tag == Tag::Pre && !o.ghost) {
                self.void(Tag::Wbr, &[]);
            }
        }
    }

    /// How much of a text fits into this part: up to a space if there is one nearby.
    fn fitting_part(&self, text: &str) -> usize {
        let is_code = self.open.iter().any(|o| o.tag == Tag::Pre && !o.ghost);
        let most = if is_code { CODE_BYTES } else { LINE_BYTES };
        let room = most.saturating_sub(self.tree.written() - self.parts.block).max(SPACE_WITHIN);
        if text.len() <= room {
            return text.len();
        }
        let boundary = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let most = boundary(room);
        let near = text.get(boundary(most.saturating_sub(SPACE_WITHIN))..most).unwrap_or_default();
        let space = near.rfind('\n').or_else(|| near.rfind(' ')).map(|at| most - near.len() + at + 1);
        space.unwrap_or(most)
    }
}

/// Where a run gets too long, if it does, and how long it is at the end. A line can be broken at a space,
/// and between most letters from there on where Unicode has the scripts that have none.
fn unbroken(text: &[u8], run: usize) -> (Option<usize>, usize) {
    let breaks = |byte: &u8| byte.is_ascii_whitespace() || *byte >= 0xE0;
    let mut start = 0;
    let mut before = run;
    loop {
        let end = start + RUN_BYTES.saturating_sub(before);
        let Some(ahead) = text.get(start..end) else {
            let rest = text.get(start..).unwrap_or_default();
            let last = rest.iter().rposition(breaks);
            return (None, last.map_or(before + rest.len(), |last| rest.len() - last - 1));
        };
        match ahead.iter().rposition(breaks) {
            Some(last) => (start, before) = (start + last + 1, 0),
            None => return (Some(end), RUN_BYTES),
        }
    }
}

/// The start of an element that goes on, without what may stand in a page but once.
fn start_again(open: &Open, first: u64, written: &str, room: &mut usize) -> String {
    let mut start = format!("<{}", open.tag.name());
    let mut class = String::from("continued");
    for (name, value) in attributes(written) {
        if matches!(name, "id" | "start" | "data-line" | "data-inferred" | "data-title") || value.len() > *room {
            continue;
        }
        *room -= value.len();
        if name == "class" {
            class = format!("{} continued", value.trim_end_matches("continued").trim_end());
        } else {
            start.push_str(&format!(" {name}=\"{value}\""));
        }
    }
    if open.tag == Tag::Ol {
        start.push_str(&format!(" start=\"{first}\""));
    }
    format!("{start} class=\"{}\">", class.trim_start())
}

/// The attributes of a start as this folder writes it.
fn attributes(written: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = written.split_once(' ').map_or("", |(_, rest)| rest);
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after.trim_start();
        Some((name, value))
    })
}
