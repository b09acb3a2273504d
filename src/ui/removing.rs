//! A clip taken out of the library, and brought back.

use leptos::prelude::*;

use super::context::{Reader, Shown, Tone};
use crate::browser::storage;
use crate::library::{ClipId, Entry};
use crate::session::saved::KeptText;
use crate::session::{ClipState, Command};

/// A clip that was taken out of the library, whole.
#[derive(Debug, Clone)]
pub struct Removed {
    entry: Entry,
    state: ClipState,
    text: Option<KeptText>,
}

/// Removes a clip from the library; the notice offers to bring it back.
pub fn remove(reader: Reader, id: &ClipId) {
    let removed = reader.recent.with_untracked(|recent| recent.get(id).cloned()).map(|entry| Removed {
        entry,
        state: storage::load_clip(id).0,
        text: storage::load_text(id).0,
    });
    let Some(removed) = removed else { return };
    let title = removed.entry.title.clone();
    reader.removed.set_value(Some(removed));
    let (recent, written) = storage::change_recent(|recent| drop(recent.remove(id)));
    reader.recent.set(recent);
    reader.told(written);
    reader.told(storage::remove_clip(id));
    reader.opening.update_value(|opening| opening.shelf.remove(id));
    if reader.open_id().as_ref() == Some(id) {
        reader.shown.set(Shown::Nothing);
        reader.send(Command::Open(None));
    }
    reader.tell(Tone::Undo, format!("“{title}” was removed."));
}

/// Brings the clip back that was removed last.
pub fn undo_remove(reader: Reader) {
    let Some(removed) = reader.removed.try_update_value(Option::take).flatten() else {
        return;
    };
    let id = removed.entry.id.clone();
    if let Some(text) = &removed.text {
        reader.told(storage::save_text(&id, text));
    }
    reader.told(storage::save_clip(&id, &removed.state));
    let (recent, written) = storage::change_recent(|recent| recent.add(removed.entry));
    reader.recent.set(recent);
    reader.told(written);
}
