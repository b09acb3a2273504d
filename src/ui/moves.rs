//! Moving about: within the clip, between the places, and through the history.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::context::{Place, Reader, Sheet};
use super::{clip_end, first_words, opening};
use crate::browser::clock;
use crate::browser::{history, page, viewport};
use crate::clip::Heading;
use crate::library::ClipId;
use crate::session::{ClipCommand, Position, Route};

/// How long the reader must rest before the place is written, in milliseconds.
const REST_MS: u32 = 400;

/// Where the reader is on the way to, and what is to be written soon.
#[derive(Debug, Default)]
pub struct Moving {
    target: Option<Target>,
    /// Whether the page went there already.
    reached: bool,
    /// Whether more of the body is still to come, which may move the target.
    arriving: bool,
    /// [`viewport::hand`] when the way began: a hand on the page ends it.
    hand: u32,
    save_soon: Option<Timeout>,
    scrolled_to: f64,
    jumped_to: Option<String>,
    /// Until when a move in the history is our own, in milliseconds of the page's clock.
    undoing_until_ms: f64,
}

/// How long a browser may take to undo a move in the history.
const UNDOING_MS: f64 = 1000.0;

/// A place in the clip that may not have arrived yet.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Position(Position),
    Id(String),
}

impl Moving {
    /// Whether more of the body is still to come.
    pub(super) fn is_arriving(&self) -> bool {
        self.arriving
    }

    fn set_off(&mut self, target: Target) {
        self.target = Some(target);
        self.reached = false;
        self.hand = viewport::hand();
    }
}

/// The address of a place.
#[must_use]
pub fn address(route: &Route) -> String {
    format!("{}{}", history::bare_address().unwrap_or_default(), route.query())
}

/// Goes to another place, as a new entry of the history. A clip that was opened from beside the page
/// keeps that address, which others can use too.
pub fn go(reader: Reader, route: &Route) {
    remember_place(reader);
    let hosted = match route {
        Route::Clip(id) => reader.opening.with_value(|opening| opening.hosted.get(id).cloned()),
        _ => None,
    };
    let route = &hosted.map_or_else(|| route.clone(), Route::Hosted);
    reader.told(history::push(&address(route), ""));
    opening::follow_address(reader, route);
}

/// Whether a route is that of the clip: by its name, or by the path at which it is hosted.
#[must_use]
pub fn leads_to(reader: Reader, route: &Route, id: &ClipId) -> bool {
    match route {
        Route::Clip(named) => named == id,
        Route::Hosted(path) => reader.opening.with_value(|opening| opening.hosted.get(id) == Some(path)),
        _ => false,
    }
}

/// Whether a route is that of the open clip.
#[must_use]
pub fn leads_to_open(reader: Reader, route: &Route) -> bool {
    reader.open_id().is_some_and(|id| leads_to(reader, route, &id))
}

/// A clip is about to show its body: its address is set, and its place is looked for.
pub fn arrive(reader: Reader, route: &Route) {
    let query = history::query().unwrap_or_default();
    let fragment = history::fragment().unwrap_or_default();
    let here = Route::parse(&query);
    let mut target = Target::Position(reader.state.with_untracked(|s| s.position));
    let stays = here == *route || matches!(route, Route::Clip(id) if leads_to(reader, &here, id));
    if stays {
        if let Some(position) = stored_position() {
            target = Target::Position(position);
        } else if !fragment.is_empty() {
            target = Target::Id(fragment);
        }
    } else {
        let (address, takes_over) = (address(route), matches!(here, Route::Home | Route::Sample));
        first_words::set_address(reader, move || {
            let changed = if takes_over { history::replace(Some(&address), "") } else { history::push(&address, "") };
            reader.told(changed);
        });
    }
    let scrolled = reader.moving.with_value(|moving| moving.scrolled_to > 0.0);
    if scrolled {
        viewport::go_to_top();
    }
    reader.moving.update_value(|moving| {
        moving.arriving = true;
        // The page stands at its top already.
        if matches!(&target, Target::Position(position) if position.is_start()) {
            moving.target = None;
            moving.scrolled_to = 0.0;
        } else {
            moving.set_off(target);
        }
    });
}

/// What lies on top is what *back* takes away, as on any phone: the move itself is undone. Returns whether
/// there is nothing else to do.
fn closed_what_lies_on_top(reader: Reader) -> bool {
    let now_ms = clock::monotonic_ms();
    let until_ms = reader.moving.try_update_value(|moving| std::mem::take(&mut moving.undoing_until_ms));
    if until_ms.is_some_and(|until_ms| now_ms < until_ms) {
        return true;
    }
    if reader.sheet.get_untracked().is_none() || reader.told(history::forward()).is_none() {
        return false;
    }
    reader.moving.update_value(|moving| moving.undoing_until_ms = now_ms + UNDOING_MS);
    reader.sheet.set(None::<Sheet>);
    true
}

/// The history was moved by the browser's buttons.
pub fn follow_history(reader: Reader) {
    if closed_what_lies_on_top(reader) {
        return;
    }
    // Who went back before a clip had its address goes back from where it was given.
    history::forget_waiting();
    let route = Route::parse(&history::query().unwrap_or_default());
    let same_clip = leads_to_open(reader, &route);
    let position = stored_position();
    opening::follow_address(reader, &route);
    if !same_clip {
        return;
    }
    let fragment = history::fragment().unwrap_or_default();
    let target = match position {
        Some(position) => Target::Position(position),
        None if fragment.is_empty() => Target::Position(Position::default()),
        None => Target::Id(fragment),
    };
    reader.moving.update_value(|moving| moving.set_off(target));
    clock::next_frame(move || reach_target_or_stay(reader));
}

/// The clip that was open all the time is in sight again: so is its place.
pub fn return_to_place(reader: Reader) {
    let position = reader.state.with_untracked(|s| s.position);
    reader.moving.update_value(|moving| moving.set_off(Target::Position(position)));
    clock::next_frame(move || reach_target_or_stay(reader));
}

fn stored_position() -> Option<Position> {
    serde_json::from_str(&history::state().ok().flatten()?).ok()
}

/// Writes the place into the history entry and the storage, before the reader leaves it.
pub fn remember_place(reader: Reader) {
    if reader.place.get_untracked() != Place::Reader || reader.open_id().is_none() || is_on_the_way(reader) {
        return;
    }
    // Going back, the entry of the history is another clip's already.
    let here = Route::parse(&history::query().unwrap_or_default());
    if leads_to_open(reader, &here) {
        let position = reader.state.with_untracked(|s| s.position);
        let text = serde_json::to_string(&position).unwrap_or_default();
        reader.told(history::replace(None, &text));
    }
    reader.keep_clip();
}

fn is_on_the_way(reader: Reader) -> bool {
    reader.moving.with_value(|moving| moving.target.is_some())
}

/// Jumps to a heading or a note of the open clip, as a new entry of the history.
pub fn jump(reader: Reader, id: &str) {
    remember_place(reader);
    let fragment = fragment(id);
    let here = address(&Route::parse(&history::query().unwrap_or_default()));
    reader.told(history::push(&format!("{here}{fragment}"), ""));
    reader.sheet.set(None::<Sheet>);
    reader.moving.update_value(|moving| moving.set_off(Target::Id(id.to_owned())));
    reach_target_or_stay(reader);
}

/// The text is laid out anew: the person stays at the paragraph.
pub fn stay(reader: Reader) {
    if !is_on_the_way(reader) && reader.open_id().is_some() {
        let position = reader.state.with_untracked(|s| s.position);
        reader.moving.update_value(|moving| moving.set_off(Target::Position(position)));
        clock::next_frame(move || reach_target_or_stay(reader));
    }
}

/// An id as a fragment: the three characters that would end it are escaped, the browser does the rest.
#[must_use]
pub fn fragment(id: &str) -> String {
    format!("#{}", id.replace('%', "%25").replace('#', "%23").replace(' ', "%20"))
}

/// Something else takes the person to a place: what was on the way gives way.
pub fn give_way(reader: Reader) {
    reader.moving.update_value(|moving| moving.target = None);
}

/// One more chunk stands in the body: the target may be there now. Once it was reached, the chunks
/// after it change nothing, and measuring at each of them would lay the page out as often.
pub fn chunk_arrived(reader: Reader) {
    if reader.moving.with_value(|moving| moving.hand != viewport::hand()) {
        reader.moving.update_value(|moving| moving.target = None);
    }
    if !reader.moving.with_value(|moving| moving.reached) && reach_target(reader) {
        reader.moving.update_value(|moving| moving.reached = true);
    }
}

/// The last chunk stands in the body: what is not there now never comes.
pub fn all_arrived(reader: Reader) {
    reader.moving.update_value(|moving| moving.arriving = false);
    if reader.moving.with_value(|moving| moving.target.is_some()) {
        reach_target_or_stay(reader);
    }
}

/// Goes to the target; one that is not in the body, and won't be, is given up.
fn reach_target_or_stay(reader: Reader) {
    if !reach_target(reader) && reader.moving.with_value(|moving| !moving.arriving) {
        reader.moving.update_value(|moving| moving.target = None);
        read_place(reader);
    }
}

/// Goes to the target, if there is one and it is in the body. Until the page has come to rest
/// there, its place is neither read nor kept: what is laid out on the way would be mistaken for it.
fn reach_target(reader: Reader) -> bool {
    let Some(target) = reader.moving.with_value(|moving| moving.target.clone()) else {
        return false;
    };
    let Some(body) = reader.body.get_untracked() else {
        return false;
    };
    let goal = target.clone();
    let ended = Box::new(move |by_hand: bool| come_to_rest(reader, &goal, by_hand));
    let reached = match &target {
        Target::Position(position) => viewport::go_to(&body, *position, ended),
        // The focus follows, so that reading on by keyboard starts at the heading.
        Target::Id(id) => viewport::go_to_id(id, ended).is_ok() && page::focus(id).is_ok(),
    };
    if reached {
        let jumped_to = if let Target::Id(id) = target { Some(id) } else { None };
        reader.moving.update_value(|moving| moving.jumped_to = jumped_to);
        reader.bars_hidden.set(false);
    }
    reached
}

/// A jump has ended: by a newer one, by the person's hand, or at its goal.
fn come_to_rest(reader: Reader, goal: &Target, gave_way: bool) {
    let at_rest = reader.moving.try_update_value(|moving| {
        let by_hand = moving.hand != viewport::hand();
        // The start stays where it is, whatever is still to come below it.
        let stays = !moving.arriving || matches!(goal, Target::Position(position) if position.is_start());
        let at_goal = !gave_way && stays && moving.target.as_ref() == Some(goal);
        if by_hand || at_goal {
            moving.target = None;
        }
        by_hand || at_goal
    });
    if at_rest == Some(true) {
        read_place(reader);
    }
}

/// Looks where the reader is, and has it written once the reader rests.
pub fn read_place(reader: Reader) {
    hide_bars_on_the_way_down(reader);
    if reader.place.get_untracked() != Place::Reader || is_on_the_way(reader) {
        return;
    }
    let jumped_to = reader.moving.with_value(|moving| moving.jumped_to.clone());
    let reading = reader.body.get_untracked().and_then(|body| viewport::read(&body, jumped_to.as_deref()));
    let Some(reading) = reading else { return };
    let moved = ClipCommand::Move(reading.position, reading.progress);
    reader.state.update_untracked(|state| state.apply(moved));
    if reader.reading.with_untracked(|r| r.as_ref() != Some(&reading)) {
        reader.reading.set(Some(reading));
    }
    let save = Timeout::new(REST_MS, move || reader.keep_clip());
    let waiting = reader.moving.try_update_value(|moving| moving.save_soon.replace(save));
    drop(waiting.flatten().map(Timeout::cancel));
}

fn hide_bars_on_the_way_down(reader: Reader) {
    let now = viewport::scrolled();
    let before =
        reader.moving.try_update_value(|moving| std::mem::replace(&mut moving.scrolled_to, now)).unwrap_or(now);
    let hidden = reader.bars_hidden.get_untracked();
    let next = if now < 80.0 || now < before - 2.0 {
        false
    } else if now > before + 2.0 {
        true
    } else {
        hidden
    };
    if next != hidden {
        reader.bars_hidden.set(next);
    }
}

/// Jumps to the section after or before the one that is being read.
pub fn step_section(reader: Reader, step: page::Step) {
    let Some(view) = reader.view() else { return };
    let sections: Vec<&Heading> = view.outline.sections().collect();
    let current = reader.reading.with_untracked(|r| r.as_ref().and_then(|r| r.heading.clone()));
    let here = sections.iter().position(|h| Some(&h.id) == current.as_ref());
    let to = match (step, here) {
        (page::Step::Next, Some(at)) => at + 1,
        (page::Step::Next, None) => 0,
        (_, Some(at)) => at.saturating_sub(1),
        (_, None) => return,
    };
    if let Some(heading) = sections.get(to) {
        jump(reader, &heading.id);
    }
}

/// Opens the clip after or before the open one in the library.
pub fn step_clip(reader: Reader, step: page::Step) {
    let to = reader.open_id().and_then(|id| clip_end::neighbour(reader, &id, step));
    if let Some(row) = to {
        go(reader, &Route::Clip(row.entry.id.clone()));
    }
}
