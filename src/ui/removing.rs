//! Clips taken out of the library, and brought back.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Reader, Shown, Tone};
use super::say::say;
use super::{keeping, listing};
use crate::browser::{clock, storage, store};
use crate::library::{ClipId, Entry, Row};
use crate::session::Command;
use crate::session::saved::Saved;

/// Removes clips from the library; the notice offers to bring them back. Until then they are only
/// marked in the database.
pub fn remove(reader: Reader, ids: Vec<ClipId>) {
    let before = reader.removed.try_update_value(std::mem::take).unwrap_or_default();
    purge(reader, before);
    let rows: Vec<Row> =
        reader.library.with_untracked(|library| ids.iter().filter_map(|id| library.get(id).cloned()).collect());
    let Some(first) = rows.first().map(|row| row.entry.title.clone()) else { return };
    reader.library.update(|library| ids.iter().for_each(|id| drop(library.remove(id))));
    reader.removed.set_value(rows.clone());
    for id in &ids {
        reader.opening.update_value(|opening| opening.shelf.remove(id));
        if reader.open_id().as_ref() == Some(id) {
            reader.shown.set(Shown::Nothing);
            reader.send(Command::Open(None));
        }
    }
    let now_ms = clock::now_ms();
    mark(reader, rows.iter().map(|row| Entry { removed_ms: now_ms, ..(*row.entry).clone() }).collect());
    let told = match rows.len() {
        1 => say!(removing.one, title = first),
        many => say!(removing.many, n = many),
    };
    reader.tell(Tone::Undo, told);
}

fn mark(reader: Reader, entries: Vec<Entry>) {
    let records: Vec<_> = entries.iter().filter_map(|entry| Some((entry.id.clone(), entry.write().ok()?))).collect();
    keeping::mirror_soon(reader);
    spawn_local(async move {
        reader.told(store::keep_entries(&records).await);
        let ids: Vec<ClipId> = records.into_iter().map(|(id, _)| id).collect();
        keeping::tell_tabs(reader, ids.iter());
        listing::renew(reader, ids);
    });
}

/// Brings the clips back that were removed last.
pub fn undo(reader: Reader) {
    let rows = reader.removed.try_update_value(std::mem::take).unwrap_or_default();
    let entries = rows.iter().map(|row| (*row.entry).clone()).collect();
    reader.library.update(|library| rows.into_iter().for_each(|row| library.put(row)));
    mark(reader, entries);
}

/// Forgets clips for good: their removal can't be undone any more.
fn purge(reader: Reader, rows: Vec<Row>) {
    // What came in again meanwhile stays.
    let is_gone = |id: &ClipId| reader.library.with_untracked(|library| library.get(id).is_none());
    let ids: Vec<ClipId> = rows.into_iter().map(|row| row.entry.id.clone()).filter(is_gone).collect();
    if ids.is_empty() {
        return;
    }
    for id in &ids {
        reader.told(storage::remove_clip(id));
    }
    forget(reader, ids);
}

/// Takes clips out of the database for good.
pub fn forget(reader: Reader, ids: Vec<ClipId>) {
    spawn_local(async move {
        reader.told(store::remove(&ids).await);
    });
}

/// The notice went without *Undo*.
pub fn undo_is_over(reader: Reader) {
    let rows = reader.removed.try_update_value(std::mem::take).unwrap_or_default();
    purge(reader, rows);
}
