//! What was measured, as tables for a person and as JSON for a program.

use std::collections::BTreeMap;
use std::path::Path;

use e2e::Problem;
use serde_json::{Value, json};

use crate::arguments::Settings;
use crate::goals::{self, APP, Verdict};
use crate::statistics::{Figure, Key, Sample, median, ratio, typical};

/// The pages that others are compared with.
const BASES: [&str; 3] = ["markdown-it", "marked", "floor-chunk"];
/// Shown where there is no figure.
const NONE: &str = "–";

/// All tables, as Markdown that can be read on a terminal too.
pub fn markdown(samples: &[Sample], sizes_mb: &[(&'static str, f64)], settings: &Settings) -> String {
    let mut text = String::new();
    if settings.throttle > 1.0 {
        text.push_str(&format!("With a main thread that is {} times slower.\n\n", settings.throttle));
    }
    let mut section = |title: &str, body: String| {
        if !body.is_empty() {
            text.push_str(&format!("**{title}**\n\n{body}\n"));
        }
    };
    for input in names(samples, |s| &s.input) {
        let rounds = samples.iter().filter(|s| s.input == input).map(|s| s.round + 1).max().unwrap_or(0);
        section(&format!("{input}, medians of {rounds}"), of_input(samples, input));
    }
    section("Before anything is opened", pages(samples));
    section("The app's own marks, ms from the file", marks(samples));
    section("The app's time for each MB", growth(samples, sizes_mb));
    section("Goals", goals_table(&goals::verdicts(samples, settings.throttle)));
    let failures: String = failures(samples).iter().map(|line| format!("- {line}\n")).collect();
    section("What failed", failures);
    text
}

fn of_input(samples: &[Sample], input: &str) -> String {
    const FIGURES: [Figure; 6] =
        [Figure::First, Figure::All, Figure::Longest, Figure::Peak, Figure::AgainFirst, Figure::AgainAll];
    let own: Vec<Sample> = samples.iter().filter(|s| s.input == input).cloned().collect();
    let bases: Vec<&str> = BASES.into_iter().filter(|base| own.iter().any(|s| s.engine == *base)).collect();
    let mut head: Vec<String> =
        ["ms, MB", "first", "all", "longest task", "peak memory", "again: first", "all"].map(str::to_owned).to_vec();
    head.extend(bases.iter().map(|base| format!("× {base}: first, all")));
    let mut rows = vec![head];
    for engine in names(&own, |s| &s.engine) {
        let mut row = vec![engine.to_owned()];
        row.extend(FIGURES.map(|figure| shown(figure, typical(&own, None, engine, figure))));
        row.extend(bases.iter().map(|base| {
            [Figure::First, Figure::All].map(|figure| optional(ratio(&own, None, engine, base, figure))).join(", ")
        }));
        rows.push(row);
    }
    table(&rows)
}

fn pages(samples: &[Sample]) -> String {
    let mut rows = vec![row(["", "transfer, kB", "first contentful paint, ms", "ready, ms"])];
    for engine in names(samples, |s| &s.engine) {
        let of = |figure| optional(typical(samples, None, engine, figure));
        rows.push(vec![engine.to_owned(), of(Figure::Transfer), of(Figure::Paint), of(Figure::Ready)]);
    }
    table(&rows)
}

fn marks(samples: &[Sample]) -> String {
    const MARKS: [&str; 4] = ["clip:received", "clip:parsed", "clip:first-paint", "clip:rendered"];
    let mut rows = vec![row([""]).into_iter().chain(row(MARKS)).collect()];
    let apps: Vec<Sample> = samples.iter().filter(|s| s.engine == APP && !s.marks.is_empty()).cloned().collect();
    for input in names(&apps, |s| &s.input) {
        let of = |mark| median(apps.iter().filter(|s| s.input == input).filter_map(|s| s.marks.get(mark).copied()));
        rows.push(std::iter::once(input.to_owned()).chain(MARKS.map(|mark| optional(of(mark)))).collect());
    }
    table(&rows)
}

fn growth(samples: &[Sample], sizes_mb: &[(&'static str, f64)]) -> String {
    let mut rows = vec![row(["", "MB", "all, ms", "ms for each MB"])];
    // A small clip's time is that of everything else.
    for (input, megabytes) in sizes_mb.iter().filter(|(_, megabytes)| *megabytes > 0.5) {
        if let Some(all) = typical(samples, Some(input), APP, Figure::All) {
            rows.push(vec![(*input).to_owned(), number(*megabytes), number(all), number(all / megabytes)]);
        }
    }
    table(&rows)
}

/// What is to be reached, and whether it is.
pub fn goals_table(verdicts: &[Verdict]) -> String {
    let mut rows = vec![row(["figure", "measured", "to reach", "reached"])];
    for verdict in verdicts {
        let with_unit = |value: String| if verdict.unit == "×" { value } else { format!("{value} {}", verdict.unit) };
        let measured = match verdict.measured {
            None => NONE.to_owned(),
            Some(value) if verdict.unit == "×" => number(value),
            Some(value) => with_unit(shown(verdict.figure, Some(value))),
        };
        let reached = verdict.reached().map_or(NONE, |reached| if reached { "yes" } else { "no" });
        let most = with_unit(verdict.most.to_string());
        rows.push(vec![verdict.what.clone(), measured, format!("≤ {most}"), reached.to_owned()]);
    }
    table(&rows)
}

/// A sentence for every sample that failed.
pub fn failures(samples: &[Sample]) -> Vec<String> {
    let failed = samples.iter().filter_map(|s| Some((s, s.failed.as_ref()?)));
    failed.map(|(s, why)| format!("{} with {}, round {}: {why}", s.engine, s.input, s.round + 1)).collect()
}

/// Everything, for a program to read.
pub fn json(samples: &[Sample], settings: &Settings) -> Value {
    let figures = |of: &dyn Fn(Figure) -> Option<f64>| -> BTreeMap<&str, f64> {
        Figure::ALL.into_iter().filter_map(|figure| Some((figure.name(), of(figure)?))).collect()
    };
    let key = |key: &Key| json!({ "typed": key.typed, "first_ms": key.first_ms, "whole_ms": key.whole_ms, "painted_ms": key.painted_ms });
    let each = samples.iter().map(|s| {
        let figures = figures(&|figure| s.figures.get(&figure).copied());
        json!({
            "round": s.round, "input": s.input, "engine": s.engine, "figures": figures, "marks": s.marks,
            "keys": s.keys.iter().map(key).collect::<Vec<_>>(), "failed": s.failed,
        })
    });
    let mut medians = Vec::new();
    for input in names(samples, |s| &s.input) {
        for engine in names(samples, |s| &s.engine) {
            let figures = figures(&|figure| typical(samples, Some(input), engine, figure));
            if !figures.is_empty() {
                medians.push(json!({ "input": input, "engine": engine, "figures": figures }));
            }
        }
    }
    let goals = goals::verdicts(samples, settings.throttle).into_iter().map(
        |v| json!({ "figure": v.what, "measured": v.measured, "most": v.most, "unit": v.unit, "reached": v.reached() }),
    );
    json!({
        "rounds": settings.rounds,
        "throttle": settings.throttle,
        "goals": goals.collect::<Vec<_>>(),
        "medians": medians,
        "samples": each.collect::<Vec<_>>(),
    })
}

/// Leaves the tables and the JSON in a folder, under that name.
///
/// # Errors
/// When they can't be written.
pub fn write(folder: &Path, name: &str, tables: &str, json: &Value) -> Result<(), Problem> {
    std::fs::write(folder.join(format!("{name}.md")), tables)?;
    Ok(std::fs::write(folder.join(format!("{name}.json")), serde_json::to_string_pretty(json)?)?)
}

/// The names that samples have, each once, in the order in which they come up first; the app's first of all.
fn names(samples: &[Sample], of: impl Fn(&Sample) -> &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in samples.iter().map(of) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A table in Markdown, its columns as wide as what is in them.
pub fn table(rows: &[Vec<String>]) -> String {
    if rows.len() < 2 {
        return String::new();
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0).max(2)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (column, width) in widths.iter().copied().enumerate() {
            let cell = row.get(column).map_or("", String::as_str);
            text.push_str(&if column == 0 { format!("| {cell:width$} ") } else { format!("| {cell:>width$} ") });
        }
        text.push_str("|\n");
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                text.push_str(&if column == 0 {
                    format!("|{:-<w$}", "", w = width + 2)
                } else {
                    format!("|{:->w$}:", "", w = width + 1)
                });
            }
            text.push_str("|\n");
        }
    }
    text
}

/// The cells of a row.
pub fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// A figure as it is shown; long tasks below 50 ms are not told apart.
pub fn shown(figure: Figure, value: Option<f64>) -> String {
    match value {
        Some(value) if figure.is_task() && value < 50.0 => "< 50".to_owned(),
        value => optional(value),
    }
}

/// A number, or the sign that there is none.
pub fn optional(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), number)
}

/// Three digits that mean something.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        large if large >= 99.95 => 0,
        middle if middle >= 9.995 => 1,
        _ => 2,
    };
    format!("{value:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(round: usize, engine: &str, first: f64) -> Sample {
        let figures = BTreeMap::from([(Figure::First, first), (Figure::Longest, 0.0), (Figure::Ready, 80.0)]);
        Sample { round, input: "own50k".to_owned(), engine: engine.to_owned(), figures, ..Sample::default() }
    }

    fn settings() -> Settings {
        Settings::read([]).unwrap()
    }

    #[test]
    fn numbers_have_three_digits() {
        assert_eq!([0.3456, 9.99, 12.34, 99.96, 1234.5].map(number), ["0.35", "9.99", "12.3", "100", "1234"]);
        assert_eq!(optional(None), "–");
        assert_eq!(shown(Figure::Longest, Some(0.0)), "< 50");
    }

    #[test]
    fn a_table_is_aligned_and_empty_without_rows() {
        let rows = [row(["", "ms"]), row(["app", "1234"]), row(["×", "5"])];
        assert_eq!(table(&rows), "|     |   ms |\n|-----|-----:|\n| app | 1234 |\n| ×   |    5 |\n");
        assert_eq!(table(&rows[..1]), "");
    }

    #[test]
    fn the_tables_show_medians_ratios_goals_and_failures() {
        let mut samples = vec![sample(0, "floor-chunk", 10.0), sample(0, "app", 12.0), sample(1, "app", 14.0)];
        samples[2].failed = Some("it went away".to_owned());
        let text = markdown(&samples, &[("own50k", 0.05)], &settings());
        assert!(text.starts_with("**own50k, medians of 2**"), "{text}");
        for line in [
            "| app         |  13.0 |   – |         < 50 |",
            "| own50k: first words, × floor-chunk |     1.20 |   ≤ 1.25 |     yes |",
            "- app with own50k, round 2: it went away",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn the_json_has_everything() {
        let json = json(&[sample(0, "floor-chunk", 10.0), sample(0, "app", 20.0)], &settings());
        assert_eq!(json["medians"][1]["figures"]["first_ms"], 20.0);
        assert_eq!(json["samples"][0]["engine"], "floor-chunk");
        assert_eq!(json["goals"][0]["reached"], false);
    }
}
