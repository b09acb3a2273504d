//! The library in Chromium: how long many clips take to come in, to be listed, to be looked through,
//! beside a page that does the least that could be done ([`crate::site`]'s floor).
//!
//! A sample ([`visit`]) is a fresh browser that goes through all of it once. The marks that are
//! measured are the page's own: `import:start`, `import:done`, `search:typed`, `search:shown`.

mod clips;
mod tables;
mod visit;

use e2e::dice::Dice;
use e2e::engine::Driver;
use e2e::{Engine, Outcome, page};

use crate::arguments::Settings;
use crate::host::Host;
use crate::report;
use crate::site;
use crate::statistics::{Figure, Sample};
use visit::Visit;

/// Measures it with so many clips.
pub async fn run(settings: &Settings, count: usize) -> Outcome {
    let project = page::project();
    let folder = project.join("target/bench");
    let (root, engines) = site::for_library(&project)?;
    println!("Writing {count} clips of {} kB.", clips::CLIP_BYTES / 1000);
    let zips = clips::write_zips(&folder.join("library"), count)?;
    let host = Host::start(&root)?;
    let driver = Driver::start(Engine::Chromium)?;
    let visit = Visit { driver: &driver, host: &host, zips: &zips, count, throttle: settings.throttle };
    let mut dice = Dice::new(11);
    let mut samples = Vec::new();
    for round in 0..settings.rounds {
        let mut engines = engines.clone();
        dice.shuffle(&mut engines);
        for engine in &engines {
            let sample = visit.sample(round, engine).await;
            println!("{}", line(&sample, settings.rounds));
            samples.push(sample);
        }
        samples.sort_by_key(|s: &Sample| (s.round, engines_at(&s.engine)));
        let name = if count == 1000 { "library".to_owned() } else { format!("library-{count}") };
        let tables = tables::markdown(&samples, count, settings);
        report::write(&folder, &name, &tables, &report::json(&samples, settings))?;
    }
    print!("\n{}", tables::markdown(&samples, count, settings));
    println!("All of it is in target/bench, as JSON and as Markdown.");
    Ok(())
}

/// The app's first of all.
fn engines_at(engine: &str) -> usize {
    usize::from(engine != crate::goals::APP)
}

/// A sample as a line of the way there.
fn line(sample: &Sample, rounds: usize) -> String {
    let head = format!("{}/{rounds} {:14}", sample.round + 1, sample.engine);
    if let Some(why) = &sample.failed {
        return format!("{head} failed: {why}");
    }
    let of = |figure| sample.figures.get(&figure).copied().unwrap_or(f64::NAN);
    format!(
        "{head} import {:6.0} ms, list {:5.0} ms, search p95 {:5.0} ms, {:4.0} MB",
        of(Figure::Import),
        of(Figure::Listed),
        of(Figure::AnswerSlow),
        of(Figure::Memory)
    )
}
