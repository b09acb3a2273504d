//! Mounts the page, or starts the worker when run inside one.
fn main() {}
