//! Which addresses may stand in the page.
//!
//! An address is judged as the browser will read it: entities are decoded before it comes here;
//! leading and trailing controls and spaces, and tabs and line breaks anywhere, do not count
//! (WHATWG URL standard, basic URL parser).

use std::borrow::Cow;

/// What an address of a link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link<'a> {
    /// It leads out of the page.
    Outside(Cow<'a, str>),
    /// It leads to a place of the clip; without the `#`.
    Fragment(Cow<'a, str>),
    /// It is relative to the saved page, and leads nowhere here.
    Relative(Cow<'a, str>),
    /// Its scheme may not be followed.
    Refused,
}

/// What a picture's address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture<'a> {
    /// On another host: waits for consent.
    Remote(Cow<'a, str>),
    /// A file beside the clip.
    Asset(Cow<'a, str>),
    /// Inside the clip itself, in a format without scripts.
    Data(Cow<'a, str>),
    /// None that may be shown.
    Refused,
}

fn as_browsers_read(address: &str) -> Cow<'_, str> {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    if !trimmed.bytes().any(|b| matches!(b, b'\t' | b'\n' | b'\r')) {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(trimmed.replace(['\t', '\n', '\r'], ""))
}

/// The scheme in lower case; `None` for a relative address.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.chars();
    let starts = letters.next()?.is_ascii_alphabetic();
    let goes_on = letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (starts && goes_on).then(|| scheme.to_ascii_lowercase())
}

/// Judges the address of a link.
#[must_use]
pub fn link(address: &str) -> Link<'_> {
    let address = as_browsers_read(address);
    if let Some(fragment) = address.strip_prefix('#') {
        return Link::Fragment(Cow::Owned(fragment.to_owned()));
    }
    match scheme(&address).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => Link::Outside(encoded(address)),
        Some(_) => Link::Refused,
        None if is_network_path(&address) => Link::Outside(on_https(&address)),
        None => Link::Relative(encoded(address)),
    }
}

/// Judges the address of a picture.
#[must_use]
pub fn picture(address: &str) -> Picture<'_> {
    let address = as_browsers_read(address);
    match scheme(&address).as_deref() {
        Some("http" | "https") => Picture::Remote(encoded(address)),
        Some("data") if is_raster(&address) => Picture::Data(address),
        Some(_) => Picture::Refused,
        None if is_network_path(&address) => Picture::Remote(on_https(&address)),
        None if address.is_empty() => Picture::Refused,
        None => Picture::Asset(encoded(address)),
    }
}

/// `//host/…`, in all the ways that browsers take for it.
fn is_network_path(address: &str) -> bool {
    address.starts_with(['/', '\\']) && address.get(1..).is_some_and(|rest| rest.starts_with(['/', '\\']))
}

fn on_https(address: &str) -> Cow<'static, str> {
    Cow::Owned(encode(&format!("https:{}", address.replace('\\', "/"))))
}

fn is_raster(address: &str) -> bool {
    let rest = address.get(5..).unwrap_or_default().trim_start().to_ascii_lowercase();
    ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/avif", "image/bmp"]
        .iter()
        .any(|kind| rest.strip_prefix(kind).is_some_and(|after| after.starts_with([';', ','])))
}

/// Percent-encodes what may not stand in an address; what is encoded already stays.
#[must_use]
pub fn encode(address: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |n: u8| char::from(DIGITS.get(usize::from(n)).copied().unwrap_or(b'0'));
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        if may_stand(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(digit(byte >> 4));
            encoded.push(digit(byte & 15));
        }
    }
    encoded
}

fn encoded(address: Cow<'_, str>) -> Cow<'_, str> {
    if address.bytes().all(may_stand) { address } else { Cow::Owned(encode(&address)) }
}

fn may_stand(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'#'..=b'/' | b':' | b';' | b'=' | b'?' | b'@' | b'_' | b'~')
}
