//! The highlights of all clips as one list: clip by clip, those marked last first.

use crate::clip::order;
use std::collections::BTreeMap;

use super::{Highlight, Highlights, Source};
use crate::library::search::{Finder, Query};
use crate::library::{ClipId, Library};

/// A clip, and what was found among its highlights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The clip.
    pub clip: ClipId,
    /// Where it comes from.
    pub source: Source,
    /// Its highlights, in the order of their places.
    pub highlights: Vec<Highlight>,
}

/// The highlights of the clips that are here whose quote, note or clip's title has all the words.
#[must_use]
pub fn found(all: &BTreeMap<ClipId, Highlights>, library: &Library, words: &str) -> Vec<Group> {
    let finders: Vec<Finder> = Query::parse(words).terms.iter().map(|term| Finder::literal(&term.text())).collect();
    let is_found = |told: &str| finders.iter().all(|finder| !finder.byte_ranges(told).is_empty());
    let group = |(clip, highlights): (&ClipId, &Highlights)| {
        let entry = &library.get(clip)?.entry;
        let told = |one: &Highlight| format!("{}\n{}\n{}\n{}", one.place.exact, one.note, entry.title, entry.site);
        let highlights: Vec<Highlight> = highlights.live().filter(|one| is_found(&told(one))).cloned().collect();
        let group = Group { clip: clip.clone(), source: Source::from(&**entry), highlights };
        (!group.highlights.is_empty()).then_some(group)
    };
    let mut groups: Vec<Group> = all.iter().filter_map(group).collect();
    let newest = |group: &Group| group.highlights.iter().map(|one| one.created_ms).max();
    order::sort_by_key(&mut groups, |group| std::cmp::Reverse(newest(group)));
    groups
}
