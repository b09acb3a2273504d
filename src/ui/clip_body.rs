//! The element that holds the clip's chunks, and what a click in it does.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Reader, Tone};
use super::say::say;
use super::{later, moves, sections};
use crate::browser::{body, clipboard, remote};

/// An empty element; the chunks go in by [`crate::browser::body`].
#[component]
pub fn ClipBody() -> impl IntoView {
    let reader = Reader::get();
    let leads_to = reader.leads_to;
    let at = move |event: &leptos::ev::Event| leads_to.set(body::leads_to(event));
    view! {
        <div
            class="clip-body"
            node_ref=reader.body
            on:click=move |event| clicked(reader, &event)
            on:pointerover=move |event| at(&event)
            on:pointerleave=move |_| leads_to.set(None)
            on:focusin=move |event| at(&event)
            on:focusout=move |_| leads_to.set(None)
        ></div>
    }
}

/// Does what a click in the text, or in a note of it, asks for.
pub fn clicked(reader: Reader, event: &leptos::ev::MouseEvent) {
    match body::clicked(event) {
        body::Click::Jump(id) => moves::jump(reader, &id),
        body::Click::Copy(text) => copy(reader, text, say!(clip_body.copied)),
        body::Click::Note(id, reference) => {
            later::with_passing(reader, move |later| (later.open_note)(reader, &id, &reference))
        }
        body::Click::Fold(id) => sections::fold(reader, &id),
        body::Click::Link(id) => sections::copy_link(reader, &id),
        body::Click::Nothing => {
            let event = event.clone();
            later::with_passing(reader, move |later| (later.clicked)(reader, &event));
            recount(reader);
        }
    }
}

/// Where the link leads that the pointer or the focus is on.
#[component]
pub fn LeadsTo() -> impl IntoView {
    let leads_to = Reader::get().leads_to;
    view! {
        <p class="where-to" aria-hidden="true" hidden=move || leads_to.with(Option::is_none)>
            {move || leads_to.get().map(|host| format!("→ {host}"))}
        </p>
    }
}

/// Copies a text, and says so.
pub fn copy(reader: Reader, text: String, said: &'static str) {
    spawn_local(async move {
        if reader.told(clipboard::write_text(&text).await).is_some() {
            reader.tell(Tone::Done, said);
        }
    });
}

/// A click may have loaded a picture.
fn recount(reader: Reader) {
    if reader.unseen_pictures.with_untracked(|unseen| unseen.waiting() > 0)
        && let Some(element) = reader.body.get_untracked()
    {
        reader.unseen_pictures.set(remote::unseen_pictures(&element));
    }
}
