//! The outline as rows of a list: which headings, how deep, which of them can be folded.

use std::collections::BTreeSet;

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

/// How a row stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Whether it is not to be seen.
    pub hidden: bool,
    /// Whether what is below it is folded.
    pub folded: bool,
}

/// How the rows look: those below a folded one are hidden; with a filter, all that don't have its words.
#[must_use]
pub fn looks(rows: &[Row], folded: &BTreeSet<String>, filter: &str) -> Vec<Look> {
    let wanted = filter.trim().to_lowercase();
    let mut hidden_below: Option<u8> = None;
    let look = |row: &Row| {
        let folded = row.children && folded.contains(&row.id);
        let hidden = if wanted.is_empty() {
            hidden_below.is_some_and(|depth| row.depth > depth)
        } else {
            !row.text.to_lowercase().contains(&wanted)
        };
        if !hidden {
            hidden_below = folded.then_some(row.depth);
        }
        Look { hidden, folded }
    };
    rows.iter().map(look).collect()
}

/// The place of the row in sight that stands for that heading: its own, else the one before it.
#[must_use]
pub fn nearest(rows: &[Row], looks: &[Look], id: &str) -> Option<usize> {
    let line = rows.iter().find(|row| row.id == id)?.line;
    rows.iter().zip(looks).rposition(|(row, look)| row.line <= line && !look.hidden)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, depth: u8, line: u32, children: bool) -> Row {
        Row { id: format!("h-{text}"), text: text.to_owned(), level: depth + 1, depth, line, children }
    }

    fn tides() -> Vec<Row> {
        vec![row("Ebb", 0, 1, true), row("Mud", 1, 5, true), row("Crab", 2, 9, false), row("Flood", 0, 20, false)]
    }

    fn seen(looks: &[Look]) -> Vec<bool> {
        looks.iter().map(|look| !look.hidden).collect()
    }

    #[test]
    fn what_is_below_a_folded_row_is_hidden_and_no_more() {
        let folded = |ids: &[&str]| looks(&tides(), &ids.iter().map(|id| (*id).to_owned()).collect(), "");
        assert_eq!(seen(&folded(&[])), [true; 4]);
        assert_eq!(seen(&folded(&["h-Ebb"])), [true, false, false, true]);
        let both = folded(&["h-Ebb", "h-Mud"]);
        assert_eq!(seen(&both), [true, false, false, true]);
        assert_eq!(both.iter().map(|look| look.folded).collect::<Vec<_>>(), [true, true, false, false]);
        assert_eq!(seen(&folded(&["h-Flood", "h-gone"])), [true; 4]);
    }

    #[test]
    fn a_filter_looks_into_folds() {
        let looks = looks(&tides(), &BTreeSet::from(["h-Ebb".to_owned()]), " cRab");
        assert_eq!(seen(&looks), [false, false, true, false]);
    }

    #[test]
    fn a_hidden_row_is_stood_for_by_the_one_before() {
        let open = looks(&tides(), &BTreeSet::new(), "");
        let folded = looks(&tides(), &BTreeSet::from(["h-Ebb".to_owned()]), "");
        assert_eq!(nearest(&tides(), &open, "h-Crab"), Some(2));
        assert_eq!(nearest(&tides(), &folded, "h-Crab"), Some(0));
        assert_eq!(nearest(&tides(), &folded, "h-gone"), None);
    }
}
