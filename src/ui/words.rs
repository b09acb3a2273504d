//! Names of the core's values, as the interface says them.

use crate::clip::Basis;
use crate::clip::clutter::Reason;
use crate::clip::metadata::{Dialect, Key};
use crate::library::Triage;
use crate::library::highlight::Colour;
use crate::library::list::By;

/// Why something is hidden, after a number.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::ClipperMarker => "clipper's marker",
        Reason::DeadLink => "link that leads nowhere",
        Reason::PlaceholderPicture => "placeholder picture",
        Reason::VideoLeftover => "leftover of a video",
        Reason::SharePrompt => "prompt to share or follow",
        Reason::AccountCard => "account card",
        Reason::Promotion => "promotion",
        Reason::DuplicateTitle => "repeated title",
        Reason::Navigation => "navigation",
        Reason::Empty => "empty element",
    }
}

/// Why something is hidden, by the reason's name in the page.
pub fn reason_named(name: &str) -> &'static str {
    Reason::ALL.into_iter().find(|r| r.name() == name).map_or("hidden", reason)
}

/// The convention that a file follows.
pub fn dialect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Plain => "not recognised",
        Dialect::MaoXian => "MaoXian Web Clipper",
        Dialect::Obsidian => "Obsidian Web Clipper",
        Dialect::Defuddle => "Defuddle",
        Dialect::MarkDownload => "MarkDownload",
        Dialect::Joplin => "Joplin",
        Dialect::SimpRead => "SimpRead",
        Dialect::Readwise => "Readwise",
        Dialect::Omnivore => "Omnivore",
        Dialect::Readeck => "Readeck",
        Dialect::Cubox => "Cubox",
        Dialect::WeChat => "WeChat script",
        Dialect::Logseq => "Logseq",
        Dialect::Blog => "blog source",
        Dialect::Pandoc => "Pandoc",
    }
}

/// What a value is, before it.
pub fn key(key: Key) -> &'static str {
    match key {
        Key::Title => "title",
        Key::Author => "author",
        Key::SourceUrl => "source",
        Key::Site => "site",
        Key::Account => "account",
        Key::Published => "published",
        Key::Saved => "saved",
        Key::Tags => "tags",
        Key::Status => "status",
        Key::Description => "description",
        Key::Language => "language",
        Key::Place => "place",
        Key::TimeZone => "time zone",
    }
}

/// From what an outline was inferred.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::BoldLine => "Outline inferred from bold lines",
        Basis::NumberedLine => "Outline inferred from numbered lines",
        Basis::Question => "Outline inferred from the questions",
        Basis::LoneLine => "Outline inferred from lines that stand alone",
    }
}

/// Where a clip stands.
pub fn triage(triage: Triage) -> &'static str {
    match triage {
        Triage::Inbox => "Inbox",
        Triage::Reading => "Reading",
        Triage::Done => "Done",
        Triage::Archive => "Archive",
    }
}

/// What a place is marked in.
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "Yellow",
        Colour::Green => "Green",
        Colour::Blue => "Blue",
        Colour::Pink => "Pink",
    }
}

/// What the list is sorted by.
pub fn sorted_by(by: By) -> &'static str {
    match by {
        By::Added => "Added",
        By::Saved => "Saved",
        By::Published => "Published",
        By::Title => "Title",
        By::Site => "Site",
        By::Length => "Length",
        By::Progress => "Progress",
    }
}

/// A number and what it counts.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
