//! Debris of the saved page: found, named with a reason, folded, never removed.

mod blank;
mod card;
mod elements;
mod empty;
mod folds;
mod known;
mod marker;
mod navigation;
pub mod phrases;
mod picture;
mod pleas;
mod promotion;
mod prompt;
pub mod tail;
mod title;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::elements::Elements;
use super::blocks::Block;
use super::markdown::Document;
use super::{Diagnostic, FrontMatter, Severity};

/// Why something is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A clipper's own marker.
    ClipperMarker,
    /// A link that leads nowhere.
    DeadLink,
    /// A picture that was never captured, or a tracking pixel.
    PlaceholderPicture,
    /// What a player leaves behind when the video is gone.
    VideoLeftover,
    /// "Share", "follow", "like".
    SharePrompt,
    /// The card of the publishing account.
    AccountCard,
    /// Links to other articles, advertisements.
    Promotion,
    /// The title once more.
    DuplicateTitle,
    /// The page's own navigation.
    Navigation,
    /// An empty list item, an empty emphasis.
    Empty,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::ClipperMarker,
        Self::DeadLink,
        Self::PlaceholderPicture,
        Self::VideoLeftover,
        Self::SharePrompt,
        Self::AccountCard,
        Self::Promotion,
        Self::DuplicateTitle,
        Self::Navigation,
        Self::Empty,
    ];

    /// The reason's name in `data-reason`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ClipperMarker => "clipper-marker",
            Self::DeadLink => "dead-link",
            Self::PlaceholderPicture => "placeholder-picture",
            Self::VideoLeftover => "video-leftover",
            Self::SharePrompt => "share-prompt",
            Self::AccountCard => "account-card",
            Self::Promotion => "promotion",
            Self::DuplicateTitle => "duplicate-title",
            Self::Navigation => "navigation",
            Self::Empty => "empty",
        }
    }
}

/// One thing that is folded away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clutter {
    /// Why.
    pub reason: Reason,
    /// Its events, whole elements only: every start in the range has its end there.
    pub events: Range<usize>,
    /// 1-based line of its first character.
    pub line: u32,
}

/// Finds the debris; ranges do not overlap and come in the order of the file.
///
/// Each finder looks for one subject and adds what it finds, the surer ones first;
/// [`folds::settle`] makes one list of it. Every finder is one walk over events or blocks.
#[must_use]
pub fn find(document: &Document<'_>, blocks: &[Block], front_matter: &FrontMatter) -> Vec<Clutter> {
    let elements = Elements::read(document);
    let closing = tail::after_article(blocks);
    let mut finds = Vec::new();
    picture::find(document, &elements, blocks, &mut finds);
    marker::find_links(document, &elements, &mut finds);
    marker::find_blocks(document, blocks, front_matter, &mut finds);
    promotion::find(document, blocks, closing, &mut finds);
    prompt::find(blocks, closing, &mut finds);
    title::find(blocks, front_matter, &mut finds);
    navigation::find(document, &elements, blocks, closing, &mut finds);
    empty::find(document, &elements, &mut finds);
    folds::settle(document, &elements, finds)
}

/// The most pieces that are folded. A page has a few dozen; what is beyond stays in sight.
pub const MAX_FOLDS: usize = 2_000;

/// The first of them, in the order of the file.
#[must_use]
pub fn bounded(mut clutter: Vec<Clutter>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Clutter> {
    if clutter.len() > MAX_FOLDS {
        let message = format!("There are more than {MAX_FOLDS} pieces of debris; those beyond are not folded.");
        diagnostics.push(Diagnostic::new("too-many-folds", Severity::Info, message));
        clutter.truncate(MAX_FOLDS);
    }
    clutter
}
