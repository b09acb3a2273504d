//! Whether a picture's address says that there is nothing to see: none at all, a picture of one
//! pixel, a drawing without a line, a counter of readers.

use std::borrow::Cow;

/// How much of an address is looked at; the beginning tells.
const LOOKED_AT: usize = 4096;

/// Whether nothing is to be seen at an address.
#[must_use]
pub fn is_blank(address: &str) -> bool {
    let address = address.trim();
    if matches!(address, "" | "#" | "about:blank" | "undefined" | "null") {
        return true;
    }
    let plain = decoded(address);
    if let Some(at) = plain.find("data:image/") {
        return is_blank_data(plain.get(at + "data:image/".len()..).unwrap_or_default(), address.len() > LOOKED_AT);
    }
    is_stand_in(&plain) || is_counter(&plain)
}

/// Whether a tag of raw HTML is a picture without content.
#[must_use]
pub fn is_blank_element(html: &str) -> bool {
    let is_picture = html.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("<img"));
    is_picture && attribute(html, "src").is_some_and(is_blank)
        || is_picture && attribute(html, "width") == Some("1") && attribute(html, "height") == Some("1")
}

fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(&format!(" {name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next()
}

/// The beginning of an address, with `%xx` of ASCII read.
fn decoded(address: &str) -> Cow<'_, str> {
    if address.len() <= LOOKED_AT && !address.contains('%') {
        return Cow::Borrowed(address);
    }
    let mut bytes = address.bytes().take(LOOKED_AT).peekable();
    let mut plain = String::with_capacity(address.len().min(LOOKED_AT));
    let digit = |b: u8| char::from(b).to_digit(16);
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            plain.push(char::from(byte));
            continue;
        }
        let Some(high) = bytes.next_if(u8::is_ascii_hexdigit).and_then(digit) else {
            plain.push('%');
            continue;
        };
        let low = bytes.next_if(u8::is_ascii_hexdigit).and_then(digit).unwrap_or(0);
        plain.push(char::from_u32(high * 16 + low).filter(char::is_ascii).unwrap_or('\u{FFFD}'));
    }
    Cow::Owned(plain)
}

/// What stands after `data:image/`.
fn is_blank_data(data: &str, is_cut: bool) -> bool {
    let Some((kind, content)) = data.split_once(',') else { return data.trim().is_empty() };
    let kind = kind.to_ascii_lowercase();
    let in_base64 = kind.contains("base64");
    if kind.starts_with("svg") {
        let drawing = if in_base64 {
            String::from_utf8_lossy(&base64(content, LOOKED_AT)).into_owned()
        } else {
            content.to_owned()
        };
        return !is_cut && is_blank_drawing(&drawing);
    }
    if !in_base64 {
        return content.trim().is_empty();
    }
    let head = base64(content, 24);
    let size = match (kind.as_bytes().first(), head.as_slice()) {
        (Some(b'g'), [_, _, _, _, _, _, w0, w1, h0, h1, ..]) => {
            Some((u32::from(u16::from_le_bytes([*w0, *w1])), u32::from(u16::from_le_bytes([*h0, *h1]))))
        }
        (Some(b'p'), [_, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, w0, w1, w2, w3, h0, h1, h2, h3]) => {
            Some((u32::from_be_bytes([*w0, *w1, *w2, *w3]), u32::from_be_bytes([*h0, *h1, *h2, *h3])))
        }
        _ => None,
    };
    head.is_empty() || size.is_some_and(|(wide, high)| wide <= 2 && high <= 2)
}

/// A drawing of a pixel, or with no more than frames and empty groups.
fn is_blank_drawing(drawing: &str) -> bool {
    const SHAPES: [&str; 11] = [
        "<path",
        "<text",
        "<circle",
        "<ellipse",
        "<image",
        "<polygon",
        "<polyline",
        "<line ",
        "<use",
        "<foreign",
        "<symbol",
    ];
    let drawing = drawing.to_ascii_lowercase().replace(['\\', '\''], "\"");
    let is_one =
        |side: &str| drawing.contains(&format!(" {side}=\"1px\"")) || drawing.contains(&format!(" {side}=\"1\""));
    let pixel = is_one("width") && is_one("height");
    let filled = drawing.contains("<rect") && !drawing.contains("opacity=\"0\"") && !drawing.contains("fill=\"none\"");
    pixel || (!filled && !SHAPES.iter().any(|shape| drawing.contains(shape)))
}

/// The first bytes of a base64 text.
fn base64(text: &str, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut bits = 0_u32;
    let mut held = 0_u32;
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b' ' | b'\n' | b'\r' => continue,
            _ => break,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xFF).unwrap_or(0));
            if bytes.len() >= most {
                break;
            }
        }
    }
    bytes
}

/// A file that pages put where a picture is to come. A drawing may well be of something that
/// loads, so those names count for what moves only.
fn is_stand_in(address: &str) -> bool {
    const NAMES: [&str; 8] =
        ["blank", "spacer", "transparent", "placeholder", "lazyload", "lazy-load", "lazy_load", "1x1"];
    const MOVING: [&str; 8] = ["loading", "lazy", "pixel", "empty", "grey", "gray", "clear", "img_loading"];
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    name.rsplit_once('.').is_some_and(|(stem, kind)| match kind {
        "gif" => NAMES.contains(&stem) || MOVING.contains(&stem),
        "png" | "svg" | "webp" => NAMES.contains(&stem),
        _ => false,
    })
}

/// An address that counts readers.
fn is_counter(address: &str) -> bool {
    const PLACES: [&str; 14] = [
        "//pixel.",
        "//beacon.",
        "//stats.wp.com/",
        "google-analytics.com/",
        "//ad.doubleclick.net/",
        "doubleclick.net/",
        "facebook.com/tr?",
        "scorecardresearch.com/",
        "feedburner.com/~",
        "feedsportal.com/",
        "/_/stat?",
        "/track/open",
        "/open.gif",
        "hm.baidu.com/",
    ];
    let lower = address.to_ascii_lowercase();
    lower.starts_with("http") && PLACES.iter().any(|place| lower.contains(place))
}
