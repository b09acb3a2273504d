//! What the address says: which place is open. Headings are in the fragment and not here.

use crate::library::ClipId;

/// A place of the app, as the address names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Nothing is said: the clip that was open last, else the empty page.
    Home,
    /// `?open=ID`: that clip.
    Clip(ClipId),
    /// `?library`: the list.
    Library,
    /// `?sample`: the built-in clip.
    Sample,
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
        match name {
            "open" => ClipId::parse(value).map(Self::Clip),
            "library" => Some(Self::Library),
            "sample" => Some(Self::Sample),
            _ => None,
        }
    }

    /// The query of the address, with its `?`; empty for [`Route::Home`].
    #[must_use]
    pub fn query(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::Clip(id) => format!("?open={}", id.as_str()),
            Self::Library => "?library".to_owned(),
            Self::Sample => "?sample".to_owned(),
        }
    }
}
