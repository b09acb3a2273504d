//! A host on this machine, as a good static host is: compressed files, connections that stay open.
//!
//! It also takes what the pages saw (`POST /results`), and counts what it sends of the pages.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use e2e::Problem;
use serde_json::Value;

/// Stands for every picture that an input names and nobody has.
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"300\"/>";

/// A running host.
#[derive(Debug)]
pub struct Host {
    port: u16,
    sent: Arc<AtomicU64>,
    results: Receiver<Value>,
}

/// What each connection needs.
#[derive(Debug, Clone)]
struct Desk {
    folder: PathBuf,
    sent: Arc<AtomicU64>,
    results: Sender<Value>,
}

#[derive(Debug, Default, PartialEq)]
struct Request {
    method: String,
    path: String,
    takes_brotli: bool,
    length: usize,
}

struct Answer {
    status: &'static str,
    kind: &'static str,
    packed: bool,
    body: Vec<u8>,
}

impl Host {
    /// Starts a host for that folder.
    ///
    /// # Errors
    /// When no port is free.
    pub fn start(folder: &Path) -> Result<Self, Problem> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let (sender, results) = channel();
        let sent = Arc::new(AtomicU64::new(0));
        let desk = Desk { folder: folder.to_path_buf(), sent: Arc::clone(&sent), results: sender };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = desk.clone();
                std::thread::spawn(move || desk.serve(&stream));
            }
        });
        Ok(Self { port, sent, results })
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Forgets what was sent and what was seen.
    pub fn reset(&self) {
        self.results.try_iter().for_each(drop);
        self.sent.store(0, Ordering::Relaxed);
    }

    /// The bytes of pages that were sent since the last reset, with their heads.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// What the page saw.
    ///
    /// # Errors
    /// When it says nothing for so long.
    pub async fn result(&self, patience: Duration) -> Result<Value, Problem> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if let Ok(result) = self.results.try_recv() {
                return Ok(result);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Err(format!("the page said nothing for {} s", patience.as_secs()).into())
    }
}

impl Desk {
    /// Answers the requests of one connection until the browser hangs up, which is no failure.
    fn serve(&self, stream: &TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let mut reader = BufReader::new(stream);
        let mut writer = stream;
        loop {
            let request = Request::read(&mut reader)?;
            let mut body = vec![0; request.length];
            reader.read_exact(&mut body).ok()?;
            if request.method == "POST" {
                self.results.send(serde_json::from_slice(&body).ok()?).ok()?;
            }
            let answer = self.answer(&request);
            let encoding = if answer.packed { "content-encoding: br\r\n" } else { "" };
            let head = format!(
                "HTTP/1.1 {}\r\ncontent-type: {}\r\n{encoding}content-length: {}\r\ncache-control: max-age=600\r\n\r\n",
                answer.status,
                answer.kind,
                answer.body.len()
            );
            let bytes = [head.as_bytes(), &answer.body].concat();
            if !request.path.starts_with("/inputs/") && request.method != "POST" {
                self.sent.fetch_add(u64::try_from(bytes.len()).unwrap_or(0), Ordering::Relaxed);
            }
            writer.write_all(&bytes).ok()?;
        }
    }

    fn answer(&self, request: &Request) -> Answer {
        let plain = |status, kind, body: &str| Answer { status, kind, packed: false, body: body.as_bytes().to_vec() };
        if request.method == "POST" {
            return plain("200 OK", "text/plain", "");
        }
        let index = if request.path.ends_with('/') { "index.html" } else { "" };
        let name = format!("{}{index}", request.path.trim_start_matches('/'));
        let file = self.folder.join(&name);
        if name.contains("..") || !file.is_file() {
            let is_picture = [".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"].iter().any(|e| name.ends_with(e));
            return match is_picture {
                true => plain("200 OK", "image/svg+xml", PICTURE),
                false => plain("404 Not Found", "text/plain", "not here"),
            };
        }
        let packed = self.folder.join(format!("{name}.br"));
        let packed = (request.takes_brotli && packed.is_file()).then_some(packed);
        match std::fs::read(packed.as_ref().unwrap_or(&file)) {
            Ok(body) => Answer { status: "200 OK", kind: kind(&name), packed: packed.is_some(), body },
            Err(_) => plain("500 Internal Server Error", "text/plain", "can't be read"),
        }
    }
}

impl Request {
    /// Reads a request's head; none when the connection has ended.
    fn read(reader: &mut impl BufRead) -> Option<Self> {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let mut words = line.split_whitespace();
        let method = words.next()?.to_owned();
        let path = words.next()?.split('?').next()?.to_owned();
        let mut request = Self { method, path, ..Self::default() };
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            let Some((name, value)) = header.split_once(':') else { return Some(request) };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => request.length = value.trim().parse().ok()?,
                "accept-encoding" => request.takes_brotli = value.split(',').any(|e| e.trim() == "br"),
                _ => {}
            }
        }
    }
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("md") => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_and_the_end_is_seen() {
        let mut bytes = "POST /results?x HTTP/1.1\r\nContent-Length: 2\r\nAccept-Encoding: gzip, br\r\n\r\n".as_bytes();
        let request = Request::read(&mut bytes).unwrap();
        let expected =
            Request { method: "POST".to_owned(), path: "/results".to_owned(), takes_brotli: true, length: 2 };
        assert_eq!(request, expected);
        assert_eq!(Request::read(&mut bytes), None);
    }
}
