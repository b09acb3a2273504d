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

/// The state of a clip in the database, as it stands there.
const IN_DATABASE: &str = "
    const [id, done] = arguments;
    const open = indexedDB.open('clip-viewer');
    open.onsuccess = () => {
        const get = open.result.transaction('states').objectStore('states').get(id);
        get.onsuccess = () => { open.result.close(); done(JSON.parse(get.result ?? '{}').data ?? {}); };
    };";

pub async fn a_station_takes_no_place_away(page: &Page<'_>) -> Outcome {
    let text = format!("# The brook\n\n{}", "It runs on, from stone to stone.\n\n".repeat(300));
    page.open("").await?;
    page.drop_files(&[MadeFile::text("brook.md", &text)]).await?;
    page.shows("The brook").await?;
    imported(page, 1).await?;
    let id = page.text("return new URLSearchParams(location.search).get('open')").await?;
    page.run("scrollTo(0, document.documentElement.scrollHeight / 2)").await?;
    let begun = format!("return JSON.parse(localStorage['clip-viewer/clip/{id}']).data.progress > 0.3");
    page.until("the place is kept", &begun).await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    // Another one is open from now on.
    page.drop_files(&[MadeFile::text("pond.md", "# The pond\n\nIt rests.\n")]).await?;
    page.shows("The pond").await?;
    imported(page, 2).await?;
    page.run("document.activeElement?.blur()").await?;
    page.press("l").await?;
    rows(page, 2).await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    let before = page.client.execute_async(IN_DATABASE, vec![json!(id)]).await?;
    let progress = |state: &Value| state.get("progress").and_then(Value::as_f64).unwrap_or(0.0);
    ensure!(progress(&before) > 0.3, "the database has the place: {before}");
    // The browser loses what localStorage had of the clip.
    let lose = format!("localStorage.removeItem('clip-viewer/clip/{id}')");
    page.run(&lose).await?;
    let brook = "[...document.querySelectorAll('#library a')].find((a) => a.textContent.includes('The brook'))";
    page.run(&format!("{brook}.focus()")).await?;
    page.press("e").await?;
    let archived = "return document.querySelectorAll('#library [data-station=archive]').length === 1";
    page.until("it is archived", archived).await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    let after = page.client.execute_async(IN_DATABASE, vec![json!(id)]).await?;
    let is_same = progress(&after) == progress(&before) && after.get("opened_ms") == before.get("opened_ms");
    ensure!(is_same && after.get("triage") == Some(&json!("archive")), "only the station changed: {before} {after}");
    page.run(&lose).await?;
    opened(page, "The brook").await?;
    page.until("and it opens at its place", "return scrollY > 1000").await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    let later = page.client.execute_async(IN_DATABASE, vec![json!(id)]).await?;
    ensure!(later.get("triage") == Some(&json!("archive")), "which takes nothing away either: {later}");
    // From the list it comes back to its place also when it was open all the time.
    page.run("document.activeElement?.blur()").await?;
    page.press("l").await?;
    rows(page, 2).await?;
    page.run("scrollTo(0, 0)").await?;
    opened(page, "The brook").await?;
    page.until("and there it is again", "return scrollY > 1000").await
}
