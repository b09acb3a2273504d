//! Finding clips, inside the library's worker: the words of all clips are held in memory, read from
//! the database when somebody first looks for something.

use std::cell::{Cell, RefCell};

use wasm_bindgen_futures::spawn_local;

use super::errands::report;
use super::store::{self, KeptClip};
use super::{clock, storage::StorageError};
use crate::engine::Report;
use crate::engine::errand::Snippet;
use crate::library::search::{Described, Document, Hit, Index, Query, Search, snippet};
use crate::library::{ClipId, Entry};
use crate::session::saved::Saved;

type Scope = web_sys::DedicatedWorkerGlobalScope;

thread_local! {
    /// The words of all clips, once they are read.
    static INDEX: RefCell<Option<Index>> = const { RefCell::new(None) };
    /// The search that goes on, or went on last.
    static SEARCH: RefCell<Option<Search>> = const { RefCell::new(None) };
    /// The newest question: an older one is not answered to its end.
    static TICKET: Cell<u32> = const { Cell::new(0) };
}

/// How many clips are shown with a piece of their text: about as many as are in sight.
const WITH_SNIPPETS: usize = 24;
/// How many bytes are looked through before the worker listens again.
const STEP_BYTES: usize = 8 * 1024 * 1024;

/// How many clips are reported while more are looked through.
const FIRST: usize = 50;

/// Answers a question: the best clips first, more as they are found.
pub fn find(scope: &Scope, ticket: u32, words: String) {
    TICKET.set(ticket);
    let scope = scope.clone();
    spawn_local(async move {
        if let Err(error) = load().await {
            report(&scope, &Report::Failed { why: error.to_string() });
        }
        let query = Query::parse(&words);
        if !begin(&query) {
            return;
        }
        while TICKET.get() == ticket {
            let (hits, done) = step();
            let shown = if done { hits.len() } else { FIRST };
            let hits = hits.get(..shown).unwrap_or(&hits);
            let clips = hits.iter().map(|hit| hit.id.clone()).collect();
            report(&scope, &Report::Found { ticket, clips });
            if done {
                // Which clips they are comes first; pieces of their texts follow.
                let snippets = snippets(hits, &query).await;
                if TICKET.get() == ticket {
                    report(&scope, &Report::Quoted { ticket, snippets });
                }
                return;
            }
            clock::turn().await;
        }
    });
}

/// Sets out to look for something; what only asks for more than the question before goes on from it.
fn begin(query: &Query) -> bool {
    INDEX.with_borrow(|index| {
        let Some(index) = index else { return false };
        let next = match SEARCH.take() {
            Some(before) => Search::next(index, query.clone(), &before),
            None => Search::new(index, query.clone()),
        };
        SEARCH.set(Some(next));
        true
    })
}

/// Looks through some more. Returns what was found so far, and whether that is all.
fn step() -> (Vec<Hit>, bool) {
    INDEX.with_borrow(|index| {
        SEARCH.with_borrow_mut(|search| match (index, search) {
            (Some(index), Some(search)) => {
                let progress = search.step(index, STEP_BYTES);
                (search.hits().to_vec(), progress.done)
            }
            _ => (Vec::new(), true),
        })
    })
}

/// Pieces of the texts of the first clips that were found.
async fn snippets(hits: &[Hit], query: &Query) -> Vec<(ClipId, Snippet)> {
    let ids: Vec<ClipId> = hits.iter().take(WITH_SNIPPETS).map(|hit| hit.id.clone()).collect();
    let words = store::words_of(&ids).await.unwrap_or_default();
    let parts = |words: String| snippet(&words, query).parts.into_iter().map(|part| (part.text, part.marked)).collect();
    ids.into_iter().zip(words).filter_map(|(id, words)| Some((id, parts(words?)))).collect()
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
    store::each_words(|id, text| drop(words.insert(id.to_owned(), text.to_owned()))).await?;
    let mut index = Index::default();
    for entry in entries {
        let words = words.remove(entry.id.as_str()).unwrap_or_default();
        index.put(entry.id.clone(), document(&entry, &words));
    }
    INDEX.set(Some(index));
    Ok(())
}

fn document(entry: &Entry, words: &str) -> Document {
    let described = Described {
        title: &entry.title,
        site: &entry.site,
        host: entry.host(),
        authors: &entry.authors,
        tags: &entry.tags,
        more: "",
        status: "",
        language: &entry.language,
        saved: &entry.saved,
        published: &entry.published,
        recency: entry.added_ms,
    };
    Document::new(&described, words)
}

/// Clips came in.
pub fn came_in(clips: &[KeptClip]) {
    INDEX.with_borrow_mut(|index| {
        let Some(index) = index else { return };
        for clip in clips {
            if let Ok(entry) = Entry::read(&clip.entry) {
                index.put(entry.id.clone(), document(&entry, &clip.words));
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
                Some(entry) => index.put(id, document(&entry, &words)),
                None => drop(index.remove(&id)),
            }
        });
    }
}

/// Forgets all that was read: it is read again when somebody looks for something.
pub fn forget() {
    INDEX.set(None);
}
