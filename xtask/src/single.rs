//! The whole app as one file, `dist/clip-viewer.html`, which opens from a disk by a double click: no
//! address is asked for, so nothing need be served.
//!
//! esbuild makes one script of `public/single.js` and all that the page would load (boot, glue, worker,
//! rescue), and one for each worker of another kind; the program and its parts stand beside it, compressed by gzip, as
//! every browser unpacks that, in base64. The policy
//! names the script by its hash and allows no address at all but pictures that the person agrees to.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::parts::PART;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Tool};

/// What the file is called.
pub const NAME: &str = "clip-viewer.html";

/// What a page that is served may ask for, and what this one may instead.
const POLICY: &[(&str, &str)] = &[
    ("style-src 'self' ", "style-src "),
    ("img-src 'self' blob:", "img-src blob:"),
    ("font-src 'self'; ", ""),
    ("connect-src 'self'; ", ""),
    ("worker-src 'self'", "worker-src blob:"),
    ("manifest-src 'self'; ", ""),
];

/// Makes the file from the `dist/` that is built and compressed.
pub fn write(project: &Project, dist: &Path) -> Result<(), Failure> {
    tools::ensure(project, &[Tool::Esbuild])?;
    let page = process::read(&dist.join("index.html"))?;
    let parts = Parts::of(&page)?;
    let boot = process::read(&dist.join(parts.boot))?;
    let (worker, code, math) = (named(&boot, "worker-")?, named(&boot, "code-")?, named(&boot, "math-")?);
    let file = |name: &str| dist.join(name).display().to_string();
    let formulas = process::read(&dist.join(math))?;
    let formulas = named(&formulas, "formulas_bg-")?;
    let parts_of_program = [("app", parts.glue), ("boot", parts.boot), ("worker", worker)];
    let aliases = parts_of_program.map(|(name, of)| format!("--alias:{name}={}", file(of)));
    let encoded = |name: &str| {
        let path = dist.join(name);
        let bytes = fs::read(&path);
        let bytes = bytes.map_err(|error| Failure::new(format!("{} can't be read: {error}.", path.display())))?;
        Ok::<String, Failure>(STANDARD.encode(bytes))
    };
    let mut data = vec![
        ("wasm".to_owned(), encoded(&format!("{}.gz", parts.wasm))?),
        ("formulas".to_owned(), encoded(formulas)?),
        // What colours code has pieces of HTML in it, which would be read as the page's.
        ("code".to_owned(), STANDARD.encode(bundled(project, &file(code), &[])?)),
        ("math".to_owned(), STANDARD.encode(bundled(project, &file(math), &[])?)),
        ("sample".to_owned(), process::read(&dist.join("sample.md"))?),
    ];
    for name in boot.split('"').filter(|name| name.starts_with(PART)).collect::<BTreeSet<_>>() {
        data.push((name.to_owned(), encoded(&format!("{name}.gz"))?));
    }
    let insides = Insides { script: bundled(project, "public/single.js", &aliases)?, icon: encoded(parts.icon)?, data };
    let path = dist.join(NAME);
    fs::write(&path, whole(&page, &parts, &insides)?)
        .map_err(|error| Failure::new(format!("{} can't be written: {error}.", path.display())))
}

/// The file that a script names, by what its name begins with.
fn named<'s>(script: &'s str, start: &str) -> Result<&'s str, Failure> {
    let found = script.split('"').map(|text| text.trim_start_matches("./")).find(|text| text.starts_with(start));
    found.ok_or_else(|| Failure::new(format!("The built scripts name no file “{start}…”.")))
}

/// The files that the page names.
#[derive(Debug, PartialEq)]
struct Parts<'p> {
    boot: &'p str,
    glue: &'p str,
    wasm: &'p str,
    icon: &'p str,
}

impl<'p> Parts<'p> {
    fn of(page: &'p str) -> Result<Self, Failure> {
        let named = |before: &str| {
            let (_, rest) = page.split_once(before)?;
            rest.split_once('"').map(|(name, _)| name)
        };
        let all = || {
            Some(Self {
                boot: named("<script type=\"module\" src=\"./")?,
                glue: named("data-js=\"./")?,
                wasm: named("data-wasm=\"./")?,
                icon: named("<link rel=\"icon\" href=\"./")?,
            })
        };
        all().ok_or_else(|| Failure::new("The built page does not name its scripts as Trunk.toml has them."))
    }
}

/// What takes the place of the files.
struct Insides {
    /// The program.
    script: String,
    /// The icon, in base64.
    icon: String,
    /// What the program finds by its name.
    data: Vec<(String, String)>,
}

/// A script and all that it imports, as one. What it takes from beside its own address is inside, too.
fn bundled(project: &Project, script: &str, aliases: &[String]) -> Result<String, Failure> {
    const OPTIONS: [&str; 6] =
        ["--bundle", "--minify", "--format=iife", "--target=es2022", "--log-level=error", "--charset=utf8"];
    let mut command = project.command("esbuild");
    command.arg(script).args(OPTIONS).args(aliases);
    process::output_of(&mut command).ok_or_else(|| {
        Failure::new("esbuild could not make one script of the page's.").by_hand(process::typed(&command))
    })
}

/// The page with everything inside.
fn whole(page: &str, parts: &Parts, insides: &Insides) -> Result<String, Failure> {
    let Insides { script, icon, data } = insides;
    for (what, text) in data.iter().chain([&("script".to_owned(), script.clone())]) {
        if text.contains("</script") || text.contains("<!--") {
            return Err(Failure::new(format!("The {what} would end the element that it stands in.")));
        }
    }
    let mut page: String = page.lines().filter(|line| !is_for_a_host(line)).collect::<Vec<_>>().join("\n");
    let script = script.trim();
    let hash = STANDARD.encode(Sha256::digest(script));
    let rules = [("script-src 'self'".to_owned(), format!("script-src 'sha256-{hash}'"))];
    let rules = rules.into_iter().chain(POLICY.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())));
    let icon = (format!("href=\"./{}\"", parts.icon), format!("href=\"data:image/svg+xml;base64,{icon}\""));
    for (from, to) in rules.chain([icon]) {
        if page.matches(&from).count() != 1 {
            return Err(Failure::new(format!("The built page should have “{from}” once: see xtask/src/single.rs.")));
        }
        page = page.replacen(&from, &to, 1);
    }
    page = without(&page, "<script type=\"module\" src=", "</script>");
    page = without(&page, "<link rel=\"modulepreload\"", ">");
    while page.contains(PRELOAD) {
        page = without(&page, PRELOAD, ">");
    }
    // Of a type that no browser runs.
    let blocks = data.iter().map(|(id, text)| format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n"));
    let insides = format!("{}<script id=\"program\">{script}</script>\n</body>", blocks.collect::<String>());
    Ok(page.replacen("</body>", &insides, 1))
}

/// Whether a line of the page is for those who visit a host or install the app from it.
fn is_for_a_host(line: &str) -> bool {
    line.contains("<link rel=\"manifest\"") || line.contains("<link rel=\"apple-touch-icon\"")
}

/// What a page that is served asks for at once.
const PRELOAD: &str = "<link rel=\"preload\"";

/// The text without what stands from here to there.
fn without(text: &str, from: &str, to: &str) -> String {
    let Some((before, rest)) = text.split_once(from) else { return text.to_owned() };
    let after = rest.split_once(to).map_or("", |(_, after)| after);
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<head>
<meta content="script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-s'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'">
<link rel="icon" href="./icon-1.svg"/>
<link rel="manifest" href="manifest.webmanifest">
<script type="module" src="./boot-1.js" data-js="./app-1.js" data-wasm="./app-1_bg.wasm"></script>
<link rel="modulepreload" href="./app-1.js"><link rel="preload" href="./app-1_bg.wasm" as="fetch"><link rel="preload" href="./part-1.wasm">
</head><body><main></main></body>"#;

    fn insides(script: &str) -> Insides {
        let text = |text: &str| text.to_owned();
        Insides { script: text(script), icon: text("BB=="), data: vec![(text("wasm"), text("AA=="))] }
    }

    #[test]
    fn nothing_of_the_page_has_an_address() {
        let parts = Parts::of(PAGE).unwrap();
        assert_eq!(parts, Parts { boot: "boot-1.js", glue: "app-1.js", wasm: "app-1_bg.wasm", icon: "icon-1.svg" });
        let whole = whole(PAGE, &parts, &insides("run()\n")).unwrap();
        for address in ["./", "webmanifest", "'self'"] {
            assert!(!whole.contains(address), "{address} in {whole}");
        }
        let hash = STANDARD.encode(Sha256::digest("run()"));
        assert!(whole.contains(&format!("script-src 'sha256-{hash}' 'wasm-unsafe-eval'; style-src 'sha256-s'; ")));
        assert!(whole.contains("worker-src blob:; base-uri 'none'"));
        assert!(whole.ends_with("<script id=\"program\">run()</script>\n</body>"));
    }

    #[test]
    fn what_would_end_its_element_is_refused() {
        let parts = Parts::of(PAGE).unwrap();
        assert!(whole(PAGE, &parts, &insides("'</script>'")).is_err());
        assert!(whole(&PAGE.replace("worker-src", "x"), &parts, &insides("run()")).is_err());
        assert!(Parts::of("<html>").is_err());
    }
}
