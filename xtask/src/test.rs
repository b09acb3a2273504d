//! `cargo xtask test`: every check and every test, fast ones first.
//!
//! [`STEPS`] is the whole of it. A step's tools are installed just before the step, its output goes
//! to a file under `target/xtask`, and is shown when the step fails, with the command that repeats
//! it. The last line counts the tests of all steps, plus each failed step that is no test.

mod outcome;

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::arguments::Arguments;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Engine, Tool};

use outcome::{Counts, Outcome};

/// One check or one group of tests.
struct Step {
    name: &'static str,
    what: &'static str,
    tools: &'static [Tool],
    command: fn(&Project) -> Command,
    /// Whether its output is worth reading when it succeeds too.
    shown: bool,
}

const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        what: "the code is formatted",
        tools: &[Tool::Rustfmt],
        command: |project| cargo(project, &["fmt", "--all", "--check"]),
        shown: false,
    },
    Step {
        name: "host",
        what: "the pure rooms and these commands, without a browser",
        tools: &[],
        command: |project| cargo(project, &["test", "--workspace", "--exclude", "e2e"]),
        shown: false,
    },
    Step {
        name: "clippy",
        what: "lints, as built for this machine",
        tools: &[Tool::Clippy],
        command: |project| cargo(project, &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        shown: false,
    },
    Step {
        name: "clippy-wasm",
        what: "lints, as built for the browser",
        tools: &[Tool::Clippy, Tool::WasmTarget],
        command: |project| {
            cargo(
                project,
                &[
                    "clippy",
                    "--target",
                    WASM,
                    "--features",
                    "split",
                    "--lib",
                    "--bins",
                    "--tests",
                    "--",
                    "-D",
                    "warnings",
                ],
            )
        },
        shown: false,
    },
    Step {
        name: "doc",
        what: "the documentation builds without a warning",
        tools: &[],
        command: |project| {
            let mut command = cargo(project, &["doc", "--workspace", "--no-deps", PRIVATE]);
            command.env("RUSTDOCFLAGS", DOC_LINTS);
            command
        },
        shown: false,
    },
    Step {
        name: "doc-wasm",
        what: "the same, for the rooms that only the browser has",
        tools: &[Tool::WasmTarget],
        command: |project| {
            let mut command = cargo(project, &["doc", "--no-deps", "--lib", "--target", WASM, PRIVATE]);
            command.env("RUSTDOCFLAGS", DOC_LINTS);
            command
        },
        shown: false,
    },
    // After the builds, which have fetched every crate that is judged.
    Step {
        name: "dependencies",
        what: "the app is made of nothing but what it may be made of",
        tools: &[],
        command: |project| cargo(project, &["xtask", "dependencies"]),
        shown: false,
    },
    Step {
        name: "component",
        what: "components and doors, inside a browser",
        tools: &[Tool::WasmTarget, Tool::WasmBindgen, Tool::Browser(Engine::Chromium)],
        command: component,
        shown: false,
    },
    Step {
        name: "fuzz",
        what: "any bytes at all into the core, each way in for three seconds",
        tools: &[Tool::CargoFuzz],
        command: |project| cargo(project, &["xtask", "fuzz", "--seconds", "3"]),
        shown: false,
    },
    Step {
        name: "dist",
        what: "the optimised page builds and keeps to its size budget",
        tools: &[],
        command: dist,
        shown: true,
    },
    Step {
        name: "e2e",
        what: "the page in Chromium, Firefox and WebKit",
        tools: &[
            Tool::Browser(Engine::Chromium),
            Tool::Browser(Engine::Firefox),
            Tool::Browser(Engine::WebKit),
            Tool::Axe,
        ],
        command: |project| cargo(project, &["test", "--package", "e2e"]),
        shown: false,
    },
    Step {
        name: "lighthouse",
        what: "Lighthouse finds nothing, and the page stands still as it comes",
        tools: &[Tool::Browser(Engine::Chromium), Tool::Lighthouse],
        command: |project| cargo(project, &["xtask", "lighthouse"]),
        shown: false,
    },
    Step {
        name: "kills",
        what: "Chromium is killed four times while clips come in, and nothing is lost",
        tools: &[Tool::Browser(Engine::Chromium)],
        // In the profile of the step before, which has built all that it is made of.
        command: |project| {
            cargo(project, &["run", "--profile", "test", "--package", "e2e", "--bin", "kills", "--", "--kills", "4"])
        },
        shown: false,
    },
];

const WASM: &str = "wasm32-unknown-unknown";

/// The documentation is for who works on the code, so it has the private items too.
const PRIVATE: &str = "--document-private-items";
const DOC_LINTS: &str = "-D warnings -A rustdoc::private_intra_doc_links";

/// Runs the steps asked for, or all.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let list = arguments.flag("--list");
    let keep_going = arguments.flag("--keep-going");
    let mut asked = vec![];
    while let Some(name) = arguments.value("--only")? {
        asked.push(name);
    }
    arguments.finish()?;
    if list {
        print!("{}", steps_listed());
        return Ok(());
    }
    let steps = chosen(&asked)?;

    let project = Project::find()?;
    let started = Instant::now();
    let mut outcomes = vec![];
    let mut stopped = false;
    for step in steps {
        let outcome = if stopped { Outcome::skipped(step.name) } else { run_step(&project, step)? };
        stopped |= outcome.failed() && !keep_going;
        outcomes.push(outcome);
    }
    print!("\n{}", outcome::table(&outcomes, started.elapsed()));

    // The counts are the last line on the standard output, whatever comes on the other.
    let counts = outcomes.iter().fold(Counts::default(), |sum, outcome| sum.plus(outcome.counts()));
    println!("\n{counts}");
    match outcomes.iter().find(|outcome| outcome.failed()) {
        None => Ok(()),
        Some(outcome) => Err(Failure::new(format!("The step “{}” failed.", outcome.name()))),
    }
}

fn chosen(asked: &[String]) -> Result<Vec<&'static Step>, Failure> {
    if let Some(unknown) = asked.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        return Err(Failure::new(format!("There is no step “{unknown}”. The steps are:\n{}", steps_listed())));
    }
    Ok(STEPS.iter().filter(|step| asked.is_empty() || asked.iter().any(|name| name == step.name)).collect())
}

fn steps_listed() -> String {
    STEPS.iter().map(|step| format!("  {:12} {}\n", step.name, step.what)).collect()
}

fn run_step(project: &Project, step: &Step) -> Result<Outcome, Failure> {
    println!("{:12} {}…", step.name, step.what);
    let started = Instant::now();
    if let Err(failure) = tools::ensure(project, step.tools) {
        println!("\n{failure}\n");
        return Ok(Outcome::ended(step.name, false, "", started.elapsed()));
    }
    let mut command = (step.command)(project);
    let log = log_file(project, step.name)?;
    let succeeded = logged(&mut command, &log)?;
    let output = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
    if !succeeded {
        println!(
            "\n{output}\n{} failed. To repeat it alone:\n    cargo xtask test --only {}\nor\n    {}\n",
            step.name,
            step.name,
            process::typed(&command)
        );
    } else if step.shown {
        println!("\n{output}");
    } else {
        figures(&output).for_each(|figure| println!("{:12} {figure}", ""));
    }
    Ok(Outcome::ended(step.name, succeeded, &output, started.elapsed()))
}

/// The figures that a step's tests measured: its lines with that word before them. A test's line
/// may stand behind one of the runner's own that has no end yet.
fn figures(output: &str) -> impl Iterator<Item = &str> {
    output.lines().filter_map(|line| line.split_once("figure: ").map(|(_, figure)| figure))
}

/// Where a step's output stands afterwards.
fn log_file(project: &Project, name: &str) -> Result<PathBuf, Failure> {
    let folder = project.path("target/xtask");
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(format!("{} can't be made: {error}.", folder.display())))?;
    Ok(folder.join(format!("{name}.log")))
}

/// Runs a command with both its outputs in one file, in the order they were written.
fn logged(command: &mut Command, log: &PathBuf) -> Result<bool, Failure> {
    let unwritable = |error| Failure::new(format!("{} can't be written: {error}.", log.display()));
    let out = File::create(log).map_err(unwritable)?;
    let err = out.try_clone().map_err(unwritable)?;
    command.stdin(Stdio::null()).stdout(Stdio::from(out)).stderr(Stdio::from(err));
    process::succeeds(command)
}

fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut command = project.cargo();
    command.args(arguments);
    command
}

/// wasm-bindgen's test runner, which `.cargo/config.toml` names, opens the browser.
fn component(project: &Project) -> Command {
    let mut command = cargo(project, &["test", "--target", WASM, "--test", "web"]);
    if let Some(driver) = project.program("chromedriver") {
        command.env("CHROMEDRIVER", driver);
    }
    command
}

fn dist(project: &Project) -> Command {
    cargo(project, &["xtask", "dist"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_chosen_by_name_in_their_own_order() {
        let asked = ["doc".to_owned(), "fmt".to_owned()];
        let names: Vec<_> = chosen(&asked).unwrap().iter().map(|step| step.name).collect();
        assert_eq!(names, ["fmt", "doc"]);
    }

    #[test]
    fn figures_are_found_among_other_lines() {
        let output = "test a ... ok\ntest b ... figure: speed 3\nfigure: size 4\nok\n";
        assert_eq!(figures(output).collect::<Vec<_>>(), ["speed 3", "size 4"]);
    }

    #[test]
    fn all_steps_run_when_none_is_named() {
        assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_known_ones() {
        let Err(refused) = chosen(&["e3e".to_owned()]) else {
            panic!("it was taken");
        };
        let refused = refused.to_string();
        assert!(refused.contains("e3e") && refused.contains("clippy-wasm"));
    }
}
