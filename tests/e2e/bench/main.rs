//! The app beside other pages that show the same clips, in Chromium: `cargo xtask bench`.
//!
//! Every sample is a fresh browser ([`sample`]); a round takes one of each page for each input, in
//! an order of its own, and only figures of one round are compared ([`statistics`]), since a busy
//! machine drifts. What the app is to reach stands in [`goals`]. A goal that is missed is shown,
//! and does not fail the run. With `--library N` it is the list of N clips that is measured
//! ([`library`]).

mod arguments;
mod goals;
mod host;
mod inputs;
mod library;
mod memory;
mod report;
mod sample;
mod site;
mod statistics;
mod text;

use std::process::ExitCode;

use e2e::dice::Dice;
use e2e::engine::Driver;
use e2e::{Engine, Outcome, Problem, page};

use arguments::Settings;
use host::Host;
use inputs::Input;
use sample::Bench;
use site::Site;
use statistics::{Figure, Sample};

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(Problem::from).and_then(|runtime| {
        let settings = Settings::read(std::env::args().skip(1))?;
        match settings.library {
            Some(count) => runtime.block_on(library::run(&settings, count)),
            None => runtime.block_on(run(&settings)),
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(settings: &Settings) -> Outcome {
    let project = page::project();
    let site = Site::prepare(&project, settings)?;
    let sizes: Vec<_> = site.inputs.iter().map(|input| (input.name, megabytes(&site, input))).collect();
    let host = Host::start(&site.folder)?;
    let driver = Driver::start(Engine::Chromium)?;
    let bench = Bench { driver: &driver, host: &host, site: &site, throttle: settings.throttle };
    let folder = project.join("target/bench");
    let mut dice = Dice::new(7);
    let mut samples = Vec::new();
    for round in 0..settings.rounds {
        for input in site.inputs.iter().filter(|input| round < input.most_rounds) {
            let mut engines: Vec<&String> =
                site.engines.iter().filter(|engine| !input.app_alone || *engine == goals::APP).collect();
            dice.shuffle(&mut engines);
            for engine in engines {
                let sample = bench.sample(round, input, engine).await;
                println!("{}", line(&sample, settings.rounds.min(input.most_rounds)));
                samples.push(sample);
            }
        }
        // After every round, so that a run that is stopped leaves what it has.
        in_order(&mut samples, &site);
        let tables = report::markdown(&samples, &sizes, settings);
        report::write(&folder, "browser", &tables, &report::json(&samples, settings))?;
    }
    print!("\n{}", report::markdown(&samples, &sizes, settings));
    println!("All of it is in target/bench/browser.json, the tables also in target/bench/browser.md.");
    Ok(())
}

/// Sorts samples as the site has its inputs and pages.
fn in_order(samples: &mut [Sample], site: &Site) {
    let input = |s: &Sample| site.inputs.iter().position(|input| input.name == s.input);
    let engine = |s: &Sample| site.engines.iter().position(|engine| *engine == s.engine);
    samples.sort_by_key(|s| (input(s), s.round, engine(s)));
}

/// A sample as a line of the way there.
fn line(sample: &Sample, rounds: usize) -> String {
    let head = format!("{}/{rounds} {:8} {:12}", sample.round + 1, sample.input, sample.engine);
    if let Some(why) = &sample.failed {
        return format!("{head} failed: {why}");
    }
    let ms = |figure| sample.figures.get(&figure).copied().unwrap_or(f64::NAN);
    format!("{head} first {:6.0} ms, all {:6.0} ms", ms(Figure::First), ms(Figure::All))
}

#[expect(clippy::cast_precision_loss, reason = "a clip has far fewer bytes than a float can count")]
fn megabytes(site: &Site, input: &Input) -> f64 {
    let file = site.folder.join("inputs").join(input.file(false));
    std::fs::metadata(file).map_or(f64::NAN, |about| about.len() as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_keeps_everything_and_repeats_itself() {
        let shuffled = |seed| {
            let mut things = [1, 2, 3, 4, 5, 6, 7, 8];
            Dice::new(seed).shuffle(&mut things);
            things
        };
        assert_eq!(shuffled(1), shuffled(1));
        assert_ne!(shuffled(1), shuffled(2));
        let mut sorted = shuffled(1);
        sorted.sort_unstable();
        assert_eq!(sorted, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(Dice::new(1).roll(0), 0);
    }
}
