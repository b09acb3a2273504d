//! Bytes into text: marks, guesses, the reader's choice, and files that are no text.

use clip_viewer::clip::{self, Clip, Options};
use proptest::prelude::*;

use super::places;

/// Texts of our own in the languages whose encodings are guessed, short as clips can be.
const CHINESE: &str = "---\ntitle: 一个小故事\n---\n\n# 一个小故事\n\n今天我们来说一说这个城市的早晨。天还没有亮，卖早点的人就已经在路口等着了，他们知道谁会先来。\n";
const TRADITIONAL: &str =
    "# 一個小故事\n\n今天我們來說一說這個城市的早晨。天還沒有亮，賣早點的人就已經在路口等著了，他們知道誰會先來。\n";
const JAPANESE: &str =
    "# 小さな話\n\n朝の町はまだ静かで、パン屋だけが明るい。私たちは角を曲がり、いつもの店に入った。\n";
const KOREAN: &str = "# 작은 이야기\n\n아침의 도시는 아직 조용하고, 빵집만 불이 켜져 있다. 우리는 모퉁이를 돌아 늘 가던 가게에 들어갔다.\n";
const FRENCH: &str = "# Une petite histoire\n\nLa ville était encore calme à cette heure-là. Le boulanger, déjà levé, préparait ses pâtes près du théâtre. « Ça va ? » demanda-t-il.\n";
const RUSSIAN: &str =
    "# Маленькая история\n\nУтром город ещё спал, и только пекарня на углу была открыта. Мы вошли и заказали чай.\n";

fn parse(bytes: &[u8]) -> Clip {
    clip::parse(bytes, &Options::default())
}

#[track_caller]
fn check_guess(label: &str, text: &str) {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "the test's own text does not fit {label}");
    let clip = parse(&bytes);
    assert_eq!(clip.source.text, text, "{label}");
    assert!(clip.source.encoding.eq_ignore_ascii_case(label), "{}", clip.source.encoding);
    assert!(clip.source.encoding_guessed);
    assert!(places(&clip).iter().any(|(code, _)| code == "encoding-guessed"));
}

#[test]
fn legacy_encodings_are_guessed() {
    check_guess("gb18030", CHINESE);
    check_guess("big5", TRADITIONAL);
    check_guess("shift_jis", JAPANESE);
    check_guess("euc-jp", JAPANESE);
    check_guess("euc-kr", KOREAN);
    check_guess("windows-1252", FRENCH);
    check_guess("windows-1251", RUSSIAN);
    check_guess("koi8-r", RUSSIAN);
}

#[test]
fn one_accented_word_is_enough() {
    assert_eq!(parse(b"# Caf\xe9\n\nA place in town.\n").source.text, "# Café\n\nA place in town.\n");
    assert_eq!(parse(b"It\x92s here \x96 now.\n").source.text, "It’s here – now.\n");
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn utf_16_with_and_without_its_mark() {
    for text in [CHINESE, FRENCH, KOREAN] {
        for mark in [true, false] {
            let little = parse(&utf_16(text, u16::to_le_bytes, mark));
            assert_eq!((little.source.text.as_str(), little.source.encoding.as_str()), (text, "UTF-16LE"));
            assert_eq!(little.source.encoding_guessed, !mark);
            let big = parse(&utf_16(text, u16::to_be_bytes, mark));
            assert_eq!((big.source.text.as_str(), big.source.encoding.as_str()), (text, "UTF-16BE"));
        }
    }
}

#[test]
fn utf_8_is_no_guess() {
    for text in [CHINESE, JAPANESE, FRENCH, "plain"] {
        let clip = parse(text.as_bytes());
        assert_eq!((clip.source.text.as_str(), clip.source.encoding.as_str()), (text, "UTF-8"));
        assert!(!clip.source.encoding_guessed);
        let marked = parse(format!("\u{feff}{text}").as_bytes());
        assert_eq!(marked.source.text, text);
    }
}

#[test]
fn a_few_broken_bytes_leave_it_utf_8() {
    let mut bytes = CHINESE.as_bytes().to_vec();
    bytes.push(0xe4);
    let clip = parse(&bytes);
    assert_eq!(clip.source.text, format!("{CHINESE}\u{fffd}"));
    assert!(places(&clip).iter().any(|(code, _)| code == "encoding"));
}

#[test]
fn the_reader_can_choose() {
    let (bytes, _, _) = encoding_rs::GB18030.encode(CHINESE);
    let chosen = |label: &str| {
        let options = Options { encoding: Some(label.to_owned()), ..Options::default() };
        clip::parse(&bytes, &options)
    };
    assert_eq!(chosen("gb18030").source.text, CHINESE);
    assert!(!chosen("gb18030").source.encoding_guessed);
    assert_ne!(chosen("windows-1252").source.text, CHINESE);
    let unknown = chosen("klingon");
    assert_eq!(unknown.source.text, CHINESE, "an unknown name falls back to the guess");
    assert!(places(&unknown).iter().any(|(code, _)| code == "encoding-unknown"));
}

#[test]
fn empty_and_binary_files_are_named() {
    for bytes in [&b""[..], b" \n\n", b"\xef\xbb\xbf"] {
        assert!(places(&parse(bytes)).iter().any(|(code, _)| code == "empty"), "{bytes:?}");
    }
    let noise: Vec<u8> = (0..4000u32).map(|i| (i * i % 251) as u8).collect();
    for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"%PDF-1.7\n", &noise] {
        assert!(places(&parse(bytes)).iter().any(|(code, _)| code == "binary"));
    }
    assert!(!places(&parse(b"a bell\x07 and a nul\0 in text\n")).iter().any(|(code, _)| code == "binary"));
}

#[test]
fn lines_end_in_all_three_ways() {
    for text in ["a\nb\nc", "a\r\nb\r\nc", "a\rb\rc"] {
        let clip = parse(text.as_bytes());
        assert_eq!(clip.source.line(text.find('c').unwrap()), 3, "{text:?}");
        assert_eq!(clip.source.line_start(2), text.find('b').unwrap(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_make_a_text(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let clip = parse(&bytes);
        prop_assert!(clip.source.text.len() <= bytes.len() * 3 + 3);
    }
}
