//! A text of a date cut into numbers, words, spaces and signs, and a cursor to walk over them.

use std::ops::Range;

use super::words::{month_of, weekday};

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind<'a> {
    /// Its value and the count of its digits.
    Number((u64, usize)),
    Word(&'a str),
    Space,
    Sign(char),
}

/// One token and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
}

/// Whether a character is such a digit.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The value of a decimal digit of the scripts in which dates were seen.
fn digit(c: char) -> Option<u64> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(u64::from(u32::from(c) - u32::from(zero)))
}

/// The unit letters of Chinese, Japanese and Korean stand alone, all other letters form words.
fn is_unit(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '号'
            | '號'
            | '时'
            | '時'
            | '点'
            | '點'
            | '分'
            | '秒'
            | '년'
            | '월'
            | '일'
            | '시'
            | '분'
            | '초'
    )
}

/// Cuts a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let mut end = start + c.len_utf8();
        let mut take_while = |accept: &mut dyn FnMut(char) -> bool| {
            while let Some((at, next)) = rest.next_if(|(_, next)| accept(*next)) {
                end = at + next.len_utf8();
            }
        };
        let kind = if let Some(first) = digit(c) {
            let mut number = (first, 1);
            take_while(&mut |next| {
                digit(next).is_some_and(|d| {
                    number = (number.0.saturating_mul(10).saturating_add(d), number.1 + 1);
                    true
                })
            });
            Kind::Number(number)
        } else if c.is_whitespace() {
            take_while(&mut |next| next.is_whitespace());
            Kind::Space
        } else if c.is_alphabetic() && !is_unit(c) {
            take_while(&mut |next| next.is_alphabetic() && !is_unit(next));
            Kind::Word(text.get(start..end).unwrap_or(""))
        } else {
            Kind::Sign(c)
        };
        found.push(Token { kind, range: start..end });
    }
    found
}

impl Token<'_> {
    /// Whether it names a month.
    pub(super) fn is_month(&self) -> bool {
        matches!(self.kind, Kind::Word(word) if month_of(word).is_some())
    }

    /// Whether it is a number.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(_))
    }
}

/// White space, brackets, commas and weekdays say nothing more about a date.
pub(super) fn only_filler(tokens: &[Token<'_>]) -> bool {
    tokens.iter().all(|token| match token.kind {
        Kind::Space => true,
        Kind::Word(word) => weekday(word),
        Kind::Number(_) => false,
        Kind::Sign(c) => matches!(c, '(' | ')' | '（' | '）' | ',' | '，' | '.' | '[' | ']' | '*' | '_' | '·'),
    })
}

/// Walks over tokens.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a, 'b> {
    tokens: &'b [Token<'a>],
    /// The token that comes next.
    pub(super) at: usize,
}

impl<'a, 'b> Cursor<'a, 'b> {
    /// Starts at token `at`.
    pub(super) fn new(tokens: &'b [Token<'a>], at: usize) -> Self {
        Self { tokens, at }
    }

    /// What comes next.
    pub(super) fn peek(&self) -> Option<&Kind<'a>> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    /// Whether a number stands right before.
    pub(super) fn follows_number(&self) -> bool {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(Token::is_number)
    }

    /// Goes past white space; says whether there was any.
    pub(super) fn spaces(&mut self) -> bool {
        let there = matches!(self.peek(), Some(Kind::Space));
        self.at += usize::from(there);
        there
    }

    /// Takes a number of at most that many digits.
    pub(super) fn number(&mut self, most_digits: usize) -> Option<u64> {
        let (value, digits) = match self.peek() {
            Some(Kind::Number(number)) => *number,
            _ => return None,
        };
        if digits > most_digits {
            return None;
        }
        self.at += 1;
        Some(value)
    }

    /// Takes a sign that is accepted.
    pub(super) fn sign(&mut self, accept: impl Fn(char) -> bool) -> Option<char> {
        match self.peek() {
            Some(Kind::Sign(c)) if accept(*c) => {
                let c = *c;
                self.at += 1;
                Some(c)
            }
            _ => None,
        }
    }

    /// Takes a word.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        match self.peek() {
            Some(Kind::Word(word)) => {
                let word = *word;
                self.at += 1;
                Some(word)
            }
            _ => None,
        }
    }

    /// Tries a reading and goes back when it fails.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let value = read(&mut ahead)?;
        *self = ahead;
        Some(value)
    }
}
