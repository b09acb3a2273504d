//! The head of a clip: its title, one quiet line, and what was hidden from its text.

use leptos::prelude::*;

use super::context::{Reader, Shown};
use crate::browser::{body, page};
use crate::clip::metadata::Key;
use crate::engine::ClipView;
use crate::session::ClipCommand;

/// Title, source line, and the two lines about clutter and pictures.
#[component]
pub fn ClipHead() -> impl IntoView {
    let reader = Reader::get();
    move || match reader.shown.get() {
        Shown::Ready { name, view, .. } => {
            let title = view.metadata.first(Key::Title).map_or(name, str::to_owned);
            view! {
                <header class="clip-head">
                    <h1>{title}</h1>
                    <SourceLine view=(*view).clone() />
                    <ClutterLine total=view.clutter.values().sum() />
                    <PictureLine />
                </header>
            }
            .into_any()
        }
        Shown::Loading { name } => {
            view! { <p class="clip-wait" role="status">{format!("Reading “{name}”…")}</p> }.into_any()
        }
        Shown::Failed { name, why } => {
            view! { <header class="clip-head"><h1>{name}</h1><p>{why}</p></header> }.into_any()
        }
        Shown::Nothing => ().into_any(),
    }
}

/// Site · author · published · reading time · open original; what is not known is left out.
#[component]
fn SourceLine(view: ClipView) -> impl IntoView {
    let text = |key| view.metadata.get(key).map(|f| f.values.join(", "));
    let published = text(Key::Published).map(|iso| page::local_date(&iso).unwrap_or(iso));
    let minutes = (view.stats.reading_minutes > 0).then(|| format!("{} min", view.stats.reading_minutes));
    let parts = [text(Key::Site), text(Key::Author), published, minutes];
    let original = text(Key::SourceUrl).filter(|url| url.starts_with("http"));
    view! {
        <p class="source-line">
            {parts.into_iter().flatten().map(|part| view! { <span>{part}</span> }).collect_view()}
            {original.map(|href| view! {
                <a href=href target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">"Open original"</a>
            })}
        </p>
    }
}

/// "27 things hidden · show".
#[component]
fn ClutterLine(total: usize) -> impl IntoView {
    let reader = Reader::get();
    let shown = move || reader.state.with(|s| s.clutter_shown);
    let things = if total == 1 { "thing" } else { "things" };
    (total > 0).then(|| {
        view! {
            <p class="quiet-line">
                {move || format!("{total} {things} {}", if shown() { "shown that the clipper left" } else { "hidden" })}
                <button
                    type="button"
                    class="link-button"
                    aria-pressed=move || shown().to_string()
                    on:click=move |_| reader.send_clip(ClipCommand::ToggleClutter)
                >
                    {move || if shown() { "hide" } else { "show" }}
                </button>
            </p>
        }
    })
}

/// "12 pictures wait on example.org · load".
#[component]
fn PictureLine() -> impl IntoView {
    let reader = Reader::get();
    let load = move |_| {
        reader.send_clip(ClipCommand::AllowRemotePictures(true));
        if let Some(element) = reader.body.get_untracked() {
            reader.told(body::load_remote_pictures(&element));
            reader.waiting_pictures.set((0, None));
        }
    };
    move || {
        let (count, host) = reader.waiting_pictures.get();
        let pictures = if count == 1 { "picture waits" } else { "pictures wait" };
        (count > 0).then(|| {
            view! {
                <p class="quiet-line">
                    {format!("{count} {pictures} on {}", host.unwrap_or_default())}
                    <button type="button" class="link-button" on:click=load>"load"</button>
                </p>
            }
        })
    }
}
