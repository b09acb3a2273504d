//! The outline: nested links, the current section marked, branches that fold.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;

use super::bars::SheetHead;
use super::context::{Furnished, Reader, Sheet};
use super::icons::{Icon, draw};
use super::moves;
use super::reader::is_sheet;
use super::say::say;
use super::words;
use crate::browser::page::{self, Step};
use crate::clip::Basis;
use crate::session::ClipCommand;
use crate::session::outline::{Row, rows};

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
    let shown = Memo::new(move |_| visible(&all.get(), &folded.get(), &filter.get()));
    let marked = Memo::new(move |_| current.get().and_then(|id| nearest(&all.get(), &shown.get(), &id)));
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
            <ol class="outline-list">
                <For each=move || shown.get() key=|row| (row.id.clone(), row.children) children=move |row| {
                    view! { <Entry row folded marked /> }
                } />
            </ol>
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

#[component]
fn Entry(row: Row, folded: Memo<BTreeSet<String>>, marked: Memo<Option<String>>) -> impl IntoView {
    let reader = Reader::get();
    let id = row.id.clone();
    let is_marked = {
        let id = id.clone();
        move || (marked.get().as_ref() == Some(&id)).then_some("true")
    };
    let is_open = {
        let id = id.clone();
        move || !folded.with(|f| f.contains(&id))
    };
    let jump = {
        let id = id.clone();
        move |event: ev::MouseEvent| {
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                moves::jump(reader, &id);
            }
        }
    };
    let fold_id = id.clone();
    let name = row.text.clone();
    view! {
        <li class="outline-row" data-depth=row.depth.to_string()>
            {row.children.then(|| view! {
                <button
                    type="button"
                    class="fold"
                    aria-label=say!(outline.sections, name = name)
                    aria-expanded=move || is_open().to_string()
                    on:click=move |_| reader.send_clip(ClipCommand::ToggleFold(fold_id.clone()))
                >
                    {draw(Icon::Fold)}
                </button>
            })}
            <a
                href=format!("#{id}")
                data-level=row.level.to_string()
                data-line=row.line.to_string()
                aria-current=is_marked
                on:click=jump
            >
                {row.text}
            </a>
        </li>
    }
}

/// The rows that no folded one hides and that the filter lets through.
fn visible(all: &[Row], folded: &BTreeSet<String>, filter: &str) -> Vec<Row> {
    let wanted = filter.trim().to_lowercase();
    if !wanted.is_empty() {
        return all.iter().filter(|r| r.text.to_lowercase().contains(&wanted)).cloned().collect();
    }
    let mut hidden_below: Option<u8> = None;
    let mut shown = Vec::new();
    for row in all {
        if hidden_below.is_some_and(|depth| row.depth > depth) {
            continue;
        }
        hidden_below = folded.contains(&row.id).then_some(row.depth);
        shown.push(row.clone());
    }
    shown
}

/// The row in sight that stands for the section being read: its own, else the one before it.
fn nearest(all: &[Row], shown: &[Row], id: &str) -> Option<String> {
    let line = all.iter().find(|r| r.id == id).map(|r| r.line)?;
    shown.iter().rfind(|r| r.line <= line).map(|r| r.id.clone())
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
