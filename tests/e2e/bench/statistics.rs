//! Samples, and the numbers made of them. Nothing here knows a browser.

use std::collections::BTreeMap;

/// What is measured of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// From the start of the navigation until the page takes files, in ms.
    Ready,
    /// The first contentful paint of the page, in ms.
    Paint,
    /// From the file to the frame after its first words, in ms.
    First,
    /// From the file to the frame after its last words, in ms.
    All,
    /// The longest task of the main thread meanwhile, in ms; 0 when none was longer than 50 ms.
    Longest,
    /// The largest growth of the renderer's resident memory meanwhile, in MB.
    Peak,
    /// What the host sent until the page was ready, in kB.
    Transfer,
    /// `First` of the same clip once more, after another one.
    AgainFirst,
    /// `All` of the same clip once more.
    AgainAll,
    /// From the file to the end of the import, in ms.
    Import,
    /// The longest task of the main thread meanwhile, in ms; 0 when none was longer than 50 ms.
    ImportLongest,
    /// The largest growth of the renderer's resident memory meanwhile, in MB.
    ImportPeak,
    /// From the start of the navigation to the first frame with a row of the list, in ms.
    Listed,
    /// The same from the page's own word that it is ready, in ms.
    ListedFromReady,
    /// The longest task while the list is scrolled a screen for each frame, in ms.
    ScrollLongest,
    /// The longest time between two frames meanwhile, in ms.
    ScrollWorst,
    /// How many frames of 60 a second were left out meanwhile.
    ScrollDropped,
    /// How many were not.
    ScrollFrames,
    /// From the first key that looks for something to its first answer, in ms.
    Cold,
    /// The same to the whole answer.
    ColdWhole,
    /// From any later key to its first answer, in ms: half of the keys take no longer.
    AnswerHalf,
    /// The same of 95 of 100 keys.
    AnswerSlow,
    /// From a key to its whole answer, in ms: half of the keys take no longer.
    WholeHalf,
    /// The same of 95 of 100 keys.
    WholeSlow,
    /// From a key to the frame after its first answer, in ms: half of the keys take no longer.
    PaintedHalf,
    /// The same of 95 of 100 keys.
    PaintedSlow,
    /// The longest task while keys are typed, in ms; 0 when none was longer than 50 ms.
    SearchLongest,
    /// The memory that the renderer has for itself, in MB.
    Memory,
}

impl Figure {
    /// All of them.
    pub const ALL: [Self; 28] = [
        Self::Ready,
        Self::Paint,
        Self::First,
        Self::All,
        Self::Longest,
        Self::Peak,
        Self::Transfer,
        Self::AgainFirst,
        Self::AgainAll,
        Self::Import,
        Self::ImportLongest,
        Self::ImportPeak,
        Self::Listed,
        Self::ListedFromReady,
        Self::ScrollLongest,
        Self::ScrollWorst,
        Self::ScrollDropped,
        Self::ScrollFrames,
        Self::Cold,
        Self::ColdWhole,
        Self::AnswerHalf,
        Self::AnswerSlow,
        Self::WholeHalf,
        Self::WholeSlow,
        Self::PaintedHalf,
        Self::PaintedSlow,
        Self::SearchLongest,
        Self::Memory,
    ];

    /// Its name in the JSON, with its unit.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready_ms",
            Self::Paint => "first_contentful_paint_ms",
            Self::First => "first_ms",
            Self::All => "all_ms",
            Self::Longest => "longest_task_ms",
            Self::Peak => "peak_memory_mb",
            Self::Transfer => "transfer_kb",
            Self::AgainFirst => "again_first_ms",
            Self::AgainAll => "again_all_ms",
            Self::Import => "import_ms",
            Self::ImportLongest => "import_longest_task_ms",
            Self::ImportPeak => "import_peak_memory_mb",
            Self::Listed => "listed_ms",
            Self::ListedFromReady => "listed_from_ready_ms",
            Self::ScrollLongest => "scroll_longest_task_ms",
            Self::ScrollWorst => "scroll_longest_frame_ms",
            Self::ScrollDropped => "scroll_dropped_frames",
            Self::ScrollFrames => "scroll_frames",
            Self::Cold => "first_key_ms",
            Self::ColdWhole => "first_key_whole_ms",
            Self::AnswerHalf => "answer_p50_ms",
            Self::AnswerSlow => "answer_p95_ms",
            Self::WholeHalf => "whole_answer_p50_ms",
            Self::WholeSlow => "whole_answer_p95_ms",
            Self::PaintedHalf => "painted_p50_ms",
            Self::PaintedSlow => "painted_p95_ms",
            Self::SearchLongest => "search_longest_task_ms",
            Self::Memory => "private_memory_mb",
        }
    }

    /// The unit that its name ends with; none of what is counted.
    pub fn unit(self) -> &'static str {
        match self.name().rsplit('_').next() {
            Some("ms") => "ms",
            Some("mb") => "MB",
            Some("kb") => "kB",
            _ => "",
        }
    }

    /// Whether it is a task's length, which a browser does not tell below 50 ms.
    pub fn is_task(self) -> bool {
        self.name().ends_with("longest_task_ms")
    }
}

/// A key that was typed, and how long its answer took.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Key {
    /// All that was typed so far, with this key.
    pub typed: String,
    /// To the first answer, in ms.
    pub first_ms: f64,
    /// To the whole answer, in ms.
    pub whole_ms: f64,
    /// To the frame after the first answer, in ms.
    pub painted_ms: f64,
}

/// One fresh browser that opened one input in one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// The round in which it was taken: only samples of one round are compared.
    pub round: usize,
    /// The name of the input.
    pub input: String,
    /// The page.
    pub engine: String,
    /// What was measured; what could not be is left out.
    pub figures: BTreeMap<Figure, f64>,
    /// The page's own marks while it opened the input, in ms from the file.
    pub marks: BTreeMap<String, f64>,
    /// The keys that were typed, one after the other.
    pub keys: Vec<Key>,
    /// Why there is not more, as a sentence.
    pub failed: Option<String>,
}

/// The middle one; of an even number, the mean of the two in the middle.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    Some(f64::midpoint(lower, upper))
}

/// The smallest value that so many of a hundred do not exceed.
pub fn percentile(values: impl IntoIterator<Item = f64>, percent: usize) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().filter(|v| v.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let rank = (values.len() * percent).div_ceil(100).max(1);
    values.get(rank - 1).copied()
}

/// The median of a figure of an engine on one input, or on all.
pub fn typical(samples: &[Sample], input: Option<&str>, engine: &str, figure: Figure) -> Option<f64> {
    median(of(samples, input, engine).filter_map(|s| s.figures.get(&figure).copied()))
}

/// How many times the figure of `base` the one of `engine` is: the median of pairs of one round.
pub fn ratio(samples: &[Sample], input: Option<&str>, engine: &str, base: &str, figure: Figure) -> Option<f64> {
    let pairs = of(samples, input, engine).filter_map(|sample| {
        let mut others = of(samples, Some(&sample.input), base);
        let other = others.find(|other| other.round == sample.round)?;
        let (above, below) = (sample.figures.get(&figure)?, other.figures.get(&figure)?);
        (*below > 0.0).then(|| above / below)
    });
    median(pairs)
}

fn of<'a>(samples: &'a [Sample], input: Option<&'a str>, engine: &'a str) -> impl Iterator<Item = &'a Sample> {
    samples.iter().filter(move |s| s.engine == engine && input.is_none_or(|input| s.input == input))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(round: usize, engine: &str, first: f64) -> Sample {
        let figures = BTreeMap::from([(Figure::First, first)]);
        Sample { round, input: "a".to_owned(), engine: engine.to_owned(), figures, ..Sample::default() }
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median([]), None);
        assert_eq!(median([3.0]), Some(3.0));
        assert_eq!(median([9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 9.0, f64::NAN]), Some(3.0));
    }

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let hundred = || (1..=100).map(f64::from);
        assert_eq!(percentile(hundred(), 95), Some(95.0));
        assert_eq!(percentile(hundred(), 50), Some(50.0));
        assert_eq!(percentile([7.0, 3.0], 95), Some(7.0));
        assert_eq!(percentile([7.0, 3.0, f64::NAN], 0), Some(3.0));
        assert_eq!(percentile([], 95), None);
    }

    #[test]
    fn figures_have_the_units_of_their_names() {
        let units = [Figure::Import, Figure::Memory, Figure::Transfer, Figure::ScrollDropped].map(Figure::unit);
        assert_eq!(units, ["ms", "MB", "kB", ""]);
        let tasks: Vec<_> = Figure::ALL.into_iter().filter(|figure| figure.is_task()).collect();
        assert_eq!(tasks, [Figure::Longest, Figure::ImportLongest, Figure::ScrollLongest, Figure::SearchLongest]);
    }

    #[test]
    fn ratios_are_made_of_pairs_of_one_round() {
        let samples = [
            sample(0, "app", 10.0),
            sample(0, "peer", 20.0),
            sample(1, "peer", 400.0),
            sample(1, "app", 100.0),
            sample(2, "app", 7.0),
        ];
        // 0.5 and 0.25; the third round has no pair.
        assert_eq!(ratio(&samples, Some("a"), "app", "peer", Figure::First), Some(0.375));
        assert_eq!(ratio(&samples, None, "app", "peer", Figure::First), Some(0.375));
        assert_eq!(ratio(&samples, Some("b"), "app", "peer", Figure::First), None);
        assert_eq!(ratio(&samples, Some("a"), "app", "peer", Figure::All), None);
        assert_eq!(typical(&samples, Some("a"), "app", Figure::First), Some(10.0));
    }
}
