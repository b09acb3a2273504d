//! Folding: what case, width and accents make different becomes the same.
//!
//! Start at [`fold`]. Every source character becomes exactly ONE folded character, so a place that
//! is counted in characters is the same in both; whatever would need two (`ß` as `ss`, a letter and
//! its separate accent as one) stays as it is. Folding a folded text changes nothing.

/// The letters that the accented ones of Latin-1 and Latin Extended-A (U+00C0 to U+017F) stand on;
/// a dot where there is no single one. Only the lower-case half is ever asked for.
const LATIN: &[u8; 192] = b"\
aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.lllllll\
lllnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The letters of Latin Extended Additional (from U+1E00): each up to the character beside it.
const LATIN_ADDITIONAL: [(u8, char); 37] = [
    (0x01, 'a'),
    (0x07, 'b'),
    (0x09, 'c'),
    (0x13, 'd'),
    (0x1d, 'e'),
    (0x1f, 'f'),
    (0x21, 'g'),
    (0x2b, 'h'),
    (0x2f, 'i'),
    (0x35, 'k'),
    (0x3d, 'l'),
    (0x43, 'm'),
    (0x4b, 'n'),
    (0x53, 'o'),
    (0x57, 'p'),
    (0x5f, 'r'),
    (0x69, 's'),
    (0x71, 't'),
    (0x7b, 'u'),
    (0x7f, 'v'),
    (0x89, 'w'),
    (0x8d, 'x'),
    (0x8f, 'y'),
    (0x95, 'z'),
    (0x96, 'h'),
    (0x97, 't'),
    (0x98, 'w'),
    (0x99, 'y'),
    (0x9a, 'a'),
    (0x9b, 's'),
    // U+1E9C to U+1E9F are letters of their own.
    (0x9f, '.'),
    (0xb7, 'a'),
    (0xc7, 'e'),
    (0xcb, 'i'),
    (0xe3, 'o'),
    (0xf1, 'u'),
    (0xf9, 'y'),
];

/// The katakana of full width for those of half width, from U+FF65.
const KATAKANA: [char; 59] = [
    '・', 'ヲ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ャ', 'ュ', 'ョ', 'ッ', 'ー', 'ア', 'イ', 'ウ', 'エ', 'オ', 'カ', 'キ',
    'ク', 'ケ', 'コ', 'サ', 'シ', 'ス', 'セ', 'ソ', 'タ', 'チ', 'ツ', 'テ', 'ト', 'ナ', 'ニ', 'ヌ', 'ネ', 'ノ', 'ハ',
    'ヒ', 'フ', 'ヘ', 'ホ', 'マ', 'ミ', 'ム', 'メ', 'モ', 'ヤ', 'ユ', 'ヨ', 'ラ', 'リ', 'ル', 'レ', 'ロ', 'ワ', 'ン',
    '゛', '゜',
];

/// The text in its folded form.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

/// Adds the folded form of a text.
pub fn fold_into(folded: &mut String, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        // Runs of ASCII and Chinese are copied whole, as they are nearly all of a text. Every byte of
        // U+4000 to U+9FFF is among those named, and no first byte of another character is.
        let is_plain = |b: &u8| matches!(b, b'\n' | b' '..=b'~' | 0x80..=0xbf | 0xe4..=0xe9);
        let plain = rest.as_bytes().iter().position(|b| !is_plain(b)).unwrap_or(rest.len());
        let (run, other) = rest.split_at(plain);
        let start = folded.len();
        folded.push_str(run);
        if let Some(copy) = folded.get_mut(start..) {
            copy.make_ascii_lowercase();
        }
        let mut chars = other.chars();
        rest = other;
        while let Some(c) = chars.next().filter(|c| !matches!(c, '\n' | ' '..='~' | '\u{4000}'..='\u{9fff}')) {
            folded.push(fold_char(c));
            rest = chars.as_str();
        }
    }
}

/// One character in its folded form.
fn fold_char(c: char) -> char {
    match c {
        '\t' | '\r' | '\u{b}' | '\u{c}' => ' ',
        '\0'..='\u{7f}' => c.to_ascii_lowercase(),
        // Kana and Hangul, before all else, as in their texts they are by far the most.
        '\u{3041}'..='\u{3fff}' | '\u{ac00}'..='\u{d7a3}' => c,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{ff01}'..='\u{ff5e}' => narrow(c),
        '\u{ff65}'..='\u{ff9f}' => katakana(c),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '。' | '｡' => '.',
        '、' | '､' => ',',
        _ => without_accent(c.to_lowercase().next().unwrap_or(c)),
    }
}

/// The ASCII character of a full-width one.
fn narrow(c: char) -> char {
    char::from_u32(u32::from(c).wrapping_sub(0xfee0)).unwrap_or(c).to_ascii_lowercase()
}

fn katakana(c: char) -> char {
    let index = u32::from(c).wrapping_sub(0xff65) as usize;
    KATAKANA.get(index).copied().unwrap_or(c)
}

/// The letter that a lower-case letter with an accent stands on, or the letter itself.
fn without_accent(c: char) -> char {
    let base = match c {
        '\u{c0}'..='\u{17f}' => {
            LATIN.get(u32::from(c).wrapping_sub(0xc0) as usize).map_or('.', |letter| char::from(*letter))
        }
        // Horns of Vietnamese, the tones of Pinyin, commas of Romanian.
        'ơ' | 'ǒ' => 'o',
        'ư' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'u',
        'ǎ' => 'a',
        'ǐ' => 'i',
        'ǹ' => 'n',
        'ș' => 's',
        'ț' => 't',
        '\u{1e00}'..='\u{1ef9}' => {
            let low = u32::from(c).wrapping_sub(0x1e00);
            LATIN_ADDITIONAL.iter().find(|(last, _)| low <= u32::from(*last)).map_or('.', |(_, letter)| *letter)
        }
        // A sigma at the end of a word is a sigma; accents of Greek and the dots of ё are often left out.
        'ς' => 'σ',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ё' => 'е',
        _ => c,
    };
    if base == '.' { c } else { base }
}
