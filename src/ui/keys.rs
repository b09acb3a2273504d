//! The keyboard: one table, used by the listener and by the page that explains it.

use leptos::ev;
use leptos::prelude::*;

use super::bars::SheetHead;
use super::context::{Place, Reader, Sheet};
use super::say::say;
use super::{aids, bars, editing, find_bar, later, lightbox, listing, marks, moves, opening, sections};
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

/// The keys of [`KEYS`], each a letter: what the listener knows of them before the later part is here.
const LETTERS: &str = "/oilhHtjkzZcfbsvmurdenp";

// Each letter is the key of its place in the table.
const _: () = assert!(are_letters_of(&KEYS, LETTERS.as_bytes()));

const fn are_letters_of(keys: &[Key], letters: &[u8]) -> bool {
    match (keys, letters) {
        ([], []) => true,
        ([key, keys @ ..], [letter, letters @ ..]) => {
            matches!(key.key.as_bytes(), [one] if *one == *letter) && are_letters_of(keys, letters)
        }
        _ => false,
    }
}

/// Listens for the keys, except where text is typed. What the browser would make of a key of ours is held back at once;
/// what it does here may wait for the later part.
pub fn listen(reader: Reader) {
    window_event_listener(ev::keydown, move |event| {
        let key = event.key();
        let is_commanding = event.ctrl_key() || event.meta_key();
        if event.key() == "Escape" && leave(reader) {
            return;
        }
        if is_commanding && key == "k" {
            event.prevent_default();
            return bars::toggle_sheet(reader, Sheet::Palette);
        }
        if is_commanding || event.alt_key() || page::is_typing() {
            return;
        }
        if key == "?" {
            return bars::toggle_sheet(reader, Sheet::Keys);
        }
        if let Some(share) = share_turned(&event).filter(|_| reader.sheet.get_untracked().is_none()) {
            event.prevent_default();
            return upright::turn_page(share);
        }
        if event.key() == "Escape" {
            // What it leaves is of the later part.
            return later::here().into_iter().for_each(|later| (later.leave)(reader));
        }
        if key.len() == 1 && LETTERS.contains(&key) {
            event.prevent_default();
            later::with_passing(reader, move |later| (later.pressed)(reader, &key));
        }
    });
}

/// Does what a key of the table asks for.
pub fn pressed(reader: Reader, key: &str) {
    if let Some(key) = KEYS.iter().find(|one| one.key == key)
        && untrack(|| key.place.is_here(reader))
    {
        (key.act)(reader);
    }
}

/// Leaves a sheet, or a clip that is on its way, wherever the focus is. Returns whether there was one.
fn leave(reader: Reader) -> bool {
    if reader.sheet.get_untracked().is_some() {
        reader.sheet.set(None);
        return true;
    }
    let is_arriving = reader.progress.get_untracked().is_some();
    if is_arriving {
        opening::cancel(reader);
    }
    is_arriving
}

/// Escape leaves what lies over or beside the text.
pub fn leave_more(reader: Reader) {
    if reader.marks.card.with_untracked(Option::is_some) {
        marks::close_card(reader);
    } else if reader.finding.open.get_untracked() {
        find_bar::close(reader);
    } else if !aids::leave_focus(reader) && reader.list.chosen.with_untracked(|chosen| !chosen.is_empty()) {
        reader.list.chosen.update(|chosen| chosen.clear());
    }
}

/// Where lines stand upright, the keys that scroll go on to the left: how far, in windows.
fn share_turned(event: &ev::KeyboardEvent) -> Option<f64> {
    const PAGE: f64 = 0.9;
    const LINE: f64 = 0.12;
    if !upright::stands() {
        return None;
    }
    let share = match event.key().as_str() {
        " " if page::is_focused_among(":is(button, a, summary, select, input)") => return None,
        " " if event.shift_key() => -PAGE,
        " " | "PageDown" => PAGE,
        "PageUp" => -PAGE,
        "ArrowLeft" | "ArrowDown" => LINE,
        "ArrowRight" | "ArrowUp" => -LINE,
        "Home" => f64::MIN,
        "End" => f64::MAX,
        _ => return None,
    };
    (!page::is_focused_among(".panel *")).then_some(share)
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
