//! The only room that names the browser (`web_sys`, `js_sys`, `gloo`): one door a file.
//!
//! It speaks strings, numbers, bytes and the engine's messages, and returns `Result` with the
//! operation named. Nothing here decides what a person sees.

pub mod body;
pub mod boot;
pub mod clipboard;
pub mod clock;
pub mod code;
pub mod decoder;
pub mod download;
pub mod errands;
pub mod file;
pub mod find;
pub mod folding;
pub mod fonts;
pub mod formulas;
pub mod gallery;
mod helper;
pub mod highlights;
pub mod history;
pub mod importing;
pub mod language;
pub mod librarian;
pub mod linked;
pub mod notes;
pub mod outline;
pub mod packing;
pub mod page;
pub mod pictures;
pub mod ranges;
pub mod remote;
pub mod rows;
pub mod searching;
pub mod serving;
pub mod speech;
pub mod storage;
pub mod store;
pub mod tabs;
pub mod touch;
pub mod upright;
pub mod viewport;
pub mod worker;

use wasm_bindgen::{JsCast, JsValue};

/// Something that the browser refused or failed to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation}: {message}")]
pub struct BrowserError {
    /// What was tried, in words.
    pub operation: &'static str,
    /// What the browser said.
    pub message: String,
}

impl BrowserError {
    fn new(operation: &'static str, error: &JsValue) -> Self {
        Self { operation, message: message(error) }
    }

    fn missing(operation: &'static str) -> Self {
        Self { operation, message: "this browser does not offer it".to_owned() }
    }
}

/// What a thrown value says.
fn message(error: &JsValue) -> String {
    if let Some(error) = error.dyn_ref::<js_sys::Error>() {
        return String::from(error.message());
    }
    error.as_string().unwrap_or_else(|| format!("{error:?}"))
}

/// Names the operation of a failed call.
trait During<T> {
    fn during(self, operation: &'static str) -> Result<T, BrowserError>;
}

impl<T> During<T> for Result<T, JsValue> {
    fn during(self, operation: &'static str) -> Result<T, BrowserError> {
        self.map_err(|error| BrowserError::new(operation, &error))
    }
}

fn window() -> Result<web_sys::Window, BrowserError> {
    web_sys::window().ok_or_else(|| BrowserError::missing("reach the window"))
}

fn document() -> Result<web_sys::Document, BrowserError> {
    window()?.document().ok_or_else(|| BrowserError::missing("reach the document"))
}
