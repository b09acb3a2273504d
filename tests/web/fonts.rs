//! The fonts of a clip are looked for where nobody sees it.

use clip_viewer::browser::fonts;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn letters_are_in_the_page_and_leave_nothing_behind() {
    let body = web_sys::window().unwrap().document().unwrap().body().unwrap();
    js_sys::eval("globalThis.seen = new MutationObserver(() => {}); seen.observe(document.body, { childList: true })")
        .unwrap();
    let before = body.inner_html();
    fonts::look_up().unwrap();
    assert_eq!(body.inner_html(), before);
    let forms = "globalThis.seen.takeRecords().flatMap((r) => [...r.addedNodes]).map((n) => n.querySelectorAll('.clip-head h1, .clip-body p, .clip-body code').length).join()";
    assert_eq!(js_sys::eval(forms).unwrap().as_string().as_deref(), Some("3"));
}
