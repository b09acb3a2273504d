//! The way of a clip from the engine onto the page: first its beginning, then the rest of it in
//! chunks; outline and metadata once there is something to read.

use std::sync::Arc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::context::{Furnished, Place, Reader, Shown, Tone};
use super::opening::{self, Traveller};
use super::say::{self, say};
use super::shelf::OnPage;
use super::{consent, first_words, importing, keeping, later, marks, moves, rehearsal, turns, typeset, words};
use crate::browser::worker::{News, Payload};
use crate::browser::{body, clock, page, remote};
use crate::clip::Diagnostic;
use crate::clip::metadata::{Field, Origin};
use crate::engine::{ClipView, Job, Response, Ticket};
use crate::library::entry::Arrival;
use crate::library::{ClipId, Entry};
use crate::session::{ClipCommand, Command, Route};

/// After how long a clip that is still on its way takes the place of what is shown, in
/// milliseconds: for most clips, what is shown stays until their text is there.
const PATIENCE_MS: u32 = 150;
/// After how long it shows how far it is, and can be stopped: sooner would only flicker.
const SLOW_MS: u32 = 600;

/// How far a clip that takes long is on its way to the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// The share of the text that is there, from 0 to 1; `None` while it is still being understood.
    pub share: Option<f32>,
}

/// A clip was asked for: if it takes long, that is shown. One that is only read again stays in
/// view meanwhile.
pub fn expect(reader: Reader, ticket: Ticket, again: bool) {
    reader.progress.set(None);
    turns::forget(reader);
    // No words of the one before come any more.
    first_words::go_on(reader);
    let still_waits = move || reader.opening.with_value(|o| o.opened == Some(ticket));
    Timeout::new(PATIENCE_MS, move || {
        let waiting = traveller(reader, ticket).filter(|traveller| still_waits() && !traveller.begun && !again);
        if let Some(Traveller { name, .. }) = waiting {
            reader.sheet.set(None);
            reader.go_to_reader();
            reader.shown.set(Shown::Loading { name });
        }
    })
    .forget();
    Timeout::new(SLOW_MS, move || {
        if still_waits() {
            reader.progress.set(Some(Progress { share: None }));
        }
    })
    .forget();
}

/// What the engine has to say.
pub fn hear(reader: Reader, news: News) {
    match news {
        News::Response(response, payload) => answer(reader, response, &payload),
        News::TooLong(job) => lost(reader, &job, say!(arriving.too_long, name = job.name)),
        News::Crashed(job) => lost(reader, &job, say!(arriving.crashed, name = job.name)),
        News::NoWorker(error) => not_read(reader, &say!(arriving.no_engine, why = error)),
        News::NoPart => not_read(reader, say!(app.part_missing)),
    }
}

fn answer(reader: Reader, response: Response, payload: &Payload) {
    match response {
        Response::Ready { view } => rehearsal::plan(reader, *view, payload),
        Response::Refused { ticket, why } => refused(reader, ticket, &why),
        Response::Known { ticket, id } => known(reader, ticket, &id),
        Response::Begun { ticket, id, view } => begun(reader, ticket, &id, *view),
        Response::Parsed { ticket, id, view } => parsed(reader, ticket, &id, *view),
        Response::Chunk { ticket, index: 0, share } => turns::first_chunk(reader, ticket, share, payload),
        Response::Chunk { .. } => turns::wait_for_turn(reader, response, payload),
        Response::Done { ticket, .. } => {
            hold(reader, ticket, payload);
            turns::wait_for_turn(reader, response, payload);
        }
    }
}

fn leave(reader: Reader, ticket: Ticket) -> Option<Traveller> {
    let left = reader.opening.try_update_value(|opening| {
        if opening.opened == Some(ticket) {
            opening.opened = None;
            reader.progress.set(None);
        }
        opening.travellers.remove(&ticket)
    });
    first_words::go_on(reader);
    clock::soon(move || {
        importing::next(reader);
        later::begin(reader);
    });
    left.flatten()
}

/// Nothing can be read for now.
fn not_read(reader: Reader, why: &str) {
    if let Some(ticket) = reader.opening.with_value(|opening| opening.opened) {
        leave(reader, ticket);
    }
    fail(reader, say!(arriving.the_clip), why);
}

fn lost(reader: Reader, job: &Job, why: String) {
    leave(reader, job.ticket);
    fail(reader, &job.name, &why);
}

/// Says in the place of the clip why it is not there.
pub fn fail(reader: Reader, name: &str, why: &str) {
    reader.place.set(Place::Reader);
    reader.shown.set(Shown::Failed { name: name.to_owned(), why: say::sentence(why) });
    reader.tell(Tone::Problem, why);
}

/// A file that is no clip: the next one that came with it is shown, or what was shown before.
fn refused(reader: Reader, ticket: Ticket, why: &str) {
    let Some(traveller) = leave(reader, ticket) else { return };
    if traveller.hosted.is_some() {
        // The address asks for this one and no other.
        return fail(reader, &traveller.name, why);
    }
    reader.tell(Tone::Problem, why);
    if traveller.others.is_empty() {
        back_to_before(reader);
    } else {
        opening::open_first(reader, traveller.others);
    }
}

/// The person stopped a clip on its way.
pub fn stopped(reader: Reader, traveller: &Traveller) {
    reader.progress.set(None);
    first_words::go_on(reader);
    importing::next(reader);
    later::begin(reader);
    let name = &traveller.name;
    if traveller.begun {
        moves::all_arrived(reader);
        reader.opening.update_value(|o| o.shelf.on_page.iter_mut().for_each(|clip| clip.provisional = false));
        furnish(reader);
        reader.tell(Tone::Done, say!(arriving.stopped_partway, name = name));
    } else {
        back_to_before(reader);
        reader.tell(Tone::Done, say!(arriving.stopped, name = name));
    }
}

/// The person went elsewhere before the clip had arrived. What stands of it is taken away: it is read
/// anew by whoever comes back to it.
pub fn left(reader: Reader, traveller: &Traveller) {
    reader.progress.set(None);
    first_words::go_on(reader);
    turns::forget(reader);
    importing::next(reader);
    later::begin(reader);
    let is_part = traveller.begun && reader.opening.with_value(|o| o.shelf.on_page.as_ref().is_some_and(|c| !c.whole));
    if is_part {
        drop(reader.body.get_untracked().and_then(|body| reader.told(body::take(&body))));
        reader.opening.update_value(|o| o.shelf.on_page = None);
        moves::all_arrived(reader);
    }
    if is_part || reader.shown.with_untracked(|shown| matches!(shown, Shown::Loading { .. })) {
        reader.furnished.set(Furnished::Nothing);
        reader.shown.set(Shown::Nothing);
    }
}

fn back_to_before(reader: Reader) {
    let before = reader.opening.with_value(|o| o.shelf.on_page.as_ref().map(|clip| clip.id.clone()));
    let loading = reader.shown.with_untracked(|shown| matches!(shown, Shown::Loading { .. }));
    if loading && !before.is_some_and(|id| bring_back(reader, &id)) {
        reader.shown.set(Shown::Nothing);
        opening::go_home(reader);
    }
}

/// A clip that is at hand was opened again from its file.
fn known(reader: Reader, ticket: Ticket, hash: &ClipId) {
    let Some(traveller) = leave(reader, ticket) else { return };
    let id = reader.opening.with_value(|opening| opening.shelf.with_hash(hash));
    if let Some(id) = &id {
        note_host(reader, &traveller, id);
    }
    if !id.is_some_and(|id| bring_back(reader, &id)) {
        fail(reader, &traveller.name, say!(arriving.not_at_hand));
    }
}

/// Who a clip is that the engine read: the one that is kept, or the one that its file is or brings
/// up to date.
fn who(reader: Reader, traveller: &Traveller, hash: &ClipId, view: &ClipView) -> ClipId {
    let id = match &traveller.kept {
        Some(id) => id.clone(),
        None => importing::identify(reader, hash, traveller.path(), view),
    };
    note_host(reader, traveller, &id);
    id
}

/// Takes note of where a clip is hosted that comes from there.
fn note_host(reader: Reader, traveller: &Traveller, id: &ClipId) {
    if let Some(path) = &traveller.hosted {
        reader.opening.update_value(|opening| drop(opening.hosted.insert(id.clone(), path.clone())));
    }
}

/// Whether a clip at hand was read before the file beside it came in: it is to be read anew.
pub fn is_outdated(reader: Reader, id: &ClipId) -> bool {
    let view = reader.opening.with_value(|o| o.shelf.view(id));
    let entry = reader.library.with_untracked(|library| library.get(id).map(|row| row.entry.clone()));
    entry.zip(view).is_some_and(|(entry, view)| lacks_beside(&entry, &view))
}

/// Shows a clip that stood in the page just now. Returns whether it is at hand.
pub fn bring_back(reader: Reader, id: &ClipId) -> bool {
    let Some(body) = reader.body.get_untracked() else { return false };
    if !reader.opening.with_value(|o| o.shelf.has(id)) {
        return false;
    }
    let fetched = reader.opening.try_update_value(|o| {
        o.shelf.put_aside(body::take(&body).ok());
        o.shelf.fetch(id)
    });
    let Some((clip, chunks)) = fetched.flatten() else { return false };
    show(reader, &clip);
    reader.told(chunks.put_back(&body));
    reader.opening.update_value(|o| o.shelf.on_page = Some(clip));
    // What was agreed to may have changed meanwhile.
    consent::apply(reader);
    moves::chunk_arrived(reader);
    moves::all_arrived(reader);
    marks::all_arrived(reader);
    typeset::came_back(reader);
    page::mark("clip:rendered");
    find(reader);
    clock::after_paint(move || furnish(reader));
    true
}

fn begun(reader: Reader, ticket: Ticket, hash: &ClipId, view: ClipView) {
    let Some(traveller) = traveller(reader, ticket) else { return };
    let id = who(reader, &traveller, hash, &view);
    place(reader, &traveller, OnPage::new(id, hash.clone(), traveller.name.clone(), Arc::new(view), true));
}

fn traveller(reader: Reader, ticket: Ticket) -> Option<Traveller> {
    reader.opening.with_value(|o| o.travellers.get(&ticket).cloned())
}

fn parsed(reader: Reader, ticket: Ticket, hash: &ClipId, view: ClipView) {
    let Some(traveller) = traveller(reader, ticket) else { return };
    let id = who(reader, &traveller, hash, &view);
    page::mark("clip:parsed");
    list(reader, &traveller, &id, hash, &view);
    let view = Arc::new(view);
    let begun = reader.opening.try_update_value(|o| {
        let clip = o.shelf.on_page.as_mut().filter(|clip| clip.id == id && clip.provisional)?;
        clip.provisional = false;
        clip.view = view.clone();
        Some(())
    });
    if begun.flatten().is_some() {
        reader.shown.set(Shown::Ready { id, name: traveller.name, view });
    } else {
        place(reader, &traveller, OnPage::new(id, hash.clone(), traveller.name.clone(), view, false));
    }
}

/// Whether a clip came in with a file beside it, and was read without: less is known of it then.
fn lacks_beside(entry: &Entry, view: &ClipView) -> bool {
    let from_beside = |field: &Field| matches!(field.origin, Origin::Beside { .. });
    entry.beside.is_some() && !view.metadata.fields.iter().any(from_beside)
}

/// Lists a clip as it was understood just now: one that is new before its import says so, one that
/// is kept when it is understood differently than when it came in.
fn list(reader: Reader, traveller: &Traveller, id: &ClipId, hash: &ClipId, view: &ClipView) {
    let before = reader.library.with_untracked(|library| library.get(id).map(|row| row.entry.clone()));
    let arrival = match &before {
        Some(entry) => Arrival {
            hash: entry.hash.clone(),
            path: entry.path.clone(),
            import: entry.import,
            size_bytes: entry.size_bytes,
        },
        None => Arrival {
            hash: hash.clone(),
            path: traveller.path().to_owned(),
            import: clock::now_ms(),
            size_bytes: traveller.content.size() as u64,
        },
    };
    let is_its_file = arrival.hash == *hash || traveller.kept.is_some();
    let mut entry = Entry::new(arrival, &view.metadata, &view.stats, view.diagnostics.len());
    entry.id = id.clone();
    if let Some(before) = &before {
        if lacks_beside(before, view) {
            return;
        }
        entry.added_ms = before.added_ms;
        entry.beside.clone_from(&before.beside);
    }
    if is_its_file && before.as_deref() != Some(&entry) {
        reader.library.update(|library| library.put_entry(entry.clone()));
        if before.is_some() {
            keeping::entry(reader, entry);
        }
    }
}

/// Gives a clip the page: what stood there goes, and its own chunks may come.
fn place(reader: Reader, traveller: &Traveller, clip: OnPage) {
    moves::remember_place(reader);
    first_words::wait(reader);
    let before = reader.body.get_untracked().and_then(|body| reader.told(body::take(&body)));
    reader.opening.update_value(|o| {
        o.shelf.put_aside(before);
        if let Some(traveller) = o.opened.and_then(|ticket| o.travellers.get_mut(&ticket)) {
            traveller.begun = true;
        }
        o.shelf.forget(&clip.id);
        o.shelf.on_page = Some(clip.clone());
        if traveller.kept.is_none() {
            o.contents.insert(clip.id.clone(), traveller.content.clone());
        }
    });
    show(reader, &clip);
}

fn show(reader: Reader, clip: &OnPage) {
    let (state, problem) = keeping::state_of(reader, &clip.id);
    if let Some(problem) = problem {
        reader.tell(Tone::Problem, problem.to_string());
    }
    reader.furnished.set(Furnished::Nothing);
    reader.unseen_pictures.set(remote::Unseen::default());
    reader.reading.set(None);
    reader.outline_filter.set(String::new());
    reader.state.set(state);
    marks::begin(reader, &clip.id);
    typeset::begin(reader);
    reader.sheet.set(None);
    reader.go_to_reader();
    let OnPage { id, name, view, .. } = clip.clone();
    reader.shown.set(Shown::Ready { id: id.clone(), name, view });
    reader.send(Command::Open(Some(id.clone())));
    note_opened(reader, &id);
    moves::arrive(reader, &Route::Clip(id));
}

/// Notes that a clip was opened, on top of all that is known of it.
fn note_opened(reader: Reader, id: &ClipId) {
    if !keeping::lacks_state(reader, id) {
        return reader.send_clip(ClipCommand::Open(clock::now_ms()));
    }
    let id = id.clone();
    leptos::task::spawn_local(async move {
        keeping::fetch_state(reader, &id).await;
        if reader.open_id().as_ref() == Some(&id) {
            reader.state.set(keeping::state_of(reader, &id).0);
            reader.send_clip(ClipCommand::Open(clock::now_ms()));
        }
    });
}

/// Something can be read: outline and metadata follow, once they are known.
pub(super) fn furnish(reader: Reader) {
    let known = reader.opening.with_value(|o| o.shelf.on_page.as_ref().is_some_and(|clip| !clip.provisional));
    if !known || reader.furnished.get_untracked() != Furnished::Nothing {
        return;
    }
    reader.furnished.set(Furnished::Outline);
    clock::soon(move || {
        reader.furnished.set(Furnished::All);
        clock::next_frame(move || moves::read_place(reader));
    });
}

pub(super) fn chunk(reader: Reader, ticket: Ticket, index: usize, share: f32, html: &Payload) {
    let is_wanted = reader.opening.with_value(|o| o.travellers.contains_key(&ticket));
    let Some(body) = reader.body.get_untracked().filter(|_| is_wanted) else { return };
    let allowed = consent::allowed(reader);
    let put = reader.opening.try_update_value(|opening| {
        let clip = opening.shelf.on_page.as_mut()?;
        Some(body::put_chunk(&body, index, html, words::labels(), &allowed, &mut clip.unseen))
    });
    let Some(put) = put.flatten() else { return };
    reader.told(put);
    if let Some(later) = later::here() {
        first_words::then(reader, move || (later.look_for_pictures)(reader));
    }
    moves::chunk_arrived(reader);
    marks::chunk_arrived(reader, index);
    typeset::chunk_arrived(reader, index);
    if reader.progress.get_untracked().is_some() {
        reader.progress.set(Some(Progress { share: Some(share) }));
    }
    if index == 0 {
        tell_unseen(reader);
    }
}

/// Says how many pictures are not to be seen in what has arrived.
fn tell_unseen(reader: Reader) {
    let shown = reader.opening.with_value(|o| {
        let clip = o.shelf.on_page.as_ref()?;
        Some((clip.unseen.clone(), o.hosted.contains_key(&clip.id)))
    });
    let (mut unseen, is_hosted) = shown.unwrap_or_default();
    if is_hosted {
        // The host is asked for them now: a line that says otherwise would come and go.
        unseen.missing = 0;
    }
    reader.unseen_pictures.set(unseen);
}

fn all_here(reader: Reader) {
    tell_unseen(reader);
    page::mark("clip:rendered");
    moves::all_arrived(reader);
    marks::all_arrived(reader);
    find(reader);
}

/// What was looked for in the library is found in the clip.
fn find(reader: Reader) {
    let is_asked = reader.list.find_next.with_untracked(Option::is_some) || reader.finding.open.get_untracked();
    if is_asked {
        later::with(reader, move |later| (later.find_in_clip)(reader));
    }
}

/// The last chunk of a clip stands in the page, and what making the body has shown of it is known.
pub(super) fn done(reader: Reader, ticket: Ticket, body_bytes: usize, diagnostics: Vec<Diagnostic>) {
    let Some(traveller) = leave(reader, ticket) else { return };
    let clip = reader.opening.try_update_value(|o| {
        let clip = o.shelf.on_page.as_mut()?;
        (clip.whole, clip.body_bytes) = (true, body_bytes);
        if !diagnostics.is_empty() {
            Arc::make_mut(&mut clip.view).diagnostics = diagnostics.clone();
        }
        Some(clip.clone())
    });
    if let Some(OnPage { id, hash, name, view, .. }) = clip.flatten().filter(|_| !diagnostics.is_empty()) {
        list(reader, &traveller, &id, &hash, &view);
        reader.shown.set(Shown::Ready { id, name, view });
    }
    all_here(reader);
}

/// Holds on to the text of a clip that is not kept yet, if one came. A hosted clip is asked for by its
/// address again.
fn hold(reader: Reader, ticket: Ticket, text: &Payload) {
    let id = reader.opening.with_value(|o| o.shelf.on_page.as_ref().map(|clip| clip.id.clone()));
    let (Some(id), Some(traveller)) = (id, traveller(reader, ticket)) else { return };
    if traveller.hosted.is_none() && !text.is_empty() {
        let text = text.clone();
        first_words::then(reader, move || opening::hold(reader, &id, &traveller.name, text.text()));
    }
}
