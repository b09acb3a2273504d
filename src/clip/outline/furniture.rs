//! Headings that a page or a clipper puts around an article: comments, related posts, share boxes,
//! the author's card, tables of contents, bylines.
//!
//! Each list holds set phrases of page templates in the languages in which they were met, compared
//! letter by letter with the whole heading: an article may well have a section *Sharing memory*.
//! What a heading means beside others is decided in [`super::real`].

use std::collections::HashMap;
use std::sync::LazyLock;

use super::letters;
use crate::letters::lower;

/// Where a heading of the page, not of the article, may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Furniture {
    /// Anywhere: what stands below it belongs to the page too.
    Box,
    /// Below the article only: in the midst of one it may be a section like any other.
    Tail,
    /// Above or beside the article: the heading alone is the page's.
    Label,
}

const BOXES: &[&str] = &[
    "related posts",
    "related articles",
    "related stories",
    "related reading",
    "related content",
    "related links and posts",
    "you may also like",
    "you might also like",
    "you may also enjoy",
    "you might be interested in",
    "recommended for you",
    "recommended reading",
    "recommended posts",
    "recommended articles",
    "more from this author",
    "more from the author",
    "more articles",
    "more posts",
    "more stories",
    "read next",
    "up next",
    "recent posts",
    "latest posts",
    "popular posts",
    "trending",
    "keep reading",
    "share this",
    "share this post",
    "share this article",
    "share this story",
    "share this page",
    "like this",
    "subscribe to our newsletter",
    "subscribe to my newsletter",
    "sign up for our newsletter",
    "join our newsletter",
    "stay in the loop",
    "leave a reply",
    "leave a comment",
    "post a comment",
    "post navigation",
    "join the conversation",
    "about the author",
    "about the authors",
    "about author",
    "written by",
    "相关文章",
    "相關文章",
    "相关推荐",
    "相关阅读",
    "相關閱讀",
    "推荐阅读",
    "推薦閱讀",
    "猜你喜欢",
    "往期推荐",
    "往期精彩",
    "往期回顾",
    "精彩推荐",
    "热门文章",
    "熱門文章",
    "最新文章",
    "最近文章",
    "你可能还喜欢",
    "你可能也喜欢",
    "你可能感兴趣",
    "您可能感兴趣的",
    "发表评论",
    "发表回复",
    "發佈留言",
    "發表迴響",
    "張貼留言",
    "添加评论",
    "关于作者",
    "關於作者",
    "作者简介",
    "作者介绍",
    "分享到",
    "分享此文",
    "分享此文章",
    "分享这篇文章",
    "扫码关注",
    "関連記事",
    "おすすめ記事",
    "人気記事",
    "最近の投稿",
    "この記事を書いた人",
    "この記事をシェア",
    "コメントを残す",
    "관련 글",
    "다른 글 더 보기",
    "댓글 남기기",
    "태그",
    "похожие статьи",
    "читайте также",
    "об авторе",
    "оставить комментарий",
    "articles similaires",
    "articles connexes",
    "à lire aussi",
    "à propos de l'auteur",
    "laisser un commentaire",
    "artículos relacionados",
    "entradas relacionadas",
    "sobre el autor",
    "deja un comentario",
    "ähnliche artikel",
    "ähnliche beiträge",
    "das könnte dich auch interessieren",
    "über den autor",
    "schreibe einen kommentar",
];

const TAILS: &[&str] = &[
    "comments",
    "comment",
    "discussion",
    "discuss",
    "responses",
    "replies",
    "webmentions",
    "share",
    "sharing is caring",
    "follow",
    "follow us",
    "subscribe",
    "newsletter",
    "related",
    "recommended",
    "tags",
    "tag",
    "categories",
    "author",
    "footer",
    "navigation",
    "评论",
    "評論",
    "留言",
    "全部评论",
    "精彩评论",
    "热门评论",
    "文章评论",
    "评论区",
    "网友评论",
    "讨论",
    "回复",
    "分享",
    "标签",
    "標籤",
    "分类",
    "推荐",
    "作者",
    "赞赏",
    "打赏",
    "コメント",
    "タグ",
    "シェア",
    "댓글",
    "комментарии",
    "комментарии и отзывы",
    "теги",
    "commentaires",
    "comentarios",
    "kommentare",
];

const LABELS: &[&str] = &[
    "contents",
    "table of contents",
    "toc",
    "on this page",
    "in this article",
    "in this post",
    "in this guide",
    "jump to",
    "目录",
    "目錄",
    "文章目录",
    "文章目錄",
    "本文目录",
    "目次",
    "목차",
    "содержание",
    "оглавление",
    "sommaire",
    "table des matières",
    "índice",
    "tabla de contenidos",
    "inhalt",
    "inhaltsverzeichnis",
    "navigation menu",
    "excerpt",
];

/// All phrases as [`letters`].
static PHRASES: LazyLock<HashMap<String, Furniture>> = LazyLock::new(|| {
    let tails = TAILS.iter().map(|phrase| (letters(phrase), Furniture::Tail));
    let labels = LABELS.iter().map(|phrase| (letters(phrase), Furniture::Label));
    let boxes = BOXES.iter().map(|phrase| (letters(phrase), Furniture::Box));
    tails.chain(labels).chain(boxes).collect()
});

/// What furniture a heading is, if any.
pub fn of(text: &str) -> Option<Furniture> {
    if is_template(text) {
        return Some(Furniture::Box);
    }
    PHRASES.get(&letters(without_count(text))).copied()
}

/// `12 Comments`, `Comments (3)`, `评论 (5)`.
fn without_count(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | '条'))
}

/// Phrases of templates that hold a name or a number.
fn is_template(text: &str) -> bool {
    let text = lower(text.trim());
    text.ends_with("카테고리의 다른 글")
        || text.starts_with("more from ") && text.split(' ').count() <= 5
        || (text.starts_with("responses to ") || text.contains(" thoughts on ")) && text.contains(['“', '"', '‘'])
}

/// Whether a heading is a byline: `By Mira Sand`.
pub fn is_byline(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let by = words.next().is_some_and(|word| matches!(word, "By" | "by" | "BY" | "Par" | "Von"));
    let names: Vec<&str> = words.collect();
    by && (1..=4).contains(&names.len()) && names.iter().all(|name| name.starts_with(char::is_uppercase))
}
