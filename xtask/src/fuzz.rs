//! `cargo xtask fuzz`: any bytes at all into the core, for a bounded time.
//!
//! [`TARGETS`] is every way in. cargo-fuzz builds `tests/fuzz` with LLVM's coverage counters and runs
//! libFuzzer on each. It starts from the project's own inputs (`tests/fixtures/fuzz`); what it finds on
//! the way stays in `target/fuzz`, so that the next run goes on from there. No sanitiser is used: the
//! core has no unsafe code, and they need a nightly compiler.

use std::path::{Path, PathBuf};
use std::{fs, process::Command};

use crate::arguments::Arguments;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Tool};

/// A way in.
struct Target {
    name: &'static str,
    what: &'static str,
    /// Folders and files, besides its own fixtures, that it starts from.
    seeds: &'static [&'static str],
    /// What is put before each of those.
    prefix: &'static [u8],
}

const CLIPS: &[&str] = &["public/sample.md", "tests/e2e/clips", "tests/fixtures/clips"];

/// Every way in, each a file in `tests/fuzz/fuzz_targets`.
const TARGETS: &[Target] = &[
    // The byte that chooses the options: a file name, and no encoding.
    Target { name: "parse", what: "whole clips", seeds: CLIPS, prefix: &[1] },
    // No fences are put around a clip.
    Target { name: "front_matter", what: "blocks at the head of a file", seeds: CLIPS, prefix: b"0" },
    Target { name: "archive", what: "zips", seeds: &[], prefix: &[] },
    Target { name: "stored", what: "stored records", seeds: &["tests/fixtures/saved"], prefix: &[] },
    Target { name: "backup", what: "backups", seeds: &[], prefix: &[] },
    Target { name: "annotations", what: "files of highlights", seeds: &[], prefix: &[] },
];

const DEFAULT_SECONDS: u64 = 60;
/// The largest input that is tried, in bytes: small ones are more a second and find the same.
const LONGEST: u32 = 8192;
/// What one input may take, in seconds, before it counts as a hang.
const SLOWEST_S: u32 = 10;
/// Inputs that are handed in, for each target a folder.
const FIXTURES: &str = "tests/fixtures/fuzz";
/// Where inputs are kept, and those that broke something, for each target a folder.
const CORPUS: &str = "target/fuzz/corpus";
const BROKEN: &str = "target/fuzz/broken";

/// Fuzzes one target or each of them for so many seconds.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let seconds = seconds(arguments.value("--seconds")?)?;
    let targets = chosen(arguments.value("--target")?.as_deref())?;
    arguments.finish()?;
    let project = Project::find()?;
    tools::ensure(&project, &[Tool::CargoFuzz])?;
    for target in targets {
        let (corpus, broken) = (format!("{CORPUS}/{}", target.name), format!("{BROKEN}/{}", target.name));
        for folder in [&corpus, &broken] {
            make_folder(&project.path(folder))?;
        }
        let seeds = seeds(&project, target, &project.path(&corpus))?;
        println!(
            "Fuzzing {} with {} for {seconds} s, from {seeds} inputs of the project and what earlier runs found…",
            target.name, target.what
        );
        if !process::succeeds(&mut fuzzer(&project, target, seconds))? {
            return Err(Failure::new(format!(
                "The core broke a promise; the lines above say which, and the input is in {broken}. \
                 Copy it into {FIXTURES}/{} before you mend it; the README there says how.",
                target.name
            )));
        }
    }
    Ok(())
}

fn seconds(given: Option<String>) -> Result<u64, Failure> {
    let Some(text) = given else { return Ok(DEFAULT_SECONDS) };
    let number = text.parse().ok().filter(|seconds| *seconds > 0);
    number.ok_or_else(|| Failure::new(format!("“{text}” is no number of seconds: it is a whole number from 1.")))
}

fn chosen(name: Option<&str>) -> Result<Vec<&'static Target>, Failure> {
    let chosen: Vec<_> = TARGETS.iter().filter(|target| name.is_none_or(|name| target.name == name)).collect();
    if chosen.is_empty() {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        let asked = name.unwrap_or_default();
        return Err(Failure::new(format!("There is no target “{asked}”. The targets are: {}.", names.join(", "))));
    }
    Ok(chosen)
}

fn fuzzer(project: &Project, target: &Target, seconds: u64) -> Command {
    let mut command = project.cargo();
    command
        .args(["fuzz", "run", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", "--target-dir", "target/fuzz/build"])
        .args([target.name, &format!("{CORPUS}/{}", target.name), "--"])
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={LONGEST}"))
        .arg(format!("-timeout={SLOWEST_S}"))
        .arg(format!("-artifact_prefix={BROKEN}/{}/", target.name))
        .arg("-print_final_stats=1");
    command
}

/// Puts the project's own inputs among those of the target.
fn seeds(project: &Project, target: &Target, corpus: &Path) -> Result<usize, Failure> {
    let own = files_at(&project.path(FIXTURES).join(target.name)).into_iter().map(|file| (file, &[][..]));
    let others = target.seeds.iter().flat_map(|place| files_at(&project.path(place)));
    let all: Vec<_> = own.chain(others.map(|file| (file, target.prefix))).collect();
    for (index, (seed, prefix)) in all.iter().enumerate() {
        let bytes =
            fs::read(seed).map_err(|error| Failure::new(format!("{} can't be read: {error}.", seed.display())))?;
        let input: Vec<u8> = prefix.iter().copied().chain(bytes).take(LONGEST as usize).collect();
        let file = corpus.join(format!("seed-{index}"));
        fs::write(&file, input)
            .map_err(|error| Failure::new(format!("{} can't be written: {error}.", file.display())))?;
    }
    Ok(all.len())
}

/// The file itself, or all files in a folder and the folders in it; none when nothing is there.
fn files_at(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().flat_map(|entry| files_at(&entry.path())).collect();
    files.sort();
    files
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::new(format!("{} can't be made: {error}.", folder.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_target_is_chosen_by_its_name_and_all_without_one() {
        assert_eq!(chosen(None).unwrap().len(), TARGETS.len());
        assert_eq!(chosen(Some("archive")).unwrap().iter().map(|target| target.name).collect::<Vec<_>>(), ["archive"]);
    }

    #[test]
    fn an_unknown_target_is_refused_with_the_known_ones() {
        let Err(refused) = chosen(Some("archives")) else { panic!("it was taken") };
        assert!(refused.to_string().contains("archives") && refused.to_string().contains("front_matter"));
    }

    #[test]
    fn seconds_are_a_whole_number_from_one() {
        assert_eq!(seconds(None).unwrap(), DEFAULT_SECONDS);
        assert_eq!(seconds(Some("7".to_owned())).unwrap(), 7);
        assert!(seconds(Some("0".to_owned())).is_err() && seconds(Some("1.5".to_owned())).is_err());
    }

    #[test]
    fn every_target_has_its_program_and_its_seeds() {
        let project = Project::find().unwrap();
        for target in TARGETS {
            assert!(project.path(&format!("tests/fuzz/fuzz_targets/{}.rs", target.name)).is_file(), "{}", target.name);
            let own = files_at(&project.path(FIXTURES).join(target.name)).len();
            let others: usize = target.seeds.iter().map(|place| files_at(&project.path(place)).len()).sum();
            assert!(own + others >= 5, "{} has {own} and {others} seeds", target.name);
        }
    }
}
