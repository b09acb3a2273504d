//! `cargo xtask dist`: the optimised page in `dist/`, and its sizes.
//!
//! Every address in it is relative, so `dist/` can be copied below any path of any static host.
//! That is checked here, not only asked of Trunk: a page that works at `/` alone is found out by
//! the person who puts it elsewhere.

use crate::arguments::Arguments;
use crate::hosting;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::single;
use crate::size;
use crate::tools::{self, Tool};

const BUILT: &str = "dist";

const NEEDED: &[Tool] = &[
    Tool::WasmTarget,
    Tool::Trunk,
    Tool::WasmBindgen,
    Tool::WasmSplit,
    Tool::WasmOpt,
    Tool::Esbuild,
    Tool::Highlighter,
];

/// Builds, checks and measures.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.finish()?;
    let project = Project::find()?;
    build(&project)?;
    println!();
    size::show(&project)
}

/// Builds and checks.
pub fn build(project: &Project) -> Result<(), Failure> {
    tools::ensure(project, NEEDED)?;
    println!("Building the optimised page (some minutes the first time, later about one)…");
    let mut trunk = tools::trunk_command(project);
    trunk.args(["build", "--release", "--dist", BUILT]);
    if !process::succeeds(&mut trunk)? {
        return Err(Failure::new("The build failed; the lines above say why."));
    }
    let page = process::read(&project.path(BUILT).join("index.html"))?;
    if let Some(address) = absolute_address(&page) {
        return Err(Failure::new(format!(
            "dist/index.html names “{address}”, which is not relative: it would not be found \
             below another path. Make it relative in index.html."
        )));
    }
    hosting::prepare(project, &project.path(BUILT))?;
    single::write(project, &project.path(BUILT))
}

/// The first address in the page that a host's root or another host would have to answer.
fn absolute_address(page: &str) -> Option<&str> {
    ["src=\"", "href=\"", "-js=\"", "-wasm=\""]
        .into_iter()
        .flat_map(|attribute| page.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .find(|address| address.starts_with('/') || address.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_pass() {
        let page = r##"<link href="./a.css"><a href="#x"><script src="boot.js"></script>"##;
        assert_eq!(absolute_address(page), None);
    }

    #[test]
    fn an_address_from_the_root_or_another_host_is_found() {
        assert_eq!(absolute_address(r#"<script src="/boot.js">"#), Some("/boot.js"));
        assert_eq!(absolute_address(r#"<link href="https://x.example/y.css">"#), Some("https://x.example/y.css"));
        assert_eq!(absolute_address(r#"<script data-wasm="/a.wasm">"#), Some("/a.wasm"));
        assert_eq!(absolute_address(r#"<script data-js="/a.js">"#), Some("/a.js"));
    }
}
