//! Front matter, whole and broken, in every syntax.

use clip_viewer::clip::front_matter::{Format, FrontMatter, Value};

use super::{parsed, places};

/// One line a key: its group, key and value, with `!` where it is shown as it stands.
fn shown(front_matter: &FrontMatter) -> String {
    let mut lines = Vec::new();
    for group in &front_matter.groups {
        if let Some(label) = &group.label {
            lines.push(format!("# {label}"));
        }
        for entry in &group.entries {
            let mark = if entry.raw { "!" } else { "" };
            lines.push(format!("{}{mark} = {}", entry.key, value(&entry.value)));
        }
    }
    lines.join("\n")
}

fn value(value: &Value) -> String {
    match value {
        Value::Empty => "empty".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::Number(number) => format!("number {number}"),
        Value::Bool(truth) => format!("{truth}"),
        Value::Date(date) => format!("date {date}"),
        Value::Link(link) => format!("link {link}"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(self::value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(k, v)| format!("{k}: {}", self::value(v))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// Checks the entries of a block and the codes and lines of the problems.
#[track_caller]
fn check(text: &str, format: Format, expected: &str, problems: &[(&str, u32)]) {
    let clip = parsed(text);
    assert_eq!(clip.front_matter.format, format, "format");
    assert_eq!(shown(&clip.front_matter), expected.trim());
    let found: Vec<_> = places(&clip).into_iter().filter(|(code, _)| code.starts_with("front-matter")).collect();
    let found: Vec<_> = found.iter().map(|(code, line)| (code.trim_start_matches("front-matter-"), *line)).collect();
    assert_eq!(found, problems, "problems");
}

#[track_caller]
fn check_yaml(inside: &str, expected: &str, problems: &[(&str, u32)]) {
    check(&format!("---\n{inside}---\nBody.\n"), Format::Yaml, expected, problems);
}

#[test]
fn order_groups_and_types_are_the_files_own() {
    check_yaml(
        "# What it is\ntitle: 'A: b'\nurl: https://example.org/a?b=c#d\n\n# When\nsaved: 2025-11-25 19:02:42\nempty: ''\nnone:\nread: false\nrating: 1.10\nisbn: 007\ntags: [a, '#b', 1.50]\nnested:\n  deep: {x: 1}\n",
        "# What it is\ntitle = \"A: b\"\nurl = link https://example.org/a?b=c#d\n# When\nsaved = date 2025-11-25 19:02:42\nempty = empty\nnone = empty\nread = false\nrating = number 1.10\nisbn = number 007\ntags = [\"a\", \"#b\", number 1.50]\nnested = {deep: {x: number 1}}",
        &[],
    );
}

#[test]
fn numbers_of_thirty_digits_spoil_nothing() {
    check_yaml(
        "id: 123456789012345678901234567890\nb: 0x1F\n",
        "id = number 123456789012345678901234567890\nb = number 0x1F",
        &[],
    );
}

#[test]
fn an_unquoted_colon_costs_only_its_own_line() {
    check_yaml(
        "title: Rust: a language\nurl: https://example.org\n",
        "title! = \"Rust: a language\"\nurl = link https://example.org",
        &[("bad-line", 2)],
    );
}

#[test]
fn a_problem_has_its_column_reason_and_hint() {
    let clip = parsed("---\ntitle: Rust: a language\n---\n");
    let problem = clip.diagnostics.iter().find(|d| d.code == "front-matter-bad-line").unwrap();
    assert_eq!(problem.span.unwrap().column, 12);
    assert!(problem.message.contains("colon"), "{}", problem.message);
    assert!(problem.hint.as_deref().unwrap().contains("quotes"));
}

#[test]
fn reserved_signs_at_the_start() {
    check_yaml(
        "a: @someone\nb: [译] words (x)\nc: *important* note\nd: | pipe\ne: \"Foo\" bar\nf: 'It's'\ng: \"C:\\Users\\x\"\nh: {{date}}\n",
        "a! = \"@someone\"\nb! = \"[译] words (x)\"\nc! = \"*important* note\"\nd! = \"| pipe\"\ne! = \"\\\"Foo\\\" bar\"\nf! = \"It's\"\ng! = \"C:\\\\Users\\\\x\"\nh = \"{{date}}\"",
        &[
            ("bad-line", 2),
            ("bad-line", 3),
            ("bad-line", 4),
            ("bad-line", 5),
            ("bad-line", 6),
            ("bad-line", 7),
            ("bad-line", 8),
        ],
    );
}

#[test]
fn a_quote_that_is_never_closed_takes_no_neighbour_with_it() {
    check_yaml("title: \"abc\nauthor: x\n", "title! = \"\\\"abc\"\nauthor = \"x\"", &[("bad-line", 2)]);
}

#[test]
fn doubles_are_kept_and_told() {
    check_yaml("tags: [a]\ntags: [b]\n", "tags = [\"a\"]\ntags = [\"b\"]", &[("duplicate-key", 3)]);
}

#[test]
fn tabs_and_bad_indentation() {
    check_yaml("a:\n\tb: 1\nc: 2\n", "a! = {b: number 1}\nc = number 2", &[("bad-line", 3)]);
    check_yaml("title: x\n  author: y\nurl: z\n", "title = \"x\"\nauthor = \"y\"\nurl = \"z\"", &[("bad-line", 3)]);
}

#[test]
fn an_author_over_several_lines() {
    check_yaml(
        "author: Jane\nDoe\ntitle: a: b\n",
        "author! = \"Jane Doe\"\ntitle! = \"a: b\"",
        &[("bad-line", 3), ("bad-line", 4)],
    );
}

#[test]
fn hashtags_are_words_and_comments_are_not() {
    check_yaml("tags: #a #b\nstatus: done # for now\n", "tags = \"#a #b\"\nstatus = \"done\"", &[("hash", 2)]);
}

#[test]
fn wikilinks_without_quotes() {
    check_yaml(
        "author: [[Jane Doe]]\nup:\n  - [[A]]\n  - b\n",
        "author = \"[[Jane Doe]]\"\nup = [\"[[A]]\", \"b\"]",
        &[],
    );
}

#[test]
fn merge_keys_are_followed() {
    check_yaml(
        "base: &b {x: 1, z: 0}\ny:\n  <<: *b\n  z: 2\n",
        "base = {x: number 1, z: number 0}\ny = {x: number 1, z: number 2}",
        &[],
    );
}

#[test]
fn alias_and_merge_bombs_are_refused() {
    let mut bomb = "a0: &a0 [lol]\n".to_owned();
    for level in 1..=9 {
        let below = vec![format!("*a{}", level - 1); 9].join(",");
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    let clip = parsed(&format!("---\n{bomb}---\n"));
    assert_eq!(clip.front_matter.entries().count(), 10);
    assert!(places(&clip).iter().any(|(code, _)| code == "front-matter-refused"));

    let keys: Vec<String> = (0..300).map(|i| format!("k{i}: 1")).collect();
    let mut bomb = format!("a: &a {{{}}}\n", keys.join(","));
    for i in 0..300 {
        bomb.push_str(&format!("m{i}: {{<<: *a}}\n"));
    }
    let clip = parsed(&format!("---\n{bomb}---\n"));
    let shown = shown(&clip.front_matter);
    assert!(shown.len() < 2 * bomb.len(), "{} bytes of {}", shown.len(), bomb.len());
}

#[test]
fn the_closing_line_is_missing() {
    check(
        "---\ntitle: x\ntags: []\n\n# A heading\n\nWords: and more words.\n\nText.\n",
        Format::Yaml,
        "title = \"x\"\ntags = empty",
        &[("not-closed", 1)],
    );
}

#[test]
fn a_rule_far_below_does_not_close_it() {
    check(
        "---\ntitle: x\n\nA paragraph that goes on.\n\nAnother one.\n\n---\n\nMore.\n",
        Format::Yaml,
        "title = \"x\"",
        &[("not-closed", 1)],
    );
}

#[test]
fn blank_lines_between_keys() {
    check("---\n\nlayout: post\n\ntitle: x\n\n---\n\nBody.\n", Format::Yaml, "layout = \"post\"\ntitle = \"x\"", &[]);
}

#[test]
fn dots_close_it_too() {
    check("---\ntitle: x\n...\nBody.\n", Format::Yaml, "title = \"x\"", &[]);
}

#[test]
fn hexo_has_only_the_closing_line() {
    check(
        "title: x\ndate: 2013/7/13 20:46:25\n---\nBody.\n",
        Format::Yaml,
        "title = \"x\"\ndate = date 2013/7/13 20:46:25",
        &[],
    );
}

#[test]
fn a_rule_or_a_heading_is_no_front_matter() {
    for text in [
        "---\n\nWords.\n\n---\n",
        "---\njust text\n---\n",
        "---\n- a\n- b\n---\n",
        "Note: x\n---\n",
        "A heading\n---\n",
        "# x\n",
        "",
        "---",
        "---\n",
    ] {
        check(text, Format::None, "", &[]);
    }
}

#[test]
fn the_body_starts_after_the_block() {
    for text in [
        "---\ntitle: x\n---\nBody.\n",
        "+++\ntitle = 'x'\n+++\nBody.\n",
        "{\n\"title\": \"x\"\n}\nBody.\n",
        "% x\nBody.\n",
        "title:: x\nBody.\n",
        "---\r\ntitle: x\r\n---\r\nBody.\r\n",
        "---\rtitle: x\r---\rBody.\r",
    ] {
        let clip = parsed(text);
        assert_eq!(shown(&clip.front_matter), "title = \"x\"", "{text:?}");
        let body = &clip.source.text[clip.front_matter.raw.len()..];
        assert_eq!(body.trim_end(), "Body.", "{text:?}");
    }
}

#[test]
fn toml() {
    check(
        "+++\n# About\ntitle = \"A \\\"b\\\"\" # comment\ndate = 2024-11-28T12:26:00Z\ntags = [\n  'a', # one\n  \"b\",\n]\ndraft = true\nweight = 1_000\nlong = \"\"\"\nTwo\nlines\"\"\"\nbad value\n[params]\nx = {y = 1.50}\n+++\nBody.\n",
        Format::Toml,
        "# About\ntitle = \"A \\\"b\\\"\"\ndate = date 2024-11-28T12:26:00Z\ntags = [\"a\", \"b\"]\ndraft = true\nweight = number 1_000\nlong = \"Two\\nlines\"\n! = \"bad value\"\nparams = {x: {y: number 1.50}}",
        &[("bad-line", 14)],
    );
}

#[test]
fn json() {
    check(
        "{\n  \"title\": \"x\",\n  \"tags\": [\"b\", \"a\"],\n  \"n\": 1\n}\n\nBody.\n",
        Format::Json,
        "title = \"x\"\ntags = [\"b\", \"a\"]\nn = number 1",
        &[],
    );
    check(
        "\"title\": \"x\",\n\"date\": \"2013/7/13 20:46:25\"\n;;;\nBody.\n",
        Format::Json,
        "title = \"x\"\ndate = date 2013/7/13 20:46:25",
        &[],
    );
    check(";;;\n\"title\": \"x\"\n;;;\nBody.\n", Format::Json, "title = \"x\"", &[]);
    check(
        "{\n\"title\": \"x\",\n\"tags\": [oops\n}\n\nBody.\n",
        Format::Json,
        "title = \"x\"\ntags! = \"[oops\"",
        &[("bad-json", 1), ("bad-line", 3)],
    );
}

#[test]
fn pandoc_and_logseq() {
    check(
        "% A title\n  in two lines\n% Jane Doe; John Roe\n% November 28, 2024\n\nBody.\n",
        Format::Percent,
        "title = \"A title in two lines\"\nauthor = [\"Jane Doe\", \"John Roe\"]\ndate = date November 28, 2024",
        &[],
    );
    check(
        "title:: A page\ntags:: a, [[b]]\nempty::\n\n- body\n",
        Format::Properties,
        "title = \"A page\"\ntags = \"a, [[b]]\"\nempty = empty",
        &[],
    );
}
