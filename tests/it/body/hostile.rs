//! Bodies that break parsers: each returns, soon, and its tree is shallow.

use std::process::Command;
use std::time::{Duration, Instant};

use clip_viewer::clip::safe::MAX_DEPTH;

use super::{html, parsed, suite};

/// How deep elements are nested.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !["br", "hr", "img", "input", "wbr"].iter().any(|v| rest.starts_with(v)) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

#[test]
fn nesting_is_flattened_and_said() {
    for text in ["> ".repeat(5000) + "x", "<div>".repeat(5000), "<b>".repeat(5000) + "x", "- ".repeat(3000) + "x"] {
        let clip = parsed(&text);
        assert!(depth(&clip.body.chunks.concat()) <= MAX_DEPTH, "{}", &text[..20]);
    }
    let clip = parsed(&"<div>".repeat(300));
    assert!(clip.diagnostics.iter().any(|d| d.code == "too-deep"));
}

#[test]
fn hostile_bodies_end_soon() {
    let Some(script) = suite("hostile/markdown.py") else {
        return;
    };
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-markdown");
    std::fs::create_dir_all(&folder).unwrap();
    let made = Command::new("python3").arg(script).arg(&folder).output();
    if !made.is_ok_and(|m| m.status.success()) {
        return;
    }
    let mut count = 0;
    for file in std::fs::read_dir(&folder).unwrap() {
        let file = file.unwrap().path();
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        let start = Instant::now();
        let written = html(&text);
        let taken = start.elapsed();
        // Unoptimised and on a busy machine: what is quadratic takes minutes here.
        assert!(taken < Duration::from_secs(20), "{} took {taken:?}", file.display());
        assert!(depth(&written) <= MAX_DEPTH, "{} is too deep", file.display());
        count += 1;
    }
    println!("{count} hostile bodies");
    assert!(count >= 40);
}

/// The least time of several runs, as one may be disturbed.
fn time(text: &str) -> Duration {
    (0..3)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(parsed(text));
            start.elapsed()
        })
        .min()
        .unwrap()
}

/// A name and a text of so many parts.
type Kind = (&'static str, fn(usize) -> String);

#[test]
fn twice_the_text_takes_at_most_thrice_the_time() {
    let kinds: [Kind; 22] = [
        ("quotes", |n| "> a\n".repeat(n)),
        ("links", |n| "[a](b) ".repeat(n)),
        ("emphasis", |n| "*a **b** c* ".repeat(n)),
        ("broken emphasis", |n| "**“a”**b **甲****乙** ".repeat(n)),
        ("tables", |n| format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(n))),
        ("bold lines", |n| "**a**\n\ntext\n\n".repeat(n)),
        ("raw HTML", |n| "<div><b>x</div>\n\n".repeat(n)),
        ("unclosed notes", |n| "[[a ".repeat(n)),
        ("links to notes", |n| "[[a|b]] ![[c.png|3]] ".repeat(n)),
        ("brackets", |n| "[[".repeat(n)),
        ("highlights", |n| "==a == b== ".repeat(n)),
        ("dollars", |n| "$a $b$ $$ ".repeat(n)),
        ("parentheses of TeX", |n| "\\( ".repeat(n) + "\\)"),
        ("percent signs", |n| "%% a %%% ".repeat(n)),
        ("comment lines", |n| "%%\n\n".repeat(n)),
        ("notes in lines", |n| "^[a ".repeat(n)),
        ("notes in lines, closed", |n| "^[a b] ".repeat(n)),
        ("pictures in the text", |n| "![a](data:image/svg+xml,( ' ".repeat(n)),
        ("ends of wrapped links", |n| "[\n\n](u)\n\n](u)\n\n[\n\n".repeat(n / 4)),
        ("callouts", |n| "> [!a]- b\n> c\n\n".repeat(n / 2)),
        ("loose emphasis", |n| "** a ** b **c ~~ d ~~ _ e _".repeat(n)),
        ("front matter", |n| format!("---\n{}---\n", "key: value\n".repeat(n))),
    ];
    for (name, kind) in kinds {
        // Something else may run on this machine; what is quadratic fails however often.
        let mut measured = Vec::new();
        let linear = (0..4).any(|_| {
            let (once, twice) = (time(&kind(8000)), time(&kind(16_000)));
            measured.push((once, twice));
            twice <= once * 3 + Duration::from_millis(50)
        });
        assert!(linear, "{name}: {measured:?}");
    }
}
