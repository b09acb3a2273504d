//! What page and worker say to each other.
//!
//! A message is a header (JSON of [`Request`] or [`Response`]) and at most one payload that is
//! carried beside it: the bytes of the file on the way in, a chunk of safe HTML or the decoded
//! text on the way out. So nothing large is ever escaped or copied into JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clip::clutter::Reason;
use crate::clip::{Clip, Diagnostic, FrontMatter, Metadata, Options, Outline, Stats};

/// Names one request; later ones are larger.
pub type Ticket = u32;

/// Page to worker. The payload is always the bytes of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Request {
    /// Understand the clip and send everything the page needs to show it.
    Open {
        /// Names the request.
        ticket: Ticket,
        /// What the reader chose.
        options: Options,
    },
    /// Understand the clip and send only what a list shows, and its text to keep.
    Glance {
        /// Names the request.
        ticket: Ticket,
        /// What the reader chose.
        options: Options,
    },
}

/// Worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Response {
    /// The worker can take requests.
    Ready,
    /// The clip is understood; chunks follow, for an `Open`.
    Parsed {
        /// Of which request.
        ticket: Ticket,
        /// Everything but the body.
        view: Box<ClipView>,
    },
    /// One chunk of the body; the payload is its safe HTML. They come in order.
    Chunk {
        /// Of which request.
        ticket: Ticket,
        /// Its place, from 0.
        index: usize,
    },
    /// The request is done; the payload is the decoded text.
    Done {
        /// Of which request.
        ticket: Ticket,
    },
}

/// A clip without its text and body: what the page keeps of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClipView {
    /// The block at the head of the file.
    pub front_matter: FrontMatter,
    /// What the clip says about itself.
    pub metadata: Metadata,
    /// The headings.
    pub outline: Outline,
    /// How many things are folded, by reason.
    pub clutter: BTreeMap<Reason, usize>,
    /// Counts.
    pub stats: Stats,
    /// What is wrong or odd.
    pub diagnostics: Vec<Diagnostic>,
    /// The encoding that was used.
    pub encoding: String,
    /// Whether the encoding was guessed.
    pub encoding_guessed: bool,
    /// How many chunks the body has.
    pub chunks: usize,
    /// The chunk in which each heading stands.
    pub heading_chunks: Vec<usize>,
}

impl From<Clip> for ClipView {
    fn from(clip: Clip) -> Self {
        let mut clutter = BTreeMap::new();
        for piece in &clip.clutter {
            *clutter.entry(piece.reason).or_insert(0) += 1;
        }
        Self {
            front_matter: clip.front_matter,
            metadata: clip.metadata,
            outline: clip.outline,
            clutter,
            stats: clip.stats,
            diagnostics: clip.diagnostics,
            encoding: clip.source.encoding,
            encoding_guessed: clip.source.encoding_guessed,
            chunks: clip.body.chunks.len(),
            heading_chunks: clip.body.heading_chunks,
        }
    }
}
