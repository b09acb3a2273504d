//! The files of clips as they came, with their pictures where their references lead.

use crate::clip::order;
use js_sys::{Array, Uint8Array};

use super::{Made, Packing, Zip, blob_of, dated};
use crate::browser::{clock, store};
use crate::clip::{self, Options};
use crate::engine::errand::Packed;
use crate::library::asset::{self, Asset, Place};
use crate::library::export::{self, Change, Held, Meant, Named, NewValue, layout, status_key};
use crate::library::{ClipId, Entry, path};
use crate::session::saved::Saved;

/// A clip that is to be packed, with what it needs.
struct Looked {
    entry: Entry,
    change: Option<Change>,
    pictures: Vec<Meant>,
}

/// Packs clips: one without pictures is its file, all else is a zip. `None` when it was stopped.
pub(super) async fn pack(packing: &mut Packing<'_>, clips: &[Packed]) -> Result<Option<Made>, String> {
    packing.total = clips.len() * 2;
    let mut looked = Vec::with_capacity(clips.len());
    for clip in clips {
        if !packing.goes_on().await {
            return Ok(None);
        }
        looked.extend(look(packing, clip).await?);
    }
    let held: Vec<Held<'_>> = looked.iter().map(held).collect();
    let places = layout(&held);
    if let ([only], [file]) = (looked.as_slice(), places.clips.as_slice())
        && only.pictures.is_empty()
    {
        let bytes = text(packing, only).await?.unwrap_or_default();
        let piece = Array::of1(&Uint8Array::from(bytes.as_slice()));
        let blob = blob_of(&piece, "text/markdown").map_err(|error| error.to_string())?;
        return Ok(Some((path::name(file).to_owned(), blob)));
    }
    if looked.is_empty() {
        return Err("None of these clips is kept in this browser any more, so there is nothing to export.".to_owned());
    }
    for (clip, reference) in &places.astray {
        let name = looked.get(*clip).map_or("", |clip| clip.entry.file_name());
        packing.miss(format!(
            "“{}” looks for its picture “{}” where no file of an export can stand, so other programs may not find it.",
            path::shown(name),
            path::shown(reference)
        ));
    }
    packing.total += places.pictures.len();
    let (mut zip, now_ms) = (Zip::new(), clock::now_ms());
    for (clip, file) in looked.iter().zip(&places.clips) {
        if !packing.goes_on().await {
            return Ok(None);
        }
        if let Some(bytes) = text(packing, clip).await? {
            packing.add(&mut zip, file, &bytes, clip.entry.import)?;
        }
    }
    for (at, picture) in &places.pictures {
        if !packing.goes_on().await {
            return Ok(None);
        }
        match store::picture(picture.as_str()).await.map_err(|error| error.to_string())? {
            Some(bytes) => packing.add(&mut zip, at, &bytes.to_vec(), now_ms)?,
            None => packing.miss(format!("The picture “{}” is not kept in this browser any more.", path::shown(at))),
        }
    }
    Ok(Some((dated("clips"), zip.finish()?)))
}

fn held(clip: &Looked) -> Held<'_> {
    Held { named: Named { path: &clip.entry.path, title: &clip.entry.title }, pictures: &clip.pictures }
}

/// Reads a clip to know what it needs; `None` when it is not kept.
async fn look(packing: &mut Packing<'_>, packed: &Packed) -> Result<Option<Looked>, String> {
    let (record, _) = store::records(&packed.id).await.map_err(|error| error.to_string())?;
    let entry = record.and_then(|record| Entry::read(&record).ok());
    let bytes = bytes(&packed.id).await?;
    let (Some(entry), Some(bytes)) = (entry, bytes) else {
        packing.miss("A clip is not kept in this browser any more, so it is not in the export.");
        return Ok(None);
    };
    let options = Options { file_name: Some(entry.file_name().to_owned()), ..Options::default() };
    let clip = clip::parse(&bytes, &options);
    let change = packed.status.as_ref().map(|status| Change {
        key: status_key(&clip.front_matter).to_owned(),
        value: NewValue::Scalar(status.clone()),
    });
    let pictures = pictures(&entry, &clip.body.asset_references()).await?;
    Ok(Some(Looked { entry, change, pictures }))
}

/// The pictures that a clip means, of those that are kept.
pub(super) async fn pictures(entry: &Entry, references: &[String]) -> Result<Vec<Meant>, String> {
    let mut keys: Vec<String> = references.iter().flat_map(|reference| asset::keys(reference)).collect();
    order::sort(&mut keys);
    keys.dedup();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let records = store::places(&keys).await.map_err(|error| error.to_string())?;
    let mut assets: Vec<Asset> = records.iter().filter_map(|record| serde_json::from_str(record).ok()).collect();
    order::sort_by(&mut assets, |a, b| (a.import, &a.path).cmp(&(b.import, &b.path)));
    assets.dedup();
    let place = Place { id: &entry.id, folder: entry.folder(), import: entry.import };
    let meant = references.iter().filter_map(|reference| {
        let found = asset::choose(reference, &place, &assets)?;
        Some(Meant { reference: reference.clone(), path: found.path.clone(), picture: found.id.clone() })
    });
    Ok(meant.collect())
}

pub(super) async fn bytes(id: &ClipId) -> Result<Option<Vec<u8>>, String> {
    store::text(id).await.map_err(|error| error.to_string())
}

/// The file of a clip, with the status that it is to have. Where that can't be written, the file is
/// as it came.
async fn text(packing: &mut Packing<'_>, clip: &Looked) -> Result<Option<Vec<u8>>, String> {
    let Some(bytes) = bytes(&clip.entry.id).await? else {
        packing.miss(format!("“{}” is not kept in this browser any more.", path::shown(clip.entry.file_name())));
        return Ok(None);
    };
    match export::edit(&bytes, clip.change.as_slice()) {
        Ok(edited) => Ok(Some(edited)),
        Err(error) => {
            packing.miss(format!("“{}” keeps the status that it has. {error}", path::shown(clip.entry.file_name())));
            Ok(Some(bytes))
        }
    }
}
