//! Showing a clip once where nobody sees it, when the page has nothing better to do: a browser
//! compiles each function when it first runs, and the first clip of a person should not wait for
//! that.

use std::sync::Arc;

use leptos::prelude::*;

use super::context::{Furnished, Place, Reader, Shown};
use super::reader::ReaderPlace;
use super::{turns, words};
use crate::browser::clock;
use crate::browser::worker::Payload;
use crate::browser::{body, page, remote};
use crate::engine::ClipView;
use crate::library::ClipId;

/// Rehearses with a clip of the worker's own, unless a person's clip comes first.
pub fn plan(reader: Reader, view: ClipView, html: &Payload) {
    let html = html.clone();
    clock::when_idle(move || {
        if reader.shown.with_untracked(|shown| *shown == Shown::Nothing) && !turns::is_underway(reader) {
            rehearse(view, &html);
        }
    });
}

/// Shows the clip in an element that never comes into the page, with a state of its own.
fn rehearse(view: ClipView, html: &Payload) {
    let Ok(stage) = page::stage() else { return };
    let handle = leptos::mount::mount_to(stage, move || {
        let reader = Reader::new();
        provide_context(reader);
        reader.place.set(Place::Reader);
        let id = ClipId::of(b"rehearsal");
        reader.shown.set(Shown::Ready { id, name: String::new(), view: Arc::new(view) });
        reader.furnished.set(Furnished::All);
        view! { <ReaderPlace /> }
    });
    if let Ok(body) = page::stage() {
        // Nobody would see what went wrong here.
        drop(body::put_chunk(
            &body,
            0,
            html,
            words::labels(),
            &remote::Allowed::default(),
            &mut remote::Unseen::default(),
        ));
    }
    // What is written to the page comes a moment after the state that it shows.
    clock::soon(move || drop(handle));
}
