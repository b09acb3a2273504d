//! Zips of clips and pictures, inside the library's worker: for export and for backups.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::errands::{report, report_with};
use super::store;
use crate::engine::Report;
use crate::library::ClipId;
use crate::library::archive::write::Writer;

type Scope = web_sys::DedicatedWorkerGlobalScope;

/// Collects the zip in pieces outside of the program's memory.
struct Pieces(Array);

impl std::io::Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.push(&Uint8Array::from(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
