//! The form of a whole backup, and what becomes of it where clips are already.
//!
//! Start at [`Part`]. A backup is a zip that also reads well unpacked: `clip-viewer.json` first, then
//! for every clip `state/ID.json` and right after it its own file in `clips/`, then the same for
//! pictures in `state/assets/` and `assets/`. A file that was cut off loses its end, so nothing that
//! everything hangs on may stand there: the manifest tells what ought to follow, every record is
//! whole by itself, and a clip's file without any record is still a clip. [`restorable`] sorts that
//! out; [`merge`] says whose text and whose state stays. Numbers of imports are times, so those of
//! another machine are taken over as they are, and a backup that is restored twice changes nothing.
//!
//! What a record holds of other rooms (entry, state, session, views) is a value that is not looked
//! into. Nothing here reads or writes a zip.

mod budget;

use crate::clip::order;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::asset::Asset;
use super::export::{Named, file_names};
use super::{ClipId, ContentId, Entry, path};

pub use budget::Budget;

/// The form that is written.
pub const VERSION: u32 = 1;

const MANIFEST: &str = "clip-viewer.json";
const CLIPS: &str = "clips/";
const ASSETS: &str = "assets/";
const STATE: &str = "state/";
const ASSET_STATE: &str = "state/assets/";

/// What a file of the backup is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The [`Manifest`].
    Manifest,
    /// The [`ClipRecord`] of that clip.
    ClipRecord(ClipId),
    /// A clip's own file, by its path below `clips/`.
    Clip(String),
    /// The [`AssetRecord`] of that number.
    AssetRecord(u32),
    /// A picture, by its path below `assets/`.
    Asset(String),
}

impl Part {
    /// Its path inside the zip.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Manifest => MANIFEST.to_owned(),
            Self::ClipRecord(id) => format!("{STATE}{}.json", id.as_str()),
            Self::Clip(path) => format!("{CLIPS}{path}"),
            Self::AssetRecord(number) => format!("{ASSET_STATE}{number}.json"),
            Self::Asset(path) => format!("{ASSETS}{path}"),
        }
    }

    /// What stands at a path inside the zip; `None` for what is not of a backup and for paths that
    /// would lead out of it.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let is_safe =
            |path: &&str| !path.contains(['\\', '\0']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if path == MANIFEST {
            return Some(Self::Manifest);
        }
        if let Some(path) = path.strip_prefix(CLIPS) {
            return Some(path).filter(is_safe).map(|path| Self::Clip(path.to_owned()));
        }
        if let Some(path) = path.strip_prefix(ASSETS) {
            return Some(path).filter(is_safe).map(|path| Self::Asset(path.to_owned()));
        }
        if let Some(number) = path.strip_prefix(ASSET_STATE) {
            let part = number.strip_suffix(".json")?.parse().ok().map(Self::AssetRecord)?;
            // `+1` and `01` are numbers too, but no names of ours.
            return Some(part).filter(|part| part.path() == path);
        }
        ClipId::parse(path.strip_prefix(STATE)?.strip_suffix(".json")?).map(Self::ClipRecord)
    }
}

/// What the backup as a whole says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the backup; [`VERSION`] when written here.
    pub version: u32,
    /// The program that made it, with its version.
    pub app: String,
    /// When it was made, in milliseconds since 1970.
    pub made_ms: u64,
    /// The paths of all parts that follow, in their order.
    pub parts: Vec<String>,
    /// The session, as it is stored.
    #[serde(default)]
    pub session: Value,
    /// The views of the library, as they are stored.
    #[serde(default)]
    pub views: Value,
    /// What a later version of the same form added: it is kept.
    #[serde(flatten)]
    pub more: serde_json::Map<String, Value>,
}

/// All that is kept of one clip but its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClipRecord {
    /// Who it is.
    pub id: ClipId,
    /// The hash of the text that it has now.
    pub hash: ClipId,
    /// Its file's path below `clips/`.
    pub file: String,
    /// The path that it came in with.
    pub path: String,
    /// The batch that it came in with.
    pub import: u64,
    /// When it came in first, in milliseconds since 1970.
    pub added_ms: u64,
    /// When its text came in, in milliseconds since 1970.
    pub text_ms: u64,
    /// When the reader last changed something of its state, in milliseconds since 1970.
    pub changed_ms: u64,
    /// What a list shows of it, as it is stored.
    #[serde(default)]
    pub entry: Value,
    /// What the reader did with it, as it is stored.
    #[serde(default)]
    pub state: Value,
    /// What the reader marked in it, as it is stored.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub highlights: Value,
}

impl ClipRecord {
    /// The record of a clip as it is kept here; its file has no name yet, and what other rooms store
    /// of it is to be added. An import is numbered by the time when it began, so the number tells
    /// when the text came in, on every machine.
    #[must_use]
    pub fn of(entry: &Entry, changed_ms: u64) -> Self {
        Self {
            id: entry.id.clone(),
            hash: entry.hash.clone(),
            file: String::new(),
            path: entry.path.clone(),
            import: entry.import,
            added_ms: entry.added_ms,
            text_ms: entry.import,
            changed_ms,
            entry: Value::Null,
            state: Value::Null,
            highlights: Value::Null,
        }
    }
}

/// All that is kept of one picture but its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetRecord {
    /// What is known of it.
    pub asset: Asset,
    /// Its file's path below `assets/`; the same for two records of the same bytes.
    pub file: String,
}

/// Why a backup is not taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// Made by a later version of the app.
    #[error(
        "This backup was made by a newer version of Clip Viewer (form {found}; this one reads up to {known}). Update Clip Viewer and try again."
    )]
    Newer {
        /// The form of the backup.
        found: u32,
        /// The newest form that is read here.
        known: u32,
    },
}

/// Reads the manifest. One that is damaged is `None`: the other parts can do without it.
///
/// # Errors
/// [`BackupError::Newer`] when the backup has a form that is not known here.
pub fn read_manifest(bytes: &[u8]) -> Result<Option<Manifest>, BackupError> {
    #[derive(Deserialize)]
    struct Form {
        version: u32,
    }
    match serde_json::from_slice::<Form>(bytes) {
        Ok(form) if form.version > VERSION => Err(BackupError::Newer { found: form.version, known: VERSION }),
        _ => Ok(serde_json::from_slice(bytes).ok()),
    }
}

/// Gives every clip and every picture a file of its own, and the parts in the order in which they
/// are written. The manifest, which comes first, is to hold the paths of the others.
#[must_use]
pub fn arranged(clips: &mut [ClipRecord], assets: &mut [AssetRecord]) -> Vec<Part> {
    let named: Vec<Named<'_>> = clips.iter().map(|clip| Named { path: &clip.path, title: clip.id.as_str() }).collect();
    let mut parts = vec![Part::Manifest];
    let names = file_names(&named);
    for (clip, file) in clips.iter_mut().zip(names) {
        parts.push(Part::ClipRecord(clip.id.clone()));
        parts.push(Part::Clip(file.clone()));
        clip.file = file;
    }
    // The bytes of a picture that came in twice are written once.
    let mut files: BTreeMap<ContentId, String> = BTreeMap::new();
    let mut first_of_each: Vec<&Asset> = Vec::new();
    let mut seen: BTreeSet<&ContentId> = BTreeSet::new();
    for record in assets.iter() {
        if seen.insert(&record.asset.id) {
            first_of_each.push(&record.asset);
        }
    }
    let named: Vec<Named<'_>> =
        first_of_each.iter().map(|asset| Named { path: &asset.path, title: asset.id.as_str() }).collect();
    for (asset, file) in first_of_each.iter().zip(file_names(&named)) {
        files.insert(asset.id.clone(), file);
    }
    let mut written: BTreeSet<String> = BTreeSet::new();
    for (number, record) in (0_u32..).zip(assets.iter_mut()) {
        let file = files.get(&record.asset.id).cloned().unwrap_or_default();
        parts.push(Part::AssetRecord(number));
        if written.insert(file.clone()) {
            parts.push(Part::Asset(file.clone()));
        }
        record.file = file;
    }
    parts
}

/// Where a backup begins among the paths of an archive: at its root, or in the one folder that was
/// packed again with all that is in it, with a slash at its end. `None` when there is none.
#[must_use]
pub fn root<'a>(paths: impl Iterator<Item = &'a str>) -> Option<String> {
    let manifests = paths.filter(|found| path::name(found) == MANIFEST && found.matches('/').count() <= 1);
    let shortest = manifests.min_by_key(|found| found.len())?;
    shortest.strip_suffix(MANIFEST).map(str::to_owned)
}

/// What came out of a backup whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Salvage {
    /// The manifest.
    pub manifest: Option<Manifest>,
    /// The records of clips.
    pub clips: Vec<ClipRecord>,
    /// The records of pictures.
    pub assets: Vec<AssetRecord>,
    /// The parts whose bytes are whole, in the order of the zip.
    pub parts: Vec<Part>,
}

/// What of a backup can be taken over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Restorable {
    /// Clips with their records.
    pub clips: Vec<ClipRecord>,
    /// Files of clips that lost their record, by their paths below `clips/`: they come in as new.
    pub bare_clips: Vec<String>,
    /// Pictures with their records.
    pub assets: Vec<AssetRecord>,
    /// Files of pictures that lost their record, by their paths below `assets/`.
    pub bare_assets: Vec<String>,
    /// The paths of files that ought to be there and are not.
    pub lost: Vec<String>,
}

/// Sorts what came out of a backup, damaged or not. Records of state without a text are lost with it.
#[must_use]
pub fn restorable(salvage: Salvage) -> Restorable {
    let whole: BTreeSet<String> = order::collect(salvage.parts.iter().map(Part::path));
    let expected = salvage.manifest.iter().flat_map(|manifest| &manifest.parts).cloned();
    let mut lost: BTreeSet<String> = order::collect(expected.filter(|path| !whole.contains(path)));
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut is_there = |part: Part| {
        let path = part.path();
        let is_whole = whole.contains(&path);
        if !is_whole {
            lost.insert(path.clone());
        }
        known.insert(path);
        is_whole
    };
    let mut clips = salvage.clips;
    clips.retain(|clip| is_there(Part::Clip(clip.file.clone())));
    let mut assets = salvage.assets;
    assets.retain(|record| is_there(Part::Asset(record.file.clone())));
    let mut found = Restorable { clips, assets, lost: lost.into_iter().collect(), ..Restorable::default() };
    for part in salvage.parts.into_iter().filter(|part| !known.contains(&part.path())) {
        match part {
            Part::Clip(file) => found.bare_clips.push(file),
            Part::Asset(file) => found.bare_assets.push(file),
            Part::Manifest | Part::ClipRecord(_) | Part::AssetRecord(_) => {}
        }
    }
    found
}

/// Where something comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What is here.
    Mine,
    /// The backup.
    Theirs,
}

/// One clip after the merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// Its record.
    pub record: ClipRecord,
    /// Where its text, and with it its entry, comes from.
    pub text: Side,
    /// Where its state comes from.
    pub state: Side,
    /// Whether it was not here before.
    pub is_new: bool,
}

/// The clips that are here and those of a backup, each once: those that are here first, in their
/// order.
///
/// A clip is the same by its identity, else by the text that it has once all clips that are the same by
/// identity have theirs: a text that a clip has no more would draw another clip to it, and lose that
/// one's. The newer text stays, the state that was changed last stays, and when both are as old, what is
/// here stays.
#[must_use]
pub fn merge(mine: Vec<ClipRecord>, theirs: Vec<ClipRecord>) -> Vec<Merged> {
    let here = |record| Merged { record, text: Side::Mine, state: Side::Mine, is_new: false };
    let mut merged: Vec<Merged> = mine.into_iter().map(here).collect();
    let by_id: BTreeMap<ClipId, usize> =
        order::collect(merged.iter().enumerate().map(|(at, clip)| (clip.record.id.clone(), at)));
    let mut others = Vec::new();
    for clip in each_once(theirs) {
        match by_id.get(&clip.id).and_then(|at| merged.get_mut(*at)) {
            Some(known) => known.take(clip),
            None => others.push(clip),
        }
    }
    let mut by_hash: BTreeMap<ClipId, usize> = BTreeMap::new();
    for (at, Merged { record, .. }) in merged.iter().enumerate() {
        by_hash.entry(record.hash.clone()).or_insert(at);
    }
    for clip in others {
        match by_hash.get(&clip.hash).and_then(|at| merged.get_mut(*at)) {
            Some(known) => known.take(clip),
            None => {
                by_hash.insert(clip.hash.clone(), merged.len());
                merged.push(Merged { record: clip, text: Side::Theirs, state: Side::Theirs, is_new: true });
            }
        }
    }
    merged
}

/// The records with each clip once: a backup that was made by another hand may have several of one.
fn each_once(records: Vec<ClipRecord>) -> Vec<ClipRecord> {
    let mut once: Vec<Merged> = Vec::new();
    let mut by_id: BTreeMap<ClipId, usize> = BTreeMap::new();
    for record in records {
        match by_id.get(&record.id).and_then(|at| once.get_mut(*at)) {
            Some(known) => known.take(record),
            None => {
                by_id.insert(record.id.clone(), once.len());
                once.push(Merged { record, text: Side::Theirs, state: Side::Theirs, is_new: true });
            }
        }
    }
    once.into_iter().map(|clip| clip.record).collect()
}

impl Merged {
    /// Takes over what is newer of the same clip in the backup.
    fn take(&mut self, theirs: ClipRecord) {
        let mine = &mut self.record;
        mine.added_ms = mine.added_ms.min(theirs.added_ms);
        // They are merged one by one where they are kept.
        if mine.highlights.is_null() {
            mine.highlights = theirs.highlights;
        }
        if theirs.changed_ms > mine.changed_ms {
            mine.changed_ms = theirs.changed_ms;
            mine.state = theirs.state;
            self.state = Side::Theirs;
        }
        if theirs.hash != mine.hash && theirs.text_ms > mine.text_ms {
            mine.text_ms = theirs.text_ms;
            mine.hash = theirs.hash;
            mine.file = theirs.file;
            mine.path = theirs.path;
            mine.import = theirs.import;
            mine.entry = theirs.entry;
            self.text = Side::Theirs;
        }
    }
}
