//! How much of a block is read at all, so that no block can hang or fill the page.
//!
//! The YAML library takes time that grows with the square of open brackets (64 KiB of `[` took
//! six seconds), and a merge key can make 90,000 values of 7 kB. So size and nesting are looked
//! at before it sees anything, and the values it makes are counted.

/// Longest text that is handed to the YAML library, in bytes.
pub(super) const PARSED_BYTES: usize = 64 * 1024;
/// Deepest nesting of `[` and `{`.
const FLOW_DEPTH: usize = 32;
/// Most `[` and `{` in all: with it no trick with quotes can hide a deep nesting that hurts.
const FLOW_OPENINGS: usize = 1024;
/// Most values that one block may make.
pub(super) const VALUES: usize = 2_000;
/// Most keys that are listed; the text stays in the raw view.
pub(super) const ENTRIES: usize = 1_000;
/// Most items of a list that is read by hand.
pub(super) const ITEMS: usize = 500;
/// Most problems that are told one by one.
pub(super) const PROBLEMS: usize = 50;

/// Whether a text is small and flat enough for the YAML library.
pub(super) fn parsable(text: &str) -> bool {
    text.len() <= PARSED_BYTES && flat(text)
}

/// Whether brackets nest no deeper than [`FLOW_DEPTH`]; quotes are not looked at, so a text may be
/// refused that is harmless, but never the other way round.
fn flat(text: &str) -> bool {
    let mut depth = 0usize;
    let mut openings = 0usize;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                openings += 1;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > FLOW_DEPTH || openings > FLOW_OPENINGS {
            return false;
        }
    }
    true
}
