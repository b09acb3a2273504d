//! What goes from the database: clips that are removed, an import that is undone, and then the
//! pictures that nobody needs any more. All of it in one transaction.
//!
//! A picture is kept for the clips that it came with, or for the one that was open when it came by
//! itself. When the last of those is gone, its places go, and a picture without a place goes too.

use crate::clip::order;
use std::collections::BTreeSet;

use idb::{KeyRange, Query, TransactionMode};
use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::reading::RUN;
use super::{
    BY_HASH, BY_NEAR, ENTRIES, HIGHLIGHTS, PICTURES, PLACES, REPLACED, STATES, TEXTS, WORDS, Writing, begin, end, named,
};
use crate::browser::storage::StorageError;
use crate::library::ClipId;

/// What a clip has in the database.
const OF_CLIP: [&str; 6] = [ENTRIES, TEXTS, WORDS, STATES, HIGHLIGHTS, REPLACED];
const TOUCHED: [&str; 8] = [ENTRIES, TEXTS, WORDS, STATES, HIGHLIGHTS, REPLACED, PLACES, PICTURES];

/// Forgets clips and the pictures that nobody needs then, all or none.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn remove(ids: &[ClipId]) -> Result<(), StorageError> {
    let writing = begin(&TOUCHED, TransactionMode::ReadWrite).await?;
    let removed = async {
        let left = forget(&writing, ids).await?;
        free(&writing, left).await
    };
    let removed = removed.await;
    finish(removed, writing).await
}

/// Undoes an import: what it added is forgotten, what it replaced is there again. Returns the records
/// of the entries that came back.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn undo_import(added: &[ClipId]) -> Result<Vec<String>, StorageError> {
    let writing = begin(&TOUCHED, TransactionMode::ReadWrite).await?;
    let undone = async {
        let (entries, mut left) = bring_back(&writing).await?;
        left.extend(forget(&writing, added).await?);
        free(&writing, left).await?;
        Ok(entries)
    };
    let undone = undone.await;
    finish(undone, writing).await
}

async fn finish<T>(done: Result<T, idb::Error>, writing: Writing) -> Result<T, StorageError> {
    match done {
        Ok(value) => end(writing, ENTRIES).await.map(|()| value),
        Err(error) => {
            drop(writing.0.abort());
            Err(named(&error))
        }
    }
}

/// Puts back what the last import replaced. Returns the records of the entries, and the imports of
/// the versions that go.
async fn bring_back(writing: &Writing) -> Result<(Vec<String>, BTreeSet<u64>), idb::Error> {
    let replaced = writing.0.object_store(REPLACED)?;
    let (keys, values) = (replaced.get_all_keys(None, None)?.await?, replaced.get_all(None, None)?.await?);
    let (mut entries, mut left) = (Vec::new(), BTreeSet::new());
    for (key, before) in keys.iter().zip(values) {
        let id = key.as_string().unwrap_or_default();
        left.extend(writing.get(ENTRIES, &id).await?.as_ref().and_then(import_of));
        let before = Array::from(&before);
        for (at, store) in [ENTRIES, TEXTS, WORDS].into_iter().enumerate() {
            writing.put(store, &id, &before.get(at as u32))?;
        }
        entries.extend(before.get(0).as_string());
    }
    replaced.clear()?;
    Ok((entries, left))
}

/// Forgets clips. Returns the imports that one of them, or a picture beside one, came with.
async fn forget(writing: &Writing, ids: &[ClipId]) -> Result<BTreeSet<u64>, idb::Error> {
    let near = writing.0.object_store(PLACES)?.index(BY_NEAR)?;
    let mut left = BTreeSet::new();
    for id in ids.iter().map(ClipId::as_str) {
        left.extend(writing.get(ENTRIES, id).await?.as_ref().and_then(import_of));
        for place in near.get_all_keys(Some(Query::Key(JsValue::from_str(id))), None)?.await? {
            left.extend(place.as_string().and_then(|place| place.split_once('/')?.0.parse::<u64>().ok()));
        }
        for store in OF_CLIP {
            writing.delete(store, id)?;
        }
    }
    Ok(left)
}

/// Frees the pictures of those imports of which no clip is left; all, when there is no clip at all.
async fn free(writing: &Writing, mut imports: BTreeSet<u64>) -> Result<(), idb::Error> {
    let entries = writing.0.object_store(ENTRIES)?;
    let mut last: Option<JsValue> = None;
    while !imports.is_empty() {
        let range = last.as_ref().map(|key| KeyRange::lower_bound(key, Some(true))).transpose()?.map(Query::KeyRange);
        let (keys, records) = (entries.get_all_keys(range.clone(), Some(RUN))?, entries.get_all(range, Some(RUN))?);
        let (keys, records) = (keys.await?, records.await?);
        for import in records.iter().filter_map(import_of) {
            imports.remove(&import);
        }
        match keys.into_iter().last() {
            Some(key) => last = Some(key),
            None if last.is_none() => {
                writing.0.object_store(PLACES)?.clear()?;
                writing.0.object_store(PICTURES)?.clear()?;
                return Ok(());
            }
            None => break,
        }
    }
    for import in imports {
        free_import(writing, import).await?;
    }
    Ok(())
}

async fn free_import(writing: &Writing, import: u64) -> Result<(), idb::Error> {
    let places = writing.0.object_store(PLACES)?;
    // `0` is the letter after `/`.
    let (first, after) = (JsValue::from_str(&format!("{import}/")), JsValue::from_str(&format!("{import}0")));
    let range = Query::KeyRange(KeyRange::bound(&first, &after, Some(false), Some(true))?);
    let found = places.get_all(Some(range.clone()), None)?.await?;
    places.delete(range)?.await?;
    let by_hash = places.index(BY_HASH)?;
    let hash = |place: &JsValue| js_sys::Reflect::get(place, &JsValue::from_str("hash")).ok()?.as_string();
    let hashes: BTreeSet<String> = order::collect(found.iter().filter_map(hash));
    for hash in hashes {
        if by_hash.count(Some(Query::Key(JsValue::from_str(&hash))))?.await? == 0 {
            writing.delete(PICTURES, &hash)?;
        }
    }
    Ok(())
}

/// The import that an entry came with, read from its record and nothing else of it: the page does
/// this for all entries.
fn import_of(record: &JsValue) -> Option<u64> {
    #[derive(Deserialize)]
    struct Envelope {
        data: Data,
    }
    #[derive(Deserialize)]
    struct Data {
        import: u64,
    }
    serde_json::from_str::<Envelope>(&record.as_string()?).ok().map(|envelope| envelope.data.import)
}
