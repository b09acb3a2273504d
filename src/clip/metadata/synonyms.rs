//! Which keys of a file mean the same, by dialect first and by habit second.

use super::Key;

/// The keys that files use for each thing, best first, compared without case, spaces, `-` and `_`.
const SYNONYMS: [(Key, &[&str]); 12] = [
    (Key::Title, &["title", "标题", "fulltitle"]),
    (Key::Author, &["author", "authors", "作者", "creator", "byline"]),
    (
        Key::SourceUrl,
        &[
            "source_url",
            "sourceurl",
            "original_url",
            "originalurl",
            "url",
            "source",
            "link",
            "原网址",
            "原文链接",
            "href",
        ],
    ),
    (
        Key::Site,
        &[
            "site_name",
            "sitename",
            "site",
            "website",
            "公众号",
            "publication",
            "publisher",
            "source_domain",
            "domain",
            "host",
            "hostname",
        ],
    ),
    (Key::Account, &["account", "account_name", "nickname"]),
    (
        Key::Published,
        &[
            "published",
            "publish_date",
            "date_published",
            "publishdate",
            "published_date",
            "published_at",
            "pubdate",
            "发布时间",
            "发布日期",
            "date",
        ],
    ),
    (
        Key::Saved,
        &[
            "clipped_date",
            "clipped_at",
            "clipped",
            "date_saved",
            "saved",
            "saved_at",
            "collected",
            "created",
            "created_at",
            "date_added",
            "added",
            "创建于",
            "剪藏时间",
        ],
    ),
    (Key::Tags, &["tags", "tag", "labels", "keywords", "topics", "categories", "标签"]),
    (Key::Status, &["status", "state", "completed?", "状态"]),
    (Key::Description, &["description", "summary", "excerpt", "摘要", "subtitle"]),
    (Key::Language, &["language", "lang"]),
    (Key::Place, &["place", "location"]),
];

fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// What a key of a file means, and how good a name it is for that (0 is best); `None` when it
/// means nothing that is known.
#[must_use]
pub fn meaning(key: &str) -> Option<(Key, usize)> {
    let key = plain(key);
    SYNONYMS
        .iter()
        .find_map(|(meaning, names)| names.iter().position(|name| plain(name) == key).map(|rank| (*meaning, rank)))
}
