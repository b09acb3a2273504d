//! Host tests of what is hosted beside the app: addresses, hostile paths, pictures, the index.

use clip_viewer::clip::{self, Options};
use clip_viewer::library::hosted::{HostedPath, NotFetched, NotHosted};
use clip_viewer::library::published::{BadIndex, Published};
use clip_viewer::library::{Arrival, ClipId, Entry};
use clip_viewer::session::Route;
use proptest::prelude::*;

/// An address names that path, is written in one form, and that form is read as the same path.
#[track_caller]
fn check(value: &str, path: &str) {
    for (name, make) in [("clip", Route::Hosted as fn(HostedPath) -> Route), ("library", Route::Published)] {
        let route = Route::parse(&format!("?utm_source=x&{name}={value}"));
        assert_eq!(route, make(HostedPath::relative("", path).unwrap()), "{name}={value}");
        assert_eq!(Route::parse(&route.query()), route, "{name}={value}");
    }
}

/// An address is refused, with a sentence that fits that pattern.
#[track_caller]
fn refused(value: &str, is_it: fn(&NotHosted) -> bool) {
    match Route::parse(&format!("?clip={value}")) {
        Route::Astray(why) => {
            assert!(is_it(&why), "{value}: {why:?}");
            assert!(why.to_string().ends_with('.'), "{why}");
        }
        other => panic!("{value} was taken: {other:?}"),
    }
}

#[test]
fn a_relative_path_is_a_hosted_clip() {
    check("a.md", "a.md");
    check("clips/a%20b.md", "clips/a b.md");
    check("clips%2Fa.md", "clips/a.md");
    check("./clips/./a.md", "clips/a.md");
    check("clips/x/../a.md", "clips/a.md");
    check("%E6%BD%AE.md", "潮.md");
    check("潮.md", "潮.md");
    check("c++.md", "c++.md");
    check("100%.md", "100%.md");
    check("a%3Fb%23c%26d%3De.md", "a?b#c&d=e.md");
    check("clips/Note: one.md", "clips/Note: one.md");
}

#[test]
fn a_path_is_decoded_once() {
    check("%252e%252e/x.md", "%2e%2e/x.md");
    let path = HostedPath::parse("%252e%252e/x.md").unwrap();
    assert_eq!(path.address(), "./%252e%252e/x.md");
}

#[test]
fn what_leads_elsewhere_is_refused() {
    let elsewhere = |why: &NotHosted| matches!(why, NotHosted::Elsewhere(_));
    for value in [
        "//evil.example/x.md",
        "/x.md",
        "%2F%2Fevil.example/x.md",
        "https://evil.example/x.md",
        "https:evil.example/x.md",
        "HTTPS%3A//evil.example/x.md",
        "javascript:alert(1)",
        "javascript%3Aalert(1)",
        "data:text/markdown,x",
        "blob:x",
        "C:/x.md",
        "\\\\evil.example\\x.md",
        "%5C%5Cevil.example%5Cx.md",
        "..\\x.md",
        "clips//x.md",
        "./%2Fevil.example/x.md",
    ] {
        refused(value, elsewhere);
    }
}

#[test]
fn what_climbs_is_refused() {
    let outside = |why: &NotHosted| matches!(why, NotHosted::Outside(_));
    for value in ["../x.md", "%2e%2e/x.md", "%2E%2E%2Fx.md", "clips/../../x.md", "./../x.md", ".."] {
        refused(value, outside);
    }
}

#[test]
fn what_is_no_path_is_refused() {
    let malformed = |why: &NotHosted| matches!(why, NotHosted::Malformed(_));
    for value in ["a%00.md", "a%0A.md", "%FF%FE.md", "java%09script:x", &"x".repeat(2000)] {
        refused(value, malformed);
    }
    refused("", |why| *why == NotHosted::Empty);
    refused(".", |why| *why == NotHosted::Empty);
}

#[test]
fn a_bare_library_is_the_own_one() {
    assert_eq!(Route::parse("?library"), Route::Library);
    assert_eq!(Route::parse("?library="), Route::Library);
}

proptest! {
    /// Whatever an address says, what is fetched stays below the app.
    #[test]
    fn no_address_leaves_the_app(value in r"([a-z.%/\\:#?& ]|%2e|%2f|%5c|\.\./|潮){0,24}") {
        if let Ok(path) = HostedPath::parse(&value) {
            let address = path.address();
            let rest = address.strip_prefix("./").unwrap();
            prop_assert!(!rest.is_empty() && !rest.starts_with('/'), "{}", address);
            prop_assert!(rest.split('/').all(|part| !matches!(part, "" | "." | "..")), "{}", address);
            prop_assert!(rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{}", address);
            prop_assert_eq!(HostedPath::parse(&path.encoded()), Ok(path));
        }
    }
}

/// The picture that the clip at `clips/sea/tide.md` means by a reference.
#[track_caller]
fn check_picture(reference: &str, found: Option<&str>) {
    let clip = HostedPath::parse("clips/sea/tide.md").unwrap();
    assert_eq!(clip.picture(reference).as_ref().map(HostedPath::as_str), found, "{reference}");
}

#[test]
fn pictures_stand_beside_their_clip() {
    check_picture("a.png", Some("clips/sea/a.png"));
    check_picture("assets/one%20two.png", Some("clips/sea/assets/one two.png"));
    check_picture("assets/one two.png", Some("clips/sea/assets/one two.png"));
    check_picture(".\\assets\\a.png", Some("clips/sea/assets/a.png"));
    check_picture("../a.jpg?raw=1#x", Some("clips/a.jpg"));
    for hostile in [
        "../../../a.png",
        "//evil.example/a.png",
        "/a.png",
        "https://evil.example/a.png",
        "file:///a.png",
        "secret",
        "x.md",
        "",
    ] {
        check_picture(hostile, None);
    }
}

fn entry(path: &str, text: &str) -> Entry {
    let options = Options { file_name: Some(path.to_owned()), ..Options::default() };
    let clip = clip::parse(text.as_bytes(), &options);
    let hash = ClipId::of(text.as_bytes());
    let arrival = Arrival { hash, path: path.to_owned(), import: 0, size_bytes: text.len() as u64 };
    Entry::new(arrival, &clip.metadata, &clip.stats, 0)
}

fn at(path: &str) -> HostedPath {
    HostedPath::parse(path).unwrap()
}

const TIDE: &str = "---\ntitle: Reading the tide\nauthor: Mara Voss\ntags: [sea]\nsource: https://harbour.example/tide\npublished: 2021-03-04\n---\n\nWater comes and goes.\n";

#[test]
fn an_index_lists_its_clips_from_its_own_folder() {
    let entries = [
        entry("tide.md", TIDE),
        entry("more/gulls & co.md", "# Gulls\n\nThey cry.\n"),
        entry("Notes: a.md", "Short.\n"),
    ];
    let text = Published::write("The harbour", &entries).unwrap();
    let library = Published::read(&at("clips/index.json"), &text).unwrap();
    assert_eq!((library.title.as_str(), library.left_out), ("The harbour", 0));
    let paths: Vec<&str> = library.clips.iter().map(|clip| clip.path.as_str()).collect();
    assert_eq!(paths, ["clips/tide.md", "clips/more/gulls & co.md", "clips/Notes: a.md"]);
    let tide = &library.clips[0].row.entry;
    assert_eq!((&tide.title, &tide.authors, &tide.tags), (&entries[0].title, &entries[0].authors, &entries[0].tags));
    assert_eq!((&tide.hash, tide.size_bytes, &tide.url), (&entries[0].hash, entries[0].size_bytes, &entries[0].url));
    assert_eq!((tide.reading_minutes, &tide.published), (entries[0].reading_minutes, &entries[0].published));
}

/// The titles that words find.
#[track_caller]
fn check_found(words: &str, titles: &[&str]) {
    let entries = [entry("tide.md", TIDE), entry("gulls.md", "# Gulls\n\nThey cry.\n")];
    let text = Published::write("", &entries).unwrap();
    let library = Published::read(&at("index.json"), &text).unwrap();
    let found: Vec<String> = library.find(words).iter().map(|clip| clip.row.entry.title.clone()).collect();
    assert_eq!(found, titles, "{words}");
}

#[test]
fn titles_and_metadata_are_searched() {
    check_found("", &["Reading the tide", "Gulls"]);
    check_found("tide", &["Reading the tide"]);
    check_found("voss", &["Reading the tide"]);
    check_found("tag:sea", &["Reading the tide"]);
    check_found("gulls", &["Gulls"]);
    check_found("nothing such", &[]);
}

#[test]
fn the_same_bytes_at_two_paths_are_two_clips_of_the_list() {
    let text = Published::write("x", &[entry("a.md", TIDE), entry("b.md", TIDE)]).unwrap();
    let library = Published::read(&at("index.json"), &text).unwrap();
    assert_eq!(library.find("tide").len(), 2);
}

#[test]
fn a_hostile_path_leaves_its_clip_out() {
    let text = r#"{"version":1,"title":" ","more":1,"clips":[{"path":"a.md"},{"path":"../../x.md"},{"path":"//evil.example/x.md"},
        {"path":"javascript:x"},{},{"path":"../b.md"},{"path":"./a.md"}]}"#;
    let library = Published::read(&at("clips/index.json"), text).unwrap();
    let paths: Vec<&str> = library.clips.iter().map(|clip| clip.path.as_str()).collect();
    assert_eq!((paths, library.left_out), (vec!["clips/a.md", "b.md"], 4));
    assert_eq!(library.clips[0].row.entry.title, "a.md");
    assert!(!library.title.is_empty());
}

#[test]
fn a_damaged_index_is_a_sentence() {
    let good = Published::write("x", &[entry("a.md", TIDE)]).unwrap();
    for text in [
        "",
        "[]",
        "{}",
        "<!doctype html>",
        r#"{"version":1}"#,
        r#"{"version":1,"clips":[{"path":3}]}"#,
        &good[..good.len() / 2],
    ] {
        let why = Published::read(&at("clips/index.json"), text).unwrap_err();
        assert!(matches!(why, BadIndex::Damaged { .. }), "{text}: {why:?}");
        assert!(why.to_string().starts_with("“index.json” is not"), "{why}");
    }
    let newer = Published::read(&at("index.json"), r#"{"version":2,"shelves":[]}"#);
    assert_eq!(newer, Err(BadIndex::Newer("index.json".to_owned())));
}

proptest! {
    #[test]
    fn any_index_returns(text in r#"(\{|\}|\[|\]|"|,|:|version|clips|path|1|a\.md){0,40}"#) {
        drop(Published::read(&at("index.json"), &text));
    }
}

/// What an answer of a host is judged to be.
#[track_caller]
fn check_answer(path: &str, status: u16, media_type: &str, sentence: Option<&str>) {
    let judged = NotFetched::judge(&at(path), status, media_type).map_err(|why| why.to_string());
    match sentence {
        None => assert_eq!(judged, Ok(())),
        Some(part) => assert!(judged.as_ref().is_err_and(|why| why.contains(part)), "{judged:?}"),
    }
}

#[test]
fn an_answer_without_a_clip_is_a_sentence() {
    check_answer("clips/a.md", 200, "text/markdown; charset=utf-8", None);
    check_answer("clips/a.md", 200, "", None);
    check_answer("clips/page.html", 200, "text/html", None);
    check_answer("clips/a.md", 404, "text/html", Some("“clips/a.md” is not hosted beside this page."));
    check_answer("clips/a.md", 200, "text/html; charset=utf-8", Some("is not hosted beside this page."));
    check_answer("clips/a.md", 503, "text/plain", Some("answered 503"));
}
