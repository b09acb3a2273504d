//! What is kept, and what happens when nothing can be.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

use super::opening::{clip, long_clip, text_of};

/// The words of the paragraph at the top of the text.
const AT_TOP: &str = "
    const middle = document.querySelector('.clip-body').getBoundingClientRect();
    const at = (y) => document.elementFromPoint(middle.left + middle.width / 2, y)?.closest('.clip-body p');
    for (let y = 80; y < innerHeight; y += 6) if (at(y)) return at(y).textContent.slice(0, 20);
    return ''";

pub async fn a_reload_returns_to_the_paragraph(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[long_clip()]).await?;
    page.shows("The long shelf").await?;
    // A jump settles by itself while the page around it is laid out; then a place of its own.
    page.run("document.querySelectorAll('#outline a')[32].click()").await?;
    let lands =
        "const top = document.getElementById('h-board-33').getBoundingClientRect().top; return top > 40 && top < 110";
    page.until("the jump lands", lands).await?;
    let before = page.text(AT_TOP).await?;
    ensure!(before.starts_with("Board 33"), "the page is scrolled to section 33, not to “{before}”");
    let kept = "
        const key = Object.keys(localStorage).find((k) => k.startsWith('clip-viewer/clip/'));
        return key && JSON.parse(localStorage[key]).data.position.chunk > 0";
    page.until("the place is kept", kept).await?;
    page.until("the clip is kept", "return performance.getEntriesByName('import:done').length > 0").await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("The long shelf").await?;
    let same = format!("const f = () => {{ {AT_TOP} }}; return f() === '{before}'");
    page.until("the same paragraph is at the top", &same).await?;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    page.until("and stays there", &same).await?;
    // WebKit's driver has sessions whose databases are in memory, and go with the last page that has one open.
    if page.engine == Engine::WebKit {
        return Ok(());
    }
    page.goto("/some/where/").await?;
    page.ready().await?;
    page.shows("The long shelf").await?;
    page.until("a new visit returns there, too", &same).await
}

pub async fn a_clip_that_was_left_at_once_is_still_there(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    // The page goes in the moment in which the clip is there, long before the database has it.
    page.run("new PerformanceObserver((list) => { if (list.getEntriesByName('clip:rendered').length) setTimeout(() => location.reload(), 5); }).observe({ type: 'mark' })")
        .await?;
    page.drop_files(&[MadeFile::text("brook.md", "# The brook\n\nIt runs on.\n")]).await?;
    page.until("the page was left", "return performance.getEntriesByType('navigation')[0].type === 'reload'").await?;
    page.ready().await?;
    page.shows("The brook").await?;
    page.until("it is kept", "return performance.getEntriesByName('import:done').length > 0").await?;
    let held = "return !Object.keys(localStorage).some((key) => key.startsWith('clip-viewer/text/'))";
    page.until("its text is held no more", held).await?;
    page.press("l").await?;
    page.until("it is listed once", "return document.querySelectorAll('#library [data-clip-id]').length === 1").await
}

pub async fn a_clip_that_was_left_comes_in_beside_others_without_a_word(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let text =
        r##"{"version":1,"data":{"file_name":"brook.md","encoding":"UTF-8","text":"# The brook\n\nIt runs on.\n"}}"##;
    let hold = "localStorage.setItem('clip-viewer/text/0123456789abcdef0123456789abcdef', arguments[0])";
    page.run_with(hold, vec![json!(text)]).await?;
    page.goto("/slow/").await?;
    page.until("boot.js listens", "return !!globalThis.clipViewer").await?;
    page.drop_files(&[MadeFile::text("one.md", "# One\n\nA.\n"), MadeFile::text("two.md", "# Two\n\nB.\n")]).await?;
    page.shows("One").await?;
    page.until("all came in", "return performance.getEntriesByName('import:done').length === 2").await?;
    let told = page.words("#import-summary").await?;
    ensure!(told.contains("2 clips added"), "what came of the drop stays told, not “{told}”");
    page.press("l").await?;
    page.until("three are listed", "return document.querySelectorAll('#library [data-clip-id]').length === 3").await
}

pub async fn the_library_keeps_clips_and_undoes_a_removal(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.upload(&[&clip("tide.md"), &clip("kite.md")]).await?;
    page.until("both came in", "return performance.getEntriesByName('import:done').length > 0").await?;
    page.press("l").await?;
    page.until("both are listed", "return document.querySelectorAll('#library [data-clip-id]').length === 2").await?;
    page.click("#library [aria-label='Remove “风筝与线”']").await?;
    page.until("one is left", "return document.querySelectorAll('#library [data-clip-id]').length === 1").await?;
    page.run("document.querySelector('#status .link-button').click()").await?;
    page.until("undo brings it back", "return document.querySelectorAll('#library [data-clip-id]').length === 2")
        .await?;
    page.run("[...document.querySelectorAll('#library a')].find((a) => a.textContent.includes('风筝')).click()")
        .await?;
    page.shows("风筝与线").await?;
    page.client.back().await?;
    page.until("back returns to the library", "return !!document.querySelector('#library')").await
}

pub async fn refused_storage_does_not_stop_reading(page: &Page<'_>) -> Outcome {
    let path = if page.engine.can_refuse_storage() { "/some/where/" } else { "/refused/" };
    page.open_at(path).await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.run("scrollTo(0, 300)").await?;
    page.press("t").await?;
    page.until("the theme changes all the same", "return document.documentElement.dataset.theme === 'light'").await?;
    page.press("l").await?;
    page.until(
        "the clip is in the library of this visit",
        "return document.querySelectorAll('#library [data-clip-id]').length === 1",
    )
    .await?;
    let told = page.words("#problems").await?;
    ensure!(told.matches("does not let the page keep anything").count() == 1, "one sentence says so: {told}");
    ensure!(page.count("#problems li").await? == 1, "and only one: {told}");
    Ok(())
}

pub async fn full_storage_does_not_stop_reading(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.run("
        localStorage.setItem('someone/else', 'kept');
        let size = 4_000_000, n = 0;
        while (size > 0) { try { localStorage.setItem('filler' + n++, 'x'.repeat(size)); } catch { size = Math.floor(size / 2); } }").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.until(
        "one sentence says that storage is full",
        "return document.querySelector('#problems').textContent.includes('is full')",
    )
    .await?;
    ensure!(page.count("#problems li").await? == 1, "and only one");
    ensure!(
        page.text("return localStorage.getItem('someone/else')").await? == "kept",
        "nothing already stored is destroyed"
    );
    Ok(())
}

pub async fn garbage_in_storage_is_put_aside(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.run("localStorage.setItem('clip-viewer/session', '\\u0000{not json'); localStorage.setItem('clip-viewer/recent', '[1,2')").await?;
    page.reload().await?;
    page.ready().await?;
    let told = page.words("#problems").await?;
    ensure!(told.contains("the session") && told.contains("the list of clips"), "both are told: {told}");
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.until("the bytes are kept under other keys", "return localStorage.getItem('clip-viewer/rejected/session') === '\\u0000{not json' && localStorage.getItem('clip-viewer/rejected/recent') === '[1,2'").await?;
    page.until("a fresh state is kept", "return JSON.parse(localStorage.getItem('clip-viewer/session')).version === 7")
        .await
}

pub async fn two_tabs_keep_their_own_clips(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    let first = page.client.window().await?;
    let second = page.client.new_window(false).await?.handle;
    page.client.switch_to_window(second.clone()).await?;
    page.open("?library").await?;
    page.drop_files(&[text_of("kite.md"), MadeFile::text("third.md", "# Third\n\nWords.\n")]).await?;
    page.shows("风筝与线").await?;
    page.press("tt").await?;
    page.until("the theme is sepia here", "return document.documentElement.dataset.theme === 'sepia'").await?;
    page.client.switch_to_window(first).await?;
    page.until("and in the other tab", "return document.documentElement.dataset.theme === 'sepia'").await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("Reading the tide").await?;
    page.until("all three clips are kept", "return JSON.parse(localStorage['clip-viewer/recent']).data.length === 3")
        .await?;
    page.client.switch_to_window(second).await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("风筝与线").await
}
