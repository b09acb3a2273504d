//! The address and the history of the tab.
//!
//! Every entry of the history carries the place in the text that it stands for, so that *back*
//! returns to the paragraph in every engine, however the page was laid out meanwhile.

use std::cell::Cell;

use wasm_bindgen::JsValue;

use super::{BrowserError, During, window};

fn history() -> Result<web_sys::History, BrowserError> {
    window()?.history().during("reach the history")
}

thread_local! {
    /// A change of the address that waits.
    static WAITING: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
}

/// Puts a change of the address off until [`catch_up`]. Nobody can tell: what is asked or changed here
/// meanwhile comes after it.
pub fn put_off(change: impl FnOnce() + 'static) {
    catch_up();
    WAITING.set(Some(Box::new(change)));
}

/// Makes the change that waits.
pub fn catch_up() {
    if let Some(change) = WAITING.take() {
        change();
    }
}

/// Does without the change that waits: the browser moved in the history before it.
pub fn forget_waiting() {
    drop(WAITING.take());
}

/// Tells the browser that places are restored here.
///
/// # Errors
/// When the browser does not let us.
pub fn restore_places_ourselves() -> Result<(), BrowserError> {
    history()?.set_scroll_restoration(web_sys::ScrollRestoration::Manual).during("keep places in the history")
}

/// The query of the address, with its `?`.
///
/// # Errors
/// When there is no window.
pub fn query() -> Result<String, BrowserError> {
    catch_up();
    window()?.location().search().during("read the address")
}

/// The fragment of the address, decoded, without its `#`.
///
/// # Errors
/// When there is no window.
pub fn fragment() -> Result<String, BrowserError> {
    catch_up();
    let hash = window()?.location().hash().during("read the address")?;
    let hash = hash.trim_start_matches('#');
    Ok(js_sys::decode_uri_component(hash).map_or_else(|_| hash.to_owned(), String::from))
}

/// The text that the current entry carries.
///
/// # Errors
/// When there is no window.
pub fn state() -> Result<Option<String>, BrowserError> {
    catch_up();
    Ok(history()?.state().during("read the history")?.as_string())
}

/// Adds an entry with that address (a query, a fragment or both) and text.
///
/// # Errors
/// When the browser refuses, as some do after a hundred entries in half a minute.
pub fn push(address: &str, state: &str) -> Result<(), BrowserError> {
    catch_up();
    history()?.push_state_with_url(&JsValue::from_str(state), "", Some(address)).during("add to the history")
}

/// Changes the current entry; `None` keeps its address.
///
/// # Errors
/// As [`push`].
pub fn replace(address: Option<&str>, state: &str) -> Result<(), BrowserError> {
    catch_up();
    history()?.replace_state_with_url(&JsValue::from_str(state), "", address).during("change the history")
}

/// The address of the app itself, without query and fragment.
///
/// # Errors
/// When there is no window.
pub fn bare_address() -> Result<String, BrowserError> {
    window()?.location().pathname().during("read the address")
}

/// An address of the app, with its host.
///
/// # Errors
/// When there is no window.
pub fn absolute(address: &str) -> Result<String, BrowserError> {
    const OPERATION: &str = "read the address";
    let here = window()?.location().href().during(OPERATION)?;
    Ok(web_sys::Url::new_with_base(address, &here).during(OPERATION)?.href())
}

/// Goes back one entry.
///
/// # Errors
/// When there is no window.
pub fn back() -> Result<(), BrowserError> {
    catch_up();
    history()?.back().during("go back")
}

/// Goes forward one entry.
///
/// # Errors
/// When there is no window.
pub fn forward() -> Result<(), BrowserError> {
    history()?.forward().during("go forward")
}
