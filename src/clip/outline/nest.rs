//! Levels for headings that were inferred.
//!
//! Which class of markers stands above which is read off the document: a line right above a line
//! of another class, with no text between, is its parent; numbers that start again at one below
//! each line of another class are its children. Where the document does not tell, the usual order
//! of markers does ([`Class::rank`]).

use std::collections::HashMap;

use super::candidate::{Candidate, Style};
use super::marker::Class;
use crate::letters::{is_letter, lower};

/// A heading that is open: later ones may stand below it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    Real(u8),
    Inferred(Class),
}

/// The level of each heading, from 2. With `real_above` inferred ones stand below the real one
/// before them; else beside it.
pub fn levels(found: &[Candidate], real_above: bool) -> Vec<u8> {
    if let Some(depths) = chapters(found) {
        return depths.into_iter().map(|depth| depth + 2).collect();
    }
    let order = Order::read(found);
    let mut open: Vec<Open> = Vec::new();
    let level = |depth: usize| u8::try_from(depth + 1).unwrap_or(6).min(6);
    found
        .iter()
        .map(|heading| match heading.style {
            Style::Real(own) => {
                open.retain(|o| real_above && matches!(o, Open::Real(level) if *level < own));
                if real_above {
                    open.push(Open::Real(own));
                }
                level(open.len().max(1))
            }
            _ if order.frames(heading) => {
                open.retain(|o| matches!(o, Open::Real(_)));
                level(open.len() + 1)
            }
            _ => {
                order.place(&mut open, &heading.class);
                level(open.len())
            }
        })
        .collect()
}

/// Which class stands above which.
#[derive(Debug, Default)]
struct Order {
    above: HashMap<(Class, Class), u32>,
    first: HashMap<Class, usize>,
    count: HashMap<Class, usize>,
    closing: usize,
}

impl Order {
    fn read(found: &[Candidate]) -> Self {
        let mut order = Self::default();
        let inferred = || found.iter().enumerate().filter(|(_, h)| !matches!(h.style, Style::Real(_)));
        for (index, heading) in inferred() {
            order.first.entry(heading.class.clone()).or_insert(index);
            *order.count.entry(heading.class.clone()).or_default() += 1;
            order.closing += usize::from(is_closing(&heading.text));
        }
        for pair in found.windows(2) {
            let [upper, lower] = pair else { continue };
            let other = upper.class != lower.class && !matches!(upper.style, Style::Real(_));
            if other && lower.follows && !matches!(lower.style, Style::Real(_)) {
                order.tell(&upper.class, &lower.class, 2);
            }
            if other && lower.number == Some(1) && order.seen_before(found, lower) {
                order.tell(&upper.class, &lower.class, 3);
            }
        }
        order.tell_continued(found);
        order
    }

    /// Lines with text of their own between two numbers of one series are below that series.
    fn tell_continued(&mut self, found: &[Candidate]) {
        let mut last: HashMap<Class, u32> = HashMap::new();
        let mut pending: HashMap<Class, usize> = HashMap::new();
        for heading in found.iter().filter(|h| !matches!(h.style, Style::Real(_))) {
            if let (Class::Digits(_) | Class::NumberLine | Class::Chinese, Some(number)) =
                (&heading.class, heading.number)
            {
                let before = last.insert(heading.class.clone(), number);
                let plain = pending.insert(heading.class.clone(), 0).unwrap_or(0);
                let in_parts = matches!(heading.class, Class::Digits(parts) if parts > 1);
                if plain > 0 && before.is_some_and(|before| before + 1 == number || (in_parts && before == number)) {
                    self.tell(&heading.class, &Class::Plain, 1);
                }
            } else if heading.class == Class::Plain && heading.has_text {
                pending.values_mut().for_each(|count| *count += 1);
            }
        }
    }

    /// Whether the class of that heading has appeared before it.
    fn seen_before(&self, found: &[Candidate], heading: &Candidate) -> bool {
        let first = self.first.get(&heading.class).and_then(|at| found.get(*at));
        first.is_some_and(|first| first.line < heading.line)
    }

    fn tell(&mut self, upper: &Class, lower: &Class, weight: u32) {
        *self.above.entry((upper.clone(), lower.clone())).or_default() += weight;
    }

    fn is_above(&self, upper: &Class, lower: &Class) -> bool {
        // An item of a list holds nothing that stands outside of lists.
        if *upper == Class::Lead && lower.rank() < upper.rank() {
            return false;
        }
        let told = |a: &Class, b: &Class| self.above.get(&(a.clone(), b.clone())).copied().unwrap_or(0);
        let (down, up) = (told(upper, lower), told(lower, upper));
        if down != up {
            return down > up;
        }
        // Lines without a marker stand above a series that begins below them, else within it.
        let plain = |class: &Class| matches!(class, Class::Plain | Class::Question);
        let starts = |class: &Class| self.first.get(class).copied().unwrap_or(usize::MAX);
        match (plain(upper), plain(lower)) {
            (true, false) if self.rules(upper) && lower.rank() > 5 && !matches!(lower, Class::NumberLine) => {
                starts(upper) < starts(lower)
            }
            (false, true) if self.rules(lower) => starts(upper) < starts(lower) || upper.rank() < lower.rank(),
            _ => upper.rank() < lower.rank(),
        }
    }

    /// Whether there are enough of a class to be more than an exception.
    fn rules(&self, class: &Class) -> bool {
        self.count.get(class).copied().unwrap_or(0) >= 2
    }

    /// Whether a heading opens or closes the whole text: it stands beside the largest parts.
    fn frames(&self, heading: &Candidate) -> bool {
        heading.class == Class::Plain && ((is_closing(&heading.text) && self.closing < 2) || is_opening(&heading.text))
    }

    fn place(&self, open: &mut Vec<Open>, class: &Class) {
        let same = open.iter().position(|o| matches!(o, Open::Inferred(c) if c == class));
        if let Some(at) = same {
            return open.truncate(at + 1);
        }
        while let Some(Open::Inferred(last)) = open.last() {
            if self.is_above(last, class) {
                break;
            }
            open.pop();
        }
        open.push(Open::Inferred(class.clone()));
    }
}

/// Depths in a text whose headings have no markers at all, when each of its chapters ends with the
/// same closing line (*Summary*, 小结): the heading after that begins the next chapter. Within a
/// chapter a heading with nothing below it but the next one holds those that follow.
fn chapters(found: &[Candidate]) -> Option<Vec<u8>> {
    let plain = found.iter().all(|h| h.class == Class::Plain && !matches!(h.style, Style::Real(_)));
    if !plain || found.iter().filter(|h| is_closing(&h.text)).count() < 2 {
        return None;
    }
    let mut begins = true;
    let mut held = false;
    let depths = found.iter().enumerate().map(|(at, heading)| {
        let closes = is_closing(&heading.text);
        let holds = found.get(at + 1).is_some_and(|next| next.follows && !is_closing(&next.text));
        let depth = if begins {
            0
        } else if closes || holds {
            1
        } else {
            1 + u8::from(held)
        };
        held = depth > 0 && !closes && (holds || held);
        begins = closes;
        depth
    });
    Some(depths.collect())
}

/// Lines that end a part of a text, in the languages of the clips.
pub fn is_closing(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "小结",
        "总结",
        "结语",
        "结论",
        "尾声",
        "结束语",
        "写在最后",
        "最后",
        "后记",
        "本章小结",
        "结尾",
        "总结与展望",
        "まとめ",
        "おわりに",
        "終わりに",
        "summary",
        "conclusion",
        "conclusions",
        "recap",
        "takeaways",
        "key takeaways",
        "final thoughts",
    ];
    let plain = |text: &'_ str| lower(text.trim_matches(|c: char| !is_letter(c))).into_owned();
    // `总结——what it all means`
    let lead = text.split_once("——").or_else(|| text.split_once(['：', ':'])).map_or(text, |(lead, _)| lead);
    WORDS.contains(&plain(text).as_str()) || WORDS.contains(&plain(lead).as_str())
}

/// Whether a line opens or closes a text.
pub fn frames(text: &str) -> bool {
    is_opening(text) || is_closing(text)
}

/// Lines that begin a text.
fn is_opening(text: &str) -> bool {
    const WORDS: [&str; 20] = [
        "tl;dr",
        "tldr",
        "摘要",
        "概述",
        "abstract",
        "summary up front",
        "前言",
        "引言",
        "序言",
        "导语",
        "导读",
        "引子",
        "写在前面",
        "背景",
        "はじめに",
        "introduction",
        "intro",
        "preface",
        "overview",
        "foreword",
    ];
    let plain = lower(text.trim_matches(|c: char| !is_letter(c)));
    WORDS.contains(&&*plain)
}
