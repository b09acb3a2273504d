//! The interface in another language: chosen, kept, whole, and mirrored where the language wants it.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

use super::opening::text_of;

/// Chooses a language among the settings, which loads the page anew.
pub(super) async fn choose(page: &Page<'_>, tag: &str) -> Outcome {
    page.until("the settings can be opened", "return !!document.querySelector('[aria-label=\"Text settings\"]')")
        .await?;
    page.run("document.querySelector('[aria-label=\"Text settings\"]').click()").await?;
    page.until("the choice is there", "return !!document.querySelector('#language')").await?;
    page.run_with(
        "window.before = true; const choice = document.querySelector('#language'); choice.value = arguments[0]; choice.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![json!(tag)],
    )
    .await?;
    page.until("the page is loaded anew", "return !window.before").await?;
    page.ready().await?;
    page.until(
        "it is in that language",
        &format!("return document.documentElement.lang === '{tag}' && !document.querySelector('#shell')"),
    )
    .await
}

/// Words in Latin letters that are seen or read out in the interface, but for names and what a person
/// types: texts of clips, values of metadata, keys.
const LATIN: &str = r##"
    const allowed = new Set(['Clip', 'Viewer', 'Markdown', 'MaoXian', 'Obsidian', 'MarkDownload', 'SimpRead', 'Joplin',
        'px', 'zip', 'site', 'tag', 'status', 'before', 'after', 'author', 'JSON', 'English', 'Language', 'MB', 'GB', 'UTF',
        'title', 'source', 'url', 'published', 'saved', 'tags', 'count', 'quote', 'note', 'colour', 'date', 'link']);
    const theirs = '.clip-body, .clip-head h1, .source-line span, #outline ol, kbd, bdi, option[lang], #encoding, pre, textarea, ' +
        '[dir=auto], .row-details, .chip, .mark-quote, .facet-name, #metadata dd[data-key]:not([data-inferred]), ' +
        '#metadata .nested, script, style, .row:has(> dd[data-key]:not([data-inferred])) dt, .group-label, .text-value, time, a[title]';
    const found = new Set();
    const look = (text) => {
        for (const word of text.replace(/“[^”]*”|\S+\.(?:example|md|org|test)\S*/g, '').match(/[A-Za-z]{2,}/g) ?? []) {
            if (!allowed.has(word)) found.add(word + ' in: ' + text.trim().slice(0, 60));
        }
    };
    const seen = (element) => element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0;
    for (const element of document.querySelectorAll('body *')) {
        if (element.closest(theirs) || !seen(element)) continue;
        for (const part of element.childNodes) if (part.nodeType === Node.TEXT_NODE) look(part.data);
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) look(element.getAttribute(name) ?? '');
    }
    for (const part of document.querySelectorAll('.clip-body [aria-label]:not(.missing-picture)')) {
        if (['Table', 'Footnotes', 'Back to the text', 'to do', 'done'].includes(part.getAttribute('aria-label'))) found.add(part.outerHTML.slice(0, 80));
    }
    return [...found].join('\n');
"##;

/// Says which words are left in English where the page is.
async fn all_is_chinese(page: &Page<'_>, place: &str) -> Outcome {
    let found = page.text(LATIN).await?;
    ensure!(found.is_empty(), "{place}: not in Chinese:\n{found}");
    let title = page.text("return document.title").await?;
    ensure!(!title.contains("Library") && !title.contains("Highlights"), "{place}: {title}");
    Ok(())
}

async fn click(page: &Page<'_>, name: &str) -> Outcome {
    let script = "[...document.querySelectorAll('button, summary, a')].find((one) => one.getClientRects().length && (one.getAttribute('aria-label') ?? one.textContent).trim() === arguments[0]).click()";
    page.run_with(script, vec![json!(name)]).await.map(drop)
}

/// A clip with a table, notes, tasks, problems and something to fold.
fn full_clip() -> MadeFile {
    MadeFile::text(
        "full.md",
        "---\ntitle: 满满一页\ntags: [a\n\tbad: 1\nsource: https://sea.example/full\n---\n\n# 满满一页\n\n文字[^1]与 ![](missing.png) ![x](https://pictures.example/a.png)。\n\n- [ ] 一\n- [x] 二\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n## 第二节\n\n更多文字。\n\n[^1]: 脚注。\n",
    )
}

pub async fn chinese_is_chosen_whole_and_kept(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    choose(page, "zh-Hans").await?;
    let head = page.words("h1").await?;
    ensure!(head == "把剪藏拖到这里", "the empty page is in Chinese: {head}");
    all_is_chinese(page, "empty").await?;
    page.drop_files(&[text_of("kite.md"), full_clip(), MadeFile::text("nothing.md", "")]).await?;
    page.shows("风筝与线").await?;
    page.until("what came in is told", "return !!document.querySelector('#import-summary')").await?;
    page.until("the metadata is there", "return !!document.querySelector('.report')").await?;
    all_is_chinese(page, "reader").await?;
    for (place, key, there) in [("keys", "?", "#keys"), ("highlights beside it", "H", ".marks-panel")] {
        page.press(key).await?;
        page.until(place, &format!("return !!document.querySelector('{there}')")).await?;
        all_is_chinese(page, place).await?;
        page.press(if key == "?" { "?" } else { "i" }).await?;
    }
    click(page, "文字设置").await?;
    page.until("the settings stand", "return !!document.querySelector('#language')").await?;
    all_is_chinese(page, "settings").await?;
    ensure!(page.text("return document.querySelector('#language').value").await? == "zh-Hans", "it is the chosen one");
    click(page, "文字设置").await?;
    page.chord('\u{e009}', 'k').await?;
    page.until("the palette stands", "return !!document.querySelector('#palette-lines li')").await?;
    all_is_chinese(page, "palette").await?;
    page.press("\u{e00c}").await?;
    page.press("l").await?;
    page.until("the library stands", "return document.querySelectorAll('#library [role=row]').length === 2").await?;
    page.run("document.querySelector('#library input').click()").await?;
    all_is_chinese(page, "library").await?;
    let told = page.words(".library-line [role=status]").await?;
    ensure!(told == "2 篇剪藏", "they are counted: {told}");
    let dates = page.words("#library .row-details").await? + &page.words("#library").await?;
    ensure!(dates.contains('年') && dates.contains("分钟"), "days and minutes are written in Chinese: {dates}");
    click(page, "高亮").await?;
    page.until("the highlights stand", "return !!document.querySelector('.all-highlights')").await?;
    all_is_chinese(page, "highlights").await?;
    page.reload().await?;
    page.ready().await?;
    let lang = page.text("return document.documentElement.lang").await?;
    ensure!(lang == "zh-Hans", "a reload keeps it: {lang}");
    let head = page.words("h1").await?;
    ensure!(head == "高亮", "and the place: {head}");
    page.press("l").await?;
    page.until("the library stands", "return !!document.querySelector('#library')").await?;
    page.chord('\u{e009}', 'k').await?;
    page.until("the palette waits for words", "return document.activeElement?.id === 'palette'").await?;
    // Somebody who can't read it finds the way back by an English word.
    page.client.active_element().await?.send_keys("language english").await?;
    page.until("it is the only line", "return document.querySelectorAll('#palette-lines li').length === 1").await?;
    page.press("\u{e007}").await?;
    page.until("it is English again", "return document.documentElement.lang === 'en'").await
}

pub async fn chinese_fits_and_everyone_can_use_it(page: &Page<'_>) -> Outcome {
    let mut found: Vec<String> = Vec::new();
    for width in [1280, 320] {
        page.forget_all().await?;
        page.open_framed(width, 760, "").await?;
        choose(page, "zh-Hans").await?;
        for place in ["empty", "reader", "settings", "library"] {
            match place {
                "reader" => {
                    page.drop_files(&[text_of("tide.md"), full_clip()]).await?;
                    page.shows("Reading the tide").await?;
                }
                "settings" => click(page, "文字设置").await?,
                "library" => click(page, "资料库").await?,
                _ => {}
            }
            page.until("nothing moves", "return document.getAnimations().every((a) => a.playState !== 'running')")
                .await?;
            let over = page.number("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(over <= 0.0, "{place} at {width} px is {over} px too wide");
            found.extend(page.axe().await?.into_iter().map(|broken| format!("{place} at {width} px: {broken}")));
        }
    }
    ensure!(found.is_empty(), "axe-core finds:\n    {}", found.join("\n    "));
    Ok(())
}

/// Where the middles are of the outline, the text and the metadata.
const SIDES: &str = "
    const middle = (name) => { const box = document.querySelector(name).getBoundingClientRect(); return box.left + box.width / 2 };
    return ['#outline', '#clip', '#metadata'].map(middle)";

pub async fn right_to_left_mirrors_the_page(page: &Page<'_>) -> Outcome {
    for width in [1280, 320] {
        page.forget_all().await?;
        page.open_framed(width, 760, "").await?;
        page.drop_files(&[text_of("tide.md"), text_of("kite.md")]).await?;
        page.shows("Reading the tide").await?;
        page.run("document.documentElement.dir = 'rtl'").await?;
        if width > 1000 {
            page.until("the metadata is there", "return !!document.querySelector('.report')").await?;
            let middles = page.run(SIDES).await?;
            let middles: Vec<f64> =
                middles.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect();
            ensure!(
                middles.is_sorted_by(|one, next| one > next) && middles.len() == 3,
                "the outline is on the right, the metadata on the left: {middles:?}"
            );
        }
        let start = "const row = document.querySelector('#library [role=row]').getBoundingClientRect(); const choice = document.querySelector('#library input').getBoundingClientRect(); return choice.left > row.left + row.width / 2";
        for place in ["reader", "settings", "library"] {
            match place {
                "settings" => click(page, "Text settings").await?,
                "library" => {
                    click(page, "Library").await?;
                    page.until("rows begin on the right", start).await?;
                }
                _ => {}
            }
            let over = page.number("return document.documentElement.scrollWidth - innerWidth").await?;
            let aside = page
                .number("scrollTo(-500, scrollY); const x = scrollX; scrollTo(0, scrollY); return Math.abs(x)")
                .await?;
            ensure!(over <= 0.0 && aside <= 0.0, "{place} at {width} px is {over} px too wide, scrolls {aside} px");
        }
    }
    Ok(())
}

pub async fn a_browser_that_asks_for_chinese_gets_it(page: &Page<'_>) -> Outcome {
    // The other drivers can't change what a running browser asks for.
    if page.engine != Engine::Chromium {
        return Ok(());
    }
    let agent = page.text("return navigator.userAgent").await?;
    let asks = json!({"userAgent": agent, "acceptLanguage": "fr-FR,zh-TW,en"});
    page.devtools("Emulation.setUserAgentOverride", asks).await?;
    page.open("").await?;
    let lang = page.text("return document.documentElement.lang").await?;
    ensure!(lang == "zh-Hans", "a language of its own comes before one that is asked for later: {lang}");
    all_is_chinese(page, "empty").await?;
    choose_by(page, "界面语言", "en").await
}

/// Chooses a language where the settings are in another one.
async fn choose_by(page: &Page<'_>, label: &str, tag: &str) -> Outcome {
    click(page, "文字设置").await?;
    page.until(
        "the choice is there",
        &format!("return document.querySelector('.choice span')?.textContent === '{label}'"),
    )
    .await?;
    page.run_with(
        "const choice = document.querySelector('#language'); choice.value = arguments[0]; choice.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![json!(tag)],
    )
    .await?;
    page.until("what is chosen comes before what is asked for", "return document.documentElement.lang === 'en'").await
}

pub async fn the_page_without_its_program_is_in_chinese(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    choose(page, "zh-Hans").await?;
    page.goto("/slow/").await?;
    page.until("it asks for clips", "return document.querySelector('#shell h1')?.textContent === '把剪藏拖到这里'")
        .await?;
    let left = "return document.querySelector('#shell')?.innerText.match(/Drop|Open|Everything/)?.[0] ?? ''";
    let left = page.text(left).await?;
    ensure!(left.is_empty(), "a word is left in English: {left}");
    page.goto("/broken/").await?;
    page.until(
        "it says that it stopped",
        "return document.querySelector('#crash h1')?.textContent === 'Clip Viewer 已停止'",
    )
    .await?;
    click(page, "导出我的数据").await?;
    page.until(
        "it tells what is in the file",
        "return / 中有 \\d+ 篇剪藏。/.test(document.querySelector('#crash [role=status]').textContent)",
    )
    .await
}
