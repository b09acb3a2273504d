//! The page before the first clip, and the ways to bring one in.

use leptos::prelude::*;

use super::context::Reader;
use super::{linked, opening};
use crate::browser::page;

/// One sheet: drop, open, paste, sample.
#[component]
pub fn Empty() -> impl IntoView {
    view! {
        <main class="empty">
            <h1>"Drop clips here"</h1>
            <p class="empty-lead">
                "Saved web pages in Markdown, from MaoXian, Obsidian, MarkDownload, SimpRead, Joplin and others."
            </p>
            <OpenButtons />
            <p class="trust">"Everything stays in this browser."</p>
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
                "Open files"
            </button>
            <button type="button" class="button open-folder" on:click=move |_| { reader.told(page::click("open-folder")); }>
                "Open folder"
            </button>
            {crate::browser::linked::is_offered().then(|| view! {
                <button type="button" class="button link-folder" on:click=move |_| linked::link(reader)>
                    "Link folder"
                </button>
            })}
            <button type="button" class="button" on:click=move |_| opening::paste(reader)>"Paste"</button>
            {sample.then(|| view! {
                <button type="button" class="button" on:click=move |_| opening::open_sample(reader)>
                    "Try the sample"
                </button>
            })}
        </div>
    }
}
