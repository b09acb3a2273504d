//! `cargo xtask bench`: how fast clips are understood, and how the time grows with the text.
//!
//! The measuring is in `benches/`; each file there prints a table and fails when a promise is not
//! kept. Absolute times drift on a busy machine, so what counts are ratios within one run.

use crate::arguments::Arguments;
use crate::process::{self, Failure};
use crate::project::Project;

/// Each file of `benches/`, and what it shows.
const BENCHES: [(&str, &str); 2] = [
    ("parse", "Understanding a clip, beside the bare Markdown parser on the same text"),
    ("growth", "Twice the text: how many times the time (more than three is a failure)"),
];

/// Runs them all.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.finish()?;
    let project = Project::find()?;
    for (name, what) in BENCHES {
        println!("\n{what}\n");
        if !process::succeeds(project.cargo().args(["bench", "--quiet", "--bench", name]))? {
            return Err(Failure::new(format!("The measurement “{name}” failed; the lines above say why.")));
        }
    }
    Ok(())
}
