//! The headings of a clip, real and inferred.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::FrontMatter;
use super::blocks::Block;
use super::clutter::Clutter;
use super::markdown::Document;

/// One entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its depth: 1 for the title, 2 and more for sections; at most 6.
    pub level: u8,
    /// Its words, without markup.
    pub text: String,
    /// The id of its element in the body: unique, not empty, stable for the same text.
    pub id: String,
    /// 1-based line in the file.
    pub line: u32,
    /// Whether it was inferred rather than marked as a heading.
    pub inferred: bool,
    /// Whether it is the article's title, which the outline leaves out.
    pub title: bool,
    /// Its events: one heading element, or the paragraphs that together make the heading.
    pub events: Range<usize>,
}

/// All headings in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The entries, the title included.
    pub headings: Vec<Heading>,
}

impl Outline {
    /// Whether any entry was inferred.
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.headings.iter().any(|h| h.inferred)
    }

    /// The entries that a reader sees: all but the title.
    pub fn sections(&self) -> impl Iterator<Item = &Heading> {
        self.headings.iter().filter(|h| !h.title)
    }
}

/// Reads the headings.
#[must_use]
pub fn read(
    _document: &Document<'_>,
    _blocks: &[Block],
    _clutter: &[Clutter],
    _front_matter: &FrontMatter,
) -> Outline {
    Outline::default()
}
