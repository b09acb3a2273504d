//! Nothing of a clip can run: payloads in every place where a clip can put them, read by two
//! independent parsers; and properties of the tree over arbitrary input.

use std::collections::BTreeSet;

use clip_viewer::clip::safe::{MAX_DEPTH, Tag};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;
use serde_json::Value;

use super::{html, suite};

const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-label",
    "checked",
    "class",
    "colspan",
    "data-asset",
    "data-display",
    "data-href",
    "data-inferred",
    "data-kind",
    "data-line",
    "data-note",
    "data-placeholder",
    "data-reason",
    "data-remote",
    "data-title",
    "datetime",
    "dir",
    "disabled",
    "height",
    "href",
    "id",
    "lang",
    "loading",
    "open",
    "referrerpolicy",
    "rel",
    "role",
    "rowspan",
    "src",
    "start",
    "tabindex",
    "target",
    "title",
    "type",
    "width",
];

/// What a browser would find in the HTML that must not be there.
fn trespasses(html: &str) -> Vec<String> {
    let dom = html5ever::parse_fragment(
        RcDom::default(),
        html5ever::ParseOpts::default(),
        html5ever::QualName::new(None, html5ever::ns!(html), html5ever::local_name!("div")),
        Vec::new(),
        false,
    )
    .one(html);
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    let mut waiting: Vec<(Handle, usize)> = vec![(dom.document.clone(), 0)];
    while let Some((node, depth)) = waiting.pop() {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            if depth > MAX_DEPTH + 2 {
                found.push(format!("depth {depth}"));
            }
            if depth > 1 && Tag::by_name(&name.local).is_none() {
                found.push(format!("element {}", name.local));
            }
            for attribute in attrs.borrow().iter() {
                let (name, value) = (attribute.name.local.to_string(), attribute.value.to_string());
                let fine = match name.as_str() {
                    "href" => ["http://", "https://", "mailto:", "tel:", "#"]
                        .iter()
                        .any(|s| value.to_lowercase().starts_with(s)),
                    "src" => value.starts_with("data:image/") && !value.contains("svg"),
                    "id" => {
                        ids.insert(value.clone())
                            && ["h-", "c-", "fn-", "fnref-"].iter().any(|own| value.starts_with(own))
                    }
                    _ => ATTRIBUTES.contains(&name.as_str()),
                };
                if !fine {
                    found.push(format!("{name}={value:?}"));
                }
            }
        }
        waiting.extend(node.children.borrow().iter().map(|child| (child.clone(), depth + 1)));
    }
    found
}

/// The same HTML, once through an independent sanitiser that allows what we allow.
fn by_the_oracle(html: &str) -> String {
    let mut oracle = ammonia::Builder::empty();
    oracle
        .tags(Tag::ALL.iter().map(|t| t.name()).collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .url_schemes(["http", "https", "mailto", "tel", "data"].into())
        .link_rel(None);
    oracle.clean(html).to_string()
}

/// The words of HTML, as writers differ in the order of attributes, in quotes within text and in
/// the line break after `<pre>`.
fn sorted(html: &str) -> Vec<String> {
    let mut html = html.replace("&quot;", "\"").replace("&nbsp;", "\u{a0}");
    while html.contains("<pre tabindex=\"0\">\n") {
        html = html.replace("<pre tabindex=\"0\">\n", "<pre tabindex=\"0\">");
    }
    // The oracle also drops addresses that are not whole; a browser goes nowhere with those.
    let words = html.split([' ', '<', '>']).filter(|word| !word.starts_with("href=") && !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words
}

#[track_caller]
fn check(text: &str) {
    let html = html(text);
    let found = trespasses(&html);
    assert!(found.is_empty(), "{found:?} in {html} of {text:?}");
}

#[test]
fn every_payload_is_inert_in_every_place() {
    let Some(path) = suite("xss/payloads.json") else {
        return;
    };
    let payloads: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for payload in &payloads {
        let payload = payload["payload"].as_str().unwrap();
        let line = payload.replace('\n', " ");
        for place in [
            payload.to_owned(),
            format!("# {line}"),
            format!("![{line}](x.png)"),
            format!("[a](https://a.example \"{line}\")"),
            format!("[a]({line})"),
            format!("![a]({line})"),
            format!("`{line}`"),
            format!("    {line}"),
            format!("> - {line}"),
            format!("| {line} |\n|---|\n| {line} |"),
            format!("a[^1]\n\n[^1]: {line}"),
            format!("<div title='{line}'>x</div>"),
            format!("---\ntitle: x\nnote: {line}\n---\n{payload}"),
        ] {
            check(&place);
            let ours = html(&place);
            assert_eq!(sorted(&by_the_oracle(&ours)), sorted(&ours), "the oracle takes something away, of {place:?}");
        }
    }
    println!("{} payloads inert", payloads.len());
}

#[test]
fn addresses_are_judged_as_browsers_read_them() {
    for address in [
        "java\tscript:x",
        " javascript:x",
        "\u{1}javascript:x",
        "JAVASCRIPT:x",
        "javascript&#58;x",
        "java&#10;script:x",
        "data:text/html,x",
        "vbscript:x",
    ] {
        check(&format!("<a href=\"{address}\">x</a>"));
        check(&format!("[x](<{address}>)"));
        check(&format!("<img src=\"{address}\">"));
    }
}

#[test]
fn what_a_parser_would_mend_is_mended_already() {
    for markdown in [
        "<p><div>x</div></p>",
        "<table><tr>x<td>y",
        "<a href=https://a.example>x<a href=https://b.example>y</a></a>",
        "<b><p>x</b>y</p>",
        "<ul><li>a<li>b</ul>",
        "<h1>a<h2>b</h2></h1>",
        "<table><p>x</table>",
        "*a <div>b* c</div>",
        "<ruby>a<rt>b<rt>c</ruby>",
        "<dl><dt>a<dd>b<dt>c</dl>",
    ] {
        let ours = html(markdown);
        assert_eq!(sorted(&by_the_oracle(&ours)), sorted(&ours), "of {markdown:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_make_a_safe_clip(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let clip = clip_viewer::clip::parse(&bytes, &clip_viewer::clip::Options::default());
        prop_assert!(trespasses(&clip.body.chunks.concat()).is_empty());
    }

    #[test]
    fn any_soup_of_markup_is_safe_and_stable(pieces in proptest::collection::vec(prop_oneof![
        Just("<div>"), Just("</div>"), Just("<p>"), Just("</p>"), Just("<table>"), Just("<tr>"), Just("<td>"), Just("</table>"),
        Just("<a href=https://x.example>"), Just("</a>"), Just("<b>"), Just("</b>"), Just("*"), Just("**"), Just("_"), Just("`"),
        Just("\n"), Just("\n\n"), Just("> "), Just("- "), Just("1. "), Just("# "), Just("| a | b |\n|--|--|\n"), Just("<svg>"),
        Just("<script>"), Just("</script>"), Just("<!--"), Just("-->"), Just("[x]("), Just(")"), Just("![y]("), Just("<li>"),
        Just("<ul>"), Just("</ul>"), Just("<h2>"), Just("</h3>"), Just("<pre>"), Just("</pre>"), Just("<ruby>"), Just("<rt>"),
        Just("word"), Just("字“"), Just("&lt;"), Just("<details>"), Just("<summary>"), Just("[^1]"), Just("\n[^1]: n\n"),
        Just("<caption>"), Just("<thead>"), Just("<th>"), Just("<dl>"), Just("<dt>"), Just("<dd>"), Just("<hr>"), Just("<br>"),
    ], 0..40)) {
        let text = pieces.concat();
        let ours = html(&text);
        let found = trespasses(&ours);
        prop_assert!(found.is_empty(), "{:?} of {:?}: {}", found, text, ours);
        prop_assert_eq!(sorted(&by_the_oracle(&ours)), sorted(&ours), "of {:?}", text);
    }
}
