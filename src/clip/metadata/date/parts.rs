//! The parts that a date is made of: a day in each order, a time, a zone. Each reads from a cursor.

use super::Time;
use super::tokens::{Cursor, Kind};
use super::words::{month_of, offset_of, weekday};

/// `2024-11-28`, `2024/11/28`, `2024.11.28`, `2024. 11. 28.`, `2024年11月28日`, `2024년 11월 28일`.
pub(super) fn year_first(c: &mut Cursor<'_, '_>) -> Option<(u64, u64, u64)> {
    let year = c.number(4).filter(|y| *y >= 1000)?;
    c.spaces();
    let between = c.sign(|s| matches!(s, '-' | '/' | '.' | '年' | '년' | '–' | '‑'))?;
    c.spaces();
    let month = c.number(2)?;
    c.spaces();
    let second = c.sign(|s| s == between || matches!(s, '月' | '월'))?;
    if matches!(between, '年' | '년') != matches!(second, '月' | '월') {
        return None;
    }
    c.spaces();
    let day = c.number(2)?;
    let end = *c;
    c.spaces();
    if c.sign(|s| matches!(s, '日' | '号' | '號' | '일')).is_none() {
        *c = end;
        if between == '.' {
            c.sign(|s| s == '.');
        }
    }
    Some((year, month, day))
}

/// `13-3-2023`, `28.11.2024`, `11/28/2024`.
pub(super) fn year_last(c: &mut Cursor<'_, '_>) -> Option<(u64, u64, u64)> {
    let first = c.number(2)?;
    let between = c.sign(|s| matches!(s, '-' | '/' | '.'))?;
    let second = c.number(2)?;
    c.sign(|s| s == between)?;
    let year = c.number(4).filter(|y| *y >= 1000)?;
    let month_first = (between == '/' && first <= 12) || second > 12;
    Some(if month_first { (year, first, second) } else { (year, second, first) })
}

/// `28 November 2024`, `28 de noviembre de 2024`, `November 28th, 2024`, `4 月 24, 2020`.
pub(super) fn named_month(c: &mut Cursor<'_, '_>) -> Option<(u64, u64, u64)> {
    if let Some(found) = c.attempt(|c| {
        let day = c.number(2)?;
        filler_before_month(c);
        let month = month_of(c.word()?)?;
        filler_before_month(c);
        Some((c.number(4).filter(|y| *y >= 1000)?, month, day))
    }) {
        return Some(found);
    }
    if let Some(found) = c.attempt(|c| {
        let month = month_of(c.word()?)?;
        c.sign(|s| s == '.');
        c.spaces();
        let day = c.number(2)?;
        c.attempt(|c| c.word().filter(|w| matches!(*w, "st" | "nd" | "rd" | "th")));
        c.sign(|s| matches!(s, ',' | '，' | '.'));
        c.spaces();
        Some((c.number(4).filter(|y| *y >= 1000)?, month, day))
    }) {
        return Some(found);
    }
    let month = c.number(2)?;
    c.spaces();
    c.sign(|s| matches!(s, '月' | '월'))?;
    c.spaces();
    let day = c.number(2)?;
    c.sign(|s| matches!(s, ',' | '，' | '日'));
    c.spaces();
    Some((c.number(4).filter(|y| *y >= 1000)?, month, day))
}

/// What stands between day, month and year: spaces, a full stop or comma, `de`, `th`, a hyphen.
fn filler_before_month(c: &mut Cursor<'_, '_>) {
    for _ in 0..4 {
        let moved = c.spaces()
            || c.sign(|s| matches!(s, '.' | ',' | '-' | 'º')).is_some()
            || c.attempt(|c| c.word().filter(|w| matches!(*w, "de" | "del" | "st" | "nd" | "rd" | "th" | "er")))
                .is_some();
        if !moved {
            return;
        }
    }
}

/// `12:26`, `T12:26:05.123`, `下午3:04`, `3:04 PM`, `12时26分`.
pub(super) fn clock(c: &mut Cursor<'_, '_>) -> Option<Time> {
    let apart = c.spaces();
    let apart = c.sign(|s| matches!(s, ',' | '，' | '(' | '（' | '|' | '·')).is_some() || apart;
    c.spaces();
    let before = words_before_clock(c);
    if !apart && c.follows_number() {
        return None;
    }
    let hour = c.number(2)?;
    c.sign(|s| matches!(s, ':' | '：' | '时' | '時' | '点' | '點' | '시'))?;
    c.spaces();
    let minute = c.number(2)?;
    c.sign(|s| matches!(s, '分' | '분'));
    let second = second(c);
    let afternoon = c.attempt(half_of_day).or(before);
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let part = |value: u64, below: u64| u8::try_from(value).ok().filter(|_| value < below);
    let second = match second {
        Some(second) => Some(part(second, 61)?),
        None => None,
    };
    Some(Time { hour: part(hour, 24)?, minute: part(minute, 60)?, second })
}

/// Goes past `T`, `at`, a weekday and the like; says whether `下午` (afternoon, true) or `上午`
/// (morning, false) is among them.
fn words_before_clock(c: &mut Cursor<'_, '_>) -> Option<bool> {
    let mut afternoon = None;
    for _ in 0..2 {
        c.attempt(|c| {
            let word = c.word()?;
            match word.to_lowercase().as_str() {
                "t" | "at" | "à" | "um" | "a" | "в" | "alle" | "às" => {}
                "上午" | "오전" | "午前" | "凌晨" | "早上" => afternoon = Some(false),
                "下午" | "오후" | "午後" | "晚上" => afternoon = Some(true),
                _ if weekday(word) => {}
                _ => return None,
            }
            c.spaces();
            c.sign(|s| matches!(s, ',' | ')' | '）'));
            c.spaces();
            Some(())
        });
    }
    afternoon
}

/// `:05`, `05秒`, and a fraction, which is left out.
fn second(c: &mut Cursor<'_, '_>) -> Option<u64> {
    let after_colon = c.attempt(|c| {
        c.sign(|s| matches!(s, ':' | '：'))?;
        c.number(2)
    });
    let second = after_colon.or_else(|| {
        c.attempt(|c| {
            let second = c.number(2)?;
            c.sign(|s| matches!(s, '秒' | '초'))?;
            Some(second)
        })
    })?;
    c.attempt(|c| {
        c.sign(|s| matches!(s, '.' | ','))?;
        c.number(9)
    });
    Some(second)
}

/// `AM`, `p.m.`: whether it is the afternoon.
fn half_of_day(c: &mut Cursor<'_, '_>) -> Option<bool> {
    c.spaces();
    let word = c.word()?.to_lowercase();
    match word.as_str() {
        "am" | "pm" => Some(word == "pm"),
        "a" | "p" => {
            c.sign(|s| s == '.')?;
            c.word().filter(|m| m.eq_ignore_ascii_case("m"))?;
            c.sign(|s| s == '.');
            Some(word == "p")
        }
        _ => None,
    }
}

/// `Z`, `+08:00`, `+0800`, `(UTC +08:00)`, `GMT+8`, `JST`; minutes east of UTC.
pub(super) fn zone(c: &mut Cursor<'_, '_>) -> Option<i16> {
    c.spaces();
    let bracket = c.sign(|s| matches!(s, '(' | '（')).is_some();
    let named = c.attempt(|c| offset_of(c.word()?));
    c.spaces();
    let shifted = c.attempt(|c| {
        let sign = c.sign(|s| matches!(s, '+' | '-' | '−'))?;
        let (hours, minutes) = match c.peek() {
            Some(Kind::Number((value, 3 | 4))) => (value / 100, value % 100),
            Some(Kind::Number((value, 1 | 2))) => (*value, 0),
            _ => return None,
        };
        c.at += 1;
        let minutes = c
            .attempt(|c| {
                c.sign(|s| s == ':')?;
                c.number(2)
            })
            .unwrap_or(minutes);
        if hours > 14 || minutes > 59 {
            return None;
        }
        let size = i16::try_from(hours * 60 + minutes).ok()?;
        Some(if sign == '+' { size } else { -size })
    });
    if bracket {
        c.sign(|s| matches!(s, ')' | '）'));
    }
    shifted.or(named)
}
