//! What the app is to reach, figure by figure, and whether it does.

use crate::statistics::{Figure, Sample, ratio, typical};

/// The page that the goals are for.
pub const APP: &str = "app";

/// One goal: a figure of the app, alone or in proportion to another page's.
#[derive(Debug)]
struct Goal {
    /// The input, or none for all together: what is measured before anything is opened.
    input: Option<&'static str>,
    figure: Figure,
    /// The page that it is compared with.
    base: Option<&'static str>,
    most: f64,
}

const fn goal(input: &'static str, figure: Figure, base: &'static str, most: f64) -> Goal {
    Goal { input: Some(input), figure, base: Some(base), most }
}

const fn longest(input: &'static str, most: f64) -> Goal {
    Goal { input: Some(input), figure: Figure::Longest, base: None, most }
}

/// What the list of a thousand clips is to reach.
const fn library(figure: Figure, most: f64) -> Goal {
    Goal { input: Some("1000 clips"), figure, base: None, most }
}

/// Every goal. Those for inputs that were not opened are left out of a report.
const GOALS: &[Goal] = &[
    goal("seed", Figure::First, "markdown-it", 0.50),
    goal("seed", Figure::First, "floor-chunk", 1.25),
    goal("x20", Figure::First, "marked", 0.35),
    goal("x20", Figure::All, "marked", 0.50),
    goal("en1m", Figure::First, "marked", 0.20),
    goal("en1m", Figure::All, "marked", 0.30),
    goal("en1m", Figure::First, "floor-chunk", 1.4),
    goal("en1m", Figure::All, "floor-chunk", 1.4),
    goal("x200", Figure::First, "marked", 0.08),
    goal("x200", Figure::All, "marked", 0.25),
    goal("own50k", Figure::First, "floor-chunk", 1.25),
    goal("own1m-en", Figure::First, "floor-chunk", 1.4),
    goal("own1m-en", Figure::All, "floor-chunk", 1.4),
    goal("own1m-zh", Figure::First, "floor-chunk", 1.4),
    goal("own1m-zh", Figure::All, "floor-chunk", 1.4),
    longest("seed", 50.0),
    longest("x20", 50.0),
    longest("en1m", 50.0),
    longest("x200", 100.0),
    longest("own50k", 50.0),
    longest("own1m-en", 50.0),
    longest("own1m-zh", 50.0),
    goal("en1m", Figure::Peak, "marked", 0.40),
    Goal { input: None, figure: Figure::Ready, base: Some("markdown-it"), most: 1.5 },
    Goal { input: None, figure: Figure::Paint, base: Some("markdown-it"), most: 1.1 },
    goal("seed", Figure::AgainFirst, "markdown-it", 0.75),
    goal("en1m", Figure::AgainFirst, "markdown-it", 0.15),
    library(Figure::Import, 15_000.0),
    library(Figure::ImportLongest, 100.0),
    library(Figure::Listed, 300.0),
    library(Figure::ListedFromReady, 300.0),
    library(Figure::AnswerSlow, 50.0),
    library(Figure::WholeSlow, 50.0),
    library(Figure::ScrollLongest, 50.0),
    library(Figure::Memory, 200.0),
];

/// A goal and what was measured of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The figure, in words.
    pub what: String,
    /// The figure itself.
    pub figure: Figure,
    /// What was measured; none when the app or the other page gave no figure.
    pub measured: Option<f64>,
    /// The most that it may be.
    pub most: f64,
    /// The unit of both.
    pub unit: &'static str,
}

impl Verdict {
    /// Whether the goal is reached; none when nothing was measured.
    pub fn reached(&self) -> Option<bool> {
        self.measured.map(|measured| measured <= self.most)
    }
}

/// Every goal that these samples can tell of.
pub fn verdicts(samples: &[Sample], throttle: f64) -> Vec<Verdict> {
    let was_opened = |name: &str, by: &str| samples.iter().any(|s| s.engine == by && s.input == name);
    let tells = |goal: &&Goal| {
        let input = goal.input.is_none_or(|input| was_opened(input, APP));
        let base = goal.base.is_none_or(|base| samples.iter().any(|s| s.engine == base));
        input && base
    };
    GOALS.iter().filter(tells).map(|goal| verdict(goal, samples, throttle)).collect()
}

fn verdict(goal: &Goal, samples: &[Sample], throttle: f64) -> Verdict {
    let words = words(goal.figure);
    let subject = goal.input.map_or_else(|| words.to_owned(), |input| format!("{input}: {words}"));
    match goal.base {
        Some(base) => Verdict {
            what: format!("{subject}, × {base}"),
            measured: ratio(samples, goal.input, APP, base, goal.figure),
            figure: goal.figure,
            most: goal.most,
            unit: "×",
        },
        // A slower machine may take longer, though less than in proportion.
        None => Verdict {
            what: subject,
            measured: typical(samples, goal.input, APP, goal.figure),
            figure: goal.figure,
            most: if throttle > 1.0 && goal.figure.is_task() { goal.most * 3.0 } else { goal.most },
            unit: goal.figure.unit(),
        },
    }
}

/// What a figure is called.
pub fn words(figure: Figure) -> &'static str {
    match figure {
        Figure::Ready => "ready",
        Figure::Paint => "first contentful paint",
        Figure::First => "first words",
        Figure::All => "all",
        Figure::Longest => "longest task",
        Figure::Peak => "peak memory",
        Figure::Transfer => "transfer",
        Figure::AgainFirst => "opened again, first words",
        Figure::AgainAll => "opened again, all",
        Figure::Import => "import",
        Figure::ImportLongest => "import: longest task",
        Figure::ImportPeak => "import: peak memory",
        Figure::Listed => "list, from the navigation",
        Figure::ListedFromReady => "list, from ready",
        Figure::ScrollLongest => "scrolling: longest task",
        Figure::ScrollWorst => "scrolling: longest frame",
        Figure::ScrollDropped => "scrolling: frames dropped",
        Figure::ScrollFrames => "scrolling: frames shown",
        Figure::Cold => "search: first key of all",
        Figure::ColdWhole => "search: first key of all, whole answer",
        Figure::AnswerHalf => "search: first answer, p50",
        Figure::AnswerSlow => "search: first answer, p95",
        Figure::WholeHalf => "search: whole answer, p50",
        Figure::WholeSlow => "search: whole answer, p95",
        Figure::PaintedHalf => "search: painted, p50",
        Figure::PaintedSlow => "search: painted, p95",
        Figure::SearchLongest => "search: longest task",
        Figure::Memory => "memory with the library open",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn sample(engine: &str, figures: &[(Figure, f64)]) -> Sample {
        let figures: BTreeMap<_, _> = figures.iter().copied().collect();
        Sample { input: "seed".to_owned(), engine: engine.to_owned(), figures, ..Sample::default() }
    }

    #[test]
    fn only_what_was_opened_is_judged() {
        let samples = [
            sample("app", &[(Figure::First, 10.0), (Figure::Longest, 60.0)]),
            sample("floor-chunk", &[(Figure::First, 10.0)]),
        ];
        let verdicts = verdicts(&samples, 1.0);
        let told: Vec<_> = verdicts.iter().map(|v| (v.what.as_str(), v.measured, v.reached())).collect();
        assert_eq!(
            told,
            [
                ("seed: first words, × floor-chunk", Some(1.0), Some(true)),
                ("seed: longest task", Some(60.0), Some(false)),
            ]
        );
    }

    #[test]
    fn a_page_that_failed_leaves_its_goal_undecided() {
        let samples = [sample("app", &[(Figure::First, 10.0)]), sample("floor-chunk", &[])];
        let first = verdicts(&samples, 1.0).remove(0);
        assert_eq!((first.measured, first.reached()), (None, None));
    }

    #[test]
    fn a_throttled_machine_may_have_longer_tasks() {
        let samples = [sample("app", &[(Figure::Longest, 140.0)])];
        let longest = verdicts(&samples, 4.0).pop().unwrap();
        assert_eq!((longest.most, longest.reached()), (150.0, Some(true)));
    }
}
