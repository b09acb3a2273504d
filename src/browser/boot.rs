//! What `public/boot.js` hands over: how to start a worker, and the files dropped meanwhile.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::file::{self, Offered};
use super::{BrowserError, During};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = startWorker)]
    fn start_worker_js(name: &str) -> Result<web_sys::Worker, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = takeOver)]
    fn take_over_js() -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch)]
    fn crashed(message: &str) -> Result<(), JsValue>;
}

/// The name by which the program knows inside a worker that it is the library's.
pub(super) const LIBRARIAN: &str = "librarian";

/// Starts a worker on the wasm module that the page already compiled.
///
/// # Errors
/// When the browser refuses the worker.
pub fn start_worker() -> Result<web_sys::Worker, BrowserError> {
    start_worker_js("reader").during("start the worker")
}

/// Starts the worker of the library.
///
/// # Errors
/// When the browser refuses the worker.
pub fn start_librarian() -> Result<web_sys::Worker, BrowserError> {
    start_worker_js(LIBRARIAN).during("start the worker of the library")
}

/// Ends the waiting of early drops and returns what was dropped before now, drop by drop.
///
/// # Errors
/// When `boot.js` is not the one this app was built with.
pub fn take_over() -> Result<Vec<Offered>, BrowserError> {
    let drops = take_over_js().during("take over from boot.js")?;
    Ok(drops.iter().map(|drop| file::from_array(&Array::from(&drop))).collect())
}

/// Shows the crash page when Rust panics.
pub fn install_panic_page() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        if crashed(&message).is_err() {
            web_sys::console::error_1(&JsValue::from_str(&message));
        }
    }));
}
