//! Formulas, set as a mathematician writes them once they come near the screen. A worker makes MathML of
//! their source (`public/math.js`); [`mathml`] says what of it may be, and here are the elements made, one
//! by one.
//!
//! The source stays where it was, out of sight: highlights count its letters, and it is what is copied.
//! What a browser draws in its place counts for nothing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::body::select;
use super::helper::Helper;
use super::{boot, clock, document};
use crate::clip::safe::mathml::{self, Step};

/// Formulas that were not set yet.
const FORMULAS: &str = ".math:not([data-set], [data-unread])";
/// How far from the screen a formula is set.
const NEAR: &str = "100% 0px";
/// How many are asked for at once.
const AT_ONCE: usize = 64;
/// How long a turn of making elements takes at most, in milliseconds.
const TURN_MS: f64 = 6.0;
const NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

thread_local! {
    static WAITING: RefCell<VecDeque<web_sys::Element>> = const { RefCell::new(VecDeque::new()) };
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
    /// How many questions in a row had no answer.
    static UNANSWERED: Cell<u32> = const { Cell::new(0) };
    /// What is said of a formula that can't be read.
    static UNREAD: Cell<&'static str> = const { Cell::new("") };
    static OBSERVER: Option<web_sys::IntersectionObserver> = observer();
    static WORKER: Rc<Helper> = Rc::new(Helper::new(boot::start_math));
}

/// Has the formulas in a part of the page set when they come near the screen; one that can't be read stays
/// as its source, and says `unread`.
pub fn look_for(within: &web_sys::Element, unread: &'static str) {
    UNREAD.set(unread);
    for formula in select(within, FORMULAS) {
        OBSERVER.with(|observer| observer.iter().for_each(|observer| observer.observe(&formula)));
    }
}

/// Another clip takes the page.
pub fn forget() {
    OBSERVER.with(|observer| observer.iter().for_each(web_sys::IntersectionObserver::disconnect));
    WAITING.with_borrow_mut(VecDeque::clear);
}

fn observer() -> Option<web_sys::IntersectionObserver> {
    // A browser without MathML would show its letters in a row.
    js_sys::Reflect::has(&js_sys::global(), &JsValue::from_str("MathMLElement")).ok().filter(|has| *has)?;
    let seen = Closure::<dyn FnMut(Array, web_sys::IntersectionObserver)>::new(
        |entries: Array, observer: web_sys::IntersectionObserver| {
            for entry in entries.iter().map(JsCast::unchecked_into::<web_sys::IntersectionObserverEntry>) {
                if entry.is_intersecting() {
                    observer.unobserve(&entry.target());
                    WAITING.with_borrow_mut(|waiting| waiting.push_back(entry.target()));
                }
            }
            run();
        },
    );
    let options = web_sys::IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let observer = web_sys::IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok();
    seen.forget();
    observer
}

/// Sets all formulas that wait, unless that goes on already.
fn run() {
    if IS_RUNNING.replace(true) {
        return;
    }
    spawn_local(async {
        loop {
            let some: Vec<_> = WAITING.with_borrow_mut(|waiting| {
                let count = waiting.len().min(AT_ONCE);
                waiting.drain(..count).collect()
            });
            if some.is_empty() {
                break;
            }
            if !set(&some).await {
                // One of them is too much for the program; the others are not to go with it.
                for one in some {
                    if !set(std::slice::from_ref(&one)).await {
                        mark_unread(&one);
                    }
                }
            }
        }
        IS_RUNNING.set(false);
    });
}

/// Sets these formulas; whether there was an answer.
async fn set(formulas: &[web_sys::Element]) -> bool {
    const MOST_UNANSWERED: u32 = 5;
    if UNANSWERED.get() >= MOST_UNANSWERED {
        return true;
    }
    let questions = formulas.iter().map(|formula| {
        let source = formula.text_content().unwrap_or_default();
        let block = formula.get_attribute("data-display").is_some_and(|display| display == "block");
        Array::of2(&source.into(), &block.into())
    });
    let worker = WORKER.with(Rc::clone);
    let answer = worker.ask(&questions.collect::<Array>()).await;
    UNANSWERED.set(if answer.is_some() { 0 } else { UNANSWERED.get() + 1 });
    let Some(answers) = answer.map(|answer| Array::from(&answer)) else { return false };
    let mut end_ms = clock::monotonic_ms() + TURN_MS;
    for (formula, written) in formulas.iter().zip(answers.iter()) {
        let steps = written.as_string().and_then(|written| mathml::steps(&written));
        let made = steps.and_then(|steps| make(&steps));
        match made {
            Some(made) => show(formula, &made),
            None => mark_unread(formula),
        }
        if clock::monotonic_ms() > end_ms {
            clock::turn().await;
            end_ms = clock::monotonic_ms() + TURN_MS;
        }
    }
    true
}

/// Makes the elements of a formula.
fn make(steps: &[Step]) -> Option<web_sys::Element> {
    let document = document().ok()?;
    let mut open: Vec<web_sys::Element> = Vec::new();
    for step in steps {
        match step {
            Step::Open(name, attributes) => {
                let element = document.create_element_ns(Some(NAMESPACE), name).ok()?;
                for (name, value) in attributes {
                    element.set_attribute(name, value).ok()?;
                }
                open.push(element);
            }
            Step::Text(text) => {
                open.last()?.append_child(&document.create_text_node(text)).ok()?;
            }
            Step::Close => {
                let done = open.pop()?;
                let Some(around) = open.last() else { return Some(done) };
                around.append_child(&done).ok()?;
            }
        }
    }
    None
}

fn show(formula: &web_sys::Element, made: &web_sys::Element) {
    let hidden =
        select(formula, ".math-source").iter().all(|source| source.set_attribute("aria-hidden", "true").is_ok());
    if hidden && formula.append_child(made).is_ok() {
        // Without it the source is seen beside what was made of it, and nothing is lost.
        drop(formula.set_attribute("data-set", ""));
    }
}

fn mark_unread(formula: &web_sys::Element) {
    // A mark that is refused is a mark less.
    drop(formula.set_attribute("data-unread", ""));
    drop(formula.set_attribute("title", UNREAD.get()));
}
