//! The way of a clip into the engine: what was dropped, picked, pasted or kept. What the engine
//! answers is [`super::arriving`]'s; what comes into the library is [`super::importing`]'s.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader, Sheet, Tone};
use super::say::say;
use super::shelf::Shelf;
use super::{arriving, hosted, importing, keeping, later, moves};
use crate::browser::file::Content;
use crate::browser::{clipboard, history, page, storage};
use crate::clip::Options;
use crate::engine::{Request, Ticket};
use crate::library::hosted::HostedPath;
use crate::library::importing::Summary;
use crate::library::{ClipId, Library};
use crate::session::saved::KeptText;
use crate::session::{ClipCommand, Route};

/// What is known of the clips on their way to the page.
#[derive(Debug, Default)]
pub struct Opening {
    /// The clip that is on its way to be shown.
    pub(super) opened: Option<Ticket>,
    pub(super) travellers: BTreeMap<Ticket, Traveller>,
    /// The files that were opened since the page was, to read them again.
    pub(super) contents: BTreeMap<ClipId, Content>,
    /// The clips that stand in the page, or stood there just now.
    pub(super) shelf: Shelf,
    /// The clips whose text localStorage holds until they are kept.
    held: BTreeSet<ClipId>,
    /// Where the clips are hosted that were opened by such an address since the page was.
    pub(super) hosted: BTreeMap<ClipId, HostedPath>,
}

/// A clip between file and page.
#[derive(Debug, Clone)]
pub struct Traveller {
    pub(super) name: String,
    pub(super) content: Content,
    /// What came with it: the first of these is shown when it turns out to be no clip.
    pub(super) others: Vec<(String, Content)>,
    /// Who it is, when it is kept here, and the encoding that the reader chose for it.
    pub(super) kept: Option<ClipId>,
    /// Where it is hosted, when it comes from there.
    pub(super) hosted: Option<HostedPath>,
    /// Whether it has the page.
    pub(super) begun: bool,
}

impl Traveller {
    /// Its path, as far as it has one beside its name.
    pub(super) fn path(&self) -> &str {
        self.hosted.as_ref().map_or(&self.name, HostedPath::as_str)
    }
}

/// Opens the first of these; when it is none that can be shown, the next one.
pub fn open_first(reader: Reader, mut clips: Vec<(String, Content)>) {
    if !clips.is_empty() {
        let (name, content) = clips.remove(0);
        submit(reader, &name, Source::File(content), clips);
    }
}

/// Opens text that was pasted.
pub fn open_text(reader: Reader, text: &str) {
    if text.trim().is_empty() {
        reader.tell(Tone::Problem, say!(opening.no_text));
        return;
    }
    page::mark("clip:received");
    bring_in(reader, say!(opening.pasted), text);
}

/// Shows a text that is no file, and keeps it.
fn bring_in(reader: Reader, name: &str, text: &str) {
    let content = Content::of_text(text);
    submit(reader, name, Source::File(content.clone()), Vec::new());
    importing::quietly(reader, name, content);
}

/// Shows a clip that came from beside the page, and keeps it.
pub fn open_hosted(reader: Reader, path: &HostedPath, content: &Content) {
    page::mark("clip:received");
    submit(reader, path.name(), Source::Hosted { path: path.clone(), content: content.clone() }, Vec::new());
    importing::from_host(reader, path, content);
}

/// Asks the browser for the text on the clipboard and opens it.
pub fn paste(reader: Reader) {
    spawn_local(async move {
        match clipboard::read_text().await {
            Ok(text) => open_text(reader, &text),
            Err(_) => reader.tell(Tone::Problem, say!(opening.may_not_paste)),
        }
    });
}

/// Opens the built-in clip.
pub fn open_sample(reader: Reader) {
    spawn_local(async move {
        if let Some(text) = reader.told(page::fetch_own("sample.md").await) {
            bring_in(reader, "sample.md", &text);
        }
    });
}

/// Opens a clip that is kept here, or that stood in the page just now. Returns whether it is known.
pub fn open_kept(reader: Reader, id: &ClipId) -> bool {
    if !keeping::lacks_state(reader, id) {
        return open_known(reader, id);
    }
    let id = id.clone();
    spawn_local(async move {
        keeping::fetch_state(reader, &id).await;
        open_known(reader, &id);
    });
    true
}

fn open_known(reader: Reader, id: &ClipId) -> bool {
    page::mark("clip:received");
    if !arriving::is_outdated(reader, id) && is_at_hand(reader, id) {
        leave(reader);
        return arriving::bring_back(reader, id);
    }
    // A clip that could not be kept is read from its file, as long as that is at hand.
    let at_hand = reader.opening.with_value(|opening| opening.contents.get(id).cloned());
    if at_hand.is_none() && open_held(reader, id) {
        return true;
    }
    let row = reader.library.with_untracked(|library| library.get(id).cloned());
    let Some(row) = row else { return false };
    let size = row.entry.size_bytes;
    let source = match at_hand {
        Some(content) => Source::AtHand { id: id.clone(), content },
        None => Source::Kept { id: id.clone(), content: Content::kept(size) },
    };
    submit(reader, row.entry.file_name(), source, Vec::new());
    true
}

/// Holds on to the text of a clip that was read and is not kept yet: the person may leave at once. One
/// that can't be held is kept a moment later anyway.
pub fn hold(reader: Reader, id: &ClipId, name: &str, text: String) {
    let kept = KeptText { file_name: name.to_owned(), encoding: "UTF-8".to_owned(), text };
    // What was held before this page began comes in by itself.
    let is_new = !storage::holds_text(id);
    if storage::hold_text(id, &kept).is_ok() && is_new {
        reader.opening.update_value(|opening| {
            opening.held.insert(id.clone());
        });
    }
}

impl Opening {
    /// Whether it holds the text of a clip that was opened since the page began.
    #[must_use]
    pub fn holds(&self, id: &ClipId) -> bool {
        self.held.contains(id)
    }
}

/// Lets go of the texts of clips that an import kept.
pub fn let_go_of(reader: Reader, came: &Summary) {
    for id in came.added.iter().chain(&came.updated).chain(&came.here) {
        if reader.opening.try_update_value(|opening| opening.held.remove(id)) == Some(true) {
            reader.told(storage::let_go_of_text(id));
        }
    }
}

/// Opens a clip that the person left before it was kept. Returns whether its text is held.
fn open_held(reader: Reader, id: &ClipId) -> bool {
    let Some(KeptText { file_name, text, .. }) = storage::held_text(id) else { return false };
    submit(reader, &file_name, Source::AtHand { id: id.clone(), content: Content::of_text(&text) }, Vec::new());
    true
}

/// Reads the open clip again in the encoding of that label. The clip stays in view until its new
/// text is there.
pub fn open_again(reader: Reader, label: &str) {
    let Some(id) = reader.open_id() else { return };
    reader.send_clip(ClipCommand::ReadIn(label.to_owned()));
    let name = reader.shown.with_untracked(|shown| match shown {
        super::context::Shown::Ready { name, .. } => name.clone(),
        _ => String::new(),
    });
    let content = reader.opening.with_value(|opening| opening.contents.get(&id).cloned());
    let source = Source::Again { id, content, encoding: label.to_owned() };
    submit(reader, &name, source, Vec::new());
}

/// Where a clip comes from.
enum Source {
    /// A file, or text that was never here.
    File(Content),
    /// A file that is hosted beside the page.
    Hosted { path: HostedPath, content: Content },
    /// A file of this visit that could not be kept.
    AtHand { id: ClipId, content: Content },
    /// What is kept.
    Kept { id: ClipId, content: Content },
    /// The clip that is open, to be read in the encoding that the reader chose.
    Again { id: ClipId, content: Option<Content>, encoding: String },
}

fn submit(reader: Reader, name: &str, source: Source, others: Vec<(String, Content)>) {
    let hosted = if let Source::Hosted { path, .. } = &source { Some(path.clone()) } else { None };
    let id = match &source {
        Source::AtHand { id, .. } | Source::Kept { id, .. } | Source::Again { id, .. } => Some(id.clone()),
        Source::File(_) | Source::Hosted { .. } => None,
    };
    // A clip that is only read again stays in view meanwhile.
    let again = id.is_some() && id == reader.open_id();
    let chosen = |id: &ClipId| keeping::state_of(reader, id).0.encoding;
    let (kept, content, encoding) = match source {
        Source::File(content) | Source::Hosted { content, .. } | Source::AtHand { content, .. } => {
            (None, content, None)
        }
        Source::Kept { id, content } => (Some(id.clone()), content, chosen(&id)),
        Source::Again { content: Some(content), encoding, .. } => (None, content, Some(encoding)),
        Source::Again { id, content: None, encoding } => (Some(id), Content::kept(0), Some(encoding)),
    };
    moves::remember_place(reader);
    let Some(engine) = reader.engine.get_value() else {
        arriving::fail(reader, name, say!(opening.not_ready));
        return;
    };
    let at_hand = if encoding.is_none() && kept.is_none() {
        reader.opening.with_value(|opening| opening.shelf.hashes())
    } else {
        Vec::new()
    };
    let beside = id.and_then(|id| reader.library.with_untracked(|library| library.get(&id)?.entry.beside.clone()));
    let options = Options { file_name: Some(name.to_owned()), encoding, beside };
    let request = Request { ticket: 0, options, kept: kept.clone(), at_hand };
    let ticket = engine.submit(request, content.clone());
    let traveller = Traveller { name: name.to_owned(), content, others, kept, hosted, begun: false };
    reader.opening.update_value(|opening| {
        opening.opened = Some(ticket);
        // Nothing more is heard of a clip that this one takes the place of.
        opening.travellers.clear();
        opening.travellers.insert(ticket, traveller);
    });
    arriving::expect(reader, ticket, again);
}

/// Stops reading the clip that is on its way. The one before it comes back, if there was one.
pub fn cancel(reader: Reader) {
    if let Some(traveller) = stop(reader) {
        arriving::stopped(reader, &traveller);
    }
}

/// The person goes elsewhere: a clip that is still on its way is not wanted any more.
fn leave(reader: Reader) {
    if let Some(traveller) = stop(reader) {
        arriving::left(reader, &traveller);
    }
}

/// Has the engine stop its work for the clip that is on its way.
fn stop(reader: Reader) -> Option<Traveller> {
    let (ticket, traveller) = reader.opening.try_update_value(|opening| {
        let ticket = opening.opened.take()?;
        Some((ticket, opening.travellers.remove(&ticket)?))
    })??;
    if let Some(engine) = reader.engine.get_value() {
        engine.cancel(ticket);
    }
    Some(traveller)
}

/// Opens the place that the address names.
pub fn follow_address(reader: Reader, route: &Route) {
    let is_open = |id: &ClipId| reader.open_id().as_ref() == Some(id);
    // The engine itself puts a newer clip in the place of the one before.
    let goes_on = matches!(route, Route::Clip(id) if !is_open(id) || is_arriving(reader));
    if !goes_on {
        moves::remember_place(reader);
        leave(reader);
    }
    match route {
        Route::Clip(id) if is_open(id) => {
            let is_back = reader.place.get_untracked() != Place::Reader;
            reader.place.set(Place::Reader);
            if is_back {
                moves::return_to_place(reader);
            }
        }
        Route::Clip(id) => open_kept_or_say(reader, id.clone()),
        Route::Hosted(path) => hosted::open(reader, path.clone()),
        Route::Published(path) => {
            let path = path.clone();
            later::with(reader, move |later| (later.visit)(reader, path));
        }
        Route::Astray(why) => arriving::fail(reader, say!(hosted.this_address), &why.to_string()),
        Route::Library => {
            reader.sheet.set(None::<Sheet>);
            reader.place.set(Place::Library);
        }
        Route::Highlights => {
            moves::remember_place(reader);
            reader.sheet.set(None::<Sheet>);
            reader.place.set(Place::Highlights);
        }
        Route::Sample => open_sample(reader),
        Route::Home => go_home(reader),
    }
}

/// Whether the clip in the page is the one that is on its way.
fn is_arriving(reader: Reader) -> bool {
    reader.opening.with_value(|o| o.opened.and_then(|ticket| o.travellers.get(&ticket)).is_some_and(|t| t.begun))
}

fn is_at_hand(reader: Reader, id: &ClipId) -> bool {
    reader.opening.with_value(|opening| opening.shelf.has(id))
}

/// Shows the list, or the empty page when nothing is kept.
pub fn go_home(reader: Reader) {
    let empty = reader.library.with_untracked(Library::is_empty);
    reader.place.set(if empty { Place::Empty } else { Place::Library });
    let route = if empty { Route::Home } else { Route::Library };
    reader.told(history::replace(Some(&moves::address(&route)), ""));
}

/// Opens a clip that the list knows, or the database alone.
fn open_kept_or_say(reader: Reader, id: ClipId) {
    if open_kept(reader, &id) {
        return;
    }
    spawn_local(async move {
        keeping::load(reader).await;
        if !open_kept(reader, &id) {
            reader.tell(Tone::Problem, say!(opening.not_kept));
            go_home(reader);
        }
    });
}

/// The route of the address, or to the clip that was open last.
fn first_route(reader: Reader) -> Option<Route> {
    match Route::parse(&reader.told(history::query()).unwrap_or_default()) {
        Route::Home => reader.session.with_untracked(|session| session.open.clone()).map(Route::Clip),
        route => Some(route),
    }
}

/// Whether the page begins with a clip.
pub fn begins_with_clip(reader: Reader) -> bool {
    matches!(first_route(reader), Some(Route::Clip(_) | Route::Hosted(_) | Route::Sample))
}

/// At the start: the place that the address names, else the clip that was open last. What the
/// database knows better than the mirror is taken over first.
pub fn start(reader: Reader) {
    let query = reader.told(history::query()).unwrap_or_default();
    let route = first_route(reader);
    let known = |id: &ClipId| reader.library.with_untracked(|library| library.get(id).is_some());
    match route {
        Some(Route::Clip(id)) if known(&id) => spawn_local(async move {
            keeping::fetch_state(reader, &id).await;
            open_kept(reader, &id);
        }),
        // The list's mirror may not have it yet.
        Some(Route::Clip(id)) if Route::parse(&query) == Route::Home => spawn_local(async move {
            keeping::load(reader).await;
            if !open_kept(reader, &id) {
                reader.send(crate::session::Command::Open(None));
                go_home(reader);
            }
        }),
        Some(route) => follow_address(reader, &route),
        None => {
            go_home(reader);
            spawn_local(async move {
                keeping::load(reader).await;
                // A page whose list was mirrored nowhere is not empty after all.
                let waits = reader.place.get_untracked() == Place::Empty
                    && reader.opening.with_value(|opening| opening.opened.is_none());
                if waits && !reader.library.with_untracked(Library::is_empty) {
                    go_home(reader);
                }
            });
        }
    }
}
