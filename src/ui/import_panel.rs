//! How far an import or a packing is, and what came of it.

use leptos::prelude::*;

use super::context::Reader;
use super::importing::{self, Shown, Undo};
use super::words::count;
use crate::library::importing::{Skipped, Summary};

/// The import that goes on, or the summary of the last one.
#[component]
pub fn ImportPanel() -> impl IntoView {
    let reader = Reader::get();
    let is_over =
        Memo::new(move |_| reader.import.with(|shown| shown.as_ref().map(|s| matches!(s, Shown::Over { .. }))));
    move || match is_over.get() {
        None => ().into_any(),
        Some(false) => view! { <Underway /> }.into_any(),
        Some(true) => view! { <Over /> }.into_any(),
    }
}

#[component]
fn Underway() -> impl IntoView {
    let reader = Reader::get();
    let words = move || match reader.import.get() {
        Some(Shown::Gathering(0)) => "Looking through the folder…".to_owned(),
        Some(Shown::Gathering(found)) => {
            format!("Looking through the folder: {} so far…", count(found, "file", "files"))
        }
        Some(Shown::Reading { done, total, .. }) => {
            format!("Taking in {done} of {}…", count(total as usize, "file", "files"))
        }
        Some(Shown::Packing { done, total }) => {
            format!("Packing {done} of {}…", count(total as usize, "file", "files"))
        }
        _ => String::new(),
    };
    let share = move || match reader.import.get() {
        Some(Shown::Reading { done, total, .. } | Shown::Packing { done, total }) if total > 0 => {
            Some((f64::from(done) / f64::from(total)).to_string())
        }
        _ => None,
    };
    view! {
        <p class="notice" id="import-progress">
            <span>{words}</span>
            <progress max="1" value=share aria-label="Files done"></progress>
            <button type="button" class="link-button" on:click=move |_| importing::stop(reader)>"Stop"</button>
        </p>
    }
}

#[component]
fn Over() -> impl IntoView {
    let reader = Reader::get();
    move || {
        let Some(Shown::Over { summary, undone }) = reader.import.get() else { return ().into_any() };
        let words = if undone == Undo::Done { "The import was undone.".to_owned() } else { sentence(&summary) };
        let skipped = summary.skipped.clone();
        let more = (summary.skipped_count as usize).saturating_sub(skipped.len());
        view! {
            <section class="notice import-summary" id="import-summary" aria-label="What came in">
                <p>
                    <span>{words}</span>
                    {(undone == Undo::Offered).then(|| view! {
                        <button type="button" class="link-button" on:click=move |_| importing::undo(reader)>"Undo"</button>
                    })}
                    <button
                        type="button"
                        class="icon-button"
                        aria-label="Dismiss"
                        on:click=move |_| reader.import.set(None)
                    >
                        "×"
                    </button>
                </p>
                {(!skipped.is_empty()).then(|| view! { <Reasons skipped more /> })}
            </section>
        }
        .into_any()
    }
}

#[component]
fn Reasons(skipped: Vec<Skipped>, more: usize) -> impl IntoView {
    let few = skipped.len() <= 3;
    view! {
        <details open=few>
            <summary>"What was skipped, and why"</summary>
            <ul>
                {skipped.into_iter().map(|Skipped { path, why }| view! { <li title=path>{why}</li> }).collect_view()}
                {(more > 0).then(|| view! { <li>{format!("And {more} more.")}</li> })}
            </ul>
        </details>
    }
}

/// "12 clips added, 2 updated, 5 already here · 30 pictures · 3 skipped".
fn sentence(summary: &Summary) -> String {
    let mut parts = Vec::new();
    let clips =
        [(summary.added.len(), "added"), (summary.updated.len(), "updated"), (summary.here.len(), "already here")];
    for (at, (n, what)) in clips.into_iter().filter(|(n, _)| *n > 0).enumerate() {
        parts.push(if at == 0 { format!("{} {what}", count(n, "clip", "clips")) } else { format!("{n} {what}") });
    }
    let others = [
        (summary.pictures, "picture came in", "pictures came in"),
        (summary.skipped_count, "file skipped", "files skipped"),
        (summary.passed_over, "other file passed over", "other files passed over"),
    ];
    parts.extend(others.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n as usize, one, many)));
    if parts.is_empty() {
        parts.push("nothing came in".to_owned());
    }
    let told = parts.join(", ");
    if summary.stopped { format!("Stopped: {told}.") } else { format!("{}.", upper_first(&told)) }
}

/// A sentence begins with a capital letter.
fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
