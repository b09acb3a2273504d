//! Host tests of the body: conformance, safety, bounded work.

mod bounds;
mod conformance;
mod forms;
mod hostile;
mod obsidian;
mod repaired;
mod safety;

use clip_viewer::clip::{self, Clip, Options};
use std::path::{Path, PathBuf};

/// A clip from text.
fn parsed(text: &str) -> Clip {
    clip::parse(text.as_bytes(), &Options::default())
}

/// The body's HTML of a clip.
fn html(text: &str) -> String {
    parsed(text).body.chunks.concat()
}

/// A folder of the suites beside the project, when it is there.
fn suite(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites").join(path);
    found.exists().then_some(found)
}
