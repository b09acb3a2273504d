//! Bodies that are made to break a reader: each comes to an end, the page stays alive, and the next clip
//! opens.
//!
//! They are those of a public suite where its script stands beside the checkout, and a few of this
//! project's own always.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use e2e::page::project;
use e2e::{Engine, Outcome, Page, Problem, ensure};
use serde_json::{Value, json};

use super::opening::text_of;

const BODIES: &str = concat!(include_str!("../scripts/inspect.js"), include_str!("../scripts/bodies.js"));
/// How much text is handed to a script at once, in bytes.
const AT_ONCE: usize = 3_000_000;
/// How long the page may stand still over a clip, in milliseconds, on a machine that others use, too. It
/// is a tenth of that on one that has nothing else to do.
const STILL_MS: u64 = 1500;

/// A body, and a name for it.
type Body = (String, String);

/// The own ones, which stand for those of the suite.
fn own() -> Vec<Body> {
    const N: usize = 20_000;
    let wide = format!("|{}\n|{}\n", "a|".repeat(1000), "-|".repeat(1000));
    let note = |n: usize| format!("[^{n}] \n\n[^{n}]: [^{}]\n\n", n + 1);
    let bodies = [
        ("emphasis in emphasis", "*a **b ".repeat(N) + "c" + &" b** a*".repeat(N)),
        ("elements in elements", "<i>".repeat(N) + "x"),
        ("one line", "字".repeat(400_000)),
        ("one word", "x".repeat(400_000)),
        ("signs of combining", "a".to_owned() + &"\u{301}".repeat(100_000)),
        ("quotes in quotes", "> ".repeat(N) + "a"),
        ("lists in lists", (0..600).map(|depth| "  ".repeat(depth) + "- a\n").collect()),
        ("brackets", "[".repeat(N) + "a" + &"]".repeat(N)),
        ("code without end", "```\n".to_owned() + &"a line of code\n".repeat(N)),
        ("a wide table", wide + &("|".to_owned() + &"b|".repeat(1000) + "\n").repeat(50)),
        ("notes to notes", (0..5000).map(note).collect()),
        ("headings", "# h\n\n".repeat(N)),
        ("pictures", "![x](assets/a.png)\n".repeat(N)),
        ("formulas", "$a$ ".repeat(N)),
    ];
    bodies.into_iter().map(|(name, text)| (format!("{name}.md"), text)).collect()
}

/// Those of the suite, when it is there.
fn public() -> Result<Vec<Body>, Problem> {
    let script = project().join("../shared/suites/hostile/markdown.py");
    let folder = project().join("target/hostile-bodies");
    std::fs::create_dir_all(&folder)?;
    let made = script.is_file() && Command::new("python3").arg(&script).arg(&folder).output()?.status.success();
    if !made {
        return Ok(Vec::new());
    }
    let mut files: Vec<_> = std::fs::read_dir(&folder)?.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort();
    let name = |file: &Path| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    files.iter().map(|file| Ok((name(file), String::from_utf8_lossy(&std::fs::read(file)?).into_owned()))).collect()
}

/// Opens as many of these as the time of a script allows, and returns what came of them.
async fn open_some(page: &Page<'_>, bodies: &[Body]) -> Result<Vec<Value>, Problem> {
    let mut bytes = 0;
    let some = bodies.iter().take_while(|(_, text)| {
        let is_first = bytes == 0;
        bytes += text.len();
        is_first || bytes <= AT_ONCE
    });
    let some: Vec<Value> = some.map(|(name, text)| json!({ "name": name, "text": text })).collect();
    let came = page.client.execute_async(BODIES, vec![json!(some)]).await?;
    Ok(came.as_array().cloned().ok_or_else(|| came.to_string())?)
}

pub async fn hostile_bodies_end_and_the_next_clip_opens(page: &Page<'_>) -> Outcome {
    let public = public()?;
    let bodies = if public.is_empty() { own() } else { public };
    page.open_at("/watched/").await?;
    let start = Instant::now();
    let mut came = Vec::new();
    while let Some(rest) = bodies.get(came.len()..).filter(|rest| !rest.is_empty()) {
        came.extend(open_some(page, rest).await?);
    }
    let text = |one: &Value, key: &str| one.get(key).map(Value::to_string).unwrap_or_default();
    let is = |one: &Value, key: &str| one.get(key) == Some(&json!(true));
    let number = |one: &Value, key: &str| one.get(key).and_then(Value::as_u64).unwrap_or(0);
    let by = |key: &'static str| {
        let mut all: Vec<&Value> = came.iter().collect();
        all.sort_by_key(|one| std::cmp::Reverse(number(one, key)));
        all
    };
    let [shown, told] = [true, false].map(|shown| came.iter().filter(|one| is(one, "shown") == shown).count());
    println!("    {} bodies in {:.0} s: {shown} shown, {told} told of", came.len(), start.elapsed().as_secs_f32());
    for (key, words) in [("took", "took"), ("still", "held the page up for"), ("longest", "had a task of")] {
        let worst = by(key).into_iter().filter(|one| number(one, key) > 0).take(6);
        let worst: Vec<String> = worst.map(|one| format!("{} {} ms", text(one, "name"), number(one, key))).collect();
        println!("    {words} {}", worst.join(", "));
    }
    for one in &came {
        ensure!(is(one, "ended") && !is(one, "crashed"), "it does not end: {one}");
        ensure!(is(one, "shown") || text(one, "told") != "[]", "it is neither shown nor told of: {one}");
    }
    if page.engine == Engine::Chromium {
        let held: Vec<&Value> = came.iter().filter(|one| number(one, "longest") > STILL_MS).collect();
        ensure!(held.is_empty(), "the page stood still: {held:?}");
    }
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    ensure!(page.words("#clip .clip-body").await?.contains("That is all."), "the next clip is whole");
    Ok(())
}
