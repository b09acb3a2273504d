//! The work done off the page: a pure handler, request in, responses out, and the pure queue in
//! front of it. It runs inside a Web Worker; nothing here knows that.

pub mod dispatch;
pub mod errand;
pub mod protocol;
pub mod work;

pub use dispatch::{Action, Dispatcher, Job};
pub use errand::{Errand, Report};
pub use protocol::{ClipView, Request, Response, Ticket};
