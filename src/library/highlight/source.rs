//! Where a quote comes from, as a person would say it.

use crate::library::Entry;

/// What is told of the clip that a quote is of; what is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Its publication.
    pub site: String,
    /// The address of the page.
    pub url: String,
    /// When it was published: a day.
    pub published: String,
    /// When it was saved: a day.
    pub saved: String,
    /// Its tags.
    pub tags: Vec<String>,
}

impl From<&Entry> for Source {
    fn from(entry: &Entry) -> Self {
        let day = |date: &str| date.get(..10).unwrap_or(date).to_owned();
        Self {
            title: entry.title.clone(),
            author: entry.authors.join(", "),
            site: if entry.site.is_empty() { entry.host().to_owned() } else { entry.site.clone() },
            url: entry.url.clone(),
            published: day(&entry.published),
            saved: day(&entry.saved),
            tags: entry.tags.clone(),
        }
    }
}

impl Source {
    /// A quote with where it comes from behind it.
    #[must_use]
    pub fn cited(&self, quote: &str) -> String {
        let title = if self.title.is_empty() { String::new() } else { format!("“{}”", self.title) };
        let told = [&self.author, &title, &self.site, &self.published];
        let told: Vec<&str> = told.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let mut cited = format!("“{}”", quote.trim());
        if !told.is_empty() {
            cited.push_str("\n— ");
            cited.push_str(&told.join(", "));
        }
        if !self.url.is_empty() {
            cited.push('\n');
            cited.push_str(&self.url);
        }
        cited
    }
}
