//! Bodies made to break parsers: each ends, and the page goes on.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use e2e::page::{MadeFile, project};
use e2e::{Outcome, Page, Problem, ensure};

/// The longest that the page may be busy at a stretch, in milliseconds.
const LONGEST_MS: f64 = 100.0;
/// How often a body is tried whose task was longer: other programs on the machine may have been the cause.
const TRIES: usize = 3;

/// Writes the hostile bodies into a folder: four of this project always, and those of a suite beside the
/// checkout.
fn bodies(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let columns = 20_000;
    let own = [
        ("own-quotes.md", ">".repeat(100_000) + " deep\n"),
        ("own-brackets.md", "[".repeat(50_000) + "\n"),
        ("own-cells.md", format!("|{}\n|{}\n|{}\n", "h|".repeat(columns), "-|".repeat(columns), "c|".repeat(columns))),
        ("own-line.md", "A line that never ends. ".repeat(10 * 1024 * 1024 / 24)),
    ];
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    for (name, text) in own {
        std::fs::write(folder.join(name), text)?;
    }
    let suite = project().join("../shared/suites/hostile/markdown.py");
    if suite.is_file() {
        // Without Python there are those of this project.
        drop(Command::new("python3").arg(suite).arg(folder).output());
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|file| Some(file.ok()?.path())).collect();
    files.sort();
    Ok(files)
}

/// What became of a body.
struct Ended {
    name: String,
    seconds: f32,
    shown: bool,
    /// The longest task of the page, in milliseconds, where the browser tells.
    longest_ms: f64,
}

/// Opens a body, waits until it is shown or a sentence is told, and opens a small clip after it.
async fn bear(page: &Page<'_>, file: &Path, time: usize) -> Result<Ended, Problem> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let before = page
        .run("const watched = window.wrappedJSObject ?? window; watched.long.length = 0;
            return [performance.getEntriesByName('clip:rendered').length, document.querySelectorAll('#problems li').length]")
        .await?;
    let start = Instant::now();
    page.upload(&[file]).await?;
    let ended = format!(
        "const before = {before};
        const shown = performance.getEntriesByName('clip:rendered').length > before[0]
            && document.querySelector('article#clip')?.getAttribute('aria-busy') === 'false';
        const told = document.querySelectorAll('#problems li').length > before[1];
        return shown ? 'shown' : told ? 'told' : false"
    );
    page.until(&format!("{name} is shown, or a sentence told"), &ended).await?;
    let seconds = start.elapsed().as_secs_f32();
    let shown = page.text(&ended).await? == "shown";
    let title = format!("After {name}, time {time}");
    page.drop_files(&[MadeFile::text("after.md", &format!("# {title}\n\nStill here.\n"))]).await?;
    page.shows(&title).await.map_err(|error| format!("after {name}: {error}"))?;
    let longest_ms = page
        .number("return Math.max(0, ...(window.wrappedJSObject ?? window).long.map((task) => task.duration))")
        .await?;
    Ok(Ended { name, seconds, shown, longest_ms })
}

pub async fn hostile_bodies_end_and_leave_the_page_alive(page: &Page<'_>) -> Outcome {
    let files = bodies(&project().join("target/e2e").join(format!("{}-hostile", page.engine.name())))?;
    ensure!(files.len() >= 4, "there are bodies, not {}", files.len());
    page.open_at("/watched/").await?;
    let (mut all, mut slow) = (Vec::new(), Vec::new());
    for file in &files {
        let ended = bear(page, file, 0).await?;
        if ended.longest_ms > LONGEST_MS {
            slow.push(file);
        }
        all.push(ended);
    }
    all.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    println!("{} bodies, {} of them shown", all.len(), all.iter().filter(|ended| ended.shown).count());
    for ended in all.iter().take(8) {
        println!("    {}: {:.2} s, the longest task {:.0} ms", ended.name, ended.seconds, ended.longest_ms);
    }
    let mut busy = Vec::new();
    for file in slow {
        let mut least_ms = f64::INFINITY;
        for time in 1..=TRIES {
            page.forget_all().await?;
            page.open_at("/watched/").await?;
            least_ms = least_ms.min(bear(page, file, time).await?.longest_ms);
            if least_ms <= LONGEST_MS {
                break;
            }
        }
        println!("    {} again: {least_ms:.0} ms", file.display());
        if least_ms > LONGEST_MS {
            busy.push(format!("{} {least_ms:.0} ms", file.file_stem().unwrap_or_default().display()));
        }
    }
    ensure!(busy.is_empty(), "the page is busy for too long with {busy:?}");
    Ok(())
}
