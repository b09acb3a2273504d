//! Which clipper or convention made a file: told by its keys first, by its body second.

use super::lines::{Edges, Mark};
use super::synonyms::plain;
use super::{Dialect, address};
use crate::FrontMatter;
use crate::front_matter::Format;

/// What tells one dialect from another.
#[derive(Debug)]
pub struct Signs {
    keys: Vec<String>,
    format: Format,
    /// Head and tail, as the file has them, in lower case.
    edges: String,
    has_wechat_address: bool,
    has_clipping_tag: bool,
    has_utc_note: bool,
    is_simpread_type: bool,
    has_stamped_assets: bool,
}

impl Signs {
    /// Gathers the signs.
    #[must_use]
    pub fn of(front_matter: &FrontMatter, edges: &Edges, text: &str) -> Self {
        let keys: Vec<String> = front_matter.entries().map(|e| plain(&e.key)).collect();
        let lines = edges.head.iter().chain(&edges.tail);
        let mut shown = String::new();
        for line in lines {
            if line.mark == Mark::Quote {
                shown.push_str("> ");
            }
            shown.push_str(&line.raw.to_lowercase());
            shown.push('\n');
        }
        let raw = front_matter.raw.to_lowercase();
        let stated = |key: &str| {
            let found = front_matter.entries().find(|e| plain(&e.key) == key);
            found.map(|e| front_matter_words(&e.value)).unwrap_or_default()
        };
        Self {
            has_wechat_address: address::find(&raw).is_some_and(|a| address::is_wechat(&a))
                || raw.contains("mp.weixin.qq.com/s")
                || shown.contains("mmbiz.qpic.cn"),
            has_clipping_tag: stated("tags").to_lowercase().contains("clipping"),
            has_utc_note: stated("created").contains("(UTC"),
            is_simpread_type: stated("type").eq_ignore_ascii_case("simpread"),
            has_stamped_assets: super::zone::stamp(text).is_some(),
            format: front_matter.format,
            keys,
            edges: shown,
        }
    }

    fn has(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.keys.iter().any(|k| k == key))
    }

    fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.keys.iter().any(|k| k == key))
    }

    fn shows(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.edges.contains(word))
    }

    /// The dialect.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.clipper().unwrap_or_else(|| self.convention())
    }

    /// A clipper that leaves marks of its own.
    fn clipper(&self) -> Option<Dialect> {
        if self.shows(&["ksria.com", "简悦 simpread"]) || self.is_simpread_type {
            return Some(Dialect::SimpRead);
        }
        if self.has(&["cuboxurl"]) || self.shows(&["[read in cubox]", "cubox.pro/c/", "cubox.pro/web/"]) {
            return Some(Dialect::Cubox);
        }
        if self.has_any(&["omnivoreurl", "wordscount", "datesaved"]) || self.shows(&["[read on omnivore]"]) {
            return Some(Dialect::Omnivore);
        }
        let synced = ["[[readwise]]", "rw-book-cover", "[view highlight]", "readwise.io/"];
        if self.shows(&synced) || self.has(&["fulltitle", "category"]) {
            return Some(Dialect::Readwise);
        }
        if self.has_stamped_assets || self.shows(&["[↓↓↓](javascript:", "original url : [access]"]) {
            return Some(Dialect::MaoXian);
        }
        if self.has_utc_note || self.shows(&["> excerpt"]) {
            return Some(Dialect::MarkDownload);
        }
        None
    }

    /// A convention that is told by its keys.
    fn convention(&self) -> Dialect {
        if self.has(&["wordcount"]) && self.has_any(&["domain", "site"]) {
            return Dialect::Defuddle;
        }
        if self.has(&["saved", "website"]) || self.has(&["saved", "labels"]) {
            return Dialect::Readeck;
        }
        if self.has_any(&["completed?", "altitude"]) {
            return Dialect::Joplin;
        }
        if self.has(&["source", "created"]) && self.has_any(&["published", "description", "author"]) {
            return Dialect::Obsidian;
        }
        if self.has(&["title", "updated", "created"]) && !self.has_any(&["url", "date", "layout"]) {
            return Dialect::Joplin;
        }
        let quotes = ["> 公众号", "> 原文链接", "> **原文链接", "> **公众号", "> 发布时间"];
        let is_script = self.has_any(&["公众号", "发布时间", "原文链接"])
            || self.edges.contains("mp.weixin.qq.com/s") && self.shows(&quotes);
        if is_script || self.has_wechat_address {
            return Dialect::WeChat;
        }
        match self.format {
            Format::Properties => Dialect::Logseq,
            Format::Percent => Dialect::Pandoc,
            Format::Toml => Dialect::Blog,
            _ if self.names_page() => Dialect::Plain,
            _ if self.has_any(&["layout", "permalink", "draft", "lastmod", "categories", "slug"]) => Dialect::Blog,
            _ if self.has(&["title", "date"]) && !self.has(&["status"]) => Dialect::Blog,
            _ => Dialect::Plain,
        }
    }

    /// Whether the clip shows an address or pictures of WeChat.
    #[must_use]
    pub fn is_wechat(&self) -> bool {
        self.has_wechat_address
    }

    /// Whether `date` is when the page was saved: reading lists date their own entries, and so do
    /// files about a page that name its publication apart.
    #[must_use]
    pub fn date_is_of_saving(&self, dialect: Dialect) -> bool {
        const SAVED: [&str; 9] = [
            "clippeddate",
            "clippedat",
            "clipped",
            "datesaved",
            "saved",
            "savedat",
            "saveddate",
            "collected",
            "dateadded",
        ];
        if self.has_any(&SAVED) {
            return false;
        }
        let is_list = self.has_any(&["status", "state", "read", "dateread"])
            || self.has_any(&["publisheddate", "datepublished", "published", "publishdate"]);
        match dialect {
            Dialect::Omnivore | Dialect::SimpRead | Dialect::Readwise | Dialect::Cubox => true,
            Dialect::Blog | Dialect::Pandoc => false,
            _ => self.is_about_a_page() || is_list && self.names_page(),
        }
    }

    /// Whether the front matter has a key for the page's address.
    fn names_page(&self) -> bool {
        self.has_any(&["url", "source", "sourceurl", "link", "originalurl", "原文链接", "原网址"])
    }

    /// Whether the front matter describes a note about a page, and the page is named in the body:
    /// then author and date are the note's.
    #[must_use]
    pub fn is_about_a_page(&self) -> bool {
        self.has_clipping_tag && !self.names_page() && self.shows(&["source:", "url:", "来源", "原文"])
    }
}

/// All words of a value, one after the other.
fn front_matter_words(value: &crate::front_matter::Value) -> String {
    use crate::front_matter::Value;
    match value {
        Value::List(values) => values.iter().map(front_matter_words).collect::<Vec<_>>().join(" "),
        Value::Map(_) => String::new(),
        other => other.as_text().unwrap_or("").to_owned(),
    }
}
