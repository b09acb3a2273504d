//! A visit of the page: looking whether all is there, and doing something that a kill can break.

use std::time::{Duration, Instant};

use e2e::dice::Dice;
use e2e::{Page, Problem};
use serde_json::{Value, json};

use super::clips;
use super::ledger::{Found, Ledger, State, Told};

/// The longest time between the first thing that is done and the kill, in milliseconds.
const LONGEST_MS: usize = 1500;
/// How often the page is asked what it told.
const ASKED_EVERY: Duration = Duration::from_millis(60);

/// All that the page keeps, as [`Found::read`] takes it.
const LOOK: &str = "
    const done = arguments[arguments.length - 1];
    const open = indexedDB.open('clip-viewer');
    open.onerror = () => done({ problems: 'the database does not open' });
    open.onsuccess = () => {
        const names = ['entries', 'texts', 'words', 'states'];
        const all = open.result.transaction(names, 'readonly');
        const kept = {};
        for (const name of names) {
            const store = all.objectStore(name);
            store.getAllKeys().onsuccess = ({ target: keys }) => {
                store.getAll().onsuccess = ({ target: values }) => {
                    kept[name] = keys.result.map((key, at) => [key, values.result[at]]);
                };
            };
        }
        const sum = (bytes) => {
            let sum = 0x811c9dc5;
            for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
            return [bytes.length, sum >>> 0];
        };
        const data = (record) => { const { triage, changed_ms } = JSON.parse(record).data; return { triage, changed_ms }; };
        const mirror = Object.entries(localStorage).filter(([key]) => key.startsWith('clip-viewer/clip/'));
        all.oncomplete = () => {
            open.result.close();
            done({
                entries: kept.entries.filter(([, record]) => !JSON.parse(record).data.removed_ms).map(([id]) => id),
                texts: Object.fromEntries(kept.texts.map(([id, bytes]) => [id, sum(bytes)])),
                words: kept.words.map(([id]) => id),
                states: Object.fromEntries(kept.states.map(([id, record]) => [id, data(record)])),
                mirror: Object.fromEntries(mirror.map(([key, record]) => [key.split('/').pop(), data(record)])),
                problems: document.querySelector('#problems')?.innerText ?? '',
                rows: +document.querySelector('#library')?.getAttribute('aria-rowcount') || 0,
            });
        };
    };";

/// Writes down from now on what the page tells of the clips in `window.watched`, and when.
const WATCH: &str = "
    window.told = [];
    window.watched = new Set(arguments[0]);
    const last = new Map();
    const tell = (name, value) => {
        if (last.get(name) !== value) {
            last.set(name, value);
            told.push([Date.now(), name, value]);
        }
    };
    setInterval(() => {
        const list = document.querySelector('#library');
        if (list) tell('rows', +list.getAttribute('aria-rowcount') || 0);
        // The second import is the one during which the kill comes.
        if (performance.getEntriesByName('import:done').length > 1) tell('imported', 1);
        for (const id of watched) {
            const record = localStorage.getItem('clip-viewer/clip/' + id);
            if (record) tell(id, record);
        }
    }, 20);";

/// Drops a zip and waits until it has come in.
const DROP: &str = "
    const [bytes, done] = [arguments[0], arguments[arguments.length - 1]];
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], 'quay.zip'));
    for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }
    const asks = setInterval(() => {
        if (performance.getEntriesByName('import:done').length) {
            clearInterval(asks);
            done(Date.now());
        }
    }, 20);";

/// Drops the zip, gives stations (in the list by a row's button, in a clip by key) and scrolls, each from
/// its own moment on.
const ACT: &str = "
    const [bytes, drop_ms, stations] = arguments;
    setTimeout(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], 'pier.zip'));
        for (const kind of ['dragenter', 'dragover', 'drop']) {
            document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
        }
    }, drop_ms);
    for (const [at_ms, row, key] of stations) {
        setTimeout(() => {
            const rows = document.querySelectorAll('#library [data-clip-id]');
            if (rows.length) {
                const chosen = rows[row % rows.length];
                watched.add(chosen.dataset.clipId);
                chosen.querySelector('button[aria-label^=Move]')?.click();
            } else {
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            }
        }, at_ms);
    }
    setInterval(() => scrollBy(0, 25), 30);";

/// A visit.
pub struct Visit<'a> {
    /// The page, not opened yet.
    pub page: &'a Page<'a>,
    /// What is done when.
    pub dice: &'a mut Dice,
    /// What has to be there.
    pub ledger: &'a mut Ledger,
}

impl Visit<'_> {
    /// Opens the list and holds what is there against what has to be there; then reads a clip. What is
    /// not as it has to be comes back as sentences.
    pub async fn look(&mut self) -> Vec<String> {
        let mut faults = Vec::new();
        match self.find().await {
            Ok(found) => {
                faults.extend(self.ledger.faults(&found));
                self.ledger.settle(found);
            }
            Err(problem) => faults.push(problem.to_string()),
        }
        if let Err(problem) = self.read_one().await {
            faults.push(problem.to_string());
        }
        faults
    }

    async fn find(&self) -> Result<Found, Problem> {
        self.page.open("?library").await?;
        let mut found = Found::default();
        // The list is the mirror's until the database was read; states that it lacks are then written.
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) {
            found = Found::read(&self.page.client.execute_async(LOOK, Vec::new()).await?);
            if found.rows == found.entries.len() as u64 && start.elapsed() > Duration::from_millis(400) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(found)
    }

    /// Opens a clip, to its last line, and leaves it open.
    async fn read_one(&mut self) -> Result<(), Problem> {
        let at = self.dice.roll(1_000_000);
        let Some(clip) = self.ledger.known(at) else { return Ok(()) };
        self.page.open(&format!("?open={}", clip.id)).await?;
        self.page.shows(&clip.title).await?;
        let text = self.page.text("return document.querySelector('#clip').textContent").await?;
        if text.contains(&clip.last) {
            return Ok(());
        }
        Err(format!("“{}” is shown without its last line", clip.title).into())
    }

    /// Does something until the moment of the kill, and says what the page told of it.
    pub async fn act(&mut self, round: usize) -> Result<String, Problem> {
        let kill_ms = self.dice.roll(LONGEST_MS);
        let in_list = self.dice.roll(2) == 0;
        self.page.open("?library").await?;
        self.bring_some(round).await?;
        let mut open = String::new();
        if !in_list {
            // As a person comes to a clip from the list: a page that is loaded anew had no worker awake.
            self.page.run("document.querySelector('#library [data-clip-id] a').click()").await?;
            self.page
                .until("a clip is open", "return !!document.querySelector('article#clip[data-state=ready]')")
                .await?;
            open = self.page.text("return new URLSearchParams(location.search).get('open') ?? ''").await?;
        }
        let clips = clips::of(round);
        let zip = clips::zip(round, &clips)?;
        let ids: Vec<String> = clips.iter().map(|clip| clip.id.clone()).collect();
        self.ledger.drops(clips);
        self.page.run_with(WATCH, vec![json!([open])]).await?;
        let stations: Vec<Value> = (0..4)
            .map(|_| {
                let key = ["u", "r", "d", "e"].get(self.dice.roll(4)).copied().unwrap_or("d");
                json!([self.dice.roll(600), self.dice.roll(12), key])
            })
            .collect();
        let drop_ms = self.dice.roll(500);
        let start = Instant::now();
        self.page.run_with(ACT, vec![json!(zip), json!(drop_ms), json!(stations)]).await?;
        let end = Duration::from_millis(u64::try_from(kill_ms).unwrap_or(0));
        let mut told = Value::Null;
        while start.elapsed() + ASKED_EVERY < end {
            told = self.page.run("return window.told").await?;
            tokio::time::sleep(ASKED_EVERY).await;
        }
        let said = self.write_down(&told, &ids);
        let place = if in_list { "list" } else { "clip" };
        tokio::time::sleep(end.saturating_sub(start.elapsed())).await;
        Ok(format!("{place} after {} ms, {said}", start.elapsed().as_millis()))
    }

    /// Brings a few clips that are in before anything is killed; the library's worker is awake then.
    async fn bring_some(&mut self, round: usize) -> Result<(), Problem> {
        let clips = clips::few(round);
        let zip = clips::zip(round, &clips)?;
        let ids = clips.iter().map(|clip| clip.id.clone()).collect();
        self.ledger.drops(clips);
        let told_ms = self.page.client.execute_async(DROP, vec![json!(zip)]).await?;
        let told_ms = told_ms.as_u64().ok_or("The page does not say when an import was done.")?;
        self.ledger.told(told_ms, Told::Imported(ids));
        Ok(())
    }

    fn write_down(&mut self, told: &Value, ids: &[String]) -> String {
        let (mut rows, mut states, mut imported) = (0, 0, "not yet imported");
        for event in told.as_array().into_iter().flatten() {
            let at_ms = event.get(0).and_then(Value::as_u64).unwrap_or(u64::MAX);
            let value = event.get(2).cloned().unwrap_or_default();
            let told = match event.get(1).and_then(Value::as_str).unwrap_or_default() {
                "rows" => {
                    rows = value.as_u64().unwrap_or(0);
                    Told::Rows(rows)
                }
                "imported" => {
                    imported = "imported";
                    Told::Imported(ids.to_vec())
                }
                id => {
                    states += 1;
                    let record: Value = serde_json::from_str(value.as_str().unwrap_or_default()).unwrap_or_default();
                    Told::State(id.to_owned(), State::read(record.get("data").unwrap_or(&Value::Null)))
                }
            };
            self.ledger.told(at_ms, told);
        }
        format!("{rows} rows, {states} states, {imported}")
    }
}
