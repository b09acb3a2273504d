//! Pictures that came beside clips, put where a clip means them. Only those that come near to what
//! is in sight are read; an address that was made for one is taken back as soon as it is shown.

use crate::clip::order;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::body::select;
use super::store;

/// How far from what is in sight a picture is fetched.
const NEAR: &str = "150% 0px";

thread_local! {
    static OBSERVER: Option<web_sys::IntersectionObserver> = observer();
}

/// A picture for the references of a body.
#[derive(Debug, Clone)]
pub struct Found {
    /// The hash of its bytes.
    pub hash: String,
    /// Its media type.
    pub mime: &'static str,
    /// Its size in pixels; 0 when it is not known.
    pub size: (u32, u32),
}

/// The pictures of a body that did not come yet, by how the clip names them.
#[must_use]
pub fn wanted(body: &web_sys::Element) -> Vec<String> {
    let mut references: Vec<String> =
        select(body, MISSING).iter().filter_map(|picture| picture.get_attribute("data-asset")).collect();
    order::sort(&mut references);
    references.dedup();
    references
}

/// Pictures in files beside the clip that have not been found.
const MISSING: &str = "img[data-asset]:not([data-picture])";

/// Puts the pictures that were found where the body has them, each with its size, so that nothing
/// moves when it is loaded.
pub fn place(body: &web_sys::Element, found: impl Fn(&str) -> Option<Found>) {
    for picture in select(body, MISSING) {
        let reference = picture.get_attribute("data-asset").unwrap_or_default();
        let Some(found) = found(&reference) else { continue };
        let (width, height) = found.size;
        let mut attributes = vec![("data-picture", found.hash), ("data-mime", found.mime.to_owned())];
        if width > 0 && height > 0 && !picture.has_attribute("width") {
            attributes.extend([("width", width.to_string()), ("height", height.to_string())]);
        }
        for (name, value) in attributes {
            // An attribute that the browser refuses leaves the picture where it is: missing.
            drop(picture.set_attribute(name, &value));
        }
        if let Some(card) = picture.previous_element_sibling().filter(|card| card.class_name() == "missing-picture") {
            card.remove();
        }
        OBSERVER.with(|observer| match observer {
            Some(observer) => observer.observe(&picture),
            None => load(picture),
        });
    }
}

/// Puts pictures that are hosted beside the page where the body has them, by their addresses; the
/// browser fetches those that come near. `lost` hears of each that is not there after all.
pub fn place_hosted(
    body: &web_sys::Element,
    address: impl Fn(&str) -> Option<String>,
    lost: impl Fn() + Clone + 'static,
) {
    for picture in select(body, MISSING) {
        let address = address(&picture.get_attribute("data-asset").unwrap_or_default());
        let (Some(address), Some(image)) = (address, picture.dyn_ref::<web_sys::HtmlImageElement>()) else { continue };
        let card = picture.previous_element_sibling().filter(|card| card.class_name() == "missing-picture");
        card.iter().for_each(web_sys::Element::remove);
        let lost = lost.clone();
        let failed = Closure::once_into_js(move |event: web_sys::Event| {
            let Some(there) = picture_of(&event) else { return };
            fail(&there);
            if let (Some(card), Some(parent)) = (card, there.parent_node()) {
                // Without its card, the picture's own words stand in its place.
                drop(parent.insert_before(&card, Some(&there)));
            }
            lost();
        });
        image.set_onerror(Some(failed.unchecked_ref()));
        image.set_decoding("async");
        // An attribute that the browser refuses costs no more than that the picture comes sooner.
        drop(picture.set_attribute("loading", "lazy"));
        drop(picture.set_attribute("data-picture", "hosted"));
        image.set_src(&address);
    }
}

fn observer() -> Option<web_sys::IntersectionObserver> {
    let seen = Closure::<dyn FnMut(Array, web_sys::IntersectionObserver)>::new(
        |entries: Array, observer: web_sys::IntersectionObserver| {
            for entry in entries.iter().map(JsCast::unchecked_into::<web_sys::IntersectionObserverEntry>) {
                if entry.is_intersecting() {
                    observer.unobserve(&entry.target());
                    load(entry.target());
                }
            }
        },
    );
    let options = web_sys::IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let observer = web_sys::IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok();
    seen.forget();
    observer
}

fn load(picture: web_sys::Element) {
    let hash = picture.get_attribute("data-picture").unwrap_or_default();
    let mime = picture.get_attribute("data-mime").unwrap_or_default();
    spawn_local(async move {
        let bytes = store::picture(&hash).await.ok().flatten();
        if bytes.and_then(|bytes| show(&picture, &bytes, &mime)).is_none() {
            fail(&picture);
        }
    });
}

/// An address for a picture that is kept here; whoever asks takes it back.
pub(super) async fn address(hash: &str, mime: &str) -> Option<String> {
    address_of(&store::picture(hash).await.ok()??, mime)
}

fn address_of(bytes: &Uint8Array, mime: &str) -> Option<String> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options).ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}

fn show(picture: &web_sys::Element, bytes: &Uint8Array, mime: &str) -> Option<()> {
    let image: &web_sys::HtmlImageElement = picture.dyn_ref()?;
    let url = address_of(bytes, mime)?;
    let (of_load, of_error) = (url.clone(), url.clone());
    // What is loaded needs its address no more.
    let loaded = Closure::once_into_js(move || drop(web_sys::Url::revoke_object_url(&of_load)));
    let failed = Closure::once_into_js(move |event: web_sys::Event| {
        drop(web_sys::Url::revoke_object_url(&of_error));
        picture_of(&event).iter().for_each(fail);
    });
    image.set_onload(Some(loaded.unchecked_ref()));
    image.set_onerror(Some(failed.unchecked_ref()));
    image.set_decoding("async");
    image.set_src(&url);
    Some(())
}

/// The picture that an event is of. A handler must not hold its picture itself: one that is never
/// called would keep the picture, and with it the whole clip around it, for as long as the page lives.
fn picture_of(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

/// A picture that can't be shown: its words stand in its place.
fn fail(picture: &web_sys::Element) {
    for name in ["src", "width", "height"] {
        // What is not there needs no removing.
        drop(picture.remove_attribute(name));
    }
    drop(picture.set_attribute("data-broken", "true"));
}
