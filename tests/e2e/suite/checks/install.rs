//! What a system asks for that installs the app: its manifest, in each language, and its pictures.
//!
//! `UPDATE=1 cargo test -p e2e -- chromium manifest` takes the pictures anew.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use e2e::page::project;
use e2e::{Engine, Outcome, Page, ensure};
use serde_json::{Value, json};

/// The pictures: name, width and height in CSS pixels, how many pixels of the picture are one of them.
const PICTURES: [(&str, u32, u32, u32); 2] =
    [("screenshot-wide.webp", 1280, 800, 1), ("screenshot-narrow.webp", 390, 844, 2)];

pub async fn the_manifest_is_read_whole(page: &Page<'_>) -> Outcome {
    if std::env::var_os("UPDATE").is_some() && page.engine == Engine::Chromium {
        for (name, width, height, scale) in PICTURES {
            take(page, name, width, height, scale).await?;
        }
        return Ok(());
    }
    page.open("").await?;
    const READ: &str = "
        const done = arguments[arguments.length - 1];
        const address = document.querySelector('link[rel=manifest]').href;
        const size = async ({ src, sizes }) => {
            const picture = new Image();
            picture.src = new URL(src, address);
            await picture.decode();
            return [src, sizes, `${picture.naturalWidth}x${picture.naturalHeight}`];
        };
        fetch(address).then((answer) => answer.json()).then(({ icons, screenshots }) => Promise.all([...icons, ...screenshots].map(size)))
            .then((all) => done(all.filter(([, said, is]) => said !== is)), (error) => done(String(error)));";
    let wrong = page.client.execute_async(READ, Vec::new()).await?;
    ensure!(wrong == json!([]), "these pictures have not the size that is said: {wrong}");
    if page.engine == Engine::Chromium {
        let read = page.devtools("Page.getAppManifest", json!({})).await?;
        let errors = read.get("errors").cloned().unwrap_or(Value::Null);
        ensure!(errors == json!([]), "Chromium does not understand: {errors}");
    }
    Ok(())
}

/// Takes a picture of the sample, as it looks at that size, into the app's own files.
async fn take(page: &Page<'_>, name: &str, width: u32, height: u32, scale: u32) -> Outcome {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": scale > 1 });
    page.forget_all().await?;
    page.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    page.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": scale > 1 })).await?;
    page.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
    page.open("?sample").await?;
    page.until("the sample is shown", "return document.querySelector('#clip')?.getAttribute('aria-busy') === 'false'")
        .await?;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    let taken = page.devtools("Page.captureScreenshot", json!({ "format": "webp", "quality": 72 })).await?;
    let bytes = STANDARD.decode(taken.get("data").and_then(Value::as_str).unwrap_or_default())?;
    Ok(std::fs::write(project().join("public").join(name), bytes)?)
}
