//! Remember MANY clips: who a clip is, what a list shows of it, which files may come in.
//!
//! Pure: nothing here knows a browser or a session. Start at [`Entry`].

pub mod asset;
pub mod backup;
pub mod entry;
pub mod export;
pub mod identity;
pub mod intake;

pub use asset::{Asset, Media, MediaType};
pub use entry::{Entry, Recent};
pub use identity::{ClipId, ContentId, Identity};
