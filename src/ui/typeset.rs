//! What is made of a clip's text once it stands in the page: code gets its colours.

use leptos::prelude::*;

use super::context::Reader;
use crate::browser::{body, code};

/// A clip takes the page: what was made of the one before is let go.
pub fn begin() {
    code::forget();
}

/// One more chunk stands in the body.
pub fn chunk_arrived(reader: Reader, index: usize) {
    let chunk = reader.body.get_untracked().and_then(|element| body::chunk(&element, index));
    if let Some(chunk) = chunk {
        code::look_for(&chunk);
    }
}

/// A clip that stood in the page just now is back, whole.
pub fn came_back(reader: Reader) {
    if let Some(body) = reader.body.get_untracked() {
        code::look_for(&body);
    }
}
