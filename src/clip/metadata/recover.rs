//! What the front matter lacks, from a file beside the clip, the body, the address, the names of files and the text.
//!
//! Start at [`fill`]: it is the order in which the places are asked.

use std::collections::HashMap;

use super::dialect::Signs;
use super::draft::{Draft, field};
use super::lines::{Edges, Mark};
use super::{Dialect, Field, Key, Origin, account, address, byline, date, header, lead, title, zone};
use crate::blocks::{Block, Kind};
use crate::markdown::Document;
use crate::{FrontMatter, Options, Outline, language};

/// How many links are looked at for the page's own address.
const LINKS: usize = 3_000;

/// Where to look.
pub struct Clues<'a> {
    /// The text and its events.
    pub document: &'a Document<'a>,
    /// The block at its head.
    pub front_matter: &'a FrontMatter,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// Its headings.
    pub outline: &'a Outline,
    /// The name of its file, and what stands beside it.
    pub options: &'a Options,
    /// The lines at both ends.
    pub edges: &'a Edges,
    /// What its keys and lines show.
    pub signs: &'a Signs,
    /// Its dialect.
    pub dialect: Dialect,
}

/// Fills in what is not stated.
#[must_use]
pub fn fill(fields: std::collections::BTreeMap<Key, Field>, clues: &Clues<'_>) -> Vec<Field> {
    let mut draft = Draft::new(fields);
    if let Some(beside) = &clues.options.beside {
        beside.fields.iter().for_each(|(key, values)| draft.offer(*key, values.clone(), beside.origin()));
    }
    let (head, tail) = (&clues.edges.head, &clues.edges.tail);
    let day = if clues.signs.date_is_of_saving(clues.dialect) { Key::Saved } else { Key::Published };
    header::read(clues.edges, day, &mut draft);
    let pages = pages(clues.document);
    if let Some((page, line)) = pages.own {
        draft.offer(Key::SourceUrl, vec![page], Origin::Body { line });
    }
    let is_wechat =
        address::is_wechat(draft.first(Key::SourceUrl)) || clues.signs.is_wechat() && !draft.has(Key::SourceUrl);
    byline::read(head, is_wechat, &mut draft);
    account::part(&mut draft, clues.dialect, tail);
    if is_wechat {
        account::read(tail, &mut draft);
    }
    correct_published(&mut draft);
    sync_date(clues, &mut draft);
    from_address(&mut draft);
    let is_bare = clues.front_matter.raw.is_empty() && matches!(clues.dialect, Dialect::Plain | Dialect::Joplin);
    title::read(
        &mut draft,
        &title::Clues { outline: clues.outline, blocks: clues.blocks, head, options: clues.options, is_bare },
    );
    let about = lead::Clues { source: clues.document.source, blocks: clues.blocks, outline: clues.outline, head };
    lead::read(&mut draft, &about);
    names(&mut draft, is_wechat);
    site(&mut draft, pages.most);
    if let Some(tag) = language(clues) {
        draft.offer(Key::Language, vec![tag.to_owned()], Origin::Text);
    }
    time_zone(clues, &mut draft);
    draft.finish()
}

/// The author where no person is named: the translator, the account of the front matter's
/// tradition, or the name that the platform's address has.
fn names(draft: &mut Draft, is_wechat: bool) {
    if let Some(translators) = draft.translators.take() {
        draft.offer(Key::Author, translators.values, translators.origin);
    }
    if let Some(handle) = address::handle(draft.first(Key::SourceUrl)) {
        draft.offer(Key::Author, vec![handle], Origin::Address);
    }
    // An account that writes under its own name is its author.
    if is_wechat && let Some(account) = draft.get(Key::Account).cloned() {
        draft.offer(Key::Author, account.values, account.origin);
    }
}

/// The account, the publication, or the host.
fn site(draft: &mut Draft, most: Option<(String, u32)>) {
    if let Some(account) = draft.get(Key::Account).cloned() {
        draft.replace(Field { key: Key::Site, ..account });
    }
    if let Some(host) = address::host(draft.first(Key::SourceUrl)) {
        draft.offer(Key::Site, vec![host], Origin::Address);
    }
    if let Some(named) = draft.source_name.take() {
        draft.offer(Key::Site, named.values, named.origin);
    }
    if let Some((host, line)) = most {
        draft.offer(Key::Site, vec![host], Origin::Body { line });
    }
}

fn from_address(draft: &mut Draft) {
    let day = address::date(draft.first(Key::SourceUrl));
    draft.offer(Key::Published, day.into_iter().collect(), Origin::Address);
}

/// Clippers that find no day of publication write the day of saving; an earlier day in the byline
/// is better.
fn correct_published(draft: &mut Draft) {
    let Some(line) = draft.byline_date.take() else { return };
    let (published, saved) = (draft.first(Key::Published), draft.first(Key::Saved));
    let same_day = published.len() >= 10 && published.get(..10) == saved.get(..10);
    let earlier = line.values.first().is_some_and(|day| day.as_str() < published);
    if same_day && earlier {
        draft.replace(line);
    }
}

/// Readwise says when it first brought the highlights.
fn sync_date(clues: &Clues<'_>, draft: &mut Draft) {
    if clues.dialect != Dialect::Readwise {
        return;
    }
    for line in clues.edges.head.iter().filter(|l| l.mark == Mark::Item || l.text.contains("synced")) {
        let words = line.words();
        if words.contains("first synced")
            && let Some((_, day)) = date::find(&words)
        {
            draft.offer_line(Key::Saved, vec![day.iso()], line);
        }
    }
}

/// Addresses that the body leads to.
#[derive(Debug, Default)]
struct Pages {
    /// The page itself, and the line that told.
    own: Option<(String, u32)>,
    /// The host that most links and pictures lead to, and the line of the first.
    most: Option<(String, u32)>,
}

/// Finds the page's own address, to which it links with several places in it, and the host that
/// most of its links and pictures lead to.
fn pages(document: &Document<'_>) -> Pages {
    let text = document.source.text.get(document.body_start..).unwrap_or("");
    let mut anchors: HashMap<&str, (usize, &str, usize)> = HashMap::new();
    let mut hosts: HashMap<String, (usize, usize)> = HashMap::new();
    let mut links = 0_usize;
    let leads_away = |at: &usize| {
        text.get(..*at).is_some_and(|t| t.ends_with(']')) && text.get(at + 1..).is_some_and(|t| t.starts_with("http"))
    };
    let targets = text.match_indices('(').map(|(at, _)| at).filter(leads_away);
    for at in targets.take(LINKS) {
        let rest = text.get(at + 1..).unwrap_or("");
        let end = rest.char_indices().take(1_000).find(|(_, c)| c.is_whitespace() || matches!(c, ')' | '>'));
        let Some(link) = end.and_then(|(end, _)| rest.get(..end)) else { continue };
        let Some(host) = address::host(link).filter(|_| address::is_source(link)) else { continue };
        links += 1;
        let host = hosts.entry(address::page_host(&host).to_owned()).or_insert((0, at));
        host.0 += 1;
        if let Some((page, place)) = link.split_once('#').filter(|(_, place)| !place.is_empty()) {
            let seen = anchors.entry(page).or_insert((0, place, at));
            seen.0 += usize::from(seen.1 != place);
            seen.1 = place;
        }
    }
    let line = |at: usize| document.source.line(document.body_start + at);
    let own =
        anchors.into_iter().filter(|(_, (times, ..))| *times >= 3).max_by_key(|(page, (times, ..))| (*times, *page));
    let most = hosts.into_iter().max_by_key(|(host, (times, _))| (*times, host.clone()));
    Pages {
        own: own.map(|(page, (_, _, at))| (address::clean(page), line(at))),
        most: most.filter(|(_, (times, _))| *times >= 3 && *times * 3 >= links).map(|(host, (_, at))| (host, line(at))),
    }
}

fn language(clues: &Clues<'_>) -> Option<&'static str> {
    let mut text = String::new();
    for block in clues.blocks.iter().filter(|b| b.kind != Kind::Code) {
        if block.kind == Kind::Html {
            text.push_str(&lead::words(block, clues.document.source));
        } else {
            text.push_str(&block.text);
        }
        text.push(' ');
        if text.len() > 40_000 {
            break;
        }
    }
    language::detect(&text)
}

fn time_zone(clues: &Clues<'_>, draft: &mut Draft) {
    let Some(saved) = draft.get(Key::Saved).cloned() else { return };
    let value = saved.values.first().map_or("", String::as_str);
    let told = zone::told_by_pictures(&clues.document.source.text, value);
    if let Some(found) = field(Key::TimeZone, told.into_iter().collect(), Origin::AssetStamp) {
        draft.offer(Key::TimeZone, found.values, found.origin);
    }
    draft.offer(Key::TimeZone, zone::stated(value).into_iter().collect(), saved.origin);
}
