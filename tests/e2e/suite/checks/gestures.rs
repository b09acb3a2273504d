//! What fingers do on a phone. Chromium's come as the system's own, through its protocol; Firefox's by the touch
//! of WebDriver, which its driver makes of them; WebKitGTK's driver has no touch, so there the page is sent the
//! events that a finger would cause: what the engine makes of a real one is not seen there.

use std::time::Duration;

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, Problem, ensure};
use fantoccini::actions::{InputSource, PointerAction, TouchActions};
use serde_json::json;

/// So long a finger takes from one point to the next, in milliseconds.
const STEP_MS: u64 = 20;

type At = (f64, f64);

/// The points of a way.
fn way(from: At, to: At, steps: u32) -> Vec<At> {
    let part = |a: f64, b: f64, step: u32| a + (b - a) * f64::from(step) / f64::from(steps);
    (0..=steps).map(|step| (part(from.0, to.0, step), part(from.1, to.1, step))).collect()
}

/// A finger touches the page at the first point and goes over the others.
async fn touch(page: &Page<'_>, points: &[At]) -> Outcome {
    match page.engine {
        Engine::Chromium => {
            let corner = "const { x, y } = frameElement.getBoundingClientRect(); return [x, y]";
            let corner: At = serde_json::from_value(page.run(corner).await?)?;
            for (at, (x, y)) in points.iter().enumerate() {
                let kind = if at == 0 { "touchStart" } else { "touchMove" };
                let point = json!({ "x": x + corner.0, "y": y + corner.1 });
                page.devtools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": [point] })).await?;
                tokio::time::sleep(Duration::from_millis(STEP_MS)).await;
            }
        }
        Engine::Firefox => {
            let mut actions = TouchActions::new("finger".to_owned());
            for (at, (x, y)) in points.iter().copied().enumerate() {
                let duration = Some(Duration::from_millis(if at == 0 { 0 } else { STEP_MS }));
                actions = actions.then(PointerAction::MoveTo { duration, x, y });
                if at == 0 {
                    actions = actions.then(PointerAction::Down { button: 0 });
                }
            }
            page.client.perform_actions(actions).await?;
        }
        Engine::WebKit => {
            for (at, (x, y)) in points.iter().enumerate() {
                let kind = if at == 0 { "pointerdown" } else { "pointermove" };
                sent(page, kind, Some((*x, *y))).await?;
                tokio::time::sleep(Duration::from_millis(STEP_MS)).await;
            }
        }
    }
    Ok(())
}

/// The finger leaves the page where it is.
async fn lift(page: &Page<'_>) -> Outcome {
    match page.engine {
        Engine::Chromium => {
            page.devtools("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).await?;
        }
        Engine::Firefox => {
            let up = TouchActions::new("finger".to_owned()).then(PointerAction::Up { button: 0 });
            page.client.perform_actions(up).await?;
        }
        Engine::WebKit => sent(page, "pointerup", None).await?,
    }
    Ok(())
}

/// Sends the page an event of a finger, to what was touched first.
async fn sent(page: &Page<'_>, kind: &str, at: Option<At>) -> Outcome {
    const SCRIPT: &str = "
        const [kind, at] = arguments;
        if (at) window.finger = { clientX: at[0], clientY: at[1] };
        if (kind === 'pointerdown') window.touched = document.elementFromPoint(...at);
        touched.dispatchEvent(new PointerEvent(kind, { bubbles: true, cancelable: true, pointerType: 'touch', isPrimary: true, pointerId: 9, ...finger }))";
    page.run_with(SCRIPT, vec![json!(kind), json!(at)]).await?;
    Ok(())
}

async fn swipe(page: &Page<'_>, from: At, to: At) -> Outcome {
    touch(page, &way(from, to, 6)).await?;
    lift(page).await
}

/// The sheet that lies over the text, once none is on its way; empty when there is none.
async fn sheet(page: &Page<'_>) -> Result<String, Problem> {
    tokio::time::sleep(Duration::from_millis(250)).await;
    page.until("nothing moves", "return document.getAnimations().every((a) => a.playState !== 'running')").await?;
    let open = "return ['outline', 'metadata', 'text-settings'].filter((id) => document.getElementById(id)?.getBoundingClientRect().height > 0).join()";
    page.text(open).await
}

#[track_caller]
fn expect(what: &str, found: &str, expected: &str) -> Outcome {
    ensure!(found == expected, "{what}: the sheet is “{found}”, not “{expected}”");
    Ok(())
}

/// Where the head of the sheet begins.
const HEAD: &str = "return [...document.querySelectorAll('.sheet-head')].map((one) => one.getBoundingClientRect()).find((one) => one.height > 0).top";

async fn with_harbour(page: &Page<'_>) -> Outcome {
    let row = format!("|{}\n", " a long word in a cell |".repeat(8));
    let table = format!("{row}|{}\n{}", "--|".repeat(8), row.repeat(3));
    let text = format!(
        "# Harbour\n\n{}\n## Ships\n\n{table}\n{}",
        "Words of a text. ".repeat(30),
        "More words.\n\n".repeat(60)
    );
    page.open_framed(390, 760, "").await?;
    page.drop_files(&[MadeFile::text("harbour.md", &text)]).await?;
    page.shows("Harbour").await
}

pub async fn swipes_lead_to_the_outline_and_the_metadata(page: &Page<'_>) -> Outcome {
    with_harbour(page).await?;
    swipe(page, (100.0, 200.0), (280.0, 210.0)).await?;
    expect("a swipe ahead", &sheet(page).await?, "outline")?;
    let y = page.number(&format!("{HEAD} + 40")).await?;
    swipe(page, (280.0, y), (100.0, y)).await?;
    expect("a swipe back", &sheet(page).await?, "")?;
    swipe(page, (280.0, 200.0), (100.0, 190.0)).await?;
    expect("a swipe back in the text", &sheet(page).await?, "metadata")?;
    let y = page.number(&format!("{HEAD} + 80")).await?;
    swipe(page, (100.0, y), (280.0, y)).await?;
    expect("a swipe ahead in the sheet", &sheet(page).await?, "")?;
    for (what, from, to) in [
        ("a way from the edge", (12.0, 200.0), (200.0, 200.0)),
        ("a way up", (200.0, 500.0), (210.0, 420.0)),
        ("a way aslant", (100.0, 300.0), (220.0, 420.0)),
    ] {
        swipe(page, from, to).await?;
        expect(what, &sheet(page).await?, "")?;
    }
    let y = page.number("const table = document.querySelector('.table-scroll'); table.scrollIntoView({ block: 'center' }); return table.getBoundingClientRect().top + 40").await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    swipe(page, (280.0, y), (100.0, y)).await?;
    expect("a way over a table that scrolls", &sheet(page).await?, "")?;
    if page.engine == Engine::Chromium {
        page.until("the table scrolled", "return document.querySelector('.table-scroll').scrollLeft > 100").await?;
    }
    page.run("scrollTo(0, 0); getSelection().selectAllChildren(document.querySelector('.clip-body p'))").await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    swipe(page, (100.0, 500.0), (280.0, 500.0)).await?;
    expect("a way while something is selected", &sheet(page).await?, "")
}

pub async fn sheets_are_pulled_down_by_their_heads(page: &Page<'_>) -> Outcome {
    with_harbour(page).await?;
    let press = "document.querySelector(`.bottom-bar [aria-label='${arguments[0]}']`).click()";
    for (name, id) in [("Outline", "outline"), ("Text settings", "text-settings"), ("Info", "metadata")] {
        page.run_with(press, vec![json!(name)]).await?;
        expect("a button", &sheet(page).await?, id)?;
        let y = page.number(&format!("{HEAD} + 18")).await?;
        let moved = format!("return new DOMMatrix(getComputedStyle(document.getElementById('{id}')).transform).f");
        // It follows the finger, and rests below the bar's reach: a slow short way brings it back.
        touch(page, &way((180.0, y), (180.0, y + 42.0), 30)).await?;
        let by = page.number(&moved).await?;
        ensure!((by - 42.0).abs() < 1.0, "{name} follows the finger by 42 px: {by}");
        lift(page).await?;
        expect("a short pull", &sheet(page).await?, id)?;
        page.until("it is in its place again", &format!("{moved} === 0")).await?;
        swipe(page, (180.0, y), (182.0, (y + 240.0).min(750.0))).await?;
        expect("a long pull", &sheet(page).await?, "")?;
    }
    page.run_with(press, vec![json!("Outline")]).await?;
    page.run("document.querySelector('#outline .sheet-close').click()").await?;
    expect("its button", &sheet(page).await?, "")?;
    page.run_with(press, vec![json!("Info")]).await?;
    expect("a button", &sheet(page).await?, "metadata")?;
    let small = "
        return [...document.querySelectorAll('.bottom-bar button, #metadata :is(.sheet-close, .panel-tab)')].map((one) => one.getBoundingClientRect())
            .filter((one) => one.height < 44 || one.width < 44).length";
    ensure!(page.number(small).await? == 0.0, "fingers have 44 px");
    Ok(())
}
