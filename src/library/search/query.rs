//! What a person asks for: words, phrases, fields and dates, read from one line of text.
//!
//! Start at [`Query::parse`]. It never fails: what is not finished, as it is still being typed, is
//! left out. The line is folded before it is read, so quotes, colons and dashes of every width and
//! form mean the same. How a term is looked for is told in [`super::matches`].

use super::fold;

/// A word or a phrase that is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    words: Vec<String>,
}

impl Term {
    /// The term of a text: one word, or several that follow each other.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { words: fold(text).split_whitespace().map(str::to_owned).collect() }
    }

    /// Its words, folded; none of them is empty.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Its folded text, with one space between two words.
    #[must_use]
    pub fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// What a value can be asked of by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `site:`, the name of the publication or its host.
    Site,
    /// `tag:`.
    Tag,
    /// `status:`, in the reader's workflow.
    Status,
    /// `author:`.
    Author,
    /// `year:`.
    Year,
    /// `lang:`, as a code: `lang:en` is `en-US`, too.
    Language,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Site, Self::Tag, Self::Status, Self::Author, Self::Year, Self::Language];

    /// Whether a clip can have several values of it: then each value that is asked for must be
    /// there; of the others a clip has one, and one of those asked for is enough.
    #[must_use]
    pub fn is_many(self) -> bool {
        matches!(self, Self::Tag | Self::Author)
    }
}

/// A value that is asked for, or refused, by the name of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldTerm {
    /// Where it is to be.
    pub field: Field,
    /// What is to be there.
    pub term: Term,
    /// Whether it must not be there.
    pub without: bool,
}

/// A question to the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these must be in a clip.
    pub terms: Vec<Term>,
    /// None of these may be in it.
    pub without: Vec<Term>,
    /// What its fields are to be.
    pub fields: Vec<FieldTerm>,
    /// Its date is earlier than the beginning of this: YYYY, YYYY-MM or YYYY-MM-DD.
    pub before: Option<String>,
    /// Its date is not earlier than the beginning of this, so `after:2024 before:2025` is one year.
    pub after: Option<String>,
}

/// What stands before a colon.
enum Key {
    Field(Field),
    Before,
    After,
}

impl Query {
    /// Reads what a person typed.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let folded = fold(text);
        let mut query = Self::default();
        let mut rest = folded.as_str();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || closes_only(c));
            if rest.is_empty() {
                return query;
            }
            rest = query.take(rest);
        }
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The folded words and phrases that are to be marked where they are found.
    #[must_use]
    pub fn terms_folded(&self) -> Vec<String> {
        self.terms.iter().map(Term::text).collect()
    }

    /// Whether every clip that this finds is found by `other`, too: a person typed on.
    ///
    /// It may say no where the answer is yes.
    #[must_use]
    pub fn narrows(&self, other: &Self) -> bool {
        let terms = self.terms_folded();
        let longer = |old: &Term| {
            let text = old.text();
            terms.iter().any(|new| new.starts_with(&text))
        };
        self.fields == other.fields
            && self.before == other.before
            && self.after == other.after
            && !other.is_empty()
            && other.without.iter().all(|old| self.without.contains(old))
            && other.terms.iter().all(longer)
    }

    /// Takes the piece at the beginning of a text, and returns what follows it.
    fn take<'t>(&mut self, text: &'t str) -> &'t str {
        let positive = text.trim_start_matches('-');
        let without = positive.len() < text.len();
        let (key, valued) = match key(positive) {
            Some((key, rest)) => (Some(key), rest),
            None => (None, positive),
        };
        let (value, rest) = value(valued);
        match key {
            Some(Key::Before) => self.bound(value, !without),
            Some(Key::After) => self.bound(value, without),
            Some(Key::Field(field)) => {
                let value = if field == Field::Tag { value.trim_start_matches('#') } else { value };
                let term = Term::new(value);
                if !term.is_empty() {
                    self.fields.push(FieldTerm { field, term, without });
                }
            }
            None => {
                let term = Term::new(value);
                let list = if without { &mut self.without } else { &mut self.terms };
                if !term.is_empty() && !list.contains(&term) {
                    list.push(term);
                }
            }
        }
        rest
    }

    /// Keeps the stricter of two bounds.
    fn bound(&mut self, value: &str, before: bool) {
        let Some(date) = date(value) else { return };
        let kept = if before { &mut self.before } else { &mut self.after };
        let stricter = kept.as_ref().is_none_or(|kept| if before { date < *kept } else { date > *kept });
        if stricter {
            *kept = Some(date);
        }
    }
}

/// The name of a field at the beginning of a text, and what follows its colon.
fn key(text: &str) -> Option<(Key, &str)> {
    let (name, rest) = text.split_once(':')?;
    let key = match name {
        "site" => Key::Field(Field::Site),
        "tag" => Key::Field(Field::Tag),
        "status" => Key::Field(Field::Status),
        "author" => Key::Field(Field::Author),
        "year" => Key::Field(Field::Year),
        "lang" => Key::Field(Field::Language),
        "before" => Key::Before,
        "after" => Key::After,
        _ => return None,
    };
    Some((key, rest))
}

/// The word or the quoted text at the beginning of a text, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let closing = text.chars().next().and_then(closing);
    if let Some(closing) = closing {
        let inner = text.get(text.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        // A phrase whose end is not typed yet goes on up to the end.
        return inner.split_once(closing).unwrap_or((inner, ""));
    }
    // Who writes without spaces puts a quote right behind a word.
    let end = text.find(|c: char| c.is_whitespace() || self::closing(c).is_some() || closes_only(c));
    text.split_at(end.unwrap_or(text.len()))
}

/// What closes a quote that opens like this.
fn closing(opening: char) -> Option<char> {
    match opening {
        '"' => Some('"'),
        '「' => Some('」'),
        '『' => Some('』'),
        '｢' => Some('｣'),
        _ => None,
    }
}

fn closes_only(c: char) -> bool {
    matches!(c, '」' | '』' | '｣')
}

/// A date as it is compared: YYYY, YYYY-MM or YYYY-MM-DD; `None` while it is none.
fn date(text: &str) -> Option<String> {
    let mut numbers = text.split(['-', '/', '.', '年', '月', '日']);
    let mut date = numbers.next().filter(|year| is_number(year) && year.len() == 4)?.to_owned();
    for (number, most) in numbers.zip([12, 31]) {
        if number.is_empty() {
            break;
        }
        let value = Some(number).filter(|n| is_number(n) && n.len() <= 2)?.parse::<u8>().ok()?;
        if value == 0 && number.len() == 1 {
            // The zero of a month or day that is still being typed.
            break;
        }
        if value == 0 || value > most {
            return None;
        }
        date.push('-');
        if value < 10 {
            date.push('0');
        }
        date.push_str(number.trim_start_matches('0'));
    }
    Some(date)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
