//! Lines that stand upright, one left of the other: the text is then a sheet that scrolls sideways, inside of
//! a page that stands still. What [`super::viewport`] measures is measured along the way that is read: from
//! the right edge of the sheet to the left.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DomRect, HtmlElement};

use super::{BrowserError, document, window};
use crate::session::Landmark;

#[wasm_bindgen]
extern "C" {
    /// An element that says how far it is scrolled to a fraction of a pixel.
    type Scrolled;

    #[wasm_bindgen(method, getter, js_name = scrollLeft)]
    fn left(this: &Scrolled) -> f64;

    /// How far a wheel was turned.
    type Turned;

    #[wasm_bindgen(method, getter, js_name = deltaX)]
    fn across(this: &Turned) -> f64;

    #[wasm_bindgen(method, getter, js_name = deltaY)]
    fn down(this: &Turned) -> f64;

    #[wasm_bindgen(method, getter, js_name = deltaMode)]
    fn unit(this: &Turned) -> u32;

    #[wasm_bindgen(method, getter, js_name = ctrlKey)]
    fn enlarges(this: &Turned) -> bool;
}

thread_local! {
    /// The sheet, while lines stand upright.
    static SHEET: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Has the lines of the element with that id measured as they stand: upright, or lying as everywhere else.
///
/// # Errors
/// When the element is not there.
pub fn stand(id: Option<&str>) -> Result<(), BrowserError> {
    const OPERATION: &str = "change the page";
    let sheet = id.map(|id| {
        let sheet = document()?.get_element_by_id(id).and_then(|sheet| sheet.dyn_into::<HtmlElement>().ok());
        sheet.ok_or_else(|| BrowserError::missing(OPERATION))
    });
    SHEET.set(sheet.transpose()?);
    Ok(())
}

/// A wheel that turns down moves upright lines to the right: ahead. Where something in the text scrolls down
/// itself, it does that first.
///
/// # Errors
/// When the element with that id is not there.
pub fn watch_wheel(id: &str) -> Result<(), BrowserError> {
    let sheet = document()?.get_element_by_id(id).ok_or_else(|| BrowserError::missing("change the page"))?;
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    gloo::events::EventListener::new_with_options(&sheet, "wheel", options, |event| {
        let turned: &Turned = event.unchecked_ref();
        if !stands() || turned.enlarges() || turned.down().abs() <= turned.across().abs() || scrolls_down(event) {
            return;
        }
        event.prevent_default();
        // Firefox counts lines.
        let px = if turned.unit() == 0 { turned.down() } else { turned.down() * 40.0 };
        scroll_to(scrolled() + px);
    })
    .forget();
    Ok(())
}

/// Whether the wheel is over something within the text that scrolls down.
fn scrolls_down(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let within = target.and_then(|target| target.closest(".table-scroll, pre, .math").ok().flatten());
    within.is_some_and(|within| within.scroll_height() > within.client_height() + 1)
}

/// Whether lines stand upright.
#[must_use]
pub fn stands() -> bool {
    SHEET.with_borrow(Option::is_some)
}

fn of_sheet<T>(measure: impl FnOnce(&HtmlElement) -> T) -> Option<T> {
    SHEET.with_borrow(|sheet| sheet.as_ref().map(measure))
}

/// Whether an event came from the sheet, or from the page as a whole.
pub(super) fn is_of_text(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_none_or(|target| of_sheet(|sheet| **sheet == target) == Some(true))
}

/// Where a rectangle is along the way that is read.
pub(super) fn landmark(rectangle: &DomRect) -> Landmark {
    let right = of_sheet(|sheet| sheet.get_bounding_client_rect().right());
    right.map_or_else(
        || Landmark { top: rectangle.top(), bottom: rectangle.bottom() },
        |right| Landmark { top: right - rectangle.right(), bottom: right - rectangle.left() },
    )
}

/// How much of the way is in sight, in CSS pixels.
pub(super) fn in_sight() -> f64 {
    let height = || window().ok().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default();
    of_sheet(|sheet| f64::from(sheet.client_width())).unwrap_or_else(height)
}

/// Where the way ends, in CSS pixels from where what is in sight begins.
pub(super) fn end() -> f64 {
    let root = || document().ok().and_then(|document| document.document_element());
    of_sheet(|sheet| f64::from(sheet.scroll_width()) - behind(sheet))
        .unwrap_or_else(|| root().map_or(0.0, |root| root.get_bounding_client_rect().bottom()))
}

/// How much of the way lies behind, in CSS pixels.
#[must_use]
pub fn scrolled() -> f64 {
    let of_window = || window().ok().and_then(|window| window.scroll_y().ok()).unwrap_or_default();
    of_sheet(behind).unwrap_or_else(of_window)
}

fn behind(sheet: &HtmlElement) -> f64 {
    -sheet.unchecked_ref::<Scrolled>().left()
}

/// Scrolls so that so much of the way lies behind.
pub fn scroll_to(px: f64) {
    let options = web_sys::ScrollToOptions::new();
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    let done = of_sheet(|sheet| {
        options.set_left(-px);
        sheet.scroll_to_with_scroll_to_options(&options);
    });
    if let (None, Ok(window)) = (done, window()) {
        options.set_top(px);
        window.scroll_to_with_scroll_to_options(&options);
    }
}

/// Goes on, or back, by a share of what is in sight.
pub fn turn_page(share: f64) {
    let whole = of_sheet(|sheet| f64::from(sheet.scroll_width())).unwrap_or_default();
    scroll_to((scrolled() + in_sight() * share).clamp(0.0, whole));
}
