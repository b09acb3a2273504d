//! The outline: nested links, the current section marked, branches that fold.

use leptos::ev;
use leptos::prelude::*;

use super::bars::SheetHead;
use super::context::{Furnished, Reader, Sheet};
use super::effects;
use super::moves;
use super::reader::is_sheet;
use super::say::say;
use super::words;
use crate::browser::clock;
use crate::browser::outline::{self, Drawn};
use crate::browser::page::{self, Step};
use crate::clip::Basis;
use crate::session::ClipCommand;
use crate::session::outline::{looks, nearest, rows};

/// How many entries call for a filter box.
const FILTERED_FROM: usize = 30;

/// The entries, as elements.
const LINKS: &str = "#outline a";

/// The outline of the open clip.
#[component]
pub fn OutlineNav() -> impl IntoView {
    let reader = Reader::get();
    let filter = reader.outline_filter;
    let headings_only = Memo::new(move |_| reader.state.with(|s| s.headings_only));
    let folded = Memo::new(move |_| reader.state.with(|s| s.folded.clone()));
    let all = Memo::new(move |_| {
        reader.furniture(Furnished::Outline).map(|v| rows(&v.outline, headings_only.get())).unwrap_or_default()
    });
    let basis = move || reader.furniture(Furnished::Outline).and_then(|v| v.outline.basis);
    let current = Memo::new(move |_| reader.reading.with(|r| r.as_ref().and_then(|r| r.heading.clone())));
    let looks = Memo::new(move |_| all.with(|rows| looks(rows, &folded.get(), &filter.get())));
    let marked = Memo::new(move |_| {
        let id = current.get()?;
        all.with(|rows| looks.with(|looks| nearest(rows, looks, &id)))
    });
    let list = NodeRef::<leptos::html::Ol>::new();
    let drawn = StoredValue::new(Drawn::default());
    effects::draw(move || {
        let Some(list) = list.get() else { return };
        let name = |words: &str| say!(outline.sections, name = words);
        let draw = |drawn: &mut Drawn| all.with(|rows| looks.with(|looks| drawn.draw(&list, rows, looks, name)));
        if let Some(drawing) = drawn.try_update_value(draw) {
            reader.told(drawing);
        }
    });
    effects::draw(move || {
        looks.track();
        reader.sheet.track();
        let (Some(list), at) = (list.get(), marked.get()) else { return };
        // Once the rows are those that are shown.
        clock::soon(move || {
            outline::mark(&list, at);
            clock::after_paint(move || outline::reveal(&list));
        });
    });
    let typed = StoredValue::new(Typed::default());
    let modal = move || is_sheet(reader, Sheet::Outline);
    view! {
        <nav
            id="outline"
            class="panel outline"
            aria-label=say!(outline.title)
            data-sheet=move || modal().then_some("true")
            tabindex="-1"
            on:keydown=move |event| steer(reader, typed, &event)
        >
            <SheetHead><h2 class="panel-title">{say!(outline.title)}</h2></SheetHead>
            {move || basis().map(|basis| view! { <InferredLine basis headings_only /> })}
            {move || (all.with(Vec::len) > FILTERED_FROM).then(|| view! {
                <input
                    type="search"
                    class="filter"
                    placeholder=say!(outline.filter)
                    aria-label=say!(outline.filter_label)
                    prop:value=filter
                    on:input=move |event| filter.set(event_target_value(&event))
                />
            })}
            {move || (reader.furnished.get() > Furnished::Nothing && all.with(Vec::is_empty)).then(|| view! { <p class="quiet">{say!(outline.none)}</p> })}
            <ol class="outline-list" node_ref=list on:click=move |event| clicked(reader, &event)></ol>
        </nav>
    }
}

#[component]
fn InferredLine(basis: Basis, headings_only: Memo<bool>) -> impl IntoView {
    let reader = Reader::get();
    view! {
        <p class="quiet-line">
            {words::basis(basis)}
            <button
                type="button"
                class="link-button"
                aria-pressed=move || headings_only.get().to_string()
                on:click=move |_| reader.send_clip(ClipCommand::ToggleHeadingsOnly)
            >
                {say!(outline.headings_only)}
            </button>
        </p>
    }
}

/// What was done to a row is heard by the list.
fn clicked(reader: Reader, event: &ev::MouseEvent) {
    match outline::clicked(event) {
        Some(outline::Click::Jump(id)) => moves::jump(reader, &id),
        Some(outline::Click::Fold(id)) => reader.send_clip(ClipCommand::ToggleFold(id)),
        None => {}
    }
}

/// How long letters that are typed belong together, in milliseconds.
const TYPING_MS: f64 = 800.0;

/// Arrow keys, Home and End move among the links; letters go to the entry that begins with them.
fn steer(reader: Reader, typed: StoredValue<Typed>, event: &ev::KeyboardEvent) {
    let key = event.key();
    let step = match key.as_str() {
        "ArrowDown" => Step::Next,
        "ArrowUp" => Step::Previous,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return type_ahead(reader, typed, event, &key),
    };
    if page::is_typing() && step != Step::Next {
        return;
    }
    event.prevent_default();
    reader.told(page::focus_among(LINKS, step));
}

/// Letters that were typed just now, and when.
#[derive(Debug, Default)]
struct Typed {
    letters: String,
    last_ms: f64,
}

/// In the list, letters are the beginnings of entries and not the page's keys.
fn type_ahead(reader: Reader, typed: StoredValue<Typed>, event: &ev::KeyboardEvent, key: &str) {
    let mut letters = key.chars();
    let letter = letters.next().filter(|c| letters.next().is_none() && c.is_alphanumeric());
    let chorded = event.ctrl_key() || event.meta_key() || event.alt_key();
    let Some(letter) = letter.filter(|_| !chorded && !page::is_typing() && page::is_focused_among(LINKS)) else {
        return;
    };
    event.prevent_default();
    event.stop_propagation();
    let now = event.time_stamp();
    let words = typed.try_update_value(|typed| {
        if now - typed.last_ms > TYPING_MS {
            typed.letters.clear();
        }
        typed.last_ms = now;
        typed.letters.push(letter);
        typed.letters.clone()
    });
    reader.told(page::focus_beginning(LINKS, &words.unwrap_or_default()));
}
