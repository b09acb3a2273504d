//! The outline's list: written once, then only changed.

use clip_viewer::browser::outline::{Drawn, mark};
use clip_viewer::session::outline::{Look, Row};
use wasm_bindgen_test::wasm_bindgen_test;

fn row(line: u32, text: &str, depth: u8, children: bool) -> Row {
    Row { id: format!("h-{line}"), text: text.to_owned(), level: depth + 2, depth, line, children }
}

#[wasm_bindgen_test]
fn rows_stay_the_same_elements_when_something_is_folded() {
    let list = web_sys::window().unwrap().document().unwrap().create_element("ol").unwrap();
    let rows = [row(1, "Ebb & mud", 0, true), row(2, "Mud", 1, false), row(3, "Flood", 0, false)];
    let mut drawn = Drawn::default();
    let mut draw = |rows: &[Row], looks: &[Look]| {
        drawn.draw(&list, rows, looks, |name| format!("Below {name}")).unwrap();
    };
    draw(&rows, &[Look::default(); 3]);
    mark(&list, Some(1));
    assert_eq!(
        list.inner_html(),
        "<li data-depth=\"0\"><button type=\"button\" class=\"fold\" aria-expanded=\"true\" aria-label=\"Below Ebb &amp; mud\">\
         </button><a href=\"#h-1\" data-level=\"2\">Ebb &amp; mud</a></li>\
         <li data-depth=\"1\"><a href=\"#h-2\" data-level=\"3\" aria-current=\"true\">Mud</a></li>\
         <li data-depth=\"0\"><a href=\"#h-3\" data-level=\"2\">Flood</a></li>"
    );
    let button = list.query_selector("button").unwrap().unwrap();
    let folded = [Look { hidden: false, folded: true }, Look { hidden: true, folded: false }, Look::default()];
    draw(&rows, &folded);
    assert_eq!(list.query_selector("button").unwrap().as_ref(), Some(&button), "who pressed it still has the focus");
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
    let hidden = |at: u32| list.children().item(at).unwrap().has_attribute("hidden");
    assert_eq!([hidden(0), hidden(1), hidden(2)], [false, true, false]);
    draw(&rows, &[Look::default(); 3]);
    assert!(!hidden(1), "it is opened again");
    draw(&rows[2..], &[Look::default()]);
    assert_eq!(list.text_content().as_deref(), Some("Flood"), "another clip has other rows");
}
