//! What the address says: which place is open. Headings are in the fragment and not here.

use crate::library::ClipId;
use crate::library::hosted::{HostedPath, NotHosted};

/// A place of the app, as the address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Nothing is said: the clip that was open last, else the empty page.
    Home,
    /// `?open=ID`: that clip.
    Clip(ClipId),
    /// `?clip=PATH`: the clip that is hosted there. Whoever gets that address can read it too.
    Hosted(HostedPath),
    /// `?library`: the list.
    Library,
    /// `?highlights`: what the person marked in all clips.
    Highlights,
    /// `?library=PATH`: the published library whose index is hosted there.
    Published(HostedPath),
    /// `?sample`: the built-in clip.
    Sample,
    /// `?clip=…` or `?library=…` with what is no path beside the app.
    Astray(NotHosted),
}

impl Route {
    /// Reads the query of an address, with or without its `?`. What is not known is [`Route::Home`].
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut parts = query.trim_start_matches('?').split('&');
        parts.find_map(Self::part).unwrap_or(Self::Home)
    }

    fn part(part: &str) -> Option<Self> {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let hosted = |route: fn(HostedPath) -> Self| HostedPath::parse(value).map_or_else(Self::Astray, route);
        match name {
            "open" => ClipId::parse(value).map(Self::Clip),
            "clip" => Some(hosted(Self::Hosted)),
            "library" if value.is_empty() => Some(Self::Library),
            "library" => Some(hosted(Self::Published)),
            "highlights" => Some(Self::Highlights),
            "sample" => Some(Self::Sample),
            _ => None,
        }
    }

    /// The query of the address, with its `?`; empty for [`Route::Home`] and [`Route::Astray`].
    #[must_use]
    pub fn query(&self) -> String {
        match self {
            Self::Home | Self::Astray(_) => String::new(),
            Self::Clip(id) => format!("?open={}", id.as_str()),
            Self::Hosted(path) => format!("?clip={}", path.encoded()),
            Self::Library => "?library".to_owned(),
            Self::Highlights => "?highlights".to_owned(),
            Self::Published(path) => format!("?library={}", path.encoded()),
            Self::Sample => "?sample".to_owned(),
        }
    }
}
