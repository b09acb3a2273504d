//! Who a clip is when it comes in again: addresses of pages, and what a file is to the clips here.

use clip_viewer::library::identity::page::{canonical_url, is_only_a_site, same_page};
use clip_viewer::library::identity::{Known, identify};
use clip_viewer::library::{ClipId, ContentId, Identity};
use proptest::prelude::*;

#[track_caller]
fn check(url: &str, expected: Option<&str>) {
    assert_eq!(canonical_url(url).as_deref(), expected, "of {url}");
}

#[test]
fn case_port_fragment_and_user_do_not_count() {
    check("HTTP://Example.ORG:80/Path", Some("https://example.org/Path"));
    check("https://example.org:443/a", Some("https://example.org/a"));
    check("https://example.org:8443/a", Some("https://example.org:8443/a"));
    check("https://me:secret@example.org/a#part-2", Some("https://example.org/a"));
    check("https://www.example.org./a", Some("https://www.example.org/a"));
    check("  https://example.org  ", Some("https://example.org/"));
    check("https://example.org/a/#!/two", Some("https://example.org/a#!/two"));
    check("https://example.org/#/post/7", Some("https://example.org/#/post/7"));
    check("https://example.org/#/", Some("https://example.org/"));
}

#[test]
fn the_end_of_a_path_does_not_count() {
    check("https://example.org/a/", Some("https://example.org/a"));
    check("https://example.org/a/index.html", Some("https://example.org/a"));
    check("https://example.org/index.html?b=2&a=1", Some("https://example.org/?a=1&b=2"));
    check("https://example.org/a/amp", Some("https://example.org/a/amp"));
    check("https://example.org/my-index.html", Some("https://example.org/my-index.html"));
}

#[test]
fn percent_signs_have_one_form() {
    check("https://example.org/%7ejo/%e4%b8%ad", Some("https://example.org/~jo/%E4%B8%AD"));
    check("https://example.org/~jo/中", Some("https://example.org/~jo/%E4%B8%AD"));
    check("https://example.org/a%2fb", Some("https://example.org/a%2Fb"));
    check("https://example.org/100%", Some("https://example.org/100%"));
}

#[test]
fn what_is_no_web_page_has_no_form() {
    for url in ["", "example.org", "ftp://example.org/a", "file:///a.md", "https://", "https:///a", "https://a b/c"] {
        check(url, None);
    }
}

#[test]
fn tracking_is_taken_off_and_what_names_the_page_stays() {
    let page = "https://example.org/a?id=7";
    for tail in [
        "utm_source=x&utm_medium=y",
        "fbclid=1",
        "gclid=1",
        "yclid=1",
        "mc_cid=1&mc_eid=2",
        "igshid=1",
        "spm=a.b",
        "ref=home",
        "ref_src=x",
        "share_token=1",
        "sharer_shareid=2",
        "isappinstalled=0",
        "chksm=ab",
        "from=timeline",
        "source=rss",
        "source=list---------1",
    ] {
        check(&format!("{page}&{tail}"), Some(page));
        check(&format!("https://example.org/a?{tail}&id=7"), Some(page));
    }
    for kept in ["from=USD", "source=manual", "scene=2", "s=search", "si=1", "page=2", "reference=1", "spmx=1"] {
        check(&format!("https://example.org/a?{kept}"), Some(&format!("https://example.org/a?{kept}")));
    }
    check("https://github.com/a/b/blob/x?ref=main", Some("https://github.com/a/b/blob/x?ref=main"));
    check("https://notgithub.com/a?ref=main", Some("https://notgithub.com/a"));
    check("https://x.com/a/status/1?s=20&t=abc", Some("https://x.com/a/status/1"));
    check("https://zhuanlan.zhihu.com/p/1?source=w&from=y", Some("https://zhuanlan.zhihu.com/p/1"));
}

#[test]
fn an_article_of_wechat_is_named_by_four_parameters() {
    check(
        "http://mp.weixin.qq.com/s?__biz=AA==&mid=22&idx=1&sn=cc&chksm=dd&scene=21#wechat_redirect",
        Some("https://mp.weixin.qq.com/s?__biz=AA==&idx=1&mid=22&sn=cc"),
    );
    check("https://mp.weixin.qq.com/s/AbC_d?from=x&poc_token=1", Some("https://mp.weixin.qq.com/s/AbC_d"));
    // A link for a short time has other parameters, all of which name the article.
    check(
        "https://mp.weixin.qq.com/s?timestamp=1&src=3&signature=zz",
        Some("https://mp.weixin.qq.com/s?signature=zz&src=3&timestamp=1"),
    );
    assert!(!same_page("https://mp.weixin.qq.com/s?mid=1&idx=1", "https://mp.weixin.qq.com/s?mid=1&idx=2"));
}

#[test]
fn pages_are_compared_and_sites_told() {
    assert!(same_page("http://example.org/a/?utm_source=x", "https://EXAMPLE.org/a#b"));
    assert!(!same_page("https://example.org/a", "https://www.example.org/a"));
    assert!(!same_page("no address", "no address"));
    assert!(is_only_a_site("https://example.org/"));
    assert!(!is_only_a_site("https://example.org/?p=1"));
    assert!(!is_only_a_site("https://example.org/a"));
}

proptest! {
    #[test]
    fn the_form_of_a_form_is_itself(path in "[ -~é中]{0,30}", host in "[a-zA-Z.]{1,9}") {
        if let Some(once) = canonical_url(&format!("http://{host}/{path}")) {
            prop_assert_eq!(canonical_url(&once), Some(once.clone()));
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in ".{0,60}") {
        for url in [text.clone(), format!("https://{text}")] {
            prop_assert!(canonical_url(&url).is_none_or(|found| found.starts_with("https://") && !found.contains(char::is_whitespace)));
        }
    }
}

fn id(name: &str) -> ClipId {
    ClipId::of(name.as_bytes())
}

/// Clips that are here: name of the identity, address, path, import. The text is the first one.
fn here<'a>(ids: &'a [ClipId], rows: &'a [(&'a str, &'a str, &'a str, u64)]) -> impl Iterator<Item = Known<'a>> {
    rows.iter().zip(ids).map(|((_, url, path, import), id)| Known {
        id,
        hash: id,
        url: (!url.is_empty()).then_some(*url),
        path,
        import: *import,
    })
}

#[track_caller]
fn check_identity(rows: &[(&str, &str, &str, u64)], file: (&str, &str, &str, u64), expected: Identity) {
    let ids: Vec<ClipId> = rows.iter().map(|row| id(row.0)).collect();
    let (text, url, path, import) = file;
    let url = (!url.is_empty()).then_some(url);
    assert_eq!(identify(&id(text), url, path, import, here(&ids, rows)), expected);
    let (mut ids, mut rows) = (ids, rows.to_vec());
    ids.reverse();
    rows.reverse();
    assert_eq!(identify(&id(text), url, path, import, here(&ids, &rows)), expected, "in the other order");
}

const PAGE: &str = "https://example.org/a";

#[test]
fn the_same_bytes_are_here_already() {
    let rows = [("a", PAGE, "a.md", 1), ("b", "", "b.md", 5)];
    check_identity(&rows, ("a", "", "other.md", 9), Identity::AlreadyHere(id("a")));
    check_identity(&rows, ("b", PAGE, "a.md", 5), Identity::AlreadyHere(id("b")));
}

#[test]
fn the_same_page_of_an_earlier_import_is_brought_up_to_date() {
    let rows = [("a", PAGE, "x/a.md", 1), ("b", PAGE, "y/b.md", 2), ("c", PAGE, "z/c.md", 3)];
    check_identity(&rows, ("new", PAGE, "x/a.md", 9), Identity::Update(id("a")));
    check_identity(&rows, ("new", PAGE, "elsewhere/b.md", 9), Identity::Update(id("b")));
    check_identity(&rows, ("new", PAGE, "d.md", 9), Identity::Update(id("c")));
    check_identity(&rows, ("new", "https://example.org/b", "x/a.md", 9), Identity::New);
    check_identity(&rows, ("new", "", "x/a.md", 9), Identity::New);
}

#[test]
fn files_of_one_import_are_never_one_by_their_address() {
    check_identity(&[("a", PAGE, "a.md", 4)], ("new", PAGE, "a.md", 4), Identity::New);
    check_identity(&[("a", PAGE, "a.md", 4)], ("new", PAGE, "a.md", 3), Identity::New);
    check_identity(&[], ("new", PAGE, "a.md", 4), Identity::New);
}

#[test]
fn the_address_of_a_site_tells_no_clip_from_another() {
    let site = "https://example.org/";
    let rows = [("a", site, "x/a.md", 1)];
    check_identity(&rows, ("new", site, "x/b.md", 9), Identity::New);
    check_identity(&rows, ("new", site, "y/a.md", 9), Identity::New);
    check_identity(&rows, ("new", site, "x/a.md", 9), Identity::Update(id("a")));
}

#[test]
fn the_text_that_a_clip_has_now_counts() {
    let (first, now) = (id("first"), id("now"));
    let clip = Known { id: &first, hash: &now, url: Some(PAGE), path: "a.md", import: 2 };
    let of = |text: &str| identify(&id(text), Some(PAGE), "a.md", 3, std::iter::once(clip));
    assert_eq!(of("now"), Identity::AlreadyHere(first.clone()));
    assert_eq!(of("first"), Identity::Update(first.clone()));
}

#[test]
fn a_content_id_reads_back() {
    let content = ContentId::of(b"bytes");
    assert_eq!(ContentId::parse(content.as_str()), Some(content.clone()));
    let json = serde_json::to_string(&content).unwrap();
    assert_eq!(serde_json::from_str::<ContentId>(&json).unwrap(), content);
    assert!(serde_json::from_str::<ContentId>("\"../x\"").is_err());
}
