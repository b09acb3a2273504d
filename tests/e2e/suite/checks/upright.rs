//! Lines that stand upright: what is kept, moved to, found and marked goes along with them.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::json;

/// Text of a harbour, in sections.
fn harbour() -> MadeFile {
    let mut text = String::from("---\ntitle: 港口笔记\nlanguage: zh-Hans\n---\n\n# 港口笔记\n");
    for section in 1..=12 {
        text.push_str(&format!("\n## 第{section}次出航\n"));
        for part in 1..=6 {
            text.push_str(&format!(
                "\n船在第{section}次出航时停在第{part}个码头，风从海上来，灯塔的光落在水面上。{}\n",
                "水手们把缆绳收好，等待潮水再一次涨起来。".repeat(4)
            ));
        }
    }
    text.push_str("\n最后一句提到了鹈鹕。\n");
    MadeFile::text("港口笔记.md", &text)
}

/// How far an element is from the right edge of the sheet.
const FROM_RIGHT: &str = "const from = (one) => document.getElementById('clip').getBoundingClientRect().right - one.getBoundingClientRect().right;";

pub async fn upright_lines_are_read_from_right_to_left(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[harbour()]).await?;
    page.shows("港口笔记").await?;
    page.run("document.querySelector(\"[aria-label='Text settings']\").click()").await?;
    let switch =
        "[...document.querySelectorAll('#text-settings .switch')].find((one) => one.textContent.includes('Vertical'))";
    page.until("the switch is offered", &format!("return !!({switch})")).await?;
    page.run(&format!("({switch}).querySelector('input').click()")).await?;
    page.until(
        "lines stand upright",
        "return getComputedStyle(document.querySelector('.chunk')).writingMode === 'vertical-rl'",
    )
    .await?;
    page.run("document.querySelector(\"[aria-label='Text settings']\").click()").await?;
    let sheet = "
        const sheet = document.getElementById('clip'), root = document.documentElement;
        return sheet.scrollWidth > sheet.clientWidth * 2 && sheet.scrollHeight <= sheet.clientHeight + 1
            && root.scrollWidth <= innerWidth && root.scrollHeight <= innerHeight + 1";
    page.until("the sheet scrolls sideways and the page does not scroll", sheet).await?;

    // Keys and the wheel go on to the left.
    let behind = "return -document.getElementById('clip').scrollLeft";
    for (key, more) in [('\u{e00f}', true), (' ', true), ('\u{e00e}', false), ('\u{e010}', true), ('\u{e011}', false)] {
        let before = page.number(behind).await?;
        page.press(&key.to_string()).await?;
        page.until(
            &format!("the key {key:?} moves on: {more}"),
            &format!("{behind} {} {before}", if more { ">" } else { "<" }),
        )
        .await?;
    }
    let wheel = "document.querySelector('.chunk p').dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: 300 }))";
    page.run(wheel).await?;
    page.until("the wheel moves on", &format!("{behind} > 250")).await?;

    // The outline leads, and follows.
    page.run("document.querySelector('#outline a[href$=\"7次出航\"]').click()").await?;
    let at = format!(
        "{FROM_RIGHT} const far = from([...document.querySelectorAll('.clip-body h2')].find((one) => one.textContent.includes('第7次'))); return far > 0 && far < 80"
    );
    page.until("the heading stands at the right", &at).await?;
    page.until(
        "the outline says so",
        "return document.querySelector('#outline a[aria-current]')?.textContent === '第7次出航'",
    )
    .await?;
    page.until("progress is told", "const told = Number(getComputedStyle(document.querySelector('.progress')).getPropertyValue('--progress')); return told > 0.3 && told < 0.8").await?;

    // What is found is led to; what is selected is marked, and its tools are in sight.
    page.press("/").await?;
    page.until("the bar stands", "return !!document.getElementById('find')").await?;
    page.run("const find = document.getElementById('find'); find.value = '鹈鹕'; find.dispatchEvent(new Event('input', { bubbles: true }))").await?;
    let last = format!(
        "{FROM_RIGHT} const last = [...document.querySelectorAll('.clip-body p')].at(-1); const far = from(last); return far > 0 && far < document.getElementById('clip').clientWidth"
    );
    page.until("what is found is in sight", &last).await?;
    page.run("document.querySelector('.find-bar [aria-label=Close]').click(); getSelection().selectAllChildren([...document.querySelectorAll('.clip-body p')].at(-1))").await?;
    page.until("the tools are in sight", "const at = document.querySelector('.mark-tools')?.getBoundingClientRect(); return at && at.top >= 0 && at.bottom <= innerHeight && at.left >= 0 && at.right <= innerWidth").await?;
    page.run("document.querySelector('.mark-tools .tool').click()").await?;
    if page.run("return !!CSS.highlights").await? == json!(true) {
        page.until("the highlight is drawn", "return [...CSS.highlights.keys()].some((name) => name.startsWith('highlight-') && CSS.highlights.get(name).size > 0)").await?;
    }
    if page.engine != Engine::WebKit {
        page.screenshot("upright-desktop").await?;
    }

    // A reload, and the way back to lying lines, keep the paragraph.
    page.run("document.querySelector('#outline a[href$=\"9次出航\"]').click()").await?;
    let at = |number: u32| {
        format!(
            "{FROM_RIGHT} const far = from([...document.querySelectorAll('.clip-body h2')].find((one) => one.textContent.includes('第{number}次'))); return far > 0 && far < 80"
        )
    };
    page.until("the ninth stands at the right", &at(9)).await?;
    page.until(
        "the outline says so",
        "return document.querySelector('#outline a[aria-current]')?.textContent === '第9次出航'",
    )
    .await?;
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    page.reload().await?;
    page.ready().await?;
    page.shows("港口笔记").await?;
    page.until("a reload comes back to it", &at(9)).await?;

    // So do a clip with lying lines and the way back from it.
    let far = at(9).replace("return far > 0 && far < 80", "return far");
    let before = page.number(&far).await?;
    page.drop_files(&[super::opening::text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.run("document.querySelector('[aria-label=Library]').click()").await?;
    page.until("the list stands", "return document.querySelectorAll('#library [data-clip-id] a').length === 2").await?;
    page.run("[...document.querySelectorAll('#library [data-clip-id] a')].find((one) => one.textContent.includes('港口')).click()").await?;
    page.shows("港口笔记").await?;
    page.until(
        "the way back leads to the very place",
        &at(9).replace("far > 0 && far < 80", &format!("Math.abs(far - {before}) < 3")),
    )
    .await?;
    page.run("document.querySelector(\"[aria-label='Text settings']\").click()").await?;
    page.until("the switch is offered", &format!("return !!({switch})")).await?;
    page.run(&format!("({switch}).querySelector('input').click()")).await?;
    let lying = "const far = [...document.querySelectorAll('.clip-body h2')].find((one) => one.textContent.includes('第9次')).getBoundingClientRect().top; return far > 0 && far < 160 && scrollY > 100";
    page.until("lying lines stay at it", lying).await?;
    page.until(
        "the outline says so",
        "return document.querySelector('#outline a[aria-current]')?.textContent === '第9次出航'",
    )
    .await
}

pub async fn upright_lines_are_offered_where_a_language_has_them(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[super::opening::text_of("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    page.run("document.querySelector(\"[aria-label='Text settings']\").click()").await?;
    page.until("the settings stand", "return !!document.getElementById('text-settings')").await?;
    let offered = page.words("#text-settings").await?;
    ensure!(!offered.contains("Vertical"), "English has no upright lines: {offered}");
    Ok(())
}
