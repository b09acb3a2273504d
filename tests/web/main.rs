//! Component tests, run inside a real browser: the doors of `src/browser` and the whole page.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy knows no test but `#[test]`, and these are `#[wasm_bindgen_test]`"
)]

mod body;
mod decoder;
mod folding;
mod fonts;
mod language;
mod outline;
mod storage;
mod store;
mod worker;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
