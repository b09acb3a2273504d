//! The door to localStorage, on the browser's real one.

use clip_viewer::browser::storage;
use clip_viewer::clip::{Metadata, Stats};
use clip_viewer::library::{Arrival, ClipId, Entry, Library};
use clip_viewer::session::saved::{KeptText, Saved};
use clip_viewer::session::{ClipCommand, ClipState, Command, Position};
use wasm_bindgen_test::wasm_bindgen_test;

fn raw() -> web_sys::Storage {
    #[expect(clippy::disallowed_methods, reason = "the test looks behind the door")]
    let storage = web_sys::window().unwrap().local_storage();
    storage.unwrap().unwrap()
}

fn entry(name: &str) -> Entry {
    let arrival = Arrival { hash: ClipId::of(name.as_bytes()), path: name.to_owned(), import: 1, size_bytes: 3 };
    Entry::new(arrival, &Metadata::default(), &Stats::default(), 0)
}

#[wasm_bindgen_test]
fn what_is_kept_comes_back() {
    raw().clear().unwrap();
    let id = ClipId::of(b"x");
    let mut state = ClipState::default();
    state.apply(ClipCommand::Move(Position { chunk: 1, child: 2, within: 0.5 }, 0.3));
    storage::save_clip(&id, &state).unwrap();
    assert_eq!(storage::load_clip(&id), (state, None));
    storage::remove_clip(&id).unwrap();
    assert_eq!(storage::load_clip(&id), (ClipState::default(), None));
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
fn the_list_is_mirrored() {
    raw().clear().unwrap();
    assert_eq!(storage::load_library(), (Library::default(), None));
    let mut library = Library::default();
    library.put_entry(entry("one"));
    storage::save_library(&library).unwrap();
    assert_eq!(storage::load_library(), (library, None));
}

#[wasm_bindgen_test]
fn the_list_of_the_first_version_is_taken_over() {
    raw().clear().unwrap();
    raw().set_item("clip-viewer/recent", include_str!("../fixtures/saved/recent-v1.json")).unwrap();
    let (library, problem) = storage::load_library();
    assert_eq!((library.rows()[0].entry.title.as_str(), library.len(), problem), ("A note", 1, None));
    storage::save_library(&library).unwrap();
    assert_eq!(storage::load_library(), (library, None));
}

#[wasm_bindgen_test]
fn texts_of_the_first_version_are_found_until_they_are_moved() {
    raw().clear().unwrap();
    let id = ClipId::of(b"old");
    let text = KeptText { file_name: "x.md".into(), encoding: "UTF-8".into(), text: "# “标题”\n".into() };
    raw().set_item(&format!("clip-viewer/text/{}", id.as_str()), &text.write().unwrap()).unwrap();
    raw().set_item("clip-viewer/text/of nobody", "x").unwrap();
    storage::save_clip(&id, &ClipState::default()).unwrap();
    assert_eq!(storage::held_texts(), [(id.clone(), text)]);
    storage::let_go_of_text(&id).unwrap();
    assert_eq!(storage::held_texts(), []);
    assert_eq!(raw().get_item("clip-viewer/text/of nobody").unwrap().as_deref(), Some("x"));
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
    let encoding = Some("x".repeat(6_000_000));
    let huge = ClipState { encoding, ..ClipState::default() };
    assert_eq!(storage::save_clip(&id, &huge), Err(storage::StorageError::Full));
    assert_eq!(storage::load_clip(&id), (ClipState::default(), None));
    raw().clear().unwrap();
}
