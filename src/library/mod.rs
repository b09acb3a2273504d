//! Remember MANY clips: who a clip is, what a list shows of it, which files may come in.
//!
//! Pure: nothing here knows a browser or a session. Start at [`Entry`]; for whole folders and zip
//! archives at [`path`] and [`archive`].

pub mod archive;
pub mod entry;
pub mod identity;
pub mod intake;
pub mod path;

pub use entry::{Entry, Recent};
pub use identity::ClipId;
