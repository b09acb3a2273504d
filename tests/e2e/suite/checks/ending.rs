//! What stands below the text of a clip.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

use super::library::{imported, opened, rows};

/// The titles of the list, in its order.
async fn titles(page: &Page<'_>) -> Result<Vec<String>, e2e::Problem> {
    let titles = page
        .text("return [...document.querySelectorAll('#library [data-clip-id] .row-title')].map((a) => a.textContent).join('|')")
        .await?;
    Ok(titles.split('|').map(str::to_owned).collect())
}

async fn until_next(page: &Page<'_>, title: &str) -> Outcome {
    let script = format!(
        "return document.querySelector('.clip-end .next-clip')?.lastElementChild.textContent === {}",
        json!(title)
    );
    page.until(&format!("“{title}” is next"), &script).await
}

pub async fn the_end_of_a_clip_leads_on(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let text = "The path goes on through the wood, and nobody counts the steps. ".repeat(40);
    let clip = |name: &str| MadeFile::text(&format!("{name}.md"), &format!("# The {name}\n\n{text}\n"));
    page.drop_files(&[clip("alder"), clip("beech"), clip("cedar"), clip("damson")]).await?;
    imported(page, 1).await?;
    page.press("l").await?;
    rows(page, 4).await?;
    // A list that was narrowed: the clips that wait.
    page.run("const field = document.getElementById('search'); field.focus(); field.value = 'status:inbox'; field.dispatchEvent(new Event('input', { bubbles: true }))")
        .await?;
    rows(page, 4).await?;
    let order = titles(page).await?;
    let [first, second, third, _] = order.as_slice() else { return Err(format!("four titles: {order:?}").into()) };

    opened(page, first).await?;
    until_next(page, second).await?;
    ensure!(page.words(".next-clip").await?.contains("min"), "how long it takes is told");
    // What is done leaves the narrowed list, and what is next stays.
    page.click(".clip-end button").await?;
    let done = "return document.querySelector('.clip-end button').ariaPressed === 'true' && document.querySelector('.station-choice').value === 'done'";
    page.until("it is done", done).await?;
    let found = page.axe().await?;
    ensure!(found.is_empty(), "axe-core finds at the end:\n    {}", found.join("\n    "));
    page.run("document.querySelector('.clip-end').scrollIntoView({ block: 'end' })").await?;
    page.screenshot("clip-end").await?;
    page.click(".next-clip").await?;
    page.shows(second).await?;
    until_next(page, third).await?;
    page.press("n").await?;
    page.shows(third).await?;
    page.press("p").await?;
    page.shows(second).await?;
    page.press("p").await?;
    page.shows(first).await?;
    page.run("[...document.querySelectorAll('.clip-end a')].at(-1).click()").await?;
    rows(page, 3).await?;
    ensure!(titles(page).await?.as_slice() == order.get(1..).unwrap_or_default(), "the list is as it was left");

    if page.engine != Engine::WebKit {
        // Its driver's databases may go with the page that is loaded anew.
        opened(page, third).await?;
        page.reload().await?;
        page.ready().await?;
        page.shows(third).await?;
        // Nobody came from a list: the newest that waits.
        page.until("one that waits is next", &format!(
            "const next = document.querySelector('.next-clip')?.lastElementChild.textContent; return !!next && ![{}, {}].includes(next)",
            json!(first), json!(third)
        )).await?;
    }
    Ok(())
}
