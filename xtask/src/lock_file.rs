//! Which version of a crate `Cargo.lock` names.

/// The version of `package`, if the lock file has it. Should it stand there twice, the first
/// (cargo sorts by version, so the lowest) is returned.
pub fn version_of<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    while let Some(line) = lines.next() {
        if value(line, "name") == Some(package) {
            return lines.next().and_then(|line| value(line, "version"));
        }
    }
    None
}

fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
    rest.trim().strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n\
        [[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"0.2.1\"\n\n\
        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\ndependencies = [\n \"cfg-if\",\n]\n";

    #[test]
    fn the_version_is_that_of_the_very_package() {
        assert_eq!(version_of(LOCK, "wasm-bindgen"), Some("0.2.130"));
    }

    #[test]
    fn a_package_that_is_not_there_has_none() {
        assert_eq!(version_of(LOCK, "leptos"), None);
    }

    #[test]
    fn a_lock_file_that_is_cut_short_has_none() {
        assert_eq!(version_of("name = \"wasm-bindgen\"", "wasm-bindgen"), None);
    }
}
