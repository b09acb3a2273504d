//! What people meet who do not see the page, who enlarge it, or who space its text out.

use e2e::{Engine, Outcome, Page, Problem, ensure};
use serde_json::{Value, json};

use super::opening::text_of;

/// The roles that say where one is; what stands in them is told by the tests of each place.
const PLACES: [&str; 12] = [
    "banner",
    "navigation",
    "main",
    "complementary",
    "article",
    "heading",
    "search",
    "region",
    "dialog",
    "contentinfo",
    "status",
    "alert",
];

/// What a screen reader is told, in its order: role and name.
async fn read_out(page: &Page<'_>) -> Result<Vec<String>, Problem> {
    let tree = page.devtools("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = tree.get("nodes").and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |node: &Value, key: &str| {
        node.get(key).and_then(|value| value.get("value")).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let find = |id: &Value| nodes.iter().find(|node| node.get("nodeId") == Some(id));
    let mut waiting: Vec<&Value> = nodes.first().into_iter().collect();
    let mut told = Vec::new();
    while let Some(node) = waiting.pop() {
        let role = text(node, "role");
        if node.get("ignored") != Some(&json!(true)) && PLACES.contains(&role.as_str()) {
            told.push(format!("{role} {}", text(node, "name")).trim().to_owned());
        }
        let children = node.get("childIds").and_then(Value::as_array);
        waiting.extend(children.into_iter().flatten().rev().filter_map(find));
    }
    Ok(told)
}

/// Whether these are told in this order; others may stand between them.
fn in_order(told: &[String], expected: &[&str]) -> Outcome {
    let mut rest = told.iter();
    for one in expected {
        ensure!(rest.any(|other| other == one), "“{one}” is not told in its place: {told:?}");
    }
    Ok(())
}

pub async fn the_page_is_read_out_in_order(page: &Page<'_>) -> Outcome {
    // The other drivers do not tell what a screen reader gets.
    if page.engine != Engine::Chromium {
        return Ok(());
    }
    page.open("").await?;
    in_order(&read_out(page).await?, &["banner", "region Messages", "main", "heading Drop clips here"])?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.until("the metadata is there", "return !!document.querySelector('#metadata dl')").await?;
    let told = read_out(page).await?;
    let before = ["banner", "region Messages", "navigation Outline", "heading Outline", "main", "article"];
    let text =
        ["heading Reading the tide", "heading Tables and tasks", "region Table", "heading Code", "heading The end"];
    let after = ["region Footnotes", "complementary Info", "heading Info", "heading The page", "heading My own"];
    in_order(&told, &[before.as_slice(), &text, &after].concat())?;
    ensure!(told.iter().filter(|one| *one == "main").count() == 1, "there is one main part: {told:?}");
    page.press("?").await?;
    page.until("the keys stand", "return !!document.querySelector('#keys')").await?;
    let told = read_out(page).await?;
    ensure!(told.iter().any(|one| one.starts_with("dialog ")), "what lies on top has a name: {told:?}");
    let within = "return document.querySelector('#keys').contains(document.activeElement)";
    ensure!(page.run(within).await? == json!(true), "and the focus is in it");
    page.press("?").await?;
    page.press("l").await?;
    page.until("the library stands", "return !!document.querySelector('#library')").await?;
    in_order(&read_out(page).await?, &["banner", "main", "heading Library", "region Clips"])
}

/// The spacing of WCAG 1.4.12, which people bring along in sheets of their own.
const SPACED: &str = "const sheet = new CSSStyleSheet(); \
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'); \
    document.adoptedStyleSheets = [sheet]";

/// Texts of the interface that are cut off, though they may not be.
const CUT_OFF: &str = "return [...document.querySelectorAll('button, label, h1, h2, .bottom-bar span, .choice')].filter((one) => { \
    const box = one.getBoundingClientRect(); if (!box.width || one.closest('.visually-hidden, .clip-body')) return false; \
    const style = getComputedStyle(one); if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return false; \
    return one.scrollWidth > one.clientWidth + 1 && style.overflowX !== 'visible' || one.scrollHeight > one.clientHeight + 1 && style.overflowY !== 'visible'; \
}).map((one) => one.outerHTML.slice(0, 120)).join('\\n')";

pub async fn text_may_be_spaced_out(page: &Page<'_>) -> Outcome {
    for width in [390, 1280] {
        page.forget_all().await?;
        page.open_framed(width, 800, "").await?;
        page.run(SPACED).await?;
        for place in ["empty", "reader", "settings", "library"] {
            match place {
                "reader" => {
                    page.drop_files(&[text_of("tide.md")]).await?;
                    page.shows("Reading the tide").await?;
                }
                "settings" => {
                    page.run("document.querySelector('[aria-label=\"Text settings\"]').click()").await?;
                    page.until("the settings stand", "return !!document.querySelector('#language')").await?;
                }
                "library" => {
                    page.run("document.querySelector('[aria-label=\"Text settings\"]').click(); document.querySelector('[aria-label=Library]').click()").await?;
                    page.until("the library stands", "return !!document.querySelector('#library')").await?;
                }
                _ => {}
            }
            let cut = page.text(CUT_OFF).await?;
            ensure!(cut.is_empty(), "{place} at {width} px: cut off:\n{cut}");
            let over = page.number("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(over <= 0.0, "{place} at {width} px is {over} px too wide");
        }
    }
    Ok(())
}

pub async fn four_hundred_percent_leave_room_to_read(page: &Page<'_>) -> Outcome {
    // A window of 1280 by 1024 pixels at 400 %.
    page.open_framed(320, 256, "").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.run("scrollTo(0, 400)").await?;
    let taken = page
        .number("return [...document.querySelectorAll('body *')].filter((one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position) && !one.closest('.clip-body, .clip-head')).map((one) => one.getBoundingClientRect()).filter((box) => box.width > 160 && box.bottom > 0 && box.top < innerHeight).reduce((sum, box) => sum + Math.min(box.bottom, innerHeight) - Math.max(box.top, 0), 0)")
        .await?;
    page.screenshot("four-hundred-percent").await?;
    ensure!(taken <= 128.0, "bars take {taken} of 256 px");
    let over = page.number("return document.documentElement.scrollWidth - innerWidth").await?;
    ensure!(over <= 0.0, "it is {over} px too wide");
    Ok(())
}
