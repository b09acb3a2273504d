//! How the steps ended: the table of times and the line that counts the tests.

use std::fmt;
use std::time::Duration;

/// Tests that passed, failed, and did not run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl Counts {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }

    /// The sum of every `test result:` line of a cargo test run.
    fn read(output: &str) -> Self {
        output.lines().filter_map(|line| line.split_once("test result: ")).fold(Self::default(), |sum, (_, result)| {
            sum.plus(Self {
                passed: number_before(result, " passed"),
                failed: number_before(result, " failed"),
                skipped: number_before(result, " ignored"),
            })
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        match self.skipped {
            0 => Ok(()),
            skipped => write!(out, ", {skipped} skipped"),
        }
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    text.split_once(word)
        .and_then(|(before, _)| before.rsplit(' ').next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

/// How one step ended.
pub struct Outcome {
    name: &'static str,
    state: State,
    tests: Counts,
    took: Duration,
}

#[derive(PartialEq)]
enum State {
    Passed,
    Failed,
    Skipped,
}

impl Outcome {
    /// A step that ran and printed `output`.
    pub fn ended(name: &'static str, succeeded: bool, output: &str, took: Duration) -> Self {
        Self { name, state: if succeeded { State::Passed } else { State::Failed }, tests: Counts::read(output), took }
    }

    /// A step that an earlier failure kept from running.
    pub fn skipped(name: &'static str) -> Self {
        Self { name, state: State::Skipped, tests: Counts::default(), took: Duration::ZERO }
    }

    /// The step's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether anything in it went wrong.
    pub fn failed(&self) -> bool {
        self.state == State::Failed
    }

    /// Its tests. A step that failed without a failed test (a lint, a build) counts as one, so
    /// that the sum never says that all is well.
    pub fn counts(&self) -> Counts {
        let mut counts = self.tests;
        match self.state {
            State::Failed if counts.failed == 0 => counts.failed = 1,
            State::Skipped => counts.skipped += 1,
            State::Failed | State::Passed => {}
        }
        counts
    }

    fn line(&self) -> String {
        let state = match self.state {
            State::Passed => "ok",
            State::Failed => "FAILED",
            State::Skipped => "not run",
        };
        let tests = if self.tests == Counts::default() { String::new() } else { self.tests.to_string() };
        let line = format!("{:12} {state:8} {:>8}  {tests}", self.name, seconds(self.took));
        line.trim_end().to_owned()
    }
}

/// One line a step, and the time of all.
pub fn table(outcomes: &[Outcome], took: Duration) -> String {
    let mut text: String = outcomes.iter().map(|outcome| outcome.line() + "\n").collect();
    text.push_str(&format!("{:21} {:>8}\n", "all", seconds(took)));
    text
}

fn seconds(took: Duration) -> String {
    let seconds = took.as_secs();
    match seconds / 60 {
        0 => format!("{:.1} s", took.as_secs_f32()),
        minutes => format!("{minutes} m {:02} s", seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "running 3 tests\n\
        test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
        test result: FAILED. 40 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n";

    fn ended(succeeded: bool, output: &str) -> Outcome {
        Outcome::ended("host", succeeded, output, Duration::from_millis(75_400))
    }

    #[test]
    fn the_results_of_all_test_programs_are_summed() {
        assert_eq!(ended(false, OUTPUT).counts().to_string(), "42 passed, 3 failed, 1 skipped");
    }

    #[test]
    fn a_failed_step_without_tests_counts_as_one_failure() {
        assert_eq!(ended(false, "error: no").counts().to_string(), "0 passed, 1 failed");
    }

    #[test]
    fn a_step_that_did_not_run_is_counted_as_skipped() {
        let counts = ended(true, OUTPUT).counts().plus(Outcome::skipped("e2e").counts());
        assert_eq!(counts.to_string(), "42 passed, 3 failed, 2 skipped");
    }

    #[test]
    fn the_table_has_a_line_for_each_step() {
        let outcomes = [ended(true, "test result: ok. 5 passed; 0 failed"), Outcome::skipped("e2e")];
        assert_eq!(
            table(&outcomes, Duration::from_secs(5)),
            "host         ok       1 m 15 s  5 passed, 0 failed\n\
             e2e          not run     0.0 s\n\
             all                      5.0 s\n"
        );
    }
}
