//! A clip's metadata changed by hand: from the form to the clip's file, into the library, and into the
//! linked folder that the file came from. The form is [`super::edit_form`]'s, the lines of the file are
//! [`crate::library::editing`]'s.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader, Tone};
use super::say::{self, say};
use super::{bars, importing, linked, listing, moves};
use crate::browser::{clock, decoder, download, history, page, store};
use crate::clip::metadata::Key;
use crate::library::editing::{Fields, Flaw, edited};
use crate::library::export::Change;
use crate::library::importing::Summary;
use crate::library::{ClipId, Row, Triage};
use crate::session::{ClipCommand, Route};

/// What is edited, and what was edited last. Copying it copies handles.
#[derive(Debug, Clone, Copy)]
pub struct Editing {
    /// The clip whose form is open.
    pub open: RwSignal<Option<ClipId>>,
    /// The fields that can't be so, and why.
    pub flaws: RwSignal<Vec<(Key, Flaw)>>,
    /// Why the file can't be changed.
    pub refused: RwSignal<Option<String>>,
    last: StoredValue<Option<Deed>, LocalStorage>,
}

/// A change of a clip's file.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Of which clip.
    pub id: ClipId,
    /// The file before.
    pub before: Rc<[u8]>,
    /// The file after.
    pub after: Rc<[u8]>,
    /// The clip's station before and after.
    stations: (Triage, Triage),
    /// The encoding that the reader chose before and after, when it was chosen and is another one now.
    encodings: Option<(String, String)>,
    /// Whether it takes a change back.
    is_undo: bool,
}

impl Deed {
    fn undone(self) -> Self {
        let Self { id, before, after, stations, encodings, .. } = self;
        let (stations, encodings) = ((stations.1, stations.0), encodings.map(|(before, after)| (after, before)));
        Self { id, before: after, after: before, stations, encodings, is_undo: true }
    }
}

impl Editing {
    /// Nothing is edited.
    #[must_use]
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(None),
            flaws: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
            last: StoredValue::new_local(None),
        }
    }
}

/// Opens the form beside the clip.
pub fn begin(reader: Reader) {
    let Some(id) = reader.open_id() else { return };
    if !untrack(|| bars::info_shown(reader)) {
        bars::toggle_info(reader);
    }
    reader.marks.in_panel.set(false);
    forget_refusals(reader);
    reader.editing.open.set(Some(id));
    // A sheet takes the focus when it opens.
    clock::after_paint(|| drop(page::focus("edit-title")));
}

/// Closes the form.
pub fn close(reader: Reader) {
    reader.editing.open.set(None);
    clock::next_frame(|| drop(page::focus("edit-metadata")));
}

fn forget_refusals(reader: Reader) {
    reader.editing.flaws.set(Vec::new());
    reader.editing.refused.set(None);
}

/// Where the open clip stands.
pub fn station(reader: Reader, id: &ClipId) -> Triage {
    reader.library.with_untracked(|library| library.get(id).map(Row::triage)).unwrap_or_default()
}

/// Writes what the form has into the clip's file, or says why not.
pub fn save(reader: Reader, fields: &Fields) {
    let Some((id, view)) = reader.open_id().zip(untrack(|| reader.view())) else { return };
    forget_refusals(reader);
    match fields.changes(&view.metadata, &view.front_matter) {
        Err(flaws) => {
            if let Some((key, _)) = flaws.first() {
                drop(page::focus(&format!("edit-{}", key.name())));
            }
            reader.editing.flaws.set(flaws);
        }
        Ok(changes) => {
            let (encoding, station) = (view.encoding.clone(), fields.station);
            spawn_local(async move {
                match changed(reader, &id, encoding, &changes, station).await {
                    Ok(deed) => {
                        close(reader);
                        if changes.is_empty() { stand(reader, &deed) } else { put(reader, deed) }
                    }
                    Err(why) => reader.editing.refused.set(Some(say::sentence(&why))),
                }
            });
        }
    }
}

async fn changed(
    reader: Reader,
    id: &ClipId,
    encoding: String,
    changes: &[Change],
    station: Triage,
) -> Result<Deed, String> {
    let at_hand = reader.opening.with_value(|opening| opening.contents.get(id).cloned());
    let bytes = match at_hand {
        Some(content) => Some(content.bytes().await.map_err(|error| error.message)?),
        None => store::text(id).await.map_err(|error| error.to_string())?,
    };
    let before = bytes.ok_or_else(|| say!(edit.not_kept).to_owned())?;
    decoder::install();
    let edited = edited(&before, Some(&encoding), changes).map_err(|error| error.to_string())?;
    let was_chosen = reader.state.with_untracked(|state| state.encoding.is_some());
    Ok(Deed {
        id: id.clone(),
        before: before.into(),
        after: edited.bytes.into(),
        stations: (self::station(reader, id), station),
        encodings: (edited.recoded && was_chosen).then(|| (encoding, "utf-8".to_owned())),
        is_undo: false,
    })
}

/// Has the library keep the text.
fn put(reader: Reader, deed: Deed) {
    let entry = reader.library.with_untracked(|library| library.get(&deed.id).map(|row| row.entry.clone()));
    if let Some(entry) = entry {
        importing::edited(reader, &entry, deed);
    }
}

/// The clip stands where the form said.
fn stand(reader: Reader, deed: &Deed) {
    let (id, station) = (&deed.id, deed.stations.1);
    if self::station(reader, id) != station {
        listing::send(reader, id, ClipCommand::Triage(Some(station)));
    }
}

/// The library has the text: it is shown, and written where it came from.
pub fn came_in(reader: Reader, deed: Deed, came: &Summary) {
    if !came.updated.contains(&deed.id) {
        // Why it is not kept was told.
        return;
    }
    if let Some((_, now)) = &deed.encodings {
        listing::send(reader, &deed.id, ClipCommand::ReadIn(now.clone()));
    }
    if reader.open_id().as_ref() == Some(&deed.id) {
        if reader.place.get_untracked() == Place::Reader {
            // The host of a hosted clip has the text before.
            let route = Route::Clip(deed.id.clone());
            reader.told(history::replace(Some(&moves::address(&route)), ""));
        }
        linked::open_changed(reader, &deed.id, false);
    }
    if linked::writes_to(reader, &deed.id) {
        linked::text_changed(reader, deed.clone());
    } else {
        tell(reader, deed.clone(), false);
    }
    stand(reader, &deed);
}

/// Says that a change is kept, and whether it is in the file that it came from, too.
pub fn tell(reader: Reader, deed: Deed, written: bool) {
    if deed.is_undo {
        return reader.tell(Tone::Done, say!(edit.undone));
    }
    reader.editing.last.set_value(Some(deed));
    reader.tell(Tone::Edited, if written { say!(edit.written) } else { say!(edit.saved) });
}

/// Takes the last change back.
pub fn undo(reader: Reader) {
    if let Some(deed) = reader.editing.last.try_update_value(Option::take).flatten() {
        put(reader, deed.undone());
    }
}

/// Hands the changed file to the person.
pub fn download(reader: Reader) {
    let Some(deed) = reader.editing.last.get_value() else { return };
    let name = reader.library.with_untracked(|library| {
        library.get(&deed.id).map_or_else(String::new, |row| row.entry.file_name().to_owned())
    });
    reader.told(download::save_bytes(&deed.after, "text/markdown", &name));
}
