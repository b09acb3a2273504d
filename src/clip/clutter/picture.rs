//! Pictures that were never captured: what a page shows until the real ones come, and pixels
//! that count readers.
//!
//! A page that loads pictures late holds the same stand-in for each of them, so a picture that
//! comes three times is taken for one. MaoXian Web Clipper names its assets
//! `<unix seconds>-<MD5 of the picture's address>.<ext>`: the same sum means the same address.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Tag};

use super::Reason;
use super::blank;
use super::elements::Elements;
use super::folds::Find;
use crate::blocks::{Block, Kind};
use crate::markdown::Document;

/// From how many of the same on a picture is a stand-in.
const OFTEN: usize = 3;

/// Finds them.
pub fn find(document: &Document<'_>, elements: &Elements, blocks: &[Block], finds: &mut Vec<Find>) {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for address in document.events.iter().filter_map(|(event, _)| address(event)) {
        *times.entry(key(address)).or_default() += 1;
    }
    let mut seen: HashSet<&str> = HashSet::new();
    for block in blocks {
        if block.pictures == 0 {
            find_literal(block, finds);
        }
        let within = document.events.iter().enumerate().take(block.events.end).skip(block.events.start);
        for (index, (event, _)) in within {
            let is_stand_in = match event {
                Event::InlineHtml(html) => blank::is_blank_element(html),
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let key = key(dest_url);
                    let often = times.get(key).is_some_and(|times| *times >= OFTEN);
                    // A photograph that a page holds several times is shown once.
                    let again = !is_photograph(dest_url) || !seen.insert(key);
                    blank::is_blank(dest_url)
                        || (often && again && stands_apart(block, dest_url) && has_no_name(document, index))
                }
                _ => false,
            };
            if is_stand_in {
                finds.push((elements.at(index), Reason::PlaceholderPicture));
            }
        }
    }
}

/// Whether a picture is no sign among words, as a formula or a tick in a table is.
fn stands_apart(block: &Block, address: &str) -> bool {
    block.characters == 0 && block.kind == Kind::Paragraph || sum(address).is_some()
}

fn address<'a>(event: &'a Event<'_>) -> Option<&'a str> {
    match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    }
}

fn is_photograph(address: &str) -> bool {
    let name = address.split(['?', '#']).next().unwrap_or(address).to_lowercase();
    name.ends_with(".jpg") || name.ends_with(".jpeg")
}

/// What is the same for two pictures of the same address.
fn key(address: &str) -> &str {
    sum(address).unwrap_or_else(|| address.split('#').next().unwrap_or(address))
}

/// The sum in the name of an asset.
fn sum(address: &str) -> Option<&str> {
    let name = address.rsplit('/').next()?;
    let (seconds, sum) = name.split('.').next()?.split_once('-')?;
    (is_sum(sum) && seconds.len() >= 9 && seconds.bytes().all(|b| b.is_ascii_digit())).then_some(sum)
}

fn is_sum(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a picture's other text says no more than that it is one. A small sign that stands for
/// a word comes often too, but it says the word.
fn has_no_name(document: &Document<'_>, start: usize) -> bool {
    match document.events.get(start + 1) {
        Some((Event::Text(text), _)) => {
            let name = text.trim().to_lowercase();
            matches!(
                name.as_str(),
                "" | "图片" | "圖片" | "图像" | "image" | "img" | "picture" | "photo" | "画像" | "이미지"
            )
        }
        _ => true,
    }
}

/// `![…](data:image/…)` with spaces and quotes in the address is no picture in Markdown: all of
/// it stands there as words.
fn find_literal(block: &Block, finds: &mut Vec<Find>) {
    const ROOM_FOR_NAME: usize = 80;
    let text = block.text.trim();
    let Some(rest) = text.strip_prefix("![") else { return };
    if block.kind != Kind::Paragraph || !text.ends_with(')') {
        return;
    }
    let opens =
        rest.char_indices().take(ROOM_FOR_NAME).find(|(at, _)| rest.get(*at..).is_some_and(|r| r.starts_with("](")));
    let Some(address) = opens.and_then(|(at, _)| rest.get(at + 2..)) else { return };
    let alone = !address.contains("](") && !address.contains('\n');
    if alone && address.starts_with("data:image/") && blank::is_blank(address) {
        finds.push((block.events.clone(), Reason::PlaceholderPicture));
    }
}
