//! The keyboard: one table, used by the listener and by the page that explains it.

use leptos::ev;
use leptos::prelude::*;

use super::bars::SheetHead;
use super::context::{Place, Reader, Sheet};
use super::say::say;
use super::{aids, bars, editing, find_bar, lightbox, listing, marks, moves, opening, palette, sections};
use crate::browser::clock;
use crate::browser::page::{self, Step};
use crate::browser::upright;
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
    pub words: fn() -> &'static str,
    /// Where.
    pub place: Where,
    /// The act.
    pub act: fn(Reader),
}

const fn key(key: &'static str, words: fn() -> &'static str, place: Where, act: fn(Reader)) -> Key {
    Key { key, words, place, act }
}

/// All keys but those that move within a list.
pub const KEYS: [Key; 23] = [
    key("/", || say!(keys.search), Where::Anywhere, search),
    key("o", || say!(keys.outline), Where::Reader, bars::toggle_outline),
    key("i", || say!(keys.info), Where::Reader, bars::toggle_info),
    key("l", || say!(keys.library), Where::Anywhere, bars::toggle_library),
    key("h", || say!(keys.highlight), Where::Reader, marks::toggle),
    key("H", || say!(keys.highlights), Where::Anywhere, highlights),
    key("t", || say!(keys.theme), Where::Anywhere, |r| r.send(Command::NextTheme)),
    key("j", || say!(keys.next_section), Where::Reader, |r| moves::step_section(r, Step::Next)),
    key("k", || say!(keys.previous_section), Where::Reader, |r| moves::step_section(r, Step::Previous)),
    key("z", || say!(keys.fold_section), Where::Reader, sections::fold_current),
    key("Z", || say!(keys.fold_all), Where::Reader, sections::fold_all),
    key("c", || say!(keys.copy_link), Where::Reader, sections::copy_current),
    key("f", || say!(keys.focus), Where::Reader, aids::toggle_focus),
    key("b", || say!(keys.ruler), Where::Reader, aids::toggle_ruler),
    key("s", || say!(keys.listen), Where::Reader, aids::toggle_listening),
    key("v", || say!(keys.pictures), Where::Reader, lightbox::open_near),
    key("m", || say!(keys.edit), Where::Reader, editing::begin),
    key("u", || say!(keys.to_inbox), Where::Clips, |r| triage(r, Triage::Inbox)),
    key("r", || say!(keys.reading), Where::Clips, |r| triage(r, Triage::Reading)),
    key("d", || say!(keys.done), Where::Clips, |r| triage(r, Triage::Done)),
    key("e", || say!(keys.archive), Where::Clips, |r| triage(r, Triage::Archive)),
    key("n", || say!(keys.next_clip), Where::Reader, |r| moves::step_clip(r, Step::Next)),
    key("p", || say!(keys.previous_clip), Where::Reader, |r| moves::step_clip(r, Step::Previous)),
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
        if event.key() == "Escape" && aids::leave_focus(reader) {
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
        if reader.sheet.get_untracked().is_none() && turned(&event) {
            return event.prevent_default();
        }
        if let Some(key) = KEYS.iter().find(|key| key.key == event.key()) {
            event.prevent_default();
            if untrack(|| key.place.is_here(reader)) {
                (key.act)(reader);
            }
        }
    });
}

/// Where lines stand upright, the keys that scroll go on to the left. Returns whether it was one.
fn turned(event: &ev::KeyboardEvent) -> bool {
    const PAGE: f64 = 0.9;
    const LINE: f64 = 0.12;
    if !upright::stands() {
        return false;
    }
    let share = match event.key().as_str() {
        " " if page::is_focused_among(":is(button, a, summary, select, input)") => return false,
        " " if event.shift_key() => -PAGE,
        " " | "PageDown" => PAGE,
        "PageUp" => -PAGE,
        "ArrowLeft" | "ArrowDown" => LINE,
        "ArrowRight" | "ArrowUp" => -LINE,
        "Home" => f64::MIN,
        "End" => f64::MAX,
        _ => return false,
    };
    if page::is_focused_among(".panel *") {
        return false;
    }
    upright::turn_page(share);
    true
}

/// The page that explains the keys.
#[component]
pub fn KeysHelp() -> impl IntoView {
    let reader = Reader::get();
    let more = [
        ("Ctrl K, ⌘ K", say!(keys.palette)),
        ("?", say!(keys.this)),
        ("↑ ↓ x", say!(keys.rows)),
        ("Esc", say!(keys.escape)),
        ("Ctrl V, ⌘ V", say!(keys.paste)),
    ];
    let rows = KEYS.iter().map(|key| (key.key, (key.words)())).chain(more);
    view! {
        <div class="backdrop" on:click=move |_| reader.sheet.set(None)></div>
        <section id="keys" class="popover keys" role="dialog" aria-label=say!(keys.title) tabindex="-1">
            <SheetHead><h2>{say!(keys.title)}</h2></SheetHead>
            <dl>{rows.map(|(key, words)| view! {
                <div class="row"><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div>
            }).collect_view()}</dl>
        </section>
    }
}
