//! Files that are hosted beside the app: which paths may be fetched, and the address of each.
//!
//! Start at [`HostedPath::parse`], which reads what an address of the app says. A path that comes out
//! of it names a file in the app's own folder or below; what leads anywhere else is a [`NotHosted`],
//! and nothing is fetched for it. Nothing here fetches. Percent-encoding follows RFC 3986.

use super::path::{self, MAX_PATH_BYTES, Sorted};

/// A path of a file beside the app, decoded, from the app's own folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostedPath(String);

/// Why nothing is fetched. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotHosted {
    /// Nothing is named.
    #[error(
        "The address names no file. Write the path of a clip that is hosted beside this page, as in ?clip=notes/tide.md."
    )]
    Empty,
    /// An address of its own: with a scheme, a host, or from the root of the host.
    #[error(
        "“{0}” is no path beside this page, so nothing was loaded. Only clips that are hosted with this page can be opened by its address; save the file and drop it here instead."
    )]
    Elsewhere(String),
    /// It climbs above the app's folder.
    #[error(
        "“{0}” leads out of this page’s folder, so nothing was loaded. Only clips that are hosted with this page can be opened by its address."
    )]
    Outside(String),
    /// Bytes that are no text, control characters, or too many of them.
    #[error("“{0}” can’t be the path of a file, so nothing was loaded. Check the address for a mistake.")]
    Malformed(String),
}

impl HostedPath {
    /// Reads the value of an address's query. It is percent-decoded once; a plus stands for itself.
    ///
    /// # Errors
    /// A [`NotHosted`] for all that is no relative path in the app's folder or below.
    pub fn parse(value: &str) -> Result<Self, NotHosted> {
        let decoded = decoded(value).ok_or_else(|| NotHosted::Malformed(path::shown(value)))?;
        Self::relative("", &decoded)
    }

    /// The path that a plain relative path, which is not decoded, names from that folder.
    ///
    /// # Errors
    /// As [`HostedPath::parse`].
    pub fn relative(folder: &str, relative: &str) -> Result<Self, NotHosted> {
        let told = || path::shown(relative);
        if relative.is_empty() {
            return Err(NotHosted::Empty);
        }
        if relative.len() > MAX_PATH_BYTES || relative.chars().any(char::is_control) {
            return Err(NotHosted::Malformed(told()));
        }
        // Browsers take a backslash for a slash, so that two of them begin a host.
        let has_scheme = |path: &str| path.split('/').next().is_some_and(|first| first.contains(':'));
        if has_scheme(relative) || relative.starts_with('/') || relative.contains('\\') || relative.contains("//") {
            return Err(NotHosted::Elsewhere(told()));
        }
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop().ok_or_else(|| NotHosted::Outside(told()))?),
                part => parts.push(part),
            }
        }
        match parts.join("/") {
            path if path.is_empty() => Err(NotHosted::Empty),
            // A scheme may have been hidden behind folders that lead back.
            path if has_scheme(&path) => Err(NotHosted::Elsewhere(told())),
            path => Ok(Self(path)),
        }
    }

    /// The picture that this clip means by a reference, when that is hosted in the app's folder too.
    #[must_use]
    pub fn picture(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        // A picture's own address may say more after it; what a file is called, it says before.
        let reference = reference.split(['?', '#']).next()?.replace('\\', "/");
        let found = Self::relative(self.folder(), &decoded(&reference)?).ok()?;
        (path::sort(&found.0, 1) == Sorted::Picture).then_some(found)
    }

    /// The path as text, decoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        path::name(&self.0)
    }

    /// Its folder, without a slash at its end; empty beside the app.
    #[must_use]
    pub fn folder(&self) -> &str {
        path::folder(&self.0)
    }

    /// The path as it stands in the query of an address.
    #[must_use]
    pub fn encoded(&self) -> String {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        let mut text = String::with_capacity(self.0.len());
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
                text.push(char::from(byte));
            } else {
                let digit = |at: u8| HEX.get(usize::from(at)).map_or('0', |hex| char::from(*hex));
                text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
        text
    }

    /// The address to fetch, relative to the page's own.
    #[must_use]
    pub fn address(&self) -> String {
        ["./", &self.encoded()].concat()
    }
}

/// A text with its percent signs read once; `None` when that makes no text. A percent sign that
/// begins no sequence stands for itself.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit =
            |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Why a hosted file did not come. `Display` is the sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotFetched {
    /// The host does not have it.
    #[error("“{0}” is not hosted beside this page. Check the address, or ask whoever gave it to you.")]
    Missing(String),
    /// The host answers with something else.
    #[error(
        "The host answered {status} when asked for “{path}”. Reload in a moment, or ask whoever gave you the address."
    )]
    Refused {
        /// What was asked for.
        path: String,
        /// The status of the answer.
        status: u16,
    },
    /// The host sends the browser elsewhere.
    #[error(
        "The host sent the page elsewhere when asked for “{0}”, so nothing was opened. Ask whoever gave you the address."
    )]
    Redirected(String),
    /// No answer.
    #[error(
        "“{0}” could not be loaded: the host does not answer. Check the connection and reload. What you opened before is in your library."
    )]
    Offline(String),
}

impl NotFetched {
    /// Judges the answer of a host: its status, and whether it is a page where a clip was asked for,
    /// as hosts answer that have a page for everything.
    ///
    /// # Errors
    /// When there is nothing in it to show.
    pub fn judge(path: &HostedPath, status: u16, media_type: &str) -> Result<(), Self> {
        let told = || path::shown(path.as_str());
        let is_page = |name: &str| [".html", ".htm"].iter().any(|suffix| name.ends_with(suffix));
        match status {
            200..=299 if media_type.starts_with("text/html") && !is_page(path.as_str()) => Err(Self::Missing(told())),
            200..=299 => Ok(()),
            404 | 410 => Err(Self::Missing(told())),
            status => Err(Self::Refused { path: told(), status }),
        }
    }
}
