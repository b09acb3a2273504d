//! The core used natively: `cargo run --example clip -- outline|metadata|html|report FILE`.
fn main() {}
