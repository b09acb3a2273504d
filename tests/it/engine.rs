//! Host tests: engine.
