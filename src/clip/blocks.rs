//! What stands where: the body's leaf blocks, as the outline, the clutter and the metadata need
//! to see them.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::markdown::Document;

/// What kind of block it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A Markdown heading of that level (1 to 6).
    Heading(u8),
    /// A paragraph, or the text of a list item that has none.
    Paragraph,
    /// A code block.
    Code,
    /// A table.
    Table,
    /// A thematic break.
    Rule,
    /// A block of raw HTML.
    Html,
}

/// What a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Nothing but the body.
    Body,
    /// A list item, at its beginning.
    ItemStart,
    /// A list item, further down.
    Item,
    /// A block quote.
    Quote,
    /// A footnote.
    Note,
}

/// A leaf block, with what it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// What it stands in.
    pub within: Within,
    /// Its events in [`Document::events`], start and end included.
    pub events: Range<usize>,
    /// The whole list, when the block is the only content of its only item.
    pub only_item_of: Option<Range<usize>>,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// 1-based line of its first character.
    pub line: u32,
    /// Its words without markup; line breaks are `\n`, pictures are nothing.
    pub text: String,
    /// How wide its words are, in columns ([`crate::outline::width`]).
    pub width: usize,
    /// How many characters other than white space it has.
    pub characters: usize,
    /// How many of those are bold.
    pub bold: usize,
    /// How many of those are in links.
    pub linked: usize,
    /// How many pictures it has.
    pub pictures: usize,
    /// Whether all of it stands in the centre or in a colour of its own.
    pub is_set_apart: bool,
}

impl Block {
    /// Whether all its words are bold.
    #[must_use]
    pub fn is_all_bold(&self) -> bool {
        self.characters > 0 && self.bold == self.characters
    }

    /// Whether all its words are links.
    #[must_use]
    pub fn is_all_linked(&self) -> bool {
        self.characters > 0 && self.linked == self.characters
    }
}

/// The most bytes that are made room for before the words of a block come.
const MOST_AT_ONCE: usize = 4096;

/// An open list.
#[derive(Debug)]
struct List {
    start: usize,
    items: usize,
    leaves_before: usize,
}

#[derive(Debug, Default)]
struct Walk {
    blocks: Vec<Block>,
    current: Option<Block>,
    strong: usize,
    links: usize,
    pictures: usize,
    quotes: usize,
    notes: usize,
    lists: Vec<List>,
    item_starts: Vec<bool>,
}

/// Lists the leaf blocks in the order of the file.
#[must_use]
pub fn read(document: &Document<'_>) -> Vec<Block> {
    let mut walk = Walk::default();
    for (index, (event, range)) in document.events.iter().enumerate() {
        walk.event(document, index, event, range);
    }
    walk.close(document.events.len());
    walk.blocks
}

impl Walk {
    fn event(&mut self, document: &Document<'_>, index: usize, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(document, index, tag, range),
            Event::End(tag) => self.end(index, *tag, range),
            Event::Rule => {
                self.close(index);
                self.begin(document, Kind::Rule, index, range);
                self.close(index + 1);
            }
            Event::Html(_) => {}
            Event::TaskListMarker(_) | Event::FootnoteReference(_) | Event::InlineHtml(_) => {
                self.open_if_tight(document, index, range);
                self.reach(index, range);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.open_if_tight(document, index, range);
                self.words("\n");
                self.reach(index, range);
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.open_if_tight(document, index, range);
                self.words(text);
                self.reach(index, range);
            }
        }
    }

    fn start(&mut self, document: &Document<'_>, index: usize, tag: &Tag<'_>, range: &Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => Some(Kind::Paragraph),
            Tag::Heading { level, .. } => Some(Kind::Heading(number(*level))),
            Tag::CodeBlock(_) => Some(Kind::Code),
            Tag::Table(_) => Some(Kind::Table),
            Tag::HtmlBlock => Some(Kind::Html),
            _ => None,
        };
        if let Some(kind) = kind {
            self.close(index);
            return self.begin(document, kind, index, range);
        }
        match tag {
            Tag::List(_) => {
                self.close(index);
                self.lists.push(List { start: index, items: 0, leaves_before: self.blocks.len() });
            }
            Tag::Item => {
                self.close(index);
                self.item_starts.push(true);
                if let Some(list) = self.lists.last_mut() {
                    list.items += 1;
                }
            }
            Tag::BlockQuote(_) => {
                self.close(index);
                self.quotes += 1;
            }
            Tag::FootnoteDefinition(_) => {
                self.close(index);
                self.notes += 1;
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            _ => {
                self.open_if_tight(document, index, range);
                match tag {
                    Tag::Strong => self.strong += 1,
                    Tag::Link { .. } => self.links += 1,
                    Tag::Image { .. } => {
                        self.pictures += 1;
                        if let Some(block) = &mut self.current {
                            block.pictures += 1;
                        }
                    }
                    _ => {}
                }
                self.reach(index, range);
            }
        }
    }

    fn end(&mut self, index: usize, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table | TagEnd::HtmlBlock => {
                self.close(index + 1);
            }
            TagEnd::List(_) => {
                self.close(index);
                self.end_list(index + 1);
            }
            TagEnd::Item => {
                self.close(index);
                self.item_starts.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.close(index);
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => {
                self.close(index);
                self.notes = self.notes.saturating_sub(1);
            }
            TagEnd::TableCell => self.words("\t"),
            TagEnd::TableHead | TagEnd::TableRow => self.words("\n"),
            _ => {
                match tag {
                    TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
                    TagEnd::Link => self.links = self.links.saturating_sub(1),
                    TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
                    _ => {}
                }
                self.reach(index, range);
            }
        }
    }

    /// A list of one item with one block is that block with a bullet before it.
    fn end_list(&mut self, end: usize) {
        let Some(list) = self.lists.pop() else { return };
        if list.items == 1
            && self.blocks.len() == list.leaves_before + 1
            && let Some(block) = self.blocks.last_mut()
            && block.only_item_of.is_none()
        {
            block.only_item_of = Some(list.start..end);
        }
    }

    fn within(&mut self) -> Within {
        if self.quotes > 0 {
            return Within::Quote;
        }
        if self.notes > 0 {
            return Within::Note;
        }
        match self.item_starts.last_mut().map(|first| std::mem::replace(first, false)) {
            Some(true) => Within::ItemStart,
            Some(false) => Within::Item,
            None => Within::Body,
        }
    }

    fn begin(&mut self, document: &Document<'_>, kind: Kind, index: usize, range: &Range<usize>) {
        let within = self.within();
        self.current = Some(Block {
            kind,
            within,
            events: index..index,
            only_item_of: None,
            span: range.clone(),
            line: document.source.line(range.start),
            text: String::with_capacity(range.len().min(MOST_AT_ONCE)),
            width: 0,
            characters: 0,
            bold: 0,
            linked: 0,
            pictures: 0,
            is_set_apart: false,
        });
    }

    /// Text right inside an item, without a paragraph: the item is tight.
    fn open_if_tight(&mut self, document: &Document<'_>, index: usize, range: &Range<usize>) {
        if self.current.is_none() {
            self.begin(document, Kind::Paragraph, index, range);
        }
    }

    fn words(&mut self, text: &str) {
        let Some(block) = &mut self.current else {
            return;
        };
        if self.pictures > 0 {
            return;
        }
        let (mut characters, mut wide) = (0, 0);
        if text.is_ascii() {
            characters = text.bytes().filter(|b| !matches!(b, b' ' | b'\t'..=b'\r')).count();
        } else {
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                characters += 1;
                wide += usize::from(!c.is_ascii());
            }
        }
        block.characters += characters;
        block.width += characters + wide;
        block.bold += if self.strong > 0 { characters } else { 0 };
        block.linked += if self.links > 0 { characters } else { 0 };
        block.text.push_str(text);
    }

    fn reach(&mut self, index: usize, range: &Range<usize>) {
        if let Some(block) = &mut self.current {
            block.events.end = index + 1;
            block.span.end = block.span.end.max(range.end);
        }
    }

    fn close(&mut self, end: usize) {
        if let Some(mut block) = self.current.take() {
            block.events.end = end;
            self.blocks.push(block);
        }
        self.strong = 0;
        self.links = 0;
        self.pictures = 0;
    }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}
