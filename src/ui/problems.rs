//! Sentences for the person: what was done, what could not be done, what is wrong with the clip.

use leptos::prelude::*;

use super::context::{Notice, Reader, Tone};
use super::say::say;
use super::{later, opening};
use crate::browser::boot;

/// The sentences under the top bar. Results are said politely, problems stay until dismissed.
#[component]
pub fn Notices() -> impl IntoView {
    let reader = Reader::get();
    let of = move |problem: bool| {
        reader.notices.get().into_iter().filter(|n| (n.tone == Tone::Problem) == problem).collect::<Vec<_>>()
    };
    view! {
        <section class="notices" aria-label=say!(problems.title)>
            <div role="alert">
                <ul id="problems" hidden=move || of(true).is_empty()>
                    <For each=move || of(true) key=|n| n.number children=|notice| view! { <Line notice /> } />
                </ul>
            </div>
            <div id="status" role="status">
                <For each=move || of(false) key=|n| n.number children=|notice| view! { <Result notice /> } />
                <OnTheWay />
                <NewBuild />
                {later::slot(|later| (later.import_panel)())}
            </div>
        </section>
    }
}

/// How far a clip that takes long is, and the way to stop it.
#[component]
fn OnTheWay() -> impl IntoView {
    let reader = Reader::get();
    let slow = Memo::new(move |_| reader.progress.with(Option::is_some));
    let share = move || reader.progress.get().and_then(|progress| progress.share);
    move || {
        slow.get().then(|| {
            view! {
                <p class="notice" id="on-the-way">
                    {say!(problems.reading)}
                    // Without a value it shows that something goes on, but not how far it is.
                    <progress max="1" value=move || share().map(|share| share.to_string()) aria-label=say!(problems.reading_label)></progress>
                    <button type="button" class="link-button" on:click=move |_| opening::cancel(reader)>{say!(problems.stop)}</button>
                </p>
            }
        })
    }
}

/// That a new build of the app waits until the page is loaded anew.
#[component]
fn NewBuild() -> impl IntoView {
    let reader = Reader::get();
    let waits = RwSignal::new(false);
    let take = move |_| {
        reader.told(boot::take_new_build());
    };
    reader.told(boot::on_new_build(move || waits.set(true)));
    view! {
        <Show when=move || waits.get()>
            <p class="notice" id="new-version">
                {say!(problems.new_version)}
                <button type="button" class="link-button" on:click=take>{say!(problems.reload)}</button>
                <button type="button" class="icon-button" aria-label=say!(problems.dismiss) on:click=move |_| waits.set(false)>
                    "×"
                </button>
            </p>
        </Show>
    }
}

#[component]
fn Line(notice: Notice) -> impl IntoView {
    let number = notice.number;
    view! { <li class="notice problem">{notice.text}<Dismiss number /></li> }
}

#[component]
fn Result(notice: Notice) -> impl IntoView {
    let reader = Reader::get();
    let number = notice.number;
    let undo = move || {
        let tone = notice.tone;
        later::with(reader, move |later| (later.undo)(reader, tone));
        reader.dismiss(number);
    };
    view! {
        <p class="notice">
            {notice.text}
            {matches!(notice.tone, Tone::Undo | Tone::UndoMark | Tone::Edited)
                .then(|| view! { <button type="button" class="link-button" on:click=move |_| undo()>{say!(problems.undo)}</button> })}
            {(notice.tone == Tone::Edited).then(|| view! {
                <button type="button" class="link-button" on:click=move |_| later::with(reader, move |later| (later.download_edited)(reader))>{say!(edit.download)}</button>
            })}
            <Dismiss number />
        </p>
    }
}

#[component]
fn Dismiss(number: u32) -> impl IntoView {
    let reader = Reader::get();
    view! {
        <button type="button" class="icon-button" aria-label=say!(problems.dismiss) on:click=move |_| reader.dismiss(number)>
            "×"
        </button>
    }
}
