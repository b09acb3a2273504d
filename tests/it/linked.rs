//! A linked folder: what of it is news, what takes the place of what, and what is written into it.

use clip_viewer::library::importing::{Importing, NewClip};
use clip_viewer::library::linked::{Linked, Stamp, stationed};
use clip_viewer::library::{ClipId, Entry, Triage};
use clip_viewer::session::saved::Saved;

/// Reads files again into a library; each with whether a clip came from its path before. Returns the
/// library, and how many clips were added, updated and here.
fn read_again(number: u64, library: &[Entry], files: &[(&str, &str, bool)]) -> (Vec<Entry>, [usize; 3]) {
    let mut importing = Importing::new(number, None, library.iter().cloned());
    let mut kept = library.to_vec();
    for (path, text, linked) in files {
        importing.linked = *linked;
        if let Some(NewClip { entry, .. }) = importing.clip(path, text.as_bytes(), None, None) {
            kept.retain(|known| known.id != entry.id);
            kept.push(entry);
        }
    }
    let summary = importing.summary;
    (kept, [summary.added.len(), summary.updated.len(), summary.here.len()])
}

fn hashes(library: &[Entry]) -> Vec<ClipId> {
    let mut hashes: Vec<_> = library.iter().map(|entry| entry.hash.clone()).collect();
    hashes.sort_unstable();
    hashes
}

#[track_caller]
fn has(library: &[Entry], texts: &[&str]) {
    let mut wanted: Vec<_> = texts.iter().map(|text| ClipId::of(text.as_bytes())).collect();
    wanted.sort_unstable();
    assert_eq!(hashes(library), wanted, "the library has exactly the texts {texts:?}");
}

#[test]
fn a_changed_file_brings_the_clip_of_its_path_up_to_date() {
    let (before, _) = read_again(1, &[], &[("wood/a.md", "# A\n\nOne.\n", false), ("wood/b.md", "# B\n", false)]);
    let (after, counts) = read_again(2, &before, &[("wood/a.md", "# A2\n\nTwo.\n", true)]);
    assert_eq!(counts, [0, 1, 0]);
    has(&after, &["# A2\n\nTwo.\n", "# B\n"]);
    let changed = after.iter().find(|entry| entry.path == "wood/a.md").unwrap();
    assert_eq!(changed.id, ClipId::of(b"# A\n\nOne.\n"), "it is who it was");
    assert_eq!((changed.title.as_str(), changed.added_ms, changed.import), ("A2", 1, 2));
}

#[test]
fn a_path_tells_nothing_of_files_that_no_linked_folder_has() {
    let (before, _) = read_again(1, &[], &[("wood/a.md", "# A\n\nOne.\n", false)]);
    let (after, counts) = read_again(2, &before, &[("wood/a.md", "# A2\n\nTwo.\n", false)]);
    assert_eq!(counts, [1, 0, 0]);
    has(&after, &["# A\n\nOne.\n", "# A2\n\nTwo.\n"]);
}

#[test]
fn files_that_change_their_names_lose_no_text() {
    let (one, two) = ("# A\n\nOne.\n", "# A\n\nTwo.\n");
    let (before, _) = read_again(1, &[], &[("wood/a.md", one, false)]);
    // The old text has another name now, and its old name has another text.
    for files in
        [[("wood/a.md", two, true), ("wood/z.md", one, false)], [("wood/z.md", one, false), ("wood/a.md", two, true)]]
    {
        let (after, _) = read_again(2, &before, &files);
        has(&after, &[one, two]);
    }
    let with_page = |text: &str| format!("---\nurl: https://a.example/page\n---\n{text}");
    let (one, two) = (with_page(one), with_page(two));
    let (before, _) = read_again(1, &[], &[("wood/a.md", &one, false)]);
    let (after, _) = read_again(2, &before, &[("wood/z.md", &two, false), ("wood/a.md", "# Else\n", true)]);
    has(&after, &[&two, "# Else\n"]);
}

#[test]
fn only_what_changed_is_news() {
    let stamp = Stamp { size_bytes: 3, modified_ms: 5 };
    let mut linked = Linked::new("wood");
    assert!(linked.is_news("wood/a/b.md", stamp));
    linked.files.insert("wood/a/b.md".to_owned(), stamp);
    assert!(!linked.is_news("wood/a/b.md", stamp));
    assert!(linked.is_news("wood/a/b.md", Stamp { modified_ms: 6, ..stamp }));
    assert!(linked.is_news("wood/a/b.md", Stamp { size_bytes: 4, ..stamp }));
    assert_eq!(linked.inside("wood/a/b.md"), Some("a/b.md"));
    for other in ["wood/c.md", "woods/a/b.md", "a/b.md", "wood", ""] {
        assert_eq!(linked.inside(other), None, "{other}");
    }
    linked.writes = true;
    assert_eq!(Linked::read(&linked.write().unwrap()).unwrap(), linked);
    assert!(Linked::read("").is_err());
}

#[track_caller]
fn check(file: &str, said: &str, station: Triage, expected: Option<&str>) {
    let edited = stationed(file.as_bytes(), said, station).unwrap();
    assert_eq!(edited.as_deref().map(String::from_utf8_lossy).as_deref(), expected, "{file:?} → {station:?}");
}

#[test]
fn a_station_is_one_line_of_the_file_and_nothing_else() {
    let file = "---\r\ntitle: 'A' # of it\r\nstatus: reading\r\ntags: [a]\r\n---\r\n\r\n# A \r\n";
    check(file, "reading", Triage::Archive, Some(&file.replace("reading", "archive")));
    check(file, "reading", Triage::Reading, None);
    check("---\nstate: 已读\n---\n", "已读", Triage::Done, None);
    check("# No front matter\n", "", Triage::Inbox, None);
    check("# None\n", "", Triage::Done, Some("---\nstatus: done\n---\n# None\n"));
    assert!(stationed(b"\xff\xfe#\0 \0A\0", "", Triage::Done).is_err());
}
