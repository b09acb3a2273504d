//! Any bytes at all as a file of highlights: see `promises/annotations.rs`. Run by `cargo xtask fuzz`.

#![no_main]

#[path = "../promises/annotations.rs"]
mod annotations;

libfuzzer_sys::fuzz_target!(|input: &[u8]| annotations::keep(input));
