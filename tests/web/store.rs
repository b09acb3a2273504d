//! The door to IndexedDB, on the browser's real one. All tests share one database, so each has clips
//! of its own.

use clip_viewer::browser::storage::StorageError;
use clip_viewer::browser::store::{self, KeptClip, KeptDeeds, KeptPicture};
use clip_viewer::library::ClipId;
use clip_viewer::library::highlight::{Colour, Highlight, Highlights, Selectors};
use clip_viewer::session::saved::Saved;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

fn id(name: &str) -> ClipId {
    ClipId::of(name.as_bytes())
}

/// A clip whose entry, bytes and words all say `text`.
fn clip(name: &str, text: &str, replaces: bool) -> KeptClip {
    KeptClip {
        id: id(name),
        entry: format!("entry {text}"),
        bytes: [b"\xff\0", text.as_bytes()].concat(),
        words: format!("“{text}” 字"),
        replaces,
    }
}

fn picture(hash: &str, place: &str, keys: &[&str]) -> KeptPicture {
    KeptPicture {
        hash: hash.to_owned(),
        place: place.to_owned(),
        record: format!("record {place}"),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        near: None,
        bytes: hash.bytes().chain([0, 255]).collect(),
    }
}

/// A record that a later version of the app wrote.
const NEWER: &str = "{\"version\":99,\"data\":{}}";

/// Puts a record into a store, past the app.
async fn put(store: &str, id: &ClipId, record: &str) {
    run(&format!(
        "return new Promise((done, failed) => {{
            const request = indexedDB.open('clip-viewer');
            request.onerror = failed;
            request.onsuccess = () => {{
                const writing = request.result.transaction('{store}', 'readwrite');
                writing.objectStore('{store}').put('{record}', '{}');
                writing.oncomplete = () => {{ request.result.close(); done(); }};
            }};
        }});",
        id.as_str()
    ))
    .await;
}

async fn keep(clips: &[KeptClip], pictures: &[KeptPicture]) -> Result<(), StorageError> {
    store::keep(clips, pictures, &KeptDeeds::default()).await
}

/// A clip is kept, all of it with this text; or nothing of it is, when there is no text.
async fn check(name: &str, text: Option<&str>) {
    let expected = text.map(|text| clip(name, text, false));
    let id = id(name);
    let (entry, _) = store::records(&id).await.unwrap();
    assert_eq!(entry, expected.as_ref().map(|clip| clip.entry.clone()), "the entry of {name}");
    assert_eq!(store::text(&id).await.unwrap(), expected.as_ref().map(|clip| clip.bytes.clone()), "the text of {name}");
    assert_eq!(store::words(&id).await.unwrap(), expected.map(|clip| clip.words), "the words of {name}");
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[wasm_bindgen_test]
async fn clips_and_pictures_come_back_as_they_were() {
    let clips = [clip("kept one", "one", false), clip("kept two", "", false)];
    keep(&clips, &[picture("kept-hash", "1/assets/a.png", &["a.png"])]).await.unwrap();
    check("kept one", Some("one")).await;
    check("kept two", Some("")).await;
    check("never kept", None).await;
    let bytes = store::picture("kept-hash").await.unwrap().unwrap().to_vec();
    assert_eq!(bytes, picture("kept-hash", "", &[]).bytes);
    assert!(store::picture("another-hash").await.unwrap().is_none());
    keep(&[], &[]).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_was_replaced_is_brought_back() {
    store::forget_replaced().await.unwrap();
    keep(&[clip("back", "old", false)], &[]).await.unwrap();
    keep(&[clip("back", "new", true), clip("back, fresh", "fresh", false)], &[]).await.unwrap();
    check("back", Some("new")).await;
    assert_eq!(store::undo_import(&[]).await.unwrap(), ["entry old"]);
    check("back", Some("old")).await;
    check("back, fresh", Some("fresh")).await;
    assert!(store::undo_import(&[]).await.unwrap().is_empty(), "it is brought back once");
    check("back", Some("old")).await;
}

#[wasm_bindgen_test]
async fn what_was_replaced_before_is_forgotten_by_the_next_import() {
    keep(&[clip("forgotten", "old", false)], &[]).await.unwrap();
    keep(&[clip("forgotten", "new", true)], &[]).await.unwrap();
    store::forget_replaced().await.unwrap();
    assert!(store::undo_import(&[]).await.unwrap().is_empty());
    check("forgotten", Some("new")).await;
}

/// Has the browser do `what` (JavaScript) instead of writing the record of that key, until the
/// function that is returned is called.
fn when_written(key: &str, what: &str) -> Function {
    let script = "const stores = IDBObjectStore.prototype, put = stores.put;
        stores.put = function (value, key) {
            if (key === wanted) { return eval(what).call(this, () => put.call(this, value, key)); }
            return put.call(this, value, key);
        };
        return () => { stores.put = put; };";
    let install = Function::new_with_args("wanted, what", script);
    let restore = install.call2(&JsValue::NULL, &JsValue::from_str(key), &JsValue::from_str(what)).unwrap();
    restore.dyn_into().unwrap()
}

/// A batch in whose middle this happens fails so, and leaves nothing.
async fn check_none_is_kept(name: &str, what: &str, is_expected: fn(&StorageError) -> bool) {
    let [first, last] = ["first", "last"].map(|which| format!("{name} {which}"));
    keep(&[clip(&first, "old", false)], &[]).await.unwrap();
    let restore = when_written(id(&last).as_str(), what);
    let batch = [clip(&first, "new", true), clip(&last, "last", false)];
    let place = format!("{name}/a.png");
    let kept = keep(&batch, &[picture(name, &place, &[name])]).await;
    let records = [(id(&first), "changed".to_owned()), (id(&last), "changed".to_owned())];
    let entries = store::keep_entries(&records).await;
    let states = store::keep_states(&records).await;
    restore.call0(&JsValue::NULL).unwrap();
    for failed in [kept, entries, states] {
        let error = failed.unwrap_err();
        assert!(is_expected(&error), "{error:?}");
    }
    check(&first, Some("old")).await;
    check(&last, None).await;
    assert_eq!(store::records(&id(&first)).await.unwrap().1, None);
    assert!(store::picture(name).await.unwrap().is_none());
    assert!(store::places(&strings(&[name])).await.unwrap().is_empty());
    assert!(!store::undo_import(&[]).await.unwrap().contains(&"entry old".to_owned()));
    // The door is open as before.
    keep(&batch, &[]).await.unwrap();
    check(&last, Some("last")).await;
    store::forget_replaced().await.unwrap();
}

#[wasm_bindgen_test]
async fn a_batch_for_which_there_is_no_room_leaves_nothing() {
    let full = "(function () { throw new DOMException('no room', 'QuotaExceededError'); })";
    check_none_is_kept("full", full, |error| *error == StorageError::Full).await;
}

#[wasm_bindgen_test]
async fn a_batch_that_the_browser_calls_off_leaves_nothing() {
    let off = "(function (put) { const request = put(); this.transaction.abort(); return request; })";
    check_none_is_kept("called off", off, |error| matches!(error, StorageError::Failed(_))).await;
}

#[wasm_bindgen_test]
async fn what_is_removed_is_gone_whole() {
    keep(&[clip("gone", "old", false), clip("stays", "stays", false)], &[]).await.unwrap();
    keep(&[clip("gone", "new", true)], &[]).await.unwrap();
    store::keep_states(&[(id("gone"), "state".to_owned()), (id("stays"), "state".to_owned())]).await.unwrap();
    store::remove(&[id("gone"), id("was never here")]).await.unwrap();
    check("gone", None).await;
    assert_eq!(store::records(&id("gone")).await.unwrap(), (None, None));
    store::undo_import(&[]).await.unwrap();
    check("gone", None).await;
    check("stays", Some("stays")).await;
    assert_eq!(store::records(&id("stays")).await.unwrap().1.as_deref(), Some("state"));
}

#[wasm_bindgen_test]
async fn a_record_can_change_by_itself() {
    keep(&[clip("changed", "one", false)], &[]).await.unwrap();
    store::keep_states(&[(id("changed"), "state".to_owned())]).await.unwrap();
    store::keep_entries(&[(id("changed"), "entry anew".to_owned())]).await.unwrap();
    store::keep_states(&[(id("changed"), "state anew".to_owned())]).await.unwrap();
    let records = store::records(&id("changed")).await.unwrap();
    assert_eq!(records, (Some("entry anew".to_owned()), Some("state anew".to_owned())));
    assert_eq!(store::text(&id("changed")).await.unwrap(), Some(clip("", "one", false).bytes));
}

#[wasm_bindgen_test]
async fn places_are_found_by_what_clips_may_call_them() {
    let pictures = [
        picture("quay", "7/x/quay.png", &["quay.png", "d41d8cd98f00b204e9800998ecf8427e"]),
        picture("quay", "8/y/quay.png", &["quay.png"]),
        picture("boat", "7/x/boat.png", &["boat.png"]),
    ];
    keep(&[], &pictures).await.unwrap();
    let found = async |keys: &[&str]| {
        let mut found = store::places(&strings(keys)).await.unwrap();
        found.sort();
        found
    };
    assert_eq!(found(&["quay.png"]).await, ["record 7/x/quay.png", "record 8/y/quay.png"]);
    assert_eq!(found(&["d41d8cd98f00b204e9800998ecf8427e"]).await, ["record 7/x/quay.png"]);
    assert_eq!(found(&["boat.png", "nobody.png"]).await, ["record 7/x/boat.png"]);
    assert!(found(&["quay"]).await.is_empty() && found(&[]).await.is_empty());
    // The same place again has what came last.
    keep(&[], &[picture("boat", "7/x/boat.png", &["ship.png"])]).await.unwrap();
    assert!(found(&["boat.png"]).await.is_empty());
    assert_eq!(found(&["ship.png"]).await, ["record 7/x/boat.png"]);
}

#[wasm_bindgen_test]
async fn many_records_come_whole_and_each_once() {
    // Two runs and a half; and a store whose last run is full.
    for many in [625, 750] {
        let mut old = Vec::new();
        store::each_state(|key, _| old.extend(ClipId::parse(key))).await.unwrap();
        store::remove(&old).await.unwrap();
        let mut expected: Vec<(ClipId, String)> =
            (0..many).map(|n| (id(&format!("{many} {n}")), format!("state {n}"))).collect();
        store::keep_states(&expected).await.unwrap();
        let mut found = Vec::new();
        store::each_state(|key, value| found.push((ClipId::parse(key).unwrap(), value.to_owned()))).await.unwrap();
        expected.sort();
        assert_eq!(found.len(), many);
        assert!(found == expected, "they come in the order of their names");
    }
    let clips: Vec<KeptClip> = (0..300).map(|n| clip(&format!("many {n}"), &n.to_string(), false)).collect();
    keep(&clips, &[]).await.unwrap();
    let (mut entries, mut words) = (Vec::new(), Vec::new());
    store::each_entry(|key, value| entries.push((key.to_owned(), value.to_owned()))).await.unwrap();
    store::each_words(|key, value| words.push((key.to_owned(), value.to_owned()))).await.unwrap();
    for clip in clips {
        assert!(entries.contains(&(clip.id.as_str().to_owned(), clip.entry)));
        assert!(words.contains(&(clip.id.as_str().to_owned(), clip.words)));
    }
    assert!(entries.is_sorted_by(|a, b| a.0 < b.0) && words.is_sorted_by(|a, b| a.0 < b.0), "each once");
}

/// Runs JavaScript that returns a promise.
async fn run(script: &str) {
    let promise = Function::new_no_args(script).call0(&JsValue::NULL).unwrap();
    JsFuture::from(promise.dyn_into::<Promise>().unwrap()).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_left_alone() {
    keep(&[clip("older", "older", false)], &[]).await.unwrap();
    // This page gives way to the newer one at once.
    run("return new Promise((done, failed) => {
            const request = indexedDB.open('clip-viewer', 3);
            request.onsuccess = () => { request.result.close(); done(); };
            request.onerror = failed;
            request.onblocked = failed;
        });")
    .await;
    assert_eq!(store::text(&id("older")).await, Err(StorageError::Newer));
    assert_eq!(keep(&[clip("older", "x", false)], &[]).await, Err(StorageError::Newer));
    run("return new Promise((done, failed) => {
            const request = indexedDB.deleteDatabase('clip-viewer');
            request.onsuccess = done;
            request.onerror = failed;
            request.onblocked = failed;
        });")
    .await;
    check("older", None).await;
    keep(&[clip("older", "anew", false)], &[]).await.unwrap();
    check("older", Some("anew")).await;
}

/// A database as version 1 of it was, with one clip.
const OLDER: &str = "return new Promise((done, failed) => {
        const gone = indexedDB.deleteDatabase('clip-viewer');
        gone.onerror = gone.onblocked = failed;
        gone.onsuccess = () => {
            const request = indexedDB.open('clip-viewer', 1);
            request.onerror = request.onblocked = failed;
            request.onupgradeneeded = () => {
                for (const name of ['entries', 'texts', 'words', 'states', 'replaced', 'pictures', 'rest']) {
                    request.result.createObjectStore(name);
                }
                const places = request.result.createObjectStore('places');
                places.createIndex('key', 'keys', { multiEntry: true });
                places.createIndex('hash', 'hash');
                places.createIndex('near', 'near');
            };
            request.onsuccess = () => {
                const writing = request.result.transaction(['entries', 'texts', 'words', 'states', 'places', 'pictures', 'rest'], 'readwrite');
                const put = (store, key, value) => writing.objectStore(store).put(value, key);
                put('entries', wanted, 'entry old');
                put('texts', wanted, new Uint8Array([255, 0, 111, 108, 100]));
                put('words', wanted, '“old” 字');
                put('states', wanted, 'state old');
                put('places', '7/a.png', { keys: ['a.png'], hash: 'h', record: 'record a' });
                put('pictures', 'h', new Uint8Array([104, 0, 255]));
                put('rest', 'session', 'session old');
                writing.oncomplete = () => { request.result.close(); done(); };
                writing.onerror = failed;
            };
        };
    });";

#[wasm_bindgen_test]
async fn a_database_of_version_1_is_taken_over_whole() {
    keep(&[clip("newest", "newest", false)], &[]).await.unwrap();
    let (id, marked) = (id("older form"), highlights("of the new form"));
    run(&OLDER.replace("wanted", &format!("'{}'", id.as_str()))).await;
    check("older form", Some("old")).await;
    assert_eq!(store::records(&id).await.unwrap().1.as_deref(), Some("state old"));
    assert_eq!(store::places(&strings(&["a.png"])).await.unwrap(), ["record a"]);
    assert_eq!(store::picture("h").await.unwrap().unwrap().to_vec(), [104, 0, 255]);
    assert_eq!(store::record("session").await.unwrap().as_deref(), Some("session old"));
    assert_eq!(store::highlights(&id).await.unwrap(), None);
    store::keep_highlights(&id, &marked).await.unwrap();
    assert_eq!(kept_highlights(&id).await, Some(marked));
    store::remove(std::slice::from_ref(&id)).await.unwrap();
    assert_eq!(store::highlights(&id).await.unwrap(), None, "they go with their clip");
}

fn highlights(quote: &str) -> Highlights {
    let place = Selectors { exact: quote.to_owned(), end: 3, ..Selectors::default() };
    [Highlight::new(place, Colour::Green, clip_viewer::browser::clock::now_ms())].into_iter().collect()
}

async fn kept_highlights(id: &ClipId) -> Option<Highlights> {
    store::highlights(id).await.unwrap().map(|record| Highlights::read(&record).unwrap())
}

#[wasm_bindgen_test]
async fn highlights_of_tabs_and_backups_become_one() {
    let id = id("marked");
    let [a, b, c] = ["a", "b", "c"].map(highlights);
    assert_eq!(store::keep_highlights(&id, &a).await.unwrap(), a);
    // Another tab, which has not heard of the first one.
    let both = store::keep_highlights(&id, &b).await.unwrap();
    assert_eq!(both.count(), 2);
    let mut without = both.clone();
    without.remove(&a.all()[0].id, 0);
    store::keep_highlights(&id, &without).await.unwrap();
    // The older copy brings nothing back.
    let deeds = KeptDeeds { states: Vec::new(), highlights: vec![(id.clone(), both), (id.clone(), c.clone())] };
    store::keep(&[clip("marked", "text", false)], &[], &deeds).await.unwrap();
    let kept = kept_highlights(&id).await.unwrap();
    let mut quotes: Vec<_> = kept.live().map(|one| one.place.exact.as_str()).collect();
    quotes.sort_unstable();
    assert_eq!(quotes, ["b", "c"]);
    let mut all = Vec::new();
    store::each_highlights(|of, _| all.push(of.to_owned())).await.unwrap();
    assert!(all.contains(&id.as_str().to_owned()));
}

#[wasm_bindgen_test]
async fn a_damaged_record_of_highlights_is_put_aside_and_a_newer_one_left_alone() {
    let (damaged, newer, marked) = (id("damaged marks"), id("newer marks"), highlights("whole"));
    put("highlights", &damaged, "{\"vers").await;
    put("highlights", &newer, NEWER).await;
    assert_eq!(store::keep_highlights(&damaged, &marked).await.unwrap(), marked);
    let aside = format!("rejected/highlights/{}", damaged.as_str());
    assert_eq!(store::record(&aside).await.unwrap().as_deref(), Some("{\"vers"));
    assert_eq!(store::keep_highlights(&newer, &marked).await, Err(StorageError::Newer));
    let left = store::highlights(&newer).await.unwrap();
    assert_eq!(left.as_deref(), Some(NEWER));
}

#[wasm_bindgen_test]
async fn records_of_a_newer_form_are_left_alone_and_those_beside_them_are_kept() {
    let (older, newer) = (id("an older form"), id("a newer form"));
    put("states", &newer, NEWER).await;
    put("entries", &newer, NEWER).await;
    let records = [(newer.clone(), "mine".to_owned()), (older.clone(), "mine".to_owned())];
    assert_eq!(store::keep_states(&records).await, Err(StorageError::Newer));
    assert_eq!(store::keep_entries(&records).await, Err(StorageError::Newer));
    let deeds = KeptDeeds { states: vec![(newer.clone(), "theirs".to_owned())], ..KeptDeeds::default() };
    store::keep(&[clip("a newer form", "text", false)], &[], &deeds).await.unwrap();
    let whole = |text: &str| Some(text.to_owned());
    assert_eq!(store::records(&newer).await.unwrap(), (whole(NEWER), whole(NEWER)));
    assert_eq!(store::records(&older).await.unwrap(), (whole("mine"), whole("mine")));
}

#[wasm_bindgen_test]
async fn a_database_that_the_browser_closed_is_opened_anew() {
    keep(&[clip("closed", "one", false)], &[]).await.unwrap();
    // Who deletes it makes every page close it.
    run("return new Promise((done, failed) => {
            const request = indexedDB.deleteDatabase('clip-viewer');
            request.onsuccess = done;
            request.onerror = failed;
            request.onblocked = failed;
        });")
    .await;
    check("closed", None).await;
    keep(&[clip("closed", "two", false)], &[]).await.unwrap();
    check("closed", Some("two")).await;
}

#[wasm_bindgen_test]
async fn the_browser_says_how_much_room_there_is() {
    let (used, most) = store::room().await.unwrap();
    assert!(used >= 0.0 && most > used, "{used} of {most}");
}
