//! Who a clip is: a hash of its bytes, so that the same file is the same clip under any name.

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

/// Stub until the branch.
#[must_use]
pub fn canonical_url(url: &str) -> Option<String> {
    (!url.is_empty()).then(|| url.to_owned())
}
