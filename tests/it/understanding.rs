//! Host tests of the outline: real headings, and those that a clip shows as bold lines only.

use std::path::Path;

use clip_viewer::clip::{self, Options};

/// The outline as `level text` rows.
fn outline(text: &str) -> Vec<String> {
    let clip = clip::parse(text.as_bytes(), &Options::default());
    clip.outline.sections().map(|h| format!("{} {}", h.level, h.text)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(outline(text), expected, "of:\n{text}");
}

#[test]
fn real_headings_are_the_outline_and_skipped_levels_are_closed_up() {
    check("# T\n\n## A\n\n#### B\n\n## C\n\n**bold line**\n\nx\n", &["2 A", "3 B", "2 C"]);
}

#[test]
fn bold_lines_nest_by_their_markers() {
    let text = "# T\n\n**/ 01 /**\n\n**Wind**\n\nx\n\n**▎Gusts**\n\nx\n\n**1、Small**\n\nx\n\n**2、Large**\n\nx\n\n**/ 02 /**\n\n**Rain**\n\nx\n";
    check(text, &["2 / 01 / Wind", "3 ▎Gusts", "4 1、Small", "4 2、Large", "2 / 02 / Rain"]);
}

#[test]
fn a_list_of_one_bold_item_is_a_heading() {
    check("**1、Sails**\n\nx\n\n*   **Canvas**\n\ny\n\n*   **Hemp**\n\nz\n", &["2 1、Sails", "3 Canvas", "3 Hemp"]);
}

#[test]
fn bold_sentences_captions_and_links_are_no_headings() {
    check(
        "**A**\n\nx\n\n**Nobody saw it coming。**\n\nx\n\n**[More](https://a.example)**\n\nx\n\n**B**\n\nx\n",
        &["2 A", "2 B"],
    );
}

#[test]
fn one_bold_line_is_no_outline() {
    check("**A**\n\nx\n\ny\n", &[]);
}

#[test]
fn headings_that_only_lead_elsewhere_do_not_count_beside_bold_lines() {
    let text = "# T\n\n**A**\n\nx\n\n**B**\n\nx\n\n# [▲ One](https://a.example)\n\n# [▲ Two](https://b.example)\n";
    let text = format!("---\ntitle: T\n---\n\n{text}");
    check(&text, &["2 A", "2 B"]);
}

#[test]
fn an_inferred_heading_is_one_element_in_the_body() {
    let clip = clip::parse("**/ 1 /**\n\n**A**\n\nx\n\n*   **B**\n\ny\n".as_bytes(), &Options::default());
    let html = clip.body.chunks.concat();
    assert!(html.contains("data-inferred=\"\"><strong>/ 1 /</strong><br><strong>A</strong></h2>"), "{html}");
    assert!(html.contains("<strong>B</strong></h3><p>y</p>"), "{html}");
}

#[test]
fn every_id_is_unique_and_stands_in_the_body() {
    let text = "# T\n\n## A\n\n## A\n\n## ！\n\n## \u{0}\n\n## A--2\n";
    let clip = clip::parse(text.as_bytes(), &Options::default());
    let html = clip.body.chunks.concat();
    for heading in &clip.outline.headings {
        assert_eq!(html.matches(&format!(" id=\"{}\"", heading.id)).count(), 1, "{}: {html}", heading.id);
    }
}

#[test]
fn the_seed_has_its_outline_and_no_literal_markers() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed/clip.txt");
    let Ok(bytes) = std::fs::read(seed) else { return };
    let clip = clip::parse(&bytes, &Options::default());
    let entries = clip.outline.sections().count();
    assert!((43..=45).contains(&entries), "{entries} entries");
    assert!(clip.outline.sections().all(|h| !h.text.contains('▲')), "an advertisement is in the outline");
    let html = clip.body.chunks.concat();
    assert_eq!((html.matches("**").count(), html.matches("<strong>").count()), (0, 77));
}
