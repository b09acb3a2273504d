//! What is hosted beside the app: a clip that the address names, and a published library.
//!
//! The server has `tests/fixtures/hosted` below the app's path.

use e2e::{Outcome, Page, ensure};

const LAMP: &str = "The lamp on the pier";
const GULLS: &str = "Gulls before rain";

/// The first picture of the clip is there.
const PICTURE: &str = "const picture = document.querySelector('#clip .clip-body img');
    picture?.scrollIntoView();
    return picture?.naturalWidth > 0";

async fn query(page: &Page<'_>) -> Result<String, e2e::Problem> {
    page.text("return location.search").await
}

/// Waits until that many clips are kept in the database's mirror.
async fn kept(page: &Page<'_>, clips: usize) -> Outcome {
    let script =
        format!("return JSON.parse(localStorage['clip-viewer/recent'] ?? '{{\"data\":[]}}').data.length === {clips}");
    page.until(&format!("{clips} clips are kept"), &script).await
}

pub async fn a_hosted_clip_is_shown_with_its_picture_and_keeps_its_address(page: &Page<'_>) -> Outcome {
    page.open("?clip=hosted/lamp.md").await?;
    page.shows(LAMP).await?;
    page.until("the picture is there", PICTURE).await?;
    ensure!(page.count("#clip .missing-picture").await? == 0, "no picture is told missing");
    ensure!(query(page).await? == "?clip=hosted/lamp.md", "the address stays");
    kept(page, 1).await?;
    page.reload().await?;
    page.ready().await?;
    page.shows(LAMP).await?;
    ensure!(query(page).await? == "?clip=hosted/lamp.md", "the address stays after a reload");
    page.press("l").await?;
    page.until(
        "it is in the library, once",
        "return document.querySelectorAll('#library [data-clip-id]').length === 1",
    )
    .await?;
    page.client.back().await?;
    page.until("back is the clip", "return location.search === '?clip=hosted/lamp.md'").await?;
    page.shows(LAMP).await?;
    ensure!(page.words("#problems").await?.is_empty(), "no problem is told");
    let trespasses = page.trespasses().await?;
    ensure!(trespasses.is_empty(), "nothing else is asked for: {trespasses:?}");
    Ok(())
}

pub async fn a_hosted_path_that_leaves_is_refused_and_nothing_is_asked_for(page: &Page<'_>) -> Outcome {
    const ASKED: &str = "return performance.getEntriesByType('resource').map((e) => e.name)
        .filter((name) => name.includes('x.md') || name.includes('index.html') || name.startsWith('javascript'))";
    for value in
        ["%2e%2e/x.md", "//evil.example/x.md", "https:x.md", "javascript:x.md", "\\\\evil.example\\x.md", "/x.md"]
    {
        page.open(&format!("?clip={value}")).await?;
        page.until(
            "a sentence says so",
            "return document.querySelector('#main').innerText.includes('nothing was loaded')",
        )
        .await?;
        let asked = page.run(ASKED).await?;
        ensure!(asked.as_array().is_some_and(Vec::is_empty), "nothing is asked for by {value}, but {asked}");
    }
    Ok(())
}

pub async fn a_hosted_clip_that_does_not_come_is_a_sentence(page: &Page<'_>) -> Outcome {
    for (path, sentence) in
        [("hosted/nowhere.md", "is not hosted beside this page"), ("hosted/archive.md", "is a zip archive")]
    {
        page.open(&format!("?clip={path}")).await?;
        let script = format!("return document.querySelector('#main').innerText.includes('{sentence}')");
        page.until(&format!("“{sentence}” is told of {path}"), &script).await?;
    }
    Ok(())
}

pub async fn a_hosted_library_is_listed_searched_and_read(page: &Page<'_>) -> Outcome {
    page.open("?library=hosted/index.json").await?;
    page.until("two clips are listed", "return document.querySelectorAll('#published a').length === 2").await?;
    ensure!(page.words("main.library h1").await? == "Harbour papers", "the title is told");
    let fetched = "return performance.getEntriesByType('resource').filter((e) => e.name.endsWith('.md')).length";
    ensure!(page.number(fetched).await? == 0.0, "no clip is fetched for the list");
    ensure!(
        page.text("return localStorage['clip-viewer/recent'] ?? ''").await?.is_empty(),
        "nothing is kept of the list"
    );
    page.client.find(fantoccini::Locator::Css("#search")).await?.send_keys("lind").await?;
    page.until("one is found by its author", "return document.querySelectorAll('#published a').length === 1").await?;
    page.click("#published a").await?;
    page.shows(GULLS).await?;
    page.until("the picture of another folder is there", PICTURE).await?;
    ensure!(query(page).await? == "?clip=hosted/sea/gulls.md", "the address is one to share");
    page.until(
        "what is not hosted is told missing",
        "document.querySelectorAll('#clip .clip-body img')[1]?.scrollIntoView();
        return document.querySelectorAll('#clip .missing-picture').length === 1",
    )
    .await?;
    kept(page, 1).await?;
    page.client.back().await?;
    page.until("back is the list", "return document.querySelectorAll('#published a').length === 1").await?;
    page.press("l").await?;
    page.until(
        "the own library has what was opened",
        "return document.querySelectorAll('#library [data-clip-id]').length === 1",
    )
    .await
}

pub async fn a_damaged_index_of_hosted_clips_is_a_sentence(page: &Page<'_>) -> Outcome {
    for name in ["broken.json", "lamp.md"] {
        page.open(&format!("?library=hosted/{name}")).await?;
        page.until(
            "a sentence says so",
            "return document.querySelector('#main').innerText.includes('is not the index of a published library')",
        )
        .await?;
    }
    Ok(())
}
