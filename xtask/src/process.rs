//! Running other programs, and the one kind of failure that a person sees.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

/// Why a command stopped: one message, with the command that helps when there is one.
#[derive(Debug)]
pub struct Failure {
    message: String,
    next: Option<(&'static str, String)>,
}

impl Failure {
    /// A failure that only needs saying.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), next: None }
    }

    /// The same failure, with a command that a person can run by hand before trying again.
    pub fn by_hand(mut self, command: impl Into<String>) -> Self {
        self.next = Some(("Run this by hand, then try again:", command.into()));
        self
    }

    /// The same failure, with the command that works instead.
    pub fn instead(mut self, command: impl Into<String>) -> Self {
        self.next = Some(("This works:", command.into()));
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.message)?;
        match &self.next {
            Some((how, command)) => write!(out, "\n{how}\n    {command}"),
            None => Ok(()),
        }
    }
}

/// Reads a text file of the project, or says which one could not be read.
pub fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::new(format!("{} can't be read: {error}.", path.display())))
}

/// Runs a program with its output on this terminal; true when it succeeded.
pub fn succeeds(command: &mut Command) -> Result<bool, Failure> {
    command.status().map(|status| status.success()).map_err(|error| not_started(command, &error))
}

/// Whether a program runs and succeeds; its output is thrown away, and so is the reason if not.
pub fn is_well(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program printed, if it ran and succeeded.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// A program that the system would not start.
pub fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("`{}` did not start: {error}.", command.get_program().to_string_lossy()))
}

/// A command as it would be typed, with the variables that change what it does. (Windows has no
/// way to set them on the same line, and the command works without them.)
pub fn typed(command: &Command) -> String {
    let mut text = String::new();
    for (name, value) in command.get_envs() {
        let name = name.to_string_lossy();
        let matters = name == "RUSTDOCFLAGS" || name.starts_with("CARGO_PROFILE");
        if let (true, Some(value), false) = (matters, value, cfg!(windows)) {
            text.push_str(&format!("{name}={} ", quoted(&value.to_string_lossy())));
        }
    }
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    text.push_str(&name.to_string_lossy());
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&quoted(&argument.to_string_lossy()));
    }
    text
}

/// A word as it would be typed.
pub fn quoted(word: &str) -> String {
    if word.contains(' ') { format!("'{word}'") } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_to_run_by_hand() {
        let failure = Failure::new("Trunk is missing.").by_hand("cargo install trunk");
        assert_eq!(
            failure.to_string(),
            "Trunk is missing.\nRun this by hand, then try again:\n    cargo install trunk"
        );
    }

    #[cfg(not(windows))]
    #[test]
    fn a_command_is_shown_as_it_would_be_typed() {
        let mut command = Command::new("cargo");
        command.args(["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings").env("PATH", "/somewhere");
        assert_eq!(typed(&command), "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps");
    }
}
