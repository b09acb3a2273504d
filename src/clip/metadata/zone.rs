//! The zone of the clock that saved a clip.
//!
//! MaoXian names pictures by the second in UTC (`SECONDS-MD5.ext`) and writes the time of saving
//! as its own clock shows it; the difference is the zone.

use super::date;

/// The offset between the stamp in the pictures' names and the time of saving.
#[must_use]
pub fn told_by_pictures(text: &str, saved: &str) -> Option<String> {
    let stamp = stamp(text)?;
    let saved = date::read(saved)?;
    if saved.zone().is_some() {
        return None;
    }
    let offset = saved.clock_seconds()? - stamp;
    // Zones are whole quarters of an hour; saving the pictures takes a moment.
    let quarters = (offset + 450).div_euclid(900);
    let near = (offset - quarters * 900).abs() < 120;
    let minutes = i16::try_from(quarters * 15).ok()?;
    (near && quarters.abs() <= 14 * 4).then(|| date::offset(minutes))
}

/// The zone that a date states itself: `2024-11-28T12:26:00+08:00`.
#[must_use]
pub fn stated(saved: &str) -> Option<String> {
    date::read(saved)?.zone().filter(|minutes| *minutes != 0).map(date::offset)
}

/// The seconds in the first picture's name that has the form `SECONDS-MD5`.
#[must_use]
pub fn stamp(text: &str) -> Option<i64> {
    let folders = text.match_indices('/').filter(|(at, _)| text.get(..*at).is_some_and(|t| t.ends_with("assets")));
    folders.take(50).find_map(|(at, _)| {
        let name = text.get(at + 1..at + 1 + 43)?;
        let (seconds, hash) = name.split_once('-')?;
        let whole = seconds.len() == 10 && hash.len() == 32 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        if whole { seconds.parse().ok() } else { None }
    })
}
