//! A folder on disk that is linked: its files come in, what changes there is read again when the
//! person comes back to the page, and stations are written into its files where the person wants
//! that. Nothing is ever removed here because it went there.

use crate::clip::order;
use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Place, Reader, Shown, Tone};
use super::editing::{self, Deed};
use super::say::{self, say};
use super::{import_panel, importing, opening};
use crate::browser::file::{DroppedFile, Walked};
use crate::browser::linked::{Access, Folder};
use crate::browser::{clock, page};
use crate::library::linked::{Linked, Stamp, stationed};
use crate::library::path::{self, Sorted};
use crate::library::{ClipId, Row};
use crate::session::saved::Saved;

/// The linked folder. Copying it copies handles.
#[derive(Clone, Copy)]
pub struct Link {
    /// What is remembered of it; `None` when none is linked.
    pub folder: RwSignal<Option<Linked>>,
    work: StoredValue<Work, LocalStorage>,
}

/// What is done with the folder: one thing at a time.
#[derive(Default)]
struct Work {
    folder: Option<Folder>,
    busy: bool,
    /// Whether the person stopped the last reading: it does not go on by itself.
    stopped: bool,
    /// When it was looked at last without being asked, in milliseconds.
    looked_ms: f64,
    /// The clips whose stations are to be written, with what was edited of their files.
    to_write: BTreeMap<ClipId, Option<Deed>>,
}

/// What an import is to the linked folder that it comes from.
#[derive(Debug, Clone, Default)]
pub struct Linking {
    /// Whether the folder was linked just now.
    pub is_first: bool,
    /// Whether it is what was written there just now.
    pub written: bool,
    /// The paths that came in before.
    pub again: BTreeSet<String>,
    stamps: Vec<(String, Stamp)>,
}

/// Why the folder is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Linked,
    Asked,
    Back,
}

/// How long it is left alone at least when nobody asks, in milliseconds.
const REST_MS: f64 = 5000.0;
/// So many files that could not be written are told one by one.
const FEW: usize = 3;

impl Link {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self { folder: RwSignal::new(None), work: StoredValue::new_local(Work::default()) }
    }

    /// The folder, when nothing else is done with it; it is busy from now on.
    fn begin(self) -> Option<Folder> {
        let begun = self.work.try_update_value(|work| {
            let folder = work.folder.clone().filter(|_| !work.busy)?;
            work.busy = true;
            Some(folder)
        });
        begun.flatten()
    }

    fn name(self) -> String {
        self.folder.with_untracked(|folder| folder.as_ref().map(|folder| folder.name.clone())).unwrap_or_default()
    }
}

/// Keeps what is remembered of the folder.
fn keep(reader: Reader) {
    let folder = reader.link.work.with_value(|work| work.folder.clone());
    let record = reader.link.folder.with_untracked(|linked| linked.as_ref().and_then(|linked| linked.write().ok()));
    if let (Some(folder), Some(record)) = (folder, record) {
        spawn_local(async move {
            reader.told(folder.keep(&record).await);
        });
    }
}

/// What is kept of the folder is taken over, as another tab may have read it. Returns whether there is any.
async fn adopt(reader: Reader) -> bool {
    // Without a database, a link lasts as long as the page.
    let Ok(Some((folder, record))) = Folder::kept().await else { return false };
    let linked = Linked::read(&record).unwrap_or_else(|_| Linked::new(&folder.name()));
    reader.link.work.update_value(|work| work.folder = Some(folder));
    if reader.link.folder.with_untracked(|shown| shown.as_ref() != Some(&linked)) {
        reader.link.folder.set(Some(linked));
    }
    true
}

/// At the start: the folder that was linked before.
pub fn load(reader: Reader) {
    spawn_local(async move {
        if adopt(reader).await {
            look_again(reader);
        }
    });
}

/// Has the person pick a folder, and takes it in.
pub fn link(reader: Reader) {
    if reader.link.work.with_value(|work| work.busy) {
        let name = reader.link.name();
        return reader.tell(Tone::Problem, say!(linked.busy, name = name));
    }
    // The window has the focus again when the picker closes, and that is no time to read.
    reader.link.work.update_value(|work| work.busy = true);
    spawn_local(async move {
        let Some(folder) = reader.told(Folder::pick().await).flatten() else { return end(reader) };
        let before = reader.link.work.with_value(|work| work.folder.clone());
        if let Some(before) = before
            && before.is_same(&folder).await
        {
            reader.link.work.update_value(|work| work.busy = false);
            return read(reader, Why::Asked);
        }
        reader.link.folder.set(Some(Linked::new(&folder.name())));
        reader.link.work.set_value(Work { folder: Some(folder.clone()), ..Work::default() });
        let record = reader.link.folder.with_untracked(|linked| linked.as_ref().and_then(|linked| linked.write().ok()));
        reader.told(folder.keep(&record.unwrap_or_default()).await);
        read(reader, Why::Linked);
    });
}

/// Forgets the folder. Its clips stay.
fn unlink(reader: Reader) {
    reader.link.folder.set(None);
    reader.link.work.update_value(|work| {
        work.folder = None;
        work.to_write.clear();
    });
    spawn_local(async move {
        reader.told(Folder::forget().await);
    });
}

/// The person came back to the page: what changed in the folder is read, unless that would ask.
pub fn look_again(reader: Reader) {
    let now_ms = clock::monotonic_ms();
    let is_due = reader.link.work.try_update_value(|work| {
        let is_due = work.folder.is_some() && !work.busy && !work.stopped;
        let is_due = is_due && (work.looked_ms == 0.0 || now_ms - work.looked_ms >= REST_MS);
        if is_due {
            work.looked_ms = now_ms;
        }
        is_due
    });
    if is_due == Some(true) && page::is_in_sight() {
        read(reader, Why::Back);
    }
}

fn read(reader: Reader, why: Why) {
    let Some(folder) = reader.link.begin() else { return };
    spawn_local(async move {
        if !folder.allows(Access::Read, why != Why::Back).await {
            if why != Why::Back {
                let name = reader.link.name();
                reader.tell(Tone::Problem, say!(linked.may_not_read, name = name));
            }
            return end(reader);
        }
        if why != Why::Linked {
            adopt(reader).await;
        }
        let found = move |count| {
            if why == Why::Linked {
                reader.import.set(Some(import_panel::Shown::Gathering(count)));
            }
            true
        };
        let walked = folder.walk(|path| !matches!(path::sort(path, 1), Sorted::Junk(_)), found).await;
        take_in(reader, why, walked);
    });
}

/// What is new or changed among the files of the folder comes in.
fn take_in(reader: Reader, why: Why, mut walked: Walked) {
    let Some(mut linked) = reader.link.folder.get_untracked() else { return end(reader) };
    if walked.unreadable.is_empty() && !walked.too_many {
        // A file that comes to a path that was empty is another one.
        let there: BTreeSet<&str> = order::collect(walked.files.iter().map(DroppedFile::path));
        linked.files.retain(|path, _| there.contains(path.as_str()));
    }
    if why == Why::Back {
        // What can't be read is told when it is asked for.
        walked.unreadable.clear();
        walked.too_many = false;
    }
    walked.files.retain(|file| linked.is_news(file.path(), file.stamp()));
    let stamps: Vec<(String, Stamp)> = walked.files.iter().map(|f| (f.path().to_owned(), f.stamp())).collect();
    let again = stamps.iter().map(|(path, _)| path).filter(|path| linked.files.contains_key(*path)).cloned().collect();
    let name = linked.name.clone();
    reader.link.folder.set(Some(linked));
    if why != Why::Linked && walked.files.is_empty() {
        if let Some((path, why)) = walked.unreadable.first() {
            reader.tell(Tone::Problem, say!(linked.unreadable, path = path, why = say::sentence(why)));
        } else if why == Why::Asked {
            reader.tell(Tone::Done, say!(linked.nothing_changed, name = name));
        }
        return end(reader);
    }
    let linking = Linking { is_first: why == Why::Linked, written: false, again, stamps };
    importing::begin(reader, walked, Some(linking));
}

/// Files of the folder came in: they are remembered as they were.
pub fn came_in(reader: Reader, linking: Linking, stopped: bool) {
    if stopped {
        reader.link.work.update_value(|work| work.stopped = true);
    } else {
        reader.link.folder.update(|linked| {
            if let Some(linked) = linked {
                linked.files.extend(linking.stamps);
            }
        });
        keep(reader);
    }
    end(reader);
}

/// The file of the open clip changed: its new text is shown; what is not in sight is read when it is.
pub fn open_changed(reader: Reader, open: &ClipId, written: bool) {
    let is_in_sight = reader.place.get_untracked() == Place::Reader;
    if written && is_in_sight {
        // Its text is the same, and the page knows its station.
        return;
    }
    reader.opening.update_value(|opening| opening.shelf.remove(open));
    if is_in_sight {
        opening::open_kept(reader, open);
    } else {
        reader.shown.set(Shown::Nothing);
    }
}

/// Something is done: what waits is next.
fn end(reader: Reader) {
    reader.link.work.update_value(|work| work.busy = false);
    write(reader);
}

/// A clip has another station: its file is to say so.
pub fn station_changed(reader: Reader, id: &ClipId) {
    if writes_to(reader, id) {
        reader.link.work.update_value(|work| {
            work.to_write.entry(id.clone()).or_default();
        });
        write(reader);
    }
}

/// Whether what is changed of that clip is written into its file.
#[must_use]
pub fn writes_to(reader: Reader, id: &ClipId) -> bool {
    let path = reader.library.with_untracked(|library| library.get(id).map(|row| row.entry.path.clone()));
    reader.link.folder.with_untracked(|linked| {
        let linked = linked.as_ref().filter(|linked| linked.writes);
        linked.zip(path).is_some_and(|(linked, path)| linked.inside(&path).is_some())
    })
}

/// The text of a clip was edited: its file is to have it.
pub fn text_changed(reader: Reader, deed: Deed) {
    reader.link.work.update_value(|work| drop(work.to_write.insert(deed.id.clone(), Some(deed))));
    write(reader);
}

/// Writes the stations that wait for it, and has the library take over the files as they are then.
fn write(reader: Reader) {
    if reader.link.work.with_value(|work| work.to_write.is_empty()) {
        return;
    }
    let Some(folder) = reader.link.begin() else { return };
    spawn_local(async move {
        let ids = reader.link.work.try_update_value(|work| std::mem::take(&mut work.to_write)).unwrap_or_default();
        if !folder.allows(Access::Write, true).await {
            tell_refused(reader);
            ids.into_values().flatten().for_each(|deed| editing::tell(reader, deed, false));
            return end(reader);
        }
        let (mut files, mut told) = (Vec::new(), 0);
        for (id, deed) in ids {
            let written = write_one(reader, &folder, &id, deed.as_ref()).await;
            if let Some(deed) = deed {
                editing::tell(reader, deed, written.is_ok());
            }
            match written {
                Ok(file) => files.extend(file),
                Err(_) if told == FEW => {}
                Err(why) => {
                    told += 1;
                    reader.tell(Tone::Problem, why);
                }
            }
        }
        if files.is_empty() {
            return end(reader);
        }
        let stamps: Vec<_> = files.iter().map(|file| (file.path().to_owned(), file.stamp())).collect();
        let again = stamps.iter().map(|(path, _)| path.clone()).collect();
        let linking = Linking { is_first: false, written: true, again, stamps };
        importing::begin(reader, Walked { files, ..Walked::default() }, Some(linking));
    });
}

fn tell_refused(reader: Reader) {
    let name = reader.link.name();
    reader.tell(Tone::Problem, say!(linked.may_not_write, name = name));
}

/// Writes what was edited of one clip, or its station; `None` when its file says it already.
async fn write_one(
    reader: Reader,
    folder: &Folder,
    id: &ClipId,
    deed: Option<&Deed>,
) -> Result<Option<DroppedFile>, String> {
    let row: Option<Row> = reader.library.with_untracked(|library| library.get(id).cloned());
    let Some(row) = row else { return Ok(None) };
    let path = &row.entry.path;
    let Some(inside) = path.strip_prefix(&folder.name()).and_then(|path| path.strip_prefix('/')) else {
        return Ok(None);
    };
    let failed = |why: String| {
        let name = path::shown(path);
        say!(linked.not_written, name = name, why = why)
    };
    let refused = |error: crate::browser::BrowserError| {
        let (what, why) = (say::sentence(error.operation), say::sentence(&error.message));
        failed(say!(linked.could_not, what = what, why = why))
    };
    let bytes = folder.read(inside).await.map_err(refused)?;
    let edited = match deed {
        Some(deed) if *deed.before == *bytes => Some(deed.after.to_vec()),
        Some(deed) if *deed.after == *bytes => None,
        Some(_) => return Err(say!(linked.changed_meanwhile, name = path::shown(path))),
        None => stationed(&bytes, &row.entry.status, row.triage())
            .map_err(|error| failed(say::sentence(&error.to_string())))?,
    };
    match edited {
        Some(edited) => folder.write(inside, &edited).await.map(Some).map_err(refused),
        None => Ok(None),
    }
}

/// Switches the writing of stations; that is asked for on this click.
fn switch(reader: Reader, on: bool) {
    let set = move |on| {
        reader.link.folder.update(|linked| {
            if let Some(linked) = linked {
                linked.writes = on;
            }
        });
    };
    set(on);
    let folder = reader.link.work.with_value(|work| work.folder.clone());
    spawn_local(async move {
        let Some(folder) = folder else { return };
        if on && !folder.allows(Access::Write, true).await {
            set(false);
            tell_refused(reader);
        }
        keep(reader);
    });
}

/// The line that names the linked folder, and what can be done with it.
#[component]
pub fn LinkedFolder() -> impl IntoView {
    let reader = Reader::get();
    let link = reader.link;
    let name = Memo::new(move |_| link.folder.with(|linked| linked.as_ref().map(|linked| linked.name.clone())));
    let writes = move || link.folder.with(|linked| linked.as_ref().is_some_and(|linked| linked.writes));
    let read_again = move |_| {
        link.work.update_value(|work| work.stopped = false);
        read(reader, Why::Asked);
    };
    move || {
        name.get().map(|name| {
            view! {
                <div class="linked-folder quiet" id="linked-folder" role="group" aria-label=say!(linked.label)>
                    <span>{say!(linked.named)} <bdi>{name}</bdi></span>
                    <button type="button" class="link-button" on:click=read_again>{say!(linked.again)}</button>
                    <label class="switch">
                        <input
                            type="checkbox"
                            prop:checked=writes
                            on:change=move |event| switch(reader, event_target_checked(&event))
                        />
                        <span>{say!(linked.writes)}</span>
                    </label>
                    <button type="button" class="link-button" on:click=move |_| unlink(reader)>{say!(linked.unlink)}</button>
                </div>
            }
        })
    }
}
