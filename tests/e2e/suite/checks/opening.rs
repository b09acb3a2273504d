//! The ways in: picker, drop, paste, sample.

use e2e::page::{MadeFile, project};
use e2e::{Outcome, Page, ensure};

/// A clip in `tests/e2e/clips`.
pub fn clip(name: &str) -> std::path::PathBuf {
    project().join("tests/e2e/clips").join(name)
}

/// The text of a clip in `tests/e2e/clips`.
pub fn text_of(name: &str) -> MadeFile {
    MadeFile::text(name, &std::fs::read_to_string(clip(name)).unwrap_or_default())
}

/// A clip of many sections, long enough to scroll in.
pub fn long_clip() -> MadeFile {
    let mut text = "---\ntitle: The long shelf\n---\n\n# The long shelf\n\n".to_owned();
    for section in 1..=60 {
        text.push_str(&format!("## Board {section}\n\n"));
        for line in 1..=6 {
            text.push_str(&format!(
                "Board {section}, line {line}: the books stand in the order in which they came, and each leans a little on the next one, so that none can be taken without the others noticing.\n\n"
            ));
        }
    }
    MadeFile::text("shelf.md", &text)
}

pub async fn a_picked_file_is_read(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.upload(&[&clip("tide.md")]).await?;
    page.shows("Reading the tide").await?;
    ensure!(page.count("nav#outline a").await? == 5, "the outline has 5 links");
    ensure!(page.count("aside#metadata dd[data-key]").await? >= 8, "the metadata are there");
    ensure!(page.words("article#clip").await?.contains("That is all."), "the body is there to its end");
    for mark in ["app:ready", "clip:received", "clip:parsed", "clip:first-paint", "clip:rendered"] {
        let set = format!("return performance.getEntriesByName('{mark}').length > 0");
        page.until(&format!("the mark {mark} is set"), &set).await?;
    }
    Ok(())
}

pub async fn a_dropped_file_is_read(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("kite.md")]).await?;
    page.shows("风筝与线").await?;
    let language = page.text("return document.querySelector('article#clip').lang").await?;
    ensure!(language.starts_with("zh"), "the language is Chinese, not “{language}”");
    ensure!(page.count("#clip strong").await? == 1, "emphasis beside Chinese quotes is mended");
    Ok(())
}

pub async fn files_dropped_together_come_in(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.drop_files(&[text_of("tide.md"), text_of("kite.md"), MadeFile::text("plain", "Only a line.\n")]).await?;
    page.shows("Reading the tide").await?;
    page.until(
        "what came in is told",
        "return document.querySelector('#import-summary')?.textContent.includes('3 clips added')",
    )
    .await?;
    page.press("l").await?;
    page.until("three clips are listed", "return document.querySelectorAll('#library [data-clip-id]').length === 3")
        .await
}

pub async fn a_file_dropped_before_the_app_is_ready_is_read(page: &Page<'_>) -> Outcome {
    page.goto("/slow/").await?;
    let ready = page.run("return performance.getEntriesByName('app:ready').length").await?;
    ensure!(ready == 0, "the app is not ready yet");
    page.until("boot.js listens", "return !!globalThis.clipViewer").await?;
    page.drop_files(&[text_of("tide.md")]).await?;
    page.shows("Reading the tide").await
}

pub async fn pasted_text_is_read(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    page.paste("---\ntitle: From the clipboard\n---\n\n## One\n\nPasted words.\n").await?;
    page.shows("From the clipboard").await?;
    ensure!(page.count("nav#outline a").await? == 1, "the outline has its link");
    Ok(())
}

pub async fn the_sample_opens(page: &Page<'_>) -> Outcome {
    page.open("?sample").await?;
    page.shows("The lighthouse keeper’s notebook").await?;
    ensure!(page.words("#problems").await?.is_empty(), "no problem is told");
    Ok(())
}

pub async fn each_bad_file_gets_its_sentence(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    let files = [
        MadeFile::text("nothing.md", ""),
        MadeFile::zeros("program.md", 4000),
        MadeFile::zeros("huge.md", 60 * 1024 * 1024),
        text_of("kite.md"),
    ];
    page.drop_files(&files).await?;
    page.shows("风筝与线").await?;
    let told = page.words("#problems").await?;
    for sentence in ["“nothing.md” is empty", "“program.md” is a binary file", "“huge.md” has 60 MB"] {
        ensure!(told.contains(sentence), "“{sentence}…” is told, but only: {told}");
    }
    Ok(())
}

pub async fn ten_quick_drops_end_on_the_last(page: &Page<'_>) -> Outcome {
    page.open("").await?;
    for number in 1..=10 {
        let long = format!("# Clip {number}\n\n{}", "Words and *more* words. ".repeat(20_000 / number));
        page.drop_files(&[MadeFile::text(&format!("{number}.md"), &long)]).await?;
    }
    page.shows("Clip 10").await?;
    page.until(
        "all ten are kept",
        "return JSON.parse(localStorage['clip-viewer/recent'] ?? '{\"data\":[]}').data.length >= 1",
    )
    .await?;
    let headings = page.words("#clip .clip-body h1").await?;
    ensure!(headings == "Clip 10", "the body is that of the last clip, not of “{headings}”");
    Ok(())
}
