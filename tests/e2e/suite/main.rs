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

use checks::Check;

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

/// What came of the checks so far.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<String>,
}

/// Runs what was chosen and returns how many checks failed.
async fn run(words: &[String]) -> Result<usize, Problem> {
    let server = Server::start(&page::project().join("dist"))?;
    let mut tally = Tally::default();
    for engine in Engine::ALL {
        let chosen = |name: &str| words.iter().all(|w| engine.name().contains(w.as_str()) || name.contains(w.as_str()));
        let chosen: Vec<&Check> = checks::ALL.iter().filter(|check| chosen(check.name)).collect();
        match engine {
            _ if chosen.is_empty() => {}
            Engine::Firefox => in_one_browser(engine, &chosen, &server, &mut tally).await?,
            Engine::Chromium | Engine::WebKit => in_a_browser_each(engine, &chosen, &server, &mut tally).await?,
        }
    }
    let Tally { passed, failed } = tally;
    let word = if failed.is_empty() { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {} failed; 0 ignored; 0 measured; 0 filtered out", failed.len());
    failed.iter().for_each(|name| println!("failed: {name}"));
    Ok(failed.len())
}

/// A new browser for every check. Two drivers take turns: while a check runs in one browser, the
/// next one starts.
async fn in_a_browser_each(engine: Engine, chosen: &[&Check], server: &Server, tally: &mut Tally) -> Outcome {
    let drivers = [Driver::start(engine)?, Driver::start(engine)?];
    let mut turns = drivers.iter().cycle();
    let mut start_next = |check: Option<&&Check>| {
        let (driver, refusal) = (turns.next(), check.map(|check| check.refusal));
        async move { Some(driver?.session(refusal?).await) }
    };
    let mut ready = start_next(chosen.first()).await;
    for (at, check) in chosen.iter().enumerate() {
        let client = ready.take().unwrap_or_else(|| Err("no browser was started".into()));
        let this = async {
            let Ok(client) = client else { return tally.count(check, engine, Instant::now(), client.map(drop)) };
            tally.run(check, engine, &client, server).await;
            drop(tokio::time::timeout(FAREWELL, client.close()).await);
        };
        let ((), next) = tokio::join!(this, start_next(chosen.get(at + 1)));
        ready = next;
    }
    Ok(())
}

/// One browser for all checks but those that need one of their own: it takes longer to start than
/// most checks do. Each check has a new window, and nothing that is stored from before.
async fn in_one_browser(engine: Engine, chosen: &[&Check], server: &Server, tally: &mut Tally) -> Outcome {
    let drivers = [Driver::start(engine)?, Driver::start(engine)?];
    let [for_all, for_one] = &drivers;
    let mut shared: Option<Client> = None;
    for check in chosen {
        let client = match shared.take_if(|_| !check.alone) {
            Some(client) => Ok(client),
            None => if check.alone { for_one } else { for_all }.session(check.refusal).await,
        };
        let Ok(client) = client else {
            tally.count(check, engine, Instant::now(), client.map(drop));
            continue;
        };
        let is_whole = tally.run(check, engine, &client, server).await;
        let page = Page::new(engine, client.clone(), server);
        let cleared = async { is_whole && !check.alone && page.begin_anew().await.is_ok() };
        if tokio::time::timeout(FAREWELL, cleared).await == Ok(true) {
            shared = Some(client);
        } else {
            drop(tokio::time::timeout(FAREWELL, client.close()).await);
        }
    }
    if let Some(client) = shared {
        drop(tokio::time::timeout(FAREWELL, client.close()).await);
    }
    Ok(())
}

impl Tally {
    /// Runs a check and returns whether it passed.
    async fn run(&mut self, check: &Check, engine: Engine, client: &Client, server: &Server) -> bool {
        let start = Instant::now();
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
        let is_passed = outcome.is_ok();
        self.count(check, engine, start, outcome);
        is_passed
    }

    fn count(&mut self, check: &Check, engine: Engine, start: Instant, outcome: Outcome) {
        let seconds = start.elapsed().as_secs_f32();
        match outcome {
            Ok(()) => {
                self.passed += 1;
                println!("test {}::{} ... ok ({seconds:.1} s)", engine.name(), check.name);
            }
            Err(problem) => {
                println!("test {}::{} ... FAILED ({seconds:.1} s)\n    {problem}", engine.name(), check.name);
                self.failed.push(format!("{}::{}", engine.name(), check.name));
            }
        }
    }
}
