//! One sample of the library: a fresh Chromium takes the clips in, comes back to the list, scrolls
//! it, and looks for words key by key.

use std::path::PathBuf;
use std::time::Duration;

use e2e::engine::Driver;
use e2e::{Problem, Refusal, devtools};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use super::clips::QUERIES;
use crate::host::Host;
use crate::memory;
use crate::sample::{FAREWELL, note, seen};
use crate::statistics::{Figure, Key, Sample, median, percentile};

const PROBE: &str = include_str!("probe.js");

/// How often the list is come back to; the middle one counts.
const RETURNS: usize = 3;
/// How long any step may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long the import of a zip may take.
const IMPORT_PATIENCE: Duration = Duration::from_secs(900);
/// An answer is whole when no more has come of it for so long.
const QUIET_MS: u64 = 150;

/// What samples are taken with.
#[derive(Debug)]
pub struct Visit<'a> {
    /// Starts browsers.
    pub driver: &'a Driver,
    /// Serves the pages.
    pub host: &'a Host,
    /// The zips that come in, one after the other.
    pub zips: &'a [PathBuf],
    /// How many clips are in them.
    pub count: usize,
    /// How many times slower the main thread shall be.
    pub throttle: f64,
}

impl Visit<'_> {
    /// Takes a sample. One that fails says why, and keeps what was measured before.
    pub async fn sample(&self, round: usize, engine: &str) -> Sample {
        let (input, engine) = (format!("{} clips", self.count), engine.to_owned());
        let mut sample = Sample { round, input, engine, ..Sample::default() };
        match self.driver.session(Refusal::None).await {
            Ok(client) => {
                if let Err(problem) = self.fill(&client, &mut sample).await {
                    sample.failed = Some(problem.to_string());
                }
                // A browser that does not go ends with its driver.
                drop(tokio::time::timeout(FAREWELL, client.close()).await);
            }
            Err(problem) => sample.failed = Some(problem.to_string()),
        }
        sample
    }

    async fn fill(&self, client: &Client, sample: &mut Sample) -> Result<(), Problem> {
        self.host.reset();
        devtools::send(client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": PROBE })).await?;
        if self.throttle > 1.0 {
            devtools::send(client, "Emulation.setCPUThrottlingRate", json!({ "rate": self.throttle })).await?;
        }
        self.import(client, sample).await?;
        self.list(client, sample).await?;
        self.scroll(client, sample).await?;
        self.search(client, sample).await?;
        if let Some(private_mb) = memory::private_mb(self.driver.id()) {
            sample.figures.insert(Figure::Memory, private_mb);
        }
        Ok(())
    }

    async fn goto(&self, client: &Client, engine: &str, query: &str) -> Result<(), Problem> {
        // An address that differs in nothing would only be scrolled to.
        client.goto("about:blank").await?;
        Ok(client.goto(&self.host.at(&format!("/{engine}/{query}"))).await?)
    }

    /// Runs a step of the script in the page, and returns what that saw.
    async fn step(&self, client: &Client, step: &str, patience: Duration) -> Result<Value, Problem> {
        client.execute(&format!("bench.{step}"), Vec::new()).await?;
        seen(self.host, patience).await
    }

    async fn import(&self, client: &Client, sample: &mut Sample) -> Result<(), Problem> {
        self.goto(client, &sample.engine, "").await?;
        self.step(client, "arrive()", PATIENCE).await?;
        let watch = memory::Watch::start(self.driver.id());
        let (mut took_ms, mut longest_ms) = (0.0, 0.0_f64);
        for zip in self.zips {
            client.execute(&format!("bench.importing({})", IMPORT_PATIENCE.as_millis()), Vec::new()).await?;
            let input = client.find(Locator::Css("input#open-files")).await?;
            input.send_keys(&zip.to_string_lossy()).await?;
            let seen = seen(self.host, IMPORT_PATIENCE + PATIENCE).await?;
            took_ms += number(&seen, "took");
            longest_ms = longest_ms.max(number(&seen, "longest"));
        }
        sample.figures.extend([(Figure::Import, took_ms), (Figure::ImportLongest, longest_ms)]);
        sample.figures.extend(watch.growth_mb().map(|growth| (Figure::ImportPeak, growth)));
        Ok(())
    }

    async fn list(&self, client: &Client, sample: &mut Sample) -> Result<(), Problem> {
        let (mut listed, mut from_ready) = (Vec::new(), Vec::new());
        for _ in 0..RETURNS {
            self.goto(client, &sample.engine, "?library").await?;
            let seen = self.step(client, "listed()", PATIENCE).await?;
            listed.push(number(&seen, "listed"));
            from_ready.push(number(&seen, "fromReady"));
        }
        let middles = [(Figure::Listed, median(listed)), (Figure::ListedFromReady, median(from_ready))];
        sample.figures.extend(middles.into_iter().filter_map(|(figure, middle)| Some((figure, middle?))));
        Ok(())
    }

    async fn scroll(&self, client: &Client, sample: &mut Sample) -> Result<(), Problem> {
        // The floor lists a screen alone, unless it is asked for more.
        let query = if sample.engine == crate::goals::APP { "?library" } else { "?all" };
        self.goto(client, &sample.engine, query).await?;
        self.step(client, "arrive()", PATIENCE).await?;
        let seen = self.step(client, &format!("scroll({})", self.count), PATIENCE).await?;
        note(
            sample,
            &seen,
            &[
                ("longest", Figure::ScrollLongest),
                ("worst", Figure::ScrollWorst),
                ("dropped", Figure::ScrollDropped),
                ("frames", Figure::ScrollFrames),
            ],
        );
        Ok(())
    }

    async fn search(&self, client: &Client, sample: &mut Sample) -> Result<(), Problem> {
        self.goto(client, &sample.engine, "?library").await?;
        self.step(client, "arrive()", PATIENCE).await?;
        let mut longest_ms = 0.0_f64;
        for query in QUERIES {
            self.step(client, "clear()", PATIENCE).await?;
            let mut typed = String::new();
            for character in query.chars() {
                typed.push(character);
                press(client, character).await?;
                let answered = format!("answered({QUIET_MS}, {})", PATIENCE.as_millis());
                let seen = self.step(client, &answered, PATIENCE).await?;
                let of = |name| number(&seen, name);
                longest_ms = longest_ms.max(of("longest"));
                let (first_ms, whole_ms, painted_ms) = (of("first"), of("whole"), of("painted"));
                sample.keys.push(Key { typed: typed.clone(), first_ms, whole_ms, painted_ms });
            }
        }
        sample.figures.insert(Figure::SearchLongest, longest_ms);
        sample.figures.extend(of_keys(&sample.keys));
        Ok(())
    }
}

/// The first key, which has the words read from the database, and how the others spread.
fn of_keys(keys: &[Key]) -> Vec<(Figure, f64)> {
    let Some((cold, warm)) = keys.split_first() else { return Vec::new() };
    let of = |percent, one: fn(&Key) -> f64| percentile(warm.iter().map(one), percent);
    let spread = [
        (Figure::Cold, Some(cold.first_ms)),
        (Figure::ColdWhole, Some(cold.whole_ms)),
        (Figure::AnswerHalf, of(50, |key| key.first_ms)),
        (Figure::AnswerSlow, of(95, |key| key.first_ms)),
        (Figure::WholeHalf, of(50, |key| key.whole_ms)),
        (Figure::WholeSlow, of(95, |key| key.whole_ms)),
        (Figure::PaintedHalf, of(50, |key| key.painted_ms)),
        (Figure::PaintedSlow, of(95, |key| key.painted_ms)),
    ];
    spread.into_iter().filter_map(|(figure, value)| Some((figure, value?))).collect()
}

/// Presses a key as a keyboard does, or an input method for what no key is for.
async fn press(client: &Client, character: char) -> Result<(), Problem> {
    let text = character.to_string();
    for (kind, text) in [("keyDown", Some(&text)), ("keyUp", None)] {
        let key = json!({ "type": kind, "text": text, "unmodifiedText": text, "key": character.to_string() });
        let key: serde_json::Map<String, Value> =
            key.as_object().cloned().unwrap_or_default().into_iter().filter(|(_, value)| !value.is_null()).collect();
        devtools::send(client, "Input.dispatchKeyEvent", Value::Object(key)).await?;
    }
    Ok(())
}

fn number(seen: &Value, name: &str) -> f64 {
    seen.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_key_is_told_apart() {
        let key = |first_ms: f64| Key { first_ms, whole_ms: first_ms * 2.0, painted_ms: first_ms, ..Key::default() };
        let keys: Vec<Key> = [900.0, 4.0, 1.0, 2.0, 3.0].map(key).to_vec();
        let figures = of_keys(&keys);
        let of = |figure| figures.iter().find(|(name, _)| *name == figure).map(|(_, value)| *value);
        assert_eq!(of(Figure::Cold), Some(900.0));
        assert_eq!((of(Figure::AnswerHalf), of(Figure::AnswerSlow)), (Some(2.0), Some(4.0)));
        assert_eq!(of(Figure::WholeSlow), Some(8.0));
        assert_eq!(of_keys(&[]), []);
    }
}
