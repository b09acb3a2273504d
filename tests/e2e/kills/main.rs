//! What is left when a browser is killed: `cargo xtask kills`.
//!
//! Every round starts a browser on the same profile, holds what is there against what has to be there
//! ([`ledger`]), reads a clip, and then imports clips, changes stations and scrolls until, at a moment
//! that a seed chooses, the browser is killed; every third time, in Chromium, only the process of
//! the page ([`browser`]). Whatever was there a second before has to be there whole afterwards. `--kills N`,
//! `--seed N` and `--engine chromium|firefox` are known. It needs Linux, which tells the ids of processes.

mod browser;
mod clips;
mod ledger;
mod report;
mod visit;

use std::process::ExitCode;

use e2e::dice::Dice;
use e2e::{Engine, Problem, Server, page};

use browser::Browser;
use ledger::Ledger;
use report::Report;
use visit::Visit;

/// What was asked for.
struct Settings {
    engine: Engine,
    kills: usize,
    seed: u64,
}

/// How many kills there are unless told otherwise.
const KILLS: usize = 100;
/// Every so many kills only the page's process is killed.
const PAGE_ALONE: usize = 3;

fn main() -> ExitCode {
    if !cfg!(target_os = "linux") {
        println!("Which processes a browser has is known on Linux alone, so none is killed here.");
        println!("\ntest result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out");
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(Problem::from).and_then(|runtime| {
        let settings = settings(std::env::args().skip(1))?;
        runtime.block_on(run(&settings))
    });
    match outcome {
        Ok(report) => {
            print!("{report}");
            if report.is_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(problem) => {
            println!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn settings(words: impl IntoIterator<Item = String>) -> Result<Settings, Problem> {
    let mut settings = Settings { engine: Engine::Chromium, kills: KILLS, seed: 1 };
    let mut words = words.into_iter();
    while let Some(option) = words.next() {
        let value = words.next().ok_or_else(|| format!("`{option}` needs a value after it."))?;
        let senseless = || format!("“{value}” makes no sense after `{option}`.");
        match option.as_str() {
            "--kills" => settings.kills = value.parse().ok().filter(|n| *n > 0).ok_or_else(senseless)?,
            "--seed" => settings.seed = value.parse().map_err(|_| senseless())?,
            "--engine" => {
                // WebKit's test browser keeps nothing beyond its session.
                let engines = [Engine::Chromium, Engine::Firefox];
                settings.engine = engines.into_iter().find(|e| e.name() == value).ok_or_else(senseless)?;
            }
            _ => return Err(format!("“{option}” means nothing here.").into()),
        }
    }
    Ok(settings)
}

/// Kills as often as was asked, and looks once more after the last time.
async fn run(settings: &Settings) -> Result<Report, Problem> {
    let server = Server::start(&page::project().join("dist"))?;
    let profile = browser::Profile::new()?;
    let mut dice = Dice::new(settings.seed);
    let mut ledger = Ledger::default();
    let mut report = Report::default();
    let mut running: Option<Browser> = None;
    for round in 0..=settings.kills {
        let browser = match running.take() {
            Some(browser) => browser,
            None => Browser::start(settings.engine, &profile).await?,
        };
        let page = browser.open_page(&server).await?;
        let mut visit = Visit { page: &page, dice: &mut dice, ledger: &mut ledger };
        let faults = visit.look().await;
        if round > 0 {
            report.judged(round, faults);
        } else if let Some(fault) = faults.first() {
            return Err(format!("The page does not even begin: {fault}").into());
        }
        if round == settings.kills {
            break;
        }
        // Firefox ends as a whole when a page of it dies while a driver steers it.
        let page_alone = settings.engine == Engine::Chromium && round % PAGE_ALONE == PAGE_ALONE - 1;
        let told = visit.act(round).await?;
        let killed_ms = browser.kill(page_alone).await?;
        ledger.killed(killed_ms);
        println!("kill {:3} of {} ({}): {told}", round + 1, settings.kills, browser::victim(page_alone));
        report.killed(page_alone);
        running = page_alone.then_some(browser);
    }
    report.clips = ledger.clips();
    report.stations = ledger.stations();
    Ok(report)
}
