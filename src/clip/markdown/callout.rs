//! Callouts: quotes that begin with `[!kind]`, perhaps a fold mark and a title.
//!
//! Follows Obsidian's help, *Callouts*, of which GitHub's alerts are five kinds without titles;
//! those the parser knows itself.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Placed;

/// Whether and how a callout folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// It does not.
    Never,
    /// It is open at first.
    Open,
    /// It is closed at first.
    Closed,
}

/// What a quote is that is a callout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// Its kind in lower case: `note`, `tip`, or any other word.
    pub kind: String,
    /// How it folds.
    pub fold: Fold,
    /// Whether its first paragraph is its title.
    pub has_title: bool,
}

/// Takes the marks of callouts out of the text and makes their titles paragraphs of their own.
/// Returns the events, and the callouts by the index of the quote's start.
pub fn read(events: Vec<Placed<'_>>) -> (Vec<Placed<'_>>, BTreeMap<usize, Callout>) {
    let begins = |window: &[Placed<'_>]| match window {
        [(Event::Start(Tag::BlockQuote(None)), _), (Event::Start(Tag::Paragraph), _), (Event::Text(words), _)] => {
            head(words).is_some()
        }
        _ => false,
    };
    let mut callouts = BTreeMap::new();
    if !events.windows(3).any(begins) {
        return (events, callouts);
    }
    let mut done: Vec<Placed<'_>> = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some((event, range)) = events.next() {
        let first_in_quote = matches!(event, Event::Start(Tag::Paragraph))
            && matches!(done.last(), Some((Event::Start(Tag::BlockQuote(None)), _)));
        if !first_in_quote {
            done.push((event, range));
            continue;
        }
        let head = match events.peek() {
            Some((Event::Text(words), _)) => head(words),
            _ => None,
        };
        let Some((callout, length)) = head else {
            done.push((event, range));
            continue;
        };
        let quote = done.len() - 1;
        let paragraph = done.len();
        done.push((event, range.clone()));
        if let Some((Event::Text(words), place)) = events.next() {
            let title = words.get(length..).unwrap_or_default().trim_start();
            if !title.is_empty() {
                done.push((Event::Text(CowStr::from(title.to_owned())), place.start + length..place.end));
            }
        }
        let has_title = end_title(&mut done, &mut events, paragraph);
        callouts.insert(quote, Callout { has_title, ..callout });
    }
    (done, callouts)
}

/// Goes on to the end of the title's line; returns whether there is a title.
fn end_title<'a>(
    done: &mut Vec<Placed<'a>>,
    events: &mut std::iter::Peekable<std::vec::IntoIter<Placed<'a>>>,
    paragraph: usize,
) -> bool {
    let mut depth = 0_usize;
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(TagEnd::Paragraph) => {
                let is_empty = done.len() == paragraph + 1;
                if is_empty {
                    done.pop();
                } else {
                    done.push((event, range));
                }
                return !is_empty;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => {
                let is_empty = done.len() == paragraph + 1;
                if !is_empty {
                    done.push((Event::End(TagEnd::Paragraph), range.start..range.start));
                    done.push((Event::Start(Tag::Paragraph), range.end..range.end));
                }
                return !is_empty;
            }
            _ => {}
        }
        done.push((event, range));
    }
    done.len() > paragraph + 1
}

/// Reads `[!kind]`, `[!kind|more]`, each perhaps with `+` or `-`; also how many bytes that takes.
fn head(words: &str) -> Option<(Callout, usize)> {
    let inner = words.trim_start().strip_prefix("[!")?;
    let (kind, after) = inner.split_once(']')?;
    let name = kind.split('|').next().unwrap_or(kind).trim();
    let is_kind = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if name.is_empty() || kind.len() > 60 || !name.chars().all(is_kind) {
        return None;
    }
    let fold = match after.chars().next() {
        Some('-') => Fold::Closed,
        Some('+') => Fold::Open,
        _ => Fold::Never,
    };
    let length = words.len() - after.len() + usize::from(fold != Fold::Never);
    let kind = name.to_lowercase().replace(' ', "-");
    Some((Callout { kind, fold, has_title: false }, length))
}
