//! What `dist/` has for the host that serves it: each file compressed beforehand, and `_headers`,
//! which Netlify and Cloudflare Pages read. Neither is needed: any host that serves files will do.

use std::fs;
use std::path::Path;

use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Tool};

/// Writes `FILE.br` and `FILE.gz` beside each file that gets smaller by it. Node.js has both ways of
/// compressing built in.
const COMPRESS: &str = "
const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync } = require('node:zlib');
const folder = process.argv[1];
for (const name of readdirSync(folder).filter((name) => /\\.(html|js|wasm|svg|md|webmanifest)$/.test(name))) {
  const bytes = readFileSync(`${folder}/${name}`);
  writeFileSync(`${folder}/${name}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${folder}/${name}.br`, brotliCompressSync(bytes));
}";

/// Compresses the files and writes the headers.
pub fn prepare(project: &Project, dist: &Path) -> Result<(), Failure> {
    tools::ensure(project, &[Tool::Node])?;
    if !process::succeeds(project.command("node").args(["-e", COMPRESS]).arg(dist))? {
        return Err(Failure::new("Node.js could not compress the files of dist/."));
    }
    let mut names = Vec::new();
    let unreadable = |error| Failure::new(format!("{} can't be read: {error}.", dist.display()));
    for entry in fs::read_dir(dist).map_err(unreadable)? {
        names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let page = process::read(&dist.join("index.html"))?;
    let path = dist.join("_headers");
    fs::write(&path, headers(&page, &names)?)
        .map_err(|error| Failure::new(format!("{} can't be written: {error}.", path.display())))
}

/// Whether a file stands there for the host alone.
pub fn is_for_the_host(name: &str) -> bool {
    name == "_headers" || name.ends_with(".br") || name.ends_with(".gz")
}

/// The headers: the policy of the page, once more and with what only a header can say, and which files
/// a browser may keep for ever. About all others both hosts have a browser ask each time.
fn headers(page: &str, names: &[String]) -> Result<String, Failure> {
    let policy = page.split_once("http-equiv=\"Content-Security-Policy\" content=\"");
    let policy = policy.and_then(|(_, rest)| rest.split_once('"')).map(|(policy, _)| policy);
    let policy = policy.ok_or_else(|| Failure::new("The built page has no policy: see index.html."))?;
    let mut text = format!(
        "/*\n  Content-Security-Policy: {policy}; frame-ancestors 'self'\n  Referrer-Policy: no-referrer\n  \
         X-Content-Type-Options: nosniff\n"
    );
    for name in names.iter().filter(|name| is_named_by_content(name) && !is_for_the_host(name)) {
        text.push_str(&format!("/{name}\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
    Ok(text)
}

/// Whether the name of a file changes with its content: it has the digits of a hash, which are not
/// those of a date.
pub fn is_named_by_content(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let hash = stem.strip_suffix("_bg").unwrap_or(stem).rsplit_once('-').map_or("", |(_, hash)| hash);
    // Trunk's hashes lack their leading zeros.
    (14..=16).contains(&hash.len())
        && hash.chars().all(|digit| digit.is_ascii_hexdigit())
        && hash.contains(|digit: char| digit.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_its_name_is_kept_for_ever_and_nothing_else() {
        let page = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
        let names = ["boot-0c029152542571fe.js", "boot-0c029152542571fe.js.br", "index.html", "service-worker.js"];
        let headers = headers(page, &names.map(str::to_owned)).unwrap();
        assert!(headers.starts_with("/*\n  Content-Security-Policy: default-src 'none'; frame-ancestors 'self'\n"));
        assert_eq!(headers.matches("immutable").count(), 1);
        assert!(headers.contains("/boot-0c029152542571fe.js\n"));
    }

    #[test]
    fn names_with_a_hash_are_told_from_others() {
        assert!(is_named_by_content("clip-viewer-2cc6ae58618acba8_bg.wasm"));
        assert!(is_named_by_content("icon-465e9c9ed4832c4d.svg"));
        for other in ["icon-maskable-512.png", "service-worker.js", "photo-20251125123000.jpg"] {
            assert!(!is_named_by_content(other), "{other}");
        }
    }
}
