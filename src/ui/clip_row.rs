//! What is said of a clip in the list, and what is done to it there: by pointer, by keyboard, and by a
//! swipe on a phone. The elements are [`rows`]'s.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Reader, Room};
use super::listing::Hits;
use super::say::{self, say};
use super::{listing, moves, removing, words};
use crate::browser::rows::{self, Part, RowView};
use crate::browser::{language, viewport};
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

/// What a row says of the clip at that place of the list.
#[must_use]
pub fn said(at: usize, row: &Row, hits: Option<&Hits>, is_chosen: bool, is_at: bool) -> RowView {
    let (entry, triage) = (&row.entry, row.triage());
    let site = if entry.site.is_empty() { entry.host().to_owned() } else { entry.site.clone() };
    let saved = if entry.saved.is_empty() { &entry.published } else { &entry.saved };
    let saved = language::date(saved.get(..10).unwrap_or(saved)).unwrap_or_default();
    let minutes = (entry.reading_minutes > 0).then(|| say!(clip_head.minutes, n = entry.reading_minutes));
    let percent = (row.standing.progress * 100.0).round() as u32;
    let progress = (row.standing.opened_ms > 0 && percent > 0).then(|| say!(clip_row.percent_read, percent = percent));
    let station = (triage != Triage::Inbox).then(|| words::triage(triage).to_owned());
    let details = [Some(site), Some(saved), minutes, progress, station].into_iter().flatten();
    let title = &entry.title;
    let next = triage.next();
    RowView {
        id: entry.id.clone(),
        at,
        href: moves::address(&Route::Clip(entry.id.clone())),
        title: title.clone(),
        details: details.filter(|part| !part.is_empty()).collect(),
        tags: entry.tags.iter().take(rows::TAGS).cloned().collect(),
        station: triage.name(),
        choose: say!(clip_row.choose, title = title),
        next: (next != triage)
            .then(|| (words::triage(next), say!(clip_row.move_to, title = title, station = words::triage(next)))),
        remove: say!(clip_row.remove, title = title),
        snippet: hits.and_then(|hits| hits.snippets.get(&entry.id)).cloned().unwrap_or_default(),
        is_chosen,
        is_at,
    }
}

/// Something in the list was clicked.
pub fn click(reader: Reader, shown: Memo<Vec<Row>>, event: &ev::MouseEvent) {
    let Some((id, part)) = rows::hit(event) else { return };
    match part {
        Part::Choice => choose(reader, shown, &id, event.shift_key()),
        Part::Link if event.ctrl_key() || event.meta_key() || event.shift_key() => {}
        Part::Link => {
            event.prevent_default();
            listing::open(reader, &id);
        }
        Part::Next => {
            if let Some(triage) = station(reader, &id) {
                listing::triage(reader, &[id], triage.next());
            }
        }
        Part::Remove => removing::remove(reader, vec![id]),
        Part::Row => {}
    }
}

/// The keyboard is at a row.
pub fn focus(reader: Reader, event: &ev::FocusEvent) {
    if let Some((id, Part::Link)) = rows::hit(event) {
        reader.list.focus_next.set_value(None);
        reader.list.at.set(Some(id));
    }
}

fn station(reader: Reader, id: &ClipId) -> Option<Triage> {
    reader.library.with_untracked(|library| library.get(id).map(Row::triage))
}

/// A finger on a row.
#[derive(Debug, Clone)]
pub struct Swipe {
    id: ClipId,
    from: (f64, f64),
    by_px: f64,
}

/// A finger that goes sideways over a row: to the next station, or into the archive.
pub fn swipe(reader: Reader, begun: StoredValue<Option<Swipe>>, event: &ev::PointerEvent) {
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    if event.type_() == "pointerdown" {
        let hit = (event.pointer_type() == "touch").then(|| rows::hit(event)).flatten();
        return begun.set_value(hit.map(|(id, _)| Swipe { id, from: at, by_px: 0.0 }));
    }
    let Some(mut swipe) = begun.get_value() else { return };
    if event.type_() == "pointermove" {
        let (dx, dy) = (at.0 - swipe.from.0, at.1 - swipe.from.1);
        if dx.abs() > STILL_PX && dx.abs() > dy.abs() {
            // Ahead is where lines go.
            swipe.by_px = if say::is_mirrored() { -dx } else { dx };
            reader.told(rows::slide(&swipe.id, dx, swipe_hint(swipe.by_px)));
            begun.set_value(Some(swipe));
        }
        return;
    }
    begun.set_value(None);
    reader.told(rows::slide(&swipe.id, 0.0, ""));
    if event.type_() == "pointerup"
        && swipe.by_px.abs() > SWIPE_PX
        && let Some(here) = station(reader, &swipe.id)
    {
        listing::triage(reader, &[swipe.id], if swipe.by_px > 0.0 { here.next() } else { Triage::Archive });
    }
}

/// What a swipe would do.
fn swipe_hint(by_px: f64) -> &'static str {
    match by_px {
        by if by > SWIPE_PX => "next",
        by if by < -SWIPE_PX => "archive",
        _ => "moving",
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
    let bars_px = if reader.room.get_untracked() == Room::Narrow { 64.0 } else { 72.0 };
    viewport::bring_into_sight("library", at as f64 * height, height, bars_px);
    // Drawn again for this, the list gives it the focus, now or once it is scrolled to.
    reader.list.focus_next.set_value(Some(id.clone()));
    reader.list.at.set(Some(id.clone()));
}

/// Gives the focus to the row that waits for it, when it is in the page by now.
pub fn focus_waiting(reader: Reader) {
    let Some(id) = reader.list.focus_next.get_value() else { return };
    if reader.told(rows::focus(&id)) == Some(true) {
        reader.list.focus_next.set_value(None);
    }
}
