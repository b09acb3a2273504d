//! The sections of the open clip: folded, opened, and named by links.

use leptos::prelude::*;

use super::context::{Reader, Tone};
use super::say::say;
use super::{clip_body, moves};
use crate::browser::{folding, history, page};
use crate::session::Route;

/// The heading whose section is being read.
fn current(reader: Reader) -> Option<String> {
    reader.reading.with_untracked(|reading| reading.as_ref().and_then(|reading| reading.heading.clone()))
}

/// Folds the section of a heading, or opens it.
pub fn fold(reader: Reader, id: &str) {
    let Some(body) = reader.body.get_untracked() else { return };
    if folding::toggle(&body, id).is_some() {
        page::reveal(id);
        moves::read_place(reader);
    }
}

/// Folds the section that is being read, or opens it.
pub fn fold_current(reader: Reader) {
    if let Some(id) = current(reader) {
        fold(reader, &id);
    }
}

/// Folds all sections, or opens them all.
pub fn fold_all(reader: Reader) {
    let Some(body) = reader.body.get_untracked() else { return };
    let here = current(reader);
    folding::toggle_all(&body);
    if let Some(id) = here {
        page::reveal(&id);
    }
    moves::read_place(reader);
}

/// Copies the link to a heading.
pub fn copy_link(reader: Reader, id: &str) {
    let here = moves::address(&Route::parse(&history::query().unwrap_or_default()));
    if let Some(link) = reader.told(history::absolute(&format!("{here}{}", moves::fragment(id)))) {
        clip_body::copy(reader, link, say!(sections.link_copied));
    }
}

/// Copies the link to the section that is being read.
pub fn copy_current(reader: Reader) {
    match current(reader) {
        Some(id) => copy_link(reader, &id),
        None => reader.tell(Tone::Done, say!(sections.no_heading)),
    }
}
