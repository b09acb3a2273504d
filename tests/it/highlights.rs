//! Host tests of highlights: a place is found again after a text has changed, and never a wrong one.

use clip_viewer::library::ClipId;
use clip_viewer::library::highlight::text::{letter, letters};
use clip_viewer::library::highlight::{
    Colour, Highlight, HighlightId, Highlights, Selectors, Source, Text, anchor, anchor_all, annotation, incoming,
    markdown, marked, time,
};
use proptest::prelude::*;

/// Marks `quote` in `before` and finds it in `after`: what is found, as letters.
fn found(before: &str, quote: &str, after: &str) -> Option<String> {
    let text = Text::of(before);
    let wanted = letters(quote);
    let start = text.letters().windows(wanted.len()).position(|run| run == wanted.as_slice()).unwrap();
    let place = text.selectors(start..start + wanted.len());
    let after = letters(after);
    anchor(&after, &place).map(|range| after[range].iter().collect())
}

#[track_caller]
fn check(before: &str, quote: &str, after: &str, expected: Option<&str>) {
    let expected = expected.map(|expected| letters(expected).into_iter().collect::<String>());
    assert_eq!(found(before, quote, after), expected, "{quote:?} of {before:?} in {after:?}");
}

const WELL: &str = "The well stands behind the school. Nobody has drawn water from it since the pump came, but the \
    rope is changed every spring. The pump was a gift, and gifts break. A rope that is changed does not.";

#[test]
fn a_place_is_found_where_it_was() {
    check(WELL, "the rope is changed every spring", WELL, Some("the rope is changed every spring"));
    check(WELL, "The well", WELL, Some("The well"));
    check(WELL, "does not.", WELL, Some("does not."));
    check("One.", "One", "One.", Some("One"));
}

#[test]
fn a_place_moves_with_what_is_put_before_it() {
    let longer = format!("Home · About · Letters\n\n{WELL}\n\nMore of this\n");
    check(WELL, "gifts break", &longer, Some("gifts break"));
    check(WELL, "the rope is changed every spring", &longer, Some("the rope is changed every spring"));
}

#[test]
fn blanks_quotation_marks_and_case_make_no_difference() {
    let before = "She said: “The tide, of course, comes twice.” And then she left – without her coat.";
    let after = "She said:\n\"The tide, of\ncourse, comes  twice.\"  And then she left - without\u{a0}her coat.";
    check(before, "“The tide, of course, comes twice.”", after, Some("\"The tide, of course, comes twice.\""));
    check("他说：“风筝断了线，”然后 走了。", "风筝断了线", "他说: \"风筝断了线,\" 然后走了。", Some("风筝断了线"));
}

#[test]
fn a_quote_of_which_a_word_changed_is_still_found() {
    let after = WELL.replace("rope is changed every spring", "rope is renewed each spring");
    check(WELL, "the rope is changed every spring", &after, Some("the rope is renewed each spring"));
}

#[test]
fn a_quote_that_is_gone_is_not_found() {
    let after = WELL.replace("The pump was a gift, and gifts break.", "");
    check(WELL, "The pump was a gift, and gifts break.", &after, None);
    check(WELL, "gifts break", "Something else altogether stands on this page now.", None);
    check(WELL, "gifts break", "", None);
}

#[test]
fn words_that_stand_twice_are_told_apart_by_their_neighbours() {
    let before = "In the first year the boat was late, and nobody minded. In the second year the boat was late, and \
        the mayor wrote a letter. In the third year there was no boat.";
    let after = format!("A story in three years. {before}");
    for (quote, context) in [("boat was late, and nobody", "nobody"), ("boat was late, and the mayor", "the mayor")] {
        let text = Text::of(before);
        let wanted = letters(quote);
        let start = text.letters().windows(wanted.len()).position(|run| run == wanted.as_slice()).unwrap();
        // Only the words that stand twice are marked.
        let place = text.selectors(start..start + letters("boat was late").len());
        let after = letters(&after);
        let range = anchor(&after, &place).unwrap();
        let behind: String = after[range.end..].iter().take(20).collect();
        assert!(behind.contains(&letters(context).into_iter().collect::<String>()), "{behind}");
    }
}

#[test]
fn a_place_that_could_be_two_is_none() {
    let line = "Row, row, row your boat gently down the stream. ";
    let before = format!("Before it all begins there is a sentence. {}", line.repeat(3));
    let after = format!("Now there are others. {}", line.repeat(8));
    check(&before, "gently down the stream", &after, None);
}

#[test]
fn a_long_quote_is_found_by_its_ends() {
    let sentence = |n: usize| format!("{} Sentence {n} ends here. ", Dice(n as u64).sentence(false));
    let before: String = (0..80).map(sentence).collect();
    let quote: String = (20..50).map(sentence).collect();
    let after = format!(
        "Something new. {}",
        before.replace("Sentence 35 ends", "An advertisement comes between. It was the thirty-fifth that ends")
    );
    let expected =
        quote.replace("Sentence 35 ends", "An advertisement comes between. It was the thirty-fifth that ends");
    check(&before, &quote, &after, Some(&expected));
}

#[test]
fn a_quote_is_readable() {
    let mut text = Text::default();
    for paragraph in ["  One  two\n", "three \u{200b}“four” ", "", "five"] {
        text.push(paragraph);
        text.end_paragraph();
    }
    assert_eq!(text.letters().iter().collect::<String>(), "onetwothree\"four\"five");
    assert_eq!(text.quote(3..12), "two\nthree \u{200b}“");
    assert_eq!((text.quote(0..0), text.quote(21..21), text.quote(40..50)), ("", "", ""));
    let place = text.selectors(6..11);
    assert_eq!(
        (place.prefix.as_str(), place.exact.as_str(), place.suffix.as_str()),
        ("One two", "three", "“four”\nfive")
    );
    assert_eq!(text.selectors(0..3).prefix, "");
}

/// A text whose letters remember where they came from: 0 for what was added later.
type Traced = Vec<(char, usize)>;

/// Dice that fall the same way every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn word(&mut self, chinese: bool) -> String {
        let length = 1 + self.roll(if chinese { 2 } else { 9 });
        // A few words come often, as in any language.
        let seed = if self.roll(3) == 0 { self.roll(12) } else { self.roll(700) };
        let mut letters = Self(seed as u64 * 7919 + length as u64);
        let letter = |dice: &mut Self| match chinese {
            true => char::from_u32(0x4e00 + dice.roll(900) as u32).unwrap(),
            false => (b'a' + dice.roll(26) as u8) as char,
        };
        (0..length).map(|_| letter(&mut letters)).collect()
    }

    fn sentence(&mut self, chinese: bool) -> String {
        let words = (0..3 + self.roll(14)).map(|_| self.word(chinese)).collect::<Vec<_>>();
        let text = words.join(if chinese { "" } else { " " });
        match (self.roll(6), chinese) {
            (0, false) => format!("“{text},” he said – “and so on…” "),
            (0, true) => format!("“{text}，”他说——"),
            (_, false) => format!("{text}. "),
            (_, true) => format!("{text}。"),
        }
    }

    fn paragraphs(&mut self, chinese: bool) -> Vec<String> {
        let refrains: Vec<String> = (0..3).map(|_| (0..4).map(|_| self.word(chinese) + " ").collect()).collect();
        let count = 6 + self.roll(30);
        let paragraph = |dice: &mut Self| {
            let sentences = 1 + dice.roll(6);
            (0..sentences)
                .map(|_| if dice.roll(12) == 0 { refrains[dice.roll(3)].clone() } else { dice.sentence(chinese) })
                .collect::<String>()
        };
        (0..count).map(|_| paragraph(self)).collect()
    }
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\n'
}

/// A place between two words.
fn gap(text: &Traced, dice: &mut Dice, chinese: bool) -> usize {
    let from = dice.roll(text.len().max(1));
    if chinese { from } else { text[from..].iter().position(|(c, _)| is_blank(*c)).map_or(text.len(), |at| from + at) }
}

fn added(words: &str) -> Traced {
    words.chars().map(|c| (c, 0)).collect()
}

/// One change, as people and clippers make them.
fn change(text: &mut Traced, dice: &mut Dice, chinese: bool) {
    let at = gap(text, dice, chinese);
    let few = 1 + dice.roll(if chinese { 6 } else { 24 });
    let end = (at + few).min(text.len());
    match dice.roll(9) {
        0 | 1 => drop(text.splice(at..at, added(&format!(" {}", dice.word(chinese))))),
        2 => drop(text.drain(at..end)),
        3 | 4 => drop(text.splice(at..end, added(&format!(" {} ", dice.word(chinese))))),
        5 => {
            let paragraph: String = (0..1 + dice.roll(4)).map(|_| dice.sentence(chinese)).collect();
            let at = text[at..].iter().position(|(c, _)| *c == '\n').map_or(text.len(), |line| at + line);
            text.splice(at..at, added(&format!("\n\n{paragraph}")));
        }
        6 => {
            let start = text[..at].iter().rposition(|(c, _)| *c == '\n').map_or(0, |line| line + 1);
            let end = text[at..].iter().position(|(c, _)| *c == '\n').map_or(text.len(), |line| at + line);
            if dice.roll(4) == 0 {
                text.drain(start..end);
            }
        }
        7 => drop(text.splice(at..at, added(&format!("[{}]", dice.roll(40))))),
        _ => reflow(text, dice),
    }
}

/// The same words by another clipper: lines of another length, other quotation marks and dashes, something
/// on top.
fn reflow(text: &mut Traced, dice: &mut Dice) {
    let width = 30 + dice.roll(60);
    let straight = dice.roll(2) == 0;
    let mut anew = added("Home\nAbout\n\n");
    for (at, (c, from)) in text.iter().copied().enumerate() {
        match c {
            '“' | '”' if straight => anew.push(('"', from)),
            '–' | '—' if straight => anew.push(('-', from)),
            '…' if straight => anew.extend([('.', from), ('.', 0), ('.', 0)]),
            ' ' if at % width == 0 => anew.push(('\n', from)),
            _ => anew.push((c, from)),
        }
    }
    *text = anew;
}

#[derive(Debug, Default)]
struct Score {
    asked: u32,
    right: u32,
    wrong: Vec<String>,
}

/// Whether what was found is what is left of the marked letters. `None` when too little is left to say.
fn judge(after: &Traced, marked: std::ops::Range<usize>, found: Option<std::ops::Range<usize>>, score: &mut Score) {
    let seen: Vec<usize> = after.iter().filter(|(c, _)| letter(*c).is_some()).map(|(_, from)| *from).collect();
    // Letters are numbered from one.
    let is_marked = |from: &usize| marked.contains(from);
    let survivors = seen.iter().filter(|from| is_marked(from)).count();
    let is_there = survivors * 10 >= marked.len() * 7;
    score.asked += u32::from(is_there);
    let Some(found) = found else { return };
    let first = seen.iter().position(&is_marked);
    let last = seen.iter().rposition(is_marked);
    let (Some(first), Some(last)) = (first, last) else {
        return score.wrong.push(format!("nothing of {marked:?} is left, but {found:?} was found"));
    };
    let expected = first..last + 1;
    let both = expected.end.min(found.end).saturating_sub(expected.start.max(found.start));
    let either = expected.end.max(found.end) - expected.start.min(found.start);
    if both * 2 < either {
        let text: String = after.iter().filter_map(|(c, _)| letter(*c)).collect();
        let cut = |range: &std::ops::Range<usize>| text.chars().skip(range.start).take(range.len()).collect::<String>();
        score.wrong.push(format!("{expected:?} {:?} but found {found:?} {:?}", cut(&expected), cut(&found)));
    } else if is_there && both * 10 >= either * 8 {
        score.right += 1;
    }
}

#[test]
fn of_a_thousand_changed_texts_nearly_all_places_are_found_and_no_wrong_one() {
    let mut score = Score::default();
    for round in 0..1000 {
        let mut dice = Dice(round * 977 + 5);
        let chinese = round % 3 == 0;
        let written = dice.paragraphs(chinese).join("\n\n");
        let mut number = 0;
        let mut numbered = |c: char| {
            number += usize::from(letter(c).is_some());
            (c, if letter(c).is_some() { number } else { 0 })
        };
        let mut traced: Traced = written.chars().map(&mut numbered).collect();
        let text = Text::of(&written);
        let marked: Vec<_> = (0..4)
            .map(|_| {
                let length = [4, 12, 40, 120, 300, 700][dice.roll(6)].min(text.letters().len() / 2);
                let start = dice.roll(text.letters().len() - length);
                start..start + length
            })
            .collect();
        for _ in 0..1 + dice.roll(10) {
            change(&mut traced, &mut dice, chinese);
        }
        let after: Vec<char> = traced.iter().filter_map(|(c, _)| letter(*c)).collect();
        let places: Vec<Selectors> = marked.iter().map(|range| text.selectors(range.clone())).collect();
        let found = anchor_all(&after, &places.iter().collect::<Vec<_>>());
        for (range, found) in marked.into_iter().zip(found) {
            judge(&traced, range.start + 1..range.end + 1, found, &mut score);
        }
    }
    println!("{} of {} found, {} wrong", score.right, score.asked, score.wrong.len());
    assert!(score.wrong.is_empty(), "{} wrong:\n{}", score.wrong.len(), score.wrong.join("\n"));
    assert!(score.right * 100 >= score.asked * 95, "{} of {}", score.right, score.asked);
}

#[test]
fn many_places_in_a_long_text_are_found_in_no_time() {
    let mut dice = Dice(3);
    let written: String = (0..12_000).map(|_| dice.sentence(false)).collect();
    let text = Text::of(&written);
    let length = text.letters().len();
    let places: Vec<Selectors> = (0..500).map(|n| text.selectors(n * length / 510..n * length / 510 + 60)).collect();
    let moved = letters(&format!("Something new on top. {written}"));
    let begun = std::time::Instant::now();
    let found = anchor_all(&moved, &places.iter().collect::<Vec<_>>());
    println!("{length} letters: {:?}", begun.elapsed());
    let off = letters("Something new on top.").len();
    for (place, found) in places.iter().zip(found) {
        assert_eq!(found, Some(place.start as usize + off..place.end as usize + off));
    }
    assert!(begun.elapsed().as_secs() < 5, "it grows with the text and no faster");
}

fn highlight(exact: &str, created_ms: u64) -> Highlight {
    Highlight::new(Selectors { exact: exact.to_owned(), ..Selectors::default() }, Colour::Yellow, created_ms)
}

#[test]
fn of_two_copies_the_later_one_counts_for_each_highlight() {
    let [a, b] = [highlight("a", 1), highlight("b", 2)];
    let mut mine: Highlights = [a.clone(), b.clone()].into_iter().collect();
    let mut theirs = mine.clone();
    mine.change(&a.id, 10, |one| one.colour = Colour::Green);
    theirs.change(&a.id, 11, |one| one.note = "theirs".to_owned());
    theirs.remove(&b.id, 12);
    theirs.put(highlight("c", 13));
    assert!(mine.merge(&theirs));
    assert_eq!((mine.get(&a.id).unwrap().colour, mine.get(&a.id).unwrap().note.as_str()), (Colour::Yellow, "theirs"));
    assert_eq!((mine.get(&b.id), mine.count()), (None, 2));
    assert!(!mine.merge(&theirs), "the same again changes nothing");
    mine.bring_back(&b.id, 11);
    assert!(!mine.merge(&theirs), "a clock that went back undoes no change");
    assert_eq!(mine.count(), 3);
    theirs.forget_old(100 * 24 * 60 * 60 * 1000);
    assert_eq!((theirs.all().len(), theirs.count()), (2, 2));
}

#[test]
fn ids_stand_in_addresses() {
    assert_eq!(highlight("a", 1).id.as_str().len(), 16);
    assert_ne!(highlight("a", 1).id, highlight("b", 1).id);
    for wrong in ["", "a/b", "ä", "a b", &"a".repeat(65)] {
        assert_eq!(HighlightId::parse(wrong), None, "{wrong}");
    }
    assert_eq!(HighlightId::parse("A-1").unwrap().as_str(), "A-1");
    for colour in Colour::ALL {
        assert_eq!(Colour::named(colour.name()), Some(colour));
    }
}

fn any_highlights() -> impl Strategy<Value = Highlights> {
    let one = (0_u64..6, 0_u64..20, ".{0,3}", any::<bool>()).prop_map(|(who, changed_ms, note, removed)| Highlight {
        changed_ms,
        note: format!("{changed_ms}{note}"),
        removed_ms: u64::from(removed),
        ..highlight(&who.to_string(), who)
    });
    prop::collection::vec(one, 0..8).prop_map(|all| all.into_iter().collect())
}

proptest! {
    /// Whatever order copies meet in, they end the same (but for two that changed in the same moment).
    #[test]
    fn copies_become_one(a in any_highlights(), b in any_highlights()) {
        let (mut ab, mut ba) = (a.clone(), b.clone());
        ab.merge(&b);
        ba.merge(&a);
        let told = |all: &Highlights| all.all().iter().map(|one| (one.id.clone(), one.changed_ms)).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(told(&ab), told(&ba));
        let before = ab.clone();
        prop_assert!(!ab.merge(&b) && !ab.merge(&a));
        prop_assert_eq!(ab, before);
    }

    #[test]
    fn anything_can_be_looked_for_anywhere(text in ".{0,200}", exact in ".{0,40}", prefix in ".{0,8}", suffix in ".{0,8}", start in 0_u32..300) {
        let text = letters(&text);
        let place = Selectors { exact, prefix, suffix, start, end: start };
        if let Some(range) = anchor(&text, &place) {
            prop_assert!(range.start < range.end && range.end <= text.len());
        }
    }

    #[test]
    fn a_place_of_the_same_text_is_itself(text in "\\PC{1,200}", at in any::<(prop::sample::Index, prop::sample::Index)>()) {
        let text = Text::of(&text);
        let count = text.letters().len();
        prop_assume!(count > 0);
        let (a, b) = (at.0.index(count), at.1.index(count));
        let range = a.min(b)..a.max(b) + 1;
        prop_assert_eq!(anchor(text.letters(), &text.selectors(range.clone())), Some(range));
    }
}

fn source() -> Source {
    Source {
        title: "The well".to_owned(),
        author: "Ada Voss".to_owned(),
        site: "Example".to_owned(),
        url: "https://example.org/well".to_owned(),
        published: "2025-12-30".to_owned(),
        ..Source::default()
    }
}

fn clip() -> ClipId {
    ClipId::of(b"well")
}

fn link(one: &Highlight) -> String {
    format!("https://app.example/?open={}#highlight-{}", clip().as_str(), one.id.as_str())
}

fn two() -> Vec<Highlight> {
    let text = Text::of(WELL);
    let one = Highlight::new(text.selectors(0..7), Colour::Green, 1_767_312_000_000);
    let place = Selectors { exact: "gifts break.\nA rope".to_owned(), ..text.selectors(140..156) };
    let other = Highlight {
        note: "Ours, too.\n\nAlways.".to_owned(),
        ..Highlight::new(place, Colour::Pink, 1_767_312_000_000)
    };
    vec![one, other]
}

#[test]
fn highlights_are_written_as_markdown_and_read_again() {
    let written = markdown::write(markdown::TEMPLATE, &source(), &two(), link);
    let expected = format!(
        "# The well\n\nAda Voss · Example · 2025-12-30\nhttps://example.org/well\n\n> The well\n\n[green, 2026-01-02]({})\n\n\
         > gifts break.\n> A rope\n\nOurs, too.\n\nAlways.\n\n[pink, 2026-01-02]({})\n",
        link(&two()[0]),
        link(&two()[1])
    );
    assert_eq!(written, expected);
    let read = markdown::read(&written).unwrap();
    for (read, one) in read.iter().zip(two()) {
        assert_eq!((read.clip.as_ref(), &read.highlight.id), (Some(&clip()), &one.id));
        let of = |one: &Highlight| (one.place.exact.clone(), one.note.clone(), one.colour, one.created_ms);
        assert_eq!(of(&read.highlight), of(&one));
    }
    assert_eq!(read.len(), 2);
    assert_eq!(markdown::read("# Notes\n\n> A quote\n\n[of another](https://example.org)\n"), None);
}

#[test]
fn a_template_says_what_is_written() {
    let template =
        "{title} ({count}) {unknown}\n{highlights}\n- {quote} — {note}\n{/highlights}\nBy {author}\n{saved}\nEnd {\n";
    let written = markdown::write(template, &source(), &two()[..1], link);
    assert_eq!(written, "The well (1) {unknown}\n- The well —\nBy Ada Voss\nEnd {\n");
    assert_eq!(markdown::write("Just this", &source(), &two(), link), "Just this\n");
}

#[test]
fn annotations_come_back_as_they_went() {
    let written = annotation::write([(&clip(), &source(), two().as_slice())].into_iter());
    let read = annotation::read(&written).unwrap();
    let highlights: Vec<Highlight> = read.iter().map(|one| one.highlight.clone()).collect();
    assert_eq!(highlights, two());
    assert!(read.iter().all(|one| one.clip == Some(clip()) && one.url == "https://example.org/well"));
    let json: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(json["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(json["items"][1]["body"]["purpose"], "commenting");
    assert_eq!(json["items"][0]["target"]["selector"][0]["type"], "TextQuoteSelector");
}

#[test]
fn annotations_of_others_are_read_as_far_as_they_quote() {
    let theirs = r#"[{"type":"Annotation","id":"https://notes.example/1","created":"2025-01-02T03:04:05Z","body":"A thought",
        "target":[{"source":"https://example.org/well","selector":{"type":"TextQuoteSelector","exact":"gifts break"}}]},
        {"type":"Annotation","target":"https://example.org/whole-page"}, 7]"#;
    let read = annotation::read(theirs).unwrap();
    assert_eq!(read.len(), 1);
    let one = &read[0].highlight;
    assert_eq!(
        (one.place.exact.as_str(), one.note.as_str(), one.created_ms),
        ("gifts break", "A thought", 1_735_787_045_000)
    );
    assert_eq!(anchor(Text::of(WELL).letters(), &one.place).map(|range| range.len()), Some(10));
    for nothing in ["", "{}", "[]", "null", r#"{"items":[{"type":"Annotation"}]}"#, "# Text"] {
        assert_eq!(annotation::read(nothing), None, "{nothing}");
    }
}

/// Marks a quote of the text that a source says, and puts it into the source.
fn marked_in(source: &str, text: &str, quotes: &[(&str, &str)]) -> String {
    let text = Text::of(text);
    let one = |(quote, note): &(&str, &str)| {
        let wanted = letters(quote);
        let start = text.letters().windows(wanted.len()).position(|run| run == wanted.as_slice()).unwrap();
        let place = text.selectors(start..start + wanted.len());
        Highlight { note: (*note).to_owned(), ..Highlight::new(place, Colour::Yellow, 1) }
    };
    marked::marked(source, &quotes.iter().map(one).collect::<Vec<_>>())
}

#[test]
fn a_clip_is_given_out_with_marks_and_notes() {
    let source = "---\ntitle: The well\r\n---\n\n# The well\n\nThe **well stands** behind the [old school](https://example.org/a_b). Nobody\nhas drawn *water* from it.\n\n- changed every spring\n- and in `May`, too\n\n```\nlet rope = 1;\n```\n";
    let text = "The well\nThe well stands behind the old school. Nobody has drawn water from it.\nchanged every spring\nand in May, too\nlet rope = 1;";
    let check = |quotes: &[(&str, &str)], changed: &[(&str, &str)], end: &str| {
        let mut expected = source.to_owned();
        for (from, to) in changed {
            assert!(expected.contains(from), "{from}");
            expected = expected.replacen(from, to, 1);
        }
        assert_eq!(marked_in(source, text, quotes), expected + end, "{quotes:?}");
    };
    check(&[("behind the", "")], &[("behind the", "==behind the==")], "");
    let whole = [("**well stands** behind", "==**well stands** behind==[^h1]")];
    check(&[("well stands behind", "Ours, too.")], &whole, "\n[^h1]: Ours, too.\n");
    check(&[("Nobody has", "")], &[("Nobody\nhas", "==Nobody==\n==has==")], "");
    let lines = [("every spring", "==every spring=="), ("and in `May`", "==and in `May`==[^h1]")];
    check(&[("every spring and in May", "a\nb")], &lines, "\n[^h1]: a\n    b\n");
    let joined = [("drawn *water* from", "==drawn *water* from==")];
    check(&[("drawn water", ""), ("water from", "")], &joined, "");
    check(&[("let rope", "code")], &[("let rope", "let rope[^h1]")], "\n[^h1]: code\n");
    let gone = Selectors { exact: "gone\nfor good".to_owned(), ..Selectors::default() };
    let gone = Highlight::new(gone, Colour::Pink, 1);
    assert_eq!(marked::marked("Text", &[gone]), "Text\n\n> ==gone\n> for good==\n");
    assert_eq!(marked::marked(source, &[]), source);
}

proptest! {
    /// Without what was added it is the clip again.
    #[test]
    fn marks_change_nothing_else(
        source in "[a-z *_`#>\\[\\]()!<|\n-]{0,120}", exact in "[a-z ]{1,12}", note in "[a-z]{0,5}",
    ) {
        let place = Selectors { exact, ..Selectors::default() };
        let one = Highlight { note, ..Highlight::new(place, Colour::Yellow, 1) };
        let marked = marked::marked(&source, &[one]);
        let without = marked.replace("==", "").replace("[^h1]", "");
        prop_assert!(without.starts_with(&source), "{:?}", marked);
    }
}

#[test]
fn what_comes_in_is_given_to_its_clip_and_loses_nothing() {
    let mine: Highlights = two().into_iter().collect();
    assert_eq!(incoming::news(&mine, two(), 5), Highlights::default(), "the same again is no news");
    let mut removed = mine.clone();
    removed.remove(&two()[0].id, 9);
    let back = incoming::news(&removed, two(), 10);
    assert_eq!(back.live().map(|one| one.id.clone()).collect::<Vec<_>>(), [two()[0].id.clone()]);
    removed.merge(&back);
    assert_eq!(removed.count(), 2);
    let older = Highlight { note: "older".to_owned(), changed_ms: 1, ..two()[1].clone() };
    assert_eq!(incoming::news(&mine, vec![older], 10).count(), 0, "a note is not lost to an older one");
    let noted = Highlight { note: "new".to_owned(), changed_ms: 1, place: Selectors::default(), ..two()[0].clone() };
    let news = incoming::news(&mine, vec![noted], 10);
    let one = news.get(&two()[0].id).unwrap();
    assert_eq!((one.note.as_str(), &one.place), ("new", &two()[0].place), "its place is known better here");
    let lone = annotation::read(&annotation::write([(&clip(), &source(), two().as_slice())].into_iter())).unwrap();
    assert_eq!(incoming::sorted(lone, &clip_viewer::library::Library::default()).1, 2, "of a page that is not here");
}

#[test]
fn a_quote_is_cited_with_what_is_known() {
    assert_eq!(
        source().cited(" gifts break "),
        "“gifts break”\n— Ada Voss, “The well”, Example, 2025-12-30\nhttps://example.org/well"
    );
    assert_eq!(Source::default().cited("x"), "“x”");
}

proptest! {
    #[test]
    fn any_time_comes_back(time_ms in 0_u64..250_000_000_000_000) {
        prop_assert_eq!(time::parse(&time::iso(time_ms)), Some(time_ms));
    }

    #[test]
    fn any_text_is_read_or_not(text in ".{0,120}") {
        drop((annotation::read(&text), markdown::read(&text), time::parse(&text)));
    }

    #[test]
    fn any_highlight_comes_back_as_annotation(exact in "\\PC{1,30}", prefix in ".{0,9}", note in "[^\n]{0,30}", created_ms in 0_u64..4_000_000_000_000, start in any::<u32>()) {
        prop_assume!(!exact.trim().is_empty());
        let place = Selectors { exact, prefix, start, ..Selectors::default() };
        let one = Highlight { note, ..Highlight::new(place, Colour::Blue, created_ms) };
        let written = annotation::write([(&clip(), &Source::default(), std::slice::from_ref(&one))].into_iter());
        let read = annotation::read(&written).unwrap();
        prop_assert_eq!(&read[0].highlight, &one);
        prop_assert_eq!(read[0].clip.clone(), Some(clip()));
    }
}
