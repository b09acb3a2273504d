//! A browser on a profile that stays, and how it is killed.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use e2e::engine::Driver;
use e2e::{Engine, Page, Problem, Server, processes};
use fantoccini::Client;
use fantoccini::wd::WindowHandle;

/// How long processes may take to be gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// A folder in which a browser keeps all it has; it goes in the end.
#[derive(Debug)]
pub struct Profile(PathBuf);

impl Profile {
    /// An empty one.
    pub fn new() -> Result<Self, Problem> {
        let folder = std::env::temp_dir().join(format!("clip-viewer-kills-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // A folder that can't be removed harms nobody.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A running browser with an empty page that outlives the page of the app.
#[derive(Debug)]
pub struct Browser {
    engine: Engine,
    client: Client,
    home: WindowHandle,
    driver: Driver,
}

impl Browser {
    /// Starts it with a driver of its own, as a driver may not get over the death of its browser.
    pub async fn start(engine: Engine, profile: &Profile) -> Result<Self, Problem> {
        let driver = Driver::start(engine)?;
        let client = driver.session_in(profile.path()).await?;
        let home = client.window().await?;
        Ok(Self { engine, client, home, driver })
    }

    /// A new window for the app, in front.
    pub async fn open_page<'a>(&self, server: &'a Server) -> Result<Page<'a>, Problem> {
        let window = self.client.new_window(false).await?.handle;
        self.client.switch_to_window(window).await?;
        Ok(Page::new(self.engine, self.client.clone(), server))
    }

    /// Kills the browser, or only the process of the page, and returns when, in milliseconds since 1970.
    pub async fn kill(&self, page_alone: bool) -> Result<u64, Problem> {
        if page_alone {
            // The driver gives up a session whose window in front dies.
            self.client.switch_to_window(self.home.clone()).await?;
        }
        let all = processes::descendants(self.driver.id());
        let victims = if page_alone { Vec::from_iter(self.page_process()) } else { all };
        if victims.is_empty() {
            return Err("The processes of the browser are not known here; killing needs Linux.".into());
        }
        let killed_ms = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_millis();
        processes::kill(&victims);
        let start = Instant::now();
        while victims.iter().any(|id| processes::runs(*id)) {
            if start.elapsed() > PATIENCE {
                return Err("A process that was killed runs still.".into());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(u64::try_from(killed_ms).unwrap_or(u64::MAX))
    }

    /// The app is by far the largest page that is open.
    fn page_process(&self) -> Option<u32> {
        processes::renderers(self.driver.id()).into_iter().max_by_key(|id| processes::resident_kb(*id))
    }
}

/// What is killed, in words.
pub fn victim(page_alone: bool) -> &'static str {
    if page_alone { "page" } else { "browser" }
}
