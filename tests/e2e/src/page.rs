//! The app in a browser, and what a person does with it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use super::server::Build;
use super::{Engine, Outcome, Problem, Server};

/// Counts the frames that were opened.
static FRAMES: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A file made in the page.
#[derive(Debug, Clone)]
pub struct MadeFile {
    /// Its name.
    pub name: String,
    /// Its text, or the number of bytes of zeros when `zeros` is not 0.
    pub text: String,
    /// A file of so many zero bytes instead.
    pub zeros: u64,
    /// A file of these bytes instead.
    pub bytes: Vec<u8>,
}

impl MadeFile {
    /// A text file.
    #[must_use]
    pub fn text(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned(), zeros: 0, bytes: Vec::new() }
    }

    /// A file of zeros.
    #[must_use]
    pub fn zeros(name: &str, zeros: u64) -> Self {
        Self { name: name.to_owned(), text: String::new(), zeros, bytes: Vec::new() }
    }

    /// A file of any bytes.
    #[must_use]
    pub fn bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), text: String::new(), zeros: 0, bytes }
    }

    fn json(&self) -> Value {
        json!({"name": self.name, "text": self.text, "zeros": self.zeros, "bytes": self.bytes})
    }
}

/// The app in a browser.
#[derive(Debug)]
pub struct Page<'a> {
    /// Which engine.
    pub engine: Engine,
    /// The browser.
    pub client: Client,
    server: &'a Server,
}

impl<'a> Page<'a> {
    /// A page of that browser, not opened yet.
    #[must_use]
    pub fn new(engine: Engine, client: Client, server: &'a Server) -> Self {
        Self { engine, client, server }
    }

    /// Opens the app with that query and waits until it is ready.
    ///
    /// # Errors
    /// When it does not get ready.
    pub async fn open(&self, query: &str) -> Outcome {
        self.open_at(&format!("/some/where/{query}")).await
    }

    /// Opens a path of the server and waits until the app is ready.
    ///
    /// # Errors
    /// When it does not get ready.
    pub async fn open_at(&self, path: &str) -> Outcome {
        self.goto(path).await?;
        self.ready().await
    }

    /// Forgets all that the browser keeps of the app, where no app runs that could write again; but not a service worker
    /// and its files, which may outlast that: a check that has one is the only one in its browser.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn forget_all(&self) -> Outcome {
        const SCRIPT: &str = "
            const done = arguments[arguments.length - 1];
            localStorage.clear();
            sessionStorage.clear();
            const gone = indexedDB.deleteDatabase('clip-viewer');
            gone.onsuccess = () => done('');
            gone.onblocked = () => done('');
            gone.onerror = () => done(String(gone.error));";
        self.goto("/nothing").await?;
        let told = self.client.execute_async(SCRIPT, Vec::new()).await?;
        if told == json!("") { Ok(()) } else { Err(format!("the database stays: {told}").into()) }
    }

    /// Goes on in a window of its own, the only one, with nothing kept from before.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn begin_anew(&self) -> Outcome {
        let before = self.client.windows().await?;
        let fresh = self.client.new_window(false).await?.handle;
        for window in before {
            self.client.switch_to_window(window).await?;
            self.client.close_window().await?;
        }
        self.client.switch_to_window(fresh).await?;
        self.client.set_window_size(1360, 900).await?;
        self.forget_all().await
    }

    /// Loads the page anew, once what came in is kept.
    ///
    /// # Errors
    /// When that never ends, or the browser refuses.
    pub async fn reload(&self) -> Outcome {
        const KEPT: &str = "
            const count = (name) => performance.getEntriesByName(name).length;
            return count('import:done') >= count('import:start')";
        self.until("what came in is kept", KEPT).await?;
        Ok(self.client.refresh().await?)
    }

    /// Opens a path without waiting for the app.
    ///
    /// # Errors
    /// When the browser can't.
    pub async fn goto(&self, path: &str) -> Outcome {
        Ok(self.client.goto(&self.server.at(path)).await?)
    }

    /// Opens a file of the disk, as a double click on it does, and waits until the app is ready.
    ///
    /// # Errors
    /// When it does not get ready.
    pub async fn open_file(&self, file: &Path, query: &str) -> Outcome {
        self.client.goto(&format!("file://{}{query}", file.display())).await?;
        self.ready().await
    }

    /// Opens the app in a frame of that size, and goes into it.
    ///
    /// # Errors
    /// When it does not get ready.
    pub async fn open_framed(&self, width: u32, height: u32, query: &str) -> Outcome {
        // A fresh address each time: Firefox would take a frame of the same page back to where it was.
        let fresh = FRAMES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.goto(&format!("/frame.html?{width},{height},{query},{fresh}")).await?;
        let frame = self.client.find(Locator::Css("iframe")).await?;
        frame.enter_frame().await?;
        self.ready().await
    }

    /// Opens the app at that size: in a frame, or in a window of that size where the driver never
    /// answers when it is asked for a picture of a frame, as WebKit's does.
    ///
    /// # Errors
    /// When it does not get ready.
    pub async fn open_sized(&self, width: u32, height: u32) -> Outcome {
        if self.engine != Engine::WebKit {
            return self.open_framed(width, height, "").await;
        }
        self.client.set_window_size(width, height).await?;
        self.open("").await
    }

    /// Waits until the app is ready and, where that comes soon, whole, and counts what its policy refuses from then on.
    ///
    /// # Errors
    /// When it does not get ready.
    pub async fn ready(&self) -> Outcome {
        self.ready_in_part().await?;
        // The later part comes at once for a hand that moves, but waits for a clip that is on its way.
        self.run("dispatchEvent(new PointerEvent('pointermove'))").await?;
        let whole = "const [ready] = performance.getEntriesByName('app:ready');
            return performance.getEntriesByName('app:whole').length > 0 || performance.now() - ready.startTime > 3000";
        self.until("the app is whole", whole).await
    }

    /// Waits until the app is ready: most of it may still be on its way.
    ///
    /// # Errors
    /// When it does not get ready.
    pub async fn ready_in_part(&self) -> Outcome {
        let ready = "const has = (name) => performance.getEntriesByName(name).length > 0; return has('app:ready') && !has('app:failed')";
        self.until("the app is ready", ready).await?;
        self.run("window.refused = window.refused || (addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective + ' ' + e.blockedURI)), [])").await?;
        Ok(())
    }

    /// Runs a script and returns its result.
    ///
    /// # Errors
    /// When it throws.
    pub async fn run(&self, script: &str) -> Result<Value, Problem> {
        self.run_with(script, Vec::new()).await
    }

    /// Runs a script with arguments.
    ///
    /// # Errors
    /// When it throws.
    pub async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Problem> {
        self.client.execute(script, arguments).await.map_err(|e| format!("{e} in: {script}").into())
    }

    /// A number that a script returns; NaN when it is none.
    ///
    /// # Errors
    /// When it throws.
    pub async fn number(&self, script: &str) -> Result<f64, Problem> {
        Ok(self.run(script).await?.as_f64().unwrap_or(f64::NAN))
    }

    /// A text that a script returns; empty when it is none.
    ///
    /// # Errors
    /// When it throws.
    pub async fn text(&self, script: &str) -> Result<String, Problem> {
        Ok(self.run(script).await?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a script returns something true.
    ///
    /// # Errors
    /// When it never does.
    pub async fn until(&self, what: &str, script: &str) -> Outcome {
        let start = Instant::now();
        let mut last = Value::Null;
        while start.elapsed() < PATIENCE {
            last = match self.run(script).await {
                Ok(value) if value != json!(false) && !value.is_null() && value != json!(0) => {
                    return Ok(());
                }
                Ok(value) => value,
                Err(error) => json!(error.to_string()),
            };
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        Err(format!("waited in vain until {what} (last: {last}). {}", self.state().await).into())
    }

    /// What a person sees and where the focus is, in a line: what a check that failed leaves to go by.
    async fn state(&self) -> String {
        const SCRIPT: &str = "
            const short = (text) => (text ?? '').replace(/\\s+/g, ' ').trim().slice(0, 300);
            const active = document.activeElement;
            const marks = performance.getEntriesByType('mark').slice(-6).map((m) => m.name + '@' + Math.round(m.startTime));
            return ['at ' + location.href, 'focus on ' + short(active?.outerHTML).slice(0, 80), 'marks ' + marks,
                'now ' + Math.round(performance.now()), 'notices: ' + short(document.querySelector('#notices')?.innerText),
                'crash: ' + short(document.getElementById('crash')?.innerText),
                'page: ' + short(document.getElementById('main')?.innerText)].join('; ')";
        self.text(SCRIPT).await.unwrap_or_else(|error| error.to_string())
    }

    /// Waits until a clip with that title is shown whole, and the tab has its title and address, which come
    /// last.
    ///
    /// # Errors
    /// When it never is.
    pub async fn shows(&self, title: &str) -> Outcome {
        let script = format!(
            "const clip = document.querySelector('article#clip');
            return clip?.dataset.state === 'ready' && clip.getAttribute('aria-busy') === 'false'
                && document.querySelector('#clip h1')?.textContent === {0} && document.title.includes({0})
                && performance.getEntriesByName('clip:rendered').length > 0",
            json!(title)
        );
        self.until(&format!("“{title}” is shown"), &script).await
    }

    /// Picks files with the app's own input.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn upload(&self, files: &[&Path]) -> Outcome {
        let input = self.client.find(Locator::Css("input#open-files")).await?;
        let paths: Vec<String> = files.iter().map(|f| f.to_string_lossy().into_owned()).collect();
        Ok(input.send_keys(&paths.join("\n")).await?)
    }

    /// Picks a folder with the app's own input.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn upload_folder(&self, folder: &Path) -> Outcome {
        let input = self.client.find(Locator::Css("input#open-folder")).await?;
        Ok(input.send_keys(&folder.to_string_lossy()).await?)
    }

    /// Drops files that are made in the page on the window.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn drop_files(&self, files: &[MadeFile]) -> Outcome {
        const SCRIPT: &str = "
            const transfer = new DataTransfer();
            for (const { name, text, zeros, bytes } of arguments[0]) {
                const parts = zeros ? [new Uint8Array(zeros)] : bytes.length ? [new Uint8Array(bytes)] : [text];
                transfer.items.add(new File(parts, name, { type: 'text/markdown' }));
            }
            for (const kind of ['dragenter', 'dragover', 'drop']) {
                document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
            }";
        let files: Vec<Value> = files.iter().map(MadeFile::json).collect();
        self.run_with(SCRIPT, vec![json!(files)]).await?;
        Ok(())
    }

    /// Pastes text anywhere on the page.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn paste(&self, text: &str) -> Outcome {
        const SCRIPT: &str = "
            const transfer = new DataTransfer();
            transfer.setData('text/plain', arguments[0]);
            document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: transfer, dataType: 'text/plain', data: arguments[0] }));";
        self.run_with(SCRIPT, vec![json!(text)]).await?;
        Ok(())
    }

    /// Presses keys, one after the other, as a keyboard does.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn press(&self, keys: &str) -> Outcome {
        self.come_forward().await?;
        let actions = keys.chars().fold(KeyActions::new("keyboard".to_owned()), |actions, key| {
            actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
        });
        self.client.perform_actions(actions).await?;
        Ok(())
    }

    /// Presses the pointer at a point of the window and lets it go at another one.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn drag(&self, from: (f64, f64), to: (f64, f64)) -> Outcome {
        self.come_forward().await?;
        let pause = Duration::from_millis(60);
        let to_point = |(x, y): (f64, f64)| PointerAction::MoveTo { duration: Some(pause), x, y };
        let actions = MouseActions::new("mouse".to_owned())
            .then(to_point(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(to_point(((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0)))
            .then(to_point(to))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(actions).await?;
        Ok(())
    }

    /// Presses a key while another one is held down.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn chord(&self, held: char, key: char) -> Outcome {
        self.come_forward().await?;
        let actions = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value: held })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: held });
        Ok(self.client.perform_actions(actions).await?)
    }

    /// A window of Firefox without the system's focus hears keys, but Enter presses no button in it; on a
    /// busy machine its first window may be such a one.
    async fn come_forward(&self) -> Outcome {
        if self.engine == Engine::Firefox && self.run("return document.hasFocus()").await? == json!(false) {
            let window = self.client.window().await?;
            self.client.switch_to_window(window).await?;
            self.until("the window has the focus", "return document.hasFocus()").await?;
        }
        Ok(())
    }

    /// Clicks the first element that matches.
    ///
    /// # Errors
    /// When there is none, or it can't be clicked.
    pub async fn click(&self, selector: &str) -> Outcome {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.map_err(|e| format!("{selector} is not there: {e}"))?;
        element.click().await.map_err(|e| format!("{selector} can't be clicked: {e}").into())
    }

    /// How many elements match.
    ///
    /// # Errors
    /// When the selector is not valid.
    pub async fn count(&self, selector: &str) -> Result<u64, Problem> {
        let script = "return document.querySelectorAll(arguments[0]).length";
        Ok(self.run_with(script, vec![json!(selector)]).await?.as_u64().unwrap_or(0))
    }

    /// The text of the first element that matches; empty when there is none.
    ///
    /// # Errors
    /// When the selector is not valid.
    pub async fn words(&self, selector: &str) -> Result<String, Problem> {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        Ok(self.run_with(script, vec![json!(selector)]).await?.as_str().unwrap_or_default().to_owned())
    }

    /// What axe-core finds wrong, as sentences.
    ///
    /// # Errors
    /// When axe-core is not installed.
    pub async fn axe(&self) -> Result<Vec<String>, Problem> {
        let file = project().join("node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(file).map_err(|_| "axe-core is missing. `cargo xtask test` installs it.")?;
        self.run(&axe).await?;
        const SCRIPT: &str = "
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                (found) => done(found.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))),
                (error) => done([String(error)]));";
        let found = self.client.execute_async(SCRIPT, Vec::new()).await?;
        let found = found.as_array().cloned().unwrap_or_default();
        Ok(found.iter().map(|v| v.as_str().unwrap_or_default().to_owned()).collect())
    }

    /// From now on the host of `/kept/` serves that.
    pub fn serve(&self, build: Build) {
        self.server.serve(build);
    }

    /// The origin of the app.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.at("")
    }

    /// Sends a command of Chromium's own protocol.
    ///
    /// # Errors
    /// When the browser is another one, or refuses.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, Problem> {
        super::devtools::send(&self.client, command, parameters).await
    }

    /// Leaves a picture in `target/screenshots`.
    ///
    /// # Errors
    /// When it can't be written.
    pub async fn screenshot(&self, name: &str) -> Outcome {
        let folder = project().join("target/screenshots");
        std::fs::create_dir_all(&folder)?;
        // WebKitGTK waits for the next frame, and a page at rest paints none.
        self.run(
            "let n = 0; window.painting = setInterval(() => { document.body.style.opacity = 1 - n++ % 2 / 1000; }, 16)",
        )
        .await?;
        let picture = tokio::time::timeout(Duration::from_secs(15), self.client.screenshot()).await??;
        self.run("clearInterval(window.painting); document.body.style.opacity = ''").await?;
        Ok(std::fs::write(folder.join(format!("{}-{name}.png", self.engine.name())), picture)?)
    }

    /// What the policy refused, and what was asked of other hosts, so far.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn trespasses(&self) -> Result<Vec<String>, Problem> {
        const SCRIPT: &str = "
            const elsewhere = performance.getEntriesByType('resource').map((e) => e.name)
                .filter((name) => !name.startsWith(location.origin) && !/^(blob|data):/.test(name));
            return [...(window.refused ?? []), ...elsewhere];";
        let found = self.run(SCRIPT).await?;
        let found = found.as_array().cloned().unwrap_or_default();
        Ok(found.iter().map(|v| v.as_str().unwrap_or_default().to_owned()).collect())
    }
}

/// The project's folder.
#[must_use]
pub fn project() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().and_then(Path::parent).unwrap_or(here).to_path_buf()
}
