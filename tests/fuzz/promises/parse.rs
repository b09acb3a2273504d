//! A whole clip: `clip::parse` returns, and what it returns keeps the promises of the page.
//!
//! The first byte of an input chooses the options, the others are the file.

use std::collections::HashSet;

use clip_viewer::clip::{self, Options};

/// Reads the input as a clip.
pub fn keep(input: &[u8]) {
    let Some((first, bytes)) = input.split_first() else { return };
    let options = Options {
        file_name: (first & 1 == 1).then(|| "a clip.md".to_owned()),
        encoding: (first & 2 == 2).then(|| "gb18030".to_owned()),
        ..Options::default()
    };
    let clip = clip::parse(bytes, &options);
    let html = clip.body.chunks.concat();

    let mut ids = HashSet::new();
    for heading in &clip.outline.headings {
        assert!(!heading.id.is_empty() && ids.insert(heading.id.as_str()), "an id twice: {}", heading.id);
        assert!((1..=6).contains(&heading.level), "level {}", heading.level);
        assert!(html.contains(&format!(" id=\"{}\"", heading.id)), "a heading without its target: {}", heading.id);
    }
    for (one, next) in clip.clutter.iter().zip(clip.clutter.iter().skip(1)) {
        assert!(one.events.end <= next.events.start, "folds overlap: {one:?} {next:?}");
    }
    for field in &clip.metadata.fields {
        assert!(!field.values.is_empty() && field.values.iter().all(|v| !v.trim().is_empty()), "{field:?}");
    }
    for diagnostic in &clip.diagnostics {
        let inside = diagnostic.span.is_none_or(|s| clip.source.text.get(s.start..s.end).is_some());
        assert!(inside, "a place outside of the text: {diagnostic:?}");
    }
    let lower = html.to_ascii_lowercase();
    for forbidden in ["<script", "<iframe", "<style", "<object", "<embed", "<form", "href=\"javascript:"] {
        assert!(!lower.contains(forbidden), "{forbidden} in the page");
    }
}
