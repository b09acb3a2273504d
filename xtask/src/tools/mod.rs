//! What the commands need from outside, and how each thing is installed when it is missing.
//!
//! Nothing is installed before a command needs it, and nothing that is already there in a version
//! that works is touched. Rust programs come by `cargo install`, JavaScript packages by `npm ci`
//! into this folder, browsers on Debian and Ubuntu by apt; elsewhere a message says what to get.

mod browsers;
mod cargo;
pub mod npm;

use std::process::Command;

use crate::process::{self, Failure};
use crate::project::Project;

pub use browsers::Engine;

/// One thing that a command needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tool {
    /// The compiler's standard library for `wasm32-unknown-unknown`.
    WasmTarget,
    /// rustfmt.
    Rustfmt,
    /// clippy.
    Clippy,
    /// Trunk, which bundles the page.
    Trunk,
    /// wasm-bindgen and its test runner, in the version that `Cargo.lock` names.
    WasmBindgen,
    /// wasm-split-cli, which divides the program into parts.
    WasmSplit,
    /// wasm-opt, which shrinks the program.
    WasmOpt,
    /// cargo-fuzz, which builds and runs the fuzzer.
    CargoFuzz,
    /// Node.js, which measures compressed sizes.
    Node,
    /// esbuild, which makes one script of many.
    Esbuild,
    /// The library that colours code.
    Highlighter,
    /// Lighthouse, which judges a page as phones and search engines see it.
    Lighthouse,
    /// axe-core, which checks accessibility in a page.
    Axe,
    /// A browser and the driver that tests steer it by.
    Browser(Engine),
}

/// Installs whichever of `tools` is missing, saying so.
pub fn ensure(project: &Project, tools: &[Tool]) -> Result<(), Failure> {
    for tool in tools {
        match tool {
            Tool::WasmTarget => wasm_target(project)?,
            Tool::Rustfmt => component(project, "rustfmt", "fmt")?,
            Tool::Clippy => component(project, "clippy", "clippy")?,
            Tool::Trunk => cargo::trunk(project)?,
            Tool::WasmBindgen => cargo::wasm_bindgen(project)?,
            Tool::WasmSplit => cargo::wasm_split(project)?,
            Tool::WasmOpt => npm::wasm_opt(project)?,
            Tool::CargoFuzz => cargo::cargo_fuzz(project)?,
            Tool::Node => npm::node(project)?,
            Tool::Esbuild => npm::program(project, "esbuild")?,
            Tool::Highlighter => npm::highlighter(project)?,
            Tool::Lighthouse => npm::program(project, "lighthouse")?,
            Tool::Axe => npm::axe(project)?,
            Tool::Browser(engine) => browsers::ensure(project, *engine)?,
        }
    }
    Ok(())
}

/// Trunk, told to be brief: cargo's own lines, a line when a build starts or ends, and errors
/// without a stack trace.
pub fn trunk_command(project: &Project) -> Command {
    let mut command = project.command("trunk");
    command
        .args(["--log", "error,trunk=warn,trunk::build=info"])
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("RUST_BACKTRACE", "0");
    command
}

/// Says what is being installed and how long that may take.
fn announce(what: &str, how_long: &str) {
    println!("Installing {what} ({how_long}, only this once)…");
}

/// Runs an installing command; when it fails, says how to do it by hand.
fn install(command: &mut Command, what: &str) -> Result<(), Failure> {
    let by_hand = process::typed(command);
    match process::succeeds(command) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::new(format!(
            "{what} could not be installed; the lines above say why. Is the network reachable?"
        ))
        .by_hand(by_hand)),
        Err(failure) => Err(Failure::new(format!("{what} is missing. {failure}")).by_hand(by_hand)),
    }
}

fn wasm_target(project: &Project) -> Result<(), Failure> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let folder = process::output_of(project.command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let there = folder.is_some_and(|folder| std::path::Path::new(folder.trim()).is_dir());
    if there {
        return Ok(());
    }
    announce("the WebAssembly target of Rust", "some seconds");
    install(project.command("rustup").args(["target", "add", TARGET]), "The WebAssembly target of Rust")
}

fn component(project: &Project, name: &str, subcommand: &str) -> Result<(), Failure> {
    if process::is_well(project.cargo().args([subcommand, "--version"])) {
        return Ok(());
    }
    announce(name, "some seconds");
    install(project.command("rustup").args(["component", "add", name]), name)
}
