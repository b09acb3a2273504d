//! Host tests: body.
