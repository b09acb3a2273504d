//! One clip in the list: what is known of it, how far it is read, and what can be done with it: by
//! pointer, by keyboard, and by a swipe on a phone.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Reader, Room};
use super::{listing, moves, removing, words};
use crate::browser::{clock, page, viewport};
use crate::library::{ClipId, Row, Triage};
use crate::session::Route;

/// How high a row is, in CSS pixels.
pub const HEIGHT_PX: f64 = 76.0;
/// How high it is with a piece of its text.
pub const HEIGHT_WITH_SNIPPET_PX: f64 = 118.0;
/// How far a finger must go for a swipe, in CSS pixels.
const SWIPE_PX: f64 = 84.0;
/// How far it may go for a touch that is none.
const STILL_PX: f64 = 12.0;

/// A row of the list, at its place.
#[component]
pub fn ClipRow(at: usize, row: Row, shown: Memo<Vec<Row>>, height: Signal<f64>) -> impl IntoView {
    let reader = Reader::get();
    let (entry, triage) = (row.entry.clone(), row.triage());
    let id = StoredValue::new(entry.id.clone());
    let is_chosen = move || reader.list.chosen.with(|chosen| id.with_value(|id| chosen.contains(id)));
    let swipe = RwSignal::new(0.0_f64);
    let begun = StoredValue::new(None::<(f64, f64)>);
    let down = move |event: ev::PointerEvent| {
        if event.pointer_type() == "touch" {
            begun.set_value(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
        }
    };
    let moved = move |event: ev::PointerEvent| {
        let Some((x, y)) = begun.get_value() else { return };
        let (dx, dy) = (f64::from(event.client_x()) - x, f64::from(event.client_y()) - y);
        if dx.abs() > STILL_PX && dx.abs() > dy.abs() {
            swipe.set(dx);
        }
    };
    let up = move |_: ev::PointerEvent| {
        begun.set_value(None);
        let by = swipe.get_untracked();
        swipe.set(0.0);
        let station = if by > SWIPE_PX { triage.next() } else { Triage::Archive };
        if by.abs() > SWIPE_PX {
            listing::triage(reader, &[id.get_value()], station);
        }
    };
    let stopped = move |_: ev::PointerEvent| {
        begun.set_value(None);
        swipe.set(0.0);
    };
    view! {
        <div
            class="library-row"
            role="row"
            data-clip-id=entry.id.as_str().to_owned()
            data-station=triage.name()
            data-swipe=move || swipe_hint(swipe.get())
            aria-rowindex=(at + 1).to_string()
            aria-selected=move || is_chosen().to_string()
            style:top=move || format!("{}px", at as f64 * height.get())
            style:height=move || format!("{}px", height.get())
            style:--swipe=move || format!("{}px", swipe.get())
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=stopped
        >
            <span role="gridcell" class="row-choice">
                <input
                    type="checkbox"
                    tabindex="-1"
                    aria-label=format!("Choose “{}”", entry.title)
                    prop:checked=is_chosen
                    on:click=move |event| choose(reader, shown, &id.get_value(), event.shift_key())
                />
            </span>
            <span role="gridcell" class="row-main"><RowLink at row=row.clone() /></span>
            <span role="gridcell" class="row-acts"><Acts row /></span>
        </div>
    }
}

/// What a swipe would do.
fn swipe_hint(by: f64) -> Option<&'static str> {
    match by {
        by if by > SWIPE_PX => Some("next"),
        by if by < -SWIPE_PX => Some("archive"),
        by if by != 0.0 => Some("moving"),
        _ => None,
    }
}

/// What is known of the clip, as a link to it.
#[component]
fn RowLink(at: usize, row: Row) -> impl IntoView {
    let reader = Reader::get();
    let entry = row.entry.clone();
    let href = moves::address(&Route::Clip(entry.id.clone()));
    let id = StoredValue::new(entry.id.clone());
    let open = move |event: ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            listing::open(reader, &id.get_value());
        }
    };
    let is_at = move || match reader.list.at.get() {
        Some(there) => id.with_value(|id| *id == there),
        None => at == 0,
    };
    let site = if entry.site.is_empty() { entry.host().to_owned() } else { entry.site.clone() };
    let saved = if entry.saved.is_empty() { &entry.published } else { &entry.saved };
    let saved = page::local_date(saved.get(..10).unwrap_or(saved)).unwrap_or_default();
    let minutes = (entry.reading_minutes > 0).then(|| format!("{} min", entry.reading_minutes));
    let percent = (row.standing.progress * 100.0).round() as u32;
    let progress = (row.standing.opened_ms > 0 && percent > 0).then(|| format!("{percent} % read"));
    let station = (row.triage() != Triage::Inbox).then(|| words::triage(row.triage()).to_owned());
    let details = [Some(site), Some(saved), minutes, progress, station].into_iter().flatten();
    let details = details.filter(|part| !part.is_empty()).map(|part| view! { <span>{part}</span> }).collect_view();
    let tags = entry.tags.iter().take(4).map(|tag| view! { <span class="chip">{tag.clone()}</span> }).collect_view();
    let snippet = move || {
        let hit = reader
            .list
            .hits
            .with(|hits| hits.as_ref().and_then(|hits| id.with_value(|id| hits.found.get(id).cloned())));
        hit.map(|hit| {
            let parts = hit.snippet.into_iter().map(|(text, marked)| match marked {
                true => view! { <mark>{text}</mark> }.into_any(),
                false => view! { <span>{text}</span> }.into_any(),
            });
            view! { <span class="row-snippet" dir="auto">{parts.collect_view()}</span> }
        })
    };
    view! {
        <a
            href=href
            tabindex=move || if is_at() { "0" } else { "-1" }
            on:click=open
            on:focus=move |_| reader.list.at.set(Some(id.get_value()))
        >
            <span class="row-title" dir="auto">{entry.title.clone()}</span>
            <span class="row-details">{details}{tags}</span>
            {snippet}
        </a>
    }
}

#[component]
fn Acts(row: Row) -> impl IntoView {
    let reader = Reader::get();
    let id = StoredValue::new(row.entry.id.clone());
    let title = row.entry.title.clone();
    let next = row.triage().next();
    let is_last = next == row.triage();
    view! {
        {(!is_last).then(|| view! {
            <button
                type="button"
                class="link-button"
                tabindex="-1"
                aria-label=format!("Move “{title}” to {}", words::triage(next))
                on:click=move |_| listing::triage(reader, &[id.get_value()], next)
            >
                {words::triage(next)}
            </button>
        })}
        <button
            type="button"
            class="icon-button"
            tabindex="-1"
            aria-label=format!("Remove “{title}”")
            on:click=move |_| removing::remove(reader, vec![id.get_value()])
        >
            "×"
        </button>
    }
}

/// Chooses a clip or leaves it out; with the shift key, all from the one before.
fn choose(reader: Reader, shown: Memo<Vec<Row>>, id: &ClipId, to_here: bool) {
    let list = reader.list;
    let place = |of: &ClipId| shown.with_untracked(|rows| rows.iter().position(|row| row.entry.id == *of));
    let from = list.at.get_untracked().filter(|_| to_here).and_then(|at| place(&at));
    list.chosen.update(|chosen| match (from, place(id)) {
        (Some(from), Some(to)) => {
            let (from, to) = (from.min(to), from.max(to));
            let ids = shown.with_untracked(|rows| {
                rows.get(from..=to).unwrap_or_default().iter().map(|row| row.entry.id.clone()).collect::<Vec<_>>()
            });
            chosen.extend(ids);
        }
        _ => {
            if !chosen.remove(id) {
                chosen.insert(id.clone());
            }
        }
    });
    list.at.set(Some(id.clone()));
}

/// Arrow keys, Page Up and Down, Home and End go from row to row; `x` and the space bar choose.
pub fn steer(reader: Reader, shown: Memo<Vec<Row>>, event: &ev::KeyboardEvent) {
    const PAGE: isize = 8;
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let (here, last) = shown.with_untracked(|rows| {
        let at = reader.list.at.get_untracked();
        let here = rows.iter().position(|row| Some(&row.entry.id) == at.as_ref()).unwrap_or(0);
        (here, rows.len().saturating_sub(1))
    });
    let step: isize = match event.key().as_str() {
        "ArrowDown" | "j" => 1,
        "ArrowUp" | "k" => -1,
        "PageDown" => PAGE,
        "PageUp" => -PAGE,
        "Home" => isize::MIN,
        "End" => isize::MAX,
        "x" | " " => {
            event.prevent_default();
            let id = shown.with_untracked(|rows| rows.get(here).map(|row| row.entry.id.clone()));
            if let Some(id) = id {
                choose(reader, shown, &id, event.shift_key());
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let to = here.saturating_add_signed(step).min(last);
    let id = shown.with_untracked(|rows| rows.get(to).map(|row| row.entry.id.clone()));
    if let Some(id) = id {
        go_to(reader, &id, to);
    }
}

/// Moves the focus to a row, which may not be in the page yet.
fn go_to(reader: Reader, id: &ClipId, at: usize) {
    let height = if reader.list.hits.with_untracked(Option::is_some) { HEIGHT_WITH_SNIPPET_PX } else { HEIGHT_PX };
    reader.list.at.set(Some(id.clone()));
    let bars_px = if reader.room.get_untracked() == Room::Narrow { 64.0 } else { 72.0 };
    viewport::bring_into_sight("library", at as f64 * height, height, bars_px);
    let link = format!("#library [data-clip-id=\"{}\"] a", id.as_str());
    clock::next_frame(move || {
        clock::soon(move || drop(page::focus_among(&link, page::Step::First)));
    });
}
