//! Calls that fold a line: the set phrases of platforms, in the languages in which they were met.
//!
//! Stricter than [`super::phrases`], which only keeps a line out of the outline: an article may
//! well speak of *newsletters* or of *sharing*, and its words are never folded.

use crate::clip::outline::width;

/// The widest line that a call anywhere in the text folds, in columns.
const ANYWHERE: usize = 56;
/// The widest line of English that a call anywhere folds.
const ANYWHERE_ENGLISH: usize = 120;
/// The widest line that a call below the article folds.
const BELOW: usize = 80;
/// The widest paragraph that two calls below the article fold.
const LONG: usize = 360;

/// Calls that fold a short line wherever it stands.
const ALWAYS: &[&str] = &[
    "关注公众号",
    "关注我们",
    "点击关注",
    "长按关注",
    "扫码关注",
    "推荐关注",
    "一键关注",
    "蓝字关注",
    "点击蓝字",
    "点击上方",
    "设为星标",
    "加星标",
    "标为星标",
    "扫码加入",
    "扫码进群",
    "扫码添加",
    "扫码加",
    "扫描下方",
    "扫描上方",
    "识别二维码",
    "识别下方二维码",
    "长按识别",
    "长按二维码",
    "长按扫码",
    "点个在看",
    "点在看",
    "点亮在看",
    "点击阅读原文",
    "一键三连",
    "关注下方公众号",
    "follow us on",
    "follow me on",
    "subscribe to our",
    "subscribe to my",
    "sign up for our newsletter",
    "share this post",
    "share this article",
    "share on facebook",
    "share on twitter",
    "チャンネル登録",
];

/// Calls that fold a line below the article.
const BELOW_ARTICLE: &[&str] = &[
    "欢迎关注",
    "关注「",
    "关注“",
    "关注\"",
    "关注本",
    "关注一下",
    "关注我",
    "点赞",
    "点个赞",
    "三连",
    "在看",
    "星标",
    "二维码",
    "扫码",
    "扫一扫",
    "阅读原文",
    "转发",
    "分享给",
    "分享本文",
    "分享收藏",
    "推荐阅读",
    "往期",
    "相关阅读",
    "好文推荐",
    "精彩推荐",
    "精彩回顾",
    "热门推荐",
    "热门文章",
    "猜你喜欢",
    "更多精彩",
    "前情回顾",
    "互动福利",
    "粉丝福利",
    "福利群",
    "互动话题",
    "点关注",
    "点个关注",
    "进群",
    "加群",
    "入群",
    "交流群",
    "读者群",
    "社群",
    "商务合作",
    "合作电话",
    "合作微信",
    "加微信",
    "加个微信",
    "添加微信",
    "加我微信",
    "后台回复",
    "公众号回复",
    "原创不易",
    "评论区",
    "留言区",
    "打赏",
    "赞赏",
    "早鸟票",
    "报名",
    "点击下方",
    "subscribe",
    "follow me",
    "follow us",
    "share this",
    "related posts",
    "related articles",
    "related stories",
    "you may also like",
    "you might also like",
    "recommended for you",
    "read more from",
    "more from",
    "leave a comment",
    "buy me a coffee",
    "関連記事",
    "あわせて読みたい",
    "フォローお願い",
    "관련 글",
    "관련 기사",
    "구독",
    "подписывайтесь",
    "читайте также",
    "articles similaires",
    "artículos relacionados",
    "ähnliche beiträge",
];

/// Labels above links to other articles.
const RELATED: &[&str] = &[
    "推荐阅读",
    "往期",
    "相关阅读",
    "好文推荐",
    "精彩推荐",
    "精彩回顾",
    "热门推荐",
    "热门文章",
    "猜你喜欢",
    "更多精彩",
    "前情回顾",
    "related posts",
    "related articles",
    "related stories",
    "you may also like",
    "you might also like",
    "recommended for you",
    "関連記事",
    "あわせて読みたい",
    "관련 글",
    "관련 기사",
    "читайте также",
    "articles similaires",
    "artículos relacionados",
    "ähnliche beiträge",
    "카테고리의 다른 글",
];

/// Labels above a give-away, letters only.
const GIVE_AWAYS: &[&str] = &[
    "互动福利",
    "粉丝福利",
    "读者福利",
    "福利时间",
    "互动话题",
    "互动时间",
    "留言赠书",
    "赠书福利",
    "互动赠书",
    "今日互动",
];

/// What the text below such a label speaks of.
const PRIZES: &[&str] = &["评论区", "留言", "送出", "赠送", "抽取", "随机挑选", "随机抽", "在看", "转发"];

/// What pages write on buttons; a line of nothing else is no text.
const BUTTONS: &[&str] = &[
    "subscribe",
    "subscribe now",
    "subscribe for free",
    "share",
    "share this post",
    "leave a comment",
    "refer a friend",
    "tweet",
    "retweet",
    "like",
    "likes",
    "reply",
    "pin it",
    "email this",
    "print",
    "copy link",
    "分享",
    "收藏",
    "点赞",
    "赞",
    "在看",
    "转发",
    "举报",
    "写留言",
    "精选留言",
    "留言",
    "订阅",
    "关注",
    "已关注",
    "シェア",
    "ツイート",
    "공유",
    "поделиться",
    "partager",
    "compartir",
    "teilen",
];

/// What WeChat's page leaves below an article, letters only. It counts wherever it stands alone.
const WECHAT: &[&str] = &[
    "预览时标签不可点",
    "微信扫一扫关注该公众号",
    "继续滑动看下一个",
    "向上滑动看下一个",
    "轻触阅读原文",
    "轻点两下取消赞",
    "轻点两下取消在看",
    "微信扫一扫可打开此内容",
    "微信扫一扫使用小程序",
    "人划线",
    "喜欢此内容的人还喜欢",
];

/// What stands among it and is a word anywhere else.
const WECHAT_WORDS: &[&str] = &[
    "使用完整服务",
    "使用小程序",
    "知道了",
    "取消",
    "允许",
    "分析",
    "视频",
    "小程序",
    "在看",
    "分享",
    "留言",
    "收藏",
    "听过",
    "赞",
    "跳转二维码",
    "回复",
    "作者头像",
    "微信扫一扫",
    "关闭",
    "更多",
    "名称已清空",
];

/// How surely a line calls the reader to do something for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// Not at all.
    No,
    /// It has words of such calls.
    Perhaps,
    /// It is one.
    Surely,
}

/// Whether a line calls the reader to do something for the page, in words that no article uses.
#[must_use]
pub fn is_call_anywhere(text: &str) -> bool {
    // Chinese calls are short; English ones are sentences.
    let widest = if text.is_ascii() { ANYWHERE_ENGLISH } else { ANYWHERE };
    width(text) <= widest && !is_numbered(text) && count(text, ALWAYS, 1) == 1
}

/// How surely a line below the article calls the reader to do something for the page.
#[must_use]
pub fn call_below(text: &str) -> Call {
    let wide = width(text);
    if wide > LONG {
        return Call::No;
    }
    let calls = count(text, ALWAYS, 2) * 2 + count(text, BELOW_ARTICLE, 2);
    match calls {
        0 => Call::No,
        1 if is_related_label(text) => Call::Surely,
        1 if wide <= BELOW => Call::Perhaps,
        1 => Call::No,
        _ => Call::Surely,
    }
}

/// `推荐阅读`, `You may also like`: what stands above links to other articles.
fn is_related_label(text: &str) -> bool {
    const LABEL: usize = 36;
    width(text) <= LABEL && count(text, RELATED, 1) == 1
}

/// Whether a line is what a page writes above its links and tags, below every article.
#[must_use]
pub fn is_label_of_page(text: &str) -> bool {
    let label = text.trim();
    is_related_label(label) || ["tag", "tags", "태그", "标签", "標籤"].iter().any(|tag| label.eq_ignore_ascii_case(tag))
}

/// Whether a line announces a give-away or a discussion.
#[must_use]
pub fn is_give_away(text: &str) -> bool {
    const LABEL: usize = 32;
    let letters = || text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    width(text) <= LABEL && GIVE_AWAYS.contains(&letters().as_str())
}

/// Whether a paragraph says how to take part in one.
#[must_use]
pub fn is_about_prizes(text: &str) -> bool {
    width(text) <= LONG && count(text, PRIZES, 1) == 1
}

/// Whether a line is what stands on a button that asks for the reader's address.
#[must_use]
pub fn is_subscription(text: &str) -> bool {
    let label = text.trim();
    ["subscribe", "subscribe now", "subscribe for free", "leave a comment", "share this post", "写留言"]
        .iter()
        .any(|known| label.eq_ignore_ascii_case(known))
}

/// Whether a line is the label of a button, or several.
#[must_use]
pub fn is_button(text: &str) -> bool {
    const MOST: usize = 6;
    let mut labels = text.lines().map(str::trim).filter(|label| !label.is_empty()).peekable();
    labels.peek().is_some()
        && width(text) <= ANYWHERE * 2
        && labels.enumerate().all(|(at, label)| at < MOST && BUTTONS.contains(&label.to_lowercase().as_str()))
}

/// Whether a line is nothing but what WeChat's page leaves behind. Below the article its buttons
/// alone are enough.
#[must_use]
pub fn is_left_by_wechat(text: &str, below: bool) -> bool {
    if width(text) > LONG {
        return false;
    }
    let mut rest: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '×').collect();
    let whole = rest.len();
    for phrase in WECHAT {
        rest = rest.replace(phrase, " ");
    }
    let sure = rest.len() != whole || rest.starts_with("收录于合集");
    if !sure && !below || whole == 0 {
        return false;
    }
    if rest.starts_with("收录于") {
        return true;
    }
    for word in WECHAT_WORDS {
        rest = rest.replace(word, " ");
    }
    rest.contains(' ') && rest.chars().all(|c| c == ' ' || c == '×' || c.is_ascii_digit())
}

fn count(text: &str, calls: &[&str], enough: usize) -> usize {
    let text = text.to_lowercase();
    calls.iter().filter(|call| text.contains(*call)).take(enough).count()
}

/// A point of an article about such calls.
fn is_numbered(text: &str) -> bool {
    const CHINESE: &str = "一二三四五六七八九十第";
    let first = text.trim_start().chars().next();
    first.is_some_and(|c| c.is_ascii_digit() || CHINESE.contains(c) || ('①'..='⑳').contains(&c))
}
