//! Host tests: tidy.
