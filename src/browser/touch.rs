//! What lies under a finger, and a sheet that follows one. What a finger means is
//! [`crate::session::gesture`]'s.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};

use super::{BrowserError, During, document, page, window};
use crate::session::gesture::{Ground, Point};

/// Enlarged by two fingers, the page moves in all directions, and no way across it is the app's.
const ENLARGED: f64 = 1.02;

/// Where a finger is.
#[must_use]
pub fn point(event: &PointerEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()), at_ms: event.time_stamp() }
}

/// Whether an event is that of the only finger on the screen.
#[must_use]
pub fn is_one_finger(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch" && event.is_primary()
}

/// What a finger touches within the element with that id; none when it touches something else. Some
/// elements are `pulled` by their head.
#[must_use]
pub fn ground(event: &PointerEvent, id: &str, pulled: bool) -> Option<Ground> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let within = document().ok()?.get_element_by_id(id).filter(|within| within.contains(Some(&target)))?;
    let is_on = |selector: &str| target.closest(selector).ok().flatten().is_some();
    let mut ground = Ground {
        width: window().ok()?.inner_width().ok()?.as_f64()?,
        handle: (pulled && is_on(".sheet-head")).then(|| within.get_bounding_client_rect().height()),
        is_taken: enlargement() > ENLARGED || is_selecting() || is_on("input, select, textarea, video, audio"),
        ..Ground::default()
    };
    let mut around = Some(target.clone());
    while let Some(element) = around {
        let (leftward, rightward) = scrolls(&element);
        ground.scrolls_leftward |= leftward;
        ground.scrolls_rightward |= rightward;
        around = if element == within { None } else { element.parent_element() };
    }
    Some(ground)
}

/// Whether an element scrolls when a finger on it goes to the left, and when it goes to the right.
fn scrolls(element: &Element) -> (bool, bool) {
    let spare = element.scroll_width() - element.client_width();
    let style = window().ok().and_then(|window| window.get_computed_style(element).ok().flatten());
    let said = |name: &str| style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
    if spare < 2 || !matches!(said("overflow-x").as_str(), "auto" | "scroll") {
        return (false, false);
    }
    // From right to left, what is scrolled is counted below zero.
    let (least, most) = if said("direction") == "rtl" { (-spare, 0) } else { (0, spare) };
    let at = element.scroll_left();
    (at < most - 1, at > least + 1)
}

/// Whether something is selected.
#[must_use]
pub fn is_selecting() -> bool {
    let selection = window().ok().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

fn enlargement() -> f64 {
    window().ok().and_then(|window| window.visual_viewport()).map_or(1.0, |view| view.scale())
}

/// Tells the style sheet whether two fingers enlarged the page: it is moved by one finger then.
///
/// # Errors
/// When there is no window to listen on.
pub fn watch_enlargement() -> Result<(), BrowserError> {
    let Some(view) = window()?.visual_viewport() else { return Ok(()) };
    gloo::events::EventListener::new(&view, "resize", |_| {
        // A page that can't be told stays as it is.
        drop(page::set_root_attribute("data-enlarged", if enlargement() > ENLARGED { "true" } else { "false" }));
    })
    .forget();
    Ok(())
}

/// How a sheet stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stand {
    /// In its place, to which it goes back.
    There,
    /// So many pixels below it, under a finger.
    Pulled(f64),
    /// Out of sight, to where it goes on.
    Away,
}

/// Moves a sheet.
///
/// # Errors
/// When it is not there.
pub fn stand(id: &str, stand: Stand) -> Result<(), BrowserError> {
    const OPERATION: &str = "change the page";
    let sheet = document()?.get_element_by_id(id).and_then(|sheet| sheet.dyn_into::<HtmlElement>().ok());
    let sheet = sheet.ok_or_else(|| BrowserError::missing(OPERATION))?;
    let by = match stand {
        Stand::There => String::new(),
        Stand::Pulled(px) => format!("translateY({px}px)"),
        Stand::Away => "translateY(100%)".to_owned(),
    };
    sheet.toggle_attribute_with_force("data-pulled", matches!(stand, Stand::Pulled(_))).during(OPERATION)?;
    sheet.style().set_property("transform", &by).during(OPERATION)
}
