//! How a few hundred letters fit best into a stretch of others: the least number of letters changed,
//! added and left out (Sellers' variant of the edit distance: the stretch may go on at both ends).

use std::ops::Range;

/// How something fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aligned {
    /// Where the middle part of the pattern stands in the stretch.
    pub middle: Range<usize>,
    /// How many letters are different in the middle.
    pub middle_edits: usize,
    /// How many of those are among its first and its last letters, [`edge`] of each.
    pub edge_edits: [usize; 2],
    /// How many are different before and behind it.
    pub outer_edits: usize,
}

/// How many letters are an edge of so many.
pub(super) fn edge(length: usize) -> usize {
    (length / 3).clamp(1, 12)
}

/// What the step was that led to a cell.
const BOTH: u8 = 0;
const ONLY_PATTERN: u8 = 1;
const ONLY_STRETCH: u8 = 2;

/// Fits a pattern into a stretch. `middle` is the part of the pattern whose place is asked for; `None`
/// when nothing of it is there.
pub(super) fn align(pattern: &[char], middle: Range<usize>, stretch: &[char]) -> Option<Aligned> {
    let width = stretch.len();
    let mut steps: Vec<u8> = Vec::with_capacity(pattern.len() * width);
    let mut before: Vec<u16> = vec![0; width + 1];
    for (row, wanted) in pattern.iter().enumerate() {
        let mut left = u16::try_from(row + 1).ok()?;
        let mut now = Vec::with_capacity(width + 1);
        now.push(left);
        for (pair, there) in before.windows(2).zip(stretch) {
            let [diagonal, above] = pair else { continue };
            let (both, pattern_alone, stretch_alone) = (diagonal + u16::from(wanted != there), above + 1, left + 1);
            let (least, step) = if both <= pattern_alone && both <= stretch_alone {
                (both, BOTH)
            } else if pattern_alone <= stretch_alone {
                (pattern_alone, ONLY_PATTERN)
            } else {
                (stretch_alone, ONLY_STRETCH)
            };
            steps.push(step);
            now.push(least);
            left = least;
        }
        before = now;
    }
    let (end, _) = before.iter().enumerate().min_by_key(|(_, cost)| **cost)?;
    walk_back(pattern, middle, stretch, &steps, end)
}

/// Follows the steps from the end back to the beginning.
fn walk_back(pattern: &[char], middle: Range<usize>, stretch: &[char], steps: &[u8], end: usize) -> Option<Aligned> {
    let edge = edge(middle.len());
    let (mut row, mut column) = (pattern.len(), end);
    let (mut first, mut last) = (None, None);
    let (mut middle_edits, mut edge_edits, mut outer_edits) = (0, [0, 0], 0);
    while row > 0 {
        let step = match column {
            0 => ONLY_PATTERN,
            column => *steps.get((row - 1) * stretch.len() + column - 1)?,
        };
        let wanted = row - 1;
        let in_middle = match step {
            // What was added at an edge of the middle is not of it.
            ONLY_STRETCH => row > middle.start && row < middle.end,
            _ => middle.contains(&wanted),
        };
        let differs = step != BOTH || pattern.get(wanted) != stretch.get(column - 1);
        if differs && in_middle {
            let [head, tail] = &mut edge_edits;
            middle_edits += 1;
            *head += usize::from(wanted < middle.start + edge);
            *tail += usize::from(wanted + edge >= middle.end);
        }
        outer_edits += usize::from(differs && !in_middle);
        if step == BOTH && in_middle {
            first = Some(column - 1);
            last = last.or(Some(column));
        }
        row -= usize::from(step != ONLY_STRETCH);
        column -= usize::from(step != ONLY_PATTERN);
    }
    Some(Aligned { middle: first?..last?, middle_edits, edge_edits, outer_edits })
}
