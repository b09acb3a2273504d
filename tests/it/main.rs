//! Host tests of the pure rooms: fixtures in, values or snapshots out.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "clippy's exception for tests does not reach the functions that tests share"
)]

mod archive;
mod assets;
mod backup;
mod body;
mod cleaned;
mod clutter;
mod corpus;
mod editing;
mod engine;
mod export;
mod exports;
mod formulas;
mod fuzz;
mod gestures;
mod glance;
mod highlights;
mod hosted;
mod identity;
mod importing;
mod languages;
mod last_gate;
mod library;
mod linked;
mod list;
mod manifest;
mod metadata;
mod order;
mod packing;
mod paths;
mod readings;
mod real_headings;
mod search;
mod session;
mod similar;
mod stored;
mod tidy;
mod understanding;

/// What has to hold of any bytes: the fuzzer's own promises.
#[path = "../fuzz/promises/mod.rs"]
mod promises;
