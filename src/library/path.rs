//! Paths inside a drop or an archive: one form for all of them, that never leads outside.
//!
//! Start at [`clean`]: what comes out of it has `/` between its parts, no `.` or `..`, and no
//! beginning that a system could take for its own root. [`sort`] tells by the name alone what a
//! file is. Nothing here reads a file. Percent sequences are plain letters of a name: what decodes a
//! link decodes it before it asks here.

mod sorted;

pub use sorted::{Sorted, sort};

/// The longest path that may come in, in bytes: no file system here takes a longer one.
pub const MAX_PATH_BYTES: usize = 1024;

/// How many characters of a refused name are shown.
const SHOWN_CHARACTERS: usize = 80;

/// Why a path may not come in. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    /// Nothing is left of it once it is cleaned.
    #[error("A file has no name that could be shown (“{0}”), so it is left out.")]
    Empty(String),
    /// It climbs above the folder that it came in.
    #[error("“{0}” points outside the folder that it came in, so it is left out.")]
    Outside(String),
    /// Longer than [`MAX_PATH_BYTES`].
    #[error(
        "“{0}” has a name that is too long, so it is left out. Give it a shorter one, or put it into fewer folders."
    )]
    TooLong(String),
}

/// The one form of a path: parts with `/` between them, from the root of the drop or archive.
///
/// Backslashes count as slashes. Control characters and those that turn the direction of writing
/// are taken away; the root of a system, a drive or a server is taken off the front.
///
/// # Errors
/// A [`BadPath`] when it leads outside, is too long, or has nothing left.
pub fn clean(raw: &str) -> Result<String, BadPath> {
    resolve(&[raw])
}

/// The path of what a file in `folder` calls `relative`; `None` when that leads outside.
///
/// A relative path that begins with a slash is meant from the root.
#[must_use]
pub fn join(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with(['/', '\\']) { resolve(&[relative]) } else { resolve(&[folder, relative]) }.ok()
}

/// The last part of a path: the name of the file.
#[must_use]
pub fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// All but the last part of a path, without a slash at its end; empty for a file at the root.
#[must_use]
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A name as text that can stand in a sentence: one short line that keeps its direction.
#[must_use]
pub fn shown(raw: &str) -> String {
    let mut kept = raw.chars().filter(|c| !is_hidden(*c));
    let mut text: String = kept.by_ref().take(SHOWN_CHARACTERS).collect();
    if kept.next().is_some() {
        text.push('…');
    }
    text
}

/// Resolves paths that follow one another from the root.
fn resolve(raw: &[&str]) -> Result<String, BadPath> {
    let told = || shown(raw.last().copied().unwrap_or_default());
    let mut path = String::new();
    for part in raw.iter().flat_map(|raw| raw.split(['/', '\\'])) {
        // Before it is judged, as a `.` beside a hidden character would become `..` afterwards.
        let part: String = part.chars().filter(|c| !is_hidden(*c)).collect();
        match part.as_str() {
            "" | "." => {}
            ".." if path.is_empty() => return Err(BadPath::Outside(told())),
            ".." => path.truncate(folder(&path).len()),
            drive if path.is_empty() && is_drive(drive) => {}
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
                if path.len() > MAX_PATH_BYTES {
                    return Err(BadPath::TooLong(told()));
                }
            }
        }
    }
    if path.is_empty() { Err(BadPath::Empty(told())) } else { Ok(path) }
}

/// Whether a part is the letter of a drive: `C:`.
fn is_drive(part: &str) -> bool {
    matches!(part.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic())
}

/// Whether a character is not to be seen, and could make a name look like another one.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
