//! Where a clip stands in the reader's own workflow: inbox → reading → done → archive.

use serde::{Deserialize, Serialize};

/// The four stations of a clip.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Triage {
    /// Not looked at yet.
    #[default]
    Inbox,
    /// Being read, or to be read next.
    Reading,
    /// Read.
    Done,
    /// Put away.
    Archive,
}

impl Triage {
    /// All stations, in their order.
    pub const ALL: [Self; 4] = [Self::Inbox, Self::Reading, Self::Done, Self::Archive];

    /// The word for it, as `status:` in a search and the front matter have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Reading => "reading",
            Self::Done => "done",
            Self::Archive => "archive",
        }
    }

    /// The station of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// What the status of a file means. The words are those of the clippers and note apps that
    /// write one (Omnivore, Readwise, MaoXian's users, Obsidian templates, Joplin's `completed?`).
    #[must_use]
    pub fn of_status(status: &str) -> Self {
        const READING: [&str; 8] =
            ["reading", "in progress", "in-progress", "doing", "started", "later", "shortlist", "阅读中"];
        const DONE: [&str; 10] =
            ["done", "read", "completed", "complete", "finished", "yes", "true", "已读", "已阅读", "完成"];
        const ARCHIVE: [&str; 5] = ["archive", "archived", "归档", "已归档", "存档"];
        let status = status.trim().to_lowercase();
        let is_in = |words: &[&str]| words.contains(&status.as_str());
        if is_in(&READING) || status == "在读" {
            Self::Reading
        } else if is_in(&DONE) {
            Self::Done
        } else if is_in(&ARCHIVE) {
            Self::Archive
        } else {
            Self::Inbox
        }
    }

    /// The station after it; the last one stays.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Inbox => Self::Reading,
            Self::Reading => Self::Done,
            Self::Done | Self::Archive => Self::Archive,
        }
    }
}

/// What the list shows of how far a clip is read.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Standing {
    /// The station that the reader gave it; else its file's status says it.
    pub triage: Option<Triage>,
    /// How far it is read, from 0 to 1.
    pub progress: f32,
    /// When it was opened last, in milliseconds since 1970; 0 when never.
    pub opened_ms: u64,
    /// How many highlights it has.
    pub highlights: u32,
}

impl Standing {
    /// Whether it was begun and not finished.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.opened_ms > 0 && (0.01..0.97).contains(&self.progress)
    }
}
