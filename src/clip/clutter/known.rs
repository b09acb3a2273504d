//! Set phrases, all of them looked for in one walk over a text.

use crate::letters::lower;
use crate::order;

/// How many beginnings are told apart at once.
const BEGINNINGS: usize = 4096;

/// A list of phrases, made ready to be looked for.
#[derive(Debug)]
pub struct Known {
    /// In order, so that those with one beginning stand together.
    phrases: Vec<&'static str>,
    /// Which beginnings there are, by the hash of their first three bytes.
    beginnings: [bool; BEGINNINGS],
}

impl Known {
    /// Makes phrases ready, all in lower case and of at least three bytes.
    #[must_use]
    pub fn new(phrases: &[&'static str]) -> Self {
        let mut known = Self { phrases: phrases.to_vec(), beginnings: [false; BEGINNINGS] };
        order::sort(&mut known.phrases);
        for phrase in phrases {
            let beginning = phrase.as_bytes().first_chunk().and_then(|three| known.beginnings.get_mut(hash(three)));
            if let Some(beginning) = beginning {
                *beginning = true;
            }
        }
        known
    }

    /// How many of the phrases stand in a text, in whatever case; no more than `enough`.
    #[must_use]
    pub fn count(&self, text: &str, enough: usize) -> usize {
        let text = lower(text);
        let mut found: Vec<&str> = Vec::new();
        let mut rest = text.as_bytes();
        while let Some(three) = rest.first_chunk().filter(|_| found.len() < enough) {
            if self.beginnings.get(hash(three)) == Some(&true) {
                self.at(rest, three, &mut found);
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        found.len().min(enough)
    }

    /// Whether a text may begin with one of the phrases; most begin with none.
    #[must_use]
    pub fn may_begin(&self, text: &str) -> bool {
        let three = text.as_bytes().first_chunk::<3>().map(|three| three.map(|byte| byte.to_ascii_lowercase()));
        three.is_some_and(|three| self.beginnings.get(hash(&three)) == Some(&true))
    }

    /// Adds the phrases with which a text begins.
    fn at(&self, text: &[u8], three: &[u8; 3], found: &mut Vec<&'static str>) {
        let from = self.phrases.partition_point(|phrase| phrase.as_bytes() < three.as_slice());
        let same = self.phrases.iter().skip(from).take_while(|phrase| phrase.as_bytes().starts_with(three));
        for phrase in same.filter(|phrase| text.starts_with(phrase.as_bytes())) {
            if !found.contains(phrase) {
                found.push(phrase);
            }
        }
    }
}

fn hash([a, b, c]: &[u8; 3]) -> usize {
    let three = u32::from(*a) << 16 | u32::from(*b) << 8 | u32::from(*c);
    (three.wrapping_mul(0x9E37_79B1) >> 20) as usize
}
