//! What comes into the library: files, folders and archives, handed to the library's worker, and
//! what it reports of them.

use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader, Tone};
use super::editing::{self, Deed};
use super::import_panel::{Shown, Undo};
use super::linked::{self, Linking};
use super::marks::sharing;
use super::say::say;
use super::{backing_up, keeping, later, listing, moves, opening, pictures};
use crate::browser::file::{Content, DroppedFile, MOST_FILES, Offered, Walked};
use crate::browser::librarian::{Librarian, Word};
use crate::browser::worker::Payload;
use crate::browser::{clock, page, storage, store};
use crate::engine::errand::{At, Offer};
use crate::engine::{ClipView, Errand, Report};
use crate::library::entry::Arrival;
use crate::library::hosted::HostedPath;
use crate::library::importing::{Summary, identify_among};
use crate::library::intake::{self, Offered as Judged};
use crate::library::path::{self, Sorted};
use crate::library::{ClipId, Entry, Library};
use crate::session::saved::Saved;
use crate::session::{Command, Route};

/// What is known of the imports that go on and wait.
#[derive(Debug, Default)]
pub struct Importing {
    waiting: VecDeque<Batch>,
    running: Option<Batch>,
    /// Whether the walk through folders was stopped.
    walk_stopped: bool,
    /// When it was told last how far an import is.
    told_ms: f64,
}

/// Files that come in together.
#[derive(Debug, Clone, Default)]
struct Batch {
    number: u64,
    files: Vec<(Offer, Content)>,
    /// What came of it so far.
    came: Summary,
    /// Whether only problems are told of it: its clip is shown anyway.
    quiet: bool,
    /// Whether it is no news that its clip is here already: its address is opened again and again.
    again: bool,
    /// Whether its first clip is to be opened when it is in.
    opens: bool,
    /// What it is to a linked folder, when it comes from there.
    linked: Option<Linking>,
    /// What was edited, when it is the text of a clip that was.
    edited: Option<Deed>,
}

/// Takes in what was dropped or picked together.
pub fn take_in(reader: Reader, offered: Offered) {
    if offered.is_empty() {
        return;
    }
    page::mark("clip:received");
    page::mark("import:start");
    if !offered.has_folders() && offered.files.iter().any(sharing::may_hold) {
        return later::with(reader, move |later| (later.take_in_marks)(reader, offered.files));
    }
    if !offered.has_folders() {
        return begin(reader, Walked { files: offered.files, ..Walked::default() }, None);
    }
    reader.import.set(Some(Shown::Gathering(0)));
    reader.importing.update_value(|importing| importing.walk_stopped = false);
    spawn_local(async move {
        let found = move |count| {
            reader.import.set(Some(Shown::Gathering(count)));
            !reader.importing.with_value(|importing| importing.walk_stopped)
        };
        let walked = offered.walk(|path| !matches!(path::sort(path, 1), Sorted::Junk(_)), found).await;
        begin(reader, walked, None);
    });
}

/// Takes in files, of a linked folder if they are: the first clip that came by itself is opened at once; everything joins
/// the library.
pub fn begin(reader: Reader, walked: Walked, linked: Option<Linking>) {
    let Walked { files, unreadable, too_many } = walked;
    let by_themselves = files.iter().all(|file| !file.path().contains('/'));
    let sorted = |file: &DroppedFile| path::sort(file.path(), file.size());
    let is_whole = |file: &DroppedFile| matches!(sorted(file), Sorted::Archive | Sorted::Picture);
    let mut batch = Batch { number: clock::now_ms(), ..Batch::default() };
    let mut clips = Vec::new();
    for file in &files {
        let (name, size) = (path::name(file.path()), file.size());
        if let Err(refusal) = intake::judge(&Judged { name, size, folder: false })
            && by_themselves
            && !is_whole(file)
        {
            reader.tell(Tone::Problem, refusal.to_string());
            continue;
        }
        if by_themselves && !is_whole(file) {
            clips.push((name.to_owned(), file.content()));
        }
        let again = linked.as_ref().is_some_and(|linking| linking.again.contains(file.path()));
        let offer = Offer { path: file.path().to_owned(), size, id: None, linked: again, edited: None };
        batch.files.push((offer, file.content()));
    }
    for (path, why) in unreadable {
        let name = path::name(&path).to_owned();
        batch.came.skip(&path, intake::Refusal::unreadable(&name, &why.to_string()).to_string());
    }
    if too_many {
        batch.came.skip("", say!(importing.too_many, n = MOST_FILES));
    }
    let is_first = linked.as_ref().is_none_or(|linking| linking.is_first);
    batch.quiet = batch.files.len() <= 1 && !clips.is_empty() || linked.as_ref().is_some_and(|l| l.written);
    batch.opens = clips.is_empty() && is_first;
    batch.linked = linked;
    opening::open_first(reader, clips);
    submit(reader, batch);
}

/// Takes in a text that is shown anyway.
pub fn quietly(reader: Reader, path: &str, content: Content) {
    let offer = Offer { path: path.to_owned(), size: content.size() as u64, id: None, linked: false, edited: None };
    let files = vec![(offer, content)];
    submit(reader, Batch { number: clock::now_ms(), files, quiet: true, ..Batch::default() });
}

/// Takes in the text that a clip has now, as it was edited.
pub fn edited(reader: Reader, entry: &Entry, deed: Deed) {
    let content = Content::of_bytes(&deed.after);
    let (path, size) = (entry.path.clone(), content.size() as u64);
    let offer = Offer { path, size, id: None, linked: false, edited: entry.write().ok() };
    let files = vec![(offer, content)];
    submit(reader, Batch { number: clock::now_ms(), files, quiet: true, edited: Some(deed), ..Batch::default() });
}

/// Takes in a clip that is hosted beside the page and is shown anyway.
pub fn from_host(reader: Reader, path: &HostedPath, content: &Content) {
    let offer =
        Offer { path: path.as_str().to_owned(), size: content.size() as u64, id: None, linked: false, edited: None };
    let files = vec![(offer, content.clone())];
    submit(reader, Batch { number: clock::now_ms(), files, quiet: true, again: true, ..Batch::default() });
}

/// Takes in the texts that the person left before they were kept, and those that the first version of
/// the app kept elsewhere.
pub fn held_texts(reader: Reader) {
    // Of those that were opened since this page began, the import is on its way.
    let of_before = |id: &ClipId| reader.opening.with_value(|opening| !opening.holds(id));
    let texts = storage::held_texts().into_iter().filter(|(id, _)| of_before(id));
    let files: Vec<_> = texts
        .map(|(id, kept)| {
            let offer =
                Offer { path: kept.file_name, size: kept.text.len() as u64, id: Some(id), linked: false, edited: None };
            (offer, Content::of_text(&kept.text))
        })
        .collect();
    if !files.is_empty() {
        submit(reader, Batch { number: clock::now_ms(), files, quiet: true, again: true, ..Batch::default() });
    }
}

fn submit(reader: Reader, batch: Batch) {
    reader.importing.update_value(|importing| importing.waiting.push_back(batch));
    next(reader);
}

/// Begins the next import, when none goes on. The clip that is shown comes first.
pub fn next(reader: Reader) {
    if reader.importing.with_value(|importing| importing.running.is_some() || importing.waiting.is_empty()) {
        return;
    }
    let alone = reader.importing.with_value(|importing| importing.waiting.front().is_some_and(|batch| batch.quiet));
    if alone && reader.opening.with_value(|opening| opening.opened.is_some()) {
        // Two workers at once would hold each other up: when the clip is there, it goes on here.
        return;
    }
    later::with(reader, move |later| (later.import_next)(reader));
}

/// Begins it, unless one goes on.
pub fn begin_next(reader: Reader) {
    if reader.importing.with_value(|importing| importing.running.is_some()) {
        return;
    }
    let Some(batch) = reader.importing.try_update_value(|importing| importing.waiting.pop_front()).flatten() else {
        return;
    };
    let (offers, contents): (Vec<Offer>, Vec<Content>) = batch.files.iter().cloned().unzip();
    let total = offers.len() as u32;
    if !batch.quiet {
        reader.import.set(Some(Shown::Reading { done: 0, total, name: String::new() }));
    }
    let near = reader.open_id().filter(|_| reader.place.get_untracked() == Place::Reader);
    let import = batch.number;
    reader.importing.update_value(|importing| importing.running = Some(batch));
    let errand = Errand::Import { import, near, files: offers, from: At::default(), left_out: Vec::new() };
    if let Some(librarian) = reader.librarian.get_value() {
        librarian.import(errand, &contents);
    }
    let is_first = |library: &Library| library.rows().iter().all(|row| row.entry.import >= import);
    if reader.library.with_untracked(is_first) {
        // Whether it agrees or not, the browser keeps what it has room for.
        spawn_local(async {
            store::persist().await;
        });
    }
}

/// Whether something comes in right now.
pub fn is_underway(reader: Reader) -> bool {
    reader.importing.with_value(|importing| importing.running.is_some() || !importing.waiting.is_empty())
}

/// What the library's worker has to say.
pub fn hear(reader: Reader, word: Word) {
    match word {
        Word::Report(report, payload) => answer(reader, report, &payload),
        Word::LeftOut { name, too_long } => {
            let file = path::name(&name);
            let why =
                if too_long { say!(importing.too_long, name = file) } else { say!(importing.crashed, name = file) };
            reader.importing.update_value(|importing| {
                if let Some(batch) = &mut importing.running {
                    batch.came.skip(&name, why);
                }
            });
        }
        Word::NoWorker(error) => {
            reader.tell(Tone::Problem, say!(importing.no_engine, why = error));
            put_off(reader);
        }
        Word::NoPart => {
            reader.tell(Tone::Problem, say!(app.part_missing));
            put_off(reader);
        }
    }
}

/// What comes in right now waits for the next import.
fn put_off(reader: Reader) {
    reader.importing.update_value(|importing| {
        if let Some(batch) = importing.running.take() {
            importing.waiting.push_front(batch);
        }
    });
    reader.import.set(None);
}

fn answer(reader: Reader, report: Report, payload: &Payload) {
    match report {
        Report::Importing { done, total, name, .. } => progress(reader, Shown::Reading { done, total, name }),
        Report::CameIn { entries, offers, states, highlights, views, kept, came, .. } => {
            came_in(reader, &entries, &offers, kept, came);
            backing_up::restored(reader, states, views);
            if !highlights.is_empty() {
                keeping::tell_tabs(reader, highlights.iter());
                super::marks::renew(reader, highlights);
            }
        }
        Report::Imported { rest } => over(reader, rest),
        Report::Undone { entries, removed } => undone(reader, &entries, removed),
        Report::Found { ticket, clips } => listing::found(reader, ticket, clips),
        Report::Quoted { ticket, snippets } => listing::quoted(reader, ticket, snippets),
        Report::Packing { done, total } => backing_up::underway(reader, done, total),
        Report::Unpacked => backing_up::over(reader),
        Report::Packed { name, missing } => {
            backing_up::over(reader);
            listing::packed(reader, &name, &missing, payload);
        }
        Report::Failed { why } => reader.tell(Tone::Problem, why),
    }
}

/// How far an import is; said now and then, as every file is reported.
fn progress(reader: Reader, shown: Shown) {
    const OFTEN_MS: f64 = 100.0;
    let now_ms = clock::monotonic_ms();
    let told = reader.importing.try_update_value(|importing| {
        let loud = importing.running.as_ref().is_some_and(|batch| !batch.quiet);
        let due = loud && now_ms - importing.told_ms > OFTEN_MS;
        if due {
            importing.told_ms = now_ms;
        }
        due
    });
    if told == Some(true) {
        reader.import.set(Some(shown));
    }
}

/// Clips came in: they are listed.
fn came_in(reader: Reader, entries: &[String], offers: &[Option<u32>], kept: bool, came: Summary) {
    let entries: Vec<Entry> = entries.iter().filter_map(|record| Entry::read(record).ok()).collect();
    let (pictures, updated) = (came.pictures > 0, came.updated.clone());
    let linking =
        reader.importing.with_value(|importing| importing.running.as_ref()?.linked.as_ref().map(|l| l.written));
    // What could not be kept is read again from its file; of what is kept, no list is copied.
    let files = reader.importing.try_update_value(|importing| {
        let batch = importing.running.as_mut()?;
        batch.came.add(came);
        (!kept).then(|| batch.files.clone())
    });
    let files = files.flatten().unwrap_or_default();
    reader.opening.update_value(|opening| {
        for (entry, offer) in entries.iter().zip(offers) {
            let file = offer.and_then(|at| files.get(at as usize));
            match file {
                Some((_, content)) => drop(opening.contents.insert(entry.id.clone(), content.clone())),
                None => drop(opening.contents.remove(&entry.id)),
            }
        }
    });
    let ids: Vec<ClipId> = entries.iter().map(|entry| entry.id.clone()).collect();
    for id in updated.iter().filter(|id| reader.open_id().as_ref() != Some(*id)) {
        // What stands in the page is the text before.
        reader.opening.update_value(|opening| opening.shelf.remove(id));
    }
    if !entries.is_empty() {
        reader.library.update(|library| entries.into_iter().for_each(|entry| library.put_entry(entry)));
        keeping::mirror_soon(reader);
        keeping::tell_tabs(reader, ids.iter());
    }
    if pictures {
        pictures::look_for(reader);
    }
    if let (Some(written), Some(open)) = (linking, reader.open_id().filter(|open| updated.contains(open))) {
        linked::open_changed(reader, &open, written);
    }
}

/// An import is over: what came of it is said, and the next one begins.
fn over(reader: Reader, rest: Summary) {
    let Some(mut batch) = reader.importing.try_update_value(|importing| importing.running.take()).flatten() else {
        return;
    };
    batch.came.add(rest);
    listing::measure_room(reader);
    page::mark("import:done");
    for id in batch.files.iter().filter_map(|(offer, _)| offer.id.as_ref()) {
        reader.told(storage::let_go_of_text(id));
    }
    opening::let_go_of(reader, &batch.came);
    let Batch { came, quiet, opens, again, linked, edited, .. } = batch;
    if let Some(deed) = edited {
        next(reader);
        return editing::came_in(reader, deed, &came);
    }
    let clips: Vec<&ClipId> = came.added.iter().chain(&came.updated).chain(&came.here).collect();
    let (one, none) = (clips.len() == 1, clips.is_empty());
    if opens && one && !quiet {
        clips.first().copied().cloned().inspect(|id| moves::go(reader, &Route::Clip(id.clone())));
    } else if opens && !none && !quiet {
        moves::go(reader, &Route::Library);
    }
    let is_news = !came.added.is_empty() || !came.updated.is_empty() || came.skipped_count > 0 || came.pictures > 0;
    let tells = match &linked {
        Some(linking) => !linking.written && (linking.is_first || is_news),
        None => tells_itself(&came, quiet, again),
    };
    if !opens && linked.is_none() {
        // Each file that came by itself gets its sentence; those of folders stand in the summary.
        came.skipped.iter().take(FEW).for_each(|skipped| reader.tell(Tone::Problem, skipped.why.clone()));
    }
    let stopped = came.stopped;
    let undone = if came.added.is_empty() && came.updated.is_empty() { Undo::Nothing } else { Undo::Offered };
    if tells {
        let shown = Shown::Over { summary: came, undone };
        reader.import.set(Some(shown.clone()));
        set_timeout(move || let_go(reader, &shown), STANDS);
    } else if !quiet {
        // A quiet one leaves what is told of the one before.
        reader.import.set(None);
    }
    next(reader);
    if let Some(linking) = linked {
        linked::came_in(reader, linking, stopped);
    }
}

/// Whether it is told what came of an import of no linked folder. Of a clip that is shown anyway, only
/// what is not seen is told.
fn tells_itself(came: &Summary, quiet: bool, again: bool) -> bool {
    !quiet || !came.updated.is_empty() || (came.here.len() == 1 && came.added.is_empty() && !again)
}

/// How long a summary stands.
const STANDS: std::time::Duration = std::time::Duration::from_secs(20);

/// Takes a summary away that has stood for long enough; one that has reasons to read stays.
fn let_go(reader: Reader, before: &Shown) {
    let explains = matches!(before, Shown::Over { summary, .. } if summary.skipped_count > 0);
    if !explains && reader.import.with_untracked(|shown| shown.as_ref() == Some(before)) {
        reader.import.set(None);
    }
}

/// So many problems of files that came by themselves are told beside the summary.
const FEW: usize = 5;

/// Stops the import that goes on, of which what is in stays, and the packing.
pub fn stop(reader: Reader) {
    reader.importing.update_value(|importing| importing.walk_stopped = true);
    let is_packing = reader.import.with_untracked(|shown| matches!(shown, Some(Shown::Packing { .. })));
    backing_up::over(reader);
    let works = |librarian: &Librarian| librarian.is_importing() || (is_packing && librarian.is_awake());
    if let Some(librarian) = reader.librarian.get_value().filter(works) {
        librarian.ask(Errand::Stop);
    }
}

/// Undoes the import whose summary is shown.
pub fn undo(reader: Reader) {
    let summary = reader.import.with_untracked(|shown| match shown {
        Some(Shown::Over { summary, undone: Undo::Offered }) => Some(summary.clone()),
        _ => None,
    });
    if let (Some(summary), Some(librarian)) = (summary, reader.librarian.get_value()) {
        librarian.ask(Errand::Undo { added: summary.added });
    }
}

fn undone(reader: Reader, entries: &[String], removed: Vec<ClipId>) {
    let back: Vec<Entry> = entries.iter().filter_map(|record| Entry::read(record).ok()).collect();
    let changed: Vec<ClipId> = removed.iter().cloned().chain(back.iter().map(|entry| entry.id.clone())).collect();
    reader.library.update(|library| {
        removed.iter().for_each(|id| drop(library.remove(id)));
        back.into_iter().for_each(|entry| library.put_entry(entry));
    });
    for id in &changed {
        reader.opening.update_value(|opening| opening.shelf.remove(id));
    }
    if reader.open_id().is_some_and(|open| removed.contains(&open)) {
        reader.shown.set(super::context::Shown::Nothing);
        reader.send(Command::Open(None));
        opening::go_home(reader);
    }
    keeping::mirror_soon(reader);
    keeping::tell_tabs(reader, changed.iter());
    listing::measure_room(reader);
    reader.import.update(|shown| {
        if let Some(Shown::Over { undone, .. }) = shown {
            *undone = Undo::Done;
        }
    });
}

/// Who a clip is that was read from a file: one that is kept, one that it brings up to date, or
/// itself.
pub fn identify(reader: Reader, hash: &ClipId, name: &str, view: &ClipView) -> ClipId {
    let arrival = Arrival { hash: hash.clone(), path: name.to_owned(), import: clock::now_ms(), size_bytes: 0 };
    let entry = Entry::new(arrival, &view.metadata, &view.stats, 0);
    reader.library.with_untracked(|library| {
        let same = |row: &&crate::library::Row| row.entry.hash == *hash;
        if let Some(row) = library.rows().iter().find(same) {
            return row.entry.id.clone();
        }
        let of_page = library.rows().iter().filter(|row| !entry.url.is_empty() && row.entry.url == entry.url);
        let of_page: Vec<Entry> = of_page.map(|row| (*row.entry).clone()).collect();
        identify_among(&of_page, &entry).map_or_else(|| hash.clone(), |known| known.id.clone())
    })
}
