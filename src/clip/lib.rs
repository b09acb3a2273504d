//! Understand ONE clip: bytes in, plain values out.
//!
//! Start at [`parse`]. Nothing here knows a browser, a library of clips or a session. No input
//! makes it fail: what is wrong with a clip is a [`Diagnostic`] beside what could be understood.
//!
//! The way of a clip through this room:
//! bytes → [`encoding`] (decoding) → [`source`] (text, lines) → [`front_matter`] (the block at the head) →
//! [`markdown`] (events with offsets, emphasis repaired by [`repair`]) → [`blocks`] (what stands
//! where) → [`outline`] and [`clutter`] (what is a heading, what is debris) → [`body`] (the safe
//! tree, in chunks) → [`metadata`] (one reading of all dialects).

pub mod beginning;
pub mod blocks;
pub mod body;
mod cleaned;
pub mod clutter;
pub mod diagnostic;
pub mod encoding;
pub mod front_matter;
pub mod language;
pub mod letters;
pub mod markdown;
pub mod metadata;
pub mod order;
pub mod outline;
mod plain;
pub mod repair;
pub mod safe;
pub mod sentences;
pub mod source;
pub mod stats;

use serde::{Deserialize, Serialize};

pub use body::Body;
pub use clutter::Clutter;
pub use diagnostic::{Diagnostic, Severity, Span};
pub use front_matter::FrontMatter;
pub use metadata::{Beside, Metadata};
pub use outline::{Basis, Heading, Outline};
pub use source::Source;
pub use stats::Stats;

/// Everything understood of one clip. Made by [`parse`], never changed afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clip {
    /// The decoded text and how it was decoded.
    pub source: Source,
    /// The block at the head of the file, as the file has it.
    pub front_matter: FrontMatter,
    /// What the clip says about itself, in one form for all dialects.
    pub metadata: Metadata,
    /// The headings, real and inferred.
    pub outline: Outline,
    /// The article, as safe markup in chunks.
    pub body: Body,
    /// What was folded away, and why.
    pub clutter: Vec<Clutter>,
    /// Counts: words, pictures, reading time.
    pub stats: Stats,
    /// What is wrong or odd, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is known before parsing, and what the reader chose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The file's name, without its folder: the last resort for a title.
    pub file_name: Option<String>,
    /// A character encoding by its WHATWG label, when the reader overrides the guess.
    pub encoding: Option<String>,
    /// What a file beside the clip states of it.
    #[serde(default)]
    pub beside: Option<Beside>,
}

/// Reads a clip: the bytes of one Markdown file in, everything understood of it out.
///
/// Returns for every input, in time linear in its length.
#[must_use]
pub fn parse(bytes: &[u8], options: &Options) -> Clip {
    read(bytes, options, Aim::Page).0
}

/// Reads a clip for a list and for search: everything but its body, and beside it the words of the
/// article as plain text, a line for each block, without what is folded.
#[must_use]
pub fn glance(bytes: &[u8], options: &Options) -> (Clip, String) {
    read(bytes, options, Aim::List)
}

/// A clip's own Markdown without what is folded of it; everything else, the front matter too, is as it came.
#[must_use]
pub fn cleaned(bytes: &[u8], options: &Options) -> String {
    let source = source::decode(bytes, options, &mut Vec::new());
    let (front_matter, body_start) = front_matter::read(&source, &mut Vec::new());
    let document = markdown::read(&source, body_start);
    let blocks = blocks::read(&document);
    let clutter = clutter::bounded(clutter::find(&document, &blocks, &front_matter), &mut Vec::new());
    cleaned::markdown(&source, &document, &clutter)
}

/// What a clip is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    Page,
    List,
}

fn read(bytes: &[u8], options: &Options, aim: Aim) -> (Clip, String) {
    let mut diagnostics = Vec::new();
    let source = source::decode(bytes, options, &mut diagnostics);
    let (front_matter, body_start) = front_matter::read(&source, &mut diagnostics);
    let document = markdown::read(&source, body_start);
    let blocks = blocks::read(&document);
    let clutter = clutter::bounded(clutter::find(&document, &blocks, &front_matter), &mut diagnostics);
    let outline = outline::read(&document, &blocks, &clutter, &front_matter).bounded(&mut diagnostics);
    let metadata = metadata::read(&document, &front_matter, &blocks, &outline, options);
    let stats = stats::count(&document, &blocks, &clutter);
    let (body, plain) = match aim {
        Aim::Page => (body::build(&document, &outline, &clutter, &metadata, &mut diagnostics), String::new()),
        Aim::List => (Body::default(), plain::words(&blocks, &clutter)),
    };
    order::sort_by_key(&mut diagnostics, |d| d.span.map_or(0, |s| s.start));
    (Clip { source, front_matter, metadata, outline, body, clutter, stats, diagnostics }, plain)
}
