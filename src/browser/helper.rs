//! Workers that do one thing for the page: started when they are first asked, asked one thing at a time,
//! and replaced when they don't answer.

use std::cell::RefCell;

use gloo::timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::BrowserError;

/// How long an answer may take, in milliseconds, once the helper has answered before; and the first one,
/// for which it has to be loaded.
const PATIENCE_MS: u32 = 4000;
const FIRST_MS: u32 = 20_000;

/// A worker, or how to start it.
pub(super) struct Helper {
    start: fn() -> Result<web_sys::Worker, BrowserError>,
    worker: RefCell<Option<web_sys::Worker>>,
}

impl Helper {
    /// One that is not started yet.
    pub(super) const fn new(start: fn() -> Result<web_sys::Worker, BrowserError>) -> Self {
        Self { start, worker: RefCell::new(None) }
    }

    /// What it answers; `None` when it does not. Nobody else may ask meanwhile.
    pub(super) async fn ask(&self, question: &JsValue) -> Option<JsValue> {
        let (worker, patience_ms) = match self.worker.borrow().clone() {
            Some(worker) => (worker, PATIENCE_MS),
            None => ((self.start)().ok()?, FIRST_MS),
        };
        let mut late = None;
        let answered = Promise::new(&mut |answer: Function, fail: Function| {
            let failed: Function = Closure::once_into_js({
                let fail = fail.clone();
                move |_: web_sys::Event| drop(fail.call0(&JsValue::NULL))
            })
            .unchecked_into();
            let heard: Function = Closure::once_into_js(move |event: web_sys::MessageEvent| {
                drop(answer.call1(&JsValue::NULL, &event.data()))
            })
            .unchecked_into();
            worker.set_onmessage(Some(&heard));
            worker.set_onerror(Some(&failed));
            if worker.post_message(question).is_err() {
                drop(fail.call0(&JsValue::NULL));
            }
            late = Some(Timeout::new(patience_ms, move || drop(fail.call0(&JsValue::NULL))));
        });
        let answer = JsFuture::from(answered).await;
        drop(late);
        worker.set_onmessage(None);
        worker.set_onerror(None);
        if answer.is_ok() {
            self.worker.replace(Some(worker));
        } else {
            // It is stuck or dead; the next question gets a new one.
            worker.terminate();
            self.worker.replace(None);
        }
        answer.ok()
    }
}
