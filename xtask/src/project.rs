//! Where the project stands, and how its commands see the machine.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::Failure;

/// The project's folder and the search path for programs that goes with it.
pub struct Project {
    root: PathBuf,
    search_path: Vec<PathBuf>,
}

impl Project {
    /// The project that this program was built from.
    pub fn find() -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .filter(|root| root.join("Cargo.toml").is_file())
            .ok_or_else(|| {
                Failure::new("The project has moved since this command was built.").by_hand("cargo clean -p xtask")
            })?
            .to_owned();
        let mut search_path = vec![root.join(".tools").join("bin"), root.join("node_modules").join(".bin")];
        search_path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        search_path.extend(cargo_bin());
        Ok(Self { root, search_path })
    }

    /// A file or folder of the project.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A program to run in the project's folder, with the project's own tools found first.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.program(program).unwrap_or_else(|| PathBuf::from(program)));
        command.current_dir(&self.root);
        if let Ok(path) = env::join_paths(&self.search_path) {
            command.env("PATH", path);
        }
        // Trunk reads NO_COLOR as a boolean, and refuses to start on the customary `1`.
        if env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        command
    }

    /// Cargo, the one that runs this program, named so that a repeated command can be typed.
    pub fn cargo(&self) -> Command {
        self.command("cargo")
    }

    /// Where a program is found, if it is.
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
        self.search_path
            .iter()
            .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
            .find(|path| path.is_file())
    }
}

/// Where `cargo install` puts programs, which is not on everybody's PATH.
fn cargo_bin() -> Option<PathBuf> {
    let home = |name: &str| env::var_os(name).filter(|value: &OsString| !value.is_empty());
    let cargo_home = home("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| home("HOME").or_else(|| home("USERPROFILE")).map(|user| PathBuf::from(user).join(".cargo")))?;
    Some(cargo_home.join("bin"))
}
