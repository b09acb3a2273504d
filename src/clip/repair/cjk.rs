//! Which characters count as what beside a marker, plainly and in the CJK-friendly amendment.
//!
//! Sources: CommonMark 0.31 section 6.2; tats-u/markdown-cjk-friendly, `specification.md`.

use super::punctuation::is_punctuation;

/// What stands on one side of a run of markers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// White space, or the edge of the block.
    Space,
    /// Punctuation or a symbol of scripts other than CJK.
    Punctuation,
    /// Punctuation of CJK.
    CjkPunctuation,
    /// A letter of CJK.
    CjkLetter,
    /// Anything else.
    Letter,
}

impl Side {
    /// What stands before byte `at`, looking no further back than `from`.
    pub fn before(text: &str, from: usize, at: usize) -> Self {
        let mut before = text.get(from..at).unwrap_or_default().chars().rev();
        match before.next() {
            None => Self::Space,
            // A variation selector is a letter to CommonMark, and part of the character before it
            // to the amendment.
            Some(c) if is_variation_selector(c) => match before.next().map(Self::of) {
                Some(side) if side.is_cjk() => Self::CjkLetter,
                _ => Self::Letter,
            },
            Some(c) => Self::of(c),
        }
    }

    /// What stands after byte `at`, looking no further than `until`.
    pub fn after(text: &str, until: usize, at: usize) -> Self {
        text.get(at..until).and_then(|after| after.chars().next()).map_or(Self::Space, Self::of)
    }

    /// Whether it is white space or an edge.
    pub fn is_space(self) -> bool {
        self == Self::Space
    }

    fn is_punctuation(self) -> bool {
        matches!(self, Self::Punctuation | Self::CjkPunctuation)
    }

    fn is_cjk(self) -> bool {
        matches!(self, Self::CjkLetter | Self::CjkPunctuation)
    }

    fn of(c: char) -> Self {
        if c.is_whitespace() {
            Self::Space
        } else if is_punctuation(c) {
            if is_cjk(c) { Self::CjkPunctuation } else { Self::Punctuation }
        } else if is_cjk(c) {
            Self::CjkLetter
        } else {
            Self::Letter
        }
    }
}

/// Whether the text ends in punctuation with a variation selector, which the amendment takes for
/// punctuation.
pub fn ends_in_varied_punctuation(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next().is_some_and(is_variation_selector) && back.next().is_some_and(is_punctuation)
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}' | '\u{E0100}'..='\u{E01EF}')
}

/// CommonMark's own rule for the beginning of emphasis.
pub fn plain_left_flanking(before: Side, after: Side) -> bool {
    !after.is_space() && (!after.is_punctuation() || before.is_space() || before.is_punctuation())
}

/// CommonMark's own rule for the end of emphasis.
pub fn plain_right_flanking(before: Side, after: Side) -> bool {
    plain_left_flanking(after, before)
}

/// The amended rule for the beginning of emphasis.
pub fn left_flanking(before: Side, after: Side) -> bool {
    !after.is_space()
        && (after != Side::Punctuation || before.is_space() || before == Side::Punctuation || before.is_cjk())
}

/// The amended rule for the end of emphasis.
pub fn right_flanking(before: Side, after: Side) -> bool {
    left_flanking(after, before)
}

/// Letters and punctuation of Chinese, Japanese and Korean: East Asian width *wide*, *fullwidth*
/// or *halfwidth*, without emoji.
pub fn is_cjk(c: char) -> bool {
    // Most characters that are asked about are Latin or Chinese.
    c >= '\u{1100}' && (('\u{3041}'..='\u{A4CF}').contains(&c) || is_seldom_cjk(c))
}

fn is_seldom_cjk(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}' | '\u{20A9}' | '\u{2329}'..='\u{232A}' | '\u{2630}'..='\u{2637}'
        | '\u{268A}'..='\u{268F}' | '\u{2E80}'..='\u{303E}'
        | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7FB}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FFEE}'
        | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FB}' | '\u{1D300}'..='\u{1D376}'
        | '\u{1F200}' | '\u{1F202}' | '\u{1F210}'..='\u{1F219}' | '\u{1F21B}'..='\u{1F22E}'
        | '\u{1F230}'..='\u{1F231}' | '\u{1F237}' | '\u{1F23B}' | '\u{1F240}'..='\u{1F265}'
        | '\u{20000}'..='\u{3FFFD}'
    )
}
