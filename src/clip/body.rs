//! The article as safe markup, in chunks that a page can insert one after the other.

use serde::{Deserialize, Serialize};

use super::markdown::Document;
use super::{Clutter, Diagnostic, Metadata, Outline};

/// The article, ready for the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Safe HTML, each chunk a run of whole top-level elements of about 24 kB.
    pub chunks: Vec<String>,
    /// The chunk in which each heading of the outline stands, by the heading's index.
    pub heading_chunks: Vec<usize>,
}

/// Builds the article from the events.
pub fn build(
    _document: &Document<'_>,
    _outline: &Outline,
    _clutter: &[Clutter],
    _metadata: &Metadata,
    _diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    Body::default()
}
