//! How the list of clips is shown: what is looked for, filters, order, choice. What it shows is
//! worked out here, once for all parts of the list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Reader, Tone};
use super::say::say;
use super::{keeping, moves};
use crate::browser::worker::Payload;
use crate::browser::{clock, download, page, store};
use crate::engine::Errand;
use crate::engine::errand::{Packed, Snippet};
use crate::library::list::{Filters, Sort, View, arrange, is_shown};
use crate::library::room::room_used;
use crate::library::search::{Field, Query};
use crate::library::{ClipId, Row, Triage};
use crate::session::{ClipCommand, Command, Route};

/// The state of the list. Copying it copies handles.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// What is looked for, as it is typed.
    pub words: RwSignal<String>,
    /// Which clips are shown.
    pub filters: RwSignal<Filters>,
    /// Their order.
    pub sort: RwSignal<Sort>,
    /// What was found; `None` while nothing is looked for.
    pub hits: RwSignal<Option<Arc<Hits>>>,
    /// The clips that are chosen for something to be done with all of them.
    pub chosen: RwSignal<BTreeSet<ClipId>>,
    /// The row that the keyboard is at.
    pub at: RwSignal<Option<ClipId>>,
    /// The row that gets the focus as soon as it is in the page.
    pub focus_next: StoredValue<Option<ClipId>>,
    /// How far the list was scrolled when it was left.
    pub scrolled: StoredValue<f64>,
    /// The clips of the list as it was when the person went from it into one of them.
    pub way: RwSignal<Arc<[ClipId]>>,
    /// What is to be found in the clip that is opened next.
    pub find_next: RwSignal<Option<String>>,
    /// How much of the browser's room is used, in words.
    pub room: RwSignal<Option<String>>,
    ticket: StoredValue<u32>,
    /// The clips of whose texts pieces were asked for, as they came into sight.
    asked: StoredValue<BTreeSet<ClipId>>,
}

/// What was found.
#[derive(Debug, Default, PartialEq)]
pub struct Hits {
    /// The clips, the best first.
    pub order: Arc<[ClipId]>,
    /// Pieces of their texts, in parts that are marked or not, as far as they were asked for.
    pub snippets: BTreeMap<ClipId, Snippet>,
    /// The question that these pieces answer: until new ones come, the old ones stand.
    quoted: u32,
}

impl Listing {
    /// Nothing looked for, all clips, the newest first.
    #[must_use]
    pub fn new() -> Self {
        Self {
            words: RwSignal::new(String::new()),
            filters: RwSignal::new(Filters::default()),
            sort: RwSignal::new(Sort::default()),
            hits: RwSignal::new(None),
            chosen: RwSignal::new(BTreeSet::new()),
            at: RwSignal::new(None),
            focus_next: StoredValue::new(None),
            scrolled: StoredValue::new(0.0),
            way: RwSignal::new(Arc::default()),
            find_next: RwSignal::new(None),
            room: RwSignal::new(None),
            ticket: StoredValue::new(0),
            asked: StoredValue::new(BTreeSet::new()),
        }
    }
}

/// The rows to show, in their order; reactive.
#[must_use]
pub fn shown(reader: Reader) -> Vec<Row> {
    let list = reader.list;
    let status = status_asked(&list.words.get());
    let is_asked = |row: &Row| status.as_ref().is_none_or(|status| status.fits(row.triage()));
    let (filters, hits) = (list.filters.get(), list.hits.get());
    reader.library.with(|library| match hits {
        // What is looked for has an order of its own: the best first.
        Some(hits) => {
            let found = hits.order.iter().filter_map(|id| library.get(id));
            found.filter(|row| is_shown(*row, &filters) && is_asked(row)).cloned().collect()
        }
        None => {
            let rows = library.rows();
            let order = arrange(rows, &filters, &list.sort.get());
            order.into_iter().filter_map(|at| rows.get(at)).filter(|row| is_asked(row)).cloned().collect()
        }
    })
}

/// The clips that it shows now, in their order.
#[must_use]
pub fn order(reader: Reader) -> Arc<[ClipId]> {
    untrack(|| shown(reader)).into_iter().map(|row| row.entry.id.clone()).collect()
}

/// What a question asks of the station of a clip, which the list knows and the index does not.
struct Asked {
    wanted: Vec<String>,
    refused: Vec<String>,
}

impl Asked {
    fn fits(&self, triage: Triage) -> bool {
        let is_in = |names: &[String]| names.iter().any(|name| triage.name().starts_with(name.as_str()));
        (self.wanted.is_empty() || is_in(&self.wanted)) && !is_in(&self.refused)
    }
}

fn status_asked(words: &str) -> Option<Asked> {
    let query = Query::parse(words);
    let of = |without: bool| {
        let of_status = query.fields.iter().filter(|f| f.field == Field::Status && f.without == without);
        of_status.map(|f| f.term.text()).collect::<Vec<_>>()
    };
    let (wanted, refused) = (of(false), of(true));
    (!wanted.is_empty() || !refused.is_empty()).then_some(Asked { wanted, refused })
}

/// Looks for what was typed.
pub fn look_for(reader: Reader, words: String) {
    page::mark("search:typed");
    let list = reader.list;
    list.words.set(words.clone());
    let ticket = list.ticket.try_update_value(|ticket| {
        *ticket += 1;
        *ticket
    });
    list.asked.set_value(BTreeSet::new());
    let mut query = Query::parse(&words);
    query.fields.retain(|field| field.field != Field::Status);
    if query.is_empty() {
        list.hits.set(None);
        return answered();
    }
    if let Some(librarian) = reader.librarian.get_value() {
        librarian.ask(Errand::Find { ticket: ticket.unwrap_or_default(), words });
    }
}

fn answered() {
    clock::soon(|| page::mark("search:shown"));
}

/// Clips were found, the best first; more may follow.
pub fn found(reader: Reader, ticket: u32, clips: Vec<ClipId>) {
    if reader.list.ticket.get_value() == ticket {
        let before = reader.list.hits.get_untracked();
        let (snippets, quoted) = before.map(|before| (before.snippets.clone(), before.quoted)).unwrap_or_default();
        reader.list.hits.set(Some(Arc::new(Hits { order: clips.into(), snippets, quoted })));
        answered();
    }
}

/// Pieces of the texts of clips that were found came.
pub fn quoted(reader: Reader, ticket: u32, quoted: Vec<(ClipId, Snippet)>) {
    let hits = reader.list.hits.get_untracked().filter(|_| reader.list.ticket.get_value() == ticket);
    let Some(hits) = hits else { return };
    let mut snippets = hits.snippets.clone();
    if hits.quoted != ticket {
        // Those of the question before.
        snippets.clear();
        answered();
    }
    snippets.extend(quoted);
    reader.list.hits.set(Some(Arc::new(Hits { order: Arc::clone(&hits.order), snippets, quoted: ticket })));
}

/// Asks for pieces of the texts of clips that came into sight, as far as they have none.
pub fn quote(reader: Reader, ids: Vec<ClipId>) {
    let ticket = reader.list.ticket.get_value();
    let hits = reader.list.hits.get_untracked().filter(|hits| hits.quoted == ticket);
    let Some(hits) = hits else { return };
    let is_new = |id: &ClipId| !hits.snippets.contains_key(id);
    let ids = reader.list.asked.try_update_value(|asked| {
        ids.into_iter().filter(|id| is_new(id) && asked.insert(id.clone())).collect::<Vec<ClipId>>()
    });
    let ids = ids.unwrap_or_default();
    if let Some(librarian) = reader.librarian.get_value().filter(|_| !ids.is_empty()) {
        librarian.ask(Errand::Quote { ticket, ids });
    }
}

/// Somebody is about to look for something.
pub fn prepare(reader: Reader) {
    if let Some(librarian) = reader.librarian.get_value() {
        librarian.ask(Errand::Prepare);
    }
}

/// These clips changed: what the library's worker knows of them is renewed.
pub fn renew(reader: Reader, ids: Vec<ClipId>) {
    if let Some(librarian) = reader.librarian.get_value().filter(|librarian| librarian.is_awake()) {
        librarian.ask(Errand::Changed { ids });
    }
}

/// Opens a clip of the list; what was looked for is found in it.
pub fn open(reader: Reader, id: &ClipId) {
    let words = reader.list.words.get_untracked();
    let terms = Query::parse(&words).terms;
    reader.list.find_next.set((!terms.is_empty()).then_some(words));
    reader.list.way.set(order(reader));
    moves::go(reader, &Route::Clip(id.clone()));
}

/// The clips that something is done with: those chosen, else the one that the keyboard is at.
#[must_use]
pub fn meant(reader: Reader) -> Vec<ClipId> {
    let chosen: Vec<ClipId> = reader.list.chosen.get_untracked().into_iter().collect();
    if chosen.is_empty() { reader.list.at.get_untracked().into_iter().collect() } else { chosen }
}

/// Changes what is kept of a clip that is not open.
fn give(reader: Reader, id: &ClipId, command: ClipCommand) {
    let mut state = keeping::state_of(reader, id).0;
    state.apply(command);
    state.changed_ms = clock::now_ms();
    keeping::state(reader, id, &state);
}

/// Changes what is kept of any clip.
pub fn send(reader: Reader, id: &ClipId, command: ClipCommand) {
    if reader.open_id().as_ref() == Some(id) {
        reader.send_clip(command);
    } else if keeping::lacks_state(reader, id) {
        let id = id.clone();
        spawn_local(async move {
            keeping::fetch_state(reader, &id).await;
            give(reader, &id, command);
        });
    } else {
        give(reader, id, command);
    }
}

/// Gives clips a station.
pub fn triage(reader: Reader, ids: &[ClipId], triage: Triage) {
    for id in ids {
        send(reader, id, ClipCommand::Triage(Some(triage)));
    }
    let name = super::words::triage(triage);
    match ids {
        [] => {}
        [id] => {
            let title = reader.library.with_untracked(|library| library.get(id).map(|row| row.entry.title.clone()));
            reader.tell(Tone::Done, say!(listing.one_moved, title = title.unwrap_or_default(), station = name));
        }
        many => reader.tell(Tone::Done, say!(listing.moved, n = many.len(), station = name)),
    }
}

/// Keeps what the list shows now under a name.
pub fn save_view(reader: Reader, name: &str) {
    let list = reader.list;
    let view = View {
        name: name.trim().to_owned(),
        query: list.words.get_untracked(),
        filters: list.filters.get_untracked(),
        sort: list.sort.get_untracked(),
    };
    if !view.name.is_empty() {
        reader.send(Command::KeepView(view));
    }
}

/// Shows what was kept under a name.
pub fn show_view(reader: Reader, view: &View) {
    reader.list.filters.set(view.filters.clone());
    reader.list.sort.set(view.sort);
    look_for(reader, view.query.clone());
}

/// Asks the browser how much of its room is used.
pub fn measure_room(reader: Reader) {
    spawn_local(async move {
        let room = store::room().await;
        reader.list.room.set(room.map(|(used_bytes, quota_bytes)| room_used(used_bytes, quota_bytes)));
    });
}

/// Has clips packed into a zip, with their pictures: their files as they came, each with the station
/// that the person gave it. One clip without pictures is its file.
pub fn export(reader: Reader, ids: &[ClipId]) {
    let clips = reader.library.with_untracked(|library| {
        let rows = ids.iter().filter_map(|id| library.get(id));
        let says = |row: &Row| Triage::of_status(&row.entry.status) == row.triage();
        let status = |row: &Row| (!says(row)).then(|| row.triage().name().to_owned());
        rows.map(|row| Packed { id: row.entry.id.clone(), status: status(row) }).collect()
    });
    if let Some(librarian) = reader.librarian.get_value() {
        librarian.ask(Errand::Pack { clips, backup: None });
    }
}

/// A zip is made: it is handed to the person.
pub fn packed(reader: Reader, name: &str, missing: &[String], zip: &Payload) {
    for sentence in missing {
        reader.tell(Tone::Problem, sentence.clone());
    }
    reader.told(download::save(zip, name));
}
