//! Arranging a list of clips: filters, orders, counts, saved views.

use std::collections::BTreeSet;

use clip_viewer::library::ClipId;
use clip_viewer::library::list::{By, Count, Filters, Listed, MOST_VALUES, Sort, View, arrange, facets, year};
use proptest::prelude::*;

/// A row with nothing known but what a test names.
#[derive(Debug, Clone)]
struct Row {
    id: ClipId,
    title: String,
    site: String,
    host: String,
    authors: Vec<String>,
    tags: Vec<String>,
    status: String,
    language: String,
    saved: String,
    published: String,
    added_ms: u64,
    reading_minutes: u32,
    progress: f32,
    highlights: u32,
    problems: u32,
}

impl Default for Row {
    fn default() -> Self {
        Self {
            id: ClipId::of(b"row"),
            title: String::new(),
            site: String::new(),
            host: String::new(),
            authors: Vec::new(),
            tags: Vec::new(),
            status: String::new(),
            language: String::new(),
            saved: String::new(),
            published: String::new(),
            added_ms: 0,
            reading_minutes: 0,
            progress: 0.0,
            highlights: 0,
            problems: 0,
        }
    }
}

impl Listed for Row {
    fn id(&self) -> &ClipId {
        &self.id
    }
    fn title(&self) -> &str {
        &self.title
    }
    fn site(&self) -> &str {
        &self.site
    }
    fn host(&self) -> &str {
        &self.host
    }
    fn authors(&self) -> &[String] {
        &self.authors
    }
    fn tags(&self) -> &[String] {
        &self.tags
    }
    fn status(&self) -> &str {
        &self.status
    }
    fn language(&self) -> &str {
        &self.language
    }
    fn saved(&self) -> &str {
        &self.saved
    }
    fn published(&self) -> &str {
        &self.published
    }
    fn added_ms(&self) -> u64 {
        self.added_ms
    }
    fn reading_minutes(&self) -> u32 {
        self.reading_minutes
    }
    fn progress(&self) -> f32 {
        self.progress
    }
    fn highlights(&self) -> u32 {
        self.highlights
    }
    fn problems(&self) -> u32 {
        self.problems
    }
}

fn titled(title: &str) -> Row {
    Row { title: title.to_owned(), ..Row::default() }
}

fn set(values: &[&str]) -> BTreeSet<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// Rows in the order given are the sorted ones, upwards; those without a value stay last downwards.
#[track_caller]
fn check(by: By, rows: &[Row], with_value: usize) {
    let shuffled: Vec<Row> = rows.iter().rev().cloned().collect();
    let told = |row: &Row| format!("{} {} {} {}", row.title, row.site, row.host, row.saved);
    let sorted = |descending| {
        let order = arrange(&shuffled, &Filters::default(), &Sort { by, descending });
        order.into_iter().map(|at| told(&shuffled[at])).collect::<Vec<_>>()
    };
    let mut expected: Vec<String> = rows.iter().map(told).collect();
    expected[with_value..].reverse();
    assert_eq!(sorted(false), expected);
    expected[..with_value].reverse();
    assert_eq!(sorted(true), expected);
}

#[test]
fn titles_are_sorted_as_a_person_sorts_them() {
    let titles = [
        "007 bonds",
        "10 things",
        "“Apple”",
        "éclair",
        "Part 2",
        "ＰＡＲＴ 10",
        "part 010b",
        "part 99999999999999999999999",
        "Zoo",
        "中文",
        "",
        "  ",
    ];
    check(By::Title, &titles.map(titled), 10);
}

#[test]
fn every_order_puts_what_has_no_value_last() {
    let saved = |saved: &str| Row { saved: saved.to_owned(), published: saved.to_owned(), ..Row::default() };
    let dates = ["2023-12-31", "2024", "2024-01-01", "2024-01-01T10:00:00Z", "2024-11-01", ""].map(saved);
    check(By::Saved, &dates, 5);
    check(By::Published, &dates, 5);
    let site = |site: &str, host: &str| Row { site: site.to_owned(), host: host.to_owned(), ..Row::default() };
    check(By::Site, &[site("", "a.example"), site("B", "x.example"), site("c", ""), site("", "")], 3);
    let numbered = |n: u8| Row {
        title: n.to_string(),
        added_ms: n.into(),
        reading_minutes: n.into(),
        progress: f32::from(n) / 10.0,
        ..Row::default()
    };
    let rows = [0, 1, 2, 9].map(numbered);
    check(By::Added, &rows, 4);
    check(By::Length, &rows, 4);
    check(By::Progress, &rows, 4);
}

#[test]
fn titles_that_are_alike_keep_their_order() {
    let rows = [titled("B"), titled("a"), titled("b"), titled("Ａ")];
    let sort = |descending| arrange(&rows, &Filters::default(), &Sort { by: By::Title, descending });
    assert_eq!(sort(false), [1, 3, 0, 2]);
    assert_eq!(sort(true), [0, 2, 1, 3]);
}

/// A reader saw the list change its order a moment after the start: the clips of one import came at the
/// same time, and the database has them in an order of its own.
#[test]
fn what_came_at_the_same_time_has_one_order() {
    let rows = ["c", "a", "b"].map(titled);
    let again = ["b", "c", "a"].map(titled);
    let titles = |rows: &[Row]| {
        let order = arrange(rows, &Filters::default(), &Sort { by: By::Added, descending: true });
        order.into_iter().map(|at| rows[at].title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&rows), ["a", "b", "c"]);
    assert_eq!(titles(&again), ["a", "b", "c"]);
}

fn library() -> Vec<Row> {
    let row = |site: &str, tags: &[&str], status: &str, published: &str, highlights| Row {
        site: site.to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        status: status.to_owned(),
        published: published.to_owned(),
        highlights,
        ..Row::default()
    };
    let mut rows = vec![
        row("A", &["x", "y"], "inbox", "2024-01-01", 0),
        row("A", &["x", "x"], "done", "2023", 2),
        row("B", &["y"], "inbox", "", 1),
        row("", &[], "reading", "", 0),
    ];
    rows[3].host = "c.example".to_owned();
    rows[3].saved = "2024-05-05".to_owned();
    rows[3].problems = 1;
    rows[3].authors = vec!["Ada".to_owned(), String::new()];
    rows[3].language = "en".to_owned();
    rows
}

#[track_caller]
fn check_shown(filters: Filters, expected: &[usize]) {
    let sort = Sort { by: By::Added, descending: false };
    assert_eq!(arrange(&library(), &filters, &sort), expected, "{filters:?}");
    assert_eq!(facets(&library(), &filters).clips as usize, expected.len(), "{filters:?}");
}

#[test]
fn values_of_a_facet_add_up_and_facets_take_away() {
    let none = Filters::default;
    check_shown(none(), &[0, 1, 2, 3]);
    check_shown(Filters { tag: set(&["x"]), ..none() }, &[0, 1]);
    check_shown(Filters { tag: set(&["x", "y"]), ..none() }, &[0, 1, 2]);
    check_shown(Filters { tag: set(&["x", "y"]), status: set(&["inbox"]), ..none() }, &[0, 2]);
    check_shown(Filters { site: set(&["c.example", "B"]), ..none() }, &[2, 3]);
    check_shown(Filters { year: set(&["2024"]), ..none() }, &[0, 3]);
    check_shown(Filters { author: set(&["Ada"]), language: set(&["en"]), ..none() }, &[3]);
    check_shown(Filters { author: set(&[""]), ..none() }, &[]);
    check_shown(Filters { has_highlights: true, ..none() }, &[1, 2]);
    check_shown(Filters { has_highlights: true, has_problems: true, ..none() }, &[]);
}

fn told(counts: &[Count]) -> String {
    counts.iter().map(|count| format!("{}:{}", count.value, count.clips)).collect::<Vec<_>>().join(" ")
}

#[test]
fn counts_of_a_facet_leave_its_own_filter_aside() {
    let facets_of = |filters: &Filters| facets(&library(), filters);
    let all = facets_of(&Filters::default());
    assert_eq!(told(&all.site), "A:2 B:1 c.example:1");
    assert_eq!(told(&all.tag), "x:2 y:2");
    assert_eq!(told(&all.status), "inbox:2 done:1 reading:1");
    assert_eq!(told(&all.year), "2024:2 2023:1");
    assert_eq!((told(&all.author), told(&all.language)), ("Ada:1".to_owned(), "en:1".to_owned()));
    assert_eq!((all.with_highlights, all.with_problems), (2, 1));

    let chosen = facets_of(&Filters { tag: set(&["x"]), ..Filters::default() });
    assert_eq!((chosen.clips, told(&chosen.tag)), (2, "x:2 y:2".to_owned()));
    assert_eq!(told(&chosen.site), "A:2");
    let two = facets_of(&Filters { tag: set(&["x"]), status: set(&["inbox"]), ..Filters::default() });
    assert_eq!((told(&two.tag), told(&two.status)), ("y:2 x:1".to_owned(), "done:1 inbox:1".to_owned()));
    let marked = facets_of(&Filters { has_problems: true, ..Filters::default() });
    assert_eq!((marked.clips, marked.with_highlights, marked.with_problems), (1, 0, 1));
}

#[test]
fn a_chosen_value_is_told_even_when_no_clip_has_it() {
    let facets_of = facets(&library(), &Filters { tag: set(&["gone"]), ..Filters::default() });
    assert_eq!((facets_of.clips, told(&facets_of.tag)), (0, "x:2 y:2 gone:0".to_owned()));
    let rows: Vec<Row> = (0..300).map(|n| Row { site: format!("{n:03}"), ..Row::default() }).collect();
    assert_eq!(facets(&rows, &Filters::default()).site.len(), MOST_VALUES);
    let last = facets(&rows, &Filters { site: set(&["299"]), ..Filters::default() });
    assert_eq!((last.site.len(), last.site.last().unwrap().clips), (MOST_VALUES + 1, 1));
}

#[test]
fn a_year_is_that_of_publication() {
    assert_eq!(year("2019-01-02", "2024"), "2019");
    assert_eq!(year("", "2024-05"), "2024");
    assert_eq!(year("spring", "2024-05"), "2024");
    assert_eq!(year("二〇二四", ""), "");
    assert_eq!(year("", "20"), "");
}

#[test]
fn a_view_is_kept_and_read_back() {
    let view = View {
        name: "To read".to_owned(),
        query: "river -stone".to_owned(),
        filters: Filters { tag: set(&["x"]), has_problems: true, ..Filters::default() },
        sort: Sort { by: By::Title, descending: false },
    };
    let kept = serde_json::to_string(&view).unwrap();
    assert_eq!(serde_json::from_str::<View>(&kept).unwrap(), view);
    // What an older page wrote lacks what came later.
    let old: View = serde_json::from_str(r#"{"name":"Old","filters":{"tag":["x"]},"later":1}"#).unwrap();
    assert_eq!((old.name.as_str(), old.sort), ("Old", Sort { by: By::Added, descending: true }));
    assert!(!old.filters.is_empty() && Filters::default().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_titles_have_one_order(titles in prop::collection::vec("[aAé0127 中]{0,5}", 0..12), by_title in any::<bool>()) {
        let rows: Vec<Row> = titles.iter().map(|title| Row { saved: title.clone(), ..titled(title) }).collect();
        let by = if by_title { By::Title } else { By::Saved };
        let sort = Sort { by, descending: false };
        let order = arrange(&rows, &Filters::default(), &sort);
        let mut places = order.clone();
        places.sort_unstable();
        prop_assert_eq!(places, (0..rows.len()).collect::<Vec<_>>());
        // Sorted rows stay as they are.
        let sorted: Vec<Row> = order.iter().map(|at| rows[*at].clone()).collect();
        prop_assert_eq!(arrange(&sorted, &Filters::default(), &sort), (0..rows.len()).collect::<Vec<_>>());
    }
}
