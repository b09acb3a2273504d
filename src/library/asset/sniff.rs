//! What a file is by its first bytes, and how large a picture it holds.
//!
//! Start at [`sniff`]. Only headers are read, nothing is decoded: a picture that is damaged further
//! on is still one. Follows the PNG, GIF89a, JPEG (ITU T.81) with Exif 2.3, WebP container, BMP, ISO
//! BMFF (AVIF) and SVG 2 specifications as far as width and height go. Names count for nothing, but
//! for SVG, which is text and may have anything before its root.

use serde::{Deserialize, Serialize};

/// How many bytes of a container or of a text are looked through for what is sought.
const SEARCHED_BYTES: usize = 64 * 1024;

/// The most pixels of a picture that is drawn: decoded, each takes four bytes.
pub const MAX_PIXELS: u64 = 100_000_000;

/// The kinds of picture that a browser draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaType {
    /// Portable Network Graphics, animated ones too.
    Png,
    /// JPEG.
    Jpeg,
    /// Graphics Interchange Format.
    Gif,
    /// WebP: lossy, lossless, animated.
    Webp,
    /// AV1 pictures.
    Avif,
    /// Scalable Vector Graphics.
    Svg,
    /// Windows bitmaps.
    Bmp,
    /// Windows icons.
    Ico,
}

impl MediaType {
    /// The name that HTTP and browsers have for it.
    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Svg => "image/svg+xml",
            Self::Bmp => "image/bmp",
            Self::Ico => "image/x-icon",
        }
    }
}

/// What a picture is, and its size as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Its kind.
    pub kind: MediaType,
    /// Its width in pixels; 0 when not known.
    pub width: u32,
    /// Its height in pixels; 0 when not known.
    pub height: u32,
}

impl Media {
    /// Whether drawing it would take more memory than a page should.
    #[must_use]
    pub fn is_too_large_to_show(&self) -> bool {
        self.kind != MediaType::Svg && u64::from(self.width) * u64::from(self.height) > MAX_PIXELS
    }
}

/// What picture a file is; `None` when it is none.
#[must_use]
pub fn sniff(bytes: &[u8], name: &str) -> Option<Media> {
    let known = [
        (MediaType::Png, bytes.starts_with(b"\x89PNG\r\n\x1a\n"), png as fn(&[u8]) -> Size),
        (MediaType::Jpeg, bytes.starts_with(b"\xff\xd8\xff"), jpeg),
        (MediaType::Gif, bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a"), gif),
        (MediaType::Webp, bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"), webp),
        (MediaType::Avif, is_avif(bytes), avif),
        (MediaType::Bmp, is_bmp(bytes), bmp),
        (MediaType::Ico, is_ico(bytes), ico),
    ];
    if let Some((kind, _, size)) = known.into_iter().find(|(_, is_it, _)| *is_it) {
        let (width, height) = size(bytes).filter(|(w, h)| *w > 0 && *h > 0).unwrap_or_default();
        return Some(Media { kind, width, height });
    }
    let root = svg_root(bytes, name)?;
    let (width, height) = svg(&root).unwrap_or_default();
    Some(Media { kind: MediaType::Svg, width, height })
}

/// Width and height; `None` when the header does not tell.
type Size = Option<(u32, u32)>;

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn be_u16(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(|b| u16::from_be_bytes(b).into())
}

fn le_u16(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(|b| u16::from_le_bytes(b).into())
}

fn be_u32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

fn le_u32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

fn le_u24(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = array(bytes, at)?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn png(bytes: &[u8]) -> Size {
    (bytes.get(12..16)? == b"IHDR").then_some((be_u32(bytes, 16)?, be_u32(bytes, 20)?))
}

fn gif(bytes: &[u8]) -> Size {
    Some((le_u16(bytes, 6)?, le_u16(bytes, 8)?))
}

/// Walks over the segments to the frame's header; Exif's orientations 5 to 8 lie on their side.
fn jpeg(bytes: &[u8]) -> Size {
    let mut at = 2;
    let mut on_its_side = false;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // A filling byte stands before a marker; these markers have no length.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let (height, width) = (be_u16(bytes, at + 5)?, be_u16(bytes, at + 7)?);
                return Some(if on_its_side { (height, width) } else { (width, height) });
            }
            0xd9 | 0xda => return None,
            _ => {
                let length = usize::try_from(be_u16(bytes, at + 2)?).ok()?;
                if marker == 0xe1 {
                    let exif = bytes.get(at + 4..at + 2 + length).and_then(|s| s.strip_prefix(b"Exif\0\0"));
                    on_its_side |= exif.and_then(orientation).is_some_and(|o| (5..=8).contains(&o));
                }
                at += 2 + length.max(2);
            }
        }
    }
}

/// The tag 0x0112 of the first directory of a TIFF header.
fn orientation(tiff: &[u8]) -> Option<u32> {
    type Read = fn(&[u8], usize) -> Option<u32>;
    let (short, long): (Read, Read) = match tiff.get(..2)? {
        b"II" => (le_u16, le_u32),
        b"MM" => (be_u16, be_u32),
        _ => return None,
    };
    let directory = usize::try_from(long(tiff, 4)?).ok()?;
    let entries = usize::try_from(short(tiff, directory)?).ok()?;
    let mut places = (0..entries).map(|index| directory + 2 + index * 12);
    let place = places.find(|at| short(tiff, *at) == Some(0x0112))?;
    short(tiff, place + 8)
}

fn webp(bytes: &[u8]) -> Size {
    match bytes.get(12..16)? {
        b"VP8 " => {
            let is_key_frame = bytes.get(23..26)? == b"\x9d\x01\x2a";
            is_key_frame.then_some((le_u16(bytes, 26)? & 0x3fff, le_u16(bytes, 28)? & 0x3fff))
        }
        b"VP8L" => {
            let bits = le_u32(bytes, 21)?;
            (*bytes.get(20)? == 0x2f).then_some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((le_u24(bytes, 24)? + 1, le_u24(bytes, 27)? + 1)),
        _ => None,
    }
}

fn is_avif(bytes: &[u8]) -> bool {
    let length = be_u32(bytes, 0).and_then(|l| usize::try_from(l).ok()).unwrap_or_default();
    let brands = bytes.get(8..length.min(256)).unwrap_or_default();
    let (brands, _) = brands.as_chunks::<4>();
    bytes.get(4..8) == Some(b"ftyp") && brands.iter().any(|brand| matches!(brand, b"avif" | b"avis"))
}

/// The largest of the sizes that the container states: others are of thumbnails and tiles.
fn avif(bytes: &[u8]) -> Size {
    let head = bytes.get(..SEARCHED_BYTES).unwrap_or(bytes);
    let mut largest: Size = None;
    let mut from = 0;
    while let Some(found) = head.get(from..).and_then(|rest| position(rest, b"ispe")) {
        let at = from + found;
        if let (Some(width), Some(height)) = (be_u32(head, at + 8), be_u32(head, at + 12)) {
            let pixels = |(w, h): (u32, u32)| u64::from(w) * u64::from(h);
            let is_larger = largest.is_none_or(|size| pixels(size) < pixels((width, height)));
            largest = if is_larger { Some((width, height)) } else { largest };
        }
        from = at + 4;
    }
    let quarter_turns = position(head, b"irot").and_then(|at| head.get(at + 4)).map_or(0, |turns| turns & 3);
    largest.map(|(width, height)| if quarter_turns % 2 == 1 { (height, width) } else { (width, height) })
}

/// Two letters alone are not enough: the length of the header after the file's own is checked too.
fn is_bmp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM") && matches!(le_u32(bytes, 14), Some(12 | 40 | 52 | 56 | 64 | 108 | 124))
}

fn bmp(bytes: &[u8]) -> Size {
    if le_u32(bytes, 14)? == 12 {
        return Some((le_u16(bytes, 18)?, le_u16(bytes, 20)?));
    }
    // A negative height says that the lines run from top to bottom.
    let side = |at| array(bytes, at).map(|b| i32::from_le_bytes(b).unsigned_abs());
    Some((side(18)?, side(22)?))
}

fn icons(bytes: &[u8]) -> impl Iterator<Item = &[u8; 16]> {
    let count = le_u16(bytes, 4).and_then(|c| usize::try_from(c).ok()).unwrap_or_default();
    let (entries, _) = bytes.get(6..).unwrap_or_default().as_chunks::<16>();
    entries.iter().take(count)
}

/// Four bytes of which three are zero begin other files too: the first entry has to make sense.
fn is_ico(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\0\0\x01\0")
        && icons(bytes).next().is_some_and(|icon| {
            let after_entries = le_u16(bytes, 4).map_or(0, |count| 6 + count * 16);
            icon.get(3) == Some(&0)
                && le_u32(icon, 8).is_some_and(|length| length > 0)
                && le_u32(icon, 12).is_some_and(|offset| offset >= after_entries)
        })
}

fn ico(bytes: &[u8]) -> Size {
    let side = |byte: u8| if byte == 0 { 256 } else { u32::from(byte) };
    icons(bytes).map(|[width, height, ..]| (side(*width), side(*height))).max_by_key(|(w, h)| w * h)
}

/// The start tag of the root of an SVG file. Without the name's word for it, nothing but what XML
/// allows may stand before it: a page that holds a drawing is no picture.
fn svg_root(bytes: &[u8], name: &str) -> Option<String> {
    let head = bytes.get(..SEARCHED_BYTES).unwrap_or(bytes);
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let is_named = name.get(name.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case(".svg"));
    while !is_svg_tag(rest) {
        let close: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            // A document type may hold declarations in brackets.
            [b'<', b'!', ..] => {
                let end = position(rest, b">").unwrap_or(rest.len());
                let has_bracket = rest.get(..end).is_some_and(|before| before.contains(&b'['));
                if has_bracket { b"]>" } else { b">" }
            }
            _ if is_named => {
                let next = rest.iter().skip(1).position(|b| *b == b'<')? + 1;
                rest = rest.get(next..)?;
                continue;
            }
            _ => return None,
        };
        rest = rest.get(position(rest, close)? + close.len()..)?.trim_ascii_start();
    }
    let end = rest.iter().position(|b| *b == b'>').unwrap_or(rest.len());
    Some(String::from_utf8_lossy(rest.get(..end)?).into_owned())
}

fn is_svg_tag(text: &[u8]) -> bool {
    let after = text.strip_prefix(b"<svg:svg").or_else(|| text.strip_prefix(b"<svg"));
    after.and_then(<[u8]>::first).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
}

/// Width and height of the root, or of its view box.
fn svg(root: &str) -> Size {
    let stated = attribute(root, "width").and_then(length).zip(attribute(root, "height").and_then(length));
    let of_view = || {
        let mut numbers = attribute(root, "viewBox")?.split([' ', ',', '\n', '\t', '\r']).filter(|n| !n.is_empty());
        Some((pixels(numbers.nth(2)?)?, pixels(numbers.next()?)?))
    };
    stated.or_else(of_view)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        // `stroke-width` ends in the same word.
        let is_whole = rest.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
        rest = rest.get(at + name.len()..)?;
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        if let Some(value) = value.filter(|_| is_whole) {
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value.get(1..)?.split(quote).next();
        }
    }
}

/// A length in pixels; `None` for shares of a page and for units that hang on a font.
fn length(text: &str) -> Option<u32> {
    let text = text.trim();
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(unit_at)?;
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        _ => return None,
    };
    whole(number.trim().parse::<f64>().ok()? * factor)
}

fn pixels(number: &str) -> Option<u32> {
    whole(number.parse().ok()?)
}

/// A number of pixels, rounded, when it makes sense.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was looked at")]
fn whole(number: f64) -> Option<u32> {
    let rounded = number.round();
    (1.0..=1e9).contains(&rounded).then_some(rounded as u32)
}
