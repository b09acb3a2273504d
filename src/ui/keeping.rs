//! Keeping clips that came in: their text and their line in the list. It waits until the page has
//! nothing better to do, but not longer than the page.

use leptos::prelude::*;

use super::context::{Reader, Tone};
use crate::browser::worker::Payload;
use crate::browser::{page, storage};
use crate::library::Entry;

/// A clip that came in and is not kept yet.
#[derive(Debug)]
pub struct ToKeep {
    /// Its file.
    pub name: String,
    /// Its line in the list.
    pub entry: Entry,
    /// Whether its text is longer than what a browser keeps.
    pub too_long: bool,
    /// The record of its text, when that is to be kept.
    pub record: Payload,
}

/// Keeps a clip when there is nothing better to do.
pub fn soon(reader: Reader, clip: ToKeep) {
    reader.to_keep.update_value(|all| all.push(clip));
    page::when_idle(move || all(reader));
}

/// Keeps all that waits for it.
pub fn all(reader: Reader) {
    let all = reader.to_keep.try_update_value(std::mem::take);
    for ToKeep { name, entry, too_long, record } in all.unwrap_or_default() {
        if !record.is_empty() {
            reader.told(storage::save_record(&entry.id, &record));
        } else if too_long {
            let why = format!("“{name}” is too long to be kept in this browser: open its file again after a reload.");
            reader.tell(Tone::Done, why);
        }
        list(reader, entry);
    }
}

/// Lists a clip, as the newest.
pub fn list(reader: Reader, entry: Entry) {
    let (mut recent, written) = storage::change_recent(|recent| recent.renew(entry.clone()));
    if written.is_err() {
        recent = reader.recent.get_untracked();
        recent.renew(entry);
    }
    reader.recent.set(recent);
    reader.told(written);
}
