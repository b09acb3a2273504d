//! Host tests of the reading for a list: the same facts as the whole reading, and plain words.

use std::path::{Path, PathBuf};

use clip_viewer::clip::{self, Clip, Options};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

fn both(text: &[u8]) -> (Clip, Clip, String) {
    let options = Options { file_name: Some("a.md".to_owned()), ..Options::default() };
    let (glanced, words) = clip::glance(text, &options);
    (clip::parse(text, &options), glanced, words)
}

/// The letters and digits of a text: white space, points and bullets are not what is compared.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text of the body as a reader sees it, without what is folded.
fn visible(html: &str) -> String {
    let name = html5ever::QualName::new(None, html5ever::ns!(html), html5ever::local_name!("div"));
    let dom = html5ever::parse_fragment(RcDom::default(), html5ever::ParseOpts::default(), name, Vec::new(), false);
    let mut text = String::new();
    gather(&dom.one(html).document, &mut text);
    text
}

fn gather(node: &Handle, text: &mut String) {
    match &node.data {
        NodeData::Text { contents } => text.push_str(&contents.borrow()),
        NodeData::Element { attrs, .. } => {
            let hidden = |value: &str| value.split(' ').any(|class| class == "clutter");
            if attrs.borrow().iter().any(|a| &*a.name.local == "class" && hidden(&a.value)) {
                return;
            }
        }
        _ => {}
    }
    for child in node.children.borrow().iter() {
        gather(child, text);
    }
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clips");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md"));
    files.sort();
    assert!(files.len() > 25, "{files:?}");
    files
}

#[track_caller]
fn check_facts(whole: &Clip, glanced: &Clip, of: &str) {
    assert_eq!(glanced.metadata, whole.metadata, "{of}");
    assert_eq!(glanced.outline, whole.outline, "{of}");
    assert_eq!(glanced.stats, whole.stats, "{of}");
    assert_eq!(glanced.clutter, whole.clutter, "{of}");
    assert_eq!(glanced.front_matter, whole.front_matter, "{of}");
    assert_eq!(glanced.source, whole.source, "{of}");
    assert!(glanced.body.chunks.is_empty(), "{of}");
}

#[test]
fn a_list_has_the_facts_of_the_page() {
    for path in fixtures() {
        let (whole, glanced, _) = both(&std::fs::read(&path).unwrap());
        check_facts(&whole, &glanced, &path.display().to_string());
        assert_eq!(glanced.diagnostics, whole.diagnostics, "{}", path.display());
    }
}

#[test]
fn the_words_are_what_a_reader_sees() {
    for path in fixtures() {
        let (whole, _, words) = both(&std::fs::read(&path).unwrap());
        assert_eq!(letters(&words), letters(&visible(&whole.body.chunks.concat())), "{}", path.display());
    }
}

/// The words of a text, line by line.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (_, words) = clip::glance(text.as_bytes(), &Options::default());
    // Code brings the end of its last line along.
    assert_eq!(words.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn words_have_no_markup() {
    check(
        "---\ntitle: T\n---\n\n# One *two*\n\n**a** ~~b~~ ==c== `d` [e](https://e.example/f)\n",
        &["One two", "a b c d e"],
    );
    check("- [ ] one\n- [x] two\n\n1. three\n", &["one", "two", "three"]);
    check("> [!note] four\n> five\n\n```rust\nfn six() {}\n```\n", &["four", "five", "fn six() {}"]);
    check("<b>seven</b> &amp; <i onclick=\"x()\">eight</i>\n", &["seven & eight"]);
    check("| a | b |\n|---|---|\n| c | d |\n", &["a\tb\t", "c\td\t"]);
    check("![ten](assets/a.png) and [[eleven|twelve]]\n", &[" and twelve"]);
    check("", &[]);
}

#[test]
fn words_have_nothing_of_blocks_that_are_folded() {
    let text = "# The lamp\n\n[↓↓↓](javascript:)\n\nThe Quarterly\n\n[↑↑↑](javascript:)\n\nThe lamp was lit.\n\n![](assets/1-loading.svg)\n\n- \n";
    let (whole, _, words) = both(text.as_bytes());
    assert!(whole.clutter.len() >= 3, "{:?}", whole.clutter);
    assert!(words.contains("The Quarterly\n") && words.contains("The lamp was lit.\n"), "{words}");
    for folded in ["↓", "↑", "javascript", "loading"] {
        assert!(!words.contains(folded), "{folded}: {words}");
    }
}

/// Lines of which clips are made, with debris among them.
const LINES: [&str; 12] = [
    "# A heading",
    "**/ 01 /**",
    "Words of the article that go on for a while, as they do.",
    "By Ada Voss, 3 January 2024",
    "[↓↓↓](javascript:)",
    "![](https://pixel.example/p.gif)",
    "# [▲ Next time](https://ferries.example/next)",
    "> quoted [a note][1] and [^1]",
    "[1]: https://late.example/",
    "[^1]: What the note says.",
    "```",
    "<div><p>raw",
];

proptest! {
    #[test]
    fn a_list_has_the_facts_of_the_page_for_any_clip(picked in prop::collection::vec(0..LINES.len(), 0..30)) {
        let text: String = picked.into_iter().map(|line| format!("{}\n\n", LINES[line])).collect();
        let (whole, glanced, words) = both(text.as_bytes());
        check_facts(&whole, &glanced, &text);
        prop_assert!(words.is_empty() || words.ends_with('\n'));
        prop_assert!(!words.contains(['*', '#', '<']) || text.contains("```"), "{:?}", words);
    }

    #[test]
    fn any_bytes_are_read_for_a_list(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (whole, glanced, _) = both(&bytes);
        check_facts(&whole, &glanced, "bytes");
    }
}
