//! What was measured of the library, as tables for a person.

use crate::arguments::Settings;
use crate::goals::{self, APP};
use crate::report::{failures, goals_table, optional, row, shown, table};
use crate::site::LIBRARY_FLOOR;
use crate::statistics::{Figure, Sample, ratio, typical};

/// The figures, as they come about.
pub const FIGURES: [Figure; 19] = [
    Figure::Import,
    Figure::ImportLongest,
    Figure::ImportPeak,
    Figure::Listed,
    Figure::ListedFromReady,
    Figure::ScrollLongest,
    Figure::ScrollWorst,
    Figure::ScrollDropped,
    Figure::ScrollFrames,
    Figure::Cold,
    Figure::ColdWhole,
    Figure::AnswerHalf,
    Figure::AnswerSlow,
    Figure::WholeHalf,
    Figure::WholeSlow,
    Figure::PaintedHalf,
    Figure::PaintedSlow,
    Figure::SearchLongest,
    Figure::Memory,
];

/// All tables, as Markdown that can be read on a terminal too.
pub fn markdown(samples: &[Sample], count: usize, settings: &Settings) -> String {
    let rounds = samples.iter().map(|s| s.round + 1).max().unwrap_or(0);
    let slower = if settings.throttle > 1.0 {
        format!(", a main thread {} times slower", settings.throttle)
    } else {
        String::new()
    };
    let mut text = format!("**A library of {count} clips, medians of {rounds}{slower}**\n\n{}\n", figures(samples));
    let verdicts = goals::verdicts(samples, settings.throttle);
    if !verdicts.is_empty() {
        text.push_str(&format!("**Goals**\n\n{}\n", goals_table(&verdicts)));
    }
    for line in failures(samples) {
        text.push_str(&format!("- {line}\n"));
    }
    text
}

fn figures(samples: &[Sample]) -> String {
    let mut rows = vec![row(["", APP, LIBRARY_FLOOR, "×"])];
    for figure in FIGURES {
        let of = |engine| typical(samples, None, engine, figure);
        if of(APP).is_none() && of(LIBRARY_FLOOR).is_none() {
            continue;
        }
        let unit = figure.unit();
        let comma = if unit.is_empty() { "" } else { ", " };
        rows.push(vec![
            format!("{}{comma}{unit}", goals::words(figure)),
            shown(figure, of(APP)),
            shown(figure, of(LIBRARY_FLOOR)),
            optional(ratio(samples, None, APP, LIBRARY_FLOOR, figure)),
        ]);
    }
    table(&rows)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn sample(engine: &str, import_ms: f64, memory_mb: f64) -> Sample {
        let figures = [(Figure::Import, import_ms), (Figure::ImportLongest, 0.0), (Figure::Memory, memory_mb)];
        let (engine, input) = (engine.to_owned(), "1000 clips".to_owned());
        Sample { engine, input, figures: BTreeMap::from(figures), ..Sample::default() }
    }

    #[test]
    fn the_app_stands_beside_the_floor_and_its_goals() {
        let samples = [sample(APP, 3000.0, 250.0), sample(LIBRARY_FLOOR, 1000.0, 50.0)];
        let text = markdown(&samples, 1000, &Settings::read([]).unwrap());
        for line in [
            "| import, ms                           | 3000 |          1000 | 3.00 |",
            "| import: longest task, ms             | < 50 |          < 50 |    – |",
            "| 1000 clips: import                               |  3000 ms | ≤ 15000 ms |     yes |",
            "| 1000 clips: memory with the library open         |   250 MB |   ≤ 200 MB |      no |",
        ] {
            let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.lines().any(|l| words(l) == words(line)), "{line}\n{text}");
        }
    }
}
