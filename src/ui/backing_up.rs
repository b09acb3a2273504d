//! Backups: everything packed, and what the page takes over of a backup that came in.

use leptos::prelude::*;

use super::context::Reader;
use super::import_panel::Shown;
use super::keeping;
use crate::engine::Errand;
use crate::library::ClipId;
use crate::library::list::View;
use crate::session::saved::Saved;
use crate::session::{ClipState, Command};

/// Has everything packed that is kept here.
pub fn back_up(reader: Reader) {
    // What waits to be written goes into it, too.
    keeping::all(reader);
    let session = reader.session.get_untracked();
    let (stored, views) = (session.write(), serde_json::to_string(&session.views));
    let (Ok(stored), Ok(views), Some(librarian)) = (stored, views, reader.librarian.get_value()) else { return };
    let beside = format!(r#"{{"session":{stored},"views":{views}}}"#);
    librarian.ask(Errand::Pack { clips: Vec::new(), backup: Some(beside) });
}

/// How far a packing is; an import that goes on is shown instead.
pub fn underway(reader: Reader, done: u32, total: u32) {
    let is_importing = |shown: &Option<Shown>| matches!(shown, Some(Shown::Gathering(_) | Shown::Reading { .. }));
    if !reader.import.with_untracked(is_importing) {
        reader.import.set(Some(Shown::Packing { done, total }));
    }
}

/// A packing is over, one way or another.
pub fn over(reader: Reader) {
    if reader.import.with_untracked(|shown| matches!(shown, Some(Shown::Packing { .. }))) {
        reader.import.set(None);
    }
}

/// A backup came in: what it has of states is newer than what is in the database, and what it has
/// of views is taken where there is none of that name.
pub fn restored(reader: Reader, states: Vec<(ClipId, String)>, views: Vec<View>) {
    let open = reader.open_id();
    let read = states.into_iter().filter_map(|(id, record)| Some((id, ClipState::read(&record).ok()?)));
    // What is done with the open clip right now is newer still.
    let is_newer = |(id, state): &(ClipId, ClipState)| {
        open.as_ref() != Some(id) && keeping::state_of(reader, id).0.changed_ms <= state.changed_ms
    };
    let states: Vec<(ClipId, ClipState)> = read.filter(is_newer).collect();
    if !states.is_empty() {
        for (id, state) in &states {
            // Without a mirror, the database has it still.
            drop(keeping::mirror_state(reader, id, state));
        }
        reader.library.update(|library| states.iter().for_each(|(id, state)| library.stand(id, state.standing())));
        keeping::mirror_soon(reader);
        keeping::tell_tabs(reader, states.iter().map(|(id, _)| id));
    }
    for view in views {
        let is_known = reader.session.with_untracked(|session| session.views.iter().any(|v| v.name == view.name));
        if !is_known {
            reader.send(Command::KeepView(view));
        }
    }
}
