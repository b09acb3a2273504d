//! `cargo xtask lighthouse`: Lighthouse's judgement of the `dist/` that is there, as a throttled phone sees
//! it: the empty page, the sample, and, where it stands beside the checkout, the clip that it all began with.
//!
//! All of the work is in `lighthouse.mjs`, as Lighthouse is a library of Node.js.

use crate::arguments::Arguments;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Engine, Tool};

/// What is judged: a name, and a query of the page or a clip beside the checkout.
const PAGES: &[&str] = &["empty page=", "sample=?sample"];
const SEED: &str = "../shared/seed/clip.txt";

/// Judges each page, so many times.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let runs = arguments.value("--runs")?.unwrap_or_else(|| "1".to_owned());
    arguments.finish()?;
    if !runs.parse::<u8>().is_ok_and(|runs| runs > 0) {
        return Err(Failure::new(format!("“{runs}” is no number of runs.")));
    }
    let project = Project::find()?;
    if !project.path("dist/index.html").is_file() {
        return Err(Failure::new("There is no dist/ to judge yet.").instead("cargo xtask dist"));
    }
    tools::ensure(&project, &[Tool::Node, Tool::Lighthouse, Tool::Browser(Engine::Chromium)])?;
    let mut command = project.command("node");
    command.arg(project.path("xtask/src/lighthouse.mjs")).arg(project.path("dist")).arg(runs).args(PAGES);
    if let Some(chromium) =
        ["chromium", "chromium-browser", "google-chrome", "chrome"].iter().find_map(|name| project.program(name))
    {
        command.env("CHROME_PATH", chromium);
    }
    let seed = project.path(SEED);
    if seed.is_file() {
        command.arg(format!("seed={}", seed.display()));
    }
    if process::succeeds(&mut command)? {
        return Ok(());
    }
    Err(Failure::new("Lighthouse finds something; the lines above say what."))
}
