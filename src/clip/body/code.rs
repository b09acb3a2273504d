//! What a fence says of its code.

/// The language that a fence names, as highlighters call it: `python` of `{.python}`, `js` of `js{1,3}`.
/// Empty when it names none.
#[must_use]
pub fn language_of_code(named: &str) -> String {
    let named = named.trim_start_matches(['{', '.', ' ']);
    let name = named.split(['{', '}', '[', ':', '=', ',', '"']).next().unwrap_or_default();
    let is_name = !name.is_empty() && name.len() <= 24 && !name.contains(|c: char| c.is_whitespace() || c.is_control());
    if is_name { name.to_lowercase() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::language_of_code as language;

    #[test]
    fn the_language_is_read_out_of_what_fences_say() {
        let said = ["Python", "{.python}", "{python}", "js{1,3}", "rust:src/main.rs", "c++", "{r, echo=FALSE}", "f#"];
        let read: Vec<String> = said.iter().map(|said| language(said)).collect();
        assert_eq!(read, ["python", "python", "python", "js", "rust", "c++", "r", "f#"]);
    }

    #[test]
    fn what_is_no_name_is_none() {
        assert_eq!(language(""), "");
        assert_eq!(language("{}"), "");
        assert_eq!(language(&"x".repeat(25)), "");
    }
}
