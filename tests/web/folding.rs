//! Sections that are folded while their clip is still on its way.

use clip_viewer::browser::remote::{Allowed, Unseen};
use clip_viewer::browser::worker::Payload;
use clip_viewer::browser::{body, folding};
use wasm_bindgen_test::wasm_bindgen_test;

use super::body::LABELS;

#[wasm_bindgen_test]
fn a_fold_reaches_into_chunks_that_come_later() {
    let document = web_sys::window().unwrap().document().unwrap();
    let element = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&element).unwrap();
    let arrive = |index: usize, html: &str| {
        let (allowed, unseen) = (Allowed::default(), &mut Unseen::default());
        body::put_chunk(&element, index, &Payload::of(html), LABELS, &allowed, unseen).unwrap();
        folding::chunk_arrived(&element, index);
    };
    let folded = || {
        let found = element.query_selector_all("p[data-in-fold]").unwrap();
        (0..found.length()).filter_map(|at| found.get(at)?.text_content()).collect::<Vec<_>>().join(" ")
    };
    arrive(0, "<h2 id=\"h-one\" data-line=\"1\">One</h2><p>a</p>");
    arrive(1, "<p>b</p>");
    assert_eq!(folded(), "");
    assert_eq!(folding::toggle(&element, "h-one"), Some(true));
    assert_eq!(folded(), "a b");
    arrive(2, "");
    arrive(3, "<p>c</p><h2 id=\"h-two\" data-line=\"7\">Two</h2><p>d</p>");
    arrive(4, "<p>e</p>");
    assert_eq!(folded(), "a b c", "up to the next heading of its rank");
    element.remove();
}
