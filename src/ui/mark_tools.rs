//! What a person marks a place with: the tools over a selection, and the card of a highlight.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Place, Reader};
use super::icons::{Icon, draw};
use super::marks::{self, Card};
use super::say::say;
use super::words;
use crate::browser::highlights::Spot;
use crate::browser::{clock, page};
use crate::library::highlight::{Colour, Highlight, HighlightId};

/// About how high the tools are, in CSS pixels: where there is less room above, they stand below.
const HEIGHT_PX: f64 = 130.0;
/// Half of how wide they and the card are at most.
const HALF_PX: f64 = 172.0;

/// Where something stands over a place: its middle, and its top.
fn at(spot: Option<Spot>, below: bool) -> (String, String) {
    let spot = spot.unwrap_or_default();
    let middle = spot.middle.min(spot.width - HALF_PX).max(HALF_PX.min(spot.width / 2.0));
    let top = if below { spot.bottom } else { spot.top };
    (format!("{middle}px"), format!("{top}px"))
}

/// The tools over what is selected.
#[component]
pub fn MarkTools() -> impl IntoView {
    let reader = Reader::get();
    let selected = reader.marks.selected;
    let some = Memo::new(move |_| selected.with(Option::is_some) && reader.place.get() == Place::Reader);
    let spot = move || selected.with(|selected| selected.as_ref().map(|selected| selected.spot));
    let below = move || spot().is_some_and(|spot| spot.room_above < HEIGHT_PX);
    let note = move |_| {
        let colour = reader.session.with_untracked(|session| session.marking.colour);
        if let Some(id) = marks::mark(reader, colour) {
            marks::open_card(reader, &id, true);
        }
    };
    // A press must not take the selection away that it is about.
    let stay = move |event: ev::PointerEvent| event.prevent_default();
    let stay_mouse = move |event: ev::MouseEvent| event.prevent_default();
    view! {
        <Show when=move || some.get()>
            <div
                class="mark-tools"
                role="toolbar"
                aria-label=say!(marks.label)
                data-below=move || below().to_string()
                style:--middle=move || at(spot(), below()).0
                style:--edge=move || at(spot(), below()).1
                on:pointerdown=stay
                on:mousedown=stay_mouse
            >
                {Colour::ALL.map(|colour| view! {
                    <ColourButton colour pressed=Signal::derive(move || false) on_press=move || drop(marks::mark(reader, colour)) />
                }).collect_view()}
                <span class="tools-line" aria-hidden="true"></span>
                <button type="button" class="tool" aria-label=say!(marks.with_note) title=say!(marks.with_note) on:click=note>
                    {draw(Icon::Note)}
                </button>
                <button type="button" class="tool" aria-label=say!(marks.copy_cited) title=say!(marks.copy_cited) on:click=move |_| marks::copy_selected(reader)>
                    {draw(Icon::Copy)}
                </button>
            </div>
        </Show>
    }
}

#[component]
fn ColourButton(colour: Colour, pressed: Signal<bool>, on_press: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button
            type="button"
            class="tool"
            data-colour=colour.name()
            aria-label=words::colour(colour)
            title=words::colour(colour)
            aria-pressed=move || pressed.get().to_string()
            on:click=move |_| on_press()
        >
            <span class="dot" data-colour=colour.name()></span>
        </button>
    }
}

/// The card of the highlight that was chosen: colour, note, and the way out.
#[component]
pub fn MarkCard() -> impl IntoView {
    let reader = Reader::get();
    let card = reader.marks.card;
    move || {
        card.get().filter(|_| reader.place.get() == Place::Reader).and_then(|card| {
            let one = reader.marks.here.with_untracked(|here| here.get(&card.id).cloned())?;
            Some(view! { <Open card one /> })
        })
    }
}

#[component]
fn Open(card: Card, one: Highlight) -> impl IntoView {
    let reader = Reader::get();
    let spot = card.spot;
    let id = StoredValue::new(card.id);
    let below = spot.is_none_or(|spot| spot.room_above < 2.5 * HEIGHT_PX);
    let (middle, edge) = at(spot, below);
    let focus = if card.writes { "mark-note" } else { "mark-card" };
    clock::next_frame(move || drop(page::focus(focus)));
    let keys = move |event: ev::KeyboardEvent| {
        let done = event.key() == "Escape" || (event.key() == "Enter" && (event.ctrl_key() || event.meta_key()));
        if done {
            event.prevent_default();
            event.stop_propagation();
            marks::close_card(reader);
            drop(page::focus("clip"));
        }
    };
    let write = move |event| reader.marks.draft.set(Some((id.get_value(), event_target_value(&event))));
    let quote = one.place.exact.clone();
    view! {
        <section
            id="mark-card"
            class="mark-card"
            role="dialog"
            aria-label=say!(marks.label)
            tabindex="-1"
            data-below=below.to_string()
            data-placed=spot.is_some().to_string()
            style:--middle=middle
            style:--edge=edge
            on:keydown=keys
        >
            <div class="card-head">
                <Colours id />
                <button type="button" class="icon-button" aria-label=say!(marks.close) on:click=move |_| marks::close_card(reader)>"×"</button>
            </div>
            <textarea
                id="mark-note"
                rows="3"
                dir="auto"
                aria-label=say!(marks.note)
                placeholder=say!(marks.note)
                prop:value=one.note
                on:input=write
                on:change=move |_| marks::commit_note(reader)
            ></textarea>
            <div class="card-foot">
                <button type="button" class="link-button" on:click=move |_| marks::copy(reader, &quote)>{say!(marks.copy)}</button>
                <button type="button" class="link-button" on:click=move |_| marks::remove(reader, &id.get_value())>{say!(marks.remove)}</button>
            </div>
        </section>
    }
}

#[component]
fn Colours(id: StoredValue<HighlightId>) -> impl IntoView {
    let reader = Reader::get();
    let now = Memo::new(move |_| reader.marks.here.with(|here| id.with_value(|id| here.get(id).map(|one| one.colour))));
    view! {
        <div class="colours" role="group" aria-label=say!(marks.colour)>
            {Colour::ALL.map(|colour| view! {
                <ColourButton
                    colour
                    pressed=Signal::derive(move || now.get() == Some(colour))
                    on_press=move || marks::recolour(reader, &id.get_value(), colour)
                />
            }).collect_view()}
        </div>
    }
}
