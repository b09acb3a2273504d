//! The project's own commands, run as `cargo xtask NAME`.
//!
//! Start at [`COMMANDS`]: a table of names, one file each. What a command needs from outside
//! (a compiler target, a bundler, a browser) is named in [`tools`] and installed when it is first
//! needed. It depends on next to nothing: this program builds before everything else.
//!
//! A command never shows a stack trace: what goes wrong is a [`Failure`], one message that says
//! what to do next.

mod arguments;
mod bench;
mod budget;
mod css;
mod dependencies;
mod dist;
mod fuzz;
mod hosting;
mod kills;
mod lighthouse;
mod lock_file;
mod parts;
mod process;
mod project;
mod publish;
mod seal;
mod serve;
mod single;
mod size;
mod style;
mod test;
mod tools;

use std::process::ExitCode;

use arguments::Arguments;
use process::Failure;

/// One line of the table that `cargo xtask` prints.
struct Command {
    name: &'static str,
    options: &'static str,
    what: &'static str,
    run: fn(Arguments) -> Result<(), Failure>,
}

/// Every command there is.
const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        options: "[--open] [--port N] [--release]",
        what: "build the page, serve it on this machine, rebuild on change",
        run: serve::run,
    },
    Command {
        name: "test",
        options: "[--only STEP]… [--keep-going] [--list]",
        what: "run every check and every test, in three browser engines",
        run: test::run,
    },
    Command {
        name: "dist",
        options: "",
        what: "build the optimised page into dist/, for any static host and any path",
        run: dist::run,
    },
    Command {
        name: "publish",
        options: "DIR [--out DIR] [--title T] [--built]",
        what: "put the page and a folder of clips into publish/, to be hosted and shared",
        run: publish::run,
    },
    Command {
        name: "bench",
        options: "[--only core|browser|library] [--rounds N] [--inputs A,B] [--clips N] [--throttle N] [--built]",
        what: "measure how fast clips are understood, and how soon one, and a library of them, can be read in Chromium",
        run: bench::run,
    },
    Command {
        name: "fuzz",
        options: "[--target NAME] [--seconds N]",
        what: "feed the core any bytes at all, each way in for a bounded time",
        run: fuzz::run,
    },
    Command {
        name: "dependencies",
        options: "",
        what: "hold the crates that the app is made of against tests/dependencies.toml",
        run: dependencies::run,
    },
    Command {
        name: "kills",
        options: "[--kills N] [--engine chromium|firefox] [--seed N] [--built]",
        what: "kill a browser again and again while clips come in, and see that nothing is lost",
        run: kills::run,
    },
    Command {
        name: "lighthouse",
        options: "[--runs N]",
        what: "have Lighthouse judge the dist/ that is there, as a slow phone sees it",
        run: lighthouse::run,
    },
    Command { name: "size", options: "", what: "show the sizes of dist/ against size-budget.toml", run: size::run },
    Command {
        name: "style",
        options: "[--release]",
        what: "join the style sheets into one file (builds do this by themselves)",
        run: style::run,
    },
    Command {
        name: "seal",
        options: "",
        what: "name the sheet inside the built page in its policy (builds do this by themselves)",
        run: seal::run,
    },
];

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(name) = words.next() else {
        print!("{}", table());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", table());
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprint!("There is no command “{name}”.\n\n{}", table());
        return ExitCode::from(2);
    };
    let arguments = Arguments::new(command.name, command.options, words.collect());
    match (command.run)(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

/// The commands as a person reads them.
fn table() -> String {
    let usage = |command: &Command| format!("{} {}", command.name, command.options);
    let width = COMMANDS.iter().map(|command| usage(command).chars().count()).max().unwrap_or(0);
    let mut text = String::from("cargo xtask COMMAND\n\n");
    for command in COMMANDS {
        text.push_str(&format!("  {:width$}  {}\n", usage(command), command.what));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_the_table() {
        let table = table();
        for command in COMMANDS {
            assert!(table.contains(command.name), "{}", command.name);
            assert!(table.contains(command.what), "{}", command.name);
        }
    }
}
