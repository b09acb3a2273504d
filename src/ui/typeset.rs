//! What is made of a clip's text once it stands in the page: code gets its colours, formulas their look.

use leptos::prelude::*;

use super::context::Reader;
use super::say::say;
use super::{aids, later};
use crate::browser::{body, code, folding, formulas};

/// A clip takes the page: what was made of the one before is let go.
pub fn begin(reader: Reader) {
    aids::stop_listening(reader);
    // Before the later part is here, nothing was made of anything.
    if let Some(later) = later::here() {
        (later.forget_typeset)();
    }
}

/// Lets go of what was made of a clip.
pub fn forget() {
    code::forget();
    formulas::forget();
}

/// One more chunk stands in the body.
pub fn chunk_arrived(reader: Reader, index: usize) {
    let Some(body) = reader.body.get_untracked() else { return };
    folding::chunk_arrived(&body, index);
    if let Some(later) = later::here() {
        (later.typeset)(reader, Some(index));
    }
}

/// A clip that stood in the page just now is back, whole.
pub fn came_back(reader: Reader) {
    if let Some(later) = later::here() {
        (later.typeset)(reader, None);
    }
}

/// Looks for code and formulas in a chunk, or in all of the clip.
pub fn look_for(reader: Reader, index: Option<usize>) {
    let Some(body) = reader.body.get_untracked() else { return };
    let part = index.map_or_else(|| Some((**body).clone()), |index| body::chunk(&body, index));
    if let Some(part) = part {
        code::look_for(&part);
        formulas::look_for(&part, say!(typeset.unreadable));
    }
}
