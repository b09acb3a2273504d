//! Handing files to the person: the browser saves them where it saves downloads.

use wasm_bindgen::prelude::*;

use super::worker::Payload;
use super::{BrowserError, During, document};

const OPERATION: &str = "save the file";

/// Has the browser save what a worker made, under that name.
///
/// # Errors
/// When it is no file, or the browser refuses.
pub fn save(file: &Payload, name: &str) -> Result<(), BrowserError> {
    save_blob(file.0.dyn_ref().ok_or_else(|| BrowserError::missing(OPERATION))?, name)
}

/// Has the browser save bytes of that media type, under that name.
///
/// # Errors
/// When the browser refuses.
pub fn save_bytes(bytes: &[u8], media_type: &str, name: &str) -> Result<(), BrowserError> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    save_blob(&web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).during(OPERATION)?, name)
}

fn save_blob(blob: &web_sys::Blob, name: &str) -> Result<(), BrowserError> {
    /// How long a browser may take to begin, in milliseconds.
    const PATIENCE_MS: u32 = 60_000;
    let url = web_sys::Url::create_object_url_with_blob(blob).during(OPERATION)?;
    let link = document()?.create_element("a").during(OPERATION)?;
    let link: web_sys::HtmlAnchorElement = link.dyn_into().map_err(|_| BrowserError::missing(OPERATION))?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    gloo::timers::callback::Timeout::new(PATIENCE_MS, move || drop(web_sys::Url::revoke_object_url(&url))).forget();
    Ok(())
}
