//! Dates in all the forms that clippers write, as ISO 8601.

/// Reads a date, with its time and zone when they are there, from the beginning of a text:
/// `2024-11-28T12:26:00+08:00`, `2024-11-28T12:26`, `2024-11-28`, `2024-11` or `2024`.
///
/// `None` when the text does not begin with a date (a weekday or a word before it will do).
#[must_use]
pub fn iso(text: &str) -> Option<String> {
    let text = western_digits(text);
    numeric(&text).or_else(|| with_month_name(&text))
}

/// Arabic-Indic, Persian and full-width digits as ASCII ones.
fn western_digits(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| {
            let zero = match c {
                '\u{660}'..='\u{669}' => 0x660,
                '\u{6F0}'..='\u{6F9}' => 0x6F0,
                '\u{FF10}'..='\u{FF19}' => 0xFF10,
                _ => return c,
            };
            char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
        })
        .collect()
}

/// Cuts a number of at most `most` digits off the front.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > most {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, text.get(length..)?))
}

/// `2024-11-28`, `2024/11/28`, `2024.11.28`, `2024年11月28日`, with a time after it.
fn numeric(text: &str) -> Option<String> {
    let (year, rest) = number(text, 4)?;
    if !(1000..=9999).contains(&year) {
        return None;
    }
    let month = rest.strip_prefix(['-', '/', '.', '年', '년']).map(str::trim_start).and_then(|r| number(r, 2));
    let Some((month, rest)) = month.filter(|(m, _)| (1..=12).contains(m)) else {
        return Some(format!("{year:04}"));
    };
    let day = rest.strip_prefix(['-', '/', '.', '月', '월']).map(str::trim_start).and_then(|r| number(r, 2));
    let Some((day, rest)) = day.filter(|(d, _)| (1..=31).contains(d)) else {
        return Some(format!("{year:04}-{month:02}"));
    };
    let rest = rest.strip_prefix(['日', '号', '일']).unwrap_or(rest);
    Some(format!("{year:04}-{month:02}-{day:02}{}", time(rest)))
}

/// `Nov 28, 2024`, `28 November 2024`, `Thu, 28 Nov 2024`.
fn with_month_name(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split([' ', ',', '.']).filter(|w| !w.is_empty()).take(6).collect();
    let at = words.iter().position(|w| {
        w.len() >= 3 && MONTHS.iter().any(|m| w.starts_with(m)) && w.bytes().all(|b| b.is_ascii_alphabetic())
    })?;
    if at > 2 {
        return None;
    }
    let month = MONTHS.iter().position(|m| words.get(at).is_some_and(|w| w.starts_with(m)))? + 1;
    let day_of = |index: usize| {
        let word = words.get(index)?.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        number(word, 2).map(|(day, _)| day).filter(|day| (1..=31).contains(day))
    };
    let year_of = |index: usize| number(words.get(index)?, 4).map(|(year, _)| year).filter(|year| *year >= 1000);
    let day = at.checked_sub(1).and_then(day_of).or_else(|| day_of(at + 1));
    let year = year_of(at + 1).or_else(|| year_of(at + 2))?;
    Some(match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    })
}

/// The time and the zone after a date; nothing when there is none.
fn time(rest: &str) -> String {
    let rest = rest.trim_start_matches(['T', 't', ' ', ',', '\u{a0}']);
    let Some((hour, rest)) = number(rest, 2).filter(|(hour, _)| *hour < 24) else {
        return String::new();
    };
    let Some((minute, rest)) = rest.strip_prefix([':', '：', '时']).and_then(|r| number(r, 2)).filter(|(m, _)| *m < 60)
    else {
        return String::new();
    };
    let second = rest.strip_prefix(':').and_then(|r| number(r, 2)).filter(|(s, _)| *s < 61);
    let (second, rest) = second.map_or((String::new(), rest), |(s, rest)| (format!(":{s:02}"), rest));
    let hour = afternoon(hour, rest);
    let fraction = rest.strip_prefix('.').and_then(|r| number(r, 9)).map_or(rest, |(_, rest)| rest);
    format!("T{hour:02}:{minute:02}{second}{}", zone(fraction))
}

fn afternoon(hour: u32, rest: &str) -> u32 {
    let mark = rest.trim_start().get(..2).unwrap_or_default().to_ascii_lowercase();
    match (mark.as_str(), hour) {
        ("pm", 1..=11) => hour + 12,
        ("am", 12) => 0,
        _ => hour,
    }
}

/// `Z`, `+08:00`, `+0800`, `(UTC +08:00)`.
fn zone(rest: &str) -> String {
    let rest = rest.trim_start_matches([' ', '(']);
    let named = rest.strip_prefix("UTC").or_else(|| rest.strip_prefix("GMT"));
    let rest = named.unwrap_or(rest).trim_start();
    if rest.starts_with('Z') {
        return "Z".to_owned();
    }
    let Some(sign) = rest.chars().next().filter(|c| matches!(c, '+' | '-')) else {
        return named.map_or(String::new(), |_| "Z".to_owned());
    };
    let digits: String = rest.chars().skip(1).filter(|c| *c != ':').take_while(char::is_ascii_digit).collect();
    match (digits.get(..2), digits.get(2..4)) {
        (Some(hours), Some(minutes)) => format!("{sign}{hours}:{minutes}"),
        (Some(hours), None) => format!("{sign}{hours}:00"),
        _ => String::new(),
    }
}
