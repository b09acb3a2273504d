//! What is read from the database: single records, and whole stores in turns.

use idb::{Query, TransactionMode};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::{BY_KEY, ENTRIES, PICTURES, PLACES, REST, STATES, TEXTS, WORDS, begin, get, named, record_of};
use crate::browser::storage::StorageError;
use crate::library::ClipId;

/// The bytes of a clip's file; `None` when it is not kept.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn text(id: &ClipId) -> Result<Option<Vec<u8>>, StorageError> {
    let kept = get(TEXTS, id.as_str()).await?;
    Ok(kept.and_then(|kept| kept.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec()))
}

/// The words of a clip, for search.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn words(id: &ClipId) -> Result<Option<String>, StorageError> {
    Ok(get(WORDS, id.as_str()).await?.and_then(|kept| kept.as_string()))
}

/// The words of several clips, read at once, in the order of the ids.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn words_of(ids: &[ClipId]) -> Result<Vec<Option<String>>, StorageError> {
    let reading = begin(&[WORDS], TransactionMode::ReadOnly).await?;
    let store = reading.0.object_store(WORDS).map_err(|e| named(&e))?;
    let asked: Result<Vec<_>, _> = ids.iter().map(|id| store.get(JsValue::from_str(id.as_str()))).collect();
    let mut words = Vec::with_capacity(ids.len());
    for request in asked.map_err(|e| named(&e))? {
        words.push(request.await.map_err(|e| named(&e))?.and_then(|kept| kept.as_string()));
    }
    Ok(words)
}

/// What is kept of one clip: the records of its entry and its state.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn records(id: &ClipId) -> Result<(Option<String>, Option<String>), StorageError> {
    let entry = get(ENTRIES, id.as_str()).await?.and_then(|kept| kept.as_string());
    let state = get(STATES, id.as_str()).await?.and_then(|kept| kept.as_string());
    Ok((entry, state))
}

/// A run of records of one store, and the key of the last one: to go on from there.
type Run = (Vec<String>, Vec<String>);

/// How many records are read at a time: few enough that none of the turns is felt.
pub(super) const RUN: u32 = 250;

async fn run(store: &str, after: Option<&str>) -> Result<Run, StorageError> {
    let range = after.map(|key| idb::KeyRange::lower_bound(&JsValue::from_str(key), Some(true))).transpose();
    let range = range.map_err(|e| named(&e))?.map(Query::KeyRange);
    let reading = begin(&[store], TransactionMode::ReadOnly).await?;
    let store = reading.0.object_store(store).map_err(|e| named(&e))?;
    let keys = store.get_all_keys(range.clone(), Some(RUN)).map_err(|e| named(&e))?;
    let values = store.get_all(range, Some(RUN)).map_err(|e| named(&e))?;
    let (keys, values) = (keys.await.map_err(|e| named(&e))?, values.await.map_err(|e| named(&e))?);
    let texts = |all: Vec<JsValue>| all.iter().map(|one| record_of(one).unwrap_or_default()).collect();
    Ok((texts(keys), texts(values)))
}

/// Reads all records of a store, in turns between which others have theirs.
pub(super) async fn each(store: &str, mut take: impl FnMut(&str, &str)) -> Result<(), StorageError> {
    let mut last: Option<String> = None;
    loop {
        let (keys, values) = run(store, last.as_deref()).await?;
        keys.iter().zip(&values).for_each(|(key, value)| take(key, value));
        match keys.last() {
            Some(key) if keys.len() as u32 == RUN => last = Some(key.clone()),
            _ => return Ok(()),
        }
    }
}

/// The records of all entries: id and text.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn each_entry(take: impl FnMut(&str, &str)) -> Result<(), StorageError> {
    each(ENTRIES, take).await
}

/// The records of all states: id and text.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn each_state(take: impl FnMut(&str, &str)) -> Result<(), StorageError> {
    each(STATES, take).await
}

/// The records of all places of pictures: place and text.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn each_place(take: impl FnMut(&str, &str)) -> Result<(), StorageError> {
    each(PLACES, take).await
}

/// The words of all clips: id and text.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn each_words(take: impl FnMut(&str, &str)) -> Result<(), StorageError> {
    each(WORDS, take).await
}

/// The records of the places that have one of these keys.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn places(keys: &[String]) -> Result<Vec<String>, StorageError> {
    let reading = begin(&[PLACES], TransactionMode::ReadOnly).await?;
    let index = reading.0.object_store(PLACES).and_then(|store| store.index(BY_KEY)).map_err(|e| named(&e))?;
    let mut found = Vec::new();
    for key in keys {
        let of_key = index.get_all(Some(Query::Key(JsValue::from_str(key))), None).map_err(|e| named(&e))?;
        for place in of_key.await.map_err(|e| named(&e))? {
            found.extend(record_of(&place));
        }
    }
    Ok(found)
}

/// A record that is no clip's.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn record(name: &str) -> Result<Option<String>, StorageError> {
    Ok(get(REST, name).await?.and_then(|kept| kept.as_string()))
}

/// The bytes of a picture, as JavaScript has them.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn picture(hash: &str) -> Result<Option<Uint8Array>, StorageError> {
    Ok(get(PICTURES, hash).await?.and_then(|kept| kept.dyn_into().ok()))
}
