//! The archives of the hostile suite, where it stands beside the checkout: what each must come to.
//!
//! Every archive of the suite has its line below, and every line its archive, so a suite that
//! grows is noticed.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clip_viewer::library::archive::Archive;
use clip_viewer::library::path::{Sorted, sort};

/// What an archive comes to: the readable files in order, the damaged ones with `!` before them,
/// then how each sentence has to read in part. Junk is left out as the importer leaves it out.
struct Expected {
    archive: &'static str,
    files: &'static str,
    sentences: &'static [&'static str],
}

const fn opens(archive: &'static str, files: &'static str) -> Expected {
    Expected { archive, files, sentences: &[] }
}

const fn tells(archive: &'static str, files: &'static str, sentences: &'static [&'static str]) -> Expected {
    Expected { archive, files, sentences }
}

const OUTSIDE: &[&str] = &["points outside the folder"];

const TABLE: &[Expected] = &[
    opens("ok-utf8", "剪藏/文章.md|剪藏/assets/a.png"),
    opens("ok-stored", "a.md|assets/a.png"),
    opens("ok-data-descriptor", "a.md"),
    opens("ok-gbk-names", "剪藏/文章.md|剪藏/assets/a.png"),
    opens("ok-macos-junk", "c/a.md|c/assets/a.png"),
    opens("ok-dir-entries", "c/a.md|c/assets/a.png"),
    opens("ok-prefix-data", "a.md"),
    opens("ok-comment", "a.md"),
    opens("fake-eocd-in-comment", "a.md"),
    tells("name-00", "ok.md", OUTSIDE),
    tells("name-01", "ok.md", OUTSIDE),
    opens("name-02", "abs/evil.md|ok.md"),
    opens("name-03", "evil.md|ok.md"),
    tells("name-04", "ok.md", OUTSIDE),
    tells("name-05", "ok.md", OUTSIDE),
    opens("name-06", "a/evil.md|ok.md"),
    opens("name-07", "server/share/evil.md|ok.md"),
    opens("name-08", "a.md|ok.md"),
    tells("name-09", "ok.md", &["a name that is too long"]),
    opens("name-10", "CON.md|ok.md"),
    opens("name-11", "a:b.md|ok.md"),
    opens("name-12", "gnp.md|ok.md"),
    tells("name-13", "ok.md", &["no name that could be shown (“.”)"]),
    tells("name-14", "ok.md", &["“..” points outside"]),
    tells("name-15", "ok.md", &["no name that could be shown"]),
    opens("name-16", "a/b.md|ok.md"),
    opens("name-17", "%2e%2e/evil.md|ok.md"),
    opens("name-18", "javascript:alert(1).md|ok.md"),
    opens("name-19", "<img src=x onerror=alert(1)>.md|ok.md"),
    opens("name-20", "blob:evil.md|ok.md"),
    opens("name-21", "__proto__|ok.md"),
    opens("name-22", "constructor/prototype.md|ok.md"),
    tells("dup-names", "a.md|a (2).md", &["several files “a.md”"]),
    opens("case-collide", "A.md|a.md"),
    tells("symlink", "", &["“link.md” is a link"]),
    tells("encrypted", "", &["“a.md” is password-protected"]),
    tells("method-bzip2", "", &["“a.md” is compressed with bzip2"]),
    tells("method-lzma", "", &["“a.md” is compressed with LZMA"]),
    tells("method-zstd", "", &["“a.md” is compressed with Zstandard"]),
    tells("method-xz", "", &["“a.md” is compressed with XZ"]),
    tells("method-deflate64", "", &["“a.md” is compressed with Deflate64"]),
    tells("bad-crc", "!a.md|b.md", &["“a.md” in “bad-crc.zip” is damaged"]),
    tells("lying-usize-small", "!a.md", &["“a.md” in “lying-usize-small.zip” is damaged"]),
    tells("lying-usize-huge", "", &["“a.md” has 4096 MB"]),
    tells("truncated", "", &["“truncated.zip” is an incomplete or damaged zip"]),
    tells("truncated-mid", "", &["“truncated-mid.zip” is an incomplete or damaged zip"]),
    tells("not-a-zip", "", &["“not-a-zip.zip” is an incomplete or damaged zip"]),
    tells("empty-file", "", &["“empty-file.zip” is an empty archive"]),
    tells("empty-zip", "", &["“empty-zip.zip” is an empty archive"]),
    tells("bad-deflate", "!a.md|b.md", &["“a.md” in “bad-deflate.zip” is damaged"]),
    tells("bomb-100mb", "", &["“a.md” has 96 MB; files of up to 50 MB"]),
    opens("bomb-ratio-ok-text", "a.md"),
    tells("bomb-overlap", "", &["overlap, as no honest archive's do"]),
    tells("bomb-nested", "", &["“n0.zip” and 7 more are archives inside the archive"]),
    tells("many-entries-70k", "", &["has 60000 files; archives of up to 20,000"]),
    opens("png-huge-dims", "a.md|assets/a.png"),
    opens("svg-active", "a.md|assets/a.svg"),
    opens("svg-billion-laughs", "a.md|assets/a.svg"),
    opens("html-as-asset", "a.md|assets/p.html"),
];

/// The folder of the suite; `None` where there is none beside the checkout.
fn suite() -> Option<PathBuf> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/hostile/zip.py");
    script.is_file().then_some(script)
}

#[track_caller]
fn check(expected: &Expected, bytes: &[u8]) {
    let name = format!("{}.zip", expected.archive);
    let (mut files, mut sentences) = (Vec::new(), Vec::new());
    match Archive::open(Cursor::new(bytes), &name) {
        Ok(archive) => {
            for entry in archive.entries() {
                if matches!(sort(&entry.path, entry.size_bytes), Sorted::Junk(_)) {
                    continue;
                }
                match archive.read(entry.index) {
                    Ok(_) => files.push(entry.path.clone()),
                    Err(error) => {
                        files.push(format!("!{}", entry.path));
                        sentences.push(error.to_string());
                    }
                }
            }
            sentences.extend(archive.refused().iter().map(ToString::to_string));
            sentences.extend(archive.renamed().iter().map(ToString::to_string));
        }
        Err(error) => sentences.push(error.to_string()),
    }
    assert_eq!(files.join("|"), expected.files, "{name}: {sentences:?}");
    assert_eq!(sentences.len(), expected.sentences.len(), "{name}: {sentences:?}");
    for (sentence, part) in sentences.iter().zip(expected.sentences) {
        assert!(sentence.contains(part), "{name}: {sentence}");
    }
}

#[test]
fn every_archive_of_the_suite_comes_to_what_it_must() {
    let Some(script) = suite() else {
        return;
    };
    let folder = std::env::temp_dir().join(format!("clip-viewer-hostile-{}", std::process::id()));
    let made = Command::new("python3").arg(&script).arg(&folder).output();
    let Ok(made) = made else {
        return;
    };
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: Vec<BTreeMap<String, serde_json::Value>> = serde_json::from_str(&manifest).unwrap();
    let listed: Vec<&str> = manifest.iter().filter_map(|line| line["file"].as_str()?.strip_suffix(".zip")).collect();
    let known: Vec<&str> = TABLE.iter().map(|expected| expected.archive).collect();
    assert_eq!(listed, known, "the table has a line for each archive of the suite, in its order");
    for expected in TABLE {
        let bytes = std::fs::read(folder.join(format!("{}.zip", expected.archive))).unwrap();
        let begun = Instant::now();
        check(expected, &bytes);
        assert!(begun.elapsed().as_secs() < 2, "{} took {:?}", expected.archive, begun.elapsed());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
