//! A clip's metadata in a form: what is changed becomes lines of its file, and all else stays byte for byte.

use clip_viewer::clip::metadata::Key;
use clip_viewer::clip::{self, Clip, Options};
use clip_viewer::library::Triage;
use clip_viewer::library::editing::{Fields, Flaw, edited, joined, parted};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Clip {
    clip::parse(bytes, &Options::default())
}

/// What a form has of a clip that stands where its file says.
fn fields(clip: &Clip) -> Fields {
    let status = clip.metadata.first(Key::Status).unwrap_or_default();
    Fields::of(&clip.metadata, &clip.front_matter, Triage::of_status(status))
}

/// A file after its form was filled in otherwise.
#[track_caller]
fn filled(bytes: &[u8], fill: impl FnOnce(&mut Fields)) -> Result<Vec<u8>, String> {
    let clip = read(bytes);
    let mut form = fields(&clip);
    fill(&mut form);
    let changes = form.changes(&clip.metadata, &clip.front_matter).map_err(|flaws| format!("{flaws:?}"))?;
    let edited = edited(bytes, None, &changes).map_err(|error| error.to_string())?;
    assert_eq!(fields(&read(&edited.bytes)), form, "the file says what the form had");
    Ok(edited.bytes)
}

#[track_caller]
fn check(before: &str, fill: impl FnOnce(&mut Fields), after: &str) {
    let found = filled(before.as_bytes(), fill).map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(found.as_deref(), Ok(after));
}

#[track_caller]
fn check_refused(before: &str, fill: impl FnOnce(&mut Fields), why: &str) {
    assert_eq!(filled(before.as_bytes(), fill), Err(why.to_owned()));
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

const CLIP: &str = "---\n# About the page\ntitle: 'The lock' # as printed\nauthor:\n  - \"[[Ada Voss]]\"\nsource: https://example.org/lock\n\
    published: 2024-02-01\ncreated: 2024-02-03T10:00\nrating: {stars: 4, of: [5]}\n# Mine\ntags:\n  - canal # water\n  - trade\nstatus: unread\n\
    more:\n  nested:\n    - a: 1\n---\n\n# The lock\n\nThe gates open.  \n";

#[test]
fn each_field_is_its_own_line() {
    let case = |fill: fn(&mut Fields), old: &str, new: &str| check(CLIP, fill, &CLIP.replace(old, new));
    case(|f| f.title = "The sluice: a life".to_owned(), "'The lock' #", "'The sluice: a life' #");
    case(|f| f.authors.push("Ben Holt".to_owned()), "[[Ada Voss]]\"\n", "[[Ada Voss]]\"\n  - \"[[Ben Holt]]\"\n");
    case(
        |f| f.tags = texts(&["trade", "slow travel"]),
        "  - canal # water\n  - trade\n",
        "  - trade\n  - slow travel\n",
    );
    case(|f| f.station = Triage::Done, "unread", "done");
    case(|f| f.published = "2024-02-02".to_owned(), "2024-02-01", "2024-02-02");
    case(|f| f.saved = "2024-02-04 09:15".to_owned(), "2024-02-03T10:00", "2024-02-04 09:15");
    case(|f| f.tags.clear(), "tags:\n  - canal # water\n  - trade\n", "tags: []\n");
    check(CLIP, |_| {}, CLIP);
}

#[test]
fn line_endings_and_marks_stay() {
    let before = format!("\u{feff}{}", CLIP.replace('\n', "\r\n"));
    let after = before.replace("  - trade\r\n", "  - trade\r\n  - 水\r\n").replace("unread", "archive");
    let fill = |form: &mut Fields| {
        form.tags.push("水".to_owned());
        form.station = Triage::Archive;
    };
    check(&before, fill, &after);
}

#[test]
fn a_clip_without_front_matter_gets_one() {
    let text = "# The lock\n\nThe gates open, and the water falls.\n";
    let fill = |form: &mut Fields| {
        form.authors = texts(&["Ada Voss"]);
        form.tags = texts(&["canal", "trade"]);
        form.station = Triage::Reading;
        form.published = "2024-02-01".to_owned();
        form.saved = "2024".to_owned();
    };
    let block = "---\nauthor: Ada Voss\ntags:\n  - canal\n  - trade\npublished: \"2024-02-01\"\ncreated: \"2024\"\nstatus: reading\n---\n";
    check(text, fill, &format!("{block}{text}"));
    check(text, |form| form.title = "A lock".to_owned(), &format!("---\ntitle: A lock\n---\n{text}"));
    check(text, |form| form.title = "The lock".to_owned(), text);
}

#[test]
fn the_files_own_keys_are_used() {
    let before = "---\n标题: 闸\n作者: 沃斯\n发布时间: 2024-02-01\n剪藏时间: 2024-02-03\n标签: [运河]\n状态: 未读\n---\n\n水。\n";
    let fill = |form: &mut Fields| {
        form.title = "船闸".to_owned();
        form.authors = texts(&["霍尔特"]);
        form.published = "2024-02-02".to_owned();
        form.saved = "2024-02-04".to_owned();
        form.tags = texts(&["运河", "贸易"]);
        form.station = Triage::Done;
    };
    let after = "---\n标题: 船闸\n作者: 霍尔特\n发布时间: 2024-02-02\n剪藏时间: 2024-02-04\n标签: [运河, 贸易]\n状态: done\n---\n\n水。\n";
    check(before, fill, after);
    // A key that waits for its value.
    check(
        "---\ntitle: A\nby:\n---\nText\n",
        |f| f.authors = texts(&["Ada Voss"]),
        "---\ntitle: A\nby: Ada Voss\n---\nText\n",
    );
    check(
        "---\ntags: '#a, #b'\n---\nText\n",
        |f| f.tags.push("c".to_owned()),
        "---\ntags: [\"#a\", \"#b\", \"#c\"]\n---\nText\n",
    );
}

#[test]
fn what_can_be_no_date_is_told_and_others_are_written_so_that_all_programs_read_them() {
    let of = |typed: &str| filled(CLIP.as_bytes(), |form| form.published = typed.to_owned());
    assert_eq!(of("soon"), Err("[(Published, NoDate)]".to_owned()));
    assert_eq!(of("2024-13-45"), Err("[(Published, NoDate)]".to_owned()));
    let clip = read(CLIP.as_bytes());
    let form = Fields { published: "3 May 2025".to_owned(), saved: "2025年5月4日".to_owned(), ..fields(&clip) };
    let changes = form.changes(&clip.metadata, &clip.front_matter).unwrap();
    let after = String::from_utf8(edited(CLIP.as_bytes(), None, &changes).unwrap().bytes).unwrap();
    assert_eq!(after, CLIP.replace("2024-02-01", "2025-05-03").replace("2024-02-03T10:00", "2025-05-04"));
}

#[test]
fn what_was_found_in_the_text_cannot_be_emptied() {
    let text = "# The lock\n\nThe gates open.\n";
    check_refused(text, |form| form.title.clear(), &format!("{:?}", [(Key::Title, Flaw::Found)]));
}

#[test]
fn what_is_broken_or_nested_is_not_made_worse() {
    let place = |key: &str| {
        format!(
            "The value of `{key}` stands where it cannot be changed without its neighbours. Change it in a text editor."
        )
    };
    let nested = "---\nauthor:\n  - name: Ada Voss\n    url: https://example.org\n---\nText\n";
    check_refused(nested, |form| form.authors = texts(&["Ben Holt"]), &place("author"));
    let json = "{\"title\": \"A\"}\n\nText\n";
    let refused = filled(json.as_bytes(), |form| form.title = "B".to_owned()).unwrap_err();
    assert!(refused.starts_with("The front matter is written as JSON"), "{refused}");
    let alias = "---\nstatus: &x unread\nother: *x\n---\nText\n";
    assert!(filled(alias.as_bytes(), |form| form.station = Triage::Done).is_err());
    // A damaged neighbour stays as it is.
    let damaged = "---\ntitle: \"One\" two\nx: @y\ntags: [a]\n---\nText\n";
    check(damaged, |form| form.tags.push("b".to_owned()), &damaged.replace("[a]", "[a, b]"));
}

#[test]
fn encodings_of_before_stay_while_they_can_hold_it_and_become_utf_8_else() {
    let text = "---\ntitle: 文章的标题表示 # 注释\n状态: 未读\n---\n\n这是一篇很长的文章，里面有很多中文字。\n";
    let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
    let change = |fill: fn(&mut Fields)| {
        let clip = clip::parse(&bytes, &Options { encoding: Some("gb18030".to_owned()), ..Options::default() });
        let mut form = fields(&clip);
        fill(&mut form);
        let changes = form.changes(&clip.metadata, &clip.front_matter).unwrap();
        edited(&bytes, Some("gb18030"), &changes).unwrap()
    };
    let kept = change(|form| form.station = Triage::Done);
    let expected = text.replace("未读", "done");
    assert_eq!((kept.bytes, kept.recoded), (encoding_rs::GB18030.encode(&expected).0.into_owned(), false));
    let anew = change(|form| form.title = "新标题".to_owned());
    assert_eq!(
        (String::from_utf8(anew.bytes).unwrap(), anew.recoded),
        (text.replace("文章的标题表示", "新标题"), true)
    );

    let utf_16: Vec<u8> = "\u{feff}---\ntags: [a]\n---\nText\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let clip = read(&utf_16);
    let mut form = fields(&clip);
    form.tags.push("b".to_owned());
    let changes = form.changes(&clip.metadata, &clip.front_matter).unwrap();
    let anew = edited(&utf_16, None, &changes).unwrap();
    assert_eq!((anew.bytes.as_slice(), anew.recoded), (b"---\ntags: [a, b]\n---\nText\n".as_slice(), true));
    // What can't be read can't be written anew.
    let broken = [&utf_16[..], &[0x00, 0xd8]].concat();
    assert!(edited(&broken, None, &changes).is_err());
}

#[test]
fn lists_are_typed_with_commas_or_semicolons() {
    assert_eq!(parted("a, b，c、 #d ,, a"), ["a", "b", "c", "d"]);
    assert_eq!(parted("Acme, Inc.; Ada Voss"), ["Acme, Inc.", "Ada Voss"]);
    for values in [&["a", "b"][..], &["Acme, Inc."], &["Acme, Inc.", "Ada"], &[]] {
        assert_eq!(parted(&joined(&texts(values))), values);
    }
}

/// Pieces of a block, each with the key that a form may change by it.
const PIECES: [(&str, &str); 12] = [
    ("title", "title: \"The lock\" # as printed\n"),
    ("author", "author:\n  - Ada Voss\n  # and\n  - Ben Holt\n"),
    ("tags", "tags: [canal, 'slow travel'] # mine\n"),
    ("status", "status:   unread\n"),
    ("published", "published: 2024-02-01\n"),
    ("created", "created: '2024-02-03'\n"),
    ("", "# A comment: with a colon\n"),
    ("", "\n"),
    ("", "rating: {stars: 4, of: [5]} # kept\n"),
    ("", "more:\n  nested:\n    - a: 1\n      b: \"x: y\"\n"),
    ("", "summary: >-\n  folded\n  text\n"),
    ("", "url: https://example.org/lock\n"),
];

fn words() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "Lock",
        "水闸",
        "a: b",
        "it's",
        "#x y",
        "12",
        "yes",
        "- dash",
        "[w]",
        "\"q\"",
        "é",
        "🙂 boat",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn other_lines_stay_byte_for_byte(
        order in Just(PIECES.to_vec()).prop_shuffle(),
        count in 0..=PIECES.len(),
        is_dos in any::<bool>(),
        title in proptest::option::of(words()),
        tags in proptest::option::of(proptest::collection::vec("[a-z]{2,6}( [a-z]{2,6})?", 0..4)),
        authors in proptest::option::of(proptest::collection::vec("[A-Z][a-z]{2,5} [A-Z][a-z]{2,5}", 1..4)),
        station in proptest::option::of(proptest::sample::select(Triage::ALL.to_vec())),
        day in proptest::option::of((2000_u32..2030, 1_u32..13, 1_u32..29)),
    ) {
        let pieces = &order[..count];
        let newline = |text: &str| if is_dos { text.replace('\n', "\r\n") } else { text.to_owned() };
        let block: String = pieces.iter().map(|(_, text)| *text).collect();
        // The last line of a block is a key's: a blank one before the fence belongs to nobody.
        let before = newline(&format!("---\n{block}last: 1\n---\n\n# Lock\n\ntags: none  \n"));
        let clip = read(before.as_bytes());
        let mut form = fields(&clip);
        let mut changed = Vec::new();
        if let Some(title) = title {
            changed.push("title");
            form.title = title;
        }
        if let Some(mut tags) = tags {
            tags.sort();
            tags.dedup();
            changed.push("tags");
            form.tags = tags;
        }
        if let Some(mut authors) = authors {
            authors.dedup();
            changed.push("author");
            form.authors = authors;
        }
        if let Some(station) = station {
            changed.push("status");
            form.station = station;
        }
        if let Some((year, month, day)) = day {
            changed.extend(["published", "created"]);
            form.published = format!("{year:04}-{month:02}-{day:02}");
            form.saved = form.published.clone();
        }
        let changes = form.changes(&clip.metadata, &clip.front_matter).unwrap();
        let after = String::from_utf8(edited(before.as_bytes(), None, &changes).unwrap().bytes).unwrap();
        let mut rest = after.as_str();
        let kept = pieces.iter().filter(|(key, _)| !changed.contains(key)).map(|(_, text)| newline(text));
        for piece in kept.chain([newline("last: 1\n")]) {
            let found = rest.find(&piece);
            prop_assert!(found.is_some(), "{piece:?} is gone from {after:?}");
            rest = &rest[found.unwrap() + piece.len()..];
        }
        prop_assert!(rest.ends_with(&newline("---\n\n# Lock\n\ntags: none  \n")), "{rest:?}");
        prop_assert_eq!(fields(&read(after.as_bytes())).station, form.station);
        prop_assert_eq!(&fields(&read(after.as_bytes())).tags, &form.tags);
    }
}
