//! The worker's side: what the program does when it runs inside a Web Worker.
//!
//! One program serves both workers, the one that reads clips to show them, and the one that keeps
//! the library ([`super::errands`]); each has a part of it that the page has not.

use std::cell::Cell;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::file::Content;
use super::{BrowserError, boot, decoder, errands, store};
use crate::engine::{Request, Response, work};
use crate::library::ClipId;
use crate::library::intake::Refusal;

/// Page to the worker that reads clips: the header of every message.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ask {
    /// Read a clip, to show it.
    Read(Box<Request>),
    /// The beginning of a long clip is painted.
    GoOn,
}

/// A message: what it says, with its payload beside it.
#[must_use]
pub fn message(says: &impl Serialize, payload: &JsValue) -> Array {
    let header = serde_json::to_string(says).unwrap_or_default();
    Array::of2(&JsValue::from_str(&header), payload)
}

/// What a message says, and its payload. One that this worker does not know says nothing.
fn read_message<T: DeserializeOwned>(event: &web_sys::MessageEvent) -> Option<(T, JsValue)> {
    let message = Array::from(&event.data());
    let header = message.get(0).as_string().unwrap_or_default();
    Some((serde_json::from_str(&header).ok()?, message.get(1)))
}

/// Serves inside a worker, which `public/worker.js` asks for once the program is there: from then on every message is
/// answered.
///
/// # Errors
/// When this is no worker, or the part of the program for its work did not come.
#[wasm_bindgen]
pub async fn serve() -> Result<(), JsError> {
    let scope = scope().ok_or_else(|| JsError::from(BrowserError::missing("reach the worker's scope")))?;
    decoder::install();
    let served = if scope.name() == boot::LIBRARIAN { serve_library(scope).await } else { serve_clips(scope).await };
    served.map_err(JsError::from)
}

part! { library:
    /// Keeps the library.
    fn serve_library(scope: web_sys::DedicatedWorkerGlobalScope) {
        listen(scope, |scope, event| {
            if let Some((errand, payload)) = read_message(event) {
                errands::run(scope, errand, payload);
            }
        });
    }
}

part! { clips:
    /// Reads clips.
    fn serve_clips(scope: web_sys::DedicatedWorkerGlobalScope) {
        listen(scope.clone(), |scope, event| {
            if let Some((ask, payload)) = read_message(event) {
                answer(scope, ask, &payload);
            }
        });
        warm_up(scope, 0, 0);
    }
}

fn listen(
    scope: web_sys::DedicatedWorkerGlobalScope,
    hear: impl Fn(&web_sys::DedicatedWorkerGlobalScope, &web_sys::MessageEvent) + 'static,
) {
    let here = scope.clone();
    let hear = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| hear(&here, &event));
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

thread_local! {
    /// Whether a person's clip was worked on since the last look.
    static WORKED: Cell<bool> = const { Cell::new(false) };
}

/// Runs the engine over a clip of its own, again and again with pauses in which requests come
/// first: a browser compiles a function well when it has run for a while, and a person's first
/// clip should not wait for that. Nor should the start of the page, which comes first, or a clip
/// that is on its way.
fn warm_up(scope: web_sys::DedicatedWorkerGlobalScope, round: u32, pause_ms: u32) {
    const FIRST_PAUSE_MS: u32 = 1500;
    const PAUSE_MS: u32 = 30;
    const ROUNDS: u32 = 8;
    if round > ROUNDS {
        return;
    }
    Timeout::new(pause_ms, move || {
        if WORKED.take() {
            return warm_up(scope, round, FIRST_PAUSE_MS);
        }
        let (view, html) = std::hint::black_box(work::warm_up());
        if round == 0 {
            post(&scope, &Response::Ready { view: Box::new(view) }, Some(&html));
        }
        warm_up(scope, round + 1, if round == 0 { FIRST_PAUSE_MS } else { PAUSE_MS });
    })
    .forget();
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
        WORKED.set(true);
        work::finish(&request, &bytes, rest, &mut |response, payload| post(scope, response, payload));
    }
}

fn answer(scope: &web_sys::DedicatedWorkerGlobalScope, ask: Ask, payload: &JsValue) {
    match ask {
        Ask::GoOn => finish(scope),
        Ask::Read(request) => {
            WORKED.set(true);
            match request.kept.clone() {
                Some(id) => {
                    let here = scope.clone();
                    spawn_local(async move { read(&here, *request, kept(&id).await) });
                }
                None => read(scope, *request, Content::read(payload).map_err(|error| error.message)),
            }
        }
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
    let message = message(response, &payload.map_or(JsValue::NULL, JsValue::from_str));
    if let Err(error) = scope.post_message(&message) {
        // The page hears an uncaught error of its worker, and replaces it.
        wasm_bindgen::throw_val(error);
    }
}
