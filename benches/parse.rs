//! How fast a clip is understood, beside the bare Markdown parser on the same text: `cargo bench`.
//!
//! Prints megabytes a second (medians of eleven rounds, the two taking turns) and their ratio;
//! absolute numbers drift on a busy machine, the ratio hardly.

use std::hint::black_box;
use std::time::Instant;

use clip_viewer::clip::{self, Options, markdown};
use pulldown_cmark::Parser;

const ROUNDS: usize = 11;

fn main() {
    let english = "## Part\n\nSome *plain* words and a [link](https://example.org), then **more** words.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n".repeat(6000);
    let chinese = "**一、起风**\n\n清早的河滩没有人，只有芦苇和水声。**“风”**从袖口钻进去。\n\n".repeat(8000);
    println!("{:<10} {:>12} {:>12} {:>8}", "text", "clip MB/s", "parser MB/s", "ratio");
    for (name, text) in [("english", english), ("chinese", chinese)] {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(seconds(|| {
                black_box(clip::parse(text.as_bytes(), &Options::default()));
            }));
            bare.push(seconds(|| {
                black_box(Parser::new_ext(&text, markdown::options()).count());
            }));
        }
        let speed = |mut times: Vec<f64>| {
            times.sort_by(f64::total_cmp);
            text.len() as f64 / 1e6 / times.get(ROUNDS / 2).copied().unwrap_or(f64::NAN)
        };
        let (ours, bare) = (speed(ours), speed(bare));
        println!("{name:<10} {ours:>12.1} {bare:>12.1} {:>8.2}", ours / bare);
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}
