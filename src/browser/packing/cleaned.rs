//! One clip without what is folded of it: its own Markdown, a page with its pictures inside, or plain text.

use std::collections::BTreeMap;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::files::{bytes, pictures};
use super::{Made, Packing, blob_of};
use crate::browser::store;
use crate::clip::{self, Clip, Options};
use crate::engine::errand::Form;
use crate::library::export::page::page;
use crate::library::highlight::Source;
use crate::library::{ClipId, Entry, asset, path};
use crate::session::ClipState;
use crate::session::saved::Saved;

/// Makes the file; `None` when it was stopped.
pub(super) async fn make(packing: &mut Packing<'_>, id: &ClipId, form: Form) -> Result<Option<Made>, String> {
    let (record, state) = store::records(id).await.map_err(|error| error.to_string())?;
    let entry = record.and_then(|record| Entry::read(&record).ok());
    let (Some(entry), Some(bytes)) = (entry, bytes(id).await?) else {
        return Err("None of these clips is kept in this browser any more, so there is nothing to export.".to_owned());
    };
    // The copy says what the page shows: in the encoding that the reader chose.
    let encoding = state.and_then(|state| ClipState::read(&state).ok()?.encoding);
    let options = Options { file_name: Some(entry.file_name().to_owned()), encoding, ..Options::default() };
    let source = Source::from(&entry);
    let (text, extension, media_type) = match form {
        Form::Markdown => (clip::cleaned(&bytes, &options), "md", "text/markdown"),
        Form::Page => {
            let clip = clip::parse(&bytes, &options);
            let Some(found) = insides(packing, &entry, &clip).await? else { return Ok(None) };
            let body = clip.body.cleaned_html(&mut |reference| found.get(reference).cloned());
            (page(&source, &entry.language, &body), "html", "text/html")
        }
        Form::Text => {
            let clip = clip::parse(&bytes, &options);
            let head = [source.title, source.url].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>();
            (format!("{}\n\n{}", head.join("\n"), clip.body.cleaned_text()), "txt", "text/plain")
        }
    };
    let piece = Array::of1(&JsValue::from_str(&text));
    let blob = blob_of(&piece, &format!("{media_type};charset=utf-8")).map_err(|error| error.to_string())?;
    let name = entry.file_name();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Ok(Some((format!("{stem} (clean).{extension}"), blob)))
}

/// The kept pictures of a clip as `data:` addresses, by how the clip names them.
async fn insides(
    packing: &mut Packing<'_>,
    entry: &Entry,
    clip: &Clip,
) -> Result<Option<BTreeMap<String, String>>, String> {
    let meant = pictures(entry, &clip.body.asset_references()).await?;
    packing.total = meant.len();
    let mut found = BTreeMap::new();
    for picture in meant {
        if !packing.goes_on().await {
            return Ok(None);
        }
        let Some(bytes) = store::picture(picture.picture.as_str()).await.map_err(|error| error.to_string())? else {
            packing.miss(format!("The picture “{}” is not kept in this browser any more.", path::shown(&picture.path)));
            continue;
        };
        if let Some(address) = data_address(&bytes, &picture.path) {
            found.insert(picture.reference, address);
        }
    }
    Ok(Some(found))
}

/// A picture as an address that has all of it inside; `None` for what is no picture.
fn data_address(bytes: &Uint8Array, name: &str) -> Option<String> {
    let media = asset::sniff(&bytes.to_vec(), name)?;
    let blob = blob_of(&Array::of1(bytes), media.kind.mime()).ok()?;
    web_sys::FileReaderSync::new().ok()?.read_as_data_url(&blob).ok()
}
