//! A file of highlights: any text is read or is none, what was read comes back from both forms that are
//! written, and each place is found within a text or nowhere.
//!
//! An input is the file, and after a zero byte the text of the clip; without one the file is the text, too.

use clip_viewer::library::highlight::annotation::{self, Incoming};
use clip_viewer::library::highlight::{Highlight, Highlights, Source, anchor, incoming, markdown, marked, text};
use clip_viewer::library::{ClipId, Library};
use clip_viewer::session::saved::Saved;

/// How long after all of them it is now.
const NOW_MS: u64 = 1_900_000_000_000;

/// Reads the input as a file of highlights.
pub fn keep(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let (file, clip) = input.split_once('\0').unwrap_or((&input, &input));
    let Some(found) = incoming::read(file) else { return };
    assert!(!found.is_empty(), "none is told as none");
    let clip_id = ClipId::parse(&"0".repeat(32)).expect("an id is 32 digits");
    for one in &found {
        let highlight = &one.highlight;
        assert!(!highlight.place.exact.trim().is_empty(), "nothing is quoted: {one:?}");
        assert_eq!(highlight.removed_ms, 0);
        comes_back_as_json(&clip_id, one);
    }
    let of_nobody = incoming::sorted(found.clone(), &Library::default());
    assert_eq!((of_nobody.0.len(), of_nobody.1), (0, found.len()), "an empty library knows no clip");
    let highlights: Vec<Highlight> = found.into_iter().map(|one| one.highlight).collect();
    comes_back_from_the_database(&highlights);
    has_a_place_or_none(clip, &highlights);
    // To bring the same file twice brings nothing the second time.
    let mut mine = Highlights::default();
    mine.merge(&incoming::news(&mine, highlights.clone(), NOW_MS));
    let again = incoming::news(&mine, mine.all().to_vec(), NOW_MS);
    assert!(again.all().is_empty(), "{again:?}");
}

fn comes_back_as_json(clip: &ClipId, one: &Incoming) {
    let source = Source { url: one.url.clone(), ..Source::default() };
    let written = annotation::write([(clip, &source, std::slice::from_ref(&one.highlight))].into_iter());
    let again = annotation::read(&written);
    assert_eq!(
        again.map(|again| again.into_iter().map(|one| one.highlight).collect()),
        Some(vec![one.highlight.clone()])
    );
    let link = format!("?open={}#highlight-{}", clip.as_str(), one.highlight.id.as_str());
    let quotes = markdown::write(markdown::TEMPLATE, &source, std::slice::from_ref(&one.highlight), |_| link.clone());
    let ids = |read: Vec<Incoming>| read.into_iter().map(|one| one.highlight.id).collect::<Vec<_>>();
    let again = markdown::read(&quotes).map(ids).unwrap_or_default();
    assert!(again.contains(&one.highlight.id), "{quotes}");
}

fn comes_back_from_the_database(highlights: &[Highlight]) {
    let kept: Highlights = highlights.iter().cloned().collect();
    let written = kept.write().expect("highlights are JSON");
    assert_eq!(Highlights::read(&written).expect("what was written is read"), kept);
}

fn has_a_place_or_none(clip: &str, highlights: &[Highlight]) {
    let letters = text::letters(clip);
    let places: Vec<_> = highlights.iter().map(|one| &one.place).collect();
    let found = anchor::anchor_all(&letters, &places);
    assert_eq!(found.len(), places.len());
    for range in found.into_iter().flatten() {
        assert!(range.start < range.end && range.end <= letters.len(), "{range:?} of {}", letters.len());
    }
    let written = marked::marked(clip, highlights);
    let kept = text::letters(&written);
    let mut left = kept.iter();
    assert!(letters.iter().all(|letter| left.any(|kept| kept == letter)), "a letter of the clip is gone");
}
