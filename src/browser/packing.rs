//! Zips of clips and pictures, inside the library's worker: for export and for backups.

use crate::engine::errand::Packed;

type Scope = web_sys::DedicatedWorkerGlobalScope;

/// Packs clips, and reports the zip.
pub async fn run(_scope: &Scope, _clips: &[Packed], _backup: Option<&str>) {}
