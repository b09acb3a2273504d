//! A published library as a list of its own, apart from the person's: what it is called, what is
//! looked for in titles and metadata, and a link to each clip.

use leptos::ev;
use leptos::prelude::*;

use super::context::Reader;
use super::moves;
use super::say::say;
use crate::browser::language;
use crate::library::published::Clip;
use crate::session::Route;

/// The place of a published library.
#[component]
pub fn PublishedList() -> impl IntoView {
    let reader = Reader::get();
    let visit = reader.visit;
    let found = Memo::new(move |_| {
        let library = visit.library.get().map(|(_, library)| library);
        library.map(|library| visit.words.with(|words| library.find(words).into_iter().cloned().collect::<Vec<Clip>>()))
    });
    let count = move || match found.with(|found| found.as_ref().map(Vec::len)) {
        Some(clips) => say!(count.clips, n = clips),
        None => say!(published.coming).to_owned(),
    };
    let own = moves::address(&Route::Library);
    view! {
        <main class="library">
            <header class="library-head">
                <h1 dir="auto">{move || visit.title()}</h1>
                <a href=own on:click=move |event| follow(reader, &event, &Route::Library)>{say!(published.your_library)}</a>
            </header>
            <p class="quiet">{say!(published.lead)}</p>
            <input
                id="search"
                class="search"
                type="search"
                placeholder=say!(published.search)
                aria-label=say!(published.search_label)
                autocomplete="off"
                spellcheck="false"
                prop:value=visit.words
                on:input=move |event| visit.words.set(event_target_value(&event))
            />
            <div class="library-line">
                <p class="quiet" role="status">{count}</p>
            </div>
            <ul id="published" class="published-rows" aria-label=say!(published.clips)>
                <For
                    each=move || found.get().unwrap_or_default()
                    key=|clip| clip.row.entry.id.clone()
                    let:clip
                >
                    <PublishedClip clip />
                </For>
            </ul>
        </main>
    }
}

#[component]
fn PublishedClip(clip: Clip) -> impl IntoView {
    let reader = Reader::get();
    let entry = clip.row.entry.clone();
    let route = Route::Hosted(clip.path);
    let href = moves::address(&route);
    let site = if entry.site.is_empty() { entry.host().to_owned() } else { entry.site.clone() };
    let day = if entry.published.is_empty() { &entry.saved } else { &entry.published };
    let day = language::date(day.get(..10).unwrap_or(day)).unwrap_or_default();
    let minutes =
        if entry.reading_minutes > 0 { say!(clip_head.minutes, n = entry.reading_minutes) } else { String::new() };
    let details = [site, entry.authors.join(say!(count.and)), day, minutes].into_iter().filter(|part| !part.is_empty());
    let details = details.map(|part| view! { <span>{part}</span> }).collect_view();
    let tags = entry.tags.iter().take(4).map(|tag| view! { <span class="chip">{tag.clone()}</span> }).collect_view();
    view! {
        <li class="row-main">
            <a href=href on:click=move |event| follow(reader, &event, &route)>
                <span class="row-title" dir="auto">{entry.title.clone()}</span>
                <span class="row-details">{details}{tags}</span>
            </a>
        </li>
    }
}

/// The way back to the published library that is visited.
#[component]
pub fn VisitLink() -> impl IntoView {
    let reader = Reader::get();
    let link = move || {
        let (at, _) = reader.visit.library.get()?;
        let route = Route::Published(at);
        let href = moves::address(&route);
        let title = reader.visit.title();
        Some(view! {
            <p class="quiet">
                {say!(published.back)}
                <a href=href on:click=move |event| follow(reader, &event, &route)>{title}</a>
            </p>
        })
    };
    view! { {link} }
}

/// Follows a link inside the app, unless it is meant for another tab.
pub fn follow(reader: Reader, event: &ev::MouseEvent, route: &Route) {
    if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
        event.prevent_default();
        moves::go(reader, route);
    }
}
