//! Aids to reading: focus, with nothing but the text and one paragraph in full ink; a ruler that follows
//! the pointer; and listening. They last as long as the page is open.

use leptos::ev;
use leptos::prelude::*;

use super::context::{Place, Reader};
use super::icons::{Icon, draw};
use super::say::say;
use crate::browser::speech::{self, Manner, Voice};
use crate::browser::{clock, page, viewport};

/// How the clip is read out.
#[derive(Debug, Clone, PartialEq)]
struct Listening {
    speaks: bool,
    manner: Manner,
    voices: Vec<Voice>,
}

/// The aids that are on. Copying it copies handles.
#[derive(Debug, Clone, Copy)]
pub struct Aids {
    focus: RwSignal<bool>,
    ruler: RwSignal<bool>,
    listening: RwSignal<Option<Listening>>,
}

impl Aids {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self { focus: RwSignal::new(false), ruler: RwSignal::new(false), listening: RwSignal::new(None) }
    }
}

/// How fast voices may speak.
const RATES: [f32; 6] = [0.75, 1.0, 1.25, 1.5, 1.75, 2.0];

/// Shows the text alone, or everything again.
pub fn toggle_focus(reader: Reader) {
    let focus = !reader.aids.focus.get_untracked();
    reader.aids.focus.set(focus);
    reader.sheet.set(None);
    reader.told(page::set_root_attribute("data-focus", if focus { "on" } else { "off" }));
    if focus {
        // What is read is known once the text stands alone.
        clock::next_frame(move || moved(reader));
    } else {
        moved(reader);
    }
}

/// Escape leaves the focus. Returns whether it did.
pub fn leave_focus(reader: Reader) -> bool {
    let was = reader.aids.focus.get_untracked();
    if was {
        toggle_focus(reader);
    }
    was
}

/// The page was scrolled: another paragraph may be the one that is read.
pub fn moved(reader: Reader) {
    let on = reader.aids.focus.get_untracked() && reader.place.get_untracked() == Place::Reader;
    let body = reader.body.get_untracked().filter(|_| on);
    viewport::mark_current(body.as_ref().map(AsRef::as_ref));
}

/// Shows the ruler, or takes it away.
pub fn toggle_ruler(reader: Reader) {
    reader.aids.ruler.update(|ruler| *ruler = !*ruler);
    reader.sheet.set(None);
}

/// Whether this browser has a voice.
pub fn can_listen() -> bool {
    !speech::voices("").is_empty()
}

/// Has the browser look for its voices, so that they are there when somebody wants to listen.
pub fn look_for_voices() {
    can_listen();
}

/// Begins to read the clip out, pauses, or goes on.
pub fn toggle_listening(reader: Reader) {
    reader.sheet.set(None);
    let Some(body) = reader.body.get_untracked().filter(|_| can_listen()) else {
        return reader.tell(super::context::Tone::Done, say!(aids.no_voice));
    };
    match reader.aids.listening.get_untracked() {
        Some(mut listening) => {
            listening.speaks = !listening.speaks;
            if listening.speaks {
                speech::go_on(&listening.manner, false, move || stop_listening(reader));
            } else {
                speech::quiet();
            }
            reader.aids.listening.set(Some(listening));
        }
        None => {
            let language = super::reader::language_untracked(reader);
            let voices = speech::voices(&language);
            let voice = voices.first().map(|voice| voice.name.clone()).unwrap_or_default();
            let manner = Manner { language, voice, rate: 1.0 };
            reader.aids.listening.set(Some(Listening { speaks: true, manner: manner.clone(), voices }));
            speech::begin(&body, &manner, move || stop_listening(reader));
        }
    }
}

/// Stops reading out: the clip is left, or is over.
pub fn stop_listening(reader: Reader) {
    if reader.aids.listening.with_untracked(Option::is_some) {
        speech::stop();
        reader.aids.listening.set(None);
    }
}

fn change(reader: Reader, change: impl FnOnce(&mut Manner), skip: bool) {
    let changed = reader.aids.listening.try_update(|listening| {
        let listening = listening.as_mut()?;
        change(&mut listening.manner);
        Some((listening.manner.clone(), listening.speaks))
    });
    if let Some(Some((manner, true))) = changed {
        speech::go_on(&manner, skip, move || stop_listening(reader));
    }
}

/// What the aids show.
#[component]
pub fn ShownAids() -> impl IntoView {
    let reader = Reader::get();
    let aids = reader.aids;
    let reading = move || reader.place.get() == Place::Reader;
    let follow = window_event_listener(ev::pointermove, move |event| {
        if aids.ruler.get_untracked() {
            for (name, at) in [("--ruler", event.client_y()), ("--ruler-across", event.client_x())] {
                reader.told(page::set_root_property(name, &format!("{at}px")));
            }
        }
    });
    on_cleanup(move || follow.remove());
    view! {
        {move || (aids.ruler.get() && reading()).then(|| view! { <div class="reading-ruler" aria-hidden="true"></div> })}
        {move || (aids.focus.get() && reading()).then(|| view! {
            <button type="button" class="leave-focus icon-button" aria-label=say!(aids.leave_focus) title=say!(aids.leave_focus)
                on:click=move |_| toggle_focus(reader)>{draw(Icon::Close)}</button>
        })}
        {move || aids.listening.with(Option::is_some).then(|| view! { <ListeningBar /> })}
    }
}

#[component]
fn ListeningBar() -> impl IntoView {
    let reader = Reader::get();
    let listening = reader.aids.listening;
    let speaks = Memo::new(move |_| listening.with(|listening| listening.as_ref().is_some_and(|one| one.speaks)));
    let voices = listening.with_untracked(|one| one.as_ref().map(|one| one.voices.clone()).unwrap_or_default());
    let rates =
        RATES.map(|rate| view! { <option value=rate.to_string() selected=rate == 1.0>{format!("{rate}×")}</option> });
    let voices =
        voices.into_iter().map(|voice| view! { <option value=voice.name.clone()>{voice.name.clone()}</option> });
    view! {
        <section class="listening" aria-label=say!(aids.listening)>
            <button type="button" class="icon-button" aria-label=move || if speaks.get() { say!(aids.pause) } else { say!(aids.play) }
                on:click=move |_| toggle_listening(reader)>
                {move || draw(if speaks.get() { Icon::Pause } else { Icon::Play })}
            </button>
            <button type="button" class="icon-button" aria-label=say!(aids.skip) on:click=move |_| change(reader, |_| {}, true)>
                {draw(Icon::On)}
            </button>
            <select class="station-choice" aria-label=say!(aids.speed) on:change=move |event| {
                if let Ok(rate) = event_target_value(&event).parse() {
                    change(reader, |manner| manner.rate = rate, false);
                }
            }>{rates.into_iter().collect_view()}</select>
            <select class="station-choice voices" aria-label=say!(aids.voice) on:change=move |event| {
                let voice = event_target_value(&event);
                change(reader, |manner| manner.voice = voice, false);
            }>{voices.collect_view()}</select>
            <button type="button" class="icon-button" aria-label=say!(aids.stop) on:click=move |_| stop_listening(reader)>
                {draw(Icon::Close)}
            </button>
        </section>
    }
}

/// The aids by their names, among the settings.
#[component]
pub fn AidButtons() -> impl IntoView {
    let reader = Reader::get();
    let aids = reader.aids;
    view! {
        <div class="aid-buttons" hidden=move || reader.place.get() != Place::Reader>
            <button type="button" class="button" aria-pressed=move || aids.focus.get().to_string()
                on:click=move |_| toggle_focus(reader)>{say!(aids.focus)}</button>
            <button type="button" class="button" aria-pressed=move || aids.ruler.get().to_string()
                on:click=move |_| toggle_ruler(reader)>{say!(aids.ruler)}</button>
            {can_listen().then(|| view! {
                <button type="button" class="button" aria-pressed=move || aids.listening.with(Option::is_some).to_string()
                    on:click=move |_| toggle_listening(reader)>{say!(aids.listen)}</button>
            })}
        </div>
    }
}
