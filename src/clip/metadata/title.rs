//! The title: stated, or the heading that stands where titles stand, or the first line, or the
//! name of the file; without what pages and clippers put around it.

use super::draft::Draft;
use super::inline::{self, letters, one_line};
use super::lines::{Line, Mark};
use super::{Field, Key, Origin, address, labels, names};
use crate::blocks::Block;
use crate::outline::width;
use crate::{Options, Outline};

/// Headings that clippers put into every clip.
const SECTIONS: [&str; 18] = [
    "highlights",
    "metadata",
    "annotations",
    "description",
    "notes",
    "comments",
    "summary",
    "contents",
    "tableofcontents",
    "content",
    "links",
    "fulldocument",
    "目录",
    "文字稿",
    "摘要",
    "正文",
    "标注",
    "正文全文",
];

/// Where to look.
pub struct Clues<'a> {
    /// The headings.
    pub outline: &'a Outline,
    /// The blocks of the body.
    pub blocks: &'a [Block],
    /// The lines at the head.
    pub head: &'a [Line],
    /// The name of the file.
    pub options: &'a Options,
    /// Whether the clip has neither front matter nor a clipper's own line.
    pub is_bare: bool,
}

/// Finds the title where none is stated, and takes off what does not belong to it.
pub fn read(draft: &mut Draft, clues: &Clues<'_>) {
    let stated = draft.get(Key::Title).cloned();
    let heading = heading(clues);
    let found = match stated {
        Some(stated) => whole(stated, heading.as_ref()),
        None => match heading.or_else(|| first_line(clues)).or_else(|| file_name(clues.options)) {
            Some(found) => found,
            None => return,
        },
    };
    let (title, author) = clean(found.values.first().map_or("", String::as_str), draft, clues);
    let origin = found.origin.clone();
    draft.replace(Field { values: vec![title], ..found });
    draft.offer(Key::Author, author.into_iter().collect(), origin);
}

/// A stated title that was cut off has its end in the heading.
fn whole(stated: Field, heading: Option<&Field>) -> Field {
    let text = stated.values.first().map_or("", String::as_str);
    let cut = text.trim_end_matches(['…', '.']);
    let is_cut = text.ends_with('…') || text.ends_with("...");
    match heading.filter(|_| is_cut) {
        Some(heading) if heading.values.iter().any(|h| h.starts_with(cut) && h.len() > text.len()) => heading.clone(),
        _ => stated,
    }
}

/// Whether a heading is one that clippers put into every clip.
#[must_use]
pub fn is_section(text: &str) -> bool {
    let own = letters(text);
    own.is_empty() || SECTIONS.contains(&own.as_str())
}

/// The heading that is the title: so marked by the outline; the first that is no section of the
/// clipper's, if it is of the first level; or one with no text of its own below it.
fn heading(clues: &Clues<'_>) -> Option<Field> {
    let headings = &clues.outline.headings;
    let field = |text: &str, line: u32| super::draft::field(Key::Title, vec![one_line(text)], Origin::Body { line });
    if let Some(marked) = headings.iter().find(|h| h.title && !is_section(&h.text)) {
        return field(&marked.text, marked.line);
    }
    let lines: Vec<&Line> = clues.head.iter().filter(|l| matches!(l.mark, Mark::Heading(_))).collect();
    let first = lines.iter().position(|l| !is_section(&l.text))?;
    let line = lines.get(first)?;
    let before = clues.head.iter().take_while(|l| l.number < line.number);
    let texts = before.filter(|l| l.mark == Mark::None && l.links.is_empty() && width(&l.text) > 60).count();
    let is_top = line.mark == Mark::Heading(1);
    let next = clues.head.iter().find(|l| l.number > line.number && matches!(l.mark, Mark::Heading(_)));
    let below = clues.blocks.iter().filter(|b| b.line > line.number && next.is_some_and(|n| b.line < n.number));
    let has_text = next.is_none() || below.into_iter().any(|b| b.linked * 2 < b.characters && b.width > 60);
    (texts == 0 && (is_top || !has_text)).then(|| field(&line.text, line.number))?
}

/// The first line of a bare clip, when it stands alone and is no sentence: exporters that keep no
/// metadata write the title there.
fn first_line(clues: &Clues<'_>) -> Option<Field> {
    if !clues.is_bare {
        return None;
    }
    let line = clues.head.first()?;
    let next = clues.head.get(1)?;
    let words = line.words();
    let plain = line.mark == Mark::None && line.links.is_empty() && !labels::is_labelled(&words);
    let alone = next.number > line.number + 1;
    let sentence = words.ends_with(['。', '.', '：', ':', '，', ',', '；', ';']);
    let named = clues.options.file_name.as_deref().is_some_and(|name| letters(name).starts_with(&letters(&words)));
    (plain && alone && (!sentence || named) && (4..=140).contains(&width(&words)))
        .then(|| super::draft::field(Key::Title, vec![words], Origin::Body { line: line.number }))?
}

fn file_name(options: &Options) -> Option<Field> {
    let name = options.file_name.as_deref()?;
    let stem = [".markdown", ".md", ".txt", ".text", ".textbundle"].iter().find_map(|suffix| {
        let cut = name.len().checked_sub(suffix.len())?;
        name.get(cut..)?.eq_ignore_ascii_case(suffix).then(|| name.get(..cut))?
    });
    let stem = stem.unwrap_or(name);
    let stem = stem.strip_suffix("@annote").unwrap_or(stem);
    super::draft::field(Key::Title, vec![inline::entities(stem)], Origin::FileName)
}

/// Takes off counts of notifications, tags of platforms, and the names of site and author; returns
/// the title, and the author when the title ends with one.
fn clean(title: &str, draft: &Draft, clues: &Clues<'_>) -> (String, Option<String>) {
    let text = one_line(&inline::entities(title));
    let mut text = without_hashtags(without_count(&text)).to_owned();
    for end in [" (highlights)", " - Highlights", " (annotated)"] {
        text = text.strip_suffix(end).unwrap_or(&text).to_owned();
    }
    let quoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).filter(|t| !t.contains('"'));
    text = quoted.unwrap_or(&text).to_owned();
    let mut author = None;
    for _ in 0..3 {
        let Some((before, end)) = suffix(&text) else { break };
        let host = address::host(draft.first(Key::SourceUrl)).unwrap_or_default();
        let name = names::strip_word(end, &["by "]);
        if name.len() < end.len() && names::is_name(name) {
            author = author.or_else(|| Some(name.to_owned()));
        } else if !is_name_of_host(end, &host) && !is_known(end, draft) && !is_heading(before, clues) {
            break;
        }
        text = before.to_owned();
    }
    // `Title by Name`, where the name is known.
    let known = draft.first(Key::Author);
    let before = text.strip_suffix(known).and_then(|t| t.strip_suffix(" by ")).filter(|_| !known.is_empty());
    // `Thread by Name` is all the title there is.
    if let Some(before) = before.filter(|b| b.split_whitespace().count() >= 3) {
        text = before.to_owned();
    }
    (text.trim().to_owned(), author)
}

/// `(2 封私信) Title`, `(99+) Title`.
fn without_count(text: &str) -> &str {
    let Some((count, rest)) = text.strip_prefix('(').and_then(|t| t.split_once(')')) else { return text };
    let digits = count.starts_with(|c: char| c.is_ascii_digit());
    let what = count.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | ' '));
    let is_count = digits && (what.is_empty() || ["封私信", "条消息", "new"].iter().any(|w| what.contains(w)));
    if is_count && !rest.trim().is_empty() { rest.trim_start() } else { text }
}

/// A title without the tags that video platforms put behind it.
fn without_hashtags(text: &str) -> &str {
    let mut title = text;
    while let Some((before, tag)) = title.trim_end().rsplit_once('#') {
        let is_tag = tag.starts_with(char::is_alphabetic) && !tag.trim().contains(' ') && !before.ends_with('#');
        let joined = before.ends_with(|c: char| c.is_ascii_alphanumeric());
        if !is_tag || joined || before.trim().is_empty() {
            break;
        }
        title = before.trim_end();
    }
    title
}

/// Parts a title at the last sign that sites put before their names.
fn suffix(text: &str) -> Option<(&str, &str)> {
    const SIGNS: [&str; 9] = [" - ", " / ", " | ", " – ", " — ", " · ", " :: ", "_", "-"];
    let (at, sign) = SIGNS
        .iter()
        .filter_map(|sign| text.rfind(sign).map(|at| (at, sign)))
        .max_by_key(|(at, s)| (*at + s.len(), s.len()))?;
    let (before, end) = (text.get(..at)?.trim(), text.get(at + sign.len()..)?.trim());
    (!before.is_empty() && !end.is_empty() && width(end) <= 40).then_some((before, end))
}

/// Names by which platforms call themselves at the end of titles, and their hosts.
const PLATFORMS: [(&str, &str); 18] = [
    ("хабр", "habr.com"),
    ("x", "x.com"),
    ("知乎", "zhihu.com"),
    ("csdn博客", "csdn.net"),
    ("掘金", "juejin.cn"),
    ("简书", "jianshu.com"),
    ("博客园", "cnblogs.com"),
    ("36氪", "36kr.com"),
    ("少数派", "sspai.com"),
    ("虎嗅网", "huxiu.com"),
    ("豆瓣", "douban.com"),
    ("小红书", "xiaohongshu.com"),
    ("哔哩哔哩", "bilibili.com"),
    ("哔哩哔哩bilibili", "bilibili.com"),
    ("腾讯云", "cloud.tencent.com"),
    ("腾讯云开发者社区", "cloud.tencent.com"),
    ("阿里云开发者社区", "developer.aliyun.com"),
    ("抖音", "douyin.com"),
];

/// Whether words are the name of a platform.
#[must_use]
pub fn is_platform(words: &str) -> bool {
    let own = letters(words);
    PLATFORMS.iter().any(|(name, _)| own == *name)
        || matches!(own.as_str(), "微信公众号" | "公众号" | "微博" | "twitter" | "medium")
}

/// Whether a title's end is how a host calls itself.
fn is_name_of_host(end: &str, host: &str) -> bool {
    let own = letters(end);
    let latin = own.is_ascii() && own.len() >= 3;
    let platform = PLATFORMS.iter().any(|(name, of)| own == *name && (host.ends_with(of) || host.is_empty()));
    let whole = letters(host);
    platform || latin && !host.is_empty() && (own == whole || address::labels(host).contains(&own))
}

/// Whether a title's end is the site, the account or the author that is known.
fn is_known(end: &str, draft: &Draft) -> bool {
    let own = letters(end);
    [Key::Site, Key::Account, Key::Author].iter().any(|key| letters(draft.first(*key)) == own)
}

/// Whether the body has a heading that says a title without its end.
fn is_heading(before: &str, clues: &Clues<'_>) -> bool {
    let own = letters(before);
    let headings = clues.head.iter().filter(|l| matches!(l.mark, Mark::Heading(_))).take(3);
    own.chars().count() >= 4 && headings.into_iter().any(|l| letters(&l.text) == own)
}
