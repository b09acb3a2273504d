//! The rows of a long list: only those in sight are in the page, and their elements are used again
//! for others when the list moves, so that a row that comes into sight costs a few changed words.
//!
//! What a row says is [`RowView`], which the page's interface works out; what is done to a row is
//! heard on the list itself and told apart with [`hit`].

use std::collections::VecDeque;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};

use super::{BrowserError, During, document};
use crate::library::ClipId;

/// What a row says.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    /// The clip.
    pub id: ClipId,
    /// Its place in the whole list, from 0.
    pub at: usize,
    /// Where it leads.
    pub href: String,
    /// Its title.
    pub title: String,
    /// What is known of it, in words; of these the first [`DETAILS`] are shown.
    pub details: Vec<String>,
    /// Its tags; of these the first [`TAGS`] are shown.
    pub tags: Vec<String>,
    /// The name of its station.
    pub station: &'static str,
    /// What its box is called.
    pub choose: String,
    /// What is on the button that moves it to the next station, and what that is called.
    pub next: Option<(&'static str, String)>,
    /// What the button is called that removes it.
    pub remove: String,
    /// A piece of its text, in parts that are marked or not.
    pub snippet: Vec<(String, bool)>,
    /// Whether it is chosen.
    pub is_chosen: bool,
    /// Whether the keyboard is at it.
    pub is_at: bool,
}

/// How many details a row shows.
pub const DETAILS: usize = 5;
/// How many tags a row shows.
pub const TAGS: usize = 4;

/// What of a row was clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The box that chooses it.
    Choice,
    /// The link to the clip.
    Link,
    /// The button that moves it on.
    Next,
    /// The button that removes it.
    Remove,
    /// The row beside all these.
    Row,
}

/// The rows that are in the page, the uppermost first.
#[derive(Debug, Default)]
pub struct Rows {
    slots: VecDeque<Slot>,
}

/// The elements of a row.
#[derive(Debug)]
struct Slot {
    row: HtmlElement,
    choice: HtmlInputElement,
    link: Element,
    title: Element,
    details: Element,
    snippet: Element,
    next: HtmlElement,
    remove: Element,
    /// What it says now.
    said: Option<RowView>,
}

impl Rows {
    /// Shows these rows, which follow one another, and no others.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn draw(&mut self, grid: &Element, views: Vec<RowView>) -> Result<(), BrowserError> {
        let (first, end) = (views.first().map_or(0, |view| view.at), views.last().map_or(0, |view| view.at + 1));
        self.turn(grid, first, end)?;
        while self.slots.len() > views.len() {
            if let Some(slot) = self.slots.pop_back() {
                slot.row.remove();
            }
        }
        while self.slots.len() < views.len() {
            let slot = Slot::new()?;
            grid.append_child(&slot.row).during("add a row")?;
            self.slots.push_back(slot);
        }
        for (slot, view) in self.slots.iter_mut().zip(views) {
            slot.say(grid, view)?;
        }
        Ok(())
    }

    /// Moves rows that went out of sight on one side to the other, so that the rest stay as they are.
    fn turn(&mut self, grid: &Element, first: usize, end: usize) -> Result<(), BrowserError> {
        let at = |slot: Option<&Slot>| slot.and_then(|slot| Some(slot.said.as_ref()?.at));
        let (Some(top), Some(bottom)) = (at(self.slots.front()), at(self.slots.back())) else { return Ok(()) };
        if first > bottom || end <= top {
            return Ok(());
        }
        for _ in top..first {
            let Some(slot) = self.slots.pop_front() else { break };
            grid.append_child(&slot.row).during("move a row")?;
            self.slots.push_back(slot);
        }
        for _ in first..top {
            let Some(slot) = self.slots.pop_back() else { break };
            let before = self.slots.front().map(|slot| -> &Node { &slot.row });
            grid.insert_before(&slot.row, before).during("move a row")?;
            self.slots.push_front(slot);
        }
        Ok(())
    }
}

impl Slot {
    fn new() -> Result<Self, BrowserError> {
        let row: HtmlElement = make("div", "library-row")?.unchecked_into();
        set(&row, "role", "row")?;
        let choice: HtmlInputElement = make("input", "")?.unchecked_into();
        choice.set_type("checkbox");
        choice.set_tab_index(-1);
        let link = make("a", "")?;
        let title = make("span", "row-title")?;
        set(&title, "dir", "auto")?;
        let details = make("span", "row-details")?;
        for nth in 0..DETAILS + TAGS {
            add(&details, &make("span", if nth < DETAILS { "" } else { "chip" })?)?;
        }
        let snippet = make("span", "row-snippet")?;
        set(&snippet, "dir", "auto")?;
        [&title, &details, &snippet].into_iter().try_for_each(|part| add(&link, part))?;
        let button = |class: &str| -> Result<HtmlElement, BrowserError> {
            let button: HtmlElement = make("button", class)?.unchecked_into();
            set(&button, "type", "button")?;
            button.set_tab_index(-1);
            Ok(button)
        };
        let (next, remove) = (button("link-button")?, button("icon-button")?);
        remove.set_text_content(Some("×"));
        let cells: [(&str, &[&Element]); 3] =
            [("row-choice", &[&choice]), ("row-main", &[&link]), ("row-acts", &[&next, &remove])];
        for (class, parts) in cells {
            let cell = make("span", class)?;
            set(&cell, "role", "gridcell")?;
            parts.iter().try_for_each(|part| add(&cell, part))?;
            add(&row, &cell)?;
        }
        let remove = remove.into();
        Ok(Self { row, choice, link, title, details, snippet, next, remove, said: None })
    }

    /// Says something else; what is the same is not touched.
    fn say(&mut self, grid: &Element, view: RowView) -> Result<(), BrowserError> {
        // A box that was clicked has changed by itself, whatever came of it.
        self.choice.set_checked(view.is_chosen);
        let before = self.said.take();
        let is_new = |part: fn(&RowView, &RowView) -> bool| before.as_ref().is_none_or(|before| part(before, &view));
        if is_new(|a, b| a.id != b.id) {
            if before.is_some() {
                leave(grid, &self.row)?;
            }
            set(&self.row, "data-clip-id", view.id.as_str())?;
            set(&self.link, "href", &view.href)?;
        }
        if is_new(|a, b| a.title != b.title) {
            self.title.set_text_content(Some(&view.title));
            set(&self.choice, "aria-label", &view.choose)?;
            set(&self.remove, "aria-label", &view.remove)?;
        }
        if is_new(|a, b| a.at != b.at) {
            set(&self.row, "aria-rowindex", &(view.at + 1).to_string())?;
            self.row.style().set_property("--at", &view.at.to_string()).during("place a row")?;
        }
        if is_new(|a, b| a.is_chosen != b.is_chosen) {
            set(&self.row, "aria-selected", if view.is_chosen { "true" } else { "false" })?;
        }
        if is_new(|a, b| a.is_at != b.is_at) {
            set(&self.link, "tabindex", if view.is_at { "0" } else { "-1" })?;
        }
        if is_new(|a, b| a.station != b.station) {
            set(&self.row, "data-station", view.station)?;
        }
        if is_new(|a, b| a.next != b.next) {
            let (words, label) = view.next.as_ref().map_or(("", ""), |(words, label)| (*words, label.as_str()));
            self.next.set_hidden(view.next.is_none());
            self.next.set_text_content(Some(words));
            set(&self.next, "aria-label", label)?;
        }
        if is_new(|a, b| a.details != b.details || a.tags != b.tags) {
            self.say_details(before.as_ref(), &view);
        }
        if is_new(|a, b| a.snippet != b.snippet) {
            self.say_snippet(&view.snippet)?;
        }
        self.said = Some(view);
        Ok(())
    }

    fn say_details(&self, before: Option<&RowView>, view: &RowView) {
        let mut part = self.details.first_element_child();
        for at in 0..DETAILS + TAGS {
            let of = |view: &RowView| {
                let found = if at < DETAILS { view.details.get(at) } else { view.tags.get(at - DETAILS) };
                found.cloned().unwrap_or_default()
            };
            let Some(element) = part else { return };
            let words = of(view);
            if before.map(of).unwrap_or_default() != words {
                element.set_text_content(Some(&words));
            }
            part = element.next_element_sibling();
        }
    }

    fn say_snippet(&self, parts: &[(String, bool)]) -> Result<(), BrowserError> {
        self.snippet.set_text_content(None);
        for (words, is_marked) in parts {
            let part = make(if *is_marked { "mark" } else { "span" }, "")?;
            part.set_text_content(Some(words));
            add(&self.snippet, &part)?;
        }
        Ok(())
    }
}

/// Of a row that becomes another one, the list gets the focus: keys go on from where they were.
fn leave(grid: &Element, row: &Element) -> Result<(), BrowserError> {
    let active = document()?.active_element();
    if active.is_some_and(|active| row.contains(Some(&active))) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        grid.unchecked_ref::<HtmlElement>().focus_with_options(&options).during("move the focus")?;
    }
    Ok(())
}

/// The row that an event happened in, and what of it.
#[must_use]
pub fn hit(event: &web_sys::Event) -> Option<(ClipId, Part)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let within = |selector: &str| target.closest(selector).ok().flatten();
    let id = ClipId::parse(&within("[data-clip-id]")?.get_attribute("data-clip-id")?)?;
    let part = [
        (".row-choice", Part::Choice),
        (".row-main a", Part::Link),
        (".row-acts .link-button", Part::Next),
        (".row-acts .icon-button", Part::Remove),
    ]
    .into_iter()
    .find(|(selector, _)| within(selector).is_some());
    Some((id, part.map_or(Part::Row, |(_, part)| part)))
}

/// Moves the focus to a row. Returns whether it is in the page.
///
/// # Errors
/// When the browser refuses.
pub fn focus(id: &ClipId) -> Result<bool, BrowserError> {
    let link = document()?.query_selector(&format!("#library [data-clip-id=\"{}\"] a", id.as_str()));
    let Some(link) = link.during("find a row")? else { return Ok(false) };
    link.unchecked_ref::<HtmlElement>().focus().during("move the focus").map(|()| true)
}

/// Moves a row aside while a finger swipes it, in CSS pixels, with what would come of it; 0 takes it
/// back.
///
/// # Errors
/// When the browser refuses.
pub fn slide(id: &ClipId, by_px: f64, hint: &str) -> Result<(), BrowserError> {
    let row = document()?.query_selector(&format!("#library [data-clip-id=\"{}\"]", id.as_str()));
    let Some(row) = row.during("find a row")? else { return Ok(()) };
    let row: HtmlElement = row.unchecked_into();
    if by_px == 0.0 {
        row.style().remove_property("--swipe").during("move a row")?;
        return row.remove_attribute("data-swipe").during("move a row");
    }
    row.style().set_property("--swipe", &format!("{by_px}px")).during("move a row")?;
    set(&row, "data-swipe", hint)
}

fn make(name: &str, class: &str) -> Result<Element, BrowserError> {
    let element = document()?.create_element(name).during("make a row")?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Ok(element)
}

fn set(element: &Element, name: &str, value: &str) -> Result<(), BrowserError> {
    element.set_attribute(name, value).during("fill a row")
}

fn add(parent: &Element, child: &Element) -> Result<(), BrowserError> {
    parent.append_child(child).map(drop).during("fill a row")
}
