//! The two scores on the corpus of real clips, computed here as the scorers beside it compute them
//! (F1 of the outline times its nesting; the share of right metadata), with their thresholds.
//!
//! The corpus is not part of the project: where it does not stand beside the checkout, each test
//! says so in one line and passes. Nothing of a clip's words may be copied here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clip_viewer::clip::{self, Clip, Options};

use crate::similar::{norm, ratio};

/// Says a figure past the test's own output, which is shown for failures only: `cargo xtask test`
/// shows such lines always.
fn figure(what: &str) {
    std::io::stdout().write_all(format!("figure: {what}\n").as_bytes()).unwrap();
}

/// The corpus, when it is there.
fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    figure("the real clips are not beside the checkout: no score");
    None
}

/// The names that have a gold file of that kind, with the gold file's text and the clip.
fn cases(corpus: &Path, kind: &str) -> Vec<(String, String, Clip)> {
    let files = |folder: &str| -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(corpus.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    };
    let clips = files("dev");
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let case = |gold: &PathBuf| {
        let file = name(gold);
        let stem = file.strip_suffix(kind)?.to_owned();
        let clip = clips.iter().find(|clip| name(clip).starts_with(&format!("{stem}.")))?;
        let options = Options { file_name: Some(name(clip)), ..Options::default() };
        let parsed = clip::parse(&std::fs::read(clip).unwrap(), &options);
        Some((stem, std::fs::read_to_string(gold).unwrap(), parsed))
    };
    files("gold").iter().filter_map(case).collect()
}

/// A row of an outline.
#[derive(Debug, Clone)]
struct Row {
    level: u8,
    text: Vec<char>,
    line: Option<u32>,
    note: String,
}

/// `![words](address)` and `[words](address)` as their words.
fn unlinked(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let link = rest.get(open + 1..).unwrap().split_once(']').and_then(|(words, after)| {
            let (_, after) = after.strip_prefix('(')?.split_once(')')?;
            Some((words, after))
        });
        let Some((words, after)) = link else {
            plain.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
            continue;
        };
        plain.push_str(&rest[..open]);
        plain.push_str(words);
        rest = after;
    }
    plain + rest
}

fn rows(gold: &str) -> Vec<Row> {
    let row = |line: &str| {
        let mut parts = line.split('\t');
        let level = parts.next()?.trim().parse().ok()?;
        let text = norm(&unlinked(parts.next()?));
        let line = parts.next().and_then(|line| line.trim().parse().ok());
        (!text.is_empty()).then(|| Row { level, text, line, note: parts.next().unwrap_or_default().to_owned() })
    };
    gold.lines().filter_map(row).collect()
}

fn same(a: &Row, b: &Row) -> bool {
    let near = a.line.zip(b.line).is_some_and(|(a, b)| a.abs_diff(b) <= 2);
    let holds = |a: &[char], b: &[char]| b.len() <= a.len() && a.windows(b.len()).any(|part| part == b);
    let alike = ratio(&a.text, &b.text);
    alike >= 0.85 || (near && (alike >= 0.5 || holds(&a.text, &b.text) || holds(&b.text, &a.text)))
}

/// The longest matching that keeps the order of both.
fn align(found: &[Row], gold: &[Row]) -> Vec<(usize, usize)> {
    let (n, m) = (found.len(), gold.len());
    let equal: Vec<Vec<bool>> = found.iter().map(|f| gold.iter().map(|g| same(f, g)).collect()).collect();
    let mut best = vec![vec![0; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let skipped = std::cmp::max(best[i + 1][j], best[i][j + 1]);
            best[i][j] = if equal[i][j] { std::cmp::max(skipped, 1 + best[i + 1][j + 1]) } else { skipped };
        }
    }
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < n && j < m {
        if equal[i][j] && best[i][j] == 1 + best[i + 1][j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The row above each row, none at the top.
fn parents(levels: &[u8]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::new();
    for (index, level) in levels.iter().enumerate() {
        while open.last().is_some_and(|last| levels[*last] >= *level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    parents
}

/// For each gold row the parents that will do: a note may name a second.
fn either(gold: &[Row]) -> Vec<HashSet<Option<usize>>> {
    let number = |text: &str| text.split(|c: char| !c.is_ascii_digit()).find_map(|n| n.parse::<u32>().ok());
    let other = |row: &Row| {
        let swap = row.note.split_once("level ").and_then(|(_, rest)| {
            let (one, two) = rest.split_once(" or ")?;
            Some([one.parse::<u8>().ok()?, two.chars().next()?.to_digit(10)? as u8])
        });
        swap.and_then(|levels| levels.into_iter().find(|level| *level != row.level)).unwrap_or(row.level)
    };
    let first = parents(&gold.iter().map(|row| row.level).collect::<Vec<_>>());
    let second = parents(&gold.iter().map(other).collect::<Vec<_>>());
    let child = |row: &Row| row.note.split_once("child of line ").and_then(|(_, rest)| number(rest));
    let will_do = first.into_iter().zip(second).zip(gold).map(|((first, second), row)| {
        let named = child(row).and_then(|line| gold.iter().position(|r| r.line == Some(line)));
        [Some(first), Some(second), named.map(Some)].into_iter().flatten().collect()
    });
    will_do.collect()
}

/// F1 times the share of matched headings that stand below the right one.
fn outline_score(mut found: Vec<Row>, mut gold: Vec<Row>) -> f64 {
    let pairs = align(&found, &gold);
    let optional = |row: &Row| row.note.starts_with("optional");
    let extra: HashSet<usize> = pairs.iter().filter(|(_, j)| optional(&gold[*j])).map(|(i, _)| *i).collect();
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        !extra.contains(&(index - 1))
    });
    gold.retain(|row| !optional(row));
    let pairs = align(&found, &gold);
    if gold.is_empty() || pairs.is_empty() {
        return f64::from(u8::from(gold.is_empty() && found.is_empty()));
    }
    let f1 = 2.0 * pairs.len() as f64 / (found.len() + gold.len()) as f64;
    let to_gold: HashMap<usize, usize> = pairs.iter().copied().collect();
    let above = parents(&found.iter().map(|row| row.level).collect::<Vec<_>>());
    let will_do = either(&gold);
    let right = |(i, j): &&(usize, usize)| {
        let mut mine = above[*i];
        while let Some(index) = mine.filter(|index| !to_gold.contains_key(index)) {
            mine = above[index];
        }
        will_do[*j].contains(&mine.map(|index| to_gold[&index]))
    };
    f1 * pairs.iter().filter(right).count() as f64 / pairs.len() as f64
}

#[test]
fn outlines_of_real_clips_are_those_of_a_careful_editor() {
    let Some(corpus) = corpus() else { return };
    let mut scores = BTreeMap::new();
    for (name, gold, clip) in cases(&corpus, ".outline.tsv") {
        let meta = std::fs::read_to_string(corpus.join(format!("gold/{name}.meta.tsv"))).unwrap_or_default();
        let title = meta.lines().rev().find_map(|row| row.strip_prefix("title\t")).unwrap_or_default();
        let title = norm(title.split('\t').next().unwrap());
        let printed: String =
            clip.outline.sections().map(|h| format!("{}\t{}\t{}\n", h.level, h.text, h.line)).collect();
        let keep = |text: &str| rows(text).into_iter().filter(|row| row.text != title).collect::<Vec<_>>();
        let score = outline_score(keep(&printed), keep(&gold));
        println!("outline  {name}  {score:.3}");
        scores.insert(name, score);
    }
    let mean = scores.values().sum::<f64>() / scores.len() as f64;
    figure(&format!(
        "outlines of {} real clips: {mean:.3}; the first clip of all: {:.3}",
        scores.len(),
        scores["seed"]
    ));
    assert!(mean >= 0.90, "the mean is {mean:.3}");
    assert!(scores["seed"] >= 0.97, "the seed has {:.3}", scores["seed"]);
}

const KEYS: [&str; 8] = ["title", "author", "source_url", "site", "published", "saved", "tags", "description"];

/// The first value of each key, without those that only the file's first name had.
fn values(text: &str) -> HashMap<String, String> {
    let mut values = HashMap::new();
    for line in text.lines() {
        let mut parts = line.split('\t');
        let key = parts.next().unwrap_or_default().trim().to_lowercase();
        let key = match key.as_str() {
            "domain" | "site/domain" => "site".to_owned(),
            "source" | "url" => "source_url".to_owned(),
            _ => key,
        };
        let value = parts.next().unwrap_or_default().trim();
        if !value.is_empty() && !parts.next().is_some_and(|origin| origin.contains("file name only")) {
            values.entry(key).or_insert_with(|| value.to_owned());
        }
    }
    values
}

fn parts(text: &str, separators: &[char]) -> HashSet<Vec<char>> {
    text.split(separators).map(|part| norm(part.trim().trim_start_matches("www."))).filter(|p| !p.is_empty()).collect()
}

/// Names without what stands in brackets.
fn names(text: &str) -> HashSet<Vec<char>> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(['(', '（']) {
        plain.push_str(before);
        rest = inside.split_once([')', '）']).map_or("", |(_, after)| after);
    }
    parts(&(plain + rest), &[',', '，', '、', ';', '；', '|'])
}

/// Host, path and the queries that are not for tracking; letters behind `%` decoded.
fn address(text: &str) -> (String, String, Vec<String>) {
    const NOISE: [&str; 11] =
        ["utm_", "spm", "from", "scene", "chksm", "share", "ref", "mpshare", "srcid", "fbclid", "gclid"];
    let text = text.trim().split('#').next().unwrap();
    let rest = text.split_once("//").map_or("", |(_, rest)| rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let is_noise = |pair: &str| NOISE.iter().any(|noise| pair.to_lowercase().starts_with(noise));
    let mut query: Vec<String> = query
        .split('&')
        .filter(|pair| pair.split_once('=').is_some_and(|(_, value)| !value.is_empty()) && !is_noise(pair))
        .map(decoded)
        .collect();
    query.sort();
    let host = host.to_lowercase();
    (host.trim_start_matches("www.").to_owned(), decoded(path).trim_end_matches('/').to_owned(), query)
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn metadata_points(key: &str, found: &str, gold: &str) -> f64 {
    let (a, b) = (norm(found), norm(gold));
    let day = |text: &str| text.trim().chars().take(10).collect::<String>();
    let right = match key {
        "title" => a == b || ratio(&a, &b) > 0.93,
        "site" => {
            const SEPARATORS: [char; 5] = ['(', ')', '（', '）', '/'];
            !parts(found, &SEPARATORS).is_disjoint(&parts(gold, &SEPARATORS))
        }
        "author" | "tags" => {
            let (mine, theirs) = (names(found), names(gold));
            let (both, all) = (mine.intersection(&theirs).count(), mine.union(&theirs).count());
            if mine != theirs && both > 0 && both * 2 >= all {
                return 0.5;
            }
            mine == theirs
        }
        "source_url" => address(found) == address(gold),
        "published" | "saved" => !day(gold).is_empty() && day(found).starts_with(&day(gold)),
        _ => {
            let begins = |text: &[char]| text.iter().take(40).copied().collect::<Vec<_>>();
            !a.is_empty() && (begins(&a) == begins(&b) || ratio(&a, &b) >= 0.8)
        }
    };
    f64::from(u8::from(right))
}

#[test]
fn metadata_of_real_clips_are_what_a_careful_editor_found() {
    let Some(corpus) = corpus() else { return };
    let mut points: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (name, gold, clip) in cases(&corpus, ".meta.tsv") {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let row =
            |field: &clip::metadata::Field| format!("{}\t{}\n", field.key.name(), one_line(&field.values.join(", ")));
        let found = values(&clip.metadata.fields.iter().map(row).collect::<String>());
        let gold = values(&gold);
        for key in KEYS {
            let Some(gold) = gold.get(key).filter(|value| !matches!(value.as_str(), "-" | "none" | "unknown")) else {
                continue;
            };
            let mine = found.get(key).map_or("", String::as_str);
            let point = metadata_points(key, mine, gold);
            points.entry(key).or_default().push(point);
            if point < 1.0 {
                println!("metadata  {name}  {key}: {:.40} for {:.40}", mine, gold);
            }
        }
    }
    let all: Vec<f64> = points.values().flatten().copied().collect();
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    for (key, points) in &points {
        println!("metadata  {key}  {} of {}", points.iter().sum::<f64>(), points.len());
    }
    figure(&format!("metadata of real clips, {} values: {mean:.3}", all.len()));
    assert!(mean >= 0.93, "the mean is {mean:.3}");
}

/// The clip that the project was started from, when it is there.
fn seed() -> Option<Clip> {
    let bytes = std::fs::read(corpus()?.join("dev/seed.txt")).ok()?;
    Some(clip::parse(&bytes, &Options::default()))
}

#[test]
fn the_seed_has_its_outline_and_no_literal_markers() {
    let Some(clip) = seed() else { return };
    let entries = clip.outline.sections().count();
    // Two calls to take part in a give-away may count either way.
    assert!((41..=43).contains(&entries), "{entries} entries");
    assert!(clip.outline.sections().all(|h| !h.text.contains('▲')), "an advertisement is in the outline");
    let html = clip.body.chunks.concat();
    assert_eq!((html.matches("**").count(), html.matches("<strong>").count()), (0, 77));
}

#[test]
fn the_seed_says_when_and_where_it_was_published() {
    let Some(clip) = seed() else { return };
    let value = |name: &str| {
        let field = clip.metadata.fields.iter().find(|field| field.key.name() == name);
        field.and_then(|field| field.values.first()).cloned().unwrap_or_default()
    };
    assert!(value("published").starts_with("2024-11-28"), "{}", value("published"));
    assert_eq!(value("time_zone"), "+08:00");
    for name in ["place", "site", "account", "author"] {
        assert!(!value(name).is_empty(), "no {name}");
    }
}
