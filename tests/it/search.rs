//! Finding: folding, queries, matches, hits and their order, snippets and marks.

use std::ops::Range;

use clip_viewer::library::ClipId;
use clip_viewer::library::search::{
    Described, Document, Field, Finder, Hit, Index, Query, Search, Snippet, Term, find_in, fold, marks, snippet,
};
use proptest::prelude::*;

fn id(name: &str) -> ClipId {
    ClipId::of(name.as_bytes())
}

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// An index of texts, each a clip of its own, without a title.
fn index_of(texts: &[&str]) -> Index {
    let mut index = Index::default();
    for text in texts {
        index.put(id(text), Document::new(&Described::default(), text));
    }
    index
}

fn search(index: &Index, query: &str) -> Vec<Hit> {
    let mut search = Search::new(index, Query::parse(query));
    while !search.step(index, 10_000).done {}
    search.hits().to_vec()
}

/// Whether a query finds a text that is all there is.
#[track_caller]
fn check(query: &str, text: &str, found: bool) {
    let hits = search(&index_of(&[text]), query);
    assert_eq!(hits.len(), usize::from(found), "{query:?} in {text:?}");
}

/// Whether a query finds a clip of which only this is known.
#[track_caller]
fn check_described(query: &str, described: &Described<'_>, found: bool) {
    let mut index = Index::default();
    index.put(id("one"), Document::new(described, "text"));
    assert_eq!(search(&index, query).len(), usize::from(found), "{query:?} in {described:?}");
}

/// The words and phrases of a query, those without which are refused with a dash.
fn told(query: &str) -> String {
    let query = Query::parse(query);
    let mut told: Vec<String> = query.terms.iter().map(Term::text).collect();
    told.extend(query.without.iter().map(|term| format!("-{}", term.text())));
    for field in &query.fields {
        let dash = if field.without { "-" } else { "" };
        told.push(format!("{dash}{:?}={}", field.field, field.term.text()));
    }
    told.extend(query.before.map(|date| format!("<{date}")));
    told.extend(query.after.map(|date| format!(">={date}")));
    told.join(" | ")
}

#[test]
fn case_width_and_accents_make_no_difference() {
    for (text, folded) in [
        ("Rust 2024", "rust 2024"),
        ("ＲＵＳＴ　２０２４！", "rust 2024!"),
        ("Crème Brûlée, Ångström, Łódź, Ÿ", "creme brulee, angstrom, lodz, y"),
        ("Tiếng Việt: Đường, Ươ", "tieng viet: duong, uo"),
        ("nǐ hǎo lǜ", "ni hao lu"),
        ("ΣΊΣΥΦΟΣ ς", "σισυφοσ σ"),
        ("Ёлка ЖУК", "елка жук"),
        ("“a” ‘b’ «c» — – ‑ −", "\"a\" 'b' \"c\" - - - -"),
        ("a\u{a0}b\tc\nd\r\n", "a b c\nd \n"),
        ("ｶﾀｶﾅ ｰ", "カタカナ ー"),
        ("中文，、。：（）", "中文,,.:()"),
        ("straße ﬁ æ 漢字 한글 ไทย عربي 😀", "straße ﬁ æ 漢字 한글 ไทย عربي 😀"),
        ("İSTANBUL ı K", "istanbul i k"),
    ] {
        assert_eq!(fold(text), folded, "{text:?}");
    }
}

#[test]
fn a_query_is_read_in_all_its_forms() {
    for (query, expected) in [
        ("", ""),
        ("  　 ", ""),
        ("one Two", "one | two"),
        ("one one", "one"),
        ("\"Two  words\" three", "two words | three"),
        ("“两个 词” 「引号 内」『双』", "两个 词 | 引号 内 | 双"),
        ("机器\"学习 方法\"", "机器 | 学习 方法"),
        ("\"not yet closed", "not yet closed"),
        ("「还没", "还没"),
        ("\"\" \" \" \"", ""),
        ("a -b -\"c d\" -「e」 －ｆ", "a | -b | -c d | -e | -f"),
        ("a - b -", "a | b"),
        ("well-known a--b", "well-known | a--b"),
        ("--", ""),
        ("site:example.com", "Site=example.com"),
        ("SITE：Example", "Site=example"),
        ("site:\"a b\" c", "c | Site=a b"),
        ("site:“纽约 时报”", "Site=纽约 时报"),
        ("-tag:#rust tag:", "-Tag=rust"),
        ("site: a", "a"),
        ("status:inbox author:李 year:2024 lang:zh", "Status=inbox | Author=李 | Year=2024 | Language=zh"),
        ("other:thing https://x.org", "other:thing | https://x.org"),
        ("before:2024-05 after:2023", "<2024-05 | >=2023"),
        ("before:2024 before:2022 before:2023", "<2022"),
        ("after:2024 after:2022", ">=2024"),
        ("-before:2024 -after:2025", "<2025 | >=2024"),
        ("after:2024/3/5 before:2024年12月", "<2024-12 | >=2024-03-05"),
        ("after:", ""),
        ("after:20", ""),
        ("after:2024-", ">=2024"),
        ("after:2024-0", ">=2024"),
        ("after:2024-1", ">=2024-01"),
        ("after:2024-13 before:2024-02-32 after:soon", ""),
        ("5\"", "5"),
    ] {
        assert_eq!(told(query), expected, "{query:?}");
        assert_eq!(Query::parse(query).is_empty(), expected.is_empty(), "{query:?}");
    }
    assert_eq!(Query::parse("Ａ -b \"C  d\"").terms_folded(), ["a", "c d"]);
}

#[test]
fn words_are_found_from_their_beginning_and_chinese_anywhere() {
    for (query, text, found) in [
        ("read", "I am reading", true),
        ("read", "a thread of it", false),
        ("read", "thread, then Read", true),
        ("READ", "reading", true),
        ("习方", "机器学习方法", true),
        ("学习", "机器学習", false),
        ("rust", "我用Rust写", true),
        ("写rust", "我写Rust的", true),
        ("4o", "gpt4o", true),
        ("24", "in 2024", false),
        ("20", "in 2024", true),
        ("мир", "Мира", true),
        ("мир", "кумир", false),
        ("cafe", "Le Café", true),
        ("café", "cafe", true),
        ("thread", "e\u{301}thread", false),
        ("ไทย", "ภาษาไทยง่าย", true),
        ("كتاب", "الكتاب", true),
        ("한국", "대한국인", true),
        // The second of two that overlap begins a word.
        ("a-a", "ba-a-a", true),
        ("c++", "in C++.", true),
        (".net", "asp.net", true),
        ("ＡＢＣ", "abc", true),
        ("abc", "ＡＢＣ", true),
        ("カタ", "ｶﾀｶﾅ", true),
        ("don't", "I don’t", true),
        ("😀", "so 😀!", true),
        ("machine 学习", "学习 about machines", true),
        ("machine 语文", "学习 about machines", false),
    ] {
        check(query, text, found);
    }
}

#[test]
fn phrases_are_found_over_any_white_space() {
    for (query, text, found) in [
        ("\"two words\"", "the two  \n\t words here", true),
        ("\"two words\"", "two other words", false),
        ("\"two words\"", "twowords", false),
        ("\"wo words\"", "two words", false),
        ("\"two wor", "two words", true),
        ("\"a longest b\"", "a longest c, a longest b", true),
        ("\"a longest b\"", "xa longest b", false),
        ("\"机器 学习\"", "机器　学习", true),
        ("“深度学习”", "讲深度学习的", true),
        ("\"is it 'so'\"", "is it ‘so’", true),
    ] {
        check(query, text, found);
    }
}

#[test]
fn what_is_refused_is_left_out() {
    check("-read", "a thread", true);
    check("-read", "reading", false);
    check("learn -机器", "learn 机器", false);
    check("learn -\"two words\"", "learn two  words", false);
    check("learn -\"two words\"", "learn words two", true);
}

#[test]
fn fields_are_asked_by_name() {
    let (authors, tags) = (strings(&["Ada Lovelace", "李明"]), strings(&["machine learning", "机器学习"]));
    let clip = Described {
        title: "A title",
        site: "The Daily",
        host: "www.daily.example",
        authors: &authors,
        tags: &tags,
        status: "reading",
        language: "zh-CN",
        saved: "2024-05-06T10:00:00Z",
        published: "2019-01-02",
        ..Described::default()
    };
    for (query, found) in [
        ("site:daily", true),
        ("site:\"the daily\"", true),
        ("site:daily.example", true),
        ("site:aily", false),
        ("site:other", false),
        ("site:other site:daily", true),
        ("-site:daily", false),
        ("-site:other", true),
        ("tag:machine", true),
        ("tag:\"machine learning\"", true),
        ("tag:\"learning 机器学习\"", false),
        ("tag:学习", true),
        ("tag:machine tag:other", false),
        ("tag:machine tag:机器学习", true),
        ("author:ada", true),
        ("author:李明", true),
        ("author:ada author:bob", false),
        ("status:read", true),
        ("status:inbox", false),
        ("status:inbox status:reading", true),
        ("year:2019", true),
        ("year:20", true),
        ("year:2024", false),
        ("lang:zh", true),
        ("lang:cn", true),
        ("lang:en", false),
        ("lovelace", true),
        ("title 机器学习 text", true),
        // A status is no word of the clip.
        ("reading", false),
    ] {
        check_described(query, &clip, found);
    }
}

#[test]
fn dates_are_compared_by_their_beginning() {
    let saved = |saved| Described { saved, published: "1999-01-01", ..Described::default() };
    for (query, date, found) in [
        ("after:2024", "2024-01-01", true),
        ("after:2024", "2023-12-31", false),
        ("before:2024", "2024-01-01", false),
        ("before:2024", "2023-12-31", true),
        ("after:2024-05", "2024-05-01T00:00:00+08:00", true),
        ("before:2024-05-06", "2024-05-06T10:00", false),
        ("before:2024-05-07", "2024-05-06T10:00", true),
        ("after:2024-05-06", "2024-05-06T10:00", true),
        ("after:2024 before:2025", "2024-12-31T23:59", true),
        ("after:2024 before:2025", "2025-01-01", false),
        ("after:2024-02", "2024", false),
        ("before:2024-02", "2024", true),
        ("after:1999", "", true),
        ("before:1999", "", false),
    ] {
        check_described(query, &saved(date), found);
    }
    check_described("before:2024", &Described::default(), false);
    check_described("after:1900", &Described::default(), false);
    check_described("before:2000", &Described { published: "二〇二四年五月", ..Described::default() }, false);
}

#[test]
fn the_best_hits_come_first() {
    let mut index = Index::default();
    let mut put = |name: &str, title: &str, body: &str, recency| {
        index.put(id(name), Document::new(&Described { title, recency, ..Described::default() }, body));
    };
    put("rare", "Other", &format!("river {}", "word ".repeat(400)), 9);
    put("often", "Other", &format!("river river river river {}", "word ".repeat(400)), 1);
    put("title", "The river", "nothing", 0);
    put("twin, old", "Other", "a river", 3);
    put("twin, new", "Other", "a river", 4);
    let hits = search(&index, "river");
    let order: Vec<&str> = hits
        .iter()
        .map(|hit| ["rare", "often", "title", "twin, old", "twin, new"].into_iter().find(|n| id(n) == hit.id).unwrap())
        .collect();
    assert_eq!(order, ["title", "often", "twin, new", "twin, old", "rare"]);
    assert!(hits[0].in_title && !hits[1].in_title);
    assert_eq!((hits[0].count, hits[0].first), (0, None));
    assert_eq!((hits[1].count, hits[1].first), (4, Some(0)));
}

#[test]
fn a_hit_tells_where_the_first_match_is_in_characters() {
    let text = "😀 中文 Ａ é: river";
    let hits = search(&index_of(&[text]), "river");
    assert_eq!(hits[0].first, Some(text.chars().count() - 5));
    assert_eq!(search(&index_of(&["b a a b"]), "a b")[0].first, Some(0));
}

#[test]
fn all_terms_must_be_in_the_title_to_be_in_it() {
    let mut index = Index::default();
    let tags = strings(&["stone"]);
    let described = Described { title: "River and", tags: &tags, ..Described::default() };
    index.put(id("a"), Document::new(&described, "river stone"));
    assert!(!search(&index, "river stone")[0].in_title);
    assert!(search(&index, "river and")[0].in_title);
    // No phrase goes from the title into what follows it.
    assert!(search(&index, "\"and stone\"").is_empty());
}

#[test]
fn clips_come_and_go() {
    let mut index = index_of(&["one river", "two rivers"]);
    let version = index.version();
    assert_eq!(search(&index, "river").len(), 2);
    assert!(index.remove(&id("one river")) && !index.remove(&id("one river")));
    assert_eq!((index.len(), search(&index, "river").len()), (1, 1));
    index.put(id("two rivers"), Document::new(&Described::default(), "now a stone"));
    assert_eq!((index.len(), search(&index, "river").len()), (1, 0));
    index.put(id("three"), Document::new(&Described::default(), "river"));
    assert_eq!((index.len(), search(&index, "river").len()), (2, 1));
    assert!(index.version() > version && index.memory_bytes() > 16);
    let described = Described { status: "done", ..Described::default() };
    assert!(index.describe(&id("three"), &described) && !index.describe(&id("four"), &described));
    assert_eq!(search(&index, "river status:done").len(), 1);
    index.clear();
    assert!(index.is_empty() && !index.has(&id("three")) && search(&index, "river").is_empty());
}

#[test]
fn a_search_goes_step_by_step() {
    let texts: Vec<String> = (0..20).map(|n| format!("river {n} {}", "word ".repeat(100))).collect();
    let index = index_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let mut search = Search::new(&index, Query::parse("river"));
    let first = search.step(&index, 0);
    assert_eq!((first.done, first.scanned, first.total), (false, 1, 20));
    assert_eq!(search.hits().len(), 1);
    let mut steps = 1;
    while !search.step(&index, 1000).done {
        steps += 1;
    }
    assert!((6..20).contains(&steps), "{steps}");
    assert_eq!(search.hits().len(), 20);
    assert!(Search::new(&index, Query::default()).step(&index, 0).done);
}

#[test]
fn a_search_that_narrows_reads_only_what_was_found_or_not_read_yet() {
    let mut index = index_of(&["river a", "river boat b", "stone c", "stone d"]);
    let mut before = Search::new(&index, Query::parse("ri"));
    before.step(&index, usize::MAX);
    let mut next = Search::next(&index, Query::parse("ri bo"), &before);
    assert_eq!(next.step(&index, usize::MAX).total, 2);
    assert_eq!(next.hits().len(), 1);
    for (query, total) in [("river", 2), ("r", 4), ("stone", 4), ("ri tag:x", 4), ("ri -boat", 2)] {
        let mut next = Search::next(&index, Query::parse(query), &before);
        assert_eq!(next.step(&index, usize::MAX).total, total, "{query}");
    }
    let mut half = Search::new(&index, Query::parse("ri"));
    half.step(&index, 0);
    let mut next = Search::next(&index, Query::parse("river"), &half);
    next.step(&index, usize::MAX);
    assert_eq!(next.hits().len(), 2);
    index.put(id("new"), Document::new(&Described::default(), "river"));
    let mut next = Search::next(&index, Query::parse("river"), &before);
    next.step(&index, usize::MAX);
    assert_eq!(next.hits().len(), 3);
}

/// A snippet as text, marks in brackets.
fn shown(snippet: &Snippet) -> String {
    snippet.parts.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() }).collect()
}

#[track_caller]
fn check_snippet(text: &str, query: &str, expected: &str) {
    assert_eq!(shown(&snippet(text, &Query::parse(query))), expected, "{query:?} in {text:?}");
}

#[test]
fn snippets_mark_the_right_characters() {
    check_snippet("The River runs", "river", "The [River] runs");
    check_snippet("  a\n\n  River \t runs ", "river", "a [River] runs");
    check_snippet("😀中文Ｒｉｖｅｒ，水", "river", "😀中文[Ｒｉｖｅｒ]，水");
    check_snippet("un Café noir", "\"cafe  noir\"", "un [Café noir]");
    check_snippet("two \n words", "\"two words\"", "[two words]");
    check_snippet("机器学习", "学习 器学", "机[器学习]");
    check_snippet("thread read", "read", "thread [read]");
    check_snippet("nothing here", "river", "nothing here");
    check_snippet("", "river", "");
    check_snippet("a -b", "a -b", "[a] -b");
}

#[test]
fn snippets_are_cut_between_words() {
    let text = format!("{} river {}", "alpha ".repeat(60), "omega ".repeat(60));
    let snippet_of = snippet(&text, &Query::parse("river"));
    let shown_text = shown(&snippet_of);
    let length = shown_text.chars().count();
    assert!((110..=145).contains(&length), "{length}: {shown_text}");
    assert!(shown_text.starts_with("…alpha ") && shown_text.ends_with(" omega…"), "{shown_text}");
    assert!(shown_text.contains(" [river] "));

    let text = format!("{}河流{}", "山".repeat(300), "水".repeat(300));
    let shown_text = shown(&snippet(&text, &Query::parse("河流")));
    assert_eq!(shown_text.chars().count(), 140 + 2 + 2, "{shown_text}");
    assert!(shown_text.starts_with("…山") && shown_text.ends_with("水…"));

    let text = format!("{} river", "alpha ".repeat(60));
    let shown_text = shown(&snippet(&text, &Query::parse("river")));
    assert!(shown_text.ends_with(" [river]") && shown_text.chars().count() > 110, "{shown_text}");

    let long = "x".repeat(1000);
    let shown_text = shown(&snippet(&long, &Query::parse("y")));
    assert_eq!(shown_text.chars().count(), 141, "{shown_text}");
    assert!(!shown(&snippet(&format!("{long} river {long}"), &Query::parse("river"))).is_empty());
}

#[test]
fn snippets_are_taken_where_most_terms_are() {
    let gap = "word ".repeat(100);
    let text = format!("river {gap} stone {gap} a river by a stone {gap} river river river");
    let shown_text = shown(&snippet(&text, &Query::parse("river stone")));
    assert!(shown_text.contains("a [river] by a [stone]"), "{shown_text}");
}

#[test]
fn no_cut_tears_a_character_apart() {
    let family = "👨\u{200d}👩\u{200d}👧".repeat(80);
    for part in snippet(&family, &Query::default()).parts {
        assert!(!part.text.starts_with('\u{200d}') && !part.text.trim_end_matches('…').ends_with('\u{200d}'));
    }
    let thai = "ที่นี่".repeat(80);
    let shown_text = shown(&snippet(&thai, &Query::default()));
    assert!(shown_text.chars().count() > 100, "{shown_text}");
}

fn once(range: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(range).collect()
}

#[test]
fn titles_are_marked_by_bytes_and_texts_by_utf_16() {
    let title = "😀 Café 学习 reading";
    let query = Query::parse("cafe 学习 read -x tag:y");
    let marked: Vec<&str> = marks(title, &query).into_iter().map(|range| &title[range]).collect();
    assert_eq!(marked, ["Café", "学习", "read"]);
    assert_eq!(Finder::new(&query).ranges(title), [3..7, 8..10, 11..15]);
    assert_eq!(Finder::literal("-x \"").ranges("a -x \" b"), once(2..6));
    assert_eq!(Finder::literal("aa").ranges("aaaa 中aaaa"), [0..2, 6..8]);
    assert_eq!(Finder::literal("水水").ranges("水水水水"), [0..2, 2..4]);
    assert!(Finder::literal("  ").is_empty() && Finder::new(&Query::parse("tag:a -b")).is_empty());
    assert_eq!(find_in("a reading thread", &Term::new("READ")).collect::<Vec<_>>(), once(2..6));
    assert_eq!(find_in("a", &Term::default()).count(), 0);
    // What one match has used is not the beginning of the next.
    assert_eq!(find_in("aa b aa b aa", &Term::new("aa b aa")).collect::<Vec<_>>(), once(0..7));
}

#[test]
fn one_value_is_enough_where_a_clip_has_one() {
    let many: Vec<Field> = Field::ALL.into_iter().filter(|field| field.is_many()).collect();
    assert_eq!(many, [Field::Tag, Field::Author]);
}

/// The rule of matching as simply as it can be written, over characters.
fn has(text: &str, term: &Term) -> bool {
    let spaced = |text: &str| {
        let mut spaced = String::new();
        for c in fold(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
            if !(c == ' ' && spaced.ends_with(' ')) {
                spaced.push(c);
            }
        }
        spaced.chars().collect::<Vec<char>>()
    };
    let (text, term) = (spaced(text), term.text().chars().collect::<Vec<char>>());
    let letter = |c: char| c.is_alphabetic() && (c < '\u{590}' || ('\u{1e00}'..'\u{2000}').contains(&c));
    (0..text.len()).filter(|at| text[*at..].starts_with(&term)).any(|at| {
        let before = at.checked_sub(1).map(|at| text[at]);
        match (before, term[0]) {
            (Some(before), first) if first.is_ascii_digit() => !before.is_ascii_digit(),
            (Some(before), first) if letter(first) => !letter(before),
            _ => true,
        }
    })
}

/// Texts of few characters, so that terms are found in them.
fn texts() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[abAB12é学习Ｂ， \n\u{3000}😀\"\\-]{0,30}").unwrap()
}

fn inside(text: &str, ranges: &[Range<usize>]) -> bool {
    ranges.iter().all(|r| r.start < r.end && text.get(r.clone()).is_some())
        && ranges.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn folding_keeps_the_number_of_characters(text in any::<String>(), other in texts()) {
        for text in [text, other] {
            let folded = fold(&text);
            prop_assert_eq!(folded.chars().count(), text.chars().count());
            prop_assert_eq!(fold(&folded), folded);
        }
    }

    #[test]
    fn any_line_can_be_asked_of_any_text(query in any::<String>(), text in any::<String>(), other in texts()) {
        for query in [query, other.clone(), format!("\"{other}"), format!("-{other} site:{other} after:{other}")] {
            let query = Query::parse(&query);
            for text in [&text, &other] {
                prop_assert!(inside(text, &marks(text, &query)));
                let units = text.encode_utf16().count();
                prop_assert!(Finder::new(&query).ranges(text).iter().all(|r| r.start < r.end && r.end <= units));
                let snippet = snippet(text, &query);
                let told: String = snippet.parts.iter().map(|p| p.text.as_str()).collect();
                prop_assert!(told.chars().count() <= 142 + text.chars().count().saturating_sub(60));
                let index = index_of(&[text]);
                Search::new(&index, query.clone()).step(&index, 0);
            }
        }
    }

    #[test]
    fn a_snippet_is_a_part_of_its_text(text in "[abc 学习é😀\n]{0,400}", query in "[ab学]{1,2}( [ab学]{1,2})?") {
        let query = Query::parse(&query);
        let snippet = snippet(&text, &query);
        let told: String = snippet.parts.iter().map(|p| p.text.as_str()).collect();
        let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert!(spaced.contains(told.trim_matches('…')), "{:?} of {:?}", told, spaced);
        for part in snippet.parts.iter().filter(|part| part.marked) {
            let folded = fold(&part.text);
            prop_assert!(query.terms_folded().iter().any(|term| folded.contains(term.as_str())), "{:?}", part);
        }
        let any = query.terms.iter().any(|term| has(&text, term));
        prop_assert_eq!(snippet.parts.iter().any(|part| part.marked), any);
    }

    #[test]
    fn hits_are_the_clips_that_have_every_term(
        texts in prop::collection::vec(texts(), 1..6),
        words in prop::collection::vec("[abAé1学习]{1,3}( [ab学])?", 1..4),
        refused in "[ab学1]{1,2}",
    ) {
        let line = words.iter().map(|word| format!("\"{word}\" ")).collect::<String>();
        for query in [Query::parse(&line), Query::parse(&format!("{line} -{refused}"))] {
            let index = index_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            let mut search = Search::new(&index, query.clone());
            while !search.step(&index, 10).done {}
            let hits = search.hits();
            for text in &texts {
                let expected = query.terms.iter().all(|term| has(text, term))
                    && !query.without.iter().any(|term| has(text, term));
                let hit = hits.iter().find(|hit| hit.id == id(text));
                prop_assert_eq!(hit.is_some(), expected, "{:?} in {:?}", query, text);
                prop_assert!(hit.is_none_or(|hit| hit.count > 0 && hit.first.is_some()));
            }
        }
    }

    #[test]
    fn typing_on_finds_what_a_new_search_finds(
        texts in prop::collection::vec(texts(), 1..8),
        line in "[ab学\" -]{1,8}",
        bytes in 0usize..60,
    ) {
        let index = index_of(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let mut before = Search::new(&index, Query::default());
        for (end, c) in line.char_indices() {
            let query = Query::parse(&line[..end + c.len_utf8()]);
            let mut typed = Search::next(&index, query.clone(), &before);
            typed.step(&index, bytes);
            let mut whole = Search::next(&index, query.clone(), &before);
            while !whole.step(&index, bytes).done {}
            let mut new = Search::new(&index, query);
            while !new.step(&index, usize::MAX).done {}
            prop_assert_eq!(whole.hits(), new.hits());
            before = typed;
        }
    }
}
