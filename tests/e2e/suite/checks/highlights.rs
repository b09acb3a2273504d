//! Highlights: made by key and by pointer, with notes, undone, kept, found again, all on one page.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

use super::library::{self, imported, rows, saved};
use super::opening::text_of;

/// Selects words of the clip's text, as the keyboard or a finger would: the last place where they stand.
pub(super) async fn select(page: &Page<'_>, words: &str) -> Outcome {
    const SCRIPT: &str = "
        const walker = document.createTreeWalker(document.querySelector('.clip-body'), NodeFilter.SHOW_TEXT);
        let found;
        while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(arguments[0]);
            if (at >= 0) found = [walker.currentNode, at];
        }
        if (!found) return false;
        found[0].parentElement.scrollIntoView({ block: 'center' });
        getSelection().setBaseAndExtent(found[0], found[1], found[0], found[1] + arguments[0].length);
        return true;";
    let there = page.run_with(SCRIPT, vec![json!(words)]).await?;
    ensure!(there == json!(true), "“{words}” stands in the text");
    Ok(())
}

/// What is drawn in a colour: the words of each mark, in order.
async fn drawn(page: &Page<'_>, colour: &str) -> Result<String, e2e::Problem> {
    page.text(&format!("return [...CSS.highlights.get('highlight-{colour}') ?? []].map((r) => r.toString()).join('|')"))
        .await
}

pub(super) async fn until_drawn(page: &Page<'_>, colour: &str, words: &str) -> Outcome {
    let script = format!(
        "return [...CSS.highlights.get('highlight-{colour}') ?? []].map((r) => r.toString()).join('|') === {}",
        json!(words)
    );
    let waited = page.until(&format!("“{words}” is {colour}"), &script).await;
    match waited {
        Ok(()) => Ok(()),
        Err(problem) => Err(format!("{problem}; but “{}”", drawn(page, colour).await?).into()),
    }
}

async fn until_kept(page: &Page<'_>, count: u64) -> Outcome {
    const SCRIPT: &str = "
        const done = arguments[arguments.length - 1];
        const open = indexedDB.open('clip-viewer');
        open.onsuccess = () => {
            const all = open.result.transaction('highlights').objectStore('highlights').getAll();
            all.onsuccess = () => {
                open.result.close();
                done(all.result.flatMap((record) => JSON.parse(record).data).filter((one) => !one.removed_ms).length);
            };
        };";
    for _ in 0..50 {
        if page.client.execute_async(SCRIPT, Vec::new()).await? == json!(count) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err(format!("{count} highlights are not in the database").into())
}

async fn press_button(page: &Page<'_>, within: &str, name: &str) -> Outcome {
    const SCRIPT: &str = "
        const button = [...document.querySelectorAll(arguments[0] + ' button')]
            .find((b) => (b.ariaLabel ?? b.textContent).startsWith(arguments[1]) || b.textContent.startsWith(arguments[1]));
        button?.click();
        return !!button;";
    let pressed = page.run_with(SCRIPT, vec![json!(within), json!(name)]).await?;
    ensure!(pressed == json!(true), "there is a button “{name}” in {within}");
    Ok(())
}

async fn no_axe(page: &Page<'_>, what: &str) -> Outcome {
    page.until("nothing moves", "return document.getAnimations().every((a) => a.playState !== 'running')").await?;
    let found = page.axe().await?;
    ensure!(found.is_empty(), "axe-core finds in {what}:\n    {}", found.join("\n    "));
    Ok(())
}

pub async fn what_is_selected_is_highlighted_by_a_key_and_kept(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    imported(page, 1).await?;
    let nodes = "return document.querySelector('.clip-body').innerHTML";
    let before = page.text(nodes).await?;
    select(page, "stood in a hut").await?;
    page.press("h").await?;
    until_drawn(page, "yellow", "stood in a hut").await?;
    ensure!(page.text(nodes).await? == before, "the page's elements are as they were");
    until_kept(page, 1).await?;
    page.press("H").await?;
    page.until("it is listed", "return document.querySelector('.mark-quote')?.textContent === 'stood in a hut'")
        .await?;
    no_axe(page, "the panel").await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("Reading the tide").await?;
    until_drawn(page, "yellow", "stood in a hut").await?;
    select(page, "in a").await?;
    page.press("h").await?;
    page.until("`h` within it removes it", "return !CSS.highlights.has('highlight-yellow')").await?;
    until_kept(page, 0).await?;
    press_button(page, "#status", "Undo").await?;
    until_drawn(page, "yellow", "stood in a hut").await?;
    until_kept(page, 1).await?;
    // Highlights may lie over each other, and go across paragraphs.
    page.run("const all = document.querySelectorAll('.clip-body li'); getSelection().setBaseAndExtent(all[0], 0, all[1], all[1].childNodes.length)")
        .await?;
    page.press("h").await?;
    page.until("a selection across lines is marked", "return CSS.highlights.get('highlight-yellow')?.size === 2")
        .await?;
    select(page, "The gauge stood").await?;
    page.press("h").await?;
    page.until("two that overlap are two", "return CSS.highlights.get('highlight-yellow')?.size === 3").await?;
    until_kept(page, 3).await
}

/// The middle of the left and of the right edge of some words, in the window.
async fn edges(page: &Page<'_>, words: &str) -> Result<[(f64, f64); 2], e2e::Problem> {
    select(page, words).await?;
    let edges = page
        .run("const r = getSelection().getRangeAt(0).getBoundingClientRect(); getSelection().removeAllRanges(); return [r.left, r.right, (r.top + r.bottom) / 2]")
        .await?;
    let at = |index: usize| edges.get(index).and_then(serde_json::Value::as_f64).unwrap_or_default();
    Ok([(at(0), at(2)), (at(1), at(2))])
}

pub async fn what_is_selected_by_pointer_gets_a_colour_and_a_note(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    let [from, to] = edges(page, "芦苇和水声").await?;
    page.drag((from.0 + 1.0, from.1), (to.0 - 1.0, to.1)).await?;
    page.until("the tools are offered", "return !!document.querySelector('.mark-tools')").await?;
    no_axe(page, "the tools").await?;
    page.click(".mark-tools [data-colour=green]").await?;
    until_drawn(page, "green", "芦苇和水声").await?;
    page.until("the tools go", "return !document.querySelector('.mark-tools')").await?;
    page.drag((from.0 + 20.0, from.1), (from.0 + 20.0, from.1)).await?;
    page.until("a click on it opens its card", "return !!document.querySelector('#mark-card')").await?;
    no_axe(page, "the card").await?;
    page.click("#mark-note").await?;
    page.press("河滩").await?;
    page.click("#mark-card [data-colour=blue]").await?;
    until_drawn(page, "blue", "芦苇和水声").await?;
    page.click("#mark-card [aria-label=Close]").await?;
    page.until("the note is marked", "return CSS.highlights.get('highlight-noted')?.size === 1").await?;
    until_kept(page, 1).await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("风筝与线").await?;
    until_drawn(page, "blue", "芦苇和水声").await?;
    select(page, "太快").await?;
    page.until("the tools are offered for any selection", "return !!document.querySelector('.mark-tools')").await?;
    press_button(page, ".mark-tools", "Highlight with a note").await?;
    until_drawn(page, "blue", "芦苇和水声|太快").await?;
    page.until("its note can be written at once", "return document.activeElement?.id === 'mark-note'").await?;
    page.press("慢").await?;
    page.press("\u{e00c}").await?;
    page.until("Esc closes the card", "return !document.querySelector('#mark-card')").await?;
    page.until("both have notes", "return CSS.highlights.get('highlight-noted')?.size === 2").await?;
    press_button(page, "#metadata", "Highlights").await?;
    page.until(
        "notes are listed",
        "return [...document.querySelectorAll('.mark-note')].map((n) => n.textContent).join() === '河滩,慢'",
    )
    .await
}

pub async fn a_backup_brings_highlights_back(page: &Page<'_>) -> Outcome {
    if page.engine == Engine::Firefox {
        // It does not let a script of its driver have what is saved.
        return Ok(());
    }
    page.open("").await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    imported(page, 1).await?;
    select(page, "芦苇和水声").await?;
    page.until("the tools are offered", "return !!document.querySelector('.mark-tools')").await?;
    press_button(page, ".mark-tools", "Highlight with a note").await?;
    page.until("its note can be written", "return document.activeElement?.id === 'mark-note'").await?;
    page.press("河滩").await?;
    page.click("#mark-card [data-colour=green]").await?;
    page.click("#mark-card [aria-label=Close]").await?;
    until_drawn(page, "green", "芦苇和水声").await?;
    select(page, "太快").await?;
    page.press("h").await?;
    until_drawn(page, "green", "芦苇和水声|太快").await?;
    until_kept(page, 2).await?;
    page.run("document.activeElement?.blur()").await?;
    page.press("l").await?;
    rows(page, 1).await?;
    page.run(library::CATCH).await?;
    press_button(page, ".library-head", "Back up").await?;
    let (name, bytes) = saved(page).await?;

    page.forget_all().await?;
    page.open("").await?;
    page.drop_files(&[MadeFile::bytes(&name, bytes)]).await?;
    imported(page, 1).await?;
    page.shows("风筝与线").await?;
    until_drawn(page, "green", "芦苇和水声|太快").await?;
    page.until("one has a note", "return CSS.highlights.get('highlight-noted')?.size === 1").await?;
    until_kept(page, 2).await?;
    press_button(page, "#metadata", "Highlights").await?;
    let note = "return document.querySelector('.mark-note')?.textContent === '河滩'";
    page.until("and it says what it said", note).await
}

fn page_of(more: &str, gone: &str) -> String {
    format!(
        "---\ntitle: The mill\nurl: https://mills.example/one\nclipped: 2025-03-02\n---\n\n# The mill\n\n{more}\n\nThe wheel of the mill turns slowly in summer, when the brook is low, and not at all in a hard frost.\n\n{gone}\n\nThe miller leaves the gate open for the trout.\n"
    )
}

pub async fn highlights_outlive_a_new_version_of_the_page(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let first = page_of("", "A sentence about prices stood here for only one week of that year.");
    page.drop_files(&[MadeFile::text("mill.md", &first)]).await?;
    page.shows("The mill").await?;
    imported(page, 1).await?;
    for words in ["when the brook is low", "about prices stood here", "the gate open for the trout"] {
        select(page, words).await?;
        page.press("h").await?;
    }
    until_kept(page, 3).await?;
    let newer = page_of("It was saved once more, with a longer introduction. \"Prices\" are gone.", "");
    let newer = newer.replace("turns slowly in summer", "turns very slowly in summer");
    page.drop_files(&[MadeFile::text("mill (2).md", &newer)]).await?;
    page.until("the new text is shown", "return document.querySelector('#clip').textContent.includes('once more')")
        .await?;
    until_drawn(page, "yellow", "when the brook is low|the gate open for the trout").await?;
    page.press("H").await?;
    page.until(
        "what is gone is listed with its words",
        "return document.querySelector('.marks[data-lost] .mark-quote')?.textContent === 'about prices stood here'",
    )
    .await?;
    no_axe(page, "the panel").await?;
    page.press("l").await?;
    rows(page, 1).await?;
    page.until(
        "the library knows that it has highlights",
        "return [...document.querySelectorAll('.facet-value')].some((l) => l.textContent === 'With highlights1')",
    )
    .await
}

pub async fn highlights_of_all_clips_are_found_on_one_page(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    imported(page, 1).await?;
    select(page, "oil the wheel").await?;
    page.press("h").await?;
    until_kept(page, 1).await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    select(page, "傍晚收线要慢").await?;
    page.press("h").await?;
    until_kept(page, 2).await?;
    page.press("l").await?;
    rows(page, 2).await?;
    page.run("[...document.querySelectorAll('.library-head a')].find((a) => a.textContent === 'Highlights').click()")
        .await?;
    let listed = "return [...document.querySelectorAll('#highlights .mark-quote')].map((q) => q.textContent).join('|')";
    page.until("both are listed, the newest first", &format!("{} === '傍晚收线要慢|oil the wheel'", listed)).await?;
    ensure!(page.text("return location.search").await? == "?highlights", "the page has an address");
    no_axe(page, "the page of all").await?;
    let look = "const field = document.querySelector('#search'); field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    page.run_with(look, vec![json!("收线")]).await?;
    page.until("words of a quote are found", &format!("{} === '傍晚收线要慢'", listed)).await?;
    page.run_with(look, vec![json!("tide wheel")]).await?;
    page.until("words of title and quote are found", &format!("{} === 'oil the wheel'", listed)).await?;
    page.run("document.querySelector('#highlights a.mark-quote').click()").await?;
    page.shows("Reading the tide").await?;
    let current = "const r = [...CSS.highlights.get('highlight-current') ?? []][0]; const at = r?.getBoundingClientRect(); return r?.toString() === 'oil the wheel' && at.top > 0 && at.bottom < innerHeight";
    page.until("it leads to the place", current).await?;
    let address = page.text("return document.querySelector('.mark-quote') ? '' : location.href").await?;
    ensure!(address.contains("?open="), "and to the clip's address: {address}");
    Ok(())
}

/// Keeps what the page has the browser save instead of saving it.
const CATCH: &str = "
    window.caught = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text().then((text) => window.caught.push(text)); return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = () => {};";

async fn caught(page: &Page<'_>, button: &str, count: usize) -> Result<String, e2e::Problem> {
    press_button(page, ".library-head", button).await?;
    page.until("it is saved", &format!("return window.caught.length === {count}")).await?;
    page.text("return window.caught.at(-1)").await
}

pub async fn highlights_go_out_into_files_and_come_in_again(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    imported(page, 1).await?;
    select(page, "oil the wheel").await?;
    page.until("the tools are offered", "return !!document.querySelector('.mark-tools')").await?;
    press_button(page, ".mark-tools", "Highlight with a note").await?;
    page.until("its note can be written", "return document.activeElement?.id === 'mark-note'").await?;
    page.press("soon").await?;
    page.press("\u{e00c}").await?;
    select(page, "stood in a hut").await?;
    page.press("h").await?;
    until_kept(page, 2).await?;
    page.open("?highlights").await?;
    page.until("both are listed", "return document.querySelectorAll('#highlights .mark').length === 2").await?;
    page.run(CATCH).await?;
    let markdown = caught(page, "Save as Markdown", 1).await?;
    ensure!(
        markdown.starts_with("# Reading the tide\n") && markdown.contains("\n> oil the wheel\n\nsoon\n"),
        "it is as the form says: {markdown}"
    );
    let json = caught(page, "Save as JSON", 2).await?;
    ensure!(json.contains("TextQuoteSelector") && json.contains("\"soon\""), "it is a Web Annotation: {json}");
    const FORM: &str = "const form = document.querySelector('.export-form textarea'); form.value = '{title}\\n{highlights}\\n* {quote}\\n{/highlights}\\n'; form.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(FORM).await?;
    let own = caught(page, "Save as Markdown", 3).await?;
    ensure!(
        own == "Reading the tide\n* oil the wheel\n* stood in a hut\n"
            || own == "Reading the tide\n* stood in a hut\n* oil the wheel\n",
        "a person's own form: {own}"
    );
    for (name, text) in [("highlights.json", &json), ("highlights-tide.md", &markdown)] {
        page.forget_all().await?;
        page.open("").await?;
        page.drop_files(&[text_of("tide.md")]).await?;
        page.shows("Reading the tide").await?;
        imported(page, 1).await?;
        page.drop_files(&[MadeFile::text(name, text)]).await?;
        page.until(
            "it is told",
            "return document.querySelector('#status').textContent.includes('2 highlights came in')",
        )
        .await?;
        page.until("they are drawn", "return ['yellow', 'green'].reduce((sum, c) => sum + (CSS.highlights.get('highlight-' + c)?.size ?? 0), 0) === 2").await?;
        page.until("with their notes", "return CSS.highlights.get('highlight-noted')?.size === 1").await?;
        until_kept(page, 2).await?;
        page.drop_files(&[MadeFile::text(name, text)]).await?;
        page.until(
            "the same again is no news",
            "return document.querySelector('#status').textContent.includes('2 were here already')",
        )
        .await?;
    }
    Ok(())
}

/// A record of highlights on many words of the open clip, made as the app would, without its help.
const MANY: &str = "
    const done = arguments[arguments.length - 1];
    const letters = [];
    const walker = document.createTreeWalker(document.querySelector('.clip-body'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (const c of walker.currentNode.data) if (!/\\s/.test(c)) letters.push(c);
    const data = [];
    for (let n = 0; n < 500; n++) {
        const start = Math.floor(n * (letters.length - 100) / 500) + 40;
        const cut = (a, b) => letters.slice(a, b).join('');
        data.push({ id: 'many-' + n, exact: cut(start, start + 30), prefix: cut(start - 32, start), suffix: cut(start + 30, start + 62),
            start: start + arguments[1], end: start + 30 + arguments[1], colour: ['yellow', 'green', 'blue', 'pink'][n % 4], created_ms: n + 1, changed_ms: n + 1 });
    }
    const open = indexedDB.open('clip-viewer');
    open.onsuccess = () => {
        const writing = open.result.transaction('highlights', 'readwrite');
        writing.objectStore('highlights').put(JSON.stringify({ version: 1, data }), arguments[0]);
        writing.oncomplete = () => { open.result.close(); done(true); };
    };";

/// A clip of some 200 kB in which no two sentences are the same.
fn boards() -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ter", "lo", "min", "sa", "ruk", "eth", "ol", "wen", "di", "car", "us", "pha", "il", "gom", "ny"];
    let mut dice = 7_u32;
    let mut roll = |sides: u32| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 16) % sides
    };
    let mut text = "# The boards\n\n".to_owned();
    for board in 1..=100 {
        text.push_str(&format!("## Board {board}\n\n"));
        for _ in 0..6 {
            for _ in 0..45 {
                (0..1 + roll(4)).for_each(|_| text.push_str(SYLLABLES.get(roll(16) as usize).unwrap_or(&"")));
                text.push(' ');
            }
            text.push_str("and that is all.\n\n");
        }
    }
    text + "And this is the end of it.\n"
}

pub async fn hundreds_of_highlights_hold_nothing_up(page: &Page<'_>) -> Outcome {
    let boards = boards();
    page.open("").await?;
    page.drop_files(&[MadeFile::text("boards.md", &boards)]).await?;
    page.shows("The boards").await?;
    imported(page, 1).await?;
    let id = page.text("return new URLSearchParams(location.search).get('open')").await?;
    let count = "return ['yellow', 'green', 'blue', 'pink'].reduce((sum, c) => sum + (CSS.highlights.get('highlight-' + c)?.size ?? 0), 0) === 500";
    for (moved, what) in [(0, "where they stood"), (57, "somewhere else")] {
        page.client.execute_async(MANY, vec![json!(id), json!(moved)]).await?;
        page.reload().await?;
        page.run("window.long = []; if (window.PerformanceObserver?.supportedEntryTypes.includes('longtask')) new PerformanceObserver((l) => window.long.push(...l.getEntries().map((e) => Math.round(e.duration)))).observe({ type: 'longtask' })").await?;
        page.ready().await?;
        page.shows("The boards").await?;
        page.until(&format!("500 that stand {what} are drawn"), count).await?;
        let long = page.text("return window.long.join(' ')").await?;
        println!("    500 highlights {what}: long tasks: “{long}”");
    }
    select(page, "this is the end of it").await?;
    const TIMED: &str = "
        const begun = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', bubbles: true }));
        return performance.now() - begun;";
    let took_ms = page.number(TIMED).await?;
    println!("    one more among 500: {took_ms:.1} ms");
    let is_there = "return ['yellow', 'green', 'blue', 'pink'].reduce((sum, c) => sum + (CSS.highlights.get('highlight-' + c)?.size ?? 0), 0) === 501";
    ensure!(page.run(is_there).await? == json!(true), "it is drawn in the same turn");
    ensure!(
        page.engine == Engine::WebKit || took_ms < 100.0,
        "even unoptimised it takes no longer than that: {took_ms}"
    );
    Ok(())
}
