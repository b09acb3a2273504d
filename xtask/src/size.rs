//! `cargo xtask size`: the sizes of `dist/`, file by file, against `size-budget.toml`.

use std::path::Path;

use crate::arguments::Arguments;
use crate::budget::{self, Limit, Sizes, kilobytes};
use crate::hosting;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::single;
use crate::tools::{self, Tool};

/// Compresses each file as a server would. Node.js has both ways of compressing built in, which
/// saves this program two crates that would take longer to compile than all the rest of it.
const MEASURE: &str = "
const { readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync } = require('node:zlib');
for (const path of process.argv.slice(1)) {
  const bytes = readFileSync(path);
  console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
}";

/// Prints the table for the `dist/` that is there, and fails when a file is over its budget.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.finish()?;
    let project = Project::find()?;
    if !project.path("dist/index.html").is_file() {
        return Err(Failure::new("There is no dist/ to measure yet.").instead("cargo xtask dist"));
    }
    show(&project)
}

/// Prints the table, and fails when a file is over its budget.
pub fn show(project: &Project) -> Result<(), Failure> {
    tools::ensure(project, &[Tool::Node])?;
    let files = measured(project)?;
    let limits = budget::read(&process::read(&project.path("size-budget.toml"))?)?;
    // Whoever visits a host never gets the single file, nor the pictures for installers.
    let visited = files.iter().filter(|(name, _)| name != single::NAME && !name.starts_with("screenshot"));
    let total = visited.fold(Sizes::default(), |sum, (_, sizes)| sum.plus(*sizes));
    let page = process::read(&project.path("dist/index.html"))?;
    let needed = files.iter().filter(|(name, _)| is_needed_first(name, &page));
    let first = needed.fold(Sizes::default(), |sum, (_, sizes)| sum.plus(*sizes));
    print!("{}", table(&files, &[("a first clip", first), ("total", total)]));

    let broken = broken(&files, &[("a first clip", first), ("total", total)], &limits);
    if broken.is_empty() {
        println!("\nEvery file is within size-budget.toml.");
        return Ok(());
    }
    Err(Failure::new(format!(
        "{}\nMake it smaller, or raise the budget in size-budget.toml and say why in the commit.",
        broken.join("\n")
    )))
}

/// Every file of `dist/` with its sizes, by name.
fn measured(project: &Project) -> Result<Vec<(String, Sizes)>, Failure> {
    let dist = project.path("dist");
    let mut names = vec![];
    collect(&dist, "", &mut names).map_err(|error| Failure::new(format!("dist/ can't be read: {error}.")))?;
    names.retain(|name| !hosting::is_for_the_host(name));
    names.sort();
    let paths = names.iter().map(|name| dist.join(name));
    let output = process::output_of(project.command("node").args(["-e", MEASURE]).args(paths))
        .ok_or_else(|| Failure::new("Node.js could not measure the files of dist/."))?;
    let sizes = output.lines().filter_map(read_sizes);
    Ok(names.into_iter().zip(sizes).collect())
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn read_sizes(line: &str) -> Option<Sizes> {
    let mut numbers = line.split_whitespace().map(str::parse);
    Some(Sizes { raw: numbers.next()?.ok()?, gzip: numbers.next()?.ok()?, brotli: numbers.next()?.ok()? })
}

/// Whether a first clip can't be shown without the file: the page, what it names, and the script of its worker.
fn is_needed_first(name: &str, page: &str) -> bool {
    let is_program = name.ends_with(".js") || name.ends_with(".wasm");
    name == "index.html" || name.starts_with("worker-") || is_program && page.contains(&format!("\"./{name}\""))
}

fn table(files: &[(String, Sizes)], sums: &[(&str, Sizes)]) -> String {
    let names = files.iter().map(|(name, _)| name.as_str()).chain(sums.iter().map(|(name, _)| *name));
    let width = names.map(|name| name.chars().count()).max().unwrap_or(0);
    let mut text = format!("{:width$}  {:>9}  {:>9}  {:>9}\n", "kB", "raw", "gzip", "brotli");
    for (name, sizes) in
        files.iter().map(|(name, sizes)| (name.as_str(), sizes)).chain(sums.iter().map(|(n, s)| (*n, s)))
    {
        text.push_str(&format!(
            "{name:width$}  {:>9}  {:>9}  {:>9}\n",
            kilobytes(sizes.raw),
            kilobytes(sizes.gzip),
            kilobytes(sizes.brotli)
        ));
    }
    text
}

/// A sentence for everything that is over; a file counts against the first limit that covers it, a sum against that of its
/// name.
fn broken(files: &[(String, Sizes)], sums: &[(&str, Sizes)], limits: &[Limit]) -> Vec<String> {
    let mut broken = vec![];
    for (name, sizes) in files {
        if let Some(limit) = limits.iter().find(|limit| limit.covers(name)) {
            broken.extend(limit.broken_by(name, *sizes));
        }
    }
    for (name, sizes) in sums {
        if let Some(limit) = limits.iter().find(|limit| limit.pattern == *name) {
            broken.extend(limit.broken_by(&format!("“{name}”"), *sizes));
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, raw: u64) -> (String, Sizes) {
        let sizes = Sizes { raw, gzip: raw / 2, brotli: raw / 3 };
        (name.to_owned(), sizes)
    }

    #[test]
    fn the_table_has_a_line_for_each_file_and_one_for_all() {
        let files = [file("a.js", 3_000), file("index.html", 6_000)];
        let text = table(&files, &[("total", file("", 9_000).1)]);
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "kB                raw       gzip     brotli",
                "a.js                3        1.5          1",
                "index.html          6          3          2",
                "total               9        4.5          3",
            ]
        );
    }

    #[test]
    fn what_the_page_names_is_needed_first() {
        let page =
            "<script src=\"./boot-1.js\"></script><link href=\"./part-clips-1.wasm\"><link href=\"./icon-1.svg\">";
        let is_needed = |name| is_needed_first(name, page);
        assert!(["index.html", "boot-1.js", "part-clips-1.wasm", "worker-1.js"].into_iter().all(is_needed));
        assert!(!["icon-1.svg", "part-later-1.wasm", "code-1.js"].into_iter().any(is_needed));
    }

    #[test]
    fn a_file_counts_against_the_first_limit_that_covers_it() {
        let limits = budget::read("\"boot.js\" = { raw = 9 }\n\"*.js\" = { raw = 1 }\ntotal = { raw = 4 }").unwrap();
        let files = [file("boot.js", 5_000)];
        let broken = broken(&files, &[("total", files[0].1)], &limits);
        assert_eq!(broken, ["“total” is 5 kB (raw), 1 kB over its budget of 4 kB."]);
    }
}
