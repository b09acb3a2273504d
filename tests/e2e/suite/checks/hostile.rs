//! Hostile clips: whatever stands in a clip, nothing of it runs, and nothing is asked for.
//!
//! The payloads are those of `tests/fixtures/hostile`, and those of a public suite where it stands beside
//! the checkout. `watch.js`, which runs in the page before all else, notes what they bring about;
//! `inspect.js` looks through the document.

use clip_viewer::library::archive::write::Writer;
use e2e::page::{MadeFile, project};
use e2e::{Engine, Outcome, Page, Problem, ensure};
use serde_json::{Value, json};

/// What looks through the document.
const INSPECT: &str = include_str!("../scripts/inspect.js");
/// Drops clips and looks through the document after each.
const PAYLOADS: &str = include_str!("../scripts/payloads.js");
/// How many clips are handed to a script at most; it answers how many of them it came to.
const AT_ONCE: usize = 24;
/// How many places of a clip hold its payload, each behind a line that says so.
const PLACES: usize = 10;

/// The payloads: those of this project always.
fn payloads() -> Result<Vec<String>, Problem> {
    let own = project().join("tests/fixtures/hostile/payloads.json");
    let public = project().join("../shared/suites/xss/payloads.json");
    let mut payloads = Vec::new();
    for file in [own, public].iter().filter(|file| file.is_file()) {
        let list: Vec<Value> = serde_json::from_slice(&std::fs::read(file)?)?;
        payloads.extend(list.iter().filter_map(|case| Some(case.get("payload")?.as_str()?.to_owned())));
    }
    ensure!(payloads.len() >= 25, "there are payloads, not {}", payloads.len());
    Ok(payloads)
}

/// More of that letter than stand together anywhere in the text, and at least so many.
fn fence(text: &str, letter: char, least: usize) -> String {
    let longest = text.split(|c| c != letter).map(str::len).max().unwrap_or(0);
    letter.to_string().repeat(least.max(longest + 1))
}

/// Text with a backslash before each sign that could end the place in which it stands.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// The payload in every place of a body. What may swallow the rest of the text comes last.
fn places(payload: &str) -> [String; PLACES] {
    let line = payload.replace(['\n', '\r'], " ");
    let (safe, fence3, fence1) = (escaped(&line), fence(payload, '`', 3), fence(&line, '`', 1));
    let cell = line.replace('|', "\\|");
    [
        format!("{fence3}\n{payload}\n{fence3}"),
        format!("{fence1} {line} {fence1} and `{line}`"),
        format!("| {cell} | b |\n|---|---|\n| {cell} | {safe} |"),
        format!("![{safe}](a.png \"{safe}\") ![{line}](b.png)"),
        format!("[title](https://titles.example/ \"{safe}\") [title](https://titles.example/ '{line}')"),
        format!("[target](<{safe}>) ![target](<{safe}>)"),
        format!("[target]({line}) ![target]({line}) <{line}> https://plain.example/{line}"),
        format!("## {line}"),
        format!("A paragraph with {line} in it."),
        payload.to_owned(),
    ]
}

/// A clip with these payloads in every place of it, each behind a line that says that it was reached.
fn clip(payloads: &[String], mark: &str, at: usize) -> String {
    let quoted: Vec<Value> = payloads.iter().map(|payload| json!(payload)).collect();
    let value = |at: usize| quoted.get(at % quoted.len().max(1)).cloned().unwrap_or_default();
    let (title, author, url, tag, key) = (value(0), value(1), value(2), value(3), value(4));
    // Not quoted, a value can break the front matter: what is left of it must do no harm either.
    let loose =
        payloads.first().filter(|_| at.is_multiple_of(3)).map(|p| format!("loose: {}\n", p.replace(['\n', '\r'], " ")));
    let loose = loose.unwrap_or_default();
    let bodies = payloads.iter().flat_map(|payload| places(payload));
    let body: Vec<String> = bodies.enumerate().map(|(at, place)| format!("reached-{at}\n\n{place}")).collect();
    format!(
        "---\nmark: {mark}\ntitle: {title}\nauthor: {author}\nurl: {url}\ntags: [{tag}, a]\nodd: {}\n{key}: key\n{loose}---\n\n{mark}\n\n{}\n",
        json!(payloads),
        body.join("\n\n")
    )
}

/// Drops clips with so many payloads each, named by one, and looks through the page after each.
async fn try_all(page: &Page<'_>, payloads: &[String], together: usize) -> Outcome {
    let clip = |(at, payloads): (usize, &[String])| {
        let mark = format!("mark-{at}");
        // A slash leads into a folder, and only the last part of a path is the name.
        let name = payloads.first().map(|payload| payload.replace('/', "\u{2215}")).unwrap_or_default();
        json!({ "name": format!("{name}.md"), "text": clip(payloads, &mark, at), "mark": mark })
    };
    let clips: Vec<Value> = payloads.chunks(together).enumerate().map(clip).collect();
    let (mut found, mut told, mut reached, mut shown) = (Vec::new(), Vec::new(), 0, 0);
    let mut rest = clips.as_slice();
    while !rest.is_empty() {
        let some = rest.get(..rest.len().min(AT_ONCE)).unwrap_or_default();
        let sum = page.client.execute_async(&format!("{INSPECT}{PAYLOADS}"), vec![json!(some)]).await?;
        let count = |name: &str| sum.get(name).and_then(Value::as_u64).unwrap_or(0) as usize;
        let list = |name: &str| sum.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        rest = rest.get(count("done").max(1)..).unwrap_or_default();
        reached += count("reached");
        shown += count("shown");
        found.extend(list("found"));
        told.extend(list("told"));
    }
    println!("    {} payloads in {} clips: {shown} shown, {reached} places. {told:?}", payloads.len(), clips.len());
    let few = found.get(..found.len().min(12)).unwrap_or_default();
    ensure!(found.is_empty(), "{} of the clips' doings, such as {few:#?}", found.len());
    ensure!(shown * 10 >= clips.len() * 9, "most clips are shown, not {shown} of {}: {told:?}", clips.len());
    let places = payloads.len() * PLACES;
    ensure!(reached * 10 >= places * 9, "the payloads come as far as the page: {reached} places of {places}");
    Ok(())
}

/// Goes to the list of all that came in, and looks through it and through what a search finds.
async fn try_list(page: &Page<'_>, least: usize) -> Outcome {
    let over = "const count = (name) => performance.getEntriesByName(name).length;
        return count('import:done') > 0 && count('import:done') >= count('import:start')";
    page.until("all came in", over).await?;
    page.run("document.activeElement?.blur()").await?;
    page.press("l").await?;
    page.until("the list is there", "return document.querySelectorAll('#library [data-clip-id]').length > 3").await?;
    let told =
        page.client.execute_async(&format!("{INSPECT}{}", include_str!("../scripts/list.js")), Vec::new()).await?;
    let found = told.get("found").and_then(Value::as_array).cloned().unwrap_or_default();
    ensure!(
        found.is_empty(),
        "{} bad things in the list, such as {:#?}",
        found.len(),
        found.get(..found.len().min(12))
    );
    let count = |name: &str| told.get(name).and_then(Value::as_u64).unwrap_or(0) as usize;
    ensure!(count("seen") >= least, "the list has {} rows, not {least}", count("seen"));
    ensure!(count("hits") > 10, "a search finds payloads, not {}", count("hits"));
    Ok(())
}

/// A zip whose entries are named by the payloads.
fn named(payloads: &[String]) -> Result<Vec<u8>, Problem> {
    let mut writer = Writer::new(Vec::new());
    for (at, payload) in payloads.iter().enumerate() {
        // What the archive's own form can't hold, no archive can bring.
        drop(writer.add(&format!("{payload}.md"), format!("Clip {at} says alert.\n").as_bytes(), None));
    }
    Ok(writer.finish()?)
}

/// Drops all payloads as names in one zip, and looks through what is told of it and through the list.
async fn try_names(page: &Page<'_>, base: &str, payloads: &[String]) -> Outcome {
    page.forget_all().await?;
    page.open_at(base).await?;
    page.drop_files(&[MadeFile::bytes("names.zip", named(payloads)?)]).await?;
    try_list(page, payloads.len() / 2).await?;
    let found = page.run(&format!("{INSPECT} return inspect()")).await?;
    ensure!(found == json!([]), "the summary holds {found}");
    Ok(())
}

/// Puts into the page what must not be there, by the driver's hand, and takes it out again.
const CONTROL: &str = "
    const bad = document.createElement('div');
    bad.className = 'clip-body';
    const put = (name, attributes) => {
        const element = document.createElement(name);
        for (const [name, value] of Object.entries(attributes)) {
            // With the policy, Trusted Types refuse a handler even here.
            try { element.setAttribute(name, value); } catch {}
        }
        bad.append(element);
    };
    put('a', { href: ' java\tscript:alert(1)' });
    put('img', { src: 'data:image/svg+xml,x', 'data-remote': 'x:y' });
    put('p', { onclick: 'x', style: 'x', id: 'cookie' });
    put('form', {});
    bad.append(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
    document.body.append(bad);
    const found = inspect().length;
    bad.remove();
    return found;";

/// Opens the app below that path, and sees to it that what watches over it does so.
async fn watched(page: &Page<'_>, base: &str, is_bare: bool) -> Outcome {
    page.open_at(base).await?;
    let policies = page.count("meta[http-equiv='Content-Security-Policy' i]").await?;
    ensure!(policies == u64::from(!is_bare), "the page has {policies} policies");
    let found = page.number(&format!("{INSPECT}{CONTROL}")).await?;
    let all = found == 8.0 || (!is_bare && found == 7.0);
    ensure!(all, "what looks through the page finds the 8 bad things in it, not {found}");
    let control = "const s = document.createElement('script');
        try { s.textContent = 'alert(`control`)'; } catch {}
        document.body.append(s); s.remove();";
    page.run(control).await?;
    let what = if is_bare { "alert control" } else { "refused " };
    let noted = format!("return (window.wrappedJSObject ?? window).ran.some((what) => what.startsWith('{what}'))");
    page.until("what watches notes a script", &noted).await?;
    // What the browser refused of these two is told by then.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    page.run("(window.wrappedJSObject ?? window).ran.length = 0").await?;
    Ok(())
}

/// Without the policy, which would hide a hole, nothing runs either: one payload a clip. WebKit, which
/// takes longest over a clip, has four of them in each.
pub async fn payloads_are_inert_without_a_policy(page: &Page<'_>) -> Outcome {
    let payloads = payloads()?;
    let together = if page.engine == Engine::WebKit { 4 } else { 1 };
    watched(page, "/bare/", true).await?;
    try_all(page, &payloads, together).await?;
    try_list(page, payloads.len() / together / 2).await?;
    try_names(page, "/bare/", &payloads).await
}

/// With the policy, it never has anything to refuse: the same places of the body, with six payloads in
/// each clip to spare time, so that not every payload is a title, an author and a name.
pub async fn payloads_cause_no_report_with_the_policy(page: &Page<'_>) -> Outcome {
    let payloads = payloads()?;
    watched(page, "/watched/", false).await?;
    try_all(page, &payloads, 6).await?;
    try_names(page, "/watched/", &payloads).await
}
