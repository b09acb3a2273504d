//! What the viewer makes of a clip as clippers leave it: outline, clutter, recovered metadata.

use e2e::{Outcome, Page, ensure};

use super::opening::clip;

async fn open(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.upload(&[&clip("ferry.md")]).await?;
    page.shows("渡船的四季").await
}

pub async fn an_inferred_outline_can_be_switched_off(page: &Page<'_>) -> Outcome {
    open(page).await?;
    let outline = page
        .text("return [...document.querySelectorAll('#outline a')].map((a) => a.dataset.level + ' ' + a.textContent).join(' | ')")
        .await?;
    ensure!(
        outline == "2 / 01 / 春天的早晨 | 3 ▎水位 | 2 / 02 / 秋天的早晨 | 3 ▎归航",
        "the outline is the article's, not: {outline}"
    );
    ensure!(page.words("#outline").await?.contains("Outline inferred"), "it says that it was inferred");
    page.click("#outline button[aria-pressed='false']").await?;
    page.until(
        "with headings only, nothing is inferred",
        "return document.querySelectorAll('#outline a').length === 0",
    )
    .await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("渡船的四季").await?;
    page.until("the choice is kept", "return document.querySelectorAll('#outline a').length === 0").await?;
    page.click("#outline button[aria-pressed='true']").await?;
    page.until("and taken back", "return document.querySelectorAll('#outline a').length === 4").await
}

pub async fn clutter_is_folded_counted_and_shown_with_one_click(page: &Page<'_>) -> Outcome {
    open(page).await?;
    page.until("the body is there", "return performance.getEntriesByName('clip:rendered').length > 0").await?;
    let visible =
        "return [...document.querySelectorAll('#clip .clutter')].filter((c) => c.getClientRects().length > 0).length";
    ensure!(page.number(visible).await? == 0.0, "what is folded is not to be seen");
    let text = page.text("return document.querySelector('#clip .clip-body').innerText").await?;
    for debris in ["↓↓↓", "↑↑↑", "video", "时长", "▲", "互动福利", "原创内容", "**"] {
        ensure!(!text.contains(debris), "“{debris}” is not the article: {text}");
    }
    for kept in ["看水色就知道季节", "第七格", "靠它数时间", "一共十一次"] {
        ensure!(text.contains(kept), "“{kept}” is the article: {text}");
    }
    let head = page.words(".clip-head").await?;
    ensure!(head.contains("hidden") && head.contains("4 pictures were not saved"), "the head says so: {head}");
    let shown = page.text("return document.querySelector('[data-report=hidden]')?.innerText ?? ''").await?;
    ensure!(shown.contains("placeholder picture"), "the report names the reasons: {shown}");
    page.run("[...document.querySelectorAll('.clip-head button')].find((b) => b.textContent === 'show').click()")
        .await?;
    page.until("one click shows it all", "return [...document.querySelectorAll('#clip .clutter')].every((c) => c.dataset.label) && document.querySelector('#clip .clip-body').innerText.includes('互动福利')").await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("渡船的四季").await?;
    page.until("it stays shown for this clip", "return document.querySelector('#clip').dataset.clutter === 'shown' && document.querySelector('#clip .clip-body').innerText.includes('互动福利')").await
}

pub async fn what_the_front_matter_lacks_is_recovered_and_marked(page: &Page<'_>) -> Outcome {
    open(page).await?;
    let values =
        [("author", "林见川"), ("account", "渡口手记"), ("place", "青州"), ("time_zone", "+08:00"), ("language", "zh")];
    for (key, value) in values {
        let found = page.words(&format!("#metadata dd[data-key='{key}'][data-inferred]")).await?;
        ensure!(found.contains(value), "{key} is {value}, not “{found}”");
        ensure!(found.contains("from "), "{key} says where it was found: “{found}”");
    }
    ensure!(
        page.count("#metadata dd[data-key='published'][data-inferred] time[datetime^='2025-05-20T08:30']").await? == 1,
        "the date is that of the byline"
    );
    let report = page.words("#metadata [data-report='dialect']").await?;
    ensure!(report.contains("MaoXian"), "the clipper is told: {report}");
    let missing = page.words("#metadata [data-report='missing']").await?;
    ensure!(missing.contains("4 pictures that the clipper did not save"), "what is missing is told: {missing}");
    Ok(())
}
