//! The original file with changed front matter: byte for byte but for what was changed.

use std::path::Path;

use clip_viewer::clip::front_matter::{Format, Value};
use clip_viewer::clip::{self, Options};
use clip_viewer::library::export::{Change, ExportError, Named, NewValue, edit, file_names, status_key};
use proptest::prelude::*;

fn scalar(key: &str, value: &str) -> Change {
    Change { key: key.to_owned(), value: NewValue::Scalar(value.to_owned()) }
}

fn list(key: &str, items: &[&str]) -> Change {
    Change { key: key.to_owned(), value: NewValue::List(items.iter().map(|s| (*s).to_owned()).collect()) }
}

fn remove(key: &str) -> Change {
    Change { key: key.to_owned(), value: NewValue::Remove }
}

#[track_caller]
fn check(before: &str, changes: &[Change], after: &str) {
    let found = edit(before.as_bytes(), changes).map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(found.as_deref(), Ok(after));
    // A second time there is nothing left to change.
    assert_eq!(edit(after.as_bytes(), changes).unwrap(), after.as_bytes());
}

/// The same with the lines of one block, to be read more easily.
#[track_caller]
fn check_block(before: &str, change: Change, after: &str) {
    let file = |block: &str| format!("---\n{block}---\n\n# Head\n\ntags: none\n");
    check(&file(before), &[change], &file(after));
}

#[track_caller]
fn check_refused(before: &[u8], change: Change, expected: &str) {
    assert_eq!(edit(before, &[change]).map_err(|e| e.to_string()), Err(expected.to_owned()));
}

#[test]
fn a_value_is_replaced_and_all_else_stays() {
    let read = || scalar("status", "read");
    check_block("a: 1\nstatus: unread\nb: 2\n", read(), "a: 1\nstatus: read\nb: 2\n");
    check_block("status:   unread   # by me\n", read(), "status:   read   # by me\n");
    check_block("status: \"unread\"\n", read(), "status: \"read\"\n");
    check_block("status: 'unread' # c\n", read(), "status: 'read' # c\n");
    check_block("\"status\" : unread\n", read(), "\"status\" : read\n");
    check_block("status:\n", read(), "status: read\n");
    check_block("status: \n", read(), "status: read\n");
    check_block("status: # c\n", read(), "status: read # c\n");
    check_block("status: ''\nb: 1\n", read(), "status: 'read'\nb: 1\n");
    check_block(
        "status: unread\n# Labels\n\n  # indented\nb: 1\n",
        read(),
        "status: read\n# Labels\n\n  # indented\nb: 1\n",
    );
    // What looks like a comment is the value to the reader.
    check_block("status: #todo #later\nb: 1\n", read(), "status: read\nb: 1\n");
    check_block("status: \"unread\" #todo\n", read(), "status: \"read\" #todo\n");
}

#[test]
fn the_key_itself_keeps_its_form_but_for_a_colon_that_yaml_does_not_take() {
    check_block("a: 1\nstatus:unread\n", scalar("status", "read"), "a: 1\nstatus: read\n");
    check_block("a: 1\n状态：未读\n", scalar("状态", "已读"), "a: 1\n状态: 已读\n");
    check_block("Completed?: no\n", scalar("Completed?", "yes"), "Completed?: yes\n");
}

#[test]
fn a_value_of_several_lines_goes_as_a_whole() {
    for old in [
        "|\n  one\n\n  # no comment\n  two",
        ">-\n  one\n  two",
        "one\n  two",
        "\"one\n  two\"",
        "'one\n\n  two'",
        "[one,\n  two]",
        "[\n  one, # first\n  two,\n]",
        "\n  - one\n  - two",
        "\n- one\n- two",
        "\n  one: 1\n  two: 2",
    ] {
        let after = if old.starts_with('"') {
            "\"new\""
        } else if old.starts_with('\'') {
            "'new'"
        } else {
            "new"
        };
        let before = format!("a: 1\nkey: {old}\n# c\nb: 2\n").replace("key: \n", "key:\n");
        check_block(&before, scalar("key", "new"), &format!("a: 1\nkey: {after}\n# c\nb: 2\n"));
        check_block(&before, remove("key"), "a: 1\n# c\nb: 2\n");
    }
}

#[test]
fn comments_among_the_lines_of_a_value_stay() {
    check_block(
        "tags:\n  # mine\n  - a\n# and\n  - b\n",
        list("tags", &["b", "c"]),
        "tags:\n  # mine\n# and\n  - b\n  - c\n",
    );
    check_block(
        "tags: # mine\n  - a # first\n  - b\nx: 1\n",
        list("tags", &["a"]),
        "tags: # mine\n  - a # first\nx: 1\n",
    );
    check_block("tags: [a, b] # mine\n", list("tags", &["a"]), "tags: [a] # mine\n");
    check_block("tags:\n  - a\n  # mine\nx: 1\n", list("tags", &[]), "tags: []\n  # mine\nx: 1\n");
}

#[test]
fn a_list_keeps_its_style_and_the_items_that_stay_their_quotes() {
    check_block("tags: [a, \"b c\"]\n", list("tags", &["b c", "d"]), "tags: [\"b c\", \"d\"]\n");
    check_block("tags: [ a,b ]\n", list("tags", &["a", "b", "c"]), "tags: [ a,b,c ]\n");
    check_block("tags: []\n", list("tags", &["a", "b"]), "tags: [a, b]\n");
    check_block("tags: [\n  a,\n  b,\n]\n", list("tags", &["a", "b", "c"]), "tags: [\n  a,\n  b,\n  c,\n]\n");
    check_block("tags: ['a, b', c]\n", list("tags", &["a, b", "[x]"]), "tags: ['a, b', \"[x]\"]\n");
    check_block("tags:\n- a\n- b\nx: 1\n", list("tags", &["b", "new"]), "tags:\n- b\n- new\nx: 1\n");
    check_block("tags:\n    -   \"a\"\n", list("tags", &["a", "b"]), "tags:\n    -   \"a\"\n    -   \"b\"\n");
    check_block("tags:\n  - a\n  - b\n", list("tags", &["b", "a"]), "tags:\n  - b\n  - a\n");
    check_block("tags:\nx: 1\n", list("tags", &["a"]), "tags:\n  - a\nx: 1\n");
    check_block("o:\n- 1\ntags:\nx: 1\n", list("tags", &["a"]), "o:\n- 1\ntags:\n- a\nx: 1\n");
    check_block("tags: a, b\n", list("tags", &["a", "b", "c"]), "tags: [a, b, c]\n");
    check_block("tags: [2024, 1.10]\n", list("tags", &["1.10", "2025"]), "tags: [1.10, \"2025\"]\n");
    check_block(
        "tags:\n  - \"[[Note]]\"\n",
        list("tags", &["[[Note]]", "[[Two]]"]),
        "tags:\n  - \"[[Note]]\"\n  - \"[[Two]]\"\n",
    );
}

#[test]
fn a_new_key_comes_last_in_the_style_of_the_file() {
    check_block("a: 1\n", scalar("status", "read"), "a: 1\nstatus: read\n");
    check_block("a: 1\n", list("tags", &["x", "y z"]), "a: 1\ntags:\n  - x\n  - y z\n");
    check_block("a: [1]\n", list("tags", &["x", "z"]), "a: [1]\ntags: [x, z]\n");
    check_block("a:\n- 1\n", list("tags", &["x"]), "a:\n- 1\ntags:\n- x\n");
    check_block("  a: 1\n  b: 2\n", scalar("status", "read"), "  a: 1\n  b: 2\n  status: read\n");
    check_block("a: 1\n# c\n\n", scalar("status", "read"), "a: 1\n# c\n\nstatus: read\n");
    check_block("a: 1\n", scalar("two words", "x"), "a: 1\ntwo words: x\n");
    check_block("a: 1\n", scalar("#odd: key", "x"), "a: 1\n\"#odd: key\": x\n");
    check_block("a: 1\n", remove("status"), "a: 1\n");
}

#[test]
fn a_file_without_front_matter_gets_a_block() {
    check("# Head\n", &[scalar("status", "read")], "---\nstatus: read\n---\n# Head\n");
    check("# Head\r\nText", &[scalar("status", "read")], "---\r\nstatus: read\r\n---\r\n# Head\r\nText");
    check("\u{feff}Text\n", &[list("tags", &["a"])], "\u{feff}---\ntags:\n  - a\n---\nText\n");
    let both = [scalar("status", "read"), list("tags", &["a", "b"])];
    check(
        "---\n\nText below a rule.\n",
        &both,
        "---\nstatus: read\ntags:\n  - a\n  - b\n---\n---\n\nText below a rule.\n",
    );
    check("Text\n", &[remove("status")], "Text\n");
}

#[test]
fn line_endings_and_marks_are_kept() {
    check(
        "\u{feff}---\r\na: 1\r\ntags:\r\n  - x\r\n---\r\nText\r\n",
        &[list("tags", &["x", "z"]), scalar("status", "read"), scalar("a", "2")],
        "\u{feff}---\r\na: 2\r\ntags:\r\n  - x\r\n  - z\r\nstatus: read\r\n---\r\nText\r\n",
    );
    check("---\ra: 1\r---\rText", &[scalar("b", "x")], "---\ra: 1\rb: x\r---\rText");
    // A block that is not closed, at the end of the file.
    check("---\na: 1", &[scalar("b", "x")], "---\na: 1\nb: x");
    check(
        "title: One\ndate: 2024-01-02\n---\nText\n",
        &[scalar("b", "x")],
        "title: One\ndate: 2024-01-02\nb: x\n---\nText\n",
    );
}

#[test]
fn quotes_are_put_where_yaml_wants_them() {
    for value in [
        "a: b",
        "a #b",
        "#a",
        "@a",
        "- a",
        "-",
        "[a",
        "]",
        "{a}",
        "> a",
        "| a",
        "* a",
        "& a",
        "! a",
        "% a",
        "`a`",
        "yes",
        "No",
        "true",
        "NULL",
        "~",
        "12",
        "1.5",
        "1e3",
        "0x1F",
        "12:30:45",
        "2024-01-02",
        "a:",
        "? a",
        "'a'",
        "\"a\"",
        "=",
        "<<",
        ".5",
        "+1",
        "a\tb",
        "a\nb",
        "a\\b",
        "…",
        "a\u{2028}b",
        "\u{85}a",
        "---",
        "...",
        "{{x}}",
        "a, b",
        "it's",
        "",
        "01",
        "1_000",
        "y",
        "on",
        "a: b \"c\" 'd'",
        "\u{0}",
        "\u{7f}",
        "\u{feff}x",
        "é: x",
        "1：2",
        "http://a.example/#b",
        "🙂",
    ] {
        for old in [
            "x: y\nkey: old\n",
            "x: y\nkey: 'old'\n",
            "x: y\nkey: \"old\"\n",
            "key: [old]\n",
            "x: y\n",
            "key:\n- old\n",
        ] {
            let file = format!("---\n{old}---\nText\n");
            let after = edit(file.as_bytes(), &[scalar("key", value)]).unwrap();
            assert_eq!(read(&after, "key").as_text().unwrap_or(""), value.trim(), "in {old:?}");
            let after = edit(file.as_bytes(), &[list("key", &["first", value, "last"])]).unwrap();
            let expected: Vec<&str> = ["first", value.trim(), "last"].into_iter().filter(|s| !s.is_empty()).collect();
            let Value::List(values) = read(&after, "key") else { panic!("no list") };
            assert_eq!(values.iter().filter_map(Value::as_text).collect::<Vec<_>>(), expected, "in {old:?}");
        }
    }
    check_block("a: x\n", scalar("a", "b: c"), "a: \"b: c\"\n");
    check_block("a: x\n", scalar("a", "say \"no\": c"), "a: 'say \"no\": c'\n");
    check_block("a: x\n", scalar("a", "yes"), "a: \"yes\"\n");
    check_block("a: x\n", scalar("a", "3 kinds of pie"), "a: 3 kinds of pie\n");
}

#[test]
fn truths_numbers_and_dates_stay_what_they_were() {
    check_block("read: false\n", scalar("read", "true"), "read: true\n");
    check_block("read: no # c\n", scalar("read", "yes"), "read: yes # c\n");
    check_block("n: 12\n", scalar("n", "7"), "n: 7\n");
    check_block("n: 12\n", scalar("n", "07"), "n: \"07\"\n");
    check_block("d: 2024-01-02\n", scalar("d", "2025-03-04"), "d: 2025-03-04\n");
    check_block("d: \"2024-01-02\"\n", scalar("d", "2025-03-04"), "d: \"2025-03-04\"\n");
    check_block("d: soon\n", scalar("d", "2025-03-04"), "d: \"2025-03-04\"\n");
}

#[test]
fn of_two_entries_of_a_key_the_one_that_counts_is_changed() {
    check_block("a:\na: 1\na: 2\n", scalar("a", "x"), "a:\na: x\na: 2\n");
    check_block("a: 1\nb: 2\na: 3\n", remove("a"), "b: 2\n");
    check_block("a: 1\n", remove("a"), "");
}

#[test]
fn damaged_neighbours_stay_as_they_are() {
    check_block(
        "title: \"One\" two\nstatus: unread\nx: @y\n",
        scalar("status", "read"),
        "title: \"One\" two\nstatus: read\nx: @y\n",
    );
    check_block("title: @y\nstatus: unread\n", scalar("title", "z"), "title: z\nstatus: unread\n");
    check_block("title: \"open\nb: 1\n", scalar("title", "shut"), "title: \"shut\"\nb: 1\n");
}

#[test]
fn toml_is_changed_too() {
    let file = |block: &str| format!("+++\n{block}+++\nText\n");
    let block = "title = \"One\"\ndraft = true # for now\ntags = [\"a\", 'b']\ndate = 2024-01-02\nn = 1\n[x]\nstatus = \"no\"\n";
    let case = |change: Change, old: &str, new: &str| check(&file(block), &[change], &file(&block.replace(old, new)));
    case(scalar("title", "A \"two\"\nthree"), "\"One\"", "\"A \\\"two\\\"\\nthree\"");
    case(scalar("draft", "false"), "true #", "false #");
    case(scalar("draft", "yes"), "true #", "\"yes\" #");
    case(scalar("date", "2025-03-04"), "2024-01-02", "2025-03-04");
    case(scalar("date", "soon"), "2024-01-02", "\"soon\"");
    case(list("tags", &["b", "c"]), "[\"a\", 'b']", "['b', 'c']");
    case(list("title", &["b", "c"]), "\"One\"", "[\"b\", \"c\"]");
    case(scalar("status", "read"), "n = 1\n", "n = 1\nstatus = \"read\"\n");
    case(list("a b", &["x"]), "n = 1\n", "n = 1\n\"a b\" = [\"x\"]\n");
    case(remove("draft"), "draft = true # for now\n", "");
    check("+++\n[x]\ny = 1\n+++\n", &[scalar("a", "b")], "+++\na = \"b\"\n[x]\ny = 1\n+++\n");
    check(
        "+++\r\nt = [\r\n  \"a\",\r\n]\r\n+++\r\n",
        &[list("t", &["a", "b"])],
        "+++\r\nt = [\r\n  \"a\",\r\n  \"b\",\r\n]\r\n+++\r\n",
    );
    check("+++\nt = '''a\nb''' # c\n+++\n", &[scalar("t", "x")], "+++\nt = 'x' # c\n+++\n");
    check_refused(
        file(block).as_bytes(),
        scalar("x", "y"),
        "The value of `x` stands where it cannot be changed without its neighbours. Change it in a text editor.",
    );
}

#[test]
fn properties_of_logseq_are_changed_too() {
    let before = "title:: One\nstatus:: unread\ntags:: a, b\n\n- Text\n";
    check(before, &[scalar("status", "read")], &before.replace("unread", "read"));
    check(before, &[list("tags", &["b", "c"])], &before.replace("a, b", "b, c"));
    check(before, &[scalar("new", "x")], &before.replace("b\n", "b\nnew:: x\n"));
    check(before, &[remove("status")], &before.replace("status:: unread\n", ""));
    check("- title:: One", &[scalar("new", "x")], "- title:: One\n  new:: x");
}

#[test]
fn what_cannot_be_done_is_said() {
    let utf_16: Vec<u8> = "\u{feff}---\na: 1\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_refused(
        &utf_16,
        scalar("a", "2"),
        "The file is encoded as UTF-16LE, which cannot be changed line by line. Export it as UTF-8.",
    );
    check_refused(
        b"{\"a\": 1}\n\nText\n",
        scalar("a", "2"),
        "The front matter is written as JSON, in which values cannot be changed here. Change it in a text editor.",
    );
    check_refused(
        b"---\n{a: 1, b: 2}\n---\nText\n",
        scalar("a", "2"),
        "The value of `a` stands where it cannot be changed without its neighbours. Change it in a text editor.",
    );
    check_refused(
        b"---\na: &x one\nb: *x\n---\nText\n",
        scalar("a", "2"),
        "With the new value of `a` the front matter would say something else. Change it in a text editor.",
    );
    for key in ["", " a", "a\nb", "a\"b"] {
        let refused = edit(b"---\na: 1\n---\n", &[scalar(key, "x")]);
        assert_eq!(refused, Err(ExportError::Key(key.to_owned())));
    }
}

#[test]
fn legacy_encodings_are_changed_where_the_change_is_ascii() {
    let text = "---\ntitle: \"文章的标题：表示\" # 注释\n状态: 未读 # 注释\ntags: [技术, 表]\n---\n\n这是一篇很长的文章，里面有很多中文字。\n我们在这里写一些普通的句子，让人看得出来。\n";
    for (name, encoding) in [("gb18030", encoding_rs::GB18030), ("Big5", encoding_rs::BIG5)] {
        let text = if name == "Big5" {
            text.replace(
                [
                    '标', '题', '状', '态', '读', '注', '释', '术', '这', '长', '里', '让', '来', '个', '们', '写',
                    '文', '篇',
                ],
                "文",
            )
        } else {
            text.to_owned()
        };
        let (bytes, _, lossy) = encoding.encode(&text);
        assert!(!lossy, "{name} has all of it");
        assert_eq!(clip::parse(&bytes, &Options::default()).source.encoding, name);
        let key = if name == "Big5" { "文文" } else { "状态" };
        for change in
            [scalar(key, "read"), list("tags", &["a", "b"]), scalar("title", "x"), scalar("new", "y"), remove("title")]
        {
            let plain = edit(text.as_bytes(), std::slice::from_ref(&change)).unwrap();
            let expected = encoding.encode(std::str::from_utf8(&plain).unwrap()).0.into_owned();
            assert_eq!(edit(&bytes, std::slice::from_ref(&change)), Ok(expected), "{name}: {change:?}");
        }
        let refused = edit(&bytes, &[scalar(key, "已读")]);
        assert_eq!(refused, Err(ExportError::NotAscii { key: key.to_owned(), encoding: name.to_owned() }));
    }
}

#[test]
fn a_few_broken_bytes_stay_broken() {
    let body = [&b"---\n"[..], "中文字".repeat(9).as_bytes(), b"\xff\n"].concat();
    let before = [b"---\na: b\xffc \xe4\xb8\xad # d\nstatus: unread\n".as_slice(), &body].concat();
    let after = edit(&before, &[scalar("status", "已读"), scalar("a", "x")]).unwrap();
    assert_eq!(after, [b"---\na: x # d\nstatus: \xe5\xb7\xb2\xe8\xaf\xbb\n".as_slice(), &body].concat());
}

#[track_caller]
fn check_status(block: &str, expected: &str) {
    let clip = clip::parse(format!("---\n{block}---\nText\n").as_bytes(), &Options::default());
    assert_eq!(status_key(&clip.front_matter), expected);
}

#[test]
fn the_key_of_the_status_is_found() {
    check_status("State: x\n", "State");
    check_status("state: x\nStatus: y\n", "Status");
    check_status("completed?: no\n", "completed?");
    check_status("draft: true\nread: false\n", "read");
    check_status("状态: x\n", "状态");
    check_status("title: x\n", "status");
    check_status("read: [a, b]\n", "status");
}

/// The value of a key, as a reader of the clip has it.
#[track_caller]
fn read(bytes: &[u8], key: &str) -> Value {
    let clip = clip::parse(bytes, &Options::default());
    clip.front_matter.entries().find(|e| e.key == key).expect("the key is there").value.clone()
}

/// All lines but those of the front matter that hold what was changed.
fn others(bytes: &[u8], keys: &[&str]) -> (Vec<u8>, Vec<(String, Value)>) {
    let clip = clip::parse(bytes, &Options::default());
    let body = clip.source.text.len() - clip.front_matter.raw.len();
    let body = bytes[bytes.len().saturating_sub(body)..].to_vec();
    let values = clip.front_matter.entries().filter(|e| !keys.contains(&e.key.as_str()));
    (body, values.map(|e| (e.key.clone(), e.value.clone())).collect())
}

#[test]
fn real_clips_keep_all_their_other_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/dev");
    let Ok(folder) = std::fs::read_dir(folder) else { return };
    let mut count = 0;
    for entry in folder {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "md") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let clip = clip::parse(&bytes, &Options::default());
        let status = status_key(&clip.front_matter).to_owned();
        let changes = [scalar(&status, "archived"), list("tags", &["one", "two"])];
        let after = match edit(&bytes, &changes) {
            Ok(after) => after,
            Err(ExportError::Syntax(_)) if matches!(clip.front_matter.format, Format::Json | Format::Percent) => {
                continue;
            }
            Err(error) => panic!("{name}: {error}"),
        };
        count += 1;
        assert_eq!(edit(&after, &changes).unwrap(), after, "{name}: a second time");
        assert_eq!(read(&after, &status).as_text(), Some("archived"), "{name}");
        if clip.source.encoding == "UTF-8" {
            let keys = [status.as_str(), "tags"];
            assert!(others(&bytes, &keys) == others(&after, &keys), "{name}: something else changed");
        }
        // Every line of before is there in the same order, but for those of the two keys.
        let is_changed = |line: &[u8]| {
            let line = String::from_utf8_lossy(line);
            let line = line.trim_start();
            line.starts_with(&status) || line.starts_with("tags") || line.starts_with("- ")
        };
        let mut new = after.split_inclusive(|b| *b == b'\n');
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            assert!(is_changed(line) || new.any(|l| l == line), "{name}: lost {:?}", String::from_utf8_lossy(line));
        }
    }
    assert!(count > 40, "{count} clips");
}

/// One key with its value, in many forms.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}( [a-z]{1,4})?",
        "[a-z]{1,4} # [a-z]{1,4}",
        "'[a-z: #]{0,6}'",
        "\"[a-z:# ]{0,6}\"( # c)?",
        "\\[[a-c]{1,3}(, ?[a-c]{1,3}){0,3}\\]",
        Just("\n  - x\n  - 'y z' # c".to_owned()),
        Just("\n- x\n# c\n- y".to_owned()),
        Just("|\n  one\n\n  # two".to_owned()),
        Just(">-\n  one\n  two".to_owned()),
        Just("[\n  a, # c\n  b\n]".to_owned()),
        Just("\n  x: 1\n  y: [2]".to_owned()),
        Just(String::new()),
        "[0-9]{1,4}|true|2024-01-0[1-9]",
        // Much that is no YAML.
        "[@`%&*!]{1}[a-z ]{0,4}",
        "\"[a-z]{0,3}\" [a-z]",
    ]
}

fn any_block() -> impl Strategy<Value = (Vec<(String, String)>, String, bool)> {
    let keys = proptest::collection::vec(("[a-z]{1,4}|状态", any_value()), 1..6);
    (keys, "([a-z#\\-: ]{0,8}\n){0,4}", any::<bool>())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,8}", "[a-z]{1,5}", any::<String>(), "[\\[\\]{}:#,'\"&*!|>%@`?\\- \\\\\n\ta1é中]{0,6}"]
}

fn any_change() -> impl Strategy<Value = NewValue> {
    prop_oneof![
        any_text().prop_map(NewValue::Scalar),
        proptest::collection::vec(any_text(), 0..4).prop_map(NewValue::List),
        Just(NewValue::Remove),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn no_change_gives_the_bytes_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(edit(&bytes, &[]).unwrap(), bytes);
    }

    #[test]
    fn what_was_written_is_read_back((entries, body, is_dos) in any_block(), at in 0_usize..7, value in any_change()) {
        let mut file = String::from("---\n");
        for (key, value) in &entries {
            file.push_str(&format!("{key}: {value}\n").replace(": \n", ":\n"));
        }
        file.push_str("---\n");
        file.push_str(&body);
        // Above nothing, two lines of dashes are rules.
        file.push_str("End\n");
        if is_dos {
            file = file.replace('\n', "\r\n");
        }
        let key = entries.get(at).map_or("fresh", |(key, _)| key.as_str());
        let change = Change { key: key.to_owned(), value: value.clone() };
        let before = clip::parse(file.as_bytes(), &Options::default());
        let was_damaged = before.front_matter.entries().any(|e| e.raw);
        let after = match edit(file.as_bytes(), &[change]) {
            Ok(after) => after,
            // In a block that YAML cannot read, what is not sure is left alone.
            Err(_) if was_damaged => return Ok(()),
            Err(error) => return Err(TestCaseError::fail(format!("{error} in {file:?}"))),
        };
        let now = clip::parse(&after, &Options::default());
        let found = now.front_matter.entries().filter(|e| e.key == key).map(|e| e.value.clone());
        let found: Vec<Value> = found.collect();
        let first = found.iter().find(|v| **v != Value::Empty).or(found.first());
        let doubles = before.front_matter.entries().filter(|e| e.key == key).count() > 1;
        match &value {
            NewValue::Remove => prop_assert_eq!(first, None),
            NewValue::Scalar(text) if !doubles => {
                prop_assert_eq!(first.and_then(Value::as_text).unwrap_or(""), text.trim());
            }
            NewValue::List(items) if !doubles => {
                let items: Vec<&str> = items.iter().map(|i| i.trim()).filter(|i| !i.is_empty()).collect();
                let values = match first { Some(Value::List(values)) => values.as_slice(), _ => &[] };
                prop_assert_eq!(values.iter().filter_map(Value::as_text).collect::<Vec<_>>(), items);
            }
            _ => {}
        }
        if !was_damaged {
            prop_assert_eq!(others(file.as_bytes(), &[key]), others(&after, &[key]));
        }
        // Lines of other keys, and comments that stand alone, are there as they were.
        let after = String::from_utf8(after).unwrap();
        let mut lines = after.split_inclusive('\n');
        for line in file.split_inclusive('\n').filter(|line| !line.starts_with([' ', '-', ']', '\r', '\n']) && !line.starts_with(&format!("{key}:"))) {
            prop_assert!(lines.any(|l| l == line), "lost {:?} of {:?} in {:?}", line, file, after);
        }
    }

    #[test]
    fn no_bytes_make_it_fail(bytes in "(---|\\+\\+\\+|- )?\n?([a-c\"'\\[\\]{}:#|>= \t\u{ff1a}é-]{0,10}\r?\n){0,8}", value in any_change()) {
        let change = Change { key: "a".to_owned(), value: value.clone() };
        if let Ok(after) = edit(bytes.as_bytes(), std::slice::from_ref(&change)) {
            prop_assert_eq!(edit(&after, &[change]).unwrap(), after);
        }
    }
}

#[track_caller]
fn check_names(clips: &[(&str, &str)], expected: &[&str]) {
    let clips: Vec<Named<'_>> = clips.iter().map(|(path, title)| Named { path, title }).collect();
    assert_eq!(file_names(&clips), expected);
}

#[test]
fn files_are_named_after_their_paths_or_titles() {
    check_names(
        &[("a/b.md", ""), ("", "A Title: with Signs!"), ("", "中文 标题"), ("", "?!"), ("x\\y.md", "")],
        &["a/b.md", "a-title-with-signs.md", "中文-标题.md", "clip.md", "x/y.md"],
    );
    check_names(
        &[("a.md", ""), ("A.md", ""), ("a.md", ""), ("a (2).md", ""), ("", "a")],
        &["a.md", "A (2).md", "a (3).md", "a (2) (2).md", "a (4).md"],
    );
    check_names(
        &[
            ("../../etc/pass", ""),
            ("/a/./b.md", ""),
            ("C:\\x?.md", ""),
            ("con.md", ""),
            ("a /b. .md", ""),
            (".obsidian/x.md", ""),
        ],
        &["etc/pass", "a/b.md", "C_/x_.md", "_con.md", "a/b (2).md", ".obsidian/x.md"],
    );
}

proptest! {
    #[test]
    fn names_are_safe_and_no_two_alike(clips in proptest::collection::vec(("[a-bA-B./\\\\: é]{0,6}|.{0,300}", ".{0,150}"), 0..8)) {
        let named: Vec<Named<'_>> = clips.iter().map(|(path, title)| Named { path, title }).collect();
        let names = file_names(&named);
        let mut lower: Vec<String> = names.iter().map(|n| n.to_lowercase()).collect();
        lower.sort();
        lower.dedup();
        prop_assert_eq!(lower.len(), named.len());
        for name in &names {
            prop_assert!(!name.is_empty() && !name.contains(['\\', ':', '"', '<', '\0']), "{:?}", name);
            for part in name.split('/') {
                prop_assert!(!matches!(part, "" | "." | "..") && part.len() <= 255 && !part.ends_with([' ', '.']), "{:?}", name);
            }
        }
    }
}

#[test]
fn a_large_file_is_changed_in_a_moment() {
    let mut file = String::from("---\n");
    for number in 0..900 {
        file.push_str(&format!("key{number}: [a, b]\n"));
    }
    file.push_str("---\n");
    file.push_str(&"Some words of the text.\n".repeat(200_000));
    let before = std::time::Instant::now();
    let after = edit(file.as_bytes(), &[scalar("status", "read"), list("tags", &["x"])]).unwrap();
    assert!(after.len() > file.len());
    // Far above what it takes, as the machine may be busy; quadratic work would take minutes.
    assert!(before.elapsed().as_secs() < 20, "{:?}", before.elapsed());
}
