//! The way of a clip into the engine: what was dropped, picked, pasted or kept. What the engine
//! answers is [`super::arriving`]'s.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader, Sheet, Tone};
use super::shelf::Shelf;
use super::{arriving, moves};
use crate::browser::file::{Content, DroppedFile};
use crate::browser::{clipboard, history, page, storage};
use crate::clip::Options;
use crate::engine::{Kind, Request, Ticket};
use crate::library::intake::{self, Offered};
use crate::library::{ClipId, Entry};
use crate::session::Route;

/// What is known of the clips on their way to the page.
#[derive(Debug, Default)]
pub struct Opening {
    /// The clip that is on its way to be shown.
    pub(super) opened: Option<Ticket>,
    pub(super) travellers: BTreeMap<Ticket, Traveller>,
    /// What was opened last, to read it again in another encoding.
    pub(super) content: Option<(ClipId, Content)>,
    /// The clips that stand in the page, or stood there just now.
    pub(super) shelf: Shelf,
}

/// A clip between file and page.
#[derive(Debug, Clone)]
pub struct Traveller {
    pub(super) name: String,
    pub(super) content: Content,
    /// Whether it is to be shown, or only listed.
    pub(super) kind: Kind,
    /// What came with it: the first of these is shown when it turns out to be no clip.
    pub(super) others: Vec<(String, Content)>,
    /// The encoding that its file had, when what is read is the text that was kept of it.
    pub(super) kept_encoding: Option<String>,
    /// Whether it has the page.
    pub(super) begun: bool,
    pub(super) chunks: usize,
    pub(super) entry: Option<Entry>,
}

/// Takes in what was dropped, picked or pasted together: the first readable file is opened, the
/// others join the library, and each refused one gets its sentence.
pub fn take_in(reader: Reader, files: Vec<DroppedFile>) {
    if files.is_empty() {
        return;
    }
    page::mark("clip:received");
    let mut clips = Vec::new();
    for file in files {
        let name = file.name();
        match intake::judge(&Offered { name: &name, size: file.size(), folder: file.is_folder() }) {
            Ok(()) => clips.push((name, file.content())),
            Err(refusal) => reader.tell(Tone::Problem, refusal.to_string()),
        }
    }
    let others: Vec<_> = clips.iter().skip(1).cloned().collect();
    let joined = others.len();
    // What is to be shown is read first.
    open_first(reader, clips);
    for (name, content) in others {
        submit(reader, Kind::Glance, &name, Source::File(content), Vec::new());
    }
    if joined > 0 {
        let clips = if joined == 1 { "clip joins" } else { "clips join" };
        reader.tell(Tone::Done, format!("{joined} more {clips} the library."));
    }
}

/// Opens the first of these; when it is none that can be shown, the next one.
pub fn open_first(reader: Reader, mut clips: Vec<(String, Content)>) {
    if !clips.is_empty() {
        let (name, content) = clips.remove(0);
        submit(reader, Kind::Open, &name, Source::File(content), clips);
    }
}

/// Opens text that was pasted.
pub fn open_text(reader: Reader, text: &str) {
    if text.trim().is_empty() {
        reader.tell(Tone::Problem, "There is no text on the clipboard. Copy a clip's text first.");
        return;
    }
    page::mark("clip:received");
    submit(reader, Kind::Open, "Pasted text", Source::File(Content::of_text(text)), Vec::new());
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
    spawn_local(async move {
        if let Some(text) = reader.told(page::fetch_own("sample.md").await) {
            submit(reader, Kind::Open, "sample.md", Source::File(Content::of_text(&text)), Vec::new());
        }
    });
}

/// Opens a clip that is kept here, or that stood in the page just now. Returns whether it is.
pub fn open_kept(reader: Reader, id: &ClipId) -> bool {
    page::mark("clip:received");
    if arriving::bring_back(reader, id) {
        return true;
    }
    let (text, problem) = storage::load_text(id);
    if let Some(problem) = problem {
        reader.tell(Tone::Problem, problem.to_string());
    }
    let Some(text) = text else { return false };
    let content = Content::of_text(&text.text);
    let source = Source::Kept { id: id.clone(), content, encoding: text.encoding };
    submit(reader, Kind::Open, &text.file_name, source, Vec::new());
    true
}

/// Reads the open clip again in the encoding of that label. The clip stays in view until its new
/// text is there.
pub fn open_again(reader: Reader, name: &str, content: Content, label: &str) {
    submit(reader, Kind::Open, name, Source::Again { content, encoding: label.to_owned() }, Vec::new());
}

/// Where a clip comes from.
enum Source {
    /// A file, or text that was never here.
    File(Content),
    /// The text that is kept of a clip, with the encoding that its file had.
    Kept { id: ClipId, content: Content, encoding: String },
    /// The clip that is open, to be read in the encoding that the reader chose.
    Again { content: Content, encoding: String },
}

fn submit(reader: Reader, kind: Kind, name: &str, source: Source, others: Vec<(String, Content)>) {
    let again = matches!(source, Source::Again { .. });
    let mut kept_encoding = None;
    let (id, content, encoding) = match source {
        Source::File(content) => (None, content, None),
        // What is kept is text that was decoded before.
        Source::Kept { id, content, encoding } => {
            kept_encoding = Some(encoding);
            (Some(id), content, Some("utf-8".to_owned()))
        }
        Source::Again { content, encoding } => (None, content, Some(encoding)),
    };
    if kind == Kind::Open {
        moves::remember_place(reader);
    }
    let Some(engine) = reader.engine.get_value() else {
        arriving::fail(reader, name, "The page is not ready. Reload it.");
        return;
    };
    let at_hand = if encoding.is_none() && kind == Kind::Open {
        reader.opening.with_value(|opening| opening.shelf.ids())
    } else {
        Vec::new()
    };
    let options = Options { file_name: Some(name.to_owned()), encoding };
    let ticket = engine.submit(Request { ticket: 0, kind, options, id, at_hand }, content.clone());
    let name = name.to_owned();
    let traveller = Traveller { name, content, kind, others, kept_encoding, begun: false, chunks: 0, entry: None };
    reader.opening.update_value(|opening| {
        if kind == Kind::Open {
            opening.opened = Some(ticket);
            // Nothing more is heard of a clip that this one takes the place of.
            opening.travellers.retain(|_, traveller| traveller.kind == Kind::Glance);
        }
        opening.travellers.insert(ticket, traveller);
    });
    if kind == Kind::Open {
        arriving::expect(reader, ticket, again);
    }
}

/// Stops reading the clip that is on its way. The one before it comes back, if there was one.
pub fn cancel(reader: Reader) {
    let opening = reader.opening;
    let Some(ticket) = opening.try_update_value(|o| o.opened.take()).flatten() else { return };
    let Some(traveller) = opening.try_update_value(|o| o.travellers.remove(&ticket)).flatten() else { return };
    if let Some(engine) = reader.engine.get_value() {
        engine.cancel(ticket);
    }
    arriving::stopped(reader, &traveller);
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

/// Shows the list, or the empty page when nothing is kept.
pub fn go_home(reader: Reader) {
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
