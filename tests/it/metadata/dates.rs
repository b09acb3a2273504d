//! Every way of writing a date that clips were seen to use.

use clip_viewer::clip::metadata::date;

#[track_caller]
fn check(text: &str, iso: &str) {
    let read = date::read(text).map_or_else(|| "no date".to_owned(), |d| d.iso());
    assert_eq!(read, iso, "{text}");
}

#[track_caller]
fn check_found(text: &str, iso: &str) {
    let found = date::find(text).map_or_else(|| "no date".to_owned(), |(_, d)| d.iso());
    assert_eq!(found, iso, "{text}");
}

#[test]
fn iso_and_its_near_relations() {
    check("2024-11-28", "2024-11-28");
    check("2024-11-28T12:26", "2024-11-28T12:26");
    check("2024-11-28 12:26:05", "2024-11-28T12:26:05");
    check("2024-11-28T12:26:05.123Z", "2024-11-28T12:26:05Z");
    check("2024-11-28T12:26:05+0800", "2024-11-28T12:26:05+08:00");
    check("1970-01-01 00:00:00Z", "1970-01-01T00:00:00Z");
    check("2023-11-24T14:37:23 (UTC +08:00)", "2023-11-24T14:37:23+08:00");
    check("2023-11-24T14:37:23 (UTC -05:30)", "2023-11-24T14:37:23-05:30");
    check("2013/7/13 20:46:25", "2013-07-13T20:46:25");
    check("2024.11.28", "2024-11-28");
    check("20241128", "2024-11-28");
}

#[test]
fn east_asian() {
    check("2024年11月28日 12:26", "2024-11-28T12:26");
    check("2024年11月28日12时26分", "2024-11-28T12:26");
    check("2024年11月28日 下午3:04", "2024-11-28T15:04");
    check("2024 年 3 月 5 日", "2024-03-05");
    check("2024년 11월 28일", "2024-11-28");
    check("2024. 11. 28.", "2024-11-28");
    check("2024-11-28 周四", "2024-11-28");
    check("2024年11月28日（木）", "2024-11-28");
    check("4 月 24, 2020", "2020-04-24");
    check("2024年11月", "2024-11");
}

#[test]
fn month_names() {
    check("Nov 28, 2024", "2024-11-28");
    check("November 28th, 2024", "2024-11-28");
    check("Sept. 3, 2024 at 4:05 PM", "2024-09-03T16:05");
    check("28 November 2024", "2024-11-28");
    check("Thu, 28 Nov 2024 12:26:00 GMT", "2024-11-28T12:26:00Z");
    check("28 de noviembre de 2024", "2024-11-28");
    check("1er août 2024", "2024-08-01");
    check("28. März 2024", "2024-03-28");
    check("28 ноября 2024", "2024-11-28");
    check("November 2024", "2024-11");
}

#[test]
fn other_digits_and_orders() {
    check("١٣-٣-٢٠٢٣", "2023-03-13");
    check("۱۴۰۲/۰۵/۰۶", "1402-05-06");
    check("13.03.2023", "2023-03-13");
    check("11/28/2024", "2024-11-28");
    check("28/11/2024", "2024-11-28");
    check("2024", "2024");
    check("1764068562", "2025-11-25T11:02:42Z");
}

#[test]
fn what_is_no_date() {
    check("", "no date");
    check("v2024.1", "no date");
    check("2024-13-40", "no date");
    check("2024-11-28 meeting notes", "no date");
    check("12:30", "no date");
    check("1.2.3", "no date");
    check("{{date: YYYY-MM-DD}}", "no date");
}

#[test]
fn a_date_among_words() {
    check_found("原创 张三 *2025年11月19日 10:52*", "2025-11-19T10:52");
    check_found("Somebody wrote this on Nov 3, 2021 in Paris", "2021-11-03");
    check_found("甲报 2022-06-29 15:44  ", "2022-06-29T15:44");
    check_found("no date at all, 12 of 30", "no date");
    check_found("file-2024-11-28", "2024-11-28");
}
