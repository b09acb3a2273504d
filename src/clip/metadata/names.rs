//! Names of people and of tags: marks of wikis, addresses, placeholders and roles taken off.

use super::inline::{self, one_line};

/// What stands where nothing is known.
const PLACEHOLDERS: [&str; 22] = [
    "",
    "none",
    "null",
    "nil",
    "n/a",
    "na",
    "unknown",
    "undefined",
    "untitled",
    "anonymous",
    "tbd",
    "[]",
    "-",
    "—",
    "未知",
    "无",
    "暂无",
    "佚名",
    "未知作者",
    "未分类",
    "uncategorized",
    "object object",
];

/// Whether a value says nothing: `none`, `- none`, `{{author}}`, `[[Unknown]]`.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let plain = text.trim().trim_matches(['[', ']', '"', '\'', '-', '#', ' ']).to_lowercase();
    let is_template = text.contains("{{") || text.starts_with('{') && text.ends_with('}') || text.contains("<%");
    PLACEHOLDERS.contains(&plain.as_str()) || is_template
}

/// Words without the marks of wikis (`[[Note|Name]]`), links and quotes around them. Quotes that stand
/// around a part of the words alone are the author's.
#[must_use]
pub fn unwrapped(text: &str) -> String {
    let (words, _) = inline::read(text.trim());
    let words = one_line(&words);
    let within = |(open, close): (char, char)| {
        let inner = words.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then(|| inner.trim().to_owned())
    };
    [('"', '"'), ('\'', '\''), ('“', '”')].into_iter().find_map(within).unwrap_or(words)
}

/// The tags in a text: `#a #b`, `a, b`, `[[a]]`.
#[must_use]
pub fn tags(text: &str) -> Vec<String> {
    let text = text.trim().trim_matches(['[', ']']);
    let hashed =
        text.starts_with('#') && text.split_whitespace().all(|word| word.trim_end_matches(',').starts_with('#'));
    let separators: &[char] =
        if hashed { &[',', '，', '、', ';', '；', ' '] } else { &[',', '，', '、', ';', '；', '\n'] };
    text.split(separators)
        .map(|tag| unwrapped(tag.trim().trim_start_matches("- ")).trim_start_matches('#').trim().to_owned())
        .filter(|tag| !is_placeholder(tag))
        .collect()
}

/// The authors in a text, each with nothing but the name.
#[must_use]
pub fn authors(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in parts(text) {
        let name = author(&part);
        if is_placeholder(&name) {
            continue;
        }
        // `Acme Co., Ltd.` was parted at its comma.
        if is_company_form(&name)
            && let Some(before) = names.last_mut()
        {
            before.push_str(", ");
            before.push_str(&name);
        } else if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// `Ltd.`, `Inc.` and the like belong to the name before them.
#[must_use]
pub fn is_company_form(name: &str) -> bool {
    matches!(inline::letters(name).as_str(), "ltd" | "inc" | "llc" | "co" | "coltd" | "corp" | "gmbh" | "plc" | "ag")
}

/// Parts a list of names; `Doe, Jane` is one.
fn parts(text: &str) -> Vec<String> {
    let text = text.replace(" and ", "、").replace(" & ", "、").replace('\n', "、");
    let mut parts = Vec::new();
    for part in text.split(['、', ';', '；', '|', '｜']) {
        let pieces: Vec<&str> = part.split([',', '，']).map(str::trim).filter(|p| !p.is_empty()).collect();
        let full = pieces.iter().all(|p| p.contains(' ') || !p.is_ascii() || is_company_form(p));
        let is_surname_first = pieces.len() == 2 && !full;
        if is_surname_first {
            parts.push(part.to_owned())
        } else {
            parts.extend(pieces.iter().map(|p| (*p).to_owned()))
        }
    }
    parts
}

/// One author: `By Jane Doe <jane@a.example>` is Jane Doe.
fn author(text: &str) -> String {
    let name = unwrapped(text);
    let name = name.split('<').next().unwrap_or("").trim();
    let name = strip_word(name, &["by ", "written by ", "words by ", "作者：", "作者:", "文/"]);
    let name = [" on Twitter", " on X", " (Twitter)", "(作者)", "（作者）"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name);
    if name.contains("://") {
        return super::address::handle(name).unwrap_or_default();
    }
    let (before, is_noted) = name.split_once(['(', '（']).map_or((name, false), |(b, _)| (b.trim(), true));
    let name = if is_noted && !before.is_empty() { before } else { name };
    name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '，' | '。' | ':' | '：' | '·' | '•' | '-' | '—' | '↑' | '↓' | '/' | '"')
    })
    .to_owned()
}

/// A text without one of these beginnings, whatever its case.
#[must_use]
pub fn strip_word<'a>(text: &'a str, beginnings: &[&str]) -> &'a str {
    let found = beginnings.iter().find_map(|beginning| {
        let head = text.get(..beginning.len())?;
        head.eq_ignore_ascii_case(beginning).then(|| text.get(beginning.len()..))?
    });
    found.unwrap_or(text).trim_start()
}

/// The people in a credit: `名，人类学学者` names one and says what they do.
#[must_use]
pub fn credited(text: &str) -> Vec<String> {
    let text = text.split(['。', '；', '!', '！']).next().unwrap_or("");
    let mut names = Vec::new();
    for (index, clause) in text.split(['，', ',']).enumerate() {
        for (at, part) in clause.split(['、', '&', '和', ' ', '　', '·', '+']).enumerate() {
            let name = author(part);
            if name.is_ascii() && !name.is_empty() {
                return authors(text).into_iter().filter(|name| is_name(name)).collect();
            }
            // What follows a comma mostly says what the person does.
            let longest = if index == 0 { 4 } else { 3 };
            if index + at == 0 || is_han_name(&name) && name.chars().count() <= longest {
                names.push(name);
            }
        }
    }
    let whole = authors(text);
    let names = if names.is_empty() { whole } else { names };
    names.into_iter().filter(|name| is_name(name)).collect()
}

/// Two to four Chinese characters that don't end as the name of an office does.
fn is_han_name(name: &str) -> bool {
    const OFFICES: &str = "者师授家士员生长人编辑记部社院组室会司网报系学徒匠官手客总裁理";
    let count = name.chars().count();
    (2..=4).contains(&count)
        && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        && !name.ends_with(|c: char| OFFICES.contains(c))
}

/// Whether words can be the name of a person or of an account: short, and no sentence.
#[must_use]
pub fn is_name(text: &str) -> bool {
    const VERBS: [&str; 12] = [
        "posted",
        "published",
        "updated",
        "read",
        "share",
        "subscribe",
        "min",
        "minutes",
        "views",
        "comments",
        "edited",
        "the",
    ];
    let wide = crate::outline::width(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_letters = text.chars().any(char::is_alphabetic);
    let is_sentence = text.contains(['。', '？', '！', '?', '!', '：', ':', '"', '“', '《', '=', '→', '↓', '#'])
        || text.ends_with('…');
    let says = words.iter().any(|w| VERBS.contains(&w.to_lowercase().as_str()));
    has_letters && (2..=40).contains(&wide) && words.len() <= 5 && !is_sentence && !says && !is_placeholder(text)
}

/// Whether words are a person's name as Latin script writes it: two or more, each with a capital.
#[must_use]
pub fn is_latin_name(text: &str) -> bool {
    const PARTICLES: [&str; 12] = ["de", "van", "von", "der", "den", "la", "le", "di", "da", "bin", "al", "y"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    let plain = |w: &&str| w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
    (2..=4).contains(&words.len())
        && words.iter().all(|w| plain(w) && (capital(w) || PARTICLES.contains(w)))
        && words.iter().filter(|w| capital(w)).count() >= 2
}
