//! The highlights of all clips on one page: looked through by their words, each a way to its place.

use leptos::prelude::*;

use super::context::Reader;
use super::marks::sharing;
use super::published::follow;
use super::say::say;
use super::{marks, moves, words};
use crate::browser::page;
use crate::library::ClipId;
use crate::library::highlight::all::{Group, found};
use crate::library::highlight::{Highlight, markdown};
use crate::session::{Command, Route};

/// The way to this page.
#[component]
pub fn HighlightsLink() -> impl IntoView {
    let reader = Reader::get();
    let href = moves::address(&Route::Highlights);
    view! { <a href=href on:click=move |event| follow(reader, &event, &Route::Highlights)>{say!(highlights_page.title)}</a> }
}

/// The page.
#[component]
pub fn HighlightsPage() -> impl IntoView {
    let reader = Reader::get();
    marks::load_all(reader);
    let looked_for = RwSignal::new(String::new());
    let groups = Memo::new(move |_| {
        let all = reader.marks.all.get()?;
        Some(reader.library.with(|library| looked_for.with(|words| found(&all, library, words))))
    });
    let count = move || match groups.with(|groups| groups.as_ref().map(|groups| (total(groups), groups.len()))) {
        None => say!(highlights_page.coming).to_owned(),
        Some((0, _)) if looked_for.with(|words| words.trim().is_empty()) => say!(highlights_page.none).to_owned(),
        Some((0, _)) => say!(highlights_page.nothing).to_owned(),
        Some((highlights, clips)) => {
            let highlights = say!(count.highlights, n = highlights);
            say!(highlights_page.found, highlights = highlights, clips = say!(count.clips, n = clips))
        }
    };
    let library = moves::address(&Route::Library);
    view! {
        <main class="library all-highlights">
            <header class="library-head">
                <h1>{say!(highlights_page.title)}</h1>
                <div class="library-ways">
                    <Sharing groups />
                    <a href=library on:click=move |event| follow(reader, &event, &Route::Library)>{say!(bars.library)}</a>
                </div>
            </header>
            <input
                id="search"
                class="search"
                type="search"
                placeholder=say!(highlights_page.search)
                aria-label=say!(highlights_page.search_label)
                autocomplete="off"
                spellcheck="false"
                prop:value=looked_for
                on:input=move |event| looked_for.set(event_target_value(&event))
            />
            <p class="quiet highlights-count" role="status">{count}</p>
            <Form />
            <div id="highlights">
                <For each=move || groups.get().unwrap_or_default() key=key let:group>
                    <OfClip group />
                </For>
            </div>
        </main>
    }
}

/// The ways out into files, of what is found, and in.
#[component]
fn Sharing(groups: Memo<Option<Vec<Group>>>) -> impl IntoView {
    let reader = Reader::get();
    let some = Memo::new(move |_| groups.with(|groups| groups.as_ref().is_some_and(|groups| !groups.is_empty())));
    let save = move |save: fn(Reader, &[Group])| save(reader, &groups.get_untracked().unwrap_or_default());
    view! {
        <Show when=move || some.get()>
            <button type="button" class="link-button" on:click=move |_| save(sharing::save_markdown)>{say!(highlights_page.save_markdown)}</button>
            <button type="button" class="link-button" on:click=move |_| save(sharing::save_annotations)>{say!(highlights_page.save_json)}</button>
        </Show>
        <button type="button" class="link-button" on:click=move |_| { reader.told(page::click("open-highlights")); }>{say!(highlights_page.bring_in)}</button>
        <input
            id="open-highlights"
            class="visually-hidden"
            type="file"
            multiple
            accept=".json,.md"
            tabindex="-1"
            aria-label=say!(highlights_page.bring_in_label)
            on:change=move |event| sharing::picked(reader, crate::browser::file::picked(&event).files)
        />
    }
}

/// The form of the export as Markdown, for the person to change.
#[component]
fn Form() -> impl IntoView {
    let reader = Reader::get();
    let own = move || reader.session.with(|session| session.marking.template.clone());
    let shown = move || own().unwrap_or_else(|| markdown::TEMPLATE.to_owned());
    let write = move |event| {
        let written = event_target_value(&event);
        let is_own = written.trim() != markdown::TEMPLATE.trim() && !written.trim().is_empty();
        reader.send(Command::ExportAs(is_own.then_some(written)));
    };
    view! {
        <details class="export-form">
            <summary>{say!(highlights_page.form)}</summary>
            <p class="quiet">{say!(highlights_page.form_help)}</p>
            <textarea rows="14" spellcheck="false" aria-label=say!(highlights_page.form) prop:value=shown on:change=write></textarea>
            <Show when=move || own().is_some()>
                <button type="button" class="link-button" on:click=move |_| reader.send(Command::ExportAs(None))>
                    {say!(highlights_page.own_form)}
                </button>
            </Show>
        </details>
    }
}

fn total(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.highlights.len()).sum()
}

/// What tells groups apart: one in which anything changed is drawn anew.
fn key(group: &Group) -> (String, String, Vec<(String, u64)>) {
    let each = group.highlights.iter().map(|one| (one.id.as_str().to_owned(), one.changed_ms));
    (group.clip.as_str().to_owned(), group.source.title.clone(), each.collect())
}

#[component]
fn OfClip(group: Group) -> impl IntoView {
    let reader = Reader::get();
    let Group { clip, source, highlights } = group;
    let route = Route::Clip(clip.clone());
    let href = moves::address(&route);
    let details = [source.site, source.author, source.published].into_iter().filter(|part| !part.is_empty());
    let details = details.collect::<Vec<_>>().join(" · ");
    let each = highlights.into_iter().map(|one| view! { <One clip=clip.clone() one /> }).collect_view();
    view! {
        <section class="highlights-of">
            <h2 dir="auto"><a href=href on:click=move |event| follow(reader, &event, &route)>{source.title}</a></h2>
            <p class="quiet" dir="auto">{details}</p>
            <ul class="marks">{each}</ul>
        </section>
    }
}

#[component]
fn One(clip: ClipId, one: Highlight) -> impl IntoView {
    let reader = Reader::get();
    let href = marks::address(&clip, &one.id);
    let note = (!one.note.trim().is_empty()).then_some(one.note);
    let id = one.id;
    let go = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            marks::open(reader, &clip, &id);
        }
    };
    view! {
        <li class="mark" data-colour=one.colour.name()>
            <a class="mark-quote" dir="auto" href=href on:click=go>{one.place.exact}</a>
            <span class="visually-hidden">{words::colour(one.colour)}</span>
            {note.map(|note| view! { <p class="mark-note" dir="auto">{note}</p> })}
        </li>
    }
}
