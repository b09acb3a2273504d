//! Clip Viewer: reads saved web pages in the browser.
//!
//! One sentence: a pure core that cannot fail and cannot see the browser; a thin edge that can
//! only fail; a user interface that only arranges. The map of the rooms is `ARCHITECTURE.md`;
//! start reading at [`clip::parse`].

pub use clip;

pub mod engine;
pub mod library;
pub mod session;

#[cfg(target_arch = "wasm32")]
#[macro_use]
pub mod parts;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
