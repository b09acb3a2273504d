//! `cargo xtask publish DIR`: the page and a folder of clips, ready for any static host.
//!
//! The page is `dist/`, copied as it is; below `clips/` stand the clips and their pictures, and the
//! index of them. What a clip is called and what is rubbish is known to the core: the example `index`
//! copies the clips and writes the index. It is run as a program of its own, so that this one does
//! not have to compile the core before `cargo xtask` can print a line.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::arguments::Arguments;
use crate::dist;
use crate::hosting;
use crate::process::{self, Failure};
use crate::project::Project;

/// Where the page is built.
const BUILT: &str = "dist";
/// Where what is published stands unless `--out` says otherwise.
const OUT: &str = "publish";
/// The index, by which a folder is known that was published before.
const INDEX: &str = "clips/index.json";

/// Builds the page, copies it, and puts the clips beside it.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let built = arguments.flag("--built");
    let out = arguments.value("--out")?;
    let title = arguments.value("--title")?;
    let from = arguments.word();
    arguments.finish()?;
    let project = Project::find()?;
    let Some(from) = from else {
        return Err(Failure::new("Say which folder holds the clips.").instead("cargo xtask publish path/to/clips"));
    };
    let here = std::env::current_dir().unwrap_or_default();
    let from = here.join(from);
    let out = out.map_or_else(|| project.path(OUT), |out| here.join(out));
    let title = title.unwrap_or_else(|| name_of(&from));
    check(&from, &out)?;
    if !built {
        dist::build(&project)?;
    } else if !project.path(BUILT).join("index.html").is_file() {
        return Err(Failure::new("There is no dist/ to publish yet.").instead("cargo xtask publish DIR"));
    }
    publish(&project, &["--release"], &from, &out, &title)?;
    println!(
        "\n{} is ready for any static host, below any path. Its address there, with this query, opens the library:\n    \
         ?library={INDEX}\nand one clip:\n    ?clip=clips/PATH.md\nTo look at it on this machine, with Python:\n    \
         python3 -m http.server --directory {} 8000\n    http://localhost:8000/?library={INDEX}",
        out.display(),
        process::quoted(&out.to_string_lossy())
    );
    Ok(())
}

/// Copies the page and has the core publish the clips. `profile` says how it is built.
fn publish(project: &Project, profile: &[&str], from: &Path, out: &Path, title: &str) -> Result<(), Failure> {
    clear(out)?;
    copy(&project.path(BUILT), out).map_err(failed("copied to", out))?;
    gather(project, profile, from, &out.join("clips"), title)
}

/// Has the core copy the clips and write their index.
fn gather(project: &Project, profile: &[&str], from: &Path, clips: &Path, title: &str) -> Result<(), Failure> {
    let mut index = project.cargo();
    index.args(["run", "--quiet"]).args(profile).args(["--example", "index", "--"]);
    index.args([from, clips]).arg(title);
    if process::succeeds(&mut index)? {
        Ok(())
    } else {
        Err(Failure::new("The clips are not published; the lines above say why."))
    }
}

/// Refuses a folder that is not there, and two that would eat each other.
fn check(from: &Path, out: &Path) -> Result<(), Failure> {
    if !from.is_dir() {
        return Err(Failure::new(format!("{} is no folder.", from.display())));
    }
    if let (Ok(from), Ok(out)) = (fs::canonicalize(from), fs::canonicalize(out))
        && from.starts_with(&out)
    {
        return Err(Failure::new(format!(
            "The clips lie in {}, which is written anew. Name another folder with `--out`.",
            out.display()
        )));
    }
    let is_taken = fs::read_dir(out).is_ok_and(|mut items| items.next().is_some());
    if is_taken && !out.join(INDEX).is_file() {
        return Err(Failure::new(format!(
            "{} holds something that was not published from here, so nothing is written there. Name another folder with `--out`.",
            out.display()
        )));
    }
    Ok(())
}

/// Takes away what was published before; what a person put beside it stays.
fn clear(out: &Path) -> Result<(), Failure> {
    fs::create_dir_all(out).map_err(failed("made", out))?;
    let clips = out.join("clips");
    if clips.is_dir() {
        fs::remove_dir_all(&clips).map_err(failed("removed", &clips))?;
    }
    for item in fs::read_dir(out).map_err(failed("read", out))?.flatten() {
        // The files of a build are called by their hashes, and would gather.
        let name = item.file_name().to_string_lossy().into_owned();
        let name = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(&name);
        if hosting::is_named_by_content(name) {
            fs::remove_file(item.path()).map_err(failed("removed", &item.path()))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for item in fs::read_dir(from)? {
        let item = item?;
        let target = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            copy(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), target)?;
        }
    }
    Ok(())
}

fn failed(how: &'static str, path: &Path) -> impl Fn(io::Error) -> Failure + use<> {
    let path: PathBuf = path.to_owned();
    move |error| Failure::new(format!("{} can't be {how}: {error}.", path.display()))
}

/// What a folder is called.
fn name_of(folder: &Path) -> String {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    real.file_name().map_or_else(|| "Published clips".to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own, gone when it is dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let folder = std::env::temp_dir().join(format!("clip-viewer-{name}-{}", std::process::id()));
            drop(fs::remove_dir_all(&folder));
            for (path, text) in files {
                let file = folder.join(path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    #[test]
    fn clips_and_pictures_are_published_and_nothing_else() {
        let from = Folder::new(
            "from",
            &[
                ("tide.md", "---\ntitle: Reading the tide\n---\n\nWater.\n"),
                ("sea/gulls.md", "# Gulls\n\n![](a.png)\n"),
                ("sea/a.png", "not looked into"),
                ("sea/report.pdf", "%PDF-"),
                ("empty.md", ""),
                (".obsidian/secret.md", "# Secret\n"),
                (".hidden.md", "# Hidden\n"),
                ("node_modules/x/readme.md", "# Readme\n"),
                ("info.json", "{}"),
            ],
        );
        let out = Folder::new("out", &[]);
        let clips = out.0.join("clips");
        // As the tests of the workspace are built, so that nothing is built twice.
        gather(&Project::find().unwrap(), &["--profile", "test"], &from.0, &clips, "The “harbour”").unwrap();
        let index = fs::read_to_string(clips.join("index.json")).unwrap();
        for part in [
            r#""version":1"#,
            r#""title":"The “harbour”""#,
            r#""path":"tide.md""#,
            r#""title":"Reading the tide""#,
            r#""path":"sea/gulls.md""#,
        ] {
            assert!(index.contains(part), "{part} in {index}");
        }
        for file in ["tide.md", "sea/gulls.md", "sea/a.png"] {
            assert_eq!(fs::read(clips.join(file)).unwrap(), fs::read(from.0.join(file)).unwrap(), "{file}");
        }
        for file in ["sea/report.pdf", "empty.md", ".obsidian", ".hidden.md", "node_modules", "info.json"] {
            assert!(!clips.join(file).exists() && !index.contains(file), "{file}");
        }
    }

    #[test]
    fn a_folder_of_someone_else_is_left_alone() {
        let from = Folder::new("mine", &[("a.md", "A.\n")]);
        let theirs = Folder::new("theirs", &[("letter.txt", "Dear\n")]);
        assert!(check(&from.0, &theirs.0).unwrap_err().to_string().contains("--out"));
        assert!(check(&from.0, &from.0.join("new")).is_ok());
        assert!(check(&from.0.join("nowhere"), &theirs.0).is_err());
    }

    #[test]
    fn the_clips_are_never_taken_away_with_what_was_published_before() {
        let out = Folder::new("again", &[(INDEX, "{}"), ("clips/a.md", "A.\n")]);
        assert!(check(&out.0.join("clips"), &out.0).is_err());
        let out = Folder::new(
            "renewed",
            &[(INDEX, "{}"), ("clips/old.md", "Old.\n"), ("clip-viewer-2cc6ae58618acba8_bg.wasm", ""), ("CNAME", "x")],
        );
        clear(&out.0).unwrap();
        assert!(!out.0.join("clips").exists() && !out.0.join("clip-viewer-2cc6ae58618acba8_bg.wasm").exists());
        assert!(out.0.join("CNAME").is_file());
    }
}
