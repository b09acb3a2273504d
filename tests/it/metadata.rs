//! Host tests: metadata.
