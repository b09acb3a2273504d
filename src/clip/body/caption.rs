//! Whether what stands for a picture in words is worth reading below it.

/// The longest caption, in characters.
const LONGEST: usize = 300;

/// The words of an alt text that say something, as a caption; `None` when they name a file, say no more
/// than that there is a picture, or are too few.
#[must_use]
pub fn caption(alt: &str) -> Option<&str> {
    let words = alt.trim();
    let lower = words.to_lowercase();
    let is_file = lower.rsplit_once('.').is_some_and(|(_, ending)| {
        matches!(ending, "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "avif" | "bmp" | "heic" | "tiff")
    });
    let is_address = lower.contains("://") || lower.starts_with("data:") || lower.starts_with("www.");
    // Letters of scripts that are written without blanks count as words of their own.
    let dense =
        words.chars().filter(|c| ('\u{2e80}'..='\u{9fff}').contains(c) || ('\u{ac00}'..='\u{d7af}').contains(c));
    let count = words.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    let says = count >= 3 || dense.count() >= 5;
    let is_name = NAMES.iter().any(|name| lower.starts_with(name)) && count < 4;
    (says && !is_file && !is_address && !is_name && words.chars().count() <= LONGEST).then_some(words)
}

/// What software writes by itself.
const NAMES: [&str; 8] =
    ["image", "img", "screenshot", "screen shot", "picture of", "photo by author", "image description", "alt text"];
