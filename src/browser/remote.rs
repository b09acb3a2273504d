//! Pictures on other hosts: a placeholder stands for each until the person agrees to load it.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{Labels, copy, insert_before, make, select};
use super::{BrowserError, During};
use crate::session::Consent;

/// Which pictures on other hosts are loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// All that the clip has.
    pub all: bool,
    /// Those of these hosts.
    pub consent: Consent,
}

impl Allowed {
    fn covers(&self, host: &str) -> bool {
        self.all || self.consent.covers(host)
    }
}

/// Pictures of the body that are not to be seen, or come from other hosts; those in folded clutter are
/// none of the article's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unseen {
    /// How many wait for consent, by their hosts.
    pub waiting: BTreeMap<String, usize>,
    /// How many stand in files beside the clip that are not here.
    pub missing: usize,
    /// How many are loaded from other hosts.
    pub loaded: usize,
}

impl Unseen {
    /// How many wait for consent.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.values().sum()
    }

    /// The host on which most of those are.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.waiting.iter().max_by_key(|(_, count)| **count).map(|(host, _)| host.as_str())
    }

    pub(super) fn add(&mut self, other: Self) {
        for (host, count) in other.waiting {
            *self.waiting.entry(host).or_default() += count;
        }
        self.missing += other.missing;
        self.loaded += other.loaded;
    }
}

/// Counts the pictures that are not to be seen.
#[must_use]
pub fn unseen_pictures(within: &web_sys::Element) -> Unseen {
    let articles = |selector| select(within, selector).into_iter().filter(|element| !is_clutter(element));
    let mut unseen = Unseen {
        missing: articles(".missing-picture").count(),
        loaded: articles("img[data-remote][src]").count(),
        ..Unseen::default()
    };
    for button in articles("button.remote-picture") {
        *unseen.waiting.entry(button.get_attribute("data-host").unwrap_or_default()).or_default() += 1;
    }
    unseen
}

fn is_clutter(element: &web_sys::Element) -> bool {
    element.closest(".clutter").ok().flatten().is_some()
}

/// Loads the pictures of the article that may be loaded, and takes those back that may not. Those in
/// clutter, which count who reads, are loaded one by one only.
///
/// # Errors
/// When the browser refuses.
pub fn apply_consent(body: &web_sys::Element, allowed: &Allowed, labels: Labels) -> Result<(), BrowserError> {
    for button in select(body, "button.remote-picture").iter().filter(|button| !is_clutter(button)) {
        if allowed.covers(&button.get_attribute("data-host").unwrap_or_default()) {
            load_after(button)?;
        }
    }
    for picture in select(body, "img[data-remote][src]") {
        let host = host(&picture.get_attribute("data-remote").unwrap_or_default());
        if !allowed.covers(&host) {
            picture.remove_attribute("src").during("take a picture back")?;
            insert_before(&placeholder(&host, labels)?, &picture)?;
        }
    }
    Ok(())
}

/// The hosts on which pictures of the body are.
#[must_use]
pub fn hosts(body: &web_sys::Element) -> BTreeSet<String> {
    let pictures = select(body, "img[data-remote]").into_iter();
    pictures.map(|picture| host(&picture.get_attribute("data-remote").unwrap_or_default())).collect()
}

/// What stands for a picture on another host until it is loaded.
fn placeholder(host: &str, labels: Labels) -> Result<web_sys::Element, BrowserError> {
    let button = make("button", "remote-picture", &labels.remote_picture.replace("{host}", host))?;
    button.set_attribute("type", "button").during("label a picture")?;
    button.set_attribute("data-host", host).during("label a picture")?;
    Ok(button)
}

/// Puts a placeholder before each picture on another host, unless it may be loaded.
pub(super) fn hold_back(chunk: &web_sys::Element, allowed: &Allowed, labels: Labels) -> Result<(), BrowserError> {
    // Most pictures of a clip are on one host: what stands for one is copied for the next.
    let mut last: Option<(String, web_sys::Element)> = None;
    for picture in select(chunk, "img[data-remote]") {
        let host = host(&picture.get_attribute("data-remote").unwrap_or_default());
        let button = match last.take().filter(|(of, _)| *of == host) {
            Some((_, button)) => copy(&button)?,
            None => placeholder(&host, labels)?,
        };
        insert_before(&button, &picture)?;
        if allowed.covers(&host) && !is_clutter(&button) {
            load_after(&button)?;
        }
        last = Some((host, button));
    }
    Ok(())
}

/// Loads the picture that stands behind its placeholder, and takes the placeholder away. The
/// page's policy allows `https` alone, which nearly every host of an `http` picture answers too.
pub(super) fn load_after(button: &web_sys::Element) -> Result<(), BrowserError> {
    let Some(picture) = button.next_element_sibling() else {
        return Ok(());
    };
    let Some(address) = picture.get_attribute("data-remote") else {
        return Ok(());
    };
    let secure = address.replacen("http://", "https://", 1);
    picture.set_attribute("src", &secure).during("load a picture")?;
    button.remove();
    Ok(())
}

/// The host of an absolute address, as text.
fn host(address: &str) -> String {
    let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_owned()
}
