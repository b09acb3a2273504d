//! Pictures that came beside clips: what each is, and which of them a clip means.
//!
//! Start at [`Asset`]. [`sniff()`] tells what a file is, [`keys`] and [`asset_keys`] name the drawers
//! in which assets are looked for, and [`choose()`] takes one of those found there. Nothing here reads
//! or keeps a picture's bytes.

mod choose;
mod fold;
mod sniff;

use serde::{Deserialize, Serialize};

use super::{ClipId, ContentId};

pub use choose::{Place, asset_keys, choose, keys, meant_path};
pub use sniff::{MAX_PIXELS, Media, MediaType, sniff};

/// One picture that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// The hash of its bytes: the same picture under two names is kept once.
    pub id: ContentId,
    /// Where it stood in its import, cleaned, with `/` between the parts.
    pub path: String,
    /// The batch of files that it came in with; later ones have higher numbers.
    pub import: u64,
    /// The clip that was open when it was dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<ClipId>,
    /// What it is.
    pub media: Media,
    /// Its length.
    pub size_bytes: u64,
}
