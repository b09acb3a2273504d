//! Host tests of front matter and metadata: what a clip says about itself, however it says it.

mod dates;
mod dialects;
mod encodings;
mod front_matter;
mod hostile;
mod yaml_suite;

use clip_viewer::clip::front_matter::Value;
use clip_viewer::clip::metadata::{Key, Origin, date};
use clip_viewer::clip::{self, Clip, Options};
use proptest::prelude::*;

fn parsed(text: &str) -> Clip {
    clip::parse(text.as_bytes(), &Options { file_name: Some("tide note.md".into()), ..Options::default() })
}

fn keys(clip: &Clip) -> Vec<&str> {
    clip.front_matter.entries().map(|e| e.key.as_str()).collect()
}

fn value<'a>(clip: &'a Clip, key: &str) -> &'a Value {
    &clip.front_matter.entries().find(|e| e.key == key).unwrap().value
}

fn codes(clip: &Clip) -> Vec<&str> {
    clip.diagnostics.iter().map(|d| d.code.as_str()).collect()
}

/// The codes of a clip's diagnostics, with their lines.
fn places(clip: &Clip) -> Vec<(String, u32)> {
    clip.diagnostics.iter().map(|d| (d.code.clone(), d.span.map_or(0, |s| s.line))).collect()
}

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

#[test]
fn keys_keep_their_order_and_comments_are_groups() {
    let clip = parsed("---\n# One\nb: 1\na: x\n\n# Two\nc: ''\n---\nbody\n");
    assert_eq!(keys(&clip), ["b", "a", "c"]);
    let labels: Vec<Option<&str>> = clip.front_matter.groups.iter().map(|g| g.label.as_deref()).collect();
    assert_eq!(labels, [Some("One"), Some("Two")]);
    assert_eq!(value(&clip, "c"), &Value::Empty);
}

#[test]
fn values_have_types_and_keep_their_spelling() {
    let clip =
        parsed("---\nn: 3.50\nyes: true\nd: 2025-11-25 19:02:42\nu: https://a.example/x\nl: [a, b]\nm:\n  k: v\n---\n");
    assert_eq!(value(&clip, "n"), &Value::Number("3.50".into()));
    assert_eq!(value(&clip, "yes"), &Value::Bool(true));
    assert_eq!(value(&clip, "d"), &Value::Date("2025-11-25 19:02:42".into()));
    assert_eq!(value(&clip, "u"), &Value::Link("https://a.example/x".into()));
    assert_eq!(value(&clip, "l"), &Value::List(vec![text("a"), text("b")]));
    assert_eq!(value(&clip, "m"), &Value::Map(vec![("k".into(), text("v"))]));
}

#[test]
fn one_bad_line_costs_one_value_and_says_where() {
    let clip = parsed("---\ntitle: a: b\nauthor: Jo\ntags: [x, y\nurl: https://a.example\n---\nbody\n");
    assert_eq!(keys(&clip), ["title", "author", "tags", "url"]);
    assert_eq!(value(&clip, "title"), &text("a: b"));
    assert_eq!(value(&clip, "author"), &text("Jo"));
    let bad: Vec<(u32, u32)> = clip.diagnostics.iter().filter_map(|d| d.span).map(|s| (s.line, s.column)).collect();
    assert_eq!(bad, [(2, 9), (4, 7)], "the colon inside the title, the bracket that is not closed");
    assert!(clip.diagnostics.iter().all(|d| d.hint.is_some()), "each has a hint");
}

#[test]
fn a_key_that_stands_twice_is_shown_twice() {
    let clip = parsed("---\na: 1\na: 2\n---\n");
    assert_eq!(keys(&clip), ["a", "a"]);
    assert_eq!(codes(&clip), ["front-matter-duplicate-key"]);
}

#[test]
fn a_block_that_is_not_closed_ends_before_the_text() {
    let clip = parsed("---\ntitle: T\ntags:\n  - a\n\nThe text begins.\n");
    assert_eq!(keys(&clip), ["title", "tags"]);
    assert!(clip.body.chunks.concat().contains("The text begins."));
    assert_eq!(codes(&clip), ["front-matter-not-closed"]);
}

#[test]
fn a_rule_before_text_is_no_front_matter() {
    let clip = parsed("---\n\nJust text: with a colon, later on.\n\n---\n\nmore\n");
    assert_eq!(keys(&clip), Vec::<&str>::new());
    assert!(clip.body.chunks.concat().contains("Just text"));
}

#[test]
fn too_large_or_too_deep_a_block_is_shown_as_it_stands() {
    let long = format!("---\nlong: {}\ntitle: T\n---\n", "x".repeat(70_000));
    assert_eq!(keys(&parsed(&long)), ["long", "title"]);
    assert!(codes(&parsed(&long)).contains(&"front-matter-too-large"));
    let deep = format!("---\ndeep: {}\ntitle: T\n---\n", "[".repeat(5000));
    assert_eq!(value(&parsed(&deep), "title"), &text("T"));
}

#[test]
fn an_alias_bomb_is_refused_and_the_rest_stays() {
    let mut bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (name, before) in ["b", "c", "d", "e", "f", "g", "h"].iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
        bomb.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(",")));
    }
    let clip = parsed(&format!("{bomb}title: T\n---\n"));
    assert_eq!(value(&clip, "title"), &text("T"));
    assert!(!clip.diagnostics.is_empty());
}

#[test]
fn synonyms_are_one_field_and_debris_is_taken_off() {
    let clip = parsed(
        "---\nsource: \"https://a.example/p?utm_source=x&id=3\"\nauthor:\n  - \"[[Mara Lind]]\"\ntags: \"#sea, wind\"\ncreated: 2025/1/2 3:04:05\n---\n",
    );
    assert_eq!(clip.metadata.first(Key::SourceUrl), Some("https://a.example/p?id=3"));
    assert_eq!(clip.metadata.first(Key::Author), Some("Mara Lind"));
    assert_eq!(clip.metadata.get(Key::Tags).unwrap().values, ["sea", "wind"]);
    assert_eq!(clip.metadata.first(Key::Saved), Some("2025-01-02T03:04:05"));
    assert_eq!(clip.metadata.first(Key::Site), Some("a.example"));
    assert_eq!(clip.metadata.get(Key::Site).unwrap().origin, Origin::Address);
}

#[test]
fn an_empty_value_is_recovered_from_the_byline() {
    let clip = parsed("---\ntitle: T\npublish_date: ''\n---\n\n# T\n\n_2025年3月4日 08:15_ _Lund_\n\nText.\n");
    assert_eq!(clip.metadata.first(Key::Published), Some("2025-03-04T08:15"));
    assert_eq!(clip.metadata.get(Key::Published).unwrap().origin, Origin::Body { line: 8 });
    assert_eq!(clip.metadata.first(Key::Place), Some("Lund"));
}

#[test]
fn the_zone_is_told_by_the_pictures_names() {
    // 1773475530 is 08:05:30 UTC on 2026-03-14.
    let clip = parsed(
        "---\ntitle: T\nclipped_date: 2026-03-14 09:05:30\n---\n\n![a](assets/1773475530-0123456789abcdef0123456789abcdef.png)\n",
    );
    assert_eq!(clip.metadata.first(Key::TimeZone), Some("+01:00"));
}

#[test]
fn a_title_is_found_in_the_heading_else_in_the_file_s_name() {
    assert_eq!(parsed("# Heading\n\ntext\n").metadata.first(Key::Title), Some("Heading"));
    assert_eq!(parsed("text\n").metadata.first(Key::Title), Some("tide note"));
}

#[test]
fn text_is_decoded_by_its_byte_order_mark() {
    let words = "---\r\ntitle: 潮\r\n---\r\n\r\n# 潮 🌊\r\n";
    let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(words.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let marked: Vec<u8> = b"\xef\xbb\xbf".iter().copied().chain(words.bytes()).collect();
    for (bytes, encoding) in [(little, "UTF-16LE"), (big, "UTF-16BE"), (marked, "UTF-8")] {
        let clip = clip::parse(&bytes, &Options::default());
        assert_eq!(clip.source.encoding, encoding);
        assert_eq!(clip.metadata.first(Key::Title), Some("潮"), "in {encoding}");
        assert!(clip.body.chunks.concat().contains("潮 🌊"), "in {encoding}");
        assert_eq!(codes(&clip), Vec::<&str>::new(), "in {encoding}");
    }
}

#[test]
fn broken_bytes_are_told_with_their_place() {
    let mut bytes = "潮水退了，小船停在沙滩上。\n".as_bytes().to_vec();
    bytes.extend(b"\xffcd\n");
    let clip = clip::parse(&bytes, &Options::default());
    let found = &clip.diagnostics[0];
    assert_eq!((found.code.as_str(), found.span.unwrap().line), ("encoding", 2));
    let odd = clip::parse(b"\xff\xfea\0b", &Options::default());
    assert_eq!(codes(&odd), ["encoding"]);
}

#[test]
fn dates_are_read_in_all_their_forms() {
    for (written, iso) in [
        ("2024-11-28T12:26:00+08:00", "2024-11-28T12:26:00+08:00"),
        ("2023-11-24T14:37:23 (UTC +08:00)", "2023-11-24T14:37:23+08:00"),
        ("1970-01-01 00:00:00Z", "1970-01-01T00:00:00Z"),
        ("2013/7/13 20:46:25", "2013-07-13T20:46:25"),
        ("2024年11月28日 12:26", "2024-11-28T12:26"),
        ("٢٠٢٤-٠٣-٠١", "2024-03-01"),
        ("Nov 28, 2024", "2024-11-28"),
        ("28 November 2024", "2024-11-28"),
        ("Thu, 28 Nov 2024 10:00:00 GMT", "2024-11-28T10:00:00Z"),
        ("2024-11", "2024-11"),
    ] {
        assert_eq!(date::iso(written).as_deref(), Some(iso), "of {written}");
    }
    for none in ["", "soon", "12:30", "99-99-99", "March"] {
        assert_eq!(date::iso(none), None, "of {none}");
    }
}

#[test]
fn the_language_is_that_of_the_text() {
    for (words, tag) in [
        ("The tide was low and the boats lay on the sand.", "en"),
        ("潮水退了，小船停在沙滩上，孩子们在这里捡贝壳。", "zh"),
        ("潮水退了，這些小船停在沙灘上，孩子們還沒有來過這裡。", "zh-Hant"),
        ("潮が引いて、小さな舟が砂の上にありました。", "ja"),
        ("물이 빠지고 작은 배가 모래 위에 있었습니다.", "ko"),
        ("Вода ушла, и лодки лежали на песке.", "ru"),
        ("Das Wasser war weg, und die Boote lagen auf dem Sand.", "de"),
    ] {
        assert_eq!(parsed(words).metadata.first(Key::Language), Some(tag), "of {words}");
    }
}

#[test]
fn reading_time_counts_words_and_characters_together() {
    let clip = parsed(&format!("{}\n\n{}\n", "word ".repeat(476), "字".repeat(600)));
    assert_eq!((clip.stats.words, clip.stats.cjk_characters, clip.stats.reading_minutes), (476, 600, 4));
}

proptest! {
    #[test]
    fn any_block_is_read_and_its_keys_are_kept(lines in proptest::collection::vec("[a-z]{1,6}: ?[ -~]{0,12}", 1..12)) {
        let clip = parsed(&format!("---\n{}\n---\nbody\n", lines.join("\n")));
        let written = lines.iter().filter(|l| l.contains(": ") || l.ends_with(':')).count();
        // What begins with an address (`a://`) is a text between two rules.
        let is_text = lines[0].split_once(':').is_some_and(|(_, rest)| rest.starts_with("//"));
        prop_assert!(is_text || clip.front_matter.entries().count() >= written.min(1));
        prop_assert!(clip.body.chunks.concat().contains("body"));
    }

    #[test]
    fn any_text_is_a_date_or_is_not(text in ".{0,40}") {
        if let Some(iso) = date::iso(&text) {
            prop_assert!(iso.len() >= 4 && iso.as_bytes()[..4].iter().all(u8::is_ascii_digit));
        }
    }
}

/// A reader saw `The "ford`: quotes around the last word were taken for quotes around all.
#[test]
fn quotes_around_a_part_of_a_title_are_its_own() {
    let title = |written: &str| {
        let clip = parsed(&format!("---\ntitle: {written}\n---\n\nLow today.\n"));
        clip.metadata.first(Key::Title).unwrap_or_default().to_owned()
    };
    assert_eq!(title("'The \"ford\"'"), "The \"ford\"");
    assert_eq!(title("'\"Ford\" and \"mill\"'"), "\"Ford\" and \"mill\"");
    assert_eq!(title("'\"The ford\"'"), "The ford");
    assert_eq!(title("'“The ford”'"), "The ford");
}
