//! The highlights of clips in the database: a record for each clip that has any, always merged with
//! what is there, as tabs and backups bring copies of it.

use idb::TransactionMode;
use wasm_bindgen::prelude::*;

use super::reading::each;
use super::{HIGHLIGHTS, REST, Writing, begin, end, get, named};
use crate::browser::storage::StorageError;
use crate::library::ClipId;
use crate::library::highlight::Highlights;
use crate::session::saved::{Rejected, Saved};

/// What a backup tells of what the person did with clips.
#[derive(Debug, Default)]
pub struct KeptDeeds {
    /// The records of states.
    pub states: Vec<(ClipId, String)>,
    /// Highlights, to be merged with those that are kept.
    pub highlights: Vec<(ClipId, Highlights)>,
}

impl KeptDeeds {
    /// Whether there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.states.is_empty() && self.highlights.is_empty()
    }
}

/// The record of a clip's highlights; `None` when it has none.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn highlights(id: &ClipId) -> Result<Option<String>, StorageError> {
    Ok(get(HIGHLIGHTS, id.as_str()).await?.and_then(|kept| kept.as_string()))
}

/// The records of all clips that have highlights: id and text.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn each_highlights(take: impl FnMut(&str, &str)) -> Result<(), StorageError> {
    each(HIGHLIGHTS, take).await
}

/// Keeps the highlights of a clip. What is kept of them already and was changed later stays; what came
/// of both is returned.
///
/// # Errors
/// When there is no room, the browser keeps nothing, or a newer version of the app wrote what is kept.
pub async fn keep_highlights(id: &ClipId, highlights: &Highlights) -> Result<Highlights, StorageError> {
    let writing = begin(&[HIGHLIGHTS, REST], TransactionMode::ReadWrite).await?;
    match merge(&writing, id.as_str(), highlights).await {
        Ok(merged) => end(writing, HIGHLIGHTS).await.map(|()| merged),
        Err(error) => {
            // Nothing of it stays; that it can't be called off means that it is over already.
            drop(writing.0.abort());
            Err(error)
        }
    }
}

/// Merges highlights into those that are kept. A record that is damaged is put aside.
pub(super) async fn merge(writing: &Writing, id: &str, theirs: &Highlights) -> Result<Highlights, StorageError> {
    let kept = writing.get(HIGHLIGHTS, id).await.map_err(|e| named(&e))?.and_then(|kept| kept.as_string());
    let mut merged = match kept.as_deref().map(Highlights::read) {
        None => Highlights::default(),
        Some(Ok(mine)) => mine,
        Some(Err(Rejected::Newer { .. })) => return Err(StorageError::Newer),
        Some(Err(Rejected::Damaged(_))) => {
            let damaged = JsValue::from_str(kept.as_deref().unwrap_or_default());
            writing.put(REST, &format!("rejected/highlights/{id}"), &damaged).map_err(|e| named(&e))?;
            Highlights::default()
        }
    };
    merged.merge(theirs);
    merged.forget_old(crate::browser::clock::now_ms());
    let record = merged.write().map_err(|e| StorageError::Failed(e.to_string()))?;
    writing.put(HIGHLIGHTS, id, &JsValue::from_str(&record)).map_err(|e| named(&e))?;
    Ok(merged)
}
