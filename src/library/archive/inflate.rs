//! The bytes of one entry: read in pieces, inflated no further than the archive declares.
//!
//! Start at [`read`]. Memory grows with what is really there, never with what is declared.

use std::io;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use rawzip::ReaderAt;

/// How much of the archive is in memory at a time, in bytes; one request to the browser for most entries.
const PIECE_BYTES: u64 = 256 * 1024;
/// The most that is set aside for an entry before any of it is inflated, in bytes.
const FIRST_BYTES: u64 = 1024 * 1024;

/// The fixed part of a local header (APPNOTE 4.3.7), in bytes.
pub(super) const LOCAL_HEADER_BYTES: u64 = 30;

/// Where an entry lies in its archive, and what the directory says of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Where its local header begins.
    pub(super) start: u64,
    /// Where the next entry or the directory begins: it has to end before.
    pub(super) limit: u64,
    /// The length of its data as it is stored.
    pub(super) packed_bytes: u64,
    /// Its length as a file.
    pub(super) size_bytes: u64,
    /// Its checksum.
    pub(super) crc: u32,
    /// Whether it is deflated; stored otherwise.
    pub(super) deflated: bool,
}

/// Why the bytes of an entry cannot be had.
#[derive(Debug)]
pub(super) enum Fault {
    /// They are not what the directory says.
    Damaged,
    /// The archive itself could not be read.
    Unreadable(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Damaged } else { Self::Unreadable(error) }
    }
}

/// The data of an entry, piece after piece.
struct Pieces<'a, R> {
    reader: &'a R,
    piece: Vec<u8>,
    /// Where the part of the piece begins that has not been asked for.
    from: usize,
    /// Where the archive goes on after the piece.
    next: u64,
    end: u64,
}

impl<'a, R: ReaderAt> Pieces<'a, R> {
    /// Reads the local header of an entry with as much of its data as fits into one piece.
    fn open(reader: &'a R, place: &Place) -> Result<Self, Fault> {
        let mut pieces = Self { reader, piece: Vec::new(), from: 0, next: place.start, end: place.limit };
        pieces.fill()?;
        let header = pieces.piece.get(..LOCAL_HEADER_BYTES as usize).ok_or(Fault::Damaged)?;
        let [b'P', b'K', 3, 4, .., n0, n1, x0, x1] = header else {
            return Err(Fault::Damaged);
        };
        let names = u64::from(u16::from_le_bytes([*n0, *n1])) + u64::from(u16::from_le_bytes([*x0, *x1]));
        // The directory is what counts for everything else; the local header only moves the data.
        let data = LOCAL_HEADER_BYTES + names;
        let end = (place.start + data).checked_add(place.packed_bytes).filter(|end| *end <= place.limit);
        pieces.end = end.ok_or(Fault::Damaged)?;
        let inside = usize::try_from(place.packed_bytes.saturating_add(data)).unwrap_or(usize::MAX);
        pieces.piece.truncate(inside);
        pieces.from = usize::try_from(data).unwrap_or(usize::MAX).min(pieces.piece.len());
        pieces.next = pieces.next.min(pieces.end);
        Ok(pieces)
    }

    /// The next bytes, none at the end, and whether there are more after them.
    fn next(&mut self) -> Result<(&[u8], bool), Fault> {
        if self.from >= self.piece.len() {
            self.fill()?;
        }
        let from = std::mem::replace(&mut self.from, self.piece.len());
        Ok((self.piece.get(from..).unwrap_or_default(), self.next < self.end))
    }

    fn fill(&mut self) -> Result<(), Fault> {
        let length = self.end.saturating_sub(self.next).min(PIECE_BYTES);
        self.piece.clear();
        self.piece.resize(usize::try_from(length).unwrap_or(0), 0);
        self.reader.read_exact_at(&mut self.piece, self.next)?;
        self.next += length;
        self.from = 0;
        Ok(())
    }
}

/// The bytes of an entry, whole and with the checksum that the directory says.
pub(super) fn read<R: ReaderAt>(reader: &R, place: &Place) -> Result<Vec<u8>, Fault> {
    let mut pieces = Pieces::open(reader, place)?;
    let bytes = if place.deflated { inflate(&mut pieces, place.size_bytes)? } else { stored(&mut pieces, place)? };
    if bytes.len() as u64 != place.size_bytes || super::crc::crc_32(&bytes) != place.crc {
        return Err(Fault::Damaged);
    }
    Ok(bytes)
}

fn stored<R: ReaderAt>(pieces: &mut Pieces<'_, R>, place: &Place) -> Result<Vec<u8>, Fault> {
    if place.packed_bytes != place.size_bytes {
        return Err(Fault::Damaged);
    }
    let mut bytes = Vec::new();
    loop {
        let (piece, _) = pieces.next()?;
        if piece.is_empty() {
            return Ok(bytes);
        }
        bytes.extend_from_slice(piece);
    }
}

fn inflate<R: ReaderAt>(pieces: &mut Pieces<'_, R>, size_bytes: u64) -> Result<Vec<u8>, Fault> {
    // One byte beyond what is declared tells that there is more.
    let most = usize::try_from(size_bytes.saturating_add(1)).map_err(|_| Fault::Damaged)?;
    let mut bytes = vec![0; most.min(FIRST_BYTES as usize)];
    let mut filled = 0;
    let mut state = Box::new(DecompressorOxide::new());
    loop {
        let (mut rest, more) = pieces.next()?;
        let more = if more { TINFL_FLAG_HAS_MORE_INPUT } else { 0 };
        loop {
            let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | more;
            let (status, read, written) = decompress(&mut state, rest, &mut bytes, filled, flags);
            filled += written;
            rest = rest.get(read..).unwrap_or_default();
            match status {
                TINFLStatus::Done => {
                    bytes.truncate(filled);
                    return Ok(bytes);
                }
                TINFLStatus::HasMoreOutput if bytes.len() < most => {
                    bytes.resize(bytes.len().saturating_mul(2).min(most), 0);
                }
                TINFLStatus::NeedsMoreInput if more != 0 => break,
                _ => return Err(Fault::Damaged),
            }
        }
    }
}
