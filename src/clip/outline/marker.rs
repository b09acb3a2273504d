//! What a line begins with: `1、`, `（一）`, `/ 01 /`, `Step 1`, `▎`. Its class tells how lines
//! belong together, its number whether they follow one another.

/// Kinds of markers. Lines of the same class are of the same rank.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Class {
    /// A word with a number: `Part 1`, `第一章`, `Step 2`, `阶段1`.
    Labelled(String),
    /// A number that stands alone in its line or between strokes: `01`, `/ 01 /`.
    NumberLine,
    /// `I.`
    Roman,
    /// `一、`
    Chinese,
    /// `▎`, `■`, `#`
    Ornament(char),
    /// No marker.
    Plain,
    /// `（一）`
    ChineseInBrackets,
    /// `1、`, `1.`; with the count of its parts, so that `1.2` is below `1.`
    Digits(usize),
    /// `A.`
    Letter,
    /// `(1)`
    DigitsInBrackets,
    /// `①`
    Circled,
    /// An item of a list.
    Lead,
    /// `*`, `-`, `•`
    Star,
    /// `Q1`, `问：`
    Question,
    /// `A1`, `答：`: what follows a question.
    Answer,
}

impl Class {
    /// How large a part of a text such lines begin when nothing else tells: smaller is larger.
    pub fn rank(&self) -> u32 {
        match self {
            Self::Labelled(word) if is_large(word) => 0,
            Self::NumberLine | Self::Roman => 10,
            Self::Chinese => 20,
            Self::Ornament(_) => 30,
            Self::Plain | Self::Question => 40,
            Self::ChineseInBrackets => 50,
            Self::Labelled(_) => 55,
            Self::Digits(parts) => 60 + u32::try_from(*parts).unwrap_or(9).min(9),
            Self::Letter => 70,
            Self::DigitsInBrackets => 75,
            Self::Circled => 80,
            Self::Lead => 90,
            Self::Star | Self::Answer => 100,
        }
    }

    /// Whether the line has a marker at all.
    pub fn is_marked(&self) -> bool {
        !matches!(self, Self::Plain | Self::Lead)
    }
}

fn is_large(word: &str) -> bool {
    matches!(word, "part" | "chapter" | "section" | "volume" | "章" | "部" | "篇" | "编" | "卷" | "部分" | "节")
}

/// The marker of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its kind.
    pub class: Class,
    /// Its number, when it has one.
    pub number: Option<u32>,
    /// Whether nothing follows it: the words are in the next line.
    pub alone: bool,
}

const SEPARATORS: [char; 14] = ['.', '、', '．', ':', '：', ')', '）', '/', '|', '｜', '丨', '-', '，', '—'];

/// Reads the marker at the beginning of a line without markup.
pub fn read(line: &str) -> Marker {
    let text = line.trim();
    number_line(text)
        .or_else(|| ornament(text))
        .or_else(|| labelled(text))
        .or_else(|| bracketed(text))
        .or_else(|| circled(text))
        .or_else(|| question(text))
        .or_else(|| numbered(text))
        .unwrap_or(Marker { class: Class::Plain, number: None, alone: false })
}

fn found(class: Class, number: Option<u32>, rest: &str) -> Option<Marker> {
    let alone = !rest.chars().any(char::is_alphanumeric);
    Some(Marker { class, number, alone })
}

/// A number with nothing but strokes and brackets around it.
fn number_line(text: &str) -> Option<Marker> {
    let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
    let (number, rest) = digits(inner)?;
    let short = inner.len() <= 3 && rest.is_empty();
    let bare = text.chars().filter(|c| !c.is_whitespace()).count() <= 12;
    // `01.` with a stop after it, or `/ 01 /`: not the beginning of a sentence.
    (short && bare).then_some(Marker { class: Class::NumberLine, number: Some(number), alone: true })
}

fn ornament(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..).unwrap_or_default();
    match first {
        '\u{2580}'..='\u{25FF}' | '★' | '☆' | '✦' | '※' | '❖' | '|' | '｜' | '丨' => {
            // A bar on both sides or one alone: what it holds is the same kind of line.
            found(Class::Ornament(if matches!(first, '｜' | '丨') { '|' } else { first }), number_in(rest), rest)
        }
        '#' if !rest.starts_with(char::is_alphabetic) => found(Class::Ornament('#'), number_in(rest), rest),
        '*' | '-' | '•' | '·' if !rest.starts_with(first) => found(Class::Star, None, rest),
        _ => None,
    }
}

fn number_in(rest: &str) -> Option<u32> {
    digits(rest.trim_start()).map(|(number, _)| number)
}

/// `Part 1`, `Step 2:`, `第三章`, `第一步`, `陷阱一：`, `阶段1：`.
fn labelled(text: &str) -> Option<Marker> {
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = any_number(rest.trim_start())?;
        let rest = rest.trim_start();
        let unit = if rest.starts_with("部分") { "部分" } else { rest.get(..rest.chars().next()?.len_utf8())? };
        const UNITS: &str = "章部分节篇编卷步课讲回集条点个种类层天期阶招幕辑";
        return (UNITS.contains(unit)).then(|| {
            found(Class::Labelled(unit.to_owned()), Some(number), rest.get(unit.len()..).unwrap_or_default())
        })?;
    }
    const WORDS: [&str; 19] = [
        "part",
        "chapter",
        "section",
        "volume",
        "step",
        "phase",
        "day",
        "week",
        "tip",
        "lesson",
        "rule",
        "reason",
        "stage",
        "level",
        "case",
        "example",
        "method",
        "principle",
        "lecture",
    ];
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text.get(..length)?.to_ascii_lowercase();
    if WORDS.contains(&word.as_str()) {
        let rest = text.get(length..)?.trim_start_matches([' ', '.', '#', '-', '\u{a0}', '：', ':']);
        let (number, rest) = any_number(rest).or_else(|| spelled(rest)).or_else(|| roman(rest))?;
        return (!rest.starts_with(char::is_alphanumeric)).then(|| found(Class::Labelled(word), Some(number), rest))?;
    }
    let han: String = text.chars().take_while(|c| is_han(*c) && chinese_digit(*c).is_none()).take(5).collect();
    if (2..=4).contains(&han.chars().count()) {
        let (number, rest) = any_number(text.get(han.len()..)?.trim_start())?;
        let ends = rest.is_empty() || rest.trim_start().starts_with(['：', ':', '、', '.', '｜', '|']);
        return ends.then(|| found(Class::Labelled(han), Some(number), rest))?;
    }
    None
}

/// `（一）`, `(1)`, `1)`; a separator may follow.
fn bracketed(text: &str) -> Option<Marker> {
    let inner = text.strip_prefix(['（', '(', '【', '[', '「'])?;
    let (number, rest) = any_number(inner.trim_start())?;
    let chinese = inner.trim_start().chars().next().is_some_and(|c| chinese_digit(c).is_some());
    let rest = rest.trim_start().strip_prefix(['）', ')', '】', ']', '」'])?;
    found(if chinese { Class::ChineseInBrackets } else { Class::DigitsInBrackets }, Some(number), rest)
}

fn circled(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    let zero = match first {
        '①'..='⑳' => '①',
        '❶'..='❿' => '❶',
        '➀'..='➉' => '➀',
        '➊'..='➓' => '➊',
        _ => return None,
    };
    let number = u32::from(first) - u32::from(zero) + 1;
    found(Class::Circled, Some(number), text.get(first.len_utf8()..)?)
}

/// `Q1`, `Q：`, `问：`, and the answers to them.
fn question(text: &str) -> Option<Marker> {
    let rest = text.strip_prefix(['Q', 'q', '问', 'A', '答'])?;
    let answers = text.starts_with(['A', '答']);
    let (number, rest) = match digits(rest.trim_start_matches(['.', ' '])) {
        Some((number, rest)) => (Some(number), rest),
        None => (None, rest),
    };
    let separated = rest.trim_start().starts_with(SEPARATORS) || (rest.is_empty() && number.is_some());
    let spaced = number.is_some() && rest.starts_with(char::is_whitespace);
    // `A.` is the first of a row of letters, `A 1` a word.
    let letter = text.starts_with('A') && (number.is_none() || spaced) && !rest.trim_start().starts_with([':', '：']);
    ((separated || spaced) && !letter)
        .then(|| found(if answers { Class::Answer } else { Class::Question }, number, rest))?
}

/// `1.`, `1、`, `01 `, `1.2`, `0x01`, `一、`, `I.`, `A.`.
fn numbered(text: &str) -> Option<Marker> {
    if let Some((number, rest)) = text.strip_prefix("0x").and_then(digits) {
        return (rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
            .then(|| found(Class::Digits(1), Some(number), rest))?;
    }
    if let Some((number, rest)) = digits(text) {
        return with_digits(text, number, rest);
    }
    if let Some((number, rest)) = chinese(text) {
        // Without a separator, 一 is a word like any other.
        let apart = rest.is_empty() || rest.trim_start().starts_with(['、', '.', '．', '，', ':', '：', '|', '｜']);
        let spaced = rest.starts_with(char::is_whitespace);
        return (apart || spaced).then(|| found(Class::Chinese, Some(number), rest))?;
    }
    if let Some((number, rest)) = roman(text) {
        let apart = rest.starts_with(['.', '、', ')']) || rest.is_empty();
        return apart.then(|| found(Class::Roman, Some(number), rest))?;
    }
    let first = text.chars().next().filter(|c| ('A'..='H').contains(c))?;
    let rest = text.get(1..)?;
    let apart =
        rest.starts_with(['.', '、', '）', ')']) && !rest.get(1..)?.starts_with(|c: char| c.is_ascii_alphabetic());
    apart.then(|| found(Class::Letter, Some(u32::from(first) - u32::from('A') + 1), rest))?
}

fn with_digits(text: &str, number: u32, rest: &str) -> Option<Marker> {
    let (mut parts, mut rest) = (1, rest);
    while let Some((_, after)) = rest.strip_prefix(['.', '-']).and_then(digits) {
        parts += 1;
        rest = after;
    }
    if parts > 4 {
        return None;
    }
    let padded = text.starts_with('0');
    let next = rest.chars().next();
    let after = rest.trim_start().chars().next();
    let separated = after.is_some_and(|c| SEPARATORS.contains(&c));
    let spaced = next.is_some_and(char::is_whitespace) && (padded || parts > 1);
    // `3.5倍`, `1:1` and `10%` are quantities.
    let quantity =
        rest.strip_prefix([':', '：', '.', '-', '/']).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    ((separated || spaced || rest.is_empty()) && !quantity).then(|| found(Class::Digits(parts), Some(number), rest))?
}

/// Up to three digits, so that years are none.
fn digits(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&length) {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, text.get(length..)?))
}

fn any_number(text: &str) -> Option<(u32, &str)> {
    digits(text).or_else(|| chinese(text))
}

/// `one` to `ten`.
fn spelled(text: &str) -> Option<(u32, &str)> {
    const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = text.get(..length)?.to_ascii_lowercase();
    let at = NUMBERS.iter().position(|n| *n == word)?;
    Some((u32::try_from(at).ok()? + 1, text.get(length..)?))
}

fn chinese_digit(c: char) -> Option<u32> {
    "一二三四五六七八九十".chars().position(|d| d == c).and_then(|at| u32::try_from(at + 1).ok())
}

/// Whether a character is a Chinese number below eleven.
pub fn is_chinese_digit(c: char) -> bool {
    chinese_digit(c).is_some()
}

/// 一 to 九十九.
fn chinese(text: &str) -> Option<(u32, &str)> {
    let mut number = 0;
    let mut length = 0;
    for c in text.chars().take(3) {
        let Some(digit) = chinese_digit(c) else { break };
        number = match (number, digit) {
            (0, _) => digit,
            (1..=9, 10) => number * 10,
            (10.., 1..=9) if number % 10 == 0 => number + digit,
            _ => return None,
        };
        length += c.len_utf8();
    }
    (length > 0).then(|| Some((number, text.get(length..)?)))?
}

fn roman(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    if !(1..=5).contains(&length) {
        return None;
    }
    let mut number = 0;
    let mut last = 0;
    for b in text.bytes().take(length).collect::<Vec<_>>().into_iter().rev() {
        let value = match b {
            b'I' => 1,
            b'V' => 5,
            _ => 10,
        };
        if value < last {
            number -= value.min(number);
        } else {
            number += value;
            last = value;
        }
    }
    let rest = text.get(length..)?;
    (!rest.starts_with(char::is_alphanumeric)).then_some((number, rest))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}
