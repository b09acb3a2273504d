//! Finding something in the open clip: the same words find the same as in the library.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader};
use super::say::say;
use crate::browser::{clock, find, page};
use crate::library::search::{Finder, Query};

/// What is looked for in the open clip.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    /// Whether the bar is there.
    pub open: RwSignal<bool>,
    words: RwSignal<String>,
    count: RwSignal<usize>,
    at: RwSignal<usize>,
}

impl Finding {
    /// Nothing is looked for.
    #[must_use]
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            words: RwSignal::new(String::new()),
            count: RwSignal::new(0),
            at: RwSignal::new(0),
        }
    }
}

/// Where to go when something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Go {
    /// To the first place of the clip.
    First,
    /// To the first place below the top of the window.
    Nearest,
}

/// Opens the bar.
pub fn open(reader: Reader) {
    if reader.open_id().is_none() {
        return;
    }
    reader.finding.open.set(true);
    clock::next_frame(move || drop(page::focus("find")));
}

/// Closes it; the marks go, the place stays.
pub fn close(reader: Reader) {
    reader.finding.open.set(false);
    reader.finding.count.set(0);
    find::forget();
    drop(page::focus("clip"));
}

/// A clip has arrived whole: what was looked for in the library is found in it.
pub fn arrived(reader: Reader) {
    if let Some(words) = reader.list.find_next.get_untracked() {
        reader.list.find_next.set(None);
        reader.finding.open.set(true);
        look_for(reader, words, Go::First);
    } else if reader.finding.open.get_untracked() {
        close(reader);
    }
}

fn look_for(reader: Reader, words: String, go: Go) {
    let finding = reader.finding;
    finding.words.set(words.clone());
    let Some(body) = reader.body.get_untracked() else { return };
    spawn_local(async move {
        let finder = Finder::new(&Query::parse(&words));
        let Some(count) = find::find(&body, &finder).await else { return };
        finding.count.set(count);
        if count > 0 {
            let at = if go == Go::First { 0 } else { find::first_in_sight() % count };
            finding.at.set(at);
            find::go_to(at);
        }
    });
}

fn step(reader: Reader, by: isize) {
    let finding = reader.finding;
    let count = finding.count.get_untracked();
    if count > 0 {
        let at = (finding.at.get_untracked() + count).saturating_add_signed(by) % count;
        finding.at.set(at);
        find::go_to(at);
    }
}

/// The bar, over the text at its top.
#[component]
pub fn FindBar() -> impl IntoView {
    let reader = Reader::get();
    let finding = reader.finding;
    let told = move || match (finding.count.get(), finding.words.with(|words| words.trim().is_empty())) {
        (_, true) => String::new(),
        (0, _) => say!(find_bar.nothing).to_owned(),
        (count, _) => say!(find_bar.at, at = finding.at.get() + 1, count = count),
    };
    let keys = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            step(reader, if event.shift_key() { -1 } else { 1 });
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            close(reader);
        }
        _ => {}
    };
    view! {
        <Show when=move || finding.open.get() && reader.place.get() == Place::Reader>
            <div class="find-bar" role="search" aria-label=say!(find_bar.find) on:keydown=keys>
                <input
                    id="find"
                    class="search"
                    type="search"
                    placeholder=say!(find_bar.find)
                    aria-label=say!(find_bar.find)
                    autocomplete="off"
                    prop:value=finding.words
                    on:input=move |event| look_for(reader, event_target_value(&event), Go::Nearest)
                />
                <output for="find">{told}</output>
                <button type="button" class="icon-button" aria-label=say!(find_bar.previous) on:click=move |_| step(reader, -1)>"↑"</button>
                <button type="button" class="icon-button" aria-label=say!(find_bar.next) on:click=move |_| step(reader, 1)>"↓"</button>
                <button type="button" class="icon-button" aria-label=say!(find_bar.close) on:click=move |_| close(reader)>"×"</button>
            </div>
        </Show>
    }
}
