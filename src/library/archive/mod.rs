//! Zip archives: what is in one, which of it may come in, and the bytes of each file.
//!
//! Start at [`Archive::open`]. The reader is asked for ranges, so an archive is never in memory as
//! a whole; what is declared is never believed. Follows PKWARE's APPNOTE 6.3.10. Writing is in
//! [`mod@write`]. What a file is for is not decided here (`library::path::sort`).

mod crc;
mod directory;
mod end;
mod inflate;
mod names;
mod problem;
mod time;
pub mod write;

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};

use rawzip::{ErrorKind, ReaderAt, ZipArchive, ZipLocator};

use directory::Listing;
use end::{END_BYTES, End};
use inflate::Fault;
pub use problem::{ArchiveError, Refused, Renamed};

/// The largest file that is taken out of an archive, in bytes: what may come in as a clip by itself.
pub const MAX_ENTRY_BYTES: u64 = super::intake::MAX_CLIP_BYTES;
/// The most that an archive may unpack to, in bytes. Reading takes the memory of one file, so this
/// spares time and storage: it is minutes of work, and about as much as a browser keeps for a page.
pub const MAX_TOTAL_BYTES: u64 = 2048 * 1024 * 1024;
/// The most files that an archive may have: a list of them has to fit into the memory of a phone,
/// and the largest collections of clips known have half as many, pictures included.
pub const MAX_ENTRIES: usize = 20_000;
/// How many times as long as its packed bytes a large file may be. Deflate reaches 1,000; a book
/// reaches 5, a log of one repeated line 100.
pub const MAX_RATIO: u64 = 100;
/// Up to this length, in bytes, a file may be packed as tightly as it likes: it does no harm.
pub const RATIO_FROM_BYTES: u64 = 10 * 1024 * 1024;

/// One file of an archive that may come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What [`Archive::read`] knows it by.
    pub index: usize,
    /// Its path in the archive, cleaned; no other entry has the same.
    pub path: String,
    /// Its length as the archive declares it, in bytes; reading holds it to that.
    pub size_bytes: u64,
    /// When it was last changed, in milliseconds since 1970.
    pub modified_ms: Option<u64>,
}

/// An open archive.
#[derive(Debug)]
pub struct Archive<R> {
    name: String,
    zip: ZipArchive<Ranges<R>>,
    listing: Listing,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive: reads the list of its files and judges each of them.
    ///
    /// # Errors
    /// An [`ArchiveError`] when it is no zip, damaged, beyond the limits, or made to do harm.
    pub fn open(mut reader: R, name: &str) -> Result<Self, ArchiveError> {
        let unreadable = |why: io::Error| ArchiveError::Unreadable { archive: name.to_owned(), why: why.to_string() };
        let length = reader.seek(SeekFrom::End(0)).map_err(unreadable)?;
        if length == 0 {
            return Err(ArchiveError::Empty(name.to_owned()));
        }
        let ranges = Ranges(RefCell::new(reader));
        let at = match end::find(&ranges, length).map_err(unreadable)? {
            End::At(at) => at,
            End::NoFiles => return Err(ArchiveError::Empty(name.to_owned())),
            End::Ambiguous => return Err(ArchiveError::Ambiguous(name.to_owned())),
            End::Missing => {
                let mut head = [0; 2];
                let begins = ranges.read_exact_at(&mut head, 0).is_ok() && head == *b"PK";
                let tell = if begins { ArchiveError::Incomplete } else { ArchiveError::NotZip };
                return Err(tell(name.to_owned()));
            }
        };
        let mut buffer = vec![0; rawzip::RECOMMENDED_BUFFER_SIZE];
        let located = ZipLocator::new().locate_in_reader(ranges, &mut buffer, at + END_BYTES);
        let zip = match located {
            Ok(zip) if zip.eocd_offset() == at => zip,
            Ok(_) => return Err(ArchiveError::Incomplete(name.to_owned())),
            Err((_, error)) => {
                return Err(match error.into_kind() {
                    ErrorKind::IO(why) if why.kind() != io::ErrorKind::UnexpectedEof => unreadable(why),
                    _ => ArchiveError::Incomplete(name.to_owned()),
                });
            }
        };
        let listing = directory::read(&zip, name)?;
        Ok(Self { name: name.to_owned(), zip, listing })
    }

    /// The files that may come in, in the order of the archive's list. Folders are not among them.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.listing.entries
    }

    /// The files that may not come in, with a sentence for each.
    #[must_use]
    pub fn refused(&self) -> &[Refused] {
        &self.listing.refused
    }

    /// The files that are listed under another name than they have.
    #[must_use]
    pub fn renamed(&self) -> &[Renamed] {
        &self.listing.renamed
    }

    /// The bytes of a file: whole, as long as declared, and with the right checksum.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] when they are not; [`ArchiveError::Unreadable`] when the archive
    /// cannot be read any more.
    pub fn read(&self, index: usize) -> Result<Vec<u8>, ArchiveError> {
        let archive = || self.name.clone();
        let known = self.listing.entries.get(index).zip(self.listing.places.get(index));
        let Some((entry, place)) = known else {
            return Err(ArchiveError::Damaged { archive: archive(), entry: index.to_string() });
        };
        inflate::read(self.zip.get_ref(), place).map_err(|fault| match fault {
            Fault::Damaged => ArchiveError::Damaged { archive: archive(), entry: super::path::shown(&entry.path) },
            Fault::Unreadable(why) => ArchiveError::Unreadable { archive: archive(), why: why.to_string() },
        })
    }
}

/// A reader with a place, asked for ranges.
#[derive(Debug)]
struct Ranges<R>(RefCell<R>);

impl<R: Read + Seek> ReaderAt for Ranges<R> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut reader = self.0.try_borrow_mut().map_err(io::Error::other)?;
        reader.seek(SeekFrom::Start(offset))?;
        reader.read(buffer)
    }
}
