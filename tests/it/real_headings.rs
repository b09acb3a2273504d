//! Host tests of the headings that a clip marks itself: which are the article's, which the page's.

use clip_viewer::clip::{self, Options};

/// Checks the outline as `level text` rows.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let clip = clip::parse(text.as_bytes(), &Options::default());
    let found: Vec<String> = clip.outline.sections().map(|h| format!("{} {}", h.level, h.text)).collect();
    assert_eq!(found, expected, "of:\n{text}");
}

const ARTICLE: &str = "# T\n\n## Ebb\n\nsome words\n\n## Flow\n\nother words\n\n";

#[test]
fn comments_and_related_posts_below_an_article_are_not_of_it() {
    let page = "## Related posts\n\n### [One](https://a.example)\n\n## 3 Comments\n\n### Mira says\n\nNice.\n\n### Leave a reply\n";
    check(&format!("{ARTICLE}{page}"), &["2 Ebb", "2 Flow"]);
    check(&format!("{ARTICLE}### 留言\n\nNice.\n\n#### 張貼留言\n"), &["2 Ebb", "2 Flow"]);
    check(&format!("{ARTICLE}#### この記事を書いた人\n\nMira Sand\n"), &["2 Ebb", "2 Flow"]);
}

#[test]
fn a_section_that_speaks_of_comments_is_a_section() {
    check(&format!("# T\n\n## Comments\n\nsome words\n\n{}", &ARTICLE[5..]), &["2 Comments", "2 Ebb", "2 Flow"]);
    check(&format!("{ARTICLE}## References\n\n- [One](https://a.example)\n"), &["2 Ebb", "2 Flow", "2 References"]);
}

#[test]
fn a_table_of_contents_a_byline_and_a_list_of_keys_are_not_of_the_article() {
    let contents = "## Table of contents\n\n- [Ebb](#ebb)\n- [Flow](#flow)\n\n";
    check(&format!("# T\n\n### By Mira Sand\n\n{contents}{}", &ARTICLE[5..]), &["2 Ebb", "2 Flow"]);
    check(
        &format!("# T\n\n## Metadata\n\n- Author: Mira\n- URL: a.example\n\n{}", &ARTICLE[5..]),
        &["2 Ebb", "2 Flow"],
    );
    let named = "#### The tides\n\n- [Ebb](#ebb)\n- [Slack](#slack)\n- [Flow](#flow)\n\n";
    check(&format!("{named}### Ebb\n\nsome words\n\n### Flow\n\nsome words\n"), &["2 Ebb", "2 Flow"]);
}

#[test]
fn headings_in_a_quotation_belong_to_what_is_quoted() {
    check(&format!("{ARTICLE}> ## Quoted\n>\n> words\n"), &["2 Ebb", "2 Flow"]);
    check("> ## One\n>\n> words\n>\n> ## Two\n>\n> words\n", &["2 One", "2 Two"]);
}

#[test]
fn comments_of_a_listing_in_raw_html_are_no_headings() {
    let listing = "<div><pre><code>{ one }\n\n# not a heading\ntwo\n\n# nor this\n</code></pre></div>\n\n";
    check(&format!("{ARTICLE}{listing}## Slack\n\nwords\n"), &["2 Ebb", "2 Flow", "2 Slack"]);
}

#[test]
fn the_name_of_the_site_after_the_title_does_not_hide_the_title() {
    let front = "---\ntitle: The tides | The keeper's handbook of all waters\n---\n\n";
    check(&format!("{front}## The tides\n\nwords\n\n## Ebb\n\nwords\n\n## Flow\n\nwords\n"), &["2 Ebb", "2 Flow"]);
    check("## The tides\n\nAll there is to say.\n", &[]);
}

#[test]
fn a_numbered_line_over_dashes_is_a_heading_though_markdown_sees_a_list() {
    let text = "# T\n\n1. Ebb\n------\n\nwords\n\n### Slow\n\nwords\n\n2. Flow\n-------\n\nwords\n";
    check(text, &["2 1. Ebb", "3 Slow", "2 2. Flow"]);
}

#[test]
fn headings_that_are_anchors_of_themselves_are_headings() {
    check("# T\n\n## [Ebb](#ebb)\n\nwords\n\n## [Flow](#flow)\n\nwords\n", &["2 Ebb", "2 Flow"]);
    check("# T\n\n## [](#ebb)Ebb\n\nwords\n\n## Flow [#](#flow)\n\nwords\n", &["2 Ebb", "2 Flow"]);
    let far = |name: &str| {
        format!("## [{name}](https://a.example/{name})\n\nThe water goes where it went before, twice a day.\n\n")
    };
    check(&format!("# T\n\n{}{}", far("Ebb"), far("Flow")), &["2 Ebb", "2 Flow"]);
}

#[test]
fn promotion_alone_is_no_outline() {
    check("# T\n\nsome words\n\n# [▲ One](https://a.example)\n\n# [▲ Two](https://b.example)\n", &[]);
}

#[test]
fn a_whole_series_of_bold_lines_counts_below_real_headings_and_one_step_does_not() {
    let parts = "**Part 1) Morning – Looking at the water, and at what it left on the sand**\n\nwords\n\n**Part 2) Noon**\n\nwords\n\n";
    check(
        &format!("{ARTICLE}{parts}"),
        &[
            "2 Ebb",
            "2 Flow",
            "3 Part 1) Morning – Looking at the water, and at what it left on the sand",
            "3 Part 2) Noon",
        ],
    );
    check(&format!("{ARTICLE}**5. Is the rope dry**\n\nwords\n\n"), &["2 Ebb", "2 Flow"]);
}

#[test]
fn headings_of_material_that_a_text_shows_are_not_its_own() {
    let shown = "# tides.md\n## Rules\n- wait\n\n## Signs\n- foam\n\n";
    let part = |n: u32| format!("**0{n}**\n\n**Part of the keeper {n}**\n\nsome words\n\n");
    check(
        &format!("# T\n\n{}{}{shown}{}", part(1), part(2), part(3)),
        &["2 01 Part of the keeper 1", "2 02 Part of the keeper 2", "2 03 Part of the keeper 3"],
    );
}
