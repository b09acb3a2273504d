//! What comes from npm, into this project's own `node_modules`, pinned by `package-lock.json`.

use crate::process::{self, Failure};
use crate::project::Project;

use super::announce;

/// The first wasm-opt that knows every flag in `parts.rs`.
const OLDEST_WASM_OPT: u32 = 123;

/// wasm-opt: one that is installed and not too old, else binaryen's from npm.
pub fn wasm_opt(project: &Project) -> Result<(), Failure> {
    let found = process::output_of(project.command("wasm-opt").arg("--version"));
    if found.as_deref().and_then(wasm_opt_version).is_some_and(|version| version >= OLDEST_WASM_OPT) {
        return Ok(());
    }
    packages(project, "binaryen, which has wasm-opt,")
}

/// axe-core, which the browser tests put into the page.
pub fn axe(project: &Project) -> Result<(), Failure> {
    if project.path("node_modules/axe-core/axe.min.js").is_file() {
        return Ok(());
    }
    packages(project, "axe-core")
}

/// A program of one of the packages.
pub fn program(project: &Project, name: &str) -> Result<(), Failure> {
    if project.program(name).is_some() {
        return Ok(());
    }
    packages(project, name)
}

/// Where the library that colours code stands.
pub const HIGHLIGHTER: &str = "node_modules/@highlightjs/cdn-assets/es/highlight.min.js";

/// The library that colours code.
pub fn highlighter(project: &Project) -> Result<(), Failure> {
    if project.path(HIGHLIGHTER).is_file() { Ok(()) } else { packages(project, "what colours code") }
}

/// Node.js itself, which only a person can install.
pub fn node(project: &Project) -> Result<(), Failure> {
    if project.program("node").is_some() {
        return Ok(());
    }
    Err(node_is_missing("node"))
}

fn packages(project: &Project, what: &str) -> Result<(), Failure> {
    if project.program("npm").is_none() {
        return Err(node_is_missing("npm"));
    }
    announce(&format!("{what} with npm"), "some seconds");
    let mut command = project.command("npm");
    command.args(["ci", "--no-audit", "--no-fund"]);
    let by_hand = process::typed(&command);
    let output = command.output().map_err(|error| process::not_started(&command, &error))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{what} could not be installed. npm says:\n{}",
        without_stack_trace(&String::from_utf8_lossy(&output.stderr))
    ))
    .by_hand(by_hand))
}

/// What npm says of an error, without where in its own code the error arose.
fn without_stack_trace(errors: &str) -> String {
    errors
        .lines()
        .filter(|line| line.starts_with("npm error"))
        .take_while(|line| !line.starts_with("npm error     at "))
        .map(|line| format!("    {line}\n"))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn node_is_missing(program: &str) -> Failure {
    let failure = Failure::new(format!(
        "`{program}` is not installed. It comes with Node.js 18 or newer, from nodejs.org or \
         your system's packages."
    ));
    if cfg!(target_os = "linux") {
        failure.by_hand("apt-get install nodejs npm")
    } else if cfg!(target_os = "macos") {
        failure.by_hand("brew install node")
    } else {
        failure.by_hand("winget install OpenJS.NodeJS")
    }
}

/// The number in `wasm-opt version 132 (version_132)`.
fn wasm_opt_version(line: &str) -> Option<u32> {
    line.split_whitespace().nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_npm_says_ends_before_its_stack_trace() {
        let errors = "npm warn old\nnpm error code E1\nnpm error no network\n\
            npm error     at f (node:net:1)\nnpm error more\n";
        assert_eq!(without_stack_trace(errors), "    npm error code E1\n    npm error no network");
    }

    #[test]
    fn the_version_of_wasm_opt_is_read() {
        assert_eq!(wasm_opt_version("wasm-opt version 132 (version_132)\n"), Some(132));
        assert_eq!(wasm_opt_version("wasm-opt version 108"), Some(108));
        assert_eq!(wasm_opt_version("something else"), None);
    }
}
