//! What is wrong with a block, gathered with its place and cut off before it becomes a flood.

use std::ops::Range;

use super::limits;
use crate::{Diagnostic, Severity, Source};

/// The problems of one block.
pub(super) struct Problems<'a> {
    source: &'a Source,
    found: Vec<Diagnostic>,
    left_out: usize,
}

/// Why something could not be read as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// Byte offset in the text at which it goes wrong.
    pub(super) at: usize,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: &'static str,
}

impl Reason {
    pub(super) fn new(at: usize, message: impl Into<String>, hint: &'static str) -> Self {
        Self { at, message: message.into(), hint }
    }
}

impl<'a> Problems<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, found: Vec::new(), left_out: 0 }
    }

    /// Tells of one problem.
    pub(super) fn tell(
        &mut self,
        code: &str,
        severity: Severity,
        range: Range<usize>,
        message: impl Into<String>,
        hint: &str,
    ) {
        if self.found.len() >= limits::PROBLEMS {
            self.left_out += 1;
            return;
        }
        let diagnostic = Diagnostic::new(code, severity, message).at(self.source.span(range)).hint(hint);
        self.found.push(diagnostic);
    }

    /// Tells of a line that is shown as it stands because it could not be read.
    pub(super) fn bad_line(&mut self, reason: &Reason, end: usize) {
        self.tell(
            "front-matter-bad-line",
            Severity::Warning,
            reason.at..end.max(reason.at),
            reason.message.clone(),
            reason.hint,
        );
    }

    /// Tells that there are more keys than are listed.
    pub(super) fn too_many_keys(&mut self, content: Range<usize>) {
        let message = format!("The front matter has more than {} keys; the first are listed.", limits::ENTRIES);
        self.tell("front-matter-too-long", Severity::Warning, content, message, "The raw view shows all of it.");
    }

    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        if self.left_out > 0 {
            let more = format!("{} more lines of the front matter have problems.", self.left_out);
            self.found.push(Diagnostic::new("front-matter-bad-line", Severity::Warning, more));
        }
        self.found
    }
}
