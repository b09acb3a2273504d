//! Which language a text is in, as a BCP 47 tag: by its script, then by its commonest words.
//!
//! Small on purpose: it chooses fonts, line breaking and the direction of reading, and fills the
//! metadata when the clip does not say. Where the evidence is thin it says nothing.

use super::letters::lower;
use crate::order;

/// Characters that are looked at.
const SAMPLE: usize = 20_000;

/// How many letters of each script a text has.
#[derive(Debug, Default, Clone, Copy)]
struct Scripts {
    latin: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    cyrillic: usize,
    greek: usize,
    arabic: usize,
    hebrew: usize,
    thai: usize,
    devanagari: usize,
}

/// The language of a text, or `None` when it has too few letters to tell.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end)?;
    let scripts = count(text);
    // One Chinese character says as much as a short word.
    let cjk = (scripts.han + scripts.kana + scripts.hangul) * 3;
    let others = [
        (cjk, "cjk"),
        (scripts.latin, "latin"),
        (scripts.cyrillic, "cyrillic"),
        (scripts.greek, "el"),
        (scripts.arabic, "arabic"),
        (scripts.hebrew, "he"),
        (scripts.thai, "th"),
        (scripts.devanagari, "hi"),
    ];
    // Scripts other than Latin win early: clips are full of addresses, names and code.
    let (most, script) = others
        .into_iter()
        .map(|(count, name)| (if name == "latin" { count / 3 } else { count }, name))
        .max_by_key(|(count, _)| *count)?;
    if most < 4 {
        return None;
    }
    match script {
        "cjk" => Some(east_asian(text, scripts)),
        "cyrillic" => Some(if text.contains(['і', 'ї', 'є', 'ґ']) { "uk" } else { "ru" }),
        "arabic" => Some(if text.contains(['پ', 'چ', 'ژ', 'گ']) { "fa" } else { "ar" }),
        "latin" => latin(text),
        tag => Some(tag),
    }
}

fn count(text: &str) -> Scripts {
    let mut scripts = Scripts::default();
    for c in text.chars() {
        let slot = match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => &mut scripts.latin,
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => &mut scripts.han,
            '\u{3041}'..='\u{30ff}' => &mut scripts.kana,
            '\u{ac00}'..='\u{d7a3}' => &mut scripts.hangul,
            '\u{400}'..='\u{52f}' => &mut scripts.cyrillic,
            '\u{370}'..='\u{3ff}' => &mut scripts.greek,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => &mut scripts.arabic,
            '\u{590}'..='\u{5ff}' => &mut scripts.hebrew,
            '\u{e00}'..='\u{e7f}' => &mut scripts.thai,
            '\u{900}'..='\u{97f}' => &mut scripts.devanagari,
            _ => continue,
        };
        *slot += 1;
    }
    scripts
}

/// Kana make it Japanese, syllables Korean; else the characters that the two scripts of Chinese
/// write differently decide.
fn east_asian(text: &str, scripts: Scripts) -> &'static str {
    const SIMPLIFIED: &str = "这个们来为国说时会对发后样过还进开无与长机关点业将两间问经应头体见实学现当动没么种从内东论处结务场计让认书车门马鸟贝见";
    const TRADITIONAL: &str = "這個們來為國說時會對發後樣過還進開無與長機關點業將兩間問經應頭體見實學現當動沒麼種從內東論處結務場計讓認書車門馬鳥貝";
    if scripts.kana * 20 > scripts.han + scripts.kana && scripts.kana > scripts.hangul {
        return "ja";
    }
    if scripts.hangul > scripts.han {
        return "ko";
    }
    // What both have tells nothing. Nearly all characters are none of these, and a table of their
    // last bits tells that at once.
    const PLACES: usize = 4096;
    let place = |c: char| u32::from(c) as usize % PLACES;
    let mut may_tell = [false; PLACES];
    for c in SIMPLIFIED.chars().chain(TRADITIONAL.chars()) {
        if let Some(tells) = may_tell.get_mut(place(c)) {
            *tells = true;
        }
    }
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| may_tell.get(place(*c)) == Some(&true)) {
        let (is_simplified, is_traditional) = (SIMPLIFIED.contains(c), TRADITIONAL.contains(c));
        simplified += usize::from(is_simplified && !is_traditional);
        traditional += usize::from(is_traditional && !is_simplified);
    }
    if traditional > simplified { "zh-Hant" } else { "zh" }
}

/// Short words that stand in nearly every sentence of a language and seldom in another.
const STOP_WORDS: [(&str, &[&str]); 12] = [
    ("en", &["the", "and", "of", "to", "is", "that", "for", "with", "this", "are", "you", "was"]),
    ("fr", &["le", "les", "des", "est", "et", "une", "dans", "pour", "que", "qui", "sur", "pas"]),
    ("es", &["el", "los", "las", "que", "del", "una", "por", "con", "para", "es", "se", "como"]),
    ("de", &["der", "die", "und", "das", "ist", "nicht", "mit", "den", "von", "ein", "eine", "zu"]),
    ("pt", &["o", "os", "que", "não", "uma", "com", "para", "do", "da", "em", "é", "são"]),
    ("it", &["il", "che", "di", "per", "una", "non", "della", "con", "sono", "gli", "è", "del"]),
    ("nl", &["de", "het", "een", "van", "en", "niet", "dat", "is", "op", "voor", "met", "zijn"]),
    ("sv", &["och", "att", "det", "som", "en", "på", "är", "av", "för", "med", "inte", "till"]),
    ("pl", &["nie", "się", "na", "jest", "to", "że", "w", "z", "do", "jak", "po", "przez"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "olarak", "çok", "daha", "de", "da", "gibi", "olan"]),
    ("id", &["yang", "dan", "di", "untuk", "dengan", "ini", "dari", "pada", "tidak", "adalah", "itu", "ke"]),
    ("vi", &["và", "của", "là", "có", "không", "cho", "được", "các", "một", "những", "này", "với"]),
];

fn latin(text: &str) -> Option<&'static str> {
    let mut known: Vec<(&str, usize)> = Vec::new();
    for (language, (_, list)) in STOP_WORDS.iter().enumerate() {
        known.extend(list.iter().map(|word| (*word, language)));
    }
    order::sort(&mut known);
    let mut counts = [0usize; STOP_WORDS.len()];
    let mut words = 0usize;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        let word = lower(word);
        let from = known.partition_point(|(known, _)| *known < &*word);
        for (_, language) in known.iter().skip(from).take_while(|(known, _)| *known == &*word) {
            if let Some(count) = counts.get_mut(*language) {
                *count += 1;
            }
        }
    }
    let (count, tag) =
        counts.iter().zip(STOP_WORDS).map(|(count, (tag, _))| (*count, tag)).max_by_key(|(count, _)| *count)?;
    // One word in twelve is far below what real text has.
    (count >= 2 && count * 12 >= words).then_some(tag)
}
