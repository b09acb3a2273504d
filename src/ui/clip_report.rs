//! The report of a clip: what was captured, what is missing, who saved it, what was hidden.

use std::sync::Arc;

use leptos::prelude::*;

use super::context::Reader;
use super::encoding::Encoding;
use super::words;
use crate::clip::clutter::Reason;
use crate::clip::metadata::Key;
use crate::engine::ClipView;

/// What a reader would want to know of any clip.
const WANTED: [Key; 4] = [Key::Author, Key::SourceUrl, Key::Published, Key::Saved];

/// The report, at the end of the sidebar.
#[component]
pub fn ClipReport(view: Arc<ClipView>) -> impl IntoView {
    let hidden = view.clutter.iter().map(|(reason, n)| format!("{n} × {}", words::reason(*reason))).collect();
    let captured = captured(&view);
    let problems = problems(&view);
    let dialect = words::dialect(view.metadata.dialect);
    let absent = StoredValue::new(absent(&view));
    view! {
        <details class="report" open>
            <summary>"This clip"</summary>
            <dl>
                <div class="row"><dt>"captured"</dt><dd data-report="captured">{captured}</dd></div>
                <Missing absent />
                <div class="row"><dt>"clipper"</dt><dd data-report="dialect">{dialect}</dd></div>
                <Encoding used=view.encoding.clone() guessed=view.encoding_guessed />
                <div class="row"><dt>"problems"</dt><dd data-report="problems">{problems}</dd></div>
                <Listed name="hidden" items=hidden />
            </dl>
        </details>
    }
}

/// A row that lists; nothing when there is nothing to list.
#[component]
fn Listed(name: &'static str, items: Vec<String>) -> impl IntoView {
    (!items.is_empty()).then(|| {
        let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
        view! { <div class="row"><dt>{name}</dt><dd data-report=name><ul class="nested">{items}</ul></dd></div> }
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
            items.push(format!("{} in files beside the clip", words::count(unseen.missing, "picture", "pictures")));
        }
        if unseen.waiting() > 0 {
            items.push(format!(
                "{} on other hosts, not loaded yet",
                words::count(unseen.waiting(), "picture", "pictures")
            ));
        }
        view! { <Listed name="missing" items /> }
    }
}

fn captured(view: &ClipView) -> String {
    let stats = view.stats;
    let parts = [
        (stats.words as usize, "word", "words"),
        (stats.cjk_characters as usize, "character", "characters"),
        (stats.pictures as usize, "picture", "pictures"),
        (view.outline.sections().count(), "heading", "headings"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| words::count(n, one, many)).collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}

/// What the clip does not say, and pictures that its clipper did not save.
fn absent(view: &ClipView) -> Vec<String> {
    let placeholders = view.clutter.get(&Reason::PlaceholderPicture).copied().unwrap_or(0);
    let pictures = (placeholders > 0)
        .then(|| format!("{} that the clipper did not save", words::count(placeholders, "picture", "pictures")));
    let unknown: Vec<&str> =
        WANTED.into_iter().filter(|key| view.metadata.get(*key).is_none()).map(words::key).collect();
    let unknown = (!unknown.is_empty()).then(|| format!("not said anywhere: {}", unknown.join(", ")));
    [pictures, unknown].into_iter().flatten().collect()
}

fn problems(view: &ClipView) -> String {
    match view.diagnostics.len() {
        0 => "none".to_owned(),
        n => format!("{n}, listed above"),
    }
}
