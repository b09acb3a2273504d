//! `cargo xtask fuzz`: any bytes at all into the core, for a bounded time.
//!
//! cargo-fuzz builds `tests/fuzz` with LLVM's coverage counters and runs libFuzzer on it. It starts
//! from the project's own clips; what it finds on the way stays in `target/fuzz`, so that the next
//! run goes on from there. No sanitiser is used: the core has no unsafe code, and they need a
//! nightly compiler.

use std::path::{Path, PathBuf};
use std::{fs, process::Command};

use crate::arguments::Arguments;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Tool};

const DEFAULT_SECONDS: u64 = 60;
/// The largest input that is tried, in bytes: small ones are more a second and find the same.
const LONGEST: u32 = 8192;
/// What one input may take, in seconds, before it counts as a hang.
const SLOWEST_S: u32 = 10;
/// Where inputs are kept, and those that broke something.
const CORPUS: &str = "target/fuzz/corpus";
const BROKEN: &str = "target/fuzz/broken";

/// Fuzzes for so many seconds.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let seconds = arguments.value("--seconds")?;
    arguments.finish()?;
    let seconds =
        match seconds {
            None => DEFAULT_SECONDS,
            Some(text) => text.parse().ok().filter(|n| *n > 0).ok_or_else(|| {
                Failure::new(format!("“{text}” is no number of seconds: it is a whole number from 1."))
            })?,
        };
    let project = Project::find()?;
    tools::ensure(&project, &[Tool::CargoFuzz])?;
    for folder in [CORPUS, BROKEN] {
        make_folder(&project.path(folder))?;
    }
    let seeds = seeds(&project)?;
    println!("Fuzzing for {seconds} s, from {seeds} clips of the project and what earlier runs found…");
    if !process::succeeds(&mut fuzzer(&project, seconds))? {
        return Err(Failure::new(format!(
            "The core broke a promise; the lines above say which, and the input is in {BROKEN}. \
             Make a fixture of it in tests/fixtures before you mend it."
        )));
    }
    Ok(())
}

fn fuzzer(project: &Project, seconds: u64) -> Command {
    let mut command = project.cargo();
    command
        .args(["fuzz", "run", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", "--target-dir", "target/fuzz/build"])
        .args(["parse", CORPUS, "--"])
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={LONGEST}"))
        .arg(format!("-timeout={SLOWEST_S}"))
        .arg(format!("-artifact_prefix={BROKEN}/"))
        .arg("-print_final_stats=1");
    command
}

/// Puts the project's own clips among the inputs, each after the byte that chooses the options.
fn seeds(project: &Project) -> Result<usize, Failure> {
    let mut clips = vec![project.path("public/sample.md")];
    for folder in ["tests/e2e/clips", "tests/fixtures/clips"] {
        clips.extend(files_below(&project.path(folder)));
    }
    for (index, clip) in clips.iter().enumerate() {
        let bytes =
            fs::read(clip).map_err(|error| Failure::new(format!("{} can't be read: {error}.", clip.display())))?;
        let mut input = vec![1_u8];
        input.extend(bytes.into_iter().take(LONGEST as usize - 1));
        let file = project.path(CORPUS).join(format!("seed-{index}"));
        fs::write(&file, input)
            .map_err(|error| Failure::new(format!("{} can't be written: {error}.", file.display())))?;
    }
    Ok(clips.len())
}

/// All files in a folder and the folders in it; none when it is not there.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .flat_map(|entry| {
            let path = entry.path();
            if path.is_dir() { files_below(&path) } else { vec![path] }
        })
        .collect();
    files.sort();
    files
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::new(format!("{} can't be made: {error}.", folder.display())))
}
