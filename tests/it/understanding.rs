//! Host tests of the outline: real headings, and those that a clip shows as bold lines only.

use clip_viewer::clip::{self, Basis, Options};

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
    check("# T\n\n## A\n\n#### B\n\n## C\n\n**bold line**\n\nsome words\n", &["2 A", "3 B", "2 C"]);
}

#[test]
fn bold_lines_nest_by_their_markers() {
    let text = "# T\n\n**/ 01 /**\n\n**Wind**\n\nsome words\n\n**▎Gusts**\n\nsome words\n\n**1、Small**\n\nsome words\n\n**2、Large**\n\nsome words\n\n**/ 02 /**\n\n**Rain**\n\nsome words\n";
    check(text, &["2 / 01 / Wind", "3 ▎Gusts", "4 1、Small", "4 2、Large", "2 / 02 / Rain"]);
}

#[test]
fn a_list_of_one_bold_item_is_a_heading() {
    check(
        "**1、Sails**\n\nsome words\n\n*   **Canvas**\n\nsome words\n\n*   **Hemp**\n\nsome words\n",
        &["2 1、Sails", "3 Canvas", "3 Hemp"],
    );
}

#[test]
fn bold_sentences_and_links_are_no_headings() {
    let text = "**Sand**\n\nsome words\n\n**Nobody saw it coming。**\n\nsome words\n\n**[More](https://a.example)**\n\nsome words\n\n**Salt**\n\n";
    check(
        &format!("{text}{}\n", "The harbour is quiet at this hour, and nobody counts the boats. ".repeat(3)),
        &["2 Sand", "2 Salt"],
    );
}

#[test]
fn where_bold_lines_are_sentences_bold_is_emphasis() {
    let text = "**Sand**\n\nsome words\n\n**Nobody saw it coming。**\n\nsome words\n\n**Not even the keeper。**\n\nsome words\n\n**Salt**\n\nsome words\n";
    check(text, &[]);
}

#[test]
fn one_bold_line_is_no_outline() {
    check("**Sand**\n\nsome words\n\nother words\n", &[]);
}

#[test]
fn headings_that_only_lead_elsewhere_do_not_count_beside_bold_lines() {
    let text = "# T\n\n**Sand**\n\nsome words\n\n**Salt**\n\nsome words\n\n# [▲ One](https://a.example)\n\n# [▲ Two](https://b.example)\n";
    let text = format!("---\ntitle: T\n---\n\n{text}");
    check(&text, &["2 Sand", "2 Salt"]);
}

#[test]
fn a_title_written_twice_or_cut_off_is_the_title_still() {
    check(
        "# The tide table\n\n# The tide table\n\n**Ebb**\n\nsome words\n\n**Flow**\n\nsome words\n",
        &["2 Ebb", "2 Flow"],
    );
    check(
        "---\ntitle: The tide table of the northern harbour\n---\n\n## The tide table of the north\n\n## Ebb\n\n## Flow\n",
        &["2 Ebb", "2 Flow"],
    );
}

#[test]
fn a_number_line_and_the_lines_after_it_are_one_heading() {
    let text =
        "**01.**\n\n**Ropes and knots，**\n\n**old and new**\n\nsome words\n\n**02**\n\n**Sails**\n\nsome words\n";
    check(text, &["2 01. Ropes and knots， old and new", "2 02 Sails"]);
}

#[test]
fn every_kind_of_marker_nests_in_its_usual_order() {
    let text = "**第一章 Sea**\n\nsome words\n\n**一、Wind**\n\nsome words\n\n**（一）North**\n\nsome words\n\n**1. Cold**\n\nsome words\n\n**① Ice**\n\nsome words\n\n**第二章 Land**\n\nsome words\n";
    check(text, &["2 第一章 Sea", "3 一、Wind", "4 （一）North", "5 1. Cold", "6 ① Ice", "2 第二章 Land"]);
}

#[test]
fn steps_parts_and_hexadecimal_numbers_are_markers() {
    check("**Step 1: Cut**\n\nsome words\n\n**Step 2: Sew**\n\nsome words\n", &["2 Step 1: Cut", "2 Step 2: Sew"]);
    check(
        "**PART 01**\n\n**Hull**\n\nsome words\n\n**PART 02**\n\n**Mast**\n\nsome words\n",
        &["2 PART 01 Hull", "2 PART 02 Mast"],
    );
    check("**0x01 Keel**\n\nsome words\n\n**0x02 Stern**\n\nsome words\n", &["2 0x01 Keel", "2 0x02 Stern"]);
}

#[test]
fn plain_lines_count_when_their_numbers_follow_one_another() {
    let text = "一、Nets\n\nsome words here\n\n二、Hooks\n\nsome words here\n\n三、Bait\n\nsome words here\n";
    check(text, &["2 一、Nets", "2 二、Hooks", "2 三、Bait"]);
    // A list that was written without Markdown.
    check("We need：\n\n1、rope\n\n2、tar\n\n3、nails\n\nand that is all there is to it.\n", &[]);
}

#[test]
fn a_table_of_contents_is_not_the_outline_again() {
    let contents = "一、Nets\n\n二、Hooks\n\n三、Bait\n\n";
    let text =
        format!("{contents}**一、Nets**\n\nsome words\n\n**二、Hooks**\n\nsome words\n\n**三、Bait**\n\nsome words\n");
    check(&text, &["2 一、Nets", "2 二、Hooks", "2 三、Bait"]);
}

#[test]
fn a_line_right_above_lines_of_another_kind_is_their_parent() {
    let text = "**1、Oars**\n\nsome words\n\n**Sailing**\n\n**2、Jib**\n\nsome words\n\n**3、Main**\n\nsome words\n\n**Steering**\n\n**4、Rudder**\n\nsome words\n";
    check(text, &["2 1、Oars", "2 Sailing", "3 2、Jib", "3 3、Main", "2 Steering", "3 4、Rudder"]);
}

#[test]
fn numbers_that_start_again_are_below_the_lines_between() {
    let text = "**Ropes**\n\nsome words\n\n**01**\n\n**Hemp**\n\nsome words\n\n**02**\n\n**Flax**\n\nsome words\n\n**Sails**\n\nsome words\n\n**01**\n\n**Canvas**\n\nsome words\n";
    check(text, &["2 Ropes", "3 01 Hemp", "3 02 Flax", "2 Sails", "3 01 Canvas"]);
}

#[test]
fn the_last_words_stand_beside_the_largest_parts() {
    let text = "**一、Ebb**\n\nsome words\n\n**1、Slow**\n\nsome words\n\n**二、Flow**\n\nsome words\n\n**结语**\n\nsome words\n";
    check(text, &["2 一、Ebb", "3 1、Slow", "2 二、Flow", "2 结语"]);
}

#[test]
fn the_questions_of_an_interview_are_its_headings() {
    let turn = |n: u32| {
        format!("**Q{n}**\n\n**How did the {n}th voyage begin?**\n\n**A{n}**\n\nWith rain, as all of them did.\n\n")
    };
    check(
        &(1..=3).map(turn).collect::<String>(),
        &[
            "2 Q1 How did the 1th voyage begin?",
            "2 Q2 How did the 2th voyage begin?",
            "2 Q3 How did the 3th voyage begin?",
        ],
    );
    let turn = |n: u32| format!("**Log：**How did voyage {n} begin?\n\n**Mira：**With rain, as all of them did.\n\n");
    check(
        &(1..=3).map(turn).collect::<String>(),
        &["2 How did voyage 1 begin?", "2 How did voyage 2 begin?", "2 How did voyage 3 begin?"],
    );
}

#[test]
fn names_of_speakers_and_fields_are_no_headings() {
    let turns = "**Mira：**\n\nsome words\n\n**Log：**\n\nother words\n\n".repeat(4);
    check(&turns, &[]);
    let fields = "**▎One**\n\nsome words\n\n**Price：low today**\n\nsome words\n\n**▎Two**\n\nsome words\n\n**Price：high again**\n\nsome words\n\n**▎Three**\n\nsome words\n\n**Price：none**\n\nsome words\n";
    check(fields, &["2 ▎One", "2 ▎Two", "2 ▎Three"]);
}

#[test]
fn cells_of_a_table_that_was_lost_are_no_headings() {
    let table = "**Tool**\n\nuse\n\n**Awl**\n\nholes\n\n**Fid**\n\nsplices\n\n**Palm**\n\nneedles\n\n";
    let text = format!("**一、Ropes**\n\nsome words\n\n{table}**二、Sails**\n\nsome words\n");
    check(&text, &["2 一、Ropes", "2 二、Sails"]);
}

#[test]
fn captions_credits_dates_and_prompts_are_no_headings() {
    let text = "**Text | Mira Sand**\n\nsome words\n\n**Ebb**\n\nsome words\n\n**2024年1月2日 10:00**\n\nsome words\n\n**Flow**\n\nsome words\n\n**扫码加入交流群**\n\nsome words\n";
    check(text, &["2 Ebb", "2 Flow"]);
}

#[test]
fn what_comes_after_the_end_is_no_part_of_the_outline() {
    let long = "The harbour is quiet at this hour, and nobody counts the boats that come in late. ".repeat(3);
    let text = format!("**Ebb**\n\n{long}\n\n**Flow**\n\n{long}\n\n- END -\n\n**The society of keepers**\n\n{long}\n");
    check(&text, &["2 Ebb", "2 Flow"]);
}

#[test]
fn short_plain_lines_before_long_paragraphs_count_when_nothing_better_is_there() {
    let long = "The harbour is quiet at this hour, and nobody counts the boats that come in late. ".repeat(2);
    let part = |name: &str| format!("{name}\n\n{long}\n\n{long}\n\n{long}\n\n");
    let text = ["Ebb and flow", "The long pier", "What the gulls know", "A quiet hour"].map(part).concat();
    check(&text, &["2 Ebb and flow", "2 The long pier", "2 What the gulls know", "2 A quiet hour"]);
}

#[test]
fn chapters_end_with_the_same_closing_line() {
    let long = "The harbour is quiet at this hour, and nobody counts the boats that come in late. ".repeat(2);
    let part = |name: &str| format!("{name}\n\n{long}\n\n{long}\n\n");
    let text =
        ["Ebb and flow", "The long pier", "Summary", "The open sea", "Night watches", "Summary"].map(part).concat();
    check(&text, &["2 Ebb and flow", "3 The long pier", "3 Summary", "2 The open sea", "3 Night watches", "3 Summary"]);
}

#[test]
fn inferred_headings_nest_below_real_ones() {
    let text = "# T\n\n## Rig\n\nTrap 1: slack\n\nsome words here\n\nTrap 2: tight\n\nsome words here\n\n## Hull\n\n**Planks**\n\nsome words\n\n**Ribs**\n\nsome words\n";
    check(text, &["2 Rig", "2 Hull", "3 Planks", "3 Ribs"]);
    let text = "# T\n\n## Rig\n\n陷阱一：slack\n\nsome words here\n\n陷阱二：tight\n\nsome words here\n\n陷阱三：torn\n\nsome words here\n\n## Hull\n\nsome words\n";
    check(text, &["2 Rig", "3 陷阱一：slack", "3 陷阱二：tight", "3 陷阱三：torn", "2 Hull"]);
}

#[test]
fn numbered_headings_that_a_page_flattened_nest_again() {
    check(
        "# T\n\n## 1. Ebb\n\n## 1.1 Slow\n\n## 1.2 Fast\n\n## 2. Flow\n",
        &["2 1. Ebb", "3 1.1 Slow", "3 1.2 Fast", "2 2. Flow"],
    );
}

#[test]
fn a_bold_first_line_is_a_paragraph_of_its_own() {
    check("**Ebb tide**\nThe water goes.\n\n**Flood tide**\nThe water comes.\n", &["2 Ebb tide", "2 Flood tide"]);
    check("**Ebb tide**\nThe water goes.\n", &[]);
}

#[test]
fn a_line_over_a_row_of_dashes_is_a_heading() {
    check("Ebb tide\n————————\n\nsome words\n\nFlood tide\n————————\n\nsome words\n", &["2 Ebb tide", "2 Flood tide"]);
}

#[test]
fn an_inferred_heading_is_one_element_in_the_body() {
    let text = "**/ 1 /**\n\n**Ebb**\n\nsome words\n\n**/ 2 /**\n\n**Flow**\n\nsome words\n\n*   **Slack**\n\nsome words\n\n*   **Spring**\n\nsome words\n";
    let clip = clip::parse(text.as_bytes(), &Options::default());
    let html = clip.body.chunks.concat();
    assert!(html.contains("data-inferred=\"\"><strong>/ 1 /</strong><br><strong>Ebb</strong></h2>"), "{html}");
    assert!(html.contains("<strong>Slack</strong></h3><p>some words</p>"), "{html}");
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
fn each_marker_makes_a_heading_of_a_bold_line() {
    let pairs = [
        ("一、Ebb", "二、Flow"),
        ("（一）Ebb", "（二）Flow"),
        ("1、Ebb", "2、Flow"),
        ("1. Ebb", "2. Flow"),
        ("01 Ebb", "02 Flow"),
        ("PART 01 Ebb", "PART 02 Flow"),
        ("第一章 Ebb", "第二章 Flow"),
        ("Step 1 Ebb", "Step 2 Flow"),
        ("①Ebb", "②Flow"),
        ("▎Ebb", "▎Flow"),
        ("■ Ebb", "■ Flow"),
        ("#1 Ebb", "#2 Flow"),
    ];
    for (one, two) in pairs {
        check(
            &format!("**{one}**\n\nsome words\n\n**{two}**\n\nsome words\n"),
            &[&format!("2 {one}"), &format!("2 {two}")],
        );
    }
}

#[test]
fn a_list_number_and_a_number_outside_the_bold_words_belong_to_the_heading() {
    let text = "**1. Oars**\n\nsome words\n\n2. **Sails**\n\nsome words\n\n**3. Ropes**\n\nsome words\n\n(1). **Hemp**\n\nsome words\n\n(2). **Flax**\n\nsome words\n";
    check(text, &["2 1. Oars", "2 2. Sails", "2 3. Ropes", "3 (1). Hemp", "3 (2). Flax"]);
}

#[test]
fn a_list_of_one_numbered_line_is_a_line_with_a_number() {
    let text = "1. Oars\n\nsome words here\n\n2. Sails\n\nsome words here\n\n3. Ropes\n\nsome words here\n";
    check(text, &["2 1. Oars", "2 2. Sails", "2 3. Ropes"]);
    check("1. Oars\n2. Sails\n3. Ropes\n\nsome words here\n", &[]);
}

#[test]
fn a_numbered_heading_may_speak_of_what_prompts_speak_of() {
    let text = "**1、端口映射**\n\nsome words\n\n**2、端口转发**\n\nsome words\n\n**3、断开**\n\n";
    let long = "The harbour is quiet at this hour, and nobody counts the boats that come in late. ".repeat(2);
    check(&format!("{text}{long}\n"), &["2 1、端口映射", "2 2、端口转发", "2 3、断开"]);
}

#[test]
fn a_number_holds_the_lines_right_below_it() {
    let text = "**一、Ropes**\n\n**Making**\n\n**Hemp**\n\nsome words\n\n**二、Sails**\n\nsome words\n";
    check(text, &["2 一、Ropes", "3 Hemp", "2 二、Sails"]);
    // But four bold lines in a row are a list, and its last line has nothing of its own below.
    let list = "**▎Hemp**\n\n**▎Flax**\n\n**▎Jute**\n\n**▎Wire**\n\nsome words\n\n";
    check(&format!("**01**\n\n**Ropes**\n\n{list}**02**\n\n**Sails**\n\nsome words\n"), &["2 01 Ropes", "2 02 Sails"]);
}

#[test]
fn beside_two_ranks_of_markers_a_line_with_a_colon_is_a_lead() {
    let part = |n: u32| {
        format!("**0{n}**\n\n**Hull**\n\nsome words\n\n**▎Ribs {n}**\n\n**In short：**\n\nsome words here\n\n")
    };
    check(
        &(1..=3).map(part).collect::<String>(),
        &["2 01 Hull", "3 ▎Ribs 1", "2 02 Hull", "3 ▎Ribs 2", "2 03 Hull", "3 ▎Ribs 3"],
    );
}

#[test]
fn lines_that_raw_html_sets_apart_are_headings() {
    let words = "some words of the keeper about what the water left on the sand";
    let lines = [
        "<strong>Ebb tide</strong>",
        "<font color=\"#c00\">Flood tide</font>",
        "<span style=\"color: red\">**Slack**</span>",
    ];
    let text = lines.map(|line| format!("{line}\n\n{words}\n\n")).concat();
    check(&text, &["2 Ebb tide", "2 Flood tide", "2 Slack"]);
    // Where all text has a colour, colour says nothing.
    let long = "The harbour is quiet at this hour, and nobody counts the boats. ".repeat(3);
    let grey = |text: &str| format!("<span style=\"color: grey\">{}</span>\n\n", text.trim());
    check(&[grey("Ebb tide"), grey(&long), grey("Flood tide"), grey(&long)].concat(), &[]);
}

#[test]
fn plain_lines_with_an_ornament_count_when_text_stands_below_them() {
    let part = |name: &str| format!("■ {name}\n\nsome words about it\n\n");
    check(&["Ebb", "Flow", "Slack"].map(part).concat(), &["2 ■ Ebb", "2 ■ Flow", "2 ■ Slack"]);
    check("We need\n\n■ rope\n\n■ tar\n\n■ nails\n\nand that is all there is to it.\n", &[]);
}

#[test]
fn captions_quotations_and_emphasised_sentences_among_plain_lines_are_no_headings() {
    let long = "The harbour is quiet at this hour, and nobody counts the boats that come in late. ".repeat(2);
    let part = |name: &str| format!("{name}\n\n{long}\n\n{long}\n\n{long}\n\n");
    let other = "![](a.png)\n\n图1 The pier\n\n> A short quotation\n\n**Nobody saw it coming, and it came.**\n\n";
    let text = [&part("Ebb and flow"), other, &part("The long pier"), &part("What the gulls know")].map(String::from);
    check(&text.concat(), &["2 Ebb and flow", "2 The long pier", "2 What the gulls know"]);
}

#[test]
fn numbers_that_go_on_hold_the_lines_between_them() {
    let text = "**Preface of the keeper**\n\nsome words\n\n**1. Ebb**\n\nsome words\n\n**Slow water**\n\nsome words\n\n**2. Flow**\n\nsome words\n\n**Fast water**\n\nsome words\n\n**3. Slack**\n\nsome words\n";
    let found = outline(text);
    assert!(found.contains(&"3 Slow water".to_owned()) && found.contains(&"2 2. Flow".to_owned()), "{found:?}");
}

#[test]
fn an_outline_says_by_what_it_was_inferred() {
    let basis = |text: &str| clip::parse(text.as_bytes(), &Options::default()).outline.basis;
    let long = "The harbour is quiet at this hour, and nobody counts the boats that come in. ".repeat(3);
    assert_eq!(basis(&format!("# T\n\n## A\n\n{long}\n\n## B\n\n{long}\n")), None);
    assert_eq!(basis(&format!("**Sand**\n\n{long}\n\n**Salt**\n\n{long}\n")), Some(Basis::BoldLine));
    assert_eq!(basis(&format!("一、Sand\n\n{long}\n\n二、Salt\n\n{long}\n")), Some(Basis::NumberedLine));
    let talk = |n: usize| format!("Ada: Why did you leave in year {n}?\n\nBo: {long}\n\n");
    assert_eq!(basis(&(1..6).map(talk).collect::<String>()), Some(Basis::Question));
}

#[test]
fn a_section_may_be_named_like_an_end_mark() {
    let text = "# T\n\n## Tide\n\nThe gauge stood in a hut at the head of the pier.\n\n## The end\n\nThat is all.\n";
    check(text, &["2 Tide", "2 The end"]);
}

#[test]
fn the_only_heading_is_not_the_title_when_another_title_is_stated() {
    check("---\ntitle: From the clipboard\n---\n\n## One\n\nPasted words.\n", &["2 One"]);
}
