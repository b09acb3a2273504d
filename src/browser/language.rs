//! The person's language as the browser knows it, and how it writes numbers, days and plurals there: `Intl`
//! has the tables of all languages. Which languages the app speaks, and its words, are not known here.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::window;

thread_local! {
    static WRITER: RefCell<Option<Writer>> = const { RefCell::new(None) };
}

/// What writes as a language does. Each is made when it is first needed, and once: the first one makes a
/// browser load the tables of all languages, which takes longer than showing a clip.
#[derive(Default)]
struct Writer {
    tag: String,
    numbers: Option<js_sys::Function>,
    days: Option<js_sys::Function>,
    times: Option<js_sys::Function>,
    plurals: Option<js_sys::Intl::PluralRules>,
}

/// The languages that the person prefers, the first one most.
#[must_use]
pub fn preferred() -> Vec<String> {
    let languages = window().map(|window| window.navigator().languages());
    languages.map(|tags| tags.iter().filter_map(|tag| tag.as_string()).collect()).unwrap_or_default()
}

/// From now on numbers, days and plurals are those of this language.
pub fn write_in(tag: &str) {
    // Between the dialects of a language, its days differ: the person's own one is taken where it is one of these.
    let primary = tag.split('-').next().unwrap_or(tag);
    let own = preferred().into_iter().find(|own| own.split('-').next() == Some(primary));
    WRITER.set(Some(Writer { tag: own.unwrap_or_else(|| tag.to_owned()), ..Writer::default() }));
}

fn with<T>(then: impl FnOnce(&mut Writer, &js_sys::Array) -> Option<T>) -> Option<T> {
    WRITER.with_borrow_mut(|writer| {
        let writer = writer.as_mut()?;
        let tags = js_sys::Array::of1(&JsValue::from_str(&writer.tag));
        then(writer, &tags)
    })
}

/// A number with the digits and separators of the language.
#[must_use]
pub fn number(number: f64) -> String {
    let written = with(|writer, tags| {
        let options = js_sys::Object::new();
        let write = writer.numbers.get_or_insert_with(|| js_sys::Intl::NumberFormat::new(tags, &options).format());
        write.call1(&JsValue::UNDEFINED, &JsValue::from_f64(number)).ok()?.as_string()
    });
    written.unwrap_or_else(|| number.to_string())
}

/// Which of the language's forms goes with a number: `one`, `few`, `other` …
#[must_use]
pub fn plural(number: f64) -> String {
    let form = with(|writer, tags| {
        let options = js_sys::Object::new();
        let rules = writer.plurals.get_or_insert_with(|| js_sys::Intl::PluralRules::new(tags, &options));
        rules.select(number).as_string()
    });
    form.unwrap_or_else(|| "other".to_owned())
}

/// A date as the language writes it; `None` when `iso` is not a date. A date without a time is a day
/// everywhere, whatever the zone.
#[must_use]
pub fn date(iso: &str) -> Option<String> {
    let has_time = iso.get(10..11).is_some_and(|mark| matches!(mark, "T" | " "));
    let day = iso.get(..10)?.replace('/', "-");
    let at = |time: &str| Some(js_sys::Date::new(&JsValue::from_str(&format!("{day}T{time}")))).filter(is_one);
    let midnight = at("00:00")?;
    let moment = iso.get(11..16).filter(|_| has_time).and_then(at);
    with(|writer, tags| {
        let (made, parts, date) = match moment {
            Some(moment) => (&mut writer.times, PARTS.as_slice(), moment),
            None => (&mut writer.days, PARTS.get(..DAY)?, midnight),
        };
        if made.is_none() {
            *made = dates(tags, parts);
        }
        made.as_ref()?.call1(&JsValue::UNDEFINED, &date).ok()?.as_string()
    })
}

fn is_one(date: &js_sys::Date) -> bool {
    !date.get_time().is_nan()
}

/// How each part of a date is written; the first ones are those of a day.
const PARTS: [(&str, &str); 6] = [
    ("year", "numeric"),
    ("month", "short"),
    ("day", "numeric"),
    ("hour", "2-digit"),
    ("minute", "2-digit"),
    ("hourCycle", "h23"),
];
const DAY: usize = 3;

fn dates(tags: &js_sys::Array, parts: &[(&str, &str)]) -> Option<js_sys::Function> {
    let options = js_sys::Object::new();
    for (name, value) in parts {
        js_sys::Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    Some(js_sys::Intl::DateTimeFormat::new(tags, &options).format())
}

/// Has what writes numbers and days made, so that the first clip does not wait for it.
pub fn warm_up() {
    drop((number(0.0), date("2000-01-01")));
}
