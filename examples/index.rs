//! A folder of clips made ready to be hosted: `cargo run --release --example index -- DIR OUT TITLE`.
//!
//! Copies the clips and pictures of DIR to OUT, below the same paths, and writes `OUT/index.json`,
//! which the page reads as `?library=…`. What nobody means to bring, and what is neither clip nor
//! picture, stays behind. `cargo xtask publish` calls it. Failures are one line on stderr and status 2.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clip_viewer::clip::{self, Options};
use clip_viewer::library::hosted::HostedPath;
use clip_viewer::library::intake;
use clip_viewer::library::path::{self, Sorted};
use clip_viewer::library::published::Published;
use clip_viewer::library::{Arrival, ClipId, Entry};

const USAGE: &str = "usage: index DIR OUT TITLE";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match words.as_slice() {
        [from, to, title] => publish(Path::new(from), Path::new(to), title),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(sentence) => {
            println!("{sentence}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

fn publish(from: &Path, to: &Path, title: &str) -> Result<String, String> {
    fs::create_dir_all(to).map_err(failed(to, "made"))?;
    let mut found = Vec::new();
    // What is written is not read again when it lies in the folder that is published.
    let own = fs::canonicalize(to).map_err(failed(to, "read"))?;
    walk(from, "", &own, &mut found)?;
    found.sort();
    let (mut entries, mut pictures, mut left) = (Vec::new(), 0, 0);
    for (path, file) in found {
        let size = fs::metadata(&file).map_err(failed(&file, "read"))?.len();
        let sorted = path::sort(&path, size);
        if !matches!(sorted, Sorted::Clip | Sorted::Picture) {
            left += 1;
            continue;
        }
        if let Err(why) = HostedPath::relative("", &format!("./{path}")) {
            eprintln!("{why}");
            left += 1;
            continue;
        }
        let bytes = fs::read(&file).map_err(failed(&file, "read"))?;
        if sorted == Sorted::Clip {
            if let Err(refusal) = judge(&path, &bytes) {
                eprintln!("{refusal}");
                left += 1;
                continue;
            }
            entries.push(entry(&path, &bytes));
        } else {
            pictures += 1;
        }
        let target = to.join(&path);
        let folder = target.parent().unwrap_or(to);
        fs::create_dir_all(folder).map_err(failed(folder, "made"))?;
        fs::write(&target, &bytes).map_err(failed(&target, "written"))?;
    }
    if entries.is_empty() {
        return Err(format!("There is no clip in {}. Name the folder that holds the .md files.", from.display()));
    }
    let index = Published::write(title, &entries).map_err(|error| error.to_string())?;
    let target = to.join("index.json");
    fs::write(&target, index).map_err(failed(&target, "written"))?;
    Ok(format!("Published: clips {}, pictures {pictures}. Left out: {left} other files.", entries.len()))
}

/// All files below a folder, by their path from the root, `/`-separated. Links are not followed:
/// they may lead to what is not meant to be published.
fn walk(folder: &Path, path: &str, own: &Path, found: &mut Vec<(String, PathBuf)>) -> Result<(), String> {
    for item in fs::read_dir(folder).map_err(failed(folder, "read"))? {
        let item = item.map_err(failed(folder, "read"))?;
        let kind = item.file_type().map_err(failed(&item.path(), "read"))?;
        // A name that is no text has no address.
        let Ok(name) = item.file_name().into_string() else { continue };
        let below = if path.is_empty() { name } else { format!("{path}/{name}") };
        if kind.is_dir() {
            let is_junk = matches!(path::sort(&format!("{below}/x.md"), 1), Sorted::Junk(_));
            let is_own = fs::canonicalize(item.path()).is_ok_and(|real| real == own);
            if !is_junk && !is_own {
                walk(&item.path(), &below, own, found)?;
            }
        } else if kind.is_file() {
            found.push((below, item.path()));
        }
    }
    Ok(())
}

fn judge(path: &str, bytes: &[u8]) -> Result<(), intake::Refusal> {
    let name = path::name(path);
    intake::judge(&intake::Offered { name, size: bytes.len() as u64, folder: false })?;
    intake::judge_bytes(name, bytes)
}

fn entry(path: &str, bytes: &[u8]) -> Entry {
    let options = Options { file_name: Some(path::name(path).to_owned()), ..Options::default() };
    let (clip, _) = clip::glance(bytes, &options);
    let size_bytes = bytes.len() as u64;
    let arrival = Arrival { hash: ClipId::of(bytes), path: path.to_owned(), import: 0, size_bytes };
    Entry::new(arrival, &clip.metadata, &clip.stats, clip.diagnostics.len())
}

fn failed<'a>(path: &'a Path, how: &'a str) -> impl Fn(std::io::Error) -> String + 'a {
    move |error| format!("{} can't be {how}: {error}.", path.display())
}
