//! How much fits into one backup, counted off before any of it is written: the manifest, which comes
//! first, names all that follows.

use std::collections::BTreeSet;

use crate::library::archive::{MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_TOTAL_BYTES};
use crate::library::{Asset, ContentId};

/// The room of one backup: what is counted off here fits into one archive.
#[derive(Debug)]
pub struct Budget {
    files: usize,
    bytes: u64,
    pictures: BTreeSet<ContentId>,
}

/// How long a record is at most, in bytes; nearly all are far shorter.
const RECORD_BYTES: u64 = 8 * 1024;
/// How long the manifest is at most, in bytes: it names all the others.
const MANIFEST_BYTES: u64 = 16 * 1024 * 1024;

impl Default for Budget {
    fn default() -> Self {
        Self { files: MAX_ENTRIES - 1, bytes: MAX_TOTAL_BYTES - MANIFEST_BYTES, pictures: BTreeSet::new() }
    }
}

impl Budget {
    /// Counts off a clip, if there is room for it.
    pub fn takes_clip(&mut self, size_bytes: u64) -> bool {
        self.takes(2, size_bytes)
    }

    /// Counts off a place of a picture, if there is room for it; its bytes are counted once.
    pub fn takes_asset(&mut self, asset: &Asset) -> bool {
        if self.pictures.contains(&asset.id) {
            return self.takes(1, 0);
        }
        let takes = self.takes(2, asset.size_bytes);
        if takes {
            self.pictures.insert(asset.id.clone());
        }
        takes
    }

    fn takes(&mut self, files: usize, size_bytes: u64) -> bool {
        let left = self.files.checked_sub(files).zip(self.bytes.checked_sub(size_bytes + RECORD_BYTES));
        match left.filter(|_| size_bytes <= MAX_ENTRY_BYTES) {
            Some((files, bytes)) => {
                (self.files, self.bytes) = (files, bytes);
                true
            }
            None => false,
        }
    }
}
