//! The words that dates are made of: months, weekdays and names of time zones.

/// Months by their names, lower case: English, French, Spanish, Portuguese, Italian, German, Dutch
/// and Russian (both cases).
const MONTHS: [&str; 12] = [
    "january janvier enero janeiro gennaio januar jänner januari январь января",
    "february février fevrier febrero fevereiro febbraio februar februari февраль февраля",
    "march mars marzo março marco märz maart mrt март марта",
    "april avril abril aprile апрель апреля",
    "may mai mayo maio maggio mei май мая",
    "june juin junio junho giugno juni июнь июня",
    "july juillet julio julho luglio juli июль июля",
    "august août aout agosto augustus август августа",
    "september septembre septiembre setembro settembre сентябрь сентября",
    "october octobre octubre outubro ottobre oktober октябрь октября",
    "november novembre noviembre novembro ноябрь ноября",
    "december décembre decembre diciembre dezembro dicembre dezember декабрь декабря",
];

/// The month that a word names, whole or by at least its first three letters.
pub(super) fn month_of(word: &str) -> Option<u64> {
    // None of the names is in a script of East Asia, where words are as long as sentences.
    if word.starts_with(|c| c >= '\u{1100}') || !(3..=10).contains(&word.chars().take(11).count()) {
        return None;
    }
    let word = word.to_lowercase();
    let month = MONTHS.iter().position(|names| names.split(' ').any(|name| name.starts_with(&word)))?;
    u64::try_from(month + 1).ok()
}

/// Whether a word is a day of the week.
pub(super) fn weekday(word: &str) -> bool {
    const STARTS: [&str; 11] = ["周", "星期", "週", "礼拜", "禮拜", "曜日", "月曜", "火曜", "水曜", "木曜", "金曜"];
    const NAMES: [&str; 24] = [
        "mon",
        "monday",
        "tue",
        "tues",
        "tuesday",
        "wed",
        "wednesday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ];
    let word = word.to_lowercase();
    NAMES.contains(&word.as_str())
        || (word.chars().count() <= 3 && STARTS.iter().any(|start| word.starts_with(start)))
        || (word.chars().count() == 1 && "月火水木金土日월화수목금토일".contains(&word))
}

/// Minutes east of UTC of a zone's name; names with several meanings (`CST`) are left out.
pub(super) fn offset_of(word: &str) -> Option<i16> {
    Some(match word.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" | "WET" => 0,
        "CET" | "WEST" => 60,
        "CEST" | "EET" => 120,
        "MSK" => 180,
        "JST" | "KST" => 540,
        "EST" => -300,
        "EDT" => -240,
        "PST" => -480,
        "PDT" => -420,
        _ => return None,
    })
}
