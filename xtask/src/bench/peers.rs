//! Other pages that show clips, kept beside the project: copied, installed and built when needed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::process::{self, Failure};
use crate::project::Project;

/// Where they are, seen from the project; and the clip that their inputs are made of.
pub const PLACE: &str = "../shared/bench";
const SEED: &str = "../shared/seed/clip.txt";

/// Where they are built.
const COPY: &str = "target/bench/peers";
/// Written there when everything is built: what is older than the originals is built again.
const DONE: &str = "built";

/// The built peers; none when they are not beside the project.
pub fn prepare(project: &Project) -> Result<Option<PathBuf>, Failure> {
    let (place, copy) = (project.path(PLACE), project.path(COPY));
    if !place.is_dir() {
        return Ok(None);
    }
    if is_fresh(&place, &copy.join(DONE)) {
        return Ok(Some(copy));
    }
    println!("Building the pages of {PLACE} (a minute, only this once)…");
    copy_folder(&place, &copy).map_err(|error| Failure::new(format!("{PLACE} can't be copied to {COPY}: {error}.")))?;
    step(project.command("npm").args(["install", "--no-audit", "--no-fund"]), &copy)?;
    step(project.command("node").arg("gen.mjs").arg(project.path(SEED)), &copy)?;
    step(project.command("node").arg("build.mjs"), &copy)?;
    fs::write(copy.join(DONE), "").map_err(|error| Failure::new(format!("{COPY} can't be written: {error}.")))?;
    Ok(Some(copy))
}

fn step(command: &mut Command, folder: &Path) -> Result<(), Failure> {
    if process::succeeds(command.current_dir(folder))? {
        return Ok(());
    }
    Err(Failure::new(format!("The pages of {PLACE} can't be built; the lines above say why."))
        .by_hand(format!("cd {COPY} && {}", process::typed(command))))
}

/// Whether a file is newer than everything in a folder.
fn is_fresh(folder: &Path, file: &Path) -> bool {
    let made = fs::metadata(file).and_then(|about| about.modified());
    match (made, newest(folder)) {
        (Ok(made), Ok(newest)) => made >= newest,
        _ => false,
    }
}

fn newest(folder: &Path) -> io::Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let time = if path.is_dir() { self::newest(&path)? } else { fs::metadata(&path)?.modified()? };
        newest = newest.max(time);
    }
    Ok(newest)
}

/// Copies what is in the files, not their permissions: the originals may be for reading alone.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_folder(&source, &target)?;
        } else {
            fs::write(target, fs::read(source)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_fresh_until_an_original_changes() {
        let folder = std::env::temp_dir().join(format!("clip-viewer-peers-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::create_dir_all(from.join("src")).unwrap();
        fs::write(from.join("src/a.mjs"), "a").unwrap();
        assert!(!is_fresh(&from, &to.join(DONE)));

        copy_folder(&from, &to).unwrap();
        fs::write(to.join(DONE), "").unwrap();
        assert_eq!(fs::read_to_string(to.join("src/a.mjs")).unwrap(), "a");
        assert!(is_fresh(&from, &to.join(DONE)));

        let later = SystemTime::now() + std::time::Duration::from_secs(60);
        fs::File::options().write(true).open(from.join("src/a.mjs")).unwrap().set_modified(later).unwrap();
        assert!(!is_fresh(&from, &to.join(DONE)));
        fs::remove_dir_all(folder).unwrap();
    }
}
