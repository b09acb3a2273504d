//! How far an import or a packing is, and what came of it.

use leptos::prelude::*;

use super::context::Reader;
use super::importing;
use super::say::{self, fill, say};
use crate::library::importing::{Skipped, Summary};

/// What is shown of an import, or of a packing.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// Folders are walked: so many files so far.
    Gathering(usize),
    /// Files come in.
    Reading {
        /// How many are done.
        done: u32,
        /// How many there are, as far as is known.
        total: u32,
        /// What is being read.
        name: String,
    },
    /// Clips are packed.
    Packing {
        /// How many files are done.
        done: u32,
        /// How many there are, as far as is known.
        total: u32,
    },
    /// It is over.
    Over {
        /// What came of it.
        summary: Summary,
        /// Whether it can be undone.
        undone: Undo,
    },
}

/// Whether an import can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// It can.
    Offered,
    /// It was.
    Done,
    /// There is nothing to undo.
    Nothing,
}

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
        Some(Shown::Gathering(0)) => say!(import_panel.looking).to_owned(),
        Some(Shown::Gathering(found)) => say!(import_panel.looking_so_far, n = found),
        Some(Shown::Reading { done, total, .. }) => say!(import_panel.taking_in, done = done, n = total),
        Some(Shown::Packing { done, total }) => say!(import_panel.packing, done = done, n = total),
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
            <progress max="1" value=share aria-label=say!(import_panel.progress)></progress>
            <button type="button" class="link-button" on:click=move |_| importing::stop(reader)>{say!(import_panel.stop)}</button>
        </p>
    }
}

#[component]
fn Over() -> impl IntoView {
    let reader = Reader::get();
    move || {
        let Some(Shown::Over { summary, undone }) = reader.import.get() else { return ().into_any() };
        let words = if undone == Undo::Done { say!(import_panel.undone).to_owned() } else { sentence(&summary) };
        let skipped = summary.skipped.clone();
        let more = (summary.skipped_count as usize).saturating_sub(skipped.len());
        view! {
            <section class="notice import-summary" id="import-summary" aria-label=say!(import_panel.summary)>
                <p>
                    <span>{words}</span>
                    {(undone == Undo::Offered).then(|| view! {
                        <button type="button" class="link-button" on:click=move |_| importing::undo(reader)>{say!(import_panel.undo)}</button>
                    })}
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=say!(import_panel.dismiss)
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
            <summary>{say!(import_panel.reasons)}</summary>
            <ul>
                {skipped.into_iter().map(|Skipped { path, why }| view! { <li title=path>{say::sentence(&why)}</li> }).collect_view()}
                {(more > 0).then(|| view! { <li>{say!(import_panel.and_more, n = more)}</li> })}
            </ul>
        </details>
    }
}

/// "12 clips added, 2 updated, 5 already here · 30 pictures · 3 skipped".
fn sentence(summary: &Summary) -> String {
    let mut parts = Vec::new();
    // The first of them says that clips are counted.
    let clips = [
        (summary.added.len(), say!(import_panel.clips_added), say!(import_panel.clips_added)),
        (summary.updated.len(), say!(import_panel.clips_updated), say!(import_panel.updated)),
        (summary.here.len(), say!(import_panel.clips_here), say!(import_panel.here)),
    ];
    for (n, first, then) in clips.into_iter().filter(|(n, ..)| *n > 0) {
        parts.push(fill(if parts.is_empty() { first } else { then }, &[("n", &n)]));
    }
    let others = [
        (summary.pictures, say!(import_panel.pictures)),
        (summary.skipped_count, say!(import_panel.skipped)),
        (summary.passed_over, say!(import_panel.passed_over)),
    ];
    parts.extend(others.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| fill(what, &[("n", &n)])));
    if parts.is_empty() {
        parts.push(say!(import_panel.nothing).to_owned());
    }
    let told = parts.join(say!(import_panel.and));
    if summary.stopped {
        say!(import_panel.stopped, told = told)
    } else {
        say!(import_panel.told, told = upper_first(&told))
    }
}

/// A sentence begins with a capital letter.
fn upper_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
