//! The forms that a body is made of, each as the page gets it.

use super::{html, parsed};

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(html(markdown), expected, "of: {markdown}");
}

#[test]
fn a_heading_has_an_id_and_its_line() {
    check("\n## One *two*\n", "<h2 id=\"h-one-two\" data-line=\"2\">One <em>two</em></h2>");
}

#[test]
fn the_title_is_marked_and_sections_begin_at_two() {
    let html = html("# Title\n\n### Deep\n");
    assert!(html.contains("<h1 id=\"h-title\" data-line=\"1\" data-title=\"\">"), "{html}");
    assert!(html.contains("<h2 id=\"h-deep\""), "{html}");
}

#[test]
fn headings_of_the_same_words_have_different_ids() {
    let clip = parsed("## A\n\n## A\n\n## ？\n\n## ！\n");
    let ids: Vec<&str> = clip.outline.headings.iter().map(|h| h.id.as_str()).collect();
    assert_eq!(ids, ["h-a", "h-a--2", "h-section", "h-section--2"]);
}

#[test]
fn a_table_scrolls_in_itself_and_keeps_its_alignment() {
    check(
        "| a | b |\n|---|--:|\n| 1 | 2 |\n",
        "<div class=\"table-scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table><thead><tr><th>a</th>\
         <th class=\"align-right\">b</th></tr></thead><tbody><tr><td>1</td><td class=\"align-right\">2</td></tr></tbody></table></div>",
    );
}

#[test]
fn a_task_says_whether_it_is_done() {
    check("- [x] a\n", "<ul><li><input type=\"checkbox\" disabled=\"\" aria-label=\"done\" checked=\"\">a</li></ul>");
}

#[test]
fn an_outside_link_leaves_no_trace() {
    check(
        "[a](https://example.org \"t\")",
        "<p><a href=\"https://example.org\" rel=\"noopener noreferrer\" target=\"_blank\" referrerpolicy=\"no-referrer\" title=\"t\">a</a></p>",
    );
}

#[test]
fn a_link_that_may_not_be_followed_keeps_its_words() {
    check("[a *b*](javascript:alert%281%29)", "<p>a <em>b</em></p>");
    check("[a](vbscript:x) [b](data:text/html,x) [c](file:///x)", "<p>a b c</p>");
}

#[test]
fn a_link_within_the_clip_finds_its_heading() {
    let html = html("## My Part\n\n[go](#my-part) [nowhere](#gone)\n");
    assert!(html.contains("<a href=\"#h-my-part\">go</a>"), "{html}");
    assert!(html.contains("<a data-href=\"#gone\">nowhere</a>"), "{html}");
}

#[test]
fn bare_addresses_are_links_but_not_in_code_or_links() {
    let html = html("See https://a.example/x_y?b=1&c=2. `https://b.example` [https://c.example](https://d.example)");
    assert!(html.contains("<a href=\"https://a.example/x_y?b=1&amp;c=2\""), "{html}");
    assert!(html.contains("&amp;c=2</a>. <code>https://b.example</code>"), "{html}");
    assert_eq!(html.matches("<a ").count(), 2, "{html}");
}

#[test]
fn a_bare_address_ends_where_chinese_begins() {
    let html = html("网址https://a.example/x，然后");
    assert!(html.contains(">https://a.example/x</a>，然后"), "{html}");
}

#[test]
fn remote_pictures_have_no_address_that_loads() {
    check(
        "![a](https://p.example/a.png)",
        "<p><img data-remote=\"https://p.example/a.png\" alt=\"a\" loading=\"lazy\" referrerpolicy=\"no-referrer\"></p>",
    );
    check(
        "![a](//p.example/a.png)",
        "<p><img data-remote=\"https://p.example/a.png\" alt=\"a\" loading=\"lazy\" referrerpolicy=\"no-referrer\"></p>",
    );
}

#[test]
fn pictures_inside_the_clip_are_shown_unless_they_can_run() {
    let html = html("![a](data:image/png;base64,AA==) ![b](data:image/svg+xml,x) ![c](assets/c.png)");
    assert!(html.contains("src=\"data:image/png;base64,AA==\""), "{html}");
    assert!(!html.contains("svg"), "{html}");
    assert!(html.contains("data-asset=\"assets/c.png\""), "{html}");
}

#[test]
fn footnotes_are_numbered_by_use_and_gathered() {
    let html = html("a[^x] b[^y] c[^x]\n\n[^y]: Why.\n[^x]: Ex.\n");
    assert!(html.contains("<a href=\"#fn-1\" id=\"fnref-1\">1</a>"), "{html}");
    assert!(html.contains("id=\"fnref-1-2\""), "{html}");
    let (first, second) = (html.find("id=\"fn-1\"").unwrap(), html.find("id=\"fn-2\"").unwrap());
    assert!(html[first..second].contains("Ex."), "{html}");
}

#[test]
fn alerts_have_their_kind_and_title() {
    let html = html("> [!TIP]\n> Words\n");
    assert_eq!(html, "<div class=\"alert\" data-kind=\"tip\"><p class=\"alert-title\">Tip</p><p>Words</p></div>");
}

#[test]
fn raw_html_keeps_what_is_harmless() {
    assert!(html("<details><summary>S</summary>T</details>\n").starts_with("<details><summary>S</summary>T</details>"));
    check("a<sup>2</sup> <kbd>x</kbd>", "<p>a<sup>2</sup> <kbd>x</kbd></p>");
    check("<td>x", "<table><tbody><tr><td>x</td></tr></tbody></table>");
}

#[test]
fn a_frame_becomes_a_link() {
    let html = html("<iframe src=\"https://v.example/e/1\" title=\"Talk\"></iframe>\n");
    assert!(html.contains("class=\"embed\" data-kind=\"frame\" href=\"https://v.example/e/1\""), "{html}");
    assert!(html.contains(">Talk</span> <span class=\"embed-host\">v.example</span>"), "{html}");
}

#[test]
fn an_unclosed_script_takes_no_more_than_its_block() {
    let html = html("a <script>b\n\nc\n");
    assert!(html.contains("<p>c</p>"), "{html}");
    assert!(!html.contains('b'), "{html}");
}

#[test]
fn emphasis_beside_chinese_punctuation_is_mended() {
    check("**“引”**文", "<p><strong>“引”</strong>文</p>");
    check("**甲****乙**", "<p><strong>甲</strong><strong>乙</strong></p>");
    check("`**“引”**文`", "<p><code>**“引”**文</code></p>");
}

#[test]
fn a_long_body_comes_in_chunks_of_whole_elements() {
    let clip = parsed(&"para *graph*\n\n".repeat(5000));
    assert!(clip.body.chunks.len() > 3);
    for chunk in &clip.body.chunks {
        assert!(chunk.starts_with("<p>") && chunk.ends_with("</p>"));
    }
}

#[test]
fn every_heading_of_the_outline_stands_in_the_body_once_and_in_order() {
    let text: String = (0..400).map(|n| format!("## Part {n}\n\n{}\n\n", "words ".repeat(60))).collect();
    let clip = parsed(&text);
    assert!(clip.body.chunks.len() > 2);
    let body = clip.body.chunks.concat();
    let mut rest = body.as_str();
    for heading in &clip.outline.headings {
        let id = format!(" id=\"{}\"", heading.id);
        assert_eq!(body.matches(&id).count(), 1, "{}", heading.id);
        rest = rest.split_once(&id).unwrap_or_else(|| panic!("{} is out of order", heading.id)).1;
    }
}
