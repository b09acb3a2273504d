//! What the person looks at: state, commands, one [`Session::apply`].
//!
//! Pure. The running form stands here; the stored form is [`saved`], the address is [`route`].

pub mod gesture;
pub mod language;
pub mod outline;
pub mod place;
pub mod route;
pub mod saved;
mod saved_highlights;
mod saved_library;
pub mod settings;

use std::collections::BTreeSet;

pub use place::{Landmark, Position, current_heading};
pub use route::Route;
pub use settings::{Alignment, Consent, Font, Settings, Theme};

use serde::{Deserialize, Serialize};

use crate::library::highlight::Colour;
use crate::library::list::View;
use crate::library::{ClipId, Standing, Triage};

/// What is the same for every clip.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Session {
    /// The clip that was open last.
    pub open: Option<ClipId>,
    /// How the page looks.
    pub settings: Settings,
    /// Whether the outline stands beside the text on a wide screen.
    pub outline_hidden: bool,
    /// Whether the metadata stands beside the text on a wide screen.
    pub metadata_hidden: bool,
    /// The views of the list that the person kept, each under a name of its own.
    pub views: Vec<View>,
    /// How places are marked, and what is made of them.
    pub marking: Marking,
}

/// How places are marked, and what is made of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marking {
    /// The colour that was used last.
    pub colour: Colour,
    /// The form of an export as Markdown, when the person changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// What is kept for each clip.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClipState {
    /// Where the reader stopped.
    pub position: Position,
    /// How far that is, from 0 to 1.
    pub progress: f32,
    /// Ids of the headings whose entries are folded in the outline.
    pub folded: BTreeSet<String>,
    /// Whether the outline shows only what the clip itself marks as headings.
    pub headings_only: bool,
    /// Whether folded clutter is shown.
    pub clutter_shown: bool,
    /// Whether pictures on other hosts may be loaded.
    pub remote_pictures: bool,
    /// The encoding that the reader chose, by its WHATWG label.
    pub encoding: Option<String>,
    /// The station that the reader gave it; else its file's status says it.
    pub triage: Option<Triage>,
    /// When it was opened last, in milliseconds since 1970; 0 when never.
    pub opened_ms: u64,
    /// When any of this changed last, in milliseconds since 1970: of two copies the later one counts.
    pub changed_ms: u64,
}

/// Everything that a person can change about the session.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A clip was opened, or none is open any more.
    Open(Option<ClipId>),
    /// Show or hide the outline column.
    ToggleOutline,
    /// Show or hide the metadata column.
    ToggleMetadata,
    /// Take over new settings.
    Set(Settings),
    /// Go to the next theme.
    NextTheme,
    /// Keep a view of the list, in the place of one of that name.
    KeepView(View),
    /// Forget the view of that name.
    ForgetView(String),
    /// Mark in that colour from now on.
    MarkIn(Colour),
    /// Export highlights in that form, or in the app's own.
    ExportAs(Option<String>),
}

/// Everything that a person can change about one clip's state.
#[derive(Debug, Clone, PartialEq)]
pub enum ClipCommand {
    /// The reader is at this place now.
    Move(Position, f32),
    /// Fold or unfold the outline entry of that heading.
    ToggleFold(String),
    /// Show only the clip's own headings, or the inferred ones too.
    ToggleHeadingsOnly,
    /// Show or fold the clutter.
    ToggleClutter,
    /// Load the clip's remote pictures, or stop doing so.
    AllowRemotePictures(bool),
    /// Give the clip a station, or leave that to its file.
    Triage(Option<Triage>),
    /// The clip was opened at that time, in milliseconds since 1970.
    Open(u64),
    /// Read the clip in the encoding of that label.
    ReadIn(String),
}

impl Session {
    /// The one way in which a session changes.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Open(id) => self.open = id,
            Command::ToggleOutline => self.outline_hidden = !self.outline_hidden,
            Command::ToggleMetadata => self.metadata_hidden = !self.metadata_hidden,
            Command::Set(settings) => self.settings = settings.clamped(),
            Command::NextTheme => self.settings.theme = self.settings.theme.next(),
            Command::KeepView(view) => {
                self.views.retain(|kept| kept.name != view.name);
                self.views.push(view);
            }
            Command::ForgetView(name) => self.views.retain(|kept| kept.name != name),
            Command::MarkIn(colour) => self.marking.colour = colour,
            Command::ExportAs(template) => self.marking.template = template,
        }
    }
}

impl ClipState {
    /// The one way in which a clip's state changes.
    pub fn apply(&mut self, command: ClipCommand) {
        match command {
            ClipCommand::Move(position, progress) => {
                self.position = position;
                self.progress = if progress.is_finite() { progress.clamp(0.0, 1.0) } else { 0.0 };
            }
            ClipCommand::ToggleFold(id) => {
                if !self.folded.remove(&id) {
                    self.folded.insert(id);
                }
            }
            ClipCommand::ToggleHeadingsOnly => self.headings_only = !self.headings_only,
            ClipCommand::ToggleClutter => self.clutter_shown = !self.clutter_shown,
            ClipCommand::AllowRemotePictures(allowed) => self.remote_pictures = allowed,
            ClipCommand::Triage(triage) => self.triage = triage,
            ClipCommand::Open(now_ms) => self.opened_ms = now_ms,
            ClipCommand::ReadIn(label) => self.encoding = Some(label),
        }
    }

    /// What the list shows of it.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing { triage: self.triage, progress: self.progress, opened_ms: self.opened_ms, highlights: 0 }
    }
}
