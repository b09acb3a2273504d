//! Formulas of TeX as MathML.
//!
//! The parser is `math-core`. What stands here is what notes have and it does not know, and bounds: it
//! reads what is nested by calling itself. Its output is text, and is judged before it becomes elements
//! (`src/clip/safe/mathml.rs`).

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

/// A longer formula is not read, in bytes.
const MOST_BYTES: usize = 4000;
/// Nor is one that is nested deeper.
const MOST_DEPTH: usize = 50;

/// What is written in notes and unknown to the parser: colours and frames are left out, what numbers
/// equations is none of theirs.
const MACROS: [(&str, &str); 6] = [
    ("textcolor", "{#2}"),
    ("boxed", "{#1}"),
    ("substack", r"\begin{matrix}#1\end{matrix}"),
    ("bm", r"\boldsymbol{#1}"),
    ("label", ""),
    ("require", ""),
];

/// Environments that number their lines, or that are unknown, and those that do the same without.
const ENVIRONMENTS: [(&str, &str); 10] = [
    ("align", "aligned"),
    ("align*", "aligned"),
    ("split", "aligned"),
    ("eqnarray", "aligned"),
    ("eqnarray*", "aligned"),
    ("gather", "gathered"),
    ("gather*", "gathered"),
    ("multline", "gathered"),
    ("multline*", "gathered"),
    ("darray", "array"),
];

/// The MathML of a formula, in the line or on lines of its own; `None` when it can't be read.
#[must_use]
pub fn mathml(source: &str, block: bool) -> Option<String> {
    let source = source.trim();
    if source.is_empty() || source.len() > MOST_BYTES || depth(source) > MOST_DEPTH {
        return None;
    }
    let macros = MACROS.iter().map(|(name, made)| ((*name).to_owned(), (*made).to_owned())).collect();
    let parser = LatexToMathML::new(MathCoreConfig { macros, ..MathCoreConfig::default() }).ok()?;
    let display = if block { MathDisplay::Block } else { MathDisplay::Inline };
    parser.convert_with_local_state(&known(source), display).ok().map(|made| made.mathml)
}

/// The source in words that the parser knows.
fn known(source: &str) -> String {
    let mut known = source.replace(r"\mbox{", r"\text{").replace(r"\nonumber", "").replace(r"\notag", "");
    for (name, same) in ENVIRONMENTS {
        for end in ["begin", "end"] {
            known = known.replace(&format!("\\{end}{{{name}}}"), &format!("\\{end}{{{same}}}"));
        }
    }
    for end in ["begin", "end"] {
        for name in ["equation", "equation*"] {
            known = known.replace(&format!("\\{end}{{{name}}}"), "");
        }
    }
    // The number that somebody gave to an equation stands behind it.
    while let Some((before, rest)) = known.split_once(r"\tag{") {
        let Some((number, after)) = rest.split_once('}') else { break };
        known = format!(r"{before}\qquad (\text{{{number}}}){after}");
    }
    known
}

/// How deep the parser would have to go: braces, pairs, and commands that stand before commands.
fn depth(source: &str) -> usize {
    let (mut braces, mut run, mut deepest) = (0_usize, 0_usize, 0_usize);
    let mut in_command = false;
    for byte in source.bytes() {
        match byte {
            b'\\' => {
                run += 1;
                in_command = true;
            }
            b'{' => braces += 1,
            b'}' => {
                braces = braces.saturating_sub(1);
                run = 0;
            }
            b'[' | b'(' | b'|' | b'.' | b' ' => {}
            _ if in_command && byte.is_ascii_alphabetic() => {}
            _ => {
                in_command = false;
                run = 0;
            }
        }
        deepest = deepest.max(braces + run);
    }
    deepest.max(source.matches(r"\left").count()).max(source.matches(r"\begin").count())
}

#[cfg(test)]
mod tests {
    use super::mathml;

    #[track_caller]
    fn reads(source: &str) -> String {
        mathml(source, false).unwrap_or_else(|| panic!("it is not read: {source}"))
    }

    #[test]
    fn a_formula_becomes_mathml() {
        assert_eq!(reads(r"t = \frac{a}{2}"), "<math><mi>t</mi><mo>=</mo><mfrac><mi>a</mi><mn>2</mn></mfrac></math>");
        assert!(mathml("x", true).unwrap().starts_with("<math display=\"block\">"));
    }

    #[test]
    fn what_notes_have_is_read() {
        for source in [
            r"\begin{align} a &= b \\ c &= d \nonumber \end{align}",
            r"\begin{equation} x \label{eq:x} \end{equation}",
            r"\begin{split} a &= b \end{split}",
            r"\boxed{x + 1}",
            r"\textcolor{red}{x}",
            r"\sum_{\substack{a \\ b}} x",
            r"x = 1 \tag{3}",
            r"\mbox{if } x",
            r"\alpha\beta\gamma\delta\epsilon\zeta\eta\theta",
            r"水 = \text{H}_2\text{O}",
        ] {
            reads(source);
        }
        assert!(reads(r"x \tag{3}").contains('3'));
        assert!(!reads(r"\begin{align} a &= b \end{align}").contains("(1)"), "nothing is numbered that was not");
    }

    #[test]
    fn what_is_no_formula_is_none() {
        for source in ["", r"\frac{", r"\nosuchcommand", "a & b", r"\href{javascript:1}{x}"] {
            assert_eq!(mathml(source, false), None, "{source}");
        }
    }

    #[test]
    fn what_is_too_deep_or_too_long_is_not_tried() {
        let nested = |open: &str, close: &str| open.repeat(400) + "x" + &close.repeat(400);
        for (open, close) in [
            ("{", "}"),
            ("x^{", "}"),
            (r"\sqrt", ""),
            (r"\sqrt[", "]"),
            (r"\hat", ""),
            (r"\left(", r"\right)"),
            (r"\begin{matrix}", r"\end{matrix}"),
        ] {
            assert_eq!(mathml(&nested(open, close), true), None, "{open}");
        }
        assert_eq!(mathml(&"x+".repeat(2500), true), None);
        // What is allowed is read on a small stack.
        let deepest = format!("{}x{}", "{".repeat(49), "}".repeat(49));
        let read = std::thread::Builder::new().stack_size(1 << 20).spawn(move || mathml(&deepest, true)).unwrap();
        assert!(read.join().unwrap().is_some());
    }

    proptest::proptest! {
        #[test]
        fn any_source_comes_to_an_end(source in r"(\\[a-z]{1,6}|[{}^_&|()\[\]a-z0-9 +=.]|\\\\|\\left|\\right|\\begin\{[a-z]{1,7}\}){0,80}") {
            drop(mathml(&source, true));
        }
    }
}
