//! A block of `key: value` lines cut at its top-level keys.

use std::ops::Range;

/// A piece of the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk {
    /// `# words` on a line of its own.
    Comment(String),
    /// A key with all lines that belong to it.
    Entry {
        /// The key as written, without quotes.
        key: String,
        /// All its bytes in the file.
        range: Range<usize>,
        /// The bytes after the colon.
        value: Range<usize>,
    },
    /// A line before any key that is none itself.
    Stray(Range<usize>),
}

/// Cuts a block that starts at byte `start` of the file.
#[must_use]
pub fn chunks(text: &str, start: usize) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut at = start;
    let mut in_block_scalar = false;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let content = line.trim_end();
        let indented = content.starts_with([' ', '\t']);
        if content.is_empty() || (indented && in_block_scalar) {
            extend(&mut chunks, &range, content.is_empty());
            continue;
        }
        if let Some(label) = content.strip_prefix('#').filter(|_| !indented) {
            in_block_scalar = false;
            chunks.push(Chunk::Comment(label.trim_start_matches('#').trim().to_owned()));
        } else if let Some((key, value_at)) = key_of(content).filter(|_| !indented) {
            let value = content.get(value_at..).unwrap_or_default().trim_start();
            in_block_scalar = value.starts_with(['|', '>']);
            let end = range.start + content.len();
            chunks.push(Chunk::Entry { key, range: range.start..end, value: range.start + value_at..end });
        } else {
            extend(&mut chunks, &(range.start..range.start + content.len()), false);
        }
    }
    chunks.retain(|c| !matches!(c, Chunk::Comment(label) if label.is_empty()));
    chunks
}

/// A line that is no key belongs to the entry before it.
fn extend(chunks: &mut Vec<Chunk>, line: &Range<usize>, blank: bool) {
    match chunks.last_mut() {
        _ if blank => {}
        Some(Chunk::Entry { range, value, .. }) => {
            range.end = line.end;
            value.end = line.end;
        }
        _ => chunks.push(Chunk::Stray(line.clone())),
    }
}

/// The key of a line and where its value starts; `None` when the line has none.
#[must_use]
pub fn key_of(line: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 80;
    let quoted = line.starts_with(['"', '\'']).then(|| line.chars().next()).flatten();
    let (key, after) = match quoted {
        Some(quote) => {
            let end = line.get(1..)?.find(quote)? + 1;
            (line.get(1..end)?, end + 1)
        }
        None => {
            let colon = line
                .match_indices(':')
                .map(|(at, _)| at)
                .find(|at| line.get(at + 1..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])))?;
            (line.get(..colon)?.trim_end(), colon)
        }
    };
    let rest = line.get(after..)?.trim_start();
    let colon = after + (line.get(after..)?.len() - rest.len());
    let whole = rest.starts_with(':') && !key.is_empty() && key.chars().count() <= LONGEST;
    let plausible = !key.starts_with(['-', '[', '{', '#', '>', '|', '!', '*', '`']) || quoted.is_some();
    (whole && plausible).then(|| (key.to_owned(), colon + 1))
}
