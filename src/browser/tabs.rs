//! What the tabs of one browser tell each other: which clips changed.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{BrowserError, During};
use crate::library::ClipId;

const CHANNEL: &str = "clip-viewer";

/// The line to the other tabs. A browser without one just has tabs that learn of each other when
/// they are opened.
#[derive(Debug)]
pub struct Tabs(web_sys::BroadcastChannel);

impl Tabs {
    /// Opens the line; `changed` hears of the clips that another tab changed.
    ///
    /// # Errors
    /// When the browser has none.
    pub fn open(changed: impl Fn(Vec<ClipId>) + 'static) -> Result<Self, BrowserError> {
        let channel = web_sys::BroadcastChannel::new(CHANNEL).during("reach the other tabs")?;
        let heard = Closure::<dyn Fn(_)>::new(move |event: web_sys::MessageEvent| {
            let ids = Array::from(&event.data());
            changed(ids.iter().filter_map(|id| ClipId::parse(&id.as_string()?)).collect());
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        Ok(Self(channel))
    }

    /// Tells the other tabs that these clips changed, came or went.
    pub fn tell<'a>(&self, ids: impl Iterator<Item = &'a ClipId>) {
        let ids: Array = ids.map(|id| JsValue::from_str(id.as_str())).collect();
        // A tab that does not hear it learns of it when it is opened anew.
        drop(self.0.post_message(&ids));
    }
}
