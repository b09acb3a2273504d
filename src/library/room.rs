//! How much of a browser's room the library takes, in words.

/// "212 MB used of 10 GB in this browser".
#[must_use]
pub fn room_used(used_bytes: f64, quota_bytes: f64) -> String {
    format!("{} used of {} in this browser", in_words(used_bytes), in_words(quota_bytes))
}

/// A length in the unit that leaves it short.
fn in_words(bytes: f64) -> String {
    const MB: f64 = 1024.0 * 1024.0;
    const GB: f64 = 1024.0 * MB;
    // Written with one digit after the point, 9.96 would be 10.0.
    match bytes {
        bytes if bytes < 0.05 * MB => "Less than 0.1 MB".to_owned(),
        bytes if bytes < 9.95 * MB => format!("{:.1} MB", bytes / MB),
        bytes if bytes < 999.5 * MB => format!("{:.0} MB", bytes / MB),
        bytes if bytes < 9.95 * GB => format!("{:.1} GB", bytes / GB),
        bytes => format!("{:.0} GB", bytes / GB),
    }
    .replace(".0 ", " ")
}
