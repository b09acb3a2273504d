//! The address of a page in one form, so that two savings of it are known for the same page.
//!
//! Start at [`canonical_url`]. It is for comparing alone and never shown or followed: `http` and
//! `https` are taken for equal. Follows RFC 3986, section 6.2.2 (case and percent signs). When in
//! doubt two addresses stay two, as one taken for the other would overwrite a clip.

/// A parameter that says how a reader came to a page, or what became of the visit.
struct Tracking {
    /// Its name in lower case, or the beginning of it before `*`.
    name: &'static str,
    /// When it is taken off.
    when: When,
}

/// When a parameter is taken off.
enum When {
    /// On every page.
    Always,
    /// On hosts that are this one or below it.
    On(&'static [&'static str]),
    /// On all hosts but these.
    Except(&'static [&'static str]),
    /// Where its value is one of these.
    Says(&'static [&'static str]),
    /// Where its value has this in it.
    Holds(&'static str),
}

use crate::clip::order;
use When::{Always, Except, Holds, On, Says};

/// Platforms whose `from`, `source` and `scene` tell where a link was shared.
const CHINESE_PLATFORMS: &[&str] = &[
    "weixin.qq.com",
    "zhihu.com",
    "weibo.com",
    "weibo.cn",
    "juejin.cn",
    "csdn.net",
    "bilibili.com",
    "xiaohongshu.com",
    "douyin.com",
    "toutiao.com",
    "36kr.com",
    "sspai.com",
    "163.com",
    "sohu.com",
    "sina.cn",
    "sina.com.cn",
    "jianshu.com",
    "douban.com",
];

/// Where `ref` names a branch or a commit, which is another page.
const CODE_HOSTS: &[&str] = &["github.com", "gitlab.com", "gitee.com", "bitbucket.org", "codeberg.org"];

const TRACKING: &[Tracking] = &[
    // Campaigns: Google Analytics and all that copied it, Matomo, HubSpot.
    Tracking { name: "utm_*", when: Always },
    Tracking { name: "mtm_*", when: Always },
    Tracking { name: "pk_campaign", when: Always },
    Tracking { name: "_hsenc", when: Always },
    Tracking { name: "_hsmi", when: Always },
    // Marks of one click: Facebook, Google, Yandex, Microsoft, Instagram, X.
    Tracking { name: "fbclid", when: Always },
    Tracking { name: "gclid", when: Always },
    Tracking { name: "gbraid", when: Always },
    Tracking { name: "wbraid", when: Always },
    Tracking { name: "yclid", when: Always },
    Tracking { name: "msclkid", when: Always },
    Tracking { name: "igshid", when: Always },
    Tracking { name: "igsh", when: Always },
    Tracking { name: "ref_src", when: Always },
    Tracking { name: "ref_url", when: Always },
    // Mails sent with Mailchimp: the campaign and the person it was sent to.
    Tracking { name: "mc_cid", when: Always },
    Tracking { name: "mc_eid", when: Always },
    // Where on a page of Alibaba a link was followed.
    Tracking { name: "spm", when: Always },
    // WeChat: who shared, with which program, with a checksum of the visit.
    Tracking { name: "chksm", when: Always },
    Tracking { name: "isappinstalled", when: Always },
    Tracking { name: "nsukey", when: Always },
    Tracking { name: "mpshare", when: Always },
    Tracking { name: "sharer_*", when: Always },
    Tracking { name: "share_*", when: Always },
    Tracking { name: "scene", when: On(CHINESE_PLATFORMS) },
    // `?from=USD&to=EUR` is about the page: elsewhere only the words that sharing puts there count.
    Tracking { name: "from", when: On(CHINESE_PLATFORMS) },
    Tracking { name: "from", when: Says(&["timeline", "singlemessage", "groupmessage", "rss", "twitter", "facebook"]) },
    // X and YouTube: how a link was shared; elsewhere `s` and `si` may be the article itself.
    Tracking { name: "s", when: On(&["x.com", "twitter.com"]) },
    Tracking { name: "t", when: On(&["x.com", "twitter.com"]) },
    Tracking { name: "si", when: On(&["youtube.com", "youtu.be", "spotify.com"]) },
    // Who linked to the page.
    Tracking { name: "ref", when: Except(CODE_HOSTS) },
    // Medium: the list in which the article was seen, parted with dashes.
    Tracking { name: "source", when: Holds("---") },
    Tracking { name: "source", when: On(&["medium.com"]) },
    Tracking { name: "source", when: On(CHINESE_PLATFORMS) },
    Tracking { name: "source", when: Says(&["rss", "twitter", "facebook", "newsletter", "email"]) },
];

/// The parameters that name an article of WeChat; all others say how a reader came to it.
const WECHAT_ARTICLE: [&str; 4] = ["__biz", "mid", "idx", "sn"];

/// The address of a page in the form in which it is compared; `None` for all but web pages.
#[must_use]
pub fn canonical_url(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    let default_port = match scheme.to_ascii_lowercase().as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let (before, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (place, query) = before.split_once('?').unwrap_or((before, ""));
    let (authority, path) = place.split_at_checked(place.find('/').unwrap_or(place.len()))?;
    let host = authority.rsplit('@').next()?.to_lowercase();
    let host = host.strip_suffix(default_port).unwrap_or(&host).trim_end_matches(['.', ':']);
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || c == '\\') {
        return None;
    }
    let path = normal(path);
    let path = ["/index.html", "/index.htm"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(&path);
    let path = path.trim_end_matches('/');
    let mut canonical = format!("https://{host}{}", if path.is_empty() { "/" } else { path });
    for (index, parameter) in parameters(host, path, query).iter().enumerate() {
        canonical.push(if index == 0 { '?' } else { '&' });
        canonical.push_str(parameter);
    }
    // With `#!` and `#/` a script shows another page; all other fragments are places on this one.
    if fragment.starts_with(['!', '/']) && fragment.len() > 1 {
        canonical.push('#');
        canonical.push_str(&normal(fragment));
    }
    Some(canonical)
}

/// Whether two addresses are of the same page.
#[must_use]
pub fn same_page(a: &str, b: &str) -> bool {
    canonical_url(a).is_some_and(|a| canonical_url(b).is_some_and(|b| a == b))
}

/// Whether a canonical address names a site and no page of it.
#[must_use]
pub fn is_only_a_site(canonical: &str) -> bool {
    let path = canonical.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    path.is_none_or(|(_, path)| path.is_empty())
}

/// The parameters that say which page it is, sorted.
fn parameters(host: &str, path: &str, query: &str) -> Vec<String> {
    let name = |part: &str| part.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let parts = || query.split('&').filter(|part| !part.is_empty());
    let of_wechat = host == "mp.weixin.qq.com";
    let is_short = of_wechat && path.starts_with("/s/");
    let is_article = of_wechat && path == "/s" && parts().any(|part| name(part) == "mid");
    let mut kept: Vec<String> = parts()
        .filter(|part| match name(part) {
            _ if is_short => false,
            name if is_article => WECHAT_ARTICLE.contains(&name.as_str()),
            name => !is_tracking(&name, part, host),
        })
        .map(normal)
        .collect();
    order::sort(&mut kept);
    kept
}

fn is_tracking(name: &str, part: &str, host: &str) -> bool {
    let value = part.split_once('=').map_or("", |(_, value)| value);
    let is_on = |hosts: &[&str]| {
        let is_below = |h: &str| host.strip_suffix(h).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        hosts.iter().any(|h| is_below(h))
    };
    TRACKING.iter().any(|tracking| {
        let is_named = match tracking.name.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => name == tracking.name,
        };
        is_named
            && match tracking.when {
                Always => true,
                On(hosts) => is_on(hosts),
                Except(hosts) => !is_on(hosts),
                Says(values) => values.iter().any(|v| value.eq_ignore_ascii_case(v)),
                Holds(sign) => value.contains(sign),
            }
    })
}

/// A part of an address with its percent signs in one form: none before letters, digits and `-._~`,
/// upper case elsewhere, and one for every byte beyond ASCII.
fn normal(part: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let is_free = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let mut found = String::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let digit = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        let (byte, is_escaped) = match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                rest = after.get(2..).unwrap_or_default();
                (u8::try_from(high * 16 + low).unwrap_or(b'%'), true)
            }
            _ => (*first, false),
        };
        if is_free(byte) || !is_escaped && byte.is_ascii_graphic() {
            found.push(char::from(byte));
        } else {
            found.push('%');
            let digits = [byte >> 4, byte & 15].map(|half| DIGITS.get(usize::from(half)).copied().unwrap_or(b'0'));
            found.extend(digits.map(char::from));
        }
    }
    found
}
