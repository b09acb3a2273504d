//! `cargo xtask kills`: a browser is killed again and again while clips come in, and nothing may be lost.
//!
//! The program is `tests/e2e/kills`; its words are given to it as they are.

use crate::arguments::Arguments;
use crate::dist;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Engine, Tool};

/// What the program takes.
const OPTIONS: [&str; 3] = ["--kills", "--engine", "--seed"];

/// Kills the browser as often as was asked.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let built = arguments.flag("--built");
    let mut words = vec![];
    let mut browser = Tool::Browser(Engine::Chromium);
    for option in OPTIONS {
        if let Some(value) = arguments.value(option)? {
            if value == "firefox" {
                browser = Tool::Browser(Engine::Firefox);
            }
            words.extend([option.to_owned(), value]);
        }
    }
    arguments.finish()?;
    let project = Project::find()?;
    tools::ensure(&project, &[browser])?;
    if !built {
        dist::build(&project)?;
    }
    let mut command = project.cargo();
    command.args(["run", "--quiet", "--package", "e2e", "--bin", "kills", "--"]).args(words);
    if !process::succeeds(&mut command)? {
        return Err(Failure::new("A kill lost something; the lines above say which one and what."));
    }
    Ok(())
}
