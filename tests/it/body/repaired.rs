//! Emphasis that clippers left with spaces inside its markers, empty, or twice over.

use super::html;

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(html(markdown), format!("<p>{expected}</p>"), "of: {markdown}");
}

#[test]
fn spaces_just_inside_markers() {
    check("a ** bold ** b", "a <strong> bold </strong> b");
    check("a **bold **b", "a <strong>bold </strong>b");
    check("** 准备**，然后", "<strong> 准备</strong>，然后");
    check("__ bold __ b", "<strong> bold </strong> b");
    check("~~ gone ~~ b", "<del> gone </del> b");
    check("a _ 斜体_ b", "a <em> 斜体</em> b");
}

#[test]
fn empty_markers_go() {
    check("a ** ** b", "a   b");
    check("a ~~ ~~ b", "a   b");
}

#[test]
fn bold_punctuation() {
    check("transparency**.** We", "transparency<strong>.</strong> We");
}

#[test]
fn bold_twice_over() {
    check("**\\*\\*甲乙\\*\\***：丙", "<strong>甲乙</strong>：丙");
    check("\\*\\*a\\*\\*", "**a**");
}

#[test]
fn what_is_no_emphasis_stays() {
    for text in [
        "3 * 4 * 5",
        "(char *) v; (char *) w",
        "name: __ __",
        "user@****.com and ****",
        "a * foo bar*",
        "snake_ case_ b",
        "2** n, 3** m",
    ] {
        check(text, text);
    }
    check("`** a **`", "<code>** a **</code>");
}
