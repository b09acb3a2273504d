//! Numbers, days and plurals as the browser writes them in a language.

use clip_viewer::browser::language::{date, number, plural, write_in};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn numbers_days_and_plurals_are_those_of_the_language() {
    write_in("en-US");
    assert_eq!(number(1_234_567.0), "1,234,567");
    assert_eq!(["one", "other", "other"], [1.0, 0.0, 5.0].map(plural).each_ref().map(String::as_str));
    assert_eq!(date("2026-03-02").as_deref(), Some("Mar 2, 2026"));
    assert_eq!(date("2026/03/02 18:40").as_deref(), Some("Mar 2, 2026, 18:40"));
    assert_eq!(date("2026-03-02T00:05:59Z").as_deref(), Some("Mar 2, 2026, 00:05"));
    write_in("zh-Hans");
    assert_eq!(plural(1.0), "other");
    assert_eq!(date("2026-03-02").as_deref(), Some("2026年3月2日"));
    write_in("ar-EG");
    assert_eq!(
        ["zero", "one", "two", "few", "many"],
        [0.0, 1.0, 2.0, 3.0, 11.0].map(plural).each_ref().map(String::as_str)
    );
    assert_eq!(number(12.0), "١٢");
    write_in("en-US");
}

#[wasm_bindgen_test]
fn what_is_no_date_is_none() {
    write_in("en-US");
    for text in ["", "2026", "someday soon", "2026-13-45", "昨天下午三点"] {
        assert_eq!(date(text), None, "{text}");
    }
    // A day is one, whatever stands behind it.
    assert!(date("2026-03-02T99:99").is_some());
}
