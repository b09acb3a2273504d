//! The Web Worker that runs the engine, from both sides.
//!
//! A message is a JavaScript array `[header, payload]`: the header is JSON of [`Request`] or
//! [`Response`], the payload a string, or a `File`, of which only the handle travels.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::file::Content;
use super::{BrowserError, During, decoder, page};
use crate::engine::{Action, Dispatcher, Job, Request, Response, Ticket, work};
use crate::library::intake::Refusal;

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

struct Inner {
    worker: Option<web_sys::Worker>,
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
    /// Starts the worker with `start` and tells `news` what comes back.
    pub fn start(
        start: impl Fn() -> Result<web_sys::Worker, BrowserError> + 'static,
        news: impl Fn(News) + 'static,
    ) -> Self {
        let inner = Inner {
            worker: None,
            start: Rc::new(start),
            queue: Dispatcher::default(),
            payloads: BTreeMap::new(),
            next_ticket: 0,
            alarm: None,
            news: Rc::new(news),
            listeners: Vec::new(),
            error_listeners: Vec::new(),
        };
        let engine = Self { inner: Rc::new(RefCell::new(inner)) };
        engine.replace_worker();
        engine
    }

    /// Asks for a clip; returns the ticket that names it in the news, whatever `request` has.
    pub fn submit(&self, mut request: Request, content: Content) -> Ticket {
        let (ticket, actions) = {
            let mut inner = self.inner.borrow_mut();
            inner.next_ticket += 1;
            let ticket = inner.next_ticket;
            request.ticket = ticket;
            let name = request.options.file_name.clone().unwrap_or_default();
            let job = Job { ticket, kind: request.kind, name, size: content.size() };
            inner.payloads.insert(ticket, (request, content));
            (ticket, inner.queue.submit(job, page::monotonic_ms()))
        };
        self.act(actions);
        ticket
    }

    /// The beginning of a long clip is painted: the rest of it may be worked on. Until then the
    /// worker leaves the machine to the page.
    pub fn go_on(&self) {
        let message = Array::of1(&JsValue::from_str(GO_ON));
        if let Some(worker) = &self.inner.borrow().worker {
            // A worker that does not hear it goes on by itself.
            drop(worker.post_message(&message));
        }
    }

    /// Stops reading a clip that nobody waits for any more.
    pub fn cancel(&self, ticket: Ticket) {
        let actions = self.inner.borrow_mut().queue.cancel(ticket, page::monotonic_ms());
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
        let sent = {
            let inner = self.inner.borrow();
            let Some((request, content)) = inner.payloads.get(&ticket) else {
                return;
            };
            let header = serde_json::to_string(request).unwrap_or_default();
            let message = Array::of2(&JsValue::from_str(&header), &content.value);
            let worker = inner.worker.as_ref().ok_or_else(|| BrowserError::missing("reach the worker"));
            worker.and_then(|w| w.post_message(&message).during("send to the worker"))
        };
        if let Err(error) = sent {
            let news = self.inner.borrow().news.clone();
            news(News::NoWorker(error));
        }
    }

    fn replace_worker(&self) {
        let start = self.inner.borrow().start.clone();
        if let Some(old) = self.inner.borrow_mut().worker.take() {
            old.set_onmessage(None);
            old.set_onerror(None);
            old.terminate();
        }
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
        let failed = Closure::<dyn FnMut(_)>::new(move |_: web_sys::Event| engine.fail());
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let mut inner = self.inner.borrow_mut();
        inner.worker = Some(worker);
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
                inner.queue.finished(ticket, page::monotonic_ms())
            };
            self.act(actions);
        }
    }

    fn fail(&self) {
        let actions = self.inner.borrow_mut().queue.crashed(page::monotonic_ms());
        self.act(actions);
    }

    fn set_alarm(&self) {
        let deadline = self.inner.borrow().queue.deadline_ms();
        let engine = self.clone();
        let alarm = deadline.map(|deadline| {
            let wait_ms = (deadline - page::monotonic_ms()).clamp(0.0, 3_600_000.0).ceil() as u32;
            Timeout::new(wait_ms, move || {
                let actions = engine.inner.borrow_mut().queue.tick(page::monotonic_ms());
                engine.act(actions);
            })
        });
        // An alarm that rings right now is inside its own callback and can't be dropped there.
        if let Some(old) = std::mem::replace(&mut self.inner.borrow_mut().alarm, alarm) {
            drop(old.cancel());
        }
    }
}

/// Runs the engine inside a worker: answers every request that comes.
///
/// # Errors
/// When this is no worker.
pub fn serve() -> Result<(), BrowserError> {
    let scope = scope().ok_or_else(|| BrowserError::missing("reach the worker's scope"))?;
    decoder::install();
    let here = scope.clone();
    let answer = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| answer(&here, &event));
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    answer.forget();
    let (view, html) = work::warm_up();
    post(&scope, &Response::Ready { view: Box::new(view) }, Some(&html));
    warm_up(0);
    Ok(())
}

/// Runs the engine over a clip of its own, again and again with pauses in which requests come
/// first: a browser compiles a function well when it has run for a while, and a person's first
/// clip should not wait for that. Nor should the start of the page, which comes first.
fn warm_up(round: u32) {
    const FIRST_PAUSE_MS: u32 = 1500;
    const PAUSE_MS: u32 = 30;
    const ROUNDS: u32 = 8;
    if round < ROUNDS {
        Timeout::new(if round == 0 { FIRST_PAUSE_MS } else { PAUSE_MS }, move || {
            std::hint::black_box(work::warm_up());
            warm_up(round + 1);
        })
        .forget();
    }
}

/// Whether this code runs inside a worker.
#[must_use]
pub fn is_worker() -> bool {
    scope().is_some()
}

fn scope() -> Option<web_sys::DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// The page's word that the beginning of a long clip is painted.
const GO_ON: &str = "go on";
/// How long that word is waited for, in milliseconds: a page without frames may never say it.
const PATIENCE_MS: u32 = 500;

thread_local! {
    /// What is left to do of the request whose beginning was sent. No other request comes
    /// meanwhile: the page sends one at a time.
    static UNFINISHED: Cell<Option<(Request, Vec<u8>, work::Rest)>> = const { Cell::new(None) };
}

fn finish(scope: &web_sys::DedicatedWorkerGlobalScope) {
    if let Some((request, bytes, rest)) = UNFINISHED.take() {
        work::finish(&request, &bytes, rest, &mut |response, payload| post(scope, response, payload));
    }
}

fn answer(scope: &web_sys::DedicatedWorkerGlobalScope, event: &web_sys::MessageEvent) {
    let message = Array::from(&event.data());
    let header = message.get(0).as_string().unwrap_or_default();
    if header == GO_ON {
        return finish(scope);
    }
    let Ok(request) = serde_json::from_str::<Request>(&header) else {
        return;
    };
    match Content::read(&message.get(1)) {
        Ok(bytes) => {
            let Some(rest) = work::begin(&request, &bytes, &mut |r, payload| post(scope, r, payload)) else { return };
            let waits = rest.is_begun();
            UNFINISHED.set(Some((request, bytes, rest)));
            if waits {
                let here = scope.clone();
                Timeout::new(PATIENCE_MS, move || finish(&here)).forget();
            } else {
                finish(scope);
            }
        }
        Err(error) => {
            let name = request.options.file_name.unwrap_or_default();
            let why = Refusal::Unreadable { name, why: format!("{}.", error.message) }.to_string();
            post(scope, &Response::Refused { ticket: request.ticket, why }, None);
        }
    }
}

fn post(scope: &web_sys::DedicatedWorkerGlobalScope, response: &Response, payload: Option<&str>) {
    let header = serde_json::to_string(response).unwrap_or_default();
    let message = Array::of2(&JsValue::from_str(&header), &payload.map_or(JsValue::NULL, JsValue::from_str));
    if let Err(error) = scope.post_message(&message) {
        // The page hears an uncaught error of its worker, and replaces it.
        wasm_bindgen::throw_val(error);
    }
}
