//! What has to hold of any bytes at all, a file for each way in.
//!
//! Every `keep` takes an input and panics when a promise is broken. The fuzzer makes inputs
//! (`cargo xtask fuzz`); the host tests (`tests/it/fuzz.rs`) take those of `tests/fixtures/fuzz`, which
//! are the fuzzer's seeds and whatever it broke before.

pub mod annotations;
pub mod archive;
pub mod backup;
pub mod front_matter;
pub mod parse;
pub mod stored;
