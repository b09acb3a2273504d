//! Host tests: understanding.
