//! The pictures of the open clip, one by one: which was clicked, and where each can be shown larger.

use wasm_bindgen::prelude::*;

use super::body::select;
use super::pictures;

/// Pictures that are seen. Smaller ones are ornaments of a line.
const SHOWN: &str = "img[src]:not([data-broken])";
const LEAST_PX: u32 = 48;

/// A picture to be shown alone.
#[derive(Debug)]
pub struct Picture {
    /// Its place among the pictures of the clip, from 0.
    pub at: usize,
    /// How many there are.
    pub count: usize,
    /// Where it is loaded from.
    pub address: String,
    /// What stands for it in words; empty when there are none.
    pub words: String,
    /// Whether the address was made for this, and is to be taken back.
    made: bool,
}

impl Drop for Picture {
    fn drop(&mut self) {
        if self.made {
            // An address that is taken back already is what is wanted.
            drop(web_sys::Url::revoke_object_url(&self.address));
        }
    }
}

fn all(body: &web_sys::Element) -> Vec<web_sys::HtmlImageElement> {
    let images = select(body, SHOWN).into_iter().filter_map(|image| image.dyn_into().ok());
    images.filter(|image: &web_sys::HtmlImageElement| image.natural_width() >= LEAST_PX).collect()
}

/// Which picture of the clip was clicked; `None` when none was, or one that leads somewhere.
#[must_use]
pub fn clicked(event: &web_sys::MouseEvent, body: &web_sys::Element) -> Option<usize> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let leads = target.closest("a, button").ok()?.is_some();
    let is_it = |image: &web_sys::HtmlImageElement| image.unchecked_ref::<web_sys::Element>() == &target;
    all(body).iter().position(is_it).filter(|_| !leads)
}

/// The first picture that is in sight or below, else the last one.
#[must_use]
pub fn near(body: &web_sys::Element) -> Option<usize> {
    let all = all(body);
    let below = all.iter().position(|image| super::upright::landmark(&image.get_bounding_client_rect()).bottom > 0.0);
    below.or(all.len().checked_sub(1))
}

/// The picture at that place. One that is kept here is read again: the address that it was shown
/// from is gone.
pub async fn picture(body: &web_sys::Element, at: usize) -> Option<Picture> {
    let all = all(body);
    let image = all.get(at)?;
    let hash = image.get_attribute("data-picture").filter(|hash| hash != "hosted");
    let address = match &hash {
        Some(hash) => pictures::address(hash, &image.get_attribute("data-mime").unwrap_or_default()).await?,
        None => image.current_src(),
    };
    let caption = || {
        let figure = image.closest("figure").ok()??;
        figure.query_selector("figcaption").ok()??.text_content()
    };
    let words = Some(image.alt()).filter(|words| !words.trim().is_empty()).or_else(caption).unwrap_or_default();
    Some(Picture { at, count: all.len(), address, words, made: hash.is_some() })
}
