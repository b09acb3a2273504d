//! `cargo xtask dependencies`: what the app is made of, held against `tests/dependencies.toml`.
//!
//! [`graph`] asks `cargo metadata` which crates the app needs where it runs, those that only help to
//! compile it included; [`policy`] reads what is allowed; [`judge`] compares. Nothing is asked of the
//! network, so two things are not seen here: whether an advisory was published for a version (`cargo
//! install cargo-audit`, then `cargo audit`, which fetches the list of RustSec), and whether a crate that
//! nobody denied is still kept up. What only tests and these commands use is not judged either.

mod graph;
mod judge;
mod licence;
mod policy;

use crate::arguments::Arguments;
use crate::process::{self, Failure};
use crate::project::Project;

/// Where the policy stands.
const POLICY: &str = "tests/dependencies.toml";

/// Judges every crate of the app's graph.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.finish()?;
    let project = Project::find()?;
    let policy = policy::read(&process::read(&project.path(POLICY))?)?;
    let crates = graph::read(&project)?;
    let faults = judge::faults(&crates, &policy, |place| project.path(place).is_file());
    if faults.is_empty() {
        println!(
            "The app is made of {} crates; all keep to {POLICY}, {} of them as exceptions.",
            crates.len(),
            policy.exceptions.len()
        );
        return Ok(());
    }
    faults.iter().for_each(|fault| println!("  {fault}"));
    Err(Failure::new(format!("{} things about the app's dependencies are not as {POLICY} has them.", faults.len())))
}
