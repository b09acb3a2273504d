//! The bars: at the top everywhere, at the bottom within a thumb's reach on a phone.

use leptos::prelude::*;

use super::context::{Place, Reader, Room, Sheet};
use super::drop_zone::FileInput;
use super::icons::{Icon, draw};
use super::library_list::FolderInput;
use super::moves;
use super::say::say;
use crate::browser::history;
use crate::session::{Command, Route};

/// Shows or hides the outline, wherever it stands at this width.
pub fn toggle_outline(reader: Reader) {
    match reader.room.get_untracked() {
        Room::Narrow => toggle_sheet(reader, Sheet::Outline),
        Room::Wide | Room::Medium => reader.send(Command::ToggleOutline),
    }
}

/// Shows or hides the metadata, wherever they stand at this width.
pub fn toggle_info(reader: Reader) {
    match reader.room.get_untracked() {
        Room::Wide => reader.send(Command::ToggleMetadata),
        Room::Medium | Room::Narrow => toggle_sheet(reader, Sheet::Info),
    }
}

/// Opens a sheet, or closes it when it is open.
pub fn toggle_sheet(reader: Reader, sheet: Sheet) {
    reader.sheet.update(|open| *open = if *open == Some(sheet) { None } else { Some(sheet) });
}

/// Goes to the library, or back to the clip.
pub fn toggle_library(reader: Reader) {
    match (reader.place.get_untracked(), reader.open_id()) {
        (Place::Library, Some(id)) => moves::go(reader, &Route::Clip(id)),
        (Place::Library, None) => drop(reader.told(history::back())),
        _ => moves::go(reader, &Route::Library),
    }
}

/// Whether the outline is in sight; reactive.
#[must_use]
pub fn outline_shown(reader: Reader) -> bool {
    match reader.room.get() {
        Room::Narrow => reader.sheet.get() == Some(Sheet::Outline),
        Room::Wide | Room::Medium => !reader.session.with(|s| s.outline_hidden),
    }
}

/// Whether the metadata are in sight; reactive.
#[must_use]
pub fn info_shown(reader: Reader) -> bool {
    match reader.room.get() {
        Room::Wide => !reader.session.with(|s| s.metadata_hidden),
        Room::Medium | Room::Narrow => reader.sheet.get() == Some(Sheet::Info),
    }
}

/// Whether the bars are out of the way; never while a sheet is open.
fn hidden(reader: Reader) -> Option<&'static str> {
    (reader.bars_hidden.get() && reader.sheet.get().is_none()).then_some("true")
}

fn narrow(reader: Reader) -> bool {
    reader.room.get() == Room::Narrow
}

/// The bar at the top. On a phone its buttons are in the bottom bar.
#[component]
pub fn TopBar() -> impl IntoView {
    let reader = Reader::get();
    let percent = move || reader.reading.with(|r| r.as_ref().map_or(0.0, |r| f64::from(r.progress))).to_string();
    let reading = move || reader.place.get() == Place::Reader;
    view! {
        <header class="top-bar" data-hidden=move || hidden(reader)>
            <FileInput />
            <FolderInput />
            {move || (!narrow(reader)).then(|| view! { <div class="bar-buttons"><Buttons /></div> })}
            <div class="progress" style:--progress=percent hidden=move || !reading() aria-hidden="true"></div>
        </header>
    }
}

/// The bar at the bottom of a phone.
#[component]
pub fn BottomBar() -> impl IntoView {
    let reader = Reader::get();
    view! {
        {move || narrow(reader).then(|| view! {
            <nav class="bottom-bar" aria-label=say!(bars.places) data-hidden=move || hidden(reader)>
                <Buttons />
            </nav>
        })}
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let reader = Reader::get();
    let reading = move || reader.place.get() == Place::Reader;
    let library = move || reader.place.get() == Place::Library;
    view! {
        <BarButton name=say!(bars.library) icon=Icon::Library pressed=Signal::derive(library) on_press=move || toggle_library(reader) />
        <span class="bar-space"></span>
        {move || reading().then(|| view! {
            <BarButton name=say!(bars.outline) icon=Icon::Outline pressed=Signal::derive(move || outline_shown(reader)) on_press=move || toggle_outline(reader) />
        })}
        <BarButton
            name=say!(bars.text_settings)
            icon=Icon::Text
            pressed=Signal::derive(move || reader.sheet.get() == Some(Sheet::Text))
            on_press=move || toggle_sheet(reader, Sheet::Text)
        />
        {move || reading().then(|| view! {
            <BarButton name=say!(bars.info) icon=Icon::Info pressed=Signal::derive(move || info_shown(reader)) on_press=move || toggle_info(reader) />
        })}
    }
}

/// The head of a panel: where the panel is a sheet, the sheet is pulled down by it, and closed by its button.
#[component]
pub fn SheetHead(children: Children) -> impl IntoView {
    let reader = Reader::get();
    view! {
        <div class="sheet-head">
            {children()}
            <button type="button" class="icon-button sheet-close" aria-label=say!(bars.close) on:click=move |_| reader.sheet.set(None)>
                {draw(Icon::Close)}
            </button>
        </div>
    }
}

#[component]
fn BarButton(name: &'static str, icon: Icon, pressed: Signal<bool>, on_press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button
            type="button"
            class="bar-button"
            aria-label=name
            title=name
            aria-pressed=move || pressed.get().to_string()
            on:click=move |_| on_press()
        >
            {draw(icon)}
            <span class="bar-label" aria-hidden="true">{name.split(' ').next()}</span>
        </button>
    }
}
