//! `cargo xtask seal`: names the style sheet inside the built page in the page's policy, and gives the
//! files that Trunk copies as they are names that change with their content, as it gives the page's
//! own program: a host can let a browser keep them for ever, and no page starts with parts of another
//! build.
//!
//! The sheet stands inside `index.html`, so that the page is painted without waiting for a second
//! file; the policy forbids inline styles, except the one whose hash it names (CSP Level 3,
//! *hash-source*). Trunk runs this after each build (see `Trunk.toml`).

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::arguments::Arguments;
use crate::parts::{self, Files};
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::npm;

/// Where the policy of `index.html` takes the hash.
const PLACE: &str = "style-src 'self'";

/// The files that get a name by their content, each with the file that asks for it: a file that is
/// named in another one comes before it.
const NAMED: &[(&str, &str)] = &[
    (HIGHLIGHTER, CODE),
    (CODE, "boot.js"),
    ("formulas.js", "math.js"),
    ("formulas_bg.wasm", "math.js"),
    ("math.js", "boot.js"),
    ("rescue.js", "boot.js"),
    ("offline.js", "boot.js"),
    ("worker.js", "boot.js"),
    ("boot.js", "index.html"),
];

/// The worker that colours code, and the library that it needs, which comes from npm. A page that somebody
/// works on without Node.js has neither, and shows code in one colour.
const CODE: &str = "code.js";
const HIGHLIGHTER: &str = "highlighter.js";

/// Seals the page that Trunk is about to publish.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.finish()?;
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or_else(|| Failure::new("Trunk runs this after a build; alone it has nothing to do."))?;
    if env::var_os(UNKEPT).is_some() {
        unkept(&folder)?;
    }
    let is_release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    tell_parts(&folder, &parts::split(&Project::find()?, &folder, is_release)?)?;
    let has_colours = take_highlighter(&folder)?;
    for (file, referrer) in NAMED.iter().filter(|(file, _)| has_colours || ![CODE, HIGHLIGHTER].contains(file)) {
        name(&folder, file, referrer)?;
    }
    let path = folder.join("index.html");
    write(&path, &sealed(&process::read(&path)?)?)?;
    list(&folder)
}

/// The part that reads clips: the first clip waits for it.
const FIRST: &str = "clips";

/// Says in `boot.js` which files each part has, and in the page which of them are needed at once.
fn tell_parts(folder: &Path, parts: &Files) -> Result<(), Failure> {
    let (boot, page) = (folder.join("boot.js"), folder.join("index.html"));
    let known = format!("const PARTS = {};", serde_json::json!(parts));
    write(&boot, &put(&process::read(&boot)?, "boot.js", "const PARTS = {};", &known)?)?;
    let load = |file: &String| {
        format!(
            "<link rel=\"preload\" href=\"./{file}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\" fetchpriority=\"low\">"
        )
    };
    let first: String = parts.get(FIRST).into_iter().flatten().map(load).collect();
    write(&page, &put(&process::read(&page)?, "index.html", "</head>", &format!("{first}</head>"))?)
}

/// The text with something put into a place that it has once.
fn put(text: &str, name: &str, place: &str, what: &str) -> Result<String, Failure> {
    if text.matches(place).count() != 1 {
        return Err(Failure::new(format!("{name} should have “{place}” once, to be filled in.")));
    }
    Ok(text.replacen(place, what, 1))
}

/// Puts the library that colours code into the build. Returns whether it is there.
fn take_highlighter(folder: &Path) -> Result<bool, Failure> {
    let from = Project::find()?.path(npm::HIGHLIGHTER);
    let unwritable = |error| Failure::new(format!("{HIGHLIGHTER} can't be put into the build: {error}."));
    if from.is_file() {
        return fs::copy(from, folder.join(HIGHLIGHTER)).map(|_| true).map_err(unwritable);
    }
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        return Err(Failure::new("What colours code is not installed.").by_hand("npm ci"));
    }
    println!("Code has no colours in this build: what makes them comes with `npm ci`.");
    fs::remove_file(folder.join(CODE)).map(|()| false).map_err(unwritable)
}

/// Set where a page is served to whoever changes it: a browser would keep the build before.
pub const UNKEPT: &str = "CLIP_VIEWER_UNKEPT";

/// The script that keeps the build's files in a browser. It alone has no name by its content, as a
/// browser looks for a new one at the address of the old one.
const SERVICE_WORKER: &str = "service-worker.js";

/// Makes a page that no browser keeps.
fn unkept(folder: &Path) -> Result<(), Failure> {
    let (boot, service_worker) = (folder.join("boot.js"), folder.join(SERVICE_WORKER));
    let address = format!("new URL(\"{SERVICE_WORKER}\", import.meta.url).href");
    write(&boot, &process::read(&boot)?.replace(&address, "\"\""))?;
    fs::remove_file(&service_worker)
        .map_err(|error| Failure::new(format!("{} can't be removed: {error}.", service_worker.display())))
}

/// Writes into the service worker which files make this build, and its name: the hash of them all.
fn list(folder: &Path) -> Result<(), Failure> {
    let path = folder.join(SERVICE_WORKER);
    if !path.is_file() {
        return Ok(());
    }
    let unreadable = |error| Failure::new(format!("{} can't be read: {error}.", folder.display()));
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| is_kept(name));
    names.sort();
    let mut build = Sha256::new();
    for name in &names {
        build.update(name.as_bytes());
        build.update(fs::read(folder.join(name)).map_err(unreadable)?);
    }
    write(&path, &listed(&process::read(&path)?, &digits(&build.finalize()), &names)?)
}

/// Whether a file of the build is kept: what only systems and stores ask for is not.
fn is_kept(name: &str) -> bool {
    name != SERVICE_WORKER && !name.starts_with("screenshot")
}

/// The service worker that knows its build. The page goes by the address of its folder.
fn listed(script: &str, build: &str, names: &[String]) -> Result<String, Failure> {
    let files: Vec<&str> = names.iter().map(|name| if name == "index.html" { "" } else { name }).collect();
    let (build, files) =
        (format!("const BUILD = \"{build}\";"), format!("const FILES = {};", serde_json::json!(files)));
    let script = put(script, SERVICE_WORKER, "const BUILD = \"none\";", &build)?;
    put(&script, SERVICE_WORKER, "const FILES = [];", &files)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::new(format!("{} can't be written: {error}.", path.display())))
}

/// Renames a file by its content, and says so in the file that asks for it.
fn name(folder: &Path, file: &str, referrer: &str) -> Result<(), Failure> {
    let (path, referrer) = (folder.join(file), folder.join(referrer));
    let unreadable = |error| Failure::new(format!("{} can't be read: {error}.", path.display()));
    let named = named(file, &fs::read(&path).map_err(unreadable)?);
    let text = renamed(&process::read(&referrer)?, file, &named);
    let text = text.ok_or_else(|| Failure::new(format!("{} does not ask for {file}.", referrer.display())))?;
    write(&referrer, &text)?;
    fs::rename(&path, folder.join(&named))
        .map_err(|error| Failure::new(format!("{} can't be renamed: {error}.", path.display())))
}

/// The name of a file with the first digits of the hash of its content.
pub fn named(file: &str, content: &[u8]) -> String {
    let digits = digits(&Sha256::digest(content));
    let (stem, extension) = file.split_once('.').unwrap_or((file, ""));
    format!("{stem}-{digits}.{extension}")
}

/// The first digits of a hash.
pub fn digits(hash: &[u8]) -> String {
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A text that asks for a file by its new name; `None` when it did not by the old one.
fn renamed(text: &str, file: &str, named: &str) -> Option<String> {
    let is_asked = |before: char| text.contains(&format!("{before}{file}\""));
    ['"', '/'].into_iter().any(is_asked).then(|| {
        text.replace(&format!("\"{file}\""), &format!("\"{named}\""))
            .replace(&format!("/{file}\""), &format!("/{named}\""))
    })
}

/// The page with the hash of its inline sheet in its policy.
fn sealed(page: &str) -> Result<String, Failure> {
    let sheet = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let Some((sheet, rest)) = sheet else {
        return Err(Failure::new("The built page has no style sheet inside: see index.html."));
    };
    if rest.contains("<style") || page.matches(PLACE).count() != 1 {
        return Err(Failure::new(format!(
            "The built page should have one style sheet inside and “{PLACE}” once in its policy: see index.html."
        )));
    }
    let hash = STANDARD.encode(Sha256::digest(sheet));
    Ok(page.replacen(PLACE, &format!("{PLACE} 'sha256-{hash}'"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_is_named_by_its_hash() {
        let page = r#"<meta content="style-src 'self'; x"><style>p{}</style>"#;
        let expected = r#"<meta content="style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; x"><style>p{}</style>"#;
        assert_eq!(sealed(page).unwrap(), expected);
    }

    #[test]
    fn files_are_named_by_their_content() {
        let (one, other) = (named("boot.js", b"a"), named("boot.js", b"b"));
        assert_ne!(one, other);
        assert!(one.starts_with("boot-") && one.ends_with(".js") && one.len() == "boot-.js".len() + 16, "{one}");
    }

    #[test]
    fn the_new_name_takes_the_place_of_the_whole_old_one() {
        let text = r#"new URL("worker.js", x); import("./worker.js"); "co-worker.js""#;
        let expected = r#"new URL("w-1.js", x); import("./w-1.js"); "co-worker.js""#;
        assert_eq!(renamed(text, "worker.js", "w-1.js").as_deref(), Some(expected));
        assert_eq!(renamed(text, "boot.js", "b-1.js"), None);
    }

    #[test]
    fn the_service_worker_knows_its_build() {
        let names = ["a.js".to_owned(), "index.html".to_owned()];
        let script = listed("const BUILD = \"none\";\nconst FILES = [];\n", "12ab", &names).unwrap();
        assert_eq!(script, "const BUILD = \"12ab\";\nconst FILES = [\"a.js\",\"\"];\n");
        assert!(listed("const FILES = [];", "12ab", &names).is_err());
        assert!(is_kept("sample.md") && !is_kept(SERVICE_WORKER) && !is_kept("screenshot-wide.png"));
    }

    #[test]
    fn a_page_that_the_policy_would_break_is_refused() {
        assert!(sealed(r#"<meta content="style-src 'self'">"#).is_err());
        assert!(sealed("<style>p{}</style>").is_err());
        assert!(sealed(r#"<meta content="style-src 'self'"><style>a</style><style>b</style>"#).is_err());
    }
}
