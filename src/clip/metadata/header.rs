//! What clippers and pages write above and below an article: labelled lines, links to the
//! original, the clipper's own sentence.
//!
//! Labels are in [`super::labels`]; lines with a name and a date are for [`super::byline`].

use super::draft::{Draft, field};
use super::inline::{self, Link};
use super::labels::{self, Labelled, Meaning};
use super::lines::{Edges, Line, Mark};
use super::{Key, Origin, address, date, names, title};

/// Words of a link that leads to the page that was saved.
const ORIGINAL: [&str; 16] = [
    "read original",
    "view original",
    "original",
    "original article",
    "original link",
    "open original",
    "access",
    "source",
    "原文",
    "原文链接",
    "查看原文",
    "阅读原文",
    "外部链接",
    "原文地址",
    "点击访问",
    "原網址",
];

/// Sentences that name where a text was first published, by their beginnings.
const FROM: [&str; 16] = [
    "原文来自",
    "原文发表于",
    "原文出自",
    "本文来自",
    "本文转自",
    "本文转载自",
    "本文首发于",
    "文章来自",
    "转载自",
    "转自",
    "originally published",
    "originally posted",
    "this article was originally",
    "this post was originally",
    "clipped from",
    "source:",
];

/// Reads both ends of a body; `day` is what a day without a word to it is.
pub fn read(edges: &Edges, day: Key, draft: &mut Draft) {
    let mut in_article = false;
    for (at, line) in edges.head.iter().enumerate() {
        let next = edges.head.get(at + 1);
        original(line, &edges.head, draft);
        from(line, draft);
        reprint(line, draft);
        for labelled in labels::all(&line.text) {
            // Below the first text it is the source of a picture.
            if labelled.meaning == Meaning::Source && in_article && line.links.is_empty() {
                continue;
            }
            if labelled.meaning == Meaning::Day {
                dated(day, labelled.value, line, draft);
            } else {
                apply(&labelled, line, next, draft);
            }
        }
        let is_text = matches!(line.mark, Mark::None | Mark::Quote) && !draft.is_taken(line.number);
        in_article |= is_text && crate::outline::width(&line.text) >= 60;
    }
    let last = edges.tail.len().saturating_sub(16);
    for line in &edges.tail {
        copyright(line, draft);
    }
    for line in edges.tail.iter().skip(last) {
        footer(line, draft);
    }
    if let Some(line) = edges.tail.last().or(edges.head.last()) {
        let own = line.links.first().filter(|l| line.raw.trim().starts_with('[') && l.text == l.address);
        offer_address(own.filter(|l| line.links.len() == 1 && address::is_source(&l.address)), line, draft);
    }
}

fn dated(key: Key, value: &str, line: &Line, draft: &mut Draft) {
    let bare = value.trim_matches(['[', ']', '*', '_', ' ']);
    draft.take(line.number);
    draft.offer_line(key, date::iso(bare).into_iter().collect(), line);
}

/// A link to the page that was saved, by where it stands and what it says.
fn original(line: &Line, head: &[Line], draft: &mut Draft) {
    if line.raw.contains("SimpRead") && line.raw.contains("ksria.com") {
        let found = line.links.iter().rev().find(|l| address::is_source(&l.address));
        offer_address(found, line, draft);
        draft.take(line.number);
        return;
    }
    let sources = || line.links.iter().filter(|l| address::is_source(&l.address));
    let found = sources().find(|link| {
        let words = link.text.to_lowercase();
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        let names_host = address::host(&link.address).is_some_and(|h| h == words.trim_start_matches("www."));
        let is_title = line.links.len() == 1 && line.is_link() && is_heading(head, &link.text);
        // Blogs link the day to the page itself.
        let is_day = date::read(&link.text).is_some_and(|day| day.has_day());
        let is_permanent = link.title.to_lowercase().contains("permanent link") || is_day && !line.is_link();
        // Cubox writes the author right behind the link.
        let leads = line.raw.starts_with('[') && crate::outline::width(&line.text) <= 100;
        ORIGINAL.contains(&words) || leads && names_host || is_title || is_permanent
    });
    offer_address(found, line, draft);
    if line.is_link() && line.links.iter().any(|l| !address::is_source(&l.address)) {
        draft.take(line.number);
    }
}

/// Whether words are those of a heading; the name of the site may follow them.
fn is_heading(head: &[Line], text: &str) -> bool {
    let own = inline::letters(text);
    let headings = head.iter().filter(|l| matches!(l.mark, Mark::Heading(_))).map(|l| inline::letters(&l.text));
    headings.into_iter().any(|h| !h.is_empty() && (own == h || own.starts_with(&h) && own.len() < h.len() * 2))
}

fn offer_address(link: Option<&Link>, line: &Line, draft: &mut Draft) {
    if let Some(found) = link.and_then(|l| address::find(&l.address)) {
        draft.offer_line(Key::SourceUrl, vec![found], line);
    }
}

/// `原文来自「账号」：[标题](地址)`, `Originally published at …`.
fn from(line: &Line, draft: &mut Draft) {
    let words = line.words();
    let lower = words.to_lowercase();
    if !FROM.iter().any(|beginning| lower.starts_with(beginning)) || crate::outline::width(&words) > 160 {
        return;
    }
    // An address whose signs are wide is no link to the parser of lines either.
    let link = line.links.iter().find_map(|l| address::find(&l.address)).filter(|a| address::is_source(a));
    if let Some(found) = link.or_else(|| address::find(&line.raw)) {
        draft.offer_line(Key::SourceUrl, vec![found], line);
    }
    draft.take(line.number);
    let quoted = words.split_once(['「', '“', '【']).and_then(|(_, rest)| rest.split_once(['」', '”', '】']));
    if let Some((name, _)) = quoted {
        let name = name.split(['（', '(']).next().unwrap_or("").trim();
        if names::is_name(name) {
            draft.offer_line(Key::Account, vec![name.to_owned()], line);
        }
    }
}

/// `以下文章来源于账号 ，作者名`: what WeChat writes above a text that another account wrote.
fn reprint(line: &Line, draft: &mut Draft) {
    let words = line.words();
    let Some(rest) = words.strip_prefix("以下文章来源于") else { return };
    draft.take(line.number);
    if let Some((_, name)) = rest.split_once("作者").filter(|(_, name)| names::is_name(name)) {
        draft.offer_line(Key::Author, vec![name.trim().to_owned()], line);
    }
}

/// Takes what a labelled line says.
fn apply(labelled: &Labelled<'_>, line: &Line, next: Option<&Line>, draft: &mut Draft) {
    let value = labelled.value.trim();
    draft.take(line.number);
    match labelled.meaning {
        Meaning::Field(Key::SourceUrl) => {
            let own = line.links.iter().map(|l| l.address.as_str()).chain([value]).find_map(address::find);
            let below = || next.filter(|n| value.is_empty() && n.is_link())?.links.first().map(|l| l.address.clone());
            if let Some(found) = own.or_else(|| address::find(&below()?)).filter(|a| address::is_source(a)) {
                draft.offer_line(Key::SourceUrl, vec![found], line);
            }
        }
        Meaning::Source => source(labelled, line, draft),
        Meaning::Field(Key::Author) => author(value, line, draft),
        Meaning::Translator => {
            let origin = Origin::Body { line: line.number };
            draft.translators = draft.translators.take().or_else(|| field(Key::Author, names::credited(value), origin));
        }
        Meaning::Field(key @ (Key::Published | Key::Saved)) => dated(key, value, line, draft),
        Meaning::Field(Key::Tags) => draft.offer_line(Key::Tags, names::tags(value), line),
        Meaning::Field(Key::Description) => {
            let below = next.filter(|n| value.is_empty() && matches!(n.mark, Mark::None | Mark::Quote));
            let words = below.map_or_else(|| value.to_owned(), Line::words);
            if words.chars().count() >= 8 && !names::is_placeholder(&words) {
                draft.offer_line(Key::Description, vec![words], line);
                draft.take(below.map_or(line.number, |n| n.number));
            }
        }
        Meaning::Field(key @ (Key::Account | Key::Site)) => {
            let name = names::unwrapped(value);
            if names::is_name(&name) {
                draft.offer_line(key, vec![name], line);
            }
        }
        Meaning::Field(key) => {
            let words = names::unwrapped(value);
            if !names::is_placeholder(&words) {
                draft.offer_line(key, vec![words], line);
            }
        }
        Meaning::Other | Meaning::Day => {}
    }
}

/// `来源: 名 | 平台`, `Source: [Title](address)`, `来源｜账号`.
fn source(labelled: &Labelled<'_>, line: &Line, draft: &mut Draft) {
    let linked = line.links.iter().find_map(|l| address::find(&l.address)).filter(|a| address::is_source(a));
    if let Some(found) = linked {
        draft.offer_line(Key::SourceUrl, vec![found], line);
        return;
    }
    let origin = Origin::Body { line: line.number };
    let value = labelled.value.split(['（', '(']).next().unwrap_or("");
    let site = match value.split_once(['|', '｜']) {
        Some((first, second)) => {
            let (author, site) = if title::is_platform(first) { (second, first) } else { (first, second) };
            if names::is_name(author.trim()) {
                draft.offer_line(Key::Author, names::authors(author), line);
            }
            site
        }
        None => value,
    };
    let name = names::unwrapped(site);
    if names::is_name(&name) {
        draft.source_name = draft.source_name.take().or_else(|| field(Key::Site, vec![name], origin));
    }
}

/// An author whose line may also hold the day.
fn author(value: &str, line: &Line, draft: &mut Draft) {
    let found = date::find(value);
    let (name, day) = match &found {
        Some((range, day)) => (value.get(..range.start).unwrap_or(""), Some(day.iso())),
        None => (value, None),
    };
    draft.offer_line(Key::Author, names::credited(name.trim()), line);
    draft.offer_line(Key::Published, day.into_iter().collect(), line);
}

/// What stands below an article: MaoXian's footer, a link to the original, tags, credits.
fn footer(line: &Line, draft: &mut Draft) {
    let words = line.text.to_lowercase();
    let services = ["read original", "view original"];
    let link = line.links.iter().find(|l| services.contains(&l.text.to_lowercase().as_str()));
    offer_address(link.filter(|l| address::is_source(&l.address)), line, draft);
    let Some(labelled) = labels::split(&line.text) else { return };
    let short = labelled.value.chars().count() <= 12;
    let certain = ["original", "原文", "原网址", "原網址"].iter().any(|label| words.trim_start().starts_with(label));
    match labelled.meaning {
        Meaning::Field(Key::SourceUrl) if certain => apply(&labelled, line, None, draft),
        Meaning::Field(Key::Saved) if words.contains("created at") || line.text.contains('于') => {
            apply(&labelled, line, None, draft);
        }
        Meaning::Field(Key::Tags) if line.links.is_empty() => apply(&labelled, line, None, draft),
        Meaning::Field(Key::Author) | Meaning::Translator if short => apply(&labelled, line, None, draft),
        _ => {}
    }
}

/// `著作权归 名 所有`, unless it only says that it is the author's; `本文由「名」原创`.
fn copyright(line: &Line, draft: &mut Draft) {
    let words = line.words();
    let between = |before: &str, after: &str| {
        let (_, rest) = words.split_once(before)?;
        let (name, _) = rest.split_once(after)?;
        Some(name.trim().trim_matches(['「', '」', '“', '”', '@', ' ']).to_owned())
    };
    let name = between("著作权归", "所有").or_else(|| between("本文由「", "」原创"));
    let Some(name) = name.filter(|name| names::is_name(name) && name.chars().count() <= 12) else { return };
    if !["作者", "本公众号", "本站", "原作", "原创", "权利人"].iter().any(|word| name.contains(word)) {
        draft.offer_line(Key::Author, vec![name], line);
    }
}
