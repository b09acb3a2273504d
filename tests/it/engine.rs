//! Host tests of the engine: the queue in front of the worker, and what the worker sends.

use clip_viewer::clip::{self, Options};
use clip_viewer::engine::{Action, Dispatcher, Job, Kind, Request, Response, work};
use clip_viewer::library::ClipId;
use clip_viewer::session::saved::{KeptText, Saved};

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

fn request(kind: Kind) -> Request {
    let options = Options { file_name: Some("a.md".to_owned()), ..Options::default() };
    Request { ticket: 7, kind, options, id: None, at_hand: Vec::new() }
}

#[test]
fn a_clip_that_nobody_wants_any_more_frees_the_worker_at_once() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1, Kind::Open), 0.0);
    queue.submit(job(2, Kind::Glance), 0.0);
    assert_eq!(queue.cancel(1, 5.0), [Action::Replace, Action::Drop(1), Action::Send(2)]);
    assert_eq!(queue.cancel(1, 6.0), [], "it is not there any more");
    queue.submit(job(3, Kind::Glance), 7.0);
    assert_eq!(queue.cancel(3, 8.0), [Action::Drop(3)]);
    assert_eq!(queue.finished(2, 9.0), []);
}

#[test]
fn an_opened_clip_comes_as_view_then_chunks_in_order_then_the_record_to_keep() {
    let text = "# One\n\nwords\n".repeat(4000);
    let sent = responses(&request(Kind::Open), &text);
    let (Response::Parsed { ticket: 7, view, id }, None) = &sent[0] else { panic!("{:?}", sent[0]) };
    assert_eq!(*id, ClipId::of(text.as_bytes()));
    assert!(view.chunks > 1, "a long clip comes in several chunks, not {}", view.chunks);
    for index in 0..view.chunks {
        assert_eq!(sent[index + 1].0, Response::Chunk { ticket: 7, index });
        assert!(sent[index + 1].1.as_ref().is_some_and(|html| html.contains("words")));
    }
    let (last, record) = sent.last().unwrap();
    assert_eq!(*last, Response::Done { ticket: 7, too_long: false });
    let kept = KeptText { file_name: "a.md".to_owned(), encoding: "UTF-8".to_owned(), text };
    assert!(KeptText::read(record.as_ref().unwrap()) == Ok(kept));
}

/// What makes a clip long enough for its beginning to come first.
fn long(part: &str) -> String {
    format!("---\ntitle: Long\n---\n\n{}", part.repeat(200_000 / part.len()))
}

#[test]
fn the_beginning_of_a_long_clip_comes_first_and_is_not_sent_twice() {
    let text = long("## Part\n\nSome words of it.\n\n- one\n- two\n\n");
    let sent = responses(&request(Kind::Open), &text);
    let (Response::Begun { view, .. }, None) = &sent[0] else { panic!("{:?}", sent[0]) };
    assert_eq!(view.metadata.first(clip::metadata::Key::Title), Some("Long"));
    assert!(view.outline.headings.is_empty(), "what is known of the outline is not all of it");
    assert_eq!(sent[1].0, Response::Chunk { ticket: 7, index: 0 });
    assert!(matches!(sent[2].0, Response::Parsed { .. }), "{:?}", sent[2].0);
    assert_eq!(sent[3].0, Response::Chunk { ticket: 7, index: 1 });
    let whole = clip::parse(text.as_bytes(), &Options::default());
    assert_eq!(sent[1].1.as_ref(), whole.body.chunks.first());
}

#[test]
fn a_beginning_that_the_rest_contradicts_is_sent_again() {
    // The number of a note is its place in the whole text.
    let text = format!("{}\n\n[1]: https://late.example/\n", long("A line with [a link][1] in it.\n\n"));
    let sent = responses(&request(Kind::Open), &text);
    let first: Vec<&str> = sent
        .iter()
        .filter(|(response, _)| *response == Response::Chunk { ticket: 7, index: 0 })
        .filter_map(|(_, html)| html.as_deref())
        .collect();
    assert_eq!(first.len(), 2);
    assert!(!first[0].contains("late.example") && first[1].contains("late.example"));
}

#[test]
fn a_beginning_is_never_cut_inside_of_code() {
    let text = format!("# A\n\n```\n{}\n```\n", "let x = 1;\n\n".repeat(20_000));
    assert!(!responses(&request(Kind::Open), &text).iter().any(|(r, _)| matches!(r, Response::Begun { .. })));
    let text = format!("# A\n\n```\n{}```\n\n{}", "let x = 1;\n\n".repeat(2000), "words\n\n".repeat(30_000));
    let beginning = clip::beginning::of(text.as_bytes()).unwrap();
    assert!(beginning.ends_with("```\n"), "{}", &beginning[beginning.len() - 40..]);
}

#[test]
fn a_clip_at_hand_is_only_named() {
    let text = "# One\n";
    let at_hand = vec![ClipId::of(text.as_bytes())];
    let sent = responses(&Request { at_hand, ..request(Kind::Open) }, text);
    assert_eq!(sent, [(Response::Known { ticket: 7, id: ClipId::of(text.as_bytes()) }, None)]);
}

#[test]
fn a_file_that_is_no_clip_is_refused_in_a_sentence() {
    let sent = responses(&request(Kind::Open), "%PDF-1.7 and so on");
    let [(Response::Refused { ticket: 7, why }, None)] = sent.as_slice() else { panic!("{sent:?}") };
    assert!(why.contains("a.md") && why.contains("a PDF"), "{why}");
}

#[test]
fn a_glance_sends_no_body_but_the_record() {
    let sent = responses(&request(Kind::Glance), "# One\n");
    assert!(sent.iter().all(|(response, _)| !matches!(response, Response::Chunk { .. })));
    assert_eq!(sent.len(), 2);
    assert!(sent[1].1.is_some());
}

#[test]
fn a_clip_that_was_kept_before_is_not_kept_again() {
    let id = Some(ClipId::of(b"its file"));
    let sent = responses(&Request { id, ..request(Kind::Open) }, "# One\n");
    assert_eq!(sent.last().unwrap(), &(Response::Done { ticket: 7, too_long: false }, None));
}
