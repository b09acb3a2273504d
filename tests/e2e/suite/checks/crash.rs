//! A page that stops: what a person sees then, and that nothing which was kept is lost by it.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

use super::library::{CATCH, saved, with_wood, wood_comes_back};

/// The page says that it stopped.
const STOPPED: &str = "return document.querySelector('#crash h1')?.textContent === 'Clip Viewer stopped'";

const EXPORT: &str =
    "[...document.querySelectorAll('#crash button')].find((b) => b.textContent === 'Export my data').click()";

pub async fn a_program_that_does_not_fit_says_so_and_gives_everything_back(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    page.run("document.querySelector('#library a[tabindex=\"0\"]').focus()").await?;
    page.press("d").await?;
    page.until("it is done", "return document.querySelectorAll('#library [data-station=done]').length === 1").await?;
    // The database follows a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    page.goto("/broken/").await?;
    page.until("the page says that it stopped", STOPPED).await?;
    let after_ms = page.number("return performance.now()").await?;
    ensure!(after_ms < 5000.0, "it says so soon, not after {after_ms} ms");
    if page.engine != Engine::Firefox {
        page.run(CATCH).await?;
        // Its settings are in the database, too, should the browser keep the page from localStorage.
        let refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })";
        page.run(refuse).await?;
    }
    page.run(EXPORT).await?;
    // WebKit's driver has sessions whose databases are in memory, and may go with the page.
    let clips = if page.engine == Engine::WebKit { "[04]" } else { "4" };
    let told =
        format!("return /^{clips} clips are in/.test(document.querySelector('#crash [role=status]').textContent)");
    page.until("it tells what is in the file", &told).await?;
    if page.engine != Engine::Chromium {
        return Ok(());
    }
    let (name, bytes) = saved(page).await?;
    wood_comes_back(page, &name, bytes).await
}

pub async fn a_page_that_stops_twice_leaves_the_last_clip(page: &Page<'_>) -> Outcome {
    page.goto("/broken/?open=00112233445566778899aabbccddeeff").await?;
    page.until("the page says that it stopped", STOPPED).await?;
    ensure!(page.text("return location.search").await?.starts_with("?open"), "the first time it stays where it is");
    page.client.refresh().await?;
    page.until("the second time it goes to the library by itself", "return location.search === '?library'").await?;
    page.until("and says when that stops, too", STOPPED).await
}

pub async fn a_failure_in_the_page_is_told_at_once(page: &Page<'_>) -> Outcome {
    if page.engine == Engine::Firefox {
        // Its driver's scripts have errors of their own kind, which the page does not take for its own.
        return Ok(());
    }
    for failure in [
        "new WebAssembly.RuntimeError('unreachable')",
        "new RangeError('Maximum call stack size exceeded')",
        "Object.assign(new Error('too much recursion'), { name: 'InternalError' })",
    ] {
        page.open("?library").await?;
        page.run("sessionStorage.clear()").await?;
        page.run(&format!("dispatchEvent(new ErrorEvent('error', {{ error: {failure} }}))")).await?;
        ensure!(page.run(STOPPED).await? == json!(true), "the page says that it stopped: {failure}");
        for button in ["Reload", "Reload without the last clip", "Export my data"] {
            let offered =
                "return [...document.querySelectorAll('#crash button')].some((b) => b.textContent === arguments[0])";
            ensure!(page.run_with(offered, vec![json!(button)]).await? == json!(true), "it offers “{button}”");
        }
    }
    let found = page.axe().await?;
    ensure!(found.is_empty(), "{}", found.join("\n    "));
    page.run("[...document.querySelectorAll('#crash button')].find((b) => b.textContent === 'Reload').click()").await?;
    page.until("the page starts again", "return !document.getElementById('crash')").await?;
    page.ready().await
}

pub async fn memory_that_runs_out_costs_one_clip(page: &Page<'_>) -> Outcome {
    page.open_at("/little/").await?;
    // The browser makes it long, as it would take long to send.
    let long = "const files = new DataTransfer(); files.items.add(new File(['# Long\\n\\n' + 'Words and *more* of them.\\n\\n'.repeat(400000)], 'long.md')); const input = document.querySelector('input[type=file]'); input.files = files.files; input.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(long).await?;
    page.until(
        "it says what happened",
        "return document.querySelector('#main').innerText.includes('“long.md” brought the reading engine down')",
    )
    .await?;
    page.drop_files(&[MadeFile::text("brook.md", "# The brook\n\nIt runs on.\n")]).await?;
    page.shows("The brook").await?;
    ensure!(page.count("#crash").await? == 0, "the page lives");
    Ok(())
}

pub async fn a_page_without_memory_says_that_it_stopped(page: &Page<'_>) -> Outcome {
    page.goto("/least/").await?;
    page.until("the page says that it stopped", STOPPED).await?;
    let tried = page.text("return sessionStorage.getItem('clip-viewer/fell-back')").await?;
    ensure!(tried == "1", "it was tried once more: {tried}");
    page.run("sessionStorage.clear()").await.map(drop)
}
