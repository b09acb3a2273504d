//! Lines that name what they say: `Author: Name`, `文 | 名`, `**链接**: https://…`, `key:: value`.

use super::Key;
use super::inline;

/// What a label says that the words after it are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A field of the clip.
    Field(Key),
    /// Who translated or compiled it: its author where no other is named.
    Translator,
    /// A day, of publication or of saving.
    Day,
    /// Where it comes from: an address, a publication, or both.
    Source,
    /// Another part in the making, which ends what stands before it.
    Other,
}

use Meaning::{Day, Field, Other, Source, Translator};

/// Labels in the languages in which they were met, compared without case and ornaments.
const LABELS: &[(Meaning, &[&str])] = &[
    (Field(Key::Title), &["title", "full title", "标题", "文章标题", "原标题"]),
    (
        Field(Key::Author),
        &[
            "author",
            "authors",
            "by",
            "written by",
            "words by",
            "text by",
            "作者",
            "原作者",
            "本文作者",
            "文章作者",
            "文",
            "图文",
            "文图",
            "采写",
            "记者",
            "撰文",
            "文字",
            "撰稿",
            "笔者",
            "auteur",
            "autor",
            "autore",
            "автор",
            "著者",
            "筆者",
            "執筆",
            "글",
            "저자",
            "글쓴이",
        ],
    ),
    (Translator, &["翻译", "译者", "译", "编译", "translator", "translated by"]),
    (
        Field(Key::SourceUrl),
        &[
            "url",
            "source url",
            "original url",
            "link",
            "links",
            "original link",
            "original",
            "原文链接",
            "原文地址",
            "链接",
            "原文",
            "原网址",
            "来源链接",
            "文章链接",
            "原始链接",
            "文章地址",
            "网址",
            "地址",
            "原链接",
            "链接地址",
            "原文网址",
            "原網址",
            "原文連結",
            "permalink",
            "canonical",
            "外部链接",
            "本文链接",
            "源链接",
            "uri",
        ],
    ),
    (
        Source,
        &[
            "source",
            "来源",
            "文章来源",
            "原文出处",
            "出处",
            "转自",
            "转载自",
            "來源",
            "出處",
            "via",
            "clipped from",
            "from",
            "fuente",
            "quelle",
        ],
    ),
    (Field(Key::Site), &["site", "site name", "website", "publication", "publisher", "网站", "站点", "媒体", "平台"]),
    (Field(Key::Account), &["公众号", "微信公众号", "account", "来源公众号", "公众号名称", "账号"]),
    (
        Field(Key::Published),
        &[
            "published",
            "date published",
            "published date",
            "publish date",
            "published at",
            "published on",
            "posted",
            "posted on",
            "发布时间",
            "发布日期",
            "发表时间",
            "发表日期",
            "发表于",
            "发布于",
            "發佈時間",
            "公開日",
            "投稿日",
        ],
    ),
    (Day, &["date", "时间", "日期", "日付", "fecha", "datum"]),
    (
        Field(Key::Saved),
        &[
            "saved",
            "clipped",
            "created at",
            "created",
            "clipped at",
            "saved at",
            "date saved",
            "clipped on",
            "创建于",
            "保存时间",
            "采集时间",
            "剪藏时间",
            "收藏时间",
            "收藏于",
            "抓取时间",
            "下载时间",
            "剪藏于",
            "保存于",
            "captured",
            "retrieved",
            "accessed",
        ],
    ),
    (Field(Key::Tags), &["tags", "tag", "标签", "標籤", "关键词", "document tags", "keywords", "topics", "labels"]),
    (
        Field(Key::Description),
        &[
            "summary",
            "description",
            "abstract",
            "excerpt",
            "摘要",
            "内容摘要",
            "导读",
            "导语",
            "简介",
            "描述",
            "核心提示",
        ],
    ),
    (Field(Key::Status), &["status", "状态"]),
    (Field(Key::Language), &["language"]),
    (
        Other,
        &[
            "编辑",
            "责编",
            "责任编辑",
            "图",
            "图片",
            "摄影",
            "校对",
            "排版",
            "审核",
            "审校",
            "策划",
            "设计",
            "采访",
            "配图",
            "题图",
            "封面",
            "美编",
            "监制",
            "主编",
            "整理",
            "运营",
            "出品",
            "editor",
            "photo",
            "photos",
            "image",
            "目录",
            "分类",
            "category",
            "阅读",
            "字数",
            "updated",
            "last updated",
            "更新时间",
            "更新于",
        ],
    ),
];

/// A line parted at its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled<'a> {
    /// What the label says.
    pub meaning: Meaning,
    /// The words after it, up to the next label in the line.
    pub value: &'a str,
    /// Whether it is parted by `|` or `/`, as credits are, and not by a colon.
    pub is_credit: bool,
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '◎' | '●'
                | '○'
                | '◆'
                | '■'
                | '□'
                | '▲'
                | '△'
                | '▼'
                | '•'
                | '·'
                | '-'
                | '—'
                | '*'
                | '【'
                | '】'
                | '['
                | ']'
                | '「'
                | '」'
                | '（'
                | '）'
                | '('
                | ')'
                | '#'
                | '▍'
                | '▎'
                | '※'
                | '★'
        )
        || ('\u{1f300}'..='\u{1faff}').contains(&c)
}

/// `文 & 图` and `文、摄影` mean what their first part means.
fn meaning(label: &str) -> Option<Meaning> {
    let first = || label.split(['&', '＆', '、', '+']).next().filter(|first| first.len() < label.len());
    exactly(label).or_else(|| exactly(first()?))
}

fn exactly(label: &str) -> Option<Meaning> {
    let plain = inline::one_line(label.trim_matches(is_ornament)).replace(['_', '-'], " ").to_lowercase();
    // `文 字` and `作 者` are set wide.
    let plain = if plain.is_ascii() { plain } else { plain.replace(' ', "") };
    LABELS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(meaning, _)| *meaning)
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '丨' | '/' | '／' | '∣' | '│')
}

/// Parts a line at its label; `None` when it has none that is known.
#[must_use]
pub fn split(text: &str) -> Option<Labelled<'_>> {
    let at = text.char_indices().take(24).find(|(_, c)| is_colon(*c) || is_bar(*c));
    let Some((at, sign)) = at else { return spaced(text) };
    let meaning = meaning(text.get(..at)?)?;
    let is_credit = is_bar(sign);
    let value = text.get(at..)?.trim_start_matches(|c: char| is_colon(c) || is_bar(c) || c.is_whitespace());
    if is_credit && !matches!(meaning, Field(Key::Author | Key::Published | Key::Account) | Translator | Source | Other)
    {
        return None;
    }
    Some(Labelled { meaning, value: before_next(without_role(value)), is_credit })
}

/// `作者  名`: some pages part the label by white space alone.
fn spaced(text: &str) -> Option<Labelled<'_>> {
    let (label, value) = text.trim().split_once([' ', '　'])?;
    let label = label.trim_matches(is_ornament);
    let known = matches!(label, "作者" | "撰文" | "来源" | "译者" | "公众号");
    let short = value.trim().chars().count() <= 12 && !value.contains(['，', '。', ',']);
    (known && short).then(|| Labelled {
        meaning: meaning(label).unwrap_or(Other),
        value: value.trim(),
        is_credit: true,
    })
}

/// `文/图 名` and `文|摄影：名`: one person in two parts.
fn without_role(value: &str) -> &str {
    let end = value.find(|c: char| is_colon(c) || is_bar(c) || c.is_whitespace());
    let Some((role, rest)) = end.filter(|end| *end > 0).map(|end| value.split_at(end)) else { return value };
    let is_role = role.chars().count() <= 2 && matches!(meaning(role), Some(Other | Field(Key::Author) | Translator));
    if is_role { rest.trim_start_matches(|c: char| is_colon(c) || is_bar(c) || c.is_whitespace()) } else { value }
}

/// A value up to the next label of the same line: `名 编辑｜名`.
fn before_next(value: &str) -> &str {
    for (at, c) in value.char_indices().take(200) {
        if !is_colon(c) && !is_bar(c) {
            continue;
        }
        let before = value.get(..at).unwrap_or("").trim_end();
        let start = before.rfind([' ', '　', '|', '｜', '丨', '/', '、', '，']).unwrap_or(0);
        let label =
            before.get(start..).unwrap_or("").trim_start_matches(|c: char| is_bar(c) || matches!(c, '、' | '，'));
        if start > 0 && meaning(label).is_some() {
            return before.get(..start).unwrap_or("").trim_end_matches(|c: char| is_bar(c) || is_ornament(c));
        }
    }
    value.trim()
}

/// All labels of a line with their values.
#[must_use]
pub fn all(text: &str) -> Vec<Labelled<'_>> {
    const MOST: usize = 4;
    let mut found: Vec<Labelled<'_>> = Vec::new();
    let mut rest = text;
    while found.len() < MOST
        && let Some(labelled) = split(rest)
    {
        let after = rest.find(labelled.value).and_then(|at| rest.get(at + labelled.value.len()..)).unwrap_or("");
        rest = after
            .trim_start_matches(|c: char| is_bar(c) || is_ornament(c) || matches!(c, ',' | '，' | '、' | ';' | '；'));
        found.push(labelled);
    }
    found
}

/// Whether a line is made of labels and credits alone, and so no part of the article.
#[must_use]
pub fn is_labelled(text: &str) -> bool {
    split(text).is_some()
}
