//! Names for the files of many clips: their own where they have one, safe on every system, no two
//! alike.

use std::collections::BTreeSet;

/// The longest part of a path in bytes; file systems take 255, and a copy may get a number.
const LONGEST_BYTES: usize = 200;
/// The longest name that is made of a title, in bytes.
const LONGEST_TITLE_BYTES: usize = 100;

/// What a file can be named after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The path that it came in with; empty when it has none.
    pub path: &'a str,
    /// The clip's title.
    pub title: &'a str,
}

/// A path for each, in the same order. Two that differ in case alone are the same to many systems.
#[must_use]
pub fn file_names(clips: &[Named<'_>]) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    clips
        .iter()
        .map(|clip| {
            let path = match safe_path(clip.path) {
                path if path.is_empty() => format!("{}.md", title(clip.title)),
                path => path,
            };
            let (stem, ending) = split(&path);
            let mut name = path.clone();
            let mut number = 2_u32;
            while !taken.insert(name.to_lowercase()) {
                name = format!("{stem} ({number}){ending}");
                number += 1;
            }
            name
        })
        .collect()
}

/// A path and its ending, the dot included; the dot of a hidden file begins no ending.
fn split(path: &str) -> (&str, &str) {
    let name_at = path.rfind('/').map_or(0, |at| at + 1);
    let dot = path.rfind('.').filter(|dot| *dot > name_at).unwrap_or(path.len());
    path.split_at_checked(dot).unwrap_or((path, ""))
}

fn safe_path(path: &str) -> String {
    let parts = path.split(['/', '\\']).map(|part| safe_part(part, LONGEST_BYTES)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("/")
}

/// A part of a path without what Windows, macOS or Linux refuse; empty for `.` and `..`.
fn safe_part(part: &str, longest_bytes: usize) -> String {
    let is_bad = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '/' | '\\');
    let replaced: String = part.chars().map(|c| if is_bad(c) { '_' } else { c }).collect();
    // Windows drops dots and spaces at the end of a name.
    let trimmed = replaced.trim().trim_end_matches(['.', ' ']);
    let (stem, ending) = split(trimmed);
    let stem = cut(stem, longest_bytes.saturating_sub(ending.len())).trim_end_matches(['.', ' ']);
    let safe = format!("{stem}{ending}");
    if is_device(stem) { format!("_{safe}") } else { cut(&safe, longest_bytes).to_owned() }
}

/// The names that Windows keeps for devices, whatever their ending.
fn is_device(stem: &str) -> bool {
    let stem = stem.split('.').next().unwrap_or(stem).trim_end().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The words of a title with `-` between them.
fn title(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if crate::clip::letters::is_letter(c) {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = safe_part(cut(&slug, LONGEST_TITLE_BYTES).trim_matches('-'), LONGEST_TITLE_BYTES);
    if slug.is_empty() { "clip".to_owned() } else { slug }
}

/// The beginning of a text, of so many bytes at most.
fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}
