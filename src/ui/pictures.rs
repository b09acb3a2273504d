//! The pictures of the open clip that came in files: with it, before it or after it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::Reader;
use crate::browser::pictures::{self, Found};
use crate::browser::{body, clock, store};
use crate::library::asset::{self, Asset, Place};

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
    let row = reader.library.with_untracked(|library| library.get(&id).cloned());
    let (false, Some(row)) = (wanted.is_empty(), row) else { return };
    let mut keys: Vec<String> = wanted.iter().flat_map(|reference| asset::keys(reference)).collect();
    keys.sort_unstable();
    keys.dedup();
    // Without a database there are no pictures to find.
    let Ok(records) = store::places(&keys).await else { return };
    let mut assets: Vec<Asset> = records.iter().filter_map(|record| serde_json::from_str(record).ok()).collect();
    assets.sort_by(|a, b| (a.import, &a.path).cmp(&(b.import, &b.path)));
    assets.dedup();
    let entry = &row.entry;
    let place = Place { id: &entry.id, folder: entry.folder(), import: entry.import };
    let found: BTreeMap<&String, Found> = wanted
        .iter()
        .filter_map(|reference| {
            let asset = asset::choose(reference, &place, &assets)?;
            let media = asset.media;
            let hash = asset.id.as_str().to_owned();
            let found = Found { hash, mime: media.kind.mime(), size: (media.width, media.height) };
            (!media.is_too_large_to_show()).then_some((reference, found))
        })
        .collect();
    if found.is_empty() || reader.open_id().as_ref() != Some(&id) {
        return;
    }
    pictures::place(&body, |reference| found.get(&reference.to_owned()).cloned());
    let unseen = body::unseen_pictures(&body);
    reader.opening.update_value(|opening| {
        if let Some(clip) = &mut opening.shelf.on_page {
            clip.unseen = unseen.clone();
        }
    });
    if reader.opening.with_value(|opening| opening.shelf.on_page.as_ref().is_some_and(|clip| clip.whole)) {
        reader.unseen_pictures.set(unseen);
    }
}
