//! The encoding of the open clip: its name, and the choice of another one.

use leptos::prelude::*;

use super::context::Reader;
use super::opening;
use super::say::say;
use crate::clip::encoding::CHOICES;

/// One row of the report: the encoding by its name, as the clip's view has it.
#[component]
pub fn Encoding(used: String, guessed: bool) -> impl IntoView {
    let reader = Reader::get();
    let guess = guessed.then(|| say!(report.guessed));
    let options = CHOICES.map(|(label, name)| {
        let selected = label.eq_ignore_ascii_case(&used);
        view! { <option value=label selected=selected>{name}</option> }
    });
    view! {
        <div class="row">
            <dt><label for="encoding">{say!(report.encoding)}</label></dt>
            <dd>
                <select id="encoding" on:change=move |event| opening::open_again(reader, &event_target_value(&event))>
                    {options.into_iter().collect_view()}
                </select>
                " " {guess}
            </dd>
        </div>
    }
}
