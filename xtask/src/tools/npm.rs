//! What comes from npm, into this project's own `node_modules`, pinned by `package-lock.json`.

use crate::process::{self, Failure};
use crate::project::Project;

use super::{announce, install};

/// The first wasm-opt that knows every flag in `index.html`.
const OLDEST_WASM_OPT: u32 = 123;

/// wasm-opt: one that is installed and not too old, else binaryen's from npm.
pub fn wasm_opt(project: &Project) -> Result<(), Failure> {
    let found = process::output_of(project.command("wasm-opt").arg("--version"));
    if found
        .as_deref()
        .and_then(wasm_opt_version)
        .is_some_and(|version| version >= OLDEST_WASM_OPT)
    {
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
    install(&mut command, what)
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
    fn the_version_of_wasm_opt_is_read() {
        assert_eq!(
            wasm_opt_version("wasm-opt version 132 (version_132)\n"),
            Some(132)
        );
        assert_eq!(wasm_opt_version("wasm-opt version 108"), Some(108));
        assert_eq!(wasm_opt_version("something else"), None);
    }
}
