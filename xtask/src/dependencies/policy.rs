//! Reads `tests/dependencies.toml`. It is TOML of one shape only, read line by line: sections, lists of
//! words on one line, and `name = "sentence"`.

use std::collections::BTreeMap;

use crate::process::Failure;

/// What the app may be made of.
#[derive(Debug, Default, PartialEq)]
pub struct Policy {
    /// Licences that are fine.
    pub licences: Vec<String>,
    /// Crates that are not to come in, and why.
    pub denied: BTreeMap<String, String>,
    /// Denied crates that are in all the same.
    pub exceptions: BTreeMap<String, Exception>,
}

/// Why a denied crate is in.
#[derive(Debug, Default, PartialEq)]
pub struct Exception {
    /// A sentence.
    pub reason: String,
    /// The file of the project that bounds what it can do.
    pub bounded_by: String,
}

/// Reads the policy.
pub fn read(text: &str) -> Result<Policy, Failure> {
    let mut policy = Policy::default();
    let mut section = "";
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            continue;
        }
        let known =
            line.split_once('=').and_then(|(name, value)| take(&mut policy, section, name.trim(), value.trim()));
        known.ok_or_else(|| {
            Failure::new(format!("Line {} of tests/dependencies.toml means nothing here: {line}", at + 1))
        })?;
    }
    Ok(policy)
}

fn take(policy: &mut Policy, section: &str, name: &str, value: &str) -> Option<()> {
    match (section, name) {
        ("licences", "allowed") => {
            let words = value.strip_prefix('[')?.strip_suffix(']')?;
            policy.licences = words.split(',').map(|word| quoted(word.trim())).collect::<Option<_>>()?;
        }
        ("denied", name) => drop(policy.denied.insert(name.to_owned(), quoted(value)?)),
        (section, name) => {
            let exception = policy.exceptions.entry(section.strip_prefix("exception.")?.to_owned()).or_default();
            match name {
                "reason" => exception.reason = quoted(value)?,
                "bounded_by" => exception.bounded_by = quoted(value)?,
                _ => return None,
            }
        }
    }
    Some(())
}

fn quoted(value: &str) -> Option<String> {
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('"')).then(|| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read() {
        let text = "# a comment\n[licences]\nallowed = [\"MIT\", \"Zlib\"]\n\n[denied]\nold-one = \"It is old.\"\n\
            [exception.old-one]\nreason = \"It is needed.\"\nbounded_by = \"src/x.rs\"\n";
        let policy = read(text).unwrap();
        assert_eq!(policy.licences, ["MIT", "Zlib"]);
        assert_eq!(policy.denied.get("old-one").map(String::as_str), Some("It is old."));
        let exception = Exception { reason: "It is needed.".to_owned(), bounded_by: "src/x.rs".to_owned() };
        assert_eq!(policy.exceptions.get("old-one"), Some(&exception));
    }

    #[test]
    fn a_line_that_means_nothing_is_named() {
        for text in ["[denied]\nold", "[other]\nname = \"x\"", "[licences]\nallowed = [MIT]", "[denied]\nold = 5"] {
            let refused = read(text).unwrap_err().to_string();
            assert!(refused.starts_with("Line 2 of tests/dependencies.toml"), "{refused}");
        }
    }
}
