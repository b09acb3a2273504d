//! The stored form of everything that is kept, and the only way back from it.
//!
//! Each record is an envelope `{"version": n, "data": …}`. Any doubt about stored bytes means a
//! fresh state and a reason; the caller keeps the rejected bytes under another key. A fixture
//! for every version that was ever shipped stands in `tests/fixtures/saved`.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{ClipState, Marking, Position, Session, Settings};
use crate::library::list::View;
use crate::library::{ClipId, Triage};

/// Why stored bytes were not taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// Not JSON, or not of the expected shape.
    #[error("it is damaged ({0})")]
    Damaged(String),
    /// Written by a later version of the app, and left untouched.
    #[error("it was written by a newer version of Clip Viewer (form {found}; this one reads up to {known})")]
    Newer {
        /// The version of the record.
        found: u64,
        /// The newest version that this app reads.
        known: u64,
    },
}

/// A record with a stored form: how it is written, and how every version is read.
pub trait Saved: Sized {
    /// The version that is written.
    const VERSION: u64;

    /// The data in the newest form, as JSON.
    ///
    /// # Errors
    /// When the value can't be written as JSON, which no value of ours is known to do.
    fn data(&self) -> Result<String, serde_json::Error>;

    /// Reads data of that version, as JSON, migrating older ones.
    ///
    /// # Errors
    /// [`Rejected::Damaged`] when the data is not of that version's shape.
    fn from_data(version: u64, data: &str) -> Result<Self, Rejected>;

    /// The text to store.
    ///
    /// # Errors
    /// As [`Saved::data`].
    fn write(&self) -> Result<String, serde_json::Error> {
        Ok(format!("{{\"version\":{},\"data\":{}}}", Self::VERSION, self.data()?))
    }

    /// Reads a stored text.
    ///
    /// # Errors
    /// [`Rejected`] when there is any doubt about it.
    fn read(text: &str) -> Result<Self, Rejected> {
        let envelope: Envelope = shape(serde_json::from_str(text))?;
        if envelope.version > Self::VERSION {
            return Err(Rejected::Newer { found: envelope.version, known: Self::VERSION });
        }
        Self::from_data(envelope.version, envelope.data.get())
    }

    /// Whether a later version of the app wrote a stored text, so that it is to be left as it is.
    #[must_use]
    fn is_newer(text: &str) -> bool {
        serde_json::from_str::<Envelope>(text).is_ok_and(|envelope| envelope.version > Self::VERSION)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'t> {
    version: u64,
    #[serde(borrow)]
    data: &'t RawValue,
}

pub(super) fn shape<T>(read: Result<T, serde_json::Error>) -> Result<T, Rejected> {
    read.map_err(|e| Rejected::Damaged(e.to_string()))
}

pub(super) fn only_version_1<T: DeserializeOwned>(version: u64, data: &str) -> Result<T, Rejected> {
    if version != 1 {
        return Err(never_was(version));
    }
    shape(serde_json::from_str(data))
}

pub(super) fn never_was(version: u64) -> Rejected {
    Rejected::Damaged(format!("there never was a form {version}"))
}

/// Version 7 of the stored session: version 2 added the views of the list, version 3 whose pictures are
/// loaded, version 4 how places are marked, version 5 the language of the page, version 6 the space between
/// paragraphs, version 7 whether lines stand upright. What is missing is as at the first visit.
#[derive(Serialize, Deserialize)]
struct SavedSessionV7 {
    open: Option<ClipId>,
    settings: Settings,
    outline_hidden: bool,
    metadata_hidden: bool,
    #[serde(default)]
    views: Vec<View>,
    #[serde(default)]
    marking: Marking,
}

impl Saved for Session {
    const VERSION: u64 = 7;

    fn data(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&SavedSessionV7 {
            open: self.open.clone(),
            settings: self.settings.clone(),
            outline_hidden: self.outline_hidden,
            metadata_hidden: self.metadata_hidden,
            views: self.views.clone(),
            marking: self.marking.clone(),
        })
    }

    fn from_data(version: u64, data: &str) -> Result<Self, Rejected> {
        if !(1..=Self::VERSION).contains(&version) {
            return Err(never_was(version));
        }
        let saved: SavedSessionV7 = shape(serde_json::from_str(data))?;
        Ok(Self {
            open: saved.open,
            settings: saved.settings.clamped(),
            outline_hidden: saved.outline_hidden,
            metadata_hidden: saved.metadata_hidden,
            views: saved.views,
            marking: saved.marking,
        })
    }
}

/// Version 2 of what is stored of each clip: version 1, and where the clip stands in the library.
/// What is missing is as at the first visit, so version 1 is read as it is.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedClipStateV2 {
    position: SavedPositionV1,
    progress: f32,
    folded: BTreeSet<String>,
    headings_only: bool,
    clutter_shown: bool,
    remote_pictures: bool,
    encoding: Option<String>,
    triage: Option<Triage>,
    opened_ms: u64,
    changed_ms: u64,
}

#[derive(Default, Serialize, Deserialize)]
struct SavedPositionV1 {
    chunk: u32,
    child: u32,
    within: f32,
}

impl Saved for ClipState {
    const VERSION: u64 = 2;

    fn data(&self) -> Result<String, serde_json::Error> {
        let Position { chunk, child, within } = self.position;
        serde_json::to_string(&SavedClipStateV2 {
            position: SavedPositionV1 { chunk, child, within },
            progress: self.progress,
            folded: self.folded.clone(),
            headings_only: self.headings_only,
            clutter_shown: self.clutter_shown,
            remote_pictures: self.remote_pictures,
            encoding: self.encoding.clone(),
            triage: self.triage,
            opened_ms: self.opened_ms,
            changed_ms: self.changed_ms,
        })
    }

    fn from_data(version: u64, data: &str) -> Result<Self, Rejected> {
        if !(1..=Self::VERSION).contains(&version) {
            return Err(never_was(version));
        }
        let saved: SavedClipStateV2 = shape(serde_json::from_str(data))?;
        let share = |share: f32| if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let SavedPositionV1 { chunk, child, within } = saved.position;
        Ok(Self {
            position: Position { chunk, child, within: share(within) },
            progress: share(saved.progress),
            folded: saved.folded,
            headings_only: saved.headings_only,
            clutter_shown: saved.clutter_shown,
            remote_pictures: saved.remote_pictures,
            encoding: saved.encoding,
            triage: saved.triage,
            opened_ms: saved.opened_ms,
            changed_ms: saved.changed_ms,
        })
    }
}

/// The text of one clip in localStorage: of one that was read a moment ago, until the database has it.
/// The first version of the app kept all texts so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptText {
    /// The name of the file.
    pub file_name: String,
    /// The encoding that the bytes had.
    pub encoding: String,
    /// The decoded text.
    pub text: String,
}

impl Saved for KeptText {
    const VERSION: u64 = 1;

    fn data(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    fn from_data(version: u64, data: &str) -> Result<Self, Rejected> {
        only_version_1(version, data)
    }
}
