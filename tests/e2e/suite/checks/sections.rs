//! Parts of a text: footnotes beside their place, links to headings, folded sections, tables and captions.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";

/// A clip of sections in sections, with notes and a table.
fn papers() -> MadeFile {
    let words = "Words of the crossing, and more of them, so that there is something to read.\n\n".repeat(12);
    let row = |n: usize| format!("| {n} | W | calm |\n");
    let rows: String = (0..60).map(row).collect();
    let text = format!(
        "# The ferry papers\n\nSome words[^1] about the ferry, and more[^two].\n\n## First crossing\n\n{words}\
         ### The captain\n\nHe wrote little about kelp.\n\n### The crew\n\nThey wrote more.\n\n## Second crossing\n\n{words}\
         | Day | Wind | Note |\n|---|---|---|\n{rows}\n![The ferry leaving the old quay](assets/ferry.png)\n\n\
         ![ferry.png](assets/other.png)\n\n[^1]: The note has **bold** words.\n[^two]: A second one.\n"
    );
    MadeFile::text("papers.md", &text)
}

async fn opened(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[papers()]).await?;
    page.shows("The ferry papers").await
}

async fn no_axe(page: &Page<'_>) -> Outcome {
    page.until("nothing moves", "return document.getAnimations().every((a) => a.playState !== 'running')").await?;
    let wrong = page.axe().await?;
    ensure!(wrong.is_empty(), "axe finds nothing: {wrong:?}");
    Ok(())
}

pub async fn footnotes_open_beside_their_place(page: &Page<'_>) -> Outcome {
    const OPEN: &str = "return document.activeElement?.id === 'footnote'";
    const EXPANDED: &str = "return document.getElementById('fnref-1').getAttribute('aria-expanded')";
    opened(page).await?;
    page.run("document.getElementById('fnref-1').focus()").await?;
    page.press(ENTER).await?;
    page.until("the note has the focus", OPEN).await?;
    let name = page.text("return document.getElementById('footnote').getAttribute('aria-label')").await?;
    ensure!(name == "Footnote 1", "it says which it is: {name}");
    let words = page.words("#footnote .note-text").await?;
    ensure!(words.trim() == "The note has bold words.", "it has the note's words and no more: {words}");
    ensure!(page.text(EXPANDED).await? == "true", "its reference says that it is open");
    ensure!(page.count("[id='fn-1']").await? == 1, "the note itself stays the only one of its name");
    no_axe(page).await?;
    let near = "
        const note = document.getElementById('footnote').getBoundingClientRect();
        const place = document.getElementById('fnref-1').getBoundingClientRect();
        return Math.min(Math.abs(note.top - place.bottom), Math.abs(place.top - note.bottom))";
    let near = page.number(near).await?;
    ensure!(near < 40.0, "it stands beside its place: {near}");
    page.press(ESCAPE).await?;
    page.until("Escape closes it", "return !document.getElementById('footnote')").await?;
    page.until("the focus is back", "return document.activeElement?.id === 'fnref-1'").await?;
    ensure!(page.text(EXPANDED).await? == "false", "its reference says that it is closed");
    page.click("#fnref-2").await?;
    page.until("a click opens the other", OPEN).await?;
    page.click("#footnote .link-button").await?;
    page.until("it is gone to", "return document.activeElement?.id === 'fn-2' && location.hash === '#fn-2'").await?;
    page.client.back().await?;
    page.until("Back leads back", "const { top } = document.getElementById('fnref-2').getBoundingClientRect(); return top > 0 && top < innerHeight").await
}

pub async fn footnotes_are_sheets_on_a_phone(page: &Page<'_>) -> Outcome {
    page.open_sized(390, 844).await?;
    page.drop_files(&[papers()]).await?;
    page.shows("The ferry papers").await?;
    page.run("document.getElementById('fnref-1').click()").await?;
    page.until("the note is open", "return !!document.getElementById('footnote')").await?;
    let at_the_bottom = "
        const { left, right, bottom } = document.getElementById('footnote').getBoundingClientRect();
        return Math.abs(left) < 1 && Math.abs(right - document.documentElement.clientWidth) < 1 && Math.abs(bottom - innerHeight) < 1";
    page.until("it is a sheet", at_the_bottom).await?;
    let targets = "
        return [...document.querySelectorAll('.heading-fold')].every((b) => b.getBoundingClientRect().width >= 44 && b.getBoundingClientRect().height >= 44)";
    ensure!(page.run(targets).await? == json!(true), "the buttons beside headings can be hit by a thumb");
    Ok(())
}

pub async fn the_buttons_of_headings_take_no_line_on_a_phone(page: &Page<'_>) -> Outcome {
    const OWN_LINES: &str = "
        return [...document.querySelectorAll('.clip-body h2')].filter((heading) => {
            const words = document.createRange();
            words.selectNodeContents(heading.firstChild);
            const bottom = Math.max(...[...words.getClientRects()].map((line) => line.bottom));
            const [fold, link] = ['.heading-fold', '.heading-link'].map((one) => heading.querySelector(one).getBoundingClientRect());
            return (link.top + link.bottom) / 2 > bottom || link.right > fold.left + 1 && heading.clientHeight < 50
                || fold.right > innerWidth || document.documentElement.scrollWidth > innerWidth;
        }).map((heading) => heading.innerText).join(', ')";
    let mut text = String::from("# Headings\n\nText.\n");
    for length in 1..40 {
        let heading = "x ".repeat(length) + &"\u{6f6e}".repeat(length % 5);
        text.push_str(&format!("\n## {heading}\n\nText.\n"));
    }
    page.open_sized(390, 844).await?;
    page.drop_files(&[MadeFile::text("headings.md", &text)]).await?;
    page.shows("Headings").await?;
    let found = page.text(OWN_LINES).await?;
    ensure!(found.is_empty(), "these have buttons on lines of their own: {found}");
    ensure!(page.count(".clip-body h2").await? > 30, "there are headings");
    Ok(())
}

pub async fn headings_have_links_to_copy(page: &Page<'_>) -> Outcome {
    const WATCH: &str = "
        window.copied = [];
        const heard = async (text) => { copied.push(text); };
        Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: heard } });";
    opened(page).await?;
    page.run(WATCH).await?;
    let words = page.text("return document.getElementById('h-the-captain').textContent").await?;
    ensure!(words == "The captain", "a heading has its own words alone: {words}");
    page.run("document.querySelector('#h-the-captain .heading-link').click()").await?;
    page.until("it is copied", "return copied.length === 1").await?;
    let link = page.text("return copied[0]").await?;
    ensure!(
        link.ends_with("#h-the-captain") && link.contains("?open=") && link.starts_with("http"),
        "the link: {link}"
    );
    page.until("that is said", "return document.getElementById('status')?.textContent.includes('is copied')").await?;
    page.client.goto(&link).await?;
    page.ready().await?;
    page.shows("The ferry papers").await?;
    page.until("the link leads there", "return document.activeElement?.id === 'h-the-captain'").await
}

pub async fn sections_fold_and_open_for_whatever_leads_into_them(page: &Page<'_>) -> Outcome {
    const FOLDED: &str = "return getComputedStyle(document.getElementById('h-the-captain')).display === 'none'";
    const SEEN: &str = "return getComputedStyle(document.getElementById('h-the-captain')).display !== 'none'";
    opened(page).await?;
    page.run("document.querySelector('#h-first-crossing .heading-fold').click()").await?;
    page.until("the section is folded", FOLDED).await?;
    let next = "return getComputedStyle(document.getElementById('h-second-crossing')).display !== 'none'";
    ensure!(page.run(next).await? == json!(true), "and no other");
    let said = "return document.querySelector('#h-first-crossing .heading-fold').getAttribute('aria-expanded')";
    ensure!(page.text(said).await? == "false", "its button says so");
    no_axe(page).await?;
    // The outline leads into it.
    page.click("#outline a[href$='h-the-captain']").await?;
    page.until("a jump opens it", SEEN).await?;
    page.press("Z").await?;
    page.until("all are folded", FOLDED).await?;
    // What is found leads into it.
    page.press("/").await?;
    page.until("the field has the focus", "return document.activeElement?.id === 'find'").await?;
    page.press("kelp").await?;
    page.until("what is found opens it", SEEN).await?;
    page.press(ESCAPE).await?;
    page.run("document.getElementById('clip').focus()").await?;
    page.press("Z").await?;
    page.until("what is still folded is opened", "return !document.querySelector('[data-folded]')").await?;
    page.press("Z").await?;
    page.until("all are folded again", FOLDED).await?;
    page.press("Z").await?;
    page.until("all are open again", SEEN).await
}

pub async fn tables_keep_their_heads_and_pictures_their_words(page: &Page<'_>) -> Outcome {
    opened(page).await?;
    page.run("document.querySelector('.table-scroll').scrollIntoView({ block: 'start' })").await?;
    let stays = "
        const table = document.querySelector('.table-scroll');
        table.scrollTop = 600;
        const [head, frame] = [table.querySelector('th'), table].map((e) => e.getBoundingClientRect());
        return table.scrollTop > 100 && Math.abs(head.top - frame.top) < 3";
    page.until("the head stays in sight", stays).await?;
    let captions = page
        .text("return [...document.querySelectorAll('[data-caption]')].map((p) => p.dataset.caption).join('|')")
        .await?;
    ensure!(captions == "The ferry leaving the old quay", "words are a caption, names are none: {captions}");
    if page.engine == Engine::Chromium {
        let drawn =
            page.text("return getComputedStyle(document.querySelector('[data-caption]'), '::after').content").await?;
        ensure!(drawn.contains("leaving the old quay"), "it is drawn: {drawn}");
    }
    Ok(())
}
