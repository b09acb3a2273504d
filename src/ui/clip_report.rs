//! The report of a clip: what was captured, what is missing, who saved it, what was hidden.

use std::sync::Arc;

use leptos::prelude::*;

use super::context::Reader;
use super::encoding::Encoding;
use super::say::{fill, say};
use super::words;
use crate::clip::clutter::Reason;
use crate::clip::metadata::Key;
use crate::engine::ClipView;

/// What a reader would want to know of any clip.
const WANTED: [Key; 4] = [Key::Author, Key::SourceUrl, Key::Published, Key::Saved];

/// The report, at the end of the sidebar.
#[component]
pub fn ClipReport(view: Arc<ClipView>) -> impl IntoView {
    let hidden =
        view.clutter.iter().map(|(reason, n)| say!(report.of_reason, n = n, reason = words::reason(*reason))).collect();
    let captured = captured(&view);
    let problems = problems(&view);
    let dialect = words::dialect(view.metadata.dialect);
    let absent = StoredValue::new(absent(&view));
    view! {
        <details class="report" open>
            <summary>{say!(report.title)}</summary>
            <dl>
                <div class="row"><dt>{say!(report.captured)}</dt><dd data-report="captured">{captured}</dd></div>
                <Missing absent />
                <div class="row"><dt>{say!(report.clipper)}</dt><dd data-report="dialect">{dialect}</dd></div>
                <Encoding used=view.encoding.clone() guessed=view.encoding_guessed />
                <div class="row"><dt>{say!(report.problems)}</dt><dd data-report="problems">{problems}</dd></div>
                <Listed name="hidden" label=say!(report.hidden) items=hidden />
            </dl>
        </details>
    }
}

/// A row that lists; nothing when there is nothing to list.
#[component]
fn Listed(name: &'static str, label: &'static str, items: Vec<String>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
        view! { <div class="row"><dt>{label}</dt><dd data-report=name><ul class="nested">{items}</ul></dd></div> }
    })
}

/// What did not come with the clip. Pictures are counted when the text has arrived.
#[component]
fn Missing(absent: StoredValue<Vec<String>>) -> impl IntoView {
    let reader = Reader::get();
    move || {
        let unseen = reader.unseen_pictures.get();
        let mut items = absent.get_value();
        if unseen.missing > 0 {
            items.push(say!(report.beside, n = unseen.missing));
        }
        if unseen.waiting() > 0 {
            items.push(say!(report.elsewhere, n = unseen.waiting()));
        }
        view! { <Listed name="missing" label=say!(report.missing) items /> }
    }
}

fn captured(view: &ClipView) -> String {
    let stats = view.stats;
    let parts = [
        (stats.words as usize, say!(count.words)),
        (stats.cjk_characters as usize, say!(count.characters)),
        (stats.pictures as usize, say!(count.pictures)),
        (view.outline.sections().count(), say!(count.headings)),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| fill(what, &[("n", &n)])).collect();
    if parts.is_empty() { say!(report.nothing).to_owned() } else { parts.join(say!(count.and)) }
}

/// What the clip does not say, and pictures that its clipper did not save.
fn absent(view: &ClipView) -> Vec<String> {
    let placeholders = view.clutter.get(&Reason::PlaceholderPicture).copied().unwrap_or(0);
    let pictures = (placeholders > 0).then(|| say!(report.not_saved, n = placeholders));
    let unknown: Vec<&str> =
        WANTED.into_iter().filter(|key| view.metadata.get(*key).is_none()).map(words::key).collect();
    let unknown = (!unknown.is_empty()).then(|| say!(report.not_said, keys = unknown.join(say!(count.and))));
    [pictures, unknown].into_iter().flatten().collect()
}

fn problems(view: &ClipView) -> String {
    match view.diagnostics.len() {
        0 => say!(report.none).to_owned(),
        n => say!(report.listed, n = n),
    }
}
