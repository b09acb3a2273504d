//! The body as other programs read it: HTML that stands by itself, and plain text. What is folded is left
//! out, and so is all that only the page needs.
//!
//! Both are made of the body's own chunks, which are safe already; nothing is added but what is said here.

use super::Body;
use super::pieces::{Piece, StartTag, pieces};
use crate::safe::escape;

/// The attributes that mean something outside of the page.
const KEPT: [&str; 11] =
    ["alt", "cite", "colspan", "datetime", "dir", "href", "id", "lang", "rowspan", "start", "title"];
/// Elements that have no end.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];
/// Elements that begin and end lines of a plain text.
const BLOCKS: [&str; 26] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

impl Body {
    /// The body as HTML without scripts, styles or anything that is fetched. `picture` gives the address of a
    /// picture in a file beside the clip, which is to be a `data:` address; one that it does not know, and
    /// one on another host, is told by its words, with a link.
    #[must_use]
    pub fn cleaned_html(&self, picture: &mut dyn FnMut(&str) -> Option<String>) -> String {
        let mut html = String::new();
        for piece in self.kept() {
            match piece {
                Piece::Start(tag) if tag.name == "img" => write_picture(&mut html, &tag, picture),
                Piece::Start(tag) => write_start(&mut html, &tag),
                Piece::End(name) => html.extend(["</", &name, ">"]),
                Piece::Text(text) => escape(&text, &mut html),
            }
        }
        html
    }

    /// The body as plain text: a line for each block, with an empty one between paragraphs.
    #[must_use]
    pub fn cleaned_text(&self) -> String {
        let mut lines = Lines::default();
        for piece in self.kept() {
            match piece {
                Piece::Start(tag) => lines.start(&tag),
                Piece::End(name) => lines.end(&name),
                Piece::Text(text) => lines.text(&text),
            }
        }
        lines.written()
    }

    /// The pieces of what is neither folded nor the title, which is told beside the body.
    fn kept(&self) -> impl Iterator<Item = Piece> {
        let mut open = 0_usize;
        self.chunks.iter().flat_map(|chunk| pieces(chunk)).filter(move |piece| match piece {
            Piece::Start(tag) => {
                let is_clutter = || tag.value("class").is_some_and(|class| class == "clutter");
                let folds = open > 0 || is_clutter() || tag.value("data-title").is_some();
                open += usize::from(folds && !VOID.contains(&tag.name.as_str()));
                !folds
            }
            Piece::End(_) => {
                let folded = open > 0;
                open = open.saturating_sub(1);
                !folded
            }
            Piece::Text(_) => open == 0,
        })
    }
}

fn write_start(html: &mut String, tag: &StartTag) {
    html.extend(["<", &tag.name]);
    for name in KEPT {
        if let Some(value) = tag.value(name) {
            write_attribute(html, name, &value);
        }
    }
    if tag.name == "input" {
        html.push_str(" type=\"checkbox\" disabled");
        if tag.value("checked").is_some() {
            html.push_str(" checked");
        }
    }
    html.push('>');
}

fn write_attribute(html: &mut String, name: &str, value: &str) {
    html.extend([" ", name, "=\""]);
    escape(value, html);
    html.push('"');
}

fn write_picture(html: &mut String, tag: &StartTag, picture: &mut dyn FnMut(&str) -> Option<String>) {
    let alt = tag.value("alt").unwrap_or_default();
    let inside = tag.value("src").or_else(|| picture(&tag.value("data-asset")?));
    if let Some(address) = inside.filter(|address| address.starts_with("data:image/")) {
        html.push_str("<img");
        write_attribute(html, "src", &address);
        write_attribute(html, "alt", &alt);
        return html.push('>');
    }
    let (asset, remote) = (tag.value("data-asset"), tag.value("data-remote"));
    let named = asset.as_deref().or(remote.as_deref()).and_then(|address| address.rsplit('/').next());
    let words = if alt.trim().is_empty() { named.unwrap_or_default() } else { alt.trim() };
    let mut told = String::new();
    escape(words, &mut told);
    match remote {
        Some(address) => {
            html.push_str("<a");
            write_attribute(html, "href", &address);
            html.extend([">[", &told, "]</a>"]);
        }
        None if words.is_empty() => {}
        None => html.extend(["<span>[", &told, "]</span>"]),
    }
}

/// A plain text in the making.
#[derive(Default)]
struct Lines {
    text: String,
    /// The lists that are open, those with numbers with the next one.
    lists: Vec<Option<u64>>,
    quotes: usize,
    in_code: usize,
    begun: bool,
}

impl Lines {
    fn start(&mut self, tag: &StartTag) {
        match tag.name.as_str() {
            "br" => self.end_line(),
            "hr" => {
                self.end_block();
                self.text("* * *");
                self.end_block();
            }
            "img" => {
                let alt = tag.value("alt").unwrap_or_default();
                if !alt.trim().is_empty() {
                    self.text(&format!("[{}]", alt.trim()));
                }
            }
            "ul" => self.list(None),
            "ol" => self.list(Some(tag.value("start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => self.item(),
            "blockquote" => {
                self.end_block();
                self.quotes += 1;
            }
            "td" | "th" if self.begun => self.text.push('\t'),
            "tr" => self.end_line(),
            "pre" => {
                self.end_block();
                self.in_code += 1;
            }
            name if BLOCKS.contains(&name) && self.lists.is_empty() => self.end_block(),
            name if BLOCKS.contains(&name) && self.text.ends_with('\n') => self.end_line(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.end_line();
                if self.lists.is_empty() {
                    self.end_block();
                }
            }
            "li" | "tr" => self.end_line(),
            "blockquote" => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "pre" => {
                self.in_code = self.in_code.saturating_sub(1);
                self.end_block();
            }
            name if BLOCKS.contains(&name) && self.lists.is_empty() => self.end_block(),
            name if BLOCKS.contains(&name) => self.end_line(),
            _ => {}
        }
    }

    fn list(&mut self, first: Option<u64>) {
        if self.lists.is_empty() {
            self.end_block();
        } else {
            self.end_line();
        }
        self.lists.push(first);
    }

    fn item(&mut self) {
        self.end_line();
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", number.saturating_sub(1))
            }
            _ => "- ".to_owned(),
        };
        let indented = format!("{}{mark}", "  ".repeat(depth.min(8)));
        self.begin_line();
        self.text.push_str(&indented);
    }

    fn text(&mut self, text: &str) {
        if self.in_code > 0 {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.end_line();
                }
                if !line.is_empty() {
                    self.begin_line();
                    self.text.push_str(line);
                }
            }
            return;
        }
        for (at, words) in text.split(['\n', '\r', ' ']).enumerate() {
            if at > 0 && self.begun && !self.text.ends_with([' ', '\t']) {
                self.text.push(' ');
            }
            if !words.is_empty() {
                self.begin_line();
                self.text.push_str(words);
            }
        }
    }

    fn begin_line(&mut self) {
        if !self.begun {
            self.text.push_str(&"> ".repeat(self.quotes.min(8)));
            self.begun = true;
        }
    }

    fn end_line(&mut self) {
        if self.begun {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\n');
            self.begun = false;
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn written(mut self) -> String {
        self.end_line();
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }
}
