//! The one door to the File System Access API: a folder on disk that the person lets the page read
//! again, and write into.
//!
//! Start at [`Folder`]. Its handle is kept in the database, as no address of a folder is ever known.
//! What is remembered of its files is [`crate::library::linked`]'s.

use std::collections::VecDeque;

use js_sys::{AsyncIterator, IteratorNext, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::file::{DroppedFile, MOST_FILES, Walked};
use super::storage::StorageError;
use super::{BrowserError, During, store, window};
use crate::library::path;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = showDirectoryPicker)]
    async fn show_directory_picker(options: &Object) -> Result<JsValue, JsValue>;

    /// A folder or a file.
    #[derive(Debug, Clone)]
    type Handle;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Handle) -> String;

    #[wasm_bindgen(method, getter)]
    fn kind(this: &Handle) -> String;

    #[wasm_bindgen(method, catch)]
    fn values(this: &Handle) -> Result<AsyncIterator, JsValue>;

    #[wasm_bindgen(method, catch, js_name = isSameEntry)]
    async fn is_same_entry(this: &Handle, other: &Handle) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = queryPermission)]
    async fn query_permission(this: &Handle, access: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    async fn request_permission(this: &Handle, access: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getDirectoryHandle)]
    async fn get_directory_handle(this: &Handle, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    async fn get_file_handle(this: &Handle, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getFile)]
    async fn get_file(this: &Handle) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createWritable)]
    async fn create_writable(this: &Handle) -> Result<JsValue, JsValue>;

    /// What is written into a file, which takes its place when it is closed.
    type Writable;

    #[wasm_bindgen(method, catch)]
    async fn write(this: &Writable, bytes: &Uint8Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn close(this: &Writable) -> Result<JsValue, JsValue>;
}

/// What the person lets the page do with a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read it.
    Read,
    /// Write into it, too.
    Write,
}

impl Access {
    fn options(self) -> Object {
        let options = Object::new();
        let mode = if self == Self::Read { "read" } else { "readwrite" };
        // A fresh object takes any property.
        drop(Reflect::set(&options, &"mode".into(), &mode.into()));
        options
    }
}

/// The handle of the folder, in the database.
const HANDLE: &str = "linked-handle";
/// What is remembered of it, in the database.
const RECORD: &str = "linked";

/// A folder on disk.
#[derive(Debug, Clone)]
pub struct Folder(Handle);

/// Whether this browser lets a page link folders.
#[must_use]
pub fn is_offered() -> bool {
    window().is_ok_and(|window| Reflect::has(&window, &"showDirectoryPicker".into()).unwrap_or(false))
}

impl Folder {
    /// Has the person pick one; `None` when none was picked. On a click alone.
    ///
    /// # Errors
    /// When the browser offers none.
    pub async fn pick() -> Result<Option<Self>, BrowserError> {
        match show_directory_picker(&Access::Read.options()).await {
            Ok(handle) => Ok(Some(Self(handle.unchecked_into()))),
            Err(error) if is_abort(&error) => Ok(None),
            Err(error) => Err(BrowserError::new("link a folder", &error)),
        }
    }

    /// The folder that is kept, and the record of what is remembered of it.
    ///
    /// # Errors
    /// When the browser keeps nothing.
    pub async fn kept() -> Result<Option<(Self, String)>, StorageError> {
        let Some(handle) = store::rest(HANDLE).await?.filter(JsValue::is_object) else { return Ok(None) };
        let record = store::rest(RECORD).await?.and_then(|record| record.as_string());
        Ok(Some((Self(handle.unchecked_into()), record.unwrap_or_default())))
    }

    /// Keeps the folder, and the record of what is remembered of it.
    ///
    /// # Errors
    /// When there is no room, or the browser keeps nothing.
    pub async fn keep(&self, record: &str) -> Result<(), StorageError> {
        store::keep_rest(&[(HANDLE, self.0.clone().into()), (RECORD, record.into())]).await
    }

    /// Forgets the folder that is kept.
    ///
    /// # Errors
    /// When the browser keeps nothing.
    pub async fn forget() -> Result<(), StorageError> {
        store::forget_rest(&[HANDLE, RECORD]).await
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Whether the two are one folder.
    pub async fn is_same(&self, other: &Self) -> bool {
        self.0.is_same_entry(&other.0).await.is_ok_and(|same| same.is_truthy())
    }

    /// Whether the person lets the page do that. Asks for it when it may `ask`: on a click alone.
    pub async fn allows(&self, access: Access, ask: bool) -> bool {
        let is_granted = |answer: Result<JsValue, JsValue>| answer.is_ok_and(|answer| answer == "granted");
        let options = access.options();
        is_granted(self.0.query_permission(&options).await)
            || ask && is_granted(self.0.request_permission(&options).await)
    }

    /// Walks it and the folders below, as [`super::file::Offered::walk`] does. Paths begin with its name.
    pub async fn walk(&self, is_wanted: impl Fn(&str) -> bool, found: impl Fn(usize) -> bool) -> Walked {
        let mut walked = Walked::default();
        let mut folders = VecDeque::from([(self.name(), self.0.clone())]);
        while let Some((at, folder)) = folders.pop_front() {
            let entries = match entries_of(&folder).await {
                Ok(entries) => entries,
                Err(error) => {
                    walked.unreadable.push((at, error.message));
                    continue;
                }
            };
            for entry in entries {
                let path = format!("{at}/{}", entry.name());
                if !is_wanted(&path) {
                    continue;
                }
                if entry.kind() == "directory" {
                    folders.push_back((path, entry));
                } else if walked.files.len() >= MOST_FILES {
                    walked.too_many = true;
                    return walked;
                } else {
                    match file_of(&entry).await {
                        Ok(file) => walked.files.push(DroppedFile::new(file, &path)),
                        Err(error) => walked.unreadable.push((path, error.message)),
                    }
                }
            }
            if !found(walked.files.len()) {
                break;
            }
        }
        walked
    }

    /// Reads the file at a path inside it.
    ///
    /// # Errors
    /// When there is none, or the browser does not read it.
    pub async fn read(&self, inside: &str) -> Result<Vec<u8>, BrowserError> {
        const OPERATION: &str = "read the file";
        let file = file_of(&self.at(inside).await?).await?;
        let buffer = JsFuture::from(file.array_buffer()).await.during(OPERATION)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// Writes the file at a path inside it, all or nothing; returns it as it is then, with its path.
    ///
    /// # Errors
    /// When there is none, or the browser does not write it: it is as before then.
    pub async fn write(&self, inside: &str, bytes: &[u8]) -> Result<DroppedFile, BrowserError> {
        const OPERATION: &str = "write the file";
        let handle = self.at(inside).await?;
        let writable: Writable = handle.create_writable().await.during(OPERATION)?.unchecked_into();
        writable.write(&Uint8Array::from(bytes)).await.during(OPERATION)?;
        writable.close().await.during(OPERATION)?;
        Ok(DroppedFile::new(file_of(&handle).await?, &format!("{}/{inside}", self.name())))
    }

    async fn at(&self, inside: &str) -> Result<Handle, BrowserError> {
        const OPERATION: &str = "find the file";
        let mut folder = self.0.clone();
        for name in path::folder(inside).split('/').filter(|name| !name.is_empty()) {
            folder = folder.get_directory_handle(name).await.during(OPERATION)?.unchecked_into();
        }
        folder.get_file_handle(path::name(inside)).await.during(OPERATION).map(JsCast::unchecked_into)
    }
}

async fn file_of(handle: &Handle) -> Result<web_sys::File, BrowserError> {
    handle.get_file().await.during("read the file").map(JsCast::unchecked_into)
}

async fn entries_of(folder: &Handle) -> Result<Vec<Handle>, BrowserError> {
    const OPERATION: &str = "read the folder";
    let entries = folder.values().during(OPERATION)?;
    let mut all = Vec::new();
    loop {
        let next = JsFuture::from(entries.next().during(OPERATION)?).await.during(OPERATION)?;
        let next: IteratorNext = next.unchecked_into();
        if next.done() {
            return Ok(all);
        }
        all.push(next.value().unchecked_into());
    }
}

/// Whether the person closed the picker.
fn is_abort(error: &JsValue) -> bool {
    error.dyn_ref::<web_sys::DomException>().is_some_and(|error| error.name() == "AbortError")
}
