//! Attributes of links and pictures, and the ids that links within a clip can lead to.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::Outline;
use crate::letters::{is_letter, lower};
use crate::safe::{Attribute, Link, Picture, encode, link};

/// What comes before every id that a clip chose itself, so that it can't be one of the page's.
const PREFIX: &str = "c-";

/// The most links of one clip that can be followed. What is beyond stays as text.
pub const MAX_LINKS: usize = 20_000;

/// The places that links within the clip can lead to.
#[derive(Debug)]
pub struct Links<'a> {
    /// The fragments that a page would have had for each heading, and the heading's id here.
    headings: BTreeMap<String, &'a str>,
    /// Ids of raw HTML anywhere in the clip.
    anchors: BTreeSet<String>,
    claimed: RefCell<BTreeSet<String>>,
    made: Cell<usize>,
}

impl<'a> Links<'a> {
    /// The places of a clip with that outline, and with raw HTML that has those ids.
    #[must_use]
    pub fn new(outline: &'a Outline, anchors: BTreeSet<String>) -> Self {
        let mut headings = BTreeMap::new();
        for heading in &outline.headings {
            headings.entry(fragment_of(&heading.text)).or_insert(heading.id.as_str());
        }
        Self { headings, anchors, claimed: RefCell::default(), made: Cell::new(0) }
    }

    /// The attributes of a link; none when it may not be followed.
    #[must_use]
    pub fn attributes<'t>(&self, address: &'t str, title: &'t str) -> Vec<Attribute<'t>> {
        self.made.set(self.made.get().saturating_add(1));
        if self.are_beyond() {
            return Vec::new();
        }
        let mut attributes = match link(address) {
            Link::Outside(href) => outside(href),
            Link::Fragment(fragment) => match self.target(&fragment) {
                Some(id) => vec![("href", Cow::Owned(format!("#{}", encode(&id))))],
                None => vec![("data-href", Cow::Owned(encode(&format!("#{fragment}"))))],
            },
            Link::Relative(path) => vec![("data-href", path)],
            Link::Refused => return Vec::new(),
        };
        if !title.is_empty() {
            attributes.push(("title", Cow::Borrowed(title)));
        }
        attributes
    }

    /// Whether there were too many.
    #[must_use]
    pub fn are_beyond(&self) -> bool {
        self.made.get() > MAX_LINKS
    }

    fn target(&self, fragment: &str) -> Option<String> {
        let decoded = percent_decoded(fragment);
        let heading = self.headings.get(&fragment_of(&decoded)).map(|id| (*id).to_owned());
        heading.or_else(|| self.anchors.get(&decoded).map(|id| format!("{PREFIX}{}", slug(id))))
    }

    /// The id of an element of raw HTML, the first time that it comes.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<String> {
        let own = format!("{PREFIX}{}", slug(id));
        (!id.trim().is_empty() && self.claimed.borrow_mut().insert(own.clone())).then_some(own)
    }
}

/// The attributes of a link that leaves the page.
#[must_use]
pub fn outside(href: Cow<'_, str>) -> Vec<Attribute<'_>> {
    vec![
        ("href", href),
        ("rel", Cow::Borrowed("noopener noreferrer")),
        ("target", Cow::Borrowed("_blank")),
        ("referrerpolicy", Cow::Borrowed("no-referrer")),
    ]
}

/// The attributes of a picture. Its address is never one that a browser would load by itself.
#[must_use]
pub fn picture_attributes<'t>(picture: Picture<'t>, alt: &'t str, title: &'t str) -> Vec<Attribute<'t>> {
    let (name, address) = match picture {
        Picture::Remote(address) => ("data-remote", address),
        Picture::Asset(path) => ("data-asset", path),
        Picture::Data(data) => ("src", data),
        Picture::Refused => return Vec::new(),
    };
    let mut attributes = vec![(name, address), ("alt", Cow::Borrowed(alt))];
    if !title.is_empty() {
        attributes.push(("title", Cow::Borrowed(title)));
    }
    attributes.push(("loading", Cow::Borrowed("lazy")));
    attributes.push(("referrerpolicy", Cow::Borrowed("no-referrer")));
    attributes
}

/// The fragment that GitHub and most sites would make of a heading.
fn fragment_of(text: &str) -> String {
    let lower = lower(text.trim());
    let kept = lower.chars().filter(|c| is_letter(*c) || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// An id without white space, which ids can't have.
fn slug(id: &str) -> String {
    id.chars().map(|c| if c.is_whitespace() || c.is_control() { '-' } else { c }).collect()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
