//! Keeping what the person does: the place in each clip, its station, the list. localStorage has it
//! at once, for the next start; the database a moment later, for good.

use crate::clip::order;
use std::collections::BTreeMap;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Reader, Tone};
use super::say::say;
use super::{first_words, later};
use crate::browser::storage::{PutAside, StorageError};
use crate::browser::tabs::Tabs;
use crate::browser::{clock, storage, store};
use crate::library::highlight::Highlights;
use crate::library::triage::Standing;
use crate::library::{ClipId, Entry, Library};
use crate::session::saved::Saved;
use crate::session::{ClipState, Command, Session};

/// What is to be written soon.
#[derive(Debug, Default)]
pub struct ToKeep {
    states: BTreeMap<ClipId, ClipState>,
    /// The states for which localStorage has no room.
    unmirrored: BTreeMap<ClipId, ClipState>,
    alarm: Option<Timeout>,
    mirror: Option<Timeout>,
    session: Option<Timeout>,
    tabs: Option<Tabs>,
}

/// How long changes are gathered before they are written into the database, in milliseconds.
const SOON_MS: u32 = 500;
/// How long the list rests before it is mirrored, in milliseconds.
const MIRROR_MS: u32 = 1000;

/// Keeps the state of a clip.
pub fn state(reader: Reader, id: &ClipId, state: &ClipState) {
    let (of, mirrored) = (id.clone(), state.clone());
    first_words::then(reader, move || {
        reader.told(mirror_state(reader, &of, &mirrored));
    });
    let standing = state.standing();
    // The open clip's progress changes with every move; the list is told when it is looked at.
    let before = reader.library.with_untracked(|library| library.get(id).map(|row| row.standing));
    let standing = crate::library::Standing { highlights: before.map_or(0, |before| before.highlights), ..standing };
    if before.is_some_and(|before| before != standing) {
        if before.is_some_and(|before| before.triage != standing.triage) {
            reader.library.update(|library| library.stand(id, standing));
            let changed = id.clone();
            later::with(reader, move |later| (later.station_changed)(reader, &changed));
        } else {
            reader.library.update_untracked(|library| library.stand(id, standing));
        }
        mirror_soon(reader);
    }
    reader.to_keep.update_value(|to_keep| {
        to_keep.states.insert(id.clone(), state.clone());
        if to_keep.alarm.is_none() {
            to_keep.alarm = Some(Timeout::new(SOON_MS, move || states(reader)));
        }
    });
}

/// Keeps what is known of a clip.
pub fn entry(reader: Reader, entry: Entry) {
    mirror_soon(reader);
    let Ok(record) = entry.write() else { return };
    spawn_local(async move {
        reader.told(store::keep_entries(&[(entry.id.clone(), record)]).await);
        tell_tabs(reader, std::iter::once(&entry.id));
        renew(reader, vec![entry.id]);
    });
}

/// The library's worker is to know these clips anew. It does not know them before the later part is here.
fn renew(reader: Reader, ids: Vec<ClipId>) {
    if let Some(later) = later::here() {
        (later.renew)(reader, ids);
    }
}

/// Writes the states that wait for it into the database.
fn states(reader: Reader) {
    let waiting = reader.to_keep.try_update_value(|to_keep| {
        // An alarm that rings right now is inside its own callback and can't be dropped there.
        drop(to_keep.alarm.take().map(Timeout::cancel));
        std::mem::take(&mut to_keep.states)
    });
    let records: Vec<(ClipId, String)> =
        waiting.unwrap_or_default().into_iter().filter_map(|(id, state)| Some((id, state.write().ok()?))).collect();
    if records.is_empty() {
        return;
    }
    spawn_local(async move {
        let kept = store::keep_states(&records).await;
        if reader.told(kept).is_some() {
            tell_tabs(reader, records.iter().map(|(id, _)| id));
        }
    });
}

/// Mirrors the list when it has rested for a moment.
pub fn mirror_soon(reader: Reader) {
    let alarm = Timeout::new(MIRROR_MS, move || clock::when_idle(move || mirror(reader)));
    let before = reader.to_keep.try_update_value(|to_keep| to_keep.mirror.replace(alarm));
    drop(before.flatten().map(Timeout::cancel));
}

/// Writes the session into the database when it has rested for a moment: localStorage may lose it.
pub fn session_soon(reader: Reader) {
    let alarm = Timeout::new(MIRROR_MS, move || {
        if let Ok(record) = storage::load_session().0.write() {
            spawn_local(async move {
                reader.told(store::keep_record(SESSION, &record).await);
            });
        }
    });
    let before = reader.to_keep.try_update_value(|to_keep| to_keep.session.replace(alarm));
    drop(before.flatten().map(Timeout::cancel));
}

/// The name of the session's record in the database.
const SESSION: &str = "session";

/// A browser that lost its localStorage gets settings and views back from the database.
async fn bring_back_session(reader: Reader) {
    if storage::has_session() {
        return;
    }
    let kept = store::record(SESSION).await.ok().flatten().and_then(|record| Session::read(&record).ok());
    if let Some(session) = kept {
        session.views.into_iter().for_each(|view| reader.send(Command::KeepView(view)));
        reader.send(Command::Set(session.settings));
    }
}

fn mirror(reader: Reader) {
    reader.told(reader.library.with_untracked(storage::save_library));
}

/// Writes all that waits for it: the page may go.
pub fn all(reader: Reader) {
    super::marks::commit_note(reader);
    states(reader);
    let waits = reader.to_keep.try_update_value(|to_keep| to_keep.mirror.take()).flatten();
    if let Some(alarm) = waits {
        alarm.cancel();
        mirror(reader);
    }
}

/// Tells the other tabs, and the library's worker, that these clips changed.
pub fn tell_tabs<'a>(reader: Reader, ids: impl Iterator<Item = &'a ClipId>) {
    reader.to_keep.with_value(|to_keep| {
        if let Some(tabs) = &to_keep.tabs {
            tabs.tell(ids);
        }
    });
}

/// Opens the line to the other tabs.
pub fn listen(reader: Reader) {
    // Without it, tabs learn of each other when they are opened.
    let tabs = Tabs::open(move |ids| spawn_local(changed_elsewhere(reader, ids))).ok();
    reader.to_keep.update_value(|to_keep| to_keep.tabs = tabs);
}

/// Another tab changed these clips.
async fn changed_elsewhere(reader: Reader, ids: Vec<ClipId>) {
    for id in &ids {
        let Ok((entry, state)) = store::records(id).await else { return };
        let entry = entry.and_then(|record| Entry::read(&record).ok()).filter(|entry| entry.removed_ms == 0);
        let state = state.and_then(|record| ClipState::read(&record).ok());
        reader.library.update(|library| match entry {
            Some(entry) => {
                library.put_entry(entry);
                if let Some(state) = state {
                    library.stand(id, state.standing());
                }
            }
            None => drop(library.remove(id)),
        });
    }
    super::marks::renew(reader, ids.clone());
    renew(reader, ids);
}

/// Reads the whole library from the database: what the list has so far is only its mirror.
pub async fn load(reader: Reader) {
    bring_back_session(reader).await;
    let before = reader.library.get_untracked();
    let mut library = Library::default();
    let mut removed = Vec::new();
    let mut damaged = 0;
    let now_ms = clock::now_ms();
    let entries = store::each_entry(|_, record| match Entry::read(record) {
        Ok(entry) if entry.removed_ms == 0 => library.put_entry(entry),
        Ok(entry) if entry.removed_ms + UNDONE_FOR_MS < now_ms => removed.push(entry.id),
        Ok(_) => {}
        Err(_) => damaged += 1,
    });
    if let Err(error) = entries.await {
        return reader.tell_storage(&error);
    }
    let mut states = mirrored_states(reader);
    let kept = store::each_state(|id, record| {
        if let Some((id, state)) = ClipId::parse(id).zip(ClipState::read(record).ok()) {
            match states.get(&id) {
                Some(mirrored) if mirrored.changed_ms > state.changed_ms => {}
                Some(mirrored) if mirrored.changed_ms == state.changed_ms => {
                    library.stand(&id, state.standing());
                    states.remove(&id);
                }
                _ => {
                    // Without a mirror, the database has it still.
                    drop(mirror_state(reader, &id, &state));
                    library.stand(&id, state.standing());
                    states.remove(&id);
                }
            }
        }
    });
    reader.told(kept.await);
    reader.told(count_highlights(&mut library).await);
    // What is left was written to localStorage alone, as the page went before the database had it.
    for (id, state) in states {
        if library.get(&id).is_some() {
            library.stand(&id, state.standing());
            reader.to_keep.update_value(|to_keep| drop(to_keep.states.insert(id, state)));
        }
    }
    self::states(reader);
    if damaged > 0 {
        reader.tell(Tone::Problem, say!(keeping.damaged, n = damaged));
    }
    // What could not be kept is known to this page alone and stays in the list; and what came, changed
    // and left since the reading began may or may not be in what was read.
    reader.library.with_untracked(|shown| {
        library.follow(&before, shown);
        let here = reader.opening.with_value(|opening| opening.contents.keys().cloned().collect::<Vec<_>>());
        for row in here.iter().filter_map(|id| shown.get(id)) {
            if library.get(&row.entry.id).is_none() {
                library.put(row.clone());
            }
        }
    });
    let gone = reader.library.with_untracked(Library::len);
    if library.is_empty() && gone > 0 {
        reader.tell(Tone::Problem, say!(keeping.lost, n = gone));
    }
    let same = reader.library.with_untracked(|shown| *shown == library);
    if !same {
        reader.library.set(library);
        mirror_soon(reader);
    }
    if !removed.is_empty() {
        later::with(reader, move |later| (later.purge)(reader, removed));
    }
}

/// Counts the highlights of each clip.
async fn count_highlights(library: &mut Library) -> Result<(), storage::StorageError> {
    store::each_highlights(|id, record| {
        if let Some((id, highlights)) = ClipId::parse(id).zip(Highlights::read(record).ok()) {
            library.mark(&id, highlights.count());
        }
    })
    .await
}

/// The states that this page knows without the database, by their clips.
fn mirrored_states(reader: Reader) -> BTreeMap<ClipId, ClipState> {
    let mut ids = storage::clips();
    reader.to_keep.with_value(|to_keep| {
        ids.extend(to_keep.states.keys().chain(to_keep.unmirrored.keys()).cloned());
    });
    order::collect(ids.into_iter().map(|id| (id.clone(), state_of(reader, &id).0)))
}

/// How long a removed clip is kept at least, in milliseconds, so that the removal can be undone.
const UNDONE_FOR_MS: u64 = 60_000;

/// Mirrors the state of a clip. What finds no room there stays known to this page.
///
/// # Errors
/// When it can't be mirrored.
pub fn mirror_state(reader: Reader, id: &ClipId, state: &ClipState) -> Result<(), StorageError> {
    let mirrored = storage::save_clip(id, state);
    reader.to_keep.update_value(|to_keep| match &mirrored {
        Ok(()) => drop(to_keep.unmirrored.remove(id)),
        Err(_) => drop(to_keep.unmirrored.insert(id.clone(), state.clone())),
    });
    mirrored
}

/// What this page knows of a clip without the database: the latest of what localStorage has, what waits
/// to be written, and what found no room.
#[must_use]
pub fn state_of(reader: Reader, id: &ClipId) -> (ClipState, Option<PutAside>) {
    let (mirrored, problem) = storage::load_clip(id);
    let latest = reader.to_keep.with_value(|to_keep| {
        let here = [to_keep.states.get(id), to_keep.unmirrored.get(id)].into_iter().flatten();
        here.max_by_key(|state| state.changed_ms).filter(|state| state.changed_ms > mirrored.changed_ms).cloned()
    });
    (latest.unwrap_or(mirrored), problem)
}

/// Whether the database knows of a clip what this page does not: browsers may lose what localStorage
/// had, and what is written without looking would take the place of the whole.
#[must_use]
pub fn lacks_state(reader: Reader, id: &ClipId) -> bool {
    let standing = reader.library.with_untracked(|library| library.get(id).map(|row| row.standing));
    standing.is_some_and(|standing| standing != Standing::default()) && state_of(reader, id).0.changed_ms == 0
}

/// Fetches from the database what it knows better of a clip.
pub async fn fetch_state(reader: Reader, id: &ClipId) {
    if let Ok((_, Some(record))) = store::records(id).await
        && let Ok(state) = ClipState::read(&record)
        && state_of(reader, id).0.changed_ms < state.changed_ms
    {
        // Without a mirror, the database has it still.
        drop(mirror_state(reader, id, &state));
    }
}
