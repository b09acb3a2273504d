//! Where a clip's markup enters the page: the only file that turns text into elements.
//!
//! What comes in is safe HTML that [`crate::clip::safe`] serialised. What the page adds to it
//! (placeholders, copy buttons) is made element by element, never as text.

use wasm_bindgen::prelude::*;

use super::remote::{self, Allowed, Unseen};
use super::worker::Payload;
use super::{BrowserError, During, document};

/// Words that the page adds to a body.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// On a picture that did not come with the clip; `{name}` stands for its name.
    pub missing_picture: &'static str,
    /// On what waits for consent to load a picture; `{host}` stands for its host.
    pub remote_picture: &'static str,
    /// On the button that copies code.
    pub copy: &'static str,
    /// On the buttons beside a heading.
    pub headings: super::folding::Labels,
    /// Above a piece of clutter that is shown, by the name of its reason.
    pub clutter: fn(&str) -> &'static str,
    /// What a part of the body is called, by the English name that it is made with.
    pub made: fn(&str) -> Option<&'static str>,
}

/// `innerHTML` with a string of JavaScript: the markup comes from the worker as one, and passing
/// it through Rust would copy it twice.
#[wasm_bindgen]
extern "C" {
    type Chunk;

    #[wasm_bindgen(method, setter, js_name = innerHTML)]
    fn set_safe_html(this: &Chunk, html: &JsValue);
}

/// An element whose words stay JavaScript's: each of hundreds would be copied on its way through Rust.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = web_sys::Element, extends = web_sys::Node)]
    pub(super) type Worded;

    #[wasm_bindgen(method, getter, js_name = textContent)]
    pub(super) fn words(this: &Worded) -> js_sys::JsString;

    #[wasm_bindgen(method, setter, js_name = textContent)]
    fn set_words(this: &Worded, words: &js_sys::JsString);

    #[wasm_bindgen(method, js_name = setAttribute)]
    pub(super) fn set_attribute_to(this: &Worded, name: &js_sys::JsString, value: &js_sys::JsString);
}

/// Takes the chunks out of the body, whole, so that they can be put back.
///
/// # Errors
/// When the browser refuses.
pub fn take(body: &web_sys::Element) -> Result<Taken, BrowserError> {
    let fragment = document()?.create_document_fragment();
    while let Some(chunk) = body.first_element_child() {
        fragment.append_child(&chunk).during("put the page aside")?;
    }
    Ok(Taken(fragment))
}

/// Chunks that were taken out of the body.
#[derive(Debug)]
pub struct Taken(web_sys::DocumentFragment);

impl Taken {
    /// Puts them back, at the end of the body.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn put_back(self, body: &web_sys::Element) -> Result<(), BrowserError> {
        body.append_child(&self.0).during("add to the page").map(|_| ())
    }
}

/// Puts a chunk into the body, at its place: after those before it, or instead of the one that
/// stands there. Adds to `unseen` what it has.
///
/// # Errors
/// When the browser refuses to make an element.
pub fn put_chunk(
    body: &web_sys::Element,
    index: usize,
    html: &Payload,
    labels: Labels,
    allowed: &Allowed,
    unseen: &mut Unseen,
) -> Result<(), BrowserError> {
    let chunk = document()?.create_element("div").during("make an element")?;
    chunk.set_class_name("chunk");
    chunk.unchecked_ref::<Chunk>().set_safe_html(&html.0);
    name_missing(&chunk, labels)?;
    remote::hold_back(&chunk, allowed, labels)?;
    decorate_code(&chunk, labels)?;
    frame_formulas(&chunk)?;
    name_parts(&chunk, labels)?;
    caption_pictures(&chunk)?;
    super::notes::announce(&chunk)?;
    super::folding::put_buttons(&chunk, labels.headings)?;
    for piece in select(&chunk, ".clutter[data-reason]") {
        let reason = piece.get_attribute("data-reason").unwrap_or_default();
        piece.set_attribute("data-label", (labels.clutter)(&reason)).during("label what is folded")?;
    }
    unseen.add(remote::unseen_pictures(&chunk));
    match self::chunk(body, index) {
        Some(there) => {
            *unseen = Unseen::default();
            body.replace_child(&chunk, &there).during("add to the page").map(|_| ())?;
            unseen.add(remote::unseen_pictures(body));
            Ok(())
        }
        None => body.append_child(&chunk).during("add to the page").map(|_| ()),
    }
}

/// A chunk of the body.
#[must_use]
pub fn chunk(body: &web_sys::Element, index: usize) -> Option<web_sys::Element> {
    u32::try_from(index).ok().and_then(|index| body.children().item(index))
}

/// What a click in the body asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Click {
    /// Go to the element with that id.
    Jump(String),
    /// Copy that text.
    Copy(String),
    /// Show the note with that id, which the link with the other id refers to.
    Note(String, String),
    /// Fold the section of the heading with that id, or open it.
    Fold(String),
    /// Copy the link to the heading with that id.
    Link(String),
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
        let id = decoded(link.get_attribute("href").unwrap_or_default().trim_start_matches('#'));
        // What is within a note that is open has no name, and leads on by a jump.
        let opens = link.matches(super::notes::REFERENCE).unwrap_or(false) && !link.id().is_empty();
        if opens {
            // Some browsers give no focus to what is clicked, and it is where the focus returns to.
            link.dyn_ref::<web_sys::HtmlElement>().iter().for_each(|link| drop(link.focus()));
        }
        return if opens { Click::Note(id, link.id()) } else { Click::Jump(id) };
    }
    for (selector, means) in [(".heading-fold", Click::Fold as fn(String) -> Click), (".heading-link", Click::Link)] {
        if let Some(heading) = closest(selector).and_then(|button| button.parent_element()) {
            return means(heading.id());
        }
    }
    if let Some(button) = closest("button.remote-picture") {
        // A picture that can't be loaded stays a placeholder, which is what it shows already.
        drop(remote::load_after(&button));
        return Click::Nothing;
    }
    if let Some(code) = closest("button.copy-code").and_then(|b| b.parent_element()) {
        let text = code.query_selector("pre").ok().flatten().and_then(|pre| pre.text_content());
        return text.map_or(Click::Nothing, Click::Copy);
    }
    Click::Nothing
}

/// The host that a link leads to which an event happened on, else the one that has the focus; `None`
/// when there is none.
#[must_use]
pub fn leads_to(event: &web_sys::Event) -> Option<String> {
    let target = event.target().and_then(|target| target.dyn_into().ok());
    let focused = || document().ok()?.active_element();
    target.as_ref().and_then(host_of_link).or_else(|| host_of_link(&focused()?))
}

fn host_of_link(within: &web_sys::Element) -> Option<String> {
    let link: web_sys::HtmlAnchorElement = within.closest(".clip-body a[href^='http']").ok()??.dyn_into().ok()?;
    // As the browser understood the address, not as it was written.
    Some(link.host()).filter(|host| !host.is_empty())
}

/// A fragment of an address as the id that it names.
#[must_use]
pub fn decoded(fragment: &str) -> String {
    let read = fragment.contains('%').then(|| js_sys::decode_uri_component(fragment).ok()).flatten();
    read.map_or_else(|| fragment.to_owned(), String::from)
}

pub(super) fn select(within: &web_sys::Element, selector: &str) -> Vec<web_sys::Element> {
    let Ok(list) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    // A selector finds elements alone.
    (0..list.length()).filter_map(|i| list.get(i).map(JsCast::unchecked_into)).collect()
}

pub(super) fn make(tag: &str, class: &str, text: &str) -> Result<web_sys::Element, BrowserError> {
    let element = document()?.create_element(tag).during("make an element")?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Ok(element)
}

pub(super) fn insert_before(new: &web_sys::Element, old: &web_sys::Element) -> Result<(), BrowserError> {
    let Some(parent) = old.parent_node() else {
        return Ok(());
    };
    parent.insert_before(new, Some(old)).during("add to the page").map(|_| ())
}

/// Parts that were made with an English name get the one of the page's language.
fn name_parts(chunk: &web_sys::Element, labels: Labels) -> Result<(), BrowserError> {
    for part in select(chunk, ".table-scroll, .footnotes, .footnotes a[aria-label], input[aria-label]") {
        if let Some(name) = part.get_attribute("aria-label").and_then(|name| (labels.made)(&name)) {
            part.set_attribute("aria-label", name).during("name a part of the text")?;
        }
    }
    for card in select(chunk, ".embed-label") {
        if let Some(name) = (labels.made)(&card.text_content().unwrap_or_default()) {
            card.set_text_content(Some(name));
        }
    }
    Ok(())
}

/// What stands for a picture in a file that did not come with the clip.
fn name_missing(chunk: &web_sys::Element, labels: Labels) -> Result<(), BrowserError> {
    let pictures = select(chunk, "img[data-asset]");
    if pictures.is_empty() {
        return Ok(());
    }
    let empty = make("span", "missing-picture", "")?;
    empty.set_attribute("role", "img").during("label a picture")?;
    let names = ["aria-label", "title"].map(js_sys::JsString::from);
    for picture in pictures {
        let path = picture.get_attribute("data-asset").unwrap_or_default();
        let name = decoded(path.rsplit(['/', '\\']).next().unwrap_or_default());
        let alt = picture.get_attribute("alt").unwrap_or_default();
        let label = labels.missing_picture.replace("{name}", if alt.is_empty() { &name } else { &alt });
        let label = js_sys::JsString::from(label);
        let card: Worded = copy(&empty)?.unchecked_into();
        card.set_words(&js_sys::JsString::from(name));
        names.iter().for_each(|name| card.set_attribute_to(name, &label));
        insert_before(&card, &picture)?;
    }
    Ok(())
}

pub(super) fn copy(element: &web_sys::Element) -> Result<web_sys::Element, BrowserError> {
    element.clone_node_with_deep(true).during("make an element").map(JsCast::unchecked_into)
}

/// The source of a formula gets an element of its own, so that something else can be shown in its place
/// without moving it later: marks stand in it.
fn frame_formulas(chunk: &web_sys::Element) -> Result<(), BrowserError> {
    for formula in select(chunk, ".math") {
        let source = make("span", "math-source", "")?;
        while let Some(text) = formula.first_child() {
            source.append_child(&text).during("frame a formula")?;
        }
        formula.append_child(&source).during("frame a formula")?;
    }
    Ok(())
}

/// What stands for a picture in words is read below it, when it says something that is not said there
/// already. It is drawn by the style sheet, and is none of the text.
fn caption_pictures(chunk: &web_sys::Element) -> Result<(), BrowserError> {
    for picture in select(chunk, "p > img[alt]:not([alt=''])") {
        let Some(paragraph) = picture.parent_element() else { continue };
        let alone = paragraph.query_selector_all("img").is_ok_and(|all| all.length() == 1)
            && !(0..paragraph.child_nodes().length()).filter_map(|at| paragraph.child_nodes().get(at)).any(|node| {
                node.node_type() == web_sys::Node::TEXT_NODE && !node.node_value().unwrap_or_default().trim().is_empty()
            });
        let alt = picture.get_attribute("alt").unwrap_or_default();
        let Some(caption) = crate::clip::body::caption(&alt).filter(|_| alone) else { continue };
        let next = paragraph.next_element_sibling().and_then(|next| next.text_content()).unwrap_or_default();
        if !next.trim_start().starts_with(caption) {
            paragraph.set_attribute("data-caption", caption).during("label a picture")?;
        }
    }
    Ok(())
}

fn decorate_code(chunk: &web_sys::Element, labels: Labels) -> Result<(), BrowserError> {
    let blocks = select(chunk, "pre");
    if blocks.is_empty() {
        return Ok(());
    }
    let empty = frame(labels)?;
    for code in blocks {
        let frame = copy(&empty)?;
        insert_before(&frame, &code)?;
        let language = code.query_selector("code").ok().flatten().map(|code| super::code::language(&code));
        if let Some(language) = language.filter(|language| !language.is_empty()) {
            frame.set_attribute("data-language", &language).during("label code")?;
        }
        frame.insert_before(&code, frame.first_child().as_ref()).during("add to the page")?;
    }
    Ok(())
}

/// What stands around code, to be copied: the button that copies it.
fn frame(labels: Labels) -> Result<web_sys::Element, BrowserError> {
    let frame = make("div", "code", "")?;
    let button = make("button", "copy-code", labels.copy)?;
    button.set_attribute("type", "button").during("label a button")?;
    frame.append_child(&button).during("add to the page")?;
    Ok(frame)
}
