//! The browser's own decoder of legacy encodings.

use clip_viewer::browser::decoder::{decode, install};
use clip_viewer::clip::{self, Options};
use wasm_bindgen_test::wasm_bindgen_test;

/// "你好，世界" in GBK.
const GREETING: &[u8] = b"\xc4\xe3\xba\xc3\xa3\xac\xca\xc0\xbd\xe7";

#[wasm_bindgen_test]
fn a_label_of_the_standard_is_known_and_another_is_not() {
    assert_eq!(decode("gb18030", GREETING).as_deref(), Some("你好，世界"));
    assert_eq!(decode("klingon", GREETING), None);
}

#[wasm_bindgen_test]
fn a_clip_is_decoded_by_it() {
    install();
    let options = Options { encoding: Some("gb18030".to_owned()), ..Options::default() };
    assert_eq!(clip::parse(GREETING, &options).source.text, "你好，世界");
}
