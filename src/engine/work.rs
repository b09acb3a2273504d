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
