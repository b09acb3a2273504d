//! The form in the sidebar in which a clip's metadata are changed.

use leptos::ev;
use leptos::prelude::*;

use super::context::Reader;
use super::editing;
use super::say::say;
use super::words;
use crate::clip::metadata::Key;
use crate::library::Triage;
use crate::library::editing::{Fields, Flaw, joined, parted};

/// Whether the form of the open clip is open; reactive.
#[must_use]
pub fn is_open(reader: Reader) -> bool {
    let is_it =
        |id| reader.shown.with(|shown| matches!(shown, super::context::Shown::Ready { id: open, .. } if *open == id));
    reader.editing.open.get().is_some_and(is_it)
}

/// The way into the form, and the form.
#[component]
pub fn EditMetadata() -> impl IntoView {
    let reader = Reader::get();
    let is_open = Memo::new(move |_| is_open(reader));
    let fields = move || {
        let (id, view) = untrack(|| reader.open_id().zip(reader.view()))?;
        let fields = Fields::of(&view.metadata, &view.front_matter, editing::station(reader, &id));
        Some(view! { <Form fields encoding=view.encoding.clone() /> })
    };
    // It stays while the clip is read again, and the focus with it.
    let is_there = move || reader.view().is_some();
    view! {
        <button
            type="button"
            id="edit-metadata"
            class="link-button"
            hidden=move || is_open.get() || !is_there()
            on:click=move |_| editing::begin(reader)
        >
            {say!(edit.edit)}
        </button>
        {move || is_open.get().then(fields)}
    }
}

#[component]
fn Form(fields: Fields, encoding: String) -> impl IntoView {
    let reader = Reader::get();
    let before = fields.clone();
    let title = RwSignal::new(fields.title);
    let authors = RwSignal::new(joined(&fields.authors));
    let tags = RwSignal::new(joined(&fields.tags));
    let published = RwSignal::new(fields.published);
    let saved = RwSignal::new(fields.saved);
    let station = RwSignal::new(fields.station);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        // What was not touched stays, however it is parted.
        let list = |typed: RwSignal<String>, before: &[String]| {
            let typed = typed.get_untracked();
            if typed == joined(before) { before.to_vec() } else { parted(&typed) }
        };
        let fields = Fields {
            title: title.get_untracked(),
            authors: list(authors, &before.authors),
            tags: list(tags, &before.tags),
            station: station.get_untracked(),
            published: published.get_untracked(),
            saved: saved.get_untracked(),
        };
        editing::save(reader, &fields);
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            event.stop_propagation();
            editing::close(reader);
        }
    };
    let options = Triage::ALL.map(|triage| {
        view! { <option value=triage.name() selected=triage == fields.station>{words::triage(triage)}</option> }
    });
    let choose = move |event| {
        if let Some(triage) = Triage::named(&event_target_value(&event)) {
            station.set(triage);
        }
    };
    let is_utf_8 = encoding == "UTF-8";
    view! {
        <form class="edit-form" aria-label=say!(edit.label) autocomplete="off" on:submit=save on:keydown=keys>
            <Field key=Key::Title label=say!(edit.title) value=title />
            <Field key=Key::Author label=say!(edit.authors) value=authors hint=say!(edit.parted) />
            <Field key=Key::Tags label=say!(edit.tags) value=tags hint=say!(edit.parted) />
            <label class="edit-field">
                <span>{say!(clip_head.station)}</span>
                <select id="edit-status" on:change=choose>{options.into_iter().collect_view()}</select>
            </label>
            <Field key=Key::Published label=say!(edit.published) value=published hint=say!(edit.day) />
            <Field key=Key::Saved label=say!(edit.saved_on) value=saved hint=say!(edit.day) />
            {(!is_utf_8).then(|| view! { <p class="quiet">{say!(edit.encoding, name = encoding)}</p> })}
            <p class="field-flaw" role="alert">{move || reader.editing.refused.get()}</p>
            <div class="edit-acts">
                <button type="submit" class="button primary">{say!(edit.save)}</button>
                <button type="button" class="button" on:click=move |_| editing::close(reader)>{say!(edit.cancel)}</button>
            </div>
        </form>
    }
}

#[component]
fn Field(
    key: Key,
    label: &'static str,
    value: RwSignal<String>,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let reader = Reader::get();
    let flaw =
        move || reader.editing.flaws.with(|flaws| flaws.iter().find(|(of, _)| *of == key).map(|(_, flaw)| *flaw));
    let id = format!("edit-{}", key.name());
    let told = format!("{id}-told");
    let said = move || match flaw() {
        Some(Flaw::NoDate) => Some(say!(edit.no_date)),
        Some(Flaw::Found) => Some(say!(edit.only_found)),
        None => hint,
    };
    view! {
        <div class="edit-field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type="text"
                dir="auto"
                spellcheck="false"
                aria-describedby=told.clone()
                aria-invalid=move || flaw().map(|_| "true")
                prop:value=value.get_untracked()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p id=told class="field-told" role="status">{said}</p>
        </div>
    }
}
