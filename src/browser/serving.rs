//! The worker's side: what the program does when it runs inside a Web Worker.
//!
//! One program serves both workers: the one that reads clips to show them, and the one that keeps
//! the library ([`super::errands`]).

use std::cell::Cell;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::file::Content;
use super::{BrowserError, boot, decoder, errands, store};
use crate::engine::{Errand, Request, Response, work};
use crate::library::ClipId;
use crate::library::intake::Refusal;

/// Page to worker: the header of every message.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// Read a clip, to show it.
    Read(Box<Request>),
    /// The beginning of a long clip is painted.
    GoOn,
    /// Do something for the library.
    Errand(Errand),
}

impl Ask {
    /// The message, with its payload beside it.
    #[must_use]
    pub fn message(&self, payload: &JsValue) -> Array {
        let header = serde_json::to_string(self).unwrap_or_default();
        Array::of2(&JsValue::from_str(&header), payload)
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
    if scope.name() == boot::LIBRARIAN {
        return Ok(());
    }
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

/// How long the page's word that a beginning is painted is waited for, in milliseconds: a page
/// without frames may never say it.
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
    let Ok(ask) = serde_json::from_str::<Ask>(&header) else {
        return;
    };
    match ask {
        Ask::GoOn => finish(scope),
        Ask::Errand(errand) => errands::run(scope, errand, message.get(1)),
        Ask::Read(request) => match request.kept.clone() {
            Some(id) => {
                let here = scope.clone();
                spawn_local(async move { read(&here, *request, kept(&id).await) });
            }
            None => read(scope, *request, Content::read(&message.get(1)).map_err(|error| error.message)),
        },
    }
}

/// The bytes of a clip that is kept here.
async fn kept(id: &ClipId) -> Result<Vec<u8>, String> {
    match store::text(id).await {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err("its text is not kept in this browser any more".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn read(scope: &web_sys::DedicatedWorkerGlobalScope, request: Request, bytes: Result<Vec<u8>, String>) {
    match bytes {
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
        Err(why) => {
            let name = request.options.file_name.unwrap_or_default();
            let why = Refusal::unreadable(&name, &why).to_string();
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
