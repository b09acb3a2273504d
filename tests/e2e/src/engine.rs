//! The three engines: their drivers, started once each, and a fresh session for every check.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use super::Problem;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, through chromedriver.
    Chromium,
    /// Firefox, through geckodriver.
    Firefox,
    /// WebKitGTK, the engine of every iPhone browser, through WebKitWebDriver.
    WebKit,
}

/// How storage is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not.
    None,
    /// By the browser's own setting; engines without one load `/refused/` instead.
    Storage,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name, in messages and file names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether the browser itself can be told to refuse storage.
    #[must_use]
    pub fn can_refuse_storage(self) -> bool {
        self != Self::WebKit
    }

    /// The arguments by which it keeps what it stores in a folder; WebKit's test browser has none.
    fn keeping(self, profile: &Path) -> Vec<String> {
        match self {
            Self::Chromium => vec![format!("--user-data-dir={}", profile.display())],
            Self::Firefox => vec!["-profile".to_owned(), profile.display().to_string()],
            Self::WebKit => Vec::new(),
        }
    }

    fn capabilities(self, refusal: Refusal) -> Map<String, Value> {
        let refuse = refusal == Refusal::Storage;
        let capabilities = match self {
            Self::Chromium => json!({
                "goog:chromeOptions": {
                    "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        "--lang=en-US", "--window-size=1360,900"],
                    "prefs": if refuse { json!({"profile.default_content_setting_values.cookies": 2}) } else { json!({}) },
                }
            }),
            Self::Firefox => json!({
                "moz:firefoxOptions": {
                    "binary": program(&["firefox-esr", "firefox"]),
                    "args": ["-headless", "-width", "1360", "-height", "900"],
                    "prefs": { "dom.storage.enabled": !refuse, "intl.accept_languages": "en-US" },
                }
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": { "binary": minibrowser(), "args": ["--automation"] },
            }),
        };
        capabilities.as_object().cloned().unwrap_or_default()
    }
}

/// A running driver; it and all its browsers end with it.
#[derive(Debug)]
pub struct Driver {
    engine: Engine,
    port: u16,
    children: Vec<Child>,
}

impl Driver {
    /// Starts the driver of an engine.
    ///
    /// # Errors
    /// When it is not installed or does not answer; the sentence says what to install.
    pub fn start(engine: Engine) -> Result<Self, Problem> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut driver = Self { engine, port, children: Vec::new() };
        match engine {
            Engine::Chromium => driver.spawn(&["chromedriver"], &[&format!("--port={port}")], &[])?,
            Engine::Firefox => driver.spawn(&["geckodriver"], &["--port", &port.to_string(), "--log", "fatal"], &[])?,
            Engine::WebKit => {
                let display = format!(":{}", 90 + port % 900);
                driver.spawn(&["Xvfb"], &[&display, "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], &[])?;
                let environment = [
                    ("DISPLAY", display.as_str()),
                    ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
                    ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1"),
                    ("LANG", "en_US.UTF-8"),
                ];
                let web_driver = program(&["WebKitWebDriver"]);
                driver.spawn(&["dbus-run-session"], &["--", &web_driver, &format!("--port={port}")], &environment)?;
            }
        }
        driver.wait()?;
        Ok(driver)
    }

    /// The process of the driver, whose descendants are its browsers.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.children.last().map_or(0, Child::id)
    }

    fn spawn(&mut self, names: &[&str], arguments: &[&str], environment: &[(&str, &str)]) -> Result<(), Problem> {
        let mut command = Command::new(program(names));
        command.args(arguments).envs(environment.iter().copied()).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command.spawn().map_err(|e| {
            let name = names.first().unwrap_or(&"the driver");
            format!("{name} can't be started ({e}). `cargo xtask test` installs it.")
        })?;
        self.children.push(child);
        Ok(())
    }

    fn wait(&self) -> Result<(), Problem> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            if std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("The driver of {} does not answer.", self.engine.name()).into())
    }

    /// A new browser with nothing stored in it.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn session(&self, refusal: Refusal) -> Result<Client, Problem> {
        self.connect(self.engine.capabilities(refusal)).await
    }

    /// A browser that keeps what it stores in that folder, and finds there what it kept before.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn session_in(&self, profile: &Path) -> Result<Client, Problem> {
        let mut capabilities = self.engine.capabilities(Refusal::None);
        let options = capabilities.values_mut().find_map(|options| options.get_mut("args")?.as_array_mut());
        if let Some(arguments) = options {
            arguments.extend(self.engine.keeping(profile).into_iter().map(Value::from));
        }
        self.connect(capabilities).await
    }

    async fn connect(&self, capabilities: Map<String, Value>) -> Result<Client, Problem> {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let client = builder.connect(&format!("http://127.0.0.1:{}", self.port)).await;
        let client = client.map_err(|e| format!("{} does not start: {e}", self.engine.name()))?;
        client.set_window_size(1360, 900).await?;
        Ok(client)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            // The whole group goes, so that no browser outlives its driver.
            #[cfg(unix)]
            if let Ok(group) = i32::try_from(child.id()) {
                let group = nix::unistd::Pid::from_raw(group);
                // A group that is gone already is what is wanted.
                nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGKILL).ok();
            }
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// The first of these programs that is on the path or where cargo installs; else the first name.
fn program(names: &[&str]) -> String {
    let cargo = std::env::home_dir().map(|home| home.join(".cargo/bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).chain(cargo).collect();
    let found = names.iter().find_map(|name| folders.iter().map(|f| f.join(name)).find(|p| p.is_file()));
    found.map_or_else(|| names.first().unwrap_or(&"").to_string(), |p| p.to_string_lossy().into_owned())
}

/// Where WebKitGTK keeps its test browser.
fn minibrowser() -> String {
    let folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/libexec", "/usr/lib"];
    let versions = ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"];
    let places = folders.iter().flat_map(|f| versions.iter().map(move |v| format!("{f}/{v}/MiniBrowser")));
    places.into_iter().find(|p| std::path::Path::new(p).is_file()).unwrap_or_else(|| "MiniBrowser".to_owned())
}
