//! The list of the files in an archive: which of them may come in, under which name.
//!
//! Start at [`read`]: it reads the central directory (APPNOTE 4.3.12) once, then judges every
//! record. No file is opened here, so an archive costs what its list costs.

use crate::clip::order;
use std::collections::BTreeMap;

use rawzip::{CompressionMethod, ErrorKind, ReaderAt, ZipArchive, ZipFileHeaderRecord};

use super::inflate::Place;
use super::problem::{ArchiveError, Refused, Renamed};
use super::{Entry, MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FROM_BYTES, names, time};
use crate::library::path::{self, BadPath, MAX_PATH_BYTES, Sorted};

/// What the list of an archive comes to.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) entries: Vec<Entry>,
    /// Where each entry lies, in the order of the entries.
    pub(super) places: Vec<Place>,
    pub(super) refused: Vec<Refused>,
    pub(super) renamed: Vec<Renamed>,
    nested: Option<(String, usize)>,
    /// The paths that are taken, each with the number that its next namesake gets.
    taken: BTreeMap<String, u32>,
}

/// One record of the central directory.
struct Record {
    name: Name,
    place: Place,
    method: CompressionMethod,
    modified_ms: Option<u64>,
    is_link: bool,
    is_encrypted: bool,
}

/// The name of a record, before and after it is decoded.
enum Name {
    Text(String),
    /// In an encoding that is not known yet.
    Legacy(Vec<u8>),
    /// The beginning of one that is too long to be kept.
    TooLong(String),
}

/// Reads the list of an archive with that name.
pub(super) fn read<R: ReaderAt>(zip: &ZipArchive<R>, archive: &str) -> Result<Listing, ArchiveError> {
    let told = zip.entries_hint();
    let too_many = |count| ArchiveError::TooMany { archive: archive.to_owned(), count };
    if told > MAX_ENTRIES as u64 {
        return Err(too_many(told));
    }
    let mut records = Vec::new();
    let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let mut walk = zip.entries(&mut buffer);
    loop {
        match walk.next_entry() {
            Ok(Some(header)) => records.push(record(&header)),
            Ok(None) => break,
            Err(error) => match error.into_kind() {
                ErrorKind::IO(why) if why.kind() != std::io::ErrorKind::UnexpectedEof => {
                    return Err(ArchiveError::Unreadable { archive: archive.to_owned(), why: why.to_string() });
                }
                // What was listed before the damage can be opened all the same.
                _ if !records.is_empty() => break,
                _ => return Err(ArchiveError::Incomplete(archive.to_owned())),
            },
        }
        if records.len() > MAX_ENTRIES {
            return Err(too_many(told.max(records.len() as u64)));
        }
    }
    if records.is_empty() {
        return Err(ArchiveError::Empty(archive.to_owned()));
    }
    settle_names(&mut records);
    settle_limits(&mut records, zip.directory_offset(), archive)?;
    let mut listing = Listing::default();
    let missing = told.saturating_sub(records.len() as u64);
    for record in records {
        listing.take(record);
    }
    listing.close(missing, archive)
}

/// What counts of a header.
fn record(header: &ZipFileHeaderRecord<'_>) -> Record {
    let raw = header.file_path();
    let raw: &[u8] = raw.as_ref();
    let dos = header.last_modified_dos();
    let seconds = i64::from(dos.hour()) * 3600 + i64::from(dos.minute()) * 60 + i64::from(dos.second());
    let mut modified_ms = time::from_dos(dos.year(), dos.month(), dos.day(), seconds);
    let mut unicode = None;
    for (id, field) in header.extra_fields() {
        match id.as_u16() {
            time::EXTENDED_TIMESTAMP => modified_ms = time::from_extra(field).or(modified_ms),
            names::UNICODE_PATH => unicode = names::from_extra(field, raw),
            _ => {}
        }
    }
    let name = match (unicode, std::str::from_utf8(raw)) {
        _ if raw.len() > MAX_PATH_BYTES => {
            let beginning = raw.get(..MAX_PATH_BYTES).unwrap_or_default();
            Name::TooLong(path::shown(&String::from_utf8_lossy(beginning)))
        }
        (Some(text), _) => Name::Text(text),
        (None, Ok(text)) => Name::Text(text.to_owned()),
        (None, Err(_)) => Name::Legacy(raw.to_owned()),
    };
    Record {
        name,
        place: Place {
            start: header.local_header_offset(),
            limit: 0,
            packed_bytes: header.compressed_size_hint(),
            size_bytes: header.uncompressed_size_hint(),
            crc: header.crc32(),
            deflated: header.compression_method() == CompressionMethod::DEFLATE,
        },
        method: header.compression_method(),
        modified_ms,
        is_link: header.mode().is_symlink(),
        is_encrypted: header.flags().is_encrypted() || header.flags().has_strong_encryption(),
    }
}

/// Decodes the names that are not UTF-8.
fn settle_names(records: &mut [Record]) {
    let unknown = |record: &Record| match &record.name {
        Name::Legacy(bytes) => Some(bytes.clone()),
        _ => None,
    };
    let unknown: Vec<Vec<u8>> = records.iter().filter_map(unknown).collect();
    if unknown.is_empty() {
        return;
    }
    let waiting = records.iter_mut().filter(|record| matches!(record.name, Name::Legacy(_)));
    for (record, name) in waiting.zip(names::decode(&unknown)) {
        record.name = Name::Text(name);
    }
}

/// Finds where each entry has to end, and that no two of them share bytes.
fn settle_limits(records: &mut [Record], directory_at: u64, archive: &str) -> Result<(), ArchiveError> {
    let mut order: Vec<&mut Record> = records.iter_mut().filter(|record| !record.is_folder()).collect();
    order::sort_by_key(&mut order, |record| record.place.start);
    let mut limit = directory_at;
    for record in order.into_iter().rev() {
        let place = &mut record.place;
        let end = place.start.saturating_add(super::inflate::LOCAL_HEADER_BYTES).saturating_add(place.packed_bytes);
        if end > limit && limit < directory_at {
            let entry = record.shown();
            return Err(ArchiveError::Overlapping { archive: archive.to_owned(), entry });
        }
        place.limit = limit;
        limit = limit.min(place.start);
    }
    Ok(())
}

impl Record {
    fn text(&self) -> &str {
        match &self.name {
            Name::Text(text) | Name::TooLong(text) => text,
            Name::Legacy(_) => "",
        }
    }

    fn shown(&self) -> String {
        path::shown(self.text())
    }

    /// Whether it stands for a folder, which is known by the paths of its files anyway.
    fn is_folder(&self) -> bool {
        matches!(&self.name, Name::Text(text) if text.ends_with(['/', '\\'])) && self.place.size_bytes == 0
    }

    /// Where it would be listed, and why it may not come in, if it may not.
    fn judge(&self) -> Result<String, Refused> {
        if let Name::TooLong(beginning) = &self.name {
            return Err(BadPath::TooLong(beginning.clone()).into());
        }
        let path = path::clean(self.text())?;
        let entry = || path::shown(&path);
        let size = self.place.size_bytes;
        let megabytes = size.div_ceil(1024 * 1024);
        if self.is_link {
            return Err(Refused::Link(entry()));
        }
        if self.is_encrypted {
            return Err(Refused::Encrypted(entry()));
        }
        if !self.place.deflated && self.method != CompressionMethod::STORE {
            return Err(Refused::Method { entry: entry(), method: method(self.method) });
        }
        if size > MAX_ENTRY_BYTES {
            return Err(Refused::TooLarge { entry: entry(), megabytes });
        }
        if size > RATIO_FROM_BYTES && size / MAX_RATIO > self.place.packed_bytes {
            return Err(Refused::Inflated { entry: entry(), megabytes });
        }
        Ok(path)
    }
}

/// What a method of compression is called.
fn method(method: CompressionMethod) -> String {
    let name = match method {
        CompressionMethod::DEFLATE64 => "Deflate64",
        CompressionMethod::BZIP2 => "bzip2",
        CompressionMethod::LZMA => "LZMA",
        CompressionMethod::ZSTD | CompressionMethod::ZSTD_DEPRECATED => "Zstandard",
        CompressionMethod::XZ => "XZ",
        CompressionMethod::PPMD => "PPMd",
        CompressionMethod::IMPLODED => "Implode",
        other => return format!("a method of the number {}", other.as_u16()),
    };
    name.to_owned()
}

impl Listing {
    /// Lists a record, or says why it is not listed.
    fn take(&mut self, record: Record) {
        if record.is_folder() {
            return;
        }
        let path = match record.judge() {
            Ok(path) => path,
            Err(refused) => {
                let is_junk = matches!(path::sort(record.text(), record.place.size_bytes), Sorted::Junk(_));
                // Nobody misses what nobody meant to bring; a bad path is told all the same.
                if !is_junk || matches!(refused, Refused::Path(_)) {
                    self.refused.push(refused);
                }
                return;
            }
        };
        if path::sort(&path, record.place.size_bytes) == Sorted::Archive {
            match &mut self.nested {
                Some((_, more)) => *more += 1,
                None => self.nested = Some((path::shown(&path), 0)),
            }
            return;
        }
        let listed = self.name_of_its_own(&path);
        if listed != path {
            self.renamed.push(Renamed { path: path::shown(&path), listed: path::shown(&listed) });
        }
        self.entries.push(Entry {
            index: self.entries.len(),
            path: listed,
            size_bytes: record.place.size_bytes,
            modified_ms: record.modified_ms,
        });
        self.places.push(record.place);
    }

    /// The path itself, or one with a number when it is taken: `a (2).md`.
    fn name_of_its_own(&mut self, path: &str) -> String {
        let Some(next) = self.taken.get(path).copied() else {
            self.taken.insert(path.to_owned(), 2);
            return path.to_owned();
        };
        let name_at = path.len() - path::name(path).len();
        let dot = path.rfind('.').filter(|dot| *dot > name_at).unwrap_or(path.len());
        let (stem, suffix) = path.split_at(dot);
        let mut number = next;
        loop {
            let numbered = format!("{stem} ({number}){suffix}");
            number += 1;
            if !self.taken.contains_key(&numbered) {
                self.taken.insert(path.to_owned(), number);
                self.taken.insert(numbered.clone(), 2);
                return numbered;
            }
        }
    }

    /// Judges the archive as a whole.
    fn close(mut self, missing: u64, archive: &str) -> Result<Self, ArchiveError> {
        let total: u64 = self.entries.iter().map(|entry| entry.size_bytes).sum();
        if total > MAX_TOTAL_BYTES {
            let megabytes = total.div_ceil(1024 * 1024);
            return Err(ArchiveError::TooLarge { archive: archive.to_owned(), megabytes });
        }
        if let Some((first, more)) = self.nested.take() {
            self.refused.push(Refused::Nested { first, more });
        }
        if missing > 0 {
            self.refused.push(Refused::Missing { missing });
        }
        self.taken = BTreeMap::new();
        Ok(self)
    }
}
