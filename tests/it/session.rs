//! Host tests of session and library: addresses, stored forms, places, intake.

use clip_viewer::clip::{Metadata, Stats};
use clip_viewer::library::intake::{self, Offered};
use clip_viewer::library::{ClipId, Entry, Recent};
use clip_viewer::session::saved::{KeptText, Rejected, Saved};
use clip_viewer::session::{
    ClipCommand, ClipState, Command, Landmark, Position, Route, Session, Theme, current_heading, place,
};
use proptest::prelude::*;

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
fn what_is_written_is_read_back() {
    let session = Session { open: Some(id("x")), outline_hidden: true, ..Session::default() };
    assert_eq!(Session::read(&session.write().unwrap()).unwrap(), session);
    let state = ClipState {
        position: Position { chunk: 2, child: 3, within: 0.25 },
        clutter_shown: true,
        ..ClipState::default()
    };
    assert_eq!(ClipState::read(&state.write().unwrap()).unwrap(), state);
    let text = KeptText { file_name: "a.md".into(), encoding: "UTF-8".into(), text: "# \u{0}“é”\n".into() };
    assert_eq!(KeptText::read(&text.write().unwrap()).unwrap(), text);
}

#[test]
fn a_newer_form_is_left_alone() {
    let newer = r#"{"version":9,"data":{}}"#;
    assert!(matches!(Session::read(newer), Err(Rejected::Newer { found: 9, known: 1 })));
}

#[test]
fn garbage_is_rejected_with_a_reason() {
    for garbage in ["", "null", "{}", "{\"version\":1}", "{\"version\":1,\"data\":[]}", "\u{0}\u{1}"] {
        assert!(matches!(Session::read(garbage), Err(Rejected::Damaged(_))), "{garbage:?}");
    }
}

#[test]
fn every_version_that_was_shipped_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/saved");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert!(Session::read(&read("session-v1.json")).unwrap().outline_hidden);
    assert!(ClipState::read(&read("clip-v1.json")).unwrap().clutter_shown);
    assert_eq!(Recent::read(&read("recent-v1.json")).unwrap().entries.len(), 1);
    assert_eq!(KeptText::read(&read("text-v1.json")).unwrap().file_name, "note.md");
}

proptest! {
    #[test]
    fn any_stored_text_loads_or_is_rejected(text in ".*") {
        let _ = Session::read(&text).map(|s| s.write().unwrap());
        let _ = ClipState::read(&text);
        let _ = Recent::read(&text);
    }

    #[test]
    fn any_numbers_in_a_clip_s_state_become_shares(within in any::<f64>(), progress in any::<f64>()) {
        let text = serde_json::json!({"version": 1, "data": {
            "position": {"chunk": 1, "child": 1, "within": within}, "progress": progress,
            "folded": [], "headings_only": false, "clutter_shown": false, "remote_pictures": false,
        }}).to_string();
        if let Ok(state) = ClipState::read(&text) {
            prop_assert!((0.0..=1.0).contains(&state.progress));
            prop_assert!((0.0..=1.0).contains(&state.position.within));
        }
    }
}

fn entry(name: &str, added_ms: u64) -> Entry {
    Entry::new(id(name), name, &Metadata::default(), &Stats::default(), added_ms)
}

fn names(recent: &Recent) -> Vec<&str> {
    recent.entries.iter().map(|e| e.file_name.as_str()).collect()
}

#[test]
fn the_clip_added_last_comes_first_and_only_once() {
    let mut recent = Recent::default();
    for (name, at) in [("a", 1), ("b", 2), ("a", 3)] {
        recent.add(entry(name, at));
    }
    assert_eq!(names(&recent), ["a", "b"]);
}

#[test]
fn a_clip_that_is_opened_again_keeps_its_place_in_the_list() {
    let mut recent = Recent::default();
    for (name, at) in [("a", 1), ("b", 2), ("a", 3)] {
        recent.renew(entry(name, at));
    }
    assert_eq!(names(&recent), ["b", "a"]);
}

#[test]
fn two_tabs_lists_become_one() {
    let (mut mine, mut theirs) = (Recent::default(), Recent::default());
    mine.add(entry("a", 1));
    mine.add(entry("b", 4));
    theirs.add(entry("a", 5));
    theirs.add(entry("c", 2));
    mine.merge(theirs);
    assert_eq!(names(&mine), ["a", "b", "c"]);
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
