//! The highlights of the open clip beside its text: in the order of their places, and then those that
//! were not found in this version of the page.

use crate::clip::order;
use leptos::prelude::*;

use super::context::Reader;
use super::marks::sharing;
use super::say::say;
use super::{marks, words};
use crate::library::highlight::all::Group;
use crate::library::highlight::{Highlight, HighlightId};

/// What chooses between the info and the highlights.
#[component]
pub fn PanelTabs() -> impl IntoView {
    let reader = Reader::get();
    let in_panel = reader.marks.in_panel;
    let count = Memo::new(move |_| reader.marks.here.with(|here| here.count()));
    let tab = move |highlights: bool| {
        let name = move || match (highlights, count.get()) {
            (false, _) => say!(marks.info).to_owned(),
            (true, 0) => say!(marks.all).to_owned(),
            (true, count) => say!(marks.counted, n = count),
        };
        view! {
            <button
                type="button"
                class="panel-tab"
                aria-pressed=move || (in_panel.get() == highlights).to_string()
                on:click=move |_| in_panel.set(highlights)
            >
                {name}
            </button>
        }
    };
    view! { <div class="panel-tabs" role="group" aria-label=say!(marks.show)>{tab(false)}{tab(true)}</div> }
}

/// One highlight, and whether it has a place.
type Line = (Highlight, bool);

/// What tells lines apart: a highlight that changed is drawn anew.
fn key((one, is_there): &Line) -> (String, u64, bool) {
    (one.id.as_str().to_owned(), one.changed_ms, *is_there)
}

/// Those that have a place (or may get one yet), in the order of their places; then those without.
fn sorted(reader: Reader) -> (Vec<Line>, Vec<Line>) {
    let (places, settled) = (reader.marks.places.get(), reader.marks.settled.get());
    let all = reader.marks.here.with(|here| here.live().cloned().collect::<Vec<_>>());
    let (mut there, lost): (Vec<Highlight>, Vec<Highlight>) =
        all.into_iter().partition(|one| !settled || places.contains_key(&one.id));
    order::sort_by_key(&mut there, |one| places.get(&one.id).map_or(one.place.start as usize, |place| place.start));
    let told = |all: Vec<Highlight>| {
        all.into_iter().map(|one| (places.contains_key(&one.id), one)).map(|(is_there, one)| (one, is_there)).collect()
    };
    (told(there), told(lost))
}

fn save(reader: Reader, save: fn(Reader, &[Group])) {
    if let Some(group) = sharing::open_group(reader) {
        save(reader, &[group]);
    }
}

/// The list.
#[component]
pub fn MarksPanel() -> impl IntoView {
    let reader = Reader::get();
    let all = Memo::new(move |_| sorted(reader));
    let none = Memo::new(move |_| all.with(|(there, lost)| there.is_empty() && lost.is_empty()));
    let lost = Memo::new(move |_| all.with(|(_, lost)| !lost.is_empty()));
    view! {
        <div class="marks-panel">
            <Show when=move || none.get()>
                <p class="quiet">{say!(marks.none)}</p>
            </Show>
            <ul class="marks">
                <For each=move || all.with(|(there, _)| there.clone()) key=key let:line>
                    <Marked line />
                </For>
            </ul>
            <Show when=move || !none.get()>
                <p class="panel-ways">
                    <button type="button" class="link-button" on:click=move |_| save(reader, sharing::save_markdown)>{say!(marks.save_markdown)}</button>
                    <button type="button" class="link-button" on:click=move |_| save(reader, sharing::save_annotations)>{say!(marks.as_json)}</button>
                    <button type="button" class="link-button" on:click=move |_| sharing::save_marked(reader)>{say!(marks.in_clip)}</button>
                </p>
            </Show>
            <Show when=move || lost.get()>
                <h3 class="group-label">{say!(marks.lost)}</h3>
                <ul class="marks" data-lost="true">
                    <For each=move || all.with(|(_, lost)| lost.clone()) key=key let:line>
                        <Marked line />
                    </For>
                </ul>
            </Show>
        </div>
    }
}

#[component]
fn Marked(line: Line) -> impl IntoView {
    let reader = Reader::get();
    let (one, is_there) = line;
    let id: StoredValue<HighlightId> = StoredValue::new(one.id);
    let quote = one.place.exact.clone();
    let copied = one.place.exact.clone();
    let note = (!one.note.trim().is_empty()).then_some(one.note);
    view! {
        <li class="mark" data-colour=one.colour.name()>
            {if is_there {
                view! {
                    <button type="button" class="mark-quote" dir="auto" on:click=move |_| marks::go_to(reader, &id.get_value())>{quote}</button>
                }.into_any()
            } else {
                view! { <p class="mark-quote" dir="auto">{quote}</p> }.into_any()
            }}
            {note.map(|note| view! { <p class="mark-note" dir="auto">{note}</p> })}
            <div class="mark-acts">
                <span class="visually-hidden">{words::colour(one.colour)}</span>
                <button type="button" class="link-button" on:click=move |_| marks::open_card(reader, &id.get_value(), true)>{say!(marks.edit)}</button>
                <button type="button" class="link-button" on:click=move |_| marks::copy(reader, &copied)>{say!(marks.copy)}</button>
                <button type="button" class="link-button" on:click=move |_| marks::remove(reader, &id.get_value())>{say!(marks.remove)}</button>
            </div>
        </li>
    }
}
