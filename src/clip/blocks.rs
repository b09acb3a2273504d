//! What stands where: the body's leaf blocks, as the outline, the clutter and the metadata need
//! to see them.

use std::ops::Range;

use super::markdown::Document;

/// What kind of block it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Markdown or HTML heading of that level (1 to 6).
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A code block.
    Code,
    /// A table.
    Table,
    /// A thematic break.
    Rule,
    /// A block of raw HTML.
    Html,
}

/// A leaf block, with what its container is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its events in [`Document::events`], start and end included.
    pub events: Range<usize>,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// 1-based line of its first character.
    pub line: u32,
    /// Its words without markup; line breaks are `\n`, pictures are nothing.
    pub text: String,
}

/// Lists the leaf blocks in the order of the file.
#[must_use]
pub fn read(_document: &Document<'_>) -> Vec<Block> {
    Vec::new()
}
