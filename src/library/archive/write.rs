//! Writing zip archives, for backups and exports: one file after another, in one pass.
//!
//! Start at [`Writer`]. What is written keeps to the limits of reading, so every archive that is
//! made here can be opened here; no Zip64 is needed below them. Follows PKWARE's APPNOTE 6.3.10.

use std::io::{self, Write};

use miniz_oxide::deflate::compress_to_vec;

use super::{MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FROM_BYTES, crc, time};
use crate::library::path::{self, BadPath, Sorted};

/// How hard deflating tries, from 0 to 10: the middle, where more effort gains little.
const LEVEL: u8 = 6;
/// The version of the format that is needed to read what is written, times ten.
const VERSION: u16 = 20;
/// Says that it was made on Unix, which is where names are UTF-8.
const MADE_BY: u16 = 3 << 8 | VERSION;
/// The flag that says that names are UTF-8.
const UTF_8: u16 = 1 << 11;
/// A plain file that its owner may write and all may read, as the upper half of the attributes.
const PLAIN_FILE: u32 = 0o100_644 << 16;

/// Why a file could not be added, or the archive not be finished.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Its path may not stand in an archive.
    #[error(transparent)]
    Path(#[from] BadPath),
    /// It is too long.
    #[error("“{0}” has more than 50 MB, which is too large for an archive that can be opened here again.")]
    TooLarge(String),
    /// There is no room for it: the rest goes into another archive.
    #[error("The archive is full: no more than 20,000 files and 2,048 MB go into one. Put the rest into another.")]
    Full,
    /// What it is written to does not take it.
    #[error("The archive could not be written: {0}")]
    Unwritable(#[from] io::Error),
}

/// An archive that is being written. Memory grows by some hundred bytes a file.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    /// How many bytes were written.
    at: u64,
    /// The sum of the files' lengths.
    total_bytes: u64,
    entries: usize,
    directory: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Begins an archive.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, total_bytes: 0, entries: 0, directory: Vec::new() }
    }

    /// Whether a file of that length can still be added.
    #[must_use]
    pub fn has_room_for(&self, size_bytes: u64) -> bool {
        self.entries < MAX_ENTRIES && self.total_bytes.saturating_add(size_bytes) <= MAX_TOTAL_BYTES
    }

    /// Adds a file. Each path is to be added once.
    ///
    /// # Errors
    /// A [`WriteError`]; but for [`WriteError::Unwritable`] the archive goes on without the file.
    pub fn add(&mut self, path: &str, bytes: &[u8], modified_ms: Option<u64>) -> Result<(), WriteError> {
        let path = path::clean(path)?;
        let size = bytes.len() as u64;
        if size > MAX_ENTRY_BYTES {
            return Err(WriteError::TooLarge(path::shown(&path)));
        }
        if !self.has_room_for(size) {
            return Err(WriteError::Full);
        }
        let deflated = pack(&path, bytes);
        let packed = deflated.as_deref().unwrap_or(bytes);
        let start = short(self.at);
        let extra = modified_ms.map(extra_time).unwrap_or_default();
        let mut shared = Vec::with_capacity(26);
        let (dos_time, dos_date) = time::to_dos(modified_ms.unwrap_or(0));
        for word in [VERSION, UTF_8, if deflated.is_some() { 8 } else { 0 }, dos_time, dos_date] {
            shared.extend_from_slice(&word.to_le_bytes());
        }
        for word in [crc::crc_32(bytes), short(packed.len() as u64), short(size)] {
            shared.extend_from_slice(&word.to_le_bytes());
        }
        // Both lengths are far below 65,536: a clean path has at most 1,024 bytes.
        shared.extend_from_slice(&(path.len() as u16).to_le_bytes());
        shared.extend_from_slice(&(extra.len() as u16).to_le_bytes());
        self.put(b"PK\x03\x04")?;
        self.put(&shared)?;
        self.put(path.as_bytes())?;
        self.put(&extra)?;
        self.put(packed)?;
        self.directory.extend_from_slice(b"PK\x01\x02");
        self.directory.extend_from_slice(&MADE_BY.to_le_bytes());
        self.directory.extend_from_slice(&shared);
        // No comment, the first disk, no internal attributes.
        self.directory.extend_from_slice(&[0; 6]);
        self.directory.extend_from_slice(&PLAIN_FILE.to_le_bytes());
        self.directory.extend_from_slice(&start.to_le_bytes());
        self.directory.extend_from_slice(path.as_bytes());
        self.directory.extend_from_slice(&extra);
        self.entries += 1;
        self.total_bytes += size;
        Ok(())
    }

    /// Writes the list of the files and gives back what it was written to.
    ///
    /// # Errors
    /// [`WriteError::Unwritable`].
    pub fn finish(mut self) -> Result<W, WriteError> {
        let directory = std::mem::take(&mut self.directory);
        let start = short(self.at);
        self.put(&directory)?;
        self.put(b"PK\x05\x06\0\0\0\0")?;
        let entries = (self.entries as u16).to_le_bytes();
        self.put(&entries)?;
        self.put(&entries)?;
        self.put(&short(directory.len() as u64).to_le_bytes())?;
        self.put(&start.to_le_bytes())?;
        self.put(&[0; 2])?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

/// A number that the limits keep below 4 GB, in the four bytes that the format has for it.
fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The deflated bytes of a file; `None` when it is stored as it is, since it would not shrink.
fn pack(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let is_text = [".svg", ".bmp"].iter().any(|suffix| path.to_ascii_lowercase().ends_with(suffix));
    let is_packed = matches!(path::sort(path, bytes.len() as u64), Sorted::Picture | Sorted::Archive) && !is_text;
    if is_packed || bytes.is_empty() {
        return None;
    }
    // What shrinks to almost nothing would look like an attack when it is read back.
    let least = if bytes.len() as u64 > RATIO_FROM_BYTES { bytes.len() as u64 / MAX_RATIO } else { 0 };
    Some(compress_to_vec(bytes, LEVEL)).filter(|packed| packed.len() < bytes.len() && packed.len() as u64 > least)
}

/// The extra field with the time of modification in seconds since 1970.
fn extra_time(time_ms: u64) -> Vec<u8> {
    let Ok(seconds) = i32::try_from(time_ms / 1000) else {
        return Vec::new();
    };
    let mut field = Vec::with_capacity(9);
    for word in [time::EXTENDED_TIMESTAMP, 5] {
        field.extend_from_slice(&word.to_le_bytes());
    }
    field.push(1);
    field.extend_from_slice(&seconds.to_le_bytes());
    field
}
