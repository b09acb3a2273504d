//! The page as a whole: its title, its attributes, focus, marks for measuring, days.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::file::Content;
use super::{BrowserError, During, document, window};
use crate::library::hosted::{HostedPath, NotFetched};

/// Sets an attribute of the root element.
///
/// # Errors
/// When there is no document.
pub fn set_root_attribute(name: &str, value: &str) -> Result<(), BrowserError> {
    root()?.set_attribute(name, value).during("change the page")
}

/// Sets a custom property of the root element, through the object model as the CSP wants it.
///
/// # Errors
/// When there is no document.
pub fn set_root_property(name: &str, value: &str) -> Result<(), BrowserError> {
    let root: web_sys::HtmlElement = root()?.dyn_into().map_err(|_| BrowserError::missing("reach the root element"))?;
    root.style().set_property(name, value).during("change the page")
}

fn root() -> Result<web_sys::Element, BrowserError> {
    document()?.document_element().ok_or_else(|| BrowserError::missing("reach the root element"))
}

/// Sets the tab's title, unless it has it already: a browser's window would be drawn anew.
///
/// # Errors
/// When there is no document.
pub fn set_title(title: &str) -> Result<(), BrowserError> {
    let document = document()?;
    if document.title() != title {
        document.set_title(title);
    }
    Ok(())
}

/// An element that is not in the page.
///
/// # Errors
/// When there is no document.
pub fn stage() -> Result<web_sys::HtmlElement, BrowserError> {
    const OPERATION: &str = "make an element";
    document()?.create_element("div").during(OPERATION)?.dyn_into().map_err(|_| BrowserError::missing(OPERATION))
}

/// Removes the static shell that stood in the page before the app was ready.
///
/// # Errors
/// When there is no document.
pub fn remove_shell() -> Result<(), BrowserError> {
    if let Some(shell) = document()?.get_element_by_id("shell") {
        shell.remove();
    }
    Ok(())
}

/// Moves the focus to the element with that id, without scrolling. Elements that can't have the
/// focus by themselves are made able to.
///
/// # Errors
/// When the element is not there.
pub fn focus(id: &str) -> Result<(), BrowserError> {
    const OPERATION: &str = "move the focus";
    let element = document()?
        .get_element_by_id(id)
        .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
        .ok_or_else(|| BrowserError::missing(OPERATION))?;
    if element.tab_index() < 0 && !element.has_attribute("tabindex") {
        element.set_attribute("tabindex", "-1").during(OPERATION)?;
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).during(OPERATION)
}

thread_local! {
    /// What had the focus before a panel came to lie over the page.
    static BEFORE_PANEL: RefCell<Option<web_sys::HtmlElement>> = const { RefCell::new(None) };
}

/// Moves the focus into a panel that was opened over the page, and remembers where it was.
///
/// # Errors
/// When the panel is not there.
pub fn enter_panel(id: &str) -> Result<(), BrowserError> {
    let active = document()?.active_element().and_then(|e| e.dyn_into().ok());
    BEFORE_PANEL.with_borrow_mut(|before| {
        // From one panel to the next, the place to go back to stays.
        if before.is_none() {
            *before = active;
        }
    });
    focus(id)
}

/// Gives the focus back to what had it before the panel was opened, unless it has moved on to
/// something outside of the panel.
///
/// # Errors
/// When there is no document.
pub fn leave_panel(id: &str) -> Result<(), BrowserError> {
    let Some(before) = BEFORE_PANEL.take() else {
        return Ok(());
    };
    let document = document()?;
    let active = document.active_element();
    let panel = document.get_element_by_id(id);
    let inside = panel.is_some_and(|panel| panel.contains(active.as_deref()));
    let nowhere = active.is_none_or(|active| active.tag_name() == "BODY");
    if (inside || nowhere) && before.is_connected() { before.focus().during("move the focus") } else { Ok(()) }
}

/// Moves the focus to the first of the elements that match whose text begins like `typed`,
/// without regard to case.
///
/// # Errors
/// When the selector is not valid or nothing can be focused.
pub fn focus_beginning(selector: &str, typed: &str) -> Result<(), BrowserError> {
    let typed = typed.to_lowercase();
    let begins = |e: &web_sys::HtmlElement| {
        e.text_content().is_some_and(|text| text.trim_start().to_lowercase().starts_with(&typed))
    };
    let found = in_sight(selector)?;
    found.iter().find(|e| begins(e)).map_or(Ok(()), |e| e.focus().during("move the focus"))
}

/// What is written in the field with that id.
///
/// # Errors
/// When it is not there.
pub fn value(id: &str) -> Result<String, BrowserError> {
    let field = document()?.get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok());
    field.map(|field| field.value()).ok_or_else(|| BrowserError::missing("read the field"))
}

/// Whether the focus is on an element that matches.
#[must_use]
pub fn is_focused_among(selector: &str) -> bool {
    let active = document().ok().and_then(|d| d.active_element());
    active.is_some_and(|e| e.matches(selector).unwrap_or(false))
}

/// The elements that match and are shown.
fn in_sight(selector: &str) -> Result<Vec<web_sys::HtmlElement>, BrowserError> {
    let found = document()?.query_selector_all(selector).during("move the focus")?;
    let all = (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok());
    Ok(all.filter(|e: &web_sys::HtmlElement| e.offset_parent().is_some()).collect())
}

/// Moves the focus to the next or previous of the elements that match, around the focused one;
/// [`Step::First`] and [`Step::Last`] go to the ends. Returns whether there is any.
///
/// # Errors
/// When the selector is not valid or nothing can be focused.
pub fn focus_among(selector: &str, step: Step) -> Result<bool, BrowserError> {
    let all = in_sight(selector)?;
    let active = document()?.active_element();
    let here = all.iter().position(|e| active.as_ref() == Some(e.as_ref()));
    let last = all.len().saturating_sub(1);
    let to = match (step, here) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => last,
        (Step::Next, Some(at)) => (at + 1).min(last),
        (Step::Previous, Some(at)) => at.saturating_sub(1),
    };
    all.get(to).map_or(Ok(false), |e| e.focus().during("move the focus").map(|()| true))
}

/// Scrolls what lies around the element with that id as little as can be, so that it is seen.
pub fn reveal(id: &str) {
    if let Some(element) = document().ok().and_then(|document| document.get_element_by_id(id)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Which of several elements the focus goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The one after the focused one.
    Next,
    /// The one before it.
    Previous,
    /// The first.
    First,
    /// The last.
    Last,
}

/// Clicks the element with that id, as a person would: opens the file picker, say.
///
/// # Errors
/// When the element is not there.
pub fn click(id: &str) -> Result<(), BrowserError> {
    let element = document()?.get_element_by_id(id);
    let element = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    element.map(|e| e.click()).ok_or_else(|| BrowserError::missing("press a button"))
}

/// Whether the focus is in something that takes typed text.
#[must_use]
pub fn is_typing() -> bool {
    let Some(active) = document().ok().and_then(|d| d.active_element()) else {
        return false;
    };
    let editable = active.dyn_ref::<web_sys::HtmlElement>().is_some_and(|e| e.is_content_editable());
    editable || (active.matches("input, textarea, select").unwrap_or(false) && !is_press_button(&active))
}

fn is_press_button(element: &web_sys::Element) -> bool {
    element.matches("input[type=checkbox], input[type=radio], input[type=range], input[type=file]").unwrap_or(false)
}

/// Leaves a performance mark, for measuring.
pub fn mark(name: &str) {
    if let Some(performance) = window().ok().and_then(|w| w.performance()) {
        // A mark that can't be set is a measurement less and nothing to a reader.
        drop(performance.mark(name));
    }
}

/// Calls back when the page is about to be hidden or left: the last moment to keep anything.
///
/// # Errors
/// When there is no window to listen on.
pub fn on_leaving(leaving: impl Fn() + Clone + 'static) -> Result<(), BrowserError> {
    let again = leaving.clone();
    let window = window()?;
    gloo::events::EventListener::new(&window, "pagehide", move |_| again()).forget();
    let document = document()?;
    let hidden = document.clone();
    gloo::events::EventListener::new(&document, "visibilitychange", move |_| {
        if hidden.hidden() {
            leaving();
        }
    })
    .forget();
    Ok(())
}

/// Calls back when a pointer moves or is pressed for the first time.
///
/// # Errors
/// When there is no window to listen on.
pub fn on_first_motion(moved: impl Fn() + Clone + 'static) -> Result<(), BrowserError> {
    let window = window()?;
    for event in ["pointermove", "pointerdown"] {
        let moved = moved.clone();
        gloo::events::EventListener::once(&window, event, move |_| moved()).forget();
    }
    Ok(())
}

/// Loads the page anew.
///
/// # Errors
/// When there is no window, or the browser refuses.
pub fn load_anew() -> Result<(), BrowserError> {
    window()?.location().reload().during("load the page anew")
}

/// Whether the page can be seen.
#[must_use]
pub fn is_in_sight() -> bool {
    document().is_ok_and(|document| !document.hidden())
}

/// Whether the media query holds, now and whenever that changes.
///
/// # Errors
/// When the browser does not know the query.
pub fn watch_media(query: &str, on_change: impl Fn(bool) + 'static) -> Result<(), BrowserError> {
    const OPERATION: &str = "watch the window's size";
    let list = window()?.match_media(query).during(OPERATION)?;
    let list = list.ok_or_else(|| BrowserError::missing(OPERATION))?;
    on_change(list.matches());
    let watched = list.clone();
    gloo::events::EventListener::new(&list, "change", move |_| on_change(watched.matches())).forget();
    Ok(())
}

/// Fetches one of the app's own texts, by its path beside the page.
///
/// # Errors
/// When it is not there.
pub async fn fetch_own(path: &str) -> Result<String, BrowserError> {
    const OPERATION: &str = "load a file of the app";
    let promise = window()?.fetch_with_str(path);
    let response = wasm_bindgen_futures::JsFuture::from(promise).await.during(OPERATION)?;
    let response: web_sys::Response = response.dyn_into().during(OPERATION)?;
    if !response.ok() {
        let message = format!("“{path}” answered {}", response.status());
        return Err(BrowserError { operation: OPERATION, message });
    }
    let text = response.text().during(OPERATION)?;
    let text = wasm_bindgen_futures::JsFuture::from(text).await.during(OPERATION)?;
    Ok(text.as_string().unwrap_or_default())
}

/// Fetches a clip that is hosted beside the page.
///
/// # Errors
/// A [`NotFetched`] when it does not come.
pub async fn fetch_hosted(path: &HostedPath) -> Result<Content, NotFetched> {
    let offline = |_| NotFetched::Offline(path.name().to_owned());
    let promise = ask_host(path).await?.blob().map_err(offline)?;
    let blob: web_sys::Blob = wasm_bindgen_futures::JsFuture::from(promise).await.map_err(offline)?.unchecked_into();
    Ok(Content::of_blob(&blob))
}

/// Fetches a text that is hosted beside the page.
///
/// # Errors
/// As [`fetch_hosted`].
pub async fn fetch_hosted_text(path: &HostedPath) -> Result<String, NotFetched> {
    let offline = |_| NotFetched::Offline(path.name().to_owned());
    let promise = ask_host(path).await?.text().map_err(offline)?;
    let text = wasm_bindgen_futures::JsFuture::from(promise).await.map_err(offline)?;
    Ok(text.as_string().unwrap_or_default())
}

async fn ask_host(path: &HostedPath) -> Result<web_sys::Response, NotFetched> {
    let told = || path.name().to_owned();
    let window = window().map_err(|_| NotFetched::Offline(told()))?;
    let answer = wasm_bindgen_futures::JsFuture::from(window.fetch_with_str(&path.address())).await;
    let answer: web_sys::Response = answer.map_err(|_| NotFetched::Offline(told()))?.unchecked_into();
    let media_type = answer.headers().get("content-type").ok().flatten().unwrap_or_default();
    NotFetched::judge(path, answer.status(), &media_type)?;
    // What a host leads to outside of the app's folder was not asked for.
    let own = own_folder().ok().filter(|own| answer.url().starts_with(own.as_str()));
    own.map(|_| answer).ok_or_else(|| NotFetched::Redirected(told()))
}

/// The address of the folder that the page stands in.
fn own_folder() -> Result<String, BrowserError> {
    const OPERATION: &str = "read the address";
    let here = window()?.location().href().during(OPERATION)?;
    Ok(web_sys::Url::new_with_base("./", &here).during(OPERATION)?.href())
}
