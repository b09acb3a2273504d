//! Fingers on the page: swipes between the text, the outline and the metadata, and sheets that are pulled
//! down by their heads. Whatever they do, a button does, too.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::bars;
use super::context::{Place, Reader, Room, Sheet};
use super::reader::is_sheet;
use super::say;
use crate::browser::touch::{self, Stand};
use crate::session::gesture::{Across, Finger, Meaning, Way};

/// How long a sheet takes out of sight; `--fast` in the style sheet is the same.
const GOES: Duration = Duration::from_millis(140);

/// The finger on the page.
type Held = StoredValue<Option<Finger>>;

/// Listens to fingers from now on. Nothing that is heard here holds up what the browser makes of them.
pub fn listen(reader: Reader) {
    let held: Held = StoredValue::new(None);
    reader.told(touch::watch_enlargement());
    window_event_listener(ev::pointerdown, move |event| {
        let is_second = held.with_value(Option::is_some);
        give_up(reader, held);
        if touch::is_one_finger(&event) && !is_second {
            held.set_value(finger(reader, &event));
        }
    });
    window_event_listener(ev::pointermove, move |event| {
        let way = held.try_update_value(|held| held.as_mut().map(|finger| finger.moves(touch::point(&event))));
        match way.flatten() {
            Some(Way::Down(px)) => stand(reader, Stand::Pulled(px)),
            Some(Way::Lost) => give_up(reader, held),
            _ => {}
        }
    });
    window_event_listener(ev::pointerup, move |event| {
        let finger = held.try_update_value(Option::take).flatten();
        match finger.map(|finger| finger.lifts(touch::point(&event))) {
            Some(Meaning::Swipe(across)) if !touch::is_selecting() => swipe(reader, across),
            Some(Meaning::Close) => pull_away(reader),
            Some(Meaning::Stay) => stand(reader, Stand::There),
            _ => {}
        }
    });
    window_event_listener(ev::pointercancel, move |_| give_up(reader, held));
}

/// A finger that touches the text, or the sheet that lies over it.
fn finger(reader: Reader, event: &ev::PointerEvent) -> Option<Finger> {
    let sheet = reader.sheet.get_untracked();
    let id = match sheet {
        Some(sheet) => sheet.id(),
        None if reader.place.get_untracked() == Place::Reader => "main",
        None => return None,
    };
    let pulled = sheet.is_some() && reader.room.get_untracked() == Room::Narrow;
    Finger::touching(touch::ground(event, id, pulled)?, touch::point(event))
}

/// Something else takes the finger: the browser, a second finger, or nothing.
fn give_up(reader: Reader, held: Held) {
    if held.try_update_value(Option::take).flatten().is_some() {
        stand(reader, Stand::There);
    }
}

fn stand(reader: Reader, stand: Stand) {
    if let Some(sheet) = reader.sheet.get_untracked() {
        reader.told(touch::stand(sheet.id(), stand));
    }
}

/// The sheet goes on down, and is closed.
fn pull_away(reader: Reader) {
    let sheet = reader.sheet.get_untracked();
    stand(reader, Stand::Away);
    set_timeout(
        move || {
            if reader.sheet.get_untracked() == sheet {
                stand(reader, Stand::There);
                reader.sheet.set(None);
            }
        },
        GOES,
    );
}

/// The outline lies where lines begin, the metadata where they end: each comes when the text is moved away
/// from it, and goes when it is moved there itself.
fn swipe(reader: Reader, across: Across) {
    let ahead = (across == Across::Rightward) != say::is_mirrored();
    let opens = |sheet| untrack(|| is_sheet(reader, sheet));
    match (reader.sheet.get_untracked(), ahead) {
        (None, true) if opens(Sheet::Outline) => bars::toggle_sheet(reader, Sheet::Outline),
        (None, false) if opens(Sheet::Info) => bars::toggle_sheet(reader, Sheet::Info),
        (Some(Sheet::Outline), false) | (Some(Sheet::Info), true) => reader.sheet.set(None),
        _ => {}
    }
}
