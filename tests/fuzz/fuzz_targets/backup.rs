//! Any bytes at all as the parts of a backup: see `promises/backup.rs`. Run by `cargo xtask fuzz`.

#![no_main]

#[path = "../promises/backup.rs"]
mod backup;

libfuzzer_sys::fuzz_target!(|input: &[u8]| backup::keep(input));
