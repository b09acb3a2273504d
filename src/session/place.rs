//! Where the reader is: arithmetic on numbers, no page needed.

use serde::{Deserialize, Serialize};

/// A place in the body that survives a new layout: the element at the top edge of the text, and
/// how much of it lies above that edge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Position {
    /// Index of the chunk.
    pub chunk: u32,
    /// Index of the element among the chunk's children.
    pub child: u32,
    /// Share of the element above the edge, from 0 to 1.
    pub within: f32,
}

impl Position {
    /// Whether this is the very beginning.
    #[must_use]
    pub fn is_start(&self) -> bool {
        self.chunk == 0 && self.child == 0 && self.within <= 0.0
    }
}

/// The top and bottom of something, in CSS pixels below the top of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Landmark {
    /// Its upper edge.
    pub top: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Landmark {
    /// How much of it lies above `edge`, from 0 to 1.
    #[must_use]
    pub fn above(&self, edge: f64) -> f32 {
        let height = self.bottom - self.top;
        if height <= 0.0 {
            return 0.0;
        }
        (((edge - self.top) / height).clamp(0.0, 1.0)) as f32
    }
}

/// Landmarks in which what is not in the layout, and so is at no place, stands where the one before it ends.
#[must_use]
pub fn filled(mut landmarks: Vec<Landmark>) -> Vec<Landmark> {
    let mut end = f64::NEG_INFINITY;
    for mark in &mut landmarks {
        if mark.top == 0.0 && mark.bottom == 0.0 {
            *mark = Landmark { top: end, bottom: end };
        }
        end = mark.bottom;
    }
    landmarks
}

/// Index of the first of `landmarks` (in the order of the page) that reaches below `edge`.
#[must_use]
pub fn first_below(landmarks: &[Landmark], edge: f64) -> Option<usize> {
    let at = landmarks.partition_point(|l| l.bottom <= edge);
    (at < landmarks.len()).then_some(at)
}

/// Index of the heading whose section is being read: the last one at or above `edge`.
///
/// `tops` are the headings' upper edges in the order of the page. At the very end of the page
/// the last visible heading counts, as its section may be too short to reach the edge.
#[must_use]
pub fn current_heading(tops: &[f64], edge: f64, at_end: bool, window_height: f64) -> Option<usize> {
    let edge = if at_end { window_height } else { edge };
    tops.partition_point(|top| *top <= edge).checked_sub(1)
}

/// How far the reader is, from 0 to 1: the share of the text above the lower edge of the window,
/// 0 while the beginning is still in sight.
#[must_use]
pub fn progress(text: Landmark, window_height: f64) -> f32 {
    let scrollable = (text.bottom - text.top) - window_height;
    if scrollable <= 0.0 {
        return 1.0;
    }
    ((-text.top / scrollable).clamp(0.0, 1.0)) as f32
}

/// The lines of a text that stand between two edges, counted from its top, when all its lines are equally
/// high and together as high as `whole`.
#[must_use]
pub fn lines_between(top: f64, bottom: f64, whole: f64, count: usize) -> std::ops::Range<usize> {
    if whole <= 0.0 {
        return 0..0;
    }
    let line = |edge: f64| (edge / whole * count as f64).clamp(0.0, count as f64);
    let (first, last) = (line(top).floor() as usize, line(bottom).ceil() as usize);
    first..last.max(first)
}
