//! Twice the text takes at most thrice the time, whatever the text is made of: `cargo bench`.
//!
//! Each kind of text is measured at three sizes, each twice the one before; one MB is the largest.
//! The ratio shown is that of one step, told from the smallest and the largest, of the best of three
//! runs each. A step alone would tell less: in one of them the events grow past the size from which
//! the system takes memory back and hands it out anew, page by page, which shows for the bare parser
//! too. Exits with 1 when a ratio is above [`MOST`].

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clip_viewer::clip::{self, Options};

/// The largest text, in bytes.
const LARGEST: usize = 1 << 20;
/// How often each size is measured.
const RUNS: usize = 3;
/// The largest ratio that keeps the promise.
const MOST: f64 = 3.0;
/// What is over faster than this is not compared: a clock tick decides it.
const SHORTEST: Duration = Duration::from_micros(200);

/// A name, what stands before, what is repeated, what stands after.
const KINDS: [(&str, &str, &str, &str); 18] = [
    ("nested quotes", "", ">", "x"),
    ("quotes", "", "> a\n", ""),
    ("nested lists", "", "- ", "x"),
    ("links", "", "[a](b) ", ""),
    ("open links", "", "[a](", ""),
    ("open brackets", "", "![[", ""),
    ("emphasis", "", "*a **b** c* ", ""),
    ("broken emphasis", "", "**“a”**b **甲****乙** ", ""),
    ("delimiters", "", "*_~", ""),
    ("marks and math", "", "==a $b ", ""),
    ("tables", "|a|b|\n|-|-|\n", "|1|2|\n", ""),
    ("bold lines", "", "**a**\n\ntext\n\n", ""),
    ("headings", "", "# a\n\n", ""),
    ("raw HTML", "", "<div><b>x</div>\n\n", ""),
    ("pictures", "", "![](a.png)\n\n", ""),
    ("footnotes", "", "a[^1]\n\n[^1]: b\n\n", ""),
    ("front matter", "---\n", "key: value\n", "---\n"),
    ("broken front matter", "---\n", "\t- : [\n", "---\n"),
];

fn main() -> ExitCode {
    println!("{:<20} {:>10} {:>8}", "text", "1 MB in ms", "ratio");
    let mut kept = true;
    for (name, before, part, after) in KINDS {
        let sizes = [LARGEST / 4, LARGEST / 2, LARGEST];
        let texts = sizes.map(|size| format!("{before}{}{after}", part.repeat(size / part.len())));
        let times = texts.map(|text| shortest(&text));
        let [smallest, _, largest] = times;
        let steps = if smallest >= SHORTEST { largest.as_secs_f64() / smallest.as_secs_f64() } else { 0.0 };
        let ratio = steps.sqrt();
        let last = largest.as_secs_f64() * 1e3;
        println!("{name:<20} {last:>10.1} {ratio:>8.2}{}", if ratio > MOST { "  too much" } else { "" });
        kept &= ratio <= MOST;
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn shortest(text: &str) -> Duration {
    let run = |_| {
        let start = Instant::now();
        black_box(clip::parse(text.as_bytes(), &Options::default()));
        start.elapsed()
    };
    (0..RUNS).map(run).min().unwrap_or_default()
}
