//! What a formula may become in the page: the elements of MathML Core that draw, each with the few
//! attributes that say how. Nothing that leads, loads, acts or styles freely is among them; of styles, those
//! that align the columns of a table are known and become classes of ours.
//!
//! What comes in is text that the parser of formulas wrote. A page makes elements of the steps that come
//! out, one by one, and of nothing else.

use crate::body::pieces::{Piece, StartTag, pieces};

/// The most steps that a formula may take, and the most levels of its elements.
const MOST_STEPS: usize = 4000;
const MOST_DEPTH: usize = 100;

const ELEMENTS: [&str; 24] = [
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "ms",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "mfrac",
    "msqrt",
    "mroot",
    "mstyle",
    "mphantom",
    "mtable",
    "mtr",
    "mtd",
];

/// Attributes whose values are one word.
const WORDS: [&str; 13] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "symmetric",
    "largeop",
    "movablelimits",
    "fence",
    "separator",
    "form",
    "accent",
    "accentunder",
];

/// Attributes whose values are lengths.
const LENGTHS: [&str; 8] = ["lspace", "rspace", "minsize", "maxsize", "width", "height", "depth", "linethickness"];

/// The longest length, in the measure that it has: what is longer would lie over the text around it.
const LONGEST: f32 = 20.0;

/// Declarations that the parser writes, without blanks, and the class that stands for each.
const STYLES: [(&str, &str); 9] = [
    ("text-align:right", "math-right"),
    ("text-align:left", "math-left"),
    ("padding-right:0", "math-flush-end"),
    ("padding-left:0", "math-flush-start"),
    ("padding-left:1em", "math-gap"),
    ("border-right:0.05emsolidcurrentcolor", "math-line-end"),
    ("border-left:0.05emsolidcurrentcolor", "math-line-start"),
    ("border-top:0.05emsolidcurrentcolor", "math-line-top"),
    ("border-bottom:0.05emsolidcurrentcolor", "math-line-bottom"),
];

/// One step of making a formula's elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Begins an element within the one that is open, with its attributes.
    Open(&'static str, Vec<(&'static str, String)>),
    /// Adds text to it.
    Text(String),
    /// Ends it.
    Close,
}

/// The steps that make one formula; `None` when there is anything in it that may not be.
#[must_use]
pub fn steps(written: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut open: Vec<&'static str> = Vec::new();
    for piece in pieces(written) {
        match piece {
            Piece::Start(tag) => {
                let name = element(&tag.name)?;
                // One formula, and nothing beside it.
                if (name == "math") != steps.is_empty() || open.len() >= MOST_DEPTH {
                    return None;
                }
                if open.is_empty() && !steps.is_empty() {
                    return None;
                }
                steps.push(Step::Open(name, attributes(&tag)));
                if matches!(name, "mspace" | "mprescripts") { steps.push(Step::Close) } else { open.push(name) }
            }
            Piece::End(name) => {
                let name = element(&name)?;
                if matches!(name, "mspace" | "mprescripts") {
                    continue;
                }
                if open.pop() != Some(name) {
                    return None;
                }
                steps.push(Step::Close);
            }
            Piece::Text(text) if open.is_empty() => {
                if !text.trim().is_empty() {
                    return None;
                }
            }
            Piece::Text(text) => steps.push(Step::Text(text)),
        }
        if steps.len() > MOST_STEPS {
            return None;
        }
    }
    (open.is_empty() && !steps.is_empty()).then_some(steps)
}

fn element(name: &str) -> Option<&'static str> {
    // What no browser strikes through is shown as it is.
    let name = if name == "menclose" { "mrow" } else { name };
    ELEMENTS.iter().find(|known| **known == name).copied()
}

fn attributes(tag: &StartTag) -> Vec<(&'static str, String)> {
    let value = |name: &&'static str| Some((*name, tag.value(name)?));
    let is_word =
        |value: &str| value.len() <= 20 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-+".contains(&b));
    let words = WORDS.iter().filter_map(value).filter(|(_, value)| is_word(value));
    let lengths = LENGTHS.iter().filter_map(value).filter(|(_, value)| is_length(value));
    let mut attributes: Vec<_> = words.chain(lengths).collect();
    let style = tag.value("style").unwrap_or_default();
    let declared = style.split(';').map(|one| one.split_whitespace().collect::<String>());
    let classes: Vec<&str> =
        declared.filter_map(|one| STYLES.iter().find(|(style, _)| **style == one).map(|(_, class)| *class)).collect();
    if !classes.is_empty() {
        attributes.push(("class", classes.join(" ")));
    }
    attributes
}

fn is_length(value: &str) -> bool {
    let number = value.trim_end_matches("em").trim_end_matches("ex");
    value.len() <= 20 && number.parse::<f32>().is_ok_and(|number| number.is_finite() && number.abs() <= LONGEST)
}
