//! The engine as the page sees it, with workers that misbehave.

use std::cell::RefCell;
use std::rc::Rc;

use clip_viewer::browser::BrowserError;
use clip_viewer::browser::file::Content;
use clip_viewer::browser::worker::{Engine, News};
use clip_viewer::clip::Options;
use clip_viewer::engine::{Request, Response};
use gloo_timers::future::sleep;
use wasm_bindgen_test::wasm_bindgen_test;

/// A worker that runs this script.
fn worker(script: &str) -> Result<web_sys::Worker, BrowserError> {
    let parts = js_sys::Array::of1(&script.into());
    let blob = web_sys::Blob::new_with_str_sequence(&parts).unwrap();
    let url = web_sys::Url::create_object_url_with_blob(&blob).unwrap();
    Ok(web_sys::Worker::new(&url).unwrap())
}

/// What an engine on workers that run these scripts, one after the other, says of a clip.
async fn said(scripts: &'static [&'static str]) -> Vec<String> {
    let said = Rc::new(RefCell::new(Vec::new()));
    let heard = said.clone();
    let started = RefCell::new(scripts.iter().cycle());
    let engine = Engine::new(
        move || worker(started.borrow_mut().next().unwrap()),
        move |news| {
            heard.borrow_mut().push(match news {
                News::Response(response, payload) => format!("{response:?} {}", payload.text()),
                News::Crashed(job) => format!("crashed {}", job.name),
                News::TooLong(job) => format!("too long {}", job.name),
                News::NoWorker(error) => error.to_string(),
                News::NoPart => "no part".to_owned(),
            });
        },
    );
    let options = Options { file_name: Some("one.md".to_owned()), ..Options::default() };
    let request = Request { ticket: 0, options, kept: None, at_hand: Vec::new() };
    engine.submit(request, Content::of_text("# One"));
    for _ in 0..50 {
        sleep(std::time::Duration::from_millis(40)).await;
        if !said.borrow().is_empty() {
            break;
        }
    }
    said.borrow().clone()
}

#[wasm_bindgen_test]
async fn a_worker_that_traps_is_replaced_and_its_clip_named() {
    let said = said(&["onmessage = () => { throw new WebAssembly.RuntimeError('unreachable'); };"]).await;
    assert_eq!(said, ["crashed one.md"]);
}

#[wasm_bindgen_test]
async fn workers_that_never_start_are_not_started_for_ever() {
    let started = Rc::new(RefCell::new(0));
    let counted = started.clone();
    let engine = Engine::new(
        move || {
            *counted.borrow_mut() += 1;
            worker("throw new Error('never');")
        },
        |_| {},
    );
    engine.wake();
    sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(*started.borrow(), 3);
    // Whoever asks for something has it tried again.
    engine.wake();
    sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(*started.borrow(), 4);
}

#[wasm_bindgen_test]
async fn a_worker_that_talks_nonsense_is_replaced() {
    let said = said(&["onmessage = () => postMessage(['not JSON']);"]).await;
    assert_eq!(said, ["crashed one.md"]);
}

#[wasm_bindgen_test]
async fn an_answer_is_heard_with_its_payload() {
    let header = serde_json::to_string(&Response::Chunk { ticket: 1, index: 0, share: 0.5 }).unwrap();
    let script = format!("onmessage = () => postMessage([JSON.stringify({header}), '<p>x</p>']);");
    let said = said(Box::leak(Box::new([&*script.leak()]))).await;
    assert_eq!(said, ["Chunk { ticket: 1, index: 0, share: 0.5 } <p>x</p>"]);
}
