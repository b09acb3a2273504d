//! A folder on disk that is linked, where the browser lets a page link one.

use e2e::{Engine, Outcome, Page, ensure};
use serde_json::{Value, json};

use super::library::opened;

/// Has the picker give a folder of the browser's own file system, with these files.
const FOLDER: &str = "
    const [files, fresh, done] = arguments;
    (async () => {
        const root = await navigator.storage.getDirectory();
        if (fresh) await root.removeEntry('wood', { recursive: true }).catch(() => {});
        const folder = await root.getDirectoryHandle('wood', { create: true });
        for (const [path, text] of files) {
            const names = path.split('/');
            let at = folder;
            for (const name of names.slice(0, -1)) at = await at.getDirectoryHandle(name, { create: true });
            const file = await at.getFileHandle(names.at(-1), { create: true });
            const writable = await file.createWritable();
            await writable.write(text);
            await writable.close();
        }
        window.showDirectoryPicker = async () => folder;
        done('');
    })().catch((error) => done(String(error)));";

/// What a file of the folder says.
const TEXT: &str = "
    const [path, done] = arguments;
    (async () => {
        let at = await (await navigator.storage.getDirectory()).getDirectoryHandle('wood');
        const names = path.split('/');
        for (const name of names.slice(0, -1)) at = await at.getDirectoryHandle(name);
        done(await (await (await at.getFileHandle(names.at(-1))).getFile()).text());
    })().catch((error) => done(String(error)));";

async fn write(page: &Page<'_>, files: &[(&str, &str)], fresh: bool) -> Outcome {
    let told = page.client.execute_async(FOLDER, vec![json!(files), json!(fresh)]).await?;
    ensure!(told == json!(""), "the folder is made: {told}");
    Ok(())
}

async fn text(page: &Page<'_>, path: &str) -> Result<Value, e2e::Problem> {
    Ok(page.client.execute_async(TEXT, vec![json!(path)]).await?)
}

/// Comes back to the page again and again, until a row has that title and that station.
async fn row(page: &Page<'_>, title: &str, station: &str) -> Outcome {
    let script = format!(
        "window.dispatchEvent(new Event('focus'));
        const rows = [...document.querySelectorAll('#library [data-clip-id]')];
        const row = rows.find((row) => row.textContent.includes({}));
        return row ? row.dataset.station === {} || row.dataset.station : 'no such row';",
        json!(title),
        json!(station)
    );
    let script = format!("return (() => {{ {script} }})() === true");
    let Err(error) = page.until(&format!("“{title}” is in {station}"), &script).await else { return Ok(()) };
    let seen = page.text("return document.body.innerText + document.visibilityState").await?;
    Err(format!("{error}; the page says: {seen}").into())
}

async fn rows(page: &Page<'_>, count: usize) -> Outcome {
    let script = format!("return document.querySelectorAll('#library [data-clip-id]').length === {count}");
    page.until(&format!("there are {count} rows"), &script).await
}

/// Presses a key on the row with that title.
async fn press_on(page: &Page<'_>, title: &str, key: &str) -> Outcome {
    let focus =
        "[...document.querySelectorAll('#library a')].find((a) => a.textContent.includes(arguments[0])).focus()";
    page.run_with(focus, vec![json!(title)]).await?;
    page.press(key).await
}

/// The file says that, and nothing else.
async fn until_written(page: &Page<'_>, path: &str, expected: &str) -> Outcome {
    let mut said = Value::Null;
    for _ in 0..100 {
        said = text(page, path).await?;
        if said == json!(expected) {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err(format!("{path} says {said}, not {expected:?}").into())
}

const ALDER: &str = "---\ntitle:  The alder # a tree\nstatus: reading\n---\n\nIt stands  by the water.\n";

pub async fn a_linked_folder_is_read_again_and_written_to(page: &Page<'_>) -> Outcome {
    if page.engine != Engine::Chromium {
        page.open("").await?;
        ensure!(page.count(".link-folder").await? == 0, "no folder can be linked, and no button offers it");
        return Ok(());
    }
    page.open("").await?;
    write(page, &[("alder.md", ALDER), ("deep/rowan.md", "# The rowan\n\nRed berries.\n")], true).await?;
    page.click(".link-folder").await?;
    rows(page, 2).await?;
    row(page, "The alder", "reading").await?;
    ensure!(page.words("#linked-folder").await?.contains("wood"), "the folder is named");

    press_on(page, "The rowan", "r").await?;
    row(page, "The rowan", "reading").await?;
    write(page, &[("deep/rowan.md", "# The old rowan\n\nRed berries.\n"), ("yew.md", "# The yew\n")], false).await?;
    row(page, "The old rowan", "reading").await?;
    row(page, "The yew", "inbox").await?;
    rows(page, 3).await?;
    ensure!(text(page, "deep/rowan.md").await? == json!("# The old rowan\n\nRed berries.\n"), "nothing is written");

    page.click("#linked-folder input").await?;
    press_on(page, "The alder", "e").await?;
    row(page, "The alder", "archive").await?;
    let archived = ALDER.replace("reading", "archive");
    until_written(page, "alder.md", &archived).await?;
    rows(page, 3).await?;

    opened(page, "The alder").await?;
    page.press("m").await?;
    page.until("the form is open", "return document.activeElement?.id === 'edit-title'").await?;
    let fill = "const field = document.activeElement;
        field.value = 'The black alder';
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    page.run(fill).await?;
    page.press("\u{e007}").await?;
    page.shows("The black alder").await?;
    until_written(page, "alder.md", &archived.replace("The alder #", "The black alder #")).await?;
    let told = "document.querySelector('#status').textContent.includes('written into the file')";
    page.until("it is told", &format!("return {told}")).await?;
    page.run("[...document.querySelectorAll('#status button')].find((b) => b.textContent === 'Undo').click()").await?;
    until_written(page, "alder.md", &archived).await?;
    page.shows("The alder").await?;
    page.press("l").await?;
    rows(page, 3).await?;

    page.reload().await?;
    page.ready().await?;
    page.until("the folder is linked still", "return !!document.querySelector('#linked-folder input:checked')").await?;
    write(page, &[("yew.md", "# The old yew\n")], false).await?;
    page.run("document.querySelector('#linked-folder button').click()").await?;
    row(page, "The old yew", "inbox").await?;
    row(page, "The alder", "archive").await?;
    row(page, "The old rowan", "reading").await?;
    rows(page, 3).await?;
    page.run("[...document.querySelectorAll('#linked-folder button')].at(-1).click()").await?;
    page.until("the folder is forgotten", "return !document.querySelector('#linked-folder')").await?;
    rows(page, 3).await
}
