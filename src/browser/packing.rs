//! Zips of clips and pictures, inside the library's worker: for export and for backups.
//!
//! One file at a time is in memory; what is written becomes pieces of a Blob, which the browser
//! keeps where it likes. What goes where is said by [`crate::library::export`] and
//! [`crate::library::backup`].

mod backup;
mod cleaned;
mod files;

use std::cell::Cell;
use std::io::{self, Write};

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::clock;
use super::errands::{report, report_with};
use crate::engine::Report;
use crate::engine::errand::{Form, Packed};
use crate::library::ClipId;
use crate::library::archive::write::{WriteError, Writer};

type Scope = web_sys::DedicatedWorkerGlobalScope;

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// Stops the packing that goes on, after the file that is being packed: nothing is made of it.
pub fn stop() {
    STOPPED.set(true);
}

/// What is made: a name, and the Blob.
type Made = (String, web_sys::Blob);

/// Packs clips, and reports the zip.
pub async fn run(scope: &Scope, clips: &[Packed], backup: Option<&str>) {
    let mut packing = Packing::begin(scope);
    let made = match backup {
        Some(beside) => backup::pack(&mut packing, beside).await,
        None => files::pack(&mut packing, clips).await,
    };
    packing.end(made);
}

/// Makes a file of a clip without what is folded of it, and reports it.
pub async fn clean(scope: &Scope, id: &ClipId, form: Form) {
    let mut packing = Packing::begin(scope);
    let made = cleaned::make(&mut packing, id, form).await;
    packing.end(made);
}

/// How long the worker goes on before it listens and says how far it is, in milliseconds.
const TURN_MS: f64 = 60.0;
/// So many of the files that are missing are told one by one.
const MOST_TOLD: usize = 4;

/// A packing under way.
struct Packing<'a> {
    scope: &'a Scope,
    done: usize,
    total: usize,
    turn_ms: f64,
    missing: Vec<String>,
    /// How many are missing beside those.
    more: usize,
    /// How many files the archive has no room for.
    full: usize,
}

impl<'a> Packing<'a> {
    fn begin(scope: &'a Scope) -> Self {
        STOPPED.set(false);
        let now = clock::monotonic_ms();
        Self { scope, done: 0, total: 0, turn_ms: now, missing: Vec::new(), more: 0, full: 0 }
    }

    /// Reports what was made, or why nothing was.
    fn end(mut self, made: Result<Option<Made>, String>) {
        let scope = self.scope;
        match made {
            Ok(Some((name, blob))) => {
                report_with(scope, &Report::Packed { name, missing: self.all_missing() }, blob.as_ref());
            }
            Ok(None) => report(scope, &Report::Unpacked),
            Err(why) => {
                report(scope, &Report::Failed { why });
                report(scope, &Report::Unpacked);
            }
        }
    }

    /// Says now and then how far it is, and listens. Returns whether to go on.
    async fn goes_on(&mut self) -> bool {
        if clock::monotonic_ms() - self.turn_ms > TURN_MS {
            let (done, total) = (self.done as u32, self.total.max(self.done) as u32);
            report(self.scope, &Report::Packing { done, total });
            clock::turn().await;
            self.turn_ms = clock::monotonic_ms();
        }
        self.done += 1;
        !STOPPED.get()
    }

    fn miss(&mut self, sentence: impl Into<String>) {
        if self.missing.len() < MOST_TOLD {
            self.missing.push(sentence.into());
        } else {
            self.more += 1;
        }
    }

    fn all_missing(&mut self) -> Vec<String> {
        let mut all = std::mem::take(&mut self.missing);
        if self.more > 0 {
            all.push(format!("There were {} more problems of this kind.", self.more));
        }
        if self.full > 0 {
            all.push(format!(
                "{} files did not fit: no more than 20,000 files and 2,048 MB go into one archive. Choose fewer clips, and export the others by themselves.",
                self.full
            ));
        }
        all
    }

    /// Adds a file to an archive; one that can't be added is told as missing.
    fn add(&mut self, zip: &mut Zip, path: &str, bytes: &[u8], modified_ms: u64) -> Result<(), String> {
        match zip.0.add(path, bytes, Some(modified_ms)) {
            Ok(()) => {}
            Err(error @ WriteError::Unwritable(_)) => return Err(error.to_string()),
            Err(WriteError::Full) => self.full += 1,
            Err(error) => self.miss(error.to_string()),
        }
        Ok(())
    }
}

/// A zip that is being written.
struct Zip(Writer<Pieces>);

impl Zip {
    fn new() -> Self {
        Self(Writer::new(Pieces::default()))
    }

    fn finish(self) -> Result<web_sys::Blob, String> {
        let mut pieces = self.0.finish().map_err(|error| error.to_string())?;
        let blob = pieces.gather().and_then(|()| blob_of(&pieces.blobs, "application/zip"));
        blob.map_err(|error| error.to_string())
    }
}

/// Bytes that were written, as pieces that JavaScript holds.
#[derive(Default)]
struct Pieces {
    /// What was written last, not long enough for a piece.
    piece: Vec<u8>,
    pieces: Array,
    pieces_bytes: usize,
    blobs: Array,
}

/// How long a piece is at least, in bytes.
const PIECE_BYTES: usize = 1024 * 1024;
/// How many bytes of pieces are given to the browser as a Blob, out of the worker's memory.
const BLOB_BYTES: usize = 16 * 1024 * 1024;

impl Pieces {
    fn end_piece(&mut self) {
        if !self.piece.is_empty() {
            self.pieces.push(&Uint8Array::from(self.piece.as_slice()));
            self.pieces_bytes += self.piece.len();
            self.piece.clear();
        }
    }

    fn gather(&mut self) -> io::Result<()> {
        self.end_piece();
        if self.pieces_bytes > 0 {
            let blob = blob_of(&self.pieces, "")?;
            self.blobs.push(&blob);
            (self.pieces, self.pieces_bytes) = (Array::new(), 0);
        }
        Ok(())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.end_piece();
        }
        if self.pieces_bytes >= BLOB_BYTES {
            self.gather()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn blob_of(parts: &Array, media_type: &str) -> io::Result<web_sys::Blob> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let made = web_sys::Blob::new_with_blob_sequence_and_options(parts, &options);
    made.map_err(|error: JsValue| io::Error::other(super::message(&error)))
}

/// A name with today's date in it, as the person's clock has it.
fn dated(name: &str) -> String {
    let today = js_sys::Date::new_0();
    format!("{name}-{}-{:02}-{:02}.zip", today.get_full_year(), today.get_month() + 1, today.get_date())
}
