//! Where a clip's markup enters the page: the only file that turns text into elements.
//!
//! What comes in is safe HTML that [`crate::clip::safe`] serialised. What the page adds to it
//! (placeholders, copy buttons) is made element by element, never as text.

use std::collections::{BTreeMap, BTreeSet};

use wasm_bindgen::prelude::*;

use super::worker::Payload;
use super::{BrowserError, During, document};
use crate::session::Consent;

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

/// Which pictures on other hosts are loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    /// All that the clip has.
    pub all: bool,
    /// Those of these hosts.
    pub consent: Consent,
}

impl Allowed {
    fn covers(&self, host: &str) -> bool {
        self.all || self.consent.covers(host)
    }
}

/// Pictures of the body that are not to be seen, or come from other hosts; those in folded clutter are
/// none of the article's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unseen {
    /// How many wait for consent, by their hosts.
    pub waiting: BTreeMap<String, usize>,
    /// How many stand in files beside the clip that are not here.
    pub missing: usize,
    /// How many are loaded from other hosts.
    pub loaded: usize,
}

impl Unseen {
    /// How many wait for consent.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.values().sum()
    }

    /// The host on which most of those are.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.waiting.iter().max_by_key(|(_, count)| **count).map(|(host, _)| host.as_str())
    }

    fn add(&mut self, other: Self) {
        for (host, count) in other.waiting {
            *self.waiting.entry(host).or_default() += count;
        }
        self.missing += other.missing;
        self.loaded += other.loaded;
    }
}

/// `innerHTML` with a string of JavaScript: the markup comes from the worker as one, and passing
/// it through Rust would copy it twice.
#[wasm_bindgen]
extern "C" {
    type Chunk;

    #[wasm_bindgen(method, setter, js_name = innerHTML)]
    fn set_safe_html(this: &Chunk, html: &JsValue);
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
    decorate_pictures(&chunk, allowed, labels)?;
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
    unseen.add(unseen_pictures(&chunk));
    match self::chunk(body, index) {
        Some(there) => {
            *unseen = Unseen::default();
            body.replace_child(&chunk, &there).during("add to the page").map(|_| ())?;
            unseen.add(unseen_pictures(body));
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

/// Counts the pictures that are not to be seen.
#[must_use]
pub fn unseen_pictures(within: &web_sys::Element) -> Unseen {
    let articles = |selector| select(within, selector).into_iter().filter(|element| !is_clutter(element));
    let mut unseen = Unseen {
        missing: articles(".missing-picture").count(),
        loaded: articles("img[data-remote][src]").count(),
        ..Unseen::default()
    };
    for button in articles("button.remote-picture") {
        *unseen.waiting.entry(button.get_attribute("data-host").unwrap_or_default()).or_default() += 1;
    }
    unseen
}

fn is_clutter(element: &web_sys::Element) -> bool {
    element.closest(".clutter").ok().flatten().is_some()
}

/// Loads the pictures of the article that may be loaded, and takes those back that may not. Those in
/// clutter, which count who reads, are loaded one by one only.
///
/// # Errors
/// When the browser refuses.
pub fn apply_consent(body: &web_sys::Element, allowed: &Allowed, labels: Labels) -> Result<(), BrowserError> {
    for button in select(body, "button.remote-picture").iter().filter(|button| !is_clutter(button)) {
        if allowed.covers(&button.get_attribute("data-host").unwrap_or_default()) {
            load_after(button)?;
        }
    }
    for picture in select(body, "img[data-remote][src]") {
        let host = host(&picture.get_attribute("data-remote").unwrap_or_default());
        if !allowed.covers(&host) {
            picture.remove_attribute("src").during("take a picture back")?;
            insert_before(&placeholder(&host, labels)?, &picture)?;
        }
    }
    Ok(())
}

/// The hosts on which pictures of the body are.
#[must_use]
pub fn hosts(body: &web_sys::Element) -> BTreeSet<String> {
    let pictures = select(body, "img[data-remote]").into_iter();
    pictures.map(|picture| host(&picture.get_attribute("data-remote").unwrap_or_default())).collect()
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
        drop(load_after(&button));
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
    js_sys::decode_uri_component(fragment).map_or_else(|_| fragment.to_owned(), String::from)
}

pub(super) fn select(within: &web_sys::Element, selector: &str) -> Vec<web_sys::Element> {
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

/// What stands for a picture on another host until it is loaded.
fn placeholder(host: &str, labels: Labels) -> Result<web_sys::Element, BrowserError> {
    let button = make("button", "remote-picture", &labels.remote_picture.replace("{host}", host))?;
    button.set_attribute("type", "button").during("label a picture")?;
    button.set_attribute("data-host", host).during("label a picture")?;
    Ok(button)
}

fn decorate_pictures(chunk: &web_sys::Element, allowed: &Allowed, labels: Labels) -> Result<(), BrowserError> {
    for picture in select(chunk, "img[data-asset]") {
        let path = picture.get_attribute("data-asset").unwrap_or_default();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = decoded(name);
        let card = make("span", "missing-picture", &name)?;
        card.set_attribute("role", "img").during("label a picture")?;
        let alt = picture.get_attribute("alt").unwrap_or_default();
        let label = labels.missing_picture.replace("{name}", if alt.is_empty() { &name } else { &alt });
        card.set_attribute("aria-label", &label).during("label a picture")?;
        card.set_attribute("title", &label).during("label a picture")?;
        insert_before(&card, &picture)?;
    }
    for picture in select(chunk, "img[data-remote]") {
        let host = host(&picture.get_attribute("data-remote").unwrap_or_default());
        let button = placeholder(&host, labels)?;
        insert_before(&button, &picture)?;
        if allowed.covers(&host) && !is_clutter(&button) {
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
    for code in select(chunk, "pre") {
        let frame = make("div", "code", "")?;
        insert_before(&frame, &code)?;
        let button = make("button", "copy-code", labels.copy)?;
        button.set_attribute("type", "button").during("label a button")?;
        let language = code.query_selector("code").ok().flatten().map(|code| super::code::language(&code));
        if let Some(language) = language.filter(|language| !language.is_empty()) {
            frame.set_attribute("data-language", &language).during("label code")?;
        }
        frame.append_child(&code).during("add to the page")?;
        frame.append_child(&button).during("add to the page")?;
    }
    Ok(())
}
