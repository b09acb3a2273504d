//! When the page does what: the chunks of a clip go into it in turns, with frames between them, and what
//! nobody waits for comes when no clip is on its way.

use std::collections::VecDeque;
use std::time::Duration;

use leptos::prelude::*;

use super::context::{Furnished, Reader, Shown};
use super::{arriving, first_words};
use crate::browser::worker::Payload;
use crate::browser::{clock, page};
use crate::engine::{Response, Ticket};

/// What came from the engine and is not in the page yet.
#[derive(Debug, Default)]
pub struct Arrivals {
    waiting: VecDeque<(Response, Payload)>,
    /// Whether the first screen is not painted yet.
    first_unseen: bool,
    /// Until when the outline waits for the text to be whole, in milliseconds since the page was opened.
    outline_waits_ms: f64,
    /// Whether a turn is coming.
    turn_comes: bool,
    /// Whether pictures will be looked for.
    pub(super) look_comes: bool,
}

/// How long a turn may take, in milliseconds. A browser gives each frame one: shorter turns would need more
/// frames. Of what came in it, out of sight as it is, little is laid out.
const TURN_MS: f64 = 20.0;
/// How long a turn may take within a frame, which is laid out and painted after it.
const FRAME_TURN_MS: f64 = 10.0;
/// How long the outline waits for the text to be whole, in milliseconds from the first words: one of hundreds of sections
/// takes as long as half a megabyte of text.
const OUTLINE_WAITS_MS: f64 = 500.0;

/// The first screen is painted before anything else is put below it, and the rest comes in turns
/// that leave room for frames and for the person.
pub fn first_chunk(reader: Reader, ticket: Ticket, share: f32, html: &Payload) {
    arriving::chunk(reader, ticket, 0, share, html);
    reader.arrivals.update_value(|arrivals| arrivals.first_unseen = true);
    clock::after_paint(move || {
        page::mark("clip:first-paint");
        let until_ms = clock::monotonic_ms() + OUTLINE_WAITS_MS;
        reader.arrivals.update_value(|arrivals| arrivals.outline_waits_ms = until_ms);
        if let Some(engine) = reader.engine.get_value() {
            engine.go_on();
        }
        clock::next_frame(move || {
            reader.arrivals.update_value(|arrivals| arrivals.first_unseen = false);
            take_turn(reader, FRAME_TURN_MS);
            // What fits into a turn is whole by now: nothing of a short clip waits for the browser's window.
            clock::next_frame(move || first_words::go_on(reader));
        });
    });
}

/// What the engine said has its turn after all that it said before.
pub fn wait_for_turn(reader: Reader, response: Response, payload: &Payload) {
    let now = reader.arrivals.try_update_value(|arrivals| {
        arrivals.waiting.push_back((response, payload.clone()));
        !arrivals.first_unseen && !std::mem::replace(&mut arrivals.turn_comes, true)
    });
    if now == Some(true) {
        clock::soon(move || take_turn(reader, TURN_MS));
    }
}

/// What waits for its turn is not wanted any more.
pub fn forget(reader: Reader) {
    reader.arrivals.update_value(|arrivals| arrivals.waiting.clear());
}

fn take_turn(reader: Reader, turn_ms: f64) {
    let end_ms = clock::monotonic_ms() + turn_ms;
    reader.arrivals.update_value(|arrivals| arrivals.turn_comes = false);
    while let Some((response, payload)) = reader.arrivals.try_update_value(|a| a.waiting.pop_front()).flatten() {
        match response {
            Response::Chunk { ticket, index, share } => arriving::chunk(reader, ticket, index, share, &payload),
            Response::Done { ticket, body_bytes, diagnostics, .. } => {
                arriving::done(reader, ticket, body_bytes, diagnostics);
            }
            _ => {}
        }
        if clock::monotonic_ms() > end_ms {
            reader.arrivals.update_value(|arrivals| arrivals.turn_comes = true);
            clock::soon(move || take_turn(reader, TURN_MS));
            break;
        }
    }
    let is_time = clock::monotonic_ms() > reader.arrivals.with_value(|arrivals| arrivals.outline_waits_ms);
    if is_time || reader.opening.with_value(|o| o.shelf.on_page.as_ref().is_some_and(|clip| clip.whole)) {
        // It is a turn of its own, and no frame has both to lay it out and the text.
        clock::after_paint(move || arriving::furnish(reader));
    }
}

/// Does something that nobody waits for, once no clip was on its way for that long or a little longer: with
/// few cores it would hold the clip up.
pub fn at_rest(reader: Reader, pause: Duration, then: impl FnOnce() + 'static) {
    let later = move || if is_underway(reader) { at_rest(reader, pause, then) } else { then() };
    set_timeout(later, pause);
}

/// Whether a clip is on its way: from its being given until it stands in the page with all that belongs
/// beside it.
#[must_use]
pub fn is_underway(reader: Reader) -> bool {
    let is_bare = || reader.furnished.get_untracked() != Furnished::All;
    reader.opening.with_value(|opening| opening.opened.is_some())
        || reader.shown.with_untracked(|shown| matches!(shown, Shown::Ready { .. })) && is_bare()
}
