//! A backup that comes in: what is newer in it takes its place among what is here.
//!
//! Start at [`open`], which reads all records, then [`run`]. Whatever is whole comes in; what is
//! damaged or missing is told. A worker that dies over it begins again: what is in already is here
//! then, and is not read a second time.

use crate::clip::order;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::{Archive, At, FileReader, Item, KeptClip, Run, kept_picture, place_of};
use crate::browser::store;
use crate::clip::{self, Options};
use crate::library::backup::{
    self, AssetRecord, BackupError, ClipRecord, Merged, Part, Restorable, Salvage, Side, merge, restorable,
};
use crate::library::highlight::Highlights;
use crate::library::list::View;
use crate::library::{Arrival, ClipId, ContentId, Entry, path};
use crate::session::ClipState;
use crate::session::saved::Saved;

/// What an archive with a manifest is.
pub(super) enum Opened {
    /// A backup.
    Backup(Box<Backup>),
    /// A backup of a later version: why it does not come in.
    Newer(String),
    /// Something else that has a file of that name.
    NotOne,
}

/// A backup, its records read.
pub(super) struct Backup {
    found: Restorable,
    views: Vec<View>,
    /// Where in the archive each part is, and how long it is.
    places: BTreeMap<String, (usize, u64)>,
    /// What is damaged and was told.
    damaged: BTreeSet<String>,
}

/// Reads the records of a backup that begins in that folder of an archive.
pub(super) async fn open(run: &mut Run<'_>, at: At, archive: &Archive<FileReader>, folder: &str) -> Opened {
    let mut salvage = Salvage::default();
    let mut places = BTreeMap::new();
    let mut damaged = BTreeMap::new();
    let mut newer = None;
    for entry in archive.entries() {
        let Some((part, own)) = entry.path.strip_prefix(folder).and_then(|own| Some((Part::parse(own)?, own))) else {
            continue;
        };
        places.insert(own.to_owned(), (entry.index, entry.size_bytes));
        let is_record = !matches!(part, Part::Clip(_) | Part::Asset(_));
        let at = At { file: at.file, entry: entry.index as u32 };
        if is_record && (run.left_out.contains(&at) || !run.announce(at, &entry.path, entry.size_bytes).await) {
            continue;
        }
        let bytes =
            if is_record { archive.read(entry.index).map_err(|error| error.to_string()) } else { Ok(Vec::new()) };
        let whole = bytes.and_then(|bytes| match &part {
            Part::Manifest => match backup::read_manifest(&bytes) {
                Ok(manifest) => {
                    salvage.manifest = manifest;
                    salvage.manifest.as_ref().map(drop).ok_or_else(|| unreadable(own))
                }
                Err(error @ BackupError::Newer { .. }) => {
                    newer = Some(error.to_string());
                    Ok(())
                }
            },
            Part::ClipRecord(_) => record(&bytes, own).map(|record| salvage.clips.push(record)),
            Part::AssetRecord(_) => record(&bytes, own).map(|record| salvage.assets.push(record)),
            Part::Clip(_) | Part::Asset(_) => Ok(()),
        });
        match whole {
            Ok(()) => salvage.parts.push(part),
            Err(why) => drop(damaged.insert(own.to_owned(), why)),
        }
        run.done += u32::from(is_record);
    }
    match newer {
        Some(why) => Opened::Newer(why),
        None => judge(run, salvage, places, damaged),
    }
}

fn judge(
    run: &mut Run<'_>,
    salvage: Salvage,
    places: BTreeMap<String, (usize, u64)>,
    damaged: BTreeMap<String, String>,
) -> Opened {
    if salvage.manifest.is_none() && salvage.clips.is_empty() {
        return Opened::NotOne;
    }
    for (path, why) in &damaged {
        run.importing.summary.skip(path, why.clone());
    }
    let views = salvage.manifest.as_ref().map(|manifest| manifest.views.clone()).unwrap_or_default();
    let views = views.as_array().into_iter().flatten().filter_map(|view| serde_json::from_value(view.clone()).ok());
    let views = views.collect();
    let damaged = damaged.into_keys().collect();
    Opened::Backup(Box::new(Backup { found: restorable(salvage), views, places, damaged }))
}

fn record<T: DeserializeOwned>(bytes: &[u8], path: &str) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|_| unreadable(path))
}

fn unreadable(path: &str) -> String {
    format!("“{}” of the backup is damaged. What does not need it comes in.", path::shown(path))
}

/// Takes in what of a backup is new here or newer than what is here.
pub(super) async fn run(run: &mut Run<'_>, at: At, archive: &Archive<FileReader>, root: &str, backup: Backup) {
    let next = At { file: at.file, entry: 0 };
    if run.is_over() {
        return;
    }
    // What came in before it in the same import is here, too.
    run.keep(next).await;
    let Backup { found, views, places, damaged } = backup;
    run.batch.views = views;
    for path in found.lost.iter().filter(|path| !damaged.contains(*path)) {
        let why = format!("“{}” ought to be in the backup and is not.", path::shown(path));
        run.importing.summary.skip(path, why);
    }
    let mut restoring = Restoring { run, file: at.file, archive, places };
    let theirs: BTreeSet<ClipId> =
        order::collect(found.clips.iter().flat_map(|clip| [clip.id.clone(), clip.hash.clone()]));
    let mine = mine(restoring.run).await;
    let merged = merge(mine, found.clips);
    for clip in merged {
        if restoring.run.is_over() {
            return;
        }
        let is_theirs = theirs.contains(&clip.record.id) || theirs.contains(&clip.record.hash);
        if is_theirs {
            restoring.clip(clip).await;
            restoring.run.done += 1;
            restoring.run.keep_when_due(next).await;
        }
    }
    restoring.pictures(found.assets, next).await;
    let bare = found.bare_clips.into_iter().map(Part::Clip).chain(found.bare_assets.into_iter().map(Part::Asset));
    for part in bare.map(|part| part.path()) {
        if !restoring.run.is_over() {
            restoring.bare(root, &part).await;
            restoring.run.done += 1;
            restoring.run.keep_when_due(next).await;
        }
    }
    restoring.run.keep(At { file: at.file + 1, entry: 0 }).await;
}

/// The clips that are here: who they are and how old, and nothing else of them.
async fn mine(run: &Run<'_>) -> Vec<ClipRecord> {
    let mut changed_ms = BTreeMap::new();
    let mut mine = Vec::new();
    if !run.kept {
        return mine;
    }
    let states = store::each_state(|id, record| {
        if let Ok(state) = ClipState::read(record) {
            changed_ms.insert(id.to_owned(), state.changed_ms);
        }
    });
    // What can't be read is as if it were not here; that nothing can be kept is told when it is tried.
    drop(states.await);
    let entries = store::each_entry(|id, record| {
        let entry = Entry::read(record).ok().filter(|entry| entry.removed_ms == 0);
        mine.extend(entry.map(|entry| ClipRecord::of(&entry, changed_ms.get(id).copied().unwrap_or_default())));
    });
    drop(entries.await);
    mine
}

/// A restoring under way.
struct Restoring<'r, 'a> {
    run: &'r mut Run<'a>,
    file: u32,
    archive: &'r Archive<FileReader>,
    places: BTreeMap<String, (usize, u64)>,
}

impl Restoring<'_, '_> {
    /// The bytes of a part; `None` when they are not to be had, which is told.
    async fn bytes(&mut self, part: &str) -> Option<Vec<u8>> {
        let (index, size) = *self.places.get(part)?;
        let at = At { file: self.file, entry: index as u32 };
        if self.run.left_out.contains(&at) || !self.run.announce(at, part, size).await {
            return None;
        }
        match self.archive.read(index) {
            Ok(bytes) => {
                self.run.batch.bytes += bytes.len();
                Some(bytes)
            }
            Err(error) => {
                self.run.importing.summary.skip(part, error.to_string());
                None
            }
        }
    }

    async fn clip(&mut self, merged: Merged) {
        let Merged { record, text, state, is_new } = merged;
        let summary = |run: &mut Run<'_>| match (is_new, text) {
            (true, _) => run.importing.summary.added.push(record.id.clone()),
            (false, Side::Theirs) => run.importing.summary.updated.push(record.id.clone()),
            (false, Side::Mine) => run.importing.summary.here.push(record.id.clone()),
        };
        if text == Side::Theirs {
            let Some(bytes) = self.bytes(&Part::Clip(record.file.clone()).path()).await else { return };
            let clip = kept_clip(&record, bytes, !is_new);
            if let Ok(entry) = Entry::read(&clip.entry) {
                self.run.importing.know(entry);
            }
            self.run.batch.clips.push(clip);
            self.run.batch.offers.push(None);
        }
        summary(self.run);
        self.highlights(&record);
        if state == Side::Theirs && !record.state.is_null() {
            let text = record.state.to_string();
            match ClipState::read(&text) {
                Ok(_) => self.run.batch.deeds.states.push((record.id.clone(), text)),
                Err(why) => {
                    let name = path::shown(path::name(&record.path));
                    let why = format!("What was done with “{name}” is not restored: {why}. The clip itself is here.");
                    self.run.importing.summary.skip(&record.path, why);
                }
            }
        }
    }

    /// Those of the backup are merged with those that are here, one by one, when they are kept.
    fn highlights(&mut self, record: &ClipRecord) {
        if record.highlights.is_null() {
            return;
        }
        match Highlights::read(&record.highlights.to_string()) {
            Ok(highlights) => self.run.batch.deeds.highlights.push((record.id.clone(), highlights)),
            Err(why) => {
                let name = path::shown(path::name(&record.path));
                let why = format!("The highlights of “{name}” are not restored: {why}. The clip itself is here.");
                self.run.importing.summary.skip(&record.path, why);
            }
        }
    }

    async fn pictures(&mut self, assets: Vec<AssetRecord>, next: At) {
        let mut here = BTreeSet::new();
        if self.run.kept {
            // One that is thought to be missing is written again.
            let places = store::each_place(|place, _| here.extend([place.to_owned()]));
            drop(places.await);
        }
        for mut record in assets {
            if self.run.is_over() {
                return;
            }
            self.run.done += 1;
            let Ok(path) = path::clean(&record.asset.path) else { continue };
            record.asset.path = path;
            if here.contains(&place_of(&record.asset)) {
                continue;
            }
            let part = Part::Asset(record.file).path();
            let Some(bytes) = self.bytes(&part).await else { continue };
            if ContentId::of(&bytes) == record.asset.id {
                self.run.importing.summary.pictures += 1;
                self.run.batch.pictures.extend(kept_picture(&record.asset, bytes));
            } else {
                self.run.importing.summary.skip(&part, unreadable(&part));
            }
            self.run.keep_when_due(next).await;
        }
    }

    /// Takes in a file whose record is lost, as any other file.
    async fn bare(&mut self, root: &str, part: &str) {
        let Some(bytes) = self.bytes(part).await else { return };
        let (_, own) = part.split_once('/').unwrap_or(("", part));
        let sorted = path::sort(own, bytes.len() as u64);
        let at = self.places.get(part).map_or(u32::MAX, |(index, _)| *index as u32);
        let at = At { file: self.file, entry: at };
        let size = bytes.len() as u64;
        let path = format!("{root}/{own}");
        self.run.item(Item { at, path: &path, size, sorted, id: None, told: None }, || Ok(bytes));
    }
}

/// A clip of a backup as it is written: its entry as the backup has it, else as its text says.
fn kept_clip(record: &ClipRecord, bytes: Vec<u8>, replaces: bool) -> KeptClip {
    let path = path::clean(&record.path).unwrap_or_else(|_| record.file.clone());
    let options = Options { file_name: Some(path::name(&path).to_owned()), ..Options::default() };
    let (clip, words) = clip::glance(&bytes, &options);
    let entry = Entry::read(&record.entry.to_string()).unwrap_or_else(|_| {
        let size_bytes = bytes.len() as u64;
        let arrival = Arrival { hash: record.hash.clone(), path: path.clone(), import: record.import, size_bytes };
        Entry::new(arrival, &clip.metadata, &clip.stats, clip.diagnostics.len())
    });
    let entry = Entry {
        id: record.id.clone(),
        hash: record.hash.clone(),
        path,
        import: record.import,
        added_ms: record.added_ms,
        removed_ms: 0,
        ..entry
    };
    KeptClip { id: entry.id.clone(), entry: entry.write().unwrap_or_default(), bytes, words, replaces }
}
