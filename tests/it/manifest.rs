//! What the installed app is called and shows of itself: in every language, with pictures that are there.

use std::path::Path;

use serde_json::Value;

fn public(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("public").join(name)
}

fn manifest() -> Value {
    serde_json::from_slice(&std::fs::read(public("manifest.webmanifest")).unwrap()).unwrap()
}

#[test]
fn what_is_said_in_english_is_said_in_every_language() {
    let manifest = manifest();
    assert_eq!(manifest["lang"], "en");
    for locale in std::fs::read_dir(public("../locales")).unwrap() {
        let file = locale.unwrap().file_name().to_string_lossy().into_owned();
        let Some(tag) = file.strip_suffix(".json").filter(|tag| *tag != "en") else { continue };
        // A browser looks a language up from its narrowest name to its widest.
        let language = tag.split('-').next().unwrap();
        for member in ["short_name", "description"] {
            let said = &manifest[format!("{member}_localized")][language];
            assert!(said["value"].is_string() && said["lang"] == tag, "{member} is not said in {tag}: {said}");
        }
        let shortcuts = (&manifest["shortcuts"], &manifest["shortcuts_localized"][language]);
        let urls = |list: &Value| list.as_array().unwrap().iter().map(|one| one["url"].clone()).collect::<Vec<_>>();
        assert_eq!(urls(shortcuts.0), urls(shortcuts.1), "the shortcuts in {tag}");
    }
}

#[test]
fn its_pictures_are_there_and_small_and_go_into_the_build() {
    let manifest = manifest();
    let page = std::fs::read_to_string(public("../index.html")).unwrap();
    let shots = manifest["screenshots"].as_array().unwrap();
    let forms: Vec<&str> = shots.iter().filter_map(|shot| shot["form_factor"].as_str()).collect();
    assert_eq!(forms, ["wide", "narrow"]);
    for picture in shots.iter().chain(manifest["icons"].as_array().unwrap()) {
        let name = picture["src"].as_str().unwrap();
        let bytes = std::fs::metadata(public(name)).unwrap().len();
        assert!(bytes < 100_000, "{name} has {bytes} bytes");
        assert!(page.contains(&format!("href=\"public/{name}\"")), "index.html does not name {name}");
    }
}
