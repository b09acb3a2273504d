//! Where a clip's markup enters the page: the only file that turns text into elements.
//!
//! What comes in is safe HTML that [`crate::clip::safe`] serialised. What the page adds to it
//! (placeholders, copy buttons) is made element by element, never as text.

use wasm_bindgen::JsCast;

use super::{BrowserError, During, document};

/// Words that the page adds to a body.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// Before the name of a picture that did not come with the clip.
    pub missing_picture: &'static str,
    /// Before the host of a picture that waits for consent.
    pub remote_picture: &'static str,
    /// On the button that copies code.
    pub copy: &'static str,
    /// Above a piece of clutter that is shown, by the name of its reason.
    pub clutter: fn(&str) -> &'static str,
}

/// Pictures of the body that are not to be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unseen {
    /// How many wait for consent.
    pub waiting: usize,
    /// The host on which most of those are.
    pub host: Option<String>,
    /// How many stand in files beside the clip that are not here.
    pub missing: usize,
}

/// Empties the body.
pub fn clear(body: &web_sys::Element) {
    body.set_text_content(None);
}

/// Adds one chunk at the end of the body.
///
/// # Errors
/// When the browser refuses to make an element.
pub fn append_chunk(
    body: &web_sys::Element,
    html: &str,
    load_remote: bool,
    labels: Labels,
) -> Result<(), BrowserError> {
    let chunk = document()?.create_element("div").during("make an element")?;
    chunk.set_class_name("chunk");
    #[expect(clippy::disallowed_methods, reason = "this is the door; the HTML is a serialised SafeTree")]
    chunk.set_inner_html(html);
    decorate_pictures(&chunk, load_remote, labels)?;
    decorate_code(&chunk, labels)?;
    for piece in select(&chunk, ".clutter[data-reason]") {
        let reason = piece.get_attribute("data-reason").unwrap_or_default();
        piece.set_attribute("data-label", (labels.clutter)(&reason)).during("label what is folded")?;
    }
    body.append_child(&chunk).during("add to the page").map(|_| ())
}

/// Counts the pictures that are not to be seen; those in folded clutter are none of the article's.
#[must_use]
pub fn unseen_pictures(body: &web_sys::Element) -> Unseen {
    let articles = |selector| select(body, selector).into_iter().filter(|element| !is_clutter(element));
    let mut hosts = std::collections::BTreeMap::<String, usize>::new();
    for button in articles("button.remote-picture") {
        *hosts.entry(button.get_attribute("data-host").unwrap_or_default()).or_default() += 1;
    }
    let waiting = hosts.values().sum();
    let host = hosts.into_iter().max_by_key(|(_, count)| *count).map(|(host, _)| host);
    Unseen { waiting, host, missing: articles(".missing-picture").count() }
}

fn is_clutter(element: &web_sys::Element) -> bool {
    element.closest(".clutter").ok().flatten().is_some()
}

/// Loads every picture of the article that waits for consent. Those in clutter, which count who
/// reads, are loaded one by one only.
///
/// # Errors
/// When the browser refuses.
pub fn load_remote_pictures(body: &web_sys::Element) -> Result<(), BrowserError> {
    select(body, "button.remote-picture").iter().filter(|button| !is_clutter(button)).try_for_each(load_after)
}

/// What a click in the body asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Click {
    /// Go to the element with that id.
    Jump(String),
    /// Copy that text.
    Copy(String),
    /// Done already, or nothing of ours.
    Nothing,
}

/// Understands a click in the body; a picture that was clicked is loaded at once.
#[must_use]
pub fn clicked(event: &web_sys::MouseEvent) -> Click {
    let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let target = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    let Some(target) = target.filter(|_| plain && event.button() == 0) else {
        return Click::Nothing;
    };
    let closest = |selector| target.closest(selector).ok().flatten();
    if let Some(link) = closest("a[href^='#']") {
        event.prevent_default();
        let id = link.get_attribute("href").unwrap_or_default();
        return Click::Jump(decoded(id.trim_start_matches('#')));
    }
    if let Some(button) = closest("button.remote-picture") {
        // A picture that can't be loaded stays a placeholder, which is what it shows already.
        drop(load_after(&button));
        return Click::Nothing;
    }
    if let Some(code) = closest("button.copy-code").and_then(|b| b.parent_element()) {
        let text = code.query_selector("pre").ok().flatten().and_then(|pre| pre.text_content());
        return text.map_or(Click::Nothing, Click::Copy);
    }
    Click::Nothing
}

/// A fragment of an address as the id that it names.
#[must_use]
pub fn decoded(fragment: &str) -> String {
    js_sys::decode_uri_component(fragment).map_or_else(|_| fragment.to_owned(), String::from)
}

fn select(within: &web_sys::Element, selector: &str) -> Vec<web_sys::Element> {
    let Ok(list) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
}

fn make(tag: &str, class: &str, text: &str) -> Result<web_sys::Element, BrowserError> {
    let element = document()?.create_element(tag).during("make an element")?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Ok(element)
}

fn insert_before(new: &web_sys::Element, old: &web_sys::Element) -> Result<(), BrowserError> {
    let Some(parent) = old.parent_node() else {
        return Ok(());
    };
    parent.insert_before(new, Some(old)).during("add to the page").map(|_| ())
}

fn decorate_pictures(chunk: &web_sys::Element, load_remote: bool, labels: Labels) -> Result<(), BrowserError> {
    for picture in select(chunk, "img[data-asset]") {
        let path = picture.get_attribute("data-asset").unwrap_or_default();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = decoded(name);
        let card = make("span", "missing-picture", &name)?;
        card.set_attribute("role", "img").during("label a picture")?;
        let alt = picture.get_attribute("alt").unwrap_or_default();
        let label = format!("{}: {}", labels.missing_picture, if alt.is_empty() { &name } else { &alt });
        card.set_attribute("aria-label", &label).during("label a picture")?;
        card.set_attribute("title", &label).during("label a picture")?;
        insert_before(&card, &picture)?;
    }
    for picture in select(chunk, "img[data-remote]") {
        let host = host(&picture.get_attribute("data-remote").unwrap_or_default());
        let button = make("button", "remote-picture", &format!("{} {host}", labels.remote_picture))?;
        button.set_attribute("type", "button").during("label a picture")?;
        button.set_attribute("data-host", &host).during("label a picture")?;
        insert_before(&button, &picture)?;
        if load_remote && !is_clutter(&button) {
            load_after(&button)?;
        }
    }
    Ok(())
}

/// Loads the picture that stands behind its placeholder, and takes the placeholder away. The
/// page's policy allows `https` alone, which nearly every host of an `http` picture answers too.
fn load_after(button: &web_sys::Element) -> Result<(), BrowserError> {
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

fn decorate_code(chunk: &web_sys::Element, labels: Labels) -> Result<(), BrowserError> {
    for code in select(chunk, "pre") {
        let frame = make("div", "code", "")?;
        insert_before(&frame, &code)?;
        let button = make("button", "copy-code", labels.copy)?;
        button.set_attribute("type", "button").during("label a button")?;
        frame.append_child(&code).during("add to the page")?;
        frame.append_child(&button).during("add to the page")?;
    }
    Ok(())
}
