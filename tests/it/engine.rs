//! Host tests of the engine: the queue in front of the worker, and what the worker sends.

use clip_viewer::clip::Options;
use clip_viewer::engine::{Action, Dispatcher, Job, Kind, Request, Response, work};

fn job(ticket: u32, kind: Kind) -> Job {
    Job { ticket, kind, name: format!("{ticket}.md"), size: 1000 }
}

#[test]
fn a_newer_clip_takes_the_place_of_every_older_one() {
    let mut queue = Dispatcher::default();
    assert_eq!(queue.submit(job(1, Kind::Open), 0.0), [Action::Send(1)]);
    assert_eq!(queue.submit(job(2, Kind::Open), 1.0), []);
    assert_eq!(queue.submit(job(3, Kind::Open), 2.0), [Action::Drop(2)]);
    assert!(!queue.wants(1), "answers to the first clip are stale");
    assert_eq!(queue.finished(1, 10.0), [Action::Send(3)]);
    assert!(queue.wants(3));
}

#[test]
fn a_superseded_clip_keeps_the_worker_for_a_moment_only() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1, Kind::Open), 0.0);
    queue.submit(job(2, Kind::Open), 100.0);
    assert_eq!(queue.tick(200.0), []);
    assert_eq!(queue.tick(400.0), [Action::Replace, Action::Drop(1), Action::Send(2)]);
}

#[test]
fn a_clip_that_takes_too_long_is_named() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1, Kind::Open), 0.0);
    let late = queue.deadline_ms().unwrap() + 1.0;
    assert_eq!(queue.tick(late), [Action::Replace, Action::TooLong(job(1, Kind::Open))]);
    assert_eq!(queue.deadline_ms(), None);
}

#[test]
fn a_crash_names_its_clip_and_the_queue_goes_on() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1, Kind::Glance), 0.0);
    queue.submit(job(2, Kind::Glance), 0.0);
    let crashed = Action::Crashed(job(1, Kind::Glance));
    assert_eq!(queue.crashed(5.0), [Action::Replace, crashed, Action::Send(2)]);
}

#[test]
fn a_glance_that_gives_way_to_an_opened_clip_is_done_afterwards() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1, Kind::Glance), 0.0);
    queue.submit(job(2, Kind::Open), 0.0);
    assert_eq!(queue.tick(1000.0), [Action::Replace, Action::Send(2)]);
    assert_eq!(queue.finished(2, 1100.0), [Action::Send(1)]);
}

#[test]
fn a_longer_clip_may_take_longer() {
    let deadline = |size| {
        let mut queue = Dispatcher::default();
        queue.submit(Job { size, ..job(1, Kind::Open) }, 0.0);
        queue.deadline_ms().unwrap()
    };
    assert!(deadline(10_000_000) > deadline(1000) + 4000.0);
}

fn responses(request: &Request, text: &str) -> Vec<(Response, Option<String>)> {
    let mut sent = Vec::new();
    work::handle(request, text.as_bytes(), &mut |response, payload| {
        sent.push((response.clone(), payload.map(str::to_owned)));
    });
    sent
}

#[test]
fn an_opened_clip_comes_as_view_then_chunks_in_order_then_text() {
    let text = "# One\n\nwords\n".repeat(4000);
    let sent = responses(&Request::Open { ticket: 7, options: Options::default() }, &text);
    let (Response::Parsed { ticket: 7, view }, None) = &sent[0] else { panic!("{:?}", sent[0]) };
    assert!(view.chunks > 1, "a long clip comes in several chunks, not {}", view.chunks);
    for index in 0..view.chunks {
        assert_eq!(sent[index + 1].0, Response::Chunk { ticket: 7, index });
        assert!(sent[index + 1].1.as_ref().is_some_and(|html| html.contains("words")));
    }
    assert_eq!(sent.last().unwrap(), &(Response::Done { ticket: 7 }, Some(text)));
}

#[test]
fn a_glance_sends_no_body() {
    let sent = responses(&Request::Glance { ticket: 1, options: Options::default() }, "# One\n");
    assert!(sent.iter().all(|(response, _)| !matches!(response, Response::Chunk { .. })));
    assert_eq!(sent.len(), 2);
}
