//! Rust programs that `cargo install` brings.
//!
//! Trunk's own release profile takes 10 minutes on two cores, most of it optimising a program
//! that only copies files. [`LIGHT`] leaves that out, and so are features that are not needed.
//! README.md has the measured times.

use crate::lock_file;
use crate::process::{self, Failure};
use crate::project::Project;

use super::{announce, install};

/// The release profile of `cargo install`, without what takes long.
const LIGHT: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// A program on the registry of crates.
struct Program<'a> {
    /// What is run.
    name: &'a str,
    /// What is installed.
    package: &'a str,
    version: &'a str,
    options: &'a [&'a str],
    /// How far the compiler optimises it.
    opt_level: &'a str,
    /// Whether the registry still has every crate that the published lock file names.
    lock_file_works: bool,
    how_long: &'a str,
}

/// Trunk, in the version that `Trunk.toml` is written for.
pub fn trunk(project: &Project) -> Result<(), Failure> {
    ensure(
        project,
        &Program {
            name: "trunk",
            package: "trunk",
            version: "0.21.14",
            // Its features download tools and serve HTTPS; nothing here needs either.
            options: &["--no-default-features"],
            // It copies files and runs other programs: faster code saved nothing measurable.
            opt_level: "0",
            lock_file_works: true,
            how_long: "2 to 3 minutes on two cores",
        },
    )
}

/// wasm-bindgen's command line: its version must be that of the crate, to the last digit.
pub fn wasm_bindgen(project: &Project) -> Result<(), Failure> {
    let lock = process::read(&project.path("Cargo.lock"))?;
    let version = lock_file::version_of(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock names no wasm-bindgen."))?;
    ensure(
        project,
        &Program {
            name: "wasm-bindgen",
            package: "wasm-bindgen-cli",
            version,
            // Its feature is HTTPS, and the test runner talks to this machine only.
            options: &["--no-default-features"],
            // It rewrites the whole program at every build, so it has to be fast.
            opt_level: "1",
            lock_file_works: false,
            how_long: "about 3 minutes on two cores",
        },
    )
}

/// wasm-split-cli, which divides the program into parts: in the version that knows the marks of `wasm_split_helpers`.
pub fn wasm_split(project: &Project) -> Result<(), Failure> {
    let program = Program {
        name: "wasm-split-cli",
        package: "wasm_split_cli_support",
        version: "0.2.4",
        options: &["--features", "build-binary"],
        // It takes a tenth of a second, optimised, for each build.
        opt_level: "1",
        lock_file_works: true,
        how_long: "about a minute on two cores",
    };
    // It does not tell its version; cargo knows which one it installed.
    let is_this = |root: &[&str]| {
        let listed = process::output_of(project.cargo().args(["install", "--list"]).args(root));
        listed.is_some_and(|list| list.contains(&format!("{} v{}:", program.package, program.version)))
    };
    let is_there = project.program(program.name).is_some() && (is_this(&[]) || is_this(&["--root", ".tools"]));
    if is_there { Ok(()) } else { bring(project, &program) }
}

/// geckodriver, by which tests steer Firefox.
pub fn geckodriver(project: &Project) -> Result<(), Failure> {
    if project.program("geckodriver").is_some() {
        // Any version that is there will do: it only has to know the browser beside it.
        return Ok(());
    }
    ensure(
        project,
        &Program {
            name: "geckodriver",
            package: "geckodriver",
            version: "0.37.1",
            options: &[],
            opt_level: "0",
            lock_file_works: true,
            how_long: "about a minute on two cores",
        },
    )
}

/// cargo-fuzz, which builds the fuzzer and runs it.
pub fn cargo_fuzz(project: &Project) -> Result<(), Failure> {
    if project.program("cargo-fuzz").is_some() {
        // Any version that is there will do.
        return Ok(());
    }
    ensure(
        project,
        &Program {
            name: "cargo-fuzz",
            package: "cargo-fuzz",
            version: "0.13.2",
            options: &[],
            opt_level: "0",
            lock_file_works: true,
            how_long: "about a minute on two cores",
        },
    )
}

fn ensure(project: &Project, program: &Program) -> Result<(), Failure> {
    let found = process::output_of(project.command(program.name).arg("--version"));
    if found.is_some_and(|found| names_version(&found, program.version)) {
        return Ok(());
    }
    bring(project, program)
}

fn bring(project: &Project, program: &Program) -> Result<(), Failure> {
    announce(&format!("{} {}", program.package, program.version), program.how_long);
    let mut locked = cargo_install(project, program);
    locked.arg("--locked");
    if program.lock_file_works {
        return install(&mut locked, program.package);
    }
    if process::succeeds(&mut locked)? {
        return Ok(());
    }
    println!("That did not work with the program's own lock file; trying without it…");
    install(&mut cargo_install(project, program), program.package)
}

fn cargo_install(project: &Project, program: &Program) -> std::process::Command {
    let mut command = project.cargo();
    command
        .args(["install", program.package, "--version", program.version])
        .args(program.options)
        .envs(LIGHT.iter().copied())
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", program.opt_level)
        // Builds in a folder of its own that goes away afterwards.
        .env_remove("CARGO_TARGET_DIR");
    // Another version that somebody installed for their other projects is left alone.
    if project.program(program.name).is_some() {
        command.args(["--force", "--root", ".tools"]);
    }
    command
}

/// Whether a program's `--version` line names this very version.
fn names_version(line: &str, version: &str) -> bool {
    line.split_whitespace().any(|word| word.trim_start_matches('v') == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_version_will_do() {
        assert!(names_version("trunk 0.21.14\n", "0.21.14"));
        assert!(names_version("wasm-bindgen 0.2.130", "0.2.130"));
        assert!(!names_version("wasm-bindgen 0.2.130", "0.2.13"));
        assert!(!names_version("trunk 0.22.1", "0.21.14"));
    }
}
