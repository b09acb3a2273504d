//! The page before the first clip, and the ways to bring one in.

use leptos::prelude::*;

use super::context::Reader;
use super::say::say;
use super::{later, opening};
use crate::browser::page;

/// One sheet: drop, open, paste, sample.
#[component]
pub fn Empty() -> impl IntoView {
    view! {
        <main class="empty">
            <h1>{say!(empty.title)}</h1>
            <p class="empty-lead">{say!(empty.lead)}</p>
            <OpenButtons />
            <p class="trust">{say!(empty.trust)}</p>
        </main>
    }
}

/// The buttons that bring clips in.
#[component]
pub fn OpenButtons(
    /// Whether the built-in clip is offered, too.
    #[prop(default = true)]
    sample: bool,
) -> impl IntoView {
    let reader = Reader::get();
    view! {
        <div class="open-buttons">
            <button type="button" class="button primary" on:click=move |_| { reader.told(page::click("open-files")); }>
                {say!(empty.open_files)}
            </button>
            <button type="button" class="button open-folder" on:click=move |_| { reader.told(page::click("open-folder")); }>
                {say!(empty.open_folder)}
            </button>
            {crate::browser::linked::is_offered().then(|| view! {
                <button type="button" class="button link-folder" on:click=move |_| later::with(reader, move |later| (later.link)(reader))>
                    {say!(empty.link_folder)}
                </button>
            })}
            <button type="button" class="button" on:click=move |_| opening::paste(reader)>{say!(empty.paste)}</button>
            {sample.then(|| view! {
                <button type="button" class="button" on:click=move |_| opening::open_sample(reader)>
                    {say!(empty.sample)}
                </button>
            })}
        </div>
    }
}
