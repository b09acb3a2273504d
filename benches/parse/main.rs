//! How fast a clip is understood, stage by stage, beside the bare Markdown parser on the same text:
//! `cargo bench --bench parse`.
//!
//! Criterion measures; then a table shows, from the same samples, megabytes a second (the best of
//! them, as a busy machine only ever adds time) and the ratio to the bare parser. The table is
//! written to `target/bench/core.json`, too.

mod texts;

use std::cell::Cell;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use clip_viewer::clip::{self, Options, blocks, body, clutter, front_matter, markdown, metadata, outline};
use clip_viewer::clip::{repair, source, stats};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use pulldown_cmark::Parser;

/// About how long a text is, in bytes.
const BYTES: usize = 1_000_000;
/// The stage that all others are compared with.
const BARE: &str = "bare parser";

/// What was measured of one text.
struct Row {
    text: &'static str,
    stage: &'static str,
    megabytes_a_second: f64,
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(12)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .nresamples(2000)
        .configure_from_args();
    let mut rows = Vec::new();
    for (name, text) in [("english", texts::english(BYTES)), ("chinese", texts::chinese(BYTES))] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        stages(&mut Bench { name, bytes: text.len(), group, rows: &mut rows }, &text);
    }
    criterion.final_summary();
    print(&rows);
    if let Err(error) = write(&rows) {
        eprintln!("The table can't be written: {error}.");
    }
}

struct Bench<'c, 'r> {
    name: &'static str,
    bytes: usize,
    group: BenchmarkGroup<'c, WallTime>,
    rows: &'r mut Vec<Row>,
}

impl Bench<'_, '_> {
    /// Lets criterion measure a stage, and keeps the best of its samples.
    fn stage<T>(&mut self, stage: &'static str, work: impl Fn() -> T) {
        let best = Cell::new(f64::INFINITY);
        self.group.bench_function(stage, |bencher| {
            bencher.iter_custom(|times| {
                let start = Instant::now();
                for _ in 0..times {
                    drop(black_box(work()));
                }
                let elapsed = start.elapsed();
                best.set(best.get().min(elapsed.as_secs_f64() / times as f64));
                elapsed
            });
        });
        // A filter on the command line leaves stages out.
        if best.get().is_finite() {
            let megabytes_a_second = self.bytes as f64 / 1e6 / best.get();
            self.rows.push(Row { text: self.name, stage, megabytes_a_second });
        }
    }
}

/// All stages, in the order of `clip::parse`, each given what those before it made.
fn stages(bench: &mut Bench<'_, '_>, text: &str) {
    let options = Options::default();
    let told = &mut Vec::new();
    let source = source::decode(text.as_bytes(), &options, told);
    let (front, start) = front_matter::read(&source, told);
    let markdown = source.text.get(start..).unwrap_or_default();
    let plain: Vec<_> = Parser::new_ext(markdown, markdown::options()).into_offset_iter().collect();
    let document = markdown::read(&source, start);
    let blocks = blocks::read(&document);
    let clutter = clutter::find(&document, &blocks, &front);
    let outline = outline::read(&document, &blocks, &clutter, &front);

    bench.stage(BARE, || {
        Parser::new_ext(markdown, markdown::options()).into_offset_iter().for_each(|event| drop(black_box(event)));
    });
    bench.stage("decode and front matter", || {
        let source = source::decode(text.as_bytes(), &options, &mut Vec::new());
        let front = front_matter::read(&source, &mut Vec::new());
        (front, source)
    });
    bench.stage("repair, its plan alone", || repair::plan(markdown, &plain));
    bench.stage("events with repair and forms", || markdown::read(&source, start));
    bench.stage("blocks", || blocks::read(&document));
    bench.stage("clutter", || clutter::find(&document, &blocks, &front));
    bench.stage("outline", || outline::read(&document, &blocks, &clutter, &front));
    bench.stage("metadata", || metadata::read(&document, &front, &blocks, &outline, &options));
    bench.stage("stats", || stats::count(&document, &blocks, &clutter));
    bench.stage("body", || {
        let mut chunks = Vec::new();
        drop(body::build(&document, &outline, &clutter, &mut |chunk, _| chunks.push(chunk)));
        chunks
    });
    bench.stage("whole parse", || clip::parse(text.as_bytes(), &options));
}

/// How fast a stage is beside the bare parser on the same text.
fn ratio(rows: &[Row], row: &Row) -> f64 {
    let bare = rows.iter().find(|other| other.text == row.text && other.stage == BARE);
    bare.map_or(f64::NAN, |bare| row.megabytes_a_second / bare.megabytes_a_second)
}

fn print(rows: &[Row]) {
    println!("{:<10} {:<30} {:>10} {:>10}", "text", "stage", "MB/s", "ratio");
    for row in rows {
        println!("{:<10} {:<30} {:>10.1} {:>10.2}", row.text, row.stage, row.megabytes_a_second, ratio(rows, row));
    }
}

fn write(rows: &[Row]) -> std::io::Result<()> {
    let rounded = |number: f64| (number * 100.0).round() / 100.0;
    let json = |row: &Row| {
        serde_json::json!({
            "text": row.text,
            "stage": row.stage,
            "megabytes_a_second": rounded(row.megabytes_a_second),
            "ratio": rounded(ratio(rows, row)),
        })
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder)?;
    let table = serde_json::Value::from(rows.iter().map(json).collect::<Vec<_>>());
    std::fs::write(folder.join("core.json"), format!("{table:#}\n"))
}
