//! Parts of the page that are made of more than one element: callouts, code, tables, pictures,
//! notes.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind};

use super::{Alt, Note, Renderer};
use crate::body::links::picture_attributes;
use crate::markdown::{Callout, Fold};
use crate::safe::{Attribute, Handle, Picture, Tag, picture};

/// An address within the clip that is shorter than this, in bytes, holds no drawing worth a word.
const PLACEHOLDER_BYTES: usize = 1500;

/// A paragraph of so many bytes is long: its lines are broken one by one, as some browsers take seconds
/// to choose among all ways of breaking them.
const LONG_BYTES: usize = 8 * 1024;

impl Renderer<'_> {
    pub(super) fn picture(&mut self, alt: &Alt) {
        let (words, size) = sized(&alt.text);
        let is_placeholder = alt.address.len() < PLACEHOLDER_BYTES && alt.address.trim_start().starts_with("data:");
        match picture(&alt.address) {
            Picture::Refused if is_placeholder => {
                let attributes = [("data-placeholder", "".into()), ("alt", words.into())];
                self.builder.void(Tag::Img, &attributes);
            }
            Picture::Refused => self.builder.text(words),
            found => {
                let mut attributes = picture_attributes(found, words, &alt.title);
                attributes.extend(size);
                self.builder.void(Tag::Img, &attributes);
            }
        }
    }

    /// A link to a note. It leads somewhere only within the clip: the other notes are not here.
    pub(super) fn note_link(&mut self, target: &str) -> Handle {
        self.in_link += 1;
        let class = ("class", "note-link".into());
        // Of headings within headings the last is meant.
        let place = target.starts_with('#').then(|| target.rsplit('#').next().unwrap_or_default());
        let place = place.map(|place| format!("#{place}")).unwrap_or_default();
        let within = if place.is_empty() { Vec::new() } else { self.links.attributes(&place, "") };
        if within.iter().any(|(name, _)| *name == "href") {
            let mut attributes = vec![class];
            attributes.extend(within);
            return self.builder.open(Tag::A, &attributes);
        }
        self.builder.open(Tag::Span, &[class, ("data-note", target.into())])
    }

    /// A paragraph, or the title of a callout that it is.
    pub(super) fn paragraph(&mut self) -> Handle {
        match self.title.take() {
            Some(tag) => self.builder.open(tag, &[("class", "alert-title".into())]),
            None => {
                let range = self.document.events.get(self.index).map(|(_, range)| range.len());
                let class = range.filter(|bytes| *bytes > LONG_BYTES).map(|_| ("class", "long".into()));
                self.builder.open(Tag::P, class.as_slice())
            }
        }
    }

    pub(super) fn quote(&mut self, kind: Option<BlockQuoteKind>) -> Handle {
        if let Some(callout) = self.document.callouts.get(&self.index) {
            return self.callout(callout);
        }
        let kind = match kind {
            None => return self.builder.open(Tag::Blockquote, &[]),
            Some(BlockQuoteKind::Note) => "note",
            Some(BlockQuoteKind::Tip) => "tip",
            Some(BlockQuoteKind::Important) => "important",
            Some(BlockQuoteKind::Warning) => "warning",
            Some(BlockQuoteKind::Caution) => "caution",
        };
        self.callout(&Callout { kind: kind.to_owned(), fold: Fold::Never, has_title: false })
    }

    fn callout(&mut self, callout: &Callout) -> Handle {
        let mut attributes = vec![("class", "alert".into()), ("data-kind", callout.kind.as_str().into())];
        let (frame, title) = match callout.fold {
            Fold::Never => (Tag::Div, Tag::P),
            Fold::Open | Fold::Closed => (Tag::Details, Tag::Summary),
        };
        if callout.fold == Fold::Open {
            attributes.push(("open", "".into()));
        }
        let handle = self.builder.open(frame, &attributes);
        if callout.has_title {
            self.title = Some(title);
        } else {
            let line = self.builder.open(title, &[("class", "alert-title".into())]);
            self.builder.text(&capitalised(&callout.kind));
            self.builder.close(line);
        }
        handle
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Handle {
        self.in_code = true;
        let handle = self.builder.open(Tag::Pre, &[("tabindex", "0".into())]);
        let mut attributes: Vec<Attribute<'_>> = Vec::new();
        if let CodeBlockKind::Fenced(info) = kind {
            let language = info.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
            if !language.is_empty() {
                attributes.push(("class", format!("language-{language}").into()));
            }
        }
        self.builder.open(Tag::Code, &attributes);
        handle
    }

    pub(super) fn table(&mut self, columns: &[Alignment]) -> Handle {
        self.columns = columns.to_vec();
        let attributes = [
            ("class", "table-scroll".into()),
            ("role", "region".into()),
            ("aria-label", "Table".into()),
            ("tabindex", "0".into()),
        ];
        let frame = self.builder.open(Tag::Div, &attributes);
        self.open.push(Some(frame));
        self.builder.open(Tag::Table, &[])
    }

    pub(super) fn table_head(&mut self) -> Handle {
        self.in_head = true;
        self.column = 0;
        let head = self.builder.open(Tag::Thead, &[]);
        self.builder.open(Tag::Tr, &[]);
        head
    }

    pub(super) fn end_table_head(&mut self) {
        self.in_head = false;
    }

    pub(super) fn table_cell(&mut self) -> Handle {
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => Some("align-left"),
            Some(Alignment::Center) => Some("align-center"),
            Some(Alignment::Right) => Some("align-right"),
            _ => None,
        };
        self.column += 1;
        let attributes = class.map(|class| ("class", class.into()));
        self.builder.open(if self.in_head { Tag::Th } else { Tag::Td }, attributes.as_slice())
    }

    pub(super) fn begin_note(&mut self, name: &str) {
        let outer = std::mem::take(&mut self.builder);
        let outer_open = std::mem::take(&mut self.open);
        self.note.push(Note { name: name.to_owned(), outer, outer_open });
    }

    pub(super) fn end_note(&mut self) {
        let Some(Note { name, outer, outer_open }) = self.note.pop() else {
            return;
        };
        let text = std::mem::replace(&mut self.builder, outer);
        self.open = outer_open;
        self.excess = self.excess.and(text.excess());
        if let Some(text) = self.notes.define(&name, text.finish()) {
            self.builder.append(text);
        }
    }
}

/// A kind's name as a title.
fn capitalised(kind: &str) -> String {
    let words = kind.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The words of an alt text, and the size that stands after its last bar, as Obsidian writes it.
fn sized(alt: &str) -> (&str, Vec<Attribute<'_>>) {
    let Some((words, size)) = alt.rsplit_once('|') else {
        return (alt, Vec::new());
    };
    let (width, height) = size.split_once('x').map_or((size, None), |(width, height)| (width, Some(height)));
    let is_number = |n: &str| !n.is_empty() && n.len() < 5 && n.bytes().all(|b| b.is_ascii_digit());
    if !is_number(width) || !height.is_none_or(is_number) {
        return (alt, Vec::new());
    }
    let mut attributes = vec![("width", width.into())];
    attributes.extend(height.map(|h| ("height", h.into())));
    (words, attributes)
}
