//! `cargo xtask bench`: how fast clips are understood, and how soon they can be read in a browser.
//!
//! The core is measured by `benches/`; each file there prints a table and fails when a promise is
//! not kept. The page is measured by `tests/e2e/bench`, in Chromium, beside other pages that show
//! the same clips; the library there with many clips. Absolute times drift on a busy machine, so what counts are ratios within one run.

mod peers;

use std::process::Command;

use crate::arguments::Arguments;
use crate::dist;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Engine, Tool};

/// Each file of `benches/`, and what it shows.
const BENCHES: [(&str, &str); 2] = [
    ("parse", "Understanding a clip, beside the bare Markdown parser on the same text"),
    ("growth", "Twice the text: how many times the time (more than three is a failure)"),
];

/// What the program that measures the page takes, and is given as it is.
const OPTIONS: [&str; 3] = ["--rounds", "--inputs", "--throttle"];

/// How many clips the library is measured with, unless told otherwise.
const CLIPS: &str = "1000";

/// Which part to run.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Core,
    Browser,
    Library,
}

/// Runs all parts, or the one asked for.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let only = arguments.value("--only")?.map(|name| part(&name)).transpose()?;
    let built = arguments.flag("--built");
    let mut words = vec![];
    for option in OPTIONS {
        if let Some(value) = arguments.value(option)? {
            words.extend([option.to_owned(), value]);
        }
    }
    let clips = arguments.value("--clips")?.unwrap_or_else(|| CLIPS.to_owned());
    arguments.finish()?;
    let project = Project::find()?;
    let is_asked = |part| only.is_none_or(|only| only == part);
    if is_asked(Part::Core) {
        core(&project)?;
    }
    if only == Some(Part::Core) {
        return Ok(());
    }
    tools::ensure(&project, &[Tool::Browser(Engine::Chromium), Tool::Node])?;
    if !built {
        dist::build(&project)?;
    }
    if is_asked(Part::Browser) {
        browser(&project, &words)?;
    }
    if is_asked(Part::Library) {
        library(&project, &clips, &words)?;
    }
    Ok(())
}

fn part(name: &str) -> Result<Part, Failure> {
    match name {
        "core" => Ok(Part::Core),
        "browser" => Ok(Part::Browser),
        "library" => Ok(Part::Library),
        _ => Err(Failure::new(format!("There is no part “{name}”: it is `core`, `browser` or `library`."))),
    }
}

fn core(project: &Project) -> Result<(), Failure> {
    for (name, what) in BENCHES {
        println!("\n{what}\n");
        if !process::succeeds(project.cargo().args(["bench", "--quiet", "--bench", name]))? {
            return Err(Failure::new(format!("The measurement “{name}” failed; the lines above say why.")));
        }
    }
    Ok(())
}

fn browser(project: &Project, words: &[String]) -> Result<(), Failure> {
    println!("\nOpening clips in Chromium, each in a fresh one\n");
    let mut command = measuring(project);
    command.args(words);
    match peers::prepare(project) {
        Ok(Some(peers)) => {
            command.arg("--peers").arg(peers);
        }
        Ok(None) => println!("There is no {}, so the app is measured beside pages of its own.\n", peers::PLACE),
        Err(failure) => println!("{failure}\nSo the app is measured beside pages of its own.\n"),
    }
    if !process::succeeds(&mut command)? {
        return Err(Failure::new("The page could not be measured; the lines above say why."));
    }
    Ok(())
}

fn library(project: &Project, clips: &str, words: &[String]) -> Result<(), Failure> {
    println!("\nA library of {clips} clips in Chromium\n");
    if !process::succeeds(measuring(project).args(["--library", clips]).args(words))? {
        return Err(Failure::new("The library could not be measured; the lines above say why."));
    }
    Ok(())
}

/// The program of `tests/e2e/bench`.
fn measuring(project: &Project) -> Command {
    let mut command = project.cargo();
    command.args(["run", "--quiet", "--package", "e2e", "--bin", "bench", "--"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_known_by_its_name() {
        assert_eq!(part("core").unwrap(), Part::Core);
        assert_eq!(part("browser").unwrap(), Part::Browser);
        assert_eq!(part("library").unwrap(), Part::Library);
        assert!(part("all").unwrap_err().to_string().contains("`browser` or `library`"));
    }
}
