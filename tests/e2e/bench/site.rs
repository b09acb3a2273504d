//! The folder that is served: every page and every input, copied together and compressed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::Problem;
use serde_json::{Value, json};

use crate::arguments::Settings;
use crate::goals::APP;
use crate::inputs::{self, Input};

/// The peers that are measured, of all that are built.
const PEERS: [&str; 5] = ["markdown-it", "marked", "floor-inner", "floor-chunk", "floor-cv"];

/// Pages of our own for when there are no peers.
const OWN: [(&str, &str); 2] =
    [("floor-inner", include_str!("floor/floor-inner.html")), ("floor-chunk", include_str!("floor/floor-chunk.html"))];
/// The page beside the app when the library is measured.
pub const LIBRARY_FLOOR: &str = "floor-library";
const LIBRARY_PAGE: &str = include_str!("floor/floor-library.html");
const OWN_STYLE: &str = include_str!("floor/floor.css");

/// Compresses each file beside itself. Node.js can, and the build needs it anyway.
const PACK: &str = "
const { readFileSync, writeFileSync } = require('node:fs');
const { brotliCompressSync } = require('node:zlib');
for (const path of process.argv.slice(1)) writeFileSync(path + '.br', brotliCompressSync(readFileSync(path)));";

/// What there is to measure.
#[derive(Debug)]
pub struct Site {
    /// Where it all is.
    pub folder: PathBuf,
    /// The names of the pages, the app's first.
    pub engines: Vec<String>,
    /// What they open.
    pub inputs: Vec<Input>,
    /// What is opened between, before the same input comes again.
    pub between: Input,
}

impl Site {
    /// Puts it together from the built app and the peers.
    ///
    /// # Errors
    /// When something is not built, or can't be copied.
    pub fn prepare(project: &Path, settings: &Settings) -> Result<Self, Problem> {
        let folder = with_app(project)?;
        fs::create_dir_all(folder.join("inputs"))?;
        let site = match &settings.peers {
            Some(peers) => Self::with_peers(folder, &peers.join("work"), settings)?,
            None => Self::alone(folder, settings)?,
        };
        pack(&site.folder, &site.engines);
        Ok(site)
    }

    fn with_peers(folder: PathBuf, work: &Path, settings: &Settings) -> Result<Self, Problem> {
        let built = |name: &&str| work.join("dist").join(name).join("index.html").is_file();
        let mut engines = vec![APP.to_owned()];
        for peer in PEERS.iter().filter(|name| built(name)) {
            copy(&work.join("dist").join(peer), &folder.join(peer))?;
            engines.push((*peer).to_owned());
        }
        for peer in PEERS.iter().filter(|name| !built(name)) {
            println!("{peer} is not built, so it is left out.");
        }
        let inputs = inputs::chosen(inputs::of_peers(), &settings.inputs)?;
        copy(&work.join("inputs"), &folder.join("inputs"))?;
        if inputs.iter().any(|input| input.name == "x800") {
            inputs::write_x800(&folder.join("inputs"))?;
        }
        Ok(Self { folder, engines, inputs, between: inputs::between_of_peers() })
    }

    fn alone(folder: PathBuf, settings: &Settings) -> Result<Self, Problem> {
        fs::write(folder.join("floor.css"), OWN_STYLE)?;
        for (name, page) in OWN {
            fs::create_dir_all(folder.join(name))?;
            fs::write(folder.join(name).join("index.html"), page)?;
        }
        let inputs = inputs::chosen(inputs::own(), &settings.inputs)?;
        let between = inputs::own_between();
        for input in inputs.iter().chain([&between]) {
            inputs::write_own(input, &folder.join("inputs"))?;
        }
        let engines = [APP].into_iter().chain(OWN.map(|(name, _)| name)).map(str::to_owned).collect();
        Ok(Self { folder, engines, inputs, between })
    }
}

/// Puts the app and the page beside it together for measuring the library. Returns the folder and
/// the names of the pages.
///
/// # Errors
/// When the app is not built, or can't be copied.
pub fn for_library(project: &Path) -> Result<(PathBuf, Vec<String>), Problem> {
    let folder = with_app(project)?;
    fs::create_dir_all(folder.join(LIBRARY_FLOOR))?;
    fs::write(folder.join(LIBRARY_FLOOR).join("index.html"), LIBRARY_PAGE)?;
    let engines = vec![APP.to_owned(), LIBRARY_FLOOR.to_owned()];
    pack(&folder, &engines);
    Ok((folder, engines))
}

/// A fresh folder with the built app in it.
fn with_app(project: &Path) -> Result<PathBuf, Problem> {
    let dist = project.join("dist");
    if !dist.join("index.html").is_file() {
        return Err("dist/ is not built. Run `cargo xtask dist` first.".into());
    }
    let folder = project.join("target/bench/site");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    copy(&dist, &folder.join(APP))?;
    Ok(folder)
}

/// Compresses the pages as a host would. The inputs come from the reader's disk, not from a host.
fn pack(folder: &Path, engines: &[String]) {
    let mut files = Vec::new();
    for engine in engines {
        collect(&folder.join(engine), &mut files);
    }
    let files = files.into_iter().filter(|file| file.extension().is_none_or(|ending| ending != "br"));
    let packed = Command::new("node").args(["-e", PACK]).args(files).status();
    if !packed.is_ok_and(|status| status.success()) {
        println!("Node.js did not compress the pages, so they are sent as they are.");
    }
}

/// How to use the page of an engine, for the script in it.
pub fn page(engine: &str) -> Value {
    if engine == APP {
        json!({ "input": "input#open-files", "body": "article#clip", "mark": "app:ready", "ready": "mark" })
    } else {
        json!({ "input": "#file", "body": "#body", "mark": "app-ready", "ready": "load" })
    }
}

/// Whether an engine gets ready HTML.
pub fn wants_html(engine: &str) -> bool {
    engine.starts_with("floor-")
}

fn copy(from: &Path, to: &Path) -> Result<(), Problem> {
    fs::create_dir_all(to)?;
    let entries = fs::read_dir(from).map_err(|error| format!("{} can't be read: {error}.", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// All files below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
