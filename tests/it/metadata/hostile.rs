//! Hostile and broken front matter: nothing panics, nothing hangs, what was written is kept.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use clip_viewer::clip::front_matter::{self, FrontMatter};
use clip_viewer::clip::{Diagnostic, Source};
use proptest::prelude::*;

fn front_matter(text: &str) -> (FrontMatter, usize, Vec<Diagnostic>) {
    let source = Source::new(text.to_owned(), "UTF-8", false);
    let mut diagnostics = Vec::new();
    let (front_matter, body) = front_matter::read(&source, &mut diagnostics);
    assert!(source.text.is_char_boundary(body), "the body starts inside a character");
    assert_eq!(
        front_matter.raw,
        source.text[..body].trim_start_matches(['\n', ' ']),
        "the raw block is what stands before the body"
    );
    (front_matter, body, diagnostics)
}

/// How long work takes this thread: processor time where the system tells it (Linux), so that a
/// busy machine does not count; else the time on the wall.
fn timed(work: impl FnOnce()) -> Duration {
    let processor = || {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        let nanoseconds = stat.split_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(nanoseconds))
    };
    let (start, clock) = (processor(), Instant::now());
    work();
    match (start, processor()) {
        (Some(start), Some(end)) => end.saturating_sub(start),
        _ => clock.elapsed(),
    }
}

/// A generator of a block of about `size` bytes, with a name for it.
type Generator = (&'static str, fn(usize) -> String);

/// What makes parsers slow: each in the shape that grows with `size`.
const GENERATORS: &[Generator] = &[
    ("keys", |n| {
        (0..n / 16).fold(String::new(), |mut s, i| {
            let _ = writeln!(s, "key{i}: value {i}");
            s
        })
    }),
    ("one key of words", |n| format!("t: {}\n", "字".repeat(n / 3))),
    ("block scalar", |n| format!("t: |\n{}", "  a line of text\n".repeat(n / 17))),
    ("many plain lines", |n| format!("t: a\n{}", "  b\n".repeat(n / 4))),
    ("long list", |n| format!("t: [{}]\n", vec!["a"; n / 2].join(","))),
    ("long block list", |n| format!("t:\n{}", "  - a\n".repeat(n / 6))),
    ("open brackets", |n| format!("a: {}\n", "[".repeat(n))),
    ("closed brackets", |n| format!("a: {}{}\n", "[".repeat(n / 2), "]".repeat(n / 2))),
    ("brackets on lines", |n| "a: [\n".repeat(n / 5)),
    ("quoted brackets", |n| format!("a: {}\n", "[x'y, \"]\", ".repeat(n / 11))),
    ("flow maps", |n| format!("a: {}{}\n", "{a: ".repeat(n / 5), "}".repeat(n / 5))),
    ("dashes", |n| format!("a:\n  {}x\n", "- ".repeat(n / 2))),
    ("question marks", |n| format!("{}\n", "? ".repeat(n / 2))),
    ("colons", |n| format!("{}\n", "a:".repeat(n / 2))),
    ("quotes", |n| format!("a: {}\n", "'".repeat(n | 1))),
    ("comments", |n| "# note\n".repeat(n / 7)),
    ("hashes", |n| format!("{}\n", "#".repeat(n))),
    ("anchors", |n| {
        (0..n / 14).fold(String::new(), |mut s, i| {
            let _ = writeln!(s, "k{i}: &a{i} x");
            s
        })
    }),
    ("aliases", |n| format!("a: &a x\n{}", "b: *a\n".repeat(n / 6))),
    ("bad lines", |n| "a: b: c\n".repeat(n / 8)),
    ("stray lines", |n| format!("a: 1\n{}", "no key here\n".repeat(n / 12))),
    ("indented keys", |n| format!("a: 1\n{}", "  b: 2\n".repeat(n / 7))),
    ("deepening", |n| {
        let depth = (n as f64).sqrt() as usize;
        (0..depth).fold(String::new(), |mut s, i| {
            let _ = writeln!(s, "{}a:", " ".repeat(i));
            s
        })
    }),
    ("long key", |n| format!("{}: v\n", "k".repeat(n))),
    ("unclosed quotes", |n| "a: \"b\n".repeat(n / 6)),
    ("tabs", |n| format!("a:\n{}", "\tb: 1\n".repeat(n / 6))),
    ("carriage returns", |n| "a: b\r".repeat(n / 5)),
];

#[test]
fn a_megabyte_of_anything_is_read_in_bounded_time() {
    for (name, make) in GENERATORS {
        for (open, close) in
            [("---\n", "---\n"), ("---\n", ""), ("+++\n", "+++\n"), ("{\n", "}\n"), (";;;\n", ";;;\n"), ("", "")]
        {
            // The megabyte that people may meet is YAML; the others need only show their shape.
            let size = if close == "---\n" { 1 << 20 } else { 1 << 16 };
            let text = format!("{open}{}{close}Body.\n", make(size));
            let mut read = None;
            let taken = timed(|| read = Some(front_matter(&text)));
            let (found, _, diagnostics) = read.unwrap();
            // A debug build on a busy machine; in release these take milliseconds.
            assert!(taken < Duration::from_secs(3), "{name} in {open:?}: {taken:?}");
            assert!(found.entries().count() <= 2_000, "{name}");
            assert!(diagnostics.len() <= 100, "{name}: {} problems", diagnostics.len());
        }
    }
}

#[test]
fn twice_the_block_takes_less_than_thrice_the_time() {
    let fastest = |text: &str| {
        let runs = (0..3).map(|_| timed(|| drop(front_matter(text))));
        runs.min().unwrap()
    };
    for (name, make) in GENERATORS {
        // Around the size up to which the YAML library is asked, and far above it.
        for size in [24 << 10, 96 << 10] {
            let [once, twice] = [size, 2 * size].map(|size| fastest(&format!("---\n{}---\n", make(size))));
            // Times below a few milliseconds are noise on a shared machine.
            assert!(twice < once * 3 + Duration::from_millis(40), "{name} at {size}: {once:?}, then {twice:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_at_all(text in "\\PC*") {
        front_matter(&text);
    }

    #[test]
    fn any_lines_of_yaml(lines in proptest::collection::vec("[-#a:\\[\\]{}'\"|>&*!% \t?,\\\\0é字：.+=;<]{0,12}", 0..24), fence in prop_oneof!["---", "\\+\\+\\+", ";;;", "\\{", "%", ""]) {
        front_matter(&format!("{fence}\n{}\n{fence}\nBody.", lines.join("\n")));
    }

    /// Every word that stood in a value of one line is shown, whatever stands around it.
    #[test]
    fn values_are_kept(values in proptest::collection::vec("[a-z@`%\\[\\]{}'\":|>&*! ,\\\\]{0,16}", 1..8)) {
        let mut text = "---\n".to_owned();
        for (i, value) in values.iter().enumerate() {
            let _ = writeln!(text, "key{i}: w{i}x{value}");
        }
        text.push_str("---\n");
        let (found, _, _) = front_matter(&text);
        let shown = format!("{:?}", found.groups);
        for i in 0..values.len() {
            let word = format!("w{i}x");
            let key = format!("key{i}");
            prop_assert!(shown.contains(&word) && shown.contains(&key), "{} is lost from {:?}", word, text);
        }
    }
}

#[test]
fn keys_beyond_the_limit_are_told() {
    let keys = |form: fn(usize) -> String| (0..1500).map(form).collect::<String>();
    let blocks = [
        format!("---\n{}---\n", keys(|n| format!("key{n}: a\n"))),
        format!("+++\n{}+++\n", keys(|n| format!("key{n} = \"a\"\n"))),
        format!("{{\n{}\"bad\": \n}}\n", keys(|n| format!("\"key{n}\": \"a\",\n"))),
    ];
    for text in blocks {
        let (found, _, diagnostics) = front_matter(&text);
        assert!(diagnostics.iter().any(|d| d.code == "front-matter-too-long"), "{}: {diagnostics:?}", &text[..20]);
        assert!(found.entries().count() <= 1000);
    }
    let (_, _, few) = front_matter("---\na: b\n---\n");
    assert!(few.is_empty());
}
