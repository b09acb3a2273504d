//! The program in parts: a clip is read before most of it is there, and what is asked for meanwhile is done when it is.

use e2e::{Outcome, Page, ensure};

use super::opening::text_of;

const TOLD: &str = "return document.querySelector('#problems')?.textContent.includes('part of the app')";

/// Opens the app in a way in which whatever of its parts has that name comes when, and if, `window.lets` says so.
async fn open_without(page: &Page<'_>, part: &str) -> Outcome {
    page.goto("/slow/").await?;
    page.until("boot.js listens", "return !!globalThis.clipViewer").await?;
    page.run(&format!(
        "const {{ part }} = clipViewer;
        window.asked = 0;
        const answer = new Promise((come, fail) => Object.assign(window, {{ come, fail }}));
        clipViewer.part = async (file) => {{
            if (file.startsWith('part-{part}-') && !window.lets) {{
                window.asked += 1;
                await answer;
            }}
            return part(file);
        }}"
    ))
    .await?;
    page.ready_in_part().await
}

pub async fn what_is_asked_for_early_is_done_when_its_part_is_here(page: &Page<'_>) -> Outcome {
    open_without(page, "later").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.until("the outline is there", "return document.querySelectorAll('#outline a').length > 0").await?;
    page.until("the later part is asked for", "return window.asked > 0").await?;
    page.press("t").await?;
    page.press("?").await?;
    let before = "return [document.documentElement.dataset.theme, !!document.querySelector('#keys')].join()";
    let before = page.text(before).await?;
    ensure!(before == "auto,false", "nothing is done before the part is here, not {before}");
    page.run("window.come()").await?;
    page.until(
        "both are done",
        "return document.documentElement.dataset.theme !== 'auto' && !!document.querySelector('#keys')",
    )
    .await?;
    page.press("\u{e00c}").await?;
    page.press("l").await?;
    page.until("the clip is kept", "return document.querySelectorAll('#library [data-clip-id]').length === 1").await?;
    let problems = page.words("#problems").await?;
    ensure!(problems.is_empty(), "no problem is told: {problems}");
    Ok(())
}

pub async fn a_hand_that_moves_has_the_later_part_come_at_once(page: &Page<'_>) -> Outcome {
    // By itself the page waits for half a second.
    const SOON_MS: f64 = 250.0;
    page.goto("/slow/").await?;
    page.until("boot.js listens", "return !!globalThis.clipViewer").await?;
    page.run(
        "const { part } = clipViewer;
        clipViewer.part = (file) => {
            if (file.startsWith('part-later-')) {
                window.asked ??= performance.now();
            }
            return part(file);
        };
        const move = () => {
            window.moved = performance.now();
            dispatchEvent(new PointerEvent('pointermove'));
        };
        const isReady = (list) => list.getEntriesByName('app:ready').length && setTimeout(move);
        new PerformanceObserver(isReady).observe({ type: 'mark', buffered: true })",
    )
    .await?;
    page.until("the part is asked for", "return window.moved && window.asked").await?;
    let waited = page.number("return window.asked - window.moved").await?;
    ensure!((0.0..SOON_MS).contains(&waited), "it is asked for because of the hand, {waited} ms later");
    // What is left on its way would hold up who asks for the same next.
    page.until("all of the app is here", "return performance.getEntriesByName('app:whole').length > 0").await
}

pub async fn a_panel_that_comes_later_gets_the_focus(page: &Page<'_>) -> Outcome {
    open_without(page, "later").await?;
    page.click(".top-bar .bar-button:last-child").await?;
    page.until("the later part is asked for", "return window.asked > 0").await?;
    ensure!(page.count("#text-settings").await? == 0, "the panel is not here yet");
    page.run("window.come()").await?;
    page.until("it has the focus", "return !!document.activeElement?.closest('#text-settings')").await?;
    let problems = page.words("#problems").await?;
    ensure!(problems.is_empty(), "no problem is told: {problems}");
    Ok(())
}

pub async fn a_part_that_does_not_come_is_told_and_asked_for_again(page: &Page<'_>) -> Outcome {
    open_without(page, "later").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.run("window.fail(new Error('gone'))").await?;
    page.until("it is told", TOLD).await?;
    ensure!(page.count("#crash").await? == 0, "the page goes on");
    ensure!(page.words("#clip").await?.contains("tide"), "the clip can be read");
    page.run("window.lets = true").await?;
    page.press("l").await?;
    page.until("the clip is kept", "return document.querySelectorAll('#library [data-clip-id]').length === 1").await
}

pub async fn an_import_waits_for_its_part_and_loses_nothing(page: &Page<'_>) -> Outcome {
    open_without(page, "library").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.until("its part is asked for", "return window.asked > 0").await?;
    page.run("window.fail(new Error('gone'))").await?;
    page.until("it is told", TOLD).await?;
    page.run("window.lets = true").await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    page.press("l").await?;
    page.until("both are kept", "return document.querySelectorAll('#library [data-clip-id]').length === 2").await?;
    // What is only listed would be gone.
    page.open("?library").await?;
    page.until("both are there", "return document.querySelectorAll('#library [data-clip-id]').length === 2").await
}

pub async fn a_clip_whose_part_does_not_come_is_not_to_blame(page: &Page<'_>) -> Outcome {
    open_without(page, "clips").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.until("its part is asked for", "return window.asked > 0").await?;
    page.run("window.fail(new Error('gone'))").await?;
    page.until("it is told", TOLD).await?;
    ensure!(!page.words("#problems").await?.contains("brought"), "the clip is not said to have done anything");
    page.run("window.lets = true").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await
}

pub async fn a_clip_waits_for_the_part_that_reads_it(page: &Page<'_>) -> Outcome {
    open_without(page, "clips").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.until("its part is asked for", "return window.asked > 0").await?;
    ensure!(!page.words("#clip").await?.contains("tide"), "nothing can be read yet");
    page.run("window.come()").await?;
    page.shows("Reading the tide").await?;
    let problems = page.words("#problems").await?;
    ensure!(problems.is_empty(), "no problem is told: {problems}");
    Ok(())
}
