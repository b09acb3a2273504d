//! Who a clip is: a hash of its bytes, so that the same file is the same clip under any name; and
//! whether a file that comes in is a clip that is here already.
//!
//! Start at [`ClipId`], then [`identify`]. [`page`] compares the addresses of pages. Nothing here
//! looks into a clip's text.

pub mod page;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

/// A clip's identity: 32 hexadecimal digits of the XXH3 hash of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClipId(String);

impl ClipId {
    /// The identity of a file's bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("{:032x}", xxh3_128(bytes)))
    }

    /// Reads an identity that was written before; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ClipId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("“{text}” is not the identity of a clip"))
    }
}

impl From<ClipId> for String {
    fn from(id: ClipId) -> Self {
        id.0
    }
}

/// The identity of any other file's bytes: 32 hexadecimal digits of the XXH3 hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentId(ClipId);

impl ContentId {
    /// The identity of a file's bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(ClipId::of(bytes))
    }

    /// Reads an identity that was written before; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        ClipId::parse(text).map(Self)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl TryFrom<String> for ContentId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("“{text}” is not the identity of a file"))
    }
}

impl From<ContentId> for String {
    fn from(id: ContentId) -> Self {
        id.0.into()
    }
}

/// What is known of a clip that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// Who it is: the hash that it first came in with.
    pub id: &'a ClipId,
    /// The hash of the text that it has now.
    pub hash: &'a ClipId,
    /// The address of its page, from [`page::canonical_url`].
    pub url: Option<&'a str>,
    /// The path of its file within its import.
    pub path: &'a str,
    /// The batch in which its text came; it has to be brought up to date with every update.
    pub import: u64,
}

/// What a file that comes in is to the clips that are here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// A clip that was never here.
    New,
    /// The same text as that of this clip.
    AlreadyHere(ClipId),
    /// Another saving of this clip's page: its text takes the place of the one that is here.
    Update(ClipId),
}

/// Finds out what a file is that came with the batch `import`.
///
/// Two files of one batch are never taken for one by their address, and an address that names no
/// more than a site tells nothing unless the file's path is the same too: so no text is lost.
#[must_use]
pub fn identify<'a>(
    hash: &ClipId,
    url: Option<&str>,
    path: &str,
    import: u64,
    known: impl Iterator<Item = Known<'a>>,
) -> Identity {
    let mut best: Option<((u8, u64), Known<'a>)> = None;
    for clip in known {
        if clip.hash == hash {
            return Identity::AlreadyHere(clip.id.clone());
        }
        if url.is_none() || clip.url != url || clip.import >= import {
            continue;
        }
        let likeness = likeness(clip.path, path);
        if likeness < 2 && url.is_some_and(page::is_only_a_site) {
            continue;
        }
        let rank = (likeness, clip.import);
        // Of two that are alike, the one with the lower identity, whatever their order.
        let is_better = best.as_ref().is_none_or(|(found, held)| rank > *found || rank == *found && clip.id < held.id);
        if is_better {
            best = Some((rank, clip));
        }
    }
    best.map_or(Identity::New, |(_, clip)| Identity::Update(clip.id.clone()))
}

/// 2 for the same path, 1 for the same file name, 0 for another.
fn likeness(a: &str, b: &str) -> u8 {
    let name = |path: &'_ str| path.rsplit('/').next().map(str::to_owned);
    if a == b { 2 } else { u8::from(name(a) == name(b)) }
}
