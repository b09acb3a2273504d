//! The door to localStorage, on the browser's real one.

use clip_viewer::browser::storage;
use clip_viewer::clip::{Metadata, Stats};
use clip_viewer::library::{ClipId, Entry};
use clip_viewer::session::saved::KeptText;
use clip_viewer::session::{ClipCommand, ClipState, Command, Position};
use wasm_bindgen_test::wasm_bindgen_test;

fn raw() -> web_sys::Storage {
    #[expect(clippy::disallowed_methods, reason = "the test looks behind the door")]
    let storage = web_sys::window().unwrap().local_storage();
    storage.unwrap().unwrap()
}

fn entry(name: &str) -> Entry {
    Entry::new(ClipId::of(name.as_bytes()), name, &Metadata::default(), &Stats::default(), 1)
}

#[wasm_bindgen_test]
fn what_is_kept_comes_back() {
    raw().clear().unwrap();
    let id = ClipId::of(b"x");
    let mut state = ClipState::default();
    state.apply(ClipCommand::Move(Position { chunk: 1, child: 2, within: 0.5 }, 0.3));
    storage::save_clip(&id, &state).unwrap();
    assert_eq!(storage::load_clip(&id), (state, None));
    let text = KeptText { file_name: "x.md".into(), encoding: "UTF-8".into(), text: "# “标题”\n".into() };
    storage::save_text(&id, &text).unwrap();
    assert_eq!(storage::load_text(&id), (Some(text), None));
    storage::remove_clip(&id).unwrap();
    assert_eq!(storage::load_text(&id), (None, None));
}

#[wasm_bindgen_test]
fn garbage_gives_a_fresh_state_and_is_kept_aside() {
    raw().clear().unwrap();
    raw().set_item("clip-viewer/session", "{broken").unwrap();
    let (session, problem) = storage::load_session();
    assert_eq!(session.open, None);
    assert!(problem.unwrap().to_string().contains("put aside"));
    storage::change_session(|s| s.apply(Command::ToggleOutline)).unwrap();
    assert_eq!(raw().get_item("clip-viewer/rejected/session").unwrap().as_deref(), Some("{broken"));
    assert!(storage::load_session().0.outline_hidden);
}

#[wasm_bindgen_test]
fn a_list_changed_by_another_tab_is_not_overwritten() {
    raw().clear().unwrap();
    storage::change_recent(|recent| recent.add(entry("mine"))).1.unwrap();
    let theirs = raw().get_item("clip-viewer/recent").unwrap().unwrap().replace("mine", "theirs");
    raw().set_item("clip-viewer/recent", &theirs).unwrap();
    let (recent, kept) = storage::change_recent(|recent| recent.add(entry("more")));
    kept.unwrap();
    let names: Vec<String> = recent.entries.into_iter().map(|e| e.file_name).collect();
    assert_eq!(names, ["more", "theirs"]);
}

#[wasm_bindgen_test]
fn a_record_of_a_newer_version_is_never_touched() {
    raw().clear().unwrap();
    let id = ClipId::of(b"newer");
    let key = format!("clip-viewer/clip/{}", id.as_str());
    let newer = r#"{"version":7,"data":{"shape":"unknown"}}"#;
    raw().set_item(&key, newer).unwrap();
    assert!(storage::load_clip(&id).1.unwrap().to_string().contains("newer version"));
    assert!(storage::save_clip(&id, &ClipState::default()).is_err());
    assert_eq!(raw().get_item(&key).unwrap().as_deref(), Some(newer));
}

#[wasm_bindgen_test]
fn full_storage_says_so_and_keeps_what_is_there() {
    raw().clear().unwrap();
    let id = ClipId::of(b"full");
    storage::save_clip(&id, &ClipState::default()).unwrap();
    let huge = KeptText { file_name: "x".into(), encoding: "UTF-8".into(), text: "x".repeat(6_000_000) };
    assert_eq!(storage::save_text(&id, &huge), Err(storage::StorageError::Full));
    assert_eq!(storage::load_clip(&id), (ClipState::default(), None));
    raw().clear().unwrap();
}
