//! Which keys of a file mean the same: by dialect first, by habit second.

use super::{Dialect, Key};

/// The keys that files use for each thing, best first, compared without case, spaces, `-` and `_`.
const SYNONYMS: [(Key, &[&str]); 12] = [
    (Key::Title, &["title", "标题", "fulltitle"]),
    (Key::Author, &["author", "authors", "作者", "creator", "byline", "by", "writer"]),
    (
        Key::SourceUrl,
        &[
            "sourceurl",
            "originalurl",
            "url",
            "source",
            "link",
            "原网址",
            "原文链接",
            "原文地址",
            "链接",
            "href",
            "origin",
            "canonicalurl",
            "pageurl",
            "uri",
            "来源",
            "网址",
            "website",
        ],
    ),
    (
        Key::Site,
        &[
            "sitename",
            "site",
            "website",
            "公众号",
            "publication",
            "publisher",
            "platform",
            "平台",
            "source",
            "来源",
            "origin",
            "sourcedomain",
            "domain",
            "host",
            "hostname",
        ],
    ),
    (Key::Account, &["公众号", "account", "accountname", "nickname", "mpname", "公众号名称"]),
    (
        Key::Published,
        &[
            "published",
            "publishdate",
            "datepublished",
            "publisheddate",
            "publishedat",
            "pubdate",
            "publishtime",
            "发布时间",
            "发布日期",
            "发表时间",
            "date",
        ],
    ),
    (
        Key::Saved,
        &[
            "clippeddate",
            "clippedat",
            "clipped",
            "clipdate",
            "datesaved",
            "saved",
            "savedat",
            "saveddate",
            "collected",
            "created",
            "createdat",
            "createddate",
            "datecreated",
            "dateadded",
            "added",
            "addedat",
            "captured",
            "capturedat",
            "retrieved",
            "创建于",
            "创建时间",
            "剪藏时间",
            "收藏时间",
            "保存时间",
            "time",
            "date",
        ],
    ),
    (Key::Tags, &["tags", "tag", "标签", "labels", "keywords", "topics", "topic", "categories"]),
    (Key::Status, &["status", "state", "状态", "completed?", "read", "draft"]),
    (Key::Description, &["description", "summary", "excerpt", "摘要", "描述", "简介", "abstract", "subtitle", "desc"]),
    (Key::Language, &["language", "lang", "语言"]),
    (Key::Place, &["place", "location", "地点"]),
];

/// A key without case, spaces, `-` and `_`.
#[must_use]
pub fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// What a key of a file may mean, and how good a name it is for that (0 is best); some mean
/// several things, which their values tell apart.
#[must_use]
pub fn meanings(key: &str, dialect: Dialect, date_is_of_saving: bool) -> Vec<(Key, usize)> {
    let key = plain(key);
    let mut found: Vec<(Key, usize)> = SYNONYMS
        .iter()
        .filter_map(|(meaning, names)| names.iter().position(|name| *name == key).map(|rank| (*meaning, rank)))
        .collect();
    if key == "date" {
        found.retain(|(key, _)| (*key == Key::Saved) == date_is_of_saving);
    }
    match (key.as_str(), dialect) {
        // The day on which a blog's own page was made is the day it came out.
        ("created" | "createdat" | "time", Dialect::Blog | Dialect::Pandoc) => found = vec![(Key::Published, 40)],
        // The note's own `created` may stand beside it.
        ("date", Dialect::Omnivore) => found.iter_mut().for_each(|(_, rank)| *rank = 8),
        ("fulltitle", Dialect::Readwise) => found = vec![(Key::Title, 0)],
        ("title", Dialect::Readwise) => found = vec![(Key::Title, 1)],
        _ => {}
    }
    found
}
