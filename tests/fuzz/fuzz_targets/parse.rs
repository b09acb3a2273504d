//! Any bytes at all as a whole clip: see `promises/parse.rs`. Run by `cargo xtask fuzz`.

#![no_main]

#[path = "../promises/parse.rs"]
mod parse;

libfuzzer_sys::fuzz_target!(|input: &[u8]| parse::keep(input));
