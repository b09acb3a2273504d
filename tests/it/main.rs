//! Host tests of the pure rooms: fixtures in, values or snapshots out.
#![cfg(not(target_arch = "wasm32"))]

mod body;
mod engine;
mod metadata;
mod session;
mod tidy;
mod understanding;
