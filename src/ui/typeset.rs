//! What is made of a clip's text once it stands in the page: code gets its colours, formulas their look.

use leptos::prelude::*;

use super::aids;
use super::context::Reader;
use super::say::say;
use crate::browser::{body, code, folding, formulas};

/// A clip takes the page: what was made of the one before is let go.
pub fn begin(reader: Reader) {
    aids::stop_listening(reader);
    code::forget();
    formulas::forget();
}

/// One more chunk stands in the body.
pub fn chunk_arrived(reader: Reader, index: usize) {
    let Some(body) = reader.body.get_untracked() else { return };
    folding::chunk_arrived(&body);
    if let Some(chunk) = body::chunk(&body, index) {
        code::look_for(&chunk);
        formulas::look_for(&chunk, say!(typeset.unreadable));
    }
}

/// A clip that stood in the page just now is back, whole.
pub fn came_back(reader: Reader) {
    if let Some(body) = reader.body.get_untracked() {
        code::look_for(&body);
        formulas::look_for(&body, say!(typeset.unreadable));
    }
}
