//! What no first clip needs comes later: the panels, the lists, and the services behind them are a part of the program by
//! themselves, which is loaded when the page is at rest, or as soon as something of it is asked for.
//!
//! [`Later`] is all that the rest of the user interface knows of that part: what is named in it there, and nowhere else,
//! is not in the program that a page begins with (see [`crate::parts`]).

use std::cell::{Cell, RefCell};

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Reader, Sheet, Tone};
use super::marks::sharing;
use super::say::say;
use super::{
    aids, clean_copy, clip_end, edit_form, editing, find_bar, gestures, highlights_page, hosted, import_panel,
    importing, keys, library_list, lightbox, linked, listing, mark_tools, marks, marks_panel, notes, palette, pictures,
    published, removing, text_settings, turns, typeset,
};
use crate::browser::file::DroppedFile;
use crate::browser::librarian::{Librarian, Word};
use crate::browser::page;
use crate::library::hosted::HostedPath;
use crate::library::{ClipId, Triage};

/// The later part: a function for each thing that may be asked of it.
pub struct Later {
    pub library_list: fn() -> AnyView,
    pub highlights_page: fn() -> AnyView,
    pub published_list: fn() -> AnyView,
    pub text_settings: fn() -> AnyView,
    pub keys_help: fn() -> AnyView,
    pub palette: fn() -> AnyView,
    pub lightbox: fn() -> AnyView,
    pub note: fn() -> AnyView,
    pub mark_card: fn() -> AnyView,
    pub mark_tools: fn() -> AnyView,
    pub marks_panel: fn() -> AnyView,
    pub aids: fn() -> AnyView,
    pub find_bar: fn() -> AnyView,
    pub clip_end: fn() -> AnyView,
    pub edit_metadata: fn() -> AnyView,
    pub clean_copy: fn() -> AnyView,
    pub import_panel: fn() -> AnyView,
    /// What goes on by itself once the page is at rest.
    begin: fn(Reader),
    /// A key of the table was pressed.
    pub pressed: fn(Reader, &str),
    /// Escape was.
    pub leave: fn(Reader),
    /// A place of the text was clicked that is no link.
    pub clicked: fn(Reader, &ev::MouseEvent),
    /// The library's worker has something to say.
    pub hear: fn(Reader, Word),
    /// The next import may begin.
    pub import_next: fn(Reader),
    /// Files came among which may be highlights.
    pub take_in_marks: fn(Reader, Vec<DroppedFile>),
    /// The library's worker is to know these clips anew.
    pub renew: fn(Reader, Vec<ClipId>),
    pub triage: fn(Reader, &[ClipId], Triage),
    pub look_for_pictures: fn(Reader),
    pub typeset: fn(Reader, Option<usize>),
    pub forget_typeset: fn(),
    pub settle_marks: fn(Reader),
    pub find_in_clip: fn(Reader),
    pub open_note: fn(Reader, &str, &str),
    pub visit: fn(Reader, HostedPath),
    pub link: fn(Reader),
    pub look_again: fn(Reader),
    pub station_changed: fn(Reader, &ClipId),
    pub undo: fn(Reader, Tone),
    pub undo_is_over: fn(Reader),
    /// Clips are taken out of the database for good.
    pub purge: fn(Reader, Vec<ClipId>),
    pub download_edited: fn(Reader),
}

part! { later:
    /// The later part, loaded.
    fn load() -> &'static Later {
        &Later {
            library_list: || view! { <library_list::LibraryList /> }.into_any(),
            highlights_page: || view! { <highlights_page::HighlightsPage /> }.into_any(),
            published_list: || view! { <published::PublishedList /> }.into_any(),
            text_settings: || view! { <text_settings::TextSettings /> }.into_any(),
            keys_help: || view! { <keys::KeysHelp /> }.into_any(),
            palette: || view! { <palette::Palette /> }.into_any(),
            lightbox: || view! { <lightbox::Lightbox /> }.into_any(),
            note: || view! { <notes::Note /> }.into_any(),
            mark_card: || view! { <mark_tools::MarkCard /> }.into_any(),
            mark_tools: || view! { <mark_tools::MarkTools /> }.into_any(),
            marks_panel: || view! { <marks_panel::MarksPanel /> }.into_any(),
            aids: || view! { <aids::ShownAids /> }.into_any(),
            find_bar: || view! { <find_bar::FindBar /> }.into_any(),
            clip_end: || view! { <clip_end::ClipEnd /> }.into_any(),
            clean_copy: || view! { <clean_copy::CleanCopy /> }.into_any(),
            import_panel: || view! { <import_panel::ImportPanel /> }.into_any(),
            edit_metadata: || view! { <edit_form::EditMetadata /> }.into_any(),
            begin: |reader| {
                gestures::listen(reader);
                catch_up(reader);
                linked::load(reader);
                aids::look_for_voices();
                turns::at_rest(reader, REST, move || reader.librarian.with_value(|l| l.iter().for_each(Librarian::wake)));
            },
            pressed: keys::pressed,
            leave: keys::leave_more,
            clicked: |reader, event| {
                if !lightbox::clicked(reader, event) {
                    marks::clicked(reader, f64::from(event.client_x()), f64::from(event.client_y()));
                }
            },
            hear: importing::hear,
            import_next: importing::begin_next,
            take_in_marks: sharing::take_in_first,
            renew: listing::renew,
            triage: listing::triage,
            look_for_pictures: pictures::look_for,
            typeset: typeset::look_for,
            forget_typeset: typeset::forget,
            settle_marks: marks::settle,
            find_in_clip: find_bar::arrived,
            open_note: notes::open,
            visit: hosted::visit,
            link: linked::link,
            look_again: linked::look_again,
            station_changed: linked::station_changed,
            undo: |reader, tone| match tone {
                Tone::UndoMark => marks::undo(reader),
                Tone::Edited => editing::undo(reader),
                _ => removing::undo(reader),
            },
            undo_is_over: removing::undo_is_over,
            purge: removing::forget,
            download_edited: editing::download,
        }
    }
}

/// Does what the open clip and what came in would have asked for before the part was here.
fn catch_up(reader: Reader) {
    importing::next(reader);
    if reader.open_id().is_some() {
        typeset::look_for(reader, None);
        pictures::look_for(reader);
    }
}

/// What waits for the later part.
struct Waiting {
    act: Box<dyn FnOnce(&'static Later)>,
    /// Whether it is of no use any more when the part does not come at once.
    passes: bool,
}

thread_local! {
    static HERE: Cell<Option<&'static Later>> = const { Cell::new(None) };
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// The later part, when it is here.
pub fn here() -> Option<&'static Later> {
    HERE.get()
}

/// Does something with the later part: at once when it is here, else as soon as it is. When the part does not come, the
/// person is told, and it waits until something asks for the part again.
pub fn with(reader: Reader, act: impl FnOnce(&'static Later) + 'static) {
    ask(reader, false, act);
}

/// The same for what a person did in passing, a key or a click: it is forgotten when the part does not come, or the person
/// is elsewhere by then.
pub fn with_passing(reader: Reader, act: impl FnOnce(&'static Later) + 'static) {
    let whereabouts = move || (reader.place.get_untracked(), reader.open_id());
    let before = whereabouts();
    ask(reader, true, move |later| {
        if whereabouts() == before {
            act(later);
        }
    });
}

fn ask(reader: Reader, passes: bool, act: impl FnOnce(&'static Later) + 'static) {
    if let Some(later) = here() {
        return act(later);
    }
    WAITING.with_borrow_mut(|waiting| waiting.push(Waiting { act: Box::new(act), passes }));
    spawn_local(async move {
        if fetch(reader).await.is_none() {
            WAITING.with_borrow_mut(|waiting| waiting.retain(|one| !one.passes));
            if reader.sheet.get_untracked().is_some_and(Sheet::comes_later) {
                reader.sheet.set(None);
            }
            reader.tell(Tone::Problem, say!(app.part_missing));
        }
    });
}

/// A view of the later part that somebody asks for: it stands as soon as that is here.
pub fn view(make: impl Fn(&'static Later) -> AnyView + Send + Sync + 'static) -> AnyView {
    with(Reader::get(), |_| {});
    slot(make)
}

/// The place of something of the later part: it is filled when that is here, and nothing asks for it.
pub fn slot(make: impl Fn(&'static Later) -> AnyView + Send + Sync + 'static) -> AnyView {
    let reader = Reader::get();
    match here() {
        Some(later) => make(later),
        None => (move || reader.whole.get().then(|| here().map(&make))).into_any(),
    }
}

/// How long the page rests, once the part is here, before the worker of the library starts, too.
const REST: std::time::Duration = std::time::Duration::from_millis(1500);

/// Loads the part now that the page has nothing to do. One that does not come is asked for again when it is needed.
pub fn begin(reader: Reader) {
    let is_busy = reader.opening.with_value(|opening| opening.opened.is_some());
    if here().is_some() || is_busy {
        return;
    }
    spawn_local(async move {
        fetch(reader).await;
    });
}

async fn fetch(reader: Reader) -> Option<&'static Later> {
    let later = load().await.ok()?;
    if here().is_none() {
        HERE.set(Some(later));
        page::mark("app:whole");
        (later.begin)(reader);
        reader.whole.set(true);
    }
    for waiting in WAITING.take() {
        (waiting.act)(later);
    }
    Some(later)
}
