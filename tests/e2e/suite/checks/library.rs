//! Many clips: what comes in, what is kept, what is found.

use std::path::PathBuf;

use clip_viewer::library::archive::write::Writer;
use e2e::page::{MadeFile, project};
use e2e::{Engine, Outcome, Page, Problem, ensure};
use serde_json::json;

/// A picture of one pixel.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0,
    1, 0xe2, 0x21, 0xbc, 0x33, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A clip about a tree, with a picture beside it.
fn tree(number: usize, name: &str, more: &str) -> String {
    format!(
        "---\ntitle: The {name}\nurl: https://trees.example/{number}\nauthor: Ada Root\ntags: [wood, n{}]\nclipped: 2025-0{}-02\n---\n\n# The {name}\n\n![leaf](assets/{number}-leaf.png)\n\nOf all trees the {name} is the one that this page is about. {more}\n",
        number % 3,
        1 + number % 9
    )
}

const NAMES: [&str; 4] = ["rowan", "alder", "hornbeam", "银杏树"];

pub fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Problem> {
    let mut writer = Writer::new(Vec::new());
    for (path, bytes) in files {
        writer.add(path, bytes, None)?;
    }
    Ok(writer.finish()?)
}

/// The files of a small wood: clips and pictures.
fn wood() -> Vec<(String, Vec<u8>)> {
    let clips = NAMES.iter().enumerate().flat_map(|(at, name)| {
        let clip = (format!("wood/{name}.md"), tree(at, name, "").into_bytes());
        [clip, (format!("wood/assets/{at}-leaf.png"), PNG.to_vec())]
    });
    let others = [
        ("wood/.obsidian/app.json".to_owned(), b"{}".to_vec()),
        ("wood/notes.pdf".to_owned(), b"%PDF-1.7".to_vec()),
        ("wood/assets/no.png".to_owned(), b"not a picture".to_vec()),
    ];
    clips.chain(others).collect()
}

/// A folder with these files, below `target`.
fn folder(name: &str, files: &[(String, Vec<u8>)]) -> Result<PathBuf, Problem> {
    let folder = project().join("target/e2e").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        std::fs::write(path, bytes)?;
    }
    Ok(folder)
}

pub(super) async fn imported(page: &Page<'_>, times: usize) -> Outcome {
    let script = format!("return performance.getEntriesByName('import:done').length >= {times}");
    page.until("the import is over", &script).await
}

pub(super) async fn rows(page: &Page<'_>, count: usize) -> Outcome {
    let script = format!("return document.querySelector('#library')?.getAttribute('aria-rowcount') === '{count}'");
    page.until(&format!("the library has {count} rows"), &script).await
}

pub(super) async fn opened(page: &Page<'_>, title: &str) -> Outcome {
    let script =
        "[...document.querySelectorAll('#library a')].find((a) => a.textContent.includes(arguments[0])).click()";
    page.run_with(script, vec![json!(title)]).await?;
    page.shows(title).await
}

pub(super) async fn picture(page: &Page<'_>) -> Outcome {
    page.until(
        "the picture is shown",
        "const img = document.querySelector('.clip-body img'); return img?.naturalWidth > 0 && img.src.startsWith('blob:')",
    )
    .await
}

/// Brings the wood in as a zip, and stands in the library.
pub(super) async fn with_wood(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[MadeFile::bytes("wood.zip", zip(&wood())?)]).await?;
    imported(page, 1).await?;
    rows(page, 4).await
}

pub async fn a_zip_comes_in_with_its_pictures(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let folder = folder(&format!("{}-zip", page.engine.name()), &[("wood.zip".to_owned(), zip(&wood())?)])?;
    page.upload(&[&folder.join("wood.zip")]).await?;
    imported(page, 1).await?;
    rows(page, 4).await?;
    let told = page.words("#import-summary").await?;
    ensure!(told.contains("4 clips added") && told.contains("4 pictures"), "the summary counts: {told}");
    ensure!(told.contains("notes.pdf") && told.contains("no.png"), "and says what was skipped: {told}");
    ensure!(!told.contains("app.json"), "but not what nobody means to bring: {told}");
    opened(page, "The rowan").await?;
    picture(page).await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("The rowan").await?;
    picture(page).await?;
    let trespasses = page.trespasses().await?;
    ensure!(trespasses.is_empty(), "nothing is asked of anybody: {trespasses:?}");
    Ok(())
}

pub async fn a_folder_comes_in_whole(page: &Page<'_>) -> Outcome {
    // The drivers of the others pick single files alone.
    if page.engine != Engine::Chromium {
        return Ok(());
    }
    page.open("").await?;
    let folder = folder(&format!("{}-folder", page.engine.name()), &wood())?;
    page.upload_folder(&folder.join("wood")).await?;
    imported(page, 1).await?;
    rows(page, 4).await?;
    opened(page, "The alder").await?;
    picture(page).await
}

/// A drop that offers its files as a folder does, entry by entry, as no driver can drag one.
const DROP_FOLDER: &str = "
    const file = (path, bytes) => ({
        isFile: true, isDirectory: false, name: path.split('/').pop(), fullPath: path,
        file: (done) => done(new File([new Uint8Array(bytes)], path.split('/').pop())),
    });
    const folder = (path, entries) => ({
        isFile: false, isDirectory: true, name: path.split('/').pop(), fullPath: path,
        createReader: () => {
            const pieces = [entries.slice(0, 2), entries.slice(2), []];
            return { readEntries: (done) => done(pieces.shift()) };
        },
    });
    const files = arguments[0];
    const inside = (name) => files.filter(([path]) => path.startsWith(name + '/'));
    const make = (at, all) => {
        const names = [...new Set(all.map(([path]) => path.slice(at.length + 1).split('/')[0]))];
        return folder('/' + at, names.map((name) => {
            const path = at + '/' + name;
            const leaf = all.find(([p]) => p === path);
            return leaf ? file('/' + path, leaf[1]) : make(path, all.filter(([p]) => p.startsWith(path + '/')));
        }));
    };
    const root = make('wood', inside('wood'));
    const transfer = new DataTransfer();
    transfer.items.add(new File(['x'], 'wood'));
    const item = { kind: 'file', webkitGetAsEntry: () => root, getAsFile: () => null };
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer });
    const list = { length: 1, 0: item };
    Object.defineProperty(event, 'dataTransfer', { value: new Proxy(transfer, { get: (t, name) => {
        if (name === 'items') return list;
        const value = t[name];
        return typeof value === 'function' ? value.bind(t) : value;
    } }) });
    document.body.dispatchEvent(event);";

pub async fn a_dropped_folder_is_walked(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.run_with(DROP_FOLDER, vec![json!(wood())]).await?;
    imported(page, 1).await?;
    rows(page, 4).await?;
    let told = page.words("#import-summary").await?;
    ensure!(told.contains("4 clips added") && told.contains("4 pictures"), "the summary counts: {told}");
    opened(page, "The hornbeam").await?;
    picture(page).await
}

pub async fn pictures_dropped_later_are_found(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[MadeFile::text("rowan.md", &tree(0, "rowan", ""))]).await?;
    page.shows("The rowan").await?;
    page.until("its picture is missing", "return document.querySelectorAll('.missing-picture').length === 1").await?;
    page.drop_files(&[MadeFile::bytes("0-leaf.png", PNG.to_vec())]).await?;
    picture(page).await?;
    ensure!(page.count(".missing-picture").await? == 0, "nothing is missing any more");
    page.reload().await?;
    page.ready().await?;
    page.shows("The rowan").await?;
    picture(page).await
}

pub async fn the_same_page_again_is_brought_up_to_date(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[MadeFile::text("rowan.md", &tree(0, "rowan", ""))]).await?;
    page.shows("The rowan").await?;
    imported(page, 1).await?;
    page.press("r").await?;
    page.drop_files(&[MadeFile::text("rowan (2).md", &tree(0, "rowan", "It was saved once more."))]).await?;
    page.until("the new text is shown", "return document.querySelector('#clip').textContent.includes('once more')")
        .await?;
    page.until(
        "it is told",
        "return document.querySelector('#import-summary')?.textContent.includes('1 clip updated')",
    )
    .await?;
    page.press("l").await?;
    rows(page, 1).await?;
    let station = page.text("return document.querySelector('#library [data-clip-id]').dataset.station").await?;
    ensure!(station == "reading", "its station stays, and is not “{station}”");
    page.drop_files(&[MadeFile::text("rowan (2).md", &tree(0, "rowan", "It was saved once more."))]).await?;
    page.until(
        "it is here already",
        "return document.querySelector('#import-summary')?.textContent.includes('already here')",
    )
    .await
}

pub async fn an_import_is_undone(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    page.click("#import-summary .link-button").await?;
    page.until("nothing is left", "return !document.querySelector('#library [data-clip-id]')").await?;
    page.reload().await?;
    page.ready().await?;
    ensure!(page.count("#library [data-clip-id]").await? == 0, "and nothing comes back");
    Ok(())
}

pub async fn words_are_found_and_lead_to_their_place(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    let typed = "const box = document.querySelector('#search'); box.value = arguments[0]; box.dispatchEvent(new Event('input', { bubbles: true }))";
    page.run_with(typed, vec![json!("ＡＬＤＥＲ all trees")]).await?;
    rows(page, 1).await?;
    page.until("a piece of the text is marked", "return document.querySelectorAll('#library mark').length > 0").await?;
    for mark in ["search:typed", "search:shown"] {
        let set = format!("return performance.getEntriesByName('{mark}').length > 0");
        page.until(&format!("the mark {mark} is set"), &set).await?;
    }
    for (words, count) in [
        ("银杏", 1),
        ("trees -alder", 3),
        ("site:trees.example rowan", 1),
        ("\"of all trees\"", 4),
        ("tag:n0", 2),
        ("status:done", 0),
        ("after:2025-03", 2),
    ] {
        page.run_with(typed, vec![json!(words)]).await?;
        rows(page, count).await.map_err(|error| format!("“{words}”: {error}"))?;
    }
    page.run_with(typed, vec![json!("银杏树")]).await?;
    rows(page, 1).await?;
    opened(page, "The 银杏树").await?;
    page.until(
        "the find bar tells the places",
        "return document.querySelector('.find-bar output')?.textContent === '1 of 1'",
    )
    .await?;
    let marked = "return CSS.highlights.get('find-current')?.size === 1 && [...CSS.highlights.get('find-current')][0].toString() === '银杏树'";
    page.until("the words are marked", marked).await
}

pub async fn filters_and_stations_narrow_the_list(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    let tag = "[...document.querySelectorAll('.facet-value')].find((l) => l.textContent.startsWith('n0'))";
    page.until("its tags are counted", &format!("return !!{tag}")).await?;
    page.run(&format!("{tag}.querySelector('input').click()")).await?;
    rows(page, 2).await?;
    page.run("[...document.querySelectorAll('.filters .link-button')].find((b) => b.textContent === 'Clear filters').click()")
        .await?;
    rows(page, 4).await?;
    page.run("document.querySelector('.tools .link-button').click()").await?;
    page.until("a name is asked for", "return !!document.querySelector('#view-name')").await?;
    page.click(".station[data-station=inbox]").await?;
    page.run("document.querySelector('#view-name').value = 'New ones'; document.querySelector('.view-form [type=submit]').click()")
        .await?;
    page.until("the view is kept", "return !!document.querySelector('.kept-view')").await?;
    page.click(".station[data-station=archive]").await?;
    page.until("nothing is archived", "return document.querySelector('#library').hidden").await?;
    page.click(".kept-view .station").await?;
    rows(page, 4).await
}

pub async fn the_list_works_by_keyboard(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    page.run("document.querySelector('#library a[tabindex=\"0\"]').focus()").await?;
    let at = "return document.activeElement.closest('[data-clip-id]')?.getAttribute('aria-rowindex')";
    page.press("j").await?;
    page.until("down goes to the second row", &format!("{} === '2'", at.replace("return ", "return (") + ")")).await?;
    page.press("x").await?;
    page.press("j").await?;
    page.until("and to the third", &format!("{} === '3'", at.replace("return ", "return (") + ")")).await?;
    page.press("x").await?;
    page.until("two are chosen", "return document.querySelectorAll('#library [aria-selected=true]').length === 2")
        .await?;
    page.press("e").await?;
    page.until("both are archived", "return document.querySelectorAll('#library [data-station=archive]').length === 2")
        .await?;
    page.reload().await?;
    page.ready().await?;
    rows(page, 4).await?;
    page.until("and stay so", "return document.querySelectorAll('#library [data-station=archive]').length === 2").await
}

fn many(count: usize) -> Result<Vec<u8>, Problem> {
    let clips: Vec<_> = (0..count)
        .map(|at| {
            (
                format!("many/{at}.md"),
                format!("# Clip number {at}\n\nIt has a few words, and the number {at}.\n").into_bytes(),
            )
        })
        .collect();
    zip(&clips)
}

pub async fn thousands_of_rows_scroll(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[MadeFile::bytes("many.zip", many(2000)?)]).await?;
    rows(page, 2000).await?;
    let in_page = page.count("#library [data-clip-id]").await?;
    ensure!(in_page < 100, "only a part of the rows is in the page: {in_page}");
    page.run("scrollTo(0, document.body.scrollHeight)").await?;
    page.until("the last row is there", "return !!document.querySelector('#library [aria-rowindex=\"2000\"]')").await?;
    imported(page, 1).await?;
    page.run("document.querySelector('#library [aria-rowindex=\"1990\"] a').click()").await?;
    page.until(
        "a clip is open",
        "return document.querySelector('#clip')?.dataset.state === 'ready' && location.search.startsWith('?open')",
    )
    .await?;
    page.run("history.back()").await?;
    page.until(
        "back keeps the place in the list",
        "return !!document.querySelector('#library [aria-rowindex=\"1990\"]')",
    )
    .await?;
    page.reload().await?;
    page.ready().await?;
    rows(page, 2000).await?;
    let ordered = "const at = [...document.querySelectorAll('#library [data-clip-id]')].map((row) => Number(row.ariaRowIndex ?? row.getAttribute('aria-rowindex')));
        return at.length > 10 && at.every((n, i) => i === 0 || n === at[i - 1] + 1)";
    page.run("scrollTo(0, 30000)").await?;
    page.until("rows scrolled to are there", "return !!document.querySelector('#library [aria-rowindex=\"390\"]')")
        .await?;
    ensure!(page.run(ordered).await? == json!(true), "rows that are used again stand in their order");
    page.run("scrollTo(0, 0)").await?;
    page.until("the first row is there", "return !!document.querySelector('#library [aria-rowindex=\"1\"]')").await?;
    page.run("document.querySelector('#library [aria-rowindex=\"1\"] a').focus(); scrollTo(0, 60000)").await?;
    page.until("the keyboard stays with the list", "return document.activeElement.id === 'library'").await?;
    page.press("\u{E015}").await?;
    let at = "return document.activeElement.closest('[data-clip-id]')?.getAttribute('aria-rowindex') === '2'";
    page.until("an arrow goes on from where it was", at).await?;
    page.run("const box = document.querySelector('#search'); box.focus(); box.value = 'words'; box.dispatchEvent(new Event('input', { bubbles: true }))").await?;
    page.until("something is marked", "return document.querySelectorAll('#library mark').length > 5").await?;
    page.run("scrollTo(0, 60000)").await?;
    page.until(
        "rows that are scrolled to have a piece of their text, too",
        "const rows = [...document.querySelectorAll('#library [data-clip-id]')];
        return rows.length > 5 && rows.every((row) => row.getAttribute('aria-rowindex') > 300 && row.querySelector('mark'))",
    )
    .await?;
    ensure!(page.run(ordered).await? == json!(true), "and they stand in their order");
    Ok(())
}

pub async fn a_file_that_vanishes_is_told(page: &Page<'_>) -> Outcome {
    let folder = folder(&format!("{}-vanishing", page.engine.name()), &[("gone.zip".to_owned(), zip(&wood())?)])?;
    page.open("?library").await?;
    // While these come in, the other file waits for its turn, and goes.
    page.drop_files(&[MadeFile::bytes("many.zip", many(600)?)]).await?;
    page.upload(&[&folder.join("gone.zip")]).await?;
    std::fs::remove_file(folder.join("gone.zip"))?;
    imported(page, 2).await?;
    let told = "return (document.querySelector('#problems')?.textContent ?? '').includes('gone.zip')
        || (document.querySelector('#import-summary')?.textContent ?? '').includes('gone.zip')";
    page.until("the file that went is named", told).await?;
    rows(page, 600).await
}

pub async fn a_swipe_moves_a_clip_on(page: &Page<'_>) -> Outcome {
    with_wood(page).await?;
    let swipe = "
        const row = document.querySelector('#library [data-clip-id]');
        const at = (kind, x) => row.querySelector('.row-title').dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerType: 'touch', clientX: x, clientY: 300 }));
        at('pointerdown', 300);
        for (let x = 300; Math.abs(x - 300) < Math.abs(arguments[0]); x += Math.sign(arguments[0]) * 10) at('pointermove', x);
        const hint = row.dataset.swipe;
        at('pointerup', 300 + arguments[0]);
        return [row.dataset.clipId, hint, row.dataset.swipe ?? null]";
    let station = |id: &serde_json::Value, station: &str| {
        format!("return document.querySelector('#library [data-clip-id={id}]').dataset.station === '{station}'")
    };
    for (by, hint, there) in [(30, "moving", "inbox"), (140, "next", "reading"), (-140, "archive", "archive")] {
        let seen = page.run_with(swipe, vec![json!(by)]).await?;
        ensure!(
            seen.get(1) == Some(&json!(hint)) && seen.get(2) == Some(&json!(null)),
            "what would come of it is shown: {seen}"
        );
        let id = seen.get(0).cloned().unwrap_or_default();
        page.until(&format!("a swipe by {by} px leaves it in {there}"), &station(&id, there)).await?;
    }
    let room = "return document.querySelector('.room').hidden === !navigator.storage?.estimate";
    page.until("how much room is used is told where the browser knows", room).await
}

pub async fn tabs_see_each_others_clips(page: &Page<'_>) -> Outcome {
    page.open("?library").await?;
    let first = page.client.window().await?;
    let second = page.client.new_window(false).await?.handle;
    page.client.switch_to_window(second).await?;
    with_wood(page).await?;
    page.client.switch_to_window(first).await?;
    rows(page, 4).await
}

/// How many records each store has, and how many entries lack their text or words.
const WHOLE: &str = "
    const done = arguments[arguments.length - 1];
    const open = indexedDB.open('clip-viewer');
    open.onerror = () => done('it does not open');
    open.onsuccess = () => {
        const all = open.result.transaction(['entries', 'texts', 'words'], 'readonly');
        const keys = {};
        for (const name of ['entries', 'texts', 'words']) {
            all.objectStore(name).getAllKeys().onsuccess = ({ target }) => { keys[name] = target.result; };
        }
        all.oncomplete = () => {
            open.result.close();
            const same = JSON.stringify(keys.entries) === JSON.stringify(keys.texts)
                && JSON.stringify(keys.entries) === JSON.stringify(keys.words);
            done(same ? keys.entries.length : JSON.stringify(keys).slice(0, 300));
        };
    };";

pub async fn a_tab_that_dies_leaves_whole_clips_or_none(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let first = page.client.window().await?;
    let archive = MadeFile::bytes("many.zip", many(1500)?);
    for wait_ms in [150, 700] {
        let second = page.client.new_window(false).await?.handle;
        page.client.switch_to_window(second).await?;
        page.open("?library").await?;
        page.drop_files(std::slice::from_ref(&archive)).await?;
        tokio::time::sleep(std::time::Duration::from_millis(wait_ms)).await;
        page.client.close_window().await?;
        page.client.switch_to_window(first.clone()).await?;
        // What a tab that is gone wrote last may come into the database after it.
        let mut before = None;
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            let whole = page.client.execute_async(WHOLE, Vec::new()).await?;
            ensure!(whole.is_u64(), "each clip is whole: {whole}");
            if before.replace(whole.clone()) == Some(whole) {
                break;
            }
        }
    }
    page.open("?library").await?;
    page.drop_files(&[archive]).await?;
    rows(page, 1500).await
}

pub async fn a_full_disk_is_told_and_loses_nothing(page: &Page<'_>) -> Outcome {
    // Only Chromium lets a driver make its room small.
    if page.engine != Engine::Chromium {
        return Ok(());
    }
    with_wood(page).await?;
    // The browser remembers for a while how much room there was, as long as the database is open.
    page.goto("/nothing").await?;
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    page.open("?library").await?;
    page.devtools("Storage.overrideQuotaForOrigin", json!({"origin": page.origin(), "quotaSize": 400_000})).await?;
    let big: Vec<_> = (0..40)
        .map(|at| {
            (format!("big/{at}.md"), format!("# Big {at}\n\n{}\n", format!("word{at} ").repeat(20_000)).into_bytes())
        })
        .collect();
    page.drop_files(&[MadeFile::bytes("big.zip", zip(&big)?)]).await?;
    page.until("it is told", "return document.querySelector('#problems').textContent.includes('full')").await?;
    imported(page, 1).await?;
    page.reload().await?;
    page.ready().await?;
    page.until(
        "what was there is there",
        "return +document.querySelector('#library')?.getAttribute('aria-rowcount') >= 4",
    )
    .await?;
    let whole = page.client.execute_async(WHOLE, Vec::new()).await?;
    ensure!(whole.is_u64(), "each clip is whole: {whole}");
    opened(page, "The rowan").await?;
    picture(page).await
}

/// Has the page hand what it saves to this test. Firefox does not let a script of its driver do so.
pub(super) const CATCH: &str = "
    const blobs = new Map();
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        const url = make.call(URL, blob);
        blobs.set(url, blob);
        return url;
    };
    HTMLAnchorElement.prototype.click = function () {
        const name = this.download;
        blobs.get(this.href).arrayBuffer().then((bytes) => {
            globalThis.saved = { name, bytes: [...new Uint8Array(bytes)] };
        });
    };";

pub(super) async fn saved(page: &Page<'_>) -> Result<(String, Vec<u8>), Problem> {
    page.until("the file is handed over", "return !!globalThis.saved").await?;
    let saved = page.run("const file = globalThis.saved; delete globalThis.saved; return file").await?;
    let part = |name: &str| saved.get(name).cloned().unwrap_or_default();
    let bytes = part("bytes");
    let bytes = bytes.as_array().into_iter().flatten().filter_map(|byte| u8::try_from(byte.as_u64()?).ok());
    Ok((part("name").as_str().unwrap_or_default().to_owned(), bytes.collect()))
}

pub async fn a_backup_brings_everything_back(page: &Page<'_>) -> Outcome {
    if page.engine == Engine::Firefox {
        return Ok(());
    }
    with_wood(page).await?;
    page.run("document.querySelector('#library a[tabindex=\"0\"]').focus()").await?;
    page.press("d").await?;
    page.until("it is done", "return document.querySelectorAll('#library [data-station=done]').length === 1").await?;
    // The database follows a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    page.run(CATCH).await?;
    page.run("[...document.querySelectorAll('.library-head button')].find((b) => b.textContent === 'Back up').click()")
        .await?;
    let (name, bytes) = saved(page).await?;
    ensure!(name.starts_with("clip-viewer-backup-") && name.ends_with(".zip"), "it has a name: {name}");
    wood_comes_back(page, &name, bytes).await
}

/// Drops a backup of the wood, of which one clip is done, where nothing is kept any more.
pub(super) async fn wood_comes_back(page: &Page<'_>, name: &str, bytes: Vec<u8>) -> Outcome {
    page.forget_all().await?;
    page.open("").await?;
    page.drop_files(&[MadeFile::bytes(name, bytes)]).await?;
    imported(page, 1).await?;
    rows(page, 4).await?;
    page.until("its station is back", "return document.querySelectorAll('#library [data-station=done]').length === 1")
        .await?;
    opened(page, "The rowan").await?;
    picture(page).await
}

pub async fn a_clip_is_given_back_as_it_came(page: &Page<'_>) -> Outcome {
    if page.engine == Engine::Firefox {
        return Ok(());
    }
    let text = "---\r\ntitle:   Plain   # kept\r\nstatus: unread\r\n---\r\n\r\nWords.\r\n";
    page.open("").await?;
    page.drop_files(&[MadeFile::text("plain.md", text)]).await?;
    page.shows("Plain").await?;
    imported(page, 1).await?;
    page.press("l").await?;
    rows(page, 1).await?;
    page.run(CATCH).await?;
    let export = "document.querySelector('#library [type=checkbox]').click();
        [...document.querySelectorAll('.chosen button')].find((b) => b.textContent === 'Export').click()";
    page.run(export).await?;
    let (name, bytes) = saved(page).await?;
    ensure!(
        name == "plain.md" && bytes == text.as_bytes(),
        "byte for byte: {name} {}",
        String::from_utf8_lossy(&bytes)
    );
    page.run("document.querySelector('#library a').focus()").await?;
    page.press("e").await?;
    page.until("it is archived", "return !!document.querySelector('#library [data-station=archive]')").await?;
    page.run(export).await?;
    let (_, bytes) = saved(page).await?;
    let edited = text.replace("unread", "archive");
    ensure!(bytes == edited.as_bytes(), "but for the changed line: {}", String::from_utf8_lossy(&bytes));
    Ok(())
}

pub async fn something_is_found_in_the_open_clip(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[super::opening::long_clip()]).await?;
    page.shows("The long shelf").await?;
    page.press("/").await?;
    page.until("the bar has the focus", "return document.activeElement?.id === 'find'").await?;
    page.press("\"board 33\"").await?;
    page.until("places are counted", "return document.querySelector('.find-bar output').textContent === '1 of 7'")
        .await?;
    page.press("\u{E007}").await?;
    page.until("Enter goes to the next", "return document.querySelector('.find-bar output').textContent === '2 of 7'")
        .await?;
    let seen = "const r = [...CSS.highlights.get('find-current')][0].getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight";
    page.until("it is in sight", seen).await?;
    page.press("\u{E00C}").await?;
    page.until("Esc closes it", "return !document.querySelector('.find-bar') && !CSS.highlights.has('find')").await
}
