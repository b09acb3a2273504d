//! What other programs write comes in whole: what stands beside a clip tells about it, and pictures
//! are found where each program puts them.

use clip_viewer::clip::metadata::{Key, Origin};
use clip_viewer::clip::{self, Beside, Clip, Options};
use clip_viewer::library::importing::beside::{Tellers, read};
use clip_viewer::library::importing::{Importing, is_bare_picture};
use clip_viewer::library::path::{Sorted, sort};
use clip_viewer::library::{Asset, Entry, asset};
use clip_viewer::session::saved::Saved;

const GIF: &[u8] = b"GIF89a\x02\x00\x03\x00\x00\x00\x00;";

/// Takes the files of an export in, in their order, as the worker does.
fn import(files: &[(&str, &[u8])]) -> (Vec<Entry>, Vec<Asset>) {
    let mut importing = Importing::new(1000, None, std::iter::empty());
    let tellers = Tellers::of(files.iter().map(|(path, bytes)| (*path, bytes.len() as u64)));
    let (mut entries, mut assets) = (Vec::new(), Vec::new());
    for (at, (path, bytes)) in files.iter().enumerate() {
        let name = path.rsplit('/').next().unwrap();
        match sort(path, bytes.len() as u64) {
            Sorted::Clip if !is_bare_picture(name, bytes) => {
                let told = tellers.beside(at).and_then(|teller| read(files[teller].0, files[teller].1));
                entries.extend(importing.clip(path, bytes, None, told).map(|new| new.entry));
            }
            Sorted::Clip | Sorted::Picture => assets.extend(importing.picture(path, bytes)),
            _ => {}
        }
    }
    assert_eq!(importing.summary.skipped, []);
    (entries, assets)
}

/// The clip as it is opened again.
fn opened(entry: &Entry, bytes: &[u8]) -> Clip {
    let entry = Entry::read(&entry.write().unwrap()).unwrap();
    let options = Options { file_name: Some(entry.file_name().to_owned()), encoding: None, beside: entry.beside };
    clip::parse(bytes, &options)
}

fn values(clip: &Clip, key: Key) -> (Vec<&str>, &Origin) {
    let field = clip.metadata.get(key).unwrap_or_else(|| panic!("no {key:?}: {:?}", clip.metadata));
    (field.values.iter().map(String::as_str).collect(), &field.origin)
}

const INDEX: &str = r#"{"version":"2.0","clipId":"1709280000","format":"md","title":"The harbour",
    "link":"https://example.org/harbour","category":"default","tags":["sea","winter"],
    "created_at":"2024-03-01 16:00:00","mainPath":"index.md","paths":["index.json","index.md"]}"#;
const BARE: &[u8] = b"# The harbour\n\nWords of it.\n";

#[test]
fn a_folder_of_maoxian_is_known_by_its_index() {
    let beside = Origin::Beside { file: "index.json".to_owned() };
    // The file may come before its clip or after it.
    for paths in [["mx/a/index.json", "mx/a/index.md"], ["mx/a/index.md", "mx/a/index.json"]] {
        let files = paths.map(|path| (path, if path.ends_with("md") { BARE } else { INDEX.as_bytes() }));
        let (entries, _) = import(&files);
        let [entry] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!((entry.title.as_str(), entry.url.as_str()), ("The harbour", "https://example.org/harbour"));
        assert_eq!((entry.site.as_str(), entry.saved.as_str()), ("example.org", "2024-03-01T16:00:00"));
        assert_eq!(entry.tags, ["sea", "winter"]);
        let clip = opened(entry, BARE);
        assert_eq!(values(&clip, Key::Title), (vec!["The harbour"], &beside));
        assert_eq!(values(&clip, Key::SourceUrl), (vec!["https://example.org/harbour"], &beside));
        assert_eq!(values(&clip, Key::Tags), (vec!["sea", "winter"], &beside));
        assert_eq!(values(&clip, Key::Saved), (vec!["2024-03-01T16:00:00"], &beside));
        assert_eq!(values(&clip, Key::Site), (vec!["example.org"], &Origin::Address));
    }
}

#[test]
fn what_the_clip_states_itself_wins_and_is_kept_once() {
    let text = b"---\ntitle: Its own\ntags: [own]\nurl:\n---\n\nWords of it.\n";
    let (entries, _) = import(&[("a/index.md", text), ("a/index.json", INDEX.as_bytes())]);
    assert_eq!((entries[0].title.as_str(), entries[0].tags.as_slice()), ("Its own", &["own".to_owned()][..]));
    assert_eq!(entries[0].url, "https://example.org/harbour", "a key that is empty states nothing");
    let kept: Vec<Key> = entries[0].beside.iter().flat_map(|told| &told.fields).map(|(key, _)| *key).collect();
    assert_eq!(kept, [Key::SourceUrl, Key::Saved]);
    let whole = b"---\ntitle: T\ntags: [own]\nurl: https://example.org/b\nclipped_at: 2024-01-02\n---\n\nWords.\n";
    let (entries, _) = import(&[("a/index.md", whole), ("a/index.json", INDEX.as_bytes())]);
    assert_eq!(entries[0].beside, None);
}

/// Which file tells about which, of a list of paths.
#[track_caller]
fn check_tellers(paths: &[&str], expected: &[(usize, usize)]) {
    let tellers = Tellers::of(paths.iter().map(|path| (*path, 100)));
    let found: Vec<_> = (0..paths.len()).filter_map(|at| Some((at, tellers.beside(at)?))).collect();
    assert_eq!(found, expected, "{paths:?}");
    for (at, path) in paths.iter().enumerate() {
        assert_eq!(tellers.contain(at), expected.iter().any(|(_, teller)| *teller == at), "{path}");
    }
}

#[test]
fn a_file_tells_about_the_clip_of_its_folder() {
    check_tellers(&["a/index.json", "a/index.md", "b/index.md"], &[(1, 0)]);
    check_tellers(&["a/index.json", "a/The harbour.md", "a/assets/b.png"], &[(1, 0)]);
    check_tellers(&["a/index.json", "a/index.md", "a/notes.md"], &[(1, 0)]);
    check_tellers(&["a/index.json", "a/one.md", "a/two.md"], &[]);
    check_tellers(&["index.md", "index.json"], &[(0, 1)]);
    check_tellers(&["x.textbundle/info.json", "x.textbundle/text.markdown"], &[(1, 0)]);
    check_tellers(&["a/index.json", "a/info.json", "a/index.md", "a/text.md"], &[(2, 0), (3, 1)]);
    check_tellers(&["a/other.json", "a/index.md", "index.json"], &[]);
    check_tellers(&[".a/index.json", ".a/index.md"], &[]);
    let long = Tellers::of([("a/index.json", 1 << 20), ("a/index.md", 100)].into_iter());
    assert_eq!(long, Tellers::default());
}

/// The values that a file of that name tells.
fn told(file: &str, text: &str) -> Option<Vec<(Key, Vec<String>)>> {
    Beside::read(file, text.as_bytes()).map(|beside| beside.fields)
}

#[test]
fn a_file_that_is_damaged_or_of_another_program_tells_nothing() {
    for text in [
        "",
        "{",
        "[]",
        "null",
        "\"a\"",
        INDEX.split_at(INDEX.len() - 5).0,
        r#"{"title":"A package","version":"1.0.0"}"#,
        r#"{"title":"A feed","link":"https://example.org/","tags":["a"]}"#,
        &INDEX.replace("\"md\"", "\"html\""),
        &INDEX.replace("https://example.org/harbour", "chrome://settings"),
    ] {
        assert_eq!(told("index.json", text), None, "{text}");
        assert_eq!(told("info.json", text), None, "{text}");
        let (entries, _) = import(&[("a/index.md", BARE), ("a/index.json", text.as_bytes())]);
        assert_eq!((entries[0].title.as_str(), &entries[0].beside), ("The harbour", &None));
    }
    assert_eq!(Beside::read("index.json", b"\xff\xfe{\0}\0"), None);
    assert!(told("index.json", &format!("\u{feff}{INDEX}")).is_some(), "a mark at its head harms nothing");
    assert_eq!(told("other.json", INDEX), None);
    let odd = INDEX.replace("2024-03-01 16:00:00", "some day").replace(r#"["sea","winter"]"#, "{}");
    let keys: Vec<Key> = told("index.json", &odd).unwrap().into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, [Key::Title, Key::SourceUrl], "what is odd is left out alone");
}

#[test]
fn a_textbundle_names_the_page_that_it_was_made_from() {
    let info = |source: &str| {
        format!(
            r#"{{"version":2,"type":"net.daringfireball.markdown","transient":false,"sourceURL":"{source}",
            "creatorURL":"https://editor.example/","creatorIdentifier":"example.editor"}}"#
        )
    };
    let url = vec![(Key::SourceUrl, vec!["https://example.org/ferry".to_owned()])];
    assert_eq!(told("info.json", &info("https:\\/\\/example.org\\/ferry")), Some(url));
    // Most name the file on the disk of the person who made it, and none names the page by its editor.
    assert_eq!(told("info.json", &info("file:///Users/a/ferry.md")), None);
    assert_eq!(told("info.json", r#"{"sourceURL":"https://example.org/ferry"}"#), None, "no version: no Textbundle");
    let text = b"# The ferry\n\nIt leaves at nine.\n\n![quay](assets/quay.gif)\n";
    let info = info("https://example.org/ferry");
    let (entries, assets) = import(&[
        ("A day.textbundle/assets/quay.gif", GIF),
        ("A day.textbundle/info.json", info.as_bytes()),
        ("A day.textbundle/text.md", text),
    ]);
    assert_eq!((entries[0].title.as_str(), entries[0].url.as_str()), ("The ferry", "https://example.org/ferry"));
    check_pictures(&entries[0], text, &assets, &["A day.textbundle/assets/quay.gif"]);
}

/// The pictures that a clip means, in the order of its references.
#[track_caller]
fn check_pictures(entry: &Entry, text: &[u8], assets: &[Asset], expected: &[&str]) {
    let place = asset::Place { id: &entry.id, folder: entry.folder(), import: entry.import };
    let references = opened(entry, text).body.asset_references();
    let found = references.iter().map(|reference| {
        let keys = asset::keys(reference);
        let led_to = |asset: &&Asset| asset::asset_keys(&asset.path).iter().any(|key| keys.contains(key));
        let candidates: Vec<Asset> = assets.iter().filter(led_to).cloned().collect();
        asset::choose(reference, &place, &candidates).map_or_else(|| format!("none: {reference}"), |a| a.path.clone())
    });
    assert_eq!(found.collect::<Vec<_>>(), expected, "{references:?}");
}

const ID: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "fedcba9876543210fedcba9876543210";

#[test]
fn an_export_of_joplin_comes_in_with_its_pictures() {
    let text = format!(
        "---\ntitle: The lock\nupdated: 2024-02-03 10:00:00Z\ncreated: 2024-02-01 09:30:00Z\nsource: https://example.org/lock\n\
        author: Ada Voss\ntags:\n  - canal\n---\n\nThe gates open.\n\n![gate](../_resources/gate-1.gif)\n\n\
        <img src=\"../_resources/a%20map.gif\" width=\"90\">\n\n![id](:/{ID})\n\n![bare](:/{OTHER})\n"
    );
    let with_suffix = format!("export/_resources/{ID}.gif");
    let bare = format!("export/_resources/{OTHER}");
    let (entries, assets) = import(&[
        ("export/Notebook/The lock.md", text.as_bytes()),
        ("export/_resources/gate-1.gif", GIF),
        ("export/_resources/a map.gif", b"GIF89a\x03\x00\x03\x00\x00\x00\x00;"),
        (&with_suffix, b"GIF89a\x04\x00\x03\x00\x00\x00\x00;"),
        (&bare, b"GIF89a\x05\x00\x03\x00\x00\x00\x00;"),
    ]);
    let entry = &entries[0];
    assert_eq!((entry.title.as_str(), entry.url.as_str()), ("The lock", "https://example.org/lock"));
    assert_eq!(
        (entry.authors.as_slice(), entry.tags.as_slice()),
        (&["Ada Voss".to_owned()][..], &["canal".to_owned()][..])
    );
    assert_eq!(entries.len(), 1, "a picture without a suffix is no clip");
    let expected = ["export/_resources/a map.gif", "export/_resources/gate-1.gif", &with_suffix, &bare];
    check_pictures(entry, text.as_bytes(), &assets, &expected);
}

#[test]
fn a_text_that_is_called_like_a_resource_is_a_clip() {
    assert!(is_bare_picture(ID, GIF));
    assert!(!is_bare_picture(ID, b"# Words\n"));
    assert!(!is_bare_picture("notes", GIF));
}

#[test]
fn an_export_of_readwise_comes_in_with_title_author_and_address() {
    let text = b"# The Slow Canal\n\n![rw-book-cover](https://covers.example.org/1.jpg)\n\n## Metadata\n\
        - Author: [[Ben Holt]]\n- Full Title: The Slow Canal, and What It Carries\n- Category: #articles\n\
        - Document Tags: [[water]] \n- URL: https://example.org/canal\n\n## Highlights\n\
        - The boat is never late. ([View Highlight](https://read.readwise.io/read/01abc))\n";
    let (entries, _) = import(&[("Readwise/Articles/The Slow Canal.md", text)]);
    let entry = &entries[0];
    assert_eq!(entry.title, "The Slow Canal, and What It Carries");
    assert_eq!(entry.authors, ["Ben Holt"]);
    assert_eq!(entry.url, "https://example.org/canal");
    assert_eq!(entry.site, "example.org");
}

#[test]
fn a_vault_of_obsidian_comes_in_with_its_attachments() {
    let text = "---\nsource: https://example.org/dyke\ntags: [clippings]\n---\n\nThe dyke holds.\n\n![[dyke.gif]]\n\n\
        ![[Pasted image 20240301101112.gif|300]]\n\n![[attachments/far.gif]]\n";
    let (entries, assets) = import(&[
        ("vault/.obsidian/app.json", b"{}"),
        ("vault/Clippings/The dyke.md", text.as_bytes()),
        ("vault/attachments/dyke.gif", GIF),
        ("vault/attachments/Pasted image 20240301101112.gif", b"GIF89a\x03\x00\x03\x00\x00\x00\x00;"),
        ("vault/attachments/far.gif", b"GIF89a\x04\x00\x03\x00\x00\x00\x00;"),
    ]);
    assert_eq!((entries.len(), entries[0].title.as_str()), (1, "The dyke"));
    let expected = [
        "vault/attachments/Pasted image 20240301101112.gif",
        "vault/attachments/far.gif",
        "vault/attachments/dyke.gif",
    ];
    check_pictures(&entries[0], text.as_bytes(), &assets, &expected);
}
