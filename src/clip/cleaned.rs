//! A clip's own Markdown without what is folded of it. Everything else stays as it is written, byte for byte.

use crate::clutter::Clutter;
use crate::markdown::Document;
use crate::source::Source;

/// The text of the file without the places that are folded, and without the empty lines that they leave.
#[must_use]
pub fn markdown(source: &Source, document: &Document<'_>, clutter: &[Clutter]) -> String {
    let text = source.text.as_str();
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    for piece in clutter {
        let places = document.events.get(piece.events.clone()).unwrap_or_default().iter().map(|(_, range)| range);
        let (from, to) = places.fold((usize::MAX, 0), |(from, to), range| (from.min(range.start), to.max(range.end)));
        let Some(before) = text.get(at..from.max(at)).filter(|_| from < to) else { continue };
        written.push_str(before);
        at = to.max(at);
        // Where the place was a whole block, its line and the empty ones behind it go with it.
        let begins_line = written.is_empty() || written.ends_with('\n');
        let rest = text.get(at..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let gap = rest.get(..blank).unwrap_or_default();
        let ends_line = rest.len() == blank || gap.contains('\n') || text.get(..at).unwrap_or_default().ends_with('\n');
        if begins_line && ends_line {
            at += gap.rfind('\n').map_or(if rest.len() == blank { blank } else { 0 }, |end| end + 1);
        }
    }
    written.push_str(text.get(at..).unwrap_or_default());
    written
}
