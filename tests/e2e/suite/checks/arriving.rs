//! Long clips: what can be done while they are still arriving, and that they arrive right.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};

use super::opening::text_of;

/// A clip of that many sections, about 700 bytes each.
fn clip_of(sections: u32) -> MadeFile {
    ledger(sections, 4)
}

/// The same with so many lines in each section.
fn ledger(sections: u32, lines: u32) -> MadeFile {
    let mut text = "---\ntitle: The ledger\n---\n\n# The ledger\n\n".to_owned();
    for section in 1..=sections {
        text.push_str(&format!("## Page {section}\n\n"));
        for line in 1..=lines {
            text.push_str(&format!(
                "Page {section}, line {line}: what came in is written on the left, what went out on the *right*, and the sum of both is carried over to the next page, which begins with it.\n\n"
            ));
        }
    }
    MadeFile::text("ledger.md", &text)
}

/// Whether the heading of that section stands where a jump ends.
fn lands(section: u32) -> String {
    format!(
        "const top = document.getElementById('h-page-{section}')?.getBoundingClientRect().top;
        return top > 40 && top < 110"
    )
}

pub async fn a_long_clip_comes_in_order_and_whole(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    // What is in the page is looked at in every frame: it must always be a beginning of the whole.
    page.run(
        "const told = document.documentElement.dataset;
        told.wrong = told.seen = 0;
        const look = () => {
            const numbers = [...document.querySelectorAll('#clip h2')].map((h) => Number(h.textContent.slice(5)));
            if (numbers.some((n, i) => n !== i + 1)) told.wrong = numbers.length;
            told.seen = numbers.length;
            if (numbers.length < 1500) requestAnimationFrame(look);
        };
        look()",
    )
    .await?;
    page.drop_files(&[clip_of(1500)]).await?;
    page.shows("The ledger").await?;
    page.until("all sections are there", "return document.querySelectorAll('#clip h2').length === 1500").await?;
    page.until(
        "each frame was right",
        "const { seen, wrong } = document.documentElement.dataset; return seen === '1500' && wrong === '0'",
    )
    .await?;
    ensure!(page.count("#outline a").await? == 1500, "the outline has all sections");
    let last = page.text("return [...document.querySelectorAll('#clip p')].pop().textContent").await?;
    ensure!(last.starts_with("Page 1500, line 4"), "the end is there, not “{last}”");
    ensure!(page.trespasses().await?.is_empty(), "nothing broke the page's policy");
    Ok(())
}

pub async fn a_jump_beyond_what_has_arrived_lands(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    // As soon as the outline has the last section, it is clicked: its text is still on its way.
    page.run(
        "const click = () => {
            const link = document.querySelector(\"#outline a[href='#h-page-1500']\");
            if (!link) return requestAnimationFrame(click);
            window.early = !document.getElementById('h-page-1500');
            link.click();
        };
        click()",
    )
    .await?;
    // WebKit lays out what is out of sight, too, and takes long for less.
    let lines = if page.engine == Engine::WebKit { 16 } else { 40 };
    page.drop_files(&[ledger(1500, lines)]).await?;
    page.shows("The ledger").await?;
    ensure!(page.run("return early").await? == serde_json::json!(true), "the outline is there before the text is");
    page.until("the jump lands", &lands(1500)).await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    page.until("and stays", &lands(1500)).await
}

pub async fn what_making_the_body_shows_is_told_in_the_end(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let deep = format!("# The well\n\n{}Water.\n", "> ".repeat(200));
    page.drop_files(&[MadeFile::text("well.md", &deep)]).await?;
    page.shows("The well").await?;
    let told = "return document.querySelector('.clip-problems')?.textContent.includes('more than 100 levels deep')";
    page.until("what is too deep is told", told).await
}

pub async fn a_deep_link_into_a_long_clip_lands(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[clip_of(1200)]).await?;
    page.shows("The ledger").await?;
    page.until("it is kept", "return performance.getEntriesByName('import:done').length > 0").await?;
    let id = page.text("return new URLSearchParams(location.search).get('open')").await?;
    page.goto(&format!("/some/where/?open={id}#h-page-900")).await?;
    page.ready().await?;
    page.shows("The ledger").await?;
    page.until("the link leads to its section", &lands(900)).await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    page.until("and stays there", &lands(900)).await
}

pub async fn a_clip_that_takes_long_can_be_stopped(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    page.run(
        "const stop = () => {
            const button = document.querySelector('#on-the-way button');
            if (!button) return setTimeout(stop, 5);
            document.documentElement.dataset.reading = document.querySelector('#on-the-way').textContent;
            button.click();
        };
        stop()",
    )
    .await?;
    page.drop_files(&[clip_of(24_000)]).await?;
    page.until(
        "it is told that it was stopped",
        "return document.querySelector('#status').textContent.includes('Stopped')",
    )
    .await?;
    let reading = page.text("return document.documentElement.dataset.reading ?? ''").await?;
    ensure!(reading.contains("Reading") && reading.contains("Stop"), "its progress was shown, not “{reading}”");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let chunks = page.count(".chunk").await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    ensure!(page.count(".chunk").await? == chunks, "nothing more of it comes");
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    ensure!(page.words("#clip .clip-body").await?.contains("That is all."), "the next clip is whole");
    Ok(())
}

pub async fn the_clip_before_comes_back_as_it_was(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[clip_of(200)]).await?;
    page.shows("The ledger").await?;
    page.run("document.querySelector(\"#outline a[href='#h-page-150']\").click()").await?;
    page.until("the jump lands", &lands(150)).await?;
    page.run("document.getElementById('h-page-150').dataset.mine = 'yes'").await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    ensure!(page.count(".clip-body h2").await? < 100, "the other clip has the page to itself");
    // A browser's own button would pass over places that no person's hand led to.
    page.run("history.back()").await?;
    page.shows("The ledger").await?;
    page.until("it is where it was", &lands(150)).await?;
    let mine = page.text("return document.getElementById('h-page-150').dataset.mine ?? ''").await?;
    ensure!(mine == "yes", "its elements are the same ones");
    ensure!(page.count("#outline a").await? == 200, "its outline is there");
    // The same file again is the same clip.
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    page.drop_files(&[clip_of(200)]).await?;
    page.shows("The ledger").await?;
    let mine = page.text("return document.getElementById('h-page-150').dataset.mine ?? ''").await?;
    ensure!(mine == "yes", "dropped again, it is the same one still");
    Ok(())
}

pub async fn a_clip_that_is_left_before_it_came_stays_away(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    // The engine that is stopped is replaced by another one.
    if page.engine != Engine::Firefox {
        let count = "window.startedWorkers = 0;
            const { startWorker } = clipViewer;
            clipViewer.startWorker = (name) => (window.startedWorkers += name === 'reader' ? 1 : 0, startWorker(name))";
        page.run(count).await?;
    }
    // At once, and when its beginning is shown.
    for (begun, steps_back) in [(false, 1), (true, 2)] {
        let leave = format!(
            "const leave = () => {{
                const is_begun = document.querySelector('#clip h1')?.textContent === 'The ledger';
                if ({begun} && !is_begun) return setTimeout(leave, 1);
                document.activeElement?.blur();
                document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'l', bubbles: true }}));
            }};
            setTimeout(leave, 1)"
        );
        page.run(&format!("addEventListener('drop', () => {{ {leave} }}, {{ once: true }})")).await?;
        page.drop_files(&[clip_of(24_000)]).await?;
        let in_list = "return !!document.querySelector('#library [data-clip-id]') && location.search === '?library'";
        page.until("the list is there", in_list).await?;
        tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
        page.until("and stays", in_list).await?;
        ensure!(page.count(".clip-body h2").await? < 100, "nothing more of the clip comes");
        page.run(&format!("history.go(-{steps_back})")).await?;
        page.shows("风筝与线").await?;
    }
    if page.engine != Engine::Firefox {
        let started = page.number("return startedWorkers").await?;
        ensure!(started >= 2.0, "the engine was stopped each time: {started} were started anew");
    }
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    Ok(())
}

/// How many clips were painted when the title or the address became that of a clip, in the order of the changes.
const TELL_NAMES: &str = "
    window.told = [];
    const tell = (what) => told.push(`${what} ${performance.getEntriesByName('clip:first-paint').length}`);
    for (const name of ['pushState', 'replaceState']) {
        const change = history[name].bind(history);
        history[name] = (state, _, address) => {
            if (address) tell(name);
            change(state, '', address ?? undefined);
        };
    }
    const isNamed = () => document.title.includes(document.querySelector('#clip h1')?.textContent ?? '-');
    new MutationObserver(() => isNamed() && tell('title')).observe(document.querySelector('title'), { childList: true })";

pub async fn title_and_address_change_after_the_first_words(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.run(TELL_NAMES).await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    page.drop_files(&[clip_of(1500)]).await?;
    page.shows("The ledger").await?;
    let told = page.text("return told.join(', ')").await?;
    ensure!(told == "replaceState 1, title 1, pushState 2, title 2", "each after its clip's first words: {told}");
    // A clip that is at hand has its names at once.
    page.run("history.back()").await?;
    page.shows("风筝与线").await?;
    ensure!(page.text("return document.title").await?.starts_with("风筝与线"), "the title is that of the clip before");
    Ok(())
}

pub async fn what_is_known_is_written_down_after_the_first_words(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.run(
        "window.early = [];
        const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
            if (!performance.getEntriesByName('clip:first-paint').length) early.push(key);
            set.call(this, key, value);
        }",
    )
    .await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    let open = "const id = new URLSearchParams(location.search).get('open'); return !!id && Object.entries(localStorage).some((one) => one.join().includes(id))";
    page.until("the clip that is open is written down", open).await?;
    let early = page.text("return early.join(', ')").await?;
    ensure!(early.is_empty(), "nothing was before its first words: {early}");
    Ok(())
}

pub async fn a_newer_clip_does_not_take_the_entry_of_one_whose_words_were_not_seen(page: &Page<'_>) -> Outcome {
    page.open("?library").await?;
    page.run(
        "new MutationObserver((_, observer) => {
            if (!document.querySelector('#clip .chunk')) return;
            observer.disconnect();
            window.before = performance.getEntriesByName('clip:first-paint').length;
            const transfer = new DataTransfer();
            transfer.items.add(new File(['# The pond\\n\\nIt rests.\\n'], 'pond.md', { type: 'text/markdown' }));
            document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
        }).observe(document.querySelector('#main'), { childList: true, subtree: true })",
    )
    .await?;
    page.drop_files(&[clip_of(20)]).await?;
    page.shows("The pond").await?;
    ensure!(page.number("return before").await? == 0.0, "it came before the other's first words were painted");
    let pond = page.text("return location.search").await?;
    page.run("history.back()").await?;
    page.shows("The ledger").await?;
    ensure!(page.text("return location.search").await? != pond, "the one before has an address of its own");
    page.run("history.back()").await?;
    page.until(
        "before that is the library",
        "return location.search === '?library' && !!document.querySelector('#library')",
    )
    .await
}

pub async fn a_page_that_paints_nothing_has_its_title_and_address(page: &Page<'_>) -> Outcome {
    let named =
        |title: &str| format!("return location.search.startsWith('?open') && document.title.startsWith('{title}')");
    page.open("").await?;
    let hide = "Object.defineProperty(document, 'hidden', { get: () => window.outOfSight, configurable: true });";
    // It is not in sight all the time.
    page.run(&format!("window.outOfSight = true; {hide} window.requestAnimationFrame = () => 0")).await?;
    page.drop_files(&[clip_of(20)]).await?;
    page.until("the clip in a page out of sight is named", &named("The ledger")).await?;
    // It goes out of sight when the clip has come, and before it is painted.
    page.run(
        "window.outOfSight = false;
        new MutationObserver((_, observer) => {
            if (!document.querySelector('#clip .chunk')?.textContent.includes('That is all.')) return;
            observer.disconnect();
            window.titleBefore = document.title;
            window.outOfSight = true;
            document.dispatchEvent(new Event('visibilitychange'));
        }).observe(document.querySelector('#main'), { childList: true, subtree: true })",
    )
    .await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.until("one that goes out of sight, too", &named("Reading the tide")).await?;
    let before = page.text("return titleBefore").await?;
    ensure!(before.starts_with("The ledger"), "the title waited until then: {before}");
    Ok(())
}

pub async fn what_begins_by_itself_waits_for_a_clip_on_its_way(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.run(
        "window.begun = [];
        const begins = (what) => begun.push(`${what} ${performance.getEntriesByName('clip:rendered').length}`);
        const { startWorker } = clipViewer;
        clipViewer.startWorker = (name) => (begins(name), startWorker(name));
        clipViewer.keepOffline = () => begins('offline')",
    )
    .await?;
    // It takes longer than the page rests before these.
    // WebKit lays out what is out of sight, too, and takes long for less.
    let lines = if page.engine == Engine::WebKit { 30_000 } else { 160_000 };
    let flood = format!("# The flood\n\n{}", "It rose and *rose*, over the meadow and the mill.\n\n".repeat(lines));
    page.drop_files(&[MadeFile::text("flood.md", &flood)]).await?;
    page.until(
        "all has begun",
        "return ['librarian', 'offline'].every((what) => begun.some((one) => one.startsWith(what)))",
    )
    .await?;
    let begun = page.text("return begun.filter((one) => !one.startsWith('reader')).join(', ')").await?;
    ensure!(begun == "librarian 1, offline 1", "each when the clip stood there: {begun}");
    Ok(())
}
