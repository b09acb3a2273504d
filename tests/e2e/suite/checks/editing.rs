//! The metadata of a clip, changed in the sidebar.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

use super::highlights::{select, until_drawn};
use super::languages::choose;
use super::library::{CATCH, imported, rows, saved};

/// A clip that is longer than a window, with comments and an order of its own in its front matter.
fn clip() -> String {
    let head = "---\r\n# About the page\r\ntitle: 'The lock' # as printed\r\nsource: https://example.org/lock\r\nauthor:\r\n  - \"[[Ada Voss]]\"\r\nrating: {stars: 4}\r\n# Mine\r\ntags: [canal]\r\nstatus: unread\r\n---\r\n\r\n";
    let body = (1..60)
        .map(|n| format!("Gate {n} opens, and the water falls by a hand's breadth before the boat goes on.\r\n\r\n"));
    std::iter::once(head.to_owned()).chain(body).collect()
}

async fn fill(page: &Page<'_>, field: &str, text: &str) -> Outcome {
    const SCRIPT: &str = "
        const field = document.getElementById('edit-' + arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
        return true;";
    let filled = page.run_with(SCRIPT, vec![json!(field), json!(text)]).await?;
    ensure!(filled == json!(true), "{field} can be filled in");
    Ok(())
}

async fn until_focused(page: &Page<'_>, id: &str) -> Outcome {
    page.until(&format!("{id} has the focus"), &format!("return document.activeElement?.id === '{id}'")).await
}

/// The sidebar, the head, the list's row and the text say what was saved.
async fn shows_it(page: &Page<'_>) -> Outcome {
    page.shows("The sluice: a life").await?;
    page.until(
        "the sidebar says it",
        "return document.querySelector('#metadata [data-key=tags]')?.textContent === 'canalslow travel'
            && document.querySelector('#metadata [data-key=status]')?.textContent === 'done'
            && document.querySelector('.station-choice').value === 'done'",
    )
    .await
}

/// The first gate in sight.
const GATE: &str = "
    const first = [...document.querySelectorAll('.clip-body p')].find((p) => p.getBoundingClientRect().bottom > 100);
    return first?.textContent.split(' ')[1] ?? ''";

async fn same_place(page: &Page<'_>, gate: &str) -> Outcome {
    let same = format!("return Math.abs((() => {{ {GATE} }})() - {gate}) <= 1");
    page.until(&format!("the reader is at gate {gate}"), &same).await
}

pub async fn metadata_are_edited_in_the_sidebar(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[MadeFile::text("lock.md", &clip())]).await?;
    page.shows("The lock").await?;
    imported(page, 1).await?;
    select(page, "Gate 31 opens").await?;
    page.press("h").await?;
    until_drawn(page, "yellow", "Gate 31 opens").await?;
    page.run("document.activeElement?.blur(); getSelection().removeAllRanges()").await?;
    // The place is written when the reader rests.
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    let gate = page.text(GATE).await?;

    // Escape leaves everything as it is.
    page.press("m").await?;
    until_focused(page, "edit-title").await?;
    fill(page, "title", "Something else").await?;
    page.press("\u{e00c}").await?;
    until_focused(page, "edit-metadata").await?;
    ensure!(page.count(".edit-form").await? == 0, "the form is closed");
    page.shows("The lock").await?;

    // What is no date is told at its field.
    page.click("#edit-metadata").await?;
    until_focused(page, "edit-title").await?;
    ensure!(page.text("return document.getElementById('edit-title').value").await? == "The lock", "it is as it was");
    fill(page, "published", "soon").await?;
    page.press("\u{e007}").await?;
    until_focused(page, "edit-published").await?;
    let told = "const field = document.activeElement;
        return field.ariaInvalid === 'true' && document.getElementById(field.getAttribute('aria-describedby')).textContent.includes('no date')";
    page.until("it is told that it is no date", told).await?;
    let found = page.axe().await?;
    ensure!(found.is_empty(), "axe-core finds in the form:\n    {}", found.join("\n    "));
    page.screenshot("edit-form").await?;

    fill(page, "published", "").await?;
    fill(page, "title", "The sluice: a life").await?;
    fill(page, "tags", "canal, #slow travel").await?;
    fill(page, "status", "done").await?;
    page.run(if page.engine == Engine::Firefox { "" } else { CATCH }).await?;
    page.run("document.getElementById('edit-title').focus()").await?;
    page.press("\u{e007}").await?;
    shows_it(page).await?;
    until_focused(page, "edit-metadata").await?;
    same_place(page, &gate).await?;
    until_drawn(page, "yellow", "Gate 31 opens").await?;

    if page.engine != Engine::Firefox {
        let download = "[...document.querySelectorAll('#status button')].find((b) => b.textContent === 'Download the file').click()";
        page.run(download).await?;
        let (name, bytes) = saved(page).await?;
        let expected = clip()
            .replace("'The lock' #", "'The sluice: a life' #")
            .replace("[canal]", "[canal, slow travel]")
            .replace("unread", "done");
        ensure!(name == "lock.md", "it has its name: {name}");
        ensure!(bytes == expected.as_bytes(), "all else stays: {}", String::from_utf8_lossy(&bytes));
    }

    if page.engine != Engine::WebKit {
        // The databases of its driver may go with the page that is loaded anew.
        page.reload().await?;
        page.ready().await?;
        shows_it(page).await?;
        same_place(page, &gate).await?;
        until_drawn(page, "yellow", "Gate 31 opens").await?;
    }
    page.press("l").await?;
    rows(page, 1).await?;
    let row = "const row = document.querySelector('#library [data-clip-id]');
        return row.dataset.station === 'done' && row.textContent.includes('The sluice: a life') && row.textContent.includes('slow travel')";
    page.until("its row says it", row).await
}

pub async fn the_form_of_the_metadata_fits_a_phone(page: &Page<'_>) -> Outcome {
    for language in ["en", "zh-Hans"] {
        page.forget_all().await?;
        page.open_sized(390, 844).await?;
        if language != "en" {
            choose(page, language).await?;
        }
        page.drop_files(&[MadeFile::text("lock.md", &clip())]).await?;
        page.shows("The lock").await?;
        imported(page, 1).await?;
        page.run("document.querySelector('.bottom-bar button:last-child').click()").await?;
        page.until("the sheet is open", "return document.querySelector('.reader').dataset.metadata === 'true'").await?;
        page.run("document.getElementById('edit-metadata').click()").await?;
        until_focused(page, "edit-title").await?;
        let fits = "const form = document.querySelector('.edit-form').getBoundingClientRect();
            return document.documentElement.scrollWidth <= innerWidth && form.left >= 0 && form.right <= innerWidth
                && [...document.querySelectorAll('.edit-form :is(input, select, button)')].every((one) => one.offsetHeight >= 44)";
        page.until("it fits, and a thumb hits its fields", fits).await?;
        fill(page, "published", "soon").await?;
        page.run("document.querySelector('.edit-form [type=submit]').click()").await?;
        until_focused(page, "edit-published").await?;
        page.screenshot(&format!("edit-phone-{language}")).await?;
        fill(page, "published", "2025-01-02").await?;
        page.run("document.querySelector('.edit-form [type=submit]').click()").await?;
        page.until("it is saved", "return !document.querySelector('.edit-form') && document.querySelectorAll('#status .notice button').length === 3")
            .await?;
        page.until("the sheet is gone", "return document.querySelector('.reader').dataset.metadata === 'false'")
            .await?;
        page.screenshot(&format!("edit-phone-saved-{language}")).await?;
    }
    Ok(())
}

pub async fn an_edit_is_undone(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[MadeFile::text("gate.md", "The gate stands open, and the water runs.\n")]).await?;
    page.shows("gate").await?;
    imported(page, 1).await?;
    page.press("m").await?;
    until_focused(page, "edit-title").await?;
    fill(page, "title", "A gate").await?;
    fill(page, "author", "Ada Voss").await?;
    fill(page, "saved", "2024-02-03").await?;
    page.click(".edit-form [type=submit]").await?;
    page.shows("A gate").await?;
    page.until(
        "who wrote it is shown",
        "return document.querySelector('.source-line').textContent.includes('Ada Voss')",
    )
    .await?;
    let undo = "[...document.querySelectorAll('#status button')].find((b) => b.textContent === 'Undo').click()";
    page.run(undo).await?;
    page.until("it is told", "return document.querySelector('#status').textContent.includes('was undone')").await?;
    page.until("nobody wrote it", "return !document.querySelector('.source-line').textContent.includes('Ada Voss')")
        .await?;
    page.press("l").await?;
    rows(page, 1).await
}
