//! Any bytes at all as a zip: see `promises/archive.rs`. Run by `cargo xtask fuzz`.

#![no_main]

#[path = "../promises/archive.rs"]
mod archive;

libfuzzer_sys::fuzz_target!(|input: &[u8]| archive::keep(input));
