//! Reading: outline, metadata, body, keyboard.

use e2e::page::project;
use e2e::{Outcome, Page, ensure};
use serde_json::json;

use super::opening::{clip, long_clip, text_of};

pub async fn the_outline_leads_to_headings_and_back(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[long_clip()]).await?;
    page.shows("The long shelf").await?;
    let lost = page.number("return [...document.querySelectorAll('#outline a')].filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length").await?;
    ensure!(lost == 0.0, "every link of the outline has its target, but {lost} have none");
    page.run("document.querySelectorAll('#outline a')[39].click()").await?;
    page.until(
        "the jump lands",
        "const top = document.getElementById('h-board-40').getBoundingClientRect().top; return top > 40 && top < 110",
    )
    .await?;
    page.until("the focus follows", "return document.activeElement?.id === 'h-board-40'").await?;
    page.client.back().await?;
    page.until("back returns to the beginning", "return scrollY === 0").await?;
    page.client.forward().await?;
    page.until(
        "forward goes there again",
        "const top = document.getElementById('h-board-40').getBoundingClientRect().top; return top > 40 && top < 110",
    )
    .await
}

pub async fn the_current_section_is_marked(page: &Page<'_>) -> Outcome {
    const SEEN: &str = "
        const [row, panel] = ['#outline a[aria-current]', '#outline'].map((s) => document.querySelector(s).getBoundingClientRect());
        return row.top >= panel.top && row.bottom <= panel.bottom && panel.height > 0";
    page.open("").await?;
    page.drop_files(&[long_clip()]).await?;
    page.shows("The long shelf").await?;
    page.run("document.getElementById('h-board-20').scrollIntoView(); scrollBy(0, 60)").await?;
    page.until(
        "section 20 is marked",
        "return document.querySelector('#outline a[aria-current]')?.textContent === 'Board 20'",
    )
    .await?;
    page.press("j").await?;
    page.until(
        "`j` goes on to section 21",
        "return document.querySelector('#outline a[aria-current]')?.textContent === 'Board 21'",
    )
    .await?;
    page.press("k").await?;
    page.until(
        "`k` goes back to section 20",
        "return document.querySelector('#outline a[aria-current]')?.textContent === 'Board 20'",
    )
    .await?;
    page.until(
        "the last section is marked at the end",
        "scrollTo(0, 1e9); return document.querySelector('#outline a[aria-current]')?.textContent === 'Board 60'",
    )
    .await?;
    page.until("the list is scrolled to it", SEEN).await?;
    page.run("scrollTo(0, 0)").await?;
    page.until(
        "and back",
        "return document.querySelector('#outline a[aria-current]')?.textContent !== 'Board 60' && document.querySelector('#outline').scrollTop < 100",
    )
    .await?;
    // Who looks for something in the list is left alone.
    page.run("document.querySelector('#outline a').focus(); scrollTo(0, 1e9)").await?;
    page.until(
        "the last section is marked again",
        "return document.querySelector('#outline a[aria-current]')?.textContent === 'Board 60'",
    )
    .await?;
    ensure!(page.number("return document.querySelector('#outline').scrollTop").await? < 100.0, "the list stays");
    Ok(())
}

pub async fn branches_of_the_outline_fold(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.upload(&[&clip("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    let begins = "return new Set([...document.querySelectorAll('#outline li[data-depth=\"0\"] a')].map((a) => a.getBoundingClientRect().left)).size";
    ensure!(page.number(begins).await? == 1.0, "rows of one depth begin at one place, with a button or without");
    page.click("#outline button[aria-expanded='true']").await?;
    page.until("the branch is folded", "return document.querySelectorAll('#outline li:not([hidden]) a').length === 4")
        .await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("Reading the tide").await?;
    page.until(
        "it is still folded after a reload",
        "return document.querySelectorAll('#outline li:not([hidden]) a').length === 4",
    )
    .await?;
    page.click("#outline button[aria-expanded='false']").await?;
    page.until("it opens again", "return document.querySelectorAll('#outline li:not([hidden]) a').length === 5").await
}

pub async fn metadata_keep_their_order_and_types(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.upload(&[&clip("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    let keys = page.text("return [...document.querySelectorAll('#metadata dd[data-key]:not([data-inferred])')].map((d) => d.dataset.key).join(' ')").await?;
    ensure!(
        keys == "title url author published word_count status tags shelf note",
        "the file's own order, not: {keys}"
    );
    ensure!(page.words("#metadata .group-label").await? == "The page", "comments are group labels");
    ensure!(
        page.count("dd[data-key='url'] a[rel='noopener noreferrer'][referrerpolicy='no-referrer']").await? == 1,
        "an address is a link"
    );
    ensure!(page.count("dd[data-key='published'] time[datetime='2025-05-04']").await? == 1, "a date is a time");
    ensure!(page.count("dd[data-key='tags'] li").await? == 2, "tags are a list");
    ensure!(page.words("dd[data-key='shelf']").await?.contains("study"), "nested values are kept");
    ensure!(page.count("dd[data-key='language'][data-inferred]").await? == 1, "what was inferred is marked");
    ensure!(page.words("#metadata details.raw pre").await?.contains("word_count: 512"), "the raw block is there");
    Ok(())
}

pub async fn nothing_of_a_clip_runs_or_phones_home(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let hostile = "# Hostile\n\n<script>window.ran = 1</script>\n\n<img src=x onerror=\"window.ran = 2\">\n\n<svg onload=\"window.ran = 3\"></svg>\n\n[x](javascript:window.ran=4) [y](JaVaScRiPt:window.ran=5) <a href=\"java&#10;script:window.ran=6\">z</a>\n\n<style>body { display: none }</style>\n\n<iframe src=\"https://frames.example/\"></iframe>\n\n<form action=\"https://forms.example/\"><input name=a><button>send</button></form>\n\n<div id=\"clip\" style=\"position:fixed\">d</div>\n\n![p](https://pixel.example/p.gif)\n\n<link rel=stylesheet href=\"https://styles.example/s.css\">\n";
    page.drop_files(&[e2e::page::MadeFile::text("hostile.md", hostile)]).await?;
    page.shows("Hostile").await?;
    ensure!(page.run("return window.ran ?? null").await?.is_null(), "nothing of the clip ran");
    let bad = page.count("#clip script, #clip style, #clip svg:not(.icon), #clip iframe, #clip form, #clip link, #clip [style], #clip [onerror], #clip [onload], #clip a[href*='script']").await?;
    ensure!(bad == 0, "{bad} elements of the clip should not be there");
    ensure!(page.count("[id='clip']").await? == 1, "a clip's id can't be one of the page's");
    let trespasses = page.trespasses().await?;
    ensure!(trespasses.is_empty(), "nothing is asked of others or refused by the policy: {trespasses:?}");
    let policy = page.text("return document.querySelector('meta[http-equiv=Content-Security-Policy]').content").await?;
    ensure!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"),
        "the policy is strict: {policy}"
    );
    let gate = "return !window.trustedTypes || !!trustedTypes.defaultPolicy";
    ensure!(page.run(gate).await? == json!(true), "where the browser has Trusted Types, a policy of ours is the gate");
    for script in [
        "const s = document.createElement('script'); s.textContent = 'window.ran = 9'; document.body.append(s)",
        "document.createElement('div').innerHTML = '<img src=x onerror=\"window.ran = 9\">'",
        "document.createElement('div').innerHTML = '<p>a</p><iframe srcdoc=\"x\"></iframe>'",
        "new Worker('data:text/javascript,0')",
    ] {
        page.run(&format!("try {{ {script} }} catch {{}}")).await?;
        ensure!(page.run("return window.ran ?? null").await?.is_null(), "the policy is in force: {script}");
    }
    Ok(())
}

pub async fn a_text_may_speak_of_handlers(page: &Page<'_>) -> Outcome {
    let text = "# Handlers\n\nWrite onclick=go() or `<p onload = x>`, [as one did](https://a.example \"so onerror=1\"), and <svg> too.\n";
    page.open("").await?;
    page.drop_files(&[e2e::page::MadeFile::text("handlers.md", text)]).await?;
    page.shows("Handlers").await?;
    let words = page.words("#clip .clip-body").await?;
    ensure!(words.contains("onclick=go() or <p onload = x>, as one did"), "all of it is there: {words}");
    ensure!(page.count("#clip a[title*='onerror=1']").await? == 1, "a title may say so, too");
    Ok(())
}

pub async fn remote_pictures_wait_for_consent(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.upload(&[&clip("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    ensure!(page.count("#clip img[src]").await? == 0, "no picture has an address yet");
    ensure!(page.words("#clip .missing-picture").await? == "hut.png", "a picture that did not come is named");
    ensure!(page.words("#clip .remote-picture").await?.contains("pictures.example"), "the host is named");
    let trespasses = page.trespasses().await?;
    ensure!(trespasses.is_empty(), "nothing was asked of others: {trespasses:?}");
    page.until(
        "the line about pictures is there",
        "return document.querySelector('.clip-head').textContent.includes('1 picture waits')",
    )
    .await?;
    let line = "const { height } = document.querySelector('.lacks').getBoundingClientRect(); return height";
    ensure!(page.number(line).await? < 40.0, "what a clip lacks in two ways is said in one line");
    page.click(".lacks summary").await?;
    page.until("the line opens", "return document.querySelector('.picture-line').checkVisibility()").await?;
    page.click(".clip-body .remote-picture").await?;
    ensure!(
        page.count("#clip img[src='https://pictures.example/gauge.png'][referrerpolicy='no-referrer'][loading='lazy']")
            .await?
            == 1,
        "after consent the picture has its address"
    );
    let waits = "return document.querySelectorAll('#clip img[src]').length === 0 && document.querySelector('.picture-line').textContent.includes('waits on pictures.example')";
    let loaded = "return document.querySelectorAll('#clip img[src]').length === 1";
    let press =
        "[...document.querySelectorAll('.picture-line button')].find((b) => b.textContent === arguments[0]).click()";
    page.run_with(press, vec![json!("stop")]).await?;
    page.until("a picture that was clicked can be taken back", waits).await?;
    for words in ["load", "always from pictures.example", "always"] {
        page.run_with(press, vec![json!(words)]).await?;
        page.until(&format!("“{words}” loads it"), loaded).await?;
        page.run_with(press, vec![json!("stop")]).await?;
        page.until(&format!("“stop” takes “{words}” back"), waits).await?;
    }
    page.run_with(press, vec![json!("always from pictures.example")]).await?;
    page.reload().await?;
    page.ready().await?;
    page.shows("Reading the tide").await?;
    page.until("a trusted host needs no other word", loaded).await?;
    let links = page.number("return [...document.querySelectorAll('#clip .clip-body a[href^=http]')].filter((a) => a.rel !== 'noopener noreferrer' || a.target !== '_blank').length").await?;
    ensure!(links == 0.0, "links lead out without a trace");
    page.run("document.querySelector('#clip .clip-body a[href^=http]').focus()").await?;
    page.until(
        "a link says where it goes",
        "return /^→ [a-z0-9.-]+$/.test(document.querySelector('.where-to:not([hidden])')?.textContent ?? '')",
    )
    .await?;
    page.run("document.activeElement.blur()").await?;
    page.until("and no longer than that", "return !!document.querySelector('.where-to[hidden]')").await?;
    ensure!(page.words("#clip").await?.contains("a bad link"), "a bad link keeps its words");
    Ok(())
}

pub async fn everything_works_by_keyboard(page: &Page<'_>) -> Outcome {
    const FOCUSED: &str = "const e = document.activeElement; return e.getAttribute('aria-label') ?? e.textContent";
    page.open("").await?;
    // WebKitGTK moves the focus to buttons and links as well, as its port has full keyboard access.
    let mut seen = Vec::new();
    for _ in 0..8 {
        page.press("\u{E004}").await?;
        seen.push(page.text(FOCUSED).await?);
    }
    for name in ["Skip to the text", "Library", "Open files", "Paste", "Try the sample"] {
        ensure!(seen.iter().any(|s| s.contains(name)), "Tab reaches “{name}”, but only: {seen:?}");
    }
    page.run("[...document.querySelectorAll('button')].find((b) => b.textContent === 'Try the sample').focus()")
        .await?;
    page.press("\u{E007}").await?;
    page.shows("The lighthouse keeper’s notebook").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.run("document.querySelector('#outline a').focus()").await?;
    page.press("\u{E015}\u{E015}").await?;
    let third = page.text(FOCUSED).await?;
    ensure!(third == "Notes", "two arrows down is the third entry, not “{third}”");
    page.press("the e").await?;
    let typed = page.text(FOCUSED).await?;
    ensure!(typed == "The end", "letters lead to the entry that begins with them, not to “{typed}”");
    page.press("\u{E011}\u{E010}").await?;
    let last = page.text(FOCUSED).await?;
    ensure!(last == "The end", "End is the last entry, not “{last}”");
    page.press("\u{E007}").await?;
    page.until("Enter goes there", "return document.activeElement?.id === 'h-the-end'").await?;
    page.press("o").await?;
    page.until(
        "`o` folds the outline away",
        "return getComputedStyle(document.querySelector('#outline')).display === 'none'",
    )
    .await?;
    page.press("i").await?;
    page.until(
        "`i` folds the metadata away",
        "return getComputedStyle(document.querySelector('#metadata')).display === 'none'",
    )
    .await?;
    page.press("oi?").await?;
    page.until("`?` shows the keys", "return !!document.activeElement.closest('#keys')").await?;
    page.press("\u{E00C}").await?;
    page.until("Escape closes them", "return !document.querySelector('#keys')").await?;
    page.until("and gives the focus back", "return document.activeElement.id === 'h-the-end'").await?;
    page.press("t").await?;
    page.until("`t` changes the theme", "return document.documentElement.dataset.theme === 'light'").await
}

pub async fn the_seed_reads_well(page: &Page<'_>) -> Outcome {
    let seed = project().join("../shared/seed/clip.txt");
    if !seed.is_file() {
        return Ok(());
    }
    page.open("").await?;
    page.upload(&[&seed.canonicalize()?]).await?;
    page.until("the seed is shown", "return performance.getEntriesByName('clip:rendered').length > 0").await?;
    let stars = page.number("return document.querySelector('#clip').textContent.split('**').length - 1").await?;
    ensure!(stars == 0.0, "no literal ** is left, but {stars} are");
    ensure!(page.count("#clip strong").await? == 77, "77 bold runs, not {}", page.count("#clip strong").await?);
    ensure!(page.count("#clip [href^='javascript:']").await? == 0, "nothing is named javascript:");
    let entries = page.count("#outline a").await?;
    // Forty-one, and two calls to take part that a reader may count or not.
    ensure!((41..=43).contains(&entries), "41 to 43 entries in the outline, not {entries}");
    ensure!(!page.words("#outline").await?.contains('▲'), "no advertisement in the outline");
    ensure!(page.count("dd[data-key='published'][data-inferred]").await? == 1, "the date of publication is found");
    page.screenshot("seed-desktop").await
}
