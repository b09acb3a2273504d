//! What makes reading comfortable: the palette, pictures alone, paper.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

use super::opening::text_of;

pub async fn the_palette_finds_commands_headings_and_clips(page: &Page<'_>) -> Outcome {
    const CONTROL: char = '\u{E009}';
    const ENTER: &str = "\u{E007}";
    page.open("").await?;
    page.drop_files(&[MadeFile::text(
        "mill.md",
        "# The mill\n\nIt turns.\n\n## Wheel\n\nOf oak.\n\n## Sluice\n\nShut.\n",
    )])
    .await?;
    page.shows("The mill").await?;
    let first = "return document.querySelector('#palette-lines [aria-selected=true]')?.textContent ?? ''";
    page.chord(CONTROL, 'k').await?;
    page.until("the field has the focus", "return document.activeElement?.id === 'palette'").await?;
    ensure!(page.count("#palette-lines li").await? > 15, "all commands are there");
    page.press("sluice").await?;
    page.until("the heading is found", "return document.querySelectorAll('#palette-lines li').length === 1").await?;
    ensure!(page.text(first).await?.contains("Sluice"), "it is the heading");
    let wrong = page.axe().await?;
    ensure!(wrong.is_empty(), "axe finds nothing: {wrong:?}");
    page.press(ENTER).await?;
    page.until("it is gone to", "return location.hash.includes('sluice') && !document.querySelector('#palette')")
        .await?;
    page.chord(CONTROL, 'k').await?;
    page.until("the field has the focus again", "return document.activeElement?.id === 'palette'").await?;
    page.press("next theme").await?;
    page.press(ENTER).await?;
    page.until("the theme is another one", "return document.documentElement.dataset.theme !== 'auto'").await?;
    page.press("l").await?;
    page.chord(CONTROL, 'k').await?;
    page.until("it is there in the library, too", "return document.activeElement?.id === 'palette'").await?;
    page.press("mill").await?;
    page.until("the clip is found", "return document.querySelectorAll('#palette-lines li').length === 1").await?;
    page.press(ENTER).await?;
    page.shows("The mill").await?;
    page.chord(CONTROL, 'k').await?;
    page.until("it opens once more", "return document.activeElement?.id === 'palette'").await?;
    page.press("no such thing").await?;
    page.until("that is said", "return document.querySelector('.palette [role=status]').hidden === false").await?;
    page.press("\u{E00C}").await?;
    page.until("Escape closes it", "return !document.querySelector('#palette')").await
}

/// A drawing of that size.
fn drawing(name: &str, width: u32, height: u32) -> MadeFile {
    let text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><rect width=\"90%\" height=\"90%\" fill=\"teal\"/></svg>"
    );
    MadeFile::text(name, &text)
}

pub async fn pictures_are_looked_at_alone(page: &Page<'_>) -> Outcome {
    let shown = |words: &str| {
        format!(
            "const image = document.querySelector('#lightbox img'); return image?.naturalWidth > 0 && image.alt === '{words}'"
        )
    };
    page.open("").await?;
    let text = "# The harbour\n\n![the quay](quay.svg)\n\nBoats.\n\n![the mole](mole.svg)\n";
    page.drop_files(&[
        MadeFile::text("harbour.md", text),
        drawing("quay.svg", 400, 300),
        drawing("mole.svg", 3000, 200),
    ])
    .await?;
    page.shows("The harbour").await?;
    page.until(
        "both are there",
        "return [...document.querySelectorAll('.clip-body img[src]')].filter((i) => i.naturalWidth > 0).length === 2",
    )
    .await?;
    page.click(".clip-body img[alt='the quay']").await?;
    page.until("the first is alone", &shown("the quay")).await?;
    let name = page.text("return document.querySelector('#lightbox').getAttribute('aria-label')").await?;
    ensure!(name == "Picture 1 of 2", "it says which it is: {name}");
    let wrong = page.axe().await?;
    ensure!(wrong.is_empty(), "axe finds nothing: {wrong:?}");
    page.press("\u{E014}").await?;
    page.until("an arrow leads to the next", &shown("the mole")).await?;
    let fits = "return document.querySelector('#lightbox img').getBoundingClientRect().width <= innerWidth";
    ensure!(page.run(fits).await? == json!(true), "it fits");
    page.press("z").await?;
    page.until(
        "and has its own size",
        "return document.querySelector('#lightbox img').getBoundingClientRect().width > 2900",
    )
    .await?;
    page.press("\u{E00C}").await?;
    page.until("Escape closes it", "return !document.querySelector('#lightbox')").await?;
    page.press("v").await?;
    page.until("a key opens it, too", "return !!document.querySelector('#lightbox')").await?;
    page.click("#lightbox [aria-label=Close]").await?;
    page.until("it is closed", "return !document.querySelector('#lightbox')").await
}

pub async fn on_paper_there_is_the_clip_alone(page: &Page<'_>) -> Outcome {
    if page.engine != Engine::Chromium {
        // Its driver alone has paper.
        return Ok(());
    }
    page.open("").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.run("document.documentElement.dataset.theme = 'black'").await?;
    page.devtools("Emulation.setEmulatedMedia", json!({"media": "print"})).await?;
    for part in [".top-bar", "nav#outline", "aside#metadata"] {
        let display = page.text(&format!("return getComputedStyle(document.querySelector('{part}')).display")).await?;
        ensure!(display == "none", "{part} is not on paper, but {display}");
    }
    let ink = "const [r, g, b] = getComputedStyle(document.querySelector('.clip-body p')).color.match(/\\d+/g).map(Number); return r + g + b";
    let ink = page.number(ink).await?;
    ensure!(ink < 200.0, "the ink is dark: {ink}");
    let address = "const link = document.querySelector('.clip-body a[href^=http]'); return getComputedStyle(link, '::after').content";
    let address = page.text(address).await?;
    ensure!(address.contains("http"), "addresses can be read: {address}");
    let printed = page.devtools("Page.printToPDF", json!({})).await?;
    let length = printed.get("data").and_then(serde_json::Value::as_str).map_or(0, str::len);
    ensure!(length > 8000, "it prints: {length}");
    Ok(())
}

pub async fn a_clean_copy_is_saved_in_each_form(page: &Page<'_>) -> Outcome {
    // What Firefox's driver runs can't take the place of what the page calls.
    if page.engine == Engine::Firefox {
        return Ok(());
    }
    let clip = "---\ntitle: The weir\nurl: https://kettle.example/weir\n---\n\n# The weir\n\n[↓↓↓](javascript:)\n\nThe Kettle\n\n[↑↑↑](javascript:)\n\n\
                ![Stones](stones.svg)\n\nWater *finds* its way.\n";
    let stones =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><rect width=\"8\" height=\"8\"/></svg>";
    page.open("").await?;
    page.drop_files(&[MadeFile::text("weir.md", clip), MadeFile::text("stones.svg", stones)]).await?;
    page.shows("The weir").await?;
    super::library::imported(page, 1).await?;
    page.run(super::library::CATCH).await?;
    let press =
        "[...document.querySelectorAll('.clean-copy button')].find((b) => b.textContent === arguments[0]).click()";
    for (words, name, there, gone) in [
        ("Markdown", "weir (clean).md", "Water *finds* its way.", "↓↓↓"),
        ("Page with its pictures", "weir (clean).html", "<img src=\"data:image/svg+xml", "<script"),
        ("Plain text", "weir (clean).txt", "Water finds its way.", "↓↓↓"),
    ] {
        page.run_with(press, vec![json!(words)]).await?;
        let (saved, bytes) = super::library::saved(page).await?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        ensure!(saved == name, "{words} is {saved}");
        ensure!(text.contains(there) && !text.contains(gone) && text.contains("The weir"), "{words}: {text}");
    }
    Ok(())
}

pub async fn a_clean_copy_is_in_the_encoding_that_was_chosen(page: &Page<'_>) -> Outcome {
    if page.engine == Engine::Firefox {
        return Ok(());
    }
    // GB18030, and too little of it to be known for that.
    let clip = b"# The \xb2\xe8 house\n\n[\xa1\xfd\xa1\xfd\xa1\xfd](javascript:)\n\nA cup of \xb2\xe8 by the river, and a long walk home.\n";
    let says = "return document.querySelector('#clip h1').textContent.includes('茶') && document.querySelector('.clip-body').textContent.includes('A cup of 茶 by')";
    page.open("").await?;
    page.drop_files(&[MadeFile::bytes("tea.md", clip.to_vec())]).await?;
    super::library::imported(page, 1).await?;
    page.until("the choice is there", "return !!document.querySelector('#encoding')").await?;
    ensure!(page.run(says).await? == json!(false), "its encoding is not known");
    let choose = "const choice = document.querySelector('#encoding');
        choice.value = 'gb18030';
        choice.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(choose).await?;
    page.until("it is read as it was meant", says).await?;
    // The database follows a moment later.
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    page.run(super::library::CATCH).await?;
    for words in ["Markdown", "Page with its pictures", "Plain text"] {
        let press =
            "[...document.querySelectorAll('.clean-copy button')].find((b) => b.textContent === arguments[0]).click()";
        page.run_with(press, vec![json!(words)]).await?;
        let (_, bytes) = super::library::saved(page).await?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        ensure!(text.contains("The 茶 house") && text.contains("A cup of 茶 by the river"), "{words}: {text}");
    }
    Ok(())
}

pub async fn back_takes_away_what_lies_on_top(page: &Page<'_>) -> Outcome {
    page.open("?library").await?;
    page.drop_files(&[super::opening::long_clip()]).await?;
    page.shows("The long shelf").await?;
    let here = page.text("return location.href").await?;
    page.run("scrollTo(0, 900)").await?;
    page.press("?").await?;
    page.until("the keys lie on top", "return !!document.querySelector('[role=dialog]')").await?;
    page.run("history.back()").await?;
    page.until("they are gone", "return !document.querySelector('[role=dialog]')").await?;
    page.until("the address is the clip's", &format!("return location.href === '{here}'")).await?;
    page.shows("The long shelf").await?;
    ensure!(page.number("return scrollY").await? > 600.0, "and the text stands where it stood");
    // With nothing on top, it goes back.
    page.run("setTimeout(() => history.back(), 1100)").await?;
    page.until(
        "the library is there again",
        "return location.search === '?library' && !!document.querySelector('#library')",
    )
    .await
}
