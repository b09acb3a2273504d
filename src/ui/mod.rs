//! The reader as a page.
