//! One sample: a fresh Chromium that opens one page and gets one file.

use std::time::Duration;

use e2e::engine::Driver;
use e2e::{Problem, Refusal, devtools};
use fantoccini::Client;
use serde_json::{Value, json};

use crate::host::Host;
use crate::inputs::Input;
use crate::memory::Watch;
use crate::site::{self, Site};
use crate::statistics::{Figure, Sample};

const PROBE: &str = include_str!("probe.js");

/// How long a page may take to get ready, and to rest afterwards.
const ARRIVAL: Duration = Duration::from_secs(90);
/// How long the end of a browser may take.
pub const FAREWELL: Duration = Duration::from_secs(10);

/// What samples are taken with.
#[derive(Debug)]
pub struct Bench<'a> {
    /// Starts browsers.
    pub driver: &'a Driver,
    /// Serves the pages.
    pub host: &'a Host,
    /// What there is to open.
    pub site: &'a Site,
    /// How many times slower the main thread shall be.
    pub throttle: f64,
}

impl Bench<'_> {
    /// Takes a sample. One that fails says why, and keeps what was measured before.
    pub async fn sample(&self, round: usize, input: &Input, engine: &str) -> Sample {
        let (name, engine) = (input.name.to_owned(), engine.to_owned());
        let mut sample = Sample { round, input: name, engine, ..Sample::default() };
        match self.driver.session(Refusal::None).await {
            Ok(client) => {
                if let Err(problem) = self.fill(&client, input, &mut sample).await {
                    sample.failed = Some(problem.to_string());
                }
                // A browser that does not go ends with its driver.
                drop(tokio::time::timeout(FAREWELL, client.close()).await);
            }
            Err(problem) => sample.failed = Some(problem.to_string()),
        }
        sample
    }

    async fn fill(&self, client: &Client, input: &Input, sample: &mut Sample) -> Result<(), Problem> {
        let page = site::page(&sample.engine);
        let html = site::wants_html(&sample.engine);
        self.host.reset();
        devtools::send(client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": PROBE })).await?;
        if self.throttle > 1.0 {
            devtools::send(client, "Emulation.setCPUThrottlingRate", json!({ "rate": self.throttle })).await?;
        }
        client.goto(&self.host.at(&format!("/{}/", sample.engine))).await?;
        client.execute("bench.arrive(...arguments)", vec![page.clone(), json!(input.file(html))]).await?;
        let about = seen(self.host, ARRIVAL).await?;
        note(sample, &about, &[("ready", Figure::Ready), ("paint", Figure::Paint)]);
        seen(self.host, ARRIVAL).await?;
        sample.figures.insert(Figure::Transfer, kilobytes(self.host.sent()));

        let watch = Watch::start(self.driver.id());
        client.execute("bench.open(...arguments)", vec![page.clone(), input.json(html)]).await?;
        let patience = Duration::from_secs(input.patience_s * 2 + 30);
        let opened = seen(self.host, patience).await?;
        note(sample, &opened, &[("first", Figure::First), ("all", Figure::All), ("longest", Figure::Longest)]);
        let marks = opened.get("marks").and_then(Value::as_object).into_iter().flatten();
        sample.marks = marks.filter_map(|(name, at)| Some((name.clone(), at.as_f64()?))).collect();
        if let Some(growth) = watch.growth_mb() {
            sample.figures.insert(Figure::Peak, growth);
        }

        let between = self.site.between.json(html);
        client.execute("bench.again(...arguments)", vec![page, input.json(html), between]).await?;
        let again = seen(self.host, patience).await?;
        note(sample, &again, &[("first", Figure::AgainFirst), ("all", Figure::AgainAll)]);
        Ok(())
    }
}

/// What the page saw next; an error when that is a failure or an error in the page.
pub async fn seen(host: &Host, patience: Duration) -> Result<Value, Problem> {
    let seen = host.result(patience).await?;
    let words = |name: &str| seen.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let errors = seen.get("errors").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let errors: Vec<&str> = errors.collect();
    let failed = words("failed");
    if failed.is_empty() && errors.is_empty() {
        return Ok(seen);
    }
    let said = [failed, errors.join(" "), words("said")];
    let said = said.iter().map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    Err(said.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ").into())
}

/// Takes those figures of what the page saw that it has.
pub fn note(sample: &mut Sample, seen: &Value, names: &[(&str, Figure)]) {
    let figures = names.iter().filter_map(|(name, figure)| Some((*figure, seen.get(name)?.as_f64()?)));
    sample.figures.extend(figures);
}

#[expect(clippy::cast_precision_loss, reason = "a page has far fewer bytes than a float can count")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}
