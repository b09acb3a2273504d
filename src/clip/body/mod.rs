//! The article as safe markup, in chunks that a page can insert one after the other.
//!
//! One pass over the events: Markdown's structure and raw HTML go into one `Builder`; headings
//! of the outline get their level and id, clutter is wrapped, footnotes are gathered at the end.

mod caption;
mod cleaned;
mod code;
mod html;
mod links;
mod notes;
pub(crate) mod pieces;
mod plain;
mod render;

use crate::order;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use caption::caption;
pub use code::language_of_code;

use super::markdown::Document;
use super::{Clutter, Diagnostic, Outline, Severity};
use crate::safe::{Excess, MAX_DEPTH, MAX_INLINE_DEPTH};
use links::MAX_LINKS;
use notes::MAX_NOTES;

/// About how long a chunk is, in bytes: the first fills the first screen of a large window, as the first paint waits for
/// all of it; the second, the screens below, which browsers lay out ahead.
fn chunk_bytes(index: usize) -> usize {
    match index {
        0 => 6 * 1024,
        1 => 8 * 1024,
        _ => 24 * 1024,
    }
}

/// The article, ready for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Safe HTML, each chunk a run of whole top-level elements of about 24 kB.
    pub chunks: Vec<String>,
}

impl Body {
    /// The pictures in files beside the clip, by how the clip names them, each once.
    #[must_use]
    pub fn asset_references(&self) -> Vec<String> {
        let all = self.chunks.iter().flat_map(|chunk| pieces::pieces(chunk));
        let mut references: Vec<String> = all
            .filter_map(|piece| match piece {
                pieces::Piece::Start(tag) if tag.name == "img" => tag.value("data-asset"),
                _ => None,
            })
            .collect();
        order::sort(&mut references);
        references.dedup();
        references
    }
}

/// What was beyond the bounds of a clip.
#[derive(Debug, Clone, Copy)]
struct Beyond {
    tree: Excess,
    notes: bool,
    links: bool,
}

impl Beyond {
    /// One for each bound.
    fn sentences(self) -> impl Iterator<Item = Diagnostic> {
        let Self { tree, notes, links } = self;
        let deep = format!("Something is nested more than {MAX_DEPTH} levels deep; what is deeper was flattened.");
        let deep_in_line = format!(
            "Emphasis and the like is nested more than {MAX_INLINE_DEPTH} levels deep; what is deeper was flattened."
        );
        let parted = "A paragraph, code or table is so long that it is shown in parts. All of it is there.";
        let notes_told = format!("There are more than {MAX_NOTES} footnotes; what is beyond stays in the text.");
        let links_told = format!("There are more than {MAX_LINKS} links; those beyond are shown as text.");
        let all = [
            (tree.deep, "too-deep", Severity::Warning, deep),
            (tree.deep_in_line, "line-too-deep", Severity::Warning, deep_in_line),
            (tree.parted, "in-parts", Severity::Info, parted.to_owned()),
            (notes, "too-many-notes", Severity::Warning, notes_told),
            (links, "too-many-links", Severity::Warning, links_told),
        ];
        let told = |(is_so, code, severity, sentence): (bool, _, _, String)| {
            is_so.then(|| Diagnostic::new(code, severity, sentence))
        };
        all.into_iter().filter_map(told)
    }
}

/// Builds the article from the events. `made` takes each chunk of it as soon as it is there, and the share of the
/// text that stands in it and in those before, from 0 to 1.
pub fn build(
    document: &Document<'_>,
    outline: &Outline,
    clutter: &[Clutter],
    made: &mut dyn FnMut(String, f32),
) -> Vec<Diagnostic> {
    let links = links::Links::new(outline, anchors(document));
    let end = document.events.last().map_or(0, |(_, place)| place.end).max(1) as f32;
    let mut made = |chunk, place: usize| made(chunk, (place as f32 / end).min(1.0));
    render::Renderer::new(document, outline, clutter, &links).run(&mut made).sentences().collect()
}

/// The ids and names that raw HTML gives to its elements; a rough reading will do, as a link to
/// one that is not there after all merely leads nowhere.
fn anchors(document: &Document<'_>) -> BTreeSet<String> {
    use pulldown_cmark::Event;
    let mut anchors = BTreeSet::new();
    for (event, _) in &document.events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else {
            continue;
        };
        for name in ["id=", "name="] {
            for (at, _) in html.match_indices(name) {
                let value = html.get(at + name.len()..).unwrap_or_default();
                let value = match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => value.trim_start_matches(quote).split(quote).next(),
                    _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
                };
                anchors.extend(value.map(str::to_owned));
            }
        }
    }
    anchors
}
