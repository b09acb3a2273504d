//! The forms of Obsidian and of clippers that CommonMark leaves as text.

use clip_viewer::clip::markdown;
use proptest::prelude::*;
use pulldown_cmark::Event;

use super::{html, parsed};

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(html(markdown), expected, "of: {markdown}");
}

/// The form makes no difference: all of it is text.
#[track_caller]
fn stays(markdown: &str) {
    let plain = html(markdown);
    for made in ["class=\"math\"", "note-link", "<mark>", "<img", "class=\"alert\""] {
        assert!(!plain.contains(made), "{plain}");
    }
    let text = markdown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    assert_eq!(plain, format!("<p>{text}</p>"));
}

#[test]
fn a_link_to_a_note_has_its_label_and_leads_nowhere() {
    check("[[Sails|the sails]]", "<p><span class=\"note-link\" data-note=\"Sails\">the sails</span></p>");
    check(
        "[[Boats/Sails#Canvas]]",
        "<p><span class=\"note-link\" data-note=\"Boats/Sails#Canvas\">Sails › Canvas</span></p>",
    );
    let table = html("| a |\n|---|\n| [[Sails\\|s]] |\n");
    assert!(table.contains("<span class=\"note-link\" data-note=\"Sails\">s</span>"), "{table}");
}

#[test]
fn a_link_to_a_heading_of_the_clip_leads_there() {
    let html = html("## Old Ropes\n\n[[#Old Ropes]] and [[#^knot]]\n\nA knot. ^knot\n");
    assert!(html.contains("<a class=\"note-link\" href=\"#h-old-ropes\">Old Ropes</a>"), "{html}");
    assert!(html.contains("href=\"#c-%5Eknot\">knot</a>"), "{html}");
    assert!(html.contains("A knot.<span id=\"c-^knot\"></span></p>"), "{html}");
}

#[test]
fn brackets_that_are_no_note_stay() {
    for text in ["if [[ -f x ]] then", "m = [[1, 2], [3, 4]]", "[[1, 2]]", "a [[b", "[[]]", "[[[a]]]"] {
        stays(text);
    }
    let html = html("text[[1]](https://w.example/#cite-1) `[[a]]`");
    assert!(html.contains(">[1]</a> <code>[[a]]</code>"), "{html}");
}

#[test]
fn an_embedded_picture_is_a_picture_with_its_size() {
    let html = html("![[boats/old one.png|300x200]] ![[b.webp|300]] ![[c.jpg|a sail]] ![[Note]]");
    assert!(html.contains("<img data-asset=\"boats/old%20one.png\" alt=\"\""), "{html}");
    assert!(html.contains("width=\"300\" height=\"200\">"), "{html}");
    assert!(html.contains("<img data-asset=\"b.webp\""), "{html}");
    assert!(html.contains("alt=\"a sail\""), "{html}");
    assert!(html.contains("<span class=\"note-link\" data-note=\"Note\">Note</span>"), "{html}");
    assert_eq!(parsed("![[a.png]]").stats.pictures, 1);
}

#[test]
fn a_picture_with_spaces_in_its_address_is_a_picture() {
    let html = html("![a](my pictures/one (1).png) ![b](x.png =300x) ![c|120](y.png)");
    assert!(html.contains("data-asset=\"my%20pictures/one%20(1).png\""), "{html}");
    assert!(html.contains("data-asset=\"x.png\" alt=\"b\""), "{html}");
    assert!(html.contains("width=\"300\"") && html.contains("alt=\"c\""), "{html}");
}

#[test]
fn a_drawing_in_the_text_is_no_page_of_signs() {
    let text = "![图片](data:image/svg+xml,%3C%3Fxml version='1.0' encoding='UTF-8'%3F%3E%3Csvg width='1px' d=\"a (b)\"%3E) 后文";
    check(
        text,
        "<p><span class=\"clutter\" data-reason=\"placeholder-picture\"><img data-placeholder=\"\" alt=\"图片\"></span> 后文</p>",
    );
    check(
        "![x](data:image/svg+xml,%3Csvg a='b (c",
        "<div class=\"clutter\" data-reason=\"placeholder-picture\"><p><img data-placeholder=\"\" alt=\"x\"></p></div>",
    );
    assert_eq!(parsed(text).stats.pictures, 0);
}

#[test]
fn a_callout_has_kind_title_and_fold() {
    check(
        "> [!note] On *sails*\n> Words\n",
        "<div class=\"alert\" data-kind=\"note\"><p class=\"alert-title\">On <em>sails</em></p><p>Words</p></div>",
    );
    check(
        "> [!Tip]-\n> a\n>\n> > [!my-kind]+ b\n> > c\n",
        "<details class=\"alert\" data-kind=\"tip\"><summary class=\"alert-title\">Tip</summary><p>a</p>\
         <details class=\"alert\" data-kind=\"my-kind\" open=\"\"><summary class=\"alert-title\">b</summary><p>c</p></details></details>",
    );
    check("> [!quote] only\n", "<div class=\"alert\" data-kind=\"quote\"><p class=\"alert-title\">only</p></div>");
    check("> [!] a\n", "<blockquote><p>[!] a</p></blockquote>");
}

#[test]
fn a_highlight_is_marked_but_no_comparison() {
    check("a ==b **c** d== e", "<p>a <mark>b <strong>c</strong> d</mark> e</p>");
    check("文==标记==字", "<p>文<mark>标记</mark>字</p>");
    check("**a ==b** c==", "<p><strong>a ==b</strong> c==</p>");
    for text in ["a == b and c == d", "x==y&&z==w", "=== a ===", "biz=Mz==&mid=2=="] {
        stays(text);
    }
    check("`==a==`", "<p><code>==a==</code></p>");
}

#[test]
fn a_comment_is_not_shown() {
    check("a %%hidden%% b", "<p>a  b</p>");
    check("a\n\n%%\nb\n\n> c\n%%\n\nd\n", "<p>a</p><p>d</p>");
    for text in ["100%% sure, 50%% not", "a %% b"] {
        stays(text);
    }
}

#[test]
fn the_name_of_a_block_is_not_shown() {
    check("- a ^x1y2\n- b\n", "<ul><li>a<span id=\"c-^x1y2\"></span></li><li>b</li></ul>");
    check("> a\n> ^note-12\n", "<blockquote><p>a<span id=\"c-^note-12\"></span></p></blockquote>");
    check("a\n\n^abc123\n", "<p>a</p>");
    stays("x^2");
    stays("x ^2");
}

#[test]
fn a_note_within_the_line_is_a_footnote() {
    let html = html("a^[See *there*, [b](https://b.example).] c");
    assert!(html.contains("a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> c</p>"), "{html}");
    assert!(html.contains("<li id=\"fn-1\"><p>See <em>there</em>, <a href=\"https://b.example\""), "{html}");
}

#[test]
fn formulas_are_told_from_money() {
    check("则 $d_k$ 为", "<p>则 <span class=\"math\" data-display=\"inline\">d_k</span> 为</p>");
    check(
        "$x^*$ and $y^*$",
        "<p><span class=\"math\" data-display=\"inline\">x^*</span> and <span class=\"math\" data-display=\"inline\">y^*</span></p>",
    );
    check("$$\n\\frac{a}{b}\n$$", "<p><span class=\"math\" data-display=\"block\">\\frac{a}{b}</span></p>");
    check("\\(a_1 + b\\)", "<p><span class=\"math\" data-display=\"inline\">a_1 + b</span></p>");
    check("\\[\\frac{a}{b}\\]", "<p><span class=\"math\" data-display=\"block\">\\frac{a}{b}</span></p>");
    check("\\[译\\] \\(注\\)", "<p>[译] (注)</p>");
    for text in [
        "$5 and $10",
        "价格$5，涨到6$。",
        "从$5涨到$10，再到$20。",
        "costs $20 ($0.06/1k tokens), then $0.12/1k",
        "US$10 or A$12",
        "$HOME/$USER and $PATH",
        "$a=1;$b=2",
        "a $ b $ c",
        "from $5 to 10$ a day",
        "a.gd$b_1.gd$",
    ] {
        stays(text);
    }
}

#[test]
fn blank_paragraphs_and_the_place_of_contents_vanish() {
    check("a\n\n&nbsp;\n\n\u{200B}\n\n\u{A0}\n\nb\n", "<p>a</p><p>b</p>");
    check("[toc]\n\n[[TOC]]\n\n@[toc](目录)\n\na\n", "<p>a</p>");
}

#[test]
fn a_link_around_blocks_leaves_no_brackets() {
    let html = html("[\n\nOld ropes\n\n![](r.png)\n\n](https://r.example/a_b)\n\nafter\n");
    assert!(!html.contains('[') && !html.contains(']'), "{html}");
    assert_eq!(html.matches("<a href=\"https://r.example/a_b\"").count(), 2, "{html}");
    assert!(html.ends_with("<p>after</p>"), "{html}");
}

#[test]
fn a_link_that_ends_in_a_later_paragraph_leaves_no_brackets() {
    let html = html("before [a\n\n* * *\n\nb](https://r.example)\n\nafter [x] y\n");
    assert!(html.starts_with("<p>before a</p><hr><p>"), "{html}");
    assert!(html.contains(">b</a></p><p>after [x] y</p>"), "{html}");
}

#[test]
fn brackets_that_are_no_link_stay() {
    check("a [b\n\nc] d\n", "<p>a [b</p><p>c] d</p>");
    check("c](d)\n", "<p>c](d)</p>");
    check("\\[b\n\nc](d)\n", "<p>[b</p><p>c](d)</p>");
}

/// Whether every start among the events has its own end.
fn is_well_formed(text: &str) -> bool {
    let source = parsed(text).source;
    let mut open = Vec::new();
    let document = markdown::read(&source, 0);
    let nested = document.events.iter().all(|(event, _)| match event {
        Event::Start(tag) => {
            open.push(tag.to_end());
            true
        }
        Event::End(tag) => open.pop() == Some(*tag),
        _ => true,
    });
    nested && open.is_empty()
}

#[test]
fn a_table_that_ends_a_comment_goes_whole() {
    assert!(is_well_formed("*\n%%\n| a | b |\n|--|--|\n[[\n%%\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_soup_of_forms_is_well_formed(pieces in proptest::collection::vec(prop_oneof![
        Just("[["), Just("]]"), Just("!"), Just("["), Just("]("), Just(")"), Just("=="), Just("**"), Just("*"), Just("_"),
        Just("__"), Just("~~"), Just(" "), Just("\n"), Just("\n\n"), Just("> "), Just("- "), Just("$"), Just("$$"), Just("%%"),
        Just("\n%%\n"), Just("^["), Just(" ^ab1\n"), Just("\\"), Just("\\("), Just("\\)"), Just("a_1"), Just("字"), Just("word"),
        Just("> [!note]- "), Just("|"), Just("`"), Just("https://a.example"), Just("data:image/svg+xml,'"), Just(".png"),
        Just("<b>"), Just("</b>"), Just("&amp;"), Just("“"), Just("\\*\\*"), Just("# "), Just("| a | b |\n|--|--|\n"),
    ], 0..40)) {
        let text = pieces.concat();
        prop_assert!(is_well_formed(&text), "{:?}", text);
    }
}
