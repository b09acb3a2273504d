//! Any bytes at all as the block at the head of a file: see `promises/front_matter.rs`. Run by `cargo xtask fuzz`.

#![no_main]

#[path = "../promises/front_matter.rs"]
mod front_matter;

libfuzzer_sys::fuzz_target!(|input: &[u8]| front_matter::keep(input));
