//! Dates as people and clippers write them, read into ISO 8601.
//!
//! Start at [`read`] (the whole text is a date) or [`find`] (a date stands somewhere in it). What
//! the text does not say is not made up: a year alone stays a year, and without a zone none is
//! shown. `11/12/2024` is read month first, as the software that writes slashes does; `11.12.2024`
//! and `11-12-2024` day first.

mod parts;
mod tokens;
mod words;

use std::ops::Range;

use tokens::{Cursor, Kind, Token, only_filler, tokens};
use words::month_of;

/// A date, as exact as the text was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
    time: Option<Time>,
    /// Minutes east of UTC, when the text says so.
    zone: Option<i16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    hour: u8,
    minute: u8,
    second: Option<u8>,
}

impl Date {
    /// The date in ISO 8601: `2024`, `2024-11`, `2024-11-28`, `2024-11-28T12:26:00+08:00`.
    #[must_use]
    pub fn iso(&self) -> String {
        let mut iso = format!("{:04}", self.year);
        if let Some(month) = self.month {
            iso.push_str(&format!("-{month:02}"));
        }
        if let Some(day) = self.day {
            iso.push_str(&format!("-{day:02}"));
        }
        if let Some(time) = self.time {
            iso.push_str(&format!("T{:02}:{:02}", time.hour, time.minute));
            if let Some(second) = time.second {
                iso.push_str(&format!(":{second:02}"));
            }
            match self.zone {
                Some(0) => iso.push('Z'),
                Some(zone) => iso.push_str(&offset(zone)),
                None => {}
            }
        }
        iso
    }

    /// Whether the day is known.
    #[must_use]
    pub fn has_day(&self) -> bool {
        self.day.is_some()
    }

    /// The offset from UTC in minutes, when the text says so.
    #[must_use]
    pub fn zone(&self) -> Option<i16> {
        self.zone
    }

    /// Seconds since 1970 as if the clock stood at UTC; needs the day and the time.
    #[must_use]
    pub fn clock_seconds(&self) -> Option<i64> {
        let time = self.time?;
        let days = days_since_1970(self.year, self.month?, self.day?);
        let seconds = i64::from(time.second.unwrap_or(0));
        Some(days * 86_400 + i64::from(time.hour) * 3_600 + i64::from(time.minute) * 60 + seconds)
    }

    /// The moment `seconds` after 1970, at UTC.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let days = seconds.div_euclid(86_400);
        let rest = seconds.rem_euclid(86_400);
        let (year, month, day) = civil(days);
        Some(Self {
            year: u16::try_from(year).ok()?,
            month: Some(month),
            day: Some(day),
            time: Some(Time {
                hour: u8::try_from(rest / 3_600).ok()?,
                minute: u8::try_from(rest / 60 % 60).ok()?,
                second: u8::try_from(rest % 60).ok(),
            }),
            zone: Some(0),
        })
    }
}

/// `+08:00` for 480 minutes.
#[must_use]
pub fn offset(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let size = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", size / 60, size % 60)
}

/// Howard Hinnant's `days_from_civil` for years after 0.
fn days_since_1970(year: u16, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Howard Hinnant's `civil_from_days`.
fn civil(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let part = (5 * of_year + 2) / 153;
    let day = u8::try_from(of_year - (153 * part + 2) / 5 + 1).unwrap_or(1);
    let month = u8::try_from(if part < 10 { part + 3 } else { part - 9 }).unwrap_or(1);
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Reads a date, with its time and zone when they are there, from the beginning of a text, and
/// returns it in ISO 8601: `2024-11-28T12:26:00+08:00`, `2024-11-28T12:26`, `2024-11-28`,
/// `2024-11` or `2024`.
///
/// `None` when the text does not begin with a date (a word or two before it will do). Other than
/// [`read`], it does not take a row of digits for seconds since 1970: in a text it may be anything.
#[must_use]
pub fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    if !has_digit(text) {
        return None;
    }
    if let Some(date) = read(text) {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let stamp = digits > 8 && digits == text.len();
        return (!stamp).then(|| date.iso());
    }
    if let Some((place, date)) = find(text)
        && place.start <= LONGEST_LEAD
        && !tokens(text.get(..place.start)?).iter().any(Token::is_number)
    {
        return Some(date.iso());
    }
    // A year, or a year and a month, with other words after it.
    let words = tokens(text);
    if !words.first().is_some_and(|first| matches!(first.kind, Kind::Number((_, 4)))) {
        return None;
    }
    (1..=4.min(words.len())).rev().find_map(|end| {
        let next = words.get(end).map(|t| &t.kind);
        let apart = matches!(next, None | Some(Kind::Space | Kind::Sign(',' | '，' | '。')));
        short_date(words.get(..end).filter(|_| apart)?).map(|date| date.iso())
    })
}

/// A date is never longer than this; longer texts are not looked at.
const LONGEST: usize = 96;
/// The most bytes that may stand before a date for a text to begin with it.
const LONGEST_LEAD: usize = 24;

/// Whether a text has a digit: without one it holds no date.
#[must_use]
pub fn has_digit(text: &str) -> bool {
    text.chars().any(tokens::is_digit)
}

/// Reads a text that is a date and nothing else (a weekday may stand beside it).
#[must_use]
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    // Most texts that are asked about are none, and have no number in them.
    if text.len() > LONGEST || !has_digit(text) {
        return None;
    }
    let tokens = tokens(text);
    if let Some((date, used)) = full_date(&tokens, 0)
        && only_filler(tokens.get(used..).unwrap_or_default())
    {
        return Some(date);
    }
    // A weekday may come first: `Thu, 28 Nov 2024`.
    let skip = tokens.iter().position(|t| t.is_number() || t.is_month())?;
    if skip > 0
        && only_filler(tokens.get(..skip)?)
        && let Some((date, used)) = full_date(&tokens, skip)
        && only_filler(tokens.get(used..)?)
    {
        return Some(date);
    }
    short_date(&tokens)
}

/// Finds the first date with a year, a month and a day in a short text, and where it stands.
#[must_use]
pub fn find(text: &str) -> Option<(Range<usize>, Date)> {
    if !has_digit(text) {
        return None;
    }
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        // A number glued to a word before it is part of a name.
        let before = at.checked_sub(1).and_then(|i| tokens.get(i));
        if before.is_some_and(|t| matches!(t.kind, Kind::Word(w) if w.is_ascii())) {
            return None;
        }
        let (date, used) = full_date(&tokens, at)?;
        let start = tokens.get(at)?.range.start;
        let end = tokens.get(used.checked_sub(1)?)?.range.end;
        Some((start..end, date))
    })
}

/// Reads a day at token `at`, with its time and zone, and returns the token after it.
fn full_date(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let mut cursor = Cursor::new(tokens, at);
    let (year, month, day) = cursor
        .attempt(parts::year_first)
        .or_else(|| cursor.attempt(parts::named_month))
        .or_else(|| cursor.attempt(parts::year_last))?;
    let (year, month, day) = valid(year, month, day)?;
    let after_day = cursor;
    let time = cursor.attempt(parts::clock);
    let zone = time.and_then(|_| cursor.attempt(parts::zone));
    let cursor = if time.is_some() { cursor } else { after_day };
    let date = Date { year, month: Some(month), day: Some(day), time, zone };
    Some((date, cursor.at))
}

fn valid(year: u64, month: u64, day: u64) -> Option<(u16, u8, u8)> {
    let year = u16::try_from(year).ok().filter(|y| (1000..=2999).contains(y))?;
    let month = u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    let day = u8::try_from(day).ok().filter(|d| (1..=longest).contains(d))?;
    Some((year, month, day))
}

/// What only a whole text can be: `2024`, `2024-11`, `20241128`, seconds since 1970.
fn short_date(tokens: &[Token<'_>]) -> Option<Date> {
    let day = |year: u64, month: u64, day: u64| {
        let (year, month, day) = valid(year, month, day)?;
        Some(Date { year, month: Some(month), day: Some(day), time: None, zone: None })
    };
    let kinds: Vec<&Kind<'_>> = tokens.iter().map(|t| &t.kind).collect();
    let (year, month) = match kinds.as_slice() {
        [Kind::Number((n, 10))] if *n > 946_684_800 => {
            return Date::from_unix(i64::try_from(*n).ok()?);
        }
        [Kind::Number((n, 13))] => return Date::from_unix(i64::try_from(n / 1_000).ok()?),
        [Kind::Number((n, 8))] => return day(n / 10_000, n / 100 % 100, n % 100),
        [Kind::Number((y, 4))] | [Kind::Number((y, 4)), Kind::Sign('年' | '년')] => (*y, None),
        [Kind::Number((y, 4)), Kind::Sign('-' | '/' | '.'), Kind::Number((m, 1 | 2))]
        | [Kind::Number((y, 4)), Kind::Sign('年'), Kind::Number((m, 1 | 2)), Kind::Sign('月')] => (*y, Some(*m)),
        [Kind::Word(word), Kind::Space, Kind::Number((y, 4))] => (*y, Some(month_of(word)?)),
        _ => return None,
    };
    let (year, checked, _) = valid(year, month.unwrap_or(1), 1)?;
    (1500..=2200).contains(&year).then_some(Date {
        year,
        month: month.map(|_| checked),
        day: None,
        time: None,
        zone: None,
    })
}
