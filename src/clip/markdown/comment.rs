//! Comments over several blocks: from a line that is only `%%` to the next such line.
//!
//! Follows Obsidian's help, *Basic formatting syntax*. The clip's text keeps them; the page, which
//! shows the clip as its reader would see it, does not.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Placed;

/// Takes the blocks out that stand in comments.
pub fn hide<'a>(text: &str, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    let comments = comments(text, &events);
    if comments.is_empty() {
        return events;
    }
    let mut comments = comments.into_iter().peekable();
    let mut kept = Vec::with_capacity(events.len());
    // How many elements are open that are hidden: whole elements go.
    let mut hidden = 0_usize;
    for (event, range) in events {
        if hidden == 0 && !matches!(event, Event::End(_)) {
            while comments.next_if(|c| c.end <= range.start).is_some() {}
            let is_inside = comments.peek().is_some_and(|c| c.start <= range.start && range.end <= c.end);
            match event {
                Event::Start(_) if is_inside => hidden = 1,
                _ if is_inside => {}
                _ => kept.push((event, range)),
            }
            continue;
        }
        match event {
            _ if hidden == 0 => kept.push((event, range)),
            Event::Start(_) => hidden += 1,
            Event::End(_) => hidden -= 1,
            _ => {}
        }
    }
    kept
}

/// The bytes of the comments: each begins with a paragraph whose first line is the mark.
fn comments(text: &str, events: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let marks: Vec<Range<usize>> = marks(text);
    for (event, range) in events {
        if !matches!(event, Event::Start(Tag::Paragraph)) || found.last().is_some_and(|c| range.start < c.end) {
            continue;
        }
        let opening = marks.partition_point(|m| m.start < range.start);
        let (Some(opening), Some(closing)) = (marks.get(opening), marks.get(opening + 1)) else { continue };
        if opening.start == range.start {
            found.push(opening.start..closing.end);
        }
    }
    found
}

/// The lines that are only the mark, those in quotes too; each from its mark to its line's end.
fn marks(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut marks = Vec::new();
    if !text.contains("%%") {
        return marks;
    }
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '>', '\t']);
        if words.trim_end() == "%%" {
            marks.push(at + line.len() - words.len()..at + line.len());
        }
        at += line.len();
    }
    marks
}
