//! What finding has to know of a character: does a word begin here, may a text be cut here.
//!
//! A few ranges of Unicode, chosen by hand: full tables would cost more bytes than they are worth.

/// Whether the character is a letter of a script that parts words by spaces and whose words are
/// looked for from their beginning: Latin, Greek, Cyrillic, Armenian, and the accents on them.
///
/// Korean, Arabic and Hebrew part words, too, but put particles and articles before or behind the
/// word that one looks for.
pub(super) fn is_spelled(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{300}'..='\u{36f}' => true,
        '\u{aa}'..='\u{2af}' | '\u{370}'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' => c.is_alphabetic(),
        _ => false,
    }
}

/// Whether a word that begins with `first` may begin behind `before`.
///
/// A change between letters and digits begins a word, too, and so does any change of script:
/// `rust` is found in “用Rust写”, and `4o` in “gpt4o”.
pub(super) fn begins_word(before: Option<char>, first: char) -> bool {
    let Some(before) = before else { return true };
    if first.is_ascii_digit() {
        return !before.is_ascii_digit();
    }
    !is_spelled(first) || !is_spelled(before)
}

/// Whether a text can be cut between the two characters: not inside a word of a script that parts
/// words by spaces, and never before a character that hangs on the one before it.
pub(super) fn may_cut(before: char, after: char) -> bool {
    if hangs(after) || before == '\u{200d}' {
        return false;
    }
    let inner = |c: char| c.is_alphanumeric() && !is_unparted(c) || matches!(c, '\'' | '-' | '_' | '’');
    !(inner(before) && inner(after))
}

/// Whether a hard cut would tear the character off the one before it: accents, vowel signs,
/// joiners, variation selectors, skin tones.
pub(super) fn hangs(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{ff9e}' | '\u{ff9f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// Whether the character belongs to a script that does not part words by spaces.
fn is_unparted(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}
