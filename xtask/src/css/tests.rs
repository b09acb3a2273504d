//! Tests of joining and lightening style sheets.

use super::*;

/// A folder of style sheets that is gone after the test.
struct Sheets(PathBuf);

impl Sheets {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("clip-viewer-css-{name}-{}", std::process::id()));
        for (file, text) in files {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn joined(&self) -> Result<String, Failure> {
        joined(&self.0.join("main.css"))
    }
}

impl Drop for Sheets {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[track_caller]
fn check_joined(name: &str, files: &[(&str, &str)], expected: &str) {
    let joined = Sheets::new(name, files).joined().unwrap();
    assert_eq!(light(&joined), expected);
}

#[track_caller]
fn check_light(css: &str, expected: &str) {
    assert_eq!(light(css), expected);
}

#[test]
fn an_import_becomes_its_layer() {
    check_joined(
        "layer",
        &[
            (
                "main.css",
                "@layer reset, base;\n@import url(\"reset.css\") layer(reset);\n\
                 @import 'base.css' layer(base);\n",
            ),
            ("reset.css", "* { margin: 0; }"),
            ("base.css", "p { color: red; }"),
        ],
        "@layer reset,base;@layer reset{*{margin: 0;}}@layer base{p{color: red;}}",
    );
}

#[test]
fn imports_nest_relative_to_their_own_file() {
    check_joined(
        "nested",
        &[
            ("main.css", "@import url(components/all.css) layer(components);"),
            ("components/all.css", "@import url(\"outline.css\");\n@import url(\"deep/x.css\") layer(x);"),
            ("components/outline.css", "nav { color: red }"),
            ("components/deep/x.css", "a { color: blue }"),
        ],
        "@layer components{nav{color: red}@layer x{a{color: blue}}}",
    );
}

#[test]
fn media_and_supports_stay_around_the_layer() {
    check_joined(
        "media",
        &[
            ("main.css", "@import url(\"print.css\") layer(print) supports(display: grid) print and (color);"),
            ("print.css", "a{b:c}"),
        ],
        "@media print and (color){@supports (display: grid){@layer print{a{b:c}}}}",
    );
}

#[test]
fn an_import_in_a_comment_or_after_a_rule_is_left_alone() {
    check_joined(
        "comment",
        &[("main.css", "/* @import url(gone.css); */ a{b:'@import url(x)'} c{d:e}")],
        "a{b:'@import url(x)'}c{d:e}",
    );
}

#[test]
fn sheets_that_import_each_other_are_refused() {
    let refused = Sheets::new("circle", &[("main.css", "@import url(a.css);"), ("a.css", "@import url(a.css);")])
        .joined()
        .unwrap_err();
    assert!(refused.to_string().contains("imports itself"), "{refused}");
}

#[test]
fn a_missing_sheet_is_named() {
    let refused = Sheets::new("missing", &[("main.css", "@import url(gone.css);")]).joined().unwrap_err();
    assert!(refused.to_string().contains("gone.css"), "{refused}");
}

#[test]
fn an_import_from_elsewhere_is_refused() {
    let sheet = "@import url(\"https://fonts.example/x.css\");";
    let refused = Sheets::new("remote", &[("main.css", sheet)]).joined().unwrap_err();
    assert!(refused.to_string().contains("not understood"), "{refused}");
}

#[test]
fn an_address_relative_to_its_sheet_is_refused_with_its_line() {
    let refused =
        Sheets::new("address", &[("main.css", "a { color: red }\nb { mask: url(\"b.svg\") }")]).joined().unwrap_err();
    assert!(refused.to_string().contains("main.css:2"), "{refused}");
}

#[test]
fn data_addresses_and_fragments_are_kept_whole() {
    let css = "a{mask:url(data:image/svg+xml;utf8,<svg a='b { }  c'/>)}b{filter:url(#f)}";
    check_joined("data", &[("main.css", css)], css);
}

#[test]
fn strings_keep_their_white_space_and_braces() {
    check_light(r#"a::before { content: "{  ;  \"  }"; }"#, r#"a::before{content: "{  ;  \"  }";}"#);
}

#[test]
fn a_space_that_is_a_combinator_or_an_operator_stays() {
    check_light("a :hover  > b { width: calc(1px  +  2px) }", "a :hover > b{width: calc(1px + 2px)}");
}

#[test]
fn a_comment_goes_without_joining_or_parting_words() {
    check_light("a/* x */.b { c : d }", "a/**/.b{c : d}");
    check_light("a /* x */ .b{}", "a .b{}");
}

#[test]
fn an_empty_custom_property_keeps_its_space() {
    check_light(":root { --empty: ; }", ":root{--empty: ;}");
}

#[test]
fn a_sheet_that_is_cut_short_still_ends() {
    for css in ["a { /* open", "a { content: \"open", "a{b:url(open"] {
        light(css);
        parts(css);
    }
}
