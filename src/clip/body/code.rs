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
