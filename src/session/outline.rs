//! The outline as rows of a list: which headings, how deep, which of them can be folded.

use crate::clip::Outline;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The heading's id.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Its level in the clip.
    pub level: u8,
    /// How deep it stands below the rows before it, from 0.
    pub depth: u8,
    /// Its line in the file.
    pub line: u32,
    /// Whether rows below belong to it.
    pub children: bool,
}

/// The rows of an outline; with `headings_only`, without what was inferred.
#[must_use]
pub fn rows(outline: &Outline, headings_only: bool) -> Vec<Row> {
    let kept = outline.sections().filter(|h| !(headings_only && h.inferred));
    let mut open: Vec<u8> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for heading in kept {
        while open.last().is_some_and(|level| *level >= heading.level) {
            open.pop();
        }
        let depth = u8::try_from(open.len()).unwrap_or(u8::MAX);
        if let Some(before) = rows.last_mut() {
            before.children = before.depth < depth;
        }
        open.push(heading.level);
        rows.push(Row {
            id: heading.id.clone(),
            text: heading.text.clone(),
            level: heading.level,
            depth,
            line: heading.line,
            children: false,
        });
    }
    rows
}
