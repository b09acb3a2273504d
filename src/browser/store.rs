//! The one door to IndexedDB, where clips and their pictures are kept: the truth of the library.
//!
//! What is written together is written in one transaction, so whatever ends the page leaves all of
//! it or none. Texts and pictures are bytes; all other records are the text of
//! [`crate::session::saved`]. Works in the page and in workers alike.

mod highlights;
mod reading;
mod removing;
mod room;

use std::cell::RefCell;
use std::rc::Rc;

use idb::{Database, DatabaseEvent, Factory, IndexParams, KeyPath, ObjectStoreParams, TransactionMode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::storage::StorageError;
use crate::library::{ClipId, Entry};
use crate::session::ClipState;
use crate::session::saved::Saved;

pub use highlights::{KeptDeeds, each_highlights, highlights, keep_highlights};
pub use reading::{
    each_entry, each_place, each_state, each_words, picture, places, record, records, text, words, words_of,
};
pub use removing::{remove, undo_import};
pub use room::{persist, room};

/// The database. Its version rises with its stores; the forms of records have versions of their own.
/// Version 2 added the highlights.
const NAME: &str = "clip-viewer";
const VERSION: u32 = 2;

/// Clip id → what the library knows of it.
const ENTRIES: &str = "entries";
/// Clip id → the bytes of its file.
const TEXTS: &str = "texts";
/// Clip id → its words, for search.
const WORDS: &str = "words";
/// Clip id → place, station, and what else the person did with it.
const STATES: &str = "states";
/// Clip id → what the person marked in it.
const HIGHLIGHTS: &str = "highlights";
/// Clip id → what an import replaced, until the next import: an array of entry, text and words.
const REPLACED: &str = "replaced";
/// Hash → the bytes of a picture.
const PICTURES: &str = "pictures";
/// Import and path → which picture it is, found by the keys under which a clip may ask for it.
const PLACES: &str = "places";
/// Name → anything else.
const REST: &str = "rest";

const ALL: [&str; 9] = [ENTRIES, TEXTS, WORDS, STATES, HIGHLIGHTS, REPLACED, PICTURES, PLACES, REST];
/// The index of [`PLACES`] by the names and hashes that references have.
const BY_KEY: &str = "key";
/// The index of [`PLACES`] by the picture.
const BY_HASH: &str = "hash";
/// The index of [`PLACES`] by the clip that was open.
const BY_NEAR: &str = "near";

thread_local! {
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// A clip as it is written.
#[derive(Debug)]
pub struct KeptClip {
    /// Who it is.
    pub id: ClipId,
    /// The record of its entry.
    pub entry: String,
    /// The bytes of its file.
    pub bytes: Vec<u8>,
    /// Its words.
    pub words: String,
    /// Whether it takes the place of a version that is kept until the next import, for *Undo*.
    pub replaces: bool,
}

/// A picture as it is written.
#[derive(Debug)]
pub struct KeptPicture {
    /// The hash of its bytes.
    pub hash: String,
    /// Where it came from: the import and its path.
    pub place: String,
    /// The record of that place.
    pub record: String,
    /// What clips may call it.
    pub keys: Vec<String>,
    /// The clip that was open when it came in.
    pub near: Option<ClipId>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

fn named(error: &idb::Error) -> StorageError {
    let text = error.to_string();
    match () {
        () if text.contains("QuotaExceeded") => StorageError::Full,
        () if text.contains("VersionError") => StorageError::Newer,
        () if text.contains("SecurityError") || matches!(error, idb::Error::IndexedDbNotFound(_)) => {
            StorageError::Blocked
        }
        () => StorageError::Failed(text),
    }
}

async fn database() -> Result<Rc<Database>, StorageError> {
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        return Ok(open);
    }
    let factory = Factory::new().map_err(|_| StorageError::Blocked)?;
    let mut request = factory.open(NAME, Some(VERSION)).map_err(|e| named(&e))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            // What can't be made now fails with its name when it is used.
            drop(make_stores(&database));
        }
    });
    let mut database = match request.await {
        Ok(database) => database,
        Err(error) => return Err(closed_door(&error)),
    };
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        // Two asked for it at once: a connection that nobody closes would hold up newer versions.
        database.close();
        return Ok(open);
    }
    // A newer version of the app, in another tab, may not wait for this one.
    database.on_version_change(|_| {
        if let Some(open) = OPEN.take() {
            open.close();
        }
    });
    let database = Rc::new(database);
    OPEN.set(Some(database.clone()));
    Ok(database)
}

/// Why the database does not open. Some browsers fail without a name when they keep nothing.
fn closed_door(error: &idb::Error) -> StorageError {
    match named(error) {
        StorageError::Failed(_) => StorageError::Blocked,
        other => other,
    }
}

fn make_stores(database: &Database) -> Result<(), idb::Error> {
    for name in ALL {
        if !database.store_names().iter().any(|there| there == name) {
            let store = database.create_object_store(name, ObjectStoreParams::new())?;
            if name == PLACES {
                let mut several = IndexParams::new();
                several.multi_entry(true);
                store.create_index(BY_KEY, KeyPath::new_single("keys"), Some(several))?;
                store.create_index(BY_HASH, KeyPath::new_single("hash"), None)?;
                store.create_index(BY_NEAR, KeyPath::new_single("near"), None)?;
            }
        }
    }
    Ok(())
}

/// The stores of one transaction.
struct Writing(idb::Transaction);

impl Writing {
    fn put(&self, store: &str, key: &str, value: &JsValue) -> Result<(), idb::Error> {
        self.0.object_store(store)?.put(value, Some(&JsValue::from_str(key))).map(drop)
    }

    fn delete(&self, store: &str, key: &str) -> Result<(), idb::Error> {
        self.0.object_store(store)?.delete(JsValue::from_str(key)).map(drop)
    }

    async fn get(&self, store: &str, key: &str) -> Result<Option<JsValue>, idb::Error> {
        self.0.object_store(store)?.get(JsValue::from_str(key))?.await
    }

    /// Puts a clip's record, unless a newer version of the app wrote the one that is there. Returns whether
    /// it was put.
    async fn put_record<T: Saved>(&self, store: &str, id: &ClipId, record: &str) -> Result<bool, idb::Error> {
        let there = self.get(store, id.as_str()).await?.and_then(|there| there.as_string());
        let is_newer = there.is_some_and(|there| T::is_newer(&there));
        if !is_newer {
            self.put(store, id.as_str(), &JsValue::from_str(record))?;
        }
        Ok(!is_newer)
    }
}

async fn begin(stores: &[&str], mode: TransactionMode) -> Result<Writing, StorageError> {
    let began = database().await?.transaction(stores, mode);
    match began {
        Ok(transaction) => Ok(Writing(transaction)),
        // The browser may close a database at any time; a second try opens it anew.
        Err(_) => {
            OPEN.take();
            database().await?.transaction(stores, mode).map(Writing).map_err(|e| named(&e))
        }
    }
}

/// Waits until all of it is written, and says why when none of it is.
async fn end(writing: Writing, store: &str) -> Result<(), StorageError> {
    let witness = writing.0.object_store(store).map(|store| store.transaction());
    let ended = writing.0.await;
    if matches!(ended, Ok(result) if result.is_committed()) {
        return Ok(());
    }
    let name = witness.ok().and_then(|witness| witness.error()).map(|error| error.name());
    match (name.as_deref(), ended) {
        (Some("QuotaExceededError"), _) => Err(StorageError::Full),
        (_, Err(error)) => Err(named(&error)),
        (name, Ok(_)) => Err(StorageError::Failed(name.unwrap_or("it was called off").to_owned())),
    }
}

/// Writes what `put` asks for, all or nothing.
async fn write(stores: &[&str], put: impl FnOnce(&Writing) -> Result<(), idb::Error>) -> Result<(), StorageError> {
    let writing = begin(stores, TransactionMode::ReadWrite).await?;
    if let Err(error) = put(&writing) {
        // Nothing of it stays; that it can't be called off means that it is over already.
        drop(writing.0.abort());
        return Err(named(&error));
    }
    end(writing, stores.first().copied().unwrap_or(REST)).await
}

fn bytes_of(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Keeps clips, pictures and what was done with clips, as it came in, all or none.
///
/// # Errors
/// When there is no room, or the browser keeps nothing.
pub async fn keep(clips: &[KeptClip], pictures: &[KeptPicture], deeds: &KeptDeeds) -> Result<(), StorageError> {
    let stores = [ENTRIES, TEXTS, WORDS, STATES, HIGHLIGHTS, REPLACED, PICTURES, PLACES, REST];
    let writing = begin(&stores, TransactionMode::ReadWrite).await?;
    let put = async {
        for clip in clips {
            let id = clip.id.as_str();
            if clip.replaces {
                let before = Array::new();
                for store in [ENTRIES, TEXTS, WORDS] {
                    before.push(&writing.get(store, id).await?.unwrap_or_default());
                }
                writing.put(REPLACED, id, &before)?;
            }
            writing.put_record::<Entry>(ENTRIES, &clip.id, &clip.entry).await?;
            writing.put(TEXTS, id, &bytes_of(&clip.bytes))?;
            writing.put(WORDS, id, &JsValue::from_str(&clip.words))?;
        }
        for picture in pictures {
            let place = js_sys::Object::new();
            let keys: Array = picture.keys.iter().map(|key| JsValue::from_str(key)).collect();
            set(&place, "keys", &keys);
            set(&place, "hash", &JsValue::from_str(&picture.hash));
            if let Some(near) = &picture.near {
                set(&place, "near", &JsValue::from_str(near.as_str()));
            }
            set(&place, RECORD, &JsValue::from_str(&picture.record));
            writing.put(PLACES, &picture.place, &place)?;
            writing.put(PICTURES, &picture.hash, &bytes_of(&picture.bytes))?;
        }
        for (id, state) in &deeds.states {
            writing.put_record::<ClipState>(STATES, id, state).await?;
        }
        Ok(())
    };
    let put: Result<(), idb::Error> = put.await;
    let mut put = put.map_err(|error| named(&error));
    for (id, theirs) in &deeds.highlights {
        if put.is_ok() {
            put = highlights::merge(&writing, id.as_str(), theirs).await.map(drop);
        }
    }
    if let Err(error) = put {
        drop(writing.0.abort());
        return Err(error);
    }
    end(writing, ENTRIES).await
}

/// The property of a place that is the record.
const RECORD: &str = "record";

/// A record as text: a place is an object that has one.
fn record_of(value: &JsValue) -> Option<String> {
    value.as_string().or_else(|| js_sys::Reflect::get(value, &JsValue::from_str(RECORD)).ok()?.as_string())
}

fn set(object: &js_sys::Object, name: &str, value: &JsValue) {
    // A fresh object takes any property.
    drop(js_sys::Reflect::set(object, &JsValue::from_str(name), value));
}

async fn get(store: &str, key: &str) -> Result<Option<JsValue>, StorageError> {
    let reading = begin(&[store], TransactionMode::ReadOnly).await?;
    reading.get(store, key).await.map_err(|e| named(&e))
}

/// Keeps the records of states. One that a newer version of the app wrote is left as it is.
///
/// # Errors
/// When there is no room, or the browser keeps nothing: then none is written; and when one was left.
pub async fn keep_states(states: &[(ClipId, String)]) -> Result<(), StorageError> {
    keep_records::<ClipState>(STATES, states).await
}

/// Keeps the records of entries. One that a newer version of the app wrote is left as it is.
///
/// # Errors
/// When there is no room, or the browser keeps nothing: then none is written; and when one was left.
pub async fn keep_entries(entries: &[(ClipId, String)]) -> Result<(), StorageError> {
    keep_records::<Entry>(ENTRIES, entries).await
}

async fn keep_records<T: Saved>(store: &str, records: &[(ClipId, String)]) -> Result<(), StorageError> {
    let writing = begin(&[store], TransactionMode::ReadWrite).await?;
    let mut all = true;
    for (id, record) in records {
        match writing.put_record::<T>(store, id, record).await {
            Ok(put) => all &= put,
            Err(error) => {
                // Nothing of it stays; that it can't be called off means that it is over already.
                drop(writing.0.abort());
                return Err(named(&error));
            }
        }
    }
    end(writing, store).await?;
    if all { Ok(()) } else { Err(StorageError::Newer) }
}

/// What is kept under a name beside the clips.
///
/// # Errors
/// When the browser keeps nothing.
pub(super) async fn rest(name: &str) -> Result<Option<JsValue>, StorageError> {
    get(REST, name).await
}

/// Keeps values under names, all or none.
///
/// # Errors
/// When there is no room, or the browser keeps nothing.
pub(super) async fn keep_rest(values: &[(&str, JsValue)]) -> Result<(), StorageError> {
    write(&[REST], |writing| values.iter().try_for_each(|(name, value)| writing.put(REST, name, value))).await
}

/// Forgets what is kept under names.
///
/// # Errors
/// When the browser keeps nothing.
pub(super) async fn forget_rest(names: &[&str]) -> Result<(), StorageError> {
    write(&[REST], |writing| names.iter().try_for_each(|name| writing.delete(REST, name))).await
}

/// Forgets what the import before replaced: it can't be undone any more.
///
/// # Errors
/// When the browser keeps nothing.
pub async fn forget_replaced() -> Result<(), StorageError> {
    write(&[REPLACED], |writing| writing.0.object_store(REPLACED)?.clear().map(drop)).await
}

/// Keeps a record that is no clip's under a name.
///
/// # Errors
/// When there is no room, or the browser keeps nothing.
pub async fn keep_record(name: &str, record: &str) -> Result<(), StorageError> {
    write(&[REST], |writing| writing.put(REST, name, &JsValue::from_str(record))).await
}
