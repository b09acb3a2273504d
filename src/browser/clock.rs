//! Time and turns: what o'clock it is, and when something may be done next. Works in the page and,
//! but for frames, in workers.

use std::cell::RefCell;
use std::collections::VecDeque;

use wasm_bindgen::prelude::*;

use super::{document, window};

/// Milliseconds since the page was opened, on a clock that never goes back.
#[must_use]
pub fn monotonic_ms() -> f64 {
    let clock = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance")).ok();
    clock.and_then(|clock| clock.dyn_into::<web_sys::Performance>().ok()).map_or(0.0, |clock| clock.now())
}

/// Milliseconds since 1970.
#[must_use]
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Calls back before the next frame is painted; at once on a page that is not in sight, as it has
/// no frames.
pub fn next_frame(then: impl FnOnce() + 'static) {
    if document().is_ok_and(|document| document.hidden()) {
        return soon(then);
    }
    let callback = Closure::once_into_js(then);
    if let Ok(window) = window() {
        // Without a frame there is nothing to see, and so nothing to do.
        drop(window.request_animation_frame(callback.unchecked_ref()));
    }
}

/// Calls back once the next frame is painted.
pub fn after_paint(then: impl FnOnce() + 'static) {
    next_frame(move || soon(then));
}

thread_local! {
    /// What was asked for soon, oldest first, and the channel whose messages are its turns: a
    /// browser makes nested timeouts wait for some milliseconds each. Its other end is held, too: no
    /// browser may take that for forgotten.
    static SOON: RefCell<VecDeque<Box<dyn FnOnce()>>> = const { RefCell::new(VecDeque::new()) };
    static TURNS: Option<(web_sys::MessagePort, web_sys::MessagePort)> = turns();
}

fn turns() -> Option<(web_sys::MessagePort, web_sys::MessagePort)> {
    let channel = web_sys::MessageChannel::new().ok()?;
    let turn = Closure::<dyn FnMut()>::new(|| {
        if let Some(then) = SOON.with_borrow_mut(VecDeque::pop_front) {
            then();
        }
    });
    let (hears, says) = (channel.port1(), channel.port2());
    hears.set_onmessage(Some(turn.as_ref().unchecked_ref()));
    turn.forget();
    Some((says, hears))
}

/// Calls back after what the browser has to do right now, a frame or an input.
pub fn soon(then: impl FnOnce() + 'static) {
    SOON.with_borrow_mut(|waiting| waiting.push_back(Box::new(then)));
    let posted = TURNS.with(|ports| ports.as_ref().is_some_and(|(says, _)| says.post_message(&JsValue::NULL).is_ok()));
    if !posted && let Some(then) = SOON.with_borrow_mut(VecDeque::pop_back) {
        then();
    }
}

/// Calls back when the page has nothing better to do.
pub fn when_idle(then: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(then);
    let Ok(window) = window() else { return };
    // WebKit has no idle time to give.
    let has_idle = js_sys::Reflect::has(&window, &JsValue::from_str("requestIdleCallback")).unwrap_or(false);
    let asked = has_idle && window.request_idle_callback(callback.unchecked_ref()).is_ok();
    if !asked {
        drop(window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), 200));
    }
}

/// Lets everything else that waits have its turn.
pub async fn turn() {
    let turn = js_sys::Promise::new(&mut |resolve, _| {
        // That it was called is all that is waited for.
        soon(move || drop(resolve.call0(&JsValue::NULL)));
    });
    // Nothing rejects it.
    drop(wasm_bindgen_futures::JsFuture::from(turn).await);
}

/// Waits.
pub async fn rest(duration_ms: u32) {
    let over = js_sys::Promise::new(&mut |resolve, _| {
        gloo::timers::callback::Timeout::new(duration_ms, move || drop(resolve.call0(&JsValue::NULL))).forget();
    });
    drop(wasm_bindgen_futures::JsFuture::from(over).await);
}
