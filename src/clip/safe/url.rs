//! Which addresses may stand in the page.
//!
//! An address is judged as the browser will read it: entities are decoded before it comes here;
//! leading and trailing controls and spaces, and tabs and line breaks anywhere, do not count
//! (WHATWG URL standard, basic URL parser).

/// What an address of a link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// It leads out of the page.
    Outside(String),
    /// It leads to a place of the clip; without the `#`.
    Fragment(String),
    /// It is relative to the saved page, and leads nowhere here.
    Relative(String),
    /// Its scheme may not be followed.
    Refused,
}

/// What a picture's address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// On another host: waits for consent.
    Remote(String),
    /// A file beside the clip.
    Asset(String),
    /// Inside the clip itself, in a format without scripts.
    Data(String),
    /// None that may be shown.
    Refused,
}

fn as_browsers_read(address: &str) -> String {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
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
pub fn link(address: &str) -> Link {
    let address = as_browsers_read(address);
    if let Some(fragment) = address.strip_prefix('#') {
        return Link::Fragment(fragment.to_owned());
    }
    match scheme(&address).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => Link::Outside(encode(&address)),
        Some(_) => Link::Refused,
        None if is_network_path(&address) => Link::Outside(encode(&format!("https:{}", forward(&address)))),
        None => Link::Relative(encode(&address)),
    }
}

/// Judges the address of a picture.
#[must_use]
pub fn picture(address: &str) -> Picture {
    let address = as_browsers_read(address);
    match scheme(&address).as_deref() {
        Some("http" | "https") => Picture::Remote(encode(&address)),
        Some("data") if is_raster(&address) => Picture::Data(address),
        Some(_) => Picture::Refused,
        None if is_network_path(&address) => Picture::Remote(encode(&format!("https:{}", forward(&address)))),
        None if address.is_empty() => Picture::Refused,
        None => Picture::Asset(encode(&address)),
    }
}

/// `//host/…`, in all the ways that browsers take for it.
fn is_network_path(address: &str) -> bool {
    forward(address).starts_with("//")
}

fn forward(address: &str) -> String {
    address.replace('\\', "/")
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
        if byte.is_ascii_alphanumeric() || b"!#$%&'()*+,-./:;=?@_~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(digit(byte >> 4));
            encoded.push(digit(byte & 15));
        }
    }
    encoded
}
