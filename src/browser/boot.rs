//! What `public/boot.js` hands over: how to start a worker, and the files dropped meanwhile.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::file::{self, Offered};
use super::{BrowserError, During, window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = startWorker)]
    fn start_worker_js(name: &str) -> Result<web_sys::Worker, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = startCode)]
    fn start_code_js() -> Result<web_sys::Worker, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = startMath)]
    fn start_math_js() -> Result<web_sys::Worker, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = takeOver)]
    fn take_over_js() -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = keepOffline)]
    fn keep_offline_js() -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch, js_name = update)]
    fn update_js() -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = clipViewer, catch)]
    fn crashed(message: &str) -> Result<(), JsValue>;
}

/// The name by which the program knows inside a worker that it is the library's.
pub(super) const LIBRARIAN: &str = "librarian";

/// Starts a worker on the parts of the program that the page compiles for it. What is asked meanwhile waits in it.
///
/// # Errors
/// When the browser refuses the worker.
pub fn start_worker() -> Result<web_sys::Worker, BrowserError> {
    start_worker_js("reader").during("start the worker")
}

/// Whether what a worker fails by is that a part of the program for it could not be loaded. No browser makes that event.
#[must_use]
pub(super) fn lacks_part(event: &web_sys::Event) -> bool {
    !event.is_trusted()
}

/// Starts the worker of the library.
///
/// # Errors
/// When the browser refuses the worker.
pub fn start_librarian() -> Result<web_sys::Worker, BrowserError> {
    start_worker_js(LIBRARIAN).during("start the worker of the library")
}

/// Starts the worker that finds in code what its language makes of it.
///
/// # Errors
/// When the browser refuses the worker.
pub(super) fn start_code() -> Result<web_sys::Worker, BrowserError> {
    start_code_js().during("start the worker for code")
}

/// Starts the worker that turns formulas of TeX into MathML.
///
/// # Errors
/// When the browser refuses the worker.
pub(super) fn start_math() -> Result<web_sys::Worker, BrowserError> {
    start_math_js().during("start the worker for formulas")
}

/// Ends the waiting of early drops and returns what was dropped before now, drop by drop.
///
/// # Errors
/// When `boot.js` is not the one this app was built with.
pub fn take_over() -> Result<Vec<Offered>, BrowserError> {
    let drops = take_over_js().during("take over from boot.js")?;
    Ok(drops.iter().map(|drop| file::from_array(&Array::from(&drop))).collect())
}

/// Has the app kept in the browser, where that has service workers: its files are fetched for that.
///
/// # Errors
/// When `boot.js` is not the one this app was built with.
pub fn keep_offline() -> Result<(), BrowserError> {
    keep_offline_js().during("keep the app in the browser")
}

/// Calls back when a new build of the app is kept in the browser and waits.
///
/// # Errors
/// When there is no window.
pub fn on_new_build(mut waits: impl FnMut() + 'static) -> Result<(), BrowserError> {
    let window = window()?;
    gloo::events::EventListener::new(&window, "clip-viewer:update", move |_| waits()).forget();
    Ok(())
}

/// Lets the build that waits take over: the page is loaded anew with it.
///
/// # Errors
/// When `boot.js` is not the one this app was built with.
pub fn take_new_build() -> Result<(), BrowserError> {
    update_js().during("take the new build")
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
