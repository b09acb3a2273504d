//! Holds the crates of the app against the policy.

use super::graph::Crate;
use super::licence;
use super::policy::{Exception, Policy};

/// The one registry that crates may come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A sentence for everything that is not as it has to be; `is_file` tells whether a place of the project
/// is there.
pub fn faults(crates: &[Crate], policy: &Policy, is_file: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults: Vec<String> = crates.iter().flat_map(|found| faults_of(found, policy)).collect();
    for (name, exception) in &policy.exceptions {
        if !policy.denied.contains_key(name) {
            faults.push(format!("{name} is an exception from nothing: it is not denied. Take the exception away."));
        } else if !crates.iter().any(|found| found.name == *name) {
            faults.push(format!("{name} is not in the app any more. Take its exception away."));
        }
        faults.extend(unfounded(name, exception, &is_file));
    }
    faults
}

fn faults_of(found: &Crate, policy: &Policy) -> Vec<String> {
    let Crate { name, version, licence, .. } = found;
    let mut faults = Vec::new();
    match found.source.as_deref() {
        None if found.is_ours => {}
        Some(REGISTRY) => {}
        source => {
            let place = source.unwrap_or("a folder outside of the workspace");
            faults.push(format!("{name} {version} comes from {place}; crates come from crates.io or the workspace."));
        }
    }
    if !licence::is_met(licence, |name| policy.licences.iter().any(|allowed| allowed == name)) {
        let said = if licence.is_empty() { "none" } else { licence };
        faults.push(format!("{name} {version} has a licence that is not allowed: {said}."));
    }
    if let Some(why) = policy.denied.get(name).filter(|_| !policy.exceptions.contains_key(name)) {
        faults.push(format!("{name} {version} is denied: {why}"));
    }
    faults
}

/// What an exception lacks: a reason that is a sentence, and a place that is there.
fn unfounded(name: &str, exception: &Exception, is_file: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    if !exception.reason.ends_with('.') || exception.reason.split_whitespace().count() < 4 {
        faults.push(format!("The exception for {name} has no sentence that says why."));
    }
    if !is_file(&exception.bounded_by) {
        let place = &exception.bounded_by;
        faults.push(format!("The exception for {name} names no file of the project that bounds it: “{place}”."));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dependencies::policy;

    fn found(name: &str) -> Crate {
        Crate {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: "MIT OR Apache-2.0".to_owned(),
            source: Some(REGISTRY.to_owned()),
            is_ours: false,
        }
    }

    fn told(crates: &[Crate], exception: &str) -> Vec<String> {
        let text = format!("[licences]\nallowed = [\"MIT\"]\n[denied]\nold = \"It is old.\"\n{exception}");
        faults(crates, &policy::read(&text).unwrap(), |place| place == "src/bound.rs")
    }

    const EXCEPTION: &str = "[exception.old]\nreason = \"Nothing else reads it.\"\nbounded_by = \"src/bound.rs\"\n";

    #[test]
    fn crates_of_the_registry_and_of_the_workspace_are_fine() {
        let ours = Crate { source: None, is_ours: true, ..found("ours") };
        assert_eq!(told(&[found("a"), ours], ""), Vec::<String>::new());
    }

    #[test]
    fn other_places_are_told() {
        let of = |source: Option<&str>| Crate { source: source.map(str::to_owned), ..found("a") };
        for source in [Some("git+https://example.org/a#1"), Some("registry+https://example.org/index"), None] {
            assert!(told(&[of(source)], "").concat().contains("comes from"), "{source:?}");
        }
    }

    #[test]
    fn other_licences_and_none_are_told() {
        let of = |licence: &str| Crate { licence: licence.to_owned(), ..found("a") };
        assert_eq!(told(&[of("GPL-3.0")], ""), ["a 1.0.0 has a licence that is not allowed: GPL-3.0."]);
        assert_eq!(told(&[of("")], ""), ["a 1.0.0 has a licence that is not allowed: none."]);
    }

    #[test]
    fn a_denied_crate_needs_an_exception() {
        assert_eq!(told(&[found("old")], ""), ["old 1.0.0 is denied: It is old."]);
        assert_eq!(told(&[found("old")], EXCEPTION), Vec::<String>::new());
    }

    #[test]
    fn an_exception_that_nothing_needs_is_told() {
        assert_eq!(told(&[found("a")], EXCEPTION), ["old is not in the app any more. Take its exception away."]);
        let from_nothing = EXCEPTION.replace("old", "a");
        assert!(told(&[found("a")], &from_nothing).concat().contains("exception from nothing"));
    }

    #[test]
    fn an_exception_has_a_reason_and_a_place() {
        let short = EXCEPTION.replace("Nothing else reads it.", "why not");
        assert!(told(&[found("old")], &short).concat().contains("no sentence"));
        let nowhere = EXCEPTION.replace("src/bound.rs", "src/gone.rs");
        assert!(told(&[found("old")], &nowhere).concat().contains("“src/gone.rs”"));
    }
}
