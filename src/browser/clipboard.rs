//! The clipboard, both ways.

use wasm_bindgen_futures::JsFuture;

use super::{BrowserError, During, window};

/// The text on the clipboard; the browser may ask the person first.
///
/// # Errors
/// When the browser or the person refuses.
pub async fn read_text() -> Result<String, BrowserError> {
    const OPERATION: &str = "read the clipboard";
    let clipboard = window()?.navigator().clipboard();
    if clipboard.is_undefined() {
        return Err(BrowserError::missing(OPERATION));
    }
    let text = JsFuture::from(clipboard.read_text()).await.during(OPERATION)?;
    Ok(text.as_string().unwrap_or_default())
}

/// Puts text on the clipboard.
///
/// # Errors
/// When the browser refuses.
pub async fn write_text(text: &str) -> Result<(), BrowserError> {
    const OPERATION: &str = "write to the clipboard";
    let clipboard = window()?.navigator().clipboard();
    if clipboard.is_undefined() {
        return Err(BrowserError::missing(OPERATION));
    }
    JsFuture::from(clipboard.write_text(text)).await.during(OPERATION).map(|_| ())
}

/// The text of a paste.
#[must_use]
pub fn pasted_text(event: &web_sys::ClipboardEvent) -> String {
    event.clipboard_data().and_then(|t| t.get_data("text/plain").ok()).unwrap_or_default()
}
