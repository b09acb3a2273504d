//! The time of a file in an archive: MS-DOS date and time, which every zip has, and the seconds
//! since 1970 of Info-ZIP's extra field 0x5455, which say in which zone they are.

/// The number of Info-ZIP's extra field for times.
pub(super) const EXTENDED_TIMESTAMP: u16 = 0x5455;

const DAY_SECONDS: i64 = 86_400;

/// Milliseconds since 1970 of a date and time, as if it were in UTC: MS-DOS does not say a zone.
/// `None` when it is no date.
pub(super) fn from_dos(year: u16, month: u8, day: u8, seconds: i64) -> Option<u64> {
    if !(1980..=2107).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days = days_since_1970(i64::from(year), i64::from(month), i64::from(day));
    u64::try_from((days * DAY_SECONDS + seconds) * 1000).ok()
}

/// The time of modification in the field [`EXTENDED_TIMESTAMP`].
pub(super) fn from_extra(field: &[u8]) -> Option<u64> {
    match field {
        [flags, a, b, c, d, ..] if flags & 1 == 1 => {
            u64::try_from(i32::from_le_bytes([*a, *b, *c, *d])).ok().map(|seconds| seconds * 1000)
        }
        _ => None,
    }
}

/// The two words of MS-DOS for a time: the time of day and the date. Times that it cannot say
/// become the nearest that it can.
pub(super) fn to_dos(time_ms: u64) -> (u16, u16) {
    let seconds = i64::try_from(time_ms / 1000).unwrap_or(i64::MAX);
    let (year, month, day) = civil(seconds.div_euclid(DAY_SECONDS));
    let in_day = seconds.rem_euclid(DAY_SECONDS);
    let (year, month, day, in_day) = match year {
        ..1980 => (1980, 1, 1, 0),
        1980..2108 => (year, month, day, in_day),
        _ => (2107, 12, 31, DAY_SECONDS - 1),
    };
    let time = (in_day / 3600) << 11 | (in_day / 60 % 60) << 5 | (in_day % 60 / 2);
    let date = (year - 1980) << 9 | month << 5 | day;
    (u16::try_from(time).unwrap_or(0), u16::try_from(date).unwrap_or(0x21))
}

/// Howard Hinnant's `days_from_civil` for years after 0.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year / 400;
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Howard Hinnant's `civil_from_days` for days after 1970.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}
