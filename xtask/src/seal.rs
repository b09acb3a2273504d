//! `cargo xtask seal`: names the style sheet inside the built page in the page's policy.
//!
//! The sheet stands inside `index.html`, so that the page is painted without waiting for a second
//! file; the policy forbids inline styles, except the one whose hash it names (CSP Level 3,
//! *hash-source*). Trunk runs this after each build (see `Trunk.toml`).

use std::env;
use std::fs;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::arguments::Arguments;
use crate::process::{self, Failure};

/// Where the policy of `index.html` takes the hash.
const PLACE: &str = "style-src 'self'";

/// Seals the page that Trunk is about to publish.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    arguments.finish()?;
    let folder = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or_else(|| Failure::new("Trunk runs this after a build; alone it has nothing to do."))?;
    let path = folder.join("index.html");
    let sealed = sealed(&process::read(&path)?)?;
    fs::write(&path, sealed).map_err(|error| Failure::new(format!("{} can't be written: {error}.", path.display())))
}

/// The page with the hash of its inline sheet in its policy.
fn sealed(page: &str) -> Result<String, Failure> {
    let sheet = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let Some((sheet, rest)) = sheet else {
        return Err(Failure::new("The built page has no style sheet inside: see index.html."));
    };
    if rest.contains("<style") || page.matches(PLACE).count() != 1 {
        return Err(Failure::new(format!(
            "The built page should have one style sheet inside and “{PLACE}” once in its policy: see index.html."
        )));
    }
    let hash = STANDARD.encode(Sha256::digest(sheet));
    Ok(page.replacen(PLACE, &format!("{PLACE} 'sha256-{hash}'"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_is_named_by_its_hash() {
        let page = r#"<meta content="style-src 'self'; x"><style>p{}</style>"#;
        let expected = r#"<meta content="style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; x"><style>p{}</style>"#;
        assert_eq!(sealed(page).unwrap(), expected);
    }

    #[test]
    fn a_page_that_the_policy_would_break_is_refused() {
        assert!(sealed(r#"<meta content="style-src 'self'">"#).is_err());
        assert!(sealed("<style>p{}</style>").is_err());
        assert!(sealed(r#"<meta content="style-src 'self'"><style>a</style><style>b</style>"#).is_err());
    }
}
