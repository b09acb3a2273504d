//! Which encoding a text has that says nothing about it.
//!
//! Every candidate decodes a sample, and each text is scored by how many of its characters are
//! among the most frequent of the language that the encoding is for. A wrong decoding makes rare
//! characters; the 150 most frequent ones make up half of any Chinese text, and kana and the
//! commonest syllables even more of a Japanese or Korean one.

use super::LegacyDecoder;

/// The order of the bytes in a unit of UTF-16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endian {
    Little,
    Big,
}

/// Whether a sample is UTF-16 without a mark: zeros stand on one side of the pairs only, as they
/// do for every space, digit and line ending.
pub(super) fn utf_16(sample: &[u8]) -> Option<Endian> {
    if !sample.contains(&0) {
        return None;
    }
    let pairs = sample.chunks_exact(2);
    let count = pairs.len();
    let is_text = |byte: u8| byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r');
    let (mut low, mut high, mut neither) = (0, 0, 0);
    for pair in pairs {
        match pair {
            [0, second] if is_text(*second) => high += 1,
            [first, 0] if is_text(*first) => low += 1,
            [0, _] | [_, 0] => neither += 1,
            _ => {}
        }
    }
    let clear = |many: usize, few: usize| count >= 2 && many * 20 > count && (few + neither) * 4 <= many;
    if clear(low, high) {
        Some(Endian::Little)
    } else if clear(high, low) {
        Some(Endian::Big)
    } else {
        None
    }
}

/// The most frequent characters of Chinese in both scripts (after Jun Da's frequency lists), and
/// of Japanese besides its kana.
const COMMON_HAN: &str = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里\
用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无它与长把\
十民第公此已工使情明性全三又关点正业外将两高间由问很最重并物手应向头文体相见被利什等产或新己制身果加月话合回特代\
内信表化老给世位次度门任常先通教儿原东水名真论处走各入几口系气题更别打变数安少报才结反受目感建务做接必场件计期市\
這個們來為國說時會對發後樣過還進開無與長機關點業將兩間問經應頭體見實學現當動沒麼種從內東論處結務場計\
高思私彼気円何語今新作用使取手引合同";

/// The most frequent syllables of Korean.
const COMMON_HANGUL: &str = "이다는을에가의고하지은로기사리를도서한나어들자대인시정수있아게그일전해라으와제장주보부여원과만상스적것면성했니습없요경\
우공동안조구비할었생오거때까중당더무유신소개된말내모용";

/// An encoding that is tried, with what its texts are made of.
pub(super) type Candidate = (&'static str, Script);

/// The encodings that are tried for texts.
pub(super) const OF_TEXTS: [Candidate; 8] = [
    ("gb18030", Script::Han),
    ("big5", Script::Han),
    ("shift_jis", Script::Japanese),
    ("euc-jp", Script::Japanese),
    ("euc-kr", Script::Korean),
    ("windows-1251", Script::Cyrillic),
    ("koi8-r", Script::Cyrillic),
    ("windows-1252", Script::Latin),
];

/// The encodings that are tried for names of files: those of Windows alone. A few letters would
/// often make sense in those of Unix too, which has long written names as UTF-8.
pub(super) const OF_NAMES: [Candidate; 7] = [
    ("gb18030", Script::Han),
    ("big5", Script::Han),
    ("shift_jis", Script::Japanese),
    ("euc-kr", Script::Korean),
    ("ibm866", Script::Cyrillic),
    ("windows-1251", Script::Cyrillic),
    ("windows-1252", Script::Latin),
];

/// What the texts of an encoding are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Han,
    Japanese,
    Korean,
    Cyrillic,
    Latin,
}

/// The label of the encoding that makes the most of a sample; `None` when none makes sense.
pub(super) fn legacy(sample: &[u8], candidates: &[Candidate], decode: LegacyDecoder) -> Option<&'static str> {
    // Cut before a character that the sample's end may have split.
    let end = sample.iter().rposition(u8::is_ascii).map_or(sample.len(), |at| at + 1);
    let sample = sample.get(..end)?;
    let mut best = (0, None);
    for (label, script) in candidates {
        let Some(text) = decode(label, sample) else {
            continue;
        };
        let score = score(&text, *script);
        if score > best.0 {
            best = (score, Some(*label));
        }
    }
    best.1
}

/// Thousandths of the best score that a text could have.
fn score(text: &str, script: Script) -> i64 {
    let mut sum = 0i64;
    let mut count = 0i64;
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_ascii() {
            count += 1;
            sum += weight(c, before, script);
        }
        before = c;
    }
    if count == 0 { 0 } else { sum * 100 / count }
}

/// What one character says for its script, from -20 (it is an error) to 10.
fn weight(c: char, before: char, script: Script) -> i64 {
    match c {
        '\u{fffd}' | '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => return -20,
        '，' | '。' | '、' | '“' | '”' | '：' | '！' | '？' | '「' | '」' | '『' | '』' | '《' | '》' | '；' | '　'
        | '（' | '）'
            if script != Script::Latin && script != Script::Cyrillic =>
        {
            return 6;
        }
        _ => {}
    }
    match script {
        Script::Han => match c {
            '\u{4e00}'..='\u{9fff}' if COMMON_HAN.contains(c) => 10,
            '\u{4e00}'..='\u{9fff}' => 1,
            _ => -2,
        },
        Script::Japanese => match c {
            '\u{3041}'..='\u{3096}' => 10,
            '\u{30a1}'..='\u{30fc}' => 8,
            '\u{4e00}'..='\u{9fff}' if COMMON_HAN.contains(c) => 6,
            '\u{4e00}'..='\u{9fff}' => 1,
            // Half-width kana are what any other text becomes in Shift_JIS.
            '\u{ff61}'..='\u{ff9f}' => -6,
            _ => -2,
        },
        Script::Korean => match c {
            '\u{ac00}'..='\u{d7a3}' if COMMON_HANGUL.contains(c) => 10,
            '\u{ac00}'..='\u{d7a3}' => 2,
            '\u{4e00}'..='\u{9fff}' => -4,
            _ => -2,
        },
        Script::Cyrillic => match c {
            // Capitals follow no small letter, and most letters are small.
            'а'..='я' | 'ё' => 7,
            'А'..='Я' if !before.is_lowercase() => 2,
            'А'..='Я' => -10,
            _ => -2,
        },
        Script::Latin => match c {
            // Accented letters stand alone among plain ones.
            'à'..='ö' | 'ø'..='ÿ' | 'ß' | 'œ' if before.is_ascii_alphabetic() => 9,
            'à'..='ö' | 'ø'..='ÿ' | 'œ' if before.is_ascii() => 5,
            'À'..='Ö' | 'Ø'..='Þ' if before.is_ascii() && !before.is_ascii_lowercase() => 4,
            '’' | '‘' | '“' | '”' | '–' | '—' | '…' | '€' | '•' | '«' | '»' | '©' | '®' | '°' | '¿' | '¡'
            | '\u{a0}'
                if before.is_ascii() || before.is_alphabetic() =>
            {
                5
            }
            _ => -6,
        },
    }
}
