//! Handing files to the person: the browser saves them where it saves downloads.

use wasm_bindgen::prelude::*;

use super::worker::Payload;
use super::{BrowserError, During, document};

/// Has the browser save what a worker made, under that name.
///
/// # Errors
/// When it is no file, or the browser refuses.
pub fn save(file: &Payload, name: &str) -> Result<(), BrowserError> {
    const OPERATION: &str = "save the file";
    /// How long a browser may take to begin, in milliseconds.
    const PATIENCE_MS: u32 = 60_000;
    let blob: &web_sys::Blob = file.0.dyn_ref().ok_or_else(|| BrowserError::missing(OPERATION))?;
    let url = web_sys::Url::create_object_url_with_blob(blob).during(OPERATION)?;
    let link = document()?.create_element("a").during(OPERATION)?;
    let link: web_sys::HtmlAnchorElement = link.dyn_into().map_err(|_| BrowserError::missing(OPERATION))?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    gloo::timers::callback::Timeout::new(PATIENCE_MS, move || drop(web_sys::Url::revoke_object_url(&url))).forget();
    Ok(())
}
