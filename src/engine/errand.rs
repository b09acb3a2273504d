//! What the page asks of the worker that keeps the library, and what that one reports.
//!
//! It is the same program as the worker that reads clips to show them, in a worker of its own, so
//! that thousands of files may come in while a person reads on.

use serde::{Deserialize, Serialize};

use crate::library::ClipId;
use crate::library::importing::Summary;
use crate::library::list::View;

/// A file that is to come in. Its handle is in the payload, at the same place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its path inside what it came with, `/`-separated.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// Who it is, when it was kept here before under a name that its bytes don't tell.
    pub id: Option<ClipId>,
    /// Whether a clip came from this path of a linked folder before: this is its text now.
    pub linked: bool,
    /// The record of the clip whose text was edited here: this is its text now.
    pub edited: Option<String>,
}

/// An item of an import: which of the offered files, and which entry of it when it is an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct At {
    /// The file.
    pub file: u32,
    /// The entry.
    pub entry: u32,
}

/// Page to worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Errand {
    /// Take files in. The payload is an array of their handles, or of texts.
    Import {
        /// Names the import: when it began, in milliseconds since 1970.
        import: u64,
        /// The clip that was open.
        near: Option<ClipId>,
        /// The files.
        files: Vec<Offer>,
        /// Where to begin: what is before it is in already, when a worker died over this import.
        from: At,
        /// The items that workers died over.
        left_out: Vec<At>,
    },
    /// Stop what goes on. What an import has in stays; of a packing nothing is made.
    Stop,
    /// Undo the import that was the last one.
    Undo {
        /// The clips that it added.
        added: Vec<ClipId>,
    },
    /// Find clips.
    Find {
        /// Names the question; only the newest one is answered.
        ticket: u32,
        /// The words as typed.
        words: String,
    },
    /// Somebody is about to look for something: the words of all clips are read before.
    Prepare,
    /// Give pieces of the texts of these clips, around what is looked for.
    Quote {
        /// The question.
        ticket: u32,
        /// Which clips.
        ids: Vec<ClipId>,
    },
    /// These clips changed or went; what is known of them for search is read anew.
    Changed {
        /// Which.
        ids: Vec<ClipId>,
    },
    /// Make a zip of clips and their pictures, or give back the file of one clip without pictures.
    /// The payload of the report is it.
    Pack {
        /// Which clips; a backup has all.
        clips: Vec<Packed>,
        /// For a backup: JSON of an object with the `session` and the `views`, as they are stored.
        /// Else files alone are packed.
        backup: Option<String>,
    },
    /// Make a file of a clip without what is folded of it. The payload of the report is it.
    Clean {
        /// Which.
        id: ClipId,
        /// What it is to be.
        form: Form,
    },
}

/// What a cleaned clip is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Its own Markdown.
    Markdown,
    /// A page with its pictures inside.
    Page,
    /// Plain text.
    Text,
}

/// A clip that is to be packed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// Which.
    pub id: ClipId,
    /// The station that its file is to say; `None` leaves what it says.
    pub status: Option<String>,
}

/// A piece of a clip's text in parts, each with whether it is what was looked for.
pub type Snippet = Vec<(String, bool)>;

/// Worker to page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Report {
    /// How far an import is.
    Importing {
        /// How many items are done.
        done: u32,
        /// How many there are, as far as is known.
        total: u32,
        /// What is being read.
        at: At,
        /// Its path.
        name: String,
        /// How long that is, in bytes: it bounds the time it may take.
        size: u64,
    },
    /// Clips came in, and are kept.
    CameIn {
        /// The records of their entries.
        entries: Vec<String>,
        /// Which of the offered files they were, when they came by themselves.
        offers: Vec<Option<u32>>,
        /// The records of states that a backup had: they are newer than those that were here.
        states: Vec<(ClipId, String)>,
        /// The clips of which a backup had highlights: they are merged with those that were here.
        highlights: Vec<ClipId>,
        /// The views of the list that a backup had.
        views: Vec<View>,
        /// Whether they are kept, or only known until the page goes.
        kept: bool,
        /// What came of the import since the report before.
        came: Summary,
        /// The first item that is not in yet.
        next: At,
    },
    /// An import is over.
    Imported {
        /// What came of it since the report before.
        rest: Summary,
    },
    /// An import was undone.
    Undone {
        /// The records of the entries that came back.
        entries: Vec<String>,
        /// The clips that went.
        removed: Vec<ClipId>,
    },
    /// Clips were found, the best first; a list that follows takes the place of this one.
    Found {
        /// Which question.
        ticket: u32,
        /// The clips.
        clips: Vec<ClipId>,
    },
    /// Pieces of the texts of clips that were found.
    Quoted {
        /// Which question.
        ticket: u32,
        /// The pieces.
        snippets: Vec<(ClipId, Snippet)>,
    },
    /// How far a packing is.
    Packing {
        /// How many items are done.
        done: u32,
        /// How many there are, as far as is known.
        total: u32,
    },
    /// A packing was stopped, or failed: nothing is made of it.
    Unpacked,
    /// A zip, or the file of a clip, is made; the payload is it.
    Packed {
        /// What it is called.
        name: String,
        /// What could not be packed, as sentences.
        missing: Vec<String>,
    },
    /// Something could not be done.
    Failed {
        /// Why, as a sentence.
        why: String,
    },
}
