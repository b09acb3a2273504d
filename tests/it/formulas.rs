//! What of a formula's MathML may become elements.

use clip_viewer::clip::safe::mathml::{Step, steps};

fn names(written: &str) -> Option<Vec<String>> {
    let name = |step: &Step| match step {
        Step::Open(name, attributes) => {
            let attributes: Vec<String> = attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
            Some(format!("{name}({})", attributes.join(",")))
        }
        _ => None,
    };
    steps(written).map(|steps| steps.iter().filter_map(name).collect())
}

#[test]
fn a_formula_becomes_its_elements() {
    let made = steps("<math display=\"block\"><mi>x</mi><mspace width=\"1em\"/><mo>&lt;</mo></math>").unwrap();
    let expected = [
        Step::Open("math", vec![("display", "block".to_owned())]),
        Step::Open("mi", vec![]),
        Step::Text("x".to_owned()),
        Step::Close,
        Step::Open("mspace", vec![("width", "1em".to_owned())]),
        Step::Close,
        Step::Open("mo", vec![]),
        Step::Text("<".to_owned()),
        Step::Close,
        Step::Close,
    ];
    assert_eq!(made, expected);
}

#[test]
fn what_could_act_lead_or_load_is_refused_whole() {
    for inner in [
        "<mi><script>alert(1)</script></mi>",
        "<a href=\"https://example.org\">x</a>",
        "<maction actiontype=\"toggle\"><mi>x</mi></maction>",
        "<semantics><annotation-xml encoding=\"text/html\"><img src=\"x\"></annotation-xml></semantics>",
        "<mglyph src=\"x\"></mglyph>",
        "<svg></svg>",
        "<style>x{}</style>",
        "</math><math>",
        "<mi>x",
        "</mi>",
    ] {
        assert_eq!(names(&format!("<math>{inner}</math>")), None, "{inner}");
    }
    for written in ["", "x", "<mi>x</mi>", "<math></math>x", "<math></math><mi>x</mi>", "<mrow><math></math></mrow>"] {
        assert_eq!(names(written), None, "{written}");
    }
}

#[test]
fn attributes_that_are_not_known_are_left_out() {
    let written = "<math onclick=\"alert(1)\" href=\"javascript:1\" id=\"x\" class=\"clip-body\" xlink:href=\"y\" \
        style=\"position:fixed;background:url(https://example.org)\" display=\"block url(x)\"><mi mathvariant=\"normal\" \
        mathbackground=\"red\">d</mi><mspace width=\"9999em\"/><mspace width=\"calc(1px)\"/></math>";
    assert_eq!(names(written).unwrap(), ["math()", "mi(mathvariant=normal)", "mspace()", "mspace()"]);
}

#[test]
fn the_columns_of_a_table_keep_their_side() {
    let written = "<math><mtable style=\"width: 100%\"><mtr><mtd style=\"text-align: right;justify-items: end;padding-right: 0;\">\
        </mtd><mtd style=\"border-top: 0.05em solid currentcolor;\"></mtd></mtr></mtable></math>";
    let made = names(written).unwrap();
    assert_eq!(
        made,
        ["math()", "mtable()", "mtr()", "mtd(class=math-right math-flush-end)", "mtd(class=math-line-top)"]
    );
}

#[test]
fn what_is_too_deep_or_too_much_is_refused() {
    let deep = format!("<math>{}{}</math>", "<mrow>".repeat(200), "</mrow>".repeat(200));
    assert_eq!(names(&deep), None);
    assert_eq!(names(&format!("<math>{}</math>", "<mi>x</mi>".repeat(2000))), None);
}
