//! The keyboard: one table, used by the listener and by the page that explains it.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Place, Reader, Sheet};
use super::{bars, find_bar, lightbox, listing, marks, moves, opening, palette};
use crate::browser::clock;
use crate::browser::page::{self, Step};
use crate::library::Triage;
use crate::session::{Command, Route};

/// Where a key does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// Everywhere.
    Anywhere,
    /// Beside the text of a clip.
    Reader,
    /// There, and in the list.
    Clips,
}

impl Where {
    /// Whether the page is there; reactive.
    #[must_use]
    pub fn is_here(self, reader: Reader) -> bool {
        match reader.place.get() {
            Place::Reader => true,
            Place::Library => self != Self::Reader,
            Place::Empty | Place::Published | Place::Highlights => self == Self::Anywhere,
        }
    }
}

/// A key and what it does.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As a keyboard names it.
    pub key: &'static str,
    /// What it does, in words.
    pub words: &'static str,
    /// Where.
    pub place: Where,
    /// The act.
    pub act: fn(Reader),
}

const fn key(key: &'static str, words: &'static str, place: Where, act: fn(Reader)) -> Key {
    Key { key, words, place, act }
}

/// All keys but those that move within a list.
pub const KEYS: [Key; 16] = [
    key("/", "Search the library, find in the clip", Where::Anywhere, search),
    key("o", "Outline", Where::Reader, bars::toggle_outline),
    key("i", "Info", Where::Reader, bars::toggle_info),
    key("l", "Library", Where::Anywhere, bars::toggle_library),
    key("h", "Highlight what is selected, or take it back", Where::Reader, marks::toggle),
    key("H", "Highlights: of the open clip, else of all clips", Where::Anywhere, highlights),
    key("t", "Next theme", Where::Anywhere, |r| r.send(Command::NextTheme)),
    key("j", "Next section", Where::Reader, |r| moves::step_section(r, Step::Next)),
    key("k", "Previous section", Where::Reader, |r| moves::step_section(r, Step::Previous)),
    key("v", "Look at the pictures", Where::Reader, lightbox::open_near),
    key("u", "Back to the inbox", Where::Clips, |r| triage(r, Triage::Inbox)),
    key("r", "Reading", Where::Clips, |r| triage(r, Triage::Reading)),
    key("d", "Done", Where::Clips, |r| triage(r, Triage::Done)),
    key("e", "Archive", Where::Clips, |r| triage(r, Triage::Archive)),
    key("n", "Next clip", Where::Reader, |r| moves::step_clip(r, Step::Next)),
    key("p", "Previous clip", Where::Reader, |r| moves::step_clip(r, Step::Previous)),
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
        if (event.ctrl_key() || event.meta_key()) && event.key() == "k" {
            event.prevent_default();
            palette::toggle(reader);
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
        if let Some(key) = KEYS.iter().find(|key| key.key == event.key()) {
            event.prevent_default();
            if untrack(|| key.place.is_here(reader)) {
                (key.act)(reader);
            }
        }
    });
}

/// The page that explains the keys.
#[component]
pub fn KeysHelp() -> impl IntoView {
    let reader = Reader::get();
    let more = [
        ("Ctrl K, ⌘ K", "Commands, headings and clips by their words"),
        ("?", "This page"),
        ("↑ ↓ x", "In the library: from row to row, choose"),
        ("Esc", "Close what lies on top, stop reading a long clip"),
        ("Ctrl V, ⌘ V", "Open the copied text"),
    ];
    let rows = KEYS.iter().map(|key| (key.key, key.words)).chain(more);
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
