//! What `public/boot.js` hands over: how to start a worker, and the files dropped meanwhile.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::file::{self, DroppedFile};
use super::{BrowserError, During};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = startWorker)]
    fn start_worker_js() -> Result<web_sys::Worker, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = takeOver)]
    fn take_over_js() -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch)]
    fn crashed(message: &str) -> Result<(), JsValue>;
}

/// Starts a worker on the wasm module that the page already compiled.
///
/// # Errors
/// When the browser refuses the worker.
pub fn start_worker() -> Result<web_sys::Worker, BrowserError> {
    start_worker_js().during("start the worker")
}

/// Ends the waiting of early drops and returns what was dropped before now, drop by drop.
///
/// # Errors
/// When `boot.js` is not the one this app was built with.
pub fn take_over() -> Result<Vec<Vec<DroppedFile>>, BrowserError> {
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
