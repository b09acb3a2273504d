//! Host tests of the clutter: what is folded, why, and what never is.
//!
//! The clips are `tests/fixtures/clips/clutter-*.md`; how to add one stands in the README beside
//! them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clip_viewer::clip::clutter::Reason;
use clip_viewer::clip::{self, Clip, Options};
use proptest::prelude::*;

fn parsed(text: &str) -> Clip {
    clip::parse(text.as_bytes(), &Options::default())
}

fn html(clip: &Clip) -> String {
    clip.body.chunks.concat()
}

/// What is folded, as `line reason`.
fn folds(clip: &Clip) -> Vec<String> {
    clip.clutter.iter().map(|c| format!("{} {}", c.line, c.reason.name())).collect()
}

/// Checks a fixture's folds against `line reason` rows, and that each is one element of the body.
#[track_caller]
fn check(fixture: &str, expected: &[&str]) -> Clip {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clips").join(fixture);
    let clip = parsed(&std::fs::read_to_string(path).unwrap());
    assert_eq!(folds(&clip), expected);
    assert_eq!(html(&clip).matches("class=\"clutter\"").count(), clip.clutter.len());
    clip
}

#[test]
fn what_clippers_add_is_folded_and_the_text_between_stays() {
    let clip = check(
        "clutter-clippers.md",
        &[
            "5 clipper-marker",
            "9 clipper-marker",
            "11 clipper-marker",
            "16 clipper-marker",
            "20 clipper-marker",
            "22 dead-link",
            "24 clipper-marker",
            "28 clipper-marker",
            "30 clipper-marker",
        ],
    );
    let html = html(&clip);
    assert!(html.contains("<p>Northern Lights Quarterly</p>"), "{html}");
    assert!(html.contains(", and the keeper wrote down"), "{html}");
    assert!(!html.contains("javascript:"), "{html}");
}

#[test]
fn pictures_that_were_never_captured_are_folded_one_by_one() {
    let clip = check(
        "clutter-pictures.md",
        &[
            "7 placeholder-picture",
            "11 placeholder-picture",
            "13 placeholder-picture",
            "15 placeholder-picture",
            "17 placeholder-picture",
            "19 placeholder-picture",
            "21 placeholder-picture",
            "23 placeholder-picture",
            "25 placeholder-picture",
            "31 placeholder-picture",
            "33 placeholder-picture",
        ],
    );
    // The cutter, the picture of 32 by 32, the yawl once, the sign for the tide three times.
    assert_eq!(clip.stats.pictures, 6);
}

#[test]
fn what_a_player_leaves_behind_is_folded() {
    check(
        "clutter-films.md",
        &["5 video-leftover", "7 video-leftover", "9 video-leftover", "11 video-leftover", "13 video-leftover"],
    );
}

#[test]
fn what_stands_below_the_article_is_one_fold_and_credits_and_references_stay() {
    let clip = check("clutter-tail.md", &["7 share-prompt", "11 share-prompt", "28 promotion"]);
    let shown: Vec<&str> = clip.outline.sections().map(|h| h.text.as_str()).collect();
    assert_eq!(shown, ["潮位"]);
}

#[test]
fn an_articles_own_ending_is_never_folded() {
    check("clutter-own-end.md", &[]);
}

#[test]
fn the_pages_ways_are_folded_and_the_articles_own_contents_stay() {
    check("clutter-navigation.md", &["1 navigation", "12 duplicate-title", "23 navigation"]);
}

#[test]
fn an_empty_item_says_itself_that_it_is_folded() {
    let clip = check("clutter-empty.md", &["4 empty", "7 empty", "9 empty", "11 empty"]);
    let html = html(&clip);
    assert!(html.contains("<li class=\"clutter\" data-reason=\"empty\"></li>"), "{html}");
    assert!(html.contains("<div class=\"clutter\" data-reason=\"empty\"><ul><li></li></ul></div>"), "{html}");
}

#[test]
fn the_title_once_more_is_no_section() {
    let clip = parsed("# The Fog Horn\n\n# The Fog Horn\n\nIt sounds.\n\n## Mechanism\n\nAir.\n");
    assert_eq!(folds(&clip), ["3 duplicate-title"]);
    assert_eq!(clip.outline.headings.iter().filter(|h| h.title).count(), 1);
}

#[test]
fn a_link_that_holds_only_a_placeholder_goes_with_it_and_words_stay() {
    let clip = parsed("[![](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP) words](https://a.example) more\n");
    let html = html(&clip);
    assert!(html.contains(">words</a> more") || html.contains(" words</a> more"), "{html}");
    assert_eq!(folds(&clip), ["1 placeholder-picture"]);
}

#[test]
fn folded_words_and_pictures_do_not_count() {
    let clip = parsed("# Knots\n\none two three\n\n您的浏览器不支持 video 标签\n\n![]()\n");
    assert_eq!((clip.stats.words, clip.stats.cjk_characters, clip.stats.pictures), (4, 0, 0));
}

#[test]
fn related_links_in_a_table_go_with_their_label() {
    let text = format!(
        "# 등대\n\n{}\n\n#### 'A > B' 카테고리의 다른 글\n\n| [섬사람들이 부르는 일곱 가지 바람의 이름](https://a.example/1) (3) | 2025 |\n|-|-|\n| [등대에서 파도를 읽는 아주 오래된 방법](https://a.example/2) (1) | 2024 |\n\n### TAG\n\n,,,\n",
        "등대지기는 저녁마다 불을 켜고 새벽마다 불을 끄며 바람과 물때를 낡은 장부에 적는다. ".repeat(3)
    );
    let clip = parsed(&text);
    assert_eq!(folds(&clip), ["5 promotion"]);
    assert_eq!(clip.outline.sections().count(), 0);
}

/// A short closing line, a link and a call near the top: none of it makes the text a tail.
#[test]
fn a_text_of_short_lines_is_not_taken_for_a_tail() {
    let mut text = "# Tides\n\n点赞 is Chinese for a like.\n\n".to_owned();
    for hour in 0..40 {
        let _ = writeln!(text, "At {hour} the water stood at [mark {hour}](https://tides.example/{hour}).\n");
    }
    assert_eq!(folds(&parsed(&text)), Vec::<String>::new());
}

/// Nothing of this is debris: tutorials speak of clicking and scanning, tables tick, formulas come
/// again, and browsers are written about.
#[test]
fn an_article_about_pages_is_not_taken_for_one() {
    let tick = "![](https://pages.example/tick.png)";
    let letter = "![](https://pages.example/equation?tex=x)";
    let text = format!(
        "# 页面\n\n点击上方菜单栏的“设置”，再点保存。\n\n识别二维码需要一个库。\n\n如果浏览器不支持 video 标签，就什么也不显示。\n\n\
        [English](https://a.example) / [Deutsch](https://b.example) / [Dansk](https://c.example)\n\n\
        | a | b |\n|-|-|\n| {tick} | {tick} |\n| {tick} | {tick} |\n\n设 {letter} 为正数，{letter} 与 {letter} 相等。\n\n\
        ![](https://pages.example/loading.png)\n\n{}\n\n**分析**\n\n- 扫码关注公众号的人数\n- 进群的人数\n- 点赞的人数\n",
        "页面上的每一个按钮都有自己的位置，读者的眼睛会先看到左上角，再看到右下角，最后才看到中间的字。".repeat(2)
    );
    assert_eq!(folds(&parsed(&text)), Vec::<String>::new());
}

/// Lines that finders look for, to be put together at random.
const LINES: [&str; 24] = [
    "[↓↓↓](javascript:)",
    "![](data:,)",
    "![]()",
    "- ",
    "-",
    "# ",
    "> ",
    "**推荐阅读**",
    "12篇原创内容",
    "公众号",
    "，",
    "END",
    "继续滑动看下一个",
    "# [▲ x](https://a.example)",
    "[x](https://a.example)",
    "a line of words",
    "1. ![]() ",
    "| ![]() | [](javascript:) |\n|-|-|\n| - | ![]() |",
    "[^1]: ![]()",
    "word[^1]",
    "<div>",
    "</div><table>",
    "**互动福利**",
    "欢迎在评论区留言",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Folds come in order, apart from each other, and every one is an element of the body.
    #[test]
    fn folds_are_in_order_and_apart(picked in prop::collection::vec((0..LINES.len(), 0_usize..3), 0..40)) {
        let mut text = "# Title of it\n\n".to_owned();
        for (line, indent) in picked {
            text.push_str(&"  ".repeat(indent));
            text.push_str(LINES[line]);
            text.push_str("\n\n");
        }
        let clip = parsed(&text);
        let mut end = 0;
        for piece in &clip.clutter {
            prop_assert!(piece.events.start >= end && piece.events.start < piece.events.end);
            end = piece.events.end;
        }
        // A note that nothing refers to, or that is there twice, is not shown at all.
        prop_assert!(html(&clip).matches("class=\"clutter\"").count() <= clip.clutter.len());
    }
}

/// Whether a fold reaches into a range of events.
fn is_folded(clip: &Clip, events: &Range<usize>) -> bool {
    clip.clutter.iter().any(|c| c.events.start < events.end && events.start < c.events.end)
}

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path)
}

/// On real clips no heading that a human gave is folded, save those that count neither way.
#[test]
fn no_heading_of_the_gold_outlines_is_folded() {
    let Ok(folder) = std::fs::read_dir(shared("corpus/gold")) else { return };
    let mut looked_at = 0;
    for gold in folder.map(|entry| entry.unwrap().path()) {
        let name = gold.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".outline.tsv") else { continue };
        let clips = [format!("corpus/dev/{stem}.md"), format!("corpus/dev/{stem}.txt")];
        let bytes = clips.iter().find_map(|path| std::fs::read(shared(path)).ok()).expect("each gold has its clip");
        let clip = clip::parse(&bytes, &Options::default());
        let folded: BTreeSet<u32> = clip.clutter.iter().map(|c| c.line).collect();
        let headings: BTreeSet<u32> = clip.outline.headings.iter().map(|h| h.line).collect();
        for row in std::fs::read_to_string(&gold).unwrap().lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let Some(line) = cells.get(2).and_then(|line| line.parse::<u32>().ok()) else { continue };
            if cells.get(3).is_some_and(|note| note.starts_with("optional")) {
                continue;
            }
            looked_at += 1;
            assert!(!folded.contains(&line), "{stem}: line {line} is folded: {}", cells[1]);
            assert!(headings.contains(&line) || !is_within(&clip, line), "{stem}: line {line} is in a fold");
        }
        for heading in clip.outline.sections() {
            assert!(!is_folded(&clip, &heading.events), "{stem}: a heading of the outline is folded: {}", heading.text);
        }
    }
    assert!(looked_at > 200, "{looked_at} headings");
}

/// Whether a line stands between a fold's first line and the next heading's.
fn is_within(clip: &Clip, line: u32) -> bool {
    let before = clip.clutter.iter().rfind(|c| c.line <= line);
    let next = clip.outline.headings.iter().find(|h| h.line >= line);
    before.is_some_and(|c| next.is_none_or(|h| h.events.start < c.events.end))
}

/// The reader saw eighteen grey boxes, five advertisements in the outline and arrows that lead
/// nowhere: the clip that it all began with.
#[test]
fn the_seed_is_read_without_its_clutter() {
    let Ok(bytes) = std::fs::read(shared("seed/clip.txt")) else { return };
    let clip = clip::parse(&bytes, &Options::default());
    let count = |reason: Reason| clip.clutter.iter().filter(|c| c.reason == reason).count();
    assert_eq!((count(Reason::PlaceholderPicture), clip.stats.pictures), (18, 2));
    assert_eq!((count(Reason::ClipperMarker), count(Reason::VideoLeftover)), (2, 6));
    let body = html(&clip);
    assert!(!body.contains("javascript:"));
    let tail = body.rfind("data-reason=\"promotion\"").expect("a tail");
    assert!(body[tail..].contains("498篇原创内容") && !body[..tail].contains("498篇原创内容"));
    assert!(clip.outline.headings.iter().all(|h| !h.text.contains("互动福利") && !h.text.contains('▲')));
}

#[test]
fn the_tail_of_a_text_of_short_paragraphs_is_folded_too() {
    let part = |n: u32| format!("**/ 0{n} /**\n\n**早晨**\n\n雾从上游慢慢下来，缆绳上挂着水珠，船工把灯拧亮。\n\n");
    let article: String = (1..6).map(part).collect();
    let tail = "**互动福利**\n\n欢迎关注我们，扫描下方二维码进群。\n\n# [▲ 上一期：桥的两头](https://ferries.example/bridge)\n\n# [▲ 往期：灯塔之夜](https://ferries.example/lamp)\n";
    let clip = parsed(&format!("# 渡船\n\n{article}{tail}"));
    assert_eq!(folds(&clip), ["33 promotion"]);
    assert_eq!(clip.outline.sections().count(), 5);
}

#[test]
fn notes_below_a_tail_keep_nothing_of_it_open() {
    let text = format!(
        "# T\n\n{}[^1]\n\n**Follow us**\n\n# [▲ One](https://a.example)\n\n# [▲ Two](https://b.example)\n\n[^1]: {}\n",
        "The harbour is quiet at this hour, and nobody counts the boats. ".repeat(6),
        "Somebody did once, for a whole winter, and wrote it down in the book. ".repeat(2),
    );
    assert_eq!(folds(&parsed(&text)), ["5 promotion"]);
}
