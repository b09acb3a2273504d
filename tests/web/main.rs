//! Component tests, run inside a real browser.
#![cfg(target_arch = "wasm32")]
