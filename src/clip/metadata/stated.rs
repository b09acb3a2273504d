//! What the front matter states: synonyms united, debris of wikis, tags and templates taken off.

use crate::order;
use std::collections::BTreeMap;

use super::dialect::Signs;
use super::synonyms::meanings;
use super::{Dialect, Field, Key, Origin, address, date, inline, names};
use crate::FrontMatter;
use crate::front_matter::{Entry, Value};

/// Names of platforms that say how a page was published, and not by whom.
const PLATFORMS: [&str; 8] = ["wechat", "weixin", "微信", "微信公众号", "公众号", "web", "webpage", "rss"];

/// The fields that the front matter states.
#[must_use]
pub fn read(front_matter: &FrontMatter, dialect: Dialect, signs: &Signs) -> BTreeMap<Key, Field> {
    let mut best: BTreeMap<Key, (usize, Field)> = BTreeMap::new();
    let date_is_of_saving = signs.date_is_of_saving(dialect);
    let is_about_a_page = signs.is_about_a_page();
    for entry in front_matter.entries() {
        for (key, rank) in meanings(&entry.key, dialect, date_is_of_saving) {
            if is_about_a_page && key == Key::Author {
                continue;
            }
            let values = cleaned(key, entry, dialect);
            if values.is_empty() || best.get(&key).is_some_and(|(known, _)| *known <= rank) {
                continue;
            }
            let origin = Origin::FrontMatter { key: entry.key.clone() };
            best.insert(key, (rank, Field { key, values, origin }));
        }
    }
    order::collect(best.into_iter().map(|(key, (_, field))| (key, field)))
}

fn cleaned(key: Key, entry: &Entry, dialect: Dialect) -> Vec<String> {
    if key == Key::Status {
        return status(entry).into_iter().collect();
    }
    values(key, &entry.value, dialect)
}

/// What a value says for a key: in its form for all dialects, or nothing. A status has its own
/// reading.
pub fn values(key: Key, value: &Value, dialect: Dialect) -> Vec<String> {
    let mut texts = Vec::new();
    flatten(value, &mut texts);
    texts.retain(|text| !names::is_placeholder(text));
    match key {
        Key::Published | Key::Saved => texts.iter().find_map(|t| moment(t)).into_iter().collect(),
        Key::SourceUrl => {
            texts.iter().filter_map(|t| address::find(t)).find(|a| address::is_source(a)).into_iter().collect()
        }
        Key::Author => authors(&texts),
        Key::Tags => {
            let by_space = dialect == Dialect::Blog && texts.len() == 1;
            let tags = texts.iter().flat_map(|t| names::tags(t));
            let tags = tags.flat_map(|tag| if by_space { parted(&tag) } else { vec![tag] });
            unique(tags)
        }
        Key::Site | Key::Account => {
            let names = texts.iter().filter(|t| !t.contains("://")).map(|t| names::unwrapped(t));
            let is_name =
                |name: &String| !names::is_placeholder(name) && !PLATFORMS.contains(&name.to_lowercase().as_str());
            names.filter(is_name).take(1).collect()
        }
        Key::Description => texts.iter().map(|t| description(t)).find(|t| !t.is_empty()).into_iter().collect(),
        _ => texts.iter().map(|t| names::unwrapped(t)).find(|t| !names::is_placeholder(t)).into_iter().collect(),
    }
}

/// Jekyll parts tags by spaces when they are one text.
fn parted(tag: &str) -> Vec<String> {
    tag.split_whitespace().map(str::to_owned).collect()
}

fn unique(values: impl Iterator<Item = String>) -> Vec<String> {
    const MOST: usize = 500;
    let mut unique: Vec<String> = Vec::new();
    for value in values.take(MOST) {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    unique
}

/// Authors of a list, whose commas may have parted a company from its form.
fn authors(texts: &[String]) -> Vec<String> {
    let found = match texts {
        [one] => names::authors(one),
        many => names::authors(&many.iter().map(|t| names::unwrapped(t)).collect::<Vec<_>>().join("、")),
    };
    unique(found.into_iter())
}

/// A date, in the marks that wikis put around it.
fn moment(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches(['[', ']', '"', '\'', '#']);
    date::iso(bare)
}

/// A summary in one line, without the debris of pages.
#[must_use]
pub fn description(text: &str) -> String {
    inline::one_line(&inline::entities(text))
}

/// Where a clip stands with its reader: words in lower case, or what a yes or no to a key means.
fn status(entry: &Entry) -> Option<String> {
    let key = super::synonyms::plain(&entry.key);
    if let Value::Bool(yes) = entry.value {
        return match (key.as_str(), yes) {
            ("completed?", true) => Some("completed".to_owned()),
            ("completed?", false) => Some("open".to_owned()),
            ("read", true) => Some("read".to_owned()),
            ("read", false) => Some("unread".to_owned()),
            ("draft", true) => Some("draft".to_owned()),
            _ => None,
        };
    }
    let mut texts = Vec::new();
    flatten(&entry.value, &mut texts);
    let word = names::unwrapped(texts.first()?).trim_start_matches('#').to_owned();
    let is_shouted = word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase);
    let word = if is_shouted { word.to_lowercase() } else { word };
    let answers = matches!(word.as_str(), "yes" | "no" | "true" | "false");
    match (key.as_str(), answers) {
        ("completed?", true) => Some(if word == "yes" { "completed" } else { "open" }.to_owned()),
        (_, true) => None,
        _ => (!names::is_placeholder(&word)).then_some(word),
    }
}

fn flatten(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Empty => {}
        Value::Text(text) | Value::Number(text) | Value::Date(text) | Value::Link(text) => {
            texts.push(text.trim().to_owned());
        }
        Value::Bool(yes) => texts.push(yes.to_string()),
        Value::List(values) => values.iter().for_each(|v| flatten(v, texts)),
        Value::Map(pairs) => {
            let named = pairs.iter().find(|(key, _)| matches!(key.as_str(), "name" | "title"));
            if let Some((_, value)) = named.or(pairs.first()) {
                flatten(value, texts);
            }
        }
    }
}
