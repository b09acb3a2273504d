//! Host tests of the engine: the queue in front of the worker, and what the worker sends.

use clip_viewer::clip::{self, Options};
use clip_viewer::engine::errand::{At, Errand, Offer, Report};
use clip_viewer::engine::{Action, Dispatcher, Job, Request, Response, dispatch, work};
use clip_viewer::library::ClipId;
use clip_viewer::library::importing::Summary;
use proptest::prelude::*;

fn job(ticket: u32) -> Job {
    Job { ticket, name: format!("{ticket}.md"), size: 1000 }
}

#[test]
fn a_newer_clip_takes_the_place_of_every_older_one() {
    let mut queue = Dispatcher::default();
    assert_eq!(queue.submit(job(1), 0.0), [Action::Send(1)]);
    assert_eq!(queue.submit(job(2), 1.0), []);
    assert_eq!(queue.submit(job(3), 2.0), [Action::Drop(2)]);
    assert!(!queue.wants(1), "answers to the first clip are stale");
    assert_eq!(queue.finished(1, 10.0), [Action::Send(3)]);
    assert!(queue.wants(3));
}

#[test]
fn a_superseded_clip_keeps_the_worker_for_a_moment_only() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1), 0.0);
    queue.submit(job(2), 100.0);
    assert_eq!(queue.tick(200.0), []);
    assert_eq!(queue.tick(400.0), [Action::Replace, Action::Drop(1), Action::Send(2)]);
}

#[test]
fn a_clip_that_takes_too_long_is_named() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1), 0.0);
    let late = queue.deadline_ms().unwrap() + 1.0;
    assert_eq!(queue.tick(late), [Action::Replace, Action::TooLong(job(1))]);
    assert_eq!(queue.deadline_ms(), None);
}

#[test]
fn a_crash_names_its_clip_and_the_queue_goes_on() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1), 0.0);
    assert_eq!(queue.crashed(5.0), [Action::Replace, Action::Crashed(job(1))]);
    assert_eq!(queue.submit(job(2), 6.0), [Action::Send(2)]);
}

#[test]
fn a_crash_over_a_clip_that_nobody_waits_for_is_no_news() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1), 0.0);
    queue.submit(job(2), 1.0);
    assert_eq!(queue.crashed(5.0), [Action::Replace, Action::Drop(1), Action::Send(2)]);
    assert!(queue.wants(2));
}

#[test]
fn a_worker_that_dies_idle_is_replaced_without_a_word() {
    let mut queue = Dispatcher::default();
    assert_eq!(queue.crashed(5.0), [Action::Replace]);
    assert_eq!((queue.deadline_ms(), queue.tick(1e9)), (None, vec![]));
}

#[test]
fn a_longer_clip_may_take_longer() {
    let deadline = |size| {
        let mut queue = Dispatcher::default();
        queue.submit(Job { size, ..job(1) }, 0.0);
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

fn request() -> Request {
    let options = Options { file_name: Some("a.md".to_owned()), ..Options::default() };
    Request { ticket: 7, options, kept: None, at_hand: Vec::new() }
}

#[test]
fn a_clip_that_nobody_wants_any_more_frees_the_worker_at_once() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1), 0.0);
    queue.submit(job(2), 0.0);
    assert_eq!(queue.cancel(1, 5.0), [Action::Replace, Action::Drop(1), Action::Send(2)]);
    assert_eq!(queue.cancel(1, 6.0), [], "it is not there any more");
    queue.submit(job(3), 7.0);
    assert_eq!(queue.cancel(3, 8.0), [Action::Drop(3)]);
    assert_eq!(queue.finished(2, 9.0), []);
}

#[test]
fn what_is_heard_late_of_another_clip_changes_nothing() {
    let mut queue = Dispatcher::default();
    queue.submit(job(1), 0.0);
    queue.submit(job(2), 1.0);
    assert_eq!(queue.finished(9, 2.0), []);
    assert_eq!(queue.cancel(9, 3.0), []);
    assert_eq!(queue.finished(1, 4.0), [Action::Send(2)]);
    assert_eq!(queue.finished(1, 5.0), [], "said twice");
    assert!(queue.wants(2));
    assert!((queue.deadline_ms().unwrap() - (4.0 + dispatch::limit_ms(1000))).abs() < 1e-6);
}

/// What may happen to a queue.
#[derive(Debug, Clone, Copy)]
enum Event {
    Submit,
    Finish,
    Cancel(u32),
    Wait,
    Crash,
}

proptest! {
    /// Every job is sent at most once and ends in exactly one way; one runs, and the newest comes last.
    #[test]
    fn every_job_ends_once_whatever_happens(
        events in prop::collection::vec(
            prop_oneof![
                3 => Just(Event::Submit),
                2 => Just(Event::Finish),
                1 => (0..3_u32).prop_map(Event::Cancel),
                1 => Just(Event::Wait),
                1 => Just(Event::Crash),
            ],
            1..40,
        )
    ) {
        let mut queue = Dispatcher::default();
        let (mut now_ms, mut newest) = (0.0, 0_u32);
        let (mut sent, mut ended, mut running) = (Vec::new(), Vec::new(), None);
        for event in events {
            now_ms += 1.0;
            let actions = match event {
                Event::Submit => {
                    newest += 1;
                    queue.submit(job(newest), now_ms)
                }
                Event::Finish => match running.take() {
                    Some(ticket) => {
                        ended.push(ticket);
                        queue.finished(ticket, now_ms)
                    }
                    None => Vec::new(),
                },
                Event::Cancel(before) => queue.cancel(newest.saturating_sub(before), now_ms),
                Event::Wait => {
                    now_ms += 20_000.0;
                    queue.tick(now_ms)
                }
                Event::Crash => queue.crashed(now_ms),
            };
            for action in actions {
                match action {
                    Action::Send(ticket) => {
                        prop_assert_eq!(running, None, "one is read at a time");
                        running = Some(ticket);
                        sent.push(ticket);
                    }
                    Action::Replace => {}
                    Action::Drop(ticket) => {
                        running = running.filter(|running| *running != ticket);
                        ended.push(ticket);
                    }
                    Action::TooLong(job) | Action::Crashed(job) => {
                        prop_assert_eq!(running.take(), Some(job.ticket));
                        ended.push(job.ticket);
                    }
                }
            }
            prop_assert_eq!(queue.deadline_ms().is_some(), running.is_some());
            for ticket in 1..newest {
                prop_assert!(!queue.wants(ticket), "{} is not the newest", ticket);
            }
        }
        prop_assert!(sent.is_sorted_by(|a, b| a < b), "{:?}", sent);
        let all = ended.len();
        ended.sort_unstable();
        ended.dedup();
        prop_assert_eq!(ended.len(), all, "each ends once");
        // One may run, and one may wait.
        prop_assert!(all + 2 >= newest as usize, "{} of {}", all, newest);
    }
}

#[test]
fn an_opened_clip_comes_as_view_then_chunks_in_order_then_its_end() {
    let text = "# One\n\nwords\n".repeat(2000);
    let sent = responses(&request(), &text);
    let (Response::Parsed { ticket: 7, id, .. }, None) = &sent[0] else { panic!("{:?}", sent[0]) };
    assert_eq!(*id, ClipId::of(text.as_bytes()));
    let body = clip::parse(text.as_bytes(), &Options::default()).body;
    assert!(body.chunks.len() > 1, "a long clip comes in several chunks, not {}", body.chunks.len());
    assert_eq!(sent.len(), body.chunks.len() + 2);
    let mut before = 0.0;
    for (at, (chunk, sent)) in body.chunks.iter().zip(&sent[1..]).enumerate() {
        let (Response::Chunk { ticket: 7, index, share }, Some(html)) = sent else { panic!("{sent:?}") };
        assert_eq!((*index, html), (at, chunk));
        assert!(*share > before && *share <= 1.0, "there is more with each: {before}, {share}");
        before = *share;
    }
    assert!(before > 0.999, "the last one has all: {before}");
    // The page holds on to a short text until it is kept; one that is kept already it need not.
    let Some((Response::Done { ticket: 7, body_bytes, diagnostics }, held)) = sent.last() else {
        panic!("{:?}", sent.last())
    };
    assert_eq!(*body_bytes, body.chunks.concat().len());
    assert_eq!(*diagnostics, []);
    assert_eq!(*held, Some(text.clone()));
    let kept = Request { kept: Some(ClipId::of(text.as_bytes())), ..request() };
    for (request, text) in [(kept, text), (request(), "word ".repeat(40_000))] {
        let sent = responses(&request, &text);
        assert!(matches!(sent.last(), Some((Response::Done { ticket: 7, .. }, None))), "{:?}", sent.last());
    }
    let lasts: Vec<bool> = sent.iter().map(|(response, _)| response.is_last()).collect();
    assert_eq!(lasts.iter().position(|last| *last), Some(sent.len() - 1));
}

/// What makes a clip long enough for its beginning to come first.
fn long(part: &str) -> String {
    format!("---\ntitle: Long\n---\n\n{}", part.repeat(200_000 / part.len()))
}

/// Which chunk that is, if it is one.
fn chunk(response: &Response) -> Option<usize> {
    if let Response::Chunk { ticket: 7, index, .. } = response { Some(*index) } else { None }
}

#[test]
fn what_making_the_body_finds_wrong_comes_with_the_end() {
    let text = format!("---\ntitle: A\ntags: [a\n---\n\n# A\n\n{}deep\n", "> ".repeat(200));
    let whole = clip::parse(text.as_bytes(), &Options::default()).diagnostics;
    let sent = responses(&request(), &text);
    let (Response::Parsed { view, .. }, _) = &sent[0] else { panic!("{:?}", sent[0]) };
    let codes = |all: &[clip::Diagnostic]| all.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
    assert!(!codes(&view.diagnostics).is_empty() && !codes(&view.diagnostics).contains(&"too-deep".to_owned()));
    let Some((Response::Done { diagnostics, .. }, _)) = sent.last() else { panic!("{:?}", sent.last()) };
    assert!(codes(diagnostics).contains(&"too-deep".to_owned()), "{:?}", codes(diagnostics));
    assert_eq!(*diagnostics, whole);
}

#[test]
fn the_beginning_of_a_long_clip_comes_first_and_is_not_sent_twice() {
    let text = long("## Part\n\nSome words of it.\n\n- one\n- two\n\n");
    let sent = responses(&request(), &text);
    let (Response::Begun { view, .. }, None) = &sent[0] else { panic!("{:?}", sent[0]) };
    assert_eq!(view.metadata.first(clip::metadata::Key::Title), Some("Long"));
    assert!(view.outline.headings.is_empty(), "what is known of the outline is not all of it");
    assert_eq!(chunk(&sent[1].0), Some(0));
    assert!(matches!(sent[2].0, Response::Parsed { .. }), "{:?}", sent[2].0);
    assert_eq!(chunk(&sent[3].0), Some(1));
    let whole = clip::parse(text.as_bytes(), &Options::default());
    assert_eq!(sent[1].1.as_ref(), whole.body.chunks.first());
}

#[test]
fn a_beginning_that_the_rest_contradicts_is_sent_again() {
    // The number of a note is its place in the whole text.
    let text = format!("{}\n\n[1]: https://late.example/\n", long("A line with [a link][1] in it.\n\n"));
    let sent = responses(&request(), &text);
    let first: Vec<&str> = sent
        .iter()
        .filter(|(response, _)| chunk(response) == Some(0))
        .filter_map(|(_, html)| html.as_deref())
        .collect();
    assert_eq!(first.len(), 2);
    assert!(!first[0].contains("late.example") && first[1].contains("late.example"));
}

#[test]
fn a_beginning_is_never_cut_inside_of_code() {
    let text = format!("# A\n\n```\n{}\n```\n", "let x = 1;\n\n".repeat(20_000));
    assert!(!responses(&request(), &text).iter().any(|(r, _)| matches!(r, Response::Begun { .. })));
    let text = format!("# A\n\n```\n{}```\n\n{}", "let x = 1;\n\n".repeat(2000), "words\n\n".repeat(30_000));
    let beginning = clip::beginning::of(text.as_bytes()).unwrap();
    assert!(beginning.ends_with("```\n"), "{}", &beginning[beginning.len() - 40..]);
}

#[test]
fn a_clip_at_hand_is_only_named() {
    let text = "# One\n";
    let at_hand = vec![ClipId::of(text.as_bytes())];
    let sent = responses(&Request { at_hand, ..request() }, text);
    assert_eq!(sent, [(Response::Known { ticket: 7, id: ClipId::of(text.as_bytes()) }, None)]);
}

#[test]
fn a_file_that_is_no_clip_is_refused_in_a_sentence() {
    let sent = responses(&request(), "%PDF-1.7 and so on");
    let [(Response::Refused { ticket: 7, why }, None)] = sent.as_slice() else { panic!("{sent:?}") };
    assert!(why.contains("a.md") && why.contains("a PDF"), "{why}");
}

#[test]
fn a_clip_that_is_kept_says_who_it_is_itself() {
    // A newer version of the page took the place of the bytes that name it.
    let kept = Some(ClipId::of(b"its first file"));
    let sent = responses(&Request { kept: kept.clone(), ..request() }, "# One\n");
    let Response::Parsed { id, .. } = &sent[0].0 else { panic!("{:?}", sent[0]) };
    assert_eq!(Some(id), kept.as_ref());
    let at_hand = Vec::from_iter(kept.clone());
    let sent = responses(&Request { kept: kept.clone(), at_hand, ..request() }, "# One\n");
    assert_eq!(sent, [(Response::Known { ticket: 7, id: kept.clone().unwrap() }, None)]);
    // It was judged when it came in.
    let sent = responses(&Request { kept, ..request() }, "%PDF-1.7 as the first words of a text");
    assert!(matches!(sent[0].0, Response::Parsed { .. }), "{:?}", sent[0]);
}

#[test]
fn messages_read_back_as_they_were_said() {
    let import = Errand::Import {
        import: 5,
        near: Some(ClipId::of(b"near")),
        files: vec![Offer { path: "a/b.md".to_owned(), size: 3, id: None, linked: false, edited: None }],
        from: At { file: 1, entry: 2 },
        left_out: vec![At { file: 0, entry: 4 }],
    };
    for errand in [import, Errand::Stop, Errand::Find { ticket: 2, words: "“a” b".to_owned() }] {
        let said = serde_json::to_string(&errand).unwrap();
        assert_eq!(serde_json::from_str::<Errand>(&said).unwrap(), errand, "{said}");
    }
    let mut came = Summary { added: vec![ClipId::of(b"x")], pictures: 2, ..Summary::default() };
    came.skip("a.pdf", "It is a PDF.");
    let entries = vec!["{}".to_owned()];
    let came_in = Report::CameIn {
        highlights: vec![ClipId::of(b"marked")],
        entries,
        offers: vec![None, Some(3)],
        states: Vec::new(),
        views: Vec::new(),
        kept: true,
        came,
        next: At::default(),
    };
    let found = Report::Found { ticket: 1, clips: vec![ClipId::of(b"y")] };
    let quoted = Report::Quoted { ticket: 1, snippets: vec![(ClipId::of(b"y"), vec![("a".to_owned(), true)])] };
    for report in [came_in, found, quoted] {
        let said = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&said).unwrap(), report, "{said}");
    }
    for (response, _) in responses(&request(), &long("## Part\n\nSome words of it.\n\n")) {
        let said = serde_json::to_string(&response).unwrap();
        assert_eq!(serde_json::from_str::<Response>(&said).unwrap(), response);
    }
}

#[test]
fn items_of_an_import_are_in_the_order_in_which_they_come_in() {
    let at = |file, entry| At { file, entry };
    assert!([at(0, 0), at(0, 9), at(1, 0), at(1, 1)].is_sorted_by(|a, b| a < b));
}
