//! The article as safe markup, in chunks that a page can insert one after the other.
//!
//! One pass over the events: Markdown's structure and raw HTML go into one `Builder`; headings
//! of the outline get their level and id, clutter is wrapped, footnotes are gathered at the end.

mod html;
mod links;
mod notes;
mod pieces;
mod plain;
mod render;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::markdown::Document;
use super::{Clutter, Diagnostic, Metadata, Outline, Severity};
use crate::safe::MAX_DEPTH;

/// About how long the first chunk is, in bytes: what fills the first screen of a large window, as
/// the first paint waits for all of it.
const FIRST_CHUNK_BYTES: usize = 6 * 1024;
/// About how long every other chunk is, in bytes.
const CHUNK_BYTES: usize = 24 * 1024;

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
        references.sort_unstable();
        references.dedup();
        references
    }
}

/// Builds the article from the events.
pub fn build(
    document: &Document<'_>,
    outline: &Outline,
    clutter: &[Clutter],
    _metadata: &Metadata,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    let links = links::Links::new(outline, anchors(document));
    let (tree, too_deep) = render::Renderer::new(document, outline, clutter, &links).run();
    if too_deep {
        let message = format!("Something is nested more than {MAX_DEPTH} levels deep; what is deeper was flattened.");
        diagnostics.push(Diagnostic::new("too-deep", Severity::Warning, message));
    }
    Body { chunks: tree.chunks(FIRST_CHUNK_BYTES, CHUNK_BYTES) }
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
