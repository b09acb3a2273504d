//! A footnote beside the place that refers to it; on a phone, at the bottom of the screen.

use leptos::html;
use leptos::prelude::*;

use super::context::{Reader, Sheet};
use super::say::say;
use super::{clip_body, effects, moves};
use crate::browser::highlights::{self, Spot};
use crate::browser::notes;

/// A note that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    id: String,
    reference: String,
    spot: Option<Spot>,
}

/// About how high a note is at most, in CSS pixels: where there is less room above, it stands below.
const HEIGHT_PX: f64 = 320.0;
/// Half of how wide it is.
const HALF_PX: f64 = 184.0;

/// Shows a note beside its reference; one that has not arrived yet is gone to when it has.
pub fn open(reader: Reader, id: &str, reference: &str) {
    if !notes::is_here(id) {
        return moves::jump(reader, id);
    }
    let spot = highlights::spot_of_element(reference);
    reader.note.set(Some(Open { id: id.to_owned(), reference: reference.to_owned(), spot }));
    reader.sheet.set(Some(Sheet::Note));
}

/// The note that is open.
#[component]
pub fn Note() -> impl IntoView {
    let reader = Reader::get();
    let Some(Open { id, reference, spot }) = reader.note.get_untracked() else { return ().into_any() };
    let text = NodeRef::<html::Div>::new();
    let filled = id.clone();
    effects::draw(move || {
        if let Some(text) = text.get() {
            notes::fill(&text, &filled);
        }
    });
    notes::set_open(&reference, true);
    on_cleanup(move || notes::set_open(&reference, false));
    let spot = spot.unwrap_or_default();
    let below = spot.room_above < HEIGHT_PX;
    let middle = spot.middle.min(spot.width - HALF_PX).max(HALF_PX.min(spot.width / 2.0));
    let edge = if below { spot.bottom } else { spot.top };
    let number = id.trim_start_matches("fn-").to_owned();
    let close = move || reader.sheet.set(None);
    view! {
        <div class="backdrop clear" on:click=move |_| close()></div>
        <section
            id=Sheet::Note.id()
            class="note popover"
            role="dialog"
            aria-label=say!(note.name, number = number)
            tabindex="-1"
            data-below=below.to_string()
            style:--middle=format!("{middle}px")
            style:--edge=format!("{edge}px")
        >
            <div class="sheet-head"></div>
            <div class="clip-body note-text" dir="auto" node_ref=text on:click=move |event| clip_body::clicked(reader, &event)></div>
            <div class="card-foot">
                <button type="button" class="link-button" on:click=move |_| moves::jump(reader, &id)>{say!(note.go)}</button>
                <button type="button" class="icon-button" aria-label=say!(note.close) on:click=move |_| close()>"×"</button>
            </div>
        </section>
    }
    .into_any()
}
