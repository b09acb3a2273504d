//! Host tests of the session: addresses, commands, places; and of what may come in.

use clip_viewer::library::intake::{self, Offered};
use clip_viewer::library::list::View;
use clip_viewer::library::{ClipId, Standing, Triage};
use clip_viewer::session::{
    ClipCommand, ClipState, Command, Landmark, Position, Route, Session, Theme, current_heading, place,
};

fn id(text: &str) -> ClipId {
    ClipId::of(text.as_bytes())
}

#[test]
fn an_address_names_a_place_and_back() {
    for route in [Route::Home, Route::Library, Route::Sample, Route::Clip(id("a"))] {
        assert_eq!(Route::parse(&route.query()), route);
    }
    assert_eq!(Route::parse("?open=../../etc"), Route::Home);
    assert_eq!(Route::parse("?utm_source=x&library"), Route::Library);
}

#[test]
fn the_same_bytes_are_the_same_clip() {
    assert_eq!(id("one"), id("one"));
    assert_ne!(id("one"), id("two"));
    assert_eq!(ClipId::parse(id("one").as_str()), Some(id("one")));
    assert_eq!(ClipId::parse("not an id"), None);
}

#[test]
fn themes_go_round() {
    let mut session = Session::default();
    let mut seen = Vec::new();
    for _ in Theme::ALL {
        seen.push(session.settings.theme);
        session.apply(Command::NextTheme);
    }
    assert_eq!(seen, Theme::ALL);
    assert_eq!(session.settings.theme, Theme::Auto);
}

#[test]
fn settings_out_of_bounds_are_brought_back() {
    let mut session = Session::default();
    let mut wild = session.settings.clone();
    wild.size_px = 255;
    wild.width_percent = 1;
    session.apply(Command::Set(wild));
    assert_eq!((session.settings.size_px, session.settings.width_percent), (30, 70));
}

#[test]
fn a_fold_is_undone_by_the_same_command() {
    let mut state = ClipState::default();
    state.apply(ClipCommand::ToggleFold("h-a".into()));
    assert!(state.folded.contains("h-a"));
    state.apply(ClipCommand::ToggleFold("h-a".into()));
    assert!(state.folded.is_empty());
}

#[test]
fn a_view_of_the_same_name_takes_the_place_of_the_old_one() {
    let view = |name: &str, query: &str| View { name: name.to_owned(), query: query.to_owned(), ..View::default() };
    let mut session = Session::default();
    for kept in [view("One", "a"), view("Two", "b"), view("One", "c")] {
        session.apply(Command::KeepView(kept));
    }
    assert_eq!(session.views, [view("Two", "b"), view("One", "c")]);
    session.apply(Command::ForgetView("Two".to_owned()));
    session.apply(Command::ForgetView("Nobody".to_owned()));
    assert_eq!(session.views, [view("One", "c")]);
}

#[test]
fn the_list_shows_what_the_state_of_a_clip_says() {
    let mut state = ClipState::default();
    assert_eq!(state.standing(), Standing::default());
    assert!(!state.standing().is_begun(), "never opened");
    state.apply(ClipCommand::Open(1000));
    state.apply(ClipCommand::Move(Position::default(), 0.5));
    state.apply(ClipCommand::Triage(Some(Triage::Done)));
    state.apply(ClipCommand::ReadIn("gbk".to_owned()));
    let expected = Standing { triage: Some(Triage::Done), progress: 0.5, opened_ms: 1000, highlights: 0 };
    assert_eq!((state.standing(), state.encoding.as_deref()), (expected, Some("gbk")));
    assert!(state.standing().is_begun());
    state.apply(ClipCommand::Move(Position::default(), f32::NAN));
    assert!(!state.standing().is_begun(), "at the beginning again");
    state.apply(ClipCommand::Move(Position::default(), 7.0));
    assert!((state.progress - 1.0).abs() < 1e-6 && !state.standing().is_begun(), "at the end");
}

#[test]
fn each_refused_file_gets_its_own_sentence() {
    let offered = |size, folder| Offered { name: "x.md", size, folder };
    let sentence = |o| intake::judge(&o).unwrap_err().to_string();
    assert!(sentence(offered(0, false)).contains("is empty"));
    assert!(sentence(offered(0, true)).contains("is a folder"));
    assert!(sentence(offered(60 * 1024 * 1024, false)).contains("60 MB"));
    assert!(intake::judge(&offered(10, false)).is_ok());
    let of_bytes = |bytes: &[u8]| intake::judge_bytes("x.md", bytes).unwrap_err().to_string();
    assert!(of_bytes(b"PK\x03\x04").contains("zip archive"));
    assert!(of_bytes(&[0, 1, 2, 3, 200, 0, 5, 1]).contains("binary"));
    assert!(of_bytes(b" \r\n\t").contains("is empty"));
}

#[test]
fn text_in_any_encoding_comes_in() {
    let utf16: Vec<u8> = "# Title\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let gbk = b"# \xd6\xd0\xce\xc4\n";
    for bytes in [&utf16[..], gbk, b"\xff\xfe#\0", "标题\n".as_bytes()] {
        assert_eq!(intake::judge_bytes("x.txt", bytes), Ok(()), "{bytes:?}");
    }
}

#[test]
fn what_is_not_laid_out_hides_nothing_that_is() {
    let mark = |top, bottom| Landmark { top, bottom };
    let marks = vec![mark(-300.0, -100.0), mark(0.0, 0.0), mark(-100.0, 200.0), mark(0.0, 0.0), mark(200.0, 400.0)];
    let marks = place::filled(marks);
    assert_eq!(place::first_below(&marks, 72.0), Some(2));
    assert_eq!(place::first_below(&marks, 250.0), Some(4));
    assert_eq!(place::first_below(&marks, -500.0), Some(0));
}

#[test]
fn the_lines_near_the_screen_are_counted() {
    let near = |top, bottom| place::lines_between(top, bottom, 1000.0, 100);
    assert_eq!(near(-500.0, 205.0), 0..21);
    assert_eq!(near(495.0, 600.0), 49..60);
    assert_eq!(near(2000.0, 3000.0), 100..100);
    assert_eq!(near(-900.0, -10.0), 0..0);
    assert_eq!(place::lines_between(0.0, 10.0, 0.0, 5), 0..0);
}

#[test]
fn the_current_heading_is_the_last_one_above_the_edge() {
    let tops = [-500.0, 20.0, 300.0, 900.0];
    assert_eq!(current_heading(&tops, 80.0, false, 800.0), Some(1));
    assert_eq!(current_heading(&tops, 10.0, false, 800.0), Some(0));
    assert_eq!(current_heading(&tops, -600.0, false, 800.0), None);
    assert_eq!(current_heading(&tops, 80.0, true, 800.0), Some(2), "at the end the last one in sight");
}

#[test]
fn a_position_says_how_much_of_the_paragraph_was_read() {
    let paragraph = Landmark { top: -50.0, bottom: 150.0 };
    assert!((paragraph.above(0.0) - 0.25).abs() < 1e-6);
    assert!(paragraph.above(-80.0).abs() < 1e-6);
    let flat = Landmark { top: 5.0, bottom: 5.0 };
    assert!(flat.above(100.0).abs() < 1e-6);
    let list = [Landmark { top: -9.0, bottom: 0.0 }, paragraph];
    assert_eq!(place::first_below(&list, 0.0), Some(1));
}

#[test]
fn progress_is_zero_at_the_start_and_one_at_the_end() {
    let text = |top| Landmark { top, bottom: top + 3000.0 };
    assert!(place::progress(text(100.0), 800.0).abs() < 1e-6);
    assert!((place::progress(text(-2200.0), 800.0) - 1.0).abs() < 1e-6);
    assert!((place::progress(text(-1100.0), 800.0) - 0.5).abs() < 1e-3);
    assert!((place::progress(Landmark { top: 0.0, bottom: 100.0 }, 800.0) - 1.0).abs() < 1e-6);
}
