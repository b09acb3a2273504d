//! What page and worker say to each other.
//!
//! A message is a header (JSON of [`Request`] or [`Response`]) and at most one payload that is
//! carried beside it: the file or its text on the way in, a chunk of safe HTML on the way out. So
//! nothing large is ever escaped or copied into JSON. What the library asks is [`super::errand`]'s.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clip::clutter::Reason;
use crate::clip::{Diagnostic, FrontMatter, Metadata, Options, Outline, Stats, Understood};
use crate::library::ClipId;

/// Names one request; later ones are larger.
pub type Ticket = u32;

/// Page to worker: understand a clip, to show it. The payload is its file, or its text, or nothing
/// when it is kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Names the request.
    pub ticket: Ticket,
    /// What the reader chose.
    pub options: Options,
    /// Which of the clips that are kept it is; a file that is not kept says itself who it is.
    pub kept: Option<ClipId>,
    /// Clips that the page still has as elements: of those it needs nothing but the name.
    pub at_hand: Vec<ClipId>,
}

/// Worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Response {
    /// The worker had nothing to do and got warm. What it read for that is here for the page to do the
    /// same; the payload is its first chunk.
    Ready {
        /// Everything but the body.
        view: Box<ClipView>,
    },
    /// The file is none that can be shown; that was all.
    Refused {
        /// Of which request.
        ticket: Ticket,
        /// Why, as a sentence.
        why: String,
    },
    /// The page has this clip at hand; that was all.
    Known {
        /// Of which request.
        ticket: Ticket,
        /// What its bytes are, or who it is among those that are kept.
        id: ClipId,
    },
    /// The beginning of a long clip is understood, and the first chunk follows; both are
    /// provisional until `Parsed`.
    Begun {
        /// Of which request.
        ticket: Ticket,
        /// What its bytes are, or who it is among those that are kept.
        id: ClipId,
        /// What its beginning tells: no outline, counts that are estimates.
        view: Box<ClipView>,
    },
    /// The clip is understood, and its chunks follow. The first one is left out when it is what
    /// `Begun` had.
    Parsed {
        /// Of which request.
        ticket: Ticket,
        /// What its bytes are, or who it is among those that are kept.
        id: ClipId,
        /// Everything but the body.
        view: Box<ClipView>,
    },
    /// One chunk of the body; the payload is its safe HTML. They come in order, each as soon as it is made.
    Chunk {
        /// Of which request.
        ticket: Ticket,
        /// Its place, from 0.
        index: usize,
        /// The share of the text that stands in it and in those before, from 0 to 1.
        share: f32,
    },
    /// The request is done. The payload is the text of a short clip that was not kept before.
    Done {
        /// Of which request.
        ticket: Ticket,
        /// How long all chunks are together, in bytes.
        body_bytes: usize,
        /// All that is wrong or odd, when making the body has found more; else nothing.
        diagnostics: Vec<Diagnostic>,
    },
}

impl Response {
    /// The request that it answers.
    #[must_use]
    pub fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Ready { .. } => None,
            Self::Refused { ticket, .. }
            | Self::Known { ticket, .. }
            | Self::Begun { ticket, .. }
            | Self::Parsed { ticket, .. }
            | Self::Chunk { ticket, .. }
            | Self::Done { ticket, .. } => Some(*ticket),
        }
    }

    /// Whether it is the last answer to its request.
    #[must_use]
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Known { .. } | Self::Done { .. })
    }
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
}

impl From<&Understood<'_>> for ClipView {
    fn from(clip: &Understood<'_>) -> Self {
        let mut clutter = BTreeMap::new();
        for piece in clip.clutter {
            *clutter.entry(piece.reason).or_insert(0) += 1;
        }
        Self {
            front_matter: clip.front_matter.clone(),
            metadata: clip.metadata.clone(),
            outline: clip.outline.clone(),
            clutter,
            stats: *clip.stats,
            diagnostics: clip.diagnostics.to_vec(),
            encoding: clip.source.encoding.clone(),
            encoding_guessed: clip.source.encoding_guessed,
        }
    }
}
