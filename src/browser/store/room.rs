//! The room that the browser gives this page: how much is used, and whether it lasts.

use wasm_bindgen::prelude::*;

fn manager() -> Option<web_sys::StorageManager> {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("navigator")).ok()?;
    let manager = js_sys::Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?;
    manager.dyn_into().ok()
}

/// Asks the browser not to throw away what is kept here when it runs short of room. Returns whether
/// it agrees; `false` where it can't be asked.
pub async fn persist() -> bool {
    let has_it = |manager: &web_sys::StorageManager| {
        js_sys::Reflect::has(manager, &JsValue::from_str("persist")).unwrap_or(false)
    };
    let asked = manager().filter(has_it).and_then(|manager| manager.persist().ok());
    match asked {
        Some(asked) => wasm_bindgen_futures::JsFuture::from(asked).await.is_ok_and(|agreed| agreed.is_truthy()),
        None => false,
    }
}

/// How much of the browser's room this page uses, and how much it may, in bytes; `None` where the
/// browser does not say.
pub async fn room() -> Option<(f64, f64)> {
    let estimate = wasm_bindgen_futures::JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let number = |name: &str| js_sys::Reflect::get(&estimate, &JsValue::from_str(name)).ok()?.as_f64();
    Some((number("usage")?, number("quota")?))
}
