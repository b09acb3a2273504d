//! The list of the clips that came in here.

use leptos::prelude::*;

use super::context::Reader;
use super::empty::OpenButtons;
use super::{moves, removing};
use crate::browser::page;
use crate::library::Entry;
use crate::session::Route;

/// Rows, newest first.
#[component]
pub fn LibraryList() -> impl IntoView {
    let reader = Reader::get();
    let entries = move || reader.recent.get().entries;
    view! {
        <main id="library" class="library">
            <header class="library-head">
                <h1>"Library"</h1>
                <OpenButtons />
            </header>
            <ul class="library-rows" aria-label="Clips">
                <For each=entries key=|entry| entry.id.clone() children=|entry| view! { <Row entry /> } />
            </ul>
            {move || entries().is_empty().then(|| view! {
                <p class="quiet">"No clips yet. Drop some files anywhere on this page."</p>
            })}
        </main>
    }
}

#[component]
fn Row(entry: Entry) -> impl IntoView {
    let reader = Reader::get();
    let route = Route::Clip(entry.id.clone());
    let href = moves::address(&route);
    let id = entry.id.clone();
    let saved = page::local_date(&entry.saved).unwrap_or_default();
    let minutes = (entry.reading_minutes > 0).then(|| format!("{} min", entry.reading_minutes));
    let details = [Some(entry.site), Some(saved), minutes, Some(entry.status)];
    let details = details.into_iter().flatten().filter(|part| !part.is_empty());
    let details = details.map(|part| view! { <span>{part}</span> }).collect_view();
    let tags = entry.tags.into_iter().map(|tag| view! { <span class="chip">{tag}</span> }).collect_view();
    let open = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            moves::go(reader, &route);
        }
    };
    view! {
        <li class="library-row" data-clip-id=entry.id.as_str().to_owned()>
            <a href=href on:click=open>
                <span class="row-title" dir="auto">{entry.title.clone()}</span>
                <span class="row-details">{details}{tags}</span>
            </a>
            <button
                type="button"
                class="icon-button"
                aria-label=format!("Remove “{}”", entry.title)
                on:click=move |_| removing::remove(reader, &id)
            >
                "×"
            </button>
        </li>
    }
}
