//! The names of entries as text: UTF-8 where it is, the encoding of an old Windows where not.

use crate::clip::encoding;
use crate::library::path::MAX_PATH_BYTES;

/// The number of Info-ZIP's extra field for a name in UTF-8.
pub(super) const UNICODE_PATH: u16 = 0x7075;

/// The name in the field [`UNICODE_PATH`], when it is about the name that the entry has now.
pub(super) fn from_extra(field: &[u8], name: &[u8]) -> Option<String> {
    let [1, a, b, c, d, text @ ..] = field else {
        return None;
    };
    let same = super::crc::crc_32(name) == u32::from_le_bytes([*a, *b, *c, *d]);
    // One that could not come in is not kept: twenty thousand of them would fill the memory.
    (same && text.len() <= MAX_PATH_BYTES).then(|| String::from_utf8(text.to_vec()).ok()).flatten()
}

/// Decodes names that are not UTF-8: all together, as one program wrote them and a single short
/// name says little of its encoding.
pub(super) fn decode(names: &[Vec<u8>]) -> Vec<String> {
    // No encoding that is guessed has a line ending inside a character.
    let mut lines = Vec::new();
    for name in names {
        lines.extend(name.iter().map(|byte| if *byte == b'\n' { b' ' } else { *byte }));
        lines.push(b'\n');
    }
    let text = encoding::decode_names(&lines);
    let decoded: Vec<String> = text.iter().flat_map(|text| text.split_terminator('\n')).map(str::to_owned).collect();
    if decoded.len() == names.len() {
        return decoded;
    }
    names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}
