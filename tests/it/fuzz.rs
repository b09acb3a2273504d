//! The fuzzer's seeds and former finds keep the promises, without a fuzzer.
//!
//! The promises are those of `tests/fuzz/promises`; the inputs are in `tests/fixtures/fuzz`, where a
//! README says how one is added.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::promises;

/// What an input must keep to.
type Promise = fn(&[u8]);

/// Every target of the fuzzer, with its promise and the fewest inputs that it has.
const TARGETS: [(&str, Promise, usize); 6] = [
    ("parse", promises::parse::keep, 0),
    ("front_matter", promises::front_matter::keep, 12),
    ("archive", promises::archive::keep, 14),
    ("stored", promises::stored::keep, 5),
    ("backup", promises::backup::keep, 7),
    ("annotations", promises::annotations::keep, 5),
];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn inputs(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(folder) = std::fs::read_dir(project().join("tests/fixtures/fuzz").join(target)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn seeds_and_former_finds_keep_the_promises() {
    for (target, keep, fewest) in TARGETS {
        let inputs = inputs(target);
        assert!(inputs.len() >= fewest, "{target} has {} inputs; none is ever taken away", inputs.len());
        for (path, input) in inputs {
            let kept = std::panic::catch_unwind(|| keep(&input));
            assert!(kept.is_ok(), "{} breaks a promise of {target}; what it is stands above", path.display());
        }
    }
}

#[test]
fn every_target_of_the_fuzzer_has_its_promise_here() {
    let mut files: Vec<String> = std::fs::read_dir(project().join("tests/fuzz/fuzz_targets"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut here = TARGETS.map(|(target, ..)| target.to_owned());
    files.sort();
    here.sort();
    assert_eq!(files, here);
}

#[test]
fn inputs_that_are_cut_off_keep_the_promises() {
    for (target, keep, _) in TARGETS {
        for (_, input) in inputs(target) {
            let step = (input.len() / 40).max(1);
            (0..input.len()).step_by(step).for_each(|end| keep(&input[..end]));
        }
    }
}

proptest! {
    #[test]
    fn inputs_with_letters_changed_keep_the_promises(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        for (target, keep, _) in TARGETS {
            for (_, mut input) in inputs(target) {
                for (at, byte) in &changes {
                    let at = at.index(input.len());
                    input[at] = *byte;
                }
                keep(&input);
            }
        }
    }

    #[test]
    fn any_bytes_keep_the_promises(input in prop::collection::vec(any::<u8>(), 0..200)) {
        TARGETS.into_iter().for_each(|(_, keep, _)| keep(&input));
    }
}
