//! What a run came to.

use std::fmt;

/// The kills of a run, and what they broke.
#[derive(Debug, Default)]
pub struct Report {
    browsers: usize,
    pages: usize,
    passed: usize,
    failed: usize,
    /// How many clips there were in the end, and how many had been dropped.
    pub clips: (usize, usize),
    /// How many of them had a station in the end that was given by hand.
    pub stations: usize,
}

impl Report {
    /// A browser was killed, or its page alone.
    pub fn killed(&mut self, page_alone: bool) {
        if page_alone {
            self.pages += 1;
        } else {
            self.browsers += 1;
        }
    }

    /// What was found after a kill.
    pub fn judged(&mut self, round: usize, faults: Vec<String>) {
        if faults.is_empty() {
            self.passed += 1;
            return;
        }
        self.failed += 1;
        println!("After kill {round}:");
        faults.iter().for_each(|fault| println!("    {fault}"));
    }

    /// Whether nothing was lost.
    pub fn is_well(&self) -> bool {
        self.failed == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { browsers, pages, passed, failed, clips: (kept, dropped), stations } = self;
        writeln!(out, "{browsers} browsers and {pages} pages alone were killed.")?;
        writeln!(out, "{kept} of {dropped} clips that were dropped came in before the kill.")?;
        writeln!(out, "{stations} of them have a station that was given by hand.")?;
        let word = if *failed == 0 { "ok" } else { "FAILED" };
        writeln!(out, "\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out")
    }
}
