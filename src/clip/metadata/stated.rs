//! What the front matter states: synonyms united, debris of wikis and tags taken off.

use std::collections::BTreeMap;

use super::synonyms::meaning;
use super::{Field, Key, Origin, date};
use crate::clip::FrontMatter;
use crate::clip::front_matter::Value;

/// The fields that the front matter states.
#[must_use]
pub fn read(front_matter: &FrontMatter) -> BTreeMap<Key, Field> {
    let mut best: BTreeMap<Key, (usize, Field)> = BTreeMap::new();
    for entry in front_matter.entries() {
        let Some((key, rank)) = meaning(&entry.key) else {
            continue;
        };
        let values = cleaned(key, &entry.value);
        if values.is_empty() || best.get(&key).is_some_and(|(known, _)| *known <= rank) {
            continue;
        }
        let origin = Origin::FrontMatter { key: entry.key.clone() };
        best.insert(key, (rank, Field { key, values, origin }));
    }
    best.into_iter().map(|(key, (_, field))| (key, field)).collect()
}

fn cleaned(key: Key, value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    flatten(value, &mut texts);
    match key {
        Key::Published | Key::Saved => texts.iter().find_map(|t| date::iso(t)).into_iter().collect(),
        Key::SourceUrl => texts.iter().find(|t| t.contains("://")).map(|t| without_tracking(t)).into_iter().collect(),
        Key::Author | Key::Tags => {
            let separators: &[char] =
                if key == Key::Tags { &[',', '，', '、', ';', '；'] } else { &['、', ';', '；'] };
            let parts = texts.iter().flat_map(|t| t.split(separators)).map(name).filter(|t| !t.is_empty());
            let mut names: Vec<String> = Vec::new();
            for part in parts {
                if !names.contains(&part) {
                    names.push(part);
                }
            }
            names
        }
        _ => texts.into_iter().map(|t| name(&t)).find(|t| !t.is_empty()).into_iter().collect(),
    }
}

fn flatten(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Empty => {}
        Value::Text(text) | Value::Number(text) | Value::Date(text) | Value::Link(text) => texts.push(text.clone()),
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

/// A name without the marks of wikis (`[[Name]]`, `[[Note|Name]]`) and tags (`#name`).
fn name(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix("[[").and_then(|t| t.strip_suffix("]]"));
    let inner = inner.map_or(text, |t| t.rsplit('|').next().unwrap_or(t));
    inner.trim().trim_start_matches('#').trim().to_owned()
}

/// An address without the parameters that only say how a reader came there.
#[must_use]
pub fn without_tracking(address: &str) -> String {
    const TRACKING: [&str; 16] = [
        "utm_",
        "spm",
        "from",
        "scene",
        "chksm",
        "share",
        "ref",
        "mpshare",
        "srcid",
        "fbclid",
        "gclid",
        "igshid",
        "isappinstalled",
        "nsukey",
        "sessionid",
        "clicktime",
    ];
    let address = address.trim().trim_matches(['<', '>']);
    let (before, fragment) = address.split_once('#').map_or((address, None), |(b, f)| (b, Some(f)));
    let Some((path, query)) = before.split_once('?') else {
        return without_redirect(address);
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let name = part.split('=').next().unwrap_or_default().to_ascii_lowercase();
            !part.is_empty() && !TRACKING.iter().any(|t| name.starts_with(t))
        })
        .collect();
    let mut clean = path.to_owned();
    if !kept.is_empty() {
        clean.push('?');
        clean.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment.filter(|f| !matches!(*f, "wechat_redirect" | "rd")) {
        clean.push('#');
        clean.push_str(fragment);
    }
    clean
}

fn without_redirect(address: &str) -> String {
    address.trim_end_matches("#wechat_redirect").trim_end_matches("#rd").to_owned()
}
