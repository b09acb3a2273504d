//! `cargo xtask style`: joins `style/main.css` and its imports into one sheet.
//!
//! Trunk runs it before each build (see `Trunk.toml`), so that `index.html` can name the result.
//! It stands under `target/`, outside the folders that Trunk watches: writing it starts no
//! new build.

use std::env;
use std::fs;

use crate::arguments::Arguments;
use crate::css;
use crate::process::Failure;
use crate::project::Project;

const MAIN: &str = "style/main.css";
const JOINED: &str = "target/style/clip-viewer.css";

/// Joins the sheets; without comments and needless white space in a release build.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let asked = arguments.flag("--release");
    arguments.finish()?;
    // Trunk tells its hooks which build it is making.
    let release = asked || env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");

    let project = Project::find()?;
    let mut sheet = css::joined(&project.path(MAIN))?;
    if release {
        sheet = css::light(&sheet);
    }
    let path = project.path(JOINED);
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&path, sheet))
        .map_err(|error| Failure::new(format!("{} can't be written: {error}.", path.display())))
}
