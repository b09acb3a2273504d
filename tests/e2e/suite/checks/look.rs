//! How it looks, and whether everyone can use it.

use e2e::page::MadeFile;
use e2e::{Outcome, Page, Problem, ensure};

use super::opening::text_of;

/// Goes to one of the three places.
async fn go(page: &Page<'_>, place: &str) -> Outcome {
    match place {
        "empty" => page.until("the empty page stands", "return !!document.querySelector('.empty')").await,
        "reader" => {
            page.drop_files(&[text_of("kite.md"), text_of("tide.md")]).await?;
            page.shows("风筝与线").await
        }
        "problem" => {
            page.drop_files(&[MadeFile::text("nothing.md", ""), text_of("kite.md"), text_of("tide.md")]).await?;
            page.until("a problem is told", "return !document.querySelector('#problems').hidden").await
        }
        "reader-en" => {
            page.drop_files(&[text_of("tide.md")]).await?;
            page.shows("Reading the tide").await
        }
        _ => {
            page.press("l").await?;
            page.until("the library stands", "return !!document.querySelector('#library')").await
        }
    }
}

async fn theme(page: &Page<'_>, name: &str) -> Outcome {
    for _ in 0..5 {
        if page.text("return document.documentElement.dataset.theme").await? == name {
            return Ok(());
        }
        page.run("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true }))").await?;
    }
    Err(format!("there is no theme {name}").into())
}

pub async fn nothing_scrolls_sideways_on_a_phone(page: &Page<'_>) -> Outcome {
    for width in [320, 390] {
        page.forget_all().await?;
        page.open_framed(width, 700, "").await?;
        for place in ["empty", "reader", "reader-en", "library"] {
            framed(page, place).await?;
            let over = page.number("return document.documentElement.scrollWidth - innerWidth").await?;
            ensure!(over <= 0.0, "{place} at {width} px is {over} px too wide");
            let small = page.text("return [...document.querySelectorAll('.bottom-bar button')].map((b) => b.getBoundingClientRect()).filter((r) => r.width < 44 || r.height < 44).length + '/' + document.querySelectorAll('.bottom-bar button').length").await?;
            ensure!(
                small.starts_with("0/") && small != "0/0",
                "{place} at {width} px: buttons of the bottom bar are at least 44 px: {small}"
            );
        }
    }
    Ok(())
}

/// In a frame, keys go by script, as the driver's keyboard belongs to the whole window.
async fn framed(page: &Page<'_>, place: &str) -> Outcome {
    if place == "library" {
        page.run("document.querySelector('[aria-label=Library]').click()").await?;
        return page.until("the library stands", "return !!document.querySelector('#library')").await;
    }
    go(page, place).await
}

pub async fn axe_finds_nothing(page: &Page<'_>) -> Outcome {
    let mut found: Vec<String> = Vec::new();
    for (name, width) in [("desktop", 1280), ("phone", 390)] {
        page.forget_all().await?;
        page.open_framed(width, 800, "").await?;
        for place in ["empty", "reader", "library", "problem"] {
            framed(page, place).await?;
            for theme_name in ["light", "dark"] {
                theme(page, theme_name).await?;
                settle(page).await?;
                found.extend(page.axe().await?.into_iter().map(|v| format!("{name} {place} {theme_name}: {v}")));
            }
        }
    }
    ensure!(found.is_empty(), "axe-core finds:\n    {}", found.join("\n    "));
    Ok(())
}

/// Waits until transitions are over, so that colours are what they are.
async fn settle(page: &Page<'_>) -> Result<(), Problem> {
    page.until("nothing moves", "return document.getAnimations().every((a) => a.playState !== 'running')").await
}

pub async fn screenshots(page: &Page<'_>) -> Outcome {
    for (name, width) in [("desktop", 1340), ("phone", 390)] {
        page.forget_all().await?;
        page.open_sized(width, 800).await?;
        for place in ["empty", "reader-en", "reader", "library"] {
            framed(page, place).await?;
            for theme_name in ["light", "dark"] {
                theme(page, theme_name).await?;
                settle(page).await?;
                page.screenshot(&format!("{place}-{name}-{theme_name}")).await?;
            }
        }
    }
    Ok(())
}
