//! Where an archive ends: its end record (APPNOTE 4.3.16), from which everything else is found.
//!
//! The record stands at the end of the file, before a comment of any content, so what looks like
//! a record may be part of a comment. Start at [`find`]: the record that has a list of files
//! behind it is the true one, and two of them are a reason to open neither.

use std::io;

use rawzip::ReaderAt;

/// The record without its comment, in bytes.
pub(super) const END_BYTES: u64 = 22;
/// The longest comment, in bytes.
const MAX_COMMENT_BYTES: u64 = 65_535;
/// What else may stand after an archive: the last download blocks of some servers, in bytes.
const MAX_TRAILING_BYTES: u64 = 4096;
/// Further places that look like a record are not looked at.
const MAX_CANDIDATES: usize = 64;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The record is there.
    At(u64),
    /// There is a record, and it says that the archive has no files.
    NoFiles,
    /// There is none.
    Missing,
    /// Several records each have a list of files.
    Ambiguous,
}

/// One place that looks like a record.
struct Candidate {
    at: u64,
    entries: u16,
    directory_bytes: u32,
    directory_at: u32,
    /// Whether its comment ends where the file does.
    fits: bool,
}

/// Finds the end record of an archive of that length.
pub(super) fn find<R: ReaderAt>(reader: &R, length: u64) -> io::Result<End> {
    let start = length.saturating_sub(END_BYTES + MAX_COMMENT_BYTES + MAX_TRAILING_BYTES);
    let mut tail = vec![0; usize::try_from(length - start).unwrap_or(0)];
    reader.read_exact_at(&mut tail, start)?;
    let mut candidates = candidates(&tail, start);
    // What stands behind an archive is no comment of it; only an archive without any exact record
    // is read as one with something behind it.
    if candidates.iter().any(|c| c.fits) {
        candidates.retain(|c| c.fits);
    } else {
        candidates.truncate(1);
    }
    let mut found = None;
    for candidate in &candidates {
        if !has_files(reader, candidate)? {
            continue;
        }
        if found.is_some() {
            return Ok(End::Ambiguous);
        }
        found = Some(candidate.at);
    }
    Ok(match found {
        Some(at) => End::At(at),
        None if candidates.iter().any(|c| c.entries == 0 && c.directory_bytes == 0) => End::NoFiles,
        None => End::Missing,
    })
}

/// The places in the tail of a file that look like a record, the last one first.
fn candidates(tail: &[u8], start: u64) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, window) in tail.windows(END_BYTES as usize).enumerate().rev() {
        let [b'P', b'K', 5, 6, _, _, _, _, _, _, e0, e1, s0, s1, s2, s3, o0, o1, o2, o3, c0, c1] = window else {
            continue;
        };
        let after = tail.len() - at - END_BYTES as usize;
        let comment = usize::from(u16::from_le_bytes([*c0, *c1]));
        if comment <= after && found.len() < MAX_CANDIDATES {
            found.push(Candidate {
                at: start + at as u64,
                entries: u16::from_le_bytes([*e0, *e1]),
                directory_bytes: u32::from_le_bytes([*s0, *s1, *s2, *s3]),
                directory_at: u32::from_le_bytes([*o0, *o1, *o2, *o3]),
                fits: comment == after,
            });
        }
    }
    found
}

/// Whether a list of files stands where a record says that it does, or just before it as in
/// archives with something in front, or whether a Zip64 record says where.
fn has_files<R: ReaderAt>(reader: &R, candidate: &Candidate) -> io::Result<bool> {
    let begins = |at: u64, with: &[u8; 4]| {
        let mut bytes = [0; 4];
        if at + 4 > candidate.at {
            return Ok(false);
        }
        reader.read_exact_at(&mut bytes, at).map(|()| bytes == *with)
    };
    if let Some(at) = candidate.at.checked_sub(20)
        && begins(at, b"PK\x06\x07")?
    {
        return Ok(true);
    }
    if candidate.entries == 0 || u64::from(candidate.directory_bytes) > candidate.at {
        return Ok(false);
    }
    if begins(u64::from(candidate.directory_at), b"PK\x01\x02")? {
        return Ok(true);
    }
    // What stands in front of an archive is a program that unpacks it. Where the file begins as an
    // archive itself, this one lies inside it, and its files are not those of the file.
    Ok(begins(candidate.at - u64::from(candidate.directory_bytes), b"PK\x01\x02")? && !begins(0, b"PK\x03\x04")?)
}
