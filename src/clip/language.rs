//! The language of a text, by its script and its commonest words: enough to choose letters,
//! line breaking and hyphenation.

/// How much of a text is looked at, in characters.
const LOOKED_AT: usize = 20_000;

/// The BCP 47 tag of the language that a text is most likely in; `None` when there is too little
/// of it.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let (mut han, mut kana, mut hangul, mut latin) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut cyrillic, mut arabic, mut hebrew, mut greek, mut thai, mut devanagari) = (0, 0, 0, 0, 0, 0);
    for c in text.chars().take(LOOKED_AT) {
        let counter = match c {
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => &mut han,
            '\u{3041}'..='\u{30FF}' => &mut kana,
            '\u{AC00}'..='\u{D7A3}' => &mut hangul,
            '\u{400}'..='\u{4FF}' => &mut cyrillic,
            '\u{600}'..='\u{6FF}' => &mut arabic,
            '\u{590}'..='\u{5FF}' => &mut hebrew,
            '\u{370}'..='\u{3FF}' => &mut greek,
            '\u{E00}'..='\u{E7F}' => &mut thai,
            '\u{900}'..='\u{97F}' => &mut devanagari,
            c if c.is_alphabetic() => &mut latin,
            _ => continue,
        };
        *counter += 1;
    }
    // A character of Chinese says about as much as three letters.
    let weights = [
        ("zh", (han + kana) * 3),
        ("ko", hangul * 2),
        ("latin", latin),
        ("ru", cyrillic),
        ("ar", arabic),
        ("he", hebrew),
        ("el", greek),
        ("th", thai),
        ("hi", devanagari),
    ];
    let (best, weight) = weights.into_iter().max_by_key(|(_, weight)| *weight)?;
    if weight < 20 {
        return None;
    }
    match best {
        "zh" if kana * 10 > han => Some("ja"),
        "zh" => Some(if is_traditional(text) { "zh-Hant" } else { "zh" }),
        "latin" => Some(latin_language(text)),
        other => Some(other),
    }
}

/// Whether Chinese text is in traditional characters: the commonest that differ are counted.
fn is_traditional(text: &str) -> bool {
    const TRADITIONAL: &str = "這們個來說時會國過為學對開關發現經實問題還無點裡從後見長動與應樣於";
    const SIMPLIFIED: &str = "这们个来说时会国过为学对开关发现经实问题还无点里从后见长动与应样于";
    let count = |set: &str, other: &str| {
        text.chars().take(LOOKED_AT).filter(|c| set.contains(*c) && !other.contains(*c)).count()
    };
    count(TRADITIONAL, SIMPLIFIED) > count(SIMPLIFIED, TRADITIONAL)
}

/// The language of Latin text by its commonest short words.
fn latin_language(text: &str) -> &'static str {
    const WORDS: [(&str, &[&str]); 7] = [
        ("en", &["the", "and", "of", "to", "in", "is", "that", "for", "with", "you", "this", "are"]),
        ("de", &["der", "die", "und", "das", "ist", "nicht", "ein", "den", "mit", "für", "von", "zu"]),
        ("fr", &["le", "la", "les", "et", "des", "est", "une", "dans", "pour", "que", "qui", "pas"]),
        ("es", &["el", "los", "las", "que", "una", "por", "con", "para", "es", "del", "como", "más"]),
        ("pt", &["os", "não", "uma", "para", "com", "que", "do", "da", "em", "por", "são", "você"]),
        ("it", &["il", "che", "di", "per", "una", "non", "sono", "con", "della", "gli", "è", "più"]),
        ("nl", &["de", "het", "een", "van", "en", "niet", "dat", "voor", "met", "zijn", "ook", "maar"]),
    ];
    let mut counts = [0_usize; WORDS.len()];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(4000) {
        let word = word.to_lowercase();
        for (count, (_, words)) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(words.contains(&word.as_str()));
        }
    }
    let best = WORDS.iter().zip(counts).max_by_key(|(_, count)| *count);
    best.filter(|(_, count)| *count > 0).map_or("en", |((language, _), _)| language)
}
