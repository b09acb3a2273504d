//! Markdown's events as elements of the safe tree. What is made of more than one element stands in
//! [`structure`].

mod structure;

use crate::order;
use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, CowStr, Event, LinkType, Tag as Mark, TagEnd};

use super::html::{self, Dropping};
use super::links::Links;
use super::notes::Notes;
use super::{Beyond, chunk_bytes, plain};
use crate::markdown::Document;
use crate::safe::{Attribute, Builder, Excess, Handle, Tag};
use crate::{Clutter, Heading, Outline};

/// A picture whose alt text is being read.
#[derive(Debug)]
struct Alt {
    address: String,
    title: String,
    text: String,
    depth: usize,
}

/// What stands in a footnote goes to a tree of its own.
#[derive(Debug)]
struct Note {
    name: String,
    outer: Builder,
    outer_open: Vec<Option<Handle>>,
}

/// The heading that is being made of the events in its range.
#[derive(Debug)]
struct Making {
    until: usize,
    handle: Handle,
    paragraphs: usize,
}

/// One walk over a document.
pub struct Renderer<'a> {
    document: &'a Document<'a>,
    links: &'a Links<'a>,
    headings: BTreeMap<usize, &'a Heading>,
    clutter: BTreeMap<usize, &'a Clutter>,
    /// The next event at which one of those begins.
    next_range: usize,
    builder: Builder,
    /// One for every open mark of Markdown; `None` for those that make no element.
    open: Vec<Option<Handle>>,
    folded: Vec<(usize, Handle)>,
    folded_item: Option<[Attribute<'static>; 2]>,
    making: Option<Making>,
    alt: Option<Alt>,
    dropping: Dropping,
    html: String,
    notes: Notes,
    note: Vec<Note>,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
    in_link: usize,
    in_code: bool,
    excess: Excess,
    /// The index of the event that is being drawn.
    index: usize,
    /// What the title of a callout is to be, when the next paragraph is one.
    title: Option<Tag>,
}

impl<'a> Renderer<'a> {
    /// A walk over that document.
    pub fn new(document: &'a Document<'a>, outline: &'a Outline, clutter: &'a [Clutter], links: &'a Links<'a>) -> Self {
        Self {
            document,
            links,
            headings: order::collect(outline.headings.iter().map(|h| (h.events.start, h))),
            clutter: order::collect(clutter.iter().map(|c| (c.events.start, c))),
            next_range: 0,
            builder: Builder::default(),
            open: Vec::new(),
            folded: Vec::new(),
            folded_item: None,
            making: None,
            alt: None,
            dropping: Dropping::default(),
            html: String::new(),
            notes: Notes::default(),
            note: Vec::new(),
            columns: Vec::new(),
            column: 0,
            in_head: false,
            in_link: 0,
            in_code: false,
            excess: Excess::default(),
            index: 0,
            title: None,
        }
    }

    /// Walks through the whole document. `made` takes each chunk as soon as it is long enough, and where in the text
    /// that is, in bytes. Returns what was beyond the document's bounds.
    pub fn run(mut self, made: &mut dyn FnMut(String, usize)) -> Beyond {
        let events = &self.document.events;
        let mut chunks = 0;
        for (index, (event, place)) in events.iter().enumerate() {
            self.index = index;
            self.begin_ranges(index, event);
            self.event(event);
            self.end_ranges(index + 1);
            // While a note is read, the builder is that of the note.
            while self.note.is_empty()
                && let Some(chunk) = self.builder.take_chunk(chunk_bytes(chunks))
            {
                made(chunk, place.end);
                chunks += 1;
            }
        }
        self.builder.close_down_to(0);
        let gathered = std::mem::take(&mut self.notes);
        let notes = gathered.are_beyond();
        gathered.gather(&mut self.builder);
        let beyond = Beyond { tree: self.excess.and(self.builder.excess()), notes, links: self.links.are_beyond() };
        let mut rest = self.builder.finish();
        while let Some(chunk) = rest.take_chunk(chunk_bytes(chunks)) {
            made(chunk, usize::MAX);
            chunks += 1;
        }
        beyond
    }

    fn begin_ranges(&mut self, index: usize, event: &Event<'_>) {
        if index < self.next_range {
            return;
        }
        let heading = self.headings.range(index + 1..).next().map(|(at, _)| *at);
        let clutter = self.clutter.range(index + 1..).next().map(|(at, _)| *at);
        self.next_range = heading.into_iter().chain(clutter).min().unwrap_or(usize::MAX);
        if let Some(clutter) = self.clutter.get(&index) {
            let attributes = folded_attributes(clutter);
            if matches!(event, Event::Start(Mark::Item)) {
                // Nothing but items may stand in a list, so the item says itself that it is folded.
                self.folded_item = Some(attributes);
            } else {
                let block = is_block(event) && self.making.is_none();
                let handle = self.builder.open(if block { Tag::Div } else { Tag::Span }, &attributes);
                self.folded.push((clutter.events.end, handle));
            }
        }
        if let Some(heading) = self.headings.get(&index) {
            let handle = self.builder.open(Tag::heading(heading.level), &heading_attributes(heading));
            self.making = Some(Making { until: heading.events.end, handle, paragraphs: 0 });
        }
    }

    fn end_ranges(&mut self, next: usize) {
        if let Some(making) = self.making.take_if(|m| next >= m.until) {
            self.builder.close(making.handle);
        }
        while self.folded.last().is_some_and(|(until, _)| next >= *until) {
            if let Some((_, handle)) = self.folded.pop() {
                self.builder.close(handle);
            }
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        if self.alt.is_some() && self.alt_text(event) {
            return;
        }
        if self.dropping.is_on() && matches!(event, Event::Text(_) | Event::Code(_)) {
            return;
        }
        match event {
            Event::Start(mark) => self.start(mark),
            Event::End(mark) => self.end(mark),
            Event::Text(text) if self.html_block() => self.html.push_str(text),
            Event::Text(text) => self.text(text),
            Event::Code(code) => self.leaf(Tag::Code, code),
            Event::Html(html) => self.html.push_str(html),
            Event::InlineHtml(html) => html::feed(html, &mut self.builder, &mut self.dropping, self.links),
            Event::FootnoteReference(name) => self.notes.reference(name, &mut self.builder),
            Event::SoftBreak => self.builder.text("\n"),
            Event::HardBreak => {
                self.builder.void(Tag::Br, &[]);
                self.builder.text("\n");
            }
            Event::Rule => self.builder.void(Tag::Hr, &[]),
            Event::TaskListMarker(done) => self.task_box(*done),
            Event::InlineMath(math) => self.math(math, "inline"),
            Event::DisplayMath(math) => self.math(math, "block"),
        }
    }

    fn html_block(&self) -> bool {
        !self.html.is_empty()
    }

    /// Takes what stands inside a picture; returns whether the event was used up.
    fn alt_text(&mut self, event: &Event<'_>) -> bool {
        let Some(alt) = &mut self.alt else {
            return false;
        };
        match event {
            Event::Start(_) => alt.depth += 1,
            Event::End(TagEnd::Image) if alt.depth == 0 => {
                if let Some(alt) = self.alt.take() {
                    self.picture(&alt);
                }
            }
            Event::End(_) => alt.depth = alt.depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                alt.text.push_str(text);
            }
            Event::SoftBreak | Event::HardBreak => alt.text.push(' '),
            _ => {}
        }
        true
    }

    fn text(&mut self, text: &str) {
        if self.in_link > 0 || self.in_code {
            return self.builder.text(text);
        }
        let mut from = 0;
        for (range, href) in plain::addresses(text) {
            self.builder.text(text.get(from..range.start).unwrap_or_default());
            let link = self.builder.open(Tag::A, &self.links.attributes(&href, ""));
            self.builder.text(text.get(range.clone()).unwrap_or_default());
            self.builder.close(link);
            from = range.end;
        }
        self.builder.text(text.get(from..).unwrap_or_default());
    }

    fn leaf(&mut self, tag: Tag, text: &str) {
        let handle = self.builder.open(tag, &[]);
        self.builder.text(text);
        self.builder.close(handle);
    }

    fn math(&mut self, source: &str, display: &str) {
        let attributes = [("class", "math".into()), ("data-display", display.into())];
        let handle = self.builder.open(Tag::Span, &attributes);
        self.builder.text(source);
        self.builder.close(handle);
    }

    fn task_box(&mut self, done: bool) {
        let label = if done { "done" } else { "to do" };
        let mut attributes = vec![("type", "checkbox".into()), ("disabled", "".into()), ("aria-label", label.into())];
        if done {
            attributes.push(("checked", "".into()));
        }
        self.builder.void(Tag::Input, &attributes);
    }

    fn start(&mut self, mark: &Mark<'_>) {
        if self.making.is_some() && self.start_in_heading(mark) {
            return self.open.push(None);
        }
        let made = match mark {
            Mark::Paragraph => Some(self.paragraph()),
            Mark::Heading { level, .. } => Some(self.builder.open(Tag::heading(*level as u8), &[])),
            Mark::BlockQuote(kind) => Some(self.quote(*kind)),
            Mark::CodeBlock(kind) => Some(self.code_block(kind)),
            Mark::List(Some(1)) => Some(self.builder.open(Tag::Ol, &[])),
            Mark::List(Some(start)) => Some(self.builder.open(Tag::Ol, &[("start", start.to_string().into())])),
            Mark::List(None) => Some(self.builder.open(Tag::Ul, &[])),
            Mark::Item => {
                let attributes = self.folded_item.take();
                Some(self.builder.open(Tag::Li, attributes.as_ref().map_or(&[], |a| a.as_slice())))
            }
            Mark::Emphasis => Some(self.builder.open(Tag::Em, &[])),
            Mark::Strong => Some(self.builder.open(Tag::Strong, &[])),
            Mark::Strikethrough => Some(self.builder.open(Tag::Del, &[])),
            Mark::Superscript => Some(self.builder.open(Tag::Sup, &[])),
            Mark::Subscript => Some(self.builder.open(Tag::Sub, &[])),
            Mark::Link { link_type: LinkType::Email, dest_url, title, .. } => {
                self.link(&CowStr::from(format!("mailto:{dest_url}")), title)
            }
            Mark::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => Some(self.note_link(dest_url)),
            Mark::Link { dest_url, title, .. } => self.link(dest_url, title),
            Mark::Image { dest_url, title, .. } => {
                self.alt = Some(Alt {
                    address: dest_url.to_string(),
                    title: title.to_string(),
                    text: String::new(),
                    depth: 0,
                });
                return;
            }
            Mark::Table(columns) => Some(self.table(columns)),
            Mark::TableHead => Some(self.table_head()),
            Mark::TableRow => {
                self.column = 0;
                Some(self.builder.open(Tag::Tr, &[]))
            }
            Mark::TableCell => Some(self.table_cell()),
            Mark::FootnoteDefinition(name) => return self.begin_note(name),
            Mark::HtmlBlock | Mark::MetadataBlock(_) => None,
            Mark::DefinitionList => Some(self.builder.open(Tag::Dl, &[])),
            Mark::DefinitionListTitle => Some(self.builder.open(Tag::Dt, &[])),
            Mark::DefinitionListDefinition => Some(self.builder.open(Tag::Dd, &[])),
        };
        self.open.push(made);
    }

    /// Blocks inside a heading make no element; a second paragraph starts a new line. Returns
    /// whether the mark is such a block.
    fn start_in_heading(&mut self, mark: &Mark<'_>) -> bool {
        let Some(making) = &mut self.making else {
            return false;
        };
        match mark {
            Mark::Paragraph | Mark::Heading { .. } => {
                if making.paragraphs > 0 {
                    self.builder.void(Tag::Br, &[]);
                }
                making.paragraphs += 1;
                true
            }
            Mark::List(_) | Mark::Item | Mark::BlockQuote(_) => true,
            _ => false,
        }
    }

    fn end(&mut self, mark: &TagEnd) {
        match mark {
            TagEnd::Image => return,
            TagEnd::FootnoteDefinition => return self.end_note(),
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                html::feed(&html, &mut self.builder, &mut self.dropping, self.links);
                self.dropping = Dropping::default();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell => {
                // What raw HTML began to drop within a block ends with it.
                self.dropping = Dropping::default();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Link => self.in_link = self.in_link.saturating_sub(1),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::Table => {
                if let Some(Some(handle)) = self.open.pop() {
                    self.builder.close(handle);
                }
            }
            _ => {}
        }
        if let Some(Some(handle)) = self.open.pop() {
            self.builder.close(handle);
        }
    }

    fn link(&mut self, address: &CowStr<'_>, title: &CowStr<'_>) -> Option<Handle> {
        self.in_link += 1;
        let attributes = self.links.attributes(address, title);
        (!attributes.is_empty()).then(|| self.builder.open(Tag::A, &attributes))
    }
}

fn folded_attributes(clutter: &Clutter) -> [Attribute<'static>; 2] {
    [("class", "clutter".into()), ("data-reason", clutter.reason.name().into())]
}

/// Whether an event begins an element that no paragraph may hold.
fn is_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Rule
            | Event::Start(
                Mark::Paragraph
                    | Mark::Heading { .. }
                    | Mark::List(_)
                    | Mark::BlockQuote(_)
                    | Mark::CodeBlock(_)
                    | Mark::HtmlBlock
                    | Mark::Table(_)
            )
    )
}

fn heading_attributes(heading: &Heading) -> Vec<Attribute<'_>> {
    let mut attributes = vec![("id", heading.id.as_str().into()), ("data-line", heading.line.to_string().into())];
    if heading.inferred {
        attributes.push(("data-inferred", "".into()));
    }
    if heading.title {
        attributes.push(("data-title", "".into()));
    }
    attributes
}
