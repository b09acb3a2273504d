//! Where files come in: the whole window, the picker, the clipboard.

use leptos::ev;
use leptos::prelude::*;

use super::context::Reader;
use super::say::say;
use super::{importing, opening};
use crate::browser::{clipboard, file, page};

/// The picker that every *Open files* button presses.
#[component]
pub fn FileInput() -> impl IntoView {
    let reader = Reader::get();
    view! {
        <input
            id="open-files"
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            aria-label=say!(drop_zone.open)
            on:change=move |event| importing::take_in(reader, file::picked(&event))
        />
    }
}

/// What covers the window while files are dragged over it; it also listens for drops and pastes.
#[component]
pub fn DropOverlay() -> impl IntoView {
    let reader = Reader::get();
    listen(reader);
    view! {
        <div class="drop-overlay" hidden=move || !reader.dragging.get() aria-hidden="true">
            <p>{say!(drop_zone.drop)}</p>
        </div>
    }
}

fn listen(reader: Reader) {
    // Entering a child comes before leaving its parent, so the depth tells when the drag is gone.
    let depth = StoredValue::new(0_i32);
    window_event_listener(ev::dragenter, move |event| {
        if file::carries_files(&event) {
            event.prevent_default();
            depth.update_value(|d| *d += 1);
            reader.dragging.set(true);
        }
    });
    window_event_listener(ev::dragover, move |event| {
        if file::carries_files(&event) {
            event.prevent_default();
        }
    });
    window_event_listener(ev::dragleave, move |_| {
        depth.update_value(|d| *d = (*d - 1).max(0));
        if depth.get_value() == 0 {
            reader.dragging.set(false);
        }
    });
    window_event_listener(ev::drop, move |event| {
        let files = file::dropped(&event);
        if !files.is_empty() || file::carries_files(&event) {
            event.prevent_default();
        }
        depth.set_value(0);
        reader.dragging.set(false);
        importing::take_in(reader, files);
    });
    window_event_listener(ev::paste, move |event| {
        if page::is_typing() {
            return;
        }
        let files = file::pasted(&event);
        if files.is_empty() {
            opening::open_text(reader, &clipboard::pasted_text(&event));
        } else {
            importing::take_in(reader, files);
        }
    });
}
