//! A hundred clips, opened one after the other: what was left is gone.

use e2e::page::MadeFile;
use e2e::{Engine, Outcome, Page, Problem, ensure};
use serde_json::{Value, json};

use super::library::{PNG, imported, rows, zip};

/// A zip of clips, each with a picture of its own.
fn pictured(count: usize) -> Result<Vec<u8>, Problem> {
    let files: Vec<_> = (1..=count)
        .flat_map(|at| {
            let text = format!("# Leaf {at:03}\n\n![leaf](assets/{at}.png)\n\n{}\n", "Words about it. ".repeat(200));
            let mut picture = PNG.to_vec();
            // Behind its end a picture may have anything: it makes this one differ from the others.
            picture.extend(format!("leaf {at}").bytes());
            [(format!("leaves/{at}.md"), text.into_bytes()), (format!("leaves/assets/{at}.png"), picture)]
        })
        .collect();
    zip(&files)
}

/// Opens the clips of these rows.
async fn visit(page: &Page<'_>, first: usize, last: usize) -> Result<Vec<Value>, Problem> {
    let mut ids = Vec::new();
    // A driver waits for half a minute at most.
    for from in (first..=last).step_by(10) {
        let script = include_str!("../scripts/visit.js");
        let told = page.client.execute_async(script, vec![json!(from), json!(last.min(from + 9))]).await?;
        ids.extend(told.as_array().cloned().ok_or_else(|| told.to_string())?);
    }
    Ok(ids)
}

/// The heap of JavaScript in bytes and the number of nodes, after what is not needed any more is gone.
async fn kept(page: &Page<'_>) -> Result<[f64; 2], Problem> {
    page.devtools("Performance.enable", json!({})).await?;
    for _ in 0..2 {
        page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let metrics = page.devtools("Performance.getMetrics", json!({})).await?;
    let metrics = metrics.get("metrics").and_then(Value::as_array).cloned().unwrap_or_default();
    let value = |name: &str| {
        let metric = metrics.iter().find(|metric| metric.get("name") == Some(&json!(name)))?;
        metric.get("value")?.as_f64()
    };
    Ok([value("JSHeapUsedSize").ok_or("no heap")?, value("Nodes").ok_or("no nodes")?])
}

/// A hundred in Chromium, which alone tells what it holds; twenty in the others.
pub async fn opened_clips_leave_nothing_behind(page: &Page<'_>) -> Outcome {
    let count = if page.engine == Engine::Chromium { 100 } else { 20 };
    page.open_at("/watched/").await?;
    page.drop_files(&[MadeFile::bytes("leaves.zip", pictured(count)?)]).await?;
    imported(page, 1).await?;
    rows(page, count).await?;
    let mut ids = visit(page, 1, 20).await?;
    let early = if page.engine == Engine::Chromium { Some(kept(page).await?) } else { None };
    ids.extend(visit(page, 21, count).await?);
    let distinct: std::collections::BTreeSet<String> = ids.iter().map(Value::to_string).collect();
    ensure!(distinct.len() == count, "each clip was opened: {} of {count}", distinct.len());
    let made = page.number("return (window.wrappedJSObject ?? window).madeUrls").await?;
    ensure!(made >= count as f64, "each picture had an address, {made} of {count}");
    page.until("no address is left", "return (window.wrappedJSObject ?? window).alive.size === 0").await?;
    if let Some(early) = early {
        let late = kept(page).await?;
        println!(
            "    heap {:.0} kB, then {:.0} kB; nodes {}, then {}",
            early[0] / 1e3,
            late[0] / 1e3,
            early[1],
            late[1]
        );
        for (what, early, late) in [("heap", early[0], late[0]), ("number of nodes", early[1], late[1])] {
            ensure!(late < early * 1.1, "the {what} grows from {early} to {late}");
        }
    }
    Ok(())
}
