//! Understand ONE clip: bytes in, plain values out.
//!
//! Start at [`parse`], or at [`show`] where a page shows the clip while it is read. Nothing here knows a
//! browser, a library of clips or a session. No input makes it fail: what is wrong with a clip is a
//! [`Diagnostic`] beside what could be understood.
//!
//! The way of a clip through this room:
//! bytes → [`encoding`] (decoding) → [`source`] (text, lines) → [`front_matter`] (the block at the head) →
//! [`markdown`] (events with offsets, emphasis repaired by [`repair`]) → [`blocks`] (what stands
//! where) → [`clutter`] and [`outline`] (what is debris, what is a heading) → [`metadata`] (one
//! reading of all dialects) → [`body`] (the safe tree, in chunks).

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
    let mut body = Body::default();
    let clip = show(bytes, options, &mut body);
    Clip { body, ..clip }
}

/// Reads a clip like [`parse`], and shows it while it is read: the body is not kept, but given away chunk by chunk.
pub fn show(bytes: &[u8], options: &Options, page: &mut dyn Page) -> Clip {
    read(bytes, options, Aim::Page(page)).0
}

/// Where a clip is shown.
pub trait Page {
    /// Everything but the body is understood, and what is wrong with that.
    fn understood(&mut self, clip: &Understood<'_>);
    /// One more chunk of the body, and the share of the text that stands in it and in those before, from 0 to 1.
    fn chunk(&mut self, html: String, share: f32);
}

/// A clip before its body is made.
#[derive(Debug, Clone, Copy)]
pub struct Understood<'a> {
    /// As in [`Clip`].
    pub source: &'a Source,
    /// As in [`Clip`].
    pub front_matter: &'a FrontMatter,
    /// As in [`Clip`].
    pub metadata: &'a Metadata,
    /// As in [`Clip`].
    pub outline: &'a Outline,
    /// As in [`Clip`].
    pub clutter: &'a [Clutter],
    /// As in [`Clip`].
    pub stats: &'a Stats,
    /// As in [`Clip`], but for what only the body shows.
    pub diagnostics: &'a [Diagnostic],
}

impl Clip {
    /// The clip without its body.
    #[must_use]
    pub fn understood(&self) -> Understood<'_> {
        let Self { source, front_matter, metadata, outline, clutter, stats, diagnostics, .. } = self;
        Understood { source, front_matter, metadata, outline, clutter, stats, diagnostics }
    }
}

impl Page for Body {
    fn understood(&mut self, _clip: &Understood<'_>) {}

    fn chunk(&mut self, html: String, _share: f32) {
        self.chunks.push(html);
    }
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
enum Aim<'a> {
    Page(&'a mut dyn Page),
    List,
}

fn read(bytes: &[u8], options: &Options, aim: Aim<'_>) -> (Clip, String) {
    let mut diagnostics = Vec::new();
    let source = source::decode(bytes, options, &mut diagnostics);
    let (front_matter, body_start) = front_matter::read(&source, &mut diagnostics);
    let document = markdown::read(&source, body_start);
    let blocks = blocks::read(&document);
    let clutter = clutter::bounded(clutter::find(&document, &blocks, &front_matter), &mut diagnostics);
    let outline = outline::read(&document, &blocks, &clutter, &front_matter).bounded(&mut diagnostics);
    let metadata = metadata::read(&document, &front_matter, &blocks, &outline, options);
    let stats = stats::count(&document, &blocks, &clutter);
    let in_order = |diagnostics: &mut Vec<Diagnostic>| {
        order::sort_by_key(diagnostics, |d| d.span.map_or(0, |s| s.start));
    };
    in_order(&mut diagnostics);
    let plain = match aim {
        Aim::Page(page) => {
            page.understood(&Understood {
                source: &source,
                front_matter: &front_matter,
                metadata: &metadata,
                outline: &outline,
                clutter: &clutter,
                stats: &stats,
                diagnostics: &diagnostics,
            });
            drop(blocks);
            diagnostics.extend(body::build(&document, &outline, &clutter, &mut |html, share| page.chunk(html, share)));
            in_order(&mut diagnostics);
            String::new()
        }
        Aim::List => plain::words(&blocks, &clutter),
    };
    let body = Body::default();
    (Clip { source, front_matter, metadata, outline, body, clutter, stats, diagnostics }, plain)
}
