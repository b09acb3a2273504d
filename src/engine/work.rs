//! The handler: one request in, its responses out, in the order in which the page needs them.

use super::protocol::{ClipView, Request, Response};
use crate::clip;

/// Does the work of one request. `send` takes each response with its payload.
pub fn handle(request: &Request, bytes: &[u8], send: &mut dyn FnMut(&Response, Option<&str>)) {
    let (ticket, options, whole) = match request {
        Request::Open { ticket, options } => (*ticket, options, true),
        Request::Glance { ticket, options } => (*ticket, options, false),
    };
    let mut clip = clip::parse(bytes, options);
    let text = std::mem::take(&mut clip.source.text);
    let chunks = std::mem::take(&mut clip.body.chunks);
    let mut view = ClipView::from(clip);
    view.chunks = chunks.len();
    send(&Response::Parsed { ticket, view: Box::new(view) }, None);
    if whole {
        for (index, html) in chunks.iter().enumerate() {
            send(&Response::Chunk { ticket, index }, Some(html));
        }
    }
    send(&Response::Done { ticket }, Some(&text));
}

/// A clip with a bit of everything, so that reading it touches most of the engine.
const WARM_UP: &str = "---\ntitle: T\nurl: https://example.org/a?utm_source=b\ndate: 2024-01-02 03:04\ntags: [a, b]\n---\n\n\
    By A B\n\n**/ 01 /**\n\n**甲**\n\n**“乙”**丙 *d* `e` [f](https://example.org) ==g== $h$ [[i|j]] <b>k</b>[^1]\n\n\
    ![l](m.png)\n\n> [!note] n\n> o\n\n- [ ] p\n\n| q | r |\n|---|---|\n| s | t |\n\n```u\nv\n```\n\n**1、w**\n\nx\n\n[^1]: y\n";

/// Reads a small clip and forgets it. A browser compiles each function when it first runs: the
/// first clip of a person should not wait for that.
pub fn warm_up() {
    std::hint::black_box(clip::parse(WARM_UP.as_bytes(), &clip::Options::default()));
}
