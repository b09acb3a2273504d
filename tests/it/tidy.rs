//! The house rules as a test: each failure names file, line and the rule.

use std::path::{Path, PathBuf};

/// A rule: files it holds for, words that break it, files that may, and the sentence.
struct Rule {
    folder: &'static str,
    words: &'static [&'static str],
    but: &'static [&'static str],
    sentence: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        folder: "src/clip",
        words: &["clip_viewer", "crate::library", "crate::session", "crate::engine", "crate::browser", "crate::ui"],
        but: &[],
        sentence: "clip understands one clip and names no other room",
    },
    Rule {
        folder: "src/library",
        words: &["crate::session", "crate::engine", "crate::browser", "crate::ui"],
        but: &[],
        sentence: "library names clip alone",
    },
    Rule {
        folder: "src/session",
        words: &["crate::engine", "crate::browser", "crate::ui"],
        but: &[],
        sentence: "session names clip and library alone",
    },
    Rule {
        folder: "src/engine",
        words: &["crate::browser", "crate::ui"],
        but: &[],
        sentence: "engine names the pure rooms alone",
    },
    Rule {
        folder: "src/browser",
        words: &["leptos", "crate::ui"],
        but: &[],
        sentence: "browser knows nothing of the user interface",
    },
    Rule {
        folder: "src",
        words: &["web_sys", "js_sys", "gloo::events", "gloo::storage"],
        but: &["src/browser", "src/lib.rs"],
        sentence: "the browser has one room: src/browser",
    },
    Rule {
        folder: "src",
        words: &["serde_yaml"],
        but: &["src/clip/front_matter/yaml.rs"],
        sentence: "the YAML parser has one door: src/clip/front_matter/yaml.rs",
    },
    Rule {
        folder: "src",
        words: &["\"clip-viewer/"],
        but: &["src/browser/storage.rs"],
        sentence: "storage keys stand in src/browser/storage.rs",
    },
    Rule {
        folder: "src",
        words: &["Effect::new"],
        but: &["src/ui/effects.rs"],
        sentence: "effects stand in src/ui/effects.rs",
    },
    Rule {
        folder: "src",
        words: &["inner_html", "insert_adjacent_html", "outer_html"],
        but: &["src/browser/body.rs"],
        sentence: "markup enters the page in src/browser/body.rs",
    },
    Rule { folder: "src", words: &["let _ ="], but: &[], sentence: "no result is thrown away without a word" },
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with that ending, by their path from the root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push((name(&path), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no .{ending} file below {folder}");
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/")
}

#[track_caller]
fn report(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn every_room_names_only_what_it_may() {
    let mut broken = Vec::new();
    for rule in RULES {
        for (file, text) in files(rule.folder, "rs") {
            if rule.but.iter().any(|b| file.starts_with(b)) {
                continue;
            }
            for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
                if rule.words.iter().any(|w| line.contains(w)) {
                    broken.push(format!("{file}:{}: {}: {}", number + 1, rule.sentence, line.trim()));
                }
            }
        }
    }
    report(broken);
}

#[test]
fn every_file_says_what_lives_in_it() {
    let all = ["src", "xtask/src", "tests", "examples"].into_iter().flat_map(|folder| files(folder, "rs"));
    report(
        all.filter(|(_, text)| !text.starts_with("//!"))
            .map(|(file, _)| format!("{file}:1: it does not open with //!"))
            .collect(),
    );
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let long = files("src", "rs").into_iter().filter(|(_, text)| text.lines().count() > 500);
    report(
        long.map(|(file, text)| format!("{file}: {} lines; ask what wants to be born", text.lines().count())).collect(),
    );
}

#[test]
fn colours_stand_in_the_tokens_alone() {
    let mut broken = Vec::new();
    for (file, text) in files("style", "css").into_iter().filter(|(file, _)| file != "style/tokens.css") {
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.ends_with(['{', ','])) {
            let value = line.split_once(':').map_or("", |(_, value)| value);
            let hex =
                value.split_once('#').is_some_and(|(_, after)| after.starts_with(|c: char| c.is_ascii_hexdigit()));
            if hex || ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|f| value.contains(f)) {
                broken.push(format!("{file}:{}: a colour outside tokens.css: {}", number + 1, line.trim()));
            }
        }
    }
    report(broken);
}

#[test]
fn every_dependency_has_its_sentence() {
    let mut broken = Vec::new();
    for manifest in
        ["Cargo.toml", "src/clip/Cargo.toml", "src/formulas/Cargo.toml", "tests/e2e/Cargo.toml", "xtask/Cargo.toml"]
    {
        let text = std::fs::read_to_string(root().join(manifest)).unwrap();
        let (mut in_dependencies, mut before) = (false, "");
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                in_dependencies = line.contains("dependencies");
                if line.contains("dependencies.") {
                    in_dependencies = false;
                }
            } else if in_dependencies
                // A line that takes a version from the workspace is explained there.
                && line.contains(" = ")
                && !line.contains("workspace = true")
                && !line.starts_with([' ', '#'])
                && !before.starts_with('#')
            {
                broken.push(format!("{manifest}:{}: no sentence of why: {line}", number + 1));
            }
            before = line;
        }
    }
    report(broken);
}
