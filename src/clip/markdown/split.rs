//! Paragraphs whose first line is a heading in bold: the line becomes a paragraph of its own.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Placed;

/// How many such paragraphs show that it is a habit of the text.
const HABIT: usize = 2;

/// Splits paragraphs that begin with a bold line, when there are several and the line is no
/// sentence. Everything else stays as it is.
pub fn bold_first_lines(events: Vec<Placed<'_>>) -> Vec<Placed<'_>> {
    let breaks: Vec<usize> = (0..events.len()).filter_map(|at| first_line_end(&events, at)).collect();
    if breaks.len() < HABIT {
        return events;
    }
    let mut split = Vec::with_capacity(events.len() + breaks.len());
    let mut breaks = breaks.into_iter().peekable();
    for (index, (event, range)) in events.into_iter().enumerate() {
        if breaks.next_if_eq(&index).is_some() {
            split.push((Event::End(TagEnd::Paragraph), range.start..range.start));
            split.push((Event::Start(Tag::Paragraph), range.end..range.end));
        } else {
            split.push((event, range));
        }
    }
    split
}

/// The line break after the bold line with which the paragraph at an index begins.
fn first_line_end(events: &[Placed<'_>], at: usize) -> Option<usize> {
    let event = |index: usize| events.get(index).map(|(event, _)| event);
    if !matches!(event(at)?, Event::Start(Tag::Paragraph)) || !matches!(event(at + 1)?, Event::Start(Tag::Strong)) {
        return None;
    }
    let mut last = None;
    let mut index = at + 2;
    loop {
        match event(index)? {
            Event::End(TagEnd::Strong) => break,
            Event::Text(text) | Event::Code(text) => last = text.trim_end().chars().next_back().or(last),
            _ => return None,
        }
        index += 1;
    }
    index += 1;
    if matches!(event(index)?, Event::Text(text) if text.trim().is_empty()) {
        index += 1;
    }
    let ends = last.is_none_or(|c| "。；，,;、….！!".contains(c));
    let goes_on = matches!(event(index + 1)?, Event::Text(text) if !text.trim().is_empty() && !text.starts_with(['，', '。', '、', ',', '”']));
    (matches!(event(index)?, Event::SoftBreak | Event::HardBreak) && !ends && goes_on).then_some(index)
}
