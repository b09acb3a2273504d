//! A picture alone on the screen: as large as fits, or in its own size; the next one, the one before,
//! and a way to save it.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Reader, Sheet};
use super::icons::{Icon, draw};
use super::say::{self, say};
use crate::browser::gallery::{self, Picture};
use crate::browser::page::{self, Step};

/// What is shown alone. Copying it copies a handle.
pub type Shown = RwSignal<Option<Picture>, LocalStorage>;

/// A click on a picture of the clip shows it alone. Returns whether it was one.
pub fn clicked(reader: Reader, event: &ev::MouseEvent) -> bool {
    let body = reader.body.get_untracked();
    let at = body.and_then(|body| gallery::clicked(event, &body));
    at.inspect(|at| show(reader, *at)).is_some()
}

/// Shows the picture that the person is near to.
pub fn open_near(reader: Reader) {
    if let Some(at) = reader.body.get_untracked().and_then(|body| gallery::near(&body)) {
        show(reader, at);
    }
}

fn show(reader: Reader, at: usize) {
    let Some(body) = reader.body.get_untracked() else { return };
    spawn_local(async move {
        if let Some(picture) = gallery::picture(&body, at).await {
            reader.picture.set(Some(picture));
            if reader.sheet.get_untracked() != Some(Sheet::Picture) {
                reader.sheet.set(Some(Sheet::Picture));
            }
        }
    });
}

fn step(reader: Reader, step: Step) {
    let to = reader.picture.with_untracked(|picture| {
        let picture = picture.as_ref()?;
        match step {
            Step::Next => Some(picture.at + 1).filter(|at| *at < picture.count),
            Step::Previous => picture.at.checked_sub(1),
            Step::First => Some(0),
            Step::Last => picture.count.checked_sub(1),
        }
    });
    if let Some(to) = to {
        show(reader, to);
    }
}

/// The picture that is shown alone.
#[component]
pub fn Lightbox() -> impl IntoView {
    let reader = Reader::get();
    let zoomed = RwSignal::new(false);
    on_cleanup(move || reader.picture.set(None));
    let of = move |part: fn(&Picture) -> String| reader.picture.with(|p| p.as_ref().map(part).unwrap_or_default());
    let close = move || reader.sheet.set(None);
    let has = move |step: Step| {
        reader.picture.with(|picture| {
            picture.as_ref().is_some_and(|p| if step == Step::Next { p.at + 1 < p.count } else { p.at > 0 })
        })
    };
    let (right, left) = if say::is_mirrored() { (Step::Previous, Step::Next) } else { (Step::Next, Step::Previous) };
    let steer = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowRight" => step(reader, right),
            "ArrowLeft" => step(reader, left),
            "Home" => step(reader, Step::First),
            "End" => step(reader, Step::Last),
            "+" | "-" | "z" => zoomed.update(|zoomed| *zoomed = !*zoomed),
            "Tab" => {
                let to = if event.shift_key() { Step::Previous } else { Step::Next };
                reader.told(page::focus_among("#lightbox :is(button, a)", to));
            }
            "Escape" => return,
            // What else a key does is for the text, which is not in sight.
            _ => return event.stop_propagation(),
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let turn = move |to: Step, label: &'static str, icon: Icon| {
        view! {
            <button type="button" class="icon-button" aria-label=label disabled=move || !has(to)
                on:click=move |_| step(reader, to)>{draw(icon)}</button>
        }
    };
    view! {
        <section
            id=Sheet::Picture.id()
            class="lightbox"
            role="dialog"
            aria-modal="true"
            aria-label=move || of(|p| say!(lightbox.picture, at = p.at + 1, count = p.count))
            tabindex="-1"
            data-zoomed=move || zoomed.get().to_string()
            on:keydown=steer
        >
            <div class="lightbox-picture" on:click=move |_| zoomed.update(|zoomed| *zoomed = !*zoomed)>
                <img src=move || of(|p| p.address.clone()) alt=move || of(|p| p.words.clone()) />
            </div>
            <p class="lightbox-words" dir="auto" hidden=move || of(|p| p.words.clone()).is_empty()>
                {move || of(|p| p.words.clone())}
            </p>
            <div class="lightbox-buttons">
                {turn(Step::Previous, say!(lightbox.previous), Icon::Back)}
                <span class="quiet" role="status">{move || of(|p| format!("{} / {}", p.at + 1, p.count))}</span>
                {turn(Step::Next, say!(lightbox.next), Icon::On)}
                <button type="button" class="icon-button" aria-label=say!(lightbox.own_size) aria-pressed=move || zoomed.get().to_string()
                    on:click=move |_| zoomed.update(|zoomed| *zoomed = !*zoomed)>{draw(Icon::Zoom)}</button>
                <a class="icon-button" aria-label=say!(lightbox.save) download="" href=move || of(|p| p.address.clone())>
                    {draw(Icon::Save)}
                </a>
                <button type="button" class="icon-button" aria-label=say!(lightbox.close) on:click=move |_| close()>{draw(Icon::Close)}</button>
            </div>
        </section>
    }
}
