//! The keyboard: one table, used by the listener and by the page that explains it.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Place, Reader, Sheet};
use super::{bars, find_bar, listing, marks, moves, opening};
use crate::browser::clock;
use crate::browser::page::{self, Step};
use crate::library::Triage;
use crate::session::{Command, Route};

type Act = fn(Reader);

/// Key, what it does in words, and the act.
const KEYS: [(&str, &str, Act); 15] = [
    ("/", "Search the library, find in the clip", search),
    ("o", "Outline", |r| in_reader(r, bars::toggle_outline)),
    ("i", "Info", |r| in_reader(r, bars::toggle_info)),
    ("l", "Library", bars::toggle_library),
    ("h", "Highlight what is selected, or take it back", |r| in_reader(r, marks::toggle)),
    ("H", "Highlights: of the open clip, else of all clips", highlights),
    ("t", "Next theme", |r| r.send(Command::NextTheme)),
    ("j", "Next section", |r| in_reader(r, |r| moves::step_section(r, Step::Next))),
    ("k", "Previous section", |r| in_reader(r, |r| moves::step_section(r, Step::Previous))),
    ("u", "Back to the inbox", |r| triage(r, Triage::Inbox)),
    ("r", "Reading", |r| triage(r, Triage::Reading)),
    ("d", "Done", |r| triage(r, Triage::Done)),
    ("e", "Archive", |r| triage(r, Triage::Archive)),
    ("n", "Next clip", |r| in_reader(r, |r| moves::step_clip(r, Step::Next))),
    ("p", "Previous clip", |r| in_reader(r, |r| moves::step_clip(r, Step::Previous))),
];

/// Shows the highlights of the open clip beside it; elsewhere, those of all clips.
fn highlights(reader: Reader) {
    match reader.place.get_untracked() {
        Place::Reader => marks::toggle_panel(reader),
        _ => moves::go(reader, &Route::Highlights),
    }
}

/// Goes to where something is looked for: in the open clip, or in the library.
fn search(reader: Reader) {
    match reader.place.get_untracked() {
        Place::Reader => return find_bar::open(reader),
        Place::Empty | Place::Published | Place::Highlights => moves::go(reader, &Route::Library),
        Place::Library => {}
    }
    clock::next_frame(move || drop(page::focus("search")));
}

/// Gives a station to the clips that are chosen in the list, or to the open clip.
fn triage(reader: Reader, station: Triage) {
    let ids = match reader.place.get_untracked() {
        Place::Reader => reader.open_id().into_iter().collect(),
        Place::Library => listing::meant(reader),
        Place::Empty | Place::Published | Place::Highlights => Vec::new(),
    };
    listing::triage(reader, &ids, station);
    reader.list.chosen.update(|chosen| chosen.clear());
}

fn in_reader(reader: Reader, act: Act) {
    if reader.place.get_untracked() == Place::Reader {
        act(reader);
    }
}

/// Listens for the keys, except where text is typed.
pub fn listen(reader: Reader) {
    window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && reader.sheet.get_untracked().is_some() {
            reader.sheet.set(None);
            return;
        }
        if event.key() == "Escape" && reader.progress.get_untracked().is_some() {
            opening::cancel(reader);
            return;
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || page::is_typing() {
            return;
        }
        if event.key() == "Escape" && reader.marks.card.with_untracked(Option::is_some) {
            marks::close_card(reader);
            return;
        }
        if event.key() == "Escape" && reader.finding.open.get_untracked() {
            find_bar::close(reader);
            return;
        }
        if event.key() == "Escape" && reader.list.chosen.with_untracked(|chosen| !chosen.is_empty()) {
            reader.list.chosen.update(|chosen| chosen.clear());
            return;
        }
        if event.key() == "?" {
            bars::toggle_sheet(reader, Sheet::Keys);
            return;
        }
        if let Some((_, _, act)) = KEYS.iter().find(|(key, _, _)| *key == event.key()) {
            event.prevent_default();
            act(reader);
        }
    });
}

/// The page that explains the keys.
#[component]
pub fn KeysHelp() -> impl IntoView {
    let reader = Reader::get();
    let more = [
        ("?", "This page"),
        ("↑ ↓ x", "In the library: from row to row, choose"),
        ("Esc", "Close what lies on top, stop reading a long clip"),
        ("Ctrl V, ⌘ V", "Open the copied text"),
    ];
    let rows = KEYS.iter().map(|(key, words, _)| (*key, *words)).chain(more);
    view! {
        <div class="backdrop" on:click=move |_| reader.sheet.set(None)></div>
        <section id="keys" class="popover keys" role="dialog" aria-label="Keys" tabindex="-1">
            <h2>"Keys"</h2>
            <dl>{rows.map(|(key, words)| view! {
                <div class="row"><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div>
            }).collect_view()}</dl>
        </section>
    }
}
