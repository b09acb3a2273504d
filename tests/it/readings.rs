//! Small readings of a clip's text: what a fence says of its code, whether words are a caption, where
//! sentences end.

use clip_viewer::clip::body::{caption, language_of_code};
use clip_viewer::clip::sentences::sentences;

#[test]
fn the_language_is_read_out_of_what_fences_say() {
    let said = ["Python", "{.python}", "{python}", "js{1,3}", "rust:src/main.rs", "c++", "{r, echo=FALSE}", "f#"];
    let read: Vec<String> = said.iter().map(|said| language_of_code(said)).collect();
    assert_eq!(read, ["python", "python", "python", "js", "rust", "c++", "r", "f#"]);
}

#[test]
fn what_is_no_name_is_none() {
    assert_eq!(language_of_code(""), "");
    assert_eq!(language_of_code("{}"), "");
    assert_eq!(language_of_code(&"x".repeat(25)), "");
}

#[test]
fn words_that_say_something_are_a_caption() {
    for alt in
        ["The lamp room at night", "守灯人在塔顶点灯", "A map of the sound, 1889", "image of the tower from the sea"]
    {
        assert_eq!(caption(alt), Some(alt));
    }
}

#[test]
fn names_and_fillers_are_none() {
    let long = "word ".repeat(90);
    for alt in
        ["", "image", "图片", "IMG_2041.jpg", "the lamp room.png", "Lamp room", "image 1 2", "https://a.b/c d e", &long]
    {
        assert_eq!(caption(alt), None, "{alt}");
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, expected);
}

#[test]
fn sentences_end_where_a_reader_would_stop() {
    check("It rained. Did it? Yes!  So it was", &["It rained.", "Did it?", "Yes!", "So it was"]);
    check("下雨了。真的吗？“是的！”他说。", &["下雨了。", "真的吗？", "“是的！”", "他说。"]);
    check("She said \"Go.\" And he went.", &["She said \"Go.\"", "And he went."]);
}

#[test]
fn full_stops_of_other_kinds_end_nothing() {
    check("Dr. A. Voss has 3.5 boats, e.g. a dory.", &["Dr. A. Voss has 3.5 boats, e.g. a dory."]);
}

#[test]
fn what_is_too_long_is_parted_and_what_says_nothing_is_left_out() {
    assert!(sentences(&"words, ".repeat(200)).len() > 2);
    check(" … — ", &[]);
    check("", &[]);
}
