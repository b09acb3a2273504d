//! Imports, inside the library's worker: reads file after file and archive after archive, has
//! [`crate::library::importing`] say what is to be kept, and keeps it in batches. An archive that is a
//! backup is [`restoring`]'s.

mod restoring;

use std::cell::Cell;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::clock;
use super::errands::report;
use super::file::{Content, FileReader};
use super::searching;
use super::storage::StorageError;
use super::store::{self, KeptClip, KeptDeeds, KeptPicture};
use crate::clip::Beside;
use crate::engine::Report;
use crate::engine::errand::{At, Offer};
use crate::library::archive::Archive;
use crate::library::importing::beside::{self, Tellers};
use crate::library::importing::{Importing, is_bare_picture};
use crate::library::intake;
use crate::library::list::View;
use crate::library::path::{self, Sorted};
use crate::library::{Asset, ClipId, Entry, asset, backup};
use crate::session::saved::Saved;

type Scope = web_sys::DedicatedWorkerGlobalScope;

/// What is to come in.
#[derive(Debug)]
pub struct Order {
    /// Names the import.
    pub import: u64,
    /// The clip that was open.
    pub near: Option<ClipId>,
    /// The files.
    pub files: Vec<Offer>,
    /// Where to begin.
    pub from: At,
    /// What is left out.
    pub left_out: Vec<At>,
}

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// Stops the import that goes on, after the item that is being read.
pub fn stop() {
    STOPPED.set(true);
}

/// A batch is kept when it has so many bytes: enough to make the transaction worth its while, and
/// little enough that none of it is missed when the page goes.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Or when it has so many clips.
const BATCH_CLIPS: usize = 100;
/// Or when so much time has passed since the last one, in milliseconds: what came in is shown.
const BATCH_MS: f64 = 700.0;
/// How long the worker goes on before it listens, in milliseconds.
const TURN_MS: f64 = 40.0;

/// Takes files in, and reports.
pub async fn run(scope: &Scope, order: Order, contents: &Array) {
    STOPPED.set(false);
    let mut known = Vec::new();
    let loaded = store::each_entry(|_, record| known.extend(Entry::read(record).ok().filter(|e| e.removed_ms == 0)));
    let mut kept = loaded.await.is_ok();
    if order.from == At::default() && order.files.iter().all(|offer| offer.edited.is_none()) {
        kept &= store::forget_replaced().await.is_ok();
    }
    let importing = Importing::new(order.import, order.near.clone(), known.into_iter());
    let now = clock::monotonic_ms();
    let total = order.files.len() as u32;
    let mut run = Run {
        scope,
        importing,
        batch: Batch::default(),
        kept,
        from: order.from,
        left_out: order.left_out,
        done: 0,
        total,
        batch_ms: now,
        turn_ms: now,
        failed: None,
    };
    let tellers = Tellers::of(order.files.iter().map(|offer| (offer.path.as_str(), offer.size)));
    for (index, offer) in order.files.iter().enumerate() {
        let at = At { file: index as u32, entry: 0 };
        if run.is_over() {
            break;
        }
        if tellers.contain(index) {
            run.done += 1;
            continue;
        }
        let told = || {
            let teller = tellers.beside(index)?;
            let bytes = Content::read(&contents.get(teller as u32)).ok()?;
            beside::read(&order.files.get(teller)?.path, &bytes)
        };
        run.file(at, offer, &contents.get(at.file), told).await;
    }
    run.keep(At { file: total, entry: 0 }).await;
    if let Some(error) = &run.failed {
        report(scope, &Report::Failed { why: error.to_string() });
    }
    run.importing.summary.stopped = run.is_over();
    report(scope, &Report::Imported { rest: run.importing.summary });
}

/// One file, or one entry of an archive, that is not read yet.
struct Item<'p> {
    at: At,
    path: &'p str,
    size: u64,
    sorted: Sorted,
    /// Who it is, when its bytes don't tell.
    id: Option<ClipId>,
    /// What a file beside it tells of it.
    told: Option<Beside>,
}

/// What came in and is not kept yet.
#[derive(Default)]
struct Batch {
    clips: Vec<KeptClip>,
    offers: Vec<Option<u32>>,
    pictures: Vec<KeptPicture>,
    /// What a backup tells of what was done with clips.
    deeds: KeptDeeds,
    /// The views that a backup has.
    views: Vec<View>,
    bytes: usize,
}

/// An import under way.
struct Run<'a> {
    scope: &'a Scope,
    importing: Importing,
    batch: Batch,
    /// Whether the browser keeps anything.
    kept: bool,
    from: At,
    left_out: Vec<At>,
    done: u32,
    total: u32,
    batch_ms: f64,
    turn_ms: f64,
    failed: Option<StorageError>,
}

impl Run<'_> {
    fn is_over(&self) -> bool {
        STOPPED.get() || self.failed.is_some()
    }

    async fn file(&mut self, at: At, offer: &Offer, content: &JsValue, told: impl FnOnce() -> Option<Beside>) {
        let sorted = path::sort(&offer.path, offer.size);
        // The paths inside an archive are not those of the folder.
        self.importing.linked = offer.linked && sorted != Sorted::Archive;
        self.importing.edited = offer.edited.as_ref().and_then(|record| Entry::read(record).ok());
        match sorted {
            Sorted::Archive => self.archive(at, offer, content).await,
            sorted => {
                if self.is_wanted(at) && self.announce(at, &offer.path, offer.size).await {
                    let read = || Content::read(content).map_err(|error| error.message);
                    let (path, size, id) = (offer.path.as_str(), offer.size, offer.id.clone());
                    self.item(Item { at, path, size, sorted, id, told: told() }, read);
                }
                self.done += 1;
                self.keep_when_due(At { file: at.file + 1, entry: 0 }).await;
            }
        }
    }

    async fn archive(&mut self, at: At, offer: &Offer, content: &JsValue) {
        let opened = FileReader::new(content)
            .map_err(|error| error.message)
            .and_then(|reader| Archive::open(reader, path::name(&offer.path)).map_err(|error| error.to_string()));
        let archive = match opened {
            Ok(archive) => archive,
            Err(why) => {
                self.done += 1;
                return self.importing.summary.skip(&offer.path, why);
            }
        };
        let archive_path = &offer.path;
        let sentences = archive.refused().iter().map(ToString::to_string);
        for sentence in sentences.chain(archive.renamed().iter().map(ToString::to_string)) {
            self.importing.summary.skip(archive_path, sentence);
        }
        let entries = archive.entries().to_vec();
        self.total += (entries.len() as u32).saturating_sub(1);
        let root = path::name(&offer.path);
        let root = root.rsplit_once('.').map_or(root, |(stem, _)| stem).to_owned();
        if let Some(folder) = backup::root(entries.iter().map(|entry| entry.path.as_str())) {
            if at.file < self.from.file {
                self.done += entries.len() as u32;
                return;
            }
            match restoring::open(self, at, &archive, &folder).await {
                restoring::Opened::Backup(backup) => {
                    return restoring::run(self, at, &archive, &root, *backup).await;
                }
                restoring::Opened::Newer(why) => {
                    self.done += entries.len() as u32;
                    return self.importing.summary.skip(archive_path, why);
                }
                restoring::Opened::NotOne => {}
            }
        }
        let tellers = Tellers::of(entries.iter().map(|entry| (entry.path.as_str(), entry.size_bytes)));
        for (index, entry) in entries.iter().enumerate() {
            let at = At { file: at.file, entry: entry.index as u32 };
            if self.is_over() {
                return;
            }
            let path = format!("{root}/{}", entry.path);
            let is_read = !tellers.contain(index) && self.is_wanted(at);
            if is_read && self.announce(at, &path, entry.size_bytes).await {
                let sorted = path::sort(&entry.path, entry.size_bytes);
                let read = || archive.read(entry.index).map_err(|error| error.to_string());
                let teller = tellers.beside(index).and_then(|teller| entries.get(teller));
                let told = teller.and_then(|teller| beside::read(&teller.path, &archive.read(teller.index).ok()?));
                let item = Item { at, path: &path, size: entry.size_bytes, sorted, id: None, told };
                self.item(item, read);
            }
            self.done += 1;
            self.keep_when_due(At { file: at.file, entry: at.entry + 1 }).await;
        }
    }

    fn is_wanted(&self, at: At) -> bool {
        at >= self.from && !self.left_out.contains(&at)
    }

    /// Says what is read next, and listens now and then. Returns whether to go on.
    async fn announce(&mut self, at: At, path: &str, size: u64) -> bool {
        let (done, total) = (self.done, self.total.max(self.done + 1));
        report(self.scope, &Report::Importing { done, total, at, name: path.to_owned(), size });
        if clock::monotonic_ms() - self.turn_ms > TURN_MS {
            clock::turn().await;
            self.turn_ms = clock::monotonic_ms();
        }
        !self.is_over()
    }

    /// Takes in one file or entry of an archive.
    fn item(&mut self, item: Item<'_>, read: impl FnOnce() -> Result<Vec<u8>, String>) {
        let Item { at, path, size, sorted, id, told } = item;
        let name = path::name(path);
        match sorted {
            Sorted::Clip => {
                if let Err(refusal) = intake::judge(&intake::Offered { name, size, folder: false }) {
                    return self.importing.summary.skip(path, refusal.to_string());
                }
            }
            Sorted::Picture => {}
            other => match other.why_not(name) {
                // What came by itself is meant, whatever its name: its bytes tell what it is.
                Some(_) if at.entry == 0 && !path.contains('/') => {}
                Some(why) => return self.importing.summary.skip(path, why),
                None => {
                    self.importing.summary.passed_over += 1;
                    return;
                }
            },
        }
        let bytes = match read() {
            Ok(bytes) => bytes,
            Err(why) => {
                let why = intake::Refusal::unreadable(name, &why.to_string());
                return self.importing.summary.skip(path, why.to_string());
            }
        };
        self.batch.bytes += bytes.len();
        if sorted == Sorted::Picture || is_bare_picture(name, &bytes) {
            self.picture(path, bytes);
        } else if let Some(new) = self.importing.clip(path, &bytes, id, told) {
            let entry = new.entry.write().unwrap_or_default();
            let (id, words, replaces) = (new.entry.id, new.words, new.replaces);
            self.batch.clips.push(KeptClip { id, entry, bytes, words, replaces });
            self.batch.offers.push((at.entry == 0).then_some(at.file));
        }
    }

    fn picture(&mut self, path: &str, bytes: Vec<u8>) {
        if let Some(asset) = self.importing.picture(path, &bytes) {
            self.batch.pictures.extend(kept_picture(&asset, bytes));
        }
    }

    async fn keep_when_due(&mut self, next: At) {
        let due = self.batch.bytes > BATCH_BYTES
            || self.batch.clips.len() >= BATCH_CLIPS
            || clock::monotonic_ms() - self.batch_ms > BATCH_MS;
        if due {
            self.keep(next).await;
        }
    }

    /// Keeps what came in since the last time, all or none, and reports it.
    async fn keep(&mut self, next: At) {
        let batch = std::mem::take(&mut self.batch);
        self.batch_ms = clock::monotonic_ms();
        let nothing = batch.clips.is_empty() && batch.pictures.is_empty() && batch.deeds.is_empty();
        if nothing && batch.views.is_empty() {
            return;
        }
        if self.kept
            && let Err(error) = store::keep(&batch.clips, &batch.pictures, &batch.deeds).await
        {
            self.importing.summary.take_back();
            self.failed = Some(error);
            return;
        }
        let entries = batch.clips.iter().map(|clip| clip.entry.clone()).collect();
        searching::came_in(&batch.clips);
        let came = std::mem::take(&mut self.importing.summary);
        let Batch { offers, deeds, views, .. } = batch;
        let highlights = deeds.highlights.into_iter().map(|(id, _)| id).collect();
        let states = deeds.states;
        report(self.scope, &Report::CameIn { entries, offers, states, highlights, views, kept: self.kept, came, next });
    }
}

/// The place of a picture in the database.
fn place_of(asset: &Asset) -> String {
    format!("{}/{}", asset.import, asset.path)
}

fn kept_picture(asset: &Asset, bytes: Vec<u8>) -> Option<KeptPicture> {
    Some(KeptPicture {
        hash: asset.id.as_str().to_owned(),
        place: place_of(asset),
        record: serde_json::to_string(asset).ok()?,
        keys: asset::asset_keys(&asset.path),
        near: asset.near.clone(),
        bytes,
    })
}
