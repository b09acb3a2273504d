//! Licence expressions as crates write them (SPDX, and the older `MIT/Apache-2.0`).

/// Whether an expression can be met with the licences that `is_allowed` knows: one side of an `OR`
/// suffices, both sides of an `AND` are needed. What can't be read is not met.
pub fn is_met(expression: &str, is_allowed: impl Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, &is_allowed) == Some(true) && rest.is_empty()
}

fn any(rest: &mut &[&str], is_allowed: &impl Fn(&str) -> bool) -> Option<bool> {
    let mut met = all(rest, is_allowed)?;
    while take(rest, "OR") {
        met |= all(rest, is_allowed)?;
    }
    Some(met)
}

fn all(rest: &mut &[&str], is_allowed: &impl Fn(&str) -> bool) -> Option<bool> {
    let mut met = one(rest, is_allowed)?;
    while take(rest, "AND") {
        met &= one(rest, is_allowed)?;
    }
    Some(met)
}

fn one(rest: &mut &[&str], is_allowed: &impl Fn(&str) -> bool) -> Option<bool> {
    if take(rest, "(") {
        let met = any(rest, is_allowed)?;
        return take(rest, ")").then_some(met);
    }
    let (name, after) = rest.split_first()?;
    *rest = after;
    if take(rest, "WITH") {
        let (exception, after) = rest.split_first()?;
        *rest = after;
        // An exception only gives more freedom, so the licence alone suffices, too.
        return Some(is_allowed(name) || is_allowed(&format!("{name} WITH {exception}")));
    }
    let is_name = !matches!(*name, "OR" | "AND" | "WITH" | ")");
    is_name.then(|| is_allowed(name))
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    match rest.split_first() {
        Some((first, after)) if *first == word => {
            *rest = after;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(expression: &str) -> bool {
        is_met(expression, |name| ["MIT", "Apache-2.0", "Unicode-3.0"].contains(&name))
    }

    #[test]
    fn one_side_of_an_or_and_both_of_an_and_are_needed() {
        assert!(met("MIT"));
        assert!(met("GPL-3.0 OR MIT"));
        assert!(met("Unlicense/MIT"));
        assert!(met("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(met("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
        assert!(!met("MIT AND GPL-3.0"));
        assert!(!met("GPL-3.0 AND (MIT OR Apache-2.0)"));
        // AND binds closer than OR.
        assert!(met("MIT OR GPL-3.0 AND LGPL-3.0"));
        assert!(!met("GPL-3.0 OR MIT AND LGPL-3.0"));
    }

    #[test]
    fn what_can_not_be_read_is_not_met() {
        for expression in ["", "MIT OR", "OR MIT", "(MIT", "MIT)", "MIT MIT", "MIT WITH", "see LICENSE"] {
            assert!(!met(expression), "{expression}");
        }
    }
}
