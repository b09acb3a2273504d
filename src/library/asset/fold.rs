//! Names as they are compared: without case, without Unicode's two forms of accented letters, with
//! percent signs read. Nothing here knows an asset.
//!
//! File systems give a name back composed (`é`) or decomposed (`e` and an accent), and a table of all
//! of Unicode would weigh more than this whole room. So accents and voicing marks are dropped on both
//! sides: what is compared loosely is a last resort anyway, after the exact name.

use std::borrow::Cow;

/// The letters without accents of U+00C0 to U+017F; a space where a letter stands for itself.
const LATIN: &str = concat!(
    "aaaaaa ceeeeiiii nooooo  uuuuy  aaaaaa ceeeeiiii nooooo  uuuuy y",
    "aaaaaaccccccccdd  eeeeeeeeeegggggggghh  iiiiiiiii   jjkk llllll ",
    "   nnnnnn   oooooo  rrrrrrsssssssstttt  uuuuuuuuuuuuwwyyyzzzzzz ",
);
/// The same of U+1EA0 to U+1EF9, of which Vietnamese is made.
const VIETNAMESE: &str =
    concat!("aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooo", "oooouuuuuuuuuuuuuuyyyyyyyy",);

/// A name as it is compared.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            // Combining accents, and the voicing marks of kana.
            '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => {}
            // A variation selector changes the look alone.
            '\u{fe0e}' | '\u{fe0f}' => {}
            '\u{c0}'..='\u{17f}' => folded.push(base(LATIN, c, 0xc0)),
            '\u{1ea0}'..='\u{1ef9}' => folded.push(base(VIETNAMESE, c, 0x1ea0)),
            'ơ' | 'ǒ' => folded.push('o'),
            'ư' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => folded.push('u'),
            'ǎ' => folded.push('a'),
            'ǐ' => folded.push('i'),
            'ș' => folded.push('s'),
            'ț' => folded.push('t'),
            'й' => folded.push('и'),
            'ё' => folded.push('е'),
            'ї' => folded.push('і'),
            'が'..='ぽ' | 'ガ'..='ポ' | 'ゔ' | 'ヴ' => folded.push(unvoiced(c)),
            '가'..='힣' => jamo(c, &mut folded),
            other => folded.push(other),
        }
    }
    folded
}

fn base(table: &str, c: char, first: u32) -> char {
    let at = usize::try_from(u32::from(c) - first).unwrap_or(usize::MAX);
    table.as_bytes().get(at).filter(|b| **b != b' ').map_or(c, |b| char::from(*b))
}

/// A voiced kana as the plain one: those of か to と stand in pairs, those of は to ほ in threes.
fn unvoiced(c: char) -> char {
    let code = u32::from(c);
    // Katakana stand 0x60 after hiragana.
    let block = if code >= 0x30a0 { 0x60 } else { 0 };
    let plain = match code - block {
        hiragana @ 0x304c..=0x3062 => hiragana - (hiragana + 1) % 2,
        hiragana @ (0x3065 | 0x3067 | 0x3069) => hiragana - 1,
        hiragana @ 0x306f..=0x307d => hiragana - hiragana % 3,
        0x3094 => 0x3046,
        other => other,
    };
    char::from_u32(plain + block).unwrap_or(c)
}

/// A Korean syllable as its letters, by the arithmetic of the Unicode Standard, section 3.12.
fn jamo(c: char, folded: &mut String) {
    let index = u32::from(c) - 0xac00;
    let tail = index % 28;
    let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11a7 + tail];
    folded.extend(letters.into_iter().take(if tail == 0 { 2 } else { 3 }).filter_map(char::from_u32));
}

/// A text with its percent signs read once; itself when they stand for no text.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    // A name cannot hold a NUL, so one that does was not meant as such.
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Cow::Owned(text),
        _ => Cow::Borrowed(text),
    }
}
