//! What the library's worker does: each errand of [`crate::engine::errand`], one after the other.
//!
//! Imports are [`super::importing`]'s, searches [`super::searching`]'s, zips [`super::packing`]'s.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{importing, packing, searching, serving, store};
use crate::engine::{Errand, Report};

type Scope = web_sys::DedicatedWorkerGlobalScope;

/// Does an errand; what comes of it is reported.
pub fn run(scope: &Scope, errand: Errand, payload: JsValue) {
    let scope = scope.clone();
    match errand {
        Errand::Stop => {
            importing::stop();
            packing::stop();
        }
        Errand::Find { ticket, words } => searching::find(&scope, ticket, words),
        Errand::Prepare => spawn_local(searching::prepare()),
        Errand::Quote { ticket, ids } => searching::quote(&scope, ticket, ids),
        Errand::Changed { ids } => spawn_local(searching::renew(ids)),
        Errand::Import { import, near, files, from, left_out } => {
            let order = importing::Order { import, near, files, from, left_out };
            spawn_local(async move { importing::run(&scope, order, &Array::from(&payload)).await });
        }
        Errand::Undo { added } => spawn_local(async move {
            match store::undo_import(&added).await {
                Ok(entries) => {
                    searching::forget();
                    report(&scope, &Report::Undone { entries, removed: added });
                }
                Err(error) => report(&scope, &Report::Failed { why: error.to_string() }),
            }
        }),
        Errand::Pack { clips, backup } => {
            spawn_local(async move { packing::run(&scope, &clips, backup.as_deref()).await });
        }
        Errand::Clean { id, form } => spawn_local(async move { packing::clean(&scope, &id, form).await }),
    }
}

/// Tells the page.
pub fn report(scope: &Scope, report: &Report) {
    report_with(scope, report, &JsValue::NULL);
}

/// Tells the page, with a payload.
pub fn report_with(scope: &Scope, report: &Report, payload: &JsValue) {
    if let Err(error) = scope.post_message(&serving::message(report, payload)) {
        // The page hears an uncaught error of its worker, and replaces it.
        wasm_bindgen::throw_val(error);
    }
}
