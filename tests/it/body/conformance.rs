//! CommonMark, GitHub Flavored Markdown and CJK-friendly emphasis, by the suites beside the
//! project, when they are there.
//!
//! At parser level our options and the emphasis repair must not change a single CommonMark
//! example. Through the whole pipeline every example without raw HTML must match after
//! normalisation; the exceptions are listed, with a reason each, in `tests/fixtures/conformance`.

use std::collections::BTreeMap;

use clip_viewer::clip::{self, markdown};
use serde_json::Value;

use super::{html, suite};

struct Example {
    number: u64,
    section: String,
    markdown: String,
    html: String,
}

fn examples(path: &str) -> Option<Vec<Example>> {
    let text = std::fs::read_to_string(suite(path)?).unwrap();
    let list: Vec<Value> = serde_json::from_str(&text).unwrap();
    let words = |v: &Value, key: &str| v[key].as_str().unwrap_or_default().to_owned();
    Some(
        list.iter()
            .map(|v| Example {
                number: v["example"].as_u64().unwrap(),
                section: words(v, "section"),
                markdown: words(v, "markdown"),
                html: words(v, "html"),
            })
            .collect(),
    )
}

/// Names of files to numbers of examples to reasons.
fn listed(name: &str) -> BTreeMap<u64, String> {
    let path = format!("{}/tests/fixtures/conformance/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let rows = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.map(|(number, reason)| (number.parse().unwrap(), reason.to_owned())).collect()
}

/// What the parser's own writer makes of our events.
fn at_parser_level(text: &str) -> String {
    let mut written = String::new();
    pulldown_cmark::html::push_html(&mut written, markdown::events(text).into_iter().map(|(event, _)| event));
    // In text a quote may stand as it is.
    written.replace("&quot;", "\"")
}

/// Takes away what the page adds, and the ways in which writers may differ.
fn normal(html: &str) -> String {
    let mut text = html.replace(" rel=\"noopener noreferrer\" target=\"_blank\" referrerpolicy=\"no-referrer\"", "");
    for (from, to) in [
        (" loading=\"lazy\" referrerpolicy=\"no-referrer\"", ""),
        (" data-asset=", " src="),
        (" data-remote=", " src="),
        (" data-href=", " href="),
        ("<pre tabindex=\"0\">", "<pre>"),
        (" />", ">"),
        ("&quot;", "\""),
        // The frame in which a wide table is scrolled, and cells that say by a class how they stand.
        ("<div class=\"table-scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>", "<table>"),
        ("</table></div>", "</table>"),
        (" class=\"align-", " align=\""),
        // Boxes of tasks, which are named here; writers differ in the order of their attributes.
        (" aria-label=\"to do\"", ""),
        (" aria-label=\"done\"", ""),
        ("disabled=\"\" checked=\"\"", "checked=\"\" disabled=\"\""),
        ("<input disabled=\"\" type=\"checkbox\">", "<input type=\"checkbox\" disabled=\"\">"),
        (
            "<input checked=\"\" disabled=\"\" type=\"checkbox\">",
            "<input type=\"checkbox\" checked=\"\" disabled=\"\">",
        ),
        ("disabled=\"\"> ", "disabled=\"\">"),
    ] {
        text = text.replace(from, to);
    }
    let text = without_attributes(&text, "h");
    let mut lines: Vec<String> = Vec::new();
    let mut in_pre = false;
    for line in text.replace("><", ">\n<").lines() {
        in_pre = (in_pre || line.contains("<pre")) && !line.contains("</pre");
        let line = if in_pre { line } else { line.trim_end() };
        if !line.is_empty() || in_pre {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n").replace(">\n<", "><").replace(">\n", ">").replace("\n<", "<")
}

/// Headings without their ids and levels: levels are closed up on purpose.
fn without_attributes(html: &str, _tag: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("<h") {
        let (before, heading) = rest.split_at(at);
        text.push_str(before);
        let is_heading = heading.as_bytes().get(2).is_some_and(|b| (b'1'..=b'6').contains(b));
        let end = heading.find('>').map_or(heading.len(), |e| e + 1);
        text.push_str(if is_heading { "<h>" } else { &heading[..end] });
        rest = &heading[end..];
    }
    text.push_str(rest);
    for level in 1..=6 {
        text = text.replace(&format!("</h{level}>"), "</h>");
    }
    text
}

fn has_raw_html(markdown: &str) -> bool {
    use pulldown_cmark::Event;
    markdown::events(markdown).iter().any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

#[test]
fn commonmark_holds_at_parser_level_with_our_options_and_the_repair() {
    let Some(examples) = examples("commonmark/spec.json") else {
        return;
    };
    let off = listed("commonmark-parser");
    let wrong: Vec<u64> = examples
        .iter()
        .filter(|e| at_parser_level(&e.markdown) != e.html.replace("&quot;", "\"") && !off.contains_key(&e.number))
        .inspect(|e| println!("{}: {:?}\n   {:?}", e.number, e.html, at_parser_level(&e.markdown)))
        .map(|e| e.number)
        .collect();
    println!("CommonMark at parser level: {} of {}", examples.len() - wrong.len() - off.len(), examples.len());
    assert!(wrong.is_empty(), "these examples differ: {wrong:?}");
}

/// Holds examples against what the page shows. Those with raw HTML need not be listed when they differ,
/// unless `strict`.
#[track_caller]
fn check_pipeline(path: &str, list: &str, strict: bool, chosen: fn(&Example) -> bool) {
    let Some(mut examples) = examples(path) else {
        return;
    };
    examples.retain(chosen);
    let exceptions = listed(list);
    let mut matching = 0;
    let mut wrong = Vec::new();
    for example in &examples {
        let ours = normal(&html(&example.markdown));
        if ours == normal(&example.html) {
            matching += 1;
            if exceptions.contains_key(&example.number) {
                wrong.push(format!("{} is listed as an exception, but matches", example.number));
            }
        } else if !exceptions.contains_key(&example.number) && (strict || !has_raw_html(&example.markdown)) {
            wrong.push(format!(
                "{}: {:?}\n  wanted {}\n  got    {ours}",
                example.number,
                example.markdown,
                normal(&example.html)
            ));
        }
    }
    println!("{path} through the pipeline: {matching} of {}", examples.len());
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn commonmark_holds_through_the_whole_pipeline() {
    check_pipeline("commonmark/spec.json", "commonmark", false, |_| true);
}

#[test]
fn the_extensions_of_gfm_hold_through_the_whole_pipeline() {
    check_pipeline("gfm/extensions.json", "gfm-extensions", true, |_| true);
    check_pipeline("gfm/spec.json", "gfm", true, |example| example.section.ends_with("(extension)"));
}

#[test]
fn cjk_emphasis_is_that_of_the_amendment() {
    let Some(examples) = examples("cjk-emphasis/cases.json") else {
        return;
    };
    let wrong: Vec<String> = examples
        .iter()
        .filter(|e| at_parser_level(&e.markdown).trim() != e.html.replace("&quot;", "\"").trim())
        .map(|e| {
            format!("{}: {:?}\n  wanted {}\n  got    {}", e.number, e.markdown, e.html, at_parser_level(&e.markdown))
        })
        .collect();
    println!("CJK emphasis: {} of {}", examples.len() - wrong.len(), examples.len());
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn punctuation_is_that_of_unicode() {
    use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
    for c in '\0'..=char::MAX {
        let expected =
            matches!(c.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol);
        assert_eq!(clip::repair::punctuation::is_punctuation(c), expected, "{c:?} U+{:04X}", u32::from(c));
    }
}

#[test]
fn letters_and_their_case_are_those_of_unicode() {
    use clip_viewer::clip::letters;
    for c in '\0'..=char::MAX {
        let code = u32::from(c);
        assert_eq!(letters::is_letter(c), c.is_alphanumeric(), "{c:?} U+{code:04X}");
        assert!(letters::lowered(c).eq(c.to_lowercase()), "{c:?} U+{code:04X}");
        let wide = if c.is_whitespace() { 0 } else { 2 - usize::from(c.is_ascii()) };
        assert_eq!(letters::columns(c), wide, "{c:?} U+{code:04X}");
    }
}
