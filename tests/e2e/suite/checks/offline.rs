//! The app that a browser keeps: without a network, from one build to the next, and what others share
//! with it.

use e2e::engine::Engine;
use e2e::page::MadeFile;
use e2e::server::Build;
use e2e::{Outcome, Page, ensure};

use super::library::rows;

/// The page's files are kept, and it is this page that they are kept for.
const KEPT: &str = "return !!navigator.serviceWorker?.controller";

async fn kept(page: &Page<'_>) -> Outcome {
    page.serve(Build::First);
    page.open_at("/kept/").await?;
    page.until("the app is kept", KEPT).await
}

/// Comes to the same address again. A driver's own way of loading a page anew asks the host in any case.
async fn come_back(page: &Page<'_>) -> Outcome {
    let here = page.text("return location.pathname + location.search").await?;
    page.open_at(&here).await
}

async fn brook(page: &Page<'_>) -> Outcome {
    page.drop_files(&[MadeFile::text("brook.md", "# The brook\n\nIt runs on.\n")]).await?;
    page.shows("The brook").await?;
    page.until("it is in", "return performance.getEntriesByName('import:done').length > 0").await
}

pub async fn the_app_starts_without_a_network(page: &Page<'_>) -> Outcome {
    kept(page).await?;
    brook(page).await?;
    page.serve(Build::Cut);
    come_back(page).await?;
    page.shows("The brook").await?;
    let ready_ms = page.number("return performance.getEntriesByName('app:ready')[0].startTime").await?;
    println!("    figure: {} ready without a network after {ready_ms:.0} ms", page.engine.name());
    page.open_at("/kept/?sample").await?;
    page.shows("The lighthouse keeper’s notebook").await?;
    // Whatever is neither kept nor there is a sentence.
    page.open_at("/kept/?clip=hosted/tide.md").await?;
    page.until("it is told", "return document.querySelectorAll('#problems li').length === 1").await?;
    page.serve(Build::First);
    Ok(())
}

/// Has the browser look for another build, and waits until the page tells of it.
async fn another(page: &Page<'_>, build: Build) -> Outcome {
    page.serve(build);
    page.run("navigator.serviceWorker.getRegistration().then((registration) => registration.update())").await?;
    page.until("a new version is told", "return !!document.querySelector('#new-version')").await
}

pub async fn a_new_build_waits_until_it_is_asked_for(page: &Page<'_>) -> Outcome {
    kept(page).await?;
    brook(page).await?;
    another(page, Build::Second).await?;
    come_back(page).await?;
    page.shows("The brook").await?;
    ensure!(page.count("meta[name=build]").await? == 0, "a reload alone changes no build");
    page.until("the new version is told again", "return !!document.querySelector('#new-version')").await?;
    page.click("#new-version .link-button").await?;
    page.until("the new build is here", "return !!document.querySelector('meta[name=build]')").await?;
    page.ready().await?;
    page.shows("The brook").await?;
    page.serve(Build::Cut);
    come_back(page).await?;
    ensure!(page.count("meta[name=build]").await? == 1, "and it stays without a network");
    page.serve(Build::First);
    Ok(())
}

pub async fn a_build_that_does_not_start_falls_back(page: &Page<'_>) -> Outcome {
    kept(page).await?;
    brook(page).await?;
    another(page, Build::Broken).await?;
    page.click("#new-version .link-button").await?;
    let is_first = "return performance.getEntriesByName('app:ready').length > 0
        && !document.querySelector('#new-version') && !document.querySelector('meta[name=build]')";
    page.until("the build before is here again", is_first).await?;
    page.ready().await?;
    page.shows("The brook").await?;
    let crashed = page.text("return document.querySelector('#crash')?.textContent").await?;
    ensure!(crashed.is_empty(), "and nothing is told of a crash: {crashed}");
    page.serve(Build::First);
    Ok(())
}

pub async fn what_other_apps_share_comes_in(page: &Page<'_>) -> Outcome {
    kept(page).await?;
    // As the system posts it, but for the navigation, which a page can't do with a form under this policy.
    page.run(
        "window.shared = 0;
        const post = (fill) => { const data = new FormData(); fill(data); return fetch('share', { method: 'POST', body: data, redirect: 'manual' }); };
        post((data) => data.append('files', new File(['# The mill\\n\\nIt turns.\\n'], 'mill.md')))
            .then(() => { window.shared = 1; })",
    )
    .await?;
    page.until("it was taken", "return window.shared === 1").await?;
    page.open_at("/kept/?shared").await?;
    page.shows("The mill").await?;
    page.run("const data = new FormData(); data.append('title', 'The \"ford\"'); data.append('text', 'Low today.'); data.append('url', 'https://example.org/ford'); fetch('share', { method: 'POST', body: data, redirect: 'manual' }).then(() => { window.shared = 2; })").await?;
    page.until("a text was taken", "return window.shared === 2").await?;
    page.open_at("/kept/?shared").await?;
    page.shows("The \"ford\"").await?;
    let address = page.words("#metadata [data-key=source]").await?;
    ensure!(address.contains("example.org"), "its address is there: {address}");
    page.serve(Build::First);
    Ok(())
}

pub async fn the_single_file_opens_from_a_disk(page: &Page<'_>) -> Outcome {
    let file = e2e::page::project().join("dist/clip-viewer.html");
    ensure!(file.is_file(), "dist/clip-viewer.html is made by `cargo xtask dist`");
    page.open_file(&file, "").await?;
    page.run("[...document.querySelectorAll('button')].find((b) => b.textContent === 'Try the sample').click()")
        .await?;
    page.shows("The lighthouse keeper’s notebook").await?;
    let weir = "# The weir\n\nIt holds $\\frac{1}{2} h^2$ back.\n\n```rust\nfn weir() -> u8 { 1 }\n```\n";
    page.drop_files(&[MadeFile::text("weir.md", weir)]).await?;
    page.shows("The weir").await?;
    page.until("its formula is set", "return !!document.querySelector('.clip-body math')").await?;
    page.until("its code has colours", "return CSS.highlights.get('code-keyword')?.size > 0").await?;
    brook(page).await?;
    // To WebKit each load of a file is another site, which starts with an empty database.
    if page.engine != Engine::WebKit {
        page.open_file(&file, "").await?;
        page.shows("The brook").await?;
        page.open_file(&file, "?library").await?;
        rows(page, 3).await?;
    }
    let asked =
        "return performance.getEntriesByType('resource').filter(({ name }) => !/^(data|blob):/.test(name)).length";
    ensure!(page.number(asked).await? == 0.0, "nothing is asked for");
    let refused = page.run("return window.refused").await?;
    ensure!(refused == serde_json::json!([]), "the policy refuses nothing of the app's own: {refused}");
    Ok(())
}
