//! Host tests of the stored forms: every version that was shipped is read, nothing else is.
//!
//! The fixtures are `tests/fixtures/saved`; how to add one stands in the README there.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use clip_viewer::clip::Beside;
use clip_viewer::clip::metadata::Key;
use clip_viewer::library::highlight::{Colour, Highlight, HighlightId, Highlights, Selectors};
use clip_viewer::library::list::{By, Filters, Sort, View};
use clip_viewer::library::{ClipId, Entry, Library, Row, Standing, Triage};
use clip_viewer::session::saved::{KeptText, Rejected, Saved};
use clip_viewer::session::{Alignment, ClipState, Consent, Font, Marking, Position, Session, Settings, Theme};
use proptest::prelude::*;

fn fixture(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/saved").join(name)).unwrap()
}

fn id(digits: &str) -> ClipId {
    ClipId::parse(digits).unwrap()
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A fixture is read as this value, and the value comes back from its own newest form.
#[track_caller]
fn check<T: Saved + PartialEq + std::fmt::Debug>(name: &str, expected: &T) {
    assert_eq!(T::read(&fixture(name)).as_ref(), Ok(expected), "{name}");
    assert_eq!(T::read(&expected.write().unwrap()).as_ref(), Ok(expected), "{name}, written anew");
}

/// As [`check`], and what is written is the fixture: a form that is written may not change.
#[track_caller]
fn check_newest<T: Saved + PartialEq + std::fmt::Debug>(name: &str, expected: &T) {
    check(name, expected);
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(json(&expected.write().unwrap()), json(&fixture(name)), "{name}: another form needs another version");
}

const NOTE: &str = "0123456789abcdef0123456789abcdef";

/// The entry of the fixtures.
fn note() -> Entry {
    Entry {
        id: id(NOTE),
        hash: id("fedcba9876543210fedcba9876543210"),
        path: "winter/note.md".to_owned(),
        import: 1_767_312_000_000,
        title: "A note".to_owned(),
        site: "Example".to_owned(),
        url: "https://example.org/note".to_owned(),
        authors: strings(&["Ada Voss", "Ben Holt"]),
        tags: strings(&["one", "two"]),
        language: "en".to_owned(),
        published: "2025-12-30".to_owned(),
        saved: "2026-01-02T09:30:00+01:00".to_owned(),
        status: "inbox".to_owned(),
        reading_minutes: 3,
        beside: None,
        problems: 1,
        size_bytes: 2048,
        added_ms: 1_767_312_000_000,
        removed_ms: 0,
    }
}

/// An entry of which nothing is known but who it is.
fn bare(id: ClipId) -> Entry {
    Entry {
        hash: id.clone(),
        id,
        path: String::new(),
        import: 0,
        title: String::new(),
        site: String::new(),
        url: String::new(),
        authors: Vec::new(),
        tags: Vec::new(),
        language: String::new(),
        published: String::new(),
        saved: String::new(),
        status: String::new(),
        reading_minutes: 0,
        beside: None,
        problems: 0,
        size_bytes: 0,
        added_ms: 0,
        removed_ms: 0,
    }
}

fn library(rows: impl IntoIterator<Item = Row>) -> Library {
    let mut library = Library::default();
    rows.into_iter().for_each(|row| library.put(row));
    library
}

#[test]
fn the_session_is_read_in_all_forms() {
    let settings = Settings { theme: Theme::Sepia, size_px: 21, ..Settings::default() };
    let session = Session { open: Some(id(NOTE)), settings, outline_hidden: true, ..Session::default() };
    check("session-v1.json", &session);
    let set = |values: &[&str]| strings(values).into_iter().collect::<BTreeSet<_>>();
    let view = View {
        name: "To read".to_owned(),
        query: "harbour -fog".to_owned(),
        filters: Filters {
            status: set(&["inbox", "reading"]),
            site: set(&["example.org"]),
            author: set(&["Ada Voss"]),
            tag: set(&["boats"]),
            year: set(&["2025"]),
            language: set(&["en"]),
            has_highlights: false,
            has_problems: true,
        },
        sort: Sort { by: By::Title, descending: false },
    };
    let settings = Settings {
        theme: Theme::Dark,
        font: Font::Sans,
        size_px: 22,
        line_height_percent: 110,
        width_percent: 90,
        paragraph_percent: 140,
        alignment: Alignment::Justify,
        cjk_indent: true,
        upright: true,
        pictures: Consent { always: false, hosts: set(&["pictures.example"]) },
        language: "zh-Hans".to_owned(),
    };
    let open = Some(id(NOTE));
    let views = vec![view];
    let marking = Marking { colour: Colour::Blue, template: Some("> {quote}".to_owned()) };
    let session = Session { open, settings, outline_hidden: false, metadata_hidden: true, views, marking };
    check_newest("session-v7.json", &session);
    let settings = Settings { upright: false, ..session.settings.clone() };
    let session = Session { settings, ..session };
    check("session-v6.json", &session);
    let settings = Settings { paragraph_percent: 100, ..session.settings.clone() };
    let session = Session { settings, ..session };
    check("session-v5.json", &session);
    let settings = Settings { language: String::new(), ..session.settings.clone() };
    let session = Session { settings, ..session };
    check("session-v4.json", &session);
    let session = Session { marking: Marking::default(), ..session };
    check("session-v3.json", &session);
    let settings = Settings { pictures: Consent::default(), ..session.settings.clone() };
    check("session-v2.json", &Session { settings, ..session });
}

#[test]
fn the_state_of_a_clip_is_read_in_both_forms() {
    let state = ClipState {
        position: Position { chunk: 1, child: 4, within: 0.5 },
        progress: 0.4,
        folded: BTreeSet::from(["h-one".to_owned()]),
        clutter_shown: true,
        ..ClipState::default()
    };
    check("clip-v1.json", &state);
    let state = ClipState {
        position: Position { chunk: 2, child: 5, within: 0.25 },
        progress: 0.75,
        folded: strings(&["h-one", "h-two"]).into_iter().collect(),
        headings_only: true,
        clutter_shown: false,
        remote_pictures: true,
        encoding: Some("gbk".to_owned()),
        triage: Some(Triage::Reading),
        opened_ms: 1_767_398_400_000,
        changed_ms: 1_767_398_460_000,
    };
    check_newest("clip-v2.json", &state);
}

#[test]
fn the_list_is_read_in_both_forms() {
    let recent = Entry {
        path: "note.md".to_owned(),
        import: 1_767_312_000_000,
        title: "A note".to_owned(),
        site: "example.org".to_owned(),
        saved: "2026-01-02".to_owned(),
        status: "inbox".to_owned(),
        tags: strings(&["one"]),
        reading_minutes: 3,
        added_ms: 1_767_312_000_000,
        ..bare(id(NOTE))
    };
    check("recent-v1.json", &library([Row { entry: Arc::new(recent), standing: Standing::default() }]));
    let plain = Entry {
        path: "plain.txt".to_owned(),
        import: 1_767_312_001_000,
        title: "plain".to_owned(),
        reading_minutes: 1,
        size_bytes: 12,
        added_ms: 1_767_312_001_000,
        ..bare(id("11112222333344445555666677778888"))
    };
    let standing = Standing { triage: Some(Triage::Done), progress: 0.5, opened_ms: 1_767_398_400_000, highlights: 0 };
    let rows =
        [Row { entry: Arc::new(note()), standing }, Row { entry: Arc::new(plain), standing: Standing::default() }];
    let read = Library::read(&fixture("library-v2.json")).unwrap();
    assert_eq!(read, library(rows.clone()));
    // What came in last stands first in the mirror, as a long list loses its end.
    let again = Library::read(&read.write().unwrap()).unwrap();
    assert_eq!(again, library(rows.into_iter().rev()));
}

#[test]
fn an_entry_and_an_old_text_are_read() {
    check_newest("entry-v1.json", &Entry { removed_ms: 1_767_400_000_000, ..note() });
    let text = KeptText {
        file_name: "note.md".to_owned(),
        encoding: "UTF-8".to_owned(),
        text: "# A note\n\nWords.\n".to_owned(),
    };
    check_newest("text-v1.json", &text);
}

#[test]
fn the_highlights_of_a_clip_are_read() {
    let one = |id: &str, exact: &str, prefix: &str, suffix: &str, start, end| Highlight {
        id: HighlightId::parse(id).unwrap(),
        place: Selectors { exact: exact.to_owned(), prefix: prefix.to_owned(), suffix: suffix.to_owned(), start, end },
        colour: Colour::Yellow,
        note: String::new(),
        created_ms: 1_767_398_400_000,
        changed_ms: 1_767_398_460_000,
        removed_ms: 0,
    };
    let before = ("since the pump came, but ", ". The pump was a gift, and gifts");
    let first = one("00f1e2d3c4b5a697", "the rope is changed every spring", before.0, before.1, 74, 101);
    let before = ("The pump was a gift, and ", ". A rope that is changed does no");
    let second = one("1122334455667788", "gifts break", before.0, before.1, 120, 130);
    let removed_ms = 1_767_398_500_000;
    let expected: Highlights = [
        Highlight { colour: Colour::Green, note: "Like ours.".to_owned(), ..first },
        Highlight { created_ms: 1_767_398_400_001, changed_ms: removed_ms, removed_ms, ..second },
    ]
    .into_iter()
    .collect();
    check_newest("highlights-v1.json", &expected);
    let bad = fixture("highlights-v1.json").replace("1122334455667788", "../x");
    assert!(matches!(Highlights::read(&bad), Err(Rejected::Damaged(_))), "an id stands in addresses");
}

#[test]
fn every_fixture_is_named_in_its_readme() {
    let readme = fixture("README.md");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/saved");
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".json"));
    assert!(names.len() >= 8, "none is ever taken away: {names:?}");
    for name in names {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

/// What becomes of a text as each of the records.
fn rejections(text: &str) -> [(&'static str, Option<Rejected>); 6] {
    [
        ("session", Session::read(text).err()),
        ("clip", ClipState::read(text).err()),
        ("library", Library::read(text).err()),
        ("entry", Entry::read(text).err()),
        ("text", KeptText::read(text).err()),
        ("highlights", Highlights::read(text).err()),
    ]
}

#[test]
fn garbage_is_rejected_with_a_reason() {
    let garbage = [
        "",
        "null",
        "{}",
        "[]",
        "\u{0}\u{1}",
        r#"{"version":1}"#,
        r#"{"version":1,"data":null}"#,
        r#"{"version":1,"data":"text"}"#,
        r#"{"version":1,"data":[7]}"#,
        r#"{"version":-1,"data":{}}"#,
        r#"{"version":"1","data":{}}"#,
        r#"{"version":0,"data":{}}"#,
        r#"{"version":1,"data":{},"more":1}"#,
    ];
    for text in garbage {
        for (record, rejected) in rejections(text) {
            assert!(
                matches!(&rejected, Some(Rejected::Damaged(why)) if !why.is_empty()),
                "{record}: {text:?}: {rejected:?}"
            );
        }
    }
}

#[test]
fn a_form_that_never_was_is_damaged() {
    let rejected = Session::read(&fixture("session-v7.json").replace("\"version\":7", "\"version\":0")).unwrap_err();
    assert_eq!(rejected.to_string(), "it is damaged (there never was a form 0)");
    // The old list is no mirror, and the mirror no old list.
    assert!(Library::read(&fixture("recent-v1.json").replace("\"version\":1", "\"version\":2")).is_err());
    assert!(Library::read(&fixture("library-v2.json").replace("\"version\":2", "\"version\":1")).is_err());
}

#[test]
fn a_newer_form_is_left_alone() {
    let newer = r#"{"version":9,"data":{"shape":"unknown"}}"#;
    for ((record, rejected), known) in rejections(newer).into_iter().zip([7, 2, 2, 1, 1, 1]) {
        assert_eq!(rejected, Some(Rejected::Newer { found: 9, known }), "{record}");
    }
    let sentence = Session::read(newer).unwrap_err().to_string();
    assert!(sentence.contains("newer version") && sentence.contains("form 9"), "{sentence}");
}

#[test]
fn a_record_that_was_cut_off_is_damaged_wherever_it_ends() {
    for name in [
        "session-v1",
        "session-v2",
        "session-v3",
        "session-v4",
        "session-v5",
        "session-v6",
        "session-v7",
        "highlights-v1",
        "clip-v1",
        "clip-v2",
        "recent-v1",
        "library-v2",
        "entry-v1",
        "text-v1",
    ] {
        let whole = fixture(&format!("{name}.json"));
        let whole = whole.trim_end();
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            for (record, rejected) in rejections(&whole[..end]) {
                assert!(matches!(rejected, Some(Rejected::Damaged(_))), "{name} as {record} up to {end}");
            }
        }
    }
}

#[test]
fn an_entry_that_says_not_who_it_is_is_damaged() {
    let without = |digits: &str| fixture("entry-v1.json").replace(NOTE, digits);
    assert!(matches!(Entry::read(&without("../../etc")), Err(Rejected::Damaged(_))));
    assert_eq!(
        Entry::read(r#"{"version":1,"data":{"title":"Who?"}}"#),
        Err(Rejected::Damaged("an entry has no id".to_owned()))
    );
    // One row that is damaged is no reason to guess what the others are: the mirror is made anew.
    assert!(Library::read(&fixture("library-v2.json").replace("11112222333344445555666677778888", "11")).is_err());
}

#[test]
fn a_mirror_of_a_long_list_has_what_came_in_last() {
    let entry = |n: u64| Entry { added_ms: n, ..bare(ClipId::of(&n.to_le_bytes())) };
    let rows = (0..3500).map(|n| Row { entry: Arc::new(entry(n)), standing: Standing::default() });
    let text = library(rows).write().unwrap();
    assert!(text.len() < 1_000_000, "{} bytes: localStorage holds five million", text.len());
    let mirror = Library::read(&text).unwrap();
    assert_eq!(mirror.len(), 3000);
    assert_eq!(mirror.rows().iter().map(|row| row.entry.added_ms).min(), Some(500));
}

fn any_id() -> impl Strategy<Value = ClipId> {
    any::<[u8; 8]>().prop_map(|bytes| ClipId::of(&bytes))
}

fn any_beside() -> impl Strategy<Value = Beside> {
    let key = prop::sample::select(vec![Key::Title, Key::SourceUrl, Key::Saved, Key::Tags]);
    let fields = prop::collection::vec((key, prop::collection::vec(".{0,6}", 1..3)), 1..4);
    (".{0,12}", fields).prop_map(|(file, fields)| Beside { file, fields })
}

prop_compose! {
    fn any_entry()(
        (id, hash, other) in (any_id(), any_id(), any::<bool>()),
        texts in prop::collection::vec(".{0,12}", 8),
        lists in prop::collection::vec(prop::collection::vec(".{0,6}", 0..3), 2),
        (import, added_ms, removed_ms) in (any::<u64>(), any::<u64>(), prop_oneof![Just(0), any::<u64>()]),
        (reading_minutes, problems, size_bytes) in any::<(u32, u32, u64)>(),
        beside in prop::option::of(any_beside()),
    ) -> Entry {
        let text = |at: usize| texts[at].clone();
        Entry {
            hash: if other { hash } else { id.clone() },
            id,
            path: text(0),
            import,
            title: text(1),
            site: text(2),
            url: text(3),
            authors: lists[0].clone(),
            tags: lists[1].clone(),
            language: text(4),
            published: text(5),
            saved: text(6),
            status: text(7),
            reading_minutes,
            beside,
            problems,
            size_bytes,
            added_ms,
            removed_ms,
        }
    }
}

fn any_triage() -> impl Strategy<Value = Option<Triage>> {
    prop::option::of(prop::sample::select(Triage::ALL.to_vec()))
}

/// A share that comes back from its decimal form as it was.
fn any_share() -> impl Strategy<Value = f32> {
    (0_u8..=100).prop_map(|n| f32::from(n) / 100.0)
}

prop_compose! {
    fn any_state()(
        (chunk, child, within, progress) in (any::<u32>(), any::<u32>(), any_share(), any_share()),
        folded in prop::collection::btree_set(".{0,8}", 0..4),
        flags in any::<[bool; 3]>(),
        encoding in prop::option::of("[a-z0-9-]{0,12}"),
        triage in any_triage(),
        (opened_ms, changed_ms) in any::<(u64, u64)>(),
    ) -> ClipState {
        let [headings_only, clutter_shown, remote_pictures] = flags;
        let position = Position { chunk, child, within };
        ClipState {
            position, progress, folded, headings_only, clutter_shown, remote_pictures, encoding, triage, opened_ms,
            changed_ms,
        }
    }
}

proptest! {
    #[test]
    fn any_stored_text_loads_or_is_rejected(text in ".*") {
        for (_, rejected) in rejections(&text) {
            prop_assert!(rejected.is_none_or(|why| !why.to_string().is_empty()));
        }
    }

    /// One letter of a good record changed: it is read or rejected, and what is read can be written.
    #[test]
    fn a_record_with_a_wrong_letter_loads_or_is_rejected(at in any::<prop::sample::Index>(), letter in "[ -~]") {
        for name in ["session-v7.json", "clip-v2.json", "library-v2.json", "entry-v1.json", "recent-v1.json"] {
            let mut text = fixture(name);
            let at = at.index(text.len());
            text.replace_range(at..=at, &letter);
            prop_assert!(Session::read(&text).is_ok_and(|read| read.write().is_ok()) || Session::read(&text).is_err());
            prop_assert!(ClipState::read(&text).is_ok_and(|read| read.write().is_ok()) || ClipState::read(&text).is_err());
            prop_assert!(Library::read(&text).is_ok_and(|read| read.write().is_ok()) || Library::read(&text).is_err());
            prop_assert!(Entry::read(&text).is_ok_and(|read| read.write().is_ok()) || Entry::read(&text).is_err());
        }
    }

    #[test]
    fn any_entry_is_read_back(entry in any_entry()) {
        prop_assert_eq!(Entry::read(&entry.write().unwrap()), Ok(entry));
    }

    #[test]
    fn any_state_is_read_back(state in any_state()) {
        prop_assert_eq!(ClipState::read(&state.write().unwrap()), Ok(state));
    }

    #[test]
    fn any_list_is_read_back(
        rows in prop::collection::vec((any_entry(), any_triage(), any_share(), any::<u64>()), 0..6)
    ) {
        let library = library(rows.into_iter().map(|(entry, triage, progress, opened_ms)| Row {
            entry: Arc::new(entry),
            standing: Standing { triage, progress, opened_ms, highlights: opened_ms as u32 % 3 },
        }));
        let read = Library::read(&library.write().unwrap()).unwrap();
        prop_assert_eq!(read.len(), library.len());
        for row in library.rows() {
            prop_assert_eq!(read.get(&row.entry.id), Some(row));
        }
    }

    #[test]
    fn any_session_is_read_back(
        (open, outline_hidden, metadata_hidden) in (prop::option::of(any_id()), any::<bool>(), any::<bool>()),
        names in prop::collection::vec((".{0,8}", ".{0,8}"), 0..3),
        (size_px, width_percent) in (14_u8..=30, 70_u16..=150),
    ) {
        let views = names.into_iter().map(|(name, query)| View { name, query, ..View::default() }).collect();
        let settings = Settings { size_px, width_percent, ..Settings::default() };
        let session = Session { open, settings, outline_hidden, metadata_hidden, views, marking: Marking::default() };
        prop_assert_eq!(Session::read(&session.write().unwrap()), Ok(session));
    }

    #[test]
    fn any_numbers_become_shares(
        (within, progress, version) in (any::<f64>(), any::<f64>(), 1..=2_u8)
    ) {
        let text = serde_json::json!({"version": version, "data": {
            "position": {"chunk": 1, "child": 1, "within": within}, "progress": progress,
            "folded": [], "headings_only": false, "clutter_shown": false, "remote_pictures": false,
        }}).to_string();
        if let Ok(state) = ClipState::read(&text) {
            prop_assert!((0.0..=1.0).contains(&state.progress));
            prop_assert!((0.0..=1.0).contains(&state.position.within));
        }
        let text = serde_json::json!({"version": 2, "data": [{"entry": {"id": NOTE}, "progress": progress}]});
        if let Ok(library) = Library::read(&text.to_string()) {
            prop_assert!((0.0..=1.0).contains(&library.rows()[0].standing.progress));
        }
    }
}
