//! A clip without what is folded of it: its own Markdown, HTML that stands by itself, plain text.

use clip_viewer::clip::{self, Options};
use clip_viewer::library::export::page::page;
use clip_viewer::library::highlight::Source;
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../../public/sample.md");

fn text_of(markdown: &str) -> String {
    clip::parse(markdown.as_bytes(), &Options::default()).body.cleaned_text()
}

fn html_of(markdown: &str) -> String {
    let inside = |name: &str| (name == "a.png").then(|| "data:image/png;base64,AA==".to_owned());
    clip::parse(markdown.as_bytes(), &Options::default()).body.cleaned_html(&mut { inside })
}

#[test]
fn clean_markdown_has_all_but_what_is_folded() {
    let clean = clip::cleaned(SAMPLE.as_bytes(), &Options::default());
    assert!(SAMPLE.contains("↓↓↓") && !clean.contains("↓↓↓"), "{clean}");
    let after = clip::parse(clean.as_bytes(), &Options::default());
    assert_eq!(after.clutter, [], "there is nothing left to fold");
    let before = clip::parse(SAMPLE.as_bytes(), &Options::default());
    assert!(!before.clutter.is_empty());
    assert_eq!(after.body.cleaned_text(), before.body.cleaned_text());
    assert_eq!(after.front_matter.raw, before.front_matter.raw, "the front matter is as it came");
    let mut lines = SAMPLE.lines();
    for line in clean.lines() {
        assert!(lines.any(|own| own == line), "“{line}” is not a line of the clip, or not in its place");
    }
}

#[test]
fn a_clip_without_clutter_is_as_it_came() {
    let text = "---\r\ntitle:  T # kept\r\n---\r\n\r\n\r\n# Head\r\n\r\n  Words.\r\n\r\n\r\n\r\n* one\r\n";
    assert_eq!(clip::cleaned(text.as_bytes(), &Options::default()), text);
}

#[test]
fn what_is_beyond_the_most_folds_stays_as_it_stays_on_the_page() {
    let many = format!("# Head\n\nWords.\n\n{}", "[](javascript:)\n\nMore words of the article.\n\n".repeat(2100));
    let clip = clip::parse(many.as_bytes(), &Options::default());
    assert_eq!(clip.clutter.len(), 2000, "there are more than are folded");
    let clean = clip::cleaned(many.as_bytes(), &Options::default());
    assert_eq!(clean.matches("(javascript:)").count(), 100);
}

#[test]
fn plain_text_has_a_line_for_each_block() {
    let text = text_of(
        "# The weir\n\nIt *holds*\nthe `river` back.\n\n> A quote\n\n1. one\n2. two\n   - deep\n\n```rust\nfn a() {\n    b\n}\n```\n\n\
         | a | b |\n|---|---|\n| c | d |\n\n![A heron](a.png)\n\n---\n\nlast  \nline\n",
    );
    let expected = "It holds the river back.\n\n> A quote\n\n1. one\n2. two\n  - deep\n\nfn a() {\n    b\n}\n\na\tb\nc\td\n\n\
                    [A heron]\n\n* * *\n\nlast\nline\n";
    assert_eq!(text, expected);
}

#[test]
fn html_stands_by_itself() {
    let html = html_of(
        "# T\n\nA [link](https://kettle.example/a?b&c) and ![in](a.png) and ![out](https://kettle.example/p.png) and ![](gone.png).\n\n\
         - [x] done\n\n<script>no()</script><p onclick=\"no()\" style=\"x\" class=\"y\">raw</p>\n",
    );
    for there in [
        "<a href=\"https://kettle.example/a?b&amp;c\">link</a>",
        "<img src=\"data:image/png;base64,AA==\" alt=\"in\">",
        "<a href=\"https://kettle.example/p.png\">[out]</a>",
        "<span>[gone.png]</span>",
        "<input type=\"checkbox\" disabled checked>",
    ] {
        assert!(html.contains(there), "{there} in {html}");
    }
    for gone in ["script", "onclick", "style", "class", "data-line", "<img src=\"http", "loading"] {
        assert!(!html.contains(gone), "{gone} in {html}");
    }
}

#[test]
fn a_page_names_its_source_and_allows_nothing() {
    let source = Source {
        title: "A <b> & \"c\"".to_owned(),
        author: "Nora Weir".to_owned(),
        url: "https://kettle.example/?a&b".to_owned(),
        ..Source::default()
    };
    let page = page(&source, "en", "<p>Words.</p>");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    assert!(page.contains("<title>A &lt;b&gt; &amp; &quot;c&quot;</title>"));
    assert!(page.contains("Nora Weir · <a href=\"https://kettle.example/?a&amp;b\" rel=\"noreferrer\">"));
    assert!(page.contains("default-src 'none'; img-src data:"));
    let strange = Source { url: "javascript:no()".to_owned(), ..Source::default() };
    assert!(!clip_viewer::library::export::page::page(&strange, "", "").contains("javascript"));
}

proptest! {
    #[test]
    fn any_clip_gives_clean_copies(text in "[a-z\\[\\]()*_#>`|<&\"! \n:-]{0,200}") {
        let clean = clip::cleaned(text.as_bytes(), &Options::default());
        let mut letters = text.chars();
        prop_assert!(clean.chars().all(|letter| letters.any(|own| own == letter)), "{clean:?} of {text:?}");
        let html = html_of(&text);
        let mut open = Vec::new();
        let fragment = ammonia::Builder::default().clean(&html).to_string();
        prop_assert!(!fragment.contains("<script"));
        for tag in html.split('<').skip(1) {
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            match tag.strip_prefix('/') {
                Some(_) => prop_assert_eq!(open.pop(), Some(name)),
                None if ["br", "hr", "img", "input", "wbr"].contains(&name.as_str()) => {}
                None => open.push(name),
            }
        }
        prop_assert!(open.is_empty(), "{html}");
    }
}
