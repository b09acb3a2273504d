//! What is remembered of a folder that is linked: which of its files came in, as they were then.
//!
//! Start at [`Linked`]. Nothing here reads or writes a file: [`stationed`] says what a file is to
//! hold, and whoever has the folder writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Triage;
use super::export::{self, Change, ExportError, NewValue};
use crate::clip::{Options, front_matter, source};

/// By what it is seen that a file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length.
    pub size_bytes: u64,
    /// When it was changed last, in milliseconds since 1970.
    pub modified_ms: u64,
}

/// A folder that is linked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Its name: the first part of the paths of all that came from it.
    pub name: String,
    /// Whether stations are written into its files.
    pub writes: bool,
    /// The files that came in, by their paths.
    pub files: BTreeMap<String, Stamp>,
}

impl Linked {
    /// A folder of which nothing came in yet.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Whether a file did not come in yet as it is now.
    #[must_use]
    pub fn is_news(&self, path: &str, stamp: Stamp) -> bool {
        self.files.get(path) != Some(&stamp)
    }

    /// The path inside the folder of a file that came from it; `None` for any other.
    #[must_use]
    pub fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        let inside = path.strip_prefix(self.name.as_str())?.strip_prefix('/')?;
        self.files.contains_key(path).then_some(inside)
    }
}

/// The bytes of a file with a new station in its front matter; `None` when what the file says (its
/// status, `said`) means that already.
///
/// # Errors
/// An [`ExportError`] when that cannot be written.
pub fn stationed(bytes: &[u8], said: &str, station: Triage) -> Result<Option<Vec<u8>>, ExportError> {
    if Triage::of_status(said) == station {
        return Ok(None);
    }
    let mut diagnostics = Vec::new();
    let read = source::decode(bytes, &Options::default(), &mut diagnostics);
    let (front_matter, _) = front_matter::read(&read, &mut diagnostics);
    let key = export::status_key(&front_matter).to_owned();
    let value = NewValue::Scalar(station.name().to_owned());
    let edited = export::edit(bytes, &[Change { key, value }])?;
    Ok((edited != bytes).then_some(edited))
}
