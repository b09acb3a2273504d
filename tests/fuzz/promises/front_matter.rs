//! The block at the head of a file, in each syntax, and the metadata that come of it.
//!
//! The first byte of an input chooses the fences that are put around the rest, so that nearly
//! every input is a block. That reading ends soon is for the fuzzer's own limit to see.

use clip_viewer::clip::front_matter::{self, Entry, Format};
use clip_viewer::clip::{self, Diagnostic, Options, Source, source};

/// What stands before and after the block, and the syntax that it is meant to be.
const FENCES: [(&str, &str); 8] = [
    ("", ""),
    ("---\n", "\n---\n\nWords.\n"),
    ("---\r\n", "\r\n---\r\n\r\nWords.\r\n"),
    ("+++\n", "\n+++\n\nWords.\n"),
    ("{\n", "\n}\n\nWords.\n"),
    (";;;\n", "\n;;;\n\nWords.\n"),
    ("key:: ", "\n\nWords.\n"),
    ("% ", "\n\nWords.\n"),
];

/// Reads the input as a block.
pub fn keep(input: &[u8]) {
    let Some((first, middle)) = input.split_first() else { return };
    let (before, after) = FENCES[usize::from(*first) % FENCES.len()];
    let bytes = [before.as_bytes(), middle, after.as_bytes()].concat();
    let options = Options { file_name: Some("a clip.md".to_owned()), ..Options::default() };
    let mut diagnostics = Vec::new();
    let source = source::decode(&bytes, &options, &mut diagnostics);
    let (block, body_start) = front_matter::read(&source, &mut diagnostics);

    assert!(source.text.get(body_start..).is_some(), "the body begins inside a letter or outside of the text");
    assert!(source.text.get(..body_start).is_some_and(|head| head.ends_with(&block.raw)), "the block is not its text");
    assert_eq!(block.format == Format::None, block.raw.is_empty(), "a block has text, and no block has none");
    // An entry that has no line of its own (a key inside braces) stands at the whole block.
    block.entries().for_each(|entry| has_its_place(&source, entry, body_start));
    diagnostics.iter().for_each(|diagnostic| is_told_well(&source, diagnostic));

    let (clip, _) = clip::glance(&bytes, &options);
    assert_eq!(clip.front_matter, block, "a clip has the block that was read alone");
    for field in &clip.metadata.fields {
        assert!(!field.values.is_empty() && field.values.iter().all(|v| !v.trim().is_empty()), "{field:?}");
    }
}

fn has_its_place(source: &Source, entry: &Entry, body_start: usize) {
    let span = entry.span;
    assert!(source.text.get(span.start..span.end).is_some(), "a place outside of the text: {entry:?}");
    assert!(span.end <= body_start, "an entry in the body: {entry:?}");
    assert_eq!(span.line, source.line(span.start), "a wrong line: {entry:?}");
}

fn is_told_well(source: &Source, diagnostic: &Diagnostic) {
    let inside = diagnostic.span.is_none_or(|span| source.text.get(span.start..span.end).is_some());
    assert!(inside, "a place outside of the text: {diagnostic:?}");
    assert!(!diagnostic.message.is_empty(), "no sentence: {diagnostic:?}");
}
