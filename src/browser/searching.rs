//! Finding clips, inside the library's worker: the words of all clips are held in memory, read from
//! the database when somebody first looks for something.

use std::cell::{Cell, RefCell};

use wasm_bindgen_futures::spawn_local;

use super::errands::report;
use super::store::{self, KeptClip};
use super::{clock, storage::StorageError};
use crate::engine::Report;
use crate::engine::errand::Found;
use crate::library::search::{Document, Hit, Index, Progress, Query, Search, fold, snippet};
use crate::library::{ClipId, Entry};
use crate::session::saved::Saved;

type Scope = web_sys::DedicatedWorkerGlobalScope;

thread_local! {
    /// The words of all clips, once they are read.
    static INDEX: RefCell<Option<Index>> = const { RefCell::new(None) };
    /// The newest question: an older one is not answered to its end.
    static TICKET: Cell<u32> = const { Cell::new(0) };
}

/// How many clips are shown with a piece of their text: about as many as are in sight.
const WITH_SNIPPETS: usize = 24;
/// How many bytes are looked through before the worker listens again.
const STEP_BYTES: usize = 8 * 1024 * 1024;

/// Answers a question: the best clips first, more as they are found.
pub fn find(scope: &Scope, ticket: u32, words: String) {
    TICKET.set(ticket);
    let scope = scope.clone();
    spawn_local(async move {
        if let Err(error) = load().await {
            report(&scope, &Report::Failed { why: error.to_string() });
        }
        let query = Query::parse(&words);
        let Some(mut search) = INDEX.with_borrow(|index| index.as_ref().map(|index| Search::new(index, query.clone())))
        else {
            return;
        };
        loop {
            if TICKET.get() != ticket {
                return;
            }
            let progress = INDEX.with_borrow(|index| index.as_ref().map(|index| search.step(index, STEP_BYTES)));
            let done = progress.is_none_or(|progress| progress == Progress::Done);
            let hits = search.hits();
            let found = with_snippets(&hits, &query).await;
            if TICKET.get() != ticket {
                return;
            }
            report(&scope, &Report::Found { ticket, found, done });
            if done {
                return;
            }
            clock::turn().await;
        }
    });
}

async fn with_snippets(hits: &[Hit], query: &Query) -> Vec<Found> {
    let mut found = Vec::with_capacity(hits.len());
    for (at, hit) in hits.iter().enumerate() {
        let words = if at < WITH_SNIPPETS { store::words(&hit.id).await.ok().flatten() } else { None };
        let snippet = words.map(|words| snippet(&words, query).parts).unwrap_or_default();
        found.push(Found { hit: hit.clone(), snippet });
    }
    found
}

/// Reads the words of all clips, if that is not done yet.
async fn load() -> Result<(), StorageError> {
    if INDEX.with_borrow(Option::is_some) {
        return Ok(());
    }
    let mut entries = Vec::new();
    store::each_entry(|_, record| entries.extend(Entry::read(record).ok().filter(|e| e.removed_ms == 0))).await?;
    // Those that came in last are looked through first.
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.added_ms));
    let mut words = std::collections::BTreeMap::new();
    store::each_words(|id, text| drop(words.insert(id.to_owned(), fold(text)))).await?;
    let mut index = Index::default();
    for entry in entries {
        let body = words.remove(entry.id.as_str()).unwrap_or_default();
        index.put(entry.id.clone(), document(&entry, body));
    }
    INDEX.set(Some(index));
    Ok(())
}

fn document(entry: &Entry, body: String) -> Document {
    Document::of(entry, body)
}

/// Clips came in.
pub fn came_in(clips: &[KeptClip]) {
    INDEX.with_borrow_mut(|index| {
        let Some(index) = index else { return };
        for clip in clips {
            if let Ok(entry) = Entry::read(&clip.entry) {
                index.put(entry.id.clone(), document(&entry, fold(&clip.words)));
            }
        }
    });
}

/// Reads anew what is known of these clips.
pub async fn renew(ids: Vec<ClipId>) {
    if INDEX.with_borrow(Option::is_none) {
        return;
    }
    for id in ids {
        let entry = store::records(&id).await.ok().and_then(|(entry, _)| Entry::read(&entry?).ok());
        let words = store::words(&id).await.ok().flatten().unwrap_or_default();
        INDEX.with_borrow_mut(|index| {
            let Some(index) = index else { return };
            match entry.filter(|entry| entry.removed_ms == 0) {
                Some(entry) => index.put(id, document(&entry, fold(&words))),
                None => index.remove(&id),
            }
        });
    }
}

/// Forgets all that was read: it is read again when somebody looks for something.
pub fn forget() {
    INDEX.set(None);
}
