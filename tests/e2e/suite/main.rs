//! The end-to-end tests: every check of the table, in each of three engines.
//!
//! `cargo test -p e2e` runs all; words after `--` choose: `cargo test -p e2e -- webkit keyboard`
//! runs the checks whose engine and name hold all the words. A failing check leaves a picture in
//! `target/screenshots`.

mod checks;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use e2e::engine::Driver;
use e2e::{Engine, Outcome, Page, Problem, Server, page};
use fantoccini::Client;

/// The longest that a check may take.
const LIMIT: Duration = Duration::from_secs(120);

/// The longest that a last picture or the end of a session may take.
const FAREWELL: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.map_err(Problem::from).and_then(|runtime| runtime.block_on(run(&words))) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => {
            println!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Runs what was chosen and returns how many checks failed.
async fn run(words: &[String]) -> Result<usize, Problem> {
    let server = Server::start(&page::project().join("dist"))?;
    let (mut passed, mut failed) = (0, Vec::new());
    for engine in Engine::ALL {
        let chosen = |name: &str| words.iter().all(|w| engine.name().contains(w.as_str()) || name.contains(w.as_str()));
        if !checks::ALL.iter().any(|check| chosen(check.name)) {
            continue;
        }
        // Two drivers take turns: while a check runs in one browser, the next one starts, which takes a
        // Firefox longer than most checks do.
        let drivers = [Driver::start(engine)?, Driver::start(engine)?];
        let mut turns = drivers.iter().cycle();
        let mut start_next = |check: Option<&'static checks::Check>| {
            let driver = turns.next();
            async move { Some(driver?.session(check?.refusal).await) }
        };
        let mut checks = checks::ALL.iter().filter(|check| chosen(check.name)).peekable();
        let mut ready = start_next(checks.peek().copied()).await;
        while let Some(check) = checks.next() {
            let start = Instant::now();
            let client = ready.take().unwrap_or_else(|| Err("no browser was started".into()));
            let (outcome, next) = tokio::join!(one(check, engine, client, &server), start_next(checks.peek().copied()));
            ready = next;
            let seconds = start.elapsed().as_secs_f32();
            match outcome {
                Ok(()) => {
                    passed += 1;
                    println!("test {}::{} ... ok ({seconds:.1} s)", engine.name(), check.name);
                }
                Err(problem) => {
                    println!("test {}::{} ... FAILED ({seconds:.1} s)\n    {problem}", engine.name(), check.name);
                    failed.push(format!("{}::{}", engine.name(), check.name));
                }
            }
        }
    }
    let word = if failed.is_empty() { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {} failed; 0 ignored; 0 measured; 0 filtered out", failed.len());
    failed.iter().for_each(|name| println!("failed: {name}"));
    Ok(failed.len())
}

async fn one(check: &checks::Check, engine: Engine, client: Result<Client, Problem>, server: &Server) -> Outcome {
    let client = client?;
    let page = Page::new(engine, client.clone(), server);
    let outcome = match tokio::time::timeout(LIMIT, (check.run)(&page)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(format!("it took longer than {} s", LIMIT.as_secs()).into()),
    };
    if outcome.is_err() {
        // The picture helps; when even that fails, the check's own sentence is what counts.
        let name = format!("FAILED-{}", check.name);
        drop(tokio::time::timeout(FAREWELL, page.screenshot(&name)).await);
    }
    drop(tokio::time::timeout(FAREWELL, client.close()).await);
    outcome
}
