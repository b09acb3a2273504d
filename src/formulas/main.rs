//! The program that a worker runs (`public/formulas.js`). Everything it does is in the library beside it.

/// The MathML of a formula; nothing when it can't be read.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
pub fn mathml(source: &str, block: bool) -> Option<String> {
    formulas::mathml(source, block)
}

fn main() {}
