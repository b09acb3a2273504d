//! Times as the W3C's annotations have them (`2026-01-02T09:30:00Z`), and back.
//!
//! The calendar is the proleptic Gregorian one; days are counted as in Howard Hinnant's
//! *chrono-compatible low-level date algorithms*.

/// A time as ISO 8601, in UTC and whole milliseconds.
#[must_use]
pub fn iso(time_ms: u64) -> String {
    let (days, in_day) = (time_ms / 86_400_000, time_ms % 86_400_000);
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second, rest) = (in_day / 3_600_000, in_day / 60_000 % 60, in_day / 1000 % 60, in_day % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{rest:03}Z")
}

/// The day of a time, in UTC.
#[must_use]
pub fn day(time_ms: u64) -> String {
    iso(time_ms).split('T').next().unwrap_or_default().to_owned()
}

/// Reads a time in UTC; `None` for anything else.
#[must_use]
pub fn parse(text: &str) -> Option<u64> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut parts = day.split('-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1970..10_000).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = year - u64::from(month <= 2);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let (era, year_of_era) = (year / 400, year % 400);
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    let days =
        (era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year).checked_sub(719_468)?;
    let mut parts = time.split(':');
    let (hour, minute) = (parts.next()?.parse::<u64>().ok()?, parts.next()?.parse::<u64>().ok()?);
    let second: f64 = parts.next()?.parse().ok()?;
    let is_time = hour < 24 && minute < 60 && (0.0..61.0).contains(&second);
    // A leap second is the end of the one before it, so that no time is beyond its day.
    let in_minute = ((second * 1000.0).round() as u64).min(59_999);
    is_time.then(|| days * 86_400_000 + hour * 3_600_000 + minute * 60_000 + in_minute)
}
