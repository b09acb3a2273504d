//! Below the text of a clip: what to read next, and the ways back.

use leptos::prelude::*;

use super::context::{Furnished, Reader};
use super::say::say;
use super::{clip_head, listing, moves, published};
use crate::browser::page::Step;
use crate::library::{ClipId, Row, Triage};
use crate::session::Route;

/// The clip before or after one: in the list as it was when the person came from it. From elsewhere, the
/// next one is the newest that waits to be read.
#[must_use]
pub fn neighbour(reader: Reader, id: &ClipId, step: Step) -> Option<Row> {
    let is_next = step == Step::Next;
    let way = reader.list.way.get_untracked();
    let is_on_way = way.contains(id);
    let listed = if is_on_way { way } else { listing::order(reader) };
    reader.library.with_untracked(|library| {
        let in_order = || {
            let (before, from_here) = listed.split_at(listed.iter().position(|one| one == id)?);
            match is_next {
                true => from_here.iter().skip(1).find_map(|id| library.get(id)),
                false => before.iter().rev().find_map(|id| library.get(id)),
            }
        };
        let waits = |row: &&Row| row.triage() == Triage::Inbox && row.entry.id != *id;
        let waiting = library.rows().iter().filter(|row| is_next && !is_on_way && waits(row));
        waiting.max_by_key(|row| row.entry.added_ms).or_else(in_order).cloned()
    })
}

/// What stands below the text, once all of it is there.
#[component]
pub fn ClipEnd() -> impl IntoView {
    let reader = Reader::get();
    let open =
        Memo::new(move |_| (reader.furnished.get() == Furnished::All).then(|| untrack(|| reader.open_id())).flatten());
    move || {
        reader.list.way.track();
        open.get().map(|id| view! { <Ways id /> })
    }
}

#[component]
fn Ways(id: ClipId) -> impl IntoView {
    let reader = Reader::get();
    let station = clip_head::station(reader);
    let next = neighbour(reader, &id, Step::Next).map(|row| {
        let route = Route::Clip(row.entry.id.clone());
        let minutes = (row.entry.reading_minutes > 0).then(|| say!(clip_head.minutes, n = row.entry.reading_minutes));
        view! {
            <a class="next-clip" rel="next" href=moves::address(&route) on:click=move |event| published::follow(reader, &event, &route)>
                <span class="quiet">{say!(clip_end.next)}{minutes.map(|minutes| format!(" · {minutes}"))}</span>
                <span dir="auto">{row.entry.title.clone()}</span>
            </a>
        }
    });
    let toggle = move |_| {
        let to = if station.get_untracked() == Triage::Done { Triage::Reading } else { Triage::Done };
        listing::triage(reader, std::slice::from_ref(&id), to);
    };
    view! {
        <nav class="clip-end" aria-label=say!(clip_end.label)>
            {next}
            <div class="ways">
                <button type="button" class="button" aria-pressed=move || (station.get() == Triage::Done).to_string() on:click=toggle>
                    {say!(station.done)}
                </button>
                <a class="link-button" href=moves::address(&Route::Library) on:click=move |event| published::follow(reader, &event, &Route::Library)>
                    {say!(clip_end.library)}
                </a>
            </div>
        </nav>
    }
}
