//! Files that a person picks or drops, and what is read from them.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::{BrowserError, During};

/// A file as it was offered; not read yet.
#[derive(Debug, Clone)]
pub struct DroppedFile {
    file: web_sys::File,
    folder: bool,
}

impl DroppedFile {
    /// Its name, without a folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.file.name()
    }

    /// Its length in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        let size = self.file.size();
        if size.is_finite() && size > 0.0 { size as u64 } else { 0 }
    }

    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.folder
    }

    /// What it holds, not read yet.
    #[must_use]
    pub fn content(&self) -> Content {
        Content { value: self.file.clone().into(), size: usize::try_from(self.size()).unwrap_or(usize::MAX) }
    }
}

/// What a clip is read from: a file, which the worker reads itself, or a text. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Content {
    pub(super) value: JsValue,
    size: usize,
}

impl Content {
    /// A text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self { value: JsValue::from_str(text), size: text.len() }
    }

    /// Its length in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Reads it whole, inside a worker: a page can't wait for a file.
    pub(super) fn read(value: &JsValue) -> Result<Vec<u8>, BrowserError> {
        const OPERATION: &str = "read the file";
        if let Some(text) = value.as_string() {
            return Ok(text.into_bytes());
        }
        let file: &web_sys::Blob = value.dyn_ref().ok_or_else(|| BrowserError::missing(OPERATION))?;
        let reader = web_sys::FileReaderSync::new().during(OPERATION)?;
        let buffer = reader.read_as_array_buffer(file).during(OPERATION)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// The files that were picked with an input, which is emptied so that the same file can be
/// picked again.
#[must_use]
pub fn picked(event: &web_sys::Event) -> Vec<DroppedFile> {
    let input = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(input) = input else {
        return Vec::new();
    };
    let files = input.files().map(|list| from_list(&list)).unwrap_or_default();
    input.set_value("");
    files
}

/// The files of a drop; folders are marked as such.
#[must_use]
pub fn dropped(event: &web_sys::DragEvent) -> Vec<DroppedFile> {
    event.data_transfer().map(|t| transferred(&t)).unwrap_or_default()
}

/// The files on the clipboard of a paste.
#[must_use]
pub fn pasted(event: &web_sys::ClipboardEvent) -> Vec<DroppedFile> {
    event.clipboard_data().map(|t| transferred(&t)).unwrap_or_default()
}

/// Whether a drag carries files rather than a piece of the page.
#[must_use]
pub fn carries_files(event: &web_sys::DragEvent) -> bool {
    event.data_transfer().is_some_and(|t| t.types().includes(&JsValue::from_str("Files"), 0))
}

fn transferred(transfer: &web_sys::DataTransfer) -> Vec<DroppedFile> {
    let items = transfer.items();
    let mut files = Vec::new();
    for index in 0..items.length() {
        let Some(item) = items.get(index).filter(|i| i.kind() == "file") else {
            continue;
        };
        let folder = item.webkit_get_as_entry().ok().flatten().is_some_and(|e| e.is_directory());
        if let Ok(Some(file)) = item.get_as_file() {
            files.push(DroppedFile { file, folder });
        }
    }
    if files.is_empty() {
        files = transfer.files().map(|list| from_list(&list)).unwrap_or_default();
    }
    files
}

fn from_list(list: &web_sys::FileList) -> Vec<DroppedFile> {
    (0..list.length()).filter_map(|index| list.get(index)).map(|file| DroppedFile { file, folder: false }).collect()
}

/// Reads the `{file, folder}` objects that `boot.js` kept.
pub(super) fn from_array(array: &Array) -> Vec<DroppedFile> {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    array
        .iter()
        .filter_map(|kept| {
            let file = get(&kept, "file")?.dyn_into::<web_sys::File>().ok()?;
            let folder = get(&kept, "folder").is_some_and(|f| f.is_truthy());
            Some(DroppedFile { file, folder })
        })
        .collect()
}
