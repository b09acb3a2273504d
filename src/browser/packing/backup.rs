//! A whole backup, in the form of [`crate::library::backup`].

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::{Made, Packing, Zip, dated};
use crate::browser::storage::StorageError;
use crate::browser::{clock, store};
use crate::library::backup::{AssetRecord, Budget, ClipRecord, Manifest, Part, VERSION, arranged};
use crate::library::{Asset, ContentId, Entry, path};
use crate::session::ClipState;
use crate::session::saved::Saved;

/// What the page adds to it.
#[derive(Default, Deserialize)]
struct Beside {
    #[serde(default)]
    session: Value,
    #[serde(default)]
    views: Value,
}

/// Packs all that is kept. `None` when it was stopped.
pub(super) async fn pack(packing: &mut Packing<'_>, beside: &str) -> Result<Option<Made>, String> {
    let beside: Beside = serde_json::from_str(beside).unwrap_or_default();
    let (mut clips, mut assets) = everything(packing).await.map_err(|error| error.to_string())?;
    let parts = arranged(&mut clips, &mut assets);
    packing.total = clips.len() + assets.len();
    let manifest = Manifest {
        version: VERSION,
        app: concat!("Clip Viewer ", env!("CARGO_PKG_VERSION")).to_owned(),
        made_ms: clock::now_ms(),
        parts: parts.iter().skip(1).map(Part::path).collect(),
        session: beside.session,
        views: beside.views,
        more: serde_json::Map::new(),
    };
    drop(parts);
    let mut zip = Zip::new();
    packing.add(&mut zip, &Part::Manifest.path(), &json(&manifest)?, manifest.made_ms)?;
    drop(manifest);
    for clip in clips {
        if !packing.goes_on().await {
            return Ok(None);
        }
        add_clip(packing, &mut zip, clip).await?;
    }
    let mut written: BTreeSet<ContentId> = BTreeSet::new();
    for (number, record) in (0_u32..).zip(assets) {
        if !packing.goes_on().await {
            return Ok(None);
        }
        let made_ms = record.asset.import;
        packing.add(&mut zip, &Part::AssetRecord(number).path(), &json(&record)?, made_ms)?;
        if written.insert(record.asset.id.clone()) {
            let bytes = store::picture(record.asset.id.as_str()).await.map_err(|error| error.to_string())?;
            match bytes {
                Some(bytes) => {
                    packing.add(&mut zip, &Part::Asset(record.file).path(), &bytes.to_vec(), made_ms)?;
                }
                None => packing.miss(gone(&record.asset.path)),
            }
        }
    }
    Ok(Some((dated("clip-viewer-backup"), zip.finish()?)))
}

fn gone(path: &str) -> String {
    format!("“{}” is not kept in this browser any more, so it is not in the backup.", path::shown(path::name(path)))
}

fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, String> {
    serde_json::to_vec(value).map_err(|error| error.to_string())
}

/// The records of everything that goes into the backup, without what other rooms store of them.
async fn everything(packing: &mut Packing<'_>) -> Result<(Vec<ClipRecord>, Vec<AssetRecord>), StorageError> {
    let mut budget = Budget::default();
    let (mut clips, mut assets) = (Vec::new(), Vec::new());
    let (mut clips_left, mut pictures_left) = (0, 0);
    store::each_entry(|_, record| {
        let Some(entry) = Entry::read(record).ok().filter(|entry| entry.removed_ms == 0) else { return };
        if budget.takes_clip(entry.size_bytes) {
            clips.push(ClipRecord::of(&entry, 0));
        } else {
            clips_left += 1;
        }
    })
    .await?;
    store::each_place(|_, record| match serde_json::from_str::<Asset>(record) {
        Ok(asset) if budget.takes_asset(&asset) => assets.push(AssetRecord { asset, file: String::new() }),
        Ok(_) => pictures_left += 1,
        Err(_) => {}
    })
    .await?;
    if clips_left > 0 || pictures_left > 0 {
        packing.miss(format!(
            "No more than 20,000 files and 2,048 MB go into one backup: {clips_left} clips and {pictures_left} pictures are not in it. Choose the clips that matter most in the library and export them too."
        ));
    }
    Ok((clips, assets))
}

/// Adds a clip: its record as it is now, and its file right after it.
async fn add_clip(packing: &mut Packing<'_>, zip: &mut Zip, clip: ClipRecord) -> Result<(), String> {
    let (entry, state) = store::records(&clip.id).await.map_err(|error| error.to_string())?;
    let bytes = store::text(&clip.id).await.map_err(|error| error.to_string())?;
    let highlights = store::highlights(&clip.id).await.map_err(|error| error.to_string())?;
    let known = entry.as_deref().and_then(|entry| Entry::read(entry).ok());
    let (Some(known), Some(entry), Some(bytes)) = (known, entry, bytes) else {
        packing.miss(gone(&clip.path));
        return Ok(());
    };
    let changed_ms = state.as_deref().and_then(|state| ClipState::read(state).ok()).map_or(0, |state| state.changed_ms);
    let value = |record: &str| serde_json::from_str(record).unwrap_or_default();
    let record = ClipRecord {
        file: clip.file,
        entry: value(&entry),
        state: state.as_deref().map(value).unwrap_or_default(),
        highlights: highlights.as_deref().map(value).unwrap_or_default(),
        ..ClipRecord::of(&known, changed_ms)
    };
    packing.add(zip, &Part::ClipRecord(clip.id).path(), &json(&record)?, record.text_ms)?;
    packing.add(zip, &Part::Clip(record.file).path(), &bytes, record.text_ms)?;
    Ok(())
}
