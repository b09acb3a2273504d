//! Finding clips, inside the library's worker: the words of all clips are held in memory, read from
//! the database when somebody first looks for something.

use crate::clip::order;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::errands::report;
use super::store::{self, KeptClip};
use super::{clock, storage::StorageError};
use crate::engine::Report;
use crate::library::search::{Described, Document, Hit, Index, Query, Search, snippet};
use crate::library::{ClipId, Entry};
use crate::session::saved::Saved;

type Scope = web_sys::DedicatedWorkerGlobalScope;

thread_local! {
    /// The words of all clips, once they are read.
    static INDEX: RefCell<Option<Index>> = const { RefCell::new(None) };
    /// The search that goes on, or went on last.
    static SEARCH: RefCell<Option<Search>> = const { RefCell::new(None) };
    /// The words of the clips that were quoted last.
    static QUOTED: RefCell<BTreeMap<ClipId, Rc<str>>> = const { RefCell::new(BTreeMap::new()) };
    /// The newest question: an older one is not answered to its end.
    static TICKET: Cell<u32> = const { Cell::new(0) };
}

/// For how many clips a piece of their text is given unasked: about as many as are in sight at once.
const WITH_SNIPPETS: usize = 10;
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
            let clips = hits.iter().take(shown).map(|hit| hit.id.clone()).collect();
            report(&scope, &Report::Found { ticket, clips });
            if done {
                // Which clips they are comes first; pieces of their texts follow.
                let near = hits.iter().take(WITH_SNIPPETS).map(|hit| hit.id.clone()).collect();
                return quote(&scope, ticket, near);
            }
            clock::turn().await;
        }
    });
}

/// Reads the words of all clips, as somebody is about to look for some. Why that fails is told when
/// they do.
pub async fn prepare() {
    drop(load().await);
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

/// Gives pieces of the texts of clips that were found, around what is looked for.
pub fn quote(scope: &Scope, ticket: u32, ids: Vec<ClipId>) {
    let scope = scope.clone();
    spawn_local(async move {
        let words = words_of(&ids).await;
        let query = SEARCH.with_borrow(|search| search.as_ref().map(|search| search.query().clone()));
        let Some(query) = query.filter(|_| TICKET.get() == ticket) else { return };
        let parts = |id: &ClipId| {
            let parts = words.get(id).map(|words| snippet(words, &query).parts).unwrap_or_default();
            parts.into_iter().map(|part| (part.text, part.marked)).collect()
        };
        let snippets = ids.into_iter().map(|id| (id.clone(), parts(&id))).collect();
        report(&scope, &Report::Quoted { ticket, snippets });
    });
}

/// The words of clips. From one key to the next many stay the same, which are read once.
async fn words_of(ids: &[ClipId]) -> BTreeMap<ClipId, Rc<str>> {
    let known = QUOTED.with_borrow(Clone::clone);
    let missing: Vec<ClipId> = ids.iter().filter(|id| !known.contains_key(*id)).cloned().collect();
    let read = store::words_of(&missing).await.unwrap_or_default();
    let mut words: BTreeMap<ClipId, Rc<str>> = order::collect(known.into_iter().filter(|(id, _)| ids.contains(id)));
    words.extend(missing.into_iter().zip(read).filter_map(|(id, words)| Some((id, Rc::from(words?)))));
    QUOTED.set(words.clone());
    words
}

/// Reads the words of all clips, if that is not done yet.
async fn load() -> Result<(), StorageError> {
    if INDEX.with_borrow(Option::is_some) {
        return Ok(());
    }
    let mut entries = Vec::new();
    store::each_entry(|_, record| entries.extend(Entry::read(record).ok().filter(|e| e.removed_ms == 0))).await?;
    // Those that came in last are looked through first.
    order::sort_by_key(&mut entries, |entry| std::cmp::Reverse(entry.added_ms));
    let mut words = BTreeMap::new();
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
    QUOTED.take();
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
    QUOTED.take();
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
    QUOTED.take();
    INDEX.set(None);
}
