//! The browser's own decoder for encodings that are not Unicode: the wasm carries no tables of them.

use crate::clip::encoding;

/// Hands the decoder to the room that understands clips. To be called where clips are parsed.
pub fn install() {
    encoding::install(decode);
}

/// Decodes bytes from the encoding of a WHATWG label; broken bytes become U+FFFD. `None` when the
/// browser does not know the label.
#[must_use]
pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let decoder = web_sys::TextDecoder::new_with_label(label).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
