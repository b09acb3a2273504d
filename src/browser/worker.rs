//! The Web Worker that reads clips to show them, as the page sees it. Its other side is
//! [`super::serving`]; the worker of the library is [`super::librarian`]'s.
//!
//! A message is a JavaScript array `[header, payload]`: the header is JSON of an
//! [`Ask`] or a [`Response`], the payload a string, or a `File`, of which only
//! the handle travels.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::file::Content;
use super::serving::{self, Ask};
use super::{BrowserError, During};
use super::{boot, clock};
use crate::engine::{Action, Dispatcher, Job, Request, Response, Ticket};

/// What the page hears from the engine.
#[derive(Debug)]
pub enum News {
    /// A response that is still wanted, with its payload.
    Response(Response, Payload),
    /// That clip took too long; the worker was replaced.
    TooLong(Job),
    /// That clip brought the worker down; it was replaced.
    Crashed(Job),
    /// No worker can be had.
    NoWorker(BrowserError),
    /// A part of the program for the worker did not come.
    NoPart,
}

/// What came beside a response: a string of JavaScript, so that passing it on copies nothing.
#[derive(Debug, Clone)]
pub struct Payload(pub(super) JsValue);

impl Payload {
    /// A text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(JsValue::from_str(text))
    }

    /// Whether anything came.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.0.is_string()
    }

    /// The text, copied.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.as_string().unwrap_or_default()
    }
}

/// The engine as the page sees it. Cheap to clone; all clones are one engine.
#[derive(Clone)]
pub struct Engine {
    inner: Rc<RefCell<Inner>>,
}

/// So many workers in a row may die before they say anything; then none is started until there is work.
const STILLBORN: u32 = 3;

struct Inner {
    worker: Option<web_sys::Worker>,
    /// How many workers were started since one last said something.
    silent: u32,
    start: Rc<dyn Fn() -> Result<web_sys::Worker, BrowserError>>,
    queue: Dispatcher,
    payloads: BTreeMap<Ticket, (Request, Content)>,
    next_ticket: Ticket,
    alarm: Option<Timeout>,
    news: Rc<dyn Fn(News)>,
    listeners: Vec<Closure<dyn FnMut(web_sys::MessageEvent)>>,
    error_listeners: Vec<Closure<dyn FnMut(web_sys::Event)>>,
}

impl Engine {
    /// An engine whose worker is started with `start`, and that tells `news` what comes back.
    pub fn new(
        start: impl Fn() -> Result<web_sys::Worker, BrowserError> + 'static,
        news: impl Fn(News) + 'static,
    ) -> Self {
        let inner = Inner {
            worker: None,
            silent: 0,
            start: Rc::new(start),
            queue: Dispatcher::default(),
            payloads: BTreeMap::new(),
            next_ticket: 0,
            alarm: None,
            news: Rc::new(news),
            listeners: Vec::new(),
            error_listeners: Vec::new(),
        };
        Self { inner: Rc::new(RefCell::new(inner)) }
    }

    /// Starts the worker, so that the first clip does not wait for that.
    pub fn wake(&self) {
        if self.inner.borrow().worker.is_none() {
            self.start_worker();
        }
    }

    /// Asks for a clip; returns the ticket that names it in the news, whatever `request` has.
    pub fn submit(&self, mut request: Request, content: Content) -> Ticket {
        let (ticket, actions) = {
            let mut inner = self.inner.borrow_mut();
            inner.next_ticket += 1;
            let ticket = inner.next_ticket;
            request.ticket = ticket;
            let name = request.options.file_name.clone().unwrap_or_default();
            let job = Job { ticket, name, size: content.size() };
            inner.payloads.insert(ticket, (request, content));
            (ticket, inner.queue.submit(job, clock::monotonic_ms()))
        };
        self.act(actions);
        ticket
    }

    /// The beginning of a long clip is painted: the rest of it may be worked on. Until then the
    /// worker leaves the machine to the page.
    pub fn go_on(&self) {
        if let Some(worker) = &self.inner.borrow().worker {
            // A worker that does not hear it goes on by itself.
            drop(worker.post_message(&serving::message(&Ask::GoOn, &JsValue::NULL)));
        }
    }

    /// Stops reading a clip that nobody waits for any more.
    pub fn cancel(&self, ticket: Ticket) {
        let actions = self.inner.borrow_mut().queue.cancel(ticket, clock::monotonic_ms());
        self.act(actions);
    }

    fn act(&self, actions: Vec<Action>) {
        let news = self.inner.borrow().news.clone();
        for action in actions {
            match action {
                Action::Send(ticket) => self.send(ticket),
                Action::Replace => self.replace_worker(),
                Action::Drop(ticket) => drop(self.inner.borrow_mut().payloads.remove(&ticket)),
                Action::TooLong(job) => {
                    self.inner.borrow_mut().payloads.remove(&job.ticket);
                    news(News::TooLong(job));
                }
                Action::Crashed(job) => {
                    self.inner.borrow_mut().payloads.remove(&job.ticket);
                    news(News::Crashed(job));
                }
            }
        }
        self.set_alarm();
    }

    /// Sends a job. What it is read from stays here until the job is done, as a job that is put
    /// off is sent again.
    fn send(&self, ticket: Ticket) {
        self.wake();
        let sent = {
            let inner = self.inner.borrow();
            let Some((request, content)) = inner.payloads.get(&ticket) else {
                return;
            };
            let message = serving::message(&Ask::Read(Box::new(request.clone())), &content.value);
            let worker = inner.worker.as_ref().ok_or_else(|| BrowserError::missing("reach the worker"));
            worker.and_then(|w| w.post_message(&message).during("send to the worker"))
        };
        if let Err(error) = sent {
            let news = self.inner.borrow().news.clone();
            news(News::NoWorker(error));
        }
    }

    fn replace_worker(&self) {
        if let Some(old) = self.inner.borrow_mut().worker.take() {
            old.set_onmessage(None);
            old.set_onerror(None);
            old.terminate();
        }
        if self.inner.borrow().silent < STILLBORN {
            self.start_worker();
        }
    }

    fn start_worker(&self) {
        let start = self.inner.borrow().start.clone();
        match start() {
            Ok(worker) => self.listen(worker),
            Err(error) => {
                let news = self.inner.borrow().news.clone();
                news(News::NoWorker(error));
            }
        }
    }

    fn listen(&self, worker: web_sys::Worker) {
        let engine = self.clone();
        let heard = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| engine.hear(&event));
        let engine = self.clone();
        let failed = Closure::<dyn FnMut(_)>::new(move |event: web_sys::Event| {
            if boot::lacks_part(&event) {
                engine.go_without();
            } else {
                engine.fail();
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let mut inner = self.inner.borrow_mut();
        inner.worker = Some(worker);
        inner.silent += 1;
        // The listeners of the worker before may be running right now, so they live on until the
        // next replacement.
        let keep_from = inner.listeners.len().saturating_sub(1);
        inner.listeners.drain(..keep_from);
        inner.error_listeners.drain(..keep_from);
        inner.listeners.push(heard);
        inner.error_listeners.push(failed);
    }

    fn hear(&self, event: &web_sys::MessageEvent) {
        let message = Array::from(&event.data());
        let header = message.get(0).as_string().unwrap_or_default();
        let Ok(response) = serde_json::from_str::<Response>(&header) else {
            return self.fail();
        };
        self.inner.borrow_mut().silent = 0;
        let Some(ticket) = response.ticket() else {
            let news = self.inner.borrow().news.clone();
            return news(News::Response(response, Payload(message.get(1))));
        };
        let (done, payload) = (response.is_last(), Payload(message.get(1)));
        let (wanted, news) = {
            let inner = self.inner.borrow();
            (inner.queue.wants(ticket), inner.news.clone())
        };
        if wanted {
            news(News::Response(response, payload));
        }
        if done {
            let actions = {
                let mut inner = self.inner.borrow_mut();
                inner.payloads.remove(&ticket);
                inner.queue.finished(ticket, clock::monotonic_ms())
            };
            self.act(actions);
        }
    }

    /// A part of the program for the worker did not come: no clip is to blame, and the next one asks for it again.
    fn go_without(&self) {
        let actions = self.inner.borrow_mut().queue.crashed(clock::monotonic_ms());
        let (lost, others): (Vec<_>, Vec<_>) =
            actions.into_iter().partition(|action| matches!(action, Action::Crashed(_)));
        let news = self.inner.borrow().news.clone();
        for action in lost {
            if let Action::Crashed(job) = action {
                self.inner.borrow_mut().payloads.remove(&job.ticket);
                news(News::NoPart);
            }
        }
        self.act(others);
    }

    fn fail(&self) {
        let actions = self.inner.borrow_mut().queue.crashed(clock::monotonic_ms());
        self.act(actions);
    }

    fn set_alarm(&self) {
        let deadline = self.inner.borrow().queue.deadline_ms();
        let engine = self.clone();
        let alarm = deadline.map(|deadline| {
            let wait_ms = (deadline - clock::monotonic_ms()).clamp(0.0, 3_600_000.0).ceil() as u32;
            Timeout::new(wait_ms, move || {
                let actions = engine.inner.borrow_mut().queue.tick(clock::monotonic_ms());
                engine.act(actions);
            })
        });
        // An alarm that rings right now is inside its own callback and can't be dropped there.
        if let Some(old) = std::mem::replace(&mut self.inner.borrow_mut().alarm, alarm) {
            drop(old.cancel());
        }
    }
}
