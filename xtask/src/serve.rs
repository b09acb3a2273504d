//! `cargo xtask serve`: builds the page, serves it on this machine, rebuilds on change.
//!
//! Trunk does the work (`Trunk.toml` says how). This installs what is missing, finds a free port,
//! and says where the page is once it answers. The page is built into `target/serve`, so that
//! `dist/` only ever holds what `cargo xtask dist` made.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use crate::arguments::Arguments;
use crate::process::{self, Failure};
use crate::project::Project;
use crate::tools::{self, Tool};

/// Where the page is served when nobody says otherwise, and how many ports after it are tried.
const FIRST_PORT: u16 = 8080;
const TRIES: u16 = 20;

const BUILT: &str = "target/serve";

/// Serves until it is interrupted.
pub fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let open = arguments.flag("--open");
    let release = arguments.flag("--release");
    let port = arguments.value("--port")?;
    arguments.finish()?;

    let project = Project::find()?;
    // A port that is taken is said before anything long is done.
    let port = port_for(port.as_deref())?;
    tools::ensure(&project, &[Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen, Tool::WasmSplit])?;
    if release {
        tools::ensure(&project, &[Tool::WasmOpt, Tool::Esbuild])?;
    }
    // Without npm the page is served all the same; its code has one colour.
    if project.program("npm").is_some() {
        tools::ensure(&project, &[Tool::Highlighter])?;
    }

    println!("Building the page (the first time takes some minutes, later some seconds)…");
    let mut trunk = tools::trunk_command(&project);
    trunk.args(["serve", "--dist", BUILT, "--port"]).env(crate::seal::UNKEPT, "1");
    trunk.arg(port.to_string());
    if release {
        trunk.arg("--release");
    }
    let started = Instant::now();
    let mut child = trunk.spawn().map_err(|error| process::not_started(&trunk, &error))?;
    if wait_until_it_answers(&mut child, port)? {
        announce(&project, port, started.elapsed(), open);
    }
    let status = child.wait().map_err(|error| process::not_started(&trunk, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::new("Trunk stopped; the lines above say why.")) }
}

/// The port asked for if it is free, else the first free one.
fn port_for(asked: Option<&str>) -> Result<u16, Failure> {
    let Some(asked) = asked else {
        return first_free(FIRST_PORT);
    };
    let port: u16 = asked
        .parse()
        .ok()
        .filter(|port| *port > 0)
        .ok_or_else(|| Failure::new(format!("“{asked}” is no port: it is a number from 1 to 65535.")))?;
    if is_free(port) {
        return Ok(port);
    }
    let next = port.saturating_add(1);
    Err(Failure::new(format!("Port {port} is taken by another program on this machine, or needs more rights."))
        .instead(format!("cargo xtask serve --port {}", first_free(next).unwrap_or(next))))
}

fn first_free(from: u16) -> Result<u16, Failure> {
    (from..from.saturating_add(TRIES)).find(|port| is_free(*port)).ok_or_else(|| {
        Failure::new(format!(
            "None of the ports {from} to {} is free. Name another with --port N.",
            from.saturating_add(TRIES - 1)
        ))
    })
}

fn loopback(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

fn is_free(port: u16) -> bool {
    // Something that answers holds the port, even where a second listener would be allowed.
    TcpStream::connect_timeout(&loopback(port), Duration::from_millis(200)).is_err()
        && TcpListener::bind(loopback(port)).is_ok()
}

/// Waits for the server, which Trunk starts after the first build; false when Trunk ended before.
fn wait_until_it_answers(child: &mut Child, port: u16) -> Result<bool, Failure> {
    loop {
        let ended = child.try_wait().map_err(|error| Failure::new(format!("Trunk can't be watched: {error}.")))?;
        if ended.is_some() {
            return Ok(false);
        }
        if TcpStream::connect_timeout(&loopback(port), Duration::from_millis(200)).is_ok() {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn announce(project: &Project, port: u16, took: Duration, open: bool) {
    let address = format!("http://127.0.0.1:{port}/?sample");
    // Trunk serves even after a failed first build; then there is no page to point at yet.
    if !project.path(BUILT).join("index.html").is_file() {
        println!(
            "\nThe build failed; the lines above say why. It is tried again when a file changes, \
             and the page will then be on {address}\n"
        );
        return;
    }
    println!("\n  The page: {address}\n  (ready after {} s; Ctrl-C ends it)\n", took.as_secs_f32().round());
    if open && !open_in_browser(project, &address) {
        println!("No browser could be opened from here: open the address above yourself.");
    }
}

fn open_in_browser(project: &Project, address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("explorer", &[])
    } else {
        ("xdg-open", &[])
    };
    process::is_well(project.command(program).args(arguments).arg(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_refused_with_the_next_step() {
        let holder = TcpListener::bind(loopback(0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let refused = port_for(Some(&port.to_string())).unwrap_err().to_string();
        assert!(refused.contains(&format!("Port {port} is taken")), "{refused}");
        assert!(refused.contains("cargo xtask serve --port"), "{refused}");
    }

    #[test]
    fn a_taken_port_is_passed_over_when_none_was_asked_for() {
        let holder = TcpListener::bind(loopback(0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        assert_ne!(first_free(port).unwrap(), port);
    }

    #[test]
    fn a_port_is_a_number() {
        for wrong in ["zero", "0", "70000", ""] {
            let refused = port_for(Some(wrong)).unwrap_err().to_string();
            assert!(refused.contains("1 to 65535"), "{refused}");
        }
    }
}
