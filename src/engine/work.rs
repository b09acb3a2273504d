//! The handler: one request in, its responses out, in the order in which the page needs them.

use super::protocol::{ClipView, Request, Response, Ticket};
use crate::clip::{self, Options, Outline, Understood, beginning};
use crate::library::{ClipId, intake};

/// What is left to do of a request after [`begin`].
#[derive(Debug)]
pub struct Rest {
    id: ClipId,
    /// The chunk that was sent already.
    begun: Option<String>,
}

impl Rest {
    /// Whether something can be seen already. The page should be left alone for a moment then: on
    /// a machine with few cores, the rest of the work would hold up the first paint.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.begun.is_some()
    }
}

/// Does the work of one request. `send` takes each response with its payload.
pub fn handle(request: &Request, bytes: &[u8], send: &mut dyn FnMut(&Response, Option<&str>)) {
    if let Some(rest) = begin(request, bytes, send) {
        finish(request, bytes, rest, send);
    }
}

/// Does what is quick: refuses, names, or shows the beginning of a long clip. Returns what is left
/// to [`finish`], if anything is.
pub fn begin(request: &Request, bytes: &[u8], send: &mut dyn FnMut(&Response, Option<&str>)) -> Option<Rest> {
    let ticket = request.ticket;
    // What was kept before was judged before.
    let name = request.options.file_name.as_deref().unwrap_or_default();
    if request.kept.is_none()
        && let Err(refusal) = intake::judge_bytes(name, bytes)
    {
        send(&Response::Refused { ticket, why: refusal.to_string() }, None);
        return None;
    }
    let id = request.kept.clone().unwrap_or_else(|| ClipId::of(bytes));
    if request.at_hand.contains(&id) {
        send(&Response::Known { ticket, id }, None);
        return None;
    }
    let begun = show_beginning(request, &id, bytes, send);
    Some(Rest { id, begun })
}

/// Understands the whole clip, and sends it: what is known of it, and then each chunk as soon as it is made.
pub fn finish(request: &Request, bytes: &[u8], rest: Rest, send: &mut dyn FnMut(&Response, Option<&str>)) {
    let ticket = request.ticket;
    let mut page = Sending { ticket, rest, send, chunks: 0, body_bytes: 0, problems: 0 };
    let clip = clip::show(bytes, &request.options, &mut page);
    let Sending { body_bytes, problems, .. } = page;
    let diagnostics = if clip.diagnostics.len() > problems { clip.diagnostics } else { Vec::new() };
    send(&Response::Done { ticket, body_bytes, diagnostics }, to_hold(request, bytes));
}

/// The page that a clip is sent to.
struct Sending<'s> {
    ticket: Ticket,
    rest: Rest,
    send: &'s mut dyn FnMut(&Response, Option<&str>),
    chunks: usize,
    body_bytes: usize,
    problems: usize,
}

impl clip::Page for Sending<'_> {
    fn understood(&mut self, clip: &Understood<'_>) {
        self.problems = clip.diagnostics.len();
        let (ticket, id) = (self.ticket, self.rest.id.clone());
        (self.send)(&Response::Parsed { ticket, id, view: Box::new(ClipView::from(clip)) }, None);
    }

    fn chunk(&mut self, html: String, share: f32) {
        let (ticket, index) = (self.ticket, self.chunks);
        self.chunks += 1;
        self.body_bytes += html.len();
        if index > 0 || self.rest.begun.as_ref() != Some(&html) {
            (self.send)(&Response::Chunk { ticket, index, share }, Some(&html));
        }
    }
}

/// The page holds on to texts of so many bytes until they are kept: the person may leave before.
const HELD_BYTES: usize = 128 * 1024;

/// The text of a clip that may not be kept yet, when it is short and UTF-8, so that nothing of it is
/// lost as text.
fn to_hold<'b>(request: &Request, bytes: &'b [u8]) -> Option<&'b str> {
    let is_new = request.kept.is_none() && bytes.len() <= HELD_BYTES;
    is_new.then(|| std::str::from_utf8(bytes).ok()).flatten()
}

/// Shows the beginning of a long clip at once. Returns the chunk that was sent.
fn show_beginning(
    request: &Request,
    id: &ClipId,
    bytes: &[u8],
    send: &mut dyn FnMut(&Response, Option<&str>),
) -> Option<String> {
    // In an encoding that the reader chose, what looks like UTF-8 may be something else.
    if request.options.encoding.as_ref().is_some_and(|label| label != "utf-8") {
        return None;
    }
    let text = beginning::of(bytes)?;
    let options = Options { encoding: Some("utf-8".to_owned()), ..request.options.clone() };
    let clip = clip::parse(text.as_bytes(), &options);
    let mut view = ClipView::from(&clip.understood());
    let chunks = clip.body.chunks;
    let made: usize = chunks.iter().map(String::len).sum();
    let first = chunks.into_iter().next()?;
    view.outline = Outline::default();
    view.diagnostics.clear();
    let read = text.len() as f32 / bytes.len() as f32;
    view.stats.reading_minutes = (view.stats.reading_minutes as f32 / read).round() as u32;
    let share = read * first.len() as f32 / made as f32;
    send(&Response::Begun { ticket: request.ticket, id: id.clone(), view: Box::new(view) }, None);
    send(&Response::Chunk { ticket: request.ticket, index: 0, share }, Some(&first));
    Some(first)
}

/// A clip with a bit of everything, so that reading it touches most of the engine.
const WARM_UP: &str = "---\ntitle: T\nurl: https://example.org/a?utm_source=b\ndate: 2024-01-02 03:04\ntags: [a, b]\n---\n\n\
    By A B\n\n**/ 01 /**\n\n**甲**\n\n**“乙”**丙 *d* `e` [f](https://example.org) ==g== $h$ [[i|j]] <b>k</b>[^1]\n\n\
    ![l](m.png)\n\n> [!note] n\n> o\n\n- [ ] p\n\n| q | r |\n|---|---|\n| s | t |\n\n```u\nv\n```\n\n**1、w**\n\nx\n\n[^1]: y\n";

/// Reads a clip of a few screens. Returns what would be shown of it, and its first chunk.
#[must_use]
pub fn warm_up() -> (ClipView, String) {
    const TIMES: usize = 12;
    let (front_matter, body) = WARM_UP.split_at(WARM_UP.find("By A B").unwrap_or_default());
    let text = front_matter.to_owned() + &body.repeat(TIMES);
    let clip = clip::parse(text.as_bytes(), &Options::default());
    let view = ClipView::from(&clip.understood());
    (view, clip.body.chunks.into_iter().next().unwrap_or_default())
}
