//! Addresses of pages: tracking taken off, redirects opened, hosts and handles read.

/// Parameters that only say how a reader came to a page, by the beginning of their names.
const TRACKING: [&str; 18] = [
    "utm_",
    "spm",
    "from",
    "scene",
    "chksm",
    "share",
    "ref",
    "mpshare",
    "srcid",
    "fbclid",
    "gclid",
    "igshid",
    "isappinstalled",
    "nsukey",
    "sessionid",
    "clicktime",
    "mc_cid",
    "mc_eid",
];

/// The parameters that name an article of WeChat; all others say how a reader came to it.
const WECHAT: [&str; 4] = ["__biz", "mid", "idx", "sn"];

/// Hosts of services that keep or carry other people's pages, and of what pages are made of.
const NOT_SOURCES: [&str; 14] = [
    "cubox.pro",
    "omnivore.app",
    "readwise.io",
    "ksria.com",
    "getpocket.com",
    "instapaper.com",
    "localhost",
    "127.0.0.1",
    "w3.org",
    "blogger.com",
    "gstatic.com",
    "obsidian.md",
    "flomoapp.com",
    "simpread.pro",
];

/// The web address in a text, mended and without what is not part of it; `None` when there is none.
#[must_use]
pub fn find(text: &str) -> Option<String> {
    // Some editors make the signs of an address wide.
    let text = text.replace("：//", "://").replace('？', "?");
    let start = text.find("http://").or_else(|| text.find("https://"))?;
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|' | '）' | '，' | '。'));
    let found = rest.get(..end.unwrap_or(rest.len()))?;
    let found = match found.split_once(')') {
        Some((before, _)) if !before.contains('(') => before,
        _ => found,
    };
    let found = found.trim_end_matches(['\'', ']', ',', ';', '*', '_', '~']);
    host(found)?;
    Some(clean(found))
}

/// An address without the parameters that only say how a reader came there, redirects opened.
#[must_use]
pub fn clean(address: &str) -> String {
    let address = redirected(address.trim()).unwrap_or_else(|| address.trim().to_owned());
    let (before, fragment) = address.split_once('#').map_or((address.as_str(), None), |(b, f)| (b, Some(f)));
    let (path, query) = before.split_once('?').unwrap_or((before, ""));
    let of_wechat = is_wechat(path);
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let name = part.split('=').next().unwrap_or_default().to_ascii_lowercase();
            let stays = if of_wechat { WECHAT.contains(&name.as_str()) } else { !is_tracking(&name) };
            !part.is_empty() && stays
        })
        .collect();
    let mut clean = path.to_owned();
    if !kept.is_empty() {
        clean.push('?');
        clean.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment.filter(|f| !matches!(*f, "wechat_redirect" | "rd" | "")) {
        clean.push('#');
        clean.push_str(fragment);
    }
    clean
}

fn is_tracking(name: &str) -> bool {
    TRACKING.iter().any(|t| name.starts_with(t))
}

/// Where a redirect leads: `google.com/url?url=…`, `link.example/?target=…`.
fn redirected(address: &str) -> Option<String> {
    let host = host(address)?;
    let carries = host.starts_with("google.") || host.starts_with("link.") || host.ends_with("l.facebook.com");
    if !carries {
        return None;
    }
    let query = address.split_once('?')?.1;
    let target = query.split('&').find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = percent_decoded(value);
        (matches!(name, "url" | "target" | "q" | "u") && value.starts_with("http")).then_some(value)
    })?;
    Some(target)
}

/// `%3A` and the like as the characters they stand for; what is not valid UTF-8 stays.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (*first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// What comes after the `://` of an address. Asked of every link: to look for a sign is faster than for a text.
fn after_scheme(address: &str) -> Option<&str> {
    address.match_indices(':').find_map(|(at, _)| address.get(at + 1..)?.strip_prefix("//"))
}

/// The host of an address, in lower case, without `www.`.
#[must_use]
pub fn host(address: &str) -> Option<String> {
    let rest = after_scheme(address)?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host).to_lowercase();
    let valid = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    valid.then_some(host)
}

/// Whether a page can have come from there: not a reading service, not this machine.
#[must_use]
pub fn is_source(address: &str) -> bool {
    host(address).is_some_and(|host| {
        !NOT_SOURCES.iter().any(|not| host == *not || host.ends_with(not) && host.ends_with(&format!(".{not}")))
    })
}

/// The host of the page whose pictures these are: platforms keep pictures on hosts of their own.
#[must_use]
pub fn page_host(host: &str) -> &str {
    match host {
        "mmbiz.qpic.cn" | "mmbiz.qlogo.cn" | "mmecoa.qpic.cn" => "mp.weixin.qq.com",
        other => other,
    }
}

/// Whether the address is of a WeChat article.
#[must_use]
pub fn is_wechat(address: &str) -> bool {
    host(address).is_some_and(|host| host == "mp.weixin.qq.com")
}

/// The name by which the page's platform calls its author: `x.com/NAME/status/…`, `/@NAME/…`.
#[must_use]
pub fn handle(address: &str) -> Option<String> {
    let host = host(address)?;
    let path = after_scheme(address)?.split_once('/')?.1;
    let mut parts = path.split(['/', '?', '#']);
    let (first, second) = (parts.next()?, parts.next());
    let is_name = |name: &str| {
        (2..=30).contains(&name.len()) && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let named = first.strip_prefix('@').filter(|name| is_name(name));
    if let Some(name) = named {
        return Some(format!("@{name}"));
    }
    let posts = matches!(host.as_str(), "x.com" | "twitter.com" | "mobile.twitter.com")
        && matches!(second, Some("status" | "article"));
    (posts && is_name(first) && first != "i").then(|| format!("@{first}"))
}

/// The day that an address names: `/2023/04/11/`, or the month: `/2020/04/`.
#[must_use]
pub fn date(address: &str) -> Option<String> {
    let path = after_scheme(address)?.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let number = |part: &str, digits: usize, range: std::ops::RangeInclusive<u32>| {
        let whole = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        whole && part.parse().is_ok_and(|n| range.contains(&n))
    };
    parts.windows(3).find_map(|window| match window {
        [y, m, d] if number(y, 4, 1995..=2099) && number(m, 2, 1..=12) => {
            Some(if number(d, 2, 1..=31) { format!("{y}-{m}-{d}") } else { format!("{y}-{m}") })
        }
        _ => None,
    })
}

/// The word of a host by which people call the site: `example` of `blog.example.co.uk`.
#[must_use]
pub fn labels(host: &str) -> Vec<String> {
    const COMMON: [&str; 12] =
        ["com", "org", "net", "co", "www", "blog", "mp", "docs", "news", "m", "substack", "github"];
    let parts: Vec<&str> = host.split('.').collect();
    let named = parts.split_last().map_or(&[] as &[&str], |(_, before)| before);
    named.iter().filter(|p| p.len() > 2 && !COMMON.contains(p)).map(|p| super::inline::letters(p)).collect()
}
