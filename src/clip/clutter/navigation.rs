//! The page's own ways: where one is, what came before, what comes next.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Reason;
use super::elements::Elements;
use super::folds::Find;
use crate::blocks::{Block, Kind, Within};
use crate::markdown::Document;
use crate::outline::width;

/// The widest line of navigation, in columns.
const LINE: usize = 120;
/// The fewest links that make a list a menu.
const MENU: usize = 4;
/// The widest entry of a menu, in columns.
const ENTRY: usize = 32;

/// Finds them. `opening` counts the blocks before the article's first paragraph, `closing` is the
/// first block after its last.
pub fn find(document: &Document<'_>, elements: &Elements, blocks: &[Block], closing: usize, finds: &mut Vec<Find>) {
    let opening = blocks.iter().position(is_paragraph_of_article).unwrap_or(0);
    for (at, block) in blocks.iter().enumerate() {
        let text = block.text.trim();
        let may_be = block.kind == Kind::Paragraph && block.characters > 0 && block.width <= LINE;
        if !may_be {
            continue;
        }
        let found = is_skip_link(text)
            || (at < opening && is_trail(block))
            || (at >= closing && text.lines().all(|line| is_neighbour(line, block.linked > 0)));
        if found {
            finds.push((block.events.clone(), Reason::Navigation));
        }
    }
    let title = blocks.iter().position(|b| b.kind == Kind::Heading(1));
    if let Some(title) = title.filter(|title| *title <= opening) {
        find_menus(document, elements, blocks.get(..title).unwrap_or_default(), finds);
    }
}

fn is_paragraph_of_article(block: &Block) -> bool {
    const ARTICLE: usize = 90;
    block.kind == Kind::Paragraph && block.linked * 2 < block.characters && block.width >= ARTICLE
}

fn is_skip_link(text: &str) -> bool {
    const LINKS: [&str; 8] = [
        "skip to content",
        "skip to main content",
        "skip to navigation",
        "skip to footer",
        "jump to content",
        "跳到主要内容",
        "跳转到主要内容",
        "コンテンツへスキップ",
    ];
    LINKS.iter().any(|link| text.eq_ignore_ascii_case(link))
}

/// `Home > Blog > Posts`: links with signs between them and at most a name without a link. A
/// slash stands between languages and files too, so it takes a first step that says what it is.
fn is_trail(block: &Block) -> bool {
    const SIGNS: [char; 5] = ['>', '›', '»', '→', '＞'];
    let text = block.text.trim();
    let steps: Vec<&str> =
        text.split(SIGNS).flat_map(|step| step.split(" / ")).map(str::trim).filter(|s| !s.is_empty()).collect();
    let names = steps.iter().all(|step| width(step) <= LINE / 2);
    let begins = steps.first().is_some_and(|first| is_home(first)) && block.linked > 0;
    let mostly_linked = block.linked * 2 > block.characters && block.linked < block.characters;
    let signs = text.chars().filter(|c| SIGNS.contains(c)).count();
    names && ((begins && steps.len() >= 2) || (mostly_linked && signs >= 2 && steps.len() >= 3))
}

fn is_home(name: &str) -> bool {
    const HOMES: [&str; 12] = [
        "home",
        "blog",
        "首页",
        "主页",
        "網站首頁",
        "首頁",
        "ホーム",
        "トップ",
        "홈",
        "accueil",
        "inicio",
        "startseite",
    ];
    HOMES.iter().any(|home| name.eq_ignore_ascii_case(home))
}

/// `上一篇：…`, `Next post`.
fn is_neighbour(line: &str, linked: bool) -> bool {
    const BEGINNINGS: [&str; 18] = [
        "上一篇",
        "下一篇",
        "上一章",
        "下一章",
        "前一篇",
        "后一篇",
        "上一页",
        "下一页",
        "previous post",
        "next post",
        "previous article",
        "next article",
        "older post",
        "newer post",
        "前の記事",
        "次の記事",
        "이전 글",
        "다음 글",
    ];
    let line = line.trim().trim_start_matches(['«', '»', '←', '→', '<', '>', '‹', '›', ' ', '[', '【']).to_lowercase();
    let rest = BEGINNINGS.iter().find_map(|beginning| line.strip_prefix(beginning));
    rest.is_some_and(|rest| linked || rest.trim().is_empty() || rest.trim_start().starts_with([':', '：']))
}

/// Lists of nothing but short links to other pages, above the title.
fn find_menus(document: &Document<'_>, elements: &Elements, blocks: &[Block], finds: &mut Vec<Find>) {
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let start = block.events.start;
        let list =
            (start.saturating_sub(4)..=start).find(|index| is_list(document, *index)).map(|index| elements.at(index));
        let Some(list) = list.filter(|list| block.within == Within::ItemStart && list.contains(&start)) else {
            at += 1;
            continue;
        };
        let within = blocks.get(at..).unwrap_or_default().iter().take_while(|b| b.events.end <= list.end);
        let (mut entries, mut all) = (0, true);
        for entry in within {
            entries += 1;
            all &= entry.is_all_linked() && entry.width <= ENTRY;
        }
        if all && entries >= MENU && !leads_into_page(document, &list) {
            finds.push((list, Reason::Navigation));
        }
        at += entries.max(1);
    }
}

fn is_list(document: &Document<'_>, index: usize) -> bool {
    matches!(document.events.get(index), Some((Event::Start(Tag::List(_)), _)))
}

/// Whether a list is the article's own table of contents.
fn leads_into_page(document: &Document<'_>, list: &Range<usize>) -> bool {
    document.events.get(list.clone()).unwrap_or_default().iter().any(|(event, _)| match event {
        Event::Start(Tag::Link { dest_url, .. }) => dest_url.contains('#'),
        _ => false,
    })
}
