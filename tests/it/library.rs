//! Host tests of the library as a whole: its rows, and where a clip stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use clip_viewer::clip::{Metadata, Stats};
use clip_viewer::library::list::Listed;
use clip_viewer::library::{Arrival, ClipId, Entry, Library, Row, Standing, Triage};
use proptest::prelude::*;

fn id(name: &str) -> ClipId {
    ClipId::of(name.as_bytes())
}

fn entry(name: &str, path: &str) -> Entry {
    let arrival = Arrival { hash: id(name), path: path.to_owned(), import: 5, size_bytes: 3 };
    Entry::new(arrival, &Metadata::default(), &Stats::default(), 0)
}

fn standing(triage: Option<Triage>, progress: f32) -> Standing {
    Standing { triage, progress, opened_ms: 9, highlights: 0 }
}

#[test]
fn how_many_highlights_a_clip_has_is_known_apart_from_how_far_it_is_read() {
    let mut library = Library::default();
    library.put_entry(entry("a", "a.md"));
    library.mark(&id("a"), 3);
    library.stand(&id("a"), standing(Some(Triage::Done), 1.0));
    library.mark(&id("nobody"), 1);
    let row = library.get(&id("a")).unwrap();
    assert_eq!((row.standing.highlights, row.triage()), (3, Triage::Done));
    library.put_entry(entry("a", "newer/a.md"));
    assert_eq!(library.get(&id("a")).unwrap().standing.highlights, 3);
}

#[test]
fn a_clip_is_there_once_and_keeps_how_far_it_is_read() {
    let mut library = Library::default();
    assert!(library.is_empty() && library.get(&id("a")).is_none());
    let read = standing(Some(Triage::Reading), 0.5);
    library.put(Row { entry: Arc::new(entry("a", "a.md")), standing: read });
    library.put_entry(entry("b", "b.md"));
    library.put_entry(entry("a", "newer/a.md"));
    assert_eq!(library.len(), 2);
    let row = library.get(&id("a")).unwrap();
    assert_eq!((row.entry.path.as_str(), row.standing), ("newer/a.md", read));
    assert_eq!(library.get(&id("b")).unwrap().standing, Standing::default());
    library.put(Row { entry: Arc::new(entry("a", "a.md")), standing: Standing::default() });
    assert_eq!(library.get(&id("a")).unwrap().standing, Standing::default(), "a row says itself how far it is read");
    library.stand(&id("b"), read);
    library.stand(&id("nobody"), read);
    assert_eq!((library.len(), library.get(&id("b")).unwrap().standing), (2, read));
}

#[test]
fn what_happens_while_the_database_is_read_is_not_undone_by_what_was_read() {
    let read = standing(Some(Triage::Reading), 0.5);
    let done = standing(Some(Triage::Done), 1.0);
    let mut before = Library::default();
    ["a", "b", "c"].iter().for_each(|name| before.put_entry(entry(name, "mirror.md")));
    let mut after = before.clone();
    after.put_entry(entry("new", "new.md"));
    after.stand(&id("a"), done);
    after.remove(&id("b"));
    after.put_entry(entry("c", "later.md"));
    let mut from_database = Library::default();
    ["a", "b", "c", "old"].iter().for_each(|name| from_database.put_entry(entry(name, "database.md")));
    ["a", "c"].iter().for_each(|name| from_database.stand(&id(name), read));
    from_database.mark(&id("a"), 4);
    from_database.follow(&before, &after);
    let row = |name: &str| from_database.get(&id(name)).map(|row| (row.entry.path.as_str(), row.standing));
    assert_eq!(row("new"), Some(("new.md", Standing::default())), "it came in meanwhile");
    assert_eq!(row("a"), Some(("database.md", Standing { highlights: 4, ..done })), "it was read meanwhile");
    assert_eq!(row("b"), None, "it was removed meanwhile");
    assert_eq!(row("c"), Some(("later.md", read)), "a newer file of it came meanwhile");
    assert_eq!(row("old"), Some(("database.md", Standing::default())), "nothing happened to it");
}

#[test]
fn a_clip_that_came_back_stands_where_it_did_not_before() {
    let mut library = Library::default();
    library.put(Row { entry: Arc::new(entry("a", "a.md")), standing: standing(None, 0.5) });
    let removed = library.remove(&id("a")).unwrap();
    assert_eq!((library.remove(&id("a")), library.len()), (None, 0));
    library.put_entry(entry("a", "a.md"));
    assert_eq!(library.get(&id("a")).unwrap().standing, Standing::default());
    library.put(removed.clone());
    assert_eq!(library.get(&id("a")), Some(&removed));
}

/// What may happen to a library; clips are named by small numbers, so that they meet.
#[derive(Debug, Clone, Copy)]
enum Change {
    Put(u8, u8),
    PutEntry(u8, u8),
    Stand(u8, u8),
    Remove(u8),
}

fn any_change() -> impl Strategy<Value = Change> {
    let (name, value) = (0..12_u8, any::<u8>());
    prop_oneof![
        (name.clone(), value).prop_map(|(name, value)| Change::Put(name, value)),
        (name.clone(), value).prop_map(|(name, value)| Change::PutEntry(name, value)),
        (name.clone(), value).prop_map(|(name, value)| Change::Stand(name, value)),
        name.prop_map(Change::Remove),
    ]
}

proptest! {
    #[test]
    fn a_library_is_a_map_whatever_happens(changes in prop::collection::vec(any_change(), 0..60)) {
        let mut library = Library::default();
        let mut model: BTreeMap<ClipId, (String, Standing)> = BTreeMap::new();
        let make = |name: u8, value: u8| entry(&name.to_string(), &format!("{value}.md"));
        let share = |value: u8| standing(None, f32::from(value) / 255.0);
        for change in changes {
            match change {
                Change::Put(name, value) => {
                    let entry = make(name, value);
                    model.insert(entry.id.clone(), (entry.path.clone(), share(value)));
                    library.put(Row { entry: Arc::new(entry), standing: share(value) });
                }
                Change::PutEntry(name, value) => {
                    let entry = make(name, value);
                    model.entry(entry.id.clone()).or_default().0.clone_from(&entry.path);
                    library.put_entry(entry);
                }
                Change::Stand(name, value) => {
                    let id = id(&name.to_string());
                    if let Some((_, standing)) = model.get_mut(&id) {
                        *standing = share(value);
                    }
                    library.stand(&id, share(value));
                }
                Change::Remove(name) => {
                    let id = id(&name.to_string());
                    let removed = library.remove(&id).map(|row| (row.entry.path.clone(), row.standing));
                    prop_assert_eq!(removed, model.remove(&id));
                }
            }
            prop_assert_eq!((library.len(), library.is_empty()), (model.len(), model.is_empty()));
            for (id, (path, standing)) in &model {
                let row = library.get(id);
                prop_assert_eq!(row.map(|row| (&row.entry.id, &row.entry.path, row.standing)), Some((id, path, *standing)));
            }
            let mut ids: Vec<&ClipId> = library.rows().iter().map(|row| &row.entry.id).collect();
            ids.sort_unstable();
            prop_assert_eq!(ids, model.keys().collect::<Vec<_>>());
        }
    }

    #[test]
    fn any_status_is_some_station(status in ".{0,20}") {
        prop_assert!(Triage::ALL.contains(&Triage::of_status(&status)));
    }
}

/// The words of a file's status mean this station, in any case and with space around.
#[track_caller]
fn check(expected: Triage, words: &[&str]) {
    for word in words {
        for written in [(*word).to_owned(), word.to_uppercase(), format!("  {word}\n")] {
            assert_eq!(Triage::of_status(&written), expected, "{written:?}");
        }
    }
}

#[test]
fn the_words_of_clippers_mean_stations() {
    check(Triage::Inbox, &["", "inbox", "unread", "new", "todo", "no", "false", "未读", "something else", "readable"]);
    check(Triage::Reading, &["reading", "in progress", "in-progress", "doing", "started", "later", "shortlist"]);
    check(Triage::Reading, &["阅读中", "在读"]);
    check(Triage::Done, &["done", "read", "completed", "complete", "finished", "yes", "true"]);
    check(Triage::Done, &["已读", "已阅读", "完成"]);
    check(Triage::Archive, &["archive", "archived", "归档", "已归档", "存档"]);
}

#[test]
fn a_station_is_known_by_its_name() {
    for triage in Triage::ALL {
        assert_eq!(Triage::named(triage.name()), Some(triage));
        assert_eq!(Triage::of_status(triage.name()), triage, "what is written into a file is read back");
        assert_eq!(serde_json::to_string(&triage).unwrap(), format!("\"{}\"", triage.name()));
    }
    assert_eq!(Triage::ALL.map(Triage::name), ["inbox", "reading", "done", "archive"]);
    assert_eq!((Triage::named("Inbox"), Triage::named("")), (None, None));
}

#[test]
fn stations_follow_one_another_to_the_last() {
    for pair in Triage::ALL.windows(2) {
        assert_eq!(pair[0].next(), pair[1]);
        assert!(pair[0] < pair[1]);
    }
    assert_eq!(Triage::Archive.next(), Triage::Archive);
    assert_eq!(Triage::default(), Triage::Inbox);
}

#[test]
fn the_reader_s_word_counts_for_more_than_the_file_s() {
    let row = |status: &str, triage| {
        let entry = Entry { status: status.to_owned(), ..entry("a", "a.md") };
        Row { entry: Arc::new(entry), standing: standing(triage, 0.0) }
    };
    assert_eq!(row("Completed", None).triage(), Triage::Done);
    assert_eq!(row("Completed", Some(Triage::Inbox)).triage(), Triage::Inbox);
    assert_eq!(row("Completed", None).status(), "done", "the list has one word for it");
}

#[test]
fn a_clip_is_begun_between_its_beginning_and_its_end() {
    let begun = |progress, opened_ms| Standing { opened_ms, ..standing(None, progress) }.is_begun();
    assert!(begun(0.5, 1) && begun(0.96, 1));
    assert!(!begun(0.0, 1) && !begun(0.98, 1) && !begun(1.0, 1), "at one of the ends");
    assert!(!begun(0.5, 0), "never opened");
}

#[test]
fn an_entry_tells_its_host_and_where_its_file_lies() {
    let at = |url: &str| Entry { url: url.to_owned(), ..entry("a", "a.md") };
    let host = |url: &str| at(url).host().to_owned();
    assert_eq!(host("https://www.example.org/a?b#c"), "example.org");
    assert_eq!(host("https://example.org:8443/a"), "example.org");
    assert_eq!((host("https://example.org?b"), host("")), ("example.org".to_owned(), String::new()));
    let lies = |path: &str| {
        let entry = entry("a", path);
        (entry.folder().to_owned(), entry.file_name().to_owned())
    };
    assert_eq!(lies("a.md"), (String::new(), "a.md".to_owned()));
    assert_eq!(lies("x/y/a.md"), ("x/y".to_owned(), "a.md".to_owned()));
    assert_eq!(lies("x/Trip.textbundle/text.md"), ("x/Trip.textbundle".to_owned(), "Trip.textbundle".to_owned()));
    assert_eq!(lies("x/Trip.textbundle/other.md").1, "other.md");
    assert_eq!(lies("x/Trip/text.md").1, "text.md");
}
