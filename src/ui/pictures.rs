//! The pictures of the open clip that came in files: with it, before it or after it; and those that
//! are hosted beside it.

use crate::clip::order;
use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::Reader;
use crate::browser::pictures::{self, Found};
use crate::browser::{clock, remote, store};
use crate::library::asset::{self, Asset, Place};
use crate::library::hosted::HostedPath;
use crate::library::{ClipId, Row};

/// Looks for the pictures of what has arrived, once for all that arrives in this turn.
pub fn look_for(reader: Reader) {
    let comes = reader.arrivals.try_update_value(|arrivals| std::mem::replace(&mut arrivals.look_comes, true));
    if comes == Some(false) {
        clock::soon(move || {
            reader.arrivals.update_value(|arrivals| arrivals.look_comes = false);
            spawn_local(look(reader));
        });
    }
}

async fn look(reader: Reader) {
    let (Some(id), Some(body)) = (reader.open_id(), reader.body.get_untracked()) else { return };
    let wanted = pictures::wanted(&body);
    if wanted.is_empty() {
        return;
    }
    let row = reader.library.with_untracked(|library| library.get(&id).cloned());
    let found = match row {
        Some(row) => kept(&wanted, &row).await,
        None => BTreeMap::new(),
    };
    if reader.open_id().as_ref() != Some(&id) {
        return;
    }
    let hosted = reader.opening.with_value(|opening| opening.hosted.get(&id).cloned());
    if found.is_empty() && hosted.is_none() {
        return;
    }
    pictures::place(&body, |reference| found.get(reference).cloned());
    if let Some(hosted) = hosted {
        let address = |reference: &str| hosted.picture(reference).as_ref().map(HostedPath::address);
        let of = id.clone();
        pictures::place_hosted(&body, address, move || count_unseen(reader, &of));
    }
    count_unseen(reader, &id);
}

/// The pictures that are kept here for these references of a clip.
async fn kept(wanted: &[String], row: &Row) -> BTreeMap<String, Found> {
    let mut keys: Vec<String> = wanted.iter().flat_map(|reference| asset::keys(reference)).collect();
    order::sort(&mut keys);
    keys.dedup();
    // Without a database there are no pictures to find.
    let Ok(records) = store::places(&keys).await else { return BTreeMap::new() };
    let mut assets: Vec<Asset> = records.iter().filter_map(|record| serde_json::from_str(record).ok()).collect();
    order::sort_by(&mut assets, |a, b| (a.import, &a.path).cmp(&(b.import, &b.path)));
    assets.dedup();
    let entry = &row.entry;
    let place = Place { id: &entry.id, folder: entry.folder(), import: entry.import };
    let found = wanted.iter().filter_map(|reference| {
        let asset = asset::choose(reference, &place, &assets)?;
        let media = asset.media;
        let hash = asset.id.as_str().to_owned();
        let found = Found { hash, mime: media.kind.mime(), size: (media.width, media.height) };
        (!media.is_too_large_to_show()).then_some((reference.clone(), found))
    });
    order::collect(found)
}

/// Counts anew what is not to be seen, while that clip stands in the page.
fn count_unseen(reader: Reader, id: &ClipId) {
    let body = reader.body.get_untracked().filter(|_| reader.open_id().as_ref() == Some(id));
    let Some(body) = body else { return };
    let unseen = remote::unseen_pictures(&body);
    reader.opening.update_value(|opening| {
        if let Some(clip) = &mut opening.shelf.on_page {
            clip.unseen = unseen.clone();
        }
    });
    if reader.opening.with_value(|opening| opening.shelf.on_page.as_ref().is_some_and(|clip| clip.whole)) {
        reader.unseen_pictures.set(unseen);
    }
}
