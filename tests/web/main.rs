//! Component tests, run inside a real browser: the doors of `src/browser` and the whole page.
#![cfg(target_arch = "wasm32")]

mod body;
mod storage;
mod worker;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
