//! The element that holds the clip's chunks, and what a click in it does.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Reader, Tone};
use super::moves;
use crate::browser::{body, clipboard};

/// An empty element; the chunks go in by [`crate::browser::body`].
#[component]
pub fn ClipBody() -> impl IntoView {
    let reader = Reader::get();
    let click = move |event: leptos::ev::MouseEvent| match body::clicked(&event) {
        body::Click::Jump(id) => moves::jump(reader, &id),
        body::Click::Copy(text) => copy(reader, text),
        body::Click::Nothing => recount(reader),
    };
    view! { <div class="clip-body" node_ref=reader.body on:click=click></div> }
}

fn copy(reader: Reader, text: String) {
    spawn_local(async move {
        if reader.told(clipboard::write_text(&text).await).is_some() {
            reader.tell(Tone::Done, "Copied.");
        }
    });
}

/// A click may have loaded a picture.
fn recount(reader: Reader) {
    if reader.unseen_pictures.with_untracked(|unseen| unseen.waiting() > 0)
        && let Some(element) = reader.body.get_untracked()
    {
        reader.unseen_pictures.set(body::unseen_pictures(&element));
    }
}
