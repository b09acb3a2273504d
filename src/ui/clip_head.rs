//! The head of a clip: its title, one quiet line, and what was hidden from its text.

use std::sync::Arc;

use leptos::prelude::*;

use super::consent::PictureLine;
use super::context::{Reader, Shown};
use super::say::say;
use super::{consent, later, words};
use crate::browser::{language, page};
use crate::clip::clutter::Reason;
use crate::clip::metadata::Key;
use crate::engine::ClipView;
use crate::library::Triage;
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
                    <SourceLine view=view.clone() />
                    <Lacks view=view.clone() />
                </header>
            }
            .into_any()
        }
        Shown::Loading { name } => {
            view! { <p class="clip-wait" role="status">{say!(clip_head.reading, name = name)}</p> }.into_any()
        }
        Shown::Failed { name, why } => {
            view! { <header class="clip-head"><h1>{name}</h1><p>{why}</p></header> }.into_any()
        }
        Shown::Nothing => ().into_any(),
    }
}

/// Site · author · published · reading time · open original; what is not known is left out.
#[component]
fn SourceLine(view: Arc<ClipView>) -> impl IntoView {
    let text = |key| view.metadata.get(key).map(|f| f.values.join(say!(count.and)));
    let published = text(Key::Published).map(|iso| language::date(&iso).unwrap_or(iso));
    let minutes = (view.stats.reading_minutes > 0).then(|| say!(clip_head.minutes, n = view.stats.reading_minutes));
    let parts = [text(Key::Site), text(Key::Author), published, minutes];
    let original = original(&view);
    view! {
        <p class="source-line">
            {parts.into_iter().flatten().map(|part| view! { <span>{part}</span> }).collect_view()}
            {original.map(|href| view! {
                <a href=href target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">{say!(clip_head.original)}</a>
            })}
            <span><Station /></span>
        </p>
    }
}

/// The address of the saved page, when it is one that may be followed.
fn original(view: &ClipView) -> Option<String> {
    view.metadata.first(Key::SourceUrl).filter(|url| url.starts_with("http")).map(str::to_owned)
}

/// What the text lacks: one line that says it, and what can be done about it; more than that is behind a line
/// that opens.
#[component]
fn Lacks(view: Arc<ClipView>) -> impl IntoView {
    let reader = Reader::get();
    let (hidden, not_saved) = (view.clutter.values().sum(), not_saved(&view));
    let unseen = Memo::new(move |_| reader.unseen_pictures.with(|u| (u.waiting(), u.missing, u.loaded)));
    let pictures = move || not_saved + unseen.get().0 + unseen.get().1;
    let is_one = Memo::new(move |_| {
        let (waiting, missing, loaded) = unseen.get();
        [hidden, not_saved, waiting + loaded, missing].into_iter().filter(|n| *n > 0).count() < 2
    });
    view! {
        <div class="lacks">
            <details prop:open=is_one>
                <summary class="quiet-line" hidden=is_one>
                    {(hidden > 0).then(|| view! { <span>{say!(clip_head.hidden, n = hidden)}</span> })}
                    {move || (pictures() > 0).then(|| view! { <span>{say!(clip_head.not_here, n = pictures())}</span> })}
                </summary>
                <UncapturedLine view=view.clone() />
                <ClutterLine total=hidden />
                <PictureLine />
                <MissingLine />
            </details>
            {move || (!is_one.get() && unseen.get().0 > 0).then(|| view! {
                <button type="button" class="link-button quiet" on:click=move |_| consent::for_clip(reader, true)>{say!(consent.load)}</button>
            })}
        </div>
    }
}

fn not_saved(view: &ClipView) -> usize {
    view.clutter.get(&Reason::PlaceholderPicture).copied().unwrap_or(0)
}

/// "18 pictures were not saved by the clipper · see the original".
#[component]
fn UncapturedLine(view: Arc<ClipView>) -> impl IntoView {
    let count = not_saved(&view);
    (count > 0).then(|| {
        view! {
            <p class="quiet-line">
                {say!(clip_head.not_saved, n = count)} " "
                {original(&view).map(|href| view! {
                    <a href=href target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">
                        {say!(clip_head.see_original)}
                    </a>
                })}
            </p>
        }
    })
}

/// "27 things hidden · show".
#[component]
fn ClutterLine(total: usize) -> impl IntoView {
    let reader = Reader::get();
    let shown = move || reader.state.with(|s| s.clutter_shown);
    (total > 0).then(|| {
        view! {
            <p class="quiet-line">
                {move || if shown() { say!(clip_head.shown, n = total) } else { say!(clip_head.hidden, n = total) }}
                <button
                    type="button"
                    class="link-button"
                    aria-pressed=move || shown().to_string()
                    on:click=move |_| reader.send_clip(ClipCommand::ToggleClutter)
                >
                    {move || if shown() { say!(clip_head.hide) } else { say!(clip_head.show) }}
                </button>
            </p>
        }
    })
}

/// Where the open clip stands.
pub fn station(reader: Reader) -> Memo<Triage> {
    Memo::new(move |_| {
        let said = reader.state.with(|state| state.triage);
        let status = reader.view().and_then(|view| view.metadata.first(Key::Status).map(str::to_owned));
        said.unwrap_or_else(|| Triage::of_status(&status.unwrap_or_default()))
    })
}

/// Where the clip stands, and the choice of another station.
#[component]
fn Station() -> impl IntoView {
    let reader = Reader::get();
    let station = station(reader);
    let choose = move |event| {
        if let (Some(triage), Some(id)) = (Triage::named(&event_target_value(&event)), reader.open_id()) {
            later::with(reader, move |later| (later.triage)(reader, &[id], triage));
        }
    };
    let options = Triage::ALL.map(|triage| {
        let is_it = move || station.get() == triage;
        view! { <option value=triage.name() selected=is_it>{words::triage(triage)}</option> }
    });
    view! {
        <select class="station-choice" aria-label=say!(clip_head.station) prop:value=move || station.get().name() on:change=choose>
            {options.into_iter().collect_view()}
        </select>
    }
}

/// "3 pictures did not come with the clip · add them".
#[component]
fn MissingLine() -> impl IntoView {
    let reader = Reader::get();
    let missing = Memo::new(move |_| reader.unseen_pictures.with(|unseen| unseen.missing));
    move || {
        (missing.get() > 0).then(|| {
            view! {
                <p class="quiet-line">
                    {say!(clip_head.missing, n = missing.get())}
                    <button type="button" class="link-button" on:click=move |_| { reader.told(page::click("open-files")); }>
                        {say!(clip_head.add_files)}
                    </button>
                </p>
            }
        })
    }
}
