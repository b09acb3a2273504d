//! Divides the built program into parts, of which a page begins with one and loads the others when it needs them.
//!
//! Functions of the program are marked with the part in which they are to be (`wasm_split_helpers`). `wasm-split-cli` puts
//! into each part what nothing else needs, into *chunks* what several parts need, and everything else into the program
//! itself; they share its memory and its table of functions. What it writes to load them, in JavaScript, becomes a piece of
//! the program's own glue here, in which files have names by their content and come by one door: `part` of `boot.js`.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::process::{self, Failure};
use crate::project::Project;
use crate::seal::{digits, named};

/// The program, as cargo and Trunk call it.
const PROGRAM: &str = "clip-viewer";

/// How the names of the files of parts begin.
pub const PART: &str = "part-";

/// What every browser knows that the page asks for, and what makes programs better. `-Oz` saves a thirtieth of the bytes
/// before compression and none after it; a clip of 10 MB is understood a twentieth faster without.
/// A function with one caller stays by itself: a browser compiles a hot one as a whole, and what is hot of one of 140 kB may
/// be a loop of ten lines.
const BETTER: &[&str] = &[
    "-O3",
    "--one-caller-inline-max-function-size=50",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-call-indirect-overlong",
    "--enable-simd",
    "--low-memory-unused",
    "--strip-producers",
    "--strip-target-features",
];

/// What esbuild is asked for: the glue is half as long, and is read before the program can begin.
const SHORTER: &[&str] =
    &["--minify", "--format=esm", "--target=es2022", "--charset=utf8", "--log-level=error", "--allow-overwrite"];

/// The files of each part, in the order in which they are loaded.
pub type Files = BTreeMap<String, Vec<String>>;

/// What Trunk called the program and its glue in the page.
struct Names {
    glue: String,
    wasm: String,
}

/// Puts the parts into the build in the place of the whole program. Returns their files.
pub fn split(project: &Project, folder: &Path, is_release: bool) -> Result<Files, Failure> {
    let work = project.path("target/parts");
    // It may not be there.
    drop(fs::remove_dir_all(&work));
    divide(project, &work, is_release)?;
    let page_path = folder.join("index.html");
    let page = process::read(&page_path)?;
    let before = Names::in_page(&page)?;
    fs::remove_file(folder.join(&before.glue)).map_err(|error| unwritable(&before.glue, &error))?;
    fs::rename(work.join("bound/main_bg.wasm"), folder.join(&before.wasm))
        .map_err(|error| unwritable(&before.wasm, &error))?;
    let loader = Loader::read(&process::read(&work.join("__wasm_split.js"))?)?;
    for file in loader.files() {
        fs::rename(work.join(file), folder.join(file)).map_err(|error| unwritable(file, &error))?;
    }
    if is_release {
        make_better(project, folder)?;
    }
    let mut by_content = BTreeMap::new();
    for file in loader.files() {
        by_content.insert(file.to_owned(), rename_by_content(folder, file, &read(&folder.join(file))?)?);
    }
    let glue = loader.joined(&process::read(&work.join("bound/main.js"))?, &by_content)?;
    // The glue and the program are of one build.
    let mut both = Sha256::new();
    both.update(&glue);
    both.update(read(&folder.join(&before.wasm))?);
    let stem = format!("{PROGRAM}-{}", digits(&both.finalize()));
    let after = Names { glue: format!("{stem}.js"), wasm: format!("{stem}_bg.wasm") };
    fs::rename(folder.join(&before.wasm), folder.join(&after.wasm)).map_err(|error| unwritable(&after.wasm, &error))?;
    let glue_path = folder.join(&after.glue);
    write(&glue_path, &glue.replace("main_bg.wasm", &after.wasm))?;
    if is_release {
        run(project
            .command("esbuild")
            .args(SHORTER)
            .arg(&glue_path)
            .arg(format!("--outfile={}", glue_path.display())))?;
    }
    write(&page_path, &page.replace(&before.wasm, &after.wasm).replace(&before.glue, &after.glue))?;
    Ok(loader.parts(&by_content))
}

/// Runs the programs that divide and bind: cargo's program, divided, in `work`.
fn divide(project: &Project, work: &Path, is_release: bool) -> Result<(), Failure> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| project.path("target"), PathBuf::from);
    let profile = if is_release { "release" } else { "debug" };
    let built = target.join("wasm32-unknown-unknown").join(profile).join(PROGRAM).with_extension("wasm");
    let mut divide = project.command("wasm-split-cli");
    divide.arg(&built).arg(work).args(["--out-name", "main"]);
    run(&mut divide)?;
    let mut bind = project.command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", "main", "--out-dir"]);
    run(bind.arg(work.join("bound")).arg(work.join("main.wasm")))
}

fn run(command: &mut std::process::Command) -> Result<(), Failure> {
    if process::succeeds(command)? {
        return Ok(());
    }
    let what = command.get_program().to_string_lossy().into_owned();
    Err(Failure::new(format!("{what} failed; the lines above say why.")).by_hand(process::typed(command)))
}

/// Makes every program of the build smaller and faster.
fn make_better(project: &Project, folder: &Path) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| unwritable(&folder.display().to_string(), &error))?;
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "wasm") {
            run(project.command("wasm-opt").args(BETTER).arg(&path).arg("-o").arg(&path))?;
        }
    }
    Ok(())
}

impl Names {
    fn in_page(page: &str) -> Result<Self, Failure> {
        let found = |before: &str| {
            let (_, rest) = page.split_once(before)?;
            rest.split_once('"').map(|(name, _)| name.to_owned())
        };
        let both = found("data-js=\"./").zip(found("data-wasm=\"./"));
        let (glue, wasm) =
            both.ok_or_else(|| Failure::new("The built page does not name its program as Trunk.toml has it."))?;
        Ok(Self { glue, wasm })
    }
}

/// What `wasm-split-cli` writes to load the parts.
#[derive(Debug, PartialEq)]
struct Loader {
    /// What all loaders need.
    start: String,
    /// One for each chunk and each part.
    loaders: Vec<One>,
}

#[derive(Debug, PartialEq)]
struct One {
    name: String,
    /// None where a part has nothing that its chunks have not.
    file: Option<String>,
    /// The loaders of the chunks that it needs.
    needs: Vec<String>,
    text: String,
}

/// How a name begins that the program imports.
const LOADS: &str = "__wasm_split_load_";

impl Loader {
    fn read(text: &str) -> Result<Self, Failure> {
        let not_known =
            || Failure::new("wasm-split-cli writes its loaders in another way than xtask/src/parts.rs knows.");
        let (_, text) = text.split_once("import { initSync } from \"./main.js\";").ok_or_else(not_known)?;
        let mut pieces = text.split("\nconst ").flat_map(|piece| piece.split("\nexport const "));
        let start = pieces.next().ok_or_else(not_known)?.to_owned();
        let loaders = pieces.map(|piece| One::read(piece).ok_or_else(not_known)).collect::<Result<Vec<_>, _>>()?;
        if loaders.is_empty() {
            return Err(not_known());
        }
        Ok(Self { start, loaders })
    }

    fn files(&self) -> impl Iterator<Item = &str> {
        self.loaders.iter().filter_map(|one| one.file.as_deref())
    }

    /// The files of each part.
    fn parts(&self, by_content: &BTreeMap<String, String>) -> Files {
        let file = |one: &One| one.file.as_ref().and_then(|file| by_content.get(file)).cloned();
        let needed = |name: &String| self.loaders.iter().find(|one| one.name == *name).and_then(file);
        let parts = self.loaders.iter().filter_map(|one| one.name.strip_prefix(LOADS).map(|part| (part, one)));
        parts
            .map(|(part, one)| (part.to_owned(), one.needs.iter().filter_map(needed).chain(file(one)).collect()))
            .collect()
    }

    /// The glue with the loaders inside.
    fn joined(&self, glue: &str, by_content: &BTreeMap<String, String>) -> Result<String, Failure> {
        let mut glue = glue.to_owned();
        let mut names = Vec::new();
        // One line for each way in which the program names the loaders.
        while let Some((before, rest)) = glue.split_once("import * as ") {
            let Some((name, after)) = rest.split_once(" from \"./__wasm_split.js\"") else {
                return Err(Failure::new("The program imports more than its parts: see xtask/src/parts.rs."));
            };
            names.push(name.to_owned());
            glue = format!("{before}{after}");
        }
        let mut text =
            String::from("const part = async (name) => globalThis.clipViewerParts?.[name] ?? clipViewer.part(name);");
        text.push_str(&self.start);
        for one in &self.loaders {
            text.push_str(&one.with_names(by_content)?);
        }
        let loads = self.loaders.iter().map(|one| one.name.as_str()).filter(|name| name.starts_with(LOADS));
        let loads = loads.collect::<Vec<_>>().join(", ");
        for name in names {
            text.push_str(&format!("\nconst {name} = {{ {loads} }};"));
        }
        Ok(format!("{text}\n{glue}"))
    }
}

impl One {
    /// Reads what stands after `const `.
    fn read(text: &str) -> Option<Self> {
        // The comment before the next one is not its own.
        let text = text.split("\n/* ").next()?.trim_end();
        let (name, loader) = text.split_once(" = ")?;
        let file = loader
            .split_once("new URL(\"./")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(file, _)| file.to_owned());
        let (_, needs) = loader.rsplit_once(", [")?;
        let needs = needs.split_once(']')?.0.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Some(Self { name: name.to_owned(), file, needs, text: text.to_owned() })
    }

    /// Its text, in which its file has its name by its content and comes by the page's own door.
    fn with_names(&self, by_content: &BTreeMap<String, String>) -> Result<String, Failure> {
        let mut text = format!("\nconst {}", self.text);
        let Some(file) = &self.file else { return Ok(text) };
        let name = by_content.get(file).map_or(file.as_str(), String::as_str);
        for (from, to) in [
            (format!("fetch(new URL(\"./{file}\", import.meta.url))"), format!("part(\"{name}\")")),
            (
                "WebAssembly.instantiateStreaming(src, imports)".to_owned(),
                "WebAssembly.instantiate(await src, imports)".to_owned(),
            ),
        ] {
            if text.matches(&from).count() != 1 {
                return Err(Failure::new(format!("A loader of wasm-split-cli should have “{from}” once.")));
            }
            text = text.replace(&from, &to);
        }
        Ok(text)
    }
}

fn rename_by_content(folder: &Path, file: &str, content: &[u8]) -> Result<String, Failure> {
    let name = named(&format!("{PART}{}", file.trim_start_matches("chunk_").trim_start_matches("split_")), content);
    fs::rename(folder.join(file), folder.join(&name)).map_err(|error| unwritable(&name, &error))?;
    Ok(name)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::new(format!("{} can't be read: {error}.", path.display())))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| unwritable(&path.display().to_string(), &error))
}

fn unwritable(what: &str, error: &std::io::Error) -> Failure {
    Failure::new(format!("{what} can't be put into the build: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADERS: &str = r#"import { initSync } from "./main.js";

let sharedImports = undefined;
/* clips, library */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_library = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_library.wasm", import.meta.url));
    src.catch(() => {});
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, [__chunk_3]));
export const __wasm_split_load_clips = wrapAsyncCb(makeLoad(() => async (_imp) => ({}), [__chunk_3]));
"#;

    fn named_by_content() -> BTreeMap<String, String> {
        let names = [("chunk_3.wasm", "chunk_3-1.wasm"), ("split_library.wasm", "split_library-2.wasm")];
        names.map(|(from, to)| (from.to_owned(), to.to_owned())).into()
    }

    #[test]
    fn each_part_has_its_chunks_before_it() {
        let loader = Loader::read(LOADERS).unwrap();
        assert_eq!(loader.files().collect::<Vec<_>>(), ["chunk_3.wasm", "split_library.wasm"]);
        let parts = loader.parts(&named_by_content());
        assert_eq!(parts["library"], ["chunk_3-1.wasm", "split_library-2.wasm"]);
        assert_eq!(parts["clips"], ["chunk_3-1.wasm"]);
    }

    #[test]
    fn the_glue_has_the_loaders_inside() {
        let loader = Loader::read(LOADERS).unwrap();
        let glue = "import * as import1 from \"./__wasm_split.js\"\nlet wasm;\nexport { initSync };\n";
        let glue = loader.joined(glue, &named_by_content()).unwrap();
        assert!(glue.contains("const src = part(\"split_library-2.wasm\");"), "{glue}");
        assert!(glue.contains("const import1 = { __wasm_split_load_library, __wasm_split_load_clips };"), "{glue}");
        for gone in ["import.meta", "import *", "Streaming", "export const"] {
            assert!(!glue.contains(gone), "{gone} in {glue}");
        }
        assert!(loader.joined("import * as a from \"./b.js\"", &named_by_content()).is_err());
    }

    #[test]
    fn other_loaders_are_refused() {
        assert!(Loader::read("export const a = 1;").is_err());
        assert!(Loader::read(&LOADERS.replace("makeLoad(", "load(").replace(", [", "")).is_err());
        let other = Loader::read(&LOADERS.replace("instantiateStreaming", "instantiate")).unwrap();
        assert!(other.joined("", &named_by_content()).is_err());
    }
}
