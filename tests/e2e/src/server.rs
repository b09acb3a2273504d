//! A static host for `dist/`, below a path, as any cheap host would serve it.
//!
//! `/some/where/` is the app. `/slow/` is the app with a program that arrives late. `/refused/`
//! is the app with a script before it that makes localStorage throw, for engines without a
//! setting for that. `/broken/` is the app with a program that does not fit its script. `/little/` is
//! the app with little memory for its program, `/least/` the app with none beyond what it begins with.
//! `/watched/` is the app with `watch.js` before it, which notes what runs, and `/bare/` is the same without a
//! Content-Security-Policy. `/kept/` is the app on a host that can be cut off and be given another
//! [`Build`]; it alone has the service worker, since one that is taken away while it still fills its cache leaves
//! Firefox with requests for the same files that are never sent. Below each of them, `hosted/` is the folder of clips in
//! `tests/fixtures/hosted`. `/frame.html?WIDTH,HEIGHT,QUERY` shows the app in a frame of that size.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Problem;
use super::page::project;

/// How late the program of `/slow/` is.
const LATE: Duration = Duration::from_millis(1500);

/// What `/kept/` serves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Build {
    /// The app.
    #[default]
    First,
    /// The app with another name, and a mark in its page.
    Second,
    /// One whose program does not fit.
    Broken,
    /// Nothing: the host can't be reached.
    Cut,
}

/// A running host.
#[derive(Debug)]
pub struct Server {
    port: u16,
    build: Arc<Mutex<Build>>,
}

impl Server {
    /// Starts a host for that folder.
    ///
    /// # Errors
    /// When the folder has no page in it or no port is free.
    pub fn start(dist: &Path) -> Result<Self, Problem> {
        if !dist.join("index.html").is_file() {
            return Err("dist/ is not built. Run `cargo xtask dist` first.".into());
        }
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let (dist, build) = (dist.to_path_buf(), Arc::new(Mutex::new(Build::First)));
        let shared = build.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (dist, build) = (dist.clone(), shared.clone());
                std::thread::spawn(move || answer(stream, &dist, &build));
            }
        });
        Ok(Self { port, build })
    }

    /// From now on `/kept/` serves that.
    pub fn serve(&self, build: Build) {
        *self.build.lock().unwrap_or_else(PoisonError::into_inner) = build;
    }

    /// The address of a path.
    #[must_use]
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

/// Answers one request; a browser that hangs up is no failure.
fn answer(mut stream: TcpStream, dist: &Path, build: &Mutex<Build>) -> Option<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    reader.read_line(&mut line).ok()?;
    let mut header = String::new();
    while reader.read_line(&mut header).ok()? > 2 {
        header.clear();
    }
    let target = line.split_whitespace().nth(1)?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let build = *build.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, kind, body) = match path.strip_prefix(KEPT) {
        Some(_) if build == Build::Cut => return None,
        Some(name) => kept(name, query, dist, build),
        None => respond(path, query, dist),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)).ok()
}

const KEPT: &str = "/kept/";

/// A file of `/kept/`, as it is in that build.
fn kept(name: &str, query: &str, dist: &Path, build: Build) -> Answer {
    if name == "broken_bg.wasm" && build == Build::Broken {
        return ("200 OK", "application/wasm", NO_PROGRAM.to_vec());
    }
    let name = if name.is_empty() { "index.html" } else { name };
    let (status, kind, body) = respond(&format!("{KEPT}{name}"), query, dist);
    if build == Build::First || !["index.html", SERVICE_WORKER].contains(&name) {
        return (status, kind, body);
    }
    let mut text = String::from_utf8_lossy(&body).replace("<title>", "<meta name=\"build\"><title>");
    text = text.replace("const BUILD = \"", &format!("const BUILD = \"{build:?} "));
    if build == Build::Broken
        && let Some(program) = text.split(['"', '/']).find(|word| word.ends_with("_bg.wasm")).map(str::to_owned)
    {
        text = text.replace(&program, "broken_bg.wasm");
    }
    (status, kind, text.into_bytes())
}

const SERVICE_WORKER: &str = "service-worker.js";

/// The smallest program there is.
const NO_PROGRAM: &[u8] = b"\0asm\x01\0\0\0";

/// Status, type and body.
type Answer = (&'static str, &'static str, Vec<u8>);

fn respond(path: &str, query: &str, dist: &Path) -> Answer {
    if path == "/frame.html" {
        return ("200 OK", "text/html", frame(query).into_bytes());
    }
    if path == "/refused/refuse.js" {
        let script = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
        return ("200 OK", "text/javascript", script.as_bytes().to_vec());
    }
    if path == "/watched/watch.js" || path == "/bare/watch.js" {
        return ("200 OK", "text/javascript", include_bytes!("watch.js").to_vec());
    }
    let bases = [KEPT, "/some/where/", "/slow/", "/refused/", "/broken/", "/little/", "/least/", "/watched/", "/bare/"];
    let known = bases.iter().find_map(|base| Some((*base, path.strip_prefix(base)?)));
    let Some((base, name)) = known else {
        return ("404 Not Found", "text/plain", b"not here".to_vec());
    };
    let name = if name.is_empty() { "index.html" } else { name };
    let name = &decoded(name);
    // A folder of clips that somebody published beside the app.
    let file: PathBuf = match name.strip_prefix("hosted/") {
        Some(clip) => project().join("tests/fixtures/hosted").join(clip),
        None => dist.join(name),
    };
    let plain = !name.contains("..") && file.is_file() && (name != SERVICE_WORKER || base == KEPT);
    let Some(mut body) = plain.then(|| std::fs::read(&file).ok()).flatten() else {
        return ("404 Not Found", "text/plain", b"not here".to_vec());
    };
    if base == "/slow/" && name.ends_with(".wasm") {
        std::thread::sleep(LATE);
    }
    match base {
        "/broken/" if name.ends_with(".wasm") => body = NO_PROGRAM.to_vec(),
        "/little/" if name.ends_with(".wasm") => body = bounded(&body, LITTLE),
        "/least/" if name.ends_with(".wasm") => body = bounded(&body, 0),
        _ => {}
    }
    if name == "index.html" {
        body = variant(base, &String::from_utf8_lossy(&body)).into_bytes();
    }
    ("200 OK", kind(name), body)
}

/// How many pages of 64 kB a program of `/little/` may ask for: 16 MB.
const LITTLE: usize = 256;

/// A program that may ask for so many more pages of memory than it begins with. What can't be read as
/// one stays as it is.
fn bounded(program: &[u8], more: usize) -> Vec<u8> {
    const MEMORY: u8 = 5;
    let mut bounded = program.to_vec();
    let mut at = 8;
    while let Some(&section) = program.get(at) {
        let Some((length, start)) = number(program, at + 1) else { break };
        let end = start + length;
        // One memory, with a beginning and no end.
        if section == MEMORY
            && program.get(start..start + 2) == Some(&[1, 0])
            && let Some((pages, _)) = number(program, start + 2)
        {
            let limits = [vec![1, 1], written(pages), written(pages + more)].concat();
            bounded.splice(at..end, [vec![MEMORY], written(limits.len()), limits].concat());
            break;
        }
        at = end;
    }
    bounded
}

/// A number in LEB128, as WebAssembly writes its numbers, and where it ends.
fn number(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = usize::from(*bytes.get(at)?);
        number |= (byte & 0x7f) << shift;
        (at, shift) = (at + 1, shift + 7);
        if byte < 0x80 || shift > 28 {
            return Some((number, at));
        }
    }
}

fn written(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// The app's page as it is below that path.
fn variant(base: &str, page: &str) -> String {
    let first = |script: &str| page.replacen("<title>", &format!("<script src=\"{script}\"></script><title>"), 1);
    match base {
        "/refused/" => first("refuse.js"),
        "/watched/" => first("watch.js"),
        "/bare/" => without_policy(&first("watch.js")),
        _ => page.to_owned(),
    }
}

/// A page without its Content-Security-Policy. No value of a policy has a `>` in it.
fn without_policy(page: &str) -> String {
    let Some((before, policy)) = page.split_once("<meta http-equiv=\"Content-Security-Policy\"") else {
        return page.to_owned();
    };
    policy.split_once('>').map_or_else(|| page.to_owned(), |(_, after)| format!("{before}{after}"))
}

/// A path with its percent signs read.
fn decoded(path: &str) -> String {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(part.get(2..).unwrap_or_default().as_bytes());
            }
            None => bytes.extend_from_slice(part.as_bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn frame(query: &str) -> String {
    let mut parts = query.split(',');
    let (width, height) = (parts.next().unwrap_or("390"), parts.next().unwrap_or("844"));
    let rest = parts.next().unwrap_or_default();
    format!(
        "<!doctype html><title>frame</title><style>body{{margin:0}}iframe{{border:0}}</style><iframe width={width} height={height} src=\"/some/where/{rest}\"></iframe>"
    )
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("md") => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    }
}
