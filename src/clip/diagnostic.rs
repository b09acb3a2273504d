//! What is wrong with a clip, said so that a person can mend it.
//!
//! A diagnostic never stops anything. Messages say what happened; hints say what to do.

use serde::{Deserialize, Serialize};

/// How much a diagnostic matters to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Info,
    /// Something was read differently from how it stands.
    Warning,
    /// Something could not be read.
    Error,
}

/// A place in the decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Byte offset into [`super::Source::text`] of the first byte.
    pub start: usize,
    /// Byte offset just past the last byte.
    pub end: usize,
    /// 1-based line in the file.
    pub line: u32,
    /// 1-based column in the line, counted in characters.
    pub column: u32,
}

/// One thing that is wrong or odd with a clip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable name for the kind, such as `front-matter-bad-line`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is, when it is somewhere.
    pub span: Option<Span>,
    /// One sentence: what happened.
    pub message: String,
    /// One sentence: what to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place or a hint.
    #[must_use]
    pub fn new(code: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), severity, span: None, message: message.into(), hint: None }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
