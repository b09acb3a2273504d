//! The one door to localStorage: typed records, each under its own key.
//!
//! What is here is the state that the page starts with: the session, the list of clips and the place
//! in each. Clips themselves are in [`super::store`], and so is a copy of whatever hurts to lose, as
//! browsers may lose what was written here last. Records that can't be read are moved aside, never
//! lost; records of a newer version are not touched at all.

use std::cell::RefCell;
use std::collections::BTreeSet;

use wasm_bindgen::prelude::*;

use super::{BrowserError, window};
use crate::library::{ClipId, Library};
use crate::session::saved::{KeptText, Rejected, Saved};
use crate::session::{ClipState, Session};

const PREFIX: &str = "clip-viewer/";

thread_local! {
    /// Keys whose records a newer version wrote.
    static UNTOUCHED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Why something was not kept. `Display` is a sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser does not let this page keep anything.
    #[error(
        "This browser does not let the page keep anything: reading works, but nothing will be here after a reload."
    )]
    Blocked,
    /// No room left.
    #[error(
        "The browser's storage for this page is full: reading works, but the newest changes are not kept. Remove clips in the library to make room."
    )]
    Full,
    /// A newer version owns the record.
    #[error(
        "What is kept here was written by a newer version of Clip Viewer and is left untouched. Reload to get that version."
    )]
    Newer,
    /// Something else.
    #[error("The browser could not keep a change ({0}). Reading works.")]
    Failed(String),
}

/// A record that could not be read, and was moved aside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("A record of this page ({what}) could not be read: {why}. It was put aside, and a fresh one is used.")]
pub struct PutAside {
    /// Which record.
    pub what: &'static str,
    /// Why.
    pub why: String,
}

fn storage() -> Result<web_sys::Storage, StorageError> {
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    let found = window().map_err(|_| StorageError::Blocked)?.local_storage();
    found.ok().flatten().ok_or(StorageError::Blocked)
}

fn named(error: &JsValue) -> StorageError {
    let name = error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
    let name = name.or_else(|| error.dyn_ref::<js_sys::Error>().map(|e| String::from(e.name())));
    match name.as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StorageError::Full,
        Some("SecurityError") => StorageError::Blocked,
        _ => StorageError::Failed(super::message(error)),
    }
}

fn write_raw(key: &str, text: &str) -> Result<(), StorageError> {
    if UNTOUCHED.with_borrow(|keys| keys.contains(key)) {
        return Err(StorageError::Newer);
    }
    storage()?.set_item(key, text).map_err(|e| named(&e))
}

fn write<T: Saved>(key: &str, record: &T) -> Result<(), StorageError> {
    let text = record.write().map_err(|e| StorageError::Failed(e.to_string()))?;
    write_raw(key, &text)
}

/// Reads a record; a damaged one is kept under `clip-viewer/rejected/…` and reported.
fn read<T: Saved>(key: &str, what: &'static str) -> (Option<T>, Option<PutAside>) {
    let Some(text) = storage().ok().and_then(|s| s.get_item(key).ok().flatten()) else {
        return (None, None);
    };
    match T::read(&text) {
        Ok(record) => (Some(record), None),
        Err(why @ Rejected::Newer { .. }) => {
            UNTOUCHED.with_borrow_mut(|keys| keys.insert(key.to_owned()));
            (None, Some(PutAside { what, why: why.to_string() }))
        }
        Err(why @ Rejected::Damaged(_)) => {
            put_aside(key, &text);
            (None, Some(PutAside { what, why: why.to_string() }))
        }
    }
}

/// Keeps damaged bytes under a key of their own. When even that fails, they stay where they are
/// and their key is not written any more.
fn put_aside(key: &str, text: &str) {
    let aside = key.replacen(PREFIX, "clip-viewer/rejected/", 1);
    let free = (0..100)
        .map(|n| if n == 0 { aside.clone() } else { format!("{aside}.{n}") })
        .find(|k| storage().is_ok_and(|s| s.get_item(k).is_ok_and(|found| found.is_none_or(|f| f == text))));
    let kept = free.is_some_and(|k| write_raw(&k, text).is_ok());
    if !kept {
        UNTOUCHED.with_borrow_mut(|keys| keys.insert(key.to_owned()));
    }
}

fn session_key() -> String {
    format!("{PREFIX}session")
}

fn library_key() -> String {
    format!("{PREFIX}recent")
}

fn clip_key(id: &ClipId) -> String {
    format!("{PREFIX}clip/{}", id.as_str())
}

fn text_key(id: &ClipId) -> String {
    format!("{PREFIX}text/{}", id.as_str())
}

/// Whether anything can be kept at all.
///
/// # Errors
/// [`StorageError::Blocked`] or [`StorageError::Full`].
pub fn probe() -> Result<(), StorageError> {
    let key = format!("{PREFIX}probe");
    let storage = storage()?;
    storage.set_item(&key, "1").and_then(|()| storage.remove_item(&key)).map_err(|e| named(&e))
}

/// The session; a fresh one when there is none.
#[must_use]
pub fn load_session() -> (Session, Option<PutAside>) {
    let (session, problem) = read(&session_key(), "the session");
    (session.unwrap_or_default(), problem)
}

/// Whether a session is kept here, readable or not.
#[must_use]
pub fn has_session() -> bool {
    storage().is_ok_and(|storage| storage.get_item(&session_key()).is_ok_and(|found| found.is_some()))
}

/// Changes the session as it stands now, whichever tab wrote it last.
///
/// # Errors
/// When it can't be kept.
pub fn change_session(change: impl FnOnce(&mut Session)) -> Result<(), StorageError> {
    let (mut session, _) = load_session();
    change(&mut session);
    write(&session_key(), &session)
}

/// The list of clips as it was mirrored last.
#[must_use]
pub fn load_library() -> (Library, Option<PutAside>) {
    let (library, problem) = read(&library_key(), "the list of clips");
    (library.unwrap_or_default(), problem)
}

/// Mirrors the list of clips.
///
/// # Errors
/// When it can't be kept.
pub fn save_library(library: &Library) -> Result<(), StorageError> {
    write(&library_key(), library)
}

/// What is kept of one clip.
#[must_use]
pub fn load_clip(id: &ClipId) -> (ClipState, Option<PutAside>) {
    let (state, problem) = read(&clip_key(id), "a clip's place");
    (state.unwrap_or_default(), problem)
}

/// Keeps the state of one clip.
///
/// # Errors
/// When it can't be kept.
pub fn save_clip(id: &ClipId, state: &ClipState) -> Result<(), StorageError> {
    write(&clip_key(id), state)
}

/// Forgets the state of one clip.
///
/// # Errors
/// When storage is blocked.
pub fn remove_clip(id: &ClipId) -> Result<(), StorageError> {
    storage()?.remove_item(&clip_key(id)).map_err(|e| named(&e))
}

/// The clips that have a record under that name.
fn with_record(name: &str) -> Vec<ClipId> {
    let Ok(storage) = storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let prefix = format!("{PREFIX}{name}/");
    keys.filter_map(|key| ClipId::parse(key.strip_prefix(&prefix)?)).collect()
}

/// The clips whose state is kept here.
#[must_use]
pub fn clips() -> Vec<ClipId> {
    with_record("clip")
}

/// Holds the text of a clip here until it is kept for good.
///
/// # Errors
/// When there is no room, or storage is blocked.
pub fn hold_text(id: &ClipId, text: &KeptText) -> Result<(), StorageError> {
    write(&text_key(id), text)
}

/// The text of a clip that is held here.
#[must_use]
pub fn held_text(id: &ClipId) -> Option<KeptText> {
    read(&text_key(id), "a clip's text").0
}

/// Whether the text of a clip is held here.
#[must_use]
pub fn holds_text(id: &ClipId) -> bool {
    storage()
        .and_then(|storage| storage.get_item(&text_key(id)).map_err(|e| named(&e)))
        .is_ok_and(|text| text.is_some())
}

/// The texts that are held here.
#[must_use]
pub fn held_texts() -> Vec<(ClipId, KeptText)> {
    let ids = with_record("text").into_iter();
    ids.filter_map(|id| held_text(&id).map(|text| (id, text))).collect()
}

/// Lets go of a text that is kept for good now.
///
/// # Errors
/// When storage is blocked.
pub fn let_go_of_text(id: &ClipId) -> Result<(), StorageError> {
    storage()?.remove_item(&text_key(id)).map_err(|e| named(&e))
}

/// Calls back when another tab changes the session.
///
/// # Errors
/// When there is no window to listen on.
pub fn watch(mut on_change: impl FnMut() + 'static) -> Result<(), BrowserError> {
    let window = window()?;
    let listener = gloo::events::EventListener::new(&window, "storage", move |event| {
        let key = event.dyn_ref::<web_sys::StorageEvent>().and_then(web_sys::StorageEvent::key);
        if key.is_some_and(|key| key == session_key()) {
            on_change();
        }
    });
    listener.forget();
    Ok(())
}
