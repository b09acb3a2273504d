//! Highlights that a file brings: which clip each is of, and what of them is news.

use crate::clip::order;
use std::collections::BTreeMap;

use super::annotation::{self, Incoming};
use super::{Highlight, Highlights, markdown};
use crate::library::identity::page::canonical_url;
use crate::library::{ClipId, Library};

/// Reads the highlights of a file, by whichever form it has; `None` when it has none.
#[must_use]
pub fn read(text: &str) -> Option<Vec<Incoming>> {
    annotation::read(text).or_else(|| markdown::read(text))
}

/// Gives each highlight to the clip that it is of: the one that it names, else the one of its page. Also
/// returned is how many are of clips that are not here.
#[must_use]
pub fn sorted(incoming: Vec<Incoming>, library: &Library) -> (BTreeMap<ClipId, Vec<Highlight>>, usize) {
    let with_page = library.rows().iter().filter(|row| !row.entry.url.is_empty());
    let by_page: BTreeMap<&str, &ClipId> = order::collect(with_page.map(|row| (row.entry.url.as_str(), &row.entry.id)));
    let (mut sorted, mut strangers) = (BTreeMap::<ClipId, Vec<Highlight>>::new(), 0);
    for Incoming { clip, url, highlight } in incoming {
        let named = clip.filter(|clip| library.get(clip).is_some());
        let of_page = || canonical_url(&url).and_then(|url| by_page.get(url.as_str()).map(|id| (*id).clone()));
        match named.or_else(of_page) {
            Some(clip) => sorted.entry(clip).or_default().push(highlight),
            None => strangers += 1,
        }
    }
    (sorted, strangers)
}

/// What of the highlights is news to those that are here. Whoever brings them wants them: one that was
/// removed is there again. A note is never lost to an older one.
#[must_use]
pub fn news(mine: &Highlights, theirs: Vec<Highlight>, now_ms: u64) -> Highlights {
    let news = theirs.into_iter().filter_map(|theirs| {
        let Some(mine) = mine.all().iter().find(|mine| mine.id == theirs.id) else {
            return Some(Highlight { changed_ms: theirs.changed_ms.max(1), ..theirs });
        };
        let changed_ms = now_ms.max(mine.changed_ms.saturating_add(1));
        if mine.removed_ms > 0 {
            return Some(Highlight { removed_ms: 0, changed_ms, ..mine.clone() });
        }
        let brings_note = mine.note.trim().is_empty() && !theirs.note.trim().is_empty();
        let is_newer = theirs.changed_ms > mine.changed_ms;
        (is_newer || brings_note).then(|| {
            let (colour, note) = (theirs.colour, if theirs.note.is_empty() { mine.note.clone() } else { theirs.note });
            Highlight { colour, note, changed_ms, ..mine.clone() }
        })
    });
    news.collect()
}
