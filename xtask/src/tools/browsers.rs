//! Browsers and their drivers, for the tests.
//!
//! Debian and Ubuntu have all three engines, and apt installs them when this runs as root or may
//! use sudo. Elsewhere the browsers that are installed are found, and for one that is not, a
//! message says what to get.

use std::process::Command;

use crate::process::{self, Failure};
use crate::project::Project;

use super::{announce, cargo, install};

/// A browser engine, by the browser that stands for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Engine {
    /// Blink.
    Chromium,
    /// Gecko.
    Firefox,
    /// The engine of every browser on an iPhone.
    WebKit,
}

/// Programs of which one is enough, and the Debian package that has it.
struct Part {
    programs: &'static [&'static str],
    debian: &'static str,
    ubuntu: &'static str,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium and chromedriver",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK's MiniBrowser and WebKitWebDriver",
        }
    }

    fn parts(self) -> &'static [Part] {
        match self {
            Self::Chromium => &[
                Part {
                    programs: &["chromium", "chromium-browser", "google-chrome", "chrome"],
                    debian: "chromium",
                    ubuntu: "chromium-browser",
                },
                Part { programs: &["chromedriver"], debian: "chromium-driver", ubuntu: "chromium-chromedriver" },
            ],
            Self::Firefox => {
                &[Part { programs: &["firefox-esr", "firefox"], debian: "firefox-esr", ubuntu: "firefox" }]
            }
            Self::WebKit => &[
                Part { programs: &["WebKitWebDriver"], debian: "webkit2gtk-driver", ubuntu: "webkit2gtk-driver" },
                // WebKitGTK has no headless mode: it draws on a display that nobody sees.
                Part { programs: &["Xvfb"], debian: "xvfb", ubuntu: "xvfb" },
                Part { programs: &["dbus-run-session"], debian: "dbus", ubuntu: "dbus" },
            ],
        }
    }
}

/// Makes sure that an engine can be driven.
pub fn ensure(project: &Project, engine: Engine) -> Result<(), Failure> {
    let missing: Vec<&Part> = engine.parts().iter().filter(|part| !found(project, part)).collect();
    if !missing.is_empty() {
        install_parts(project, engine, &missing)?;
    }
    match engine {
        Engine::Firefox => cargo::geckodriver(project),
        Engine::Chromium | Engine::WebKit => Ok(()),
    }
}

fn found(project: &Project, part: &Part) -> bool {
    let on_path = part.programs.iter().any(|program| project.program(program).is_some());
    on_path || part.programs.iter().any(|program| is_application(program))
}

/// On a Mac, browsers stand among the applications and not on PATH.
fn is_application(program: &str) -> bool {
    let name = match program {
        "chromium" => "Chromium",
        "google-chrome" => "Google Chrome",
        "firefox" => "Firefox",
        _ => return false,
    };
    let application = format!("/Applications/{name}.app");
    cfg!(target_os = "macos") && std::path::Path::new(&application).is_dir()
}

fn install_parts(project: &Project, engine: Engine, missing: &[&Part]) -> Result<(), Failure> {
    let Some(system) = Apt::of(project) else {
        return Err(without_apt(engine, missing));
    };
    let mut packages: Vec<&str> =
        missing.iter().map(|part| if system.ubuntu { part.ubuntu } else { part.debian }).collect();
    // Without these the clips' Chinese, Japanese and Korean are empty boxes in screenshots.
    packages.push("fonts-noto-cjk");

    let by_hand = format!("sudo apt-get update && sudo apt-get install -y {}", packages.join(" "));
    if !system.may_install(project) {
        return Err(
            Failure::new(format!("The tests need {}, and installing it needs root.", engine.name())).by_hand(by_hand)
        );
    }
    announce(&format!("{} with apt", engine.name()), "about a minute, 100 to 300 MB");
    // A stale list of packages names files that the mirror no longer has.
    install(system.apt_get(project).arg("update"), "The list of packages")?;
    install(system.apt_get(project).args(["install", "-y", "--no-install-recommends"]).args(&packages), engine.name())?;
    match missing.iter().find(|part| !found(project, part)) {
        None => Ok(()),
        Some(part) => Err(Failure::new(format!(
            "{} was installed, but `{}` is still not on PATH.",
            packages.join(", "),
            part.programs.join("` or `")
        ))),
    }
}

fn without_apt(engine: Engine, missing: &[&Part]) -> Failure {
    let programs: Vec<String> = missing.iter().map(|part| format!("`{}`", part.programs.join("` or `"))).collect();
    let hint = match engine {
        Engine::Chromium => "Install Chromium or Chrome, and the chromedriver of the same version.",
        Engine::Firefox => "Install Firefox.",
        Engine::WebKit => {
            "WebKitGTK's driver exists on Linux only: elsewhere leave the step out, and let CI \
             run it."
        }
    };
    Failure::new(format!(
        "The tests need {}, but {} is not on PATH and there is no apt here. {hint}",
        engine.name(),
        programs.join(", ")
    ))
}

/// The package manager of Debian and Ubuntu.
struct Apt {
    ubuntu: bool,
}

impl Apt {
    fn of(project: &Project) -> Option<Self> {
        project.program("apt-get")?;
        let about = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
        let ubuntu = about.lines().any(|line| line == "ID=ubuntu");
        Some(Self { ubuntu })
    }

    fn apt_get(&self, project: &Project) -> Command {
        let mut command = if is_root(project) {
            project.command("apt-get")
        } else {
            let mut sudo = project.command("sudo");
            sudo.args(["-n", "apt-get"]);
            sudo
        };
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-q");
        command
    }

    fn may_install(&self, project: &Project) -> bool {
        is_root(project) || process::is_well(project.command("sudo").args(["-n", "true"]))
    }
}

fn is_root(project: &Project) -> bool {
    process::output_of(project.command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
