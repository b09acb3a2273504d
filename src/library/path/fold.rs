//! Names made comparable: in lower case, and with letters and their marks composed.
//!
//! macOS writes a name's letters and marks apart, other systems together, and both forms look the
//! same. Full composition (Unicode NFC) needs tables of many kilobytes; here are the marks of the
//! European languages, the voicing marks of kana, and the syllables of Korean, which Unicode lets
//! one compute (The Unicode Standard, 3.12).

use crate::clip::letters;

/// Each mark, with the letters that take it, each followed by what the two make.
const MARKS: [(char, &str); 12] = [
    ('\u{300}', "aàeèiìoòuùnǹ"),
    ('\u{301}', "aáeéiíoóuúyýcćnńsśzźrŕlĺ"),
    ('\u{302}', "aâeêiîoôuûcĉgĝhĥjĵsŝ"),
    ('\u{303}', "aãoõnñiĩuũ"),
    ('\u{304}', "aāeēiīoōuū"),
    ('\u{306}', "aăgğий"),
    ('\u{308}', "aäeëiïoöuüyÿеё"),
    ('\u{30a}', "aåuů"),
    ('\u{30b}', "oőuű"),
    ('\u{30c}', "cčdďeěnňrřsštťzžaǎiǐoǒuǔ"),
    ('\u{327}', "cçsştţ"),
    ('\u{328}', "aąeęiįuų"),
];

/// A name in the form in which equal names are equal.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(letters::lowered) {
        let composed = if c.is_ascii() { None } else { folded.chars().next_back().and_then(|base| compose(base, c)) };
        if composed.is_some() {
            folded.pop();
        }
        folded.push(composed.unwrap_or(c));
    }
    folded
}

/// The one letter that a letter and the mark after it make.
fn compose(base: char, mark: char) -> Option<char> {
    match mark {
        '\u{3099}' => voiced(base),
        '\u{309a}' => matches!(base, 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ' | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ')
            .then(|| after(base, 2))
            .flatten(),
        '\u{1161}'..='\u{1175}' => {
            let lead = u32::from(base).checked_sub(0x1100).filter(|lead| *lead < 19)?;
            char::from_u32(0xac00 + (lead * 21 + u32::from(mark) - 0x1161) * 28)
        }
        '\u{11a8}'..='\u{11c2}' => {
            let open = matches!(base, '\u{ac00}'..='\u{d7a3}') && (u32::from(base) - 0xac00).is_multiple_of(28);
            open.then(|| after(base, u32::from(mark) - 0x11a7)).flatten()
        }
        _ => {
            let (_, pairs) = MARKS.iter().find(|(known, _)| *known == mark)?;
            let mut letters = pairs.chars();
            while let (Some(plain), Some(made)) = (letters.next(), letters.next()) {
                if plain == base {
                    return Some(made);
                }
            }
            None
        }
    }
}

/// The kana with its voicing mark: the next one in the order of Unicode, but for two.
fn voiced(base: char) -> Option<char> {
    let hiragana = match base {
        'ァ'..='ヶ' => char::from_u32(u32::from(base) - 0x60)?,
        other => other,
    };
    match hiragana {
        'う' => after(base, 0x4e),
        'か' | 'き' | 'く' | 'け' | 'こ' | 'さ' | 'し' | 'す' | 'せ' | 'そ' | 'た' | 'ち' | 'つ' | 'て' | 'と'
        | 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ' | 'ゝ' => after(base, 1),
        _ => (base == 'ヽ').then_some('ヾ'),
    }
}

/// The character so many places after another.
fn after(base: char, places: u32) -> Option<char> {
    char::from_u32(u32::from(base) + places)
}
