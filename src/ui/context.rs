//! The state that all components share, and the few ways to change it.

use std::sync::Arc;

use leptos::prelude::*;

use super::say::{self, say};
use crate::browser::clock;
use crate::browser::librarian::Librarian;
use crate::browser::remote::Unseen;
use crate::browser::storage::{self, StorageError};
use crate::browser::viewport::Reading;
use crate::browser::worker::Engine;
use crate::engine::ClipView;
use crate::library::{ClipId, Library, Row};
use crate::session::{ClipCommand, ClipState, Command, Session};

/// Which of the three places is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    /// Nothing yet: drop, pick, paste, sample.
    #[default]
    Empty,
    /// A clip.
    Reader,
    /// The list.
    Library,
    /// The list of a published library.
    Published,
    /// The highlights of all clips.
    Highlights,
}

/// The clip in the reader.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Shown {
    /// None.
    #[default]
    Nothing,
    /// Being understood.
    Loading {
        /// Its file.
        name: String,
    },
    /// Understood; its body arrives or has arrived.
    Ready {
        /// Who it is.
        id: ClipId,
        /// Its file.
        name: String,
        /// All but its body.
        view: Arc<ClipView>,
    },
    /// It could not be shown.
    Failed {
        /// Its file.
        name: String,
        /// Why, as a sentence.
        why: String,
    },
}

/// A panel that lies over the text on a narrow screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The outline.
    Outline,
    /// The metadata.
    Info,
    /// The text settings.
    Text,
    /// The keys.
    Keys,
    /// The command palette.
    Palette,
    /// A picture, alone.
    Picture,
    /// A footnote.
    Note,
}

/// How long a sentence that asks for nothing stands.
const DONE_STANDS: std::time::Duration = std::time::Duration::from_secs(6);

impl Sheet {
    /// The id of its element that gets the focus.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Outline => "outline",
            Self::Info => "metadata",
            Self::Text => "text-settings",
            Self::Keys => "keys",
            Self::Palette => "palette",
            Self::Picture => "lightbox",
            Self::Note => "footnote",
        }
    }

    /// Whether it is of the later part of the program.
    #[must_use]
    pub fn comes_later(self) -> bool {
        !matches!(self, Self::Outline | Self::Info)
    }
}

/// How much of what stands beside a clip's text is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Furnished {
    /// Nothing.
    #[default]
    Nothing,
    /// The outline.
    Outline,
    /// The outline and the metadata.
    All,
}

/// How much room there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Room {
    /// Outline, text and metadata side by side.
    #[default]
    Wide,
    /// Outline and text; metadata is a drawer.
    Medium,
    /// Text alone.
    Narrow,
}

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something was done and can be undone.
    Undo,
    /// A highlight was removed and can be brought back.
    UndoMark,
    /// A clip's file was changed; that can be undone, and the file be had.
    Edited,
    /// Something could not be done.
    Problem,
}

/// A sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Tells notices apart.
    pub number: u32,
    /// How grave it is.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

/// The state that all components share. Copying it copies handles, not state.
#[derive(Clone, Copy)]
pub struct Reader {
    /// What is the same for all clips.
    pub session: RwSignal<Session>,
    /// Which place is shown.
    pub place: RwSignal<Place>,
    /// The clip in the reader.
    pub shown: RwSignal<Shown>,
    /// What is kept of that clip.
    pub state: RwSignal<ClipState>,
    /// How much of what stands beside its text is shown: the text comes first.
    pub furnished: RwSignal<Furnished>,
    /// How far it is on its way, when that takes long.
    pub progress: RwSignal<Option<super::arriving::Progress>>,
    /// Where the reader is in it.
    pub reading: RwSignal<Option<Reading>>,
    /// What the outline is filtered by.
    pub outline_filter: RwSignal<String>,
    /// Pictures that wait for consent or did not come with the clip.
    pub unseen_pictures: RwSignal<Unseen>,
    /// The host that a link leads to which the pointer or the focus is on.
    pub leads_to: RwSignal<Option<String>>,
    /// The clips that are kept here.
    pub library: RwSignal<Library>,
    /// How the list shows them, and what is looked for.
    pub list: super::listing::Listing,
    /// The folder that is linked.
    pub link: super::linked::Link,
    /// What is looked for in the open clip.
    pub finding: super::find_bar::Finding,
    /// The highlights.
    pub marks: super::marks::Marks,
    /// What is edited of the open clip's metadata.
    pub editing: super::editing::Editing,
    /// The published library that is visited.
    pub visit: super::hosted::Visit,
    /// What comes in, or came in last.
    pub import: RwSignal<Option<super::import_panel::Shown>>,
    /// Sentences for the person, newest last.
    pub notices: RwSignal<Vec<Notice>>,
    /// The picture that is shown alone.
    pub picture: super::lightbox::Shown,
    /// The aids to reading.
    pub aids: super::aids::Aids,
    /// The footnote that is open.
    pub note: RwSignal<Option<super::notes::Open>>,
    /// The panel that lies over the text.
    pub sheet: RwSignal<Option<Sheet>>,
    /// How much room there is.
    pub room: RwSignal<Room>,
    /// Whether files are dragged over the window.
    pub dragging: RwSignal<bool>,
    /// Whether the bars are out of the way while the person reads on.
    pub bars_hidden: RwSignal<bool>,
    /// The element that holds the chunks of the clip.
    pub body: NodeRef<leptos::html::Div>,
    /// Whether the later part of the program is here.
    pub whole: RwSignal<bool>,
    /// The engine, once it runs.
    pub engine: StoredValue<Option<Engine>, LocalStorage>,
    /// What came from the engine and is not in the page yet.
    pub arrivals: StoredValue<super::turns::Arrivals, LocalStorage>,
    /// The title and the address that wait for the clip's first words.
    pub waiting: StoredValue<super::first_words::Waiting, LocalStorage>,
    /// The worker of the library.
    pub librarian: StoredValue<Option<Librarian>, LocalStorage>,
    /// What is to be written soon.
    pub to_keep: StoredValue<super::keeping::ToKeep, LocalStorage>,
    /// What is known of the import that goes on.
    pub importing: StoredValue<super::importing::Importing, LocalStorage>,
    /// What is known of the clips on their way.
    pub opening: StoredValue<super::opening::Opening, LocalStorage>,
    /// Where the reader is on the way to, and what is to be written soon.
    pub moving: StoredValue<super::moves::Moving, LocalStorage>,
    /// The clips that were removed last, for *Undo*.
    pub removed: StoredValue<Vec<Row>>,
    storage_told: StoredValue<bool>,
    told_so_far: StoredValue<u32>,
}

impl Reader {
    /// Fresh state from what is kept; problems with it are told.
    #[must_use]
    pub fn new() -> Self {
        let (session, session_problem) = storage::load_session();
        let (library, library_problem) = storage::load_library();
        let said = say::begin(&session.settings.language);
        let reader = Self {
            session: RwSignal::new(session),
            place: RwSignal::new(Place::Empty),
            shown: RwSignal::new(Shown::Nothing),
            state: RwSignal::new(ClipState::default()),
            furnished: RwSignal::new(Furnished::Nothing),
            progress: RwSignal::new(None),
            reading: RwSignal::new(None),
            outline_filter: RwSignal::new(String::new()),
            leads_to: RwSignal::new(None),
            unseen_pictures: RwSignal::new(Unseen::default()),
            library: RwSignal::new(library),
            list: super::listing::Listing::new(),
            link: super::linked::Link::new(),
            finding: super::find_bar::Finding::new(),
            marks: super::marks::Marks::new(),
            editing: super::editing::Editing::new(),
            visit: super::hosted::Visit::new(),
            import: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            picture: RwSignal::new_local(None),
            aids: super::aids::Aids::new(),
            note: RwSignal::new(None),
            sheet: RwSignal::new(None),
            room: RwSignal::new(Room::Wide),
            dragging: RwSignal::new(false),
            bars_hidden: RwSignal::new(false),
            body: NodeRef::new(),
            whole: RwSignal::new(false),
            engine: StoredValue::new_local(None),
            librarian: StoredValue::new_local(None),
            to_keep: StoredValue::new_local(super::keeping::ToKeep::default()),
            importing: StoredValue::new_local(super::importing::Importing::default()),
            arrivals: StoredValue::new_local(super::turns::Arrivals::default()),
            waiting: StoredValue::new_local(super::first_words::Waiting::default()),
            opening: StoredValue::new_local(super::opening::Opening::default()),
            moving: StoredValue::new_local(super::moves::Moving::default()),
            removed: StoredValue::new(Vec::new()),
            storage_told: StoredValue::new(false),
            told_so_far: StoredValue::new(0),
        };
        for problem in [session_problem, library_problem].into_iter().flatten() {
            reader.tell(Tone::Problem, problem.to_string());
        }
        reader.told(said);
        if let Err(error) = storage::probe() {
            reader.tell_storage(&error);
        }
        reader
    }

    /// Shows the clip instead of the list.
    pub fn go_to_reader(&self) {
        if self.place.get_untracked() != Place::Reader {
            self.place.set(Place::Reader);
        }
    }

    /// The state of the surrounding app.
    #[must_use]
    pub fn get() -> Self {
        expect_context()
    }

    /// Changes the session, here and in storage.
    pub fn send(&self, command: Command) {
        self.session.update(|session| session.apply(command.clone()));
        let reader = *self;
        super::first_words::then(reader, move || {
            let settings = reader.session.get_untracked().settings;
            let kept = storage::change_session(|stored| {
                // The settings that are shown are the ones to keep, whichever command came.
                stored.apply(Command::Set(settings));
                match command {
                    Command::Set(_) | Command::NextTheme => {}
                    other => stored.apply(other),
                }
            });
            reader.told(kept);
            super::keeping::session_soon(reader);
        });
    }

    /// Changes what is kept of the open clip, here and in storage.
    pub fn send_clip(&self, command: ClipCommand) {
        self.state.update(|state| state.apply(command));
        self.keep_clip();
    }

    /// Keeps the state of the open clip.
    pub fn keep_clip(&self) {
        if let Some(id) = self.open_id() {
            let mut state = self.state.get_untracked();
            state.changed_ms = clock::now_ms();
            super::keeping::state(*self, &id, &state);
        }
    }

    /// Takes over the settings that another tab changed: they are shared, the open clip is not.
    pub fn hear_other_tab(&self) {
        let theirs = storage::load_session().0;
        self.session.update(|session| session.apply(Command::Set(theirs.settings)));
    }

    /// The clip in the reader, once it is understood.
    #[must_use]
    pub fn open_id(&self) -> Option<ClipId> {
        self.shown.with_untracked(|shown| match shown {
            Shown::Ready { id, .. } => Some(id.clone()),
            _ => None,
        })
    }

    /// What is known of the clip in the reader, once its text can be seen; reactive.
    #[must_use]
    pub fn furniture(&self, part: Furnished) -> Option<Arc<ClipView>> {
        (self.furnished.get() >= part).then(|| self.view()).flatten()
    }

    /// What is known of the clip in the reader; reactive.
    #[must_use]
    pub fn view(&self) -> Option<Arc<ClipView>> {
        self.shown.with(|shown| match shown {
            Shown::Ready { view, .. } => Some(view.clone()),
            _ => None,
        })
    }

    /// Says a sentence, once: the same sentence is not repeated while it still stands.
    pub fn tell(&self, tone: Tone, text: impl Into<String>) {
        // What another room says is in English.
        let text = say::sentence(&text.into());
        self.notices.update(|notices| {
            notices.retain(|n| n.tone == Tone::Problem && n.text != text);
            let number = self.told_so_far.try_update_value(|n| {
                *n += 1;
                *n
            });
            let number = number.unwrap_or_default();
            notices.push(Notice { number, tone, text });
            if tone == Tone::Done {
                let reader = *self;
                set_timeout(move || reader.dismiss(number), DONE_STANDS);
            }
        });
    }

    /// Takes a sentence away.
    pub fn dismiss(&self, number: u32) {
        let was_undo = self.notices.with_untracked(|notices| {
            notices.iter().any(|notice| notice.number == number && notice.tone == Tone::Undo)
        });
        if was_undo {
            let reader = *self;
            super::later::with(reader, move |later| (later.undo_is_over)(reader));
        }
        self.notices.update(|notices| notices.retain(|n| n.number != number));
    }

    /// Says a failure of the browser; nothing when there is none.
    pub fn told<T, E: ToSentence>(&self, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                error.tell(self);
                None
            }
        }
    }

    /// Says once that the browser does not keep what it should.
    pub fn tell_storage(&self, error: &StorageError) {
        if !self.storage_told.get_value() {
            self.storage_told.set_value(true);
            self.tell(Tone::Problem, error.to_string());
        }
    }
}

/// An error that can be said to the person.
pub trait ToSentence {
    /// Says it.
    fn tell(&self, reader: &Reader);
}

impl ToSentence for StorageError {
    fn tell(&self, reader: &Reader) {
        reader.tell_storage(self);
    }
}

impl ToSentence for crate::browser::BrowserError {
    fn tell(&self, reader: &Reader) {
        reader.tell(
            Tone::Problem,
            say!(app.could_not, what = say::sentence(self.operation), why = say::sentence(&self.message)),
        );
    }
}
