//! What goes wrong with archives, each as one sentence for the reader.

use crate::library::path::BadPath;

/// Why an archive, or one entry of it, cannot be read. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// No bytes, or no files in it.
    #[error("“{0}” is an empty archive: there is nothing to read in it.")]
    Empty(String),
    /// Nothing in it says that it is a zip.
    #[error("“{0}” is not a zip archive. Drop the clip files themselves, or pack them as a zip.")]
    NotZip(String),
    /// It begins as a zip, but its end is missing or broken.
    #[error("“{0}” is an incomplete or damaged zip. Download or copy it again.")]
    Incomplete(String),
    /// It can be read in two ways.
    #[error(
        "“{0}” has two lists of its files, and nothing says which is the true one. Unpack it with a program you trust and drop the files."
    )]
    Ambiguous(String),
    /// Entries share their bytes, as in archives that are made to fill the memory.
    #[error("“{archive}” is not opened: its files, such as “{entry}”, overlap, as no honest archive's do.")]
    Overlapping {
        /// The name of the archive.
        archive: String,
        /// One of the entries.
        entry: String,
    },
    /// More entries than [`super::MAX_ENTRIES`].
    #[error(
        "“{archive}” has {count} files; archives of up to 20,000 can be opened. Unpack it and drop its folders one after another."
    )]
    TooMany {
        /// The name of the archive.
        archive: String,
        /// How many it has.
        count: u64,
    },
    /// More bytes in all than [`super::MAX_TOTAL_BYTES`].
    #[error(
        "“{archive}” unpacks to {megabytes} MB; archives of up to 2,048 MB can be opened. Unpack it and drop its folders one after another."
    )]
    TooLarge {
        /// The name of the archive.
        archive: String,
        /// What its entries have in all, in whole megabytes.
        megabytes: u64,
    },
    /// One entry is not what the directory says.
    #[error("“{entry}” in “{archive}” is damaged and left out. Download or copy the archive again.")]
    Damaged {
        /// The name of the archive.
        archive: String,
        /// The path of the entry.
        entry: String,
    },
    /// The archive could not be read.
    #[error("“{archive}” could not be read: {why} If it was moved or changed meanwhile, drop it again.")]
    Unreadable {
        /// The name of the archive.
        archive: String,
        /// What the reader said.
        why: String,
    },
}

/// An entry that may not come in. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Its path leads outside, is too long, or empty.
    #[error(transparent)]
    Path(#[from] BadPath),
    /// It needs a password.
    #[error("“{0}” is password-protected. Unpack the archive with its password and drop the files.")]
    Encrypted(String),
    /// It is compressed in a way that is not known here.
    #[error("“{entry}” is compressed with {method}, which can't be opened here. Pack the files again as a common zip.")]
    Method {
        /// The path of the entry.
        entry: String,
        /// The name or number of the method.
        method: String,
    },
    /// Longer than [`super::MAX_ENTRY_BYTES`].
    #[error("“{entry}” has {megabytes} MB; files of up to 50 MB can be taken out of an archive.")]
    TooLarge {
        /// The path of the entry.
        entry: String,
        /// Its length, in whole megabytes.
        megabytes: u64,
    },
    /// More than [`super::MAX_RATIO`] times as long as what is stored of it.
    #[error(
        "“{entry}” would grow to {megabytes} MB out of almost nothing, as no clip or picture does, so it is left out."
    )]
    Inflated {
        /// The path of the entry.
        entry: String,
        /// Its length, in whole megabytes.
        megabytes: u64,
    },
    /// A link to another file.
    #[error("“{0}” is a link to another file. Links in archives are not followed.")]
    Link(String),
    /// Archives inside the archive, all in one sentence.
    #[error("{} not opened. Unpack what you need and drop it by itself.", nested(.first, *.more))]
    Nested {
        /// The path of the first.
        first: String,
        /// How many there are besides.
        more: usize,
    },
    /// The archive says that it has more files than are in its list.
    #[error(
        "The list of the files in the archive breaks off: {missing} of them could not be found. Download or copy it again."
    )]
    Missing {
        /// How many.
        missing: u64,
    },
}

fn nested(first: &str, more: usize) -> String {
    match more {
        0 => format!("“{first}” is an archive inside the archive and is"),
        1 => format!("“{first}” and one more are archives inside the archive and are"),
        more => format!("“{first}” and {more} more are archives inside the archive and are"),
    }
}

/// An entry that came in under another name, as one of that name was there already. `Display` is
/// the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("There are several files “{path}” in the archive; one of them is listed as “{listed}”.")]
pub struct Renamed {
    /// The path that it has in the archive.
    pub path: String,
    /// The path under which it is listed.
    pub listed: String,
}
