//! What leaves the page when state changes, and what comes in from outside: nothing else makes an
//! `Effect`, and no effect writes a signal that another one reads.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Furnished, Place, Reader, Room, Sheet, Shown};
use super::say::say;
use super::{aids, first_words, keeping, later, marks, moves, reader};
use crate::browser::clock;
use crate::browser::{highlights, history, page, storage, upright, viewport};
use crate::clip::metadata::Key;
use crate::session::{Alignment, Font, Settings};

/// Draws what is no view of a component, whenever what it shows changes, until its component goes.
pub fn draw(draw: impl Fn() + 'static) {
    Effect::new(move |_| draw());
}

/// Installs all of them.
pub fn install(reader: Reader) {
    Effect::new(move || reader.session.with(|session| apply_settings(reader, &session.settings)));
    Effect::new(move || first_words::set_title(reader, title(reader)));
    Effect::new(move || {
        // A clip that arrives is looked at once its text is there.
        if reader.place.get() == Place::Reader && reader.furnished.get_untracked() == Furnished::All {
            clock::next_frame(move || moves::read_place(reader));
        }
    });
    Effect::new(move |before: Option<Option<Sheet>>| {
        let open = reader.sheet.get();
        if let Some(sheet) = open {
            enter_panel(reader, sheet);
        } else if let Some(sheet) = before.flatten() {
            reader.told(page::leave_panel(sheet.id()));
        }
        open
    });
    Effect::new(move |before: Option<bool>| {
        let stands = reader::upright(reader) && reader.place.get() == Place::Reader;
        if before.unwrap_or_default() != stands {
            reader.told(upright::stand(stands.then_some("clip")));
            moves::stay(reader);
        }
        stands
    });
    Effect::new(move || {
        // What is read out is what is in sight.
        if reader.place.get() != Place::Reader {
            aids::stop_listening(reader);
        }
    });
    reader.told(history::restore_places_ourselves());
    reader.told(storage::watch(move || reader.hear_other_tab()));
    keeping::listen(reader);
    reader.told(viewport::watch(move || {
        moves::read_place(reader);
        aids::moved(reader);
        if upright::stands() {
            // What stands beside a place stands still while the text moves.
            marks::close_card(reader);
            marks::selection_changed(reader);
        }
    }));
    reader.told(page::on_leaving(move || {
        // A page that is not in sight paints nothing.
        first_words::go_on(reader);
        keeping::all(reader);
        moves::remember_place(reader);
    }));
    reader.told(watch_room(reader));
    reader.told(highlights::on_selection(move || marks::selection_changed(reader)));
    window_event_listener(ev::focus, move |_| look_again(reader));
    window_event_listener(ev::visibilitychange, move |_| look_again(reader));
    window_event_listener(ev::pagehide, move |_| aids::stop_listening(reader));
    window_event_listener(ev::popstate, move |_| moves::follow_history(reader));
}

/// Gives the focus to a panel once it is there. No later: who types at once means the panel.
fn enter_panel(reader: Reader, sheet: Sheet) {
    let enter = move || {
        clock::soon(move || {
            if reader.sheet.get_untracked() == Some(sheet) {
                reader.told(page::enter_panel(sheet.id()));
            }
        });
    };
    if sheet.comes_later() {
        later::with(reader, move |_| enter());
    } else {
        enter();
    }
}

/// The person came back to the page.
fn look_again(reader: Reader) {
    // Before the later part is here, no folder is known to be linked.
    if let Some(later) = later::here() {
        (later.look_again)(reader);
    }
}

fn apply_settings(reader: Reader, settings: &Settings) {
    let font = match settings.font {
        Font::Serif => "serif",
        Font::Sans => "sans",
    };
    let alignment = match settings.alignment {
        Alignment::Start => "start",
        Alignment::Justify => "justify",
    };
    let indent = if settings.cjk_indent { "on" } else { "off" };
    let attributes = [
        ("data-theme", settings.theme.name()),
        ("data-font", font),
        ("data-alignment", alignment),
        ("data-cjk-indent", indent),
    ];
    for (name, value) in attributes {
        reader.told(page::set_root_attribute(name, value));
    }
    let share = |percent: u16| f64::from(percent) / 100.0;
    let properties = [
        ("--text-size", format!("{}px", settings.size_px)),
        ("--line-height-factor", share(settings.line_height_percent).to_string()),
        ("--measure-factor", share(settings.width_percent).to_string()),
        ("--paragraph-factor", share(settings.paragraph_percent).to_string()),
    ];
    for (name, value) in properties {
        reader.told(page::set_root_property(name, &value));
    }
}

fn title(reader: Reader) -> String {
    let app = say!(app.name);
    let clip = reader.shown.with(|shown| match shown {
        Shown::Ready { name, view, .. } => {
            Some(view.metadata.first(Key::Title).map_or_else(|| name.clone(), str::to_owned))
        }
        _ => None,
    });
    match (reader.place.get(), clip) {
        (Place::Reader, Some(title)) => say!(app.titled, title = title, app = app),
        (Place::Library, _) => say!(app.titled, title = say!(library_list.title), app = app),
        (Place::Highlights, _) => say!(app.titled, title = say!(highlights_page.title), app = app),
        (Place::Published, _) => say!(app.titled, title = reader.visit.title(), app = app),
        _ => app.to_owned(),
    }
}

fn watch_room(reader: Reader) -> Result<(), crate::browser::BrowserError> {
    let wide = RwSignal::new(true);
    let narrow = RwSignal::new(false);
    let measure = move || {
        let room = match (narrow.get_untracked(), wide.get_untracked()) {
            (true, _) => Room::Narrow,
            (_, true) => Room::Wide,
            _ => Room::Medium,
        };
        if reader.room.get_untracked() != room {
            reader.room.set(room);
            reader.sheet.set(None);
        }
    };
    page::watch_media("(min-width: 1100px)", move |holds| {
        wide.set(holds);
        measure();
    })?;
    page::watch_media("(max-width: 720px)", move |holds| {
        narrow.set(holds);
        measure();
    })
}
