//! Aids to reading: the space between paragraphs, focus, the ruler, listening.

use e2e::page::MadeFile;
use e2e::{Outcome, Page, ensure};
use serde_json::json;

const ESCAPE: &str = "\u{E00C}";

fn watch() -> MadeFile {
    let part = |n: usize| format!("Watch {n} began at four. The wind was west. Nothing was seen until the light.\n\n");
    MadeFile::text("watch.md", &format!("# The watch\n\n{}", (1..60).map(part).collect::<String>()))
}

async fn opened(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[watch()]).await?;
    page.shows("The watch").await
}

async fn no_axe(page: &Page<'_>) -> Outcome {
    page.until("nothing moves", "return document.getAnimations().every((a) => a.playState !== 'running')").await?;
    let wrong = page.axe().await?;
    ensure!(wrong.is_empty(), "axe finds nothing: {wrong:?}");
    Ok(())
}

pub async fn space_between_paragraphs_is_set_and_kept(page: &Page<'_>) -> Outcome {
    const SPACE: &str = "return parseFloat(getComputedStyle(document.querySelector('.clip-body p')).marginBlockEnd)";
    const SET: &str = "
        const slider = [...document.querySelectorAll('.slider')].find((s) => s.textContent.startsWith('Paragraphs')).querySelector('input');
        slider.value = 200;
        slider.dispatchEvent(new Event('input', { bubbles: true }))";
    opened(page).await?;
    let before = page.number(SPACE).await?;
    page.click("[aria-label='Text settings']").await?;
    page.until("the settings are open", "return !!document.querySelector('#text-settings')").await?;
    no_axe(page).await?;
    page.run(SET).await?;
    let after = page.number(SPACE).await?;
    ensure!((after - 2.0 * before).abs() < 1.0, "twice as much: {before}, {after}");
    page.reload().await?;
    page.ready().await?;
    page.shows("The watch").await?;
    let kept = page.number(SPACE).await?;
    ensure!((kept - after).abs() < 0.1, "it is kept: {kept}");
    Ok(())
}

pub async fn a_text_from_right_to_left_is_set_so(page: &Page<'_>) -> Outcome {
    const SIDES: &str = "
        const [text, mark] = ['.clip-body li', '.clip-body blockquote'].map((s) => getComputedStyle(document.querySelector(s)));
        const { left, right } = document.querySelector('.clip-body .heading-fold').getBoundingClientRect();
        const heading = document.querySelector('.clip-body h2').getBoundingClientRect();
        return [text.direction, mark.borderRightWidth, left >= heading.right - 1].join()";
    page.open("").await?;
    let text =
        "# دفتر الفنار\n\nكتب الحارس في الليل.\n\n## الريح\n\n- غربية\n\n> هدأ البحر.\n\n```js\nlet x = 1;\n```\n";
    page.drop_files(&[MadeFile::text("light.md", text)]).await?;
    page.shows("دفتر الفنار").await?;
    let sides = page.text(SIDES).await?;
    ensure!(sides == "rtl,3px,true", "lines, marks and buttons begin on the right: {sides}");
    let code = page.text("return getComputedStyle(document.querySelector('.clip-body pre')).direction").await?;
    ensure!(code == "ltr", "code is read from the left: {code}");
    Ok(())
}

pub async fn focus_leaves_the_text_and_one_paragraph(page: &Page<'_>) -> Outcome {
    const CURRENT: &str = "
        const current = document.querySelectorAll('[data-current]');
        const { top, bottom } = current[0]?.getBoundingClientRect() ?? {};
        return current.length === 1 && top < innerHeight * 0.5 && bottom > 0 ? current[0].textContent.slice(0, 9) : ''";
    opened(page).await?;
    page.press("f").await?;
    page.until("a paragraph is in full ink", CURRENT).await?;
    let first = page.text(CURRENT).await?;
    for part in [".top-bar", "#outline", "#metadata"] {
        let display = page.text(&format!("return getComputedStyle(document.querySelector('{part}')).display")).await?;
        ensure!(display == "none", "{part} is away, but {display}");
    }
    let dim = "return [...document.querySelectorAll('.chunk > p:not([data-current])')].every((p) => getComputedStyle(p).opacity < 0.9)";
    page.until("the others are dimmed", dim).await?;
    page.run("scrollTo(0, 1500)").await?;
    page.until("it follows", &format!("const now = (() => {{ {CURRENT} }})(); return now && now !== '{first}'"))
        .await?;
    page.press(ESCAPE).await?;
    page.until("Escape leaves", "return getComputedStyle(document.querySelector('.top-bar')).display !== 'none'")
        .await?;
    ensure!(page.count("[data-current]").await? == 0, "and leaves no mark");
    page.press("f").await?;
    page.until("it comes again", CURRENT).await?;
    // In one task: what is dimmed must not flash while its mark is taken away.
    let marks =
        "document.querySelector('.leave-focus').click(); return document.querySelectorAll('[data-current]').length";
    ensure!(page.number(marks).await? == 0.0, "a button leaves at once, too");
    page.until("and goes", "return !document.querySelector('.leave-focus')").await
}

pub async fn the_ruler_follows_the_pointer(page: &Page<'_>) -> Outcome {
    opened(page).await?;
    page.press("b").await?;
    page.until("the ruler is there", "return !!document.querySelector('.reading-ruler')").await?;
    page.drag((500.0, 300.0), (500.0, 420.0)).await?;
    let over = "const { top, bottom } = document.querySelector('.reading-ruler').getBoundingClientRect(); return top < 420 && bottom > 420";
    page.until("it is where the pointer is", over).await?;
    let through = "return document.elementFromPoint(500, 420)?.closest('.reading-ruler') === null";
    ensure!(page.run(through).await? == json!(true), "what is below it can be clicked");
    page.press("b").await?;
    page.until("it is gone", "return !document.querySelector('.reading-ruler')").await
}

pub async fn a_clip_is_read_out_sentence_by_sentence(page: &Page<'_>) -> Outcome {
    // No browser of the tests has a voice: this one says nothing, and ends when it is told to.
    const VOICE: &str = "
        window.said = [];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        const voices = [{ name: 'Far', lang: 'en-US', localService: false }, { name: 'Ada', lang: 'en-GB', localService: true },
            { name: 'Li', lang: 'zh-CN', localService: true }];
        const speech = { getVoices: () => voices, cancel() { said.push('-'); }, speak(one) { said.push(one.text); window.speaks = one; } };
        Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: speech });";
    const MARKED: &str = "return [...CSS.highlights.get('spoken') ?? []].map((range) => range.toString()).join('|')";
    opened(page).await?;
    page.run(VOICE).await?;
    page.press("s").await?;
    page.until("it begins", "return said.at(-1) === 'Watch 1 began at four.'").await?;
    ensure!(page.text(MARKED).await? == "Watch 1 began at four.", "what is spoken is marked");
    let voice = page.text("return document.querySelector('.listening .voices').textContent").await?;
    ensure!(voice == "Ada", "the voices are those of the clip's language and of this machine: {voice}");
    let speaker = page.text("return speaks.voice.name").await?;
    ensure!(speaker == "Ada", "and it is one of them that speaks: {speaker}");
    no_axe(page).await?;
    page.run("speaks.onend()").await?;
    page.until("the next sentence follows", "return said.at(-1) === 'The wind was west.'").await?;
    page.press("s").await?;
    page.until(
        "it pauses",
        "return said.at(-1) === '-' && document.querySelector('.listening [aria-label=\"Go on\"]')",
    )
    .await?;
    page.run("speaks.onend()").await?;
    page.press("s").await?;
    page.until("it goes on with the same sentence", "return said.at(-1) === 'The wind was west.'").await?;
    page.run("const speed = document.querySelector('.listening select'); speed.value = '1.5'; speed.dispatchEvent(new Event('change', { bubbles: true }))").await?;
    page.until("it speaks faster", "return said.at(-1) === 'The wind was west.' && speaks.rate === 1.5").await?;
    page.press("l").await?;
    page.until("it stops with the clip", "return said.at(-1) === '-' && !document.querySelector('.listening')").await?;
    ensure!(page.text(MARKED).await?.is_empty(), "nothing is marked any more");
    Ok(())
}
