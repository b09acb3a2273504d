//! The worker that keeps the library, as the page sees it: files come in, clips are found, zips are
//! made, while the other worker reads what the person opens. It starts when it is first needed.
//!
//! A worker that does not answer in time, or dies, is replaced; an import goes on after the item
//! that it died over.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::file::Content;
use super::worker::Payload;
use super::{BrowserError, During};
use super::{boot, serving};
use crate::engine::dispatch::limit_ms;
use crate::engine::errand::At;
use crate::engine::{Errand, Report};

/// What the page hears of the library.
#[derive(Debug)]
pub enum Word {
    /// A report, with its payload.
    Report(Report, Payload),
    /// An item of an import brought the worker down, or held it too long: that is left out.
    LeftOut {
        /// Its path.
        name: String,
        /// Whether it took too long.
        too_long: bool,
    },
    /// No worker can be had: what is asked for is not done.
    NoWorker(BrowserError),
    /// A part of the program for the worker did not come: what is asked for is not done.
    NoPart,
}

/// So many workers in a row may die before they say anything; then the import waits.
const STILLBORN: u32 = 3;

/// The library's worker. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Librarian(Rc<RefCell<Inner>>);

struct Inner {
    worker: Option<web_sys::Worker>,
    start: Rc<dyn Fn() -> Result<web_sys::Worker, BrowserError>>,
    heard: Rc<dyn Fn(Word)>,
    import: Option<Import>,
    /// How many workers in a row died before they said anything.
    silent: u32,
    alarm: Option<Timeout>,
    listeners: Vec<Closure<dyn FnMut(web_sys::Event)>>,
}

/// The import that goes on.
struct Import {
    errand: Errand,
    payload: JsValue,
    /// What is being read.
    at: At,
    name: String,
}

impl Librarian {
    /// A librarian whose worker is started with `start` when there is something to do.
    pub fn new(
        start: impl Fn() -> Result<web_sys::Worker, BrowserError> + 'static,
        heard: impl Fn(Word) + 'static,
    ) -> Self {
        Self(Rc::new(RefCell::new(Inner {
            worker: None,
            start: Rc::new(start),
            heard: Rc::new(heard),
            import: None,
            silent: 0,
            alarm: None,
            listeners: Vec::new(),
        })))
    }

    /// Whether an import goes on.
    #[must_use]
    pub fn is_importing(&self) -> bool {
        self.0.borrow().import.is_some()
    }

    /// Whether its worker runs.
    #[must_use]
    pub fn is_awake(&self) -> bool {
        self.0.borrow().worker.is_some()
    }

    /// Starts its worker, so that the first thing that is asked of it does not wait for that.
    pub fn wake(&self) {
        // Why it does not start is told when something is asked of it.
        drop(self.worker());
    }

    /// Takes files in. One import at a time: see [`Self::is_importing`].
    pub fn import(&self, errand: Errand, contents: &[Content]) {
        let payload: Array = contents.iter().map(|content| content.value.clone()).collect();
        let payload = JsValue::from(payload);
        let import =
            Import { errand: errand.clone(), payload: payload.clone(), at: At::default(), name: String::new() };
        self.0.borrow_mut().import = Some(import);
        self.set_alarm(0);
        self.post(errand, &payload);
    }

    /// Asks for anything else.
    pub fn ask(&self, errand: Errand) {
        self.post(errand, &JsValue::NULL);
    }

    fn post(&self, errand: Errand, payload: &JsValue) {
        let worker = self.worker();
        let message = serving::message(&errand, payload);
        let sent = worker.and_then(|worker| worker.post_message(&message).during("send to the worker"));
        if let Err(error) = sent {
            self.say(Word::NoWorker(error));
        }
    }

    fn say(&self, word: Word) {
        let heard = self.0.borrow().heard.clone();
        heard(word);
    }

    fn worker(&self) -> Result<web_sys::Worker, BrowserError> {
        if let Some(worker) = &self.0.borrow().worker {
            return Ok(worker.clone());
        }
        let start = self.0.borrow().start.clone();
        let worker = start()?;
        let here = self.clone();
        let heard = Closure::<dyn FnMut(_)>::new(move |event: web_sys::Event| here.hear(&event));
        let here = self.clone();
        let failed = Closure::<dyn FnMut(_)>::new(move |event: web_sys::Event| {
            if boot::lacks_part(&event) { here.give_up(Word::NoPart) } else { here.replace(false) }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let mut inner = self.0.borrow_mut();
        inner.worker = Some(worker.clone());
        // The listeners of the worker before may be running right now: they live until the next one.
        let keep_from = inner.listeners.len().saturating_sub(2);
        inner.listeners.drain(..keep_from);
        inner.listeners.extend([heard, failed]);
        Ok(worker)
    }

    fn hear(&self, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<web_sys::MessageEvent>() else { return };
        let message = Array::from(&event.data());
        let header = message.get(0).as_string().unwrap_or_default();
        let Ok(report) = serde_json::from_str::<Report>(&header) else {
            return self.replace(false);
        };
        self.0.borrow_mut().silent = 0;
        match &report {
            Report::Importing { at, name, size, .. } => {
                if let Some(import) = &mut self.0.borrow_mut().import {
                    import.at = *at;
                    import.name.clone_from(name);
                }
                self.set_alarm(*size);
            }
            Report::CameIn { next, .. } => {
                if let Some(Import { errand: Errand::Import { from, .. }, .. }) = &mut self.0.borrow_mut().import {
                    *from = *next;
                }
            }
            Report::Imported { .. } => self.end_import(),
            _ => {}
        }
        self.say(Word::Report(report, Payload(message.get(1))));
    }

    fn end_import(&self) {
        let (alarm, import) = {
            let mut inner = self.0.borrow_mut();
            (inner.alarm.take(), inner.import.take())
        };
        drop(import);
        drop(alarm.map(Timeout::cancel));
    }

    fn set_alarm(&self, size: u64) {
        let here = self.clone();
        let alarm = Timeout::new(limit_ms(size) as u32, move || here.replace(true));
        let before = self.0.borrow_mut().alarm.replace(alarm);
        drop(before.map(Timeout::cancel));
    }

    /// Ends a worker that is of no use any more. Returns the import that it had.
    fn end_worker(&self) -> Option<Import> {
        let (worker, alarm, import) = {
            let mut inner = self.0.borrow_mut();
            (inner.worker.take(), inner.alarm.take(), inner.import.take())
        };
        // An alarm that rings right now is inside its own callback and can't be dropped there.
        drop(alarm.map(Timeout::cancel));
        if let Some(worker) = worker {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        import
    }

    /// No worker can be had for now.
    fn give_up(&self, word: Word) {
        drop(self.end_worker());
        self.say(word);
    }

    /// An import goes on in another worker, without the item that the one before died over.
    fn replace(&self, too_long: bool) {
        let Some(mut import) = self.end_worker() else { return };
        if import.name.is_empty() {
            // It died before it looked at any item.
            let silent = {
                let mut inner = self.0.borrow_mut();
                inner.silent += 1;
                inner.silent
            };
            if silent >= STILLBORN {
                return self.say(Word::NoWorker(BrowserError::missing("start the worker of the library")));
            }
        } else {
            if let Errand::Import { left_out, .. } = &mut import.errand {
                left_out.push(import.at);
            }
            self.say(Word::LeftOut { name: std::mem::take(&mut import.name), too_long });
        }
        let (errand, payload) = (import.errand.clone(), import.payload.clone());
        self.0.borrow_mut().import = Some(import);
        self.set_alarm(0);
        self.post(errand, &payload);
    }
}
