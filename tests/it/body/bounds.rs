//! What a browser would lay out as a whole has an end: long paragraphs, lists, code and tables are parted
//! and keep every letter; counts beyond a limit are told.

use clip_viewer::clip::Clip;
use clip_viewer::clip::safe::MAX_INLINE_DEPTH;

use super::{html, parsed};

/// Whether that kind of problem is told of a clip.
fn tells(clip: &Clip, code: &str) -> bool {
    clip.diagnostics.iter().any(|d| d.code == code)
}

/// The words of a body, without its elements.
fn words(clip: &Clip) -> String {
    let html = clip.body.chunks.concat();
    html.split('<').enumerate().map(|(at, part)| if at == 0 { part } else { part.split_once('>').unwrap().1 }).collect()
}

fn longest_chunk(clip: &Clip) -> usize {
    clip.body.chunks.iter().map(String::len).max().unwrap_or(0)
}

/// Every chunk is whole by itself: what it opens it closes.
fn is_whole(chunk: &str) -> bool {
    let mut open = Vec::new();
    for part in chunk.split('<').skip(1) {
        let name = part.split([' ', '>']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None if ["br", "hr", "img", "input", "wbr"].contains(&name) => {}
            None => open.push(name),
        }
    }
    open.is_empty()
}

#[test]
fn a_paragraph_without_end_is_parted_and_keeps_every_letter() {
    let sentence = "The ferry crosses the sound twice a day. ";
    for text in [sentence.repeat(5000), "字".repeat(200_000), "x".repeat(300_000)] {
        let clip = parsed(&text);
        assert!(longest_chunk(&clip) < 40_000, "{}", longest_chunk(&clip));
        assert!(clip.body.chunks.iter().all(|chunk| is_whole(chunk)));
        assert_eq!(words(&clip), text.trim_end());
        assert!(tells(&clip, "in-parts"));
    }
    assert!(html(&sentence.repeat(250)).starts_with("<p class=\"long\">"));
    assert!(html(&sentence.repeat(50)).starts_with("<p>"));
    let clip = parsed(&sentence.repeat(500));
    assert!(!tells(&clip, "in-parts"), "a long paragraph is left alone");
    assert_eq!(clip.body.chunks.len(), 1);
}

#[test]
fn emphasis_and_links_go_on_in_the_next_part() {
    let clip = parsed(&format!("**[{}](https://example.org/a)**", "word ".repeat(10_000)));
    assert!(clip.body.chunks.len() > 1);
    for chunk in &clip.body.chunks[1..] {
        assert!(
            chunk.starts_with(
                "<p class=\"long continued\"><strong class=\"continued\"><a href=\"https://example.org/a\""
            )
        );
        assert!(chunk.contains("rel=\"noopener noreferrer\""), "{}", &chunk[..200]);
    }
}

#[test]
fn a_long_list_goes_on_with_its_numbers() {
    let items: String = (5..5005).map(|n| format!("{n}. Item with a few words\n")).collect();
    let clip = parsed(&items);
    assert!(!tells(&clip, "in-parts"), "nobody sees it");
    assert!(clip.body.chunks.len() > 1);
    let mut next = 5;
    for chunk in &clip.body.chunks {
        assert!(chunk.contains(&format!("start=\"{next}\"")), "{next}: {}", &chunk[..100]);
        next += chunk.matches("<li>").count();
    }
    assert_eq!(next, 5005);
    // An item that is parted itself has its number once.
    let clip = parsed(&format!("1. a\n2. {}\n3. c", "word ".repeat(10_000)));
    let last = clip.body.chunks.last().unwrap();
    assert!(last.starts_with("<ol start=\"2\" class=\"continued\"><li class=\"continued\">"), "{}", &last[..100]);
    assert!(last.ends_with("<li>c</li></ol>"));
}

#[test]
fn what_wraps_the_whole_article_is_parted_too() {
    let paragraph = "<p>Words of a paragraph that is not long.</p>\n";
    let clip = parsed(&format!("<div>\n<article>\n{}</article></div>", paragraph.repeat(5000)));
    assert!(longest_chunk(&clip) < 100_000);
    assert!(clip.body.chunks.iter().all(|chunk| is_whole(chunk)));
    assert!(!tells(&clip, "in-parts"));
}

#[test]
fn long_code_is_parted_at_a_line() {
    let code: String = (0..10_000).map(|n| format!("line {n} of the log\n")).collect();
    let clip = parsed(&format!("```text\n{code}```"));
    assert!(clip.body.chunks.len() > 1);
    assert!(clip.body.chunks.iter().all(|chunk| is_whole(chunk) && chunk.ends_with("\n</code></pre>")));
    assert!(clip.body.chunks.iter().all(|chunk| chunk.contains("<code class=\"language-text")));
    assert_eq!(words(&clip), code);
}

#[test]
fn a_long_table_is_parted_between_rows() {
    let rows: String = (0..3000).map(|n| format!("| {n} | b | c |\n")).collect();
    let clip = parsed(&format!("| h | i | j |\n|---|---|---|\n{rows}"));
    assert!(tells(&clip, "in-parts"));
    assert!(clip.body.chunks.len() > 1);
    for chunk in &clip.body.chunks {
        assert!(is_whole(chunk));
        assert_eq!(chunk.matches("<tr").count() * 3, chunk.matches("<td").count() + chunk.matches("<th>").count());
    }
    let wide = format!("|{}\n|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000), "b|".repeat(20_000));
    let clip = parsed(&wide);
    let parts = clip.body.chunks.iter().flat_map(|chunk| chunk.split("</table>"));
    let most = parts.map(|part| part.matches("<t").count()).max();
    assert!(most < Some(2100), "{most:?} cells stand in one part");
    assert_eq!(words(&clip).matches('b').count(), 20_000);
}

#[test]
fn emphasis_in_emphasis_has_an_end() {
    for text in ["*a **a ".repeat(1000) + "b" + &" a** a*".repeat(1000), "<b>".repeat(1000) + "x"] {
        let clip = parsed(&text);
        assert!(tells(&clip, "line-too-deep"));
        let (mut depth, mut deepest) = (0_usize, 0);
        for part in clip.body.chunks.concat().split('<').skip(1) {
            match part.split('>').next().unwrap() {
                "em" | "strong" | "b" => depth += 1,
                "/em" | "/strong" | "/b" => depth -= 1,
                _ => {}
            }
            deepest = deepest.max(depth);
        }
        assert_eq!(deepest, MAX_INLINE_DEPTH);
    }
    let clip = parsed(&("*a **a ".repeat(10) + "b" + &" a** a*".repeat(10)));
    assert!(!tells(&clip, "line-too-deep"));
}

#[test]
fn counts_beyond_their_limits_are_told_and_lose_nothing() {
    let clip = parsed(&(0..2500).map(|n| format!("## Heading {n}\n\nText {n}.\n\n")).collect::<String>());
    assert!(tells(&clip, "too-many-headings"));
    assert_eq!(clip.outline.headings.len(), 2000);
    assert!(clip.body.chunks.concat().contains(">Heading 2499</h"));

    let clip = parsed(&(0..21_000).map(|n| format!("[link {n}](https://example.org/{n})\n")).collect::<String>());
    assert!(tells(&clip, "too-many-links"));
    let html = clip.body.chunks.concat();
    assert_eq!(html.matches("<a href=").count(), 20_000);
    assert!(html.contains("link 20999"));

    let notes = |n: usize| format!("Text [^{n}].\n\n[^{n}]: Note number {n}.\n\n");
    let clip = parsed(&(0..10_500).map(notes).collect::<String>());
    assert!(tells(&clip, "too-many-notes"));
    let html = clip.body.chunks.concat();
    assert!(html.contains("Note number 10499.") && html.contains("Note number 3."));
    assert!(html.contains("Text [^10499]."));
    let clip = parsed(&"![[]()".repeat(3000));
    assert!(tells(&clip, "too-many-folds"));
    assert_eq!(clip.clutter.len(), 2000);
    assert_eq!(words(&clip).matches("![").count(), 3000);
    assert!(!tells(&parsed("# a\n\n[b](https://example.org) c[^1]\n\n[^1]: d"), "too-many-notes"));
}

#[test]
fn an_id_of_the_clip_is_never_that_of_a_note() {
    let ids = ["fn-1", "fnref-1", "fnref-1-2", "c-fn-1", "h-a", "n-1"];
    let anchors: String = ids.iter().map(|id| format!("<p id=\"{id}\">x</p>\n\n<a name=\"{id}\">y</a>\n\n")).collect();
    let html = html(&format!("# a\n\n{anchors}One[^1], again[^1] and two[^2].\n\n[^1]: b\n\n[^2]: c\n"));
    let mut found: Vec<&str> = html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let all = found.len();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), all, "{found:?}");
    assert!(found.contains(&"fn-1") && found.contains(&"c-fn-1"), "{found:?}");
    assert!(html.contains("href=\"#fn-1\""));
}

#[test]
fn letters_without_end_can_be_broken_into_lines() {
    let breaks = |text: &str| html(text).matches("<wbr>").count();
    assert_eq!(breaks(&"x".repeat(900)), 0);
    assert_eq!(breaks(&"x".repeat(5500)), 5);
    assert_eq!(breaks(&format!("{} {}", "x".repeat(900), "y".repeat(900))), 0);
    assert_eq!(breaks(&"字。".repeat(5000)), 0, "these can be broken anyway");
    assert!((190..=210).contains(&breaks(&("a".to_owned() + &"\u{301}".repeat(100_000)))));
    assert!(breaks(&"[a\\*".repeat(5000)) >= 9, "marks in it change nothing");
    assert_eq!(breaks(&format!("```\n{}\n```", "x".repeat(5500))), 0, "code is not wrapped");
}
