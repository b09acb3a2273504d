//! Raw HTML of a clip, tokenised by the WHATWG standard and fed into the safe tree.

use super::links::Links;
use super::pieces::{Piece, StartTag, pieces};
use crate::safe::{Attribute, Builder, Link, Picture, Tag, is_dropped_whole, link, picture};

/// An element whose content is being dropped, and how many of its name are open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dropping {
    name: String,
    depth: usize,
}

impl Dropping {
    /// Whether content is being dropped.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.depth > 0
    }

    fn starts(&mut self, name: &str) {
        if self.is_on() {
            self.depth += usize::from(self.name == name);
        } else {
            *self = Self { name: name.to_owned(), depth: 1 };
        }
    }

    fn ends(&mut self, name: &str) {
        if self.is_on() && self.name == name {
            self.depth -= 1;
        }
    }
}

/// Feeds a piece of raw HTML: a whole block, or one tag within a line.
pub fn feed(html: &str, builder: &mut Builder, dropping: &mut Dropping, links: &Links<'_>) {
    for piece in pieces(html) {
        match piece {
            Piece::Start(tag) => start(&tag, builder, dropping, links),
            Piece::End(name) => {
                if dropping.is_on() {
                    dropping.ends(&name);
                } else if let Some(tag) = known(&name).filter(|t| !t.is_void()) {
                    builder.close_raw(tag);
                }
            }
            Piece::Text(text) if !dropping.is_on() => builder.text(&text),
            Piece::Text(_) => {}
        }
    }
}

/// The element that stands for a name: itself, or the one that took its place in the standard.
fn known(name: &str) -> Option<Tag> {
    Tag::by_name(match name {
        "strike" => "s",
        "acronym" => "abbr",
        "tt" => "code",
        "center" | "main" | "nav" | "hgroup" => "div",
        "dir" | "menu" => "ul",
        "listing" => "pre",
        "input" => return None,
        name => name,
    })
}

fn start(tag: &StartTag, builder: &mut Builder, dropping: &mut Dropping, links: &Links<'_>) {
    let name = tag.name.as_str();
    if dropping.is_on() {
        return dropping.starts(name);
    }
    let value = |wanted: &str| tag.value(wanted);
    if matches!(name, "iframe" | "video" | "audio" | "source" | "embed")
        && let Some(src) = value("src")
    {
        embed(name, &src, value("title"), builder);
    }
    if is_dropped_whole(name) {
        return dropping.starts(name);
    }
    match known(name) {
        Some(Tag::Img) => image(&value, builder),
        Some(tag) if tag.is_void() => builder.void(tag, &[]),
        Some(tag) => {
            builder.open_raw(tag, &attributes(tag, &value, links));
        }
        None => {}
    }
}

/// What plays inside a frame elsewhere is a card here: what it is, and the host that it leads to.
fn embed(name: &str, src: &str, title: Option<String>, builder: &mut Builder) {
    let Link::Outside(href) = link(src) else {
        return;
    };
    let (kind, label) = match name {
        "audio" => ("audio", "Audio"),
        "video" | "source" => ("video", "Video"),
        _ => ("frame", "Embedded page"),
    };
    let host = href.split('/').nth(2).unwrap_or(&href).to_owned();
    let mut attributes = vec![("class", "embed".into()), ("data-kind", kind.into())];
    attributes.extend(super::links::outside(href));
    builder.open_raw(Tag::A, &attributes);
    let title = title.filter(|t| !t.trim().is_empty());
    for (class, words) in [("embed-label", title.as_deref().unwrap_or(label)), ("embed-host", &host)] {
        builder.open_raw(Tag::Span, &[("class", class.into())]);
        builder.text(words);
        builder.close_raw(Tag::Span);
        builder.text(" ");
    }
    builder.close_raw(Tag::A);
}

fn image(value: &dyn Fn(&str) -> Option<String>, builder: &mut Builder) {
    // Pages that load pictures late keep the address aside.
    let candidates = ["data-src", "data-original", "data-actualsrc", "src"];
    let mut sources = candidates.iter().filter_map(|name| value(name));
    let Some(source) = sources.find(|source| picture(source) != Picture::Refused) else {
        return;
    };
    let alt = value("alt").unwrap_or_default();
    let title = value("title").unwrap_or_default();
    let mut attributes = super::links::picture_attributes(picture(&source), &alt, &title);
    for name in ["width", "height"] {
        let number = value(name).filter(|v| !v.is_empty() && v.len() < 5 && v.bytes().all(|b| b.is_ascii_digit()));
        attributes.extend(number.map(|n| (name, n.into())));
    }
    builder.void(Tag::Img, &attributes);
}

fn attributes(tag: Tag, value: &dyn Fn(&str) -> Option<String>, links: &Links<'_>) -> Vec<Attribute<'static>> {
    let mut attributes: Vec<Attribute<'static>> = Vec::new();
    let numeric = |name: &'static str, most: u32| {
        let number = value(name)?.trim().parse::<u32>().ok()?;
        Some((name, number.min(most).to_string().into()))
    };
    match tag {
        Tag::A => {
            if let Some(href) = value("href") {
                let title = value("title").unwrap_or_default();
                let link = links.attributes(&href, &title).into_iter();
                attributes.extend(link.map(|(name, value)| (name, value.into_owned().into())));
            }
        }
        Tag::Td | Tag::Th => {
            attributes.extend(numeric("colspan", 1000));
            attributes.extend(numeric("rowspan", 1000));
        }
        Tag::Ol => attributes.extend(numeric("start", u32::MAX)),
        Tag::Details => attributes.extend(value("open").map(|_| ("open", "".into()))),
        Tag::Time => attributes.extend(value("datetime").map(|v| ("datetime", v.into()))),
        Tag::Abbr | Tag::Dfn => attributes.extend(value("title").map(|v| ("title", v.into()))),
        Tag::Pre => attributes.push(("tabindex", "0".into())),
        _ => {}
    }
    let alignment = value("align").map(|v| v.to_ascii_lowercase());
    match alignment.as_deref() {
        Some("center") => attributes.push(("class", "align-center".into())),
        Some("right") => attributes.push(("class", "align-right".into())),
        _ => {}
    }
    attributes.extend(value("dir").filter(|v| matches!(v.as_str(), "ltr" | "rtl" | "auto")).map(|v| ("dir", v.into())));
    attributes.extend(value("lang").filter(|v| is_language(v)).map(|v| ("lang", v.into())));
    let anchor = value("id").or_else(|| if tag == Tag::A { value("name") } else { None });
    attributes.extend(anchor.and_then(|id| links.claim(&id)).map(|id| ("id", id.into())));
    attributes
}

fn is_language(tag: &str) -> bool {
    !tag.is_empty() && tag.len() < 36 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
