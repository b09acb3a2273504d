//! The door through which a clip's markup enters the page.

use std::collections::BTreeMap;

use clip_viewer::browser::body::{self, Labels};
use clip_viewer::browser::remote::{self, Unseen};
use clip_viewer::browser::worker::Payload;
use clip_viewer::clip::{self, Options};
use wasm_bindgen_test::wasm_bindgen_test;

pub const LABELS: Labels = Labels {
    headings: clip_viewer::browser::folding::Labels { fold: "Fold", link: "Link" },
    missing_picture: "Missing: {name}",
    remote_picture: "Load from {host}",
    copy: "Copy",
    clutter: |reason| if reason == "promotion" { "an advertisement" } else { "debris" },
    made: |name| (name == "Table").then_some("A table"),
};

fn allowed(all: bool) -> remote::Allowed {
    remote::Allowed { all, ..remote::Allowed::default() }
}

/// A detached element with the chunks of a clip in it.
fn shown(markdown: &str, load_remote: bool) -> web_sys::Element {
    let document = web_sys::window().unwrap().document().unwrap();
    let element = document.create_element("div").unwrap();
    let clip = clip::parse(markdown.as_bytes(), &Options::default());
    let mut unseen = Unseen::default();
    for (index, chunk) in clip.body.chunks.iter().enumerate() {
        body::put_chunk(&element, index, &Payload::of(chunk), LABELS, &allowed(load_remote), &mut unseen).unwrap();
    }
    assert_eq!(unseen, remote::unseen_pictures(&element), "what is counted by chunks is what is there");
    element
}

fn count(element: &web_sys::Element, selector: &str) -> u32 {
    element.query_selector_all(selector).unwrap().length()
}

#[wasm_bindgen_test]
fn a_remote_picture_waits_for_consent() {
    let element = shown("![a](https://pictures.example/a.png)", false);
    assert_eq!(count(&element, "img[src]"), 0);
    let waiting = BTreeMap::from([("pictures.example".to_owned(), 1)]);
    assert_eq!(remote::unseen_pictures(&element), Unseen { waiting: waiting.clone(), ..Unseen::default() });
    remote::apply_consent(&element, &allowed(true), LABELS).unwrap();
    let picture = element.query_selector("img").unwrap().unwrap();
    assert_eq!(picture.get_attribute("src").as_deref(), Some("https://pictures.example/a.png"));
    assert_eq!(picture.get_attribute("referrerpolicy").as_deref(), Some("no-referrer"));
    assert_eq!(remote::unseen_pictures(&element), Unseen { loaded: 1, ..Unseen::default() });
    remote::apply_consent(&element, &allowed(false), LABELS).unwrap();
    assert_eq!(count(&element, "img[src]"), 0, "consent that is taken back takes the picture back");
    assert_eq!(remote::unseen_pictures(&element), Unseen { waiting, ..Unseen::default() });
}

#[wasm_bindgen_test]
fn pictures_of_a_trusted_host_are_loaded_and_no_others() {
    let mut trusted = allowed(false);
    trusted.consent.hosts.insert("pictures.example".to_owned());
    let element =
        shown("![a](https://pictures.example/a.png) ![b](https://pictures.example.elsewhere.example/b.png)", false);
    remote::apply_consent(&element, &trusted, LABELS).unwrap();
    assert_eq!(count(&element, "img[src^='https://pictures.example/']"), 1);
    assert_eq!(count(&element, "img[src]"), 1);
    assert_eq!(remote::hosts(&element).len(), 2);
}

#[wasm_bindgen_test]
fn what_is_folded_has_a_label_and_its_pictures_are_not_loaded_with_the_others() {
    let pixel = "![](https://pixel.example/p.gif)\n\n";
    let text = "words of the article that go on for a while, as they do\n\n";
    let element = shown(&format!("{text}{pixel}{text}{pixel}{text}{pixel}{text}![a](assets/a.png)"), true);
    assert_eq!(count(&element, ".clutter[data-label='debris'] img"), 3);
    assert_eq!(count(&element, "img[src]"), 0);
    assert_eq!(remote::unseen_pictures(&element), Unseen { missing: 1, ..Unseen::default() });
}

#[wasm_bindgen_test]
fn a_picture_over_plain_http_is_loaded_over_https() {
    let element = shown("![a](http://pictures.example/a.png)", true);
    let picture = element.query_selector("img").unwrap().unwrap();
    assert_eq!(picture.get_attribute("src").as_deref(), Some("https://pictures.example/a.png"));
}

#[wasm_bindgen_test]
fn a_picture_that_did_not_come_is_named() {
    let element = shown("![Harbour](assets/har%20bour.png)", true);
    let card = element.query_selector(".missing-picture").unwrap().unwrap();
    assert_eq!(card.text_content().as_deref(), Some("har bour.png"));
    assert_eq!(card.get_attribute("aria-label").as_deref(), Some("Missing: Harbour"));
    assert_eq!(count(&element, "img[src]"), 0);
}

#[wasm_bindgen_test]
fn code_gets_a_button_and_keeps_its_text() {
    let element = shown("```rust\nfn x() {}\n```", false);
    assert_eq!(count(&element, ".code > button.copy-code"), 1);
    let code = element.query_selector("pre code").unwrap().unwrap();
    assert_eq!(code.text_content().as_deref(), Some("fn x() {}\n"));
}

#[wasm_bindgen_test]
fn what_the_browser_parses_is_what_was_serialised() {
    let markdown = "<p><div><table><tr><td>x<p>y</table><b><i>z</b></i>\n\n> <script>alert(1)</script>\n\n\\<img src=x onerror=alert(1)>";
    let html = clip::parse(markdown.as_bytes(), &Options::default()).body.chunks.concat();
    let element = shown(markdown, false);
    let chunk = element.first_element_child().unwrap();
    assert_eq!(chunk.inner_html(), html);
    assert_eq!(count(&element, "script, [onerror]"), 0);
}

#[wasm_bindgen_test]
fn a_chunk_that_comes_again_takes_the_place_of_the_first() {
    let element = shown("![a](https://pictures.example/a.png)", false);
    let mut unseen = remote::unseen_pictures(&element);
    body::put_chunk(&element, 0, &Payload::of("<p>x</p>"), LABELS, &allowed(false), &mut unseen).unwrap();
    assert_eq!(element.text_content().as_deref(), Some("x"));
    assert_eq!(element.children().length(), 1);
    assert_eq!(unseen, Unseen::default());
}

#[wasm_bindgen_test]
fn chunks_that_were_put_aside_come_back_as_they_were() {
    let element = shown("# A\n\n![a](https://pictures.example/a.png)", false);
    let before = element.inner_html();
    let aside = body::take(&element).unwrap();
    assert_eq!(element.children().length(), 0);
    aside.put_back(&element).unwrap();
    assert_eq!(element.inner_html(), before);
}
