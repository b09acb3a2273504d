//! The open clip without what is folded of it, as a file for other programs.

use leptos::prelude::*;

use super::context::Reader;
use super::say::say;
use crate::engine::Errand;
use crate::engine::errand::Form;

/// Has a clean copy of the open clip saved.
pub fn save(reader: Reader, form: Form) {
    let (Some(id), Some(librarian)) = (reader.open_id(), reader.librarian.get_value()) else { return };
    librarian.ask(Errand::Clean { id, form });
}

/// The forms that a clean copy may have, at the end of the sidebar.
#[component]
pub fn CleanCopy() -> impl IntoView {
    let reader = Reader::get();
    let forms = [
        (say!(clean_copy.markdown), Form::Markdown),
        (say!(clean_copy.page), Form::Page),
        (say!(clean_copy.text), Form::Text),
    ];
    let button = |(words, form): (&'static str, Form)| {
        view! { <button type="button" class="link-button" on:click=move |_| save(reader, form)>{words}</button> }
    };
    view! {
        <details class="report clean-copy">
            <summary>{say!(clean_copy.title)}</summary>
            <p class="quiet">{say!(clean_copy.lead)}</p>
            {forms.map(button).into_iter().collect_view()}
        </details>
    }
}
