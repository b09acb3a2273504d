//! The encoding of the open clip: its name, and the choice of another one while its file is at
//! hand. What is kept of a clip is decoded text, so after a reload there is no choice.

use leptos::prelude::*;

use super::context::{Reader, Shown};
use super::opening;
use crate::clip::encoding::CHOICES;

/// One row of the report: the encoding by its name, as the clip's view has it.
#[component]
pub fn Encoding(used: String, guessed: bool) -> impl IntoView {
    let reader = Reader::get();
    let guess = guessed.then_some(" (guessed)");
    let id = reader.open_id();
    let has_content = reader.opening.with_value(|o| o.content.as_ref().is_some_and(|(of, _)| Some(of) == id.as_ref()));
    if !has_content {
        return view! { <div class="row"><dt>"encoding"</dt><dd>{used}{guess}</dd></div> }.into_any();
    }
    let options = CHOICES.map(|(label, name)| {
        let selected = label.eq_ignore_ascii_case(&used);
        view! { <option value=label selected=selected>{name}</option> }
    });
    view! {
        <div class="row">
            <dt><label for="encoding">"encoding"</label></dt>
            <dd>
                <select id="encoding" on:change=move |event| reread(reader, &event_target_value(&event))>
                    {options.into_iter().collect_view()}
                </select>
                {guess}
            </dd>
        </div>
    }
    .into_any()
}

/// Reads the open clip again in the encoding of that label.
fn reread(reader: Reader, label: &str) {
    let shown = reader.shown.with_untracked(|shown| match shown {
        Shown::Ready { id, name, .. } => Some((id.clone(), name.clone())),
        _ => None,
    });
    let Some((id, name)) = shown else { return };
    let content = reader.opening.with_value(|o| o.content.clone()).filter(|(of, _)| *of == id);
    if let Some((_, content)) = content {
        opening::open_again(reader, &name, content, label);
    }
}
