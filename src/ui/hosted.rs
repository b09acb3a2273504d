//! What is hosted beside the page: a clip that the address names, and a published library that is
//! visited. Nothing of that library is kept until one of its clips is opened.

use std::sync::Arc;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader, Sheet, Shown, Tone};
use super::say::{self, say};
use super::{arriving, moves, opening};
use crate::browser::{history, page};
use crate::library::hosted::HostedPath;
use crate::library::published::Published;
use crate::session::Route;

/// The published library that is visited. Copying it copies handles.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    /// What is visited, and what is in it once that is known.
    pub library: RwSignal<Option<(HostedPath, Arc<Published>)>>,
    /// What is looked for in it.
    pub words: RwSignal<String>,
}

impl Visit {
    /// No visit yet.
    #[must_use]
    pub fn new() -> Self {
        Self { library: RwSignal::new(None), words: RwSignal::new(String::new()) }
    }

    /// What the library is called; reactive.
    #[must_use]
    pub fn title(&self) -> String {
        self.library
            .with(|library| library.as_ref().map(|(_, library)| say::sentence(&library.title)))
            .unwrap_or_default()
    }
}

/// After how long a clip that the host has not sent yet takes the place of what is shown, in
/// milliseconds.
const PATIENCE_MS: u32 = 150;

/// Opens the clip that is hosted there: the one that is open, one that was opened since the page was,
/// or what the host sends.
pub fn open(reader: Reader, path: HostedPath) {
    let route = Route::Hosted(path.clone());
    if moves::leads_to_open(reader, &route) {
        return reader.go_to_reader();
    }
    let known = reader
        .opening
        .with_value(|opening| opening.hosted.iter().find(|(_, at)| **at == path).map(|(id, _)| id.clone()));
    if known.is_some_and(|id| opening::open_kept(reader, &id)) {
        return;
    }
    let name = path.name().to_owned();
    let waiting = Timeout::new(PATIENCE_MS, move || {
        reader.sheet.set(None::<Sheet>);
        reader.go_to_reader();
        reader.shown.set(Shown::Loading { name });
    });
    spawn_local(async move {
        let fetched = page::fetch_hosted(&path).await;
        waiting.cancel();
        if !is_asked_for(&route) {
            return;
        }
        match fetched {
            Ok(content) => opening::open_hosted(reader, &path, &content),
            Err(why) => arriving::fail(reader, path.name(), &why.to_string()),
        }
    });
}

/// Shows the published library whose index is hosted there.
pub fn visit(reader: Reader, path: HostedPath) {
    if !is_asked_for(&Route::Published(path.clone())) {
        return;
    }
    moves::remember_place(reader);
    reader.sheet.set(None::<Sheet>);
    reader.place.set(Place::Published);
    let visit = reader.visit;
    if visit.library.with_untracked(|library| library.as_ref().is_some_and(|(at, _)| *at == path)) {
        return;
    }
    visit.library.set(None);
    visit.words.set(String::new());
    spawn_local(async move {
        let fetched = page::fetch_hosted_text(&path).await;
        if !is_asked_for(&Route::Published(path.clone())) {
            return;
        }
        let read = fetched.map_err(|why| why.to_string());
        match read.and_then(|text| Published::read(&path, &text).map_err(|why| why.to_string())) {
            Ok(library) => {
                if library.left_out > 0 {
                    reader.tell(Tone::Problem, say!(hosted.left_out, n = library.left_out));
                }
                visit.library.set(Some((path, Arc::new(library))));
            }
            Err(why) => arriving::fail(reader, path.name(), &why),
        }
    });
}

/// Whether the address still says so: a person may have gone on while the host took its time.
fn is_asked_for(route: &Route) -> bool {
    Route::parse(&history::query().unwrap_or_default()) == *route
}
