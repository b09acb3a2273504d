//! What happens to what is kept when the browser, another version of the app or the clock does
//! something odd: nothing is destroyed, and reading goes on.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::{Value, json};

use super::library::{imported, opened, rows, with_wood};

/// Runs a script that ends by calling `done`, in a page of the app's origin where no app runs.
async fn beside(page: &Page<'_>, script: &str) -> Result<Value, e2e::Problem> {
    page.goto("/nothing").await?;
    let script = format!("const done = arguments[arguments.length - 1]; {script}");
    Ok(page.client.execute_async(&script, Vec::new()).await?)
}

pub async fn a_newer_database_is_left_as_it_is(page: &Page<'_>) -> Outcome {
    const MAKE: &str = "
        const open = indexedDB.open('clip-viewer', 99);
        open.onupgradeneeded = () => open.result.createObjectStore('later').put('precious', 'key');
        open.onsuccess = () => { open.result.close(); done(true); };";
    const LOOK: &str = "
        const open = indexedDB.open('clip-viewer');
        open.onsuccess = () => {
            const { version } = open.result;
            const get = open.result.transaction('later').objectStore('later').get('key');
            get.onsuccess = () => done([version, get.result]);
        };";
    if page.engine == Engine::WebKit {
        // Its driver's databases go with the last page that has one open.
        return Ok(());
    }
    beside(page, MAKE).await?;
    page.open("").await?;
    page.drop_files(&[MadeFile::text("brook.md", "# The brook\n\nIt runs on.\n")]).await?;
    page.shows("The brook").await?;
    let told = "return document.querySelector('#problems').textContent.includes('newer version')";
    page.until("a sentence says why nothing is kept", told).await?;
    let left = beside(page, LOOK).await?;
    ensure!(left == json!([99, "precious"]), "the newer database is as it was: {left}");
    Ok(())
}

pub async fn a_newer_version_in_another_tab_is_not_held_up(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    let first = page.client.window().await?;
    let second = page.client.new_window(false).await?.handle;
    page.client.switch_to_window(second).await?;
    let upgrade = "
        const open = indexedDB.open('clip-viewer', 3);
        // A tab in the background may take a moment to let go.
        open.onblocked = () => setTimeout(done, 3000, 'blocked');
        open.onsuccess = () => { open.result.close(); done('open'); };";
    let outcome = beside(page, upgrade).await?;
    ensure!(outcome == json!("open"), "the newer version does not wait for this one: {outcome}");
    page.client.switch_to_window(first).await?;
    page.drop_files(&[MadeFile::text("brook.md", "# The brook\n\nIt runs on.\n")]).await?;
    page.shows("The brook").await?;
    let told = "return document.querySelector('#problems').textContent.includes('newer version')";
    page.until("reading goes on, and a sentence says why nothing more is kept", told).await
}

pub async fn clips_that_the_browser_removed_are_told_and_come_back(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    page.until("the list is mirrored", "return (localStorage.getItem('clip-viewer/recent') ?? '').includes('rowan')")
        .await?;
    let gone = "
        const gone = indexedDB.deleteDatabase('clip-viewer');
        gone.onsuccess = gone.onblocked = gone.onerror = () => done(true);";
    beside(page, gone).await?;
    page.open("?library").await?;
    let told = "return document.querySelector('#problems').textContent.includes('keeps none any more')";
    page.until("it is told", told).await?;
    with_wood(page).await?;
    opened(page, "The rowan").await
}

pub async fn the_list_is_rebuilt_from_the_database(page: &Page<'_>) -> Outcome {
    if page.engine == Engine::WebKit {
        // Its driver's databases may go with the page that is loaded anew.
        return Ok(());
    }
    with_wood(page).await?;
    page.run("document.querySelector('#library a[tabindex=\"0\"]').focus()").await?;
    page.press("d").await?;
    let done = "return document.querySelectorAll('#library [data-station=done]').length === 1";
    page.until("one is done", done).await?;
    // The database follows a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    beside(page, "localStorage.clear(); done(true)").await?;
    page.goto("/some/where/?library").await?;
    page.ready().await?;
    rows(page, 4).await?;
    page.until("and so is its station", done).await
}

pub async fn a_clock_that_goes_back_undoes_nothing(page: &Page<'_>) -> Outcome {
    if page.engine == Engine::WebKit {
        // Its driver's databases may go with the page that is loaded anew.
        return Ok(());
    }
    with_wood(page).await?;
    page.run("document.querySelector('#library a[tabindex=\"0\"]').focus()").await?;
    page.press("d").await?;
    page.until("one is done", "return document.querySelectorAll('#library [data-station=done]').length === 1").await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    // What was kept comes from a time when the clock was ahead.
    let ahead = "
        const later = (text) => text.replace(/\"changed_ms\":\\d+/, '\"changed_ms\":4102444800000');
        for (const key of Object.keys(localStorage)) {
            if (key.startsWith('clip-viewer/clip/')) localStorage[key] = later(localStorage[key]);
        }
        const done = arguments[arguments.length - 1];
        const open = indexedDB.open('clip-viewer');
        open.onsuccess = () => {
            const changing = open.result.transaction('states', 'readwrite');
            const states = changing.objectStore('states');
            let changed = 0;
            states.openCursor().onsuccess = ({ target: { result: cursor } }) => {
                if (!cursor) return;
                changed += cursor.value.includes('done') ? 1 : 0;
                cursor.update(later(cursor.value));
                cursor.continue();
            };
            changing.oncomplete = () => { open.result.close(); done(changed); };
        };";
    let changed = page.client.execute_async(ahead, Vec::new()).await?;
    ensure!(changed == json!(1), "the station is in the database: {changed}");
    page.reload().await?;
    page.ready().await?;
    rows(page, 4).await?;
    page.run("document.querySelector('#library [data-station=done] a').focus()").await?;
    page.press("e").await?;
    let archived = "return document.querySelectorAll('#library [data-station=archive]').length === 1";
    page.until("it is archived", archived).await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    page.reload().await?;
    page.ready().await?;
    rows(page, 4).await?;
    imported(page, 0).await?;
    page.until("and stays so", archived).await
}
