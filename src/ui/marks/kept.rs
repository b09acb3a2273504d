//! Highlights into the database and out of it: those of the open clip, those that other tabs and backups
//! bring, and those of all clips.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::take_over;
use crate::browser::store;
use crate::library::ClipId;
use crate::library::highlight::Highlights;
use crate::session::saved::Saved;
use crate::ui::context::Reader;
use crate::ui::keeping;

/// Keeps the highlights of a clip, and tells the list and the other tabs.
pub fn keep(reader: Reader, id: ClipId, highlights: Highlights) {
    count(reader, &id, &highlights);
    reader.marks.known.update_value(|known| drop(known.insert(id.clone(), highlights.clone())));
    spawn_local(async move {
        if let Some(merged) = reader.told(store::keep_highlights(&id, &highlights).await) {
            keeping::tell_tabs(reader, std::iter::once(&id));
            came(reader, &id, merged);
        }
    });
}

fn count(reader: Reader, id: &ClipId, highlights: &Highlights) {
    let count = highlights.count();
    let before = reader.library.with_untracked(|library| library.get(id).map(|row| row.standing.highlights));
    if before.is_some_and(|before| before != count) {
        reader.library.update(|library| library.mark(id, count));
        keeping::mirror_soon(reader);
    }
}

/// The highlights of a clip as they are kept now.
fn came(reader: Reader, id: &ClipId, merged: Highlights) {
    count(reader, id, &merged);
    if reader.open_id().as_ref() == Some(id) {
        take_over(reader, &merged);
    }
    reader.marks.all.update(|all| {
        if let Some(all) = all {
            Arc::make_mut(all).insert(id.clone(), merged.clone());
        }
    });
    reader.marks.known.update_value(|known| drop(known.insert(id.clone(), merged)));
}

/// The highlights of these clips changed in the database.
pub fn renew(reader: Reader, ids: Vec<ClipId>) {
    spawn_local(async move {
        for id in ids {
            let kept = store::highlights(&id).await.ok().flatten();
            if let Some(kept) = kept.and_then(|record| Highlights::read(&record).ok()) {
                came(reader, &id, kept);
            }
        }
    });
}

/// Reads the highlights of all clips, for the page that shows them.
pub fn load_all(reader: Reader) {
    spawn_local(async move {
        // What was marked since the page was opened may not be kept, but is known.
        let mut all = reader.marks.known.get_value();
        let read = store::each_highlights(|id, record| {
            if let Some((id, highlights)) = ClipId::parse(id).zip(Highlights::read(record).ok()) {
                all.entry(id).or_default().merge(&highlights);
            }
        });
        reader.told(read.await);
        reader.marks.all.set(Some(Arc::new(all)));
    });
}
