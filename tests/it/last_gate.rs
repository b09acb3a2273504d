//! The page's last gate (`public/boot.js`) lets in the elements that the app makes and no other: the list
//! there, the tree's table and the app's own views are held together.

use std::collections::BTreeSet;
use std::path::Path;

use clip_viewer::clip::safe::Tag;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The names of the gate's list.
fn let_in() -> BTreeSet<String> {
    let script = read("public/boot.js");
    let list = script.split_once("const MADE =").unwrap().1.split_once(';').unwrap().0;
    let list: String = list.split('"').skip(1).step_by(2).collect();
    let mut names = BTreeSet::new();
    for name in list.split('|') {
        match name.strip_suffix("[1-6]") {
            Some(start) => names.extend((1..=6).map(|level| format!("{start}{level}"))),
            None => drop(names.insert(name.to_owned())),
        }
    }
    names
}

/// The elements of the app's own views, as far as they are written as markup.
fn in_views() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for folder in ["src/ui", "src/browser"] {
        for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let file = file.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            for rest in text.split('<').skip(1) {
                let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap();
                names.insert(name.to_owned());
            }
        }
    }
    names
}

#[test]
fn whatever_the_tree_writes_passes_the_gate() {
    let let_in = let_in();
    let missing: Vec<&str> = Tag::ALL.iter().map(|tag| tag.name()).filter(|name| !let_in.contains(*name)).collect();
    assert!(missing.is_empty(), "public/boot.js refuses {missing:?}, which src/clip/safe/tags.rs writes");
}

#[test]
fn nothing_passes_the_gate_that_nobody_makes() {
    let views = in_views();
    let made = |name: &&String| Tag::by_name(name).is_none() && !views.contains(*name);
    let spare: Vec<String> = let_in().iter().filter(made).cloned().collect();
    assert!(spare.is_empty(), "public/boot.js lets {spare:?} in, which neither the tree nor a view makes");
    for name in ["script", "style", "iframe", "object", "form", "svg", "math", "template", "link", "meta", "base"] {
        assert!(!let_in().contains(name), "{name}");
    }
}
