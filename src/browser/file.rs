//! Files that a person picks or drops, whole folders of them, and what is read from them.

use std::collections::VecDeque;
use std::io::{self, Read, Seek, SeekFrom};

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{BrowserError, During};
use crate::library::linked::Stamp;

/// A file as it was offered; not read yet.
#[derive(Debug, Clone)]
pub struct DroppedFile {
    file: web_sys::File,
    path: String,
}

impl DroppedFile {
    pub(super) fn new(file: web_sys::File, path: &str) -> Self {
        let path = path.trim_start_matches('/');
        let path = if path.is_empty() { file.name() } else { path.to_owned() };
        Self { file, path }
    }

    /// Its path inside the folder that was offered; its name when it came by itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its length in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        let size = self.file.size();
        if size.is_finite() && size > 0.0 { size as u64 } else { 0 }
    }

    /// By what it is seen that it changed.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp { size_bytes: self.size(), modified_ms: self.file.last_modified().max(0.0) as u64 }
    }

    /// What it holds, not read yet.
    #[must_use]
    pub fn content(&self) -> Content {
        Content { value: self.file.clone().into(), size: usize::try_from(self.size()).unwrap_or(usize::MAX) }
    }

    /// What is written in it.
    ///
    /// # Errors
    /// When it can't be read, or is too long for anything that is read so.
    pub async fn text(&self) -> Result<String, BrowserError> {
        const OPERATION: &str = "read the file";
        const MOST_BYTES: u64 = 64 * 1024 * 1024;
        if self.size() > MOST_BYTES {
            return Err(BrowserError { operation: OPERATION, message: "it is too long".to_owned() });
        }
        let text = self.file.text();
        let text = wasm_bindgen_futures::JsFuture::from(text).await.during(OPERATION)?;
        Ok(text.as_string().unwrap_or_default())
    }
}

/// What was offered together: files, and folders that are not walked yet.
#[derive(Debug, Default)]
pub struct Offered {
    /// The files.
    pub files: Vec<DroppedFile>,
    folders: VecDeque<web_sys::FileSystemDirectoryEntry>,
}

/// What a walk through folders found.
#[derive(Debug, Default)]
pub struct Walked {
    /// The files that are wanted.
    pub files: Vec<DroppedFile>,
    /// Files and folders that could not be read: path, and what the browser said.
    pub unreadable: Vec<(String, String)>,
    /// Whether there were more than [`MOST_FILES`].
    pub too_many: bool,
}

/// How many files are taken from folders at once.
pub const MOST_FILES: usize = 20_000;

impl Offered {
    /// Whether nothing was offered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// Whether there are folders among it.
    #[must_use]
    pub fn has_folders(&self) -> bool {
        !self.folders.is_empty()
    }

    /// Walks the folders. Paths for which `is_wanted` says no are neither entered nor read;
    /// `found` hears how many files there are so far, and says whether to go on.
    pub async fn walk(mut self, is_wanted: impl Fn(&str) -> bool, found: impl Fn(usize) -> bool) -> Walked {
        let mut walked = Walked { files: self.files, ..Walked::default() };
        while let Some(folder) = self.folders.pop_front() {
            let entries = match entries_of(&folder).await {
                Ok(entries) => entries,
                Err(error) => {
                    walked.unreadable.push((path_of(&folder), error.message));
                    continue;
                }
            };
            for entry in entries {
                let path = path_of(&entry);
                if !is_wanted(&path) {
                    continue;
                }
                // Chromium has other names for these classes: what they are, they say themselves.
                if entry.is_directory() {
                    self.folders.push_back(entry.unchecked_into());
                } else if walked.files.len() >= MOST_FILES {
                    walked.too_many = true;
                    return walked;
                } else {
                    match file_of(entry.unchecked_ref()).await {
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
}

fn path_of(entry: &web_sys::FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}

/// Everything in a folder. Browsers hand it out in pieces, until one is empty.
async fn entries_of(folder: &web_sys::FileSystemDirectoryEntry) -> Result<Vec<web_sys::FileSystemEntry>, BrowserError> {
    const OPERATION: &str = "read the folder";
    let reader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let piece = js_sys::Promise::new(&mut |resolve, reject| {
            if let Err(error) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
                drop(reject.call1(&JsValue::NULL, &error));
            }
        });
        let piece = Array::from(&JsFuture::from(piece).await.during(OPERATION)?);
        if piece.length() == 0 {
            return Ok(all);
        }
        all.extend(piece.iter().map(JsCast::unchecked_into::<web_sys::FileSystemEntry>));
    }
}

async fn file_of(entry: &web_sys::FileSystemFileEntry) -> Result<web_sys::File, BrowserError> {
    let file = js_sys::Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(file).await.during("read the file").map(JsCast::unchecked_into)
}

/// What a clip is read from: a file, which the worker reads itself, or a text. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Content {
    pub(super) value: JsValue,
    size: usize,
}

impl Content {
    /// Nothing: what is kept here, the worker fetches itself.
    #[must_use]
    pub fn kept(size: u64) -> Self {
        Self { value: JsValue::NULL, size: usize::try_from(size).unwrap_or(usize::MAX) }
    }

    /// A text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self { value: JsValue::from_str(text), size: text.len() }
    }

    /// The bytes of a file.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        // A Blob of bytes can always be made; without it nothing comes in, which is told.
        let blob = web_sys::Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)));
        Self { value: blob.map_or(JsValue::NULL, Into::into), size: bytes.len() }
    }

    /// What a host sent.
    #[must_use]
    pub fn of_blob(blob: &web_sys::Blob) -> Self {
        Self { value: blob.clone().into(), size: blob.size() as usize }
    }

    /// Its length in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Reads it whole.
    ///
    /// # Errors
    /// When the file can't be read any more.
    pub async fn bytes(&self) -> Result<Vec<u8>, BrowserError> {
        const OPERATION: &str = "read the file";
        if let Some(text) = self.value.as_string() {
            return Ok(text.into_bytes());
        }
        let file: &web_sys::Blob = self.value.dyn_ref().ok_or_else(|| BrowserError::missing(OPERATION))?;
        let buffer = JsFuture::from(file.array_buffer()).await.during(OPERATION)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// The same inside a worker, where nobody waits.
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

/// Reads a file piece by piece, inside a worker: an archive may be larger than the memory.
#[derive(Debug)]
pub struct FileReader {
    file: web_sys::Blob,
    size: u64,
    at: u64,
    piece: Vec<u8>,
    piece_at: u64,
}

/// How long a piece is, in bytes.
const PIECE_BYTES: u64 = 512 * 1024;

impl FileReader {
    /// Reads a file from its handle.
    ///
    /// # Errors
    /// When it is no file.
    pub fn new(value: &JsValue) -> Result<Self, BrowserError> {
        let file: &web_sys::Blob = value.dyn_ref().ok_or_else(|| BrowserError::missing("read the file"))?;
        Ok(Self { size: file.size() as u64, file: file.clone(), at: 0, piece: Vec::new(), piece_at: 0 })
    }

    fn fetch(&mut self) -> Result<(), BrowserError> {
        const OPERATION: &str = "read a piece of the file";
        let end = (self.at + PIECE_BYTES).min(self.size);
        let slice = self.file.slice_with_f64_and_f64(self.at as f64, end as f64).during(OPERATION)?;
        let reader = web_sys::FileReaderSync::new().during(OPERATION)?;
        let buffer = reader.read_as_array_buffer(&slice).during(OPERATION)?;
        self.piece = Uint8Array::new(&buffer).to_vec();
        self.piece_at = self.at;
        Ok(())
    }

    fn rest_of_piece(&self) -> &[u8] {
        let from = self.at.checked_sub(self.piece_at).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.piece.get(from..)).unwrap_or_default()
    }
}

impl Read for FileReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || into.is_empty() {
            return Ok(0);
        }
        if self.rest_of_piece().is_empty() {
            self.fetch().map_err(io::Error::other)?;
        }
        let count = self.rest_of_piece().read(into)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for FileReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

/// The files that were picked with an input, which is emptied so that the same file can be
/// picked again.
#[must_use]
pub fn picked(event: &web_sys::Event) -> Offered {
    let input = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(input) = input else {
        return Offered::default();
    };
    let files = input.files().map(|list| from_list(&list)).unwrap_or_default();
    input.set_value("");
    Offered { files, ..Offered::default() }
}

/// The files and folders of a drop.
#[must_use]
pub fn dropped(event: &web_sys::DragEvent) -> Offered {
    event.data_transfer().map(|t| transferred(&t)).unwrap_or_default()
}

/// The files on the clipboard of a paste.
#[must_use]
pub fn pasted(event: &web_sys::ClipboardEvent) -> Offered {
    event.clipboard_data().map(|t| transferred(&t)).unwrap_or_default()
}

/// Whether a drag carries files rather than a piece of the page.
#[must_use]
pub fn carries_files(event: &web_sys::DragEvent) -> bool {
    event.data_transfer().is_some_and(|t| t.types().includes(&JsValue::from_str("Files"), 0))
}

fn transferred(transfer: &web_sys::DataTransfer) -> Offered {
    let items = transfer.items();
    let mut offered = Offered::default();
    for index in 0..items.length() {
        let Some(item) = items.get(index).filter(|i| i.kind() == "file") else {
            continue;
        };
        let entry = item.webkit_get_as_entry().ok().flatten();
        offered.add(entry.map(JsValue::from).as_ref(), item.get_as_file().ok().flatten());
    }
    if offered.is_empty() {
        offered.files = transfer.files().map(|list| from_list(&list)).unwrap_or_default();
    }
    offered
}

impl Offered {
    fn add(&mut self, entry: Option<&JsValue>, file: Option<web_sys::File>) {
        let entry = entry.map(JsCast::unchecked_ref::<web_sys::FileSystemEntry>);
        match (entry.filter(|entry| entry.is_directory()), file) {
            (Some(folder), _) => self.folders.push_back(folder.clone().unchecked_into()),
            (None, Some(file)) => self.files.push(DroppedFile::new(file, "")),
            (None, None) => {}
        }
    }
}

/// A folder that was picked tells the path of each file.
fn from_list(list: &web_sys::FileList) -> Vec<DroppedFile> {
    let path = |file: &web_sys::File| {
        let path = Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok();
        path.and_then(|path| path.as_string()).unwrap_or_default()
    };
    (0..list.length())
        .filter_map(|index| list.get(index))
        .map(|file| {
            let path = path(&file);
            DroppedFile::new(file, &path)
        })
        .collect()
}

/// Reads the `{file, entry}` objects that `boot.js` kept.
pub(super) fn from_array(array: &Array) -> Offered {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    let mut offered = Offered::default();
    for kept in array.iter() {
        let file = get(&kept, "file").and_then(|file| file.dyn_into::<web_sys::File>().ok());
        let entry = get(&kept, "entry").filter(JsValue::is_object);
        offered.add(entry.as_ref(), file);
    }
    offered
}
