//! Highlights as Web Annotations (W3C Recommendation, 2017), both ways.
//!
//! An `AnnotationPage` with one `Annotation` a highlight: the quote and its position are its selectors,
//! the note is its body, the colour its style class. What others wrote is read as far as it names a
//! quote.

use serde_json::{Map, Value, json};

use super::time;
use super::{Colour, Highlight, HighlightId, Selectors, Source};
use crate::library::ClipId;

const HIGHLIGHT: &str = "urn:clip-viewer:highlight:";
const CLIP: &str = "urn:clip-viewer:clip:";
const CLASS: &str = "highlight-";

/// A highlight that came from outside, and what is said of the clip that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// The clip, when it is named.
    pub clip: Option<ClipId>,
    /// The address of the page; empty when it is not told.
    pub url: String,
    /// The highlight.
    pub highlight: Highlight,
}

/// Writes the highlights of clips.
#[must_use]
pub fn write<'a>(clips: impl Iterator<Item = (&'a ClipId, &'a Source, &'a [Highlight])>) -> String {
    let each = |(clip, source, highlights): (&'a ClipId, &'a Source, &'a [Highlight])| {
        highlights.iter().map(move |one| annotation(clip, source, one))
    };
    let items: Vec<Value> = clips.flat_map(each).collect();
    let page = json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items });
    serde_json::to_string_pretty(&page).unwrap_or_default()
}

fn annotation(clip: &ClipId, source: &Source, one: &Highlight) -> Value {
    let clip = format!("{CLIP}{}", clip.as_str());
    let Selectors { exact, prefix, suffix, start, end } = &one.place;
    let target = json!({
        "type": "SpecificResource",
        "source": if source.url.is_empty() { &clip } else { &source.url },
        "styleClass": format!("{CLASS}{}", one.colour.name()),
        "selector": [
            { "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix },
            { "type": "TextPositionSelector", "start": start, "end": end },
        ],
    });
    let mut annotation = json!({
        "id": format!("{HIGHLIGHT}{}", one.id.as_str()),
        "type": "Annotation",
        "motivation": if one.note.is_empty() { "highlighting" } else { "commenting" },
        "created": time::iso(one.created_ms),
        "modified": time::iso(one.changed_ms),
        "via": clip,
        "target": target,
    });
    if let Some(fields) = annotation.as_object_mut().filter(|_| !one.note.is_empty()) {
        let body = json!({ "type": "TextualBody", "value": one.note, "format": "text/plain", "purpose": "commenting" });
        fields.insert("body".to_owned(), body);
    }
    annotation
}

/// Reads annotations; `None` when the text holds none.
#[must_use]
pub fn read(text: &str) -> Option<Vec<Incoming>> {
    let page: Value = serde_json::from_str(text).ok()?;
    let items = match &page {
        Value::Array(items) => items.as_slice(),
        Value::Object(fields) if fields.get("type").is_some_and(|kind| says(kind, "Annotation")) => {
            std::slice::from_ref(&page)
        }
        _ => page.get("items").or_else(|| page.pointer("/first/items"))?.as_array()?.as_slice(),
    };
    let found: Vec<Incoming> = items.iter().filter_map(|item| incoming(item.as_object()?)).collect();
    (!found.is_empty()).then_some(found)
}

/// Whether a value is a word, or a list that has it.
fn says(value: &Value, word: &str) -> bool {
    each(value).any(|one| one.as_str() == Some(word))
}

/// A value, or each of a list.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(values) => values.iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

fn incoming(annotation: &Map<String, Value>) -> Option<Incoming> {
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let named = |name: &str| annotation.get(name).and_then(Value::as_str).unwrap_or_default();
    let target = each(annotation.get("target")?).next()?;
    let selectors = || target.get("selector").into_iter().flat_map(each);
    let of_kind = |kind: &str| selectors().find(|one| one.get("type").is_some_and(|found| says(found, kind)));
    let quote = of_kind("TextQuoteSelector")?;
    let position = of_kind("TextPositionSelector");
    let at = |name: &str| position.and_then(|one| u32::try_from(one.get(name)?.as_u64()?).ok()).unwrap_or_default();
    let place = Selectors {
        exact: text(quote, "exact"),
        prefix: text(quote, "prefix"),
        suffix: text(quote, "suffix"),
        start: at("start"),
        end: at("end"),
    };
    if place.exact.trim().is_empty() {
        return None;
    }
    let created_ms = time::parse(named("created")).unwrap_or_default();
    let notes = annotation.get("body").into_iter().flat_map(each).filter_map(|body| match body {
        Value::String(note) => Some(note.as_str()),
        body => body.get("value").and_then(Value::as_str),
    });
    let class = text(target, "styleClass");
    let source = text(target, "source");
    let clip = [named("via"), source.as_str()].into_iter().find_map(|urn| ClipId::parse(urn.strip_prefix(CLIP)?));
    let highlight = Highlight {
        id: named("id")
            .strip_prefix(HIGHLIGHT)
            .and_then(HighlightId::parse)
            .unwrap_or_else(|| HighlightId::new(created_ms, &place)),
        place,
        colour: class.strip_prefix(CLASS).and_then(Colour::named).unwrap_or_default(),
        note: notes.collect::<Vec<_>>().join("\n\n"),
        created_ms,
        changed_ms: time::parse(named("modified")).unwrap_or(created_ms),
        removed_ms: 0,
    };
    Some(Incoming { clip, url: if source.starts_with("urn:") { String::new() } else { source }, highlight })
}
