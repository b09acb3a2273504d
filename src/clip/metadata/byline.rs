//! Lines with a name and a day: `By Jane Doe · Mar 3, 2024`, `原创 名 账号 2025年11月19日 10:52 北京`.
//!
//! Only lines that are nothing else count: a sentence with a name and a day in it is the article's.

use super::draft::{Draft, field};
use super::inline::{letters, one_line};
use super::labels;
use super::lines::{Line, Mark};
use super::{Key, Origin, address, date, names};
use crate::outline::width;

/// How many lines may hold the byline.
const LINES: usize = 24;
/// The widest byline, in columns.
const WIDEST: usize = 120;

/// Reads the bylines of a head.
pub fn read(head: &[Line], is_wechat: bool, draft: &mut Draft) {
    for line in head.iter().take(LINES).filter(|l| width(l.text.trim()) <= WIDEST) {
        if let Some(account) = between_markers(head, line) {
            draft.offer_line(Key::Account, vec![account], line);
        } else if let Some((range, day)) = date::find(&line.text).filter(|_| !labels::is_labelled(&line.text)) {
            let before = line.text.get(..range.start).unwrap_or("");
            let after = line.text.get(range.end..).unwrap_or("");
            dated(line, before, after, &day, is_wechat, draft);
        } else {
            undated(line, is_wechat, draft);
        }
    }
}

/// The line between MaoXian's markers around a link that held a block: the account.
fn between_markers(head: &[Line], line: &Line) -> Option<String> {
    let at = head.iter().position(|l| l.number == line.number)?;
    let before = head.get(at.checked_sub(1)?)?;
    let after = head.get(at + 1)?;
    let marked = before.text.trim() == "↓↓↓" && after.text.trim() == "↑↑↑";
    (marked && names::is_name(line.text.trim())).then(|| line.words())
}

fn dated(line: &Line, before: &str, after: &str, day: &date::Date, is_wechat: bool, draft: &mut Draft) {
    const OLD: [&str; 6] = ["updated", "last updated", "edited", "更新于", "编辑于", "最后更新"];
    let before =
        before.trim_matches(|c: char| c.is_whitespace() || is_separator(c) || matches!(c, '(' | '（' | '[' | ','));
    let lower = before.to_lowercase();
    if OLD.iter().any(|old| lower.ends_with(old)) || matches!(line.mark, Mark::Heading(_) | Mark::Item) {
        return;
    }
    let names_before = strip_publishing(before);
    let is_original = names_before.trim_start().starts_with("原创");
    let people = people(line, names_before, is_wechat || is_original);
    let rest = one_line(after);
    let explained = names_before.trim().is_empty() || people.is_some() || credits(names_before, line, draft);
    if !explained || width(&rest) > 48 || is_sentence(&rest) {
        return;
    }
    credits(&rest, line, draft);
    let name = names::strip_word(&rest, &["by "]);
    if name.len() < rest.len() && names::is_name(name) {
        draft.offer_line(Key::Author, names::authors(name), line);
    }
    draft.take(line.number);
    let origin = Origin::Body { line: line.number };
    draft.byline_date = draft.byline_date.take().or_else(|| field(Key::Published, vec![day.iso()], origin));
    draft.offer_line(Key::Published, vec![day.iso()], line);
    if let Some(place) = place(&rest).filter(|_| day.clock_seconds().is_some()) {
        draft.offer_line(Key::Place, vec![place], line);
    }
    if let Some((authors, account)) = people {
        draft.offer_line(Key::Author, authors, line);
        draft.offer_line(Key::Account, account.into_iter().collect(), line);
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '·' | '•' | '|' | '｜' | '—' | '–' | '-' | '/' | '▪' | '∙')
}

fn is_sentence(text: &str) -> bool {
    text.contains(['。', '，', '；', '？', '！', ';', '?', '!'])
        || text.split_whitespace().count() > 8
        || text.starts_with(|c: char| c.is_lowercase()) && text.split_whitespace().count() > 4
}

/// The words before a day without those that say that it is one.
fn strip_publishing(text: &str) -> &str {
    const ENDS: [&str; 14] = [
        "published on",
        "posted on",
        "published",
        "posted",
        "发布于",
        "发表于",
        "发布时间：",
        "发布时间:",
        "时间：",
        "日期：",
        "on",
        "publié le",
        "veröffentlicht am",
        "опубликовано",
    ];
    let trimmed = text.trim_end();
    let found = ENDS.iter().find_map(|end| {
        let at = trimmed.len().checked_sub(end.len())?;
        let apart = at == 0 || !trimmed.get(..at)?.ends_with(char::is_alphanumeric) || !end.is_ascii();
        (trimmed.get(at..)?.eq_ignore_ascii_case(end) && apart).then(|| trimmed.get(..at))?
    });
    found.unwrap_or(trimmed).trim_end_matches(|c: char| c.is_whitespace() || is_separator(c))
}

/// The authors and the account that the words before a day name.
fn people(line: &Line, text: &str, is_wechat: bool) -> Option<(Vec<String>, Option<String>)> {
    // Other platforms' pages do not part names by spaces.
    if is_wechat || text.trim().contains("  ") && line.links.is_empty() {
        return wechat_people(line, text);
    }
    let first = text.split(is_separator).map(str::trim).find(|part| !part.is_empty())?;
    let says_by = first.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    let name = names::strip_word(first, &["by "]).trim_end_matches([',', '，']).trim();
    let is_linked = line.links.iter().any(|l| letters(&l.text) == letters(name));
    let is_short_han = name.chars().count() <= 4 && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let sure = says_by || is_linked || is_short_han || name.split([',', '&']).all(|n| names::is_latin_name(n.trim()));
    (sure && names::is_name(name)).then(|| (names::authors(name), None))
}

/// WeChat names the author, then the account; two or more spaces part them, or a link.
fn wechat_people(line: &Line, text: &str) -> Option<(Vec<String>, Option<String>)> {
    let text = text.trim();
    let is_original = text.starts_with("原创");
    let text = text.strip_prefix("原创").unwrap_or(text).trim_matches(|c: char| c.is_whitespace() || is_separator(c));
    let dead = line.links.iter().find(|l| l.address.starts_with("javascript:") && !l.text.is_empty());
    let account = dead.map(|l| one_line(&l.text)).filter(|name| names::is_name(name));
    if let Some(account) = account {
        let author = text.split_once(account.as_str()).map_or("", |(before, _)| before).trim();
        let author = if names::is_name(author) { author.to_owned() } else { account.clone() };
        let authors = if is_original || author != account { vec![author] } else { Vec::new() };
        return Some((authors, Some(account)));
    }
    let apart: Vec<&str> = text.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect();
    match apart.as_slice() {
        [one] if !names::is_name(one) => None,
        [one] if is_original => match one.split_once(' ').filter(|_| !one.is_ascii()) {
            Some((author, account)) => Some((vec![author.to_owned()], Some(account.trim().to_owned()))),
            None => Some((vec![(*one).to_owned()], None)),
        },
        [one] => Some((Vec::new(), Some((*one).to_owned()))),
        [author, account, ..] if names::is_name(author) && names::is_name(account) => {
            Some((vec![(*author).to_owned()], Some((*account).to_owned())))
        }
        _ => None,
    }
}

/// `来源：名 作者：名` beside a day.
fn credits(text: &str, line: &Line, draft: &mut Draft) -> bool {
    let mut found = false;
    for part in text.split([' ', '　', '|', '｜']).filter(|part| part.contains(['：', ':'])) {
        let Some(labelled) = labels::split(part) else { continue };
        found = true;
        let origin = Origin::Body { line: line.number };
        match labelled.meaning {
            labels::Meaning::Field(Key::Author) => {
                draft.offer_line(Key::Author, names::credited(labelled.value), line);
            }
            labels::Meaning::Source if names::is_name(labelled.value) => {
                let named = field(Key::Site, vec![labelled.value.to_owned()], origin);
                draft.source_name = draft.source_name.take().or(named);
            }
            _ => {}
        }
    }
    found
}

/// The place after a time: one word, `发表于` before it or not.
fn place(rest: &str) -> Option<String> {
    const NONE: [&str; 12] =
        ["阅读", "评论", "来源", "收藏", "转载", "read", "views", "edited", "更新", "编辑", "发布", "首发"];
    let word = ["发表于", "发布于", "IP属地：", "IP 属地：", "IP属地:", "IP 属地 "]
        .iter()
        .find_map(|before| rest.strip_prefix(before))
        .unwrap_or(rest)
        .trim_matches(|c: char| c.is_whitespace() || is_separator(c));
    let one = !word.is_empty() && word.chars().all(char::is_alphabetic) && word.chars().count() <= 16;
    (one && !NONE.iter().any(|none| word.to_lowercase().contains(none))).then(|| word.to_owned())
}

/// A byline without a day: `By Jane Doe`, `原创 名`, a link to a person's page.
fn undated(line: &Line, is_wechat: bool, draft: &mut Draft) {
    let words = line.words();
    if let Some(rest) = words.strip_prefix("原创").filter(|rest| rest.starts_with([' ', ':', '：'])) {
        let name = rest.trim_start_matches([':', '：', ' ']);
        if let Some((authors, account)) = names::is_name(name).then(|| wechat_people(line, &line.text)).flatten() {
            draft.offer_line(Key::Author, authors, line);
            draft.offer_line(Key::Account, account.into_iter().collect(), line);
        }
        return;
    }
    const BY: [&str; 8] = ["written by ", "words by ", "story by ", "by ", "文/", "文／", "par ", "von "];
    let name = names::strip_word(&words, &BY);
    let says_by = name.len() < words.len();
    if says_by && matches!(line.mark, Mark::None | Mark::Quote | Mark::Heading(3..=6)) {
        let whole = name;
        let name = whole.split([',', '|', '·', '•']).next().unwrap_or("").trim();
        if whole.ends_with(['.', '。', '!', '?']) && whole.contains(',') {
            return;
        }
        let english = words.get(..2).is_some_and(|w| w.eq_ignore_ascii_case("by"));
        let alone = name.split_whitespace().count() == 1 && english && !whole.contains(',');
        let each = name.split(" and ").flat_map(|n| n.split(" & ")).all(|n| names::is_latin_name(n.trim()));
        if names::is_name(name) && (alone || each || !name.is_ascii()) {
            draft.offer_line(Key::Author, names::authors(name), line);
        }
        return;
    }
    let person = line.links.first().filter(|l| line.is_link() && line.links.len() == 1 && is_profile(&l.address));
    if let Some(link) = person
        .filter(|l| !is_wechat && names::is_name(&l.text) && matches!(line.mark, Mark::None | Mark::Heading(3..=6)))
    {
        draft.offer_line(Key::Author, vec![one_line(&link.text)], line);
    }
}

/// Whether an address is of a person's page.
fn is_profile(page: &str) -> bool {
    let Some(path) = address::find(page).and_then(|a| a.split_once("://").map(|(_, rest)| rest.to_owned())) else {
        return false;
    };
    let mut parts = path.split('/').skip(1);
    let (first, second) = (parts.next().unwrap_or(""), parts.next());
    first.starts_with('@') && second.is_none_or(str::is_empty)
        || matches!(first, "author" | "authors" | "user" | "users" | "people" | "profile" | "u" | "by" | "writer")
            && second.is_some()
}
