//! Words by which a line shows that it is not the article: prompts to follow and share, credits,
//! ends, what players and pages leave behind.
//!
//! Each list holds set phrases of platforms and page templates, in the languages in which they
//! were met. A phrase counts in short lines only: an article may well write about *newsletters*.

use std::sync::LazyLock;

use super::known::Known;
use crate::letters::{fits, is_letter, letters, lower};

/// The widest line that one set phrase makes a prompt, in columns.
const PROMPT: usize = 64;
/// The widest paragraph that several phrases together make a prompt.
const LONG_PROMPT: usize = 360;

/// Calls to follow, share, scan, join and read on.
static CALLS: LazyLock<Known> = LazyLock::new(|| Known::new(CALL_PHRASES));

const CALL_PHRASES: &[&str] = &[
    "关注我们",
    "关注我",
    "点击关注",
    "关注公众号",
    "关注「",
    "关注“",
    "关注本",
    "欢迎关注",
    "关注一下",
    "推荐关注",
    "一键关注",
    "关注↓",
    "扫码",
    "扫一扫",
    "扫描二维码",
    "扫描下方",
    "扫描上方",
    "识别二维码",
    "长按识别",
    "长按二维码",
    "长按海报",
    "二维码",
    "阅读原文",
    "点个在看",
    "点在看",
    "和在看",
    "、在看",
    "点赞",
    "点个赞",
    "三连",
    "转发",
    "分享给",
    "分享本文",
    "分享收藏",
    "星标",
    "推荐阅读",
    "往期",
    "相关阅读",
    "延伸阅读",
    "好文推荐",
    "精彩推荐",
    "精彩回顾",
    "热门推荐",
    "猜你",
    "更多精彩",
    "前情回顾",
    "互动福利",
    "粉丝福利",
    "福利群",
    "进群",
    "加群",
    "入群",
    "交流群",
    "社群",
    "商务合作",
    "合作电话",
    "合作微信",
    "投稿",
    "加微信",
    "加个微信",
    "添加微信",
    "后台回复",
    "公众号回复",
    "原创不易",
    "评论区",
    "留言区",
    "打赏",
    "赞赏",
    "早鸟票",
    "报名",
    "免责声明",
    "版权声明",
    "版权说明",
    "版权归",
    "侵权",
    "转载请",
    "subscribe",
    "follow me",
    "follow us",
    "follow on",
    "share this",
    "related posts",
    "related articles",
    "you may also like",
    "sign up for",
];

/// Whether a line asks the reader to do something for the page.
#[must_use]
pub fn is_prompt(text: &str) -> bool {
    let enough = if fits(text, PROMPT) { 1 } else { 2 };
    fits(text, LONG_PROMPT) && CALLS.count(text, enough) == enough
}

/// Whether a line is what a player leaves behind when its film was not saved.
#[must_use]
pub fn is_player_leftover(text: &str) -> bool {
    const LEFT: [&str; 10] = [
        "不支持 video",
        "不支持video",
        "视频加载失败",
        "不支持 audio",
        "does not support the video",
        "does not support html5 video",
        "does not support the audio",
        "video unavailable",
        "此视频无法播放",
        "お使いのブラウザは",
    ];
    if !fits(text, PROMPT * 2) {
        return false;
    }
    let lower = lower(text);
    LEFT.iter().any(|left| lower.contains(left)) || is_length_of_film(text)
}

/// Whether a block is nothing but such lines: it begins as they do, and an article about players
/// does not.
#[must_use]
pub fn is_left_by_player(text: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "您的浏览器",
        "你的浏览器",
        "当前浏览器",
        "视频加载失败",
        "your browser does not support",
        "this browser does not support",
        "video unavailable",
        "此视频无法播放",
        "お使いのブラウザ",
    ];
    static KNOWN: LazyLock<Known> = LazyLock::new(|| Known::new(BEGINNINGS));
    if !KNOWN.may_begin(text.trim_start()) && !is_length_of_film(text.trim_start().lines().next().unwrap_or_default()) {
        return false;
    }
    let is_line = |line: &str| {
        let lower = lower(line.trim());
        is_length_of_film(line)
            || (BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning)) && is_player_leftover(line))
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    fits(text, PROMPT * 2) && lines.peek().is_some() && lines.all(is_line)
}

/// `，时长00:20`
fn is_length_of_film(text: &str) -> bool {
    let rest = text.trim().trim_start_matches(['，', ',', ' ']);
    let clock = rest.strip_prefix("时长").map(|clock| clock.trim_start_matches(['：', ':']).trim());
    clock.is_some_and(|c| c.len() >= 4 && c.chars().all(|c| c.is_ascii_digit() || c == ':'))
}

/// Whether a line counts what an account has published: `498篇原创内容`.
#[must_use]
pub fn is_count_of_articles(text: &str) -> bool {
    let text = text.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(text.trim(), "篇原创内容" | "篇原创文章" | "个朋友读过" | "位朋友关注")
}

/// Whether a line says that the article ends here: `END`, `— 完 —`, `EOF`.
#[must_use]
pub fn is_end(text: &str) -> bool {
    // The longest mark is six letters, and what begins like text is none.
    const LONGEST: usize = 6;
    text.chars().filter(|c| is_letter(*c)).nth(LONGEST).is_none()
        && matches!(
            letters(text).as_str(),
            "end" | "theend" | "eof" | "fin" | "完" | "全文完" | "本文完" | "正文完" | "文章结束" | "over" | "以上"
        )
}

/// Whether a line names who made the article: `文 | 名`, `编辑：名`, `Photo: Name`.
#[must_use]
pub fn is_credit(text: &str) -> bool {
    const ROLES: &[&str] = &[
        "文",
        "图",
        "文字",
        "图片",
        "撰文",
        "作者",
        "编辑",
        "来源",
        "翻译",
        "译",
        "译者",
        "校对",
        "责编",
        "责任编辑",
        "监制",
        "排版",
        "审核",
        "审校",
        "策划",
        "设计",
        "摄影",
        "采访",
        "配图",
        "题图",
        "封面",
        "美编",
        "原文",
        "出品",
        "主编",
        "记者",
        "整理",
        "编译",
        "运营",
        "来自",
        "text",
        "photo",
        "photos",
        "image",
        "images",
        "credit",
        "source",
        "author",
        "editor",
        "by",
        "translation",
        "via",
    ];
    if !fits(text, PROMPT) {
        return false;
    }
    let plain = text.trim().trim_start_matches(|c: char| !is_letter(c));
    let Some((role, name)) = plain.split_once(['|', '｜', '丨', '：', ':', '/', '·', '◎', '＼', '\\']) else {
        return false;
    };
    let role = lower(role.trim());
    let role = role.split(['&', '/', '、', ' ']).next().unwrap_or_default();
    ROLES.contains(&role) && !name.trim().is_empty()
}
