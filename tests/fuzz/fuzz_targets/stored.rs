//! Any bytes at all as every stored record: see `promises/stored.rs`. Run by `cargo xtask fuzz`.

#![no_main]

#[path = "../promises/stored.rs"]
mod stored;

libfuzzer_sys::fuzz_target!(|input: &[u8]| stored::keep(input));
