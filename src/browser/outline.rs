//! The outline's list in the page. It is written once for a clip, each row a copy of one, and of hundreds none has a
//! listener or an effect of its own: clicks are heard on the list and told apart here, what is folded away is hidden, and the
//! mark goes from row to row.

use wasm_bindgen::JsCast;

use super::body::{copy, select};
use super::{BrowserError, During, document};
use crate::session::outline::{Look, Row};

const MARK: &str = "aria-current";
const EXPANDED: &str = "aria-expanded";
/// The operation that errors name.
const MAKE: &str = "make a row";

/// What the list has.
#[derive(Debug, Default)]
pub struct Drawn {
    rows: Vec<Row>,
    looks: Vec<Look>,
}

impl Drawn {
    /// Has the list show these rows in these looks, of which there is one for each. `fold_label` makes of a heading's words
    /// what the button is called that folds what is below it.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn draw(
        &mut self,
        list: &web_sys::Element,
        rows: &[Row],
        looks: &[Look],
        fold_label: impl Fn(&str) -> String,
    ) -> Result<(), BrowserError> {
        if self.rows != rows {
            write(list, rows, fold_label)?;
            *self = Self { rows: rows.to_vec(), looks: vec![Look::default(); rows.len()] };
        }
        show(list, &self.looks, looks)?;
        looks.clone_into(&mut self.looks);
        Ok(())
    }
}

/// Writes the rows into the list, all in sight and open.
fn write(list: &web_sys::Element, rows: &[Row], fold_label: impl Fn(&str) -> String) -> Result<(), BrowserError> {
    let make = |tag: &str| document()?.create_element(tag).during(MAKE);
    let (item, button, link) = (make("li")?, make("button")?, make("a")?);
    for (name, value) in [("type", "button"), ("class", "fold"), (EXPANDED, "true")] {
        button.set_attribute(name, value).during(MAKE)?;
    }
    let all = document()?.create_document_fragment();
    for row in rows {
        let item = copy(&item)?;
        item.set_attribute("data-depth", &row.depth.to_string()).during(MAKE)?;
        if row.children {
            let button = copy(&button)?;
            button.set_attribute("aria-label", &fold_label(&row.text)).during(MAKE)?;
            item.append_child(&button).during(MAKE)?;
        }
        let link = copy(&link)?;
        link.set_attribute("href", &format!("#{}", row.id)).during(MAKE)?;
        link.set_attribute("data-level", &row.level.to_string()).during(MAKE)?;
        link.set_text_content(Some(&row.text));
        item.append_child(&link).during(MAKE)?;
        all.append_child(&item).during(MAKE)?;
    }
    list.replace_children_with_node_1(&all);
    Ok(())
}

/// Gives rows another look: those in which `now` differs from `before`.
fn show(list: &web_sys::Element, before: &[Look], now: &[Look]) -> Result<(), BrowserError> {
    let rows = list.children();
    for (at, (before, now)) in (0..).zip(before.iter().zip(now)) {
        let Some(row) = rows.item(at).filter(|_| before != now) else { continue };
        row.toggle_attribute_with_force("hidden", now.hidden).during(MAKE)?;
        if let Some(button) = row.query_selector("button").during(MAKE)? {
            button.set_attribute(EXPANDED, if now.folded { "false" } else { "true" }).during(MAKE)?;
        }
    }
    Ok(())
}

/// What a click in the list asks for, with the id of the row's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Click {
    /// Go to the heading.
    Jump(String),
    /// Fold what stands below the row, or open it.
    Fold(String),
}

/// Understands a click in the list; `None` when it is the browser's or nobody's.
#[must_use]
pub fn clicked(event: &web_sys::MouseEvent) -> Option<Click> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let row = target.closest("li").ok()??;
    let link = row.query_selector("a").ok()??;
    let id = link.get_attribute("href")?.strip_prefix('#')?.to_owned();
    if target.closest("button").ok()?.is_some() {
        return Some(Click::Fold(id));
    }
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
    if !is_plain || !link.contains(Some(&target)) {
        return None;
    }
    event.prevent_default();
    Some(Click::Jump(id))
}

/// Marks the row at that place in the list, and no other.
pub fn mark(list: &web_sys::Element, at: Option<usize>) {
    let row = at.and_then(|at| list.children().item(u32::try_from(at).ok()?));
    let link = row.and_then(|row| row.query_selector("a").ok().flatten());
    for before in select(list, "a[aria-current]").iter().filter(|before| link.as_ref() != Some(before)) {
        // A mark that is refused misleads for a section, and no longer.
        drop(before.remove_attribute(MARK));
    }
    link.iter().for_each(|link| drop(link.set_attribute(MARK, "true")));
}

/// Scrolls the panel around the list as little as can be, so that the marked row, or the first where none is, is in sight with
/// some rows around it. What a hand points at, or has the focus, stays where it is.
pub fn reveal(list: &web_sys::Element) {
    const AROUND: f64 = 3.0;
    let row = |which: &str| list.query_selector(which).ok().flatten();
    let (Some(marked), Ok(Some(panel))) = (row("a[aria-current]").or_else(|| row("a")), list.closest("nav")) else {
        return;
    };
    let is = |element: &web_sys::Element, what: &str| element.matches(what).unwrap_or(false);
    if is(&panel, ":hover") || is(list, ":focus-within") {
        return;
    }
    let (row, seen) = (marked.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let around = AROUND * row.height();
    let above = (row.top() - around - seen.top()).min(0.0);
    let below = (row.bottom() + around - seen.bottom()).max(0.0);
    let by = if above < 0.0 { above } else { below };
    if by != 0.0 {
        panel.set_scroll_top(panel.scroll_top() + by.round() as i32);
    }
}
