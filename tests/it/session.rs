//! Host tests: session.
