//! Names of the core's values, as the interface says them.

use super::say::say;
use crate::browser::body::Labels;
use crate::browser::folding;
use crate::clip::Basis;
use crate::clip::clutter::Reason;
use crate::clip::metadata::{Dialect, Key};
use crate::library::Triage;
use crate::library::highlight::Colour;
use crate::library::list::By;
use crate::session::Theme;

/// Why something is hidden, after a number.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::ClipperMarker => say!(reason.clipper_marker),
        Reason::DeadLink => say!(reason.dead_link),
        Reason::PlaceholderPicture => say!(reason.placeholder_picture),
        Reason::VideoLeftover => say!(reason.video_leftover),
        Reason::SharePrompt => say!(reason.share_prompt),
        Reason::AccountCard => say!(reason.account_card),
        Reason::Promotion => say!(reason.promotion),
        Reason::DuplicateTitle => say!(reason.duplicate_title),
        Reason::Navigation => say!(reason.navigation),
        Reason::Empty => say!(reason.empty),
    }
}

/// Why something is hidden, by the reason's name in the page.
pub fn reason_named(name: &str) -> &'static str {
    Reason::ALL.into_iter().find(|r| r.name() == name).map_or(say!(reason.hidden), reason)
}

/// The convention that a file follows.
pub fn dialect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Plain => say!(dialect.plain),
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
        Dialect::WeChat => say!(dialect.wechat),
        Dialect::Logseq => "Logseq",
        Dialect::Blog => say!(dialect.blog),
        Dialect::Pandoc => "Pandoc",
    }
}

/// What a value is, before it.
pub fn key(key: Key) -> &'static str {
    match key {
        Key::Title => say!(key.title),
        Key::Author => say!(key.author),
        Key::SourceUrl => say!(key.source),
        Key::Site => say!(key.site),
        Key::Account => say!(key.account),
        Key::Published => say!(key.published),
        Key::Saved => say!(key.saved),
        Key::Tags => say!(key.tags),
        Key::Status => say!(key.status),
        Key::Description => say!(key.description),
        Key::Language => say!(key.language),
        Key::Place => say!(key.place),
        Key::TimeZone => say!(key.time_zone),
    }
}

/// From what an outline was inferred.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::BoldLine => say!(basis.bold_line),
        Basis::NumberedLine => say!(basis.numbered_line),
        Basis::Question => say!(basis.question),
        Basis::LoneLine => say!(basis.lone_line),
    }
}

/// Where a clip stands.
pub fn triage(triage: Triage) -> &'static str {
    match triage {
        Triage::Inbox => say!(station.inbox),
        Triage::Reading => say!(station.reading),
        Triage::Done => say!(station.done),
        Triage::Archive => say!(station.archive),
    }
}

/// What a place is marked in.
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => say!(colour.yellow),
        Colour::Green => say!(colour.green),
        Colour::Blue => say!(colour.blue),
        Colour::Pink => say!(colour.pink),
    }
}

/// What the list is sorted by.
pub fn sorted_by(by: By) -> &'static str {
    match by {
        By::Added => say!(sorted.added),
        By::Saved => say!(sorted.saved),
        By::Published => say!(sorted.published),
        By::Title => say!(sorted.title),
        By::Site => say!(sorted.site),
        By::Length => say!(sorted.length),
        By::Progress => say!(sorted.progress),
    }
}

/// The colours of the page.
pub fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => say!(settings.auto),
        Theme::Light => say!(settings.light),
        Theme::Sepia => say!(settings.sepia),
        Theme::Dark => say!(settings.dark),
        Theme::Black => say!(settings.black),
    }
}

/// Words that the page adds to a body.
pub fn labels() -> Labels {
    Labels {
        missing_picture: say!(arriving.missing_picture),
        remote_picture: say!(arriving.remote_picture),
        copy: say!(arriving.copy),
        headings: folding::Labels { fold: say!(sections.fold), link: say!(sections.link) },
        clutter: reason_named,
        made,
    }
}

/// What the making of a body calls its parts, for those who can't see them.
pub fn made(name: &str) -> Option<&'static str> {
    Some(match name {
        "Table" => say!(arriving.table),
        "Footnotes" => say!(arriving.notes),
        "Back to the text" => say!(arriving.back),
        "to do" => say!(arriving.to_do),
        "done" => say!(arriving.done),
        "Embedded page" => say!(arriving.embedded),
        "Audio" => say!(arriving.audio),
        "Video" => say!(arriving.video),
        _ => return None,
    })
}
