//! Emphasis that CommonMark leaves as literal markers, mended in two passes.
