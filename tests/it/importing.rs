//! Host tests of an import: what is new, what is here, what takes another's place, and the summary.

use clip_viewer::library::importing::{Importing, MOST_TOLD, NewClip, Skipped, Summary};
use clip_viewer::library::path::{Sorted, sort};
use clip_viewer::library::{ClipId, ContentId, Entry, MediaType, asset};

const FIRST: u64 = 1000;
const SECOND: u64 = 2000;
const THIRD: u64 = 3000;

/// The text of a saved page.
fn page(url: &str, words: &str) -> String {
    format!("---\ntitle: The harbour\nurl: {url}\n---\n\n{words}\n")
}

const URL: &str = "https://example.org/harbour?utm_source=feed";

fn id(text: &str) -> ClipId {
    ClipId::of(text.as_bytes())
}

/// Takes files into a library that has these clips; returns what it has afterwards, and the summary.
fn import(number: u64, library: &[Entry], files: &[(&str, &str)]) -> (Vec<Entry>, Summary) {
    let mut importing = Importing::new(number, None, library.iter().cloned());
    let mut kept: Vec<Entry> = library.to_vec();
    for (path, text) in files {
        if let Some(NewClip { entry, replaces, .. }) = importing.clip(path, text.as_bytes(), None, None) {
            let before = kept.iter().position(|known| known.id == entry.id);
            assert_eq!(before.is_some(), replaces, "{path}: no clip is overwritten without a word");
            match before {
                Some(at) => kept[at] = entry,
                None => kept.push(entry),
            }
        }
    }
    (kept, importing.summary)
}

/// The numbers of a summary: added, updated, here, skipped.
fn numbers(summary: &Summary) -> [usize; 4] {
    let Summary { added, updated, here, skipped, .. } = summary;
    [added.len(), updated.len(), here.len(), skipped.len()]
}

/// The hashes of the texts that a library has, sorted.
fn texts(library: &[Entry]) -> Vec<ClipId> {
    let mut texts: Vec<ClipId> = library.iter().map(|entry| entry.hash.clone()).collect();
    texts.sort_unstable();
    texts
}

fn sorted(texts: &[&str]) -> Vec<ClipId> {
    let mut ids: Vec<ClipId> = texts.iter().map(|text| id(text)).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_clip_that_is_new_is_known_by_what_is_in_it() {
    let text = page(URL, "Words **in bold** of it.\n\n[a link](https://example.org)");
    let mut importing = Importing::new(FIRST, None, std::iter::empty());
    let new = importing.clip("winter/a.md", text.as_bytes(), None, None).unwrap();
    assert!(!new.replaces);
    assert_eq!(new.words, "Words in bold of it.\na link\n");
    let entry = new.entry;
    assert_eq!((&entry.id, &entry.hash), (&id(&text), &id(&text)));
    assert_eq!((entry.path.as_str(), entry.import, entry.added_ms), ("winter/a.md", FIRST, FIRST));
    assert_eq!(
        (entry.title.as_str(), entry.url.as_str(), entry.host()),
        ("The harbour", "https://example.org/harbour", "example.org")
    );
    assert_eq!((entry.size_bytes, entry.removed_ms), (text.len() as u64, 0));
    assert_eq!(importing.summary, Summary { added: vec![id(&text)], ..Summary::default() });
}

#[test]
fn the_same_bytes_are_here_already() {
    let text = page(URL, "Words.");
    let (library, first) = import(FIRST, &[], &[("a.md", &text), ("copy of a.md", &text)]);
    assert_eq!((numbers(&first), library.len()), ([1, 0, 1, 0], 1));
    let (library, second) = import(SECOND, &library, &[("other/a.md", &text)]);
    assert_eq!((numbers(&second), library.len()), ([0, 0, 1, 0], 1));
    assert_eq!((second.here, library[0].import), (vec![id(&text)], FIRST), "it is not touched");
}

#[test]
fn a_newer_saving_of_a_page_takes_the_place_of_the_older_one() {
    let (old, new) = (page(URL, "As it was."), page("https://example.org/harbour/#top", "As it is."));
    let (library, _) = import(FIRST, &[], &[("a.md", &old)]);
    let (library, summary) = import(SECOND, &library, &[("b.md", &new)]);
    assert_eq!((numbers(&summary), summary.updated), ([0, 1, 0, 0], vec![id(&old)]));
    let [entry] = library.as_slice() else { panic!("{library:?}") };
    assert_eq!((&entry.id, &entry.hash), (&id(&old), &id(&new)));
    assert_eq!((entry.added_ms, entry.import, entry.path.as_str()), (FIRST, SECOND, "b.md"));
    // And once more, though neither the bytes nor the path name it any more.
    let newest = page(URL, "As it will be.");
    let (library, summary) = import(THIRD, &library, &[("c.md", &newest), ("d.md", &newest)]);
    assert_eq!((numbers(&summary), summary.here), ([0, 1, 1, 0], vec![id(&old)]));
    assert_eq!((&library[0].id, &library[0].hash, library[0].added_ms), (&id(&old), &id(&newest), FIRST));
}

#[test]
fn two_files_of_one_import_both_come_in() {
    let (one, two) = (page(URL, "One."), page(URL, "Two."));
    let (library, summary) = import(FIRST, &[], &[("a.md", &one), ("b.md", &two)]);
    assert_eq!((numbers(&summary), texts(&library)), ([2, 0, 0, 0], sorted(&[&one, &two])));
    // Of those that come later, the first takes the place of one that is here, and the other is new.
    let (three, four) = (page(URL, "Three."), page(URL, "Four."));
    let (library, summary) = import(SECOND, &library, &[("a.md", &three), ("c.md", &four)]);
    assert_eq!((numbers(&summary), &summary.updated), ([0, 2, 0, 0], &vec![id(&one), id(&two)]));
    assert_eq!(texts(&library), sorted(&[&three, &four]));
}

#[test]
fn an_older_text_that_comes_beside_a_newer_one_takes_nothing_s_place() {
    let versions = ["One.", "Two.", "Three."].map(|words| page(URL, words));
    let [one, two, three] = &versions;
    let (library, _) = import(FIRST, &[], &[("a.md", one)]);
    let (library, _) = import(SECOND, &library, &[("a.md", two)]);
    // The clip has the name of the first bytes still, when those come back beside a third text.
    let (library, summary) = import(THIRD, &library, &[("a.md", three), ("old/a.md", one)]);
    assert_eq!(texts(&library), sorted(&[three, one]));
    assert_eq!(numbers(&summary), [1, 1, 0, 0]);
    assert_ne!(summary.added, summary.updated, "undoing the import takes out the added one alone");
    let added = library.iter().find(|entry| entry.hash == id(one)).unwrap();
    assert_eq!(summary.added, std::slice::from_ref(&added.id));
    // Both are known again by their bytes.
    let (_, again) = import(THIRD + 1, &library, &[("x.md", one), ("y.md", three)]);
    assert_eq!(numbers(&again), [0, 0, 2, 0]);
}

#[test]
fn pages_without_an_address_are_told_apart_by_their_bytes() {
    let (library, _) = import(FIRST, &[], &[("a.md", "# One\n")]);
    let (library, summary) = import(SECOND, &library, &[("a.md", "# One, changed\n")]);
    assert_eq!((numbers(&summary), library.len()), ([1, 0, 0, 0], 2));
    // The address of a whole site tells nothing either, but for the same path.
    let (one, two) = (page("https://example.org/", "One."), page("https://example.org/", "Two."));
    let (library, _) = import(FIRST, &[], &[("a.md", &one)]);
    assert_eq!(numbers(&import(SECOND, &library, &[("b.md", &two)]).1), [1, 0, 0, 0]);
    assert_eq!(numbers(&import(SECOND, &library, &[("a.md", &two)]).1), [0, 1, 0, 0]);
}

#[test]
fn a_text_that_was_kept_under_another_name_keeps_it() {
    let named = id("the bytes before they were decoded");
    let mut importing = Importing::new(FIRST, None, std::iter::empty());
    let new = importing.clip("a.md", b"# Words\n", Some(named.clone()), None).unwrap();
    assert_eq!((new.entry.id, new.entry.hash), (named.clone(), named.clone()));
    assert!(importing.clip("a.md", b"# Words\n", Some(named.clone()), None).is_none());
    assert_eq!(importing.summary.here, [named]);
}

/// One file that does not come in: its sentence names it and has these words.
#[track_caller]
fn check_skipped(summary: &Summary, path: &str, words: &str) {
    let [Skipped { path: skipped, why }] = summary.skipped.as_slice() else { panic!("{summary:?}") };
    assert_eq!((skipped.as_str(), summary.skipped_count), (path, 1));
    let name = path.rsplit('/').next().unwrap();
    assert!(why.contains(&format!("“{name}”")) && why.contains(words) && why.ends_with('.'), "{why}");
    assert_eq!(numbers(summary), [0, 0, 0, 1]);
}

#[test]
fn what_is_no_text_does_not_come_in_and_is_told() {
    for (bytes, words) in [
        (&b"%PDF-1.7"[..], "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (&[1, 2, 3, 0, 0, 0], "a binary file"),
        (b"", "is empty"),
        (b" \n\t", "is empty"),
    ] {
        let mut importing = Importing::new(FIRST, None, std::iter::empty());
        assert!(importing.clip("x/a.md", bytes, None, None).is_none());
        check_skipped(&importing.summary, "x/a.md", words);
    }
}

const GIF: &[u8] = b"GIF89a\x02\x00\x03\x00\x00\x00\x00;";

#[test]
fn a_picture_comes_in_with_what_it_is() {
    let near = Some(id("open"));
    let mut importing = Importing::new(FIRST, near.clone(), std::iter::empty());
    // What its bytes say counts, not its name.
    let asset = importing.picture("assets/a.png", GIF).unwrap();
    assert_eq!((asset.id, asset.path.as_str()), (ContentId::of(GIF), "assets/a.png"));
    assert_eq!((asset.import, asset.near, asset.size_bytes), (FIRST, near, GIF.len() as u64));
    assert_eq!(asset.media.kind, MediaType::Gif);
    assert_eq!(importing.summary.pictures, 1);
    assert!(importing.picture("assets/a.png", GIF).is_none(), "it came in just now");
    assert_eq!(importing.summary.pictures, 1, "and is one picture");
    assert!(importing.picture("b/a.png", GIF).is_some(), "the same picture in another place");
    assert_eq!(importing.summary.pictures, 2);
}

#[test]
fn a_picture_that_is_none_is_told_whatever_its_name_says() {
    for (bytes, words) in [(&b"<!doctype html><p>Not found"[..], "is no picture"), (b"", "is empty")] {
        let mut importing = Importing::new(FIRST, None, std::iter::empty());
        assert!(importing.picture("assets/a.png", bytes).is_none());
        check_skipped(&importing.summary, "assets/a.png", words);
        assert_eq!(importing.summary.pictures, 0);
    }
}

/// The title that a clip without one of its own has at a path.
fn title_at(path: &str) -> String {
    let mut importing = Importing::new(FIRST, None, std::iter::empty());
    importing
        .clip(path, "Words that go on for a while, and end with a full stop.\n".as_bytes(), None, None)
        .unwrap()
        .entry
        .title
}

#[test]
fn a_clip_without_a_title_is_called_what_its_file_is_called() {
    assert_eq!(title_at("winter/The ferry.md"), "The ferry");
    assert_eq!(title_at("notes.txt"), "notes");
    assert_eq!(title_at("text.md"), "text");
}

#[test]
fn a_textbundle_without_a_title_is_called_what_the_bundle_is_called() {
    assert_eq!(title_at("notes/A day out.textbundle/text.md"), "A day out");
    assert_eq!(title_at("A day out.textbundle/text.markdown"), "A day out");
    assert_eq!(title_at("A day out.textbundle/assets/other.md"), "other", "not every file in it is its text");
    let mut importing = Importing::new(FIRST, None, std::iter::empty());
    let new = importing.clip("A day out.textbundle/text.md", b"# Its own title\n\nWords.\n", None, None).unwrap();
    assert_eq!(new.entry.title, "Its own title");
}

/// What MaoXian writes into a folder for each clip: the text, an empty file for its title, pictures.
#[test]
fn a_folder_of_maoxian_comes_in_as_one_clip_with_its_pictures() {
    let folder = "mx/2024-03-01-1709280000";
    let text = page(URL, "Words.\n\n![quay](assets/1709280000-0cc175b9c0f1b6a831c399e269772661.gif)");
    let picture = format!("{folder}/assets/1709280000-0cc175b9c0f1b6a831c399e269772661.gif");
    let path = format!("{folder}/index.md");
    assert_eq!(sort(&path, text.len() as u64), Sorted::Clip);
    assert_eq!(sort(&picture, GIF.len() as u64), Sorted::Picture);
    assert_eq!(sort(&format!("{folder}/index.json"), 20), Sorted::Sidecar);
    assert!(matches!(sort(&format!("{folder}/a-title_The harbour"), 0), Sorted::Junk(_)));

    let mut importing = Importing::new(FIRST, None, std::iter::empty());
    let entry = importing.clip(&path, text.as_bytes(), None, None).unwrap().entry;
    let asset = importing.picture(&picture, GIF).unwrap();
    assert_eq!((entry.title.as_str(), entry.folder()), ("The harbour", folder));
    let reference = "assets/1709280000-0cc175b9c0f1b6a831c399e269772661.gif";
    assert!(asset::keys(reference).iter().any(|key| asset::asset_keys(&asset.path).contains(key)));
    let place = asset::Place { id: &entry.id, folder: entry.folder(), import: entry.import };
    assert_eq!(asset::choose(reference, &place, std::slice::from_ref(&asset)), Some(&asset));

    // Each clip's file has the same name; saved again it stands in another folder.
    let again = page(URL, "Words, and more of them.");
    let (_, summary) = import(SECOND, &[entry], &[("mx/2024-04-02-1712040000/index.md", &again)]);
    assert_eq!(numbers(&summary), [0, 1, 0, 0]);
}

#[test]
fn parts_of_a_summary_add_up() {
    let part = |name: &str, skipped: u32| {
        let mut part = Summary {
            added: vec![id(&format!("{name} added"))],
            updated: vec![id(&format!("{name} updated"))],
            here: vec![id(&format!("{name} here"))],
            pictures: 3,
            passed_over: 2,
            stopped: name == "last",
            ..Summary::default()
        };
        (0..skipped).for_each(|n| part.skip(&format!("{name} {n}"), "It is none."));
        part
    };
    let mut whole = Summary::default();
    whole.add(part("first", 150));
    assert!(!whole.stopped);
    whole.add(part("last", 120));
    whole.add(part("later", 0));
    assert_eq!(whole.added, ["first added", "last added", "later added"].map(id));
    assert_eq!(whole.updated, ["first updated", "last updated", "later updated"].map(id));
    assert_eq!(whole.here, ["first here", "last here", "later here"].map(id));
    assert_eq!((whole.pictures, whole.passed_over, whole.stopped), (9, 6, true));
    assert_eq!((whole.skipped.len(), whole.skipped_count), (MOST_TOLD, 270), "no more are told than can be read");
    assert_eq!(whole.skipped[149].path, "first 149");
    assert_eq!(whole.skipped[150].path, "last 0");
}

#[test]
fn no_more_reasons_are_told_than_can_be_read() {
    let mut summary = Summary::default();
    for n in 0..MOST_TOLD + 5 {
        summary.skip(&n.to_string(), "It is none.");
    }
    assert_eq!((summary.skipped.len(), summary.skipped_count as usize), (MOST_TOLD, MOST_TOLD + 5));
    assert_eq!(summary.skipped.last().unwrap().path, (MOST_TOLD - 1).to_string());
}

#[test]
fn what_could_not_be_kept_is_taken_back() {
    let (_, mut summary) = import(FIRST, &[], &[("a.md", "# One\n"), ("b.md", "# One\n"), ("c.md", " ")]);
    summary.pictures = 4;
    summary.take_back();
    assert_eq!((numbers(&summary), summary.pictures, summary.skipped_count), ([0, 0, 1, 1], 0, 1));
}

#[test]
fn an_edited_text_takes_the_place_of_its_clip_and_of_no_other() {
    let (one, two) = ("---\ntitle: One\n---\nText\n", "---\ntitle: Two\n---\nText\n");
    let mut first = Importing::new(1, None, std::iter::empty());
    let before = first.clip("wood/a.md", one.as_bytes(), None, None).unwrap().entry;
    // Its bytes are those of another clip by now, which stays.
    let other = first.clip("b.md", two.as_bytes(), None, None).unwrap().entry;
    let mut second = Importing::new(2, None, [before.clone(), other.clone()].into_iter());
    second.edited = Some(before.clone());
    let new = second.clip("wood/a.md", two.as_bytes(), None, None).unwrap();
    assert_eq!((&new.entry.id, new.entry.title.as_str()), (&before.id, "Two"));
    assert_eq!((new.entry.import, new.entry.added_ms), (1, 1), "its pictures are those that came with it");
    assert_eq!(new.entry.hash, other.hash);
    assert!(!new.replaces, "the import before it can still be undone");
    assert_eq!(second.summary.updated, [before.id]);
    assert!(second.edited.is_none(), "what comes next is another file");
}
