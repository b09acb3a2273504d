//! The way of a clip onto the page: files in, engine, chunks, and what is kept of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader, Sheet, Shown, Tone};
use super::{moves, words};
use crate::browser::file::DroppedFile;
use crate::browser::worker::News;
use crate::browser::{body, clipboard, history, page, storage};
use crate::clip::Options;
use crate::engine::{ClipView, Job, Kind, Response, Ticket};
use crate::library::intake::{self, Offered, Refusal};
use crate::library::{ClipId, Entry};
use crate::session::saved::KeptText;
use crate::session::{Command, Route};

/// Words that the page adds to a body.
const LABELS: body::Labels = body::Labels {
    missing_picture: "Picture not saved with the clip",
    remote_picture: "Load picture from",
    copy: "Copy",
    clutter: words::reason_named,
};

/// What is known of the clips on their way to the page.
#[derive(Debug, Default)]
pub struct Opening {
    /// Counts drops, picks and pastes; a later one wins over an earlier one that is still read.
    turn: u32,
    /// The turn of the clip that was opened last.
    opened_turn: u32,
    travellers: BTreeMap<Ticket, Traveller>,
    /// The bytes of the file that was opened last, to read it again in another encoding.
    pub(super) bytes: Option<(ClipId, Vec<u8>)>,
}

/// A clip between file and page.
#[derive(Debug, Clone)]
struct Traveller {
    id: ClipId,
    name: String,
    /// Whether it is to be shown, or only listed.
    kind: Kind,
    /// Whether it comes from storage and need not be kept again.
    kept: bool,
    /// The encoding of its file, once it is known.
    encoding: String,
    chunks: usize,
    entry: Option<Entry>,
}

/// Takes in what was dropped, picked or pasted together: the first readable file is opened, the
/// others join the library, and each refused one gets its sentence.
pub fn take_in(reader: Reader, files: Vec<DroppedFile>) {
    if files.is_empty() {
        return;
    }
    page::mark("clip:received");
    let turn = next_turn(reader);
    spawn_local(async move {
        let (mut opened, mut joined) = (false, 0);
        for file in files {
            match read(&file).await {
                Ok(bytes) if !opened => {
                    opened = true;
                    open_in_turn(reader, turn, &file.name(), bytes);
                }
                Ok(bytes) => {
                    joined += 1;
                    submit(reader, Kind::Glance, &file.name(), Content::File(bytes, None));
                }
                Err(refusal) => reader.tell(Tone::Problem, refusal.to_string()),
            }
        }
        if joined > 0 {
            let clips = if joined == 1 { "clip is" } else { "clips are" };
            reader.tell(Tone::Done, format!("{joined} more {clips} in the library."));
        }
    });
}

async fn read(file: &DroppedFile) -> Result<Vec<u8>, Refusal> {
    let name = file.name();
    intake::judge(&Offered { name: &name, size: file.size(), folder: file.is_folder() })?;
    let bytes = file.read().await;
    let bytes = bytes.map_err(|e| Refusal::Unreadable { name: name.clone(), why: format!("{}.", e.message) })?;
    intake::judge_bytes(&name, &bytes)?;
    Ok(bytes)
}

fn next_turn(reader: Reader) -> u32 {
    reader
        .opening
        .try_update_value(|opening| {
            opening.turn += 1;
            opening.turn
        })
        .unwrap_or_default()
}

/// Opens a clip unless a later drop was opened already; then it joins the library.
fn open_in_turn(reader: Reader, turn: u32, name: &str, bytes: Vec<u8>) {
    let latest = reader
        .opening
        .try_update_value(|opening| {
            let latest = turn >= opening.opened_turn;
            if latest {
                opening.opened_turn = turn;
            }
            latest
        })
        .unwrap_or(true);
    submit(reader, if latest { Kind::Open } else { Kind::Glance }, name, Content::File(bytes, None));
}

/// Opens text that was pasted.
pub fn open_text(reader: Reader, text: &str) {
    if text.trim().is_empty() {
        reader.tell(Tone::Problem, "There is no text on the clipboard. Copy a clip's text first.");
        return;
    }
    page::mark("clip:received");
    let turn = next_turn(reader);
    open_in_turn(reader, turn, "Pasted text", text.as_bytes().to_vec());
}

/// Asks the browser for the text on the clipboard and opens it.
pub fn paste(reader: Reader) {
    spawn_local(async move {
        match clipboard::read_text().await {
            Ok(text) => open_text(reader, &text),
            Err(_) => reader.tell(
                Tone::Problem,
                "The browser does not let this button read the clipboard. Press Ctrl+V or ⌘V instead.",
            ),
        }
    });
}

/// Opens the built-in clip.
pub fn open_sample(reader: Reader) {
    let turn = next_turn(reader);
    spawn_local(async move {
        if let Some(bytes) = reader.told(page::fetch_own("sample.md").await) {
            open_in_turn(reader, turn, "sample.md", bytes);
        }
    });
}

/// Opens a clip that is kept here. Returns whether it is.
pub fn open_kept(reader: Reader, id: &ClipId) -> bool {
    let (text, problem) = storage::load_text(id);
    if let Some(problem) = problem {
        reader.tell(Tone::Problem, problem.to_string());
    }
    let Some(text) = text else { return false };
    page::mark("clip:received");
    let turn = next_turn(reader);
    reader.opening.update_value(|opening| opening.opened_turn = turn);
    let name = text.file_name.clone();
    submit(reader, Kind::Open, &name, Content::Kept(id.clone(), text));
    true
}

/// Reads the open clip again, from its file's bytes, in the encoding of that label. The clip stays
/// in view until its new text is there.
pub fn open_again(reader: Reader, name: &str, bytes: Vec<u8>, label: &str) {
    let turn = next_turn(reader);
    reader.opening.update_value(|opening| opening.opened_turn = turn);
    submit(reader, Kind::Open, name, Content::File(bytes, Some(label.to_owned())));
}

/// What is given to the engine.
enum Content {
    /// The bytes of a file, and the encoding that the reader chose for it.
    File(Vec<u8>, Option<String>),
    /// The text that is kept of a clip.
    Kept(ClipId, KeptText),
}

fn submit(reader: Reader, kind: Kind, name: &str, content: Content) {
    // A clip that is only read again stays in view meanwhile.
    let again = matches!(content, Content::File(_, Some(_)));
    let (id, bytes, kept, encoding) = match content {
        Content::File(bytes, chosen) => (ClipId::of(&bytes), bytes, None, chosen),
        // What is kept is text that was decoded before.
        Content::Kept(id, kept) => (id, kept.text.into_bytes(), Some(kept.encoding), Some("utf-8".to_owned())),
    };
    if kind == Kind::Open {
        moves::remember_place(reader);
        if kept.is_none() && !again {
            reader.opening.update_value(|opening| opening.bytes = Some((id.clone(), bytes.clone())));
        }
        if !again {
            reader.sheet.set(None);
            reader.place.set(Place::Reader);
            reader.shown.set(Shown::Loading { name: name.to_owned() });
        }
    }
    let traveller = Traveller {
        id,
        name: name.to_owned(),
        kind,
        kept: kept.is_some(),
        encoding: kept.unwrap_or_default(),
        chunks: 0,
        entry: None,
    };
    let options = Options { file_name: Some(name.to_owned()), encoding };
    let engine = reader.engine.get_value();
    let Some(engine) = engine else {
        fail(reader, name, "The page is not ready. Reload it.");
        return;
    };
    let ticket = engine.submit(kind, name, bytes, options);
    reader.opening.update_value(|opening| {
        opening.travellers.insert(ticket, traveller);
    });
}

/// What the engine has to say.
pub fn hear(reader: Reader, news: News) {
    match news {
        News::Response(Response::Parsed { ticket, view }, _) => parsed(reader, ticket, *view),
        News::Response(Response::Chunk { ticket, index }, html) => chunk(reader, ticket, index, &html),
        News::Response(Response::Done { ticket }, text) => done(reader, ticket, text),
        News::Response(Response::Ready, _) => {}
        News::TooLong(job) => lost(reader, &job, "took too long to read and was given up"),
        News::Crashed(job) => lost(reader, &job, "brought the reading engine down, which was started anew"),
        News::NoWorker(error) => {
            fail(reader, "The clip", &format!("The reading engine does not start ({error})."));
        }
    }
}

fn lost(reader: Reader, job: &Job, what: &str) {
    reader.opening.update_value(|opening| {
        opening.travellers.remove(&job.ticket);
    });
    let sentence = format!("“{}” {what}. Nothing else is affected.", job.name);
    match job.kind {
        Kind::Open => fail(reader, &job.name, &sentence),
        Kind::Glance => reader.tell(Tone::Problem, sentence),
    }
}

fn fail(reader: Reader, name: &str, why: &str) {
    reader.place.set(Place::Reader);
    reader.shown.set(Shown::Failed { name: name.to_owned(), why: why.to_owned() });
    reader.tell(Tone::Problem, why);
}

fn parsed(reader: Reader, ticket: Ticket, mut view: ClipView) {
    let traveller = reader.opening.try_update_value(|opening| {
        let traveller = opening.travellers.get_mut(&ticket)?;
        traveller.entry =
            Some(Entry::new(traveller.id.clone(), &traveller.name, &view.metadata, &view.stats, page::now_ms()));
        traveller.chunks = view.chunks;
        if traveller.kept && !traveller.encoding.is_empty() {
            view.encoding.clone_from(&traveller.encoding);
        } else {
            traveller.encoding.clone_from(&view.encoding);
        }
        Some(traveller.clone())
    });
    let Some(traveller) = traveller.flatten() else {
        return;
    };
    if traveller.kind == Kind::Open {
        page::mark("clip:parsed");
        show(reader, &traveller, view);
    }
}

fn show(reader: Reader, traveller: &Traveller, view: ClipView) {
    let (state, problem) = storage::load_clip(&traveller.id);
    if let Some(problem) = problem {
        reader.tell(Tone::Problem, problem.to_string());
    }
    if let Some(body) = reader.body.get_untracked() {
        body::clear(&body);
    }
    reader.unseen_pictures.set(body::Unseen::default());
    reader.reading.set(None);
    reader.outline_filter.set(String::new());
    reader.state.set(state);
    reader.shown.set(Shown::Ready { id: traveller.id.clone(), name: traveller.name.clone(), view: Arc::new(view) });
    reader.send(Command::Open(Some(traveller.id.clone())));
    moves::arrive(reader, &Route::Clip(traveller.id.clone()));
}

fn chunk(reader: Reader, ticket: Ticket, index: usize, html: &str) {
    let expected = reader.opening.with_value(|o| o.travellers.get(&ticket).map(|t| (t.id.clone(), t.chunks)));
    let Some((_, chunks)) = expected.filter(|(id, _)| reader.open_id().as_ref() == Some(id)) else {
        return;
    };
    let Some(element) = reader.body.get_untracked() else {
        return;
    };
    let load_remote = reader.state.with_untracked(|s| s.remote_pictures);
    reader.told(body::append_chunk(&element, html, load_remote, LABELS));
    moves::chunk_arrived(reader);
    if index == 0 {
        page::next_frame(|| page::next_frame(|| page::mark("clip:first-paint")));
    }
    if index + 1 == chunks {
        reader.unseen_pictures.set(body::unseen_pictures(&element));
        page::mark("clip:rendered");
        moves::all_arrived(reader);
    }
}

fn done(reader: Reader, ticket: Ticket, text: String) {
    let traveller = reader.opening.try_update_value(|o| o.travellers.remove(&ticket)).flatten();
    let Some(Traveller { id, name, kept, encoding, entry, .. }) = traveller else {
        return;
    };
    if !kept {
        reader.told(storage::save_text(&id, &KeptText { file_name: name, encoding, text }));
    }
    let Some(entry) = entry else { return };
    let (mut recent, written) = storage::change_recent(|recent| recent.renew(entry.clone()));
    if written.is_err() {
        recent = reader.recent.get_untracked();
        recent.renew(entry);
    }
    reader.recent.set(recent);
    reader.told(written);
}

/// Opens the place that the address names.
pub fn follow_address(reader: Reader, route: &Route) {
    match route {
        Route::Clip(id) if reader.open_id().as_ref() == Some(id) => reader.place.set(Place::Reader),
        Route::Clip(id) => {
            if !open_kept(reader, id) {
                reader
                    .tell(Tone::Problem, "That clip is not kept in this browser. Drop its file here to read it again.");
                go_home(reader);
            }
        }
        Route::Library => {
            moves::remember_place(reader);
            reader.sheet.set(None::<Sheet>);
            reader.place.set(Place::Library);
        }
        Route::Sample => open_sample(reader),
        Route::Home => go_home(reader),
    }
}

fn go_home(reader: Reader) {
    let empty = reader.recent.with_untracked(|recent| recent.entries.is_empty());
    reader.place.set(if empty { Place::Empty } else { Place::Library });
    let route = if empty { Route::Home } else { Route::Library };
    reader.told(history::replace(Some(&moves::address(&route)), ""));
}

/// At the start: the place that the address names, else the clip that was open last.
pub fn start(reader: Reader) {
    let query = reader.told(history::query()).unwrap_or_default();
    match Route::parse(&query) {
        Route::Home => {
            let last = reader.session.with_untracked(|session| session.open.clone());
            if !last.is_some_and(|id| open_kept(reader, &id)) {
                go_home(reader);
            }
        }
        route => follow_address(reader, &route),
    }
}
